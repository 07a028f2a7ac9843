"""Interviews in questions and answers without names → who speaks: the answers are those of whoever is interviewed.

A paragraph or line that is a question to "you", with an answer below it in which somebody says "I", makes an interview
of a text. Whom it is with is told before the first question: its first subject that is a person.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span

from .phrases import phrase
from .tree import Tree

_LONGEST = 40  # words of a question
_HEARER = frozenset({"you", "your", "yours"})
_SPEAKER = frozenset({"i", "me", "my", "we", "us", "our"})
_QUOTES = frozenset({"“", '"', "``"})


def answers(tree: Tree) -> Iterator[tuple[int, int, Span]]:
    """The first and last token of each answer, and the name of who answers."""
    if "?" not in tree.text or _HEARER.isdisjoint(tree.lower):
        return
    lines = list(_lines(tree))
    pairs = [(lines[k], lines[k + 1]) for k in range(len(lines) - 1) if _asks(tree, lines[k])]
    pairs = [pair for pair in pairs if not _asks(tree, pair[1]) and tree.text[pair[1][0]] not in _QUOTES]
    asked = any(not _HEARER.isdisjoint(tree.lower[first : last + 1]) for (first, last), _ in pairs)
    told = any(not _SPEAKER.isdisjoint(tree.lower[first : last + 1]) for _, (first, last) in pairs)
    if len(pairs) < 2 or not asked or not told:
        return
    speaker = _interviewed(tree, pairs[0][0][0])
    if speaker is not None:
        for _, (first, last) in pairs:
            yield first, last, speaker


def _lines(tree: Tree) -> Iterator[tuple[int, int]]:
    """The first and last token of each line with words."""
    first = 0
    for i, text in enumerate([*tree.text, "\n"]):
        if "\n" in text:
            if i > first:
                yield first, i - 1
            first = i + 1


def _asks(tree: Tree, line: tuple[int, int]) -> bool:
    first, last = line
    return tree.text[last] == "?" and last - first < _LONGEST and tree.text[first] not in _QUOTES


def _interviewed(tree: Tree, end: int) -> Span | None:
    """The first subject before token `end` that is a person's name, else the first such name."""
    names = [i for i in range(end) if tree.ent[i] == "PERSON" and tree.dep[i] != "compound"]
    subjects = [i for i in names if tree.dep[i] in ("nsubj", "nsubjpass")]
    found = next(iter(subjects or names), None)
    return None if found is None else tree.span(*phrase(tree, found))
