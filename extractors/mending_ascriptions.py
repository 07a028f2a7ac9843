"""Repairs of what an object is called, made or held to be: "declared her a fugitive", "held the group responsible".

A verb that ascribes has an object and an object complement, which the parser takes for a second object, for a clause of
its own, or for one phrase with the object. The complement gets the label `oprd`, the object `dobj`.
"""

from __future__ import annotations

from triplomat.ontology.words import load_words

from .columns import SUBJECTS, Columns, hang, kids_of

_NOUNS = frozenset({"NOUN", "PROPN"})
_PREDICATIVE = frozenset({"NOUN", "PROPN", "ADJ"})
_OPENING = frozenset({"det", "poss"})
_THINGS = frozenset({"nsubj", "dobj", "nsubjpass"})
_BEFORE = frozenset({"det", "poss", "amod", "compound", "nmod", "nummod", "case", "punct"})


def ascribe(parse: Columns, verb: int) -> None:
    """Gives the verb at token `verb`, which ascribes something, its object and what that is said to be."""
    if _foreign(parse, verb) or _titled(parse, verb):
        return
    kids = kids_of(parse, verb)
    if any(parse.dep[kid] == "oprd" for kid in kids):
        if not _sole(parse, verb, kids):
            _glued(parse, verb, kids)
        return
    sole = next((kid for kid in kids if kid > verb and parse.dep[kid] == "dobj"), None)
    if sole is not None and parse.pos[sole] == "ADJ" and _parted(parse, verb, sole):
        return
    things = [kid for kid in kids if kid > verb and parse.dep[kid] in ("dobj", "dative") and _is_noun(parse, kid)]
    clause = next((kid for kid in kids if kid > verb and parse.dep[kid] in ("ccomp", "xcomp")), None)
    entitling = parse.lemma[verb] in load_words().entitling
    if len(things) == 2 and entitling:
        _second(parse, verb, *things)
    elif len(things) == 1:
        thing = things[0]
        entitling = entitling or parse.lower[thing] == "part"  # "an island that Lima made part of a district"
        if not _quality(parse, verb, thing) and entitling and not _apposed(parse, verb, thing):
            _of_antecedent(parse, verb, thing)
    elif clause is not None and not things:
        _small_clause(parse, verb, clause)


def _sole(parse: Columns, verb: int, kids: list[int]) -> bool:
    """ "Mali's president called Niger's leader": where nothing is called so, somebody is called."""
    what = next(kid for kid in kids if parse.dep[kid] == "oprd")
    doing = any(parse.dep[kid] == "nsubj" and parse.tag[kid] not in ("WDT", "WP") for kid in kids)
    if (
        not doing
        or what < verb
        or parse.pos[what] not in _NOUNS
        or parse.dep[verb] in ("relcl", "acl", "ccomp", "pcomp")
    ):
        return False
    below = kids_of(parse, what)
    if not any(parse.dep[kid] == "poss" and parse.tag[kid] in ("NNP", "PRP$") for kid in below):
        return False
    if any(parse.dep[kid] in ("dobj", "dative", "auxpass", "nsubjpass", "ccomp", "xcomp") for kid in kids):
        return False
    parse.dep[what] = "dobj"
    return True


def _titled(parse: Columns, verb: int) -> bool:
    """ "Ruiz, elected speaker last week, praised him": a participle behind a comma with what one was elected to be."""
    what, first = parse.head[verb], verb - 1
    if parse.dep[verb] != "amod" or what != verb + 1 or parse.dep[what] != "appos" or parse.lower[first] != ",":
        return False
    name = parse.head[what]
    hang(parse, verb, name, "acl")
    hang(parse, what, verb, "oprd")
    for kid in kids_of(parse, name):
        if kid > what and parse.dep[kid] in ("npadvmod", "prep"):
            parse.head[kid] = verb
    return True


def _is_noun(parse: Columns, i: int) -> bool:
    return parse.pos[i] in ("NOUN", "PROPN", "PRON") and parse.ent[i] not in ("DATE", "TIME")


def _second(parse: Columns, verb: int, thing: int, what: int) -> None:
    """ "Designated Quispe a fugitive": of two objects with nothing between them the second says what the first is."""
    if "," in parse.lower[thing:what] or any(kid < what for kid in kids_of(parse, what) if parse.dep[kid] == "cc"):
        return
    if parse.pos[what] in _NOUNS:
        parse.dep[thing], parse.dep[what] = "dobj", "oprd"


def _quality(parse: Columns, verb: int, thing: int) -> bool:
    """ "Held the group responsible": an adjective behind a known thing isn't its own but what it is held to be."""
    if parse.pos[thing] == "NOUN" and not any(parse.dep[kid] in _OPENING for kid in kids_of(parse, thing)):
        return False
    quality = thing + 1
    if quality >= len(parse.head) or parse.head[quality] != thing or parse.dep[quality] != "amod":
        return False
    hang(parse, quality, verb, "oprd")
    return True


def _apposed(parse: Columns, verb: int, thing: int) -> bool:
    """ "Named Serbia the author of the attack": no comma sets off what the verb says of the thing."""
    for kid in (*kids_of(parse, thing), *_second_name(parse, thing)):
        opened = any(parse.dep[k] in _OPENING for k in kids_of(parse, kid) if k < kid)
        apart = parse.lower[thing:kid].count(",")
        if kid > thing and parse.dep[kid] == "appos" and opened and apart in (0, 2):
            hang(parse, kid, verb, "oprd")
            return True
    return False


def _second_name(parse: Columns, thing: int) -> list[int]:
    """ "The gang, Tren de Aragua, a terrorist group": what stands behind a name that stands behind a thing."""
    names = (kid for kid in kids_of(parse, thing) if parse.dep[kid] == "appos" and parse.pos[kid] == "PROPN")
    return [kid for name in names for kid in kids_of(parse, name) if parse.dep[kid] == "appos"]


def _of_antecedent(parse: Columns, verb: int, what: int) -> None:
    """ "A region that Mogadishu considers part of its land": the relative pronoun is the object, also where it is left
    out."""
    noun, kids = parse.head[verb], kids_of(parse, verb)
    subject = next((kid for kid in kids if kid < verb and parse.dep[kid] in SUBJECTS), None)
    if (
        parse.dep[verb] != "relcl"
        or subject is None
        or parse.tag[subject] in ("WDT", "WP")
        or parse.ent[noun] == "DATE"
    ):
        return
    if any(kid < verb and (parse.tag[kid] == "WRB" or parse.dep[kid] == "prep") for kid in kids):
        return
    pronoun = next((kid for kid in kids if kid < verb and parse.lower[kid] in ("that", "which", "whom")), None)
    if pronoun is None and subject != noun + 1 and parse.head[noun + 1] != subject:
        return
    parse.dep[what] = "oprd"
    if pronoun is not None and parse.dep[pronoun] == "mark":
        parse.dep[pronoun] = "dobj"


def _small_clause(parse: Columns, verb: int, what: int) -> None:
    """ "Declared [the man a terrorist]", "found [the vote invalid]": a clause without a verb is none."""
    kids = kids_of(parse, what)
    if parse.pos[what] not in _PREDICATIVE or any(parse.dep[kid] in ("aux", "auxpass", "cop", "mark") for kid in kids):
        return
    thing = next((kid for kid in kids if verb < kid < what and parse.dep[kid] == "nsubj"), None)
    if thing is None and parse.pos[what] == "ADJ" and _parted(parse, verb, what):
        return
    if thing is not None:
        hang(parse, thing, verb, "dobj")
        hang(parse, what, verb, "oprd")


def _parted(parse: Columns, verb: int, what: int) -> bool:
    """ "Declared [the election invalid]": a noun before an adjective is no part of it."""
    thing = what - 1
    if parse.head[thing] != what or parse.dep[thing] not in ("compound", "nmod") or thing <= verb + 1:
        return False
    for kid in kids_of(parse, what):
        if kid < thing:
            parse.head[kid] = thing
    hang(parse, thing, verb, "dobj")
    hang(parse, what, verb, "oprd")
    return True


def _glued(parse: Columns, verb: int, kids: list[int]) -> None:
    """ "Named Ruiz commander of the army": a name right behind the verb isn't part of what it is named."""
    what = next(kid for kid in kids if parse.dep[kid] == "oprd")
    name = verb + 1
    while name + 1 < what and parse.tag[name + 1] == "NNP":
        name += 1
    split = any(parse.dep[kid] == "det" for kid in kids_of(parse, what))  # "…, called Maduro a dictator"
    if parse.dep[verb] == "acl" and parse.tag[verb] != "VBG" and not split:  # "a fighter called Abu Lulu"
        _named_things(parse, verb, what)
        return
    if what < verb or any(parse.dep[kid] in ("dobj", "nsubjpass", "auxpass") for kid in kids) or name >= what:
        return
    if parse.tag[name] != "NNP" or parse.head[name] != what or parse.dep[name] not in ("compound", "nmod"):
        return
    for j in range(verb + 1, name):
        hang(parse, j, name, "compound")
    hang(parse, name, verb, "dobj")


def _named_things(parse: Columns, verb: int, name: int) -> None:
    """ "Began drills named Zapad near the border on Friday": where and when is the main verb's, not the name's."""
    thing = parse.head[verb]
    main = parse.head[thing]
    if parse.dep[thing] not in ("dobj", "nsubjpass") or parse.pos[main] != "VERB" or main > verb:
        return
    for kid in kids_of(parse, verb):
        if kid > name and parse.dep[kid] == "prep" and parse.lower[kid] not in ("after", "for"):
            parse.head[kid] = main


def _foreign(parse: Columns, verb: int) -> bool:
    """ "Declared the envoy persona non grata": words that no English grammar holds for one phrase."""
    words = load_words().foreign
    for j in range(verb + 1, min(verb + 30, len(parse.lower))):
        for size in (3, 2):
            if tuple(parse.lower[j : j + size]) in words:
                _one_phrase(parse, verb, j, j + size)
                return True
    return False


def _one_phrase(parse: Columns, verb: int, first: int, end: int) -> None:
    """Makes tokens from `first` up to `end` what the verb says of the noun before them, or of its passive subject."""
    inside = range(first, end)
    kids = [j for j in range(verb + 1, len(parse.head)) if parse.head[j] in inside and j not in inside]
    for j in inside:
        parse.pos[j], parse.tag[j] = "NOUN", "NN"
        hang(parse, j, first, "amod")
    thing = first - 1
    if parse.lower[thing] == ",":  # "its members, among them Ruiz, persona non grata"
        nouns = (kid for kid in (*kids, *kids_of(parse, verb)) if verb < kid < first and parse.dep[kid] in _THINGS)
        thing = next(nouns, verb)
    while thing > verb and parse.head[thing] > verb and parse.head[thing] not in (thing, *inside):
        thing = parse.head[thing]
    if verb < thing < first:
        for kid in kids:
            if kid < thing or (kid < first and parse.lower[kid] == ","):
                hang(parse, kid, thing, parse.dep[kid] if parse.dep[kid] in _BEFORE else "compound")
        hang(parse, thing, verb, "dobj")
    for kid in kids:
        if kid >= end:
            parse.head[kid] = verb
    hang(parse, first, verb, "oprd")
    _goes_on(parse, verb, thing, end)


def _goes_on(parse: Columns, verb: int, thing: int, end: int) -> None:
    """ "… persona non grata and accused them": the verb behind "and" has its subject before the first."""
    second = next((j for j in range(end + 1, min(end + 4, len(parse.head))) if parse.pos[j] == "VERB"), end)
    if (
        parse.lower[end : end + 1] != ["and"]
        or parse.head[second] != verb
        or parse.dep[second] not in ("ccomp", "conj")
    ):
        return
    hang(parse, second, verb, "conj")
    for kid in kids_of(parse, second):
        if verb < kid < end and parse.dep[kid] == "nsubj" and kid != thing:
            hang(parse, kid, thing, "appos")
