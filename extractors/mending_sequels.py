"""Repairs of what goes on behind a clause: verbs in a row, perfects, what others say meanwhile, what is yet to be done."""

from __future__ import annotations

from triplomat.ontology.embedding import load_embedding

from .columns import SUBJECTS, Columns, hang, kids_of, verb_above

_AUXILIARIES = frozenset({"aux", "auxpass"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_OPENING = frozenset({"mark", "advmod", *SUBJECTS})
_CONTRASTS = frozenset({"while", "whereas"})
_HAVING = frozenset({"had", "has", "have"})


def in_a_row(parse: Columns, i: int) -> None:
    """ "They stressed it, agreed to meet and told them": a plain past without subject or conjunction is a sibling."""
    verb, kids = parse.head[i], kids_of(parse, i)
    if verb > i or parse.tag[verb] != "VBD" or any(parse.dep[kid] in (*_OPENING, *_AUXILIARIES) for kid in kids):
        return
    first = min([i, *(kid for kid in kids if kid < i)])
    joined = any(parse.dep[kid] == "conj" and parse.tag[kid] == "VBD" for kid in kids)
    done = any(parse.dep[kid] in ("dobj", "xcomp", "ccomp") and kid > i for kid in kids)
    if parse.lower[first - 1] == "," and joined and done:
        parse.dep[i] = "conj"


def perfect_of_main(parse: Columns, i: int) -> None:
    """ "Had rejected a draft that would have cut aid and had left": "had" goes with "had", not with "would have"."""
    inner = parse.head[i]
    own = [kid for kid in kids_of(parse, i) if parse.dep[kid] in (*_AUXILIARIES, *SUBJECTS)]
    if not own or parse.lower[own[0]] not in _HAVING or parse.dep[inner] != "relcl":
        return
    if not any(parse.tag[kid] == "MD" for kid in kids_of(parse, inner)):
        return
    main = verb_above(parse, parse.head[inner])
    if main is None or not any(parse.lower[kid] == parse.lower[own[0]] for kid in kids_of(parse, main)):
        return
    parse.head[i] = main
    for kid in kids_of(parse, inner):
        if inner < kid < i and parse.dep[kid] == "cc":
            parse.head[kid] = main


def meanwhile(parse: Columns, i: int) -> None:
    """ "Said that trade should grow, while Delhi called it unfair": what others say is no part of what one says.

    It has the tense of the verb of saying; where what is said has another, or where it is said as well.
    """
    told, kids = parse.head[i], kids_of(parse, i)
    said = parse.head[told]
    mark = next((kid for kid in kids if kid < i and parse.dep[kid] == "mark"), None)
    if mark is None or parse.lower[mark] not in _CONTRASTS or parse.lower[mark - 1] != ",":
        return
    if parse.dep[told] != "ccomp" or not said < told < i or parse.tag[i] != parse.tag[said] != "VBN":
        return
    if any(parse.dep[kid] in _AUXILIARIES for kid in kids) or not any(parse.dep[kid] in SUBJECTS for kid in kids):
        return
    found = load_embedding().find(parse.lemma[i], "verb", "that")
    reports = found is not None and found.holder == "subject"
    helped = any(parse.dep[kid] in _AUXILIARIES for kid in kids_of(parse, told))
    if helped or parse.tag[told] != parse.tag[i] or reports:
        parse.head[i] = said


def to_be_done(parse: Columns, i: int) -> None:
    """ "Prepare a summit, to be held in May": what is to be done with a thing is the noun's right before the comma."""
    to = next((kid for kid in kids_of(parse, i) if parse.lower[kid] == "to" and kid < i), None)
    if to is None or parse.lower[to - 1] != "," or parse.lower[to + 1 : to + 2] != ["be"] or parse.head[i] > to:
        return
    node, verb = to - 2, parse.head[i]
    for _ in range(8):
        if node <= verb or parse.head[node] == verb:
            break
        node = parse.head[node]
    if node > verb and parse.head[node] == verb and parse.dep[node] == "dobj" and parse.pos[node] in _NOUNS:
        hang(parse, i, node, "relcl")
