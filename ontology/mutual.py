"""What actors do to each other alike: the relations and words that say so (`ontology/lexicon/mutual.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_FILE = "lexicon/mutual.toml"


@dataclass(frozen=True, slots=True)
class Mutual:
    """Relations that bind their actors to each other, and the pronouns by which any verb does."""

    relations: frozenset[str]
    pronouns: tuple[str, ...]


@cache
def load_mutual() -> Mutual:
    """The packaged table."""
    data = tomllib.loads(files("triplomat.ontology").joinpath(_FILE).read_text(encoding="utf-8"))
    return Mutual(frozenset(data["relations"]), tuple(data["pronouns"]))
