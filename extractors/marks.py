"""The marks that a predicate carries itself: modals, adverbs, negation of nouns, questions, conditions, tense, sources.

What embeds the predicate is `factuality`'s business.
"""

from __future__ import annotations

from spacy.tokens import Span

from triplomat.ontology.words import Words

from .clauses import verb_chain
from .phrases import phrase
from .tree import Tree

_VERBAL = ("VERB", "AUX")


class Marks:
    """The marks of the predicates of a tree."""

    def __init__(self, tree: Tree, words: Words) -> None:
        self._tree = tree
        self._words = words

    def modality(self, i: int) -> str:
        tree, words = self._tree, self._words
        chain = verb_chain(tree, i)
        modality = "asserted"
        perfect = any(tree.lower[j] == "have" for j in chain)
        for j in chain:
            if tree.tag[j] == "MD" or (
                tree.lower[j] in ("need", "dare") and tree.dep[j] == "aux"
            ):  # "must have ignored": a conclusion, not a duty
                modality = weaker(
                    modality, "possible" if perfect and tree.lower[j] == "must" else words.modal(tree.lower[j])
                )
        if modality == "hypothetical":
            modality = self._would(i, chain)
        for kid in tree.kids[i]:
            if tree.dep[kid] in ("advmod", "npadvmod", "acomp"):
                modality = weaker(modality, words.adverb(tree.lower[kid]))
                if tree.lower[kid] == "better" and tree.tag[i] == "VB":  # "had better leave"
                    modality = weaker(modality, "intended")
            elif tree.dep[kid] == "parataxis" and self._is_hearsay(kid):
                modality = weaker(modality, "possible")
        if tree.dep[i] == "ROOT" or tree.dep[i] == "conj":
            modality = weaker(modality, self._question(i))
        if (
            tree.dep[i] == "ROOT"
            and tree.first(i, "nsubj", "nsubjpass", "expl") is not None
            and tree.tag[i] == "VB"
            and chain
            and tree.lower[chain[0]] == "to"
        ):
            modality = weaker(modality, "intended")  # a headline: "Putin to visit Pyongyang"
        return modality

    def _is_hearsay(self, i: int) -> bool:
        """ "China, it seems, leaked it"; "the bank, it is said, knew"."""
        tree = self._tree
        subject = tree.first(i, "nsubj", "nsubjpass")
        if subject is None or tree.lower[subject] != "it":
            return False
        return tree.lemma[i] in self._words.seeming or tree.first(i, "auxpass") is not None

    def _would(self, i: int, chain: list[int]) -> str:
        """ "Would" is a condition, but the future in the past in "said it would send", and a wish in "would like"."""
        tree = self._tree
        if not any(tree.lower[j] in ("would", "'d", "’d") for j in chain):
            return "hypothetical"
        if tree.lemma[i] in self._words.polite:
            return "asserted"
        if any(tree.lower[j] == "have" for j in chain if j != i):  # "would have come" did not come about
            return "hypothetical"
        if self._reported(i) or any(tree.lower[kid] in ("rather", "sooner") for kid in tree.kids[i] if kid < i):
            return "intended"
        return "hypothetical"

    def almost(self, i: int) -> bool:
        """ "Almost collapsed": it did not; "almost doubled" tells by how much."""
        tree, words = self._tree, self._words
        if i == 0 or tree.lower[i - 1] not in words.almost or tree.head[i - 1] != i:
            return False
        return tree.lemma[i] not in words.degrees

    def inverted_condition(self, i: int) -> bool:
        """ "Were Sweden to leave", "Had Iran known", "Should prices fall": the verb before its subject, no question."""
        tree = self._tree
        first = tree.edges(i)[0]
        while first < i and tree.dep[first] in ("mark", "punct"):
            first += 1
        subject = tree.first(i, "nsubj", "nsubjpass")
        opens = tree.lower[first] in ("were", "had", "should") and first in (i, *tree.kids_of(i, "aux", "auxpass"))
        return opens and subject is not None and subject > first

    def split_condition(self, i: int, head: int) -> bool:
        """ "Had Romania not supplied it", where the parser made two clauses of it."""
        tree = self._tree
        if tree.lower[head] not in ("had", "were", "should") or head > i or tree.edges(head)[0] != head:
            return False
        subject = tree.first(i, "nsubj", "nsubjpass")
        return subject is not None and tree.edges(subject)[0] == head + 1 and tree.first(head, "nsubj") is None

    def _question(self, i: int) -> str:
        tree = self._tree
        root = i
        while tree.dep[root] == "conj" and tree.pos[tree.head[root]] in _VERBAL:
            root = tree.head[root]
        if tree.dep[root] != "ROOT":
            return "asserted"
        last = tree.kids[root][-1] if tree.kids[root] else root
        return "hypothetical" if tree.text[last].startswith("?") else "asserted"

    def _reported(self, i: int) -> bool:
        tree = self._tree
        while tree.dep[i] in ("conj", "xcomp"):
            i = tree.head[i]
        head = tree.head[i]
        if tree.dep[i] == "advcl" and tree.pos[head] == "ADJ":
            head = tree.head[head]  # "made it clear that it would"
            return any(tree.tag[j] in ("VBD", "VBN") for j in verb_chain(tree, head))
        if tree.dep[i] == "acl":
            return True
        return tree.dep[i] == "ccomp" and any(tree.tag[j] in ("VBD", "VBN") for j in verb_chain(tree, head))

    def noun_modality(self, i: int) -> str:
        tree = self._tree
        modality = "asserted"
        for kid in tree.kids[i]:
            if tree.dep[kid] in ("amod", "compound", "advmod", "acl"):
                modality = weaker(modality, self._words.adjective(tree.lower[kid]))
        return modality

    def tense(self, i: int) -> str:
        tree = self._tree
        chain = verb_chain(tree, i)
        if any(tree.lower[j] in ("will", "'ll", "shall", "wo") for j in chain):
            return "future"
        if self._going_to(i):
            return "future"
        tags = [tree.tag[j] for j in chain]
        if "VBD" in tags or ("VBN" in tags and any(tree.lemma[j] == "have" for j in chain)):
            return "past"
        if (
            tags
            and tags[-1] in ("VBN", "VBG", "VB")
            and tree.head[i] != i
            and len(chain) == 1
            and tree.pos[tree.head[i]] in _VERBAL
        ):
            return self.tense(tree.head[i])
        return "present"

    def _going_to(self, i: int) -> bool:
        tree = self._tree
        head = tree.head[i]
        return tree.dep[i] == "xcomp" and tree.lower[head] in ("going", "set", "due", "about")

    def according_to(self, i: int) -> Span | None:
        """The source that "according to …", "in the view of …" names for a clause."""
        tree = self._tree
        for kid in tree.kids[i]:
            if tree.text[kid] == "For" and (whose := self._perspective(kid)) is not None:
                return whose
            if tree.dep[kid] == "prep" and tree.lower[kid] in ("in", "to", "by"):
                view = tree.first(kid, "pobj")
                if view is not None and tree.lemma[view] in self._words.views:
                    owner = tree.first(view, "poss")
                    for prep in tree.kids_of(view, "prep"):
                        owner = tree.first(prep, "pobj") if tree.lower[prep] == "of" else owner
                    if owner is not None and tree.lower[owner] not in ("my", "our", "its", "this"):
                        return tree.span(*_without_case(tree, owner))
            if tree.dep[kid] in ("prep", "advcl", "advmod") and tree.lower[kid] == "according":
                for inner in tree.kids[kid]:
                    if tree.lower[inner] == "to" and (found := tree.first(inner, "pobj")) is not None:
                        return tree.span(*phrase(tree, found))
        return None

    def _perspective(self, preposition: int) -> Span | None:
        """ "For Moscow, the deal is a triumph": a name behind "for" at the head of the sentence, set off by a comma."""
        tree = self._tree
        named = tree.first(preposition, "pobj")
        if named is None or tree.ent[named] not in ("GPE", "PERSON", "ORG", "NORP"):
            return None
        first, last = phrase(tree, named)
        return tree.span(first, last) if last + 1 < len(tree.text) and tree.text[last + 1] == "," else None


def _without_case(tree: Tree, owner: int) -> tuple[int, int]:
    first, last = phrase(tree, owner)
    while last > owner and tree.dep[last] == "case":
        last -= 1
    return first, last


def weaker(outer: str, own: str) -> str:
    """The weaker of two modalities: what isn't asserted stays so; a condition outweighs an intention."""
    if "hypothetical" in (outer, own):
        return "hypothetical"
    return own if own != "asserted" else outer
