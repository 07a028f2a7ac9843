"""HTTP requests → SPARQL queries, by the SPARQL 1.1 Protocol, and the description of the service and its dataset."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from triplomat.errors import TriplomatError
from triplomat.ontology.terms import Names

from .mistakes import OPAQUE
from .quads import integer, iri, nquads, text
from .worker import GRAPH_TYPES, SELECT_TYPES

_CALLS_OUT = re.compile(r"(?<![\w?$:-])(SERVICE)\b(?![\w-]*:)", re.IGNORECASE)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


class ProtocolError(TriplomatError, ValueError):
    """A request that the protocol, or this server, doesn't allow; `status` is HTTP's."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and the graphs that it is put to: none for the union of all."""

    query: str
    default: list[str]
    named: list[str]


def read_request(method: str, content_type: str | None, pairs: Sequence[tuple[str, str]], body: bytes) -> Asked:
    """The query of a request by GET, by POST of a form, or by POST of the query itself; else ProtocolError."""
    kind = (content_type or "").partition(";")[0].strip().casefold()
    if method == "POST":
        try:
            words = body.decode("utf-8")
        except UnicodeDecodeError:
            raise ProtocolError(400, "the request isn't UTF-8") from None
        if kind == "application/x-www-form-urlencoded":
            try:
                pairs = [*parse_qsl(words, keep_blank_values=True, errors="strict", max_num_fields=100)]
            except ValueError:
                raise ProtocolError(400, "the form can't be read") from None
        elif kind == "application/sparql-query":
            if any(name == "query" for name, _ in pairs):
                raise ProtocolError(400, "the query is given twice")
            pairs = [*pairs, ("query", words)]
        elif kind == "application/sparql-update":
            raise ProtocolError(403, "updates are off")
        else:
            known = "application/sparql-query or application/x-www-form-urlencoded"
            raise ProtocolError(415, f"can't read {kind or 'a body without a type'}; send {known}")
    return _one_query(pairs)


def _one_query(pairs: Sequence[tuple[str, str]]) -> Asked:
    if any(name == "update" for name, _ in pairs):
        raise ProtocolError(403, "updates are off")
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) != 1:
        raise ProtocolError(400, f"give exactly one query parameter, not {len(queries)}")
    default = [value for name, value in pairs if name == "default-graph-uri"]
    named = [value for name, value in pairs if name == "named-graph-uri"]
    for graph in (*default, *named):
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*", graph):
            raise ProtocolError(400, f"{graph!r} is no absolute IRI")
    refuse_calls(queries[0])
    return Asked(queries[0], default, named)


def refuse_calls(query: str) -> None:
    """ProtocolError where a query would have the server call another (SERVICE), however the word is written."""
    plain = _ESCAPE.sub(lambda match: _character(match[1] or match[2]), query)
    for form in (query, plain):
        if _CALLS_OUT.search(OPAQUE.sub(" ", form)):
            raise ProtocolError(400, "SERVICE is off: this server calls no other")


def accepted(header: str | None, offered: Sequence[str]) -> list[str]:
    """Those of the offered media types that an Accept header allows, the best first (RFC 9110, 12.5.1).

    >>> accepted("text/csv;q=0.5, text/turtle", ["text/csv", "text/turtle", "application/rdf+xml"])
    ['text/turtle', 'text/csv']
    """
    if not header or not header.strip():
        return list(offered)
    ranges = [_range(item) for item in header.split(",") if item.strip()]
    ranked = []
    for place, kind in enumerate(offered):
        fitting = [(exact, quality) for name, quality in ranges if (exact := _fits(name, kind))]
        quality = max(fitting)[1] if fitting else 0.0
        if quality > 0:
            ranked.append((-quality, -max(fitting)[0], place, kind))
    return [kind for *_, kind in sorted(ranked)]


def prefers_html(header: str | None) -> bool:
    """Whether a client would rather read HTML than RDF, as browsers would."""
    best = accepted(header, ["text/turtle", "text/html", "application/xhtml+xml"])
    return bool(header) and "text/html" in (header or "") and best[0] in ("text/html", "application/xhtml+xml")


def description(manifest: Mapping[str, Any], base_url: str, names: Names, media_type: str) -> bytes:
    """The service (SPARQL 1.1 Service Description) and its dataset (VoID, DCAT) as RDF."""
    import pyoxigraph

    sd, void = "http://www.w3.org/ns/sparql-service-description#", "http://rdfs.org/ns/void#"
    dcat, formats = "http://www.w3.org/ns/dcat#", "http://www.w3.org/ns/formats/"
    kind, dcterms = iri(names.prefixes["rdf"] + "type"), names.prefixes["dcterms"]
    service, dataset, counts = iri(f"{base_url}sparql"), iri(f"{base_url}.well-known/void"), manifest.get("counts", {})
    triples = [
        (service, kind, iri(f"{sd}Service")),
        (service, iri(f"{sd}endpoint"), service),
        (service, iri(f"{sd}supportedLanguage"), iri(f"{sd}SPARQL11Query")),
        (service, iri(f"{sd}feature"), iri(f"{sd}UnionDefaultGraph")),
        (service, iri(f"{sd}defaultDataset"), dataset),
        (dataset, kind, iri(f"{sd}Dataset")),
        (dataset, kind, iri(f"{void}Dataset")),
        (dataset, kind, iri(f"{dcat}Dataset")),
        (dataset, iri(f"{dcterms}title"), text(str(manifest.get("title") or "A graph built by Triplomat"))),
        (dataset, iri(f"{void}sparqlEndpoint"), service),
        (dataset, iri(f"{void}uriSpace"), text(names.base)),
        (dataset, iri(f"{void}vocabulary"), iri(names.prefixes["tm"])),
        (dataset, iri(f"{dcat}accessService"), service),
        *((service, iri(f"{sd}resultFormat"), iri(formats + name)) for name in _FORMAT_NAMES),
    ]
    for term, count in (("triples", "quads"), ("entities", "entities"), ("documents", "articles")):
        if count in counts:
            triples.append((dataset, iri(void + term), integer(int(counts[count]))))
    quads = pyoxigraph.parse(nquads((s, p, o, "") for s, p, o in sorted(triples)), pyoxigraph.RdfFormat.N_QUADS)
    prefixes = {"sd": sd, "void": void, "dcat": dcat, "dcterms": dcterms}
    format = getattr(pyoxigraph.RdfFormat, GRAPH_TYPES[media_type])
    return pyoxigraph.serialize((quad.triple for quad in quads), format=format, prefixes=prefixes) or b""


_FORMAT_NAMES = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)
assert len(_FORMAT_NAMES) == len(SELECT_TYPES) + len(GRAPH_TYPES)


def _range(item: str) -> tuple[str, float]:
    name, *parameters = [part.strip() for part in item.split(";")]
    for parameter in parameters:
        if parameter.casefold().startswith("q="):
            try:
                return name.casefold(), min(1.0, max(0.0, float(parameter[2:])))
            except ValueError:
                return name.casefold(), 0.0
    return name.casefold(), 1.0


def _fits(pattern: str, kind: str) -> int:
    """How exactly a media range means a type: 3 itself, 2 its family, 1 anything, 0 not."""
    if pattern == kind:
        return 3
    if pattern == f"{kind.partition('/')[0]}/*":
        return 2
    return 1 if pattern == "*/*" else 0


def _character(digits: str) -> str:
    number = int(digits, 16)
    return chr(number) if number < 0x110000 else ""
