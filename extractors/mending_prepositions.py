"""Repairs of what a preposition hangs on and of what stands behind it: dates before names, doers, accusations."""

from __future__ import annotations

from triplomat.ontology.words import load_words

from .columns import Columns, hang, kids_of
from .mending_headlines import headline_clause
from .mending_lists import behind_into, behind_of

LEADING = frozenset({"as", "by", "in", "on", "of", "from", "for", "into", "against", "with"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_BEFORE = frozenset({"compound", "nmod", "amod", "nummod", "npadvmod"})
_DOERS = frozenset({"GPE", "NORP", "ORG", "PERSON"})


def mend_preposition(parse: Columns, i: int, word: str) -> None:
    """Repairs what the preposition at token i, one of `LEADING`, hangs on."""
    if word == "as":
        headline_clause(parse, i)
        _seen_as(parse, i)
    elif word == "by":
        _doer_of_noun(parse, i)
    elif parse.pos[parse.head[i]] in _NOUNS and word != "in":
        _accused(parse, i)
    elif word == "into":
        behind_into(parse, i)
    elif word == "of" and parse.lemma[parse.head[i]] in load_words().object_gerund:
        behind_of(parse, i)
    if word in ("in", "on") and i + 2 < len(parse.dep):
        if parse.ent[i + 1] == "DATE":
            _dated(parse, i)
        elif parse.dep[i + 1] == "compound" and parse.lower[i + 2] in load_words().titles:
            _before_title(parse, i)


def _dated(parse: Columns, i: int) -> None:
    """ "In September President Xi promised loans": the date is behind the preposition, and no part of the name."""
    first = i + 1
    if parse.dep[first] not in _BEFORE or parse.head[first] <= first or any(kid > i for kid in kids_of(parse, i)):
        return
    last = first
    while last + 1 < len(parse.ent) and parse.ent[last + 1] == "DATE" and parse.head[last + 1] >= last:
        last += 1
    noun = next((j for j in range(last, first - 1, -1) if parse.tag[j] in ("NNP", "NN", "CD")), first)
    for j in range(first, last + 1):
        hang(parse, j, noun, "compound") if j != noun else hang(parse, noun, i, "pobj")


def _doer_of_noun(parse: Columns, i: int) -> None:
    """ "Supported efforts by ASEAN": behind the object of an active verb, whose it is."""
    verb, doer = parse.head[i], next((kid for kid in kids_of(parse, i) if parse.dep[kid] == "pobj"), None)
    kids = kids_of(parse, verb)
    thing = next((kid for kid in kids if parse.dep[kid] == "dobj" and verb < kid < i), None)
    if doer is None or thing != i - 1 or parse.ent[doer] not in _DOERS or parse.pos[thing] != "NOUN":
        return
    if parse.pos[verb] == "VERB" and not any(parse.dep[kid] == "auxpass" for kid in kids):
        parse.head[i] = thing


def _accused(parse: Columns, i: int) -> None:
    """ "Accused troops of laying mines": what the object is accused of is the verb's to say."""
    noun = parse.head[i]
    if parse.dep[noun] == "pobj" and parse.ent[noun] in ("DATE", "TIME") and parse.lower[noun - 1] in ("in", "on"):
        noun = parse.head[noun]  # "accused Chad in May of plotting"
    else:
        noun = _agent_above(parse, noun)
    verb = parse.head[noun]
    if parse.dep[noun] not in ("dobj", "prep", "agent") or parse.lemma[verb] not in load_words().object_gerund:
        return
    behind_of(parse, i)
    blamed = parse.lemma[verb] == "blame" and parse.lower[i] == "on"  # "blamed the deaths on smugglers"
    if blamed or any(parse.dep[kid] == "pcomp" and parse.tag[kid] in ("VBG", "VBN") for kid in kids_of(parse, i)):
        parse.head[i] = verb


def _agent_above(parse: Columns, noun: int) -> int:
    """ "Accused by some of his foes of having lied": the "by" that a noun stands behind, or the noun itself."""
    node = noun
    for _ in range(4):
        if parse.dep[node] == "agent":
            return node
        if parse.dep[node] not in ("pobj", "prep"):
            break
        node = parse.head[node]
    return noun


def _before_title(parse: Columns, i: int) -> None:
    """ "In Washington Mr Tokayev signed": the place is behind the preposition, and no part of the name."""
    if not kids_of(parse, i):
        hang(parse, i + 1, i, "pobj")


def _seen_as(parse: Columns, i: int) -> None:
    """ "Dismissed the charges as false": what an object is taken for is the verb's to say; not "his job as mayor"."""
    noun = parse.head[i]
    if parse.dep[i] != "prep" or parse.dep[noun] != "dobj" or parse.pos[parse.head[noun]] != "VERB" or i < noun:
        return
    if parse.lower[noun] in load_words().capacities or parse.lower[i - 1] in (",", "such"):
        return
    if not any(parse.lower[kid] in ("as", "same", "such", "so") for kid in kids_of(parse, noun) if kid < noun):
        parse.head[i] = parse.head[noun]
