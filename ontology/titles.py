"""Loads titles before names, the offices that they name, and the order of names (`actors/titles.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from .word_sets import word_sets, words

_FILE = "actors/titles.toml"


@dataclass(frozen=True, slots=True)
class Titles:
    """Words of titles by what they tell of a person; `offices` maps the words of a title to the offices it can name.

    `family_first` and `given_first` are the states whose people are called so.
    """

    offices: Mapping[str, tuple[str, ...]]
    before: frozenset[str] = words("before")
    women: frozenset[str] = words("gender", "women")
    men: frozenset[str] = words("gender", "men")
    courtesy: frozenset[str] = words("courtesy")
    former: frozenset[str] = words("former")
    deputy: frozenset[str] = words("deputy")
    abroad: frozenset[str] = words("abroad", "nouns")
    government: frozenset[str] = words("government", "nouns")
    heads: frozenset[str] = words("heads", "offices")
    holders: frozenset[str] = words("holders", "nouns")
    no_holders: frozenset[str] = words("holders", "except")
    family_first: frozenset[str] = words("names", "family_first")
    given_first: frozenset[str] = words("names", "given_first")


@cache
def load_titles() -> Titles:
    """The packaged words."""
    data = tomllib.loads(files("triplomat.ontology").joinpath(_FILE).read_text(encoding="utf-8"))
    offices = {title: tuple(offices) for title, offices in data["offices"].items()}
    return Titles(MappingProxyType(offices), **word_sets(Titles, data, _FILE))
