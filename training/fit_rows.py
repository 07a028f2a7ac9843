"""Fits the weights of the open-information rows' confidence on sentences with gold tuples, and prints them as TOML.

    python training/fit_rows.py ../shared/gold/carb-dev-articles.jsonl ../shared/gold/carb-dev.tsv ../shared/bench

The third argument is the folder of the scorer whose matching of words the target follows. Rows and gold tuples are
paired off one to one, the best pair first; a paired row's target is the mean of its precision and recall, any other's
is 0.
Needs scikit-learn.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from scipy.sparse import vstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from triplomat.extractors.confidence import row_features
from triplomat.extractors.openie import GAP, Row, rows
from triplomat.extractors.parsing import load_pipeline
from triplomat.extractors.tree import Tree

STRENGTH = 0.2


def main(articles: Path, gold_file: Path, scorer: Path) -> None:
    sys.path.insert(0, str(scorer))
    import score_openie as score

    gold = score.read_gold(gold_file)
    features: list[dict[str, float]] = []
    targets: list[float] = []
    texts = [json.loads(line)["text"] for line in articles.read_text(encoding="utf-8").splitlines()]
    for text, doc in zip(texts, load_pipeline().pipe(texts, batch_size=32), strict=True):
        tree = Tree(doc)
        found: dict[tuple[str, str, str], tuple[Row, list[Row]]] = {}
        for sent in doc.sents:
            told = list(rows(sent, tree))
            for row in told:
                found.setdefault((row.subject, row.predicate, row.object), (row, told))
        guesses = []
        for subject, predicate, obj in found:
            words = " ".join(word for word in predicate.split() if word != GAP)
            guesses.append(score.Fact(words, (subject, obj) if obj.strip() else (subject,)))
        features += [row_features(row, tree, told) for row, told in found.values()]
        targets += paired(score, gold[score.key(text)], guesses)
    for name, weight in sorted(fit(features, np.array(targets)).items()):
        if abs(weight) >= 0.02:
            print(f'"{name}" = {weight:.3f}')


def paired(score, gold, guesses) -> list[float]:  # type: ignore[no-untyped-def]
    """The target of each guess of a sentence."""
    cells = sorted(
        (-sum(score.match(fact, guess)), g, h) for g, fact in enumerate(gold) for h, guess in enumerate(guesses)
    )
    taken: set[int] = set()
    targets = [0.0] * len(guesses)
    used: set[int] = set()
    for total, g, h in cells:
        if total and g not in taken and h not in used:
            taken.add(g)
            used.add(h)
            targets[h] = -total / 2
    return targets


def fit(features: list[dict[str, float]], targets: np.ndarray) -> dict[str, float]:
    """Logistic regression with soft targets: each row once as right and once as wrong, weighted."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(features)
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    model.fit(
        vstack([matrix, matrix]),
        np.r_[np.ones(len(targets)), np.zeros(len(targets))],
        sample_weight=np.r_[targets, 1 - targets],
    )
    weights = dict(zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True))
    weights["bias"] = weights.get("bias", 0.0) + float(model.intercept_[0])
    return weights


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
