"""Nouns that name events ("visit", "delivery"): their verbs, and what stands behind their "of"."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from triplomat.errors import DataError

_FILE = "lexicon/event_nouns.csv"


@dataclass(frozen=True, slots=True)
class EventNoun:
    """The verb that says the same as the noun, and what its of-phrase is: "object", "subject", or "content", an object
    unless it names somebody.
    """

    verb: str
    of: str


@cache
def load_event_nouns() -> Mapping[str, EventNoun]:
    """Event nouns by lemma; DataError names the line that breaks the format."""
    text = files("triplomat.ontology").joinpath(_FILE).read_text(encoding="utf-8")
    nouns: dict[str, EventNoun] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#") or line == "noun,verb,of":
            continue
        row = next(csv.reader([line]))
        if len(row) != 3 or row[2] not in ("object", "subject", "content"):
            raise DataError(_FILE, number, "a line is noun,verb,of with of = object, subject or content")
        if row[0] in nouns:
            raise DataError(_FILE, number, f"{row[0]!r} stands twice")
        nouns[row[0]] = EventNoun(row[1], row[2])
    return MappingProxyType(nouns)
