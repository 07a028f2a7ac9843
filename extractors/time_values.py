"""The ISO 8601 value of dates, months and years in words, as functions of the match and of where it stands.

A value of None is a time that can't be told; "" means that the words are no time after all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from .calendar_days import month_number, month_of, real_day
from .time_forms import LAST, NEXT


@dataclass(frozen=True, slots=True)
class Context:
    """What a value depends on: the article's day, the time before it in the text, and whether it lies ahead.

    `ahead` is True after words of the future ("will visit on Monday"), False after those of the past, None if unknown;
    `inner` gives the value of an expression inside another ("the end of [last year]").
    """

    day: date | None
    anchor: str | None = None
    ahead: bool | None = None
    inner: Callable[[str, Context], str | None] = lambda text, context: None


Rule = Callable[[re.Match[str], Context], str | None]


def _day_number(text: str) -> int:
    return int(re.match(r"\d+", text)[0])  # type: ignore[index]


def _nearest(context: Context, candidates: list[date]) -> date | None:
    """The candidate that fits the context: the last before the article's day, the first after it, or the closest."""
    if context.day is None or not candidates:
        return None
    today = context.day
    past = [day for day in candidates if day <= today]
    future = [day for day in candidates if day >= today]
    if context.ahead and future:
        return min(future)
    soon = bool(future) and (min(future) - today).days <= 60 and (not past or (today - max(past)).days > 300)
    if context.ahead is False and past and not soon:
        return max(past)
    return min(candidates, key=lambda day: (abs((day - today).days), day > today))


def day_of_month(context: Context, month: int, day: int) -> str | None:
    if context.day is None:
        return None
    years = range(context.day.year - 1, context.day.year + 2)
    found = _nearest(context, [found for year in years if (found := real_day(year, month, day))])
    return str(found) if found else None


def _month(context: Context, month: int) -> str | None:
    """A month without a year: this year's if it has begun, or as the tense says."""
    today = context.day
    if today is None:
        return None
    if month == today.month:
        return month_of(today)
    year = today.year
    if context.ahead:
        year += month < today.month
    elif context.ahead is False:
        year -= month > today.month + 1
    else:
        ahead = (month - today.month) % 12
        year += (month < today.month) if ahead <= 5 else -(month > today.month)
    return f"{year}-{month:02}"


def year_word(word: str | None, context: Context) -> int | None:
    """The year that "2021", "this year", "last year" mean; "" is a "this year" that follows."""
    if word is None:
        return None
    if match := re.search(r"\d{4}", word):
        return int(match[0])
    if context.day is None:
        return None
    word = re.sub(r"^,? ?(?:of )?", "", word.lower())
    return context.day.year + (-1 if re.match(LAST, word) else 1 if re.match(NEXT, word) else 0)


def day_month(match: re.Match[str], context: Context) -> str | None:
    """Day and month, with a year where one is given."""
    month, day = month_number(match["m"]), _day_number(match["d"])
    year = year_word(match["in"], context)
    if year is None:
        first = day_of_month(context, month, day)
    else:
        found = real_day(year, month, day)
        first = str(found) if found else None
    last = match.groupdict().get("d2")
    if not first and year is not None:
        return ""
    if first and last:
        other = match.groupdict().get("m2")
        second = real_day(int(first[:4]), month_number(other) if other else month, _day_number(last))
        return f"{first}/{second}" if second and str(second) > first else first
    return first


def iso(match: re.Match[str], context: Context) -> str | None:
    found = real_day(*map(int, match[0][:10].split("-")))
    return match[0] if found else ""


def slashed(match: re.Match[str], context: Context) -> str | None:
    """8/5/2024: the reading that alone is possible, or lies nearer to the article; 20.6.2024 is day first."""
    one, two, year = int(match[1]), int(match[3]), int(match[4])
    year += 2000 if year < 70 and len(match[4]) == 2 else 1900 if len(match[4]) == 2 else 0
    readings = [real_day(year, two, one)] if match[2] == "." else [real_day(year, one, two), real_day(year, two, one)]
    found = [day for day in readings if day]
    if not found:
        return ""
    today = context.day
    return str(min(found, key=lambda day: abs((day - today).days)) if today else found[0])


def month_year(match: re.Match[str], context: Context) -> str | None:
    month, year = month_number(match["m"]), year_word(match["in"], context)
    return f"{year}-{month:02}" if year else None


def months(match: re.Match[str], context: Context) -> str | None:
    """Two months of a year: "July-September 2023"."""
    first, last = month_number(match["m"]), month_number(match["m2"])
    year = year_word(match["in"], context)
    if year is None and (latest := _month(context, last)) is not None:
        year = int(latest[:4])
    return f"{year - (first > last)}-{first:02}/{year}-{last:02}" if year else None


def which_month(match: re.Match[str], context: Context) -> str | None:
    """ "last September" is the one before this month, "this May" this year's."""
    if context.day is None:
        return None
    month, word = month_number(match["m"]), match["which"].lower()
    if word == "this":
        return f"{context.day.year}-{month:02}"
    if word in ("next", "coming", "the coming"):
        return f"{context.day.year + (month <= context.day.month)}-{month:02}"
    return f"{context.day.year - (month >= context.day.month)}-{month:02}"


def bare_month(match: re.Match[str], context: Context) -> str | None:
    return _month(context, month_number(match["m"]))


def years(match: re.Match[str], context: Context) -> str | None:
    first, last = match[1], match[2]
    last = first[: 4 - len(last)] + last
    return f"{first}/{last}" if last > first else ""


_COUNTED = re.compile(
    r"(?:\b(?:some|over|nearly|almost|than|least|exactly|another|killed|of about)|\$) ?$", re.IGNORECASE
)
_SINCE = re.compile(r"\b(?:since|until|till|from|by|before|after) (?:at least|about|around|nearly) $", re.IGNORECASE)
_DATED = re.compile(
    r"\b(?:in|since|by|of|from|until|till|to|and|between|before|after|during|the|his|her|its|their|year) $"
    r"|[’'\"(,]s? $|\($",
    re.IGNORECASE,
)


def bare_year(match: re.Match[str], context: Context) -> str | None:
    """A bare year, unless it counts something: "killed 2000 soldiers"."""
    before, after = (
        match.string[max(0, match.start() - 20) : match.start()],
        match.string[match.end() : match.end() + 30],
    )
    if re.match(r"\s?[-–—]\s?\d{4}\b", after):
        return match["y"]
    if _SINCE.search(before):
        return match["y"]
    if _COUNTED.search(before) or (re.match(r" [a-z]+s\b", after) and not _DATED.search(before)):
        return ""
    return match["y"]


def decade(match: re.Match[str], context: Context) -> str | None:
    year = int(re.search(r"\d+", match[0])[0])  # type: ignore[index]
    year += 1900 if year < 100 else 0
    return f"{year}/{year + 9}"


def century(match: re.Match[str], context: Context) -> str | None:
    number = int(match[1])
    return f"{100 * number - 99:04}/{100 * number:04}" if 10 <= number <= 22 else None
