"""A predicate in its sentence → whether it holds: polarity, modality, and who says so.

Walks from the sentence's root down to the predicate. Own marks (negation, modals, adverbs, conditionals, questions)
meet what surrounds it: embedding predicates (`embedding`), adjuncts (`adjuncts`), reports beside it (`reports`).
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Span

from triplomat.ontology.embedding import EmbeddingLexicon, load_embedding
from triplomat.ontology.phrasal import load_phrasal
from triplomat.ontology.words import Words, load_words

from .adjuncts import Adjuncts
from .asides import Asides
from .clauses import is_negated, lemma_of
from .embedding import Embedding
from .headings import Headings
from .marks import Marks, weaker
from .modifiers import Modifiers
from .negation import denied_reason, lacks
from .occurrences import Occurrences
from .quotations import Quotation
from .reports import Reports
from .sources import according_to, according_to_which, closing
from .status import VERBAL, Factuality, Known, has_to, opposite, predicate_above
from .subjects import Subjects
from .tree import Tree
from .voices import Voices

__all__ = ["Factualities", "Factuality"]

_COMPLEMENTS = frozenset({"xcomp", "ccomp", "pcomp", "csubj", "csubjpass"})
_WHEN = ("by", "the", "time")
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
        words, lexicon = words or load_words(), lexicon or load_embedding()
        asides = Asides(tree, lexicon, words)
        self.known = Known(tree, Subjects(tree), Marks(tree, words), lexicon, load_phrasal(), words, asides)
        self._tree = tree
        self._embedding = Embedding(self)
        self._adjuncts = Adjuncts(self, self._embedding)
        self._occurrences = Occurrences(self, self._embedding)
        self._modifiers = Modifiers(self, self._embedding, self._occurrences)
        self._reports = Reports(self.known, quotations)
        self._headings = Headings(self.known)
        self._voices = Voices(self.known)
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
            if (according := according_to(self._tree, self.known.words, i)) is not None:
                found = replace(found, source=according)
            elif found.source is not None and self.known.asides.ends_before(i, found.source):
                found = replace(found, source=None)  # what follows the semicolon is no longer his word
            found = found if found.source is not None else self._ascribed(i, found)
            if found.source is not None and self._voices.describes(i, found.source):
                found = replace(found, source=None)
            self._contexts[i] = found
        return self._contexts[i]

    def speaker(self, i: int) -> Span | None:
        """Who speaks the quoted words that token i is one of."""
        return self._reports.quoted(i)

    def _ascribed(self, i: int, found: Factuality) -> Factuality:
        """What holds of token i by a report or a heading beside it, or by the quotation marks around it."""
        aside = self.known.asides.of(i)
        if aside is not None:
            return replace(found, source=aside.source, modality=weaker(aside.modality, found.modality))
        source = self._reports.beside(i) or self._reports.quoted(i) or closing(self._tree, self.known.words, i)
        if source is None and (heading := self._headings.of(i)) is not None:
            source, effect = heading.source, heading.effect
            if effect is not None:
                polarity = found.polarity if effect.holds else opposite(found.polarity)
                found = replace(found, polarity=polarity, modality=weaker(found.modality, effect.modality))
        source = source or self._continued(i)
        if source is not None:
            return replace(found, source=source)
        if found.modality == "asserted" and self._reports.is_quoted(i):  # nobody knows by whom
            return replace(found, modality="possible")
        return found

    def _continued(self, i: int) -> Span | None:
        """ "The troops, he said, had not staged a coup. They had forestalled one": speech that goes on unsaid."""
        tree, reports = self._tree, self._reports
        if (said := self._said_before(i)) is not None:
            return reports.reporter(said)
        if tree.head[i] != i or not reports.is_backshifted(i):
            return None
        first, _ = tree.sentence(i)
        if first == 0 or "\n" in tree.text[first - 1]:
            return None
        before = next((j for j in range(*tree.sentence(first - 1)) if tree.head[j] == j), None)
        if before is None:
            return None
        return reports.reporter(before) or (self.context(before).source if reports.is_backshifted(before) else None)

    def _said_before(self, i: int) -> int | None:
        """ "He said that it had come; the army had given no warning": the saying before a semicolon."""
        tree = self._tree
        said = tree.first(i, "ccomp") if tree.head[i] == i else None
        if said is None or said > i or ";" not in tree.text[said:i]:
            return None
        content = tree.first(said, "ccomp")
        shifted = (
            any(tree.lower[kid] in ("had", "would") for kid in tree.kids_of(j, "aux")) for j in (i, content or i)
        )
        return said if content is not None and all(shifted) else None

    # ------------------------------------------------------------------ own marks
    def _own(self, i: int, context: Factuality) -> Factuality:
        tree, known = self._tree, self.known
        verbal = tree.pos[i] in VERBAL
        if verbal:
            negated = is_negated(tree, i) and not known.words.restriction(tree, i)
            negated = (negated and denied_reason(tree, i) is None) or known.marks.almost(i)
            modality, tense = known.marks.modality(i), known.marks.tense(i)
        else:
            negated = lacks(tree, i, known.words) or known.marks.undone(i)
            modality = known.marks.noun_modality(i) if context.polarity == "positive" else known.marks.adjective(i)
            if modality == "intended" and self._occurrences.has_happened(i):
                modality = "asserted"
            tense = _noun_tense(context)
        if verbal and negated and (needless := known.marks.needlessly(i)) is not None:
            negated, modality = needless != "asserted", needless
        if modality == "hypothetical" and self._is_told(i):
            modality = "intended"  # "most of them, he added, would get their wish"
        if modality == "intended" and context.modality == "possible" and self._is_feared(i):
            modality = "possible"  # "feared that it would"
        source = context.source
        if (
            source is not None
            and any(source.start <= node < source.end for node in known.subjects.of(i))
            and known.says(i)
        ):
            above = predicate_above(tree, i)  # that they say it is not their own word
            around = self.of(above).source if above != i else None
            own = tree.dep[i] in ("xcomp", "pcomp") and known.says(tree.head[i])  # "denied having promised it"
            if around is not None or not own:
                source = None if source == around else around
        polarity = opposite(context.polarity) if negated else context.polarity
        return Factuality(polarity, weaker(context.modality, modality), source, tense)

    def _is_feared(self, i: int) -> bool:
        """ "Feared that it would", "a danger that they will": not what somebody is set on."""
        tree, known = self._tree, self.known
        if tree.dep[i] == "conj":
            return self._is_feared(tree.head[i])
        head = tree.head[i]
        return tree.lemma[head] in known.words.fearing and known.marks.moods.is_would(i)

    def _is_told(self, i: int) -> bool:
        moods = self.known.marks.moods
        if not moods.is_would(i) or moods.is_dependent(i):
            return False
        aside = self.known.asides.of(i)
        if aside is None:
            return self._continued(i) is not None
        return self._tree.tag[aside.verb] not in ("VBZ", "VBP")  # "it would be a disaster, he says" is a condition

    # ------------------------------------------------------------------ surroundings
    def _search(self, i: int) -> Factuality:
        tree, known = self._tree, self.known
        dep, head = tree.dep[i], tree.head[i]
        if known.asides.at(i) is not None:
            return Factuality()
        if head == i and tree.pos[i] == "NOUN":
            return self._occurrences.of(i)
        if head == i:
            marked = tree.first(i, "mark")  # "If only the army had left."
            unreal = marked is not None and known.words.marker(tree.lower[marked]) == "hypothetical"
            unreal = unreal or known.marks.moods.inverted_condition(i)
            return Factuality(modality="hypothetical" if unreal else "asserted")
        if self._is_condition(i, dep, head) or known.marks.moods.asks_inverted(i):
            return Factuality(modality="hypothetical")
        if dep == "pcomp" and (version := according_to_which(tree, i)) is not None:
            return Factuality(source=version)
        if dep in ("acomp", "attr", "oprd") and tree.lemma[head] in known.words.copulas and tree.pos[i] != "NOUN":
            return self.of(head)
        if dep == "oprd" and tree.pos[i] in ("ADJ", "NOUN") and tree.lemma[head] in known.words.naming:
            return self._embedding.named(head)  # "called it baseless", "called it a breach"
        if dep in ("pobj", "pcomp", "amod") and tree.lower[head] == "from" and tree.lower[tree.head[head]] == "far":
            return replace(self.of(predicate_above(tree, head)), polarity="negative")
        if tree.pos[i] not in VERBAL and dep in _NOMINAL:
            return self._occurrences.of(i)
        if dep == "conj":
            return self._adjuncts.sibling(i, head)
        if dep in ("csubj", "csubjpass") and tree.tag[i] == "VBG" and i < head:
            return self._occurrences.of_gerund(head)
        if dep in ("xcomp", "advcl", "ccomp", "dep", "acl") and self._adjuncts.is_rejected(i):
            return replace(self.of(predicate_above(tree, i)), polarity="negative")
        if dep == "ccomp" and self._embedding.contents.is_warning(i, head):  # "gave warning that"
            return self._embedding.contents.of_noun(i, head, "that")
        if dep == "ccomp" and i < head and self._opens_with(i, _WHEN):
            return self._adjuncts.spread(head)
        if dep in _COMPLEMENTS or self._is_gerund_complement(i, dep, head):
            return self._embedding.complement(i)
        if dep in ("acl", "relcl"):
            return self._of_noun(i, head)
        if dep == "advcl":
            beside = self._adjuncts.adverbial(i, head)
            reason = is_negated(tree, head) and denied_reason(tree, head) == i
            return replace(beside, polarity="negative") if reason else beside
        if dep in ("parataxis", "dep", "meta"):
            return self._adjuncts.spread(predicate_above(tree, i))
        return self._adjuncts.spread(head)

    def _of_noun(self, i: int, noun: int) -> Factuality:
        tree, dep = self._tree, self._tree.dep[i]
        if tree.pos[noun] not in VERBAL:
            if has_to(tree, i):
                return self._embedding.contents.of_noun(i, noun, "to")
            gap = self._says_of(i, noun)
            gap = gap or (tree.lemma[noun] == "time" and tree.dep[noun] == "attr" and self._embedding.is_singled(noun))
            told = not gap and self._embedding.marker(i) == "that" and not self._is_relative(i, noun)
            if told and not (dep == "relcl" and self._has_gap(i)):
                return self._embedding.contents.of_noun(i, noun, "that")
            prospect = self._embedding.contents.of_prospect(i) or self._embedding.contents.depicted(i, noun)
            if prospect is not None:
                return prospect
        return self._modifiers.of(i, noun)

    def _opens_with(self, i: int, words: tuple[str, ...]) -> bool:
        first, _ = self._tree.edges(i)
        return tuple(self._tree.lower[first : first + len(words)]) == words

    def _says_of(self, i: int, noun: int) -> bool:
        """ "Shells that Belgrade says it had bought": what is said of a noun that is no claim."""
        content = self._tree.first(i, "ccomp")
        if content is None or not self.known.says(i) or self._tree.first(content, "dobj", "mark") is not None:
            return False
        return self.known.lexicon.find(self._tree.lemma[noun], "noun", "that") is None

    def _is_relative(self, i: int, noun: int) -> bool:
        """ "A referendum that Caracas held": "that" behind what has no content, before a verb without an object."""
        tree, lexicon = self._tree, self.known.lexicon
        if lexicon.find(tree.lemma[noun], "noun", "that") or lexicon.exact(tree.lemma[noun], "noun", "claim"):
            return False
        if tree.tag[i] not in ("VBD", "VBN") or tree.first(i, "dobj", "auxpass", "ccomp", "xcomp") is not None:
            return False
        return tree.first(noun, "poss") is None and not self.known.says(predicate_above(tree, noun))

    def _has_gap(self, i: int) -> bool:
        """Whether "that" is an argument of its clause: "a vote that it might lose", "a truce that Qatar brokered"."""
        tree = self._tree
        if self._embedding.contents.is_made(i):
            return True
        return any(tree.lower[kid] == "that" and tree.dep[kid] != "mark" for kid in tree.kids[i] if kid < i)

    def _is_condition(self, i: int, dep: str, head: int) -> bool:
        """A condition by its word order: "Were Sweden to leave", "had Romania not supplied it"."""
        tree, moods = self._tree, self.known.marks.moods
        if dep not in ("aux", "auxpass") and moods.inverted_condition(i):
            return True
        if dep in ("conj", "ccomp", "relcl", "dep") and self._adjuncts.is_supposed(i):
            return True
        if dep == "relcl" and has_to(tree, i):
            verb = tree.head[head]
            return verb < i and moods.inverted_condition(verb)
        return dep == "ccomp" and moods.split_condition(i, head)

    def _is_gerund_complement(self, i: int, dep: str, head: int) -> bool:
        """spaCy labels "stopped Putin sending" advcl: an unmarked gerund after such a verb is its complement.

        A gerund that the tagger took for a noun ("bans them from standing") stands as the object of its preposition.
        """
        tree = self._tree
        if dep == "pobj" and tree.tag[i] in ("VBG", "VB"):
            return True
        if dep == "dobj" and tree.tag[i] == "VBG" and tree.pos[i] == "VERB" and tree.first(i, "det") is None:
            return tree.pos[head] in VERBAL and i > head
        if tree.tag[i] != "VBG" or i < head:
            return False
        if dep != "advcl" or tree.first(i, "mark", "advmod") is not None:
            return False
        if any(tree.text[j] == "," for j in (*tree.kids[head], tree.edges(i)[0] - 1) if head < j < i):
            return False
        signature = self.known.lexicon.find(lemma_of(tree, head), "verb", "-ing")
        if signature is None:
            return False
        return not signature.affirmed.holds or (
            signature.affirmed.modality != "asserted" and tree.first(i, "nsubj", "nsubjpass") is not None
        )


def _noun_tense(context: Factuality) -> str:
    return "future" if context.modality == "intended" else "past" if context.tense == "past" else context.tense
