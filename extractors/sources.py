"""The phrase of a clause that names its source: "according to Kyiv", "in the view of Vienna", "for Moscow, …"."""

from __future__ import annotations

from spacy.tokens import Span

from triplomat.ontology.words import Words

from .phrases import phrase
from .tree import Tree

_NAMED = frozenset({"GPE", "PERSON", "ORG", "NORP"})
_POINTING = frozenset({"in", "to", "by", "from", "on"})
_NOBODYS = frozenset({"my", "our", "its", "this"})


def according_to(tree: Tree, words: Words, i: int) -> Span | None:
    """The source that a phrase below the predicate at token i names for it."""
    for kid in tree.kids[i]:
        dep = tree.dep[kid]
        if dep not in ("prep", "advcl", "advmod", "agent", "aux", "dative"):
            continue
        word = tree.lower[kid]
        if tree.text[kid] in ("For", "To") and (whose := _perspective(tree, kid)) is not None:
            return whose
        if word == "far" and (whose := _concern(tree, kid)) is not None:
            return whose
        if dep == "prep" and word in _POINTING and (whose := _view(tree, words, kid)) is not None:
            return whose
        if word == "according" and dep != "agent":
            for inner in tree.kids[kid]:
                if tree.lower[inner] == "to" and (found := tree.first(inner, "pobj")) is not None:
                    return tree.span(*phrase(tree, found))
    return None


def according_to_which(tree: Tree, i: int) -> Span | None:
    """ "The official version, according to which drug traffickers burned the bodies"."""
    above = tree.head[tree.head[i]]
    if tree.lower[above] != "according" or above < 2:
        return None
    if not any(tree.tag[j] == "WDT" for j in range(tree.head[i], i)):
        return None
    noun = above - 2 if tree.text[above - 1] == "," else above - 1
    return tree.span(*phrase(tree, noun))


def _concern(tree: Tree, far: int) -> Span | None:
    """ "As far as Moscow is concerned, Crimea belongs to Russia"."""
    for kid in tree.kids_of(far, "advcl"):
        subject = tree.first(kid, "nsubjpass", "nsubj")
        if tree.lower[kid] == "concerned" and subject is not None and tree.ent[subject] in _NAMED:
            return tree.span(*phrase(tree, subject))
    return None


def _view(tree: Tree, words: Words, preposition: int) -> Span | None:
    """ "In the view of Vienna", "by its own account"."""
    view = tree.first(preposition, "pobj")
    if view is None or tree.lemma[view] not in words.views:
        return None
    owner = tree.first(view, "poss")
    for prep in tree.kids_of(view, "prep"):
        owner = tree.first(prep, "pobj") if tree.lower[prep] == "of" else owner
    if owner is None or tree.lower[owner] in _NOBODYS:
        return None
    return tree.span(*_without_case(tree, owner))


def _perspective(tree: Tree, preposition: int) -> Span | None:
    """ "For Moscow, the deal is a triumph": a name behind "for" at the head of the sentence, set off by a comma."""
    named = tree.first(preposition, "pobj")
    if named is None or tree.ent[named] not in _NAMED:
        return None
    first, last = phrase(tree, named)
    return tree.span(first, last) if last + 1 < len(tree.text) and tree.text[last + 1] == "," else None


def _without_case(tree: Tree, owner: int) -> tuple[int, int]:
    first, last = phrase(tree, owner)
    while last > owner and tree.dep[last] == "case":
        last -= 1
    return first, last
