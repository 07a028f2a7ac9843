"""Repairs of which noun a relative clause or a participle tells of."""

from __future__ import annotations

from triplomat.ontology.words import load_words

from .columns import SUBJECTS, Columns, hang, kids_of

_PEOPLE = frozenset({"GPE", "LOC", "FAC"})
_BEFORE = frozenset({"amod", "compound", "nmod", "nummod", "punct"})
_PHRASES = frozenset({"pobj", "dobj", "pcomp", "prep"})
_ASKING = frozenset({"that", "which", "who", "whom", "whose"})
_RELATIVES = frozenset({"who", "which", "that"})
_FARTHEST = 40


def of_people(parse: Columns, i: int) -> None:
    """ "Colleagues from Chile, who persuaded him", "men with passports who rented it", "the nets of sailors who fled".

    What "who" stands for is people: no place, no thing before or behind the noun that names them.
    """
    asks = next((kid for kid in kids_of(parse, i) if parse.lower[kid] in ("who", "whom") and kid < i), None)
    noun = parse.head[i]
    if asks is None or parse.dep[asks] not in ("nsubj", "nsubjpass", "dobj"):
        return
    if is_person(parse, noun) and not _of_body(parse, noun):
        return
    preposition = parse.head[noun]
    if parse.dep[noun] == "pobj" and parse.dep[preposition] == "prep":
        people = parse.head[preposition]
        named = parse.dep[people] == "appos" and parse.ent[parse.head[people]] == "PERSON"
        if parse.pos[people] == "NOUN" and (
            named or parse.ent[noun] in _PEOPLE or is_person(parse, people) or _of_body(parse, noun)
        ):
            parse.head[i] = people
    elif asks > noun + 1 and is_person(parse, asks - 1) and parse.dep[asks - 1] == "pobj":
        parse.head[i] = asks - 1


def _of_body(parse: Columns, noun: int) -> bool:
    """ "A former head of the army who resigned": the head, not the army."""
    head, preposition = parse.head[parse.head[noun]], parse.head[noun]
    of = parse.dep[noun] == "pobj" and parse.lower[preposition] == "of" and parse.tag[noun] == "NN"
    words = load_words()
    return of and parse.lower[noun] in words.bodies and parse.lower[head] in words.heads


def is_person(parse: Columns, noun: int) -> bool:
    """Whether a noun names a person, or a body that speaks."""
    word, words = parse.lower[noun], load_words()
    if parse.ent[noun] == "PERSON" or word in words.speakers or word.removesuffix("s") in words.speakers:
        return True
    return parse.pos[noun] == "NOUN" and word.endswith(words.doers)


def and_who(parse: Columns, i: int) -> None:
    """ "Leaders who were in Lima and who had been told so": a second relative behind "and" is of the first's noun."""
    first = min([i, *(kid for kid in kids_of(parse, i) if kid < i)])
    asks = first if parse.lower[first] in _RELATIVES else first + 1
    if asks >= i or parse.lower[asks] not in _RELATIVES or "and" not in parse.lower[asks - 1 : asks]:
        return
    for j in range(asks - 2, max(asks - _FARTHEST, -1), -1):
        if parse.dep[j] != "relcl" or j == i or parse.pos[j] not in ("VERB", "AUX"):
            continue
        same = any(parse.lower[kid] == parse.lower[asks] and kid < j for kid in kids_of(parse, j))
        if same and parse.head[i] != j:
            hang(parse, i, parse.head[j], "relcl")
        return


def contact(parse: Columns, i: int) -> None:
    """ "Spills from pipelines it owns": without a pronoun a relative clause is of the noun right before it."""
    kids, noun = kids_of(parse, i), parse.head[i]
    first = min([i, *(kid for kid in kids if kid < i), *(k for kid in kids if kid < i for k in kids_of(parse, kid))])
    last = first - 1
    if last <= noun or parse.pos[last] != "NOUN" or parse.tag[first] not in ("PRP", "PRP$", "DT", "NNP"):
        return
    if not any(parse.dep[kid] == "nsubj" and kid < i for kid in kids) or any(parse.dep[kid] == "mark" for kid in kids):
        return
    node = last
    for _ in range(4):
        if node == noun or parse.dep[node] not in ("pobj", "prep"):
            break
        node = parse.head[node]
    asks = any(parse.lower[kid] in _ASKING or parse.tag[kid] in ("WDT", "WP", "WRB") for kid in kids)
    if node == noun and not asks and not any(parse.dep[kid] == "relcl" for kid in kids_of(parse, last)):
        parse.head[i] = last


def of_names(parse: Columns, i: int) -> None:
    """ "The accord the two governments signed": what stands behind a noun without a comma is no other name of it."""
    noun, kids = parse.head[i], kids_of(parse, i)
    first = min([i, *(kid for kid in kids if kid < i)])
    verb = next((kid for kid in kids if kid > i and parse.dep[kid] == "acl"), None)
    if parse.dep[i] == "dobj" == parse.dep[first - 1] and parse.head[first - 1] == noun:
        noun = first - 1
    if verb != i + 1 or first != noun + 1 or parse.tag[verb] not in ("VBN", "VBD") or parse.pos[noun] != "NOUN":
        return
    if not any(parse.dep[kid] in ("det", "poss") and kid == first for kid in (*kids, first)) or parse.pos[i] != "NOUN":
        return
    if any(parse.dep[kid] in ("dobj", "agent", "nsubj") for kid in kids_of(parse, verb)):
        return
    parse.tag[verb] = "VBD"
    hang(parse, verb, noun, "relcl")
    hang(parse, i, verb, "nsubj")


def set_off(parse: Columns, i: int) -> None:
    """ "A ban on exporting nickel, introduced by Jakarta, hurts": no bare noun deep in a phrase has such an aside.

    What a participle behind a comma tells of has an article, a name or a number; else it is the noun around it.
    """
    node = parse.head[i]
    kids = kids_of(parse, node)
    if node != i - 2 or parse.tag[node] not in ("NN", "NNS") or parse.ent[node]:
        return
    if any(kid < node and parse.dep[kid] not in _BEFORE for kid in kids):
        return
    for _ in range(6):
        if parse.dep[node] not in _PHRASES:
            break
        node = parse.head[node]
    subject = parse.dep[node] in SUBJECTS and parse.pos[node] == "NOUN" and node != parse.head[i]
    if subject and any(parse.dep[kid] in ("det", "poss") for kid in kids_of(parse, node)):
        hang(parse, i, node, "acl")
