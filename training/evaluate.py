"""The shipped encoder's figures on the unseen sentences: accuracy, F1 by type, calibration.

    PYTHONPATH=src:training python training/evaluate.py [--model FOLDER] [--gsr GOLD.json] [--errors N]

`--gsr` adds PLOVER's gold records (DEMAND counts as REQUEST, DISAPPROVE and INVESTIGATE as ACCUSE, FIGHT as
ASSAULT), for information: nothing is fitted to them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sentences import NONE, TYPES, UNSEEN, load

from triplomat.extractors.encoder import Encoder

RENAMED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}


def f_scores(gold: Sequence[str], told: Sequence[str]) -> dict[str, float]:
    """F1 of each type that occurs in gold."""
    scores = {}
    for kind in TYPES:
        hits = sum(g == t == kind for g, t in zip(gold, told, strict=True))
        total = list(gold).count(kind) + list(told).count(kind)
        if kind in gold:
            scores[kind] = 2 * hits / total
    return scores


def calibration_error(confidence: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error over bins of equal width (Guo et al. 2017)."""
    which = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        abs(confidence[which == b].mean() - right[which == b].mean()) * (which == b).sum()
        for b in range(bins)
        if (which == b).any()
    ]
    return float(sum(gaps) / len(confidence))


def report(title: str, probabilities: np.ndarray, gold: Sequence[str], texts: Sequence[str], errors: int) -> None:
    told = [TYPES[index] for index in probabilities.argmax(1)]
    right = np.array([g == t for g, t in zip(gold, told, strict=True)])
    scores = f_scores(gold, told)
    error = calibration_error(probabilities.max(1), right)
    macro = float(np.mean(list(scores.values())))
    print(f"{title}: {len(gold)} sentences, accuracy {right.mean():.3f}, macro-F1 {macro:.3f}, ECE {error:.3f}")
    print("  " + " ".join(f"{kind} {score:.2f}" for kind, score in scores.items()))
    for index in np.flatnonzero(~right)[:errors]:
        print(f"  {gold[index]} told {told[index]} ({probabilities[index].max():.2f}): {texts[index]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, help="folder of another model than the one shipped")
    parser.add_argument("--gsr", type=Path, help="gold records to score too")
    parser.add_argument("--errors", type=int, default=0, help="how many errors of each set to print")
    options = parser.parse_args()
    encoder = Encoder(threads=2, folder=options.model)
    unseen = load(UNSEEN)
    texts = [example.text for example in unseen]
    report("unseen", encoder.probabilities(texts), [example.type for example in unseen], texts, options.errors)
    if options.gsr:
        records = [r for r in json.loads(options.gsr.read_text(encoding="utf-8")) if r["event"] != "DOCUMENT"]
        texts = [record["text"] for record in records]
        gold = [RENAMED.get(record["event"], record["event"]) for record in records]
        probabilities = encoder.probabilities(texts)
        probabilities[:, TYPES.index(NONE)] = 0
        probabilities /= probabilities.sum(1, keepdims=True)
        report("records", probabilities, gold, texts, options.errors)


if __name__ == "__main__":
    main()
