"""Sixty sentences with all their rows written out by hand, scored by exact match under optional words.

A row is "subject | predicate | object"; each word in [brackets] may be missing, "…" is no word, and a "be" that the
sentence leaves out stands for any form of be. A fact is a list of rows that say it equally well. `also` holds facts
that are true but not asked for: they count neither way.
"""

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import pytest

from triplomat.extractors.statement import Article

DATA = Path(__file__).parent / "data" / "openie.jsonl"
SENTENCES = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]
BE = frozenset("be is are was were been being am".split())
Row = tuple[str, str, str]


def words(text: str) -> list[str]:
    """Words in lower case; the forms of be as one."""
    return ["be" if word in BE else word for word in re.findall(r"['’]s\b|[\w$%’'-]+", text.lower())]


@cache
def pattern(slot: str) -> re.Pattern[str]:
    """A slot as a pattern over words, those in brackets optional one by one."""
    parts = re.findall(r"\[[^\]]*\]|[^\[\]]+", slot)
    made = [
        rf"(?:{re.escape(word)} )?" if part.startswith("[") else rf"{re.escape(word)} "
        for part in parts
        for word in words(part)
    ]
    return re.compile("".join(made))


def says(row: Row, written: str) -> bool:
    slots = [*(slot.strip() for slot in written.split("|")), "", ""][:3]
    return all(
        pattern(slot).fullmatch("".join(f"{word} " for word in words(cell)))
        for slot, cell in zip(slots, row, strict=True)
    )


def matched(rows: Sequence[Row], facts: Iterable[Sequence[str]]) -> tuple[int, set[int]]:
    """How many facts some row says, and which rows say one."""
    found, used = 0, set()
    for fact in facts:
        hits = {n for n, row in enumerate(rows) if any(says(row, written) for written in fact)}
        found += bool(hits)
        used |= hits
    return found, used


def score(extracted: Iterable[tuple[dict[str, list[list[str]]], Sequence[Row]]]) -> tuple[float, float, float]:
    """Precision, recall and F1 over sentences with the rows found in them."""
    right = judged = facts = recalled = 0
    for sentence, rows in extracted:
        found, used = matched(rows, sentence["rows"])
        _, neutral = matched(rows, sentence["also"])
        recalled, facts = recalled + found, facts + len(sentence["rows"])
        right, judged = right + len(used), judged + len(rows) - len(neutral - used)
    precision, recall = right / max(1, judged), recalled / max(1, facts)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def test_sixty_sentences_each_with_rows() -> None:
    assert len(SENTENCES) == 60 and all(sentence["rows"] for sentence in SENTENCES)


def test_the_written_rows_score_one() -> None:
    plain = [
        (sentence, [tuple(cell.strip() for cell in (fact[0].replace("[", "").replace("]", "") + " | ").split("|")[:3])
                    for fact in sentence["rows"]])
        for sentence in SENTENCES
    ]  # fmt: skip
    assert score(plain) == (1.0, 1.0, pytest.approx(1.0))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("row", "written", "right"),
    [
        (("Russia", "sent … to", "Egypt"), "Russia | sent [grain] to | Egypt", True),
        (("Russia", "sent grain to", "Egypt"), "Russia | sent [grain] to | Egypt", True),
        (("Russia", "sent grain", "Egypt"), "Russia | sent [grain] to | Egypt", False),
        (("the minister", "be", "a judge"), "[The] minister | is | a judge", True),
        (("They", "left", ""), "They | left |", True),
    ],
)
def test_optional_words(row: Row, written: str, right: bool) -> None:
    assert says(row, written) == right


@pytest.mark.model
def test_rows_reach_the_goal() -> None:
    from triplomat.extractors.pipeline import Extractor

    by_id: dict[str, list[Row]] = {sentence["id"]: [] for sentence in SENTENCES}
    for document, _, subject, predicate, object_, _ in Extractor().rows(
        Article(sentence["id"], sentence["text"]) for sentence in SENTENCES
    ):
        by_id[document].append((subject, predicate, object_))
    precision, recall, f1 = score((sentence, by_id[sentence["id"]]) for sentence in SENTENCES)
    print(f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
    assert f1 >= 0.60
