"""Transcripts → who speaks: what stands behind "MR. MILLER:" is said by him, up to the next such label or paragraph."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span

from triplomat.ontology.words import load_words

from .tree import Tree

_WORDS = 6
_FACE_TO_FACE = frozenset({"i", "we", "you", "my", "our", "your", "me", "us"})


def turns(tree: Tree) -> Iterator[tuple[int, int, Span]]:
    """The first and last token of each turn, and the speaker's name on its label."""
    words = load_words()
    labels = [
        (first, colon)
        for colon, text in enumerate(tree.text)
        if text == ":" and (first := _label(tree, colon)) is not None
    ]
    if len(labels) == 1 and _is_dateline(tree, *labels[0]):
        return
    for number, (first, colon) in enumerate(labels):
        following = labels[number + 1][0] if number + 1 < len(labels) else len(tree.text)
        last = next((j for j in range(colon + 1, following) if "\n" in tree.text[j]), following) - 1
        name = first
        while name < colon - 1 and (tree.lower[name].rstrip(".") in words.titles or tree.text[name] == "."):
            name += 1
        if last > colon and len(tree.text[name]) > 2 and tree.lower[name] not in words.labels:
            yield colon + 1, last, tree.span(name, colon - 1)


def _is_dateline(tree: Tree, first: int, colon: int) -> bool:
    """ "JAKARTA: No sooner had Suharto agreed …": the only label, of one word that is no role, and nobody speaks."""
    if first != colon - 1 or first != 0 or tree.lemma[first] in load_words().speakers:
        return False
    _, end = tree.sentence(colon + 1) if colon + 1 < len(tree.text) else (colon, colon)
    return _FACE_TO_FACE.isdisjoint(tree.lower[colon:end])


def _label(tree: Tree, colon: int) -> int | None:
    """Where a label in capitals begins that ends before the colon; a line or a sentence begins with it."""
    first = colon
    while first > max(0, colon - _WORDS) and (
        (tree.text[first - 1].isupper() and tree.text[first - 1].replace(".", "").isalpha())
        or tree.text[first - 1] == "."
    ):
        first -= 1
    while first < colon and tree.text[first] == ".":
        first += 1
    if first == colon:
        return None
    return first if first == 0 or "\n" in tree.text[first - 1] or tree.text[first - 1] in ".?!" else None
