"""A served folder → its description in RDF: the service (SPARQL 1.1 Service Description), the dataset (VoID, DCAT)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from triplomat.ontology.terms import Names

from .quads import integer, iri, nquads, text
from .worker import GRAPH_TYPES, SELECT_TYPES

FILES = {
    "graph.trig": "application/trig",
    "graph.nq": "application/n-quads",
    "graph.ttl": "text/turtle",
    "graph.jsonld": "application/ld+json",
}
PREFIXES = {
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "formats": "http://www.w3.org/ns/formats/",
}
_FORMAT_NAMES = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "RDF_XML", "JSON-LD"),
)
assert len(_FORMAT_NAMES) == len(SELECT_TYPES) + len(GRAPH_TYPES)
_COUNTS = {"triples": "quads", "entities": "entities", "documents": "articles"}
_VOCABULARIES = ("tm", "rel", "plover", "prov", "oa", "skos", "schema", "dcterms")
Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Served:
    """What there is to describe: the folder, its manifest, the address it is served at, its names, and how many of each
    class it holds.
    """

    folder: Path
    manifest: Mapping[str, Any]
    address: str
    names: Names
    classes: Mapping[str, int]
    updates: bool = False

    @property
    def dataset(self) -> str:
        """The IRI of the dataset."""
        return f"{self.address}.well-known/void"


def description(served: Served, media_type: str) -> bytes:
    """The whole description in a media type."""
    import pyoxigraph

    triples = {*_service(served), *_dataset(served), *_distributions(served)}
    quads = pyoxigraph.parse(nquads((s, p, o, "") for s, p, o in sorted(triples)), pyoxigraph.RdfFormat.N_QUADS)
    format = getattr(pyoxigraph.RdfFormat, GRAPH_TYPES[media_type])
    return pyoxigraph.serialize((quad.triple for quad in quads), format=format, prefixes=PREFIXES) or b""


def _service(served: Served) -> Iterator[Triple]:
    service = iri(f"{served.address}sparql")
    yield service, _kind(served), _term("sd:Service")
    yield service, _kind(served), _term("dcat:DataService")
    yield service, _term("dcterms:title"), text("SPARQL")
    yield service, _term("sd:endpoint"), service
    yield service, _term("dcat:endpointURL"), service
    yield service, _term("dcat:servesDataset"), iri(served.dataset)
    yield service, _term("sd:supportedLanguage"), _term("sd:SPARQL11Query")
    if served.updates:
        yield service, _term("sd:supportedLanguage"), _term("sd:SPARQL11Update")
    yield service, _term("sd:feature"), _term("sd:UnionDefaultGraph")
    yield service, _term("sd:defaultDataset"), iri(served.dataset)
    yield from ((service, _term("sd:resultFormat"), _term(f"formats:{name}")) for name in _FORMAT_NAMES)


def _dataset(served: Served) -> Iterator[Triple]:
    dataset, counts = iri(served.dataset), served.manifest.get("counts", {})
    for kind in ("sd:Dataset", "void:Dataset", "dcat:Dataset"):
        yield dataset, _kind(served), _term(kind)
    yield dataset, _term("dcterms:title"), text(str(served.manifest.get("title") or "A graph built by Triplomat"))
    yield dataset, _term("dcterms:description"), text("Who does what to whom, as news articles state it.")
    yield dataset, _term("void:sparqlEndpoint"), iri(f"{served.address}sparql")
    yield dataset, _term("dcat:landingPage"), iri(served.address)
    yield dataset, _term("void:uriSpace"), text(served.names.base)
    for prefix in _VOCABULARIES:
        yield dataset, _term("void:vocabulary"), iri(served.names.prefixes[prefix])
    for term, count in _COUNTS.items():
        if count in counts:
            yield dataset, _term(f"void:{term}"), integer(int(counts[count]))
    if served.classes:
        yield dataset, _term("void:classes"), integer(len(served.classes))
    for name, members in served.classes.items():
        part = iri(f"{served.dataset}#class-{served.names.compact(name).strip('<>')}")
        yield dataset, _term("void:classPartition"), part
        yield part, _term("void:class"), iri(name)
        yield part, _term("void:entities"), integer(members)


def _distributions(served: Served) -> Iterator[Triple]:
    dataset, access = iri(served.dataset), iri(f"{served.dataset}#sparql")
    yield dataset, _term("dcat:distribution"), access
    yield access, _kind(served), _term("dcat:Distribution")
    yield access, _term("dcat:accessURL"), iri(f"{served.address}sparql")
    yield access, _term("dcat:accessService"), iri(f"{served.address}sparql")
    for name, kind in FILES.items():
        path = served.folder / name
        if not path.is_file():
            continue
        file, found = iri(f"{served.address}data/{name}"), path.stat()
        changed = datetime.fromtimestamp(int(found.st_mtime), UTC).isoformat()
        yield dataset, _term("dcat:distribution"), file
        yield dataset, _term("void:dataDump"), file
        yield file, _kind(served), _term("dcat:Distribution")
        yield file, _term("dcat:accessURL"), iri(f"{served.address}sparql")
        yield file, _term("dcat:downloadURL"), file
        yield file, _term("dcat:mediaType"), iri(f"https://www.iana.org/assignments/media-types/{kind}")
        yield file, _term("dcat:byteSize"), integer(found.st_size)
        yield file, _term("dcterms:modified"), f'"{changed}"^^<{served.names.prefixes["xsd"]}dateTime>'


def _kind(served: Served) -> str:
    return iri(served.names.prefixes["rdf"] + "type")


def _term(name: str) -> str:
    prefix, _, local = name.partition(":")
    return iri(PREFIXES[prefix] + local)
