"""A query that is wrong → where, and what to write instead: misspelt terms, unknown prefixes, syntax."""

from __future__ import annotations

import difflib
import re
import tomllib
from functools import cache
from importlib import resources

from triplomat.errors import QueryError
from triplomat.ontology.terms import Names, declared

from .grammar import FUNCTIONS, Mistake, mistake

OPAQUE = re.compile(
    r"#[^\n]*|<[^<>\"{}|^`\\\s]*>|\"\"\".*?\"\"\"|'''.*?'''|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL
)
_PREFIXED = re.compile(r"(?<![\w?$:@])([A-Za-z][\w-]*):([\w-]*)")
_POSITION = re.compile(r"(\d+):(\d+)")


def check_terms(sparql: str, names: Names) -> None:
    """QueryError, with its place and the nearest names, where a prefix or a tm:, rel: or plover: name is unknown."""
    bare = blank(sparql)
    declarations = re.findall(r"(?i)prefix\s+([\w-]*):\s*<([^<>]*)>", sparql)
    own = {prefix for prefix, iri in declarations if names.prefixes.get(prefix) != iri}
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


def explain_syntax(message: str, sparql: str, *, rule: str = "Query") -> str:
    """What is wrong with a text that the engine refused with a message: line, column, what was expected, the nearest
    word.
    """
    try:
        wrong = mistake(sparql, rule=rule)
    except RecursionError:
        wrong = None
    if wrong is None:
        return _engine_says(message)
    line, column = _place(sparql, wrong.start)
    place = f"line {line}, column {column}"
    if not wrong.word:
        bare = OPAQUE.sub("", sparql)
        missing = [closing for opening, closing in ("{}", "()", "[]") if bare.count(opening) > bare.count(closing)]
        if missing:
            return f"{place}: the query ends, but a {missing[0]} is missing"
        if sparql.strip():
            return f"{place}: the query ends, but {_in_words(wrong.expected)} is missing"
    if not wrong.word:
        return f"{place}: expected {_in_words(wrong.expected)}"
    there = repr(wrong.word) if len(wrong.word) <= 30 else repr(wrong.word[:30] + "…")
    return f"{place}: expected {_in_words(wrong.expected)}, not {there}{_nearest(wrong)}"


def _engine_says(message: str) -> str:
    """The engine's own words, for what the grammar allows and the language doesn't."""
    position = _POSITION.search(message)
    told = message[position.end() :] if position else message
    parts = re.split(r",\s+", told.strip(" :").removeprefix("expected one of").removeprefix("expected"))
    prose = [part.strip() for part in parts if part.count(" ") > 1 and not part.strip().startswith("[")]
    place = f"line {position[1]}, column {position[2]}: " if position else "SPARQL: "
    return place + (prose[0] if prose else "this can't stand here" if position else told.strip())


def _nearest(wrong: Mistake) -> str:
    """The expected keyword or function that the word looks like."""
    words = {word.upper() for word in wrong.expected if word.isalpha() and word not in _KINDS}
    if "FUNCTION" in wrong.expected:
        words |= {name.upper() for name in FUNCTIONS}
    near = difflib.get_close_matches(wrong.word.upper(), sorted(words), n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _in_words(expected: frozenset[str]) -> str:
    """A set of tokens as a person names it: the groups of grammar.toml first, then what is left of it."""
    left, words = set(expected), []
    for group in _groups():
        if left >= set(group["needs"]):
            words.append(str(group["is"]))
            left -= set(group["covers"])
    words += [_KINDS.get(word, word) for word in sorted(left)]
    words = list(dict.fromkeys(words))
    return " or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


_KINDS = {
    "VAR": "a variable",
    "IRI": "a name",
    "NAME": "a name",
    "NAMESPACE": "a prefix",
    "BLANK": "a blank node",
    "STRING": "a text in quotes",
    "NUMBER": "a number",
    "LANGUAGE": "a language",
    "FUNCTION": "a function",
    "END": "the end",
}


@cache
def _groups() -> tuple[dict[str, list[str] | str], ...]:
    text = resources.files(__package__).joinpath("sparql", "grammar.toml").read_text("utf-8")
    groups: list[dict[str, list[str] | str]] = tomllib.loads(text)["group"]
    return tuple(groups)


def _place(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
