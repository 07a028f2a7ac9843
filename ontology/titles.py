"""Loads titles before names and the offices that they name (`actors/titles.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

_FILE = "actors/titles.toml"


@dataclass(frozen=True, slots=True)
class Titles:
    """Words of titles by what they tell of a person; `offices` maps the words of a title to the offices it can name."""

    before: frozenset[str]
    women: frozenset[str]
    men: frozenset[str]
    courtesy: frozenset[str]
    former: frozenset[str]
    deputy: frozenset[str]
    abroad: frozenset[str]
    government: frozenset[str]
    heads: frozenset[str]
    holders: frozenset[str]
    no_holders: frozenset[str]
    offices: Mapping[str, tuple[str, ...]]


@cache
def load_titles() -> Titles:
    """The packaged words."""
    data = tomllib.loads(files("triplomat.ontology").joinpath(_FILE).read_text(encoding="utf-8"))
    return Titles(
        before=frozenset(data["before"]["words"]),
        women=frozenset(data["gender"]["women"]),
        men=frozenset(data["gender"]["men"]),
        courtesy=frozenset(data["courtesy"]["words"]),
        former=frozenset(data["former"]["words"]),
        deputy=frozenset(data["deputy"]["words"]),
        abroad=frozenset(data["abroad"]["nouns"]),
        government=frozenset(data["government"]["nouns"]),
        heads=frozenset(data["heads"]["offices"]),
        holders=frozenset(data["holders"]["nouns"]),
        no_holders=frozenset(data["holders"]["except"]),
        offices=MappingProxyType({words: tuple(offices) for words, offices in data["offices"].items()}),
    )
