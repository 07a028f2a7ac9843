"""HTTP requests → SPARQL queries and updates, by the SPARQL 1.1 Protocol; Accept headers → the types they allow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from triplomat.errors import TriplomatError

from .grammar import tokens
from .mistakes import OPAQUE
from .using import ConflictError, with_using

_CALLS_OUT = re.compile(r"(?<![\w?$:-])(SERVICE|LOAD)\b(?![\w-]*:)", re.IGNORECASE)
_MAY_CALL = re.compile("service|load", re.IGNORECASE)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_KINDS = {"application/sparql-query": "query", "application/sparql-update": "update"}


class ProtocolError(TriplomatError, ValueError):
    """A request that the protocol, or this server, doesn't allow; `status` is HTTP's."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with the graphs that it is put to (none for the union of all), or an update."""

    kind: str
    text: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def read_request(method: str, content_type: str | None, pairs: Sequence[tuple[str, str]], body: bytes) -> Asked:
    """What a request asks, by GET, by POST of a form, or by POST of the query or update itself; else ProtocolError."""
    kind, _, parameters = (content_type or "").casefold().replace(" ", "").partition(";")
    if method != "POST":
        return _one(pairs, may_update=False)
    if "charset=" in parameters and "charset=utf-8" not in parameters.replace('"', ""):
        raise ProtocolError(400, "the request isn't UTF-8")
    try:
        words = body.decode("utf-8")
    except UnicodeDecodeError:
        raise ProtocolError(400, "the request isn't UTF-8") from None
    if kind == "application/x-www-form-urlencoded":
        try:
            return _one([*pairs, *parse_qsl(words, keep_blank_values=True, errors="strict", max_num_fields=100)])
        except ValueError as error:
            if isinstance(error, ProtocolError):
                raise
            raise ProtocolError(400, "the form can't be read") from None
    if kind not in _KINDS:
        known = "application/x-www-form-urlencoded, application/sparql-query or application/sparql-update"
        raise ProtocolError(415, f"can't read {kind or 'a body without a type'}; send {known}")
    if any(name in ("query", "update") for name, _ in pairs):
        raise ProtocolError(400, "the query is given twice")
    return _one([*pairs, (_KINDS[kind], words)])


def _one(pairs: Sequence[tuple[str, str]], *, may_update: bool = True) -> Asked:
    given = [(name, value) for name, value in pairs if name in ("query", "update")]
    if len(given) != 1:
        raise ProtocolError(400, f"give exactly one query or update, not {len(given)}")
    [(kind, text)] = given
    if kind == "update" and not may_update:
        raise ProtocolError(400, "an update is sent by POST")
    refuse_calls(text)
    names = (
        ("default-graph-uri", "named-graph-uri") if kind == "query" else ("using-graph-uri", "using-named-graph-uri")
    )
    default, named = (tuple(value for name, value in pairs if name == wanted) for wanted in names)
    for graph in (*default, *named):
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*", graph):
            raise ProtocolError(400, f"{graph!r} is no absolute IRI")
    if kind == "query":
        return Asked(kind, text, default, named)
    try:
        return Asked(kind, with_using(text, default, named))
    except ConflictError as error:
        raise ProtocolError(400, str(error)) from None


def refuse_calls(query: str) -> None:
    """ProtocolError where a query would have the server call another (SERVICE, LOAD), however the word is written.

    The processes that run queries can't open a connection where the system lets them be kept from it (`worker`); this
    says so before.
    """
    plain = _ESCAPE.sub(lambda match: _character(match[1] or match[2]), query)
    for form in {query, plain}:
        if not _MAY_CALL.search(form):
            continue
        words = {token.text.upper() for token in tokens(form) if token.kind == "word"}
        words |= {word.upper() for word in _CALLS_OUT.findall(OPAQUE.sub(" ", form))}
        if called := sorted(words & {"SERVICE", "LOAD"}):
            raise ProtocolError(400, f"{called[-1]} is off: this server calls no other")


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
