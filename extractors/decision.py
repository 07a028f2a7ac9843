"""The lexicon's events of a sentence and the encoder's distribution → its main event, with calibrated confidence.

A log-linear model over the seventeen classes: P(t) ∝ encoder(t)^a · (lexicon(t) + floor)^b, where lexicon(t) is the
confidence of the lexicon's best event of type t; NONE has a bias, and gains by how unsure the lexicon is. The weights
(`data/decision.toml`) were fitted by `training/calibrate.py`.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

from triplomat.ontology.modes import shown
from triplomat.ontology.plover import load_plover

from .encoder import NONE, Encoder, Word, load_encoder

if TYPE_CHECKING:
    from .events import Candidate

SHALLOW, BESIDE = 0.7, 0.45
_LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class Decision:
    """The weights of the model, and its thresholds.

    `margin` is how many times likelier than the lexicon's own type another must be to replace it, `changed` how likely
    at the least; `unproposed` how likely a type must be to make an event of a clause that no frame fits; `nothing` how
    likely it must be that there is no event to drop one of which the lexicon is not sure at all: the surer it is, the
    nearer to certain. From a lexicon's confidence of `sure` on, the encoder isn't asked; where its early word makes a
    class as likely as `early`, its upper layers aren't.
    """

    encoder: float
    lexicon: float
    floor: float
    none: float
    none_lexicon: float
    margin: float
    changed: float
    unproposed: float
    nothing: float
    sure: float
    early: float

    @classmethod
    def packaged(cls) -> Decision:
        text = (files(__package__) / "data" / "decision.toml").read_text(encoding="utf-8")
        return cls(**tomllib.loads(text))

    def posterior(self, lexicon: Mapping[str, float], encoder: Mapping[str, float]) -> dict[str, float]:
        """The probability of each class of `encoder`, given the lexicon's best confidence by type (0 where absent)."""
        absent = self.lexicon * math.log(self.floor)
        beside = {kind: self.lexicon * math.log(confidence + self.floor) for kind, confidence in lexicon.items()}
        beside[NONE] = self.none + self.none_lexicon * (1 - max(lexicon.values(), default=0.0))
        powers = {
            kind: (probability + _LEAST) ** self.encoder * math.exp(beside.get(kind, absent))
            for kind, probability in encoder.items()
        }
        total = sum(powers.values())
        return {kind: power / total for kind, power in powers.items()}

    def settles(self, candidates: Sequence[Candidate]) -> bool:
        """Whether the lexicon is so sure of one type near the top of the sentence that the encoder needn't be asked."""
        best = max((one for one in candidates if one.type), key=lambda one: one.confidence, default=None)
        return best is not None and best.confidence >= self.sure and best.depth >= SHALLOW

    def enough(self, candidates: Sequence[Candidate], word: Word) -> bool:
        """Whether the encoder's early word decides."""
        return max(self.posterior(best_by_type(candidates), word.types).values()) >= self.early

    def decide(
        self, candidates: Sequence[Candidate], word: Word, carrier: Candidate | None = None
    ) -> tuple[list[Candidate], Candidate | None]:
        """The candidates of one sentence, in their order, after the encoder's word, which is on the main clause.

        The main candidate, whose clause is near the top of the sentence or which has the chosen type, gets that type
        with its probability as confidence, and where it had another or no mode the encoder's; others stay below it.
        Where only deep clauses tell other events, the `carrier`, a clause near the top that no frame fits, gets the
        type, if it is likely enough, and comes back second. Where no event is likely, those near the top lose theirs.
        """
        found = self.posterior(best_by_type(candidates), word.types)
        if found[NONE] >= self.nothing + (1 - self.nothing) * _surest(candidates):
            return [one if self._stands(one) else _dropped(one, found[NONE]) for one in candidates], None
        main, kind = self._main(candidates, found)
        if main is not None:
            return [_weighed(one, one is main, kind, word.mode(kind), found[kind]) for one in candidates], None
        if carrier is None or kind == NONE or kind in carrier.barred or found[kind] < self.unproposed:
            return list(candidates), None
        return list(candidates), _named(carrier, kind, word.mode(kind), found[kind])

    def _stands(self, candidate: Candidate) -> bool:
        """Whether an event stays where the main clause tells none: a deep clause's that is likely enough by itself."""
        return candidate.type is None or (candidate.depth < SHALLOW and candidate.confidence >= self.unproposed)

    def _main(self, candidates: Sequence[Candidate], found: Mapping[str, float]) -> tuple[Candidate | None, str]:
        """The candidate that the sentence is about, if one is, and the class that the sentence is of.

        One whose clause speaks of that class by its words goes before others, as does one of the same quad class; one
        that can't tell it never takes it.
        """
        typed = [one for one in candidates if one.type is not None]
        shallow = [one for one in typed if one.depth >= SHALLOW]
        kinds = [
            kind for kind in found if (kind != NONE or not shallow) and (not shallow or _can_be(kind, typed, shallow))
        ]
        kind = max(kinds, key=lambda kind: found[kind])
        if not shallow:
            return max((one for one in typed if one.type == kind), key=lambda one: one.confidence, default=None), kind
        own = max(typed, key=lambda one: one.confidence).type or kind
        if found[kind] < max(self.margin * found[own], self.changed):
            kind = own
        same = [one for one in typed if one.type == kind]
        able = [one for one in shallow if kind not in one.barred]
        apt = same or _hinting(able, kind) or _hinting(typed, kind) or _akin(typed, kind) or able
        return max(apt, key=lambda one: (one.depth >= SHALLOW, one.confidence)), kind


@dataclass(frozen=True)
class Judge:
    """The encoder with the decision; the model is loaded when the first sentence is judged."""

    decision: Decision = field(default_factory=Decision.packaged)

    @cached_property
    def encoder(self) -> Encoder:
        return load_encoder()

    def weigh(
        self, text: str, candidates: Sequence[Candidate], carrier: Candidate | None
    ) -> tuple[list[Candidate], Candidate | None]:
        """The candidates of a sentence, in their order, weighed; and the event of its carrier, if it tells one."""
        if self.decision.settles(candidates):
            return list(candidates), None
        return self.decision.decide(candidates, self.word(text, candidates), carrier)

    def word(self, text: str, candidates: Sequence[Candidate]) -> Word:
        """The encoder's word on a sentence, by as many layers as it takes beside the lexicon's candidates."""
        word, states = self.encoder.early(text)
        return showing(word if self.decision.enough(candidates, word) else self.encoder.late(states), text)


def showing(word: Word, text: str) -> Word:
    """The encoder's word on a text, with no mode that the text's words don't show."""
    return replace(word, mode=lambda kind: shown(kind, word.mode(kind), text))


def has_main(candidates: Sequence[Candidate]) -> bool:
    """Whether a clause near the top of the sentence tells an event."""
    return any(one.type is not None and one.depth >= SHALLOW for one in candidates)


def _surest(candidates: Sequence[Candidate]) -> float:
    """The confidence of the surest event near the top of the sentence, 0 without one."""
    return max((one.confidence for one in candidates if one.type and one.depth >= SHALLOW), default=0.0)


def tells_nothing(candidates: Sequence[Candidate]) -> bool:
    """Whether the lexicon knows that a clause near the top tells no event, and none so near the top tells one."""
    known = max((one.depth for one in candidates if one.type is None and one.nothing), default=0.0)
    return known >= SHALLOW and all(one.depth < known for one in candidates if one.type is not None)


def best_by_type(candidates: Sequence[Candidate]) -> dict[str, float]:
    """The highest confidence among the candidates of each type."""
    best: dict[str, float] = {}
    for one in candidates:
        if one.type is not None:
            best[one.type] = max(best.get(one.type, 0.0), one.confidence)
    return best


def _hinting(candidates: Sequence[Candidate], kind: str) -> list[Candidate]:
    return [one for one in candidates if kind in one.hints and kind not in one.barred]


def _akin(candidates: Sequence[Candidate], kind: str) -> list[Candidate]:
    """Those of a type of the same quad class."""
    quad = load_plover().quad(kind)
    return [one for one in candidates if one.depth >= BESIDE and one.quad == quad and kind not in one.barred]


def _can_be(kind: str, typed: Sequence[Candidate], shallow: Sequence[Candidate]) -> bool:
    """Whether a candidate is of a class, or one near the top of the sentence can take it."""
    return any(one.type == kind for one in typed) or any(kind not in one.barred for one in shallow)


def _weighed(candidate: Candidate, main: bool, kind: str, mode: str | None, probability: float) -> Candidate:
    """A candidate beside the sentence's type: the main one gets it, others stay less likely."""
    if candidate.type is None:
        return candidate
    if not main:
        return replace(candidate, confidence=round(min(0.9 * probability, candidate.confidence), 4))
    told = "agrees" if kind == candidate.type else f"changes {candidate.type} to {kind}"
    step = ("the encoder {}: {:.2f}", told, probability)
    return replace(
        candidate,
        type=kind,
        mode=(candidate.mode or mode) if kind == candidate.type else mode,
        confidence=round(probability, 4),
        steps=(*candidate.steps, step),
    )


def _named(carrier: Candidate, kind: str, mode: str | None, probability: float) -> Candidate:
    step = ("no frame fits; the encoder: {} ({:.2f})", kind, probability)
    return replace(carrier, type=kind, mode=mode, confidence=round(probability, 4), steps=(step,))


def _dropped(candidate: Candidate, probability: float) -> Candidate:
    step = ("the encoder: no {}, no event at all ({:.2f})", candidate.type, probability)
    return replace(candidate, type=None, mode=None, confidence=0.0, steps=(*candidate.steps, step))
