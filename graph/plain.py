"""The same questions put to plain rdflib, for a system that Oxigraph isn't to be had for: slower by far.

`Result` reads terms by the names of their classes, so that Oxigraph's and those here go the same way.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from triplomat.errors import QueryError, UsageError
from triplomat.ontology.terms import Names, is_entity

from .lookup import compact_id, nothing_called
from .mistakes import check_terms, explain_syntax
from .queries import over_all
from .results import Result
from .shipped import find_query, prepare

if TYPE_CHECKING:
    import rdflib

_XSD = "http://www.w3.org/2001/XMLSchema#"


@dataclass(frozen=True, slots=True)
class NamedNode:
    """An IRI."""

    value: str

    def __str__(self) -> str:
        return f"<{self.value}>"


@dataclass(frozen=True, slots=True)
class BlankNode:
    """A node without a name."""

    value: str

    def __str__(self) -> str:
        return f"_:{self.value}"


@dataclass(frozen=True, slots=True)
class Literal:
    """A text with its language or datatype."""

    value: str
    language: str | None
    datatype: NamedNode

    def __str__(self) -> str:
        import rdflib

        kind = None if self.language or self.datatype.value == f"{_XSD}string" else self.datatype.value
        return rdflib.Literal(self.value, lang=self.language, datatype=kind).n3()


def has_engine() -> bool:
    """Whether Oxigraph can be loaded."""
    return find_spec("pyoxigraph") is not None


class PlainSource:
    """A dataset of rdflib's own."""

    def __init__(self, dataset: rdflib.Dataset, names: Names) -> None:
        self.dataset, self.names = dataset, names

    def look_up(self, name: str) -> list[str]:
        """A name's entities, each followed by those who act for it."""
        found = [self.names.iri(name)] if compact_id(name, self.names) else self._called(name)
        acting = {
            iri: sorted(
                {str(who) for who, *_ in self.dataset.quads((None, _iri(self.names.tm.actsFor), _iri(iri), None))}
            )
            for iri in found
        }
        return list(dict.fromkeys(iri for one, others in acting.items() for iri in (one, *others)))

    def _called(self, name: str) -> list[str]:
        labels: dict[str, set[str]] = {}
        for predicate in (self.names.prefixes["rdfs"] + "label", self.names.prefixes["skos"] + "altLabel"):
            for subject, _, label, _ in self.dataset.quads((None, _iri(predicate), None, None)):
                if is_entity(str(subject), self.names):
                    labels.setdefault(str(label).casefold(), set()).add(str(subject))
        if name.casefold().strip() not in labels:
            raise QueryError(nothing_called(name, labels))
        return sorted(labels[name.casefold().strip()])

    def prepare(self, query: str, settings: Mapping[str, str]) -> str:
        """The SPARQL that a query comes to with its parameters."""
        return prepare(find_query(query), self.look_up, self.names, settings)

    def answer(self, sparql: str, *, limit: int | None = None, timeout: float | None = None) -> Result:
        """The answer to SPARQL text; it can't be given a time."""
        if timeout is not None:
            raise UsageError("--timeout needs Oxigraph; install pyoxigraph, or leave it out")
        check_terms(sparql, self.names)
        self.dataset.default_union = over_all(sparql)
        try:
            answer = self.dataset.query(sparql, initNs=dict(self.names.prefixes))
            if answer.type == "ASK":
                return Result("ask", (), [], bool(answer.askAnswer), self.names)
            rows = [tuple(_term(term) for term in row) for row in answer][:limit]  # type: ignore[union-attr]
        except Exception as error:  # rdflib's parser and engine raise whatever they stumble over
            raise QueryError(explain_syntax(str(error), sparql)) from error
        if answer.type in ("CONSTRUCT", "DESCRIBE"):
            return Result("graph", ("subject", "predicate", "object"), rows, None, self.names)
        return Result("select", tuple(map(str, answer.vars or ())), rows, None, self.names)

    def strangers(self, sparql: str) -> Iterable[str]:
        """Not looked for here."""
        del sparql
        return ()


def plain_file(path: Path, names: Names) -> PlainSource:
    """A file of RDF and the ontology, read with one warning that this is slow."""
    import rdflib

    from .quads import nquads
    from .rdf import ONTOLOGY_GRAPH, ontology_quads

    warnings.warn(f"Oxigraph can't be loaded: reading {path} with plain rdflib, slowly", stacklevel=2)
    dataset = rdflib.Dataset(default_union=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's parsers call what rdflib deprecates
        try:
            dataset.parse(path)
        except Exception as error:  # rdflib's parsers raise whatever they stumble over
            raise UsageError(f"{path}: can't be read as RDF ({error})") from error
        triples = nquads((s, p, o, "") for s, p, o, _ in ontology_quads(names))
        dataset.graph(_iri(names.base + ONTOLOGY_GRAPH)).parse(data=triples, format="nt")
    return PlainSource(dataset, names)


def plain_dataset(lines: bytes, trig: str = "") -> rdflib.Dataset:
    """A dataset of rdflib's own with what N-Quads and TriG say, made with one warning that it is slow."""
    import rdflib

    warnings.warn("Oxigraph can't be loaded: keeping the graph in plain rdflib, slowly", stacklevel=2)
    dataset = rdflib.Dataset(default_union=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        dataset.parse(data=lines, format="nquads")
        if trig:
            dataset.parse(data=trig, format="trig")
    return dataset


def _iri(value: str) -> Any:
    import rdflib

    return rdflib.URIRef(value)


def _term(term: Any) -> Any:
    import rdflib

    if term is None:
        return None
    if isinstance(term, rdflib.URIRef):
        return NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return BlankNode(str(term))
    string = NamedNode(f"{_XSD}string")
    return Literal(str(term), term.language, NamedNode(str(term.datatype)) if term.datatype else string)
