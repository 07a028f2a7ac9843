"""Loads the words that tell what an ambiguous name means (`actors/senses.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_FILE = "actors/senses.toml"


@dataclass(frozen=True, slots=True)
class SenseWords:
    """Words around a city's name that make it a place; last and first words of names by what bears them."""

    struck: frozenset[str]
    parts: frozenset[str]
    motion: frozenset[str]
    papers: frozenset[str]
    worldwide: frozenset[str]


@cache
def load_sense_words() -> SenseWords:
    """The packaged words."""
    data = tomllib.loads(files("triplomat.ontology").joinpath(_FILE).read_text(encoding="utf-8"))
    return SenseWords(
        struck=frozenset(data["location"]["struck"]),
        parts=frozenset(data["location"]["parts"]),
        motion=frozenset(data["location"]["motion"]),
        papers=frozenset(data["papers"]["nouns"]),
        worldwide=frozenset(data["worldwide"]["words"]),
    )
