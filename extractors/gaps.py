"""What a clause lacks because it stands before it: the antecedent of a relative, the subject of "hard to break"."""

from __future__ import annotations

from triplomat.ontology.units import load_units
from triplomat.ontology.words import load_words

from .passives import OWN, is_passive
from .tree import Tree

_RELATIVE = frozenset({"which", "that", "who"})
_EMPTY = frozenset({"it", "this", "that", "there"})


def lacking(tree: Tree, i: int) -> int | None:
    """ "The treaty is hard to break": what an infinitive behind such an adjective does something to; else None."""
    adjective = tough(tree, i)
    if adjective is None or is_passive(tree, i) or tree.first(i, "dobj", "ccomp", "xcomp", "attr", "acomp") is not None:
        return None
    subject = tree.first(tree.head[adjective], "nsubj")
    stranded = any(tree.first(kid, "pobj", "pcomp") is None for kid in tree.kids_of(i, "prep"))
    return None if subject is None or stranded or tree.lower[subject] in _EMPTY else subject


def tough(tree: Tree, i: int) -> int | None:
    """The adjective of ease or difficulty that an infinitive stands behind."""
    head = tree.head[i]
    if tree.dep[i] != "xcomp" or tree.tag[i] != "VB":
        return None
    if tree.pos[head] in ("VERB", "AUX"):
        head = tree.first(head, "acomp") or head
    return head if tree.dep[head] == "acomp" and head < i and tree.lemma[head] in load_words().tough else None


def relative_gap(tree: Tree, i: int) -> int | None:
    """The antecedent of the relative clause that token i heads, where it isn't that clause's subject; else None."""
    verb = _behind_object(tree, i)
    while tree.dep[verb] in ("conj", "xcomp") and tree.pos[tree.head[verb]] in ("VERB", "AUX"):
        verb = tree.head[verb]
    if verb != i and tree.first(i, *OWN) is not None and tree.dep[i] == "conj":
        return None
    if tree.dep[verb] != "relcl" or tree.pos[tree.head[verb]] in ("VERB", "AUX"):
        return None
    own = tree.first(verb, *OWN)
    if own is None or is_relative(tree, own) or _is_content(tree, verb):
        return None
    if any(tree.tag[j] == "WP" for kid in tree.kids_of(own, "prep") for j in tree.kids[kid]):
        return None  # "some of whom spoke"
    if verb != i and tree.first(verb, "dobj") is not None and tree.dep[i] != "pcomp":
        return None
    if verb != i and _is_filled(tree, verb):
        return None
    if any(tree.tag[j] == "WP$" for j in range(tree.edges(verb)[0], verb)):
        return None  # "whose leader it believes to be hiding"
    return measured(tree, tree.head[verb])


def _is_filled(tree: Tree, verb: int) -> bool:
    """ "A pact in which they agreed to rest": whether the relative pronoun has its place beside the verb itself."""
    for kid in tree.kids[verb]:
        if tree.dep[kid] == "advmod" and tree.tag[kid] == "WRB":
            return True
        inner = tree.first(kid, "pobj") if tree.dep[kid] == "prep" else None
        if inner is not None and tree.tag[inner] in ("WDT", "WP"):
            return True
    own = tree.first(verb, *OWN)
    return own is not None and any(tree.tag[j] in ("WP", "WDT") and tree.dep[j] == "pobj" for j in tree.subtree(own))


def _behind_object(tree: Tree, i: int) -> int:
    """ "A group that Delhi accuses Kabul of sheltering": the verb whose object does what a gerund tells; or i."""
    preposition = tree.head[i]
    verb = tree.head[preposition]
    if tree.dep[i] != "pcomp" or tree.dep[preposition] != "prep" or tree.pos[verb] != "VERB":
        return i
    return verb if tree.dep[verb] == "relcl" and tree.lemma[verb] in load_words().object_gerund else i


def _is_content(tree: Tree, verb: int) -> bool:
    """ "Warned the crew of a ship that it was late": a that-clause that only looks like a relative one."""
    mark = tree.first(verb, "mark")
    return mark is not None and tree.lower[mark] == "that"


def measured(tree: Tree, noun: int) -> int:
    """What a measure is the size of: "a territory of 160,000 square kilometres that" speaks of the territory.

    Nor does "the clash on Thursday, which" speak of the day.
    """
    head = tree.head[noun]
    if tree.ent[noun] == "DATE" and tree.dep[noun] == "pobj" and tree.pos[tree.head[head]] in ("NOUN", "PROPN"):
        return tree.head[head]
    if tree.dep[noun] == "pobj" and tree.lower[head] == "of" and tree.lemma[noun] in load_units().measures:
        whole = tree.head[head]
        return whole if tree.pos[whole] == "NOUN" and tree.first(noun, "nummod") is not None else noun
    return noun


def inverted_speaker(tree: Tree, i: int) -> int | None:
    """The speaker behind the verb, where the parser took it for an object: "…," warned the mayor."""
    speech = tree.first(i, "ccomp")
    if speech is None or speech > i or i == 0 or tree.dep[i - 1] != "punct" or tree.first(i, *OWN) is not None:
        return None
    speaker = tree.first(i, "dobj")
    return speaker if speaker is not None and tree.edges(speaker)[0] == i + 1 else None


def is_relative(tree: Tree, i: int) -> bool:
    """Whether token i is a relative pronoun that may be a subject."""
    return tree.tag[i] in ("WDT", "WP") and tree.lower[i] in _RELATIVE
