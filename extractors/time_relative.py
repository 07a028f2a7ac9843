"""The ISO 8601 value of relative time expressions: last week, two years ago, on Monday, the following day."""

from __future__ import annotations

import re
from datetime import date, timedelta

from .calendar_days import (
    duration,
    ends,
    month_of,
    quarter,
    season,
    shifted,
    stretch,
    week_of,
    weekday_number,
    weekend_of,
)
from .time_forms import ORDINALS, number_of
from .time_values import Context, day_of_month, year_word


def _unit(text: str) -> str:
    word = text.lower()
    return "century" if word.startswith("centur") else word.removesuffix("s")


def _offset(word: str) -> int | None:
    """-1 for "last", 0 for "this", 1 for "next"; None for what counts from the time before in the text."""
    word = word.lower().removeprefix("the ")
    if word in ("previous", "preceding", "following", "same", "that"):
        return None
    if word in ("last", "past"):
        return -1
    return 1 if word in ("next", "coming", "upcoming") else 0


def _base(context: Context) -> date | None:
    found = ends(context.anchor) if context.anchor else None
    return found[0] if found else None


def which_unit(match: re.Match[str], context: Context) -> str | None:
    """This, last, next, the previous, that … day, week, month, year, weekend, quarter, decade, season."""
    word, unit = match["which"].lower(), match["unit"].lower()
    offset, day = _offset(word), context.day
    if offset is None:
        day = _base(context)
        offset = {"previous": -1, "preceding": -1, "following": 1}.get(word.removeprefix("the "), 0)
    return None if day is None else _period(day, offset, unit)


def _period(day: date, offset: int, unit: str) -> str | None:
    match unit:
        case "day" | "morning" | "afternoon" | "evening" | "night":
            return str(day + timedelta(days=offset))
        case "week":
            return week_of(day, offset)
        case "weekend":
            if offset == 0 and day.weekday() < 4:
                offset = -1
            return weekend_of(day, offset)
        case "month":
            return month_of(day, offset)
        case "year":
            return f"{day.year + offset:04}"
        case "quarter":
            year, number = divmod(day.year * 4 + (day.month - 1) // 3 + offset, 4)
            return quarter(year, number + 1)
        case "decade":
            first = day.year // 10 * 10 + 10 * offset
            return f"{first}/{first + 9}"
        case "century":
            first = (day.year - 1) // 100 * 100 + 1 + 100 * offset
            return f"{first}/{first + 99}"
    return _which_season(day, offset, unit)


def _which_season(day: date, offset: int, name: str) -> str | None:
    """This summer is this year's; the last one has ended, the next has not begun."""
    found = [season(year, name) for year in range(day.year - 2, day.year + 3)]
    both = [(value, *limits) for value in found if (limits := ends(value))]
    if offset < 0:
        return max((value for value, _, last in both if last < day), default=None)
    if offset > 0:
        return min((value for value, first, _ in both if first > day), default=None)
    inside = [value for value, first, last in both if first <= day <= last]
    return inside[0] if inside else season(day.year, name)


def weekend(match: re.Match[str], context: Context) -> str | None:
    """The weekend of the article's week if it lies ahead or has begun, else the one before."""
    if context.day is None:
        return None
    begun = context.day.weekday() >= 5
    return weekend_of(context.day, 0 if begun or context.ahead else -1)


def this_weekend(match: re.Match[str], context: Context) -> str | None:
    if context.day is None:
        return None
    near = context.day.weekday() >= 4 if context.ahead is None else context.ahead or context.day.weekday() >= 5
    return weekend_of(context.day, 0 if near else -1)


def season_year(match: re.Match[str], context: Context) -> str | None:
    year = year_word(match["in"], context)
    return season(year, match["season"].lower()) if year else None


def the_season(match: re.Match[str], context: Context) -> str | None:
    if context.day is None:
        return None
    name = match["season"].lower()
    this = _which_season(context.day, 0, name)
    limits = ends(this) if this else None
    since = match.string[: match.start()].lower().endswith("since ")
    if limits and limits[0] > context.day and (since or context.ahead is False):
        return _which_season(context.day, -1, name)
    if limits and limits[1] < context.day and context.ahead:
        return _which_season(context.day, 1, name)
    return this


def quarter_year(match: re.Match[str], context: Context) -> str | None:
    number = match["n"].lower()
    year = year_word(match["in"], context) or (context.day.year if context.day else None)
    return quarter(year, ORDINALS[number] if number in ORDINALS else int(number)) if year else None


def half(match: re.Match[str], context: Context) -> str | None:
    year = year_word(match["in"], context) or (context.day.year if context.day else None)
    if year is None:
        return None
    return f"{year}-01/{year}-06" if match["n"].lower() == "first" else f"{year}-07/{year}-12"


def ago(match: re.Match[str], context: Context) -> str | None:
    number = number_of(match["n"])
    if context.day is None or number is None:
        return None
    unit = _unit(match["unit"])
    if match["half"] and unit == "year":  # "a year and a half ago"
        return shifted(context.day, -12 * number - 6, "month")
    return shifted(context.day, -number - 0.5 * bool(match["half"]), unit)


def ahead(match: re.Match[str], context: Context) -> str | None:
    number = number_of(match["n"])
    return shifted(context.day, number, _unit(match["unit"])) if context.day and number is not None else None


def in_units(match: re.Match[str], context: Context) -> str | None:
    """ "in two weeks" lies ahead after words of the future, else it is how long something took."""
    if context.ahead and not match["rough"].strip():
        return ahead(match, context)
    return lasting(match, context)


def apart(match: re.Match[str], context: Context) -> str | None:
    """ "two days later", "a week earlier": counted from the time before in the text."""
    number, base = number_of(match["n"]), _base(context)
    if number is None or base is None:
        return None
    back = match["way"].lower() in ("earlier", "before", "previously", "beforehand")
    return shifted(base, -number if back else number, _unit(match["unit"]))


def past_stretch(match: re.Match[str], context: Context) -> str | None:
    number = number_of(match["n"]) if match["n"] else 1
    ahead = re.search(r"\b(?:next|coming)\b", match["which"], re.IGNORECASE)
    if context.day is None or number is None:
        return None
    return stretch(context.day, number if ahead else -number, _unit(match["unit"]))


def lasting(match: re.Match[str], context: Context) -> str | None:
    """How long something lasts; "20 minute" before a noun is no time."""
    number = number_of(match["n"])
    if number is not None and number > 1 and not match["unit"].lower().endswith("s"):
        return ""
    return None if number is None else duration(number, _unit(match["unit"]))


_DAYS = {"today": 0, "tonight": 0, "overnight": 0, "yesterday": -1, "tomorrow": 1, "last night": -1}
_DAYS |= {"the day before yesterday": -2, "the day after tomorrow": 2}


def near_day(match: re.Match[str], context: Context) -> str | None:
    """Today, yesterday, tomorrow; with a capital inside a sentence it is a name."""
    if match[0][0].isupper() and re.search(r"\w $", match.string[max(0, match.start() - 2) : match.start()]):
        return ""
    return str(context.day + timedelta(days=_DAYS[match["near"].lower()])) if context.day else None


def same_day(match: re.Match[str], context: Context) -> str | None:
    base = _base(context)
    if base is None:
        return None
    word = match[0].lower()
    step = -1 if re.search(r"before|previous|preceding|earlier", word) else 0
    return str(base + timedelta(days=1 if re.search(r"next|following|after|later", word) else step))


def weekday(match: re.Match[str], context: Context) -> str | None:
    """The last such day up to the article's, the next one if it lies ahead or is said to be next."""
    today = context.day
    if today is None:
        return None
    behind = (today.weekday() - weekday_number(match["w"])) % 7
    which = (match["which"] or "").lower().strip()
    if which in ("next", "coming", "this coming", "the coming", "upcoming"):
        return str(today + timedelta(days=7 - behind))
    if which in ("last", "past", "this past", "previous"):
        return str(today - timedelta(days=behind or 7))
    if which == "this":
        return str(today - timedelta(days=today.weekday() - weekday_number(match["w"])))
    if context.ahead:
        return str(today + timedelta(days=(7 - behind) % 7))
    return str(today - timedelta(days=behind))


def weekday_of(match: re.Match[str], context: Context) -> str | None:
    """ "Monday last week", "Tuesday next week"."""
    if context.day is None:
        return None
    offset = {"last": -1, "next": 1}.get(match["which"].lower(), 0)
    monday = context.day - timedelta(days=context.day.weekday()) + timedelta(days=7 * offset)
    return str(monday + timedelta(days=weekday_number(match["w"])))


def edge(match: re.Match[str], context: Context) -> str | None:
    """ "the end of the year" is its last day, "the beginning of May" its first, "mid-May" the month."""
    period = match["period"]
    if re.fullmatch(r"the (?:year|month|week|decade|quarter|century)", period, re.IGNORECASE):
        period = "this" + period[3:]
    value = context.inner(period, context)
    limits = ends(value) if value else None
    if value is None or limits is None:
        return None
    edge = match["edge"].lower()
    if edge in ("end", "close", "turn"):
        return str(limits[1] if edge != "turn" else limits[0])
    return str(limits[0]) if edge in ("beginning", "start", "outset") else value


def year_end(match: re.Match[str], context: Context) -> str | None:
    year = year_word(match.groupdict().get("in"), context) or (context.day.year if context.day else None)
    return f"{year}-12-31" if year else None


def part(match: re.Match[str], context: Context) -> str | None:
    """ "early 2024", "late in May": the time itself; which part of it stays in the words."""
    return context.inner(match["period"], context)


def within_year(match: re.Match[str], context: Context) -> str | None:
    """ "earlier this year": this year."""
    return _period(context.day, 0, match["unit"].lower()) if context.day else None


def clock(match: re.Match[str], context: Context) -> str | None:
    hour, minute = int(match["h"]), int(match["min"] or match.groupdict().get("min2") or 0)
    half = (match["half"] or "").lower().replace(".", "")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        return ""
    limits = ends(context.anchor) if context.anchor else None
    day = limits[0] if limits and limits[0] == limits[1] else context.day
    zulu = "Z" if re.search(r"(?:UTC|GMT)\s*$", match[0]) else ""
    return f"{day or ''}T{hour:02}:{minute:02}{zulu}"


def noon(match: re.Match[str], context: Context) -> str | None:
    limits = ends(context.anchor) if context.anchor else None
    day = limits[0] if limits and limits[0] == limits[1] else context.day
    return f"{day or ''}T{'12' if match[1].lower() in ('noon', 'midday') else '00'}:00"


_HOLIDAYS = {"new year's day": (1, 1), "new year's eve": (12, 31), "christmas day": (12, 25), "christmas eve": (12, 24)}
_HOLIDAYS |= {"christmas": (12, 25), "boxing day": (12, 26), "valentine's day": (2, 14)}


def holiday(match: re.Match[str], context: Context) -> str | None:
    month, day = _HOLIDAYS[match["day"].lower().replace("’", "'")]
    year = year_word(match["in"], context)
    return f"{year}-{month:02}-{day:02}" if year else day_of_month(context, month, day)
