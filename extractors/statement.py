"""The values that an article becomes: articles, spans, arguments, events and statements, free of spaCy and of RDF.

A statement's JSON form, field by field, is what `triplomat extract --format jsonl` writes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from .statement_text import canonical, json_object

Polarity = Literal["positive", "negative"]
Modality = Literal["asserted", "possible", "intended", "hypothetical"]


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it was read; every offset of its statements counts characters of `text`.

    `published` is an ISO 8601 date (YYYY-MM-DD) or None; `source` names the newspaper or site.
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    url: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article: its number from 0, its offsets, its text."""

    index: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Argument:
    """A stretch of text in a role of a statement, with what it refers to.

    `role` is "subject", "object", "recipient", "theme", "quantity", "time", "place", "instrument", "topic", "source",
    "destination", "member", "purpose", "attribution" …; `entity` and `state` are compact ids (country:RUS) or None;
    `type` a class of the ontology (State, Person, Organization, Group, Commodity, …) or None; `value` and `unit` belong
    to quantities (a number as text) and times (ISO 8601). `preposition` is the one that introduces it.
    """

    role: str
    text: str
    start: int
    end: int
    entity: str | None = None
    type: str | None = None
    state: str | None = None
    value: str | None = None
    unit: str | None = None
    preposition: str | None = None


@dataclass(frozen=True, slots=True)
class Predicate:
    """What a statement says of its arguments: the words, their lemma, the canonical relation or None."""

    text: str
    start: int
    end: int
    lemma: str
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """Actor or recipient of an event: `code` is ISO 3166 alpha-3 (or IGO, NGO, …), `sector` PLOVER's (GOV, MIL, …)."""

    text: str
    entity: str | None = None
    code: str | None = None
    sector: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A PLOVER event: type, mode, contexts, quad class, score, and the parties on both sides."""

    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    quad: str | None = None
    score: float | None = None
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """What one sentence says, with its factuality; `attribution` is who says it where the article doesn't itself."""

    document: str
    published: str | None
    sentence: Sentence
    subject: Argument | None
    predicate: Predicate
    object: Argument | None
    arguments: tuple[Argument, ...] = ()
    event: Event | None = None
    polarity: Polarity = "positive"
    modality: Modality = "asserted"
    attribution: Argument | None = None
    confidence: float = 0.5
    extractor: str = "clause"
    id: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", _content_id(self))


def to_json(statement: Statement) -> dict[str, Any]:
    """The statement as the JSON object that the contract promises, keys in its order."""
    found: dict[str, Any] = json_object(statement)
    return found


def from_json(row: Mapping[str, Any]) -> Statement:
    """The statement that `to_json` wrote; unknown keys are ignored, KeyError where a promised one lacks."""
    predicate, sentence = row["predicate"], row["sentence"]
    return Statement(
        id=row["id"],
        document=row["document"],
        published=row.get("published"),
        sentence=Sentence(sentence["index"], sentence["start"], sentence["end"], sentence["text"]),
        subject=_argument_from("subject", row.get("subject")),
        predicate=Predicate(
            predicate["text"], predicate["start"], predicate["end"], predicate["lemma"], predicate.get("relation")
        ),
        object=_argument_from("object", row.get("object")),
        arguments=tuple(
            argument for item in row.get("arguments", ()) if (argument := _argument_from(item["role"], item))
        ),
        event=_event_from(row.get("event")),
        polarity=row["polarity"],
        modality=row["modality"],
        attribution=_argument_from("attribution", row.get("attribution")),
        confidence=float(row["confidence"]),
        extractor=row.get("extractor", "clause"),
    )


def _argument_from(role: str, row: Mapping[str, Any] | None) -> Argument | None:
    if row is None:
        return None
    get = row.get
    about = get("entity"), get("type"), get("state"), get("value"), get("unit"), get("preposition")
    return Argument(role, row["text"], row["start"], row["end"], *about)


def _event_from(row: Mapping[str, Any] | None) -> Event | None:
    if row is None:
        return None
    return Event(
        type=row["type"],
        mode=row.get("mode"),
        contexts=tuple(row.get("contexts", ())),
        quad=row.get("quad"),
        score=row.get("score"),
        actors=tuple([_party_from(party) for party in row.get("actors", ())]),
        recipients=tuple([_party_from(party) for party in row.get("recipients", ())]),
    )


def _party_from(row: Mapping[str, Any]) -> Party:
    return Party(row["text"], row.get("entity"), row.get("code"), row.get("sector"), row.get("state"))


def _content_id(statement: Statement) -> str:
    """A hash of what the statement says and where: the same input gives the same id on every machine."""
    encoded = canonical(statement).encode()
    return "st:" + hashlib.blake2b(encoded, digest_size=10).hexdigest()
