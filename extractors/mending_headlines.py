"""Repairs of headlines, whose plain presents a tagger takes for nouns because the articles are left out."""

from __future__ import annotations

from bisect import bisect_right

from triplomat.ontology.words import load_words

from .columns import FINITE, Columns, hang, kids_of, main_verb_above, takes_place

_GLUED = frozenset({"compound", "nmod", "amod"})


def headline_clause(parse: Columns, i: int) -> None:
    """ "Army retakes Bara as Egypt and Saudi Arabia press for truce": what "as" at token i opens has a verb."""
    subject = next((kid for kid in kids_of(parse, i) if parse.dep[kid] == "pobj"), None)
    above = main_verb_above(parse, i)
    if subject is None or above is None or not _is_headline(parse, i):
        return
    verb = next((j for j in range(i + 2, min(i + 12, len(parse.head))) if _stops(parse, j)), None)
    if verb is None or parse.pos[verb] in ("VERB", "AUX"):
        return
    noun, kids = verb - 1, kids_of(parse, verb)
    glued = parse.head[noun] == verb and parse.dep[noun] in _GLUED
    if not glued and (any(kid < verb for kid in kids) or parse.dep[verb] not in ("advmod", "npadvmod", "dep")):
        return
    if glued and parse.head[verb] == i:
        subject = noun
    elif glued:
        takes_place(parse, noun, verb)
    _become(parse, verb, noun)
    hang(parse, verb, above, "advcl")
    hang(parse, subject, verb, "nsubj")
    hang(parse, i, verb, "mark")


def headline_root(parse: Columns, i: int) -> None:
    """ "Vote count stalls amid fraud claims", "vessels collide near reef": the root noun at token i is a verb."""
    noun = i - 1
    if not _is_verb(parse, i) or parse.head[noun] != i or not _is_headline(parse, i):
        return
    if parse.dep[noun] != "nsubj" and parse.dep[noun] not in _GLUED:
        return
    first = parse.begins[bisect_right(parse.begins, i) - 1]
    if any(parse.tag[j] in FINITE for j in range(first, i)):
        return
    _become(parse, i, noun)
    parse.dep[noun] = "nsubj"


def _become(parse: Columns, verb: int, noun: int) -> None:
    """Makes a verb of a noun; what stood before it is the noun's before it."""
    for kid in kids_of(parse, verb):
        if kid < noun:
            parse.head[kid] = noun
    parse.tag[verb], parse.pos[verb] = "VBZ" if parse.tag[verb] == "NNS" else "VBP", "VERB"


def _stops(parse: Columns, i: int) -> bool:
    return parse.pos[i] in ("VERB", "AUX") or _is_verb(parse, i)


def _is_verb(parse: Columns, i: int) -> bool:
    """Whether what the tagger takes for a noun may be the plain present of a verb, of the number of the noun before."""
    if parse.tag[i] == "NNS":
        return parse.lower[i] in load_words().growing and parse.tag[i - 1] in ("NN", "NNP")
    return parse.tag[i] in ("NN", "NNP") and parse.lower[i] in load_words().headline


def _is_headline(parse: Columns, i: int) -> bool:
    """Whether the sentence that token i stands in ends without a full stop."""
    number = bisect_right(parse.begins, i)
    last = (parse.begins[number] if number < len(parse.begins) else len(parse.head)) - 1
    while last > i and parse.pos[last] == "SPACE":
        last -= 1
    return parse.pos[last] != "PUNCT"
