"""The lexicon's events of a sentence and the encoder's distribution → its main event, with calibrated confidence.

A log-linear model over the seventeen classes: P(t) ∝ encoder(t)^a · (lexicon(t) + floor)^b, where lexicon(t) is the
confidence of the lexicon's best event of type t; NONE has a bias, and gains by how unsure the lexicon is. Its five
weights (`data/decision.toml`) were fitted by `training/calibrate.py`.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

from .encoder import NONE, Encoder, load_encoder

if TYPE_CHECKING:
    from spacy.tokens import Span

    from .events import Candidate

SHALLOW = 0.7
_LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class Decision:
    """The weights of the model, and two thresholds.

    `margin` is how many times likelier than the lexicon's own type another must be to replace it; `unproposed` how
    likely a type must be to make an event of a sentence in which no frame fits.
    """

    encoder: float
    lexicon: float
    floor: float
    none: float
    none_lexicon: float
    margin: float
    unproposed: float

    @classmethod
    def packaged(cls) -> Decision:
        text = (files(__package__) / "data" / "decision.toml").read_text(encoding="utf-8")
        return cls(**tomllib.loads(text))

    def posterior(self, lexicon: Mapping[str, float], encoder: Mapping[str, float]) -> dict[str, float]:
        """The probability of each class of `encoder`, given the lexicon's best confidence by type (0 where absent)."""
        unsure = 1 - max(lexicon.values(), default=0.0)
        scores = {}
        for kind, probability in encoder.items():
            score = self.encoder * math.log(probability + _LEAST)
            if kind == NONE:
                score += self.none + self.none_lexicon * unsure
            else:
                score += self.lexicon * math.log(lexicon.get(kind, 0.0) + self.floor)
            scores[kind] = score
        highest = max(scores.values())
        powers = {kind: math.exp(score - highest) for kind, score in scores.items()}
        total = sum(powers.values())
        return {kind: power / total for kind, power in powers.items()}

    def choose(self, lexicon: Mapping[str, float], encoder: Mapping[str, float]) -> tuple[str, float]:
        """The type of the sentence's main event, never NONE, and its probability."""
        found = self.posterior(lexicon, encoder)
        kind = max((kind for kind in found if kind != NONE), key=lambda kind: found[kind])
        own = max(lexicon, key=lambda kind: lexicon[kind], default=kind)
        if found[kind] < self.margin * found[own]:
            kind = own
        return kind, found[kind]

    def decide(self, candidates: Sequence[Candidate], encoder: Mapping[str, float]) -> list[Candidate]:
        """The candidates of one sentence, in their order, after the encoder's word, which is on the main clause.

        The main candidate, if its clause is near the top of the sentence, gets the chosen type (and loses its mode if
        that isn't its own) with that type's probability as its confidence; others stay below it. Where only deep
        clauses tell an event, the lexicon's word stands.
        """
        shallow = [one for one in candidates if one.type is not None and depth(one) >= SHALLOW]
        if not shallow:
            return list(candidates)
        kind, probability = self.choose(best_by_type(candidates), encoder)
        same = [one for one in candidates if one.type == kind]
        main = max(same or shallow, key=lambda one: (one in shallow, one.confidence))
        return [
            one
            if one.type is None
            else _settled(one, kind, probability)
            if one is main
            else replace(one, confidence=round(min(0.9 * probability, one.confidence), 4))
            for one in candidates
        ]


@dataclass(frozen=True)
class Judge:
    """The encoder with the decision; the model is loaded when the first sentence is judged."""

    decision: Decision = field(default_factory=Decision.packaged)

    @cached_property
    def encoder(self) -> Encoder:
        return load_encoder()

    def decide(self, sent: Span, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The candidates of a sentence, in their order, weighed."""
        if all(one.type is None for one in candidates):
            return list(candidates)
        return self.decision.decide(candidates, self.probabilities(sent))

    def name(self, sent: Span, untyped: Candidate, deep: Sequence[Candidate] = ()) -> Candidate | None:
        """The event of a sentence in which no frame fits near the top, if the encoder is sure enough that there is one.

        `deep` are the events of its embedded clauses, whose types are the likelier for it.
        """
        found = self.decision.posterior(best_by_type(deep), self.probabilities(sent))
        kind = max(found, key=lambda kind: found[kind])
        if kind == NONE or found[kind] < self.decision.unproposed:
            return None
        step = f"no frame fits; the encoder: {kind} ({found[kind]:.2f})"
        return replace(untyped, type=kind, confidence=round(found[kind], 4), explanation=(step,))

    def probabilities(self, sent: Span) -> dict[str, float]:
        """The encoder's word on a sentence: a probability by class."""
        row = self.encoder.probabilities([sent.text])[0]
        return dict(zip(self.encoder.labels, map(float, row), strict=True))


def depth(candidate: Candidate) -> float:
    """How near its clause is to the top of the sentence, at most 1."""
    return dict(candidate.features).get("depth", 1.0)


def best_by_type(candidates: Sequence[Candidate]) -> dict[str, float]:
    """The highest confidence among the candidates of each type."""
    best: dict[str, float] = {}
    for one in candidates:
        if one.type is not None:
            best[one.type] = max(best.get(one.type, 0.0), one.confidence)
    return best


def _settled(candidate: Candidate, kind: str, probability: float) -> Candidate:
    told = "agrees" if kind == candidate.type else f"changes {candidate.type} to {kind}"
    return replace(
        candidate,
        type=kind,
        mode=candidate.mode if kind == candidate.type else None,
        confidence=round(probability, 4),
        explanation=(*candidate.explanation, f"the encoder {told}: {probability:.2f}"),
    )
