"""Quads as N-Quads terms: encoders for each kind of literal, sorting, and serialisation that gives the same bytes each
time.

A quad is a tuple of four strings: subject, predicate and object as N-Quads writes them, and the graph, "" for the
default.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from triplomat.errors import UsageError
from triplomat.ontology.terms import Names

Quad = tuple[str, str, str, str]
FORMATS = ("trig", "ttl", "nq", "jsonld")
RDF12 = "trig12"

_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"})
_CONTROLS = re.compile(r"[\x00-\x07\x0b\x0e-\x1f\x7f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def iri(value: str) -> str:
    """An IRI as a term."""
    return f"<{value}>"


def text(value: str, language: str | None = None) -> str:
    """A string as a term; lone surrogates, which no RDF can hold, become U+FFFD."""
    if value.isprintable() and '"' not in value and "\\" not in value:
        return f'"{value}"@{language}' if language else f'"{value}"'
    escaped = value.translate(_ESCAPES)
    escaped = _CONTROLS.sub(lambda match: f"\\u{ord(match[0]):04X}", escaped)
    escaped = _SURROGATES.sub("\ufffd", escaped)
    return f'"{escaped}"@{language}' if language else f'"{escaped}"'


def integer(value: int) -> str:
    """A whole number as a term."""
    return f'"{value}"^^<{_XSD}integer>'


def nquads(quads: Iterable[Quad]) -> bytes:
    """N-Quads, a line a quad, in the order of the quads."""
    lines = [f"{s} {p} {o} {g} .\n" if g else f"{s} {p} {o} .\n" for s, p, o, g in quads]
    return "".join(lines).encode()


def convert(source: Path, target: Path, format: str, names: Names) -> None:
    """Write TriG in another of FORMATS, in its order and in little memory.

    Turtle, the union of the graphs, has to be sorted anew and takes memory for all of it.
    """
    import pyoxigraph

    parsed = pyoxigraph.parse(path=source, format=pyoxigraph.RdfFormat.TRIG, lenient=True)
    if format == "ttl":
        quads = ((str(quad.subject), str(quad.predicate), str(quad.object), "") for quad in parsed)
        target.write_bytes(serialise(quads, "ttl", names))
        return
    with target.open("wb") as output:
        pyoxigraph.serialize(parsed, output, _kind(format), prefixes=dict(names.prefixes))


def quads_of(trig: Iterable[str]) -> Iterator[Quad]:
    """The quads of pieces of TriG, in their order."""
    import pyoxigraph

    for quad in pyoxigraph.parse("".join(trig), pyoxigraph.RdfFormat.TRIG, lenient=True):
        graph = quad.graph_name
        name = "" if isinstance(graph, pyoxigraph.DefaultGraph) else str(graph)
        yield str(quad.subject), str(quad.predicate), str(quad.object), name


def to_nquads(trig: str) -> str:
    """TriG as N-Quads, in its order."""
    import pyoxigraph

    parsed = pyoxigraph.parse(trig, pyoxigraph.RdfFormat.TRIG, lenient=True)
    return (pyoxigraph.serialize(parsed, format=pyoxigraph.RdfFormat.N_QUADS) or b"").decode()


def serialise(quads: Iterable[Quad], format: str, names: Names) -> bytes:
    """The quads in one of FORMATS, sorted, so that equal sets give equal bytes; Turtle holds the graphs' union."""
    if format not in FORMATS:
        raise UsageError(f"RDF format {format!r}: choose from {', '.join(FORMATS)}")
    if format == "ttl":
        quads = {(s, p, o, "") for s, p, o, _ in quads}
    ordered = sorted(set(quads), key=by_place)
    if format == "nq":
        return nquads(ordered)
    import pyoxigraph

    parsed = pyoxigraph.parse(nquads(ordered), pyoxigraph.RdfFormat.N_QUADS, lenient=True)
    items = (quad.triple for quad in parsed) if format == "ttl" else parsed
    output = pyoxigraph.serialize(items, format=_kind(format), prefixes=dict(names.prefixes)) or b""
    return output if format == "jsonld" else _in_order(output)


def _in_order(output: bytes) -> bytes:
    """The bytes with their prefixes sorted: the writer has them in the order of a hash table, another one each time."""
    lines = output.split(b"\n")
    count = next((number for number, line in enumerate(lines) if not line.startswith(b"@prefix")), len(lines))
    return b"\n".join([*sorted(lines[:count]), *lines[count:]])


def _kind(format: str) -> Any:
    import pyoxigraph

    return {
        "trig": pyoxigraph.RdfFormat.TRIG,
        "ttl": pyoxigraph.RdfFormat.TURTLE,
        "jsonld": pyoxigraph.RdfFormat.JSON_LD,
        "nq": pyoxigraph.RdfFormat.N_QUADS,
    }[format]


def by_place(quad: Quad) -> tuple[str, str, bool, str, str]:
    """By graph, then subject, its types first."""
    subject, predicate, value, graph = quad
    return graph, subject, predicate != _TYPE, predicate, value
