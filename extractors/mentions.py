"""Finds the mentions of actors and places in a parsed article: known names, reconciled with the model's entities.

The gazetteer decides what it knows; the model's entities add people and organisations that it doesn't know, and tell
a person called Jordan from the state.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from triplomat.ontology.actors import PARTICLES, Gazetteer, Sense

TITLES = frozenset(
    "mr mr. mrs mrs. ms ms. miss dr dr. prof prof. sir dame lord lady president prime minister premier chancellor king "
    "queen prince princess emperor sultan emir sheikh sheik ayatollah imam pope cardinal archbishop bishop rabbi "
    "general gen gen. lt lt. lieutenant colonel col col. maj maj. major captain capt capt. sgt sergeant admiral adm "
    "adm. marshal commander secretary senator sen sen. rep rep. representative congressman congresswoman governor gov "
    "gov. mayor judge justice ambassador professor sir chairman chairwoman comrade leader supreme vice deputy foreign "
    "defense defence minister interior finance spokesman spokeswoman spokesperson crown mullah father sister saint "
    "director secretary-general speaker commissioner envoy".split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text: its tokens from `start` up to `end`, what it can mean, and the model's label ("" if none).

    `senses` is empty for a person or organisation that only the article knows; `label` says which of the two it is.
    """

    start: int
    end: int
    text: str
    senses: tuple[Sense, ...]
    label: str


def find_mentions(doc: Doc, gazetteer: Gazetteer) -> list[Mention]:
    """All mentions of a doc in order, none inside another but for a state's name within an organisation's."""
    entities = [entity for entity in doc.ents if entity.label_ in ("PERSON", "ORG", "GPE", "NORP", "LOC", "FAC")]
    label_at = {index: entity for entity in entities for index in range(entity.start, entity.end)}
    known = list(_known(doc, gazetteer, label_at))
    taken = {index for mention in known for index in range(mention.start, mention.end)}
    found = known + list(_unknown(doc, entities, taken))
    return sorted(found, key=lambda mention: (mention.start, -mention.end))


def _known(doc: Doc, gazetteer: Gazetteer, label_at: dict[int, Span]) -> Iterator[Mention]:
    starts = [token.idx for token in doc]
    for match in gazetteer.find(doc.text):
        start = bisect_left(starts, match.start + 1) - 1
        end = bisect_left(starts, match.end)
        senses = gazetteer.names[match.name]
        entity = label_at.get(end - 1)
        label = entity.label_ if entity is not None else ""
        if end - start == 1 and not _stands_as_name(doc[start], senses, label):
            continue
        if all(sense.kind == "surname" for sense in senses):
            if label not in ("PERSON", "ORG", "GPE", "") or not _may_be_surname(doc, start, end, entity):
                continue
            if entity is not None and entity.label_ == "PERSON" and len(_bare(entity)) > end - start:
                continue  # part of a longer name that is found as an unknown person
        elif entity is not None and _is_longer_person(doc, entity, start, end):
            continue
        yield Mention(start, end, match.name, senses, label)


def _stands_as_name(token: Token, senses: tuple[Sense, ...], label: str) -> bool:
    """Whether one word is used as the name that it could be: "Nice" and "Split" often are not."""
    if token.pos_ == "PROPN" or label or token.is_upper:
        return True
    kinds = {sense.kind for sense in senses}
    if kinds & {"adjective", "demonym"}:
        return token.pos_ in ("ADJ", "NOUN")
    return not token.is_sent_start and token.pos_ in ("NOUN", "ADJ", "X")


def _may_be_surname(doc: Doc, start: int, end: int, entity: Span | None) -> bool:
    """Whether a known surname stands alone, not within another's full name or a longer proper noun."""
    before = doc[start - 1] if start else None
    after = doc[end] if end < len(doc) else None
    if after is not None and after.pos_ == "PROPN" and after.ent_type_ != "" and after.ent_iob_ == "I":
        return False
    return not (
        before is not None and before.pos_ == "PROPN" and before.ent_type_ == "PERSON" and before.lower_ not in TITLES
    )


def _bare(entity: Span) -> list[Token]:
    """A person entity's words without titles before and possessive after."""
    words = [token for token in entity if token.tag_ != "POS" and not token.is_punct]
    while words and words[0].lower_ in TITLES:
        words.pop(0)
    return words


def _is_longer_person(doc: Doc, entity: Span, start: int, end: int) -> bool:
    """Whether the match is part of a longer person's name, as Jordan is in "Michael Jordan"."""
    if entity.label_ != "PERSON":
        return False
    words = _bare(entity)
    if not words or any(token.tag_ == "POS" for token in entity[:-1]):
        return False
    begins = words[0].i == start and words[-1].i >= end and end - start == 1
    return begins or (words[0].i < start and words[-1].i == end - 1)


def _unknown(doc: Doc, entities: list[Span], taken: set[int]) -> Iterator[Mention]:
    """People and organisations that only the model sees."""
    for entity in entities:
        if entity.label_ == "PERSON":
            words = _bare(entity)
            if not words or any(word.i in taken for word in words) or words[-1].pos_ != "PROPN":
                continue
            if not all(word.text[0].isupper() or word.lower_ in PARTICLES for word in words):
                continue
            start, end = words[0].i, words[-1].i + 1
            yield Mention(start, end, doc[start:end].text, (), "PERSON")
        elif entity.label_ == "ORG":
            start, end = entity.start, entity.end
            while start < end and doc[start].lower_ in ("the", "a", "an"):
                start += 1
            while end > start and (doc[end - 1].tag_ == "POS" or doc[end - 1].is_punct):
                end -= 1
            inside = [index for index in range(start, end) if index in taken]
            if start == end or len(inside) == end - start or not doc[start:end].text[0].isupper():
                continue
            yield Mention(start, end, doc[start:end].text, (), "ORG")
