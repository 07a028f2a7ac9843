"""Query answers → rows of rdflib terms, a DataFrame, or text: table, CSV, TSV, JSON, Turtle."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

from triplomat.errors import UsageError
from triplomat.ontology.terms import Names, is_entity

if TYPE_CHECKING:
    import pandas as pd
    from rdflib.term import Identifier

FORMATS = ("table", "csv", "tsv", "json", "ttl")
SHOWN = 60  # rows of the table in a notebook
_READERS: Mapping[str, Callable[[str], Any]] = {
    **dict.fromkeys(("integer", "int", "long", "nonNegativeInteger"), int),
    "decimal": Decimal,
    **dict.fromkeys(("double", "float"), float),
    "boolean": lambda value: value in ("true", "1"),
    "date": date.fromisoformat,
    "dateTime": datetime.fromisoformat,
}
_XSD = "http://www.w3.org/2001/XMLSchema#"


class Row(tuple["Identifier | None", ...]):
    """A row of a SELECT: a tuple of rdflib terms, which also go by their variables' names: `row.who`, `row["who"]`."""

    _variables: tuple[str, ...]

    def __new__(cls, values: list[Identifier | None], variables: tuple[str, ...]) -> Row:
        row = super().__new__(cls, values)
        row._variables = variables
        return row

    def __getattr__(self, name: str) -> Identifier | None:
        try:
            return tuple.__getitem__(self, self._variables.index(name))
        except ValueError:
            raise AttributeError(f"no variable {name}; there are {', '.join(self._variables)}") from None

    def __getitem__(self, key: Any) -> Any:
        return getattr(self, key) if isinstance(key, str) else super().__getitem__(key)

    def asdict(self) -> dict[str, Identifier | None]:
        """The row by variable, without those that are unbound."""
        return {name: value for name, value in zip(self._variables, self, strict=True) if value is not None}


@dataclass(frozen=True, repr=False)
class Result:
    """An answer: `kind` is "select", "ask" or "graph"; `rows` holds Oxigraph terms, None where one is unbound; `labels`
    are those of the entities in them, by IRI.
    """

    kind: str
    variables: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    truth: bool | None
    names: Names
    labels: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, answer: Any, names: Names, *, limit: int | None = None) -> Result:
        """From what pyoxigraph's `query` returns, of rows the first `limit`."""
        kind = type(answer).__name__
        if kind == "QueryBoolean":
            return cls("ask", (), [], bool(answer), names)
        if kind == "QueryTriples":
            rows = [(triple.subject, triple.predicate, triple.object) for triple in islice(answer, limit)]
            return cls("graph", ("subject", "predicate", "object"), rows, None, names)
        variables = tuple(variable.value for variable in answer.variables)
        return cls("select", variables, [tuple(solution) for solution in islice(answer, limit)], None, names)

    def __iter__(self) -> Iterator[Row]:
        return (Row([_rdflib(term) for term in row], self.variables) for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        if self.kind == "ask":
            return f"<Result: {str(bool(self)).lower()}>"
        count = len(self.rows)
        return f"<Result: {count} {'row' if count == 1 else 'rows'} of {', '.join(self.variables)}>"

    def _repr_html_(self) -> str | None:
        """In Jupyter: the table."""
        return None if self.kind == "ask" else str(self.to_frame().to_html(max_rows=SHOWN))

    def __bool__(self) -> bool:
        """The answer of an ASK; of others, whether there are rows."""
        return self.truth if self.truth is not None else bool(self.rows)

    def to_frame(self, *, labels: bool = True) -> pd.DataFrame:
        """A column a variable, typed, and after them the labels of entities; see `framing.to_frame`."""
        from .framing import to_frame

        return to_frame(self, labels=labels)

    def entities(self) -> set[str]:
        """The IRIs of ours in the rows that labels can be had for."""
        return {
            term.value
            for row in self.rows
            for term in row
            if type(term).__name__ == "NamedNode" and is_entity(term.value, self.names)
        }

    def label(self, term: Any) -> str | None:
        """What an entity is called; None for other terms."""
        return self.labels.get(term.value) if type(term).__name__ == "NamedNode" else None

    def plain(self, term: Any) -> Any:
        """A term as a Python value: a prefixed name, a number, a date, a text; None where there is none."""
        if term is None:
            return None
        kind = type(term).__name__
        if kind == "NamedNode":
            return self.names.compact(term.value)
        if kind == "BlankNode":
            return f"_:{term.value}"
        if kind != "Literal":
            return str(term)
        read = _READERS.get(_local(term), str)
        try:
            return read(term.value)
        except (ValueError, ArithmeticError):
            return term.value

    def text(self, format: str = "table", *, width: int | None = None) -> str:
        """The answer in one of FORMATS; Turtle is for CONSTRUCT and DESCRIBE alone."""
        if format not in FORMATS:
            raise UsageError(f"format {format!r}: choose from {', '.join(FORMATS)}")
        if format == "json":
            return self._json()
        if format == "ttl":
            return self._turtle()
        if self.kind == "ask":
            return f"{str(bool(self)).lower()}\n"
        return self._table(width) if format == "table" else self._separated(format)

    def _json(self) -> str:
        """SPARQL 1.1 Query Results JSON."""
        if self.kind == "ask":
            return json.dumps({"head": {}, "boolean": bool(self)}) + "\n"
        bindings = [
            {name: _binding(term) for name, term in zip(self.variables, row, strict=True) if term is not None}
            for row in self.rows
        ]
        whole = {"head": {"vars": list(self.variables)}, "results": {"bindings": bindings}}
        return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"

    def _turtle(self) -> str:
        if self.kind != "graph":
            raise UsageError("format ttl is for CONSTRUCT and DESCRIBE; choose table, csv, tsv or json")
        if any(type(term).__module__.startswith("triplomat") for row in self.rows[:1] for term in row):
            return self._turtle_by_rdflib()
        import pyoxigraph

        triples = sorted({pyoxigraph.Triple(*row) for row in self.rows}, key=str)
        whole = "".join(map(str, triples))
        used = {prefix: base for prefix, base in self.names.prefixes.items() if f"<{base}" in whole}
        output = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.TURTLE, prefixes=used) or b""
        lines = output.decode().splitlines(keepends=True)
        prefixes = sorted(line for line in lines if line.startswith("@prefix "))
        return "".join([*prefixes, *lines[len(prefixes) :]])

    def _turtle_by_rdflib(self) -> str:
        import rdflib

        graph = rdflib.Graph(bind_namespaces="none")
        for prefix, namespace in self.names.prefixes.items():
            graph.bind(prefix, namespace)
        for row in self.rows:
            graph.add(tuple(map(_rdflib, row)))
        return str(graph.serialize(format="turtle"))

    def _separated(self, format: str) -> str:
        """SPARQL 1.1 Query Results CSV and TSV: plain values in the one, terms as Turtle writes them in the other."""
        if format == "tsv":
            lines = ["\t".join(f"?{name}" for name in self.variables)]
            lines += ["\t".join("" if term is None else str(term) for term in row) for row in self.rows]
            return "\n".join(lines) + "\n"
        import csv
        import io

        output = io.StringIO()
        writer = csv.writer(output, lineterminator="\r\n")
        writer.writerow(self.variables)
        writer.writerows([["" if term is None else _value(term) for term in row] for row in self.rows])
        return output.getvalue()

    def _cell(self, term: Any) -> str:
        """A term in a table: `country:RUS (Russia)`."""
        plain, label = _words(self.plain(term)), self.label(term)
        return f"{plain} ({_words(label)})" if label and not _is_told(label, plain) else plain

    def _table(self, width: int | None) -> str:
        cells = [[self._cell(term) for term in row] for row in self.rows]
        widths = [max([len(name), *(len(row[column]) for row in cells)]) for column, name in enumerate(self.variables)]
        widths = _fitted(widths, width) if width else widths
        lines = [_line(list(self.variables), widths), "  ".join("─" * size for size in widths)]
        lines += [_line(row, widths) for row in cells]
        count = len(self.rows)
        return "\n".join(lines) + f"\n({count} {'row' if count == 1 else 'rows'})\n"


def _is_told(label: str, compact: str) -> bool:
    """Whether an id tells its label already: thing:crude_oil, crude oil."""
    return compact.partition(":")[2].replace("_", " ").casefold() == label.casefold()


def _fitted(widths: list[int], width: int) -> list[int]:
    """The widths, the widest cut by turns until the line fits, none below eight."""
    widths = list(widths)
    while sum(widths) + 2 * (len(widths) - 1) > width and max(widths, default=0) > 8:
        widths[widths.index(max(widths))] -= 1
    return widths


def _line(cells: list[str], widths: list[int]) -> str:
    shown = [cell if len(cell) <= size else cell[: size - 1] + "…" for cell, size in zip(cells, widths, strict=True)]
    return "  ".join(cell.ljust(size) for cell, size in zip(shown, widths, strict=True)).rstrip()


def _words(value: Any) -> str:
    words = "" if value is None else " ".join(str(value).split())
    return words if words.isprintable() else "".join(letter if letter.isprintable() else "\ufffd" for letter in words)


def _local(term: Any) -> str:
    name = str(term.datatype.value)
    return name.removeprefix(_XSD) if name.startswith(_XSD) else name


def _value(term: Any) -> str:
    kind = type(term).__name__
    return f"_:{term.value}" if kind == "BlankNode" else str(getattr(term, "value", term))


def _binding(term: Any) -> dict[str, Any]:
    kind = type(term).__name__
    if kind == "NamedNode":
        return {"type": "uri", "value": term.value}
    if kind == "BlankNode":
        return {"type": "bnode", "value": term.value}
    if kind == "Triple":
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _binding(part) for name, part in parts.items()}}
    binding = {"type": "literal", "value": term.value}
    if term.language:
        return {**binding, "xml:lang": term.language}
    return binding if term.datatype.value == f"{_XSD}string" else {**binding, "datatype": term.datatype.value}


def _rdflib(term: Any) -> Any:
    """An Oxigraph term as rdflib's; a plain string has no datatype, as rdflib writes it."""
    import rdflib

    if term is None:
        return None
    kind = type(term).__name__
    if kind == "NamedNode":
        return rdflib.URIRef(term.value)
    if kind == "BlankNode":
        return rdflib.BNode(term.value)
    if kind != "Literal":
        return rdflib.Literal(str(term))
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    plain = term.datatype.value == f"{_XSD}string"
    return rdflib.Literal(term.value, datatype=None if plain else rdflib.URIRef(term.datatype.value))
