"""A query's answer → a pandas DataFrame: columns of numbers, dates and text as pandas has them, labels beside ids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from .results import Result

_WHOLE = frozenset(("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "unsignedInt"))
_NUMBERS = _WHOLE | {"decimal", "double", "float"}
_XSD = "http://www.w3.org/2001/XMLSchema#"


def to_frame(result: Result, *, labels: bool = True) -> pd.DataFrame:
    """A column a variable, and after them, for each that holds entities, one more with their labels: `who_label`.

    IRIs are prefixed names. A column whose values are all whole numbers is Int64, numbers float64, truths boolean, days
    and times datetime64; every other holds text. What is unbound is missing.
    """
    if result.kind == "ask":
        return pd.DataFrame({"answer": [bool(result)]})
    columns = {name: [row[place] for row in result.rows] for place, name in enumerate(result.variables)}
    frame = pd.DataFrame({name: _column(result, terms) for name, terms in columns.items()}, columns=list(columns))
    if labels:
        for name, terms in columns.items():
            found = [result.label(term) for term in terms]
            if any(found) and f"{name}_label" not in columns:
                frame[f"{name}_label"] = pd.Series(found, dtype="object")
    return frame


def _column(result: Result, terms: Sequence[Any]) -> pd.Series[Any]:
    kinds = {_kind(term) for term in terms if term is not None}
    if kinds and kinds <= _WHOLE:
        return pd.Series([None if term is None else int(term.value) for term in terms], dtype="Int64")
    if kinds and kinds <= _NUMBERS:
        return pd.Series([None if term is None else float(term.value) for term in terms], dtype="float64")
    if kinds == {"boolean"}:
        return pd.Series([None if term is None else term.value in ("true", "1") for term in terms], dtype="boolean")
    if kinds and kinds <= {"date", "dateTime"}:
        days = [None if term is None else term.value for term in terms]
        try:
            return pd.Series(pd.to_datetime(pd.Series(days, dtype="object"), format="ISO8601"))
        except (ValueError, OverflowError):
            return pd.Series(days, dtype="object")
    return pd.Series([result.plain(term) for term in terms], dtype="object")


def _kind(term: Any) -> str:
    """The local name of a literal's XSD type; "" for whatever has none."""
    if type(term).__name__ != "Literal":
        return ""
    name = str(term.datatype.value)
    return name.removeprefix(_XSD) if name.startswith(_XSD) else ""
