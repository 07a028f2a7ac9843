"""Quads as N-Quads terms: encoders for each kind of literal, sorting, and serialisation that gives the same bytes each
time.

A quad is a tuple of four strings: subject, predicate and object as N-Quads writes them, and the graph, "" for the
default.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from triplomat.errors import UsageError
from triplomat.ontology.terms import Names

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer

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


def decimal(value: float) -> str:
    """A number as a term in xsd:decimal's canonical form, to four places."""
    number = f"{value:.4f}".rstrip("0")
    return f'"{number}0"^^<{_XSD}decimal>' if number.endswith(".") else f'"{number}"^^<{_XSD}decimal>'


def moment(value: str) -> str:
    """An ISO 8601 time as a term: a day, month or year typed so, anything else (an interval, a week) a string.

    >>> moment("2023-09")
    '"2023-09"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    """
    for pattern, kind in ((r"\d{4}-\d\d-\d\d", "date"), (r"\d{4}-\d\d", "gYearMonth"), (r"\d{4}", "gYear")):
        if re.fullmatch(pattern, value):
            return f'"{value}"^^<{_XSD}{kind}>'
    return text(value)


def nquads(quads: Iterable[Quad]) -> bytes:
    """N-Quads, a line a quad, in the order of the quads."""
    lines = [f"{s} {p} {o} {g} .\n" if g else f"{s} {p} {o} .\n" for s, p, o, g in quads]
    return "".join(lines).encode()


def write_nquads(path: Path, portions: Iterable[Iterable[Quad]]) -> int:
    """Write N-Quads portion by portion and tell how many quads there were."""
    count = 0
    with path.open("wb") as output:
        for portion in portions:
            lines = nquads(portion)
            count += lines.count(b"\n")
            output.write(lines)
    return count


class Chunks(io.RawIOBase):
    """Pieces of bytes as one file to read."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.pieces = iter(pieces)
        self.rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        room = memoryview(buffer)
        while not self.rest:
            try:
                self.rest = memoryview(next(self.pieces))
            except StopIteration:
                return 0
        count = min(len(room), len(self.rest))
        room[:count] = self.rest[:count]
        self.rest = self.rest[count:]
        return count


def convert(source: Path | Chunks, target: Path, format: str, names: Names) -> None:
    """Write sorted N-Quads in another of FORMATS, the same bytes as `serialise` would, in little memory.

    Turtle, the union of the graphs, has to be sorted anew and takes memory for all of it.
    """
    import pyoxigraph

    given: dict[str, Any] = {"input": source} if isinstance(source, Chunks) else {"path": source}
    parsed = pyoxigraph.parse(**given, format=pyoxigraph.RdfFormat.N_QUADS, lenient=True)
    if format == "ttl":
        quads = ((str(quad.subject), str(quad.predicate), str(quad.object), "") for quad in parsed)
        target.write_bytes(serialise(quads, "ttl", names))
        return
    with target.open("wb") as output:
        pyoxigraph.serialize(parsed, output, _kind(format), prefixes=dict(names.prefixes))
    if format == "trig":
        _order_prefixes(target)


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


def _order_prefixes(path: Path) -> None:
    """The same in a file, in its place."""
    with path.open("r+b") as file:
        lines = []
        while (line := file.readline()).startswith(b"@prefix"):
            lines.append(line)
        file.seek(0)
        file.write(b"".join(sorted(lines)))


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
