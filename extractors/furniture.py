"""Article text into blocks: what the article says, and the page furniture around it, marked and never cut.

The rules look at form and place only (final points, capitals, scripts, neighbours, repetition), so they hold for any
site; in doubt a block is body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from .furniture_forms import SENTENCE, WORD, Block, ends, forms, same_sentence_key
from .furniture_place import headlines, lists, menus, quotations, repeats

__all__ = ["Block", "blocks", "same_sentence_key"]

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-z\u00aa-\u024f\u1e00-\u1eff]")
_HOUR = r"\d{1,2}[:.h]\d\d(?: ?[ap]\.?m\.?)?(?: (?:GMT|UTC|[BCEM]E?S?T))? ?[–—-]"
_BULLET = re.compile(rf"\s*(?:[•·▪■●◦‣➤►★✔*–—-]|{_HOUR})\s+(?=\S)")


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of an article in order; they cover all of its text but the space between them.

    >>> [block.kind for block in blocks("Talks fail\\n5 months ago 29\\nThe talks failed.\\nRead more")]
    ['headline', 'share', 'body', 'button']
    """
    parts = _apart(text)
    whole = len(parts) < 2
    latin = _latin(text) > 0.6
    kinds = [Block(start, end, "body" if whole else _kind_alone(text[start:end], latin)) for start, end in parts]
    for step in (lists, menus, repeats, quotations, headlines):
        kinds = step(text, kinds)
    return tuple(_trimmed(text, kinds))


def _apart(text: str) -> list[tuple[int, int]]:
    """Lines, or paragraphs of lines where the text is wrapped to a width; spaces at their ends left out."""
    lines = [span for match in _LINE.finditer(text) if (span := _stripped(text, match.start(), match.end()))]
    lines = [part for start, end in lines for part in _without_bullet(text, start, end)]
    if not _wrapped(text, lines):
        return lines
    parts: list[tuple[int, int]] = []
    for start, end in lines:
        between = text[parts[-1][1] : start] if parts else "\n\n"
        if re.search(r"\n\s*\n|\r\s*\r(?!\n)", between.replace("\r\n", "\n")):
            parts.append((start, end))
        else:
            parts[-1] = (parts[-1][0], end)
    return parts


def _without_bullet(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A leading bullet, or an entry's hour ("18:20 – "), as a part of its own: the sentence begins with a word."""
    match = _BULLET.match(text, start, end)
    if not match:
        return [(start, end)]
    bullet = _stripped(text, start, match.end())
    return [*([bullet] if bullet else []), (match.end(), end)]


def _wrapped(text: str, lines: Sequence[tuple[int, int]]) -> bool:
    """Whether lines are broken at a width: no next line's first word would have fitted on the line before."""
    pairs = [
        (first, second)
        for first, second in pairwise(lines)
        if len(re.findall(r"\r\n|\r|\n", text[first[1] : second[0]])) == 1
    ]
    width = max((end - start for start, end in lines), default=0)
    if len(pairs) < 3 or width > 120:
        return False
    full = 0
    for (start, end), (after, last) in pairs:
        word = re.search(r"\s", text[after:last])
        full += end - start + 1 + (word.start() if word else last - after) > width
    return full >= 0.8 * len(pairs)


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip("\ufeff \t\xa0\u200b" + _SPACES))
    piece = piece.strip("\ufeff \t\xa0\u200b" + _SPACES)
    return (start + left, start + left + len(piece)) if piece else None


_SPACES = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())


def _latin(text: str) -> float:
    """The share of Latin letters among the letters of a text; 1 if it has none."""
    if text.isascii():
        return 1.0
    letters = len(_LETTER.findall(text, 0, 20000))
    return len(_LATIN.findall(text, 0, 20000)) / letters if letters else 1.0


def _kind_alone(piece: str, latin: bool) -> str:
    """The kind that a block's own words give away."""
    if len(piece) <= 300:
        if not WORD.search(piece):
            return "share" if any(char.isdigit() for char in piece) else "menu"
        if forms().share.fullmatch(piece):
            return "share"
        if forms().button.fullmatch(piece):
            return "button"
        if forms().byline.fullmatch(piece):
            return "byline"
        if (
            any(hint in piece for hint in forms().hints)
            and forms().credit.search(piece)
            and len(SENTENCE.split(piece)) < 4
        ):
            return "caption"
        if forms().related.match(piece) and not ends(piece):
            return "menu"
    if latin and not ends(piece) and len(piece) <= 600 and _latin(piece) < 0.7:
        return "menu"
    return "body"


def _trimmed(text: str, parts: list[Block]) -> list[Block]:
    """Body blocks without the dateline before and the button after their sentences, which become blocks."""
    found: list[Block] = []
    for part in parts:
        start, end = part.start, part.end
        if part.kind == "body":
            match = forms().dateline.match(text, start, end)
            if match and end - match.end() > 20:
                found.append(Block(start, start + len(text[start : match.end()].rstrip()), "byline"))
                start = match.end()
            tail = [match.end() for match in SENTENCE.finditer(text, max(start, end - 400), end)]
            if tail and (forms().button.fullmatch(last := text[tail[-1] : end]) or forms().share.fullmatch(last)):
                stop = start + len(text[start : tail[-1]].rstrip())
                found += [Block(start, stop, "body"), Block(tail[-1], end, "button")]
                continue
        found.append(Block(start, end, part.kind))
    return found
