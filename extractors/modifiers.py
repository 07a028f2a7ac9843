"""A relative clause or participle beside its noun → its status: the article's word, but unreal things have unreal
properties, as in "any country that attacks", "wants a treaty that bans tests", "there is no law that forbids it".
"""

from __future__ import annotations

from dataclasses import replace

from .clauses import lemma_of
from .embedding import Embedding
from .negation import lacks
from .occurrences import Occurrences
from .status import VERBAL, Factuality, Statuses, predicate_above
from .voices import Voices

_ARGUMENTS = ("dobj", "attr", "pobj", "nsubjpass", "nsubj")
_NAMED = frozenset({"GPE", "NORP", "PERSON", "ORG", "LOC", "FAC"})
_ONCE = frozenset({"once", "when", "if", "unless"})
_PAST = frozenset({"had", "was", "were", "did", "has", "have"})


class Modifiers:
    """The surroundings of clauses that modify nouns."""

    def __init__(self, statuses: Statuses, embedding: Embedding, occurrences: Occurrences) -> None:
        self._statuses = statuses
        self._embedding = embedding
        self._occurrences = occurrences
        self._voices = Voices(statuses.known)
        self._tree = statuses.known.tree
        self._words = statuses.known.words

    def of(self, i: int, noun: int) -> Factuality:
        """The surroundings of the relative clause or participle at token i that modifies `noun`."""
        tree, statuses = self._tree, self._statuses
        if tree.pos[noun] in VERBAL:
            return replace(statuses.context(noun), polarity="positive")
        above = predicate_above(tree, noun)
        if above == noun:
            unreal = self._is_arbitrary(i, noun)
            return Factuality(modality="hypothetical" if unreal else "asserted")
        context = replace(statuses.context(above), polarity="positive", modality="asserted")
        if tree.dep[noun] == "appos" and self._statuses.known.lexicon.find(tree.lemma[noun], "noun", "that"):
            context = replace(context, source=None)  # "…, an accusation that it rejects"
        elif tree.dep[noun] == "appos" and tree.lemma[noun] in self._words.figures | self._words.summing:
            context = replace(context, source=None)  # "…, figures which the government disputes"
        if context.source is not None and self._voices.adds(i, above):
            return Factuality()
        if tree.lemma[noun] == "time" and tree.dep[noun] == "attr" and self._embedding.is_singled(noun):
            first = statuses.of(above)  # "would be the first time that"; "isn't the first": there was one before
            return first if first.polarity == "positive" else replace(first, polarity="positive")
        if tree.dep[noun] == "pobj" and tree.lower[tree.head[noun]] == "without" and self._is_happening(i):
            return replace(statuses.of(above), polarity="negative")  # "without a ransom being paid"
        if self._is_high_time(i, noun, above):
            return replace(context, modality="intended")
        if self._is_arbitrary(i, noun) or self._is_generic(i, noun, above) or self._is_pledged(i, noun, above):
            return replace(context, modality="hypothetical")
        told = self._statuses.known.lexicon.exact(tree.lemma[noun], "noun", "in which")
        if told is not None and self._is_place(i):
            return replace(context, modality=told.affirmed.modality)  # "a world in which", "a story in which"
        if (content := self._content(i, noun)) is not None:
            return content
        if self._is_resultative(i, noun, above):
            return self._embedding.embedded(i, above, "")  # "will have its core filled"
        if tree.tag[i] == "VBN" and any(tree.lower[kid] in _ONCE for kid in tree.kids[i] if kid < i):
            return replace(context, modality=statuses.of(above).modality)  # "the rebels, once starved, will sue"
        if any(self._words.adverb(tree.lower[j]) == "possible" for j in range(tree.edges(noun)[0], i)):
            return replace(context, modality="possible")  # "some of them allegedly soldiers hired"
        if self._is_nonexistent(noun, above):
            return replace(statuses.of(above), polarity="negative")
        if self._occurrences.is_definite(noun) or (tree.dep[noun] == "appos" and self._is_told(i)):
            return context
        return replace(context, modality=self._of_antecedent(i, noun, above))

    def _of_antecedent(self, i: int, noun: int, above: int) -> str:
        """What an indefinite noun's own standing makes of its properties: "seeks a treaty that bans tests"."""
        tree, statuses = self._tree, self._statuses
        apart = tree.text[max(0, tree.edges(i)[0] - 1)] == ","
        if apart and tree.tag[i] == "VBD" and tree.first(i, "aux") is None:
            return "asserted"  # "could not pay the debt, which it promised to"
        if tree.dep[noun] == "dobj" and self._is_unreal(i, above):
            return "hypothetical"
        if statuses.context(above).modality == "hypothetical":
            return "hypothetical"
        if tree.dep[noun] in _ARGUMENTS[:-1] and statuses.of(above).modality == "hypothetical":
            return "hypothetical"
        if tree.dep[noun] not in ("dobj", "pobj", "attr", "nsubjpass") or self._is_past(i) or self._is_named(noun):
            return "asserted"
        if tree.tag[i] != "VBN" and self._is_sought(noun, above):
            return "intended"
        modality = statuses.of(above).modality if tree.lemma[above] in self._words.creating else "asserted"
        return "asserted" if modality == "possible" else modality

    def _is_sought(self, noun: int, above: int) -> bool:
        """Whether a verb has in mind what needn't be there: "wants a leader who listens", "called for a treaty"."""
        tree = self._tree
        marker, head = "object", tree.head[noun]
        if tree.dep[noun] == "pobj":
            marker, head = tree.lower[head], tree.head[head]
        if head != above or tree.first(above, "xcomp", "ccomp") is not None:
            return False
        found = self._statuses.known.lexicon.find(lemma_of(tree, above), "verb", marker)
        return found is not None and found.affirmed.holds and found.affirmed.modality in ("intended", "hypothetical")

    def _is_high_time(self, i: int, noun: int, above: int) -> bool:
        """ "It is time Iran disarmed"."""
        tree = self._tree
        if tree.lemma[noun] != "time" or tree.dep[noun] != "attr" or tree.lower[above] not in ("is", "’s", "'s"):
            return False
        subject = tree.first(above, "nsubj", "expl")
        return subject is not None and tree.lower[subject] == "it" and tree.tag[i] == "VBD"

    def _is_resultative(self, i: int, noun: int, above: int) -> bool:
        tree = self._tree
        if tree.tag[i] != "VBN" or tree.dep[noun] != "dobj" or tree.edges(i)[0] != noun + 1:
            return False
        if tree.first(i, "nsubj", "nsubjpass") is not None:  # "left the heights they had occupied"
            return False
        return tree.lemma[above] in self._words.resultative and tree.head[noun] == above

    def _is_told(self, i: int) -> bool:
        """ "A deal that regulators are now reviewing": whether a finite clause with a doer of its own tells a fact."""
        tree = self._tree
        own = tree.first(i, "nsubj", "nsubjpass")
        if own is None or tree.tag[own] in ("WDT", "WP"):
            return False
        return all(tree.tag[j] != "MD" for j in tree.kids_of(i, "aux"))

    def _is_happening(self, i: int) -> bool:
        tree = self._tree
        return tree.dep[i] == "acl" and (tree.tag[i] == "VBG" or "being" in [tree.lower[kid] for kid in tree.kids[i]])

    def _is_pledged(self, i: int, noun: int, above: int) -> bool:
        """ "Promised to those rebels who lay down their arms"."""
        tree = self._tree
        those = tree.lower[noun] == "those" or any(tree.lower[kid] == "those" for kid in tree.kids_of(noun, "det"))
        if not those or tree.tag[i] not in ("VBP", "VBZ"):
            return False
        found = self._statuses.known.lexicon.find(lemma_of(tree, above), "verb", "object")
        return self._statuses.of(above).modality != "asserted" or (
            found is not None and found.affirmed.modality == "intended"
        )

    def _is_place(self, i: int) -> bool:
        tree = self._tree
        first = tree.edges(i)[0]
        return tree.lower[first] == "where" or tree.lower[first : first + 2] in (["in", "which"], ["under", "which"])

    def _content(self, i: int, noun: int) -> Factuality | None:
        """ "The conviction that China cheated", where the parser makes an object of "that"."""
        tree = self._tree
        that = next((kid for kid in tree.kids_of(i, "dobj", "nsubj") if kid < i and tree.lower[kid] == "that"), None)
        if that is None or not any(kid != that for kid in tree.kids_of(i, "nsubj", "nsubjpass")):
            return None
        if self._embedding.contents.is_made(i):
            return None
        whole = any(kid != that for kid in tree.kids_of(i, "dobj"))
        if tree.lemma[noun] in self._words.deals and not whole:  # "a deal that regulators are reviewing"
            return None
        if tree.lemma[i] in self._words.judging and not whole:  # "a decision that airlines criticised"
            return None
        if tree.lemma[i] in self._words.claiming and not whole:  # "the claim that Kyiv made"
            return None
        found = self._statuses.known.lexicon.find(tree.lemma[noun], "noun", "that")
        exact = self._statuses.known.lexicon.exact(tree.lemma[noun], "noun", "that")
        if found is None or found.factive or tree.first(i, "ccomp") is not None or not (exact or found.holder):
            return None
        return self._embedding.contents.of_noun(i, noun, "that")

    # ------------------------------------------------------------------ kinds of antecedent
    def _is_arbitrary(self, i: int, noun: int) -> bool:
        """ "Any country that attacks", "anyone who", "those who attack": whoever it may be."""
        tree, words = self._tree, self._words
        above = predicate_above(tree, noun)
        if self._is_past(i) and tree.tag[i] != "VBN" and self._statuses.of(above).modality == "asserted":
            return False
        if tree.lower[noun] in words.anybody:
            return True
        return any(tree.dep[kid] == "det" and tree.lower[kid] in words.any for kid in tree.kids[noun])

    def _is_generic(self, i: int, noun: int, above: int) -> bool:
        """ "Countries that attack will pay": no particular ones, where what is said of them is yet to come."""
        tree = self._tree
        if tree.dep[noun] not in ("nsubj", "nsubjpass") or tree.tag[i] not in ("VBP", "VBZ", "VB", "VBG"):
            return False
        if self._is_past(i) or self._occurrences.is_definite(noun) or self._is_named(noun):
            return False
        return self._statuses.of(above).modality != "asserted"

    def _is_nonexistent(self, noun: int, above: int) -> bool:
        """ "There is no treaty that bans it"."""
        tree = self._tree
        if tree.dep[noun] not in ("attr", "dobj", "nsubj") or tree.lemma[above] not in ("be", "exist", "have"):
            return False
        return lacks(tree, noun, self._words) and tree.first(above, "expl", "nsubj") is not None

    def _is_named(self, noun: int) -> bool:
        tree = self._tree
        return tree.ent[noun] in _NAMED or any(
            tree.ent[kid] in _NAMED for kid in tree.kids_of(noun, "amod", "compound", "nmod", "poss")
        )

    def _is_past(self, i: int) -> bool:
        """Whether a clause tells of what was or has been."""
        tree = self._tree
        return tree.tag[i] == "VBD" or any(tree.lower[kid] in _PAST for kid in tree.kids_of(i, "aux", "auxpass"))

    def _is_unreal(self, i: int, above: int) -> bool:
        """ "Would never sign a text that gave": the past after "would" is no past."""
        tree = self._tree
        would = any(tree.lower[j] in ("would", "could", "’d", "'d") for j in tree.kids_of(above, "aux"))
        return would and tree.tag[i] == "VBD" and tree.first(i, "aux") is None
