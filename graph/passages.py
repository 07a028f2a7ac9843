"""Statements of an article → where they stand: sentences with their Web Annotation selectors, and mentions.

The IRI of a stretch of text is the article's with a character range (RFC 5147).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from triplomat.extractors.statement import Argument, Sentence, Statement

from .quads import text
from .turtle import Words


class Passages:
    """The stretches of an article's text that statements quote, each described once."""

    def __init__(self, article: str, known: Words) -> None:
        self.known, self.article = known, article
        self.sentences: dict[str, set[Sentence]] = defaultdict(set)
        self.mentions: dict[str, dict[tuple[str, str | None], Argument]] = defaultdict(dict)

    def quoting(self, statement: Statement) -> list[str]:
        """Where a statement stands: the article, the sentence, and the mentions in it."""
        says, sentence = self.known.says, self._name(statement.sentence)
        self.sentences[sentence].add(statement.sentence)
        said = [says["prov:wasQuotedFrom"] + self.article, says["oa:hasTarget"] + sentence]
        for item in (statement.subject, statement.object, *statement.arguments, statement.attribution):
            if item and (item.entity or item.value):
                name = self._name(item)
                self.mentions[name][item.text, item.entity] = item
                said.append(says["tm:mention"] + name)
        return said

    def described(self) -> Iterator[tuple[str, str]]:
        """What is said of each stretch."""
        for name, sentences in self.sentences.items():
            selector = self._selector(name)
            for sentence in sentences:
                yield from ((name, pair) for pair in _sentence(selector, self.article, self.known))
                yield from ((selector, pair) for pair in _selector(sentence, self.known))
        for name, mentions in self.mentions.items():
            for argument in mentions.values():
                yield from ((name, pair) for pair in _mention(argument, self.known))

    def _name(self, stretch: Sentence | Argument) -> str:
        if self.article.endswith(">"):
            return f"{self.article[:-1]}#char={stretch.start},{stretch.end}>"
        return f"{self.article}\\#char\\={stretch.start}\\,{stretch.end}"

    def _selector(self, sentence: str) -> str:
        return f"{sentence[:-1]};selector>" if sentence.endswith(">") else f"{sentence}\\;selector"


def _sentence(selector: str, article: str, known: Words) -> list[str]:
    terms, says = known.terms, known.says
    return [
        says["rdf:type"] + terms["tm:Sentence"],
        says["oa:hasSource"] + article,
        says["oa:hasSelector"] + selector,
    ]


def _selector(sentence: Sentence, known: Words) -> list[str]:
    terms, says = known.terms, known.says
    return [
        says["rdf:type"] + terms["oa:TextPositionSelector"],
        says["rdf:type"] + terms["oa:TextQuoteSelector"],
        says["oa:start"] + str(sentence.start),
        says["oa:end"] + str(sentence.end),
        says["oa:exact"] + text(sentence.text),
    ]


def _mention(argument: Argument, known: Words) -> list[str]:
    terms, says = known.terms, known.says
    said = [
        says["rdf:type"] + terms["tm:Mention"],
        says["tm:quote"] + text(argument.text),
        says["tm:start"] + str(argument.start),
        says["tm:end"] + str(argument.end),
    ]
    if argument.entity:
        said.append(says["tm:refersTo"] + known.ids[argument.entity])
    return said
