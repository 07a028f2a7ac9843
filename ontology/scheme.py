"""The PLOVER event ontology as a SKOS concept scheme: types under quad classes, modes under types, contexts beside.

Types match the roots of CAMEO (Schrodt 2012), its predecessor, and modes the roots that their codes are under; CAMEO is
a small scheme of its own (cameo.csv).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib import resources

from triplomat.ontology.plover import Term, load_plover

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_CLASS = "<http://www.w3.org/2002/07/owl#Class>"
_DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal"


def plover_triples(plover: str, tm: str) -> Iterator[tuple[str, str, str]]:
    """The scheme as triples of N-Triples terms, under the namespaces `plover` and `tm`.

    A type is a class of events too, so that an event can have it as its rdf:type.
    """
    scheme = load_plover()
    whole = f"<{plover}scheme>"
    yield whole, _RDF_TYPE, f"<{_SKOS}ConceptScheme>"
    yield whole, f"<{_SKOS}prefLabel>", '"PLOVER: political event types"@en'
    yield from _cameo(plover)
    for term in scheme.quads.values():
        yield from _concept(f"<{plover}{_slug(term.name)}>", term, whole)
        yield f"<{plover}{_slug(term.name)}>", f"<{_SKOS}topConceptOf>", whole
    for term in scheme.types.values():
        concept = f"<{plover}{term.name}>"
        yield from _concept(concept, term, whole)
        yield concept, f"<{_SKOS}broader>", f"<{plover}{_slug(term.parent or '')}>"
        yield concept, _RDF_TYPE, _CLASS
        yield concept, f"<{_RDFS}subClassOf>", f"<{tm}Event>"
        yield concept, f"<{tm}score>", f'"{term.score or 0}"^^<{_DECIMAL}>'
        yield from ((concept, f"<{_SKOS}closeMatch>", f"<{plover}cameo-{code}>") for code in term.cameo)
    for (parent, name), term in scheme.modes.items():
        concept = f"<{plover}{parent}-{name}>"
        yield from _concept(concept, term, whole)
        yield concept, f"<{_SKOS}broader>", f"<{plover}{parent}>"
        yield concept, f"<{tm}score>", f'"{scheme.score(parent, name)}"^^<{_DECIMAL}>'
        roots = sorted({code[:2] for code in term.cameo})
        yield from ((concept, f"<{_SKOS}broadMatch>", f"<{plover}cameo-{root}>") for root in roots)
    for term in scheme.contexts.values():
        yield from _concept(f"<{plover}context-{term.name}>", term, whole)


def _concept(concept: str, term: Term, scheme: str) -> Iterator[tuple[str, str, str]]:
    yield concept, _RDF_TYPE, f"<{_SKOS}Concept>"
    yield concept, f"<{_SKOS}inScheme>", scheme
    yield concept, f"<{_SKOS}prefLabel>", f'"{term.label}"@en'
    yield concept, f"<{_RDFS}label>", f'"{term.label}"@en'
    yield concept, f"<{_SKOS}notation>", f'"{term.name}"'
    definition = term.definition.replace("\\", "\\\\").replace('"', '\\"')
    yield concept, f"<{_SKOS}definition>", f'"{definition}"@en'
    for code in term.cameo:
        yield concept, f"<{_SKOS}altLabel>", f'"CAMEO {code}"'


def _cameo(plover: str) -> Iterator[tuple[str, str, str]]:
    """CAMEO's twenty roots."""
    whole = f"<{plover}cameo>"
    yield whole, _RDF_TYPE, f"<{_SKOS}ConceptScheme>"
    yield whole, f"<{_SKOS}prefLabel>", '"CAMEO: roots of its event codes"@en'
    text = resources.files("triplomat.ontology").joinpath("cameo.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        concept = f"<{plover}cameo-{row['code']}>"
        yield concept, _RDF_TYPE, f"<{_SKOS}Concept>"
        yield concept, f"<{_SKOS}topConceptOf>", whole
        yield concept, f"<{_SKOS}inScheme>", whole
        yield concept, f"<{_SKOS}notation>", f'"{row["code"]}"'
        yield concept, f"<{_SKOS}prefLabel>", f'"{row["label"]}"@en'
        yield concept, f"<{_RDFS}label>", f'"{row["label"]}"@en'


def _slug(name: str) -> str:
    return name.replace(" ", "-")
