"""A query that is wrong → where, and what to write instead: misspelt terms, unknown prefixes, syntax."""

from __future__ import annotations

import difflib
import re

from triplomat.errors import QueryError
from triplomat.ontology.terms import Names, declared

OPAQUE = re.compile(
    r"#[^\n]*|<[^<>\"{}|^`\\\s]*>|\"\"\".*?\"\"\"|'''.*?'''|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL
)
OPENINGS = ("select", "ask", "construct", "describe", "prefix", "base")
UPDATEOPENINGS = (
    *("insert", "delete", "with", "clear", "drop", "create", "copy", "move", "add", "load", "prefix", "base"),
)
_PREFIXED = re.compile(r"(?<![\w?$:@])([A-Za-z][\w-]*):([\w-]*)")
_POSITION = re.compile(r"(\d+):(\d+)")
_NOISE = re.compile(r"^\[|\\\\u|\||LATERAL|SERVICE|OPTIONAL|^<<")


def check_terms(sparql: str, names: Names) -> None:
    """QueryError, with its place and the nearest names, where a prefix or a tm:, rel: or plover: name is unknown."""
    bare = blank(sparql)
    own = set(re.findall(r"prefix\s+([\w-]*):", bare, re.IGNORECASE))
    bare = re.sub(r"(?i)prefix\s+[\w-]*:", lambda match: " " * len(match[0]), bare)
    for match in _PREFIXED.finditer(bare):
        prefix, local = match.groups()
        if prefix in own or prefix == "_":
            continue
        line, column = _place(sparql, match.start())
        if prefix not in names.prefixes:
            near = difflib.get_close_matches(prefix, list(names.prefixes), n=1)
            hint = f"; did you mean {near[0]}:?" if near else f"; known are {', '.join(names.prefixes)}"
            raise QueryError(f"line {line}, column {column}: the prefix {prefix}: isn't declared{hint}")
        if prefix in declared() and local and local not in declared()[prefix]:
            near = difflib.get_close_matches(local, list(declared()[prefix]), n=2)
            hint = f"; did you mean {' or '.join(f'{prefix}:{name}' for name in near)}?" if near else ""
            raise QueryError(f"line {line}, column {column}: {prefix}:{local} isn't in the ontology{hint}")


def blank(sparql: str) -> str:
    """The text with its comments, strings and IRIs as spaces, everything else at its place."""
    return OPAQUE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), sparql)


def explain_syntax(message: str, sparql: str) -> str:
    """The parser's message with line, column and the words there; its lists of characters left out."""
    position = _POSITION.search(message)
    words = OPAQUE.sub(" ", sparql).split()
    if not words or words[0].casefold() not in OPENINGS:
        first = words[0] if words else ""
        near = difflib.get_close_matches(first.upper(), [word.upper() for word in OPENINGS], n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        return f"line 1, column 1: a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, not {first!r}{hint}"
    if not position:
        return f"SPARQL: {message.strip()}"
    line, column = int(position[1]), int(position[2])
    lines = sparql.splitlines() or [""]
    there = lines[line - 1][column - 1 : column + 29].strip() if line <= len(lines) else ""
    bare = OPAQUE.sub("", sparql)
    missing = [closing for opening, closing in ("{}", "()", "[]") if bare.count(opening) > bare.count(closing)]
    if missing and not there:
        return f"line {line}, column {column}: the query ends, but a {missing[0]} is missing"
    expected = message[position.end() :].strip(" :,").removeprefix("expected").removeprefix(" one of").strip()
    parts = [part.strip("\"'") if len(part) > 3 else part for part in re.split(r",\s+", expected)]
    useful = [part for part in parts if part and not _NOISE.search(part)]
    prose = [part for part in useful if part.startswith("The ") or part.count(" ") > 1]
    told = prose[0] if prose else f"expected {' or '.join(useful)}" if len(useful) == 1 else "this can't stand here"
    before = lines[line - 1][: column - 1].strip()[-30:] if line <= len(lines) else ""
    return f"line {line}, column {column}: {told} " + (f"(at {there!r})" if there else f"(after {before!r})")


def _place(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
