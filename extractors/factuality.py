"""A predicate in its sentence → whether it holds: polarity, modality, and who says so.

Walks from the sentence's root down to the predicate. Own marks (negation, modals, adverbs, conditionals, questions)
meet what surrounds it: embedding predicates (`embedding`), adjuncts (`adjuncts`), reports beside it (`reports`).
"""

from __future__ import annotations

from dataclasses import replace

from triplomat.ontology.embedding import EmbeddingLexicon, load_embedding
from triplomat.ontology.phrasal import load_phrasal
from triplomat.ontology.words import Words, load_words

from .adjuncts import Adjuncts
from .clauses import is_negated, lemma_of
from .embedding import Embedding
from .marks import Marks, weaker
from .negation import lacks
from .quotations import Quotation
from .reports import Reports
from .status import VERBAL, Factuality, Known, has_to, opposite, predicate_above
from .subjects import Subjects
from .tree import Tree

__all__ = ["Factualities", "Factuality"]

_COMPLEMENTS = frozenset({"xcomp", "ccomp", "pcomp", "csubj", "csubjpass"})
_NOMINAL = frozenset(
    {"dobj", "nsubjpass", "pobj", "nsubj", "attr", "conj", "compound", "poss", "appos", "nmod", "npadvmod", "dep"}
)


class Factualities:
    """The factuality of every predicate of a tree, each worked out once."""

    def __init__(
        self,
        tree: Tree,
        *,
        lexicon: EmbeddingLexicon | None = None,
        words: Words | None = None,
        quotations: tuple[Quotation, ...] = (),
    ) -> None:
        words = words or load_words()
        self.known = Known(tree, Subjects(tree), Marks(tree, words), lexicon or load_embedding(), load_phrasal(), words)
        self._tree = tree
        self._embedding = Embedding(self)
        self._adjuncts = Adjuncts(self, self._embedding)
        self._reports = Reports(self.known, self._embedding, quotations)
        self._of: dict[int, Factuality] = {}
        self._contexts: dict[int, Factuality] = {}

    def of(self, i: int) -> Factuality:
        """The factuality of the predicate (verb, event noun, predicative adjective) at token i."""
        if i not in self._of:
            self._of[i] = Factuality()  # breaks circles
            self._of[i] = self._own(i, self.context(i))
        return self._of[i]

    def context(self, i: int) -> Factuality:
        """What the surroundings make of token i, before its own negation and modality."""
        if i not in self._contexts:
            self._contexts[i] = Factuality()
            found = self._search(i)
            if found.source is None:
                source = self._reports.beside(i) or self._reports.quoted(i)
                found = replace(found, source=source) if source is not None else found
            self._contexts[i] = found
        return self._contexts[i]

    # ------------------------------------------------------------------ own marks
    def _own(self, i: int, context: Factuality) -> Factuality:
        tree, known = self._tree, self.known
        verbal = tree.pos[i] in VERBAL
        if verbal:
            negated = is_negated(tree, i) and not known.words.restriction(tree, i)
            negated = negated or known.marks.almost(i)
            modality, tense = known.marks.modality(i), known.marks.tense(i)
        else:
            negated, modality = lacks(tree, i, known.words), known.marks.noun_modality(i)
            tense = _noun_tense(context)
        source = known.marks.according_to(i) or context.source
        if (
            source is not None
            and any(source.start <= node < source.end for node in known.subjects.of(i))
            and self._embedding.says(i)
        ):
            source = None  # that they say it is not their own word
        polarity = opposite(context.polarity) if negated else context.polarity
        return Factuality(polarity, weaker(context.modality, modality), source, tense)

    # ------------------------------------------------------------------ surroundings
    def _search(self, i: int) -> Factuality:
        tree = self._tree
        dep, head = tree.dep[i], tree.head[i]
        if head == i:
            return Factuality()
        if self._is_condition(i, dep, head):
            return Factuality(modality="hypothetical")
        if tree.pos[i] not in VERBAL and dep in _NOMINAL:
            return self._adjuncts.event_noun(i)
        if dep == "conj":
            return self._adjuncts.sibling(i, head)
        if dep in _COMPLEMENTS or self._is_gerund_complement(i, dep, head):
            return self._embedding.complement(i)
        if dep in ("acl", "relcl"):
            return self._of_noun(i, head)
        if dep == "advcl":
            return self._adjuncts.adverbial(i, head)
        if dep in ("parataxis", "dep", "meta"):
            return self._adjuncts.spread(predicate_above(tree, i))
        return self._adjuncts.spread(head)

    def _of_noun(self, i: int, noun: int) -> Factuality:
        tree = self._tree
        if tree.pos[noun] not in VERBAL:
            if has_to(tree, i):
                return self._embedding.of_noun(i, noun, "to")
            if self._embedding.marker(i) == "that":
                return self._embedding.of_noun(i, noun, "that")
            if (prospect := self._embedding.of_prospect(i, noun)) is not None:
                return prospect
        return self._adjuncts.modifying(i, noun)

    def _is_condition(self, i: int, dep: str, head: int) -> bool:
        """A condition by its word order: "Were Sweden to leave", "had Romania not supplied it"."""
        tree, marks = self._tree, self.known.marks
        if dep in ("ccomp", "advcl") and marks.inverted_condition(i):
            return True
        if dep == "relcl" and has_to(tree, i):
            verb = tree.head[head]
            return verb < i and marks.inverted_condition(verb)
        return dep == "ccomp" and marks.split_condition(i, head)

    def _is_gerund_complement(self, i: int, dep: str, head: int) -> bool:
        """spaCy labels "stopped Putin sending" advcl: an unmarked gerund after such a verb is its complement.

        A gerund that the tagger took for a noun ("bans them from standing") stands as the object of its preposition.
        """
        tree = self._tree
        if dep == "pobj" and tree.tag[i] in ("VBG", "VB"):
            return True
        if tree.tag[i] != "VBG" or i < head:
            return False
        if dep != "advcl" or tree.first(i, "mark", "advmod") is not None:
            return False
        if any(tree.text[j] == "," for j in tree.kids[head] if head < j < i):
            return False
        signature = self.known.lexicon.find(lemma_of(tree, head), "verb")
        return signature is not None and not signature.affirmed.holds


def _noun_tense(context: Factuality) -> str:
    return "future" if context.modality == "intended" else "past" if context.tense == "past" else context.tense
