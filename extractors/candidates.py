"""What the coding of a clause comes to: an event with its parties; and what promising or ending makes of a type."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from triplomat.ontology.plover import load_plover
from triplomat.values import value

from .frames import Match
from .parties import Party

Step = tuple[Any, ...]
COOPERATIVE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
YIELDING = frozenset({"CONCEDE", "RETREAT"})
HARMFUL = frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
_THREAT_MODES = {
    "SANCTION": "relations",
    "ASSAULT": "violence",
    "MOBILIZE": "violence",
    "COERCE": "restrict",
    "arrest": "arrest",
    "deport": "expel",
    "expel": "expel",
}


@value
class Candidate:
    """An event (or, where `type` is None, only a relation) that a clause may tell.

    `depth` is how near its clause is to the top of the sentence, at most 1; `nothing` holds where the lexicon knows
    that it tells no event; `hints` are the types that the words of its clause speak for, `barred` those that it can't
    tell, both empty until the encoder is asked; `steps` say how it came about, each a template and its values.
    """

    type: str | None
    mode: str | None
    contexts: tuple[str, ...]
    relation: str | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    confidence: float
    depth: float = 1.0
    nothing: bool = False
    steps: tuple[Step, ...] = ()
    hints: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()

    @property
    def explanation(self) -> tuple[str, ...]:
        """How the event came about, in words, step by step."""
        return tuple(template.format(*values) for template, *values in self.steps)

    @property
    def quad(self) -> str | None:
        return load_plover().quad(self.type) if self.type else None

    @property
    def score(self) -> float | None:
        return load_plover().score(self.type, self.mode) if self.type else None


@value
class Draft:
    """An event before confidence: what the frames and the rules have made of a clause."""

    type: str | None
    mode: str | None
    relation: str | None
    match: Match
    weight: float
    steps: tuple[Step, ...]


def promised(kind: str | None, mode: str | None) -> tuple[str | None, str | None]:
    """What a type becomes when it is only announced: cooperation and retreat AGREE, harm THREATEN.

    >>> promised("AID", None), promised("COERCE", "arrest")
    (('AGREE', None), ('THREATEN', 'arrest'))
    """
    if kind in COOPERATIVE or kind in YIELDING or kind == "AGREE":
        return "AGREE", None
    if kind in HARMFUL:
        return "THREATEN", _THREAT_MODES.get(mode or "") or _THREAT_MODES.get(kind)
    return kind, mode


def reversed_type(kind: str | None) -> tuple[str, str | None] | None:
    """What it is to end something: aid SANCTION, an attack RETREAT, a ban or a strike CONCEDE."""
    if kind in ("AID", "COOPERATE", "CONSULT"):
        return "SANCTION", "discontinue"
    if kind in ("ASSAULT", "MOBILIZE"):
        return "RETREAT", "ceasefire"
    if kind == "SANCTION":
        return "RETREAT", None
    if kind in ("COERCE", "PROTEST"):
        return "CONCEDE", None
    return None


def distinct(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Each party once, in order."""
    found = tuple(parties)
    if len(found) < 2:
        return found
    kept: dict[tuple[str | None, str | None, int], Party] = {}
    for party in found:
        span, reference = party
        kept.setdefault((reference.entity, reference.code, -1 if reference.entity else span.start), party)
    return tuple(kept.values())
