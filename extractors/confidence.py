"""How likely a careful reader is to accept a statement: a logistic model over what the clause looks like.

The weights lie in `ontology/lexicon/confidence.toml`; how they were fitted stands there.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .clauses import Clause
    from .events import Candidate
    from .openie import Row
    from .tree import Tree

_FILE = "lexicon/confidence.toml"


@dataclass(frozen=True)
class Confidence:
    """Weights by feature; the bias is the feature "bias"."""

    weights: Mapping[str, float]

    @classmethod
    def packaged(cls, model: str = "statement") -> Confidence:
        """The shipped weights of one of the models: "statement" or "row"."""
        text = files("triplomat.ontology").joinpath(_FILE).read_text(encoding="utf-8")
        return cls(tomllib.loads(text)[model])

    def of(self, features: Mapping[str, float]) -> float:
        """The probability of what has these features, rounded to four places."""
        total = sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return round(1 / (1 + math.exp(-total)), 4)


def statement_features(clause: Clause, candidate: Candidate | None, tree: Tree) -> dict[str, float]:
    """What the model looks at, each between 0 and about 1."""
    head = clause.i
    first, stop = tree.sentence(head)
    found = {
        "bias": 1.0,
        clause.kind: 1.0,
        "no subject": float(not clause.actors),
        "no object": float(not clause.patients),
        "long": min(stop - first, 80) / 40,
        f"dep {clause.head.dep_}": 1.0,
    }
    if candidate is not None and candidate.type is not None:
        found["event"] = candidate.confidence
        found["has event"] = 1.0
    return found


def row_features(row: Row, tree: Tree) -> dict[str, float]:
    """What the model of the open-information rows looks at, each between 0 and about 1."""
    clause = row.clause
    head = clause.i
    first, stop = tree.sentence(head)
    found = {
        "bias": 1.0,
        f"kind {row.kind}": 1.0,
        f"dep {tree.dep[head]}": 1.0,
        "subject words": min(len(row.subject.split()), 12) / 12,
        "predicate words": min(len(row.predicate.split()), 8) / 8,
        "object words": min(len(row.object.split()), 24) / 24,
        "sentence words": min(stop - first, 60) / 60,
    }
    if clause.subjects:
        subject = clause.subjects[0].i
        found["own subject" if tree.head[subject] == head else "inherited subject"] = 1.0
        found[f"subject {tree.pos[subject]}"] = 1.0
        found["it"] = float(tree.lower[subject] == "it")
        found["who"] = float(tree.tag[subject] in ("WP", "WDT", "EX"))
    if row.part is not None:
        if row.part.preposition is not None:
            found[f"preposition {row.part.preposition}"] = 1.0
            found["core too"] = float(bool(clause.objects or clause.of_role("attribute")))
        found["next to predicate"] = float(0 <= row.part.first - head <= 2)
        found[f"object {tree.pos[row.part.i]}"] = 1.0
        found["object before"] = float(row.part.i < head)
    if clause.chain and tree.lower[clause.chain[0]] == "to":
        found["infinitive"] = 1.0
    if tree.tag[head] == "VBG" and len(clause.chain) == 1:
        found["gerund"] = 1.0
    found["modal"] = float(any(tree.tag[verb] == "MD" for verb in clause.chain))
    found["passive"] = float(clause.passive)
    found["lone word"] = float(len(row.object.split()) == 1)
    found[f"kind {row.kind} dep {tree.dep[head]}"] = 1.0
    found["copula"] = float(clause.kind == "copula")
    return found
