"""The marks that a predicate carries itself: modals, adverbs, phrases of doubt, tense, adjectives of event nouns.

What embeds the predicate is `factuality`'s business, its mood that of `moods`.
"""

from __future__ import annotations

from triplomat.ontology.words import Words

from .clauses import verb_chain
from .moods import Moods
from .tree import Tree

_VERBAL = ("VERB", "AUX")
_IF = frozenset({"if", "unless"})
_APART = frozenset({",", "–", "—", "-"})


class Marks:
    """The marks of the predicates of a tree."""

    def __init__(self, tree: Tree, words: Words) -> None:
        self._tree = tree
        self._words = words
        self.moods = Moods(tree, words)

    def modality(self, i: int) -> str:
        """The modality of a verb by its auxiliaries, its adverbs and its mood."""
        tree, moods = self._tree, self.moods
        chain = verb_chain(tree, i)
        perfect = any(tree.lower[j] == "have" for j in chain)
        modality = self._of_auxiliaries(i, chain, perfect=perfect)
        for kid in tree.kids[i]:
            modality = weaker(modality, self._of_adjunct(i, kid, chain))
        if tree.dep[i] in ("ROOT", "conj", "ccomp") and moods.asks(i):
            modality = "hypothetical"
        if self._is_headline(i, chain) or self._has_to(i, chain) or moods.commands(i, chain):
            modality = weaker(modality, "intended")
        if tree.tag[i] == "VBN" and tree.dep[i] != "amod" and i and tree.lower[i - 1] in _IF:
            modality = "hypothetical"  # "would, if carried out, close"
        if moods.of_anybody(i) or (perfect and modality == "possible" and moods.has_condition(i)):
            modality = "hypothetical"  # "could have opened it if"
        if i > 1 and tree.lower[i - 1] in self._words.likely and self._is_in_doubt(i):
            modality = weaker(modality, "possible")
        return modality

    def _of_auxiliaries(self, i: int, chain: list[int], *, perfect: bool) -> str:
        tree, words = self._tree, self._words
        modality = "asserted"
        for j in chain:
            word = tree.lower[j]
            if (tree.tag[j] == "MD" and tree.text[j + 1 : j + 2] != ["-"]) or (
                word in ("need", "dare") and tree.dep[j] == "aux"
            ):  # "must have ignored": a conclusion, not a duty
                own = "possible" if perfect and word == "must" else words.modal(word)
                if word == "must" and self.moods.performs(i):
                    continue
                modality = weaker(modality, "hypothetical" if perfect and word in ("should", "ought") else own)
        if modality == "asserted" and (modal := self._split_modal(chain)) is not None:
            modality = words.modal(tree.lower[modal])
        return self.moods.would(i, chain) if modality == "hypothetical" else modality

    def _of_adjunct(self, i: int, kid: int, chain: list[int]) -> str:
        tree, words = self._tree, self._words
        dep = tree.dep[kid]
        if dep in ("advmod", "npadvmod", "acomp"):
            if tree.lower[kid] == "better" and tree.tag[i] == "VB":  # "had better leave"
                return "intended"
            return words.adverb(tree.lower[kid])
        if dep == "prep":
            if tree.lower[kid] == "under" and self._in_scheme(kid, chain):
                return "intended"
            return "possible" if self._in_theory(kid) else "asserted"
        if (dep == "advcl" and self._is_if_true(kid)) or (dep in ("parataxis", "conj") and self._is_hearsay(kid)):
            return "possible"
        return "asserted"

    def _is_headline(self, i: int, chain: list[int]) -> bool:
        """ "Putin to visit Pyongyang"."""
        tree = self._tree
        if tree.dep[i] != "ROOT" or tree.tag[i] != "VB" or not chain or tree.lower[chain[0]] != "to":
            return False
        return tree.first(i, "nsubj", "nsubjpass", "expl") is not None

    def _has_to(self, i: int, chain: list[int]) -> bool:
        """ "Has only to wait", where the parser makes auxiliaries of it."""
        tree = self._tree
        if tree.tag[i] != "VB" or len(chain) < 3 or tree.lower[chain[0]] not in ("has", "have"):
            return False
        return any(tree.lower[j] == "to" for j in chain)

    def _split_modal(self, chain: list[int]) -> int | None:
        """ "Might, had he been so minded, have called": the modal before an aside."""
        tree = self._tree
        first = chain[0]
        if first < 4 or tree.text[first - 1] not in _APART:
            return None
        near = range(first - 3, max(0, first - 16), -1)
        opening = next((j for j in near if tree.text[j] == tree.text[first - 1]), None)
        if opening is None:
            return None
        modal = opening - 1 if tree.lower[opening - 1] not in ("not", "n't") else opening - 2
        return modal if tree.tag[modal] == "MD" else None

    def _is_hearsay(self, i: int) -> bool:
        """ "China, it seems, leaked it"; "the bank, it is said, knew"; "it leaked it, or so it seems"."""
        tree = self._tree
        if tree.dep[i] == "conj" and not any(tree.lower[kid] == "so" for kid in tree.kids_of(i, "advmod")):
            return False
        subject = tree.first(i, "nsubj", "nsubjpass")
        if subject is None or tree.lower[subject] != "it":
            return False
        return tree.lemma[i] in self._words.seeming or tree.first(i, "auxpass") is not None

    def _is_if_true(self, i: int) -> bool:
        """ "Rebels took the town, if residents are to be believed"."""
        tree = self._tree
        if not any(tree.lower[kid] == "if" for kid in tree.kids_of(i, "mark")):
            return False
        verb = next(iter(tree.kids_of(i, "xcomp")), i)
        if tree.lemma[verb] in ("believe", "trust", "credit") and tree.first(verb, "auxpass") is not None:
            return True
        how = tree.first(i, "acomp")
        return tree.lemma[i] == "be" and how is not None and tree.lower[how] in self._words.true

    def _in_scheme(self, preposition: int, chain: list[int]) -> bool:
        """ "Under the proposal, Iran gives up its bombs": not yet."""
        tree = self._tree
        noun = tree.first(preposition, "pobj")
        if noun is None or tree.lemma[noun] not in self._words.schemes:
            return False
        if preposition > chain[0] and tree.lemma[noun] in self._words.bonds:
            return False  # "keeps troops there under an accord": it is in force
        return tree.tag[chain[0]] in ("VBZ", "VBP") and tree.lemma[chain[0]] != "have"

    def _in_theory(self, preposition: int) -> bool:
        """ "In theory", "on paper", "at first sight"."""
        tree = self._tree
        noun = tree.first(preposition, "pobj")
        if noun is None or tree.lower[noun] not in self._words.likely:
            return False
        return " ".join(tree.lower[preposition : noun + 1]) in self._words.appearances

    def _is_in_doubt(self, i: int) -> bool:
        """ "Was in all likelihood sunk": the phrase right before the verb."""
        lower = self._tree.lower
        return any(" ".join(lower[i - size : i]) in self._words.appearances for size in (2, 3) if i >= size)

    # ------------------------------------------------------------------ what is nearly or needlessly done
    def almost(self, i: int) -> bool:
        """ "Almost collapsed": it did not; "almost doubled" tells by how much."""
        tree, words = self._tree, self._words
        if i == 0:
            return False
        nearly = tree.lower[i - 1] in words.almost and tree.head[i - 1] == i
        if not nearly and tree.lower[max(0, i - 2) : i] != ["all", "but"]:
            return False
        return tree.lemma[i] not in words.degrees

    def needlessly(self, i: int) -> str | None:
        """ "Need not have fled": he did, so asserted; "need never have been made" is hypothetical; else None."""
        tree = self._tree
        words = [tree.lower[j] for j in verb_chain(tree, i)]
        if words[:1] != ["need"] or "have" not in words:
            return None
        return "hypothetical" if "never" in words else "asserted"

    # ------------------------------------------------------------------ event nouns
    def noun_modality(self, i: int) -> str:
        """The modality that the words before an event noun give it: "alleged", "planned", "any"."""
        tree = self._tree
        unknown = any(tree.lower[kid] in self._words.any for kid in tree.kids_of(i, "det"))
        return "hypothetical" if unknown else self.adjective(i)

    def adjective(self, i: int) -> str:
        """The modality that its adjectives give an event noun."""
        tree = self._tree
        modality = "asserted"
        for kid in tree.kids_of(i, "amod", "compound", "advmod", "acl", "nmod"):
            modality = weaker(modality, self._words.adjective(tree.lower[kid]))
        return modality

    def undone(self, i: int) -> bool:
        """ "The cancelled visit", "a foiled attack"."""
        return any(self._tree.lower[kid] in self._words.undone for kid in self._tree.kids_of(i, "amod", "compound"))

    # ------------------------------------------------------------------ tense
    def tense(self, i: int) -> str:
        """ "past", "present" or "future"."""
        tree = self._tree
        chain = verb_chain(tree, i)
        if any(tree.lower[j] in ("will", "'ll", "shall", "wo") for j in chain) or self._going_to(i):
            return "future"
        tags = [tree.tag[j] for j in chain]
        if "VBD" in tags or ("VBN" in tags and any(tree.lemma[j] == "have" for j in chain)):
            return "past"
        bare = len(chain) == 1 and tags[-1] in ("VBN", "VBG", "VB")
        if bare and tree.head[i] != i and tree.pos[tree.head[i]] in _VERBAL:
            return self.tense(tree.head[i])
        return "present"

    def _going_to(self, i: int) -> bool:
        tree = self._tree
        head = tree.head[i]
        return tree.dep[i] == "xcomp" and tree.lower[head] in ("going", "set", "due", "about")


def weaker(outer: str, own: str) -> str:
    """The weaker of two modalities: what isn't asserted stays so; a condition outweighs an intention."""
    if "hypothetical" in (outer, own):
        return "hypothetical"
    return own if own != "asserted" else outer
