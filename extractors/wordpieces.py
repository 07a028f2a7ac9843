"""A text → the ids of its word pieces, as BERT's tokenizer gives them, less those that tell nothing of an event.

Articles, commas and full stops, and BERT's mark at the end, are a fifth of all pieces; the encoder is trained without
them. What is whole in the vocabulary is looked up; only other words go through the tokenizer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

START = "[CLS]"
SILENT = frozenset(("the", "a", "an", ",", "."))
LONGEST = 96
_WORDS = re.compile(r"[a-z0-9]+|[!-/:-@\[-`{-~]")
_REMEMBERED = 20_000


class WordPieces:
    """Gives the ids of a text, START before them, LONGEST at most; `tokenizer` is one of the library tokenizers."""

    def __init__(self, tokenizer: Any) -> None:
        self._vocabulary: dict[str, int] = tokenizer.get_vocab()
        self._silent = {self._vocabulary[word] for word in SILENT}

        @lru_cache(maxsize=_REMEMBERED)
        def parts(word: str) -> tuple[int, ...]:
            return tuple(tokenizer.encode(word, add_special_tokens=False).ids)

        self._parts = parts

    def __call__(self, text: str) -> list[int]:
        telling = [one for one in self._all(text) if one not in self._silent]
        return [self._vocabulary[START], *telling[: LONGEST - 1]]

    def _all(self, text: str) -> Iterator[int]:
        """The ids of all pieces; a stretch without spaces that isn't ASCII is left to the tokenizer."""
        for stretch in (text,) if text.isascii() else text.split():
            if stretch.isascii():
                for word in _WORDS.findall(stretch.lower()):
                    known = self._vocabulary.get(word)
                    if known is None:
                        yield from self._parts(word)
                    else:
                        yield known
            else:
                yield from self._parts(stretch)
