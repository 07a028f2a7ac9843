"""What stands beside a predicate → its status: siblings, adverbial clauses, participles, purposes."""

from __future__ import annotations

from dataclasses import replace

from .clauses import is_negated, lemma_of
from .embedding import Embedding
from .marks import weaker
from .negation import is_scarce
from .passives import is_passive
from .status import VERBAL, Factuality, Statuses, has_to, opposite, predicate_above
from .temporal import Temporal

_REJECTED = frozenset({("rather", "than"), ("let", "alone"), ("much", "less"), ("still", "less"), ("never", "mind")})


class Adjuncts:
    """The surroundings of what no predicate embeds."""

    def __init__(self, statuses: Statuses, embedding: Embedding) -> None:
        self._statuses = statuses
        self._embedding = embedding
        self._times = Temporal(statuses)
        self._tree = statuses.known.tree
        self._words = statuses.known.words
        self._lexicon = statuses.known.lexicon
        conjunctions = self._words.conjunctions
        self._openers: dict[str, list[tuple[str, ...]]] = {}
        for words in conjunctions:
            self._openers.setdefault(words[0], []).append(words)
        self._supposing = frozenset([words for words, kind in conjunctions.items() if kind == "hypothetical"])
        self._sizes = frozenset(map(len, self._supposing))

    def spread(self, i: int) -> Factuality:
        """What holds around token i for things that merely stand near it: its source, not its negation."""
        return replace(self._statuses.context(i), polarity="positive")

    def sibling(self, i: int, head: int) -> Factuality:
        """Coordinated predicates share what surrounds them, and an auxiliary that only the first one has."""
        tree, words = self._tree, self._words
        context = self._statuses.context(head)
        if tree.pos[head] not in VERBAL:
            return context
        if (outer := self._outer(i, head)) is not None:
            return self._statuses.context(outer)
        if self.is_rejected(i):  # "resigned rather than carry it out"
            return replace(self._statuses.of(head), polarity="negative")
        bare = tree.tag[i] == "VB" and tree.tag[head] in ("VBD", "VBZ", "VBP") and not tree.kids_of(i, "aux", "nsubj")
        if bare and (infinitive := tree.first(head, "xcomp")) is not None and infinitive < i:
            return self._statuses.context(infinitive)  # "threatened to retake the town or else burn it"
        if (told := self._told_beside(i, head)) is not None:
            return self._statuses.context(told)
        if has_to(tree, head) and tree.first(i, "nsubj", "nsubjpass") is not None and self._is_finite(i):
            above = predicate_above(tree, head)  # "asked them to supply jets, but most have declined"
            return replace(self._statuses.context(above), polarity="positive")
        if (alike := self._finite_above(i, head)) is not None:
            return self._statuses.context(alike)
        if has_to(tree, i) and tree.tag[head] != "VB":  # an infinitive beside what it cannot be a sibling of
            return replace(context, modality=weaker(context.modality, "intended"))
        own = tree.kids_of(i, "aux", "auxpass", "nsubj", "nsubjpass")
        if own and tree.lower[own[0]] in ("have", "get") and tree.tag[i] == "VBN" and len(own) > 1 and own[1] > own[0]:
            own = []  # "must show it or have it confiscated"
            context = replace(context, modality=weaker(context.modality, self._statuses.of(head).modality))
        alike = (tree.tag[head], tree.tag[i]) in (("VBN", "VBD"), ("VB", "VBP")) and tree.first(i, "dobj") is None
        if not own and (tree.tag[i] == tree.tag[head] or alike):
            for j in tree.kids_of(head, "aux"):
                if tree.tag[j] == "MD":
                    modality = words.modal(tree.lower[j])
                    if (
                        modality == "hypothetical"
                    ):  # "said it would come and help", "time and again they would come and go"
                        modality = self._statuses.known.marks.modality(head)
                    context = replace(context, modality=weaker(context.modality, modality))
        return context

    def _outer(self, i: int, head: int) -> int | None:
        """ "Said that he was not convinced that it could, but that he would rule": what "but that" goes on with."""
        tree, above = self._tree, self._tree.head[head]
        that = tree.first(i, "mark")
        if that is None or tree.lower[that - 1 : that + 1] != ["but", "that"] or tree.dep[head] != "ccomp":
            return None
        return above if tree.dep[above] == "ccomp" and is_negated(tree, above) else None

    def is_rejected(self, i: int) -> bool:
        """Whether a predicate is what isn't done: "rather than carry it out", "let alone to storm it"."""
        tree = self._tree
        first = tree.edges(i)[0]
        return tree.lower[first] != "that" and tuple(tree.lower[max(0, first - 2) : first]) in _REJECTED

    def _told_beside(self, i: int, head: int) -> int | None:
        """ "Told them that he had tried, but had been kept waiting": the content that a bare verb goes on with."""
        tree = self._tree
        own = [tree.lower[kid] for kid in tree.kids_of(i, "aux", "auxpass")]
        that = tree.first(i, "mark")
        if that is not None and tree.lower[that] == "that":  # "quoted him as saying that it was so, and that it had"
            told = (j for j in tree.subtree(head) if head < j < i and tree.dep[j] == "ccomp")
            return next((j for j in told if tree.head[j] != head or self._statuses.known.says(head)), None)
        if tree.first(i, "nsubj", "nsubjpass") is not None:
            return None
        content = tree.first(head, "ccomp")
        if content is None or not head < content < i or not self._statuses.known.says(head):
            return None
        if tree.tag[i] == tree.tag[content] == "VBD" and tree.tag[head] in ("VBZ", "VBP"):
            return content  # "allege that he ordered the killings, paid the gunmen and fled"
        subject = tree.first(content, "nsubj", "nsubjpass")
        going_on = (
            tree.tag[i] == "VBG" and {"was", "were"} & {*own} and subject is not None and tree.tag[subject] == "PRP"
        )
        if going_on and tree.lower[self._first(content)] in ("was", "were"):
            return content  # "said it was appalled and was considering"
        if not {"had", "would"} & {*own}:
            return None
        return content if {"had", "would"} & {tree.lower[kid] for kid in tree.kids_of(content, "aux")} else None

    def _first(self, i: int) -> int:
        return next(iter(self._tree.kids_of(i, "aux", "auxpass")), i)

    def _finite_above(self, i: int, head: int) -> int | None:
        """ "Allows that it might have been averted had she read them, and then spends": the verb of the same form."""
        tree = self._tree
        if tree.tag[i] != "VBZ" or tree.tag[head] != "VBN" or tree.first(i, "nsubj", "nsubjpass") is not None:
            return None
        if any(tree.tag[kid] == "VBZ" for kid in tree.kids_of(head, "aux", "auxpass")):
            return None
        return next((j for j in tree.ancestors(head) if tree.tag[j] == "VBZ" and tree.pos[j] in VERBAL), None)

    def _is_finite(self, i: int) -> bool:
        tree = self._tree
        return tree.tag[i] in ("VBD", "VBZ", "VBP") or any(
            tree.tag[kid] in ("VBD", "VBZ", "VBP", "MD") for kid in tree.kids_of(i, "aux", "auxpass")
        )

    # ------------------------------------------------------------------ adverbial clauses
    def adverbial(self, i: int, head: int) -> Factuality:
        """The surroundings of an adverbial clause or participle at token i beside the predicate at `head`."""
        tree, words = self._tree, self._words
        if tree.pos[head] == "ADV":  # "as soon as", "as long as"
            head = predicate_above(tree, head)
        that = tree.first(head, "mark")
        if that is not None and i < that < head and tree.lower[that] == "that":
            head = tree.head[head]  # "suspect, though they can't prove it, that"
        accused = None if i > head and tree.text[tree.edges(i)[0] - 1] == "," else self._accused(i, head)
        context = self.spread(head) if accused is None else self._statuses.context(accused)
        marks = [tree.lower[kid] for kid in tree.kids[i] if kid < i and tree.dep[kid] in ("mark", "advmod", "prep")]
        if self._is_even_as(i, head) and self._statuses.known.says(tree.head[head]):
            context = self.spread(tree.head[head])  # "denied that it was a coup even as tanks rolled in"
        if marks[:1] in (["although"], ["though"]) and (above := self._reporter(i, head)) is not None:
            context = self.spread(above)  # "denied that it had, though he did not rule out"
        if marks[:1] == ["as"] and self._is_said_so(i):
            return replace(context, modality="asserted")  # "if it sues, as its lawyers have threatened"
        if not marks and self._is_cited(i, head):
            return self._embedding.embedded(i, head, "that")
        if i > head and tree.lemma[head] in words.seeming and {"though", "if", "like"} & set(marks):
            status = self._statuses.of(head)
            return replace(status, modality=weaker(status.modality, "possible"))
        if (kind := self._conjunction(i)) is not None:
            return replace(context, modality=weaker(context.modality, kind))
        if marks[:1] == ["like"]:  # "acted like the war had ended"
            return replace(context, modality="hypothetical")
        if "than" in marks and any(tree.lower[j : j + 2] == ["no", "sooner"] for j in range(*tree.sentence(i))):
            return replace(context, modality="asserted")
        if "than" in marks and (preferred := self._rather(i, head)) is not None:
            return preferred
        if tree.pos[head] == "NOUN" and has_to(tree, i):  # "out of the question for him to return"
            return self._embedding.contents.of_noun(i, head, "to")
        if tree.pos[head] == "ADJ" and (has_to(tree, i) or marks[:1] == ["that"]):  # "made it clear that"
            return self._embedding.embedded(i, head, "to" if has_to(tree, i) else "that")
        if any(tree.lower[kid].endswith("ever") for kid in tree.kids[i] if tree.tag[kid] in ("WP", "WDT", "WRB")):
            return replace(context, modality="hypothetical")  # "whatever happens"
        for mark in marks:
            modality = words.marker(mark)
            if modality:
                return replace(context, modality=weaker(context.modality, modality))
        if tree.tag[i] in ("VB", "VBN", "VBP") and has_to(tree, i):
            return self._purpose(i, head, context)
        if not marks:
            return self._embedding.contents.of_prospect(i) or self._participle(i, head, context)
        if context.modality == "intended" and marks[0] in words.reasons and self._is_told(i):
            return replace(context, modality="asserted", polarity="positive")
        return self._times.of(i, head, marks[0], context)

    def _is_even_as(self, i: int, head: int) -> bool:
        tree = self._tree
        if i < head or tree.dep[head] != "ccomp":
            return False
        first, _ = tree.edges(i)
        return ["even", "as"] in (tree.lower[first - 1 : first + 1], tree.lower[first : first + 2])

    def _accused(self, i: int, verb: int) -> int | None:
        """ "Accuse the navy of standing by while trawlers cut their nets": the gerund that the clause belongs to."""
        tree = self._tree
        found = self._lexicon.find(tree.lemma[verb], "verb", "of")
        if found is None or found.holder != "subject" or tree.lemma[verb] not in self._words.object_gerund:
            return None
        above = (verb, *tree.kids_of(verb, "dobj"))
        gerunds = (kid for node in above for prep in tree.kids_of(node, "prep") for kid in tree.kids_of(prep, "pcomp"))
        return next((gerund for gerund in gerunds if gerund < i), None)

    def _reporter(self, i: int, head: int) -> int | None:
        """The verb of saying above a clause that itself tells what is said, set off by a comma behind its content."""
        tree, known = self._tree, self._statuses.known
        above = tree.head[head]
        apart = i > head and tree.text[tree.edges(i)[0] - 1] == ","
        if not apart or tree.dep[head] != "ccomp" or above > head or not known.says(above):
            return None
        return above if known.reports(i) else None

    def _conjunction(self, i: int) -> str | None:
        """The modality of a clause that a conjunction of several words introduces: "as long as", "as though"."""
        tree = self._tree
        first = tree.edges(i)[0]
        around = tuple(tree.lower[max(0, first - 5) : first + 5])
        start = min(first, 5)
        found = [
            words
            for j in range(min(start + 1, len(around)))
            if around[j] in self._openers
            for words in self._openers[around[j]]
            if j + len(words) >= start and around[j : j + len(words)] == words
        ]
        conjunctions = self._words.conjunctions
        return next(kind for words, kind in conjunctions.items() if words in found) if found else None

    def is_supposed(self, i: int) -> bool:
        """ "In case the pass has to be reopened", where the parser makes no adjunct of it."""
        tree = self._tree
        first = tree.edges(i)[0]
        return any(tuple(tree.lower[max(0, first - size) : first]) in self._supposing for size in self._sizes)

    def _is_cited(self, i: int, head: int) -> bool:
        """ "Give us the tanks, Kyiv pleads": speech that the parser takes for an adjunct."""
        tree = self._tree
        if i > head or not self._statuses.known.reports(head) or tree.tag[i] not in ("VB", "VBD", "VBZ", "VBP"):
            return False
        return any(i < kid and tree.edges(kid)[0] > tree.edges(i)[1] for kid in tree.kids_of(head, "nsubj"))

    def _is_said_so(self, i: int) -> bool:
        """ "As its lawyers have threatened": a past saying with no content of its own."""
        tree = self._tree
        if not self._is_told(i) or tree.tag[i] not in ("VBD", "VBN") or is_passive(tree, i):
            return False
        return tree.first(i, "ccomp", "dobj", "advcl") is None and self._statuses.known.reports(i)

    def _is_told(self, i: int) -> bool:
        """Whether a clause is finite and speaks of no future: "since it failed", not "since it will fail"."""
        tree = self._tree
        chain = [i, *tree.kids_of(i, "aux", "auxpass")]
        return any(tree.tag[j] in ("VBD", "VBZ", "VBP") for j in chain) and all(tree.tag[j] != "MD" for j in chain)

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
            or self._is_next(i, head)
            or tree.lemma[head] == "be"
            or self._is_controlled(i, head)
            or any(tree.lower[kid] in ("too", "enough") for kid in self._degrees(head))
        ):
            return self._embedding.complement(i)
        if self._is_outcome(i, head):
            while tree.tag[head] == "VB" and tree.dep[head] == "xcomp" and tree.pos[tree.head[head]] in VERBAL:
                head = tree.head[head]  # "agreed to investigate it, only to refuse"
            return self.spread(head)
        above = self._statuses.of(predicate_above(tree, i))
        return replace(context, modality=weaker(above.modality, "intended"))

    def _is_outcome(self, i: int, verb: int) -> bool:
        """ "Woke to find the huts gone", "left, only to return"."""
        tree, words = self._tree, self._words
        first = tree.edges(i)[0]
        if "only" in tree.lower[max(0, first - 1) : first + 1] and "," in tree.text[max(0, first - 2) : first]:
            return True
        if tree.lemma[i] not in words.finding or tree.lemma[verb] not in words.arriving:
            return False
        return tree.tag[verb] in ("VBD", "VBN")

    def _is_next(self, i: int, verb: int) -> bool:
        """ "Came to look": an infinitive right behind a verb that embeds it."""
        tree = self._tree
        lemma = f"be {tree.lower[verb]}" if is_passive(tree, verb) else lemma_of(tree, verb)
        behind = verb + 1 + (tree.dep[verb + 1 : verb + 2] == ["prt"])  # "went on to search"
        return tree.edges(i)[0] == behind and self._lexicon.exact(lemma, "verb", "to") is not None

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
        if any(tree.lower[kid] == "having" for kid in tree.kids_of(i, "aux")):
            return replace(context, modality="asserted")
        if self._statuses.known.says(i):
            above = tree.head[head]
            if tree.dep[head] == "ccomp" and tree.pos[above] in VERBAL and self._statuses.known.says(above):
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
