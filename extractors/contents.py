"""The clause that belongs to a noun → its status: "no plan to go", "the claim that", "the chances of its sinking"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from .claims import Claims
from .clauses import lemma_of
from .governing import Governing
from .status import VERBAL, Factuality, Statuses, predicate_above


class Contents:
    """The surroundings of the contents of nouns; `embedded` is what a predicate makes of its complement."""

    def __init__(self, statuses: Statuses, governing: Governing, embedded: Callable[..., Factuality]) -> None:
        self._statuses = statuses
        self._known = statuses.known
        self._tree = statuses.known.tree
        self._claims = Claims(statuses)
        self._governing = governing
        self._embedded = embedded

    def of_noun(self, i: int, noun: int, marker: str) -> Factuality:
        """The surroundings of an infinitive or that-clause at token i that belongs to a noun."""
        known = self._known
        verb = predicate_above(self._tree, noun)
        aloof = self._tree.dep[noun] == "pobj" and self._tree.first(verb, "ccomp") is None and verb != noun
        outer = self._tree.head[noun]
        while self._tree.pos[outer] == "ADP" and self._tree.head[outer] != outer:  # "told them from behind a screen"
            outer = self._tree.head[outer]
        if marker == "that" and aloof and self._known.says(verb) and outer == verb:
            return self._embedded(i, verb, marker)  # "said in a report that"
        if marker == "that" and (denied := self._claims.rejected(noun)) is not None:
            return denied
        verb = predicate_above(self._tree, noun)
        if marker == "to" and self._tree.lemma[verb] == "take" and self._governing.is_impersonal(verb):
            return self._embedded(i, verb, marker)  # "it took the collapse of the currency to persuade them"
        if marker == "to" and known.lexicon.find(self._tree.lemma[noun], "noun", "to") is None:
            above = predicate_above(self._tree, noun)
            if self._tree.lemma[above] == "do" and self._tree.lower[noun] in known.words.nobody | known.words.scarce:
                return replace(self._statuses.of(above), polarity="negative")
            if self._governing.singled(noun) and above != noun:
                return self._statuses.of(above)
        return self._embedded(i, noun, marker)

    def is_made(self, i: int) -> bool:
        """ "A truce that Qatar brokered": what was done with what the clause at token i modifies, not what it says."""
        tree = self._tree
        if tree.lemma[tree.head[i]] not in self._known.words.deals or tree.tag[i] not in ("VBD", "VBN", "VBZ", "VBP"):
            return False
        kids = tree.kids[i]
        own = any(tree.dep[kid] in ("dobj", "attr", "acomp", "xcomp") and tree.lower[kid] != "that" for kid in kids)
        return not own and not any(tree.tag[kid] == "MD" or tree.dep[kid] in ("auxpass", "ccomp") for kid in kids)

    def of_prospect(self, i: int) -> Factuality | None:
        """ "The chances of the ship being raised": a noun between the word that embeds and its gerund."""
        tree = self._tree
        gerund = tree.tag[i] == "VBG" or any(tree.lower[kid] in ("being", "having") for kid in tree.kids[i])
        noun = self._noun_of_gerund(i) if gerund else None
        if noun is None:
            return None
        preposition = tree.head[noun]
        above, pos = tree.head[preposition], self._governing.pos(tree.head[preposition])
        found = self._governing.signature(above, pos, tree.lower[preposition])
        named = tree.tag[noun] == "NNP" and tree.ent[noun] in ("GPE", "PERSON", "ORG")
        if found is None and pos == "noun" and named and tree.lower[preposition] == "of":
            return self._embedded(i, above, "of")  # "the spectacle of Russia vetoing"
        if found is None or (found.affirmed.holds and found.affirmed.modality == "asserted" and found.certain):
            return None
        return self._embedded(i, above, tree.lower[preposition])

    def depicted(self, i: int, noun: int) -> Factuality | None:
        """ "Purports to show soldiers looting", "described soldiers looting": the scene, not the soldiers, is shown."""
        tree = self._tree
        verb = tree.head[noun]
        if tree.tag[i] != "VBG" or tree.dep[noun] != "dobj" or tree.pos[verb] not in VERBAL or i < verb:
            return None
        found = self._known.lexicon.exact(lemma_of(tree, verb), "verb", "-ing")
        if found is None or not found.affirmed.holds or tree.text[i - 1] == ",":
            return None
        return self._embedded(i, verb, "")

    def _noun_of_gerund(self, i: int) -> int | None:
        """The noun behind a preposition that stands right before the gerund at token i and is its subject."""
        tree = self._tree
        before = tree.edges(i)[0] - 1
        if before < 1 or before > i or tree.text[before] == ",":
            return None
        node = before
        while tree.dep[node] not in ("pobj", "ROOT") and tree.head[node] < i:
            node = tree.head[node]
        if tree.dep[node] != "pobj" or tree.lower[tree.head[node]] not in ("of", "about", "against", "on", "for"):
            return None
        last = max(j for j in tree.subtree(node) if j <= before)
        return node if last == before and tree.head[i] in (node, *tree.ancestors(node)) else None

    def is_warning(self, i: int, gerund: int) -> bool:
        """ "Gave warning that": a gerund that is an object as a noun is."""
        tree = self._tree
        if tree.tag[gerund] != "VBG" or tree.dep[gerund] != "dobj":
            return False
        return any(tree.lower[kid] == "that" for kid in tree.kids_of(i, "mark"))

    def noun_before(self, i: int, head: int) -> int | None:
        """ "Banned it on the ground that": the clause is the noun's, where the verb reports nothing."""
        tree = self._tree
        noun = tree.edges(i)[0] - 1
        if noun <= head or tree.pos[noun] != "NOUN" or self._known.says(head):
            return None
        bare = tree.first(i, "mark") is None  # "quits over claims she misled parliament"
        if bare and (tree.dep[noun] != "pobj" or tree.first(i, "nsubj", "nsubjpass") is None):
            return None
        return noun if self._known.lexicon.find(tree.lemma[noun], "noun", "that") is not None else None

    def noun_of_rumour(self, i: int, verb: int) -> int | None:
        """ "Word came that", "fears grow that", "rumour has it that": the clause is the subject's."""
        tree, lexicon = self._tree, self._known.lexicon
        subject, thing = tree.first(verb, "nsubj", "nsubjpass"), tree.first(verb, "dobj")
        if subject is None or tree.pos[verb] != "VERB" or i < verb:
            return None
        if thing is not None and (tree.lower[thing] != "it" or tree.lemma[verb] != "have"):
            return None
        if thing is None and lemma_of(tree, verb) not in self._known.words.arising:
            return None
        content = lexicon.find(tree.lemma[subject], "noun", "that")
        if content is None or (tree.pos[subject] == "PROPN" and thing is None):
            return None
        return subject

    def rejected(self, noun: int) -> Factuality | None:
        """What becomes of what a claim is about, where the sentence says what it is worth."""
        return self._claims.rejected(noun)
