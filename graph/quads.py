"""Quads as N-Quads terms: encoders for each kind of literal, sorting, and serialisation that gives the same bytes each
time.

A quad is a tuple of four strings: subject, predicate and object as N-Quads writes them, and the graph, "" for the
default.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from triplomat.errors import UsageError
from triplomat.ontology.terms import Names

Quad = tuple[str, str, str, str]
FORMATS = ("trig", "ttl", "nq", "jsonld")

_XSD = "http://www.w3.org/2001/XMLSchema#"
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"})
_CONTROLS = re.compile(r"[\x00-\x07\x0b\x0e-\x1f\x7f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def iri(value: str) -> str:
    """An IRI as a term."""
    return f"<{value}>"


def text(value: str, language: str | None = None) -> str:
    """A string as a term; lone surrogates, which no RDF can hold, become U+FFFD."""
    escaped = value.translate(_ESCAPES)
    escaped = _CONTROLS.sub(lambda match: f"\\u{ord(match[0]):04X}", escaped)
    escaped = _SURROGATES.sub("\ufffd", escaped)
    return f'"{escaped}"@{language}' if language else f'"{escaped}"'


def integer(value: int) -> str:
    """A whole number as a term."""
    return f'"{value}"^^<{_XSD}integer>'


def decimal(value: float) -> str:
    """A number as a term in xsd:decimal's canonical form, to four places."""
    number = f"{Decimal(repr(value)).quantize(Decimal('0.0001')):f}".rstrip("0")
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


def serialise(quads: Iterable[Quad], format: str, names: Names) -> bytes:
    """The quads in one of FORMATS, sorted, so that equal sets give equal bytes; Turtle holds the graphs' union."""
    if format not in FORMATS:
        raise UsageError(f"RDF format {format!r}: choose from {', '.join(FORMATS)}")
    if format == "ttl":
        quads = {(s, p, o, "") for s, p, o, _ in quads}
    ordered = sorted(quads, key=_order)
    if format == "nq":
        return nquads(ordered)
    import pyoxigraph

    kinds = {
        "trig": pyoxigraph.RdfFormat.TRIG,
        "ttl": pyoxigraph.RdfFormat.TURTLE,
        "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    }
    parsed = pyoxigraph.parse(nquads(ordered), pyoxigraph.RdfFormat.N_QUADS, lenient=True)
    items = (quad.triple for quad in parsed) if format == "ttl" else parsed
    output = pyoxigraph.serialize(items, format=kinds[format], prefixes=dict(names.prefixes)) or b""
    return output if format == "jsonld" else _in_order(output)


def _in_order(output: bytes) -> bytes:
    """The bytes with their prefixes sorted: the writer has them in the order of a hash table, another one each time."""
    lines = output.split(b"\n")
    count = next((number for number, line in enumerate(lines) if not line.startswith(b"@prefix")), len(lines))
    return b"\n".join([*sorted(lines[:count]), *lines[count:]])


def _order(quad: Quad) -> tuple[str, str, bool, str, str]:
    """By graph, then subject, its types first."""
    subject, predicate, value, graph = quad
    return graph, subject, not predicate.endswith("#type>"), predicate, value
