import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triplomat.extractors.calendar_days import ends
from triplomat.extractors.times import find_times, normalise

ROWS = list(csv.DictReader((Path(__file__).parent / "data" / "times.tsv").open(encoding="utf-8"), delimiter="\t"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["sentence"][:50])
def test_expressions(row: dict[str, str]) -> None:
    found = {time.text: time.value for time in find_times(row["sentence"], published=row["published"])}
    assert found.get(row["expression"]) == row["value"], found


def test_there_are_a_hundred_expressions() -> None:
    assert len(ROWS) >= 100


@pytest.mark.parametrize(
    "sentence",
    [
        "Some 2000 soldiers fell.",
        "He killed 1984 sheep.",
        "They may march on Kyiv.",
        "A 14-year-old boy fled.",
        "The two-year war is over.",
        "It costs $2023 or 1950 euros.",
        "A 20 minute walk.",
        "The second half was better.",
        "Resolution 2231 was passed by 14:1.",
        "It is 3.5 metres.",
        "He may fall.",
    ],
)
def test_no_times(sentence: str) -> None:
    assert find_times(sentence, published="2024-06-20") == []


@pytest.mark.parametrize("phrase", ["the past few days", "several years ago", "two days later"])
def test_vague_and_unanchored_times_have_no_value(phrase: str) -> None:
    (found,) = find_times(f"It happened in {phrase}.", published="2024-06-20")
    assert found.value is None


def test_without_a_day_of_publication_only_full_dates_have_values() -> None:
    found = find_times("On 3 May 2023, and on Monday, and in 2020, and last year.", published=None)
    assert [time.value for time in found] == ["2023-05-03", None, "2020", None]


def test_the_time_before_in_the_text_anchors_the_next() -> None:
    assert normalise("the following day", published="2024-06-20", anchor="2022-02-24") == "2022-02-25"
    assert normalise("that year", published="2024-06-20", anchor="2014-03") == "2014"


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("in September last year", "2023-09"),
        ("between 2017 and 2023", "2017/2023"),
        ("by the end of the year", "2024-12-31"),
        ("at 15:00 UTC on 3 May 2024", "2024-05-03T15:00Z"),
        ("on the agenda", None),
        ("", None),
    ],
)
def test_phrases(phrase: str, value: str | None) -> None:
    assert normalise(phrase, published="2024-06-20") == value


PIECES = [
    "on",
    "3",
    "May",
    "2024",
    "last",
    "week",
    "the",
    "end",
    "of",
    "Monday",
    "31",
    "30",
    "-",
    "a",
    "hundred",
    "ago",
]


@given(
    st.text() | st.lists(st.sampled_from([*PIECES, "9999", "years", "centuries", "later", "99", "Feb."])).map(" ".join)
)
def test_any_text_gives_spans_that_quote_it(text: str) -> None:
    at = 0
    for found in find_times(text, published="2024-02-29"):
        assert text[found.start : found.end] == found.text and at <= found.start < found.end
        at = found.end
        if found.value and not found.value.startswith("P"):
            assert ends(found.value) is not None
