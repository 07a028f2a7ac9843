"""Fits how much the encoder and the lexicon count, on the held-back tenth → `extractors/data/decision.toml`; reports.

    PYTHONPATH=src:training python training/calibrate.py [--write] [--gsr GOLD.json]

The report gives lexicon alone, encoder alone and both, on the held-back tenth, on the unseen sentences and, for
information, on PLOVER's gold records. A sentence in which the pipeline finds nobody who acts counts as NONE throughout.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from evaluate import RENAMED, calibration_error, f_scores
from scipy.optimize import minimize
from sentences import NONE, UNSEEN, load

from triplomat.extractors.decision import Decision, Judge, best_by_type
from triplomat.extractors.events import Candidate
from triplomat.extractors.pipeline import Extractor
from triplomat.extractors.statement import Article

if TYPE_CHECKING:
    from spacy.tokens import Span

FILE = Path(__file__).parents[1] / "extractors" / "data" / "decision.toml"
START = Decision(encoder=1.0, lexicon=0.5, floor=0.05, none=0.0, none_lexicon=0.0, margin=3.0, unproposed=0.45)


@dataclass(frozen=True)
class Seen:
    """A sentence as the judge met it: the lexicon's candidates (or the one without a type) and the encoder's word."""

    candidates: tuple[Candidate, ...]
    encoder: dict[str, float]

    @property
    def lexicon(self) -> dict[str, float]:
        return best_by_type(self.candidates)


@dataclass(frozen=True)
class Recorder(Judge):
    """A judge that lets everything pass and keeps what it saw."""

    seen: list[Seen] = field(default_factory=list)

    def decide(self, sent: Span, candidates: Sequence[Candidate]) -> list[Candidate]:
        self.seen.append(Seen(tuple(candidates), self.probabilities(sent)))
        return list(candidates)

    def name(self, sent: Span, untyped: Candidate, deep: Sequence[Candidate] = ()) -> None:
        self.seen.append(Seen((untyped, *deep), self.probabilities(sent)))


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


def by_both(decision: Decision, seen: Seen | None) -> Told:
    """As the pipeline does it; where no event is likelier, NONE."""
    if seen is None:
        return NONE, 1.0
    if seen.lexicon:
        return by_lexicon(Seen(tuple(decision.decide(seen.candidates, seen.encoder)), seen.encoder))
    found = decision.posterior({}, seen.encoder)
    kind = max(found, key=lambda kind: found[kind])
    return (kind, found[kind]) if found[kind] >= decision.unproposed else (NONE, 1 - found[kind])


def fit(looks: Sequence[Seen | None], gold: Sequence[str]) -> Decision:
    """The weights of least negative log-likelihood, a little drawn to the start."""
    names = ("encoder", "lexicon", "floor", "none", "none_lexicon")
    start = np.array([asdict(START)[name] for name in names])
    pairs = [(seen.lexicon, seen.encoder, kind) for seen, kind in zip(looks, gold, strict=True) if seen is not None]

    def made(weights: np.ndarray) -> Decision:
        values = dict(zip(names, map(float, weights), strict=True))
        return replace(START, **{**values, "floor": abs(values["floor"]) + 0.001})

    def loss(weights: np.ndarray) -> float:
        decision = made(weights)
        total = sum(np.log(decision.posterior(lexicon, encoder)[kind] + 1e-9) for lexicon, encoder, kind in pairs)
        return float(-total / len(pairs) + 0.002 * ((weights - start) ** 2).sum())

    best = minimize(loss, start, method="Nelder-Mead", options={"maxiter": 400})
    return replace(START, **{name: round(value, 3) for name, value in asdict(made(best.x)).items()})


def report(title: str, told: Sequence[Told], gold: Sequence[str]) -> None:
    kinds = [kind for kind, _ in told]
    right = np.array([g == t for g, t in zip(gold, kinds, strict=True)])
    scores = f_scores(gold, kinds)
    sure = np.array([kind != NONE for kind in kinds])
    error = calibration_error(np.array([confidence for _, confidence in told])[sure], right[sure])
    print(f"{title}: {len(gold)}, accuracy {right.mean():.3f}, macro-F1 {np.mean(list(scores.values())):.3f}", end="")
    print(f", ECE of events {error:.3f}\n  " + " ".join(f"{kind} {score:.2f}" for kind, score in scores.items()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the fitted weights")
    parser.add_argument("--gsr", type=Path, help="gold records to score too")
    options = parser.parse_args()
    sets = {
        "held back": [(e.text, e.type) for e in load() if e.held_back],
        "unseen": [(e.text, e.type) for e in load(UNSEEN)],
    }
    if options.gsr:
        records = [r for r in json.loads(options.gsr.read_text(encoding="utf-8")) if r["event"] != "DOCUMENT"]
        sets["records"] = [(r["text"], RENAMED.get(r["event"], r["event"])) for r in records]
    decision = START
    for title, pairs in sets.items():
        looks, gold = look([text for text, _ in pairs]), [kind for _, kind in pairs]
        if title == "held back":
            decision = fit(looks, gold)
            print(decision)
        report(f"{title}, lexicon alone", [by_lexicon(seen) for seen in looks], gold)
        report(f"{title}, encoder alone", [by_encoder(seen) for seen in looks], gold)
        report(f"{title}, both", [by_both(decision, seen) for seen in looks], gold)
    if options.write:
        head = "# How much lexicon and encoder count: fitted by training/calibrate.py on the held-back sentences\n"
        lines = [f"{name} = {value}\n" for name, value in asdict(decision).items()]
        FILE.write_text(head + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
