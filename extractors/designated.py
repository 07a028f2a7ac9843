"""Which unknown names are organisations' by the noun beside them: "the Blue Oar group", "the news site Irrawaddy"."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from triplomat.ontology.descriptions import load_descriptions
from triplomat.ontology.titles import load_titles

from .tree import Tree

_TITLES = load_titles().before
_NAMED = frozenset({"", "ORG", "LOC", "FAC", "PRODUCT", "WORK_OF_ART"})
_ANY = _NAMED | {"GPE", "PERSON", "NORP"}  # what the model takes one word for hardly matters behind the noun
_CALLED = frozenset({"call", "name", "dub"})
_BESIDE = ("compound", "nmod")


def designated(tree: Tree, taken: Collection[int]) -> Iterator[tuple[int, int]]:
    """The names beside a noun for a group, party, firm or newspaper, from their first token up to the one after the
    last; none of the tokens is `taken`.

    Before it ("the Blue Oar group"), behind it ("the newspaper El Faro"), beside it ("his party, Fidesz,") and behind
    "called".
    """
    nouns = load_descriptions().designating
    present = nouns.intersection(tree.lemma)  # few articles have many: cheaper than asking of each token
    for noun in sorted(noun for lemma in present for noun in _places(tree.lemma, lemma)):
        if not tree.text[noun].islower():
            continue
        for last in _names(tree, noun):
            first = _first(tree, last, noun)
            if first is not None and all(word not in taken for word in range(first, last + 1)):
                yield first, last + 1


def _places(lemmas: list[str], lemma: str) -> Iterator[int]:
    """Where a lemma stands."""
    place = -1
    for _ in range(lemmas.count(lemma)):
        place = lemmas.index(lemma, place + 1)
        yield place


def _names(tree: Tree, noun: int) -> Iterator[int]:
    """The last words of the names that stand with a noun."""
    if noun and tree.head[noun - 1] == noun and tree.dep[noun - 1] in _BESIDE:
        yield noun - 1
    head = tree.head[noun]
    if head > noun and tree.dep[noun] in _BESIDE:
        yield head
    elif noun + 1 < len(tree.text) and _is_part(tree, noun + 1, _ANY):  # however it was parsed
        yield _last(tree, noun + 1)
    yield from tree.kids_of(noun, "appos")
    for clause in tree.kids_of(noun, "acl"):
        if tree.lemma[clause] in _CALLED:
            yield from tree.kids_of(clause, "oprd")


def _last(tree: Tree, word: int) -> int:
    """The last of the proper nouns from a word on."""
    while word + 1 < len(tree.text) and _is_part(tree, word + 1, _ANY):
        word += 1
    return word


def _first(tree: Tree, last: int, noun: int) -> int | None:
    """The first word of the name that ends with a word; None if that is no name, or one of a person or place."""
    if tree.ent[last] == "ORG" and tree.ent[last + 1 : last + 2] == ["ORG"]:
        return None  # "his party, Brothers of Italy"
    labels = _NAMED if last < noun or tree.head[last - 1] == last else _ANY
    if not _is_part(tree, last, labels) or tree.lemma[last] in load_descriptions().designating:
        return None
    first = last
    while first > 0 and first - 1 != noun and _is_part(tree, first - 1) and tree.head[first - 1] in (last, noun):
        first -= 1
    if noun < first and tree.dep[noun] in _BESIDE and first != noun + 1:
        return None
    if first and tree.text[first - 1] == "-":
        return None  # "Libya al-Ahrar"
    return None if any(tree.lower[word] in _TITLES for word in range(first, last + 1)) else first


def _is_part(tree: Tree, word: int, labels: frozenset[str] = _NAMED) -> bool:
    name = tree.pos[word] == "PROPN" or (tree.text[word].isupper() and len(tree.text[word]) > 2)
    return name and tree.text[word][0].isupper() and tree.ent[word] in labels
