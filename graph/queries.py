"""SPARQL text, a file or a shipped query's name → a result that iterates and becomes a table, CSV, TSV, JSON or Turtle.

The project's prefixes are known without being declared, and the default graph is the union of all graphs. A shipped
query (`queries/*.rq`) says in its comments what it answers and which parameters it takes; a line `# bind: NAME` in its
body becomes `VALUES ?NAME { … }` where the parameter is set, and a line `# with NAME: …` counts only then. `# graphs:
default` asks the default graph alone.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from triplomat.errors import QueryError, UsageError
from triplomat.ontology.terms import ENTITY_KINDS, Names, declared

from .results import Result

if TYPE_CHECKING:
    import pyoxigraph

_HEADER = re.compile(r"^#\s*(title|question|parameter|example):\s*(.*)$", re.MULTILINE)
_BIND = re.compile(r"^\s*#\s*bind:\s*(\w+)\s*$", re.MULTILINE)
_WITH = re.compile(r"^\s*#\s*with (\w+):(.*)$", re.MULTILINE)
_PARAMETER = re.compile(r"(\w+)\s+\((entity|date|number|text|statement|fact)(?:,\s*default\s+([^)]+))?\)\s*(.*)")
OPAQUE = re.compile(
    r"#[^\n]*|<[^<>\"{}|^`\\\s]*>|\"\"\".*?\"\"\"|'''.*?'''|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL
)
_PREFIXED = re.compile(r"(?<![\w?$:@])([A-Za-z][\w-]*):([\w-]*)")
_OPENINGS = ("select", "ask", "construct", "describe", "prefix", "base")
_DEFAULT_ONLY = re.compile(r"^#\s*graphs:\s*default\s*$", re.MULTILINE)
_NOISE = re.compile(r"^\[|\\\\u|\||LATERAL|SERVICE|OPTIONAL|^<<")
_POSITION = re.compile(r"(\d+):(\d+)")


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


def run_query(
    store: pyoxigraph.Store,
    query: str,
    *,
    names: Names | None = None,
    settings: Mapping[str, str] | None = None,
    limit: int | None = None,
) -> Result:
    """The answer to a query given as text, file or shipped name; QueryError with line and column where it is wrong."""
    names = names or Names()
    sparql = prepare(find_query(query), store, names, settings or {})
    return evaluate(store, sparql, names, limit=limit)


def evaluate(store: pyoxigraph.Store, sparql: str, names: Names, *, limit: int | None = None) -> Result:
    """The answer to SPARQL text, of SELECT, CONSTRUCT and DESCRIBE the first `limit` rows."""
    check_terms(sparql, names)
    try:
        answer = store.query(sparql, prefixes=dict(names.prefixes), use_default_graph_as_union=over_all(sparql))
        return Result.of(answer, names, limit=limit)
    except SyntaxError as error:
        raise QueryError(explain_syntax(str(error), sparql)) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryError(f"the query failed: {error}") from error


def over_all(sparql: str) -> bool:
    """Whether a query is put to the union of all graphs, which it is unless a line says `# graphs: default`.

    Facts, entities and articles stand in the default graph, statements in their articles' graphs; a query that needs
    only the former, or names the latter by GRAPH, is several times faster so.
    """
    return not _DEFAULT_ONLY.search(sparql)


def prepare(query: Shipped, store: pyoxigraph.Store, names: Names, settings: Mapping[str, str]) -> str:
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
        terms = " ".join(_value(known[name], value, store, names))
        return f"  VALUES ?{name} {{ {terms} }}"

    def included(match: re.Match[str]) -> str:
        return match[2] if values.get(match[1]) is not None else match[0]

    return _WITH.sub(included, _BIND.sub(bound, query.text))


def resolve(store: pyoxigraph.Store, name: str, names: Names) -> list[str]:
    """The IRIs that a name stands for: a compact id, or a label or other name in any case; QueryError for none."""
    import pyoxigraph

    if re.fullmatch(r"[a-z]+:\S+", name) and name.partition(":")[0] in names.prefixes:
        return [names.iri(name)]
    exact = _named(store, name.strip(), names)
    if exact:
        return exact
    wanted = name.casefold().strip()
    labels: dict[str, set[str]] = {}
    kinds = tuple(names.prefixes[kind] for kind in ENTITY_KINDS)
    for predicate in ("rdfs:label", "skos:altLabel"):
        prefix, _, local = predicate.partition(":")
        pattern = pyoxigraph.NamedNode(names.prefixes[prefix] + local)
        for quad in store.quads_for_pattern(None, pattern, None, None):
            subject = str(getattr(quad.subject, "value", ""))
            if subject.startswith(kinds):
                labels.setdefault(str(getattr(quad.object, "value", "")).casefold(), set()).add(subject)
    if wanted in labels:
        return sorted(labels[wanted])
    near = difflib.get_close_matches(wanted, list(labels), n=3)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    raise QueryError(f"nothing in this graph is called {name!r}{hint}")


def _named(store: pyoxigraph.Store, name: str, names: Names) -> list[str]:
    """The IRIs of entities with exactly this name: a look into the index, where any case needs a pass over all."""
    import pyoxigraph

    found = set()
    for predicate in (names.prefixes["rdfs"] + "label", names.prefixes["skos"] + "altLabel"):
        pattern = pyoxigraph.NamedNode(predicate)
        for quad in store.quads_for_pattern(None, pattern, pyoxigraph.Literal(name), None):
            found.add(str(getattr(quad.subject, "value", "")))
    kinds = tuple(names.prefixes[kind] for kind in ENTITY_KINDS)
    return sorted(subject for subject in found if subject.startswith(kinds))


def check_terms(sparql: str, names: Names) -> None:
    """QueryError, with its place and the nearest names, where a prefix or a tm:, rel: or plover: name is unknown."""
    bare = OPAQUE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), sparql)
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


def _value(parameter: Parameter, value: str, store: pyoxigraph.Store, names: Names) -> Iterator[str]:
    if parameter.kind == "entity":
        for found in resolve(store, value, names):
            yield f"<{found}>"
            sparql = f"SELECT DISTINCT ?who {{ ?who tm:actsFor <{found}> }} ORDER BY ?who"
            for row in evaluate(store, sparql, names).rows:
                yield str(row[0])
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


def explain_syntax(message: str, sparql: str) -> str:
    """The parser's message with line, column and the words there; its lists of characters left out."""
    position = _POSITION.search(message)
    words = OPAQUE.sub(" ", sparql).split()
    if not words or words[0].casefold() not in _OPENINGS:
        first = words[0] if words else ""
        near = difflib.get_close_matches(first.upper(), [word.upper() for word in _OPENINGS], n=1)
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
