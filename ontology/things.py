"""The words around the name of a thing, and the labels of a state's sectors (`lexicon/things.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

_FILE = "lexicon/things.toml"


@dataclass(frozen=True, slots=True)
class ThingWords:
    """Labels of sectors by code; pronouns; patterns for what stands before, behind and at the end of a name."""

    sectors: Mapping[str, str]
    pronouns: frozenset[str]
    leading: re.Pattern[str]
    more: re.Pattern[str]
    dangling: re.Pattern[str]


@cache
def load_thing_words() -> ThingWords:
    """The packaged words."""
    data = tomllib.loads(files("triplomat.ontology").joinpath(_FILE).read_text(encoding="utf-8"))
    leading, more, dangling = (_either(data[kind]["words"]) for kind in ("leading", "more", "dangling"))
    return ThingWords(
        sectors=MappingProxyType(data["sectors"]),
        pronouns=frozenset(data["pronouns"]["words"]),
        leading=re.compile(rf"^(?:{leading}\s+|[\d.,–-]+\s+(?:to\s+[\d.,]+\s+)?)+", re.IGNORECASE),
        more=re.compile(rf"[,;:(]|\s[–—-]\s|\s{more}\b", re.IGNORECASE),
        dangling=re.compile(rf"(?:\s+{dangling})+\s*$", re.IGNORECASE),
    )


def _either(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, words))})"
