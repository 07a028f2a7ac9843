"""Calendar arithmetic on ISO 8601 values: days, weeks, months, years and the intervals between them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
MONTH_NAMES = tuple("january february march april may june july august september october november december".split())
WEEKDAY_NAMES = tuple("monday tuesday wednesday thursday friday saturday sunday".split())
_MONTHS = [name[:3] for name in MONTH_NAMES]
_WEEKDAYS = [name[:3] for name in WEEKDAY_NAMES]
DURATIONS = {"second": "PT{}S", "minute": "PT{}M", "hour": "PT{}H", "day": "P{}D", "week": "P{}W"} | {
    "fortnight": "P{}W",
    "month": "P{}M",
    "quarter": "P{}M",
    "year": "P{}Y",
    "decade": "P{}Y",
    "century": "P{}Y",
}
_TIMES = {"fortnight": 2, "quarter": 3, "decade": 10, "century": 100}


def month_number(word: str) -> int:
    return _MONTHS.index(word[:3].lower()) + 1


def weekday_number(word: str) -> int:
    return _WEEKDAYS.index(word[:3].lower())


def real_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_of(day: date, offset: int = 0) -> str:
    """The month (YYYY-MM) that lies `offset` months after the day's."""
    year, month = divmod(day.year * 12 + day.month - 1 + offset, 12)
    return f"{year:04}-{month + 1:02}"


def week_of(day: date, offset: int = 0) -> str:
    """The ISO week (YYYY-Www) that lies `offset` weeks after the day's."""
    year, week, _ = _moved(day, 7 * offset).isocalendar()
    return f"{year}-W{week:02}"


def weekend_of(day: date, offset: int = 0) -> str:
    saturday = _moved(day, 5 - day.weekday() + 7 * offset)
    return f"{saturday}/{_moved(saturday, 1)}"


def quarter(year: int, number: int) -> str:
    return f"{year}-{3 * number - 2:02}/{year}-{3 * number:02}"


def season(year: int, name: str) -> str:
    """The months of a season; a winter is named by the year in which it begins.

    >>> season(2023, "winter")
    '2023-12/2024-02'
    """
    first, last = SEASONS[name]
    return f"{year}-{first:02}/{year + (last < first)}-{last:02}"


def duration(number: float, unit: str) -> str:
    """ISO 8601 duration.

    >>> duration(2, "decade"), duration(1.5, "year")
    ('P20Y', 'P1.5Y')
    """
    return DURATIONS[unit].format(f"{number * _TIMES.get(unit, 1):g}")


def shifted(day: date, number: float, unit: str) -> str | None:
    """The time `number` units after the day (before, if negative), as precise as the unit is.

    >>> shifted(date(2024, 6, 20), -10, "year"), shifted(date(2024, 6, 20), -2, "day")
    ('2014', '2024-06-18')
    """
    whole = round(number * _TIMES.get(unit, 1))
    try:
        match unit:
            case "year" | "decade" | "century":
                return f"{date(day.year + whole, 1, 1).year:04}"
            case "month" | "quarter":
                return month_of(day, whole)
            case "week" | "fortnight":
                return week_of(day, whole)
            case "day":
                return str(_moved(day, whole))
            case "hour" if abs(number) >= 12:
                return str(_moved(day, round(number / 24)))
            case "hour" | "minute" | "second":
                return str(day)
    except (ValueError, OverflowError):
        return None
    return None


def stretch(day: date, number: float, unit: str) -> str | None:
    """The interval from the day to `number` units later (or from as long before, if negative)."""
    other = _edge(day, round(number * _TIMES.get(unit, 1)), unit)
    if other is None:
        return None
    return f"{other}/{day}" if number < 0 else f"{day}/{other}"


def _edge(day: date, number: int, unit: str) -> date | None:
    try:
        match unit:
            case "year" | "decade" | "century":
                return _clipped(day.year + number, day.month, day.day)
            case "month" | "quarter":
                year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
                return _clipped(year, month + 1, day.day)
            case "week" | "fortnight" | "day":
                return _moved(day, number * (1 if unit == "day" else 7))
            case "hour":
                return _moved(day, round(number / 24))
    except (ValueError, OverflowError):
        return None
    return day


def _clipped(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def _moved(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


def ends(value: str) -> tuple[date, date] | None:
    """The first and last day of a date, month, year, week or interval; None for durations and open ends."""
    try:
        if "/" in value:
            first, last = (ends(part) for part in value.split("/"))
            return (first[0], last[1]) if first and last else None
        if "W" in value:
            monday = date.fromisocalendar(int(value[:4]), int(value[-2:]), 1)
            return monday, _moved(monday, 6)
        numbers = [int(part) for part in value.partition("T")[0].split("-")]
        match numbers:
            case [year]:
                return date(year, 1, 1), date(year, 12, 31)
            case [year, month]:
                return date(year, month, 1), _clipped(year, month, 31)
            case [year, month, day]:
                return date(year, month, day), date(year, month, day)
    except ValueError:
        return None
    return None
