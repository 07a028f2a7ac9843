"""Repairs of what goes on behind a clause: verbs in a row, perfects, gerunds, what others say meanwhile."""

from __future__ import annotations

from triplomat.ontology.embedding import load_embedding
from triplomat.ontology.words import load_words

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


def made_of(parse: Columns, i: int) -> None:
    """ "Will hold a meeting on Monday, requested by Peru": what is asked for, signed or paid for is the object."""
    verb, kids = parse.head[i], kids_of(parse, i)
    first = min([i, *(kid for kid in kids if kid < i)])
    if verb > i or first != i or parse.lower[i - 1] != "," or parse.lemma[i] not in load_words().requesting:
        return
    thing = next((kid for kid in kids_of(parse, verb) if verb < kid < i and parse.dep[kid] == "dobj"), None)
    agent = any(parse.dep[kid] == "agent" for kid in kids)
    if thing is not None and agent and parse.pos[thing] == "NOUN":
        hang(parse, i, thing, "acl")


def before_name(parse: Columns, i: int) -> None:
    """ "Met Ruto but avoided Abiy": a form in -ed between "but" and a name is a verb, no adjective of the name."""
    name = parse.head[i]
    verb = parse.head[name]
    if parse.lower[i - 1] not in ("and", "but") or parse.pos[name] != "PROPN" or parse.dep[name] != "conj":
        return
    if parse.tag[verb] != "VBD" or parse.pos[verb] != "VERB" or min([name, *kids_of(parse, name)]) != i:
        return
    parse.tag[i], parse.pos[i] = "VBD", "VERB"
    hang(parse, i, verb, "conj")
    hang(parse, name, i, "dobj")


def gerunds(parse: Columns, i: int) -> None:
    """ "Spent on repairing pipes, building a plant and paying men": the second gerund is the sibling of the first."""
    verb = parse.head[i]
    if verb > i or parse.lower[i - 1] != ",":
        return
    for preposition in kids_of(parse, verb):
        first = next((kid for kid in kids_of(parse, preposition) if parse.dep[kid] == "pcomp"), None)
        if first is None or not verb < first < i or parse.tag[first] != "VBG":
            continue
        behind = range(i + 1, min(i + 20, len(parse.tag)))
        if any(parse.lower[j - 1] == "and" and parse.tag[j] == "VBG" for j in behind) and _ends(parse, first, i - 1):
            hang(parse, i, first, "conj")
        return


def _ends(parse: Columns, first: int, comma: int) -> bool:
    """Whether the token before a comma hangs below another."""
    node = comma - 1
    for _ in range(8):
        if node <= first:
            break
        node = parse.head[node]
    return node == first


def last_gerund(parse: Columns, i: int) -> None:
    """ "A plant at Aktau and paying men": behind "and" a gerund and its object, glued to the place before."""
    thing = parse.head[i]
    place = next((kid for kid in kids_of(parse, thing) if kid < i and parse.dep[kid] in ("nmod", "compound")), None)
    preposition = parse.head[thing]
    if (
        parse.dep[thing] == "conj"
        and parse.tag[preposition] == "VBG"
        and thing == i + 1
        and parse.lower[i - 1] == "and"
    ):
        hang(parse, i, preposition, "conj")
        hang(parse, thing, i, "dobj")
        parse.pos[i] = "VERB"
        return
    if place is None or parse.lower[i - 1] != "and" or parse.dep[thing] != "pobj" or thing != i + 1:
        return
    gerund = verb_above(parse, preposition)
    if gerund is None or parse.tag[gerund] != "VBG" or not parse.ent[place]:
        return
    hang(parse, place, preposition, "pobj")
    hang(parse, i, gerund, "conj")
    hang(parse, thing, i, "dobj")
    parse.pos[i] = "VERB"


def ruling(parse: Columns, i: int) -> None:
    """ "Will draw up maps and rule on claims": a bare noun that is a verb as well, behind an infinitive's plural."""
    thing = parse.head[i]
    verb = parse.head[thing]
    kids = kids_of(parse, i)
    bare = all(kid > i for kid in kids) and parse.lower[i - 1] == "and"
    if not bare or parse.dep[thing] != "dobj" or parse.tag[verb] != "VB" or parse.tag[thing] != "NNS":
        return
    if parse.lower[i] in load_words().ambiguous and any(parse.dep[kid] == "prep" for kid in kids):
        parse.tag[i], parse.pos[i] = "VB", "VERB"
        hang(parse, i, verb, "conj")


def transitive(parse: Columns, i: int) -> None:
    """ "To fund schools, host refugees and share data": a verb of the list before its object, glued to it as a noun."""
    thing = parse.head[i]
    if (
        parse.lower[i] not in load_words().transitive
        or parse.lower[i - 1] not in (",", "and")
        or parse.dep[thing] != "conj"
    ):
        return
    if min([thing, *kids_of(parse, thing)]) != i and parse.lower[min(kids_of(parse, thing))] not in (",", "and"):
        return
    node = thing
    while parse.dep[node] == "conj" and parse.pos[node] in ("NOUN", "PROPN"):
        node = parse.head[node]
    verb = parse.head[node] if parse.dep[node] == "dobj" else node
    if parse.tag[verb] != "VB" or parse.pos[verb] != "VERB" or verb > i:
        return
    parse.tag[i], parse.pos[i] = "VB", "VERB"
    hang(parse, i, verb, "conj")
    hang(parse, thing, i, "dobj")
