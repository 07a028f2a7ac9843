"""What can be said of a predicate: whether it holds, how surely, by whose word and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from spacy.tokens import Span

from triplomat.ontology.embedding import EmbeddingLexicon
from triplomat.ontology.phrasal import Phrasal
from triplomat.ontology.words import Words
from triplomat.values import value

from .asides import Asides
from .clauses import is_predicate, lemma_of
from .marks import Marks
from .subjects import Subjects
from .tree import Tree

VERBAL = ("VERB", "AUX")


@value
class Factuality:
    """Whether a predicate holds, and by whose word; `source` is None where the article itself speaks.

    `tense` is "past", "present" or "future".
    """

    polarity: str = "positive"
    modality: str = "asserted"
    source: Span | None = None
    tense: str = "present"

    @property
    def plain(self) -> bool:
        """Asserted, positive and in the article's own voice."""
        return self.polarity == "positive" and self.modality == "asserted" and self.source is None


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules read: the tree, its subjects and marks, and the lexica."""

    tree: Tree
    subjects: Subjects
    marks: Marks
    lexicon: EmbeddingLexicon
    phrasal: Phrasal
    words: Words
    asides: Asides

    def says(self, i: int) -> bool:
        """Whether the verb at token i reports: its subject answers for what it embeds."""
        signature = self.lexicon.find(lemma_of(self.tree, i), "verb", "that")
        return signature is not None and signature.holder == "subject"

    def vouches(self, i: int) -> bool:
        """Whether the verb at token i says or thinks that something is so; "as the accord requires" doesn't."""
        signature = self.lexicon.find(lemma_of(self.tree, i), "verb", "that")
        return signature is not None and signature.holder == "subject" and signature.affirmed.modality != "intended"

    def reports(self, i: int) -> bool:
        """Whether the verb at token i introduces speech: one that reports, or any that can stand beside a quotation."""
        return self.says(i) or lemma_of(self.tree, i) in self.words.speech

    def is_held(self, adjective: int) -> bool:
        """Whether an adjective says what its subject holds to be so: "certain", "adamant"."""
        signature = self.lexicon.find(self.tree.lower[adjective], "adj", "that")
        return signature is not None and signature.holder == "subject"


class Statuses(Protocol):
    """The factuality of predicates, as the rules for embeddings and adjuncts ask for it."""

    known: Known

    def of(self, i: int) -> Factuality:
        """The factuality of the predicate at token i."""
        ...

    def context(self, i: int) -> Factuality:
        """What the surroundings make of token i, before its own negation and modality."""
        ...


def opposite(polarity: str) -> str:
    return "negative" if polarity == "positive" else "positive"


def has_to(tree: Tree, i: int) -> bool:
    """Whether the verb at token i is an infinitive with "to"."""
    return any(tree.lower[kid] == "to" and tree.dep[kid] == "aux" for kid in tree.kids[i])


def predicate_above(tree: Tree, i: int) -> int:
    """The predicate (or root) that token i hangs below, or i where there is none."""
    for j in tree.ancestors(i):
        if is_predicate(tree, j) or tree.head[j] == j:
            return j
    return i
