"""How likely a careful reader is to accept a statement: a logistic model over what the clause looks like.

The weights lie in `ontology/lexicon/confidence.toml`; how they were fitted stands there.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
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


def row_features(row: Row, tree: Tree, others: Sequence[Row]) -> dict[str, float]:
    """What the model of the open-information rows looks at, each between 0 and about 1.

    `others` are all rows of the sentence: people write down what a sentence says in few tuples, each part of it once.
    """
    return {**_of_row(row, tree), **_of_place(row, tree), **_beside(row, others)}


def _of_place(row: Row, tree: Tree) -> dict[str, float]:
    """Where in its sentence a row's predicate stands: how deep, how late, in what is said or supposed."""
    head = row.clause.i
    first, stop = tree.sentence(head)
    above = list(tree.ancestors(head))
    marks = (tree.lower[mark] for i in above if tree.dep[i] == "advcl" for mark in tree.kids_of(i, "mark"))
    return {
        "depth": min(len(above), 8) / 8,
        "place": (head - first) / (stop - first),
        "beside root": float(tree.dep[head] == "conj" and tree.dep[tree.head[head]] == "ROOT"),
        "in what is said": float(any(tree.dep[i] == "ccomp" for i in above)),
        "in what is supposed": float("if" in marks),
    }


def _beside(row: Row, others: Sequence[Row]) -> dict[str, float]:
    """How a row stands among the others of its sentence: how many there are, which of them say it too."""
    clauses = [other.clause.i for other in others]
    beside = [other for other in others if other is not row]
    subject, obj = row.subject, row.object
    same = [other for other in beside if (other.subject, other.predicate) == (subject, row.predicate)]
    return {
        "rows": min(len(others), 20) / 20,
        "rows of clause": min(clauses.count(row.clause.i), 6) / 6,
        "clauses": min(len(set(clauses)), 10) / 10,
        "in an object": float(any(subject in other.object and obj in other.object for other in beside)),
        "in a subject": float(bool(obj) and any(subject in one.subject and obj in one.subject for one in beside)),
        "in a longer": float(any(obj != other.object and obj in other.object for other in same)),
        "holds another": float(any(other.subject in obj and other.object in obj for other in beside)),
    }


def _of_row(row: Row, tree: Tree) -> dict[str, float]:
    """Of which kind a row is and how long its parts are."""
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
