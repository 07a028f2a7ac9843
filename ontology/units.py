"""Currencies, measures and fractions by their words (`lexicon/units.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from types import MappingProxyType

_FILE = "lexicon/units.toml"


@dataclass(frozen=True, slots=True)
class Units:
    """ISO 4217 codes by symbol and by noun; measures; measures written right behind digits; parts of a whole; words
    of time; number words, from 0 and from 20 by tens; what multiplies them.

    `national` has the codes of each noun that several states call their money by, by the nation's adjective.
    """

    symbols: Mapping[str, str]
    currencies: Mapping[str, str]
    national: Mapping[str, Mapping[str, str]]
    measures: frozenset[str]
    attached: frozenset[str]
    powers: Mapping[str, str]
    fractions: Mapping[str, Fraction]
    spans: frozenset[str]
    hours: frozenset[str]
    ones: tuple[str, ...]
    tens: tuple[str, ...]
    scales: Mapping[str, int]
    short_scales: Mapping[str, int]
    round_numbers: Mapping[str, int]


@cache
def load_units() -> Units:
    """The packaged table."""
    data = tomllib.loads(files("triplomat.ontology").joinpath(_FILE).read_text(encoding="utf-8"))
    return Units(
        MappingProxyType(data["symbols"]),
        MappingProxyType(data["currencies"]),
        MappingProxyType(data["national"]),
        frozenset(data["measures"]["words"]),
        frozenset(data["measures"]["attached"]),
        MappingProxyType(data["measures"]["powers"]),
        MappingProxyType({word: Fraction(part) for word, part in data["fractions"].items()}),
        frozenset(data["times"]["spans"]),
        frozenset(data["times"]["hours"]),
        tuple(data["numbers"]["ones"]),
        tuple(data["numbers"]["tens"]),
        *(MappingProxyType(data["scales"][kind]) for kind in ("words", "short", "round")),
    )
