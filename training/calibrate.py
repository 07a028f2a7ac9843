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

import numpy as np
from evaluate import RENAMED, calibration_error, f_scores
from scipy.optimize import minimize
from sentences import NONE, TYPES, UNSEEN, load

from triplomat.extractors.decision import Decision, Judge, best_by_type
from triplomat.extractors.events import Candidate
from triplomat.extractors.pipeline import Extractor
from triplomat.extractors.statement import Article

FILE = Path(__file__).parents[1] / "extractors" / "data" / "decision.toml"
START = Decision(encoder=1.0, lexicon=0.5, floor=0.05, none=0.0, none_lexicon=0.0, margin=3.0, unproposed=0.5)


@dataclass(frozen=True)
class Recorder(Judge):
    """A judge that lets everything pass and keeps what it saw of each sentence."""

    seen: list[tuple[dict[str, float], dict[str, float]]] = field(default_factory=list)

    def decide(self, sent, candidates: Sequence[Candidate]) -> list[Candidate]:  # type: ignore[no-untyped-def]
        self.seen.append((best_by_type(candidates), self.probabilities(sent)))
        return list(candidates)

    def name(self, sent, untyped: Candidate) -> None:  # type: ignore[no-untyped-def]
        self.seen.append(({}, self.probabilities(sent)))


Seen = tuple[dict[str, float], dict[str, float]] | None


def look(texts: Sequence[str]) -> list[Seen]:
    """What the lexicon and the encoder say of each text; None where nobody acts."""
    extractor = Extractor()
    recorder = Recorder(START)
    extractor.__dict__["knowledge"] = replace(extractor.knowledge, judge=recorder)
    found: list[Seen] = []
    for _ in extractor.articles(Article(id=str(n), text=text) for n, text in enumerate(texts)):
        surest = max(
            recorder.seen, key=lambda seen: (max(seen[0].values(), default=0), 1 - seen[1][NONE]), default=None
        )
        found.append(surest)
        recorder.seen.clear()
    return found


def told(decision: Decision, seen: Seen) -> np.ndarray:
    """The probabilities of the classes by both together."""
    if seen is None:
        return np.array([float(kind == NONE) for kind in TYPES])
    found = decision.posterior(*seen)
    if seen[0] and max(found, key=lambda kind: found[kind]) != NONE:
        kind, _ = decision.choose(*seen)
        found = {other: share if other == kind else min(share, 0.999 * found[kind]) for other, share in found.items()}
    return np.array([found[kind] for kind in TYPES])


def by_lexicon(seen: Seen) -> np.ndarray:
    shares = dict(seen[0]) if seen else {}
    shares[NONE] = 1 - max(shares.values(), default=0) if not shares else 0.0
    row = np.array([shares.get(kind, 0.0) for kind in TYPES])
    return row * max(shares.values()) / row.sum()


def by_encoder(seen: Seen) -> np.ndarray:
    return np.array([(seen[1] if seen else {NONE: 1.0}).get(kind, 0.0) for kind in TYPES])


def fit(looks: Sequence[Seen], gold: Sequence[str]) -> Decision:
    """The weights of least negative log-likelihood, a little drawn to the start."""
    names = ("encoder", "lexicon", "floor", "none", "none_lexicon")
    start = np.array([asdict(START)[name] for name in names])
    pairs = [(seen, kind) for seen, kind in zip(looks, gold, strict=True) if seen is not None]

    def made(weights: np.ndarray) -> Decision:
        values = dict(zip(names, map(float, weights), strict=True))
        return replace(START, **{**values, "floor": abs(values["floor"]) + 0.001})

    def loss(weights: np.ndarray) -> float:
        decision = made(weights)
        total = sum(np.log(decision.posterior(*seen)[kind] + 1e-9) for seen, kind in pairs)
        return float(-total / len(pairs) + 0.002 * ((weights - start) ** 2).sum())

    best = minimize(loss, start, method="Nelder-Mead", options={"maxiter": 400})
    decision = made(best.x)
    return replace(decision, **{name: round(value, 3) for name, value in asdict(decision).items()})


def report(title: str, rows: Sequence[np.ndarray], gold: Sequence[str], *, none: bool = True) -> None:
    matrix = np.array(rows)
    if not none:
        matrix[:, TYPES.index(NONE)] *= 1e-6
    kinds = [TYPES[index] for index in matrix.argmax(1)]
    right = np.array([g == t for g, t in zip(gold, kinds, strict=True)])
    scores = f_scores(gold, kinds)
    sure = np.array([kind != NONE for kind in kinds])
    error = calibration_error(matrix.max(1)[sure], right[sure])
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
        none = NONE in gold
        report(f"{title}, lexicon alone", [by_lexicon(seen) for seen in looks], gold, none=none)
        report(f"{title}, encoder alone", [by_encoder(seen) for seen in looks], gold, none=none)
        report(f"{title}, both", [told(decision, seen) for seen in looks], gold, none=none)
    if options.write:
        head = "# How much lexicon and encoder count: fitted by training/calibrate.py on the held-back sentences\n"
        lines = [f"{name} = {value}\n" for name, value in asdict(decision).items()]
        FILE.write_text(head + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
