"""SPARQL text that doesn't parse → the token that can't stand where it is, and what could.

The grammar is read from `sparql/grammar.ebnf`; rules are tried in order, and the furthest token that none of them could
take is the mistake (Ford: Parsing expression grammars, 2004; the farthest-failure heuristic). Used only to explain:
what is a query is for the engine to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import NamedTuple

FUNCTIONS = frozenset(
    """abs adjust avg bnode bound ceil coalesce concat contains count datatype day encode_for_uri floor group_concat
    hours if iri isblank isiri isliteral isnumeric istriple isuri lang langmatches lcase max md5 min minutes month now
    object predicate rand regex replace round sameterm sample seconds sha1 sha256 sha384 sha512 str strafter strbefore
    strdt strends strlang strlen strstarts struuid subject substr sum timezone triple tz ucase uri uuid year""".split()
)
_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n]*)|(?P<IRI><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<STRING>\"{3}(?:\\.|"{0,2}[^"\\])*\"{3}|'{3}(?:\\.|'{0,2}[^'\\])*'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
    |(?P<LANGUAGE>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)|(?P<VAR>[?$]\w+)|(?P<BLANK>_:[\w.·-]*[\w·-]|\[\s*\])
    |(?P<NAME>(?:[^\W\d_][\w.-]*)?:(?:\\.|%[0-9A-Fa-f]{2}|[\w:])(?:(?:\\.|%[0-9A-Fa-f]{2}|[\w:.-])*(?:\\.|[\w:-]))?)
    |(?P<NAMESPACE>(?:[^\W\d_][\w.-]*)?:)|(?P<NUMBER>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<word>[A-Za-z_]\w*)
    |(?P<mark>\^\^|&&|\|\||!=|<=|>=|<<|>>|[{}()\[\].,;=<>!*/+^|?-])|(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_PIECE = re.compile(r"'[^']+'|\w+|[()|?*+]")


class Token(NamedTuple):
    """A word of a query, its kind, and where it begins."""

    kind: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Mistake:
    """Where a text stops being SPARQL: the offset, the word there ("" at the end), and the tokens that could stand."""

    start: int
    word: str
    expected: frozenset[str]


def mistake(sparql: str, *, rule: str = "Query") -> Mistake | None:
    """The first token that no SPARQL can have there, or None where the grammar has nothing against the text."""
    reader = _Reader([*tokens(sparql), Token("END", "", len(sparql))])
    if reader.takes(rule, 0) is not None:
        return None
    there = reader.tokens[reader.furthest]
    return Mistake(there.start, there.text, frozenset(reader.expected))


def tokens(sparql: str) -> Iterator[Token]:
    """The words of a text, without spaces and comments."""
    for match in _TOKEN.finditer(sparql):
        if match.lastgroup != "space":
            yield Token(match.lastgroup or "other", match[0], match.start())


Node = tuple[str, object]


@cache
def rules() -> dict[str, Node]:
    """The grammar: rule → ("any", alternatives), ("all", parts), ("?*+", part), ("token", word) or ("rule", name)."""
    text = resources.files(__package__).joinpath("sparql", "grammar.ebnf").read_text("utf-8")
    lines = [line.partition(" = ") for line in text.splitlines() if line and not line.startswith("#")]
    return {name: _alternatives(_PIECE.findall(body)) for name, _, body in lines}


def _alternatives(pieces: list[str]) -> Node:
    """Read pieces up to a closing bracket or the end."""
    choices: list[list[Node]] = [[]]
    while pieces and pieces[0] != ")":
        piece = pieces.pop(0)
        if piece == "|":
            choices.append([])
            continue
        node: Node
        if piece == "(":
            node = _alternatives(pieces)
            pieces.pop(0)
        else:
            node = ("rule", piece) if piece[0].isupper() and not piece.isupper() else ("token", piece.strip("'"))
        if pieces and pieces[0] in "?*+":
            node = (pieces.pop(0), node)
        choices[-1].append(node)
    return "any", [("all", parts) for parts in choices]


@dataclass
class _Reader:
    """Tokens and the furthest of them that nothing could take."""

    tokens: list[Token]
    furthest: int = 0
    expected: set[str] = field(default_factory=set)
    known: dict[tuple[str, int], int | None] = field(default_factory=dict)

    def takes(self, rule: str, at: int) -> int | None:
        """Where a rule that begins at a token ends, or None."""
        if (rule, at) not in self.known:
            self.known[rule, at] = self._node(rules()[rule], at)
        return self.known[rule, at]

    def _node(self, node: Node, at: int) -> int | None:
        kind, inner = node
        if kind == "token":
            return self._token(str(inner), at)
        if kind == "rule":
            return self.takes(str(inner), at)
        if kind == "any":
            ends = (self._node(choice, at) for choice in inner)  # type: ignore[attr-defined]
            return next((end for end in ends if end is not None), None)
        if kind == "all":
            place: int | None = at
            for part in inner:  # type: ignore[attr-defined]
                place = self._node(part, place)  # type: ignore[arg-type]
                if place is None:
                    return None
            return place
        return self._repeated(kind, inner, at)  # type: ignore[arg-type]

    def _repeated(self, kind: str, inner: Node, at: int) -> int | None:
        end = self._node(inner, at)
        if kind == "?" or end is None:
            return at if end is None and kind != "+" else end
        while end is not None and end > at:
            at, end = end, self._node(inner, end)
        return at

    def _token(self, wanted: str, at: int) -> int | None:
        token = self.tokens[at]
        if _fits(token, wanted):
            return at + 1
        if at > self.furthest:
            self.furthest = at
            self.expected.clear()
        if at == self.furthest:
            self.expected.add(wanted)
        return None


def _fits(token: Token, wanted: str) -> bool:
    if wanted == "FUNCTION":
        return token.kind == "word" and token.text.casefold() in FUNCTIONS
    if token.kind in ("word", "mark"):
        return token.text == "a" if wanted == "a" else token.text.casefold() == wanted.casefold()
    return token.kind == wanted
