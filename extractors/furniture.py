"""Article text into blocks: what the article says, and the page furniture around it, marked and never cut.

The rules look at form and place only (final points, capitals, scripts, neighbours, repetition), so they hold for any
site; in doubt a block is body.
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import pairwise, takewhile
from typing import Any


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
class _Forms:
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
def _forms() -> _Forms:
    table = tomllib.loads(files("triplomat.extractors").joinpath("data", "furniture.toml").read_text("utf-8"))
    words: dict[str, Any] = {name: frozenset(listed.split()) for name, listed in table.pop("words").items()}
    parts: dict[str, str] = table.pop("parts")

    def filled(pattern: str) -> str:
        return re.sub(r"\{([A-Z]+)\}", lambda match: filled(parts[match[1]]), pattern)

    patterns: dict[str, Any] = {
        name: re.compile(filled(form["pattern"]), re.VERBOSE | (0 if form.get("cased") else re.IGNORECASE))
        for name, form in table.items()
    }
    return _Forms(**patterns, **words)


_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-z\u00aa-\u024f\u1e00-\u1eff]")
_NO_KEY = re.compile(r"[^\w%$€£]+|_+")
_FINAL = re.compile(r"[.!?…।。](?:\s*[\"'”’»)\]]|\s*\[\d+\])*\s*$|[.!?]\s*''$")
_BULLET = re.compile(r"\s*[•·▪■●◦‣➤►★✔*–—-]\s+(?=\S)")
_QUOTED = re.compile(r"""\s*["'“‘«„](?!\s).{20,}(?:["'”’»“]|[.!?,])\s*$""", re.DOTALL)
_MARKS = re.compile(r"""["“”«»„]|(?<!\w)['‘](?=\w)""")
_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9À-Þ])")


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of an article in order; they cover all of its text but the space between them.

    >>> [block.kind for block in blocks("Talks fail\\n5 months ago 29\\nThe talks failed.\\nRead more")]
    ['headline', 'share', 'body', 'button']
    """
    parts = _apart(text)
    whole = len(parts) < 2
    latin = _latin(text) > 0.6
    kinds = [Block(start, end, "body" if whole else _kind_alone(text[start:end], latin)) for start, end in parts]
    for step in (_lists, _menus, _repeats, _quotations, _headlines):
        kinds = step(text, kinds)
    return tuple(_trimmed(text, kinds))


def same_sentence_key(text: str) -> str:
    """A key that two prints of one sentence share: spaces, quotation marks, dashes, case, final point set aside.

    >>> same_sentence_key("Russia 's “friend” left.") == same_sentence_key("Russia's 'friend' left")
    True
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    key = _NO_KEY.sub("", plain.casefold())
    return (key + "?" if plain.rstrip("\"'”’ )").endswith("?") else key) or text.strip()


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
    """A leading bullet as a part of its own, so that the sentence after it begins with a word."""
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
        if not _WORD.search(piece):
            return "share" if any(char.isdigit() for char in piece) else "menu"
        if _forms().share.fullmatch(piece):
            return "share"
        if _forms().button.fullmatch(piece):
            return "button"
        if _forms().byline.fullmatch(piece):
            return "byline"
        if (
            any(hint in piece for hint in _forms().hints)
            and _forms().credit.search(piece)
            and len(_SENTENCE.split(piece)) < 4
        ):
            return "caption"
        if _forms().related.match(piece) and not _FINAL.search(piece):
            return "menu"
    if latin and not _FINAL.search(piece) and len(piece) <= 600 and _latin(piece) < 0.7:
        return "menu"
    return "body"


def _lists(text: str, parts: list[Block]) -> list[Block]:
    """Lines under "Related articles", "Most read" and the like are links while they have no final point."""
    found, inside = [], False
    for part in parts:
        piece = text[part.start : part.end]
        if part.kind == "menu" and _forms().related.match(piece):
            inside = bool(_forms().related.fullmatch(piece))
        elif part.kind == "body":
            inside = inside and not _FINAL.search(piece)
            part = replace(part, kind="menu") if inside else part
        found.append(part)
    return found


def _menus(text: str, parts: list[Block]) -> list[Block]:
    """Lines of names without a sentence among them: site sections, countries, languages."""
    open_ = [part.kind == "body" and not _FINAL.search(text[part.start : part.end]) for part in parts]
    if all(open_) or not any(open_):
        return parts
    lower = {word[:5] for word in re.findall(r"(?<![\w.])[a-z]{3,}", text)}
    short = [loose and len(text[p.start : p.end].split()) <= 3 for loose, p in zip(open_, parts, strict=True)]
    found = []
    for index, part in enumerate(parts):
        around = range(max(0, index - 2), min(len(parts), index + 3))
        run = any(all(short[at] for at in range(first, first + 3)) for first in around if first + 3 <= len(parts)
                  and first <= index < first + 3)  # fmt: skip
        menu = open_[index] and (_is_menu(text[part.start : part.end], lower) or (run and short[index]))
        found.append(replace(part, kind="menu") if menu else part)
    return found


def _is_menu(piece: str, lower: set[str]) -> bool:
    words = _WORD.findall(piece)
    if not words:
        return False
    known = sum(word.casefold() in _forms().menu for word in words)
    if known >= 2 and known >= 0.5 * len(words):
        return True
    if len(words) == known == 1:
        return True
    if len(re.findall(r"\s[|/·•›»>]\s", piece)) >= 2:
        return True
    if any(word.casefold() in _forms().function for word in words) or re.search(r"[,:;?!\"“‘\d]", piece):
        return False
    capital = all(word[0].isupper() for word in words)
    return len(words) >= 4 and capital and not piece.isupper() and not any(w.lower()[:5] in lower for w in words)


def _repeats(text: str, parts: list[Block]) -> list[Block]:
    """Blocks whose every sentence stands in another one: of two the fuller, of equal ones the first is kept."""
    body = [index for index, part in enumerate(parts) if part.kind == "body"]
    sentences = {index: [same_sentence_key(s) for s in _sentences(text, parts[index])] for index in body}
    where: dict[str, list[int]] = {}
    for index in body:
        for key in sentences[index]:
            where.setdefault(key, []).append(index)
    found = list(parts)
    for index in body:
        others = Counter(other for key in set(sentences[index]) for other in where[key] if other != index)
        own = _weight(text, parts[index], len(sentences[index]))
        for other, shared in others.items():
            fuller = (_weight(text, parts[other], len(sentences[other])), -other) > (own, -index)
            if shared == len(set(sentences[index])) and fuller and found[other].kind != "repeat":
                found[index] = replace(parts[index], kind="repeat")
    return found


def _weight(text: str, part: Block, sentences: int) -> tuple[int, bool]:
    return sentences, bool(_FINAL.search(text[part.start : part.end]))


def _sentences(text: str, part: Block) -> list[str]:
    return [piece for piece in _SENTENCE.split(text[part.start : part.end]) if piece.strip()]


def _quotations(text: str, parts: list[Block]) -> list[Block]:
    """A block that is a quotation with no speaker beside it and no name or word in common with the article."""
    body = [index for index, part in enumerate(parts) if part.kind == "body"]
    found = list(parts)
    if len(body) < 4:
        return found
    for place, index in enumerate(body):
        piece = text[parts[index].start : parts[index].end]
        if not _QUOTED.match(piece) or not _closed(piece):
            continue
        beside = [text[parts[at].start : parts[at].end] for at in body[max(0, place - 1) : place + 2] if at != index]
        if any(
            _forms().speech.search(other) or _MARKS.search(other) or other.rstrip().endswith((":", ","))
            for other in beside
        ):
            continue
        rest = " ".join(text[parts[at].start : parts[at].end] for at in body if at != index)
        if not _names(piece) & _names(rest) and (_names(piece) or len(_content(piece) & _content(rest)) < 2):
            found[index] = replace(parts[index], kind="quotation")
    return found


def _closed(piece: str) -> bool:
    """Whether the first quotation mark closes at the very end, so that no words of the article stand outside."""
    opening = piece.strip()[0]
    closing = {"“": "”", "‘": "’", "«": "»", "„": "“"}.get(opening, opening)
    inner = piece.strip()[1:].rstrip()
    ends = [
        m.start() for m in re.finditer(re.escape(closing) + r"(?!\w)", inner) if not inner[: m.start()].endswith(" ")
    ]
    return bool(ends) and ends[0] >= len(inner) - 2


def _names(piece: str) -> set[str]:
    return {word for word in re.findall(r"(?<=[a-z,] )[A-Z][\w’']+", piece) if word.lower() not in _forms().function}


def _content(piece: str) -> set[str]:
    return {word[:6] for word in re.findall(r"[a-z]{5,}", piece.lower()) if word not in _forms().function}


def _headlines(text: str, parts: list[Block]) -> list[Block]:
    """Lines without a final point: above the article its headline, alone in it a heading, in rows links."""
    body = [index for index, part in enumerate(parts) if part.kind == "body"]
    loose = {index for index in body if _is_loose(text, parts, index)}
    sentences = [index for index in body if index not in loose]
    found = list(parts)
    if len(body) < 2:
        return found
    top = list(takewhile(loose.__contains__, body))
    for index in top:
        found[index] = replace(parts[index], kind="headline" if _heads(text, parts, index, top) else "menu")
    for after, run in _runs(body[len(top) :], loose):
        alone = len(run) == 1 or len(sentences) < 3
        for index in run:
            heading = after if alone else after and index == run[-1]
            if heading or not alone:
                found[index] = replace(parts[index], kind="headline" if heading else "menu")
    return found


def _is_loose(text: str, parts: list[Block], index: int) -> bool:
    piece = text[parts[index].start : parts[index].end]
    if _FINAL.search(piece) or piece.endswith((":", ",", ";")):
        return False
    bullet = index and parts[index - 1].kind == "menu" and not _WORD.search(_text(text, parts[index - 1]))
    first = not any(part.kind == "body" for part in parts[:index])
    return not bullet and len(piece.split()) <= (40 if first else 12) and (first or len(_SENTENCE.split(piece)) == 1)


def _heads(text: str, parts: list[Block], index: int, top: list[int]) -> bool:
    """Whether a line above the article is its headline: of three and more, those of four words, or the longest."""
    lengths = {other: len(_text(text, parts[other]).split()) for other in top}
    return len(top) < 3 or lengths[index] >= 4 or lengths[index] == max(lengths.values())


def _runs(body: list[int], loose: set[int]) -> Iterator[tuple[bool, list[int]]]:
    """Rows of lines without a final point, each with whether a sentence follows."""
    run: list[int] = []
    for index in body:
        if index in loose:
            run.append(index)
        elif run:
            yield True, run
            run = []
    if run:
        yield False, run


def _text(text: str, part: Block) -> str:
    return text[part.start : part.end]


def _trimmed(text: str, parts: list[Block]) -> list[Block]:
    """Body blocks without the dateline before and the button after their sentences, which become blocks."""
    found: list[Block] = []
    for part in parts:
        start, end = part.start, part.end
        if part.kind == "body":
            match = _forms().dateline.match(text, start, end)
            if match and end - match.end() > 20:
                found.append(Block(start, start + len(text[start : match.end()].rstrip()), "byline"))
                start = match.end()
            tail = [m.end() for m in _SENTENCE.finditer(text, start, end)]
            if tail and (_forms().button.fullmatch(last := text[tail[-1] : end]) or _forms().share.fullmatch(last)):
                stop = start + len(text[start : tail[-1]].rstrip())
                found += [Block(start, stop, "body"), Block(tail[-1], end, "button")]
                continue
        found.append(Block(start, end, part.kind))
    return found
