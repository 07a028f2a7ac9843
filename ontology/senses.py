"""Loads the words that tell what an ambiguous name means (`actors/senses.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from .word_sets import word_sets, words

_FILE = "actors/senses.toml"


@dataclass(frozen=True, slots=True)
class SenseWords:
    """Words around a city's name that make it a place; last and first words of names by what bears them."""

    struck: frozenset[str] = words("location", "struck")
    parts: frozenset[str] = words("location", "parts")
    motion: frozenset[str] = words("location", "motion")
    papers: frozenset[str] = words("papers", "nouns")
    worldwide: frozenset[str] = words("worldwide")


@cache
def load_sense_words() -> SenseWords:
    """The packaged words."""
    data = tomllib.loads(files("triplomat.ontology").joinpath(_FILE).read_text(encoding="utf-8"))
    return SenseWords(**word_sets(SenseWords, data, _FILE))
