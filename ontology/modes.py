"""Which modes of an event a text can show: a mode that is seen by its words needs one of them (lexicon/modes.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from triplomat.errors import DataError

from .plover import load_plover

_FILE = "lexicon/modes.toml"


@cache
def load_modes() -> Mapping[tuple[str, str], re.Pattern[str]]:
    """What the words of a text must match for a mode of a type; DataError where the scheme hasn't the mode."""
    data = tomllib.loads(files("triplomat.ontology").joinpath(_FILE).read_text(encoding="utf-8"))
    plover = load_plover()
    found = {}
    for kind, modes in data.items():
        for mode, words in modes.items():
            if not plover.has_mode(kind, mode):
                raise DataError(_FILE, None, f"{mode!r} is no mode of {kind}")
            found[kind, mode] = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + ")", re.IGNORECASE)
    return found


def shown(kind: str, mode: str | None, text: str) -> str | None:
    """The mode of an event of a type, if a text's words may show it.

    >>> shown("ASSAULT", "drone", "A drone hit the depot."), shown("ASSAULT", "drone", "The depot was hit.")
    ('drone', None)
    """
    pattern = load_modes().get((kind, mode or ""))
    return mode if pattern is None or pattern.search(text) else None
