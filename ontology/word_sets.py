"""Sets of words that a data class takes from a TOML file: each field says once where its words stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, fields
from typing import Any

from triplomat.errors import DataError

_AT = "at"


def words(table: str, key: str = "words") -> Any:
    """A field for the words of a key of a table."""
    return field(metadata={_AT: (table, key)})


def word_sets(kind: type[Any], data: Mapping[str, Any], file: str) -> dict[str, frozenset[str]]:
    """By field of a data class, its words in a file that was read; DataError names what is missing there."""
    found: dict[str, frozenset[str]] = {}
    for one in fields(kind):
        if _AT in one.metadata:
            table, key = one.metadata[_AT]
            try:
                found[one.name] = frozenset(data[table][key])
            except KeyError as error:
                raise DataError(file, None, f"[{table}] has no {key!r}") from error
    return found
