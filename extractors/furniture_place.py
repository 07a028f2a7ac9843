"""What a block is by its place: among links, in a menu, said before, quoted from elsewhere, above the article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from .furniture_forms import SENTENCE, WORD, Block, ends, forms, same_sentence_key, text_of

_MOST_PLACES = 64
"""Blocks that are looked at as what a sentence may be a repeat of."""
_QUOTED = re.compile(r"""\s*["'“‘«„](?!\s).{20,}(?:["'”’»“]|[.!?,])\s*$""", re.DOTALL)
_MARKS = re.compile(r"""["“”«»„]|(?<!\w)['‘](?=\w)""")


def lists(text: str, parts: list[Block]) -> list[Block]:
    """Lines under "Related articles", "Most read" and the like are links while they have no final point."""
    found, inside = [], False
    for part in parts:
        piece = text_of(text, part)
        if part.kind == "menu" and forms().related.match(piece):
            inside = bool(forms().related.fullmatch(piece))
        elif part.kind == "body":
            inside = inside and not ends(piece)
            part = replace(part, kind="menu") if inside else part
        found.append(part)
    return found


def menus(text: str, parts: list[Block]) -> list[Block]:
    """Lines of names without a sentence among them: site sections, countries, languages."""
    open_ = [part.kind == "body" and not ends(text_of(text, part)) for part in parts]
    if all(open_) or not any(open_):
        return parts
    lower = {word[:5] for word in re.findall(r"(?<![\w.])[a-z]{3,}", text)}
    short = [loose and len(text_of(text, p).split()) <= 3 for loose, p in zip(open_, parts, strict=True)]
    found = []
    for index, part in enumerate(parts):
        around = range(max(0, index - 2), min(len(parts), index + 3))
        run = any(all(short[at] for at in range(first, first + 3)) for first in around if first + 3 <= len(parts)
                  and first <= index < first + 3)  # fmt: skip
        menu = open_[index] and (_is_menu(text_of(text, part), lower) or (run and short[index]))
        found.append(replace(part, kind="menu") if menu else part)
    return found


def _is_menu(piece: str, lower: set[str]) -> bool:
    words = WORD.findall(piece)
    if not words:
        return False
    known = sum(word.casefold() in forms().menu for word in words)
    if known >= 2 and known >= 0.5 * len(words):
        return True
    if len(words) == known == 1:
        return True
    if len(re.findall(r"\s[|/·•›»>]\s", piece)) >= 2:
        return True
    if any(word.casefold() in forms().function for word in words) or re.search(r"[,:;?!\"“‘\d]", piece):
        return False
    capital = all(word[0].isupper() for word in words)
    return len(words) >= 4 and capital and not piece.isupper() and not any(w.lower()[:5] in lower for w in words)


def repeats(text: str, parts: list[Block]) -> list[Block]:
    """Blocks whose every sentence stands in another one: of two the fuller, of equal ones the first is kept."""
    found = list(parts)
    kept: dict[tuple[str, ...], int] = {}
    weights: dict[int, tuple[int, bool]] = {}
    for index, part in enumerate(parts):
        if part.kind != "body":
            continue
        keys = tuple(same_sentence_key(sentence) for sentence in _sentences(text, part))
        weights[index] = len(keys), ends(text_of(text, part))
        first = kept.setdefault(keys, index)
        if first != index:
            again = first if weights[index] > weights[first] else index
            kept[keys] = first if again == index else index
            found[again] = replace(parts[again], kind="repeat")
    where: dict[str, set[int]] = {}
    for keys, index in kept.items():
        for key in keys:
            among = where.setdefault(key, set())
            if len(among) < _MOST_PLACES:
                among.add(index)
    for keys, index in kept.items():
        others = set.intersection(*(where[key] for key in keys)) - {index} if keys else set()
        if any((weights[other], -other) > (weights[index], -index) for other in others):
            found[index] = replace(parts[index], kind="repeat")
    return found


def _sentences(text: str, part: Block) -> list[str]:
    return [piece for piece in SENTENCE.split(text_of(text, part)) if piece.strip()]


def quotations(text: str, parts: list[Block]) -> list[Block]:
    """A block that is a quotation with no speaker beside it and no name or word in common with the article."""
    body = [index for index, part in enumerate(parts) if part.kind == "body"]
    found = list(parts)
    quoted = [
        (place, index)
        for place, index in enumerate(body)
        if _QUOTED.match(text_of(text, parts[index])) and _closed(text_of(text, parts[index]))
    ]
    if len(body) < 4 or not quoted:
        return found
    names = Counter(name for index in body for name in _names(text_of(text, parts[index])))
    content = Counter(word for index in body for word in _content(text_of(text, parts[index])))
    for place, index in quoted:
        beside = (text_of(text, parts[at]) for at in body[max(0, place - 1) : place + 2] if at != index)
        if any(forms().speech.search(near) or _MARKS.search(near) or near.endswith((":", ",")) for near in beside):
            continue
        own = _names(text_of(text, parts[index]))
        common = sum(content[word] > 1 for word in _content(text_of(text, parts[index])))
        if not any(names[name] > 1 for name in own) and (own or common < 2):
            found[index] = replace(parts[index], kind="quotation")
    return found


def _closed(piece: str) -> bool:
    """Whether the first quotation mark closes at the very end, so that no words of the article stand outside."""
    opening = piece.strip()[0]
    closing = {"“": "”", "‘": "’", "«": "»", "„": "“"}.get(opening, opening)
    inner = piece.strip()[1:].rstrip()
    marks = (match.start() for match in re.finditer(rf"(?<! ){re.escape(closing)}(?!\w)", inner))
    return next(marks, -1) >= len(inner) - 2 >= 0


def _names(piece: str) -> set[str]:
    return {word for word in re.findall(r"(?<=[a-z,] )[A-Z][\w’']+", piece) if word.lower() not in forms().function}


def _content(piece: str) -> set[str]:
    return {word[:6] for word in re.findall(r"[a-z]{5,}", piece.lower()) if word not in forms().function}


def headlines(text: str, parts: list[Block]) -> list[Block]:
    """Lines without a final point: above the article its headline, alone in it a heading, in rows links."""
    body = [index for index, part in enumerate(parts) if part.kind == "body"]
    loose = {index for index in body if _is_loose(text, parts, index, first=index == body[0])}
    sentences = [index for index in body if index not in loose]
    found = list(parts)
    if len(body) < 2:
        return found
    top = list(takewhile(loose.__contains__, body))
    lengths = [len(text_of(text, parts[index]).split()) for index in top]
    for index, length in zip(top, lengths, strict=True):
        heads = len(top) < 3 or length >= 4 or length == max(lengths)
        found[index] = replace(parts[index], kind="headline" if heads else "menu")
    for after, run in _runs(body[len(top) :], loose):
        alone = len(run) == 1 or len(sentences) < 3
        for index in run:
            heading = after if alone else after and index == run[-1]
            if heading or not alone:
                found[index] = replace(parts[index], kind="headline" if heading else "menu")
    return found


def _is_loose(text: str, parts: list[Block], index: int, *, first: bool) -> bool:
    piece = text_of(text, parts[index])
    if ends(piece) or piece.endswith((":", ",", ";")):
        return False
    bullet = index and parts[index - 1].kind == "menu" and not WORD.search(text_of(text, parts[index - 1]))
    return not bullet and len(piece.split()) <= (40 if first else 12) and (first or len(SENTENCE.split(piece)) == 1)


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
