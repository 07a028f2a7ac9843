"""Pieces of patterns for English time expressions: months, days, years, numbers, units, periods."""

from __future__ import annotations

import re

from triplomat.ontology.units import load_units

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?!\w)"
)
CLEAR_MONTH = (
    r"(?:January|February|April|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Apr\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)(?!\w)"
)
"""Months that are no other word: not "may", not "march"."""
WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\.)(?!\w)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%]|[.,:]\d)"
YEAR = r"(?:1[5-9]|20)\d\d(?!\w|[.,]\d|%)"
DASH = r"\s?[-–—]\s?"
IN_YEAR = rf"(?P<in> ?,? ?{YEAR}|,? of {YEAR}|,? (?:of )?(?:this|last|next) year)"
OF_YEAR = rf"(?P<in> ?,? ?{YEAR}|,? of {YEAR}|,? (?:of )?(?:last|next) year|(?= this year))"
"""The year of a day of the month; a "this year" after it is left as an expression of its own."""
PART_OF_DAY = r"(?: (?:morning|afternoon|evening|night))?"
ON_WEEKDAY = rf"(?:{WEEKDAY} ?,?{PART_OF_DAY} ?(?:the )?)?"
UNIT = r"(?:(?<!a )second|minute|hour|day|week|fortnight|month|quarter|year|decade|centur(?:y|ie))s?(?!\w)"
SEASON = r"(?:spring|summer|autumn|fall|winter)"
LAST = r"(?:last|past|previous|preceding)"
NEXT = r"(?:next|coming|upcoming|following)"
WHICH = (
    r"(?:this|last|next|this past|the next|the coming|the current|the previous|previous|coming"
    r"|the following|the same|that)"
)
PERIOD = (
    rf"(?:(?:the |this |last |next |that |the same )(?:year|month|week|decade|quarter|century)"
    rf"|{MONTH}(?:(?: of)? {YEAR}| (?:this|last|next) year)?|(?:the year )?{YEAR}|(?:the )?(?:19|20)\d0s"
    rf"|(?:last|this|next) {SEASON}|{SEASON} (?:of )?{YEAR})"
)
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}

_NUMBERS = load_units()
_TENS = {word: 10 * number for number, word in enumerate(_NUMBERS.tens, 2)}
_SMALL = {word: number for number, word in enumerate(_NUMBERS.ones)} | _TENS | {"hundred": 100}
_LONGER_FIRST = "|".join(sorted(_SMALL, key=len, reverse=True))
_SPELT = rf"(?:(?:{'|'.join(_TENS)})[- ](?:{'|'.join(_NUMBERS.ones[1:10])})|{_LONGER_FIRST})"
NUMBER = (
    rf"(?:\[?{_SPELT}\]?"
    rf"|(?!(?:19|20)\d\d )\d{{1,4}}(?:\.\d+)?(?! \d)|an?|half an?|a couple of|(?:a )?few|several|many|a dozen|dozens of"
    r"|tens of|hundreds of)"
)
ROUGHLY = r"(?:(?:(?:more|less|fewer) than|over|about|around|some|nearly|almost|roughly|at least|up to|just|only) )?"


def number_of(text: str) -> float | None:
    """The number that words or digits name; None for "several", "a few" and the like.

    >>> number_of("twenty-five"), number_of("a"), number_of("several")
    (25, 1, None)
    """
    word = text.lower().strip(" []").removesuffix(" of")
    if word in ("a", "an"):
        return 1
    if fixed := {"half a": 0.5, "half an": 0.5, "a couple": 2, "a dozen": 12}.get(word):
        return fixed
    if word in _SMALL:
        return _SMALL[word]
    parts = re.split(r"[- ]", word)
    if len(parts) == 2 and parts[0] in _TENS:
        return _TENS[parts[0]] + _SMALL.get(parts[1], 0)
    try:
        return float(word) if "." in word else int(word)
    except ValueError:
        return None
