"""The quantity at the head of a noun phrase: how many or how much, of what unit, how exactly.

Plain rules over the words; free of spaCy.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from triplomat.ontology.units import load_units

from .calendar_days import DURATIONS


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many or how much: `value` is a decimal number, "40/50" for a range, or None for "millions", "several".

    `unit` is a currency's ISO 4217 code, a measure ("barrel", "percent") or the counted noun, singular; `start`, `end`
    and `text` are the stretch of the phrase without the counted noun. `bound` is "about", "more" or "less"
    than the value.
    """

    value: str | None
    unit: str | None
    start: int
    end: int
    text: str
    bound: str | None = None


_ONES, _TENS = load_units().ones, load_units().tens
_WORDS = {word: number for number, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_UNITS = load_units()
_SCALES, _SHORT, _ROUND = _UNITS.scales, _UNITS.short_scales, _UNITS.round_numbers
_NATIONAL = frozenset(code for codes in _UNITS.national.values() for code in codes.values() if len(code) == 3)
_CODES = _NATIONAL.union(_UNITS.symbols.values(), _UNITS.currencies.values())
_MONEY = frozenset({*_UNITS.currencies, *_UNITS.national})
_MANY = (
    r"(?:(?:tens|hundreds) of (?:thousand|million|billion)s|dozens|scores|hundreds|thousands|(?:m|b|tr)illions|tens)"
)
_VAGUE = (
    r"(?:(?:several|many|a few)(?: (?:dozen|hundred|thousand|million|billion)s?)?|numerous|countless|various|few"
    r"|multiple|a number|a handful|(?:a )?large numbers?|a lot|lots)"
)
_ABOUT = (
    r"(?:about|around|roughly|approximately|some|nearly|almost|close to|an estimated|estimated|as many as|as much as)"
)
_MORE = r"(?:more than|over|at least|no fewer than|no less than|upwards of|in excess of|well over)"
_LESS = r"(?:less than|fewer than|under|at most|no more than|just under|up to|below)"
_EXTRA = (
    r"(?:a further|another|an additional|additional|a total of|a combined|a record|just|only|exactly|the first|the last"
    r"|the other|an extra)"
)
_DIGITS = r"\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,9})?|\d{1,18}(?:\.\d{1,9})?"
_PLAIN = rf"(?:{'|'.join([*_TENS, *sorted(_ONES, key=len, reverse=True)])})"
_SCALE = rf"(?:{'|'.join(_SCALES)})"
_SPELT = rf"{_PLAIN}(?:[- ]{_PLAIN})?(?:(?: and a half)? {_SCALE}(?: and {_PLAIN}(?:[- ]{_PLAIN})?)?)*"
_ATTACHED = rf"(?:{'|'.join(sorted(_UNITS.attached, key=len, reverse=True))})\b"
_NUMBER = (
    rf"(?:(?:{_DIGITS})(?:(?: |-)?(?:{_SCALE}|bn|tn|mn|[mk](?!\w)))*(?:(?!\w)|(?={_ATTACHED}))|{_SPELT}(?!\w)"
    rf"|(?:an?|half an?|a quarter of a) (?:{_SCALE}|dozen)(?: {_SCALE})?(?!\w)"
    rf"|(?:a )?(?:couple|pair|score)(?= of\b)|a dozen)"
)
_CURRENCY = rf"(?:{'|'.join(map(re.escape, sorted(_UNITS.symbols, key=len, reverse=True)))})"
_PART = rf"(?:{'|'.join(_UNITS.fractions)})"
_OF_WHOLE = r"(?= (?:of )?(?:the|its|his|her|their|our|all)\b)"
_PERCENT = r"\s?(?:%|per ?cent\b)"
_SHARE = re.compile(
    rf"\s*(?P<all>(?:(?P<more>{_MORE}|well over)\s+|(?P<less>{_LESS})\s+|(?P<about>{_ABOUT})\s+)?"
    rf"(?:(?:(?:an? |(?P<times>{_PLAIN})[- ])(?P<part>{_PART})s?|(?P<half>half)){_OF_WHOLE}"
    rf"|(?P<n>one|two|three|\d) (?:in|out of)(?: every)? (?P<of>{_PLAIN}|\d{{1,4}})(?=\s[a-z])))",
    re.IGNORECASE,
)
_HEAD = re.compile(
    rf"\s*(?:(?:the|its|his|her|their|our|these|those|all|both|any|such|this|that|of)\s+)*"
    rf"(?P<all>(?:(?:(?P<more>{_MORE})|(?P<less>{_LESS})|(?P<about>{_ABOUT})|{_EXTRA}|(?P<between>between))\s+)*"
    rf"(?:(?P<code>{_CURRENCY}|(?:{'|'.join(sorted(_CODES))}) ?)?(?P<one>{_NUMBER})(?P<percent>{_PERCENT})?"
    rf"(?:(?P<joint>\s?(?:-|–|—)\s?|\s(?:to|or|and)\s){_CURRENCY}?(?P<two>{_NUMBER})(?P<percent2>{_PERCENT})?)?"
    rf"|(?P<many>{_MANY}|{_VAGUE})))(?:(?!\w)|(?={_ATTACHED}))",
    re.IGNORECASE,
)
_COUNTING = frozenset(
    """hundreds thousands millions billions trillions tens dozens scores several many few numerous countless various
    multiple number numbers handful lot lots""".split()
).union(_WORDS, _SCALES, _ROUND, _UNITS.fractions, [f"{part}s" for part in _UNITS.fractions])
"""The words one of which stands in every quantity that has no digit."""
_DIGIT, _LETTERS = re.compile(r"\d"), re.compile(r"[a-z]+")
_REST = re.compile(r"\s*(?P<of>of\s+)?(?P<words>[^\s,;:()]+(?:\s+[^\s,;:()]+)*)?")
_STOP = frozenset(
    """of in on at to from by with for against over under after before between into as about during since until that
    which who whom whose and or but when where while than worth per a an the its his her their is are was were has have
    had""".split()
)


def parse(text: str, nation: Collection[str] = ()) -> Quantity | None:
    """The quantity with which a noun phrase begins (after an article); None if it has none or tells a time.

    `nation` are the adjectives of the state that the text is written from, whose pesos "pesos" are.

    >>> parse("a further five million artillery rounds")
    Quantity(value='5000000', unit='round', start=0, end=22, text='a further five million', bound=None)
    >>> parse("millions of barrels of oil").unit, parse("3bn pesos").unit, parse("3bn pesos", ["Chilean"]).unit
    ('barrel', 'peso', 'CLP')
    """
    if _DIGIT.search(text) is None and _COUNTING.isdisjoint(_LETTERS.findall(text.lower())):
        return None
    share = _SHARE.match(text)
    if share is not None:
        return _of_whole(share)
    head = _HEAD.match(text)
    if head is None:
        return None
    joined = _joined(head)
    end = head.start("joint") if head["two"] and not joined else head.end("all")
    noun = _noun(text, end)
    unit, end = _unit(head, noun, end, nation)
    one_of = head["one"] and head["one"].lower() == "one" and (noun is None or noun[1])
    if unit in DURATIONS or _is_year(head) or one_of:
        return None
    value = _value(head, joined)
    start = head.start("all")
    return Quantity(value, unit, start, end, text[start:end], _bound(head))


def _of_whole(share: re.Match[str]) -> Quantity:
    """ "Two thirds of its oil", "one in five": a share of what follows."""
    if share["of"]:
        first, last = _number(share["n"]), _number(share["of"])
        value = first / last if first is not None and last else None
    else:
        times = _number(share["times"]) if share["times"] else Fraction(1)
        part = _UNITS.fractions["half" if share["half"] else share["part"].lower()]
        value = times * part if times is not None else None
    written = None if value is None else _written(value)
    return Quantity(written, "share", share.start("all"), share.end("all"), share["all"], _bound(share))


def _joined(head: re.Match[str]) -> bool:
    """Whether "40 to 50" is one range: "and" joins only after "between"."""
    return bool(head["two"]) and (head["joint"].strip().lower() != "and" or bool(head["between"]))


def _value(head: re.Match[str], joined: bool) -> str | None:
    if head["many"]:
        return None
    last = _number(head["two"]) if joined else None
    first = _number(head["one"])
    if last is not None and first is not None:
        scale = re.search(rf"(?:{_SCALE}|bn|tn|mn|[mk])$", head["two"], re.IGNORECASE)
        if scale and first < last and not re.search(r"[a-z]$", head["one"]):
            first *= _SCALES.get(scale[0].lower(), _SHORT.get(scale[0].lower(), 1))
        return f"{_written(first)}/{_written(last)}"
    return None if first is None else _written(first)


def _number(words: str) -> Fraction | None:
    """The number that digits, words and scales name together.

    >>> _number("two hundred and fifty thousand"), _number("1.5bn")
    (Fraction(250000, 1), Fraction(1500000000, 1))
    """
    words = words.lower().replace(",", "").removesuffix(" of")
    words = re.sub(r"(?<=\d)(?=[a-z])", " ", words)
    whole, part = Fraction(0), Fraction(0)
    for word in re.split(r"[\s-]+", words.replace("half an", "half").replace("half a", "half")):
        if re.fullmatch(r"\d+(?:\.\d+)?", word):
            part += Fraction(word)
        elif word in _WORDS:
            part += _WORDS[word]
        elif word == "half":
            part += Fraction(1, 2)
        elif word == "hundred":
            part = (part or Fraction(1)) * 100
            if part > 10**12:
                return None
        elif scale := _SCALES.get(word) or _SHORT.get(word) or _ROUND.get(word):
            whole, part = whole + (part or Fraction(1)) * scale, Fraction(0)
        elif word not in ("a", "an", "and", "of"):
            return None
    return whole + part


def _written(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else f"{float(number):.6g}"


def _noun(text: str, end: int) -> tuple[str, bool, int] | None:
    """The counted noun after the number, whether "of" comes before it, and where its words end."""
    rest = _REST.match(text, end)
    if rest is None or not rest["words"]:
        return None
    if (attached := re.compile(_ATTACHED, re.IGNORECASE).match(text, end)) is not None:
        return attached[0], False, attached.end()
    if text[end : end + 1] not in (" ", "\t", "\n", "\xa0", "-"):
        return None
    at, noun, last = rest.start("words"), "", end
    for match in re.finditer(r"\S+", rest["words"]):
        word = match[0]
        if word.lower() in _STOP or (noun and word[0].isdigit()):
            break
        power = _UNITS.powers.get(noun.lower())
        before, noun, last = noun, word, at + match.end()
        singular = _singular(word.lower())
        if singular in _MONEY:
            noun = f"{before} {word}" if before.lower() in _UNITS.national.get(singular, ()) else word
            break
        if singular in _UNITS.measures:
            noun = f"{power} {word}" if power else word
            break
    return (noun, bool(rest["of"]), last) if noun else None


def _currency(words: str, nation: Collection[str]) -> str | None:
    """The code of money by its noun and the adjective before it, or by the adjectives of the home state.

    >>> _currency("egyptian pounds", ()), _currency("pounds", ()), _currency("shillings", ["Kenyan"])
    ('EGP', 'GBP', 'KES')
    """
    adjective, _, plural = words.rpartition(" ")
    word = _singular(plural)
    national = _UNITS.national.get(word, {})
    if adjective:
        return national.get(adjective)
    homely = [] if word == "dollar" else [national[one.lower()] for one in nation if one.lower() in national]
    return homely[0] if homely else _UNITS.currencies.get(word)


def _unit(
    head: re.Match[str], noun: tuple[str, bool, int] | None, end: int, nation: Collection[str]
) -> tuple[str | None, int]:
    if head["code"]:
        code = head["code"].strip()
        return _UNITS.symbols.get(code.upper(), code.upper()), end
    if head["percent"] or head["percent2"]:
        return "percent", end
    if noun is None:
        return None, end
    words = noun[0].strip("\"'“”‘’.").lower()
    if (currency := _currency(words, nation)) is not None:
        return currency, noun[2]
    word = _singular(words)
    if word in _UNITS.measures or " " in word:
        return word, noun[2]
    if (
        word in ("per", "more", "less", "other", "such", "so")
        or not word.replace("-", "").isalpha()
        or noun[0][0].isupper()
    ):
        return None, end
    return word, end


def _singular(word: str) -> str:
    """The singular of a regular English plural.

    >>> [_singular(word) for word in ("batteries", "barrels", "torches", "tonnes", "gas")]
    ['battery', 'barrel', 'torch', 'tonne', 'gas']
    """
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if word.endswith(("argoes", "pedoes", "tatoes", "matoes", "heroes")):
        return word[:-2]
    if irregular := {"people": "person", "men": "man", "women": "woman", "children": "child", "feet": "foot"}.get(word):
        return irregular
    if word.endswith("men") and word[-4:-3] not in "ci":  # "fishermen", "policemen"; no "specimen", "regimen"
        return f"{word[:-3]}man"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is", "gas")) else word


def _is_year(head: re.Match[str]) -> bool:
    plain = head["one"] or ""
    counted = head["more"] or head["less"] or head["about"] or head["code"] or head["percent"]
    return bool(re.fullmatch(r"(?:19|20)\d\d", plain)) and not counted


def _bound(head: re.Match[str]) -> str | None:
    if head["more"]:
        return "more"
    if head["less"]:
        return "less"
    return "about" if head["about"] else None
