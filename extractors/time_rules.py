"""The forms of English time expressions as patterns, each with the function that gives its value.

Where two match at one place, the longer match counts, then the earlier rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .time_forms import (
    CLEAR_MONTH,
    DASH,
    DAY,
    IN_YEAR,
    MONTH,
    NUMBER,
    OF_YEAR,
    ON_WEEKDAY,
    PART_OF_DAY,
    PERIOD,
    ROUGHLY,
    SEASON,
    UNIT,
    WEEKDAY,
    WHICH,
    YEAR,
)
from .time_relative import (
    ago,
    ahead,
    apart,
    clock,
    edge,
    half,
    holiday,
    in_units,
    lasting,
    near_day,
    noon,
    part,
    past_stretch,
    quarter_year,
    same_day,
    season_year,
    the_season,
    this_weekend,
    weekday,
    weekday_of,
    weekend,
    which_unit,
    within_year,
    year_end,
)
from .time_values import (
    Rule,
    bare_month,
    bare_year,
    century,
    day_month,
    decade,
    iso,
    month_year,
    months,
    slashed,
    which_month,
    years,
)


@dataclass(frozen=True, slots=True)
class Form:
    """A pattern with its rule; `needs` holds groups of words or kinds, one of each must stand near.

    The kinds: @digit, @year (four digits), @slash (8/5/24), @clock (8:05), @decade (1990s), @month, @weekday, @unit,
    @season.
    """

    needs: tuple[frozenset[str], ...]
    expression: str
    rule: Rule
    cased: bool = False

    @property
    def pattern(self) -> re.Pattern[str]:
        return _compiled(self.expression, self.cased)


@cache
def _compiled(expression: str, cased: bool) -> re.Pattern[str]:
    """The pattern as a whole word, compiled when a text first needs it."""
    return re.compile(rf"(?<![\w$€£#]){expression}(?!\w)", re.NOFLAG if cased else re.IGNORECASE)


def _rule(needs: str, pattern: str, rule: Rule, *, cased: bool = False) -> Form:
    groups = tuple(frozenset(group.split("|")) for group in needs.split())
    return Form(groups, pattern, rule, cased)


CLOCKS = (clock, noon)
RULES: tuple[Form, ...] = (
    _rule("@year", r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z?)?", iso),
    _rule("@slash", r"(\d{1,2})([/.])(\d{1,2})\2(\d{4}|\d\d(?=\D|$))", slashed),
    _rule(
        "@month @digit",
        rf"{ON_WEEKDAY}(?P<m>{MONTH}) (?P<d>{DAY}){DASH}(?:(?P<m2>{MONTH}) )?(?P<d2>{DAY}){OF_YEAR}?",
        day_month,
        cased=True,
    ),
    _rule(
        "@month @digit",
        rf"{ON_WEEKDAY}(?P<d>{DAY}){DASH}(?P<d2>{DAY}) (?:of )?(?P<m>{MONTH}){OF_YEAR}?",
        day_month,
        cased=True,
    ),
    _rule(
        "@month @digit",
        rf"{ON_WEEKDAY}(?P<d>{DAY}) (?P<m>{MONTH}){DASH}(?P<d2>{DAY}) (?P<m2>{MONTH}){OF_YEAR}?",
        day_month,
        cased=True,
    ),
    _rule(
        "@month @digit",
        rf"(?:(?<=rom )|(?<=etween ))(?P<d>{DAY}) (?:to|and) (?P<d2>{DAY}) (?:of )?(?P<m>{MONTH}){OF_YEAR}?",
        day_month,
        cased=True,
    ),
    _rule("@month @digit", rf"{ON_WEEKDAY}(?P<m>{MONTH}) (?:the )?(?P<d>{DAY}){OF_YEAR}?", day_month, cased=True),
    _rule(
        "@month @digit", rf"{ON_WEEKDAY}(?:the )?(?P<d>{DAY})(?: of)? (?P<m>{MONTH}){OF_YEAR}?", day_month, cased=True
    ),
    _rule("@month", rf"(?P<m>{MONTH}){DASH}(?P<m2>{MONTH}){IN_YEAR}", months, cased=True),
    _rule("@month", rf"(?<=etween )(?P<m>{MONTH}) and (?P<m2>{MONTH}){IN_YEAR}?", months, cased=True),
    _rule("@month", rf"(?<=rom )(?P<m>{MONTH}) (?:to|until|through) (?P<m2>{MONTH}){IN_YEAR}?", months, cased=True),
    _rule("@month", rf"(?P<m>{MONTH}){IN_YEAR}", month_year, cased=True),
    _rule(
        "@month this|last|next|coming",
        rf"(?P<which>[Tt]his|[Ll]ast|[Nn]ext|(?:the )?coming|this past) (?P<m>{MONTH})",
        which_month,
        cased=True,
    ),
    _rule("@month", rf"(?P<m>{CLEAR_MONTH})(?! \d)", bare_month, cased=True),
    _rule(
        "march|may",
        r"(?:(?<=[Ii]n )|(?<=[Bb]y )|(?<=of )|(?<=[Ss]ince )|(?<=[Uu]ntil )|(?<=[Bb]efore )|(?<=[Aa]fter )|^(?=\w+$))"
        r"(?P<m>March|May)(?! \d)(?! [a-z]+(?:ed|s)\b)",
        bare_month,
        cased=True,
    ),
    _rule("@year", rf"({YEAR})[-–/](\d{{4}}|\d\d)(?![-\d])", years),
    _rule("@decade", r"(?:the )?(?:early |late |mid-?)?(?:[-\s])?(?:(?:1[5-9]|20)\d0|[2-9]0)['’]?s", decade),
    _rule("century", r"(?:the )?(?:early |late |mid-?)?(\d\d)(?:st|nd|rd|th)[- ]century", century),
    _rule(
        "@unit|@season this|last|next|past|coming|current|previous|following|same|that",
        rf"(?P<which>{WHICH}) (?P<unit>day|week|month|year|quarter|decade|century|{SEASON})s?",
        which_unit,
    ),
    _rule("morning|afternoon|evening this", r"(?P<which>this) (?P<unit>morning|afternoon|evening)", which_unit),
    _rule(
        "weekend last|next|past|previous|following|that|same",
        r"(?P<which>last|next|the past|the previous|the following|that|the same) (?P<unit>weekend)",
        which_unit,
    ),
    _rule("weekend", r"this weekend", this_weekend),
    _rule("weekend", r"(?:the )?weekend", weekend),
    _rule("@season", rf"(?P<season>{SEASON})(?: of)?(?P<in>,? ?{YEAR}|,? (?:this|last|next) year)", season_year),
    _rule("@season", rf"(?:(?<=in )the |(?<=[Ss]ince )(?:the )?)(?P<season>{SEASON})(?! of)", the_season),
    _rule(
        "quarter",
        rf"(?:the )?(?P<n>first|second|third|fourth|last|1st|2nd|3rd|4th) quarter"
        rf"(?: of)?(?P<in>,? ?{YEAR}|,? (?:this|last|next|the) year)?",
        quarter_year,
    ),
    _rule("@digit", rf"Q(?P<n>[1-4])(?P<in>,? ?{YEAR}|,? (?:this|last|next) year)?", quarter_year, cased=True),
    _rule("half", rf"(?:the )?(?P<n>first|second) half(?: of)?(?P<in>,? ?{YEAR}|,? (?:this|last|next|the) year)", half),
    _rule("ago", rf"{ROUGHLY}(?P<n>{NUMBER}) (?P<unit>{UNIT})(?P<half> and a half)? ago", ago),
    _rule("@unit now|today", rf"{ROUGHLY}(?P<n>{NUMBER}) (?P<unit>{UNIT}) from (?:now|today)", ahead),
    _rule("@unit time", rf"(?<=in ){ROUGHLY}(?P<n>{NUMBER}) (?P<unit>{UNIT})['’]? time", ahead),
    _rule("@unit in", rf"(?<=in )(?P<rough>{ROUGHLY})(?P<n>{NUMBER}) (?P<unit>{UNIT})", in_units),
    _rule(
        "@unit later|earlier|before|afterwards|afterward|previously",
        rf"{ROUGHLY}(?P<n>{NUMBER}) (?P<unit>{UNIT}) "
        r"(?P<way>later|earlier|before|afterwards?|previously)",
        apart,
    ),
    _rule("@unit last|past", rf"(?P<which>the (?:past|last))(?P<n>) (?P<unit>{UNIT})", past_stretch),
    _rule(
        "@unit last|past|next|coming|previous",
        rf"(?P<which>(?:(?:the|these) )?(?:last|past|next|coming|previous)) (?P<n>{NUMBER}) (?P<unit>{UNIT})",
        past_stretch,
    ),
    _rule("@unit", rf"{ROUGHLY}(?P<n>(?!an? ){NUMBER}) (?P<unit>{UNIT})(?! old| ago|-)", lasting),
    _rule("@unit for", rf"(?<=for )(?P<n>an?|half an?) (?P<unit>{UNIT})(?! old| ago)", lasting),
    _rule(
        "yesterday|tomorrow|today|tonight|overnight|night",
        r"(?P<near>the day before yesterday|the day after tomorrow|today|tonight|overnight|yesterday|tomorrow"
        r"|last night)" + PART_OF_DAY,
        near_day,
    ),
    _rule(
        "day|morning|night|afternoon|evening",
        r"(?:the|that) (?:same|following|next|previous|preceding|very next) (?:day|morning|night|evening|afternoon)"
        r"|the day (?:before|after)(?! yesterday| tomorrow)|(?:a|one) day (?:later|earlier)|that (?:day|night)",
        same_day,
    ),
    _rule(
        "@weekday",
        rf"(?:(?P<which>last|next|this past|this coming|this|past|coming|the coming|upcoming|previous) )?"
        rf"(?P<w>{WEEKDAY}){PART_OF_DAY}",
        weekday,
    ),
    _rule("@weekday week", rf"(?P<w>{WEEKDAY}){PART_OF_DAY},? (?:of )?(?P<which>last|next|this) week", weekday_of),
    _rule(
        "end|close|turn|beginning|start|outset|middle of",
        rf"(?:the )?(?P<edge>end|close|turn|beginning|start|outset|middle) of (?P<period>{PERIOD})",
        edge,
    ),
    _rule(
        "end|beginning|start|middle of",
        rf"(?P<edge>(?:the )?(?:end|beginning|start|middle))-?of-?(?P<period>{PERIOD})",
        edge,
    ),
    _rule("year|yearend", r"(?:the )?year[- ]?end(?:(?P<in> \d{4}))?", year_end),
    _rule(
        "week|weeks|weekend|days|months of",
        rf"(?:the )?(?:first|second|third|fourth|last|final|opening|closing|early)(?: [a-z]+)?"
        rf" (?:weeks?|weekend|days|months) of (?P<period>{PERIOD})",
        part,
    ),
    _rule("early|late|mid|middle", rf"(?:early|late|mid|middle)(?: in |[-– ])(?P<period>{PERIOD})", part),
    _rule(
        "earlier|later|sometime this|the",
        r"(?:earlier|later|sometime) (?:on )?th(?:is|e same) (?P<unit>year|month|week|day)",
        within_year,
    ),
    _rule(
        "@clock",
        r"(?P<h>\d{1,2})(?::(?P<min>\d\d)(?::\d\d)?|\.(?P<min2>\d\d)(?=\s?[ap]\.?m))\s?"
        r"(?P<half>[ap](?:m\b|\.m\b\.?))?(?: (?:UTC|GMT)\b)?",
        clock,
    ),
    _rule("@year utc|gmt", r"(?P<h>[01]\d|2[0-3])(?P<min>[0-5]\d)(?P<half>)(?: hours)? (?:UTC|GMT)\b", clock),
    _rule("am|pm|m", r"(?P<h>\d{1,2})(?P<min>)\s?(?P<half>[ap](?:m\b|\.m\b\.?))(?: (?:UTC|GMT)\b)?", clock),
    _rule("noon|midday|midnight", r"(noon|midday|midnight)", noon),
    _rule(
        "christmas|boxing|valentine|new",
        rf"(?P<day>New Year['’]s (?:Day|Eve)|Christmas(?: Day| Eve)?|Boxing Day|Valentine['’]s Day){IN_YEAR}?",
        holiday,
    ),
    _rule("@year", rf"(?:the year )?(?P<y>{YEAR})(?!['’]?s\b)", bare_year),
)
