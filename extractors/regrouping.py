"""Repairs of what hangs on the wrong word: names, titles, days, means, participles, tails of a sentence.

Each asks for a pattern that a right parse doesn't show.
"""

from __future__ import annotations

from triplomat.ontology.words import load_words

from .calendar_days import MONTH_NAMES
from .columns import FINITE, SUBJECTS, Columns, kids_of

REGROUPED = frozenset({"nmod", "prep", "conj", "ccomp", "advcl", "appos", "relcl", "acl", "compound", "nsubj"})
_NAMED = frozenset({"GPE", "NORP", "ORG", "PERSON"})
_OBJECTIVE = frozenset({"me", "us", "him", "her", "it", "them", "you"})
_BODIES = frozenset({"ORG", "GPE", "LOC", "FAC"})
_QUOTES = frozenset({"“", '"', "''", "``"})
_LISTED = frozenset({"GPE", "NORP", "PERSON", "ORG"})
_NAME_TAGS = frozenset({"NNP", "NNPS"})


def regroup(parse: Columns, i: int) -> None:
    """Repairs what token i, which has one of the `REGROUPED` labels, is joined to."""
    dep, word = parse.dep[i], parse.lower[i]
    if dep == "nmod":
        if parse.ent[i] in _NAMED:
            _first_of_two(parse, i)
    elif dep == "prep":
        if word in ("with", "on", "in"):
            _to_the_verb(parse, i)
        elif word == "among":
            _among_them(parse, i)
    elif dep == "conj":
        if parse.tag[i] == "NNP":
            _title(parse, i)
        elif parse.tag[i] in FINITE:
            _parallel(parse, i)
    elif dep == "ccomp":
        if parse.tag[i] == "JJ":
            _held(parse, i)
        _object_taken(parse, i)
        if i < parse.head[i] and parse.lower[parse.head[i]] in load_words().appended:
            _appended(parse, i)
    elif dep == "appos":
        if parse.ent[i] in _LISTED and parse.ent[i] == parse.ent[parse.head[i]]:
            _listed(parse, i)
        elif parse.lower[parse.head[parse.head[i]]] in load_words().called:
            _called(parse, i)
        elif parse.tag[i] == "NNS" and word in load_words().rejecting:
            _rejected(parse, i)
    elif dep == "advcl":
        if word in load_words().going_on:
            _goes_on(parse, i)
    elif dep == "relcl":
        _whose(parse, i)
        _of_both(parse, i)
    elif dep == "acl":
        if parse.tag[i] == "VBN" and parse.head[parse.head[i]] == parse.head[i]:
            _told(parse, i)
    elif dep == "compound":
        if word in MONTH_NAMES and parse.ent[parse.head[i]] == "GPE":
            _month(parse, i)
    elif parse.tag[i] == "PRP" and parse.head[i] == i + 1:
        _receiver(parse, i)


def _to_the_verb(parse: Columns, i: int) -> None:
    """ "Spoke by telephone with Rabat", "Chad on Monday closed": whom a means reaches, and the day, are the verb's."""
    noun = parse.head[i]
    if i != noun + 1 or i + 1 >= len(parse.head):
        return
    by = parse.head[noun]
    if parse.lower[i] == "with":
        if parse.lower[noun] in load_words().means and parse.lower[by] in ("by", "over", "via") and by == noun - 1:
            parse.head[i] = parse.head[by]
    elif parse.dep[noun] == "nsubj" and parse.ent[noun] in _NAMED and parse.ent[i + 1] in ("DATE", "TIME"):
        parse.head[i] = by


def _title(parse: Columns, i: int) -> None:
    """ "Lavrov and Turkish Foreign Minister Hakan Fidan": a title isn't joined beside the name behind it."""
    first, j = parse.head[i], i + 1
    while j < len(parse.head) and parse.tag[j] == "NNP" and parse.dep[j] == "compound":
        j += 1
    if j == len(parse.head) or parse.tag[j] != "NNP" or parse.ent[j] != "PERSON" or parse.ent[i] == "PERSON":
        return
    if parse.head[j] != first or parse.dep[j] != "conj" or any(parse.head[k] != j for k in range(i + 1, j)):
        return
    for kid in (*kids_of(parse, i), i):
        parse.head[kid] = j
    parse.dep[i] = "compound"


def _first_of_two(parse: Columns, i: int) -> None:
    """ "Between Kiir and Vice President Riek Machar": the first name isn't part of the second.

    What joins them hangs on the first, and the second's title, or nothing, is joined to it.
    """
    second, kids = parse.head[i], kids_of(parse, i)
    while parse.dep[second] == "compound":
        second = parse.head[second]
    joint = next((kid for kid in kids if i < kid < second and parse.dep[kid] == "cc"), None)
    if joint is None or parse.dep[second] != "pobj" or parse.tag[second] not in _NAME_TAGS:
        return
    preposition = parse.head[second]
    for kid in (*kids, *kids_of(parse, second)):
        if i < kid < second and kid != joint and parse.dep[kid] == "conj":
            parse.head[kid], parse.dep[kid] = second, "amod" if parse.tag[kid] == "JJ" else "compound"
    for kid in kids:
        if kid < i:
            parse.head[kid] = i
    parse.head[i], parse.dep[i] = preposition, "pobj"
    parse.head[second], parse.dep[second] = i, "conj"


def _appended(parse: Columns, i: int) -> None:
    """ "Kiel had sheltered the Foxes, the gang blamed for a murder": an apposition with a participle at the end."""
    participle = parse.head[i]
    noun = participle - 1
    first = min((k for k in kids_of(parse, noun) if k < noun), default=noun)
    named = first - 2
    if parse.dep[participle] != "ROOT" or parse.head[noun] != participle or parse.dep[noun] != "nsubj":
        return
    if named < i or parse.lower[first - 1] != "," or not parse.tag[named].startswith("NN"):
        return
    for kid in kids_of(parse, participle):
        if kid < noun or parse.dep[kid] == "punct":
            parse.head[kid] = i
    parse.head[i], parse.dep[i] = i, "ROOT"
    parse.head[noun], parse.dep[noun] = named, "appos"
    parse.head[participle], parse.dep[participle], parse.tag[participle] = noun, "acl", "VBN"


def _listed(parse: Columns, i: int) -> None:
    """ "Gave Chad, Mali, Togo and Benin grain": names in a row that ends with "and" are a list, not one the other."""
    noun = parse.head[i]
    verb = parse.head[noun]
    if verb == i + 1 and parse.tag[verb] == "VBP" and parse.dep[noun] == "nsubj" and parse.lower[noun + 1] == ",":
        parse.dep[i] = "conj"  # "Tajikistan, Kyrgyzstan open crossing": no comma closes it
        return
    chain, joined = [i], False
    for one in chain:
        for kid in kids_of(parse, one):
            joined = joined or (parse.dep[kid] == "cc" and parse.lower[kid] == "and")
            if kid > one and parse.dep[kid] in ("appos", "conj") and parse.ent[kid] == parse.ent[i]:
                chain.append(kid)
    if len(chain) > 1 and joined and "," in parse.lower[parse.head[i] : i]:
        parse.dep[i] = "conj"


def _among_them(parse: Columns, i: int) -> None:
    """ "Freed 52 men, among them the poet": whoever is among them is no object of his own."""
    if i + 2 >= len(parse.head) or parse.lower[i + 1] not in ("them", "these", "those") or parse.lower[i - 1] != ",":
        return
    verb = parse.head[i]
    named = next((j for j in range(i + 2, min(i + 12, len(parse.head))) if parse.head[j] in (verb, i)), None)
    whole = next((kid for kid in reversed(kids_of(parse, verb)) if kid < i and parse.tag[kid].startswith("NN")), None)
    if named is None or whole is None or parse.dep[named] not in ("dobj", "appos", "npadvmod", "conj", "pobj"):
        return
    parse.head[named], parse.dep[named] = whole, "appos"
    parse.head[i] = named


def _rejected(parse: Columns, i: int) -> None:
    """ "Accuse it of arming rebels, a charge the army rejects": a verb, though the tagger saw a noun."""
    subject = i - 1
    if parse.head[subject] != i or parse.dep[subject] != "compound":
        return
    parse.tag[i], parse.pos[i], parse.dep[i] = "VBZ", "VERB", "relcl"
    parse.dep[subject] = "nsubj"
    for kid in kids_of(parse, i):
        if kid < subject:
            parse.head[kid] = subject


def _goes_on(parse: Columns, i: int) -> None:
    """ "Denied that the army had fled, saying that": who speaks goes on, not whom he speaks of."""
    inner = parse.head[i]
    if parse.lower[i - 1] != "," or parse.tag[i] != "VBG" or parse.dep[inner] != "ccomp" or inner > i:
        return
    outer = parse.head[inner]
    if outer < inner and any(parse.dep[kid] == "nsubj" for kid in kids_of(parse, outer)):
        parse.head[i] = outer


def _parallel(parse: Columns, i: int) -> None:
    """ "Blasts hit the bridge that links the ports and killed two": a past verb goes with the past verb above."""
    inner = parse.head[i]
    if parse.dep[inner] != "relcl" or parse.tag[i] != "VBD" or parse.tag[inner] not in ("VBZ", "VBP"):
        return
    outer = parse.head[parse.head[inner]]
    if parse.tag[outer] != "VBD" or any(parse.dep[kid] in SUBJECTS for kid in kids_of(parse, i)):
        return
    parse.head[i] = outer
    for kid in kids_of(parse, inner):
        if kid > inner and parse.dep[kid] == "cc":
            parse.head[kid] = outer


def _object_taken(parse: Columns, i: int) -> None:
    """ "Iran backs the rebels and Riyadh has fought them": the name after "and" is the next verb's subject."""
    verb, kids = parse.head[i], kids_of(parse, i)
    if i < verb or any(parse.dep[kid] in SUBJECTS or parse.dep[kid] == "mark" for kid in kids):
        return
    first = min((kid for kid in kids if kid < i and parse.dep[kid] in ("aux", "auxpass", "neg", "advmod")), default=i)
    if parse.tag[first] not in (*FINITE, "MD") or parse.tag[verb] not in FINITE:
        return
    taken = first - 1
    whole = parse.head[taken]
    if parse.dep[taken] != "conj" or parse.dep[whole] != "dobj" or parse.head[whole] != verb:
        return
    for kid in kids_of(parse, whole):
        if kid < taken and parse.dep[kid] == "cc":
            parse.head[kid] = verb
    parse.head[taken], parse.dep[taken] = i, "nsubj"
    parse.dep[i] = "conj"


def _called(parse: Columns, i: int) -> None:
    """'Called the raid "a stab in the back"': what the raid is called, no second name of it."""
    thing = parse.head[i]
    verb = parse.head[thing]
    if parse.dep[thing] == "dobj" and thing > verb and any(word in _QUOTES for word in parse.lower[thing + 1 : i]):
        for kid in kids_of(parse, thing):
            if kid > thing and parse.dep[kid] == "punct":
                parse.head[kid] = verb
        parse.head[i], parse.dep[i] = verb, "oprd"


def _month(parse: Columns, i: int) -> None:
    """ "In May Sudan cut ties": the month is when, not part of the name."""
    if i > 0 and parse.lower[i - 1] == "in" and parse.head[i] == i + 1 and parse.dep[i + 1] in SUBJECTS:
        parse.head[i], parse.dep[i] = i - 1, "pobj"


def _receiver(parse: Columns, i: int) -> None:
    """ "Sold it drones": a pronoun between a verb and its object is who gets it."""
    thing = i + 1
    verb = parse.head[thing]
    if parse.dep[thing] == "dobj" and verb == i - 1 and parse.lower[i] in _OBJECTIVE and parse.tag[thing] != "PRP":
        parse.head[i], parse.dep[i] = verb, "dative"


def _held(parse: Columns, i: int) -> None:
    """ "Consider the move illegal": what is held to be so is the object."""
    verb, kids = parse.head[i], kids_of(parse, i)
    subject = next((kid for kid in kids if parse.dep[kid] == "nsubj" and verb < kid < i), None)
    if subject is None or parse.lower[verb] not in load_words().holding:
        return
    if any(parse.dep[kid] in ("aux", "cop", "mark", "auxpass") for kid in kids):
        return
    parse.head[subject], parse.dep[subject] = verb, "dobj"
    parse.dep[i] = "oprd"


def _whose(parse: Columns, i: int) -> None:
    """ "Researchers at Yale, who study": a person does what "who" tells, not the body that he belongs to.

    "The junta in Niamey, which expelled the envoy": a body does what "which" tells, not the place that it is in.
    """
    body = parse.head[i]
    who = next((kid for kid in kids_of(parse, i) if parse.lower[kid] in ("who", "which") and kid < i), None)
    if who is None or parse.dep[body] != "pobj" or parse.ent[body] not in _BODIES or parse.lower[who - 1] != ",":
        return
    preposition = parse.head[body]
    person = parse.head[preposition]
    if parse.tag[person] not in ("NNS", "NN") or preposition != person + 1:
        return
    if parse.lower[who] == "which":
        acts = parse.dep[who] == "nsubj" and parse.pos[i] == "VERB" and parse.lower[preposition] == "in"
        if acts and parse.lower[person] in load_words().governing:
            parse.head[i] = person
    elif not parse.ent[person]:
        parse.head[i] = person


def _of_both(parse: Columns, i: int) -> None:
    """ "Niger and Mali, which left the bloc, stood by": what is said behind a comma is said of both names."""
    second = parse.head[i]
    first = parse.head[second]
    which = next((kid for kid in kids_of(parse, i) if parse.lower[kid] in ("which", "who") and kid < i), None)
    if which is None or parse.lower[which - 1] != "," or parse.dep[second] != "conj" or second != which - 2:
        return
    if parse.tag[i] == "VBZ" or any(parse.lower[kid] in ("has", "is", "was", "does") for kid in kids_of(parse, i)):
        return
    if parse.ent[first] in _LISTED and parse.ent[first] == parse.ent[second] and "," not in parse.lower[first:second]:
        parse.head[i] = first


def _told(parse: Columns, i: int) -> None:
    """ "The UN rights chief called on Chad to pay.": a whole sentence, whose verb the tagger took for a participle."""
    noun, word = parse.head[i], parse.lower[i]
    kids = kids_of(parse, noun)
    own = kids_of(parse, i)
    if not parse.tag[noun].startswith("NN") or not (word.endswith("ed") or word in load_words().pasts):
        return
    if parse.lower[kids[-1]] != "." or any(parse.dep[kid] in ("agent", "aux", "auxpass") for kid in own):
        return
    if any(kid > noun and kid != i and parse.dep[kid] not in ("punct", "prep") for kid in kids):
        return
    if word not in load_words().active and not any(parse.dep[kid] in ("dobj", "ccomp") for kid in own):
        return
    parse.head[noun], parse.dep[noun] = i, "nsubj"
    parse.head[i], parse.dep[i], parse.tag[i] = i, "ROOT", "VBD"
    for kid in kids:
        if kid > i:
            parse.head[kid] = i
