"""Time expressions of a sentence, found and normalised to ISO 8601 against the article's day.

Values are days (2024-06-20), months, years, ISO weeks (2024-W25), intervals (2017/2023), durations (P2Y) and times of
day (2024-06-20T15:00Z). A value says what the words name; which side of it is meant ("since", "by") stays with the
preposition. Relative expressions without an article's day, and vague ones ("the past few days"), have the value None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from .calendar_days import DURATIONS, MONTH_NAMES, SEASONS, WEEKDAY_NAMES, ends
from .time_rules import CLOCKS, RULES
from .time_values import Context, Rule


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A stretch of a sentence that names a time, without its preposition; `value` is ISO 8601 or None."""

    start: int
    end: int
    text: str
    value: str | None


@dataclass(frozen=True, slots=True)
class _Found:
    match: re.Match[str]
    rule: Rule
    value: str | None = None

    @property
    def start(self) -> int:
        return self.match.start()

    @property
    def end(self) -> int:
        return self.match.end()


_WORD = re.compile(
    r"(?P<decade>\d{0,3}0['’]?s\b)|(?P<year>(?<!\d)\d{4}(?!\d))|(?P<slash>\d{1,2}[/.]\d{1,2}[/.]\d)|(?P<clock>\d[:.]\d\d)"
    r"|(?P<digit>\d)|[A-Za-z]+"
)
_KINDS = (
    {word: "@unit" for unit in DURATIONS for word in (unit, unit + "s")}
    | {"centuries": "@unit"}
    | dict.fromkeys(SEASONS, "@season")
    | {word: "@month" for month in MONTH_NAMES for word in (month, month[:3], "sept")}
    | {word: "@weekday" for day in WEEKDAY_NAMES for word in (day, day[:3])}
    | dict.fromkeys(
        "today tonight overnight yesterday tomorrow noon midday midnight christmas boxing valentine".split(), ""
    )
    | dict.fromkeys("weekend morning afternoon evening night ago new am pm half".split(), "")
)
_TELLING = frozenset(_KINDS) | set("0123456789")
_QUICK = re.compile(r"[a-z]+|\d")
_ASKED_BY = {
    word: [place for place, form in enumerate(RULES) if word in form.needs[0]]
    for word in frozenset().union(*[form.needs[0] for form in RULES])
}
"""The rules, by their places, that ask first for a word or kind."""
_REACH = 40
"""Characters that an expression may go beyond its telling words."""
_FUTURE = (
    r"(?:will|won['’]t|shall|would(?!(?: \w+)? have\b)|can|can['’]t|cannot|going to|to be|starts|begins|opens|expires"
    r"|resumes|convenes|takes effect"
    r"|(?<!al )(?<!the )(?<!of )(?<!\d )votes"
    r"|(?:call|fix|set|book|schedul|summon)(?:s|ed|ing)? (?:[\w’'-]+ ){1,6}for"
    r"|runs out|goe?s? to the polls|kicks off|falls due|upcoming|scheduled|planned|slated|set for|ahead of"
    r"|(?:is|are) to|(?:is|are|was|were|be|been) (?:not )?(?:set|due|expected|likely|about|poised|supposed|meant)"
    r" (?:to|for|on|in|by|before|after|until)"
    r"|(?:plan(?![et])|hope|intend|aim|want|prepar|propos|promis|vow|pledg|threaten|agree|decid|expect|schedul|invit|order|urg|ask)"
    r"[a-z]* (?:[\w’'-]+ ){0,5}to(?! (?:an?|the|its|his|her|their|[A-Z]\w+)\b))"
    r"(?:\s+(?:not|also|soon|then|[a-z]+ly|be|been|have|being))*(?:\s+\w+)?"
)
_PAST = (
    r"(?:sa(?:id|ys)|told|was|were|had|did|has|have|went|came|met|held|took|gave|made|sent|shot|struck|began|broke|fell|hit|left"
    r"|interview|statement|speech|briefing|conference|remarks|comments|led|lost|won|rose|saw|spoke|flew|fought|found|got|kept|paid|put|ran|set|sold|stood|wrote|withdrew|became|brought"
    r"|(?!need|indeed|speed|feed|seed|breed|deed|proceed|exceed)[a-z]+ed)"
)
_TENSE = re.compile(rf"\b(?:(?P<future>{_FUTURE})|(?P<past>{_PAST}))\b")
_DECIDED = re.compile(r"[a-z]+ed (?:[\w’'-]+ )*to\b")
_LIMIT = re.compile(r"\b(?:until|till|by)(?: the)? $", re.IGNORECASE)
_OPEN = re.compile(r"\b(?:is|are|has|have|must|['’]s)\b(?!.*\b(?:was|were|had|did)\b)")
_RANGE = re.compile(r" (?:and|to|until|till|through|up to) |\s?[-–—]\s?")
_OPENS = re.compile(r"\b(?:between|from)(?: the)? $", re.IGNORECASE)


def normalise(text: str, *, published: str | None, anchor: str | None = None, ahead: bool | None = None) -> str | None:
    """The ISO 8601 value of a phrase that names a time; None if it names none.

    `anchor` is the value of the time before it in the text, for "the following day"; `ahead` tells whether the phrase
    lies in the future, None if its own words are to tell.

    >>> normalise("in September last year", published="2024-06-20")
    '2023-09'
    """
    found = find_times(text, published=published, anchor=anchor, ahead=ahead)
    values = [expression.value for expression in found if expression.value]
    return next((value for value in values if "T" in value and "P" not in value), values[0] if values else None)


def find_times(
    sentence: str, *, published: str | None, anchor: str | None = None, ahead: bool | None = None
) -> list[TimeExpression]:
    """The time expressions of a sentence in order, none inside another; offsets count from the sentence's start.

    >>> [found.value for found in find_times("He came on Monday and left a day later.", published="2024-06-20")]
    ['2024-06-17', '2024-06-18']
    """
    chosen = _longest(sentence)
    if not chosen:
        return []
    day = date.fromisoformat(published[:10]) if published else None
    valued = _valued(sentence, chosen, Context(day, anchor, ahead, _inner))
    return [TimeExpression(start, end, sentence[start:end], value) for start, end, value in _ranges(sentence, valued)]


def _inner(text: str, context: Context) -> str | None:
    return normalise(
        text, published=str(context.day) if context.day else None, anchor=context.anchor, ahead=context.ahead
    )


def _longest(sentence: str) -> list[_Found]:
    """The matches that begin first and reach furthest, none over another."""
    found = [
        (match.start(), -match.end(), place, _Found(match, form.rule))
        for start, end, words in _windows(sentence)
        for place in {place for word in words for place in _ASKED_BY.get(word, ())}
        if (form := RULES[place]) and not any(map(words.isdisjoint, form.needs))
        for match in form.pattern.finditer(sentence, start, end)
    ]
    chosen: list[_Found] = []
    for start, _, _, one in sorted(found, key=lambda item: item[:3]):
        if not chosen or start >= chosen[-1].end:
            chosen.append(one)
    return chosen


def _windows(sentence: str) -> list[tuple[int, int, set[str]]]:
    """The stretches around words that only times are made of, with their words in lower case and the kinds of these."""
    if _TELLING.isdisjoint(_QUICK.findall(sentence.lower())):
        return []
    at = [(m.start(), m.end(), "@" + m.lastgroup if m.lastgroup else m[0].lower()) for m in _WORD.finditer(sentence)]
    telling = [(start, end) for start, end, word in at if word in _KINDS or word[0] == "@"]
    windows: list[tuple[int, int]] = []
    for start, end in telling:
        first = max(0, start - _REACH)
        if windows and first <= windows[-1][1]:
            first, _ = windows.pop()
        windows.append((first, end + _REACH))
    found = []
    for first, last in windows:
        space = sentence.find(" ", last)
        last = len(sentence) if space < 0 else space
        words = {word for start, _, word in at if first <= start < last}
        kinds = {_KINDS[word] for word in words if word in _KINDS} | {"@digit" for word in words if word[0] == "@"}
        found.append((first, last, words | kinds))
    return found


def _valued(sentence: str, chosen: Sequence[_Found], context: Context) -> list[_Found]:
    """The matches with their values; times of day come last, so that the day beside them is known."""
    found: list[_Found] = []
    anchor = context.anchor
    for one in chosen:
        if one.rule not in CLOCKS:
            ahead = context.ahead if context.ahead is not None else _lies_ahead(sentence, one.start, one.end)
            one = replace(one, value=one.rule(one.match, replace(context, anchor=anchor, ahead=ahead)))
            anchor = one.value if one.value and ends(one.value) else anchor
        found.append(one)
    for place, one in enumerate(found):
        if one.rule in CLOCKS:
            beside = [other for other in found[max(0, place - 1) : place + 2] if other.value and _close(one, other)]
            near = beside[0].value if beside else None
            found[place] = replace(one, value=one.rule(one.match, replace(context, anchor=near)))
    return [one for one in found if one.value != ""]


def _close(one: _Found, other: _Found) -> bool:
    return max(one.start, other.start) - min(one.end, other.end) <= 6


def _lies_ahead(sentence: str, start: int, end: int) -> bool | None:
    """Whether the verb before the expression, or after one at the sentence's start, speaks of the future.

    So does a limit of what goes on now: "has closed its office until Monday", "are expected by Monday".
    """
    if _LIMIT.search(sentence, max(0, start - 12), start) and _OPEN.search(sentence, max(0, start - 120), start):
        return True
    last = None
    for match in _TENSE.finditer(sentence, max(0, start - 120), start):
        last = match
    if last is None and start < 16:
        last = _TENSE.search(sentence, end)
        if last is not None and _DECIDED.match(last[0]):  # "In April, Canberra promised to train …"
            return False
    return None if last is None else last.lastgroup == "future"


def _ranges(sentence: str, found: Sequence[_Found]) -> list[tuple[int, int, str | None]]:
    """Spans and values, with "between A and B", "from A to B" and "A–B" as one interval."""
    spans: list[tuple[int, int, str | None]] = []
    place = 0
    while place < len(found):
        one = found[place]
        value = _interval(sentence, one, found[place + 1]) if place + 1 < len(found) else None
        end = found[place + 1].end if value else one.end
        spans.append((one.start, end, value or one.value))
        place += 2 if value else 1
    return spans


def _interval(sentence: str, one: _Found, other: _Found) -> str | None:
    between = sentence[one.end : other.start]
    if not one.value or not other.value or not _RANGE.fullmatch(between):
        return None
    opened = _OPENS.search(sentence[max(0, one.start - 16) : one.start])
    if between == " and " and not (opened and opened[0].lower().startswith("between")):
        return None
    first, last = one.value, other.value
    one_day, other_day = ends(first), ends(last)
    if one_day is None or other_day is None or "/" in first or "/" in last:
        return None
    if one_day[0].year != other_day[0].year and not re.search(r"\d{4}|last|this|next", one.match[0]):
        first = one.rule(one.match, Context(other_day[0], None, False)) or first
    limits = ends(first)
    return f"{first}/{last}" if limits and limits[0] <= other_day[1] else None
