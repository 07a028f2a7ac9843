"""The event ontology PLOVER: types, modes, contexts, quad classes and conflict–cooperation scores, from plover.csv.

PLOVER: Political Language Ontology for Verifiable Event Records (Open Event Data Alliance; codebook of 2024). The
definitions are in our own words; `cameo` maps a type or mode to the CAMEO codes that it came from.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from triplomat.errors import DataError

FILE = "plover.csv"


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the scheme: `kind` is quad, type, mode or context; `parent` a type's quad class or a mode's type."""

    kind: str
    name: str
    parent: str | None
    label: str
    score: float | None
    cameo: tuple[str, ...]
    definition: str


@dataclass(frozen=True, slots=True)
class Plover:
    """The scheme: terms by name, in the order of the file; modes under (type, mode), since names recur."""

    quads: Mapping[str, Term]
    types: Mapping[str, Term]
    modes: Mapping[tuple[str, str], Term]
    contexts: Mapping[str, Term]

    def quad(self, event_type: str) -> str:
        """The quad class of a type.

        >>> load_plover().quad("AID")
        'material cooperation'
        """
        return self.types[event_type].parent or ""

    def score(self, event_type: str, mode: str | None = None) -> float:
        """From −10 (conflict) to +10 (cooperation): the mode's score where it has one, else the type's.

        >>> load_plover().score("CONSULT"), load_plover().score("CONSULT", "visit")
        (2.5, 4.0)
        """
        term = self.modes[(event_type, mode)] if mode else self.types[event_type]
        score = term.score if term.score is not None else self.types[event_type].score
        return score if score is not None else 0.0

    def has_mode(self, event_type: str, mode: str) -> bool:
        return (event_type, mode) in self.modes


@cache
def load_plover() -> Plover:
    """The packaged scheme; DataError where a row is malformed or names an unknown parent."""
    rows = resources.files(__package__).joinpath(FILE).read_text("utf-8").splitlines()
    terms = [_term(row, line) for line, row in enumerate(csv.DictReader(rows), 2)]
    quads = {term.name: term for term in terms if term.kind == "quad"}
    types = {term.name: term for term in terms if term.kind == "type"}
    for line, term in enumerate(terms, 2):
        parents = {"type": quads, "mode": types}.get(term.kind)
        if parents is not None and term.parent not in parents:
            raise DataError(FILE, line, f"{term.name} has an unknown parent {term.parent!r}")
    return Plover(
        quads=MappingProxyType(quads),
        types=MappingProxyType(types),
        modes=MappingProxyType({(str(term.parent), term.name): term for term in terms if term.kind == "mode"}),
        contexts=MappingProxyType({term.name: term for term in terms if term.kind == "context"}),
    )


def _term(row: Mapping[str, str], line: int) -> Term:
    try:
        return Term(
            kind=row["kind"],
            name=row["name"],
            parent=row["parent"] or None,
            label=row["label"],
            score=float(row["score"]) if row["score"] else None,
            cameo=tuple(code for code in row["cameo"].split("|") if code),
            definition=row["definition"],
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataError(FILE, line, f"malformed row ({error})") from error
