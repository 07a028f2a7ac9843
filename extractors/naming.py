"""A noun phrase → the words of the event lexicon that it may be called by."""

from __future__ import annotations

from collections.abc import Sequence

from triplomat.ontology.lexicon import Lexicon

from .clauses import Part
from .tree import Tree

_MODIFIERS = frozenset({"amod", "compound", "nmod", "poss", "nummod"})
_INNER_MODIFIERS = (*_MODIFIERS, "npadvmod", "advmod", "punct")
NO_KEYS: frozenset[str] = frozenset()


class Naming:
    """What the phrases of one article may be called by, each worked out once."""

    def __init__(self, tree: Tree, lexicon: Lexicon) -> None:
        self._tree = tree
        self._words, self._heads, self._wholes, self._modifying = lexicon.vocabulary
        self._measures = lexicon.classes["measure_nouns"]
        self._hyphened = _beside(tree.lower, "-")
        self._keys: list[frozenset[str] | None] = [None] * len(tree.lower)

    def keys(self, i: int) -> frozenset[str]:
        """What of the lexicon's words a phrase may be called by: its head, modifier and head, head and complement."""
        known = self._keys[i]
        if known is None:
            known = self._keys[i] = self._named(i)
        return known

    def _named(self, i: int) -> frozenset[str]:
        tree, lower, labels = self._tree, self._tree.lower, self._tree.dep
        lemma = tree.lemma[i]
        found = {lemma, lower[i]}
        heads = lemma in self._heads
        if i in self._hyphened:
            found.update(self._joined(i))
        for kid in tree.kids[i]:
            dep = labels[kid]
            if dep in _MODIFIERS and kid < i:
                word = lower[kid]
                if word in self._modifying:
                    found.add(f"{word} *")
                if heads:
                    found.update((f"{word} {lemma}", f"{tree.lemma[kid]} {lemma}"))
                    found.update([f"{lower[inner]} {word} {lemma}" for inner in tree.kids_of(kid, *_INNER_MODIFIERS)])
            elif dep == "prep" and lower[kid] in ("of", "for"):
                found |= self._behind(i, kid)
        if tree.pos[i] == "PRON" and (speaker := self._speaker(i)) is not None:
            found |= self.keys(speaker)
        return self._words.intersection(found)

    def _behind(self, i: int, preposition: int) -> set[str]:
        """What an of- or for-phrase lets a noun be called: "violation of rights"; what a noun measures, as itself."""
        tree, lemma, word = self._tree, self._tree.lemma[i], self._tree.lower[preposition]
        found: set[str] = set()
        measures = word == "of" and (lemma in self._measures or tree.pos[i] == "NUM")
        for pobj in tree.kids_of(preposition, "pobj"):
            if lemma in self._wholes:
                found.add(f"{lemma} {word} {tree.lemma[pobj]}")
            if measures:
                found.update(*[self.keys(node) for node in tree.conjuncts(pobj)])
        return found

    def _speaker(self, i: int) -> int | None:
        """Who says the clause whose subject is pronoun i: "unions said they would strike"."""
        tree, verb = self._tree, self._tree.head[i]
        if tree.dep[i] != "nsubj" or tree.lower[i] not in ("they", "it") or tree.dep[verb] != "ccomp":
            return None
        return tree.first(tree.head[verb], "nsubj")

    def _joined(self, i: int) -> list[str]:
        """What a hyphen binds to token i: "cease-fire" from its tokens "cease", "-", "fire"."""
        text = self._tree.lower
        found = []
        if i >= 2 and text[i - 1] == "-":
            found.append(f"{text[i - 2]}-{self._tree.lemma[i]}")
        if i + 2 < len(text) and text[i + 1] == "-":
            found.append(f"{text[i]}-{text[i + 2]}")
        return found

    def _keys_of(self, fillers: Sequence[Part]) -> frozenset[str]:
        if not fillers:
            return NO_KEYS
        if len(fillers) == 1:
            known = self._keys[fillers[0].i]
            return self.keys(fillers[0].i) if known is None else known
        return frozenset().union(*[self.keys(part.i) for part in fillers])


def _beside(words: list[str], mark: str) -> set[int]:
    """The places right before and behind a mark."""
    found, i = set(), -1
    for _ in range(words.count(mark)):
        i = words.index(mark, i + 1)
        found |= {i - 1, i + 1}
    return found
