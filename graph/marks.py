"""Which words of its sentence a statement quotes, as offsets that a browser can cut by."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from triplomat.extractors.statement import Statement

Stretch = tuple[int, int]


def marks(statement: Statement) -> list[tuple[int, int, str]]:
    """Stretches (start, end, role) of `statement.sentence.text` in UTF-16 units, in order and without overlap.

    The predicate wins over arguments, and a smaller argument over what surrounds it; what the sentence doesn't hold at
    its offsets (an antecedent elsewhere) is left out.
    """
    sentence = statement.sentence
    spans = [("predicate", statement.predicate.start, statement.predicate.end, statement.predicate.text)]
    for argument in (statement.subject, statement.object, *statement.arguments, statement.attribution):
        if argument is not None:
            spans.append((argument.role, argument.start, argument.end, argument.text))
    held = sorted(
        (start - sentence.start, end - sentence.start, role)
        for role, start, end, text in spans
        if sentence.start <= start < end and sentence.text[start - sentence.start : end - sentence.start] == text
    )
    if any(after[0] < before[1] for before, after in pairwise(held)):
        held = _apart(sentence.text, held)
    return _utf16(sentence.text, held)


def _apart(text: str, spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The spans without what overlaps: the predicate first, then the shorter."""
    taken: list[tuple[int, int, str]] = []
    for start, end, role in sorted(spans, key=lambda span: (span[2] != "predicate", span[1] - span[0])):
        free = _without((start, end), ((low, high) for low, high, _ in sorted(taken)))
        taken += [(low, high, role) for low, high in free if text[low:high].strip()]
    return sorted(taken)


def _without(stretch: Stretch, holes: Iterable[Stretch]) -> list[Stretch]:
    """What is left of a stretch outside the holes, which come in order."""
    start, end = stretch
    left = []
    for low, high in holes:
        if high <= start or low >= end:
            continue
        if low > start:
            left.append((start, low))
        start = max(start, high)
    return [*left, (start, end)] if start < end else left


def _utf16(text: str, spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Offsets in characters as offsets in UTF-16 units, in which a browser counts."""
    if text.isascii():
        return spans
    wide = [offset for offset, char in enumerate(text) if ord(char) > 0xFFFF]
    return [(start + bisect_left(wide, start), end + bisect_left(wide, end), role) for start, end, role in spans]
