"""What furniture looks like: the block of text, the patterns of furniture.toml, and the key of a sentence."""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
FINAL = re.compile(r"[.!?…।。](?:\s*[\"'”’»)\]]|\s*\[\d+\])*\s*$|[.!?]\s*''$")
SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9À-Þ])")
_NO_KEY = re.compile(r"[^\w%$€£]+|_+")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of an article, without the space around it.

    `kind` is "body", "headline", "menu", "caption", "repeat", "quotation" (one that belongs to another story), "share",
    "button" or "byline"; only body and headline state what the article says.
    """

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Forms:
    """The patterns and word lists of furniture.toml."""

    share: re.Pattern[str]
    button: re.Pattern[str]
    byline: re.Pattern[str]
    credit: re.Pattern[str]
    related: re.Pattern[str]
    dateline: re.Pattern[str]
    speech: re.Pattern[str]
    menu: frozenset[str]
    function: frozenset[str]
    hints: frozenset[str]


@functools.cache
def forms() -> Forms:
    table = tomllib.loads(files("triplomat.extractors").joinpath("data", "furniture.toml").read_text("utf-8"))
    words: dict[str, Any] = {name: frozenset(listed.split()) for name, listed in table.pop("words").items()}
    parts: dict[str, str] = table.pop("parts")

    def filled(pattern: str) -> str:
        return re.sub(r"\{([A-Z]+)\}", lambda match: filled(parts[match[1]]), pattern)

    patterns: dict[str, Any] = {
        name: re.compile(filled(form["pattern"]), re.VERBOSE | (0 if form.get("cased") else re.IGNORECASE))
        for name, form in table.items()
    }
    return Forms(**patterns, **words)


def same_sentence_key(text: str) -> str:
    """A key that two prints of one sentence share: spaces, quotation marks, dashes, case, final point set aside.

    >>> same_sentence_key("Russia 's “friend” left.") == same_sentence_key("Russia's 'friend' left")
    True
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    key = _NO_KEY.sub("", plain.casefold())
    return (key + "?" if plain.rstrip("\"'”’ )").endswith("?") else key) or text.strip()


def ends(piece: str) -> bool:
    """Whether a block ends as sentences do."""
    return bool(FINAL.search(piece[-60:]))


def text_of(text: str, part: Block) -> str:
    return text[part.start : part.end]
