"""Whose verb stands behind an aside: the noun that two commas part from it."""

from __future__ import annotations

from .columns import CONJUNCTIONS, FINITE, Columns, hang, kids_of

_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_ASIDES = frozenset({"acl", "relcl", "appos"})
_THINGS = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "PRON"})


def set_off_before(parse: Columns, i: int, first: int) -> int | None:
    """ "Via Suceava, and Ukraine, whose grid was hit, offered power": the sibling that an aside stands behind."""
    if parse.lower[first - 1] != ",":
        return None
    for noun in range(first - 2, max(parse.head[i], first - 40), -1):
        if parse.dep[noun] != "conj" or parse.pos[noun] not in _NOUNS or parse.pos[parse.head[noun]] == "VERB":
            continue
        kids = kids_of(parse, noun)
        start = min([noun, *(kid for kid in kids if kid < noun)])
        opened = start > 1 and parse.lower[start - 1] in ("and", "but") and parse.lower[start - 2] == ","
        if opened and any(parse.dep[kid] in _ASIDES and kid > noun for kid in kids) and is_last(parse, noun, first):
            return noun
        if opened and _participle_aside(parse, noun, first):
            return noun
    return None


def _participle_aside(parse: Columns, noun: int, first: int) -> bool:
    """ "And Boluarte, facing a vote, has promised": hangs what commas set off before a verb on the noun.

    Whether that is all that stands between the two.
    """
    aside = noun + 2
    if aside >= first or parse.lower[noun + 1] != "," or parse.lower[first - 1] != ",":
        return False
    aside += parse.lower[aside] == "having"
    if parse.tag[aside] not in ("VBG", "VBN") or "," in parse.lower[aside : first - 1]:
        return False
    if any(parse.tag[j] in (*FINITE, "MD") for j in range(aside, first - 1)):
        return False
    hang(parse, aside, noun, "acl")
    return True


def beside_verb(parse: Columns, i: int, first: int) -> int | None:
    """ "Asked them to help, but most, fearing a war, have declined": what stands beside a verb has one of its own."""
    verb = parse.head[i]
    kids = kids_of(parse, verb)
    things = (kid for kid in kids if verb < kid < first and parse.dep[kid] == "conj" and parse.pos[kid] != "VERB")
    thing = next(things, None)
    if thing is None or parse.lower[first - 1] != "," or parse.pos[thing] not in _THINGS:
        return None
    start = min([thing, *(kid for kid in kids_of(parse, thing) if kid < thing)])
    if parse.lower[start - 1] not in ("and", "but"):
        return None
    for kid in kids:
        if thing < kid < first and parse.dep[kid] == "advcl":
            parse.head[kid] = i
    parse.dep[i] = "conj"
    return thing


def before_participle(parse: Columns, first: int) -> int | None:
    """ "Before police, using tear gas, drove them away": the noun that a participle set off by commas stands behind."""
    for noun in range(first - 4, max(first - 25, 0), -1):
        if parse.lower[noun + 1] == "," and parse.dep[noun] == "pobj" and parse.lower[parse.head[noun]] in CONJUNCTIONS:
            return noun if _participle_aside(parse, noun, first) else None
    return None


def is_last(parse: Columns, noun: int, first: int) -> bool:
    """Whether nothing that hangs on a noun stands behind a token."""
    return all(kid < first for kid in kids_of(parse, noun))
