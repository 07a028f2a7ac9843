"""A shipped query (`queries/*.rq`), a file or SPARQL text → SPARQL with its parameters bound.

A query says in its comments what it answers and which parameters it takes, and these lines of its body are ours:

- `# bind: NAME` becomes `VALUES ?NAME { … }` where the parameter is set;
- `# with NAME: …` counts only then, and `# without NAME: …` only where it isn't;
- a pattern that ends in `# scan unless NAME, NAME` becomes a sub-select where none of these is set. The engine reads a
  sub-select in one sweep and joins it by hashing, which is right for all facts; a bare pattern it looks up row by row,
  which is right for the few of one actor. The answer is the same.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from triplomat.errors import QueryError, UsageError
from triplomat.ontology.terms import Names

Lookup = Callable[[str], list[str]]
"""A name → the IRIs of what it stands for, a state with those who act for it; QueryError where there is none."""

_HEADER = re.compile(r"^#\s*(title|question|parameter|example):\s*(.*)$", re.MULTILINE)
_BIND = re.compile(r"^\s*#\s*bind:\s*(\w+)\s*$", re.MULTILINE)
_WITH = re.compile(r"^\s*#\s*(with|without) (\w+):(.*)$", re.MULTILINE)
_SCAN = re.compile(r"^(\s*)([^\s#].*?)\s*\.?\s*# scan unless (\w+(?:, \w+)*)$", re.MULTILINE)
_PARAMETER = re.compile(r"(\w+)\s+\((entity|date|number|text|statement|fact)(?:,\s*default\s+([^)]+))?\)\s*(.*)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a shipped query: its kind is entity, date, number, text, statement or fact."""

    name: str
    kind: str
    default: str | None
    meaning: str


@dataclass(frozen=True, slots=True)
class Shipped:
    """A query that comes with the package."""

    name: str
    title: str
    question: str
    parameters: tuple[Parameter, ...]
    example: str
    text: str


@cache
def shipped() -> Mapping[str, Shipped]:
    """The packaged queries by name, in alphabetical order."""
    folder = resources.files(__package__).joinpath("queries")
    files = sorted(item.name for item in folder.iterdir() if item.name.endswith(".rq"))
    return {name[:-3]: read_query(name[:-3], folder.joinpath(name).read_text("utf-8")) for name in files}


def read_query(name: str, text: str) -> Shipped:
    """A query with the header of its comments."""
    fields: dict[str, list[str]] = {}
    for key, value in _HEADER.findall(text):
        fields.setdefault(key, []).append(value.strip())
    parameters = []
    for line in fields.get("parameter", ()):
        if not (match := _PARAMETER.fullmatch(line)):
            raise QueryError(f"{name}: can't read the parameter {line!r}; write NAME (KIND, default VALUE) MEANING")
        parameters.append(Parameter(*match.groups()))
    return Shipped(
        name=name,
        title=" ".join(fields.get("title", [name])),
        question=" ".join(fields.get("question", [])),
        parameters=tuple(parameters),
        example="\n".join(fields.get("example", [])),
        text=text,
    )


def find_query(query: str) -> Shipped:
    """A shipped query by name, a file, or SPARQL as it stands."""
    wanted = query.strip()
    if wanted in shipped():
        return shipped()[wanted]
    if re.fullmatch(r"[\w./\\~-]+", wanted):
        path = Path(wanted)
        if path.is_file():
            try:
                return read_query(path.stem, path.read_text("utf-8"))
            except (OSError, UnicodeDecodeError) as error:
                raise QueryError(f"{wanted}: can't be read as a query ({error})") from error
        near = difflib.get_close_matches(wanted, list(shipped()), n=2)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise QueryError(f"{wanted}: no shipped query and no file has this name{hint} (--list shows the shipped ones)")
    return read_query("query", query)


def prepare(query: Shipped, lookup: Lookup, names: Names, settings: Mapping[str, str]) -> str:
    """A query's text with its parameters bound: entities by any of their names, a state with those who act for it."""
    known = {parameter.name: parameter for parameter in query.parameters}
    if unknown := sorted(set(settings) - set(known)):
        takes = ", ".join(known) or "none"
        raise UsageError(f"{query.name} has no parameter {unknown[0]}; it takes {takes}")
    values = {parameter.name: settings.get(parameter.name, parameter.default) for parameter in query.parameters}

    def bound(match: re.Match[str]) -> str:
        name = match[1]
        if name not in known:
            raise QueryError(f"{query.name}: binds {name}, which is no parameter of it")
        value = values[name]
        if value is None:
            return match[0]
        return f"  VALUES ?{name} {{ {' '.join(_terms(known[name], value, lookup, names))} }}"

    def included(match: re.Match[str]) -> str:
        return match[3] if (values.get(match[2]) is not None) == (match[1] == "with") else match[0]

    def scanned(match: re.Match[str]) -> str:
        if any(name in settings for name in match[3].split(", ")):
            return match[0]
        variables = " ".join(dict.fromkeys(re.findall(r"\?\w+", match[2])))
        return f"{match[1]}{{ SELECT {variables} {{ {match[2]} }} }}"

    return _SCAN.sub(scanned, _BIND.sub(bound, _WITH.sub(included, query.text)))


def _terms(parameter: Parameter, value: str, lookup: Lookup, names: Names) -> Iterator[str]:
    if parameter.kind == "entity":
        yield from (f"<{found}>" for found in lookup(value))
    elif parameter.kind in ("statement", "fact"):
        prefix = "st:" if parameter.kind == "statement" else "fact:"
        yield f"<{names.iri(value if value.startswith(prefix) else prefix + value)}>"
    elif parameter.kind == "number":
        if not re.fullmatch(r"-?\d+(\.\d+)?", value):
            raise UsageError(f"{parameter.name}: {value!r} is no number")
        yield value
    elif parameter.kind == "date":
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            raise UsageError(f"{parameter.name}: {value!r} is no date; write YYYY-MM-DD")
        yield f'"{value}"^^xsd:date'
    else:
        from .quads import text

        yield text(value)
