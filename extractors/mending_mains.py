"""Repairs of main clauses that a parse has lost among others: their verbs taken for participles or for siblings."""

from __future__ import annotations

from triplomat.ontology.words import load_words

from .columns import CONJUNCTIONS, FINITE, SUBJECTS, Columns, group_start, hang, kids_of, main_verb_above, takes_place

_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


def swallowed(parse: Columns, i: int) -> None:
    """ "France, whose troops were forced out, voiced concern": a main verb taken for its object's adjective.

    So is one of several: "bought gas from Niger, imported uranium and left".
    """
    thing = parse.head[i]
    inner = parse.head[thing]
    if parse.dep[thing] == "appos" and _one_of_several(parse, i, thing):
        return
    noun = parse.head[inner]
    if parse.dep[inner] != "relcl" or parse.dep[noun] != "ROOT" or parse.pos[noun] not in _NOUNS or kids_of(parse, i):
        return
    if parse.dep[thing] not in ("dobj", "appos", "npadvmod", "conj") or min([thing, *kids_of(parse, thing)]) != i:
        return
    if not any(parse.dep[kid] in ("auxpass", "dobj", "acomp", "attr") and kid < i for kid in kids_of(parse, inner)):
        return
    for kid in (*kids_of(parse, noun), *kids_of(parse, inner)):
        if kid > i and kid != inner:
            parse.head[kid] = i
    parse.tag[i], parse.pos[i] = "VBD", "VERB"
    hang(parse, i, i, "ROOT")
    hang(parse, noun, i, "nsubj")
    hang(parse, thing, i, "dobj")


def _one_of_several(parse: Columns, i: int, thing: int) -> bool:
    """Makes a participle before a bare noun a verb between two others that have the same subject."""
    kids = kids_of(parse, thing)
    main = main_verb_above(parse, parse.head[thing])
    if main is None or parse.tag[main] != "VBD" or kids_of(parse, i) or min([thing, *kids]) != i:
        return False
    others = kids_of(parse, main)
    last = next((kid for kid in others if parse.dep[kid] == "conj" and parse.tag[kid] == "VBD" and kid > thing), None)
    if last is None or not any(parse.dep[kid] == "cc" and thing < kid < last for kid in others):
        return False
    parse.tag[i], parse.pos[i] = "VBD", "VERB"
    hang(parse, i, main, "conj")
    hang(parse, thing, i, "dobj")
    hang(parse, last, i, "conj")
    for kid in kids:
        if kid > thing and parse.dep[kid] == "prep" and parse.lower[kid] != "of":
            parse.head[kid] = i
    return True


def main_verb(parse: Columns, i: int) -> None:
    """ "Chile, which cut aid, called on him to go": where a sentence has no verb but one taken for a participle.

    A past form with an object is no participle ("trucks carrying part of the ore left Arlit"), nor is that of a verb
    that has none ("bankers of ten states conferred").
    """
    noun = parse.head[i]
    root = noun
    for _ in range(14):
        if parse.head[root] == root:
            break
        root = parse.head[root]
    if parse.pos[root] == "ADP" and _dated_first(parse, noun, root):
        parse.head[root] = i
        root = noun
    if parse.dep[root] != "ROOT" or parse.pos[root] not in _NOUNS or noun > i or parse.tag[root] == "VBG":
        return
    kids = kids_of(parse, i)
    labels = {parse.dep[kid] for kid in kids}
    if "agent" in labels or labels & SUBJECTS or "mark" in labels:
        return
    behind = parse.lower[group_start(parse, i) - 1] == "," and _set_off(parse, root, i)
    finite = parse.tag[i] == "VBD" and "dobj" in labels and noun + 1 == i
    finite |= parse.lemma[i] in load_words().intransitive and parse.lower[i - 1] != "," and "dobj" not in labels
    if not behind and not finite:
        return
    for kid in (*kids_of(parse, root), *kids_of(parse, noun)):
        if kid > i:
            parse.head[kid] = i
            if parse.dep[kid] == "acl":
                parse.dep[kid] = "advcl"
    for kid in range(
        i + 1, min(i + 40, len(parse.head))
    ):  # "Russia, whose envoy was received, called for calm and left"
        if parse.dep[kid] in ("conj", "cc") and root < parse.head[kid] < i and parse.pos[parse.head[kid]] == "VERB":
            parse.head[kid] = i
        if parse.dep[kid] == "ROOT":
            break
    hang(parse, i, i, "ROOT")
    hang(parse, root, i, "nsubj")
    if parse.tag[i] == "VBN" and "aux" not in labels and "auxpass" not in labels:
        parse.tag[i] = "VBD"


def _dated_first(parse: Columns, noun: int, preposition: int) -> bool:
    """ "In June 2020 soldiers of both, armed with clubs, killed 24": makes the second of two nouns the root."""
    kids = kids_of(parse, preposition)
    date = next((kid for kid in kids if parse.dep[kid] == "pobj"), noun)
    if date >= noun or parse.head[noun] != preposition or parse.ent[date] != "DATE" or parse.ent[noun] == "DATE":
        return False
    hang(parse, noun, noun, "ROOT")
    hang(parse, preposition, noun, "prep")
    for kid in kids:
        if kid > noun:
            parse.head[kid] = noun
    return True


def perfect_first(parse: Columns, i: int) -> None:
    """ "The envoy has flown to Lima, reopened a consulate and met her": the first of several verbs has the subject."""
    first = next((kid for kid in kids_of(parse, i) if parse.dep[kid] == "advcl" and kid < i), None)
    if first is None or parse.lower[group_start(parse, i) - 1] != "," or parse.tag[first] not in (*FINITE, "VBN"):
        return
    kids = kids_of(parse, first)
    opened = any(parse.dep[kid] == "mark" or parse.tag[kid] == "WRB" for kid in kids)
    auxiliary = next((kid for kid in kids if parse.dep[kid] == "aux"), first)
    if opened or parse.tag[auxiliary] not in FINITE or not any(parse.dep[kid] in SUBJECTS for kid in kids):
        return
    hang(parse, first, first, "ROOT")
    hang(parse, i, first, "conj")


def _set_off(parse: Columns, noun: int, verb: int) -> bool:
    """Whether a clause or a name set off by commas stands between a noun and a verb."""
    return any(
        noun < kid < verb
        and (parse.dep[kid] in ("relcl", "appos") or (parse.dep[kid] == "acl" and parse.lower[kid - 1] == ","))
        for kid in kids_of(parse, noun)
    )


def plural(parse: Columns, i: int) -> None:
    """ "Analysts doubt that it is near but fear a blockade": beside "is" stands no bare verb; it is the analysts'."""
    told = parse.head[i]
    main = parse.head[told]
    if parse.dep[told] == "ccomp" and main < told and parse.tag[main] == "VBP" and parse.tag[told] in ("VBZ", "VBD"):
        parse.tag[i] = "VBP"
        parse.head[i] = main


def whose_apposed(parse: Columns, i: int) -> None:
    """ "Peru, whose envoy, Ana Ruiz, told the court, has said so": an envoy who has a name speaks all the same."""
    envoy = parse.head[i]
    state = parse.head[envoy]
    verb = parse.head[state]
    main = parse.head[verb]
    if parse.dep[envoy] != "appos" or parse.dep[state] != "nsubj" or not envoy < verb < main:
        return
    if parse.dep[verb] not in ("parataxis", "ccomp", "advcl") or parse.lower[verb - 1] != ",":
        return
    if any(parse.dep[kid] in SUBJECTS for kid in kids_of(parse, main)):
        return
    hang(parse, verb, state, "relcl")
    hang(parse, envoy, verb, "nsubj")
    hang(parse, state, main, "nsubj")


def something(parse: Columns, i: int) -> None:
    """ "It does not permit bases, something he had ruled out": what sums up a clause is no subject of the next."""
    verb = parse.head[i]
    kids = kids_of(parse, verb)
    doer = next((kid for kid in kids if i < kid < verb and parse.dep[kid] == "nsubj"), None)
    told = next((kid for kid in kids if kid < i and parse.dep[kid] == "ccomp"), None)
    if doer is None or told is None or parse.lower[i - 1] != "," or parse.dep[verb] != "ROOT":
        return
    for kid in kids:
        if kid < i or (kid > verb and parse.dep[kid] == "punct"):
            parse.head[kid] = told
    hang(parse, told, told, "ROOT")
    hang(parse, i, told, "appos")
    hang(parse, verb, i, "relcl")


def whose_main(parse: Columns, i: int) -> None:
    """ "The bloc, whose envoy has left, will discuss it": two subjects before one verb, and none before the next.

    The parser took the clause of "whose" for the main one; the verb behind it, which nothing joins, is the bloc's.
    """
    inner, kids = parse.head[i], kids_of(parse, parse.head[i])
    subjects = [kid for kid in kids if parse.dep[kid] in SUBJECTS and kid < inner]
    first = group_start(parse, i)
    if (
        len(subjects) != 2
        or parse.lower[first - 1] != ","
        or any(inner < kid < i and parse.dep[kid] == "cc" for kid in kids)
    ):
        return
    if not any(parse.tag[kid] == "WP$" for kid in kids_of(parse, subjects[1])):
        return
    takes_place(parse, i, inner)
    hang(parse, inner, subjects[0], "relcl")
    hang(parse, subjects[0], i, "nsubj")


def subordinate(parse: Columns, i: int) -> None:
    """ "It was built without loans, after the bank, under pressure, declined": the second clause is the first's."""
    kids = kids_of(parse, i)
    main = next((kid for kid in kids if parse.dep[kid] == "ccomp" and kid < i), None)
    if main is None or parse.dep[i] != "ROOT" or parse.lower[i - 1] != ",":
        return
    told = [kid for kid in kids if parse.dep[kid] == "parataxis" and main < kid < i]
    for preposition in reversed([kid for verb in (main, *told) for kid in kids_of(parse, verb)]):
        noun = next((kid for kid in kids_of(parse, preposition) if parse.dep[kid] == "pobj"), None)
        if noun is None or noun < main or parse.dep[preposition] != "prep" or parse.lower[noun + 1] != ",":
            continue
        if parse.lower[preposition] in CONJUNCTIONS and parse.lower[preposition - 1] == ",":
            hang(parse, main, main, "ROOT")
            hang(parse, i, main, "advcl")
            hang(parse, noun, i, "nsubj")
            hang(parse, preposition, i, "mark")
            return


def fronted_root(parse: Columns, i: int) -> None:
    """ "Under the plan worked out in Paris, the armies are to go": a participle of the phrase that opens the sentence.

    What stands behind the comma, taken for another name of the place before it, is the subject of the verb behind it.
    """
    kids, noun = kids_of(parse, i), i - 1
    preposition = parse.head[noun]
    if parse.dep[noun] != "pobj" or parse.dep[preposition] != "prep" or parse.head[preposition] != i:
        return
    verb = next((kid for kid in kids if kid > i and parse.dep[kid] in ("conj", "ccomp")), None)
    if verb is None or any(parse.dep[kid] in SUBJECTS for kid in kids_of(parse, verb)):
        return
    subject = next((j for j in range(i + 1, verb) if parse.dep[j] == "appos" and i < parse.head[j] < j), None)
    if subject is None or "," in parse.lower[subject:verb] or parse.tag[verb] not in (*FINITE, "VB", "VBN"):
        return
    hang(parse, verb, verb, "ROOT")
    hang(parse, preposition, verb, "prep")
    hang(parse, i, noun, "acl")
    hang(parse, subject, verb, "nsubj")
    for kid in kids:
        if kid > subject and kid != verb:
            parse.head[kid] = verb
