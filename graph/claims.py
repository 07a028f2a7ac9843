"""Statement → claim: what facts need of a statement, small enough to be sorted by the million and sent elsewhere.

A claim goes to a bucket by who acts on whom and how, so that all evidence of one fact, and all that denies it, lies in
one bucket. Claims and facts have a JSON form of nested lists.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from triplomat.extractors.statement import Event, Party, Sentence, Statement
from triplomat.ontology.mutual import load_mutual

from .roles import Roles, roles

_Ids = tuple[str, ...]
_Content = tuple[str, str | None, Event | None, _Ids, _Ids, str | None, str | None, str, str, str | None]
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Content:
    """What a claim says and a fact holds: who does what to whom, and how surely.

    `predicate` is the verb's lemma, `relation` the canonical relation or None; actors, recipients, theme and
    attribution are compact ids; `time` is when it happens, in ISO 8601.
    """

    predicate: str
    relation: str | None
    event: Event | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    theme: str | None
    time: str | None
    polarity: str
    modality: str
    attribution: str | None

    @property
    def deed(self) -> tuple[str, tuple[str, ...], tuple[str, ...], str | None]:
        """What is done (the relation, else the event's type, else the verb), by whom, to whom and with what.

        All evidence of one fact has it in common, and all that denies the fact.
        """
        kind = self.relation or (self.event.type if self.event else self.predicate)
        return kind, tuple(sorted(self.actors)), tuple(sorted(self.recipients)), self.theme


@dataclass(frozen=True, slots=True)
class Claim(Content):
    """What a statement says, by the compact ids of its roles, and where.

    `states` are (entity, state) pairs of who acts for which state; `mutual` says that several actors, where nobody is
    the recipient, act on each other and not side by side.
    """

    id: str
    document: str
    published: str | None
    confidence: float
    sentence: Sentence
    states: tuple[tuple[str, str], ...] = ()
    mutual: bool = False

    @property
    def bucket(self) -> int:
        """A number that is the same for all claims of one deed, from 0 to 2⁶³ − 1."""
        digest = hashlib.blake2b(repr(self.deed).encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return int.from_bytes(digest, "big") >> 1


def claim_of(statement: Statement, found: Roles | None = None) -> Claim | None:
    """What a statement claims; None where nobody acts. `found` are its roles, where they are at hand."""
    found = found or roles(statement)
    if not found.actors:
        return None
    return Claim(
        statement.predicate.lemma,
        statement.predicate.relation,
        statement.event,
        tuple(entity.id for entity in found.actors),
        tuple(entity.id for entity in found.recipients),
        found.themes[0].id if found.themes else None,
        found.time,
        statement.polarity,
        statement.modality,
        found.attribution.id if found.attribution else None,
        statement.id,
        statement.document,
        statement.published,
        round(statement.confidence, 4),
        statement.sentence,
        tuple({entity.id: entity.state for entity in found if entity.state and entity.state != entity.id}.items()),
        is_mutual(statement),
    )


def is_mutual(statement: Statement) -> bool:
    """Whether those who act do so on each other: they met, fought, or accused each other."""
    table, event, relation = load_mutual(), statement.event, statement.predicate.relation
    if relation in table.relations or (event and event.type == "CONSULT" and relation is None):
        return True
    objects = [part for part in (statement.object, *statement.arguments) if part]
    return any(part.text.startswith(pronoun) for part in objects for pronoun in table.pronouns)


def to_line(claim: Claim) -> str:
    """A claim as one line of JSON."""
    return _JSON.encode(claim_row(claim))


def from_line(line: str | bytes) -> Claim:
    """The claim that `to_line` wrote."""
    return claim_from(json.loads(line))


def claim_row(claim: Claim) -> list[Any]:
    """A claim as nested lists."""
    sentence = [claim.sentence.index, claim.sentence.start, claim.sentence.end, claim.sentence.text]
    return [
        claim.id, claim.document, claim.published, claim.confidence, sentence, *content_row(claim), claim.states,
        claim.mutual,
    ]  # fmt: skip


def claim_from(row: Sequence[Any]) -> Claim:
    """The claim of `claim_row`."""
    ident, document, published, confidence, sentence, *content, states, mutual = row
    return Claim(
        *content_from(content), ident, document, published, confidence, Sentence(*sentence),
        tuple([(name, state) for name, state in states]), mutual,
    )  # fmt: skip


def content_row(one: Content) -> tuple[Any, ...]:
    """What is said, as nested lists."""
    return (
        one.predicate, one.relation, event_row(one.event), one.actors, one.recipients, one.theme, one.time,
        one.polarity, one.modality, one.attribution,
    )  # fmt: skip


def content_from(row: Sequence[Any]) -> _Content:
    """The fields of `Content`, of `content_row`."""
    predicate, relation, event, actors, recipients, theme, time, polarity, modality, attribution = row
    return (
        predicate, relation, event_from(event), tuple(actors), tuple(recipients), theme, time, polarity, modality,
        attribution,
    )  # fmt: skip


def event_row(event: Event | None) -> list[Any] | None:
    """An event as nested lists."""
    if event is None:
        return None
    sides = [
        [(party.text, party.entity, party.code, party.sector, party.state) for party in side]
        for side in (event.actors, event.recipients)
    ]
    return [event.type, event.mode, event.contexts, event.quad, event.score, *sides]


def event_from(row: Sequence[Any] | None) -> Event | None:
    """The event of `event_row`."""
    if row is None:
        return None
    kind, mode, contexts, quad, score, actors, recipients = row
    sides = (tuple(Party(*party) for party in side) for side in (actors, recipients))
    return Event(kind, mode, tuple(contexts), quad, score, *sides)
