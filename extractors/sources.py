"""The phrase of a clause that names its source: "according to Kyiv", "in the view of Vienna", "for Moscow, …"."""

from __future__ import annotations

from spacy.tokens import Span

from triplomat.ontology.words import Words

from .phrases import phrase
from .tree import Tree

_NAMED = frozenset({"GPE", "PERSON", "ORG", "NORP"})
_POINTING = frozenset({"in", "to", "by", "from", "on"})
_JOINING = frozenset({"and", "but", "or"})
_MARKS = frozenset({",", "–", "—", "-", "("})
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
        own = word == "according" and dep != "agent" and not (kid > i and _goes_on(tree, kid))
        if own and (named := _named(tree, kid)) is not None:
            return named
    if tree.dep[i] == "conj":
        for kid in tree.kids[tree.head[i]]:
            if kid < i and tree.lower[kid] == "according" and _goes_on(tree, kid):
                return _named(tree, kid)
    return None


def closing(tree: Tree, words: Words, i: int) -> Span | None:
    """ "Russia bombed the port and sank a ship, according to Kyiv": whose word all is that one subject did.

    What stands before a contrast, or beside another's deed, may be the article's.
    """
    if "according" not in tree.lower[i:] or tree.first(i, "ccomp") is not None:
        return None
    _, end = tree.sentence(i)
    last = next((j for j in range(end - 1, i, -1) if tree.lower[j] == "according"), None)
    if last is None or tree.text[last - 1] != "," or (named := _named(tree, last)) is None:
        return None
    ended = all(tree.pos[j] in ("PUNCT", "SPACE") for j in range(named.end, end))
    between = tree.lower[i:last]
    if not ended or ";" in between or not words.contrasts.isdisjoint(between):
        return None
    return None if any(_begins_anew(tree, j, i) for j in range(i + 1, last)) else named


def _begins_anew(tree: Tree, j: int, i: int) -> bool:
    """Whether a clause beside that of token i has a subject of its own."""
    beside = tree.dep[j] == "conj" and tree.head[j] <= i and tree.pos[j] in ("VERB", "AUX")
    return beside and tree.first(j, "nsubj", "nsubjpass") is not None


def _goes_on(tree: Tree, according: int) -> bool:
    """ "Lost the town and, according to Kyiv, shelled it": whether it speaks of what follows alone."""
    return according > 1 and tree.lower[according - 2] in _JOINING and tree.text[according - 1] in _MARKS


def _named(tree: Tree, according: int) -> Span | None:
    """Who stands behind "according to"."""
    for inner in tree.kids[according]:
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
