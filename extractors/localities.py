"""Which unknown names are places by what stands beside them: "the town of Kozacha Lopan", "Trujillo, her home town"."""

from __future__ import annotations

from triplomat.ontology.descriptions import load_descriptions

from .humans import is_firm
from .tree import Tree

_LOCATIVE = frozenset({"in", "near", "outside", "around"})


def is_locality(tree: Tree, start: int, end: int) -> bool:
    """Whether the words around a name, from token `start` up to `end`, say that it is a place's.

    "The village of X", "X province", "the port X", "X, a town in the north", "X's mayor".
    """
    places, lemma = load_descriptions().places, tree.lemma
    if start >= 2 and tree.lower[start - 1] == "of" and (lemma[start - 2] in places or _is_regional(tree, start - 2)):
        return True
    root = end - 1
    while start <= tree.head[root] < end and tree.head[root] != root:
        root = tree.head[root]
    if tree.dep[root] == "poss" and _is_regional(tree, tree.head[root]) and not is_firm(tree.text[end - 1]):
        return True
    if end < len(lemma) and lemma[end] in places and tree.head[root] == end and tree.dep[root] in ("compound", "nmod"):
        return True
    beside = tree.kids_of(root, "appos")
    if tree.dep[root] == "appos" and tree.head[root] < start:
        beside.append(tree.head[root])
    return any(lemma[node] in places and tree.pos[node] == "NOUN" for node in beside)


def _is_regional(tree: Tree, noun: int) -> bool:
    """Whether a noun names an office that a region or town has: "Loreto's governor", "the chief minister of Punjab"."""
    if tree.lemma[noun] == "minister":
        return any(tree.lower[kid] == "chief" for kid in tree.kids_of(noun, "amod", "compound"))
    return tree.lemma[noun] in load_descriptions().regional


def is_location(tree: Tree, word: int) -> bool:
    """Whether a name of one word only tells where: "in Cotacachi"."""
    preposition = tree.head[word]
    return (
        tree.dep[word] == "pobj"
        and preposition == word - 1
        and tree.lower[preposition] in _LOCATIVE
        and not tree.text[word].isupper()
    )
