"""Fits how much the encoder and the lexicon count, on the held-back tenth → `extractors/data/decision.toml`; reports.

    PYTHONPATH=src:training python training/calibrate.py [--write] [--shipped] [--unseen] [--gsr GOLD.json]

The report gives lexicon alone, encoder alone and both, on the held-back tenth and, for information where asked for, on
the unseen sentences and on PLOVER's gold records. A sentence in which the pipeline finds nobody who acts counts as NONE
throughout.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np
from evaluate import RENAMED, calibration_error, f_scores
from scipy.optimize import minimize
from scipy.special import logsumexp
from sentences import NONE, UNSEEN, Example, load

from triplomat.extractors.decision import Decision, Judge, best_by_type, showing
from triplomat.extractors.encoder import Word
from triplomat.extractors.events import Candidate
from triplomat.extractors.pipeline import Extractor
from triplomat.extractors.statement import Article

FILE = Path(__file__).parents[1] / "extractors" / "data" / "decision.toml"
START = Decision(
    encoder=1.0,
    lexicon=0.5,
    floor=0.05,
    none=0.0,
    none_lexicon=0.0,
    margin=2.0,
    changed=0.5,
    unproposed=0.3,
    nothing=0.85,
    sure=1.01,
    early=1.01,
)
WEIGHTS = ("encoder", "lexicon", "floor", "none", "none_lexicon")
THRESHOLDS = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 1.01)
LOSSES = {"sure": 0.003, "early": 0.004}


@dataclass(frozen=True)
class Seen:
    """A sentence as the judge met it: the lexicon's candidates, who acts where no frame fits, the encoder's word."""

    candidates: tuple[Candidate, ...]
    carrier: Candidate | None
    early: Word
    late: Word

    @property
    def encoder(self) -> Mapping[str, float]:
        return self.late.types

    def word(self, decision: Decision) -> Word:
        return self.early if decision.enough(self.candidates, self.early) else self.late

    @property
    def lexicon(self) -> dict[str, float]:
        return best_by_type(self.candidates)


@dataclass(frozen=True)
class Recorder(Judge):
    """A judge that lets everything pass and keeps what it saw."""

    seen: list[Seen] = field(default_factory=list)

    def weigh(
        self, text: str, candidates: Sequence[Candidate], carrier: Candidate | None
    ) -> tuple[list[Candidate], Candidate | None]:
        word, states = self.encoder.early(text)
        late = showing(self.encoder.late(states), text)
        self.seen.append(Seen(tuple(candidates), carrier, showing(word, text), late))
        return list(candidates), None


def look(texts: Sequence[str]) -> list[Seen | None]:
    """What the judge meets in each text, of several sentences the surest; None where nobody acts."""
    extractor = Extractor()
    recorder = Recorder(START)
    extractor.__dict__["knowledge"] = replace(extractor.knowledge, judge=recorder)
    found: list[Seen | None] = []
    for _ in extractor.articles(Article(id=str(n), text=text) for n, text in enumerate(texts)):
        found.append(
            max(
                recorder.seen,
                key=lambda one: (max(one.lexicon.values(), default=0), 1 - one.encoder[NONE]),
                default=None,
            )
        )
        recorder.seen.clear()
    return found


Told = tuple[str, float]


def by_lexicon(seen: Seen | None) -> Told:
    shares = seen.lexicon if seen else {}
    return max(shares.items(), key=lambda one: one[1], default=(NONE, 1.0))


def by_encoder(seen: Seen | None) -> Told:
    return max(seen.encoder.items(), key=lambda one: one[1]) if seen else (NONE, 1.0)


def main_event(decision: Decision, seen: Seen | None) -> Candidate | None:
    """The surest event that the pipeline gives."""
    if seen is None:
        return None
    weighed, named = list(seen.candidates), None
    if not decision.settles(seen.candidates):
        weighed, named = decision.decide(seen.candidates, seen.word(decision), seen.carrier)
    typed = [one for one in (*weighed, named) if one is not None and one.type is not None]
    return max(typed, key=lambda one: one.confidence, default=None)


def by_both(decision: Decision, seen: Seen | None) -> Told:
    event = main_event(decision, seen)
    return (event.type or NONE, event.confidence) if event else (NONE, 1.0)


def fit(looks: Sequence[Seen | None], gold: Sequence[str]) -> Decision:
    """The weights of least negative log-likelihood, a little drawn to the start; then the thresholds."""
    pairs = [(seen, kind) for seen, kind in zip(looks, gold, strict=True) if seen is not None]
    kinds = list(pairs[0][0].encoder)
    place, right = kinds.index(NONE), np.array([kinds.index(kind) for _, kind in pairs])
    encoder = np.log(np.array([[seen.encoder[kind] for kind in kinds] for seen, _ in pairs]) + 1e-4)
    lexicon = np.array([[seen.lexicon.get(kind, 0.0) for kind in kinds] for seen, _ in pairs])
    start = np.array([getattr(START, name) for name in WEIGHTS])

    def loss(weights: np.ndarray) -> float:
        scores = weights[0] * encoder + weights[1] * np.log(lexicon + abs(weights[2]) + 0.001)
        scores[:, place] = weights[0] * encoder[:, place] + weights[3] + weights[4] * (1 - lexicon.max(1))
        told = scores[np.arange(len(right)), right] - logsumexp(scores, axis=1)
        return float(-told.mean() + 0.002 * ((weights - start) ** 2).sum())

    found = minimize(loss, start, method="Nelder-Mead", options={"maxiter": 4000, "xatol": 1e-4, "fatol": 1e-7}).x
    values = {name: round(float(value), 3) for name, value in zip(WEIGHTS, found, strict=True)}
    values["floor"] = round(abs(values["floor"]) + 0.001, 3)
    return _cheaper(replace(START, **values), looks, gold)


def _cheaper(decision: Decision, looks: Sequence[Seen | None], gold: Sequence[str]) -> Decision:
    """With the least `sure`, then the least `early`, that each cost at most as much accuracy as LOSSES says."""

    def accuracy(found: Decision) -> float:
        told = [by_both(found, seen)[0] for seen in looks]
        return float(np.mean([kind == other for kind, other in zip(gold, told, strict=True)]))

    for name, loss in LOSSES.items():
        goal = accuracy(decision) - loss
        least = (replace(decision, **{name: value}) for value in THRESHOLDS)
        decision = next(found for found in least if accuracy(found) >= goal)
    return decision


def report(title: str, told: Sequence[Told], gold: Sequence[str]) -> None:
    kinds = [kind for kind, _ in told]
    right = np.array([g == t for g, t in zip(gold, kinds, strict=True)])
    scores = f_scores(gold, kinds)
    sure = np.array([kind != NONE for kind in kinds])
    error = calibration_error(np.array([confidence for _, confidence in told])[sure], right[sure])
    print(f"{title}: {len(gold)}, accuracy {right.mean():.3f}, macro-F1 {np.mean(list(scores.values())):.3f}", end="")
    print(f", ECE of events {error:.3f}\n  " + " ".join(f"{kind} {score:.2f}" for kind, score in scores.items()))


def report_modes(title: str, events: Sequence[Candidate | None], examples: Sequence[Example]) -> None:
    """How often the mode is right (or rightly none) where the type is."""
    both = zip(events, examples, strict=True)
    pairs = [(event.mode, one.mode) for event, one in both if event and event.type == one.type]
    right = sum(told == gold for told, gold in pairs) / len(pairs)
    named = [told == gold for told, gold in pairs if gold]
    print(f"  {title}: {len(pairs)} events of the right type, mode right {right:.3f}", end="")
    print(f"; of {len(named)} that have one {np.mean(named):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the fitted weights")
    parser.add_argument("--shipped", action="store_true", help="score the weights as they are, fit none")
    parser.add_argument("--unseen", type=Path, nargs="?", const=UNSEEN, help="score these sentences too")
    parser.add_argument("--gsr", type=Path, help="gold records to score too")
    options = parser.parse_args()
    sets = {"held back": [e for e in load() if e.held_back]}
    if options.unseen:
        sets["unseen"] = list(load(options.unseen))
    if options.gsr:
        records = [r for r in json.loads(options.gsr.read_text(encoding="utf-8")) if r["event"] != "DOCUMENT"]
        sets["records"] = [Example(r["text"], RENAMED.get(r["event"], r["event"]), None, (), ()) for r in records]
    decision = START
    for title, examples in sets.items():
        looks, gold = look([one.text for one in examples]), [one.type for one in examples]
        if title == "held back":
            decision = Decision.packaged() if options.shipped else fit(looks, gold)
            print(decision)
        report(f"{title}, lexicon alone", [by_lexicon(seen) for seen in looks], gold)
        report(f"{title}, encoder alone", [by_encoder(seen) for seen in looks], gold)
        report(f"{title}, both", [by_both(decision, seen) for seen in looks], gold)
        asked = [seen for seen in looks if seen is not None and not decision.settles(seen.candidates)]
        late = [seen for seen in asked if not decision.enough(seen.candidates, seen.early)]
        shares = len(asked) / len(looks), len(late) / len(looks)
        print(f"  the encoder is asked about {shares[0]:.2f} of the sentences, its upper layers about {shares[1]:.2f}")
        if title != "records":
            report_modes(title, [main_event(decision, seen) for seen in looks], examples)
    if options.write:
        head = "# How much lexicon and encoder count: fitted by training/calibrate.py on the held-back sentences\n"
        lines = [f"{name} = {value}\n" for name, value in asdict(decision).items()]
        FILE.write_text(head + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
