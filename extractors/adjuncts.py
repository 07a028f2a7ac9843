"""What stands beside a predicate → its status: adverbial clauses, participles, relative clauses, event nouns."""

from __future__ import annotations

from dataclasses import replace

from .clauses import is_predicate, lemma_of
from .embedding import Embedding
from .marks import weaker
from .negation import is_scarce, lacks
from .status import VERBAL, Factuality, Statuses, has_to, opposite, predicate_above

_LATER = frozenset({"when", "once", "after", "before", "until", "as"})
_BESIDE = frozenset({"in", "at", "during", "after", "before", "with", "by", "since", "as"})
_PARTS = frozenset({"of", "for", "to", "on", "against", "over"})


class Adjuncts:
    """The surroundings of what no predicate embeds."""

    def __init__(self, statuses: Statuses, embedding: Embedding) -> None:
        self._statuses = statuses
        self._embedding = embedding
        self._tree = statuses.known.tree
        self._words = statuses.known.words
        self._lexicon = statuses.known.lexicon

    def spread(self, i: int) -> Factuality:
        """What holds around token i for things that merely stand near it: its source, not its negation."""
        return replace(self._statuses.context(i), polarity="positive")

    def sibling(self, i: int, head: int) -> Factuality:
        """Coordinated predicates share what surrounds them, and an auxiliary that only the first one has."""
        tree, words = self._tree, self._words
        context = self._statuses.context(head)
        if tree.pos[head] not in VERBAL:
            return context
        if has_to(tree, i) and tree.tag[head] != "VB":  # an infinitive beside what it cannot be a sibling of
            return replace(context, modality=weaker(context.modality, "intended"))
        own = tree.kids_of(i, "aux", "auxpass", "nsubj", "nsubjpass")
        if not own and tree.tag[i] == tree.tag[head]:
            for j in tree.kids_of(head, "aux"):
                if tree.tag[j] == "MD":
                    context = replace(context, modality=weaker(context.modality, words.modal(tree.lower[j])))
        return context

    # ------------------------------------------------------------------ adverbial clauses
    def adverbial(self, i: int, head: int) -> Factuality:
        """The surroundings of an adverbial clause or participle at token i beside the predicate at `head`."""
        tree, words = self._tree, self._words
        context = self.spread(head)
        marks = [tree.lower[kid] for kid in tree.kids[i] if kid < i and tree.dep[kid] in ("mark", "advmod", "prep")]
        if self._as_long_as(i, marks):
            return replace(context, modality="hypothetical")
        if tree.lemma[head] in words.seeming and {"though", "if", "like"} & set(marks):
            status = self._statuses.of(head)
            return replace(status, modality=weaker(status.modality, "possible"))
        if "than" in marks and (preferred := self._rather(i, head)) is not None:
            return preferred
        if tree.pos[head] == "NOUN" and has_to(tree, i):  # "out of the question for him to return"
            return self._embedding.of_noun(i, head, "to")
        if tree.pos[head] == "ADJ" and (has_to(tree, i) or marks[:1] == ["that"]):  # "made it clear that"
            return self._embedding.embedded(i, head, "to" if has_to(tree, i) else "that")
        if any(tree.lower[kid].endswith("ever") for kid in tree.kids[i] if tree.tag[kid] in ("WP", "WDT", "WRB")):
            return replace(context, modality="hypothetical")  # "whatever happens"
        for mark in marks:
            modality = words.marker(mark)
            if modality:
                return replace(context, modality=weaker(context.modality, modality))
        if tree.tag[i] == "VB" and has_to(tree, i):
            return self._purpose(i, head, context)
        if not marks:
            return self._participle(i, head, context)
        future = self._statuses.of(head).modality if tree.pos[head] in VERBAL else "asserted"
        if context.modality in ("possible", "intended") and self._is_past(i, head) and marks[0] in _LATER:
            return replace(context, modality="asserted")  # "nothing suggests that they knew before it fell"
        if future in ("intended", "hypothetical") and tree.tag[i] in ("VBZ", "VBP", "VB") and marks[0] in _LATER:
            return replace(context, modality=future)
        return context

    def _as_long_as(self, i: int, marks: list[str]) -> bool:
        tree = self._tree
        first = tree.edges(i)[0]
        before = tree.lower[max(0, first - 2) : first + 1]
        if marks[:1] == ["as"] and before[-3:] in (["as", "long", "as"], ["so", "long", "as"]):
            return True
        return before[-2:-1] == ["case"] or tree.lower[first : first + 2] == ["in", "case"]

    def _is_past(self, i: int, head: int) -> bool:
        """Whether a clause tells of the past, not of what was then to come ("would leave when the others left")."""
        tree = self._tree
        past = tree.tag[i] == "VBD" or any(tree.lower[kid] in ("was", "were", "had") for kid in tree.kids[i])
        return past and not any(tree.lower[kid] in ("would", "’d", "'d") for kid in tree.kids_of(head, "aux"))

    def _rather(self, i: int, head: int) -> Factuality | None:
        """ "Would rather stay than leave": what is not chosen."""
        tree = self._tree
        beside = {tree.lower[kid] for kid in (*tree.kids[head], *tree.kids[i])}
        if not beside & {"rather", "sooner"}:
            return None
        status = self._statuses.of(head)
        return replace(status, polarity=opposite(status.polarity))

    def _purpose(self, i: int, head: int, context: Factuality) -> Factuality:
        """An infinitive beside a predicate is a purpose, unless that one says otherwise of it."""
        tree = self._tree
        if tree.lemma[head] == "do" and tree.pos[head] == "VERB":  # "did nothing to stop"
            status = self._statuses.of(head)
            if status.polarity == "negative" or is_scarce(tree, head, self._words):
                return replace(status, polarity="negative")
        if (
            self._embedding.is_phrase(i, head)
            or tree.lemma[head] == "be"
            or self._is_controlled(i, head)
            or any(tree.lower[kid] in ("too", "enough") for kid in self._degrees(head))
        ):
            return self._embedding.complement(i)
        above = self._statuses.of(predicate_above(tree, i))
        return replace(context, modality=weaker(above.modality, "intended"))

    def _is_controlled(self, i: int, verb: int) -> bool:
        """ "Forbids newspapers to report", where the parser makes a purpose of it."""
        tree = self._tree
        found = self._lexicon.exact(lemma_of(tree, verb), "verb", "to")
        thing = tree.first(verb, "dobj")
        return found is not None and thing is not None and tree.edges(thing)[1] + 1 == tree.edges(i)[0]

    def _degrees(self, head: int) -> list[int]:
        tree = self._tree
        heads = [head, *tree.kids_of(head, "acomp", "advmod")]
        return [kid for node in heads for kid in tree.kids_of(node, "advmod")]

    def _participle(self, i: int, head: int, context: Factuality) -> Factuality:
        """A participle shares the modality of what it goes with; one that reports is said by who said that."""
        tree = self._tree
        if self._is_absent(i):
            return replace(context, polarity="negative")
        if self._embedding.says(i):
            above = tree.head[head]
            if tree.dep[head] == "ccomp" and tree.pos[above] in VERBAL and self._embedding.says(above):
                return self.spread(above)
            if tree.text[tree.edges(i)[0] - 1] == ",":
                return context
        return replace(
            context, modality=self._statuses.of(head).modality if tree.pos[head] in VERBAL else context.modality
        )

    def _is_absent(self, i: int) -> bool:
        """ "Without the senator voting", where the parser makes the senator the object of "without"."""
        tree = self._tree
        j = tree.edges(i)[0] - 1
        while j > 0 and tree.dep[j] != "pobj" and tree.head[j] < i and tree.head[j] != j and tree.dep[j] != "prep":
            j = tree.head[j]
        return tree.dep[j] == "pobj" and tree.lower[tree.head[j]] == "without"

    # ------------------------------------------------------------------ modifiers of nouns
    def modifying(self, i: int, noun: int) -> Factuality:
        """A relative clause or participle: the article's word, but unreal things have unreal properties."""
        tree, statuses = self._tree, self._statuses
        if tree.pos[noun] in VERBAL:
            return self.spread(noun)
        above = predicate_above(tree, noun)
        if above == noun:
            return Factuality()
        context = replace(statuses.context(above), polarity="positive", modality="asserted")
        if tree.lemma[noun] == "time" and tree.dep[noun] == "attr" and self._embedding.is_singled(noun):
            return statuses.of(above)  # "would be the first time that"
        if self._is_definite(noun):
            return context
        if tree.dep[noun] == "dobj" and self._is_unreal(i, above):
            return replace(context, modality="hypothetical")
        if statuses.context(above).modality == "hypothetical":
            return replace(context, modality="hypothetical")
        if tree.dep[noun] in ("dobj", "attr", "pobj", "nsubjpass") and statuses.of(above).modality == "hypothetical":
            return replace(context, modality="hypothetical")
        return context

    def _is_unreal(self, i: int, above: int) -> bool:
        """ "Would never sign a text that gave": the past after "would" is no past."""
        tree = self._tree
        would = any(tree.lower[j] in ("would", "could", "’d", "'d") for j in tree.kids_of(above, "aux"))
        return would and tree.tag[i] == "VBD" and tree.first(i, "aux") is None

    def _is_definite(self, noun: int) -> bool:
        tree = self._tree
        return tree.pos[noun] == "PROPN" or any(
            tree.dep[kid] == "poss"
            or (tree.dep[kid] == "det" and tree.lower[kid] in ("the", "this", "that", "these", "those"))
            for kid in tree.kids[noun]
        )

    # ------------------------------------------------------------------ event nouns
    def event_noun(self, i: int) -> Factuality:
        """An event noun shares the status of the predicate that it depends on, unless that one says otherwise of it."""
        tree = self._tree
        dep, head = tree.dep[i], tree.head[i]
        if dep == "conj":
            return self.event_noun(head) if tree.pos[head] not in VERBAL else self._statuses.context(head)
        marker, verb = "", head
        if dep == "pobj":
            marker, verb = tree.lower[head], tree.head[head]
            if marker == "without":
                above = verb if is_predicate(tree, verb) else predicate_above(tree, verb)
                return replace(self._statuses.of(above), polarity="negative")
        if tree.pos[verb] not in VERBAL:
            if tree.pos[verb] == "NOUN" and marker in _PARTS and self._lexicon.find(tree.lemma[verb], "noun", marker):
                return self._embedding.embedded(i, verb, marker, self._embedding.near_noun(verb, marker))
            return self._embedding.near(i)
        return self._argument(i, verb, dep, marker)

    def _argument(self, i: int, verb: int, dep: str, marker: str) -> Factuality:
        """An event noun that is an argument of a verb: "launched an attack", "called for a truce"."""
        tree = self._tree
        status = self._statuses.of(verb)
        if lacks(tree, i, self._words):  # "launched no attack": the noun will say so itself
            status = replace(status, polarity=self._statuses.context(verb).polarity)
        if dep == "nsubj":
            return replace(status, polarity="positive")
        if dep == "attr" or (dep == "dobj" and tree.lemma[verb] == "have"):
            return status
        signature = self._lexicon.find(lemma_of(tree, verb), "verb", marker or "object")
        if signature is None:
            return replace(status, polarity="positive") if dep == "pobj" else status
        certain = signature.affirmed.holds and signature.affirmed.modality == "asserted"
        if dep == "pobj" and (certain or marker in _BESIDE):
            return replace(status, polarity="positive")
        return self._embedding.embedded(i, verb, marker or "object", status)
