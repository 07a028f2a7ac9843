"""The names of the RDF: prefixes under a base IRI, and the terms that the ontology declares, so that a misspelt one
raises.

Every IRI of ours is the base and a path: `https://w3id.org/triplomat/` + `ontology#actor`, `country/RUS` …;
`Names(base)` has them for another base.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType
from urllib.parse import quote

from triplomat.errors import DataError, TriplomatError, UsageError

BASE = "https://w3id.org/triplomat/"
FILES = ("triplomat.ttl", "relations.ttl")
ENTITY_KINDS = ("country", "person", "org", "group", "place", "thing")

_OWN = {
    "tm": "ontology#",
    "rel": "relation/",
    "plover": "plover/",
    **{kind: f"{kind}/" for kind in ENTITY_KINDS},
    "st": "statement/",
    "fact": "fact/",
    "article": "article/",
}
_OTHERS = {
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# what RFC 3987 leaves out of a path: private and unassigned code points, and the ends of planes, with the delimiters
_PLANE_ENDS = "".join(f"{chr(plane * 0x10000 + 0xFFFE)}-{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 15))
_NOT_IN_AN_IRI = re.compile(
    r"[\x00-\x20\x7f-\x9f\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\uffff\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
    rf"{_PLANE_ENDS}<>\"{{}}|\[\]\\^`#?%/]"
)


class UnknownTermError(TriplomatError, AttributeError):
    """A name that the ontology doesn't declare; `nearest` are those that look like it."""

    def __init__(self, prefix: str, name: str, known: Iterable[str]) -> None:
        self.prefix = prefix
        self.term = name
        self.nearest = tuple(difflib.get_close_matches(name, list(known), n=3, cutoff=0.6))
        hint = f"; did you mean {' or '.join(f'{prefix}:{near}' for near in self.nearest)}?" if self.nearest else ""
        super().__init__(f"{prefix}:{name} is not declared in the ontology{hint}")


class Closed:
    """A namespace whose attributes are the IRIs of its declared terms.

    >>> Names().tm.actor
    'https://w3id.org/triplomat/ontology#actor'
    >>> Names().tm.acter
    Traceback (most recent call last):
    triplomat.ontology.terms.UnknownTermError: tm:acter is not declared in the ontology; did you mean tm:actor or ...
    """

    __slots__ = ("_iri", "_names", "_prefix")

    def __init__(self, prefix: str, iri: str, names: frozenset[str]) -> None:
        self._prefix, self._iri, self._names = prefix, iri, names

    def __getattr__(self, name: str) -> str:
        return self[name]

    def __getitem__(self, name: str) -> str:
        if name not in self._names:
            raise UnknownTermError(self._prefix, name, self._names)
        return self._iri + name

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __dir__(self) -> list[str]:
        return sorted(self._names)


@dataclass(frozen=True)
class Names:
    """The prefixes and terms under a base IRI, which must be absolute and end in a slash or hash."""

    base: str = BASE
    prefixes: Mapping[str, str] = field(init=False, compare=False)
    tm: Closed = field(init=False, compare=False)
    rel: Closed = field(init=False, compare=False)

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]+[/#:]", self.base, re.IGNORECASE):
            raise UsageError(
                f"base IRI {self.base!r}: give an absolute IRI that ends in / such as https://example.org/kg/"
            )
        own = {prefix: self.base + path for prefix, path in _OWN.items()}
        object.__setattr__(self, "prefixes", MappingProxyType({**own, **_OTHERS}))
        object.__setattr__(self, "tm", Closed("tm", own["tm"], declared()["tm"]))
        object.__setattr__(self, "rel", Closed("rel", own["rel"], declared()["rel"]))

    def iri(self, compact: str) -> str:
        """The IRI of a compact id; characters that no IRI may hold are percent-encoded.

        >>> Names().iri("country:RUS"), Names().iri("person:Kim Jong Un")
        ('https://w3id.org/triplomat/country/RUS', 'https://w3id.org/triplomat/person/Kim%20Jong%20Un')
        """
        return _iri(self.base, compact)

    def compact(self, iri: str) -> str:
        """The prefixed name of an IRI where a prefix fits, else the IRI in angle brackets."""
        for prefix, namespace in self.prefixes.items():
            if iri.startswith(namespace) and "/" not in iri[len(namespace) :] and "#" not in iri[len(namespace) :]:
                return f"{prefix}:{iri[len(namespace) :]}"
        return f"<{iri}>"

    def plover(self, event_type: str, mode: str | None = None) -> str:
        """The concept of an event type, or of a mode within its type."""
        return self.prefixes["plover"] + event_type + (f"-{mode}" if mode else "")

    def context(self, name: str) -> str:
        """The concept of a PLOVER context."""
        return f"{self.prefixes['plover']}context-{name}"


def is_entity(iri: str, names: Names) -> bool:
    """Whether an IRI is that of a state, person, thing … of ours."""
    return iri.startswith(tuple(names.prefixes[kind] for kind in ENTITY_KINDS))


@lru_cache(maxsize=200_000)
def _iri(base: str, compact: str) -> str:
    prefix, _, name = compact.partition(":")
    namespace = base + _OWN[prefix] if prefix in _OWN else _OTHERS.get(prefix)
    if namespace is None:
        raise UnknownTermError(prefix, name, (*_OWN, *_OTHERS))
    return namespace + _NOT_IN_AN_IRI.sub(lambda match: quote(match[0], safe=""), name)


@cache
def declared() -> Mapping[str, frozenset[str]]:
    """The local names that the ontology declares, by prefix: tm, rel, plover."""
    names: dict[str, set[str]] = {"tm": set(), "rel": set(), "plover": set()}
    for subject, _, _ in vocabulary():
        for prefix, found in names.items():
            namespace = f"<{BASE}{_OWN[prefix]}"
            if subject.startswith(namespace):
                found.add(subject[len(namespace) : -1])
    return MappingProxyType({prefix: frozenset(found) for prefix, found in names.items()})


@cache
def vocabulary(base: str = BASE) -> tuple[tuple[str, str, str], ...]:
    """The ontology, the relations and the PLOVER scheme as sorted triples of N-Triples terms, under a base IRI."""
    if base != BASE:
        return tuple((s.replace(BASE, base), p.replace(BASE, base), o.replace(BASE, base)) for s, p, o in vocabulary())
    from triplomat.ontology.scheme import plover_triples

    triples = set(plover_triples(BASE + _OWN["plover"], BASE + _OWN["tm"]))
    for file in FILES:
        triples |= _turtle(file)
    relation, property_kind = f"<{BASE}{_OWN['rel']}", f"<{_OTHERS['rdf']}type>"
    triples |= {(s, property_kind, f"<{BASE}{_OWN['tm']}Relation>") for s, _, _ in triples if s.startswith(relation)}
    return tuple(sorted(triples))


def _turtle(file: str) -> set[tuple[str, str, str]]:
    """The triples of a packaged Turtle file, as terms of N-Triples; by rdflib where Oxigraph can't be loaded."""
    content = resources.files(__package__).joinpath(file).read_bytes()
    try:
        import pyoxigraph
    except ImportError:
        return _turtle_by_rdflib(content)
    try:
        quads = list(pyoxigraph.parse(content, pyoxigraph.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise DataError(file, error.lineno, str(error.msg)) from error
    return {(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads}


def _turtle_by_rdflib(content: bytes) -> set[tuple[str, str, str]]:
    import rdflib

    lines = rdflib.Graph().parse(data=content, format="turtle").serialize(format="nt").splitlines()
    parts = (line.removesuffix(" .").split(" ", 2) for line in lines if line.strip())
    return {(subject, predicate, value) for subject, predicate, value in parts}
