"""Finds the antecedents of it and they by syntax: the subjects of the clauses around them, or of the sentence before.

Where a clause tells of two states, "it" in the clause of its reason or time may be either, so it stays open: "China
punished Lithuania after it opened an office".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from triplomat.ontology.words import load_words

from .binding import Binding
from .discourse import Discourse, Entry
from .quotations import Quotation
from .reference import Reference
from .salience import REPORT
from .subjects import Subjects
from .tree import Tree

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_PLANS = frozenset({"will", "would", "'ll"})


class Neuters:
    """Resolves it and they in one article against its discourse."""

    def __init__(
        self,
        tree: Tree,
        discourse: Discourse,
        subjects: Subjects,
        binding: Binding,
        quoted: Mapping[int, Quotation],
        is_speaker: Callable[[Entry, int], bool],
    ) -> None:
        """`quoted` are the quotations by token; `is_speaker` says whether a pronoun stands in an entry's own words."""
        self._tree = tree
        self._discourse = discourse
        self._subjects = subjects
        self._binding = binding
        self._quoted = quoted
        self._is_speaker = is_speaker

    # ------------------------------------------------------------------ it

    def it(self, index: int) -> tuple[Entry, float] | None:
        tree = self._tree
        if self._is_empty(index):
            return self._addressed(index)
        if index in self._quoted:
            speaker = self._quoted[index].speaker
            if speaker is None:
                return None
        for node, confidence in self._subjects_above(index):
            if not self._is_beside(node, index):
                continue  # "We offered protection, as law obliges us to," its ministry said
            entry = self._entry_at(node)
            if entry is None or entry.plural:
                return None
            if self._binding.is_obviative(entry, index):
                continue  # "Chad has demanded its withdrawal"
            if entry.kind == "thing" and tree.lower[index] == "its" and self._is_reported(node):
                if tree.dep[self._discourse.verb(index)] == "conj":
                    return None  # "said the ship would leave and that its crew would rest"
                confidence -= 0.1
                continue
            if entry.kind == "person":
                if entry.reference is not None and tree.lower[index] == "its":
                    return self._state_of(entry, index)
                continue
            if entry.kind in ("state", "organisation") and _is_named(entry.reference):
                return None if self._is_contested(entry, node, index) else (entry, confidence)
            return None
        return self._subject_before(index) or self._source_before(index)

    def _is_reported(self, subject: int) -> bool:
        """Whether a subject's clause is what somebody says."""
        tree = self._tree
        verb = tree.head[subject]
        return tree.dep[verb] == "ccomp" and tree.lemma[tree.head[verb]] in REPORT

    def _is_empty(self, index: int) -> bool:
        """Whether "it" is an expletive: "it is clear that", "it seems"."""
        tree = self._tree
        if tree.lower[index] != "it":
            return False
        if tree.dep[index] == "expl":
            return True
        if tree.dep[index] not in ("nsubj", "nsubjpass"):
            return True  # as an object it rarely is an actor
        verb = tree.head[index]
        if tree.lemma[verb] in load_words().expletive:
            return not self._is_reported(index) or (self._has_clause(verb) and not self._acts_on(verb))
        # "if it is approved": no state, nor a body
        return tree.dep[index] == "nsubjpass" and (tree.lemma[verb] in load_words().deeds or self._has_clause(verb))

    def _acts_on(self, verb: int) -> bool:
        """Whether a verb has an object, which may be its infinitive's subject: "helped her to flee"."""
        tree = self._tree
        infinitives = tree.kids_of(verb, "xcomp", "ccomp")
        return any(tree.first(node, "dobj", "nsubj") is not None for node in (verb, *infinitives))

    def _has_clause(self, verb: int) -> bool:
        """Whether a clause follows that "it" stands for: "it is wrong to wait", "it was a mistake that …"."""
        tree = self._tree
        nodes = [verb, *tree.kids_of(verb, "acomp", "attr", "oprd")]
        clauses = ("ccomp", "xcomp", "csubj", "acl", "relcl", "advcl")
        return any(kid > verb for node in nodes for kid in tree.kids_of(node, *clauses))

    def _subjects_above(self, index: int) -> list[tuple[int, float]]:
        """The subjects of the pronoun's clause (if it isn't in it) and of those around it, the nearest first."""
        tree = self._tree
        found: list[tuple[int, float]] = []
        verb = self._discourse.verb(index)
        confidence = 0.88
        while True:
            for node in () if self._is_promised(index, verb) else self._subjects.of(verb):
                if node < index and not self._is_within(index, node) and node not in [known for known, _ in found]:
                    found.append((node, confidence))
            for kid in tree.kids[verb]:
                if tree.dep[kid] in ("advcl", "ccomp") and kid < index:
                    found += [
                        (node, confidence - 0.08)
                        for node in self._subjects.of(kid)
                        if node < index and node not in [known for known, _ in found]
                    ]
            if tree.head[verb] == verb:
                return found
            confidence -= 0.02 if tree.dep[verb] == "conj" else 0.05
            verb = self._discourse.verb(verb)

    def _is_promised(self, index: int, verb: int) -> bool:
        """ "Guaranteed that it would not be attacked": what somebody promises to be spared isn't he who promises."""
        tree = self._tree
        content = tree.head[index]
        passive = tree.dep[index] == "nsubjpass" and tree.dep[content] == "ccomp" and tree.head[content] == verb
        return passive and tree.lemma[verb] in load_words().promising

    def _is_within(self, index: int, node: int) -> bool:
        """Whether a token stands inside the phrase that another heads."""
        return index == node or node in self._tree.ancestors(index)

    def _entry_at(self, node: int) -> Entry | None:
        found = self._discourse.at(node)
        named = [entry for kid in self._tree.kids_of(node, "appos") for entry in self._discourse.at(kid)]
        return next(iter([*reversed(found), *named]), None)

    def _state_of(self, entry: Entry, index: int) -> tuple[Entry, float] | None:
        """ "its" beside a leader as subject: the leader's state, if no other was named since."""
        reference = entry.reference
        if reference is None or reference.state is None or reference.sector not in ("GOV", "MIL"):
            return None
        for other in self._discourse.back(index, sentences=0):
            if other.kind in ("state", "organisation") and other.reference and other.reference.state != reference.state:
                return None
        state = Reference(
            reference.state, "State", reference.state, reference.state.partition(":")[2], None, 0.9, "pronoun"
        )
        return Entry(index, entry.sentence, state, "state", None, False, entry.part, False), 0.7

    def _is_beside(self, node: int, index: int) -> bool:
        """Whether a token stands in the same voice as the pronoun: not in a quotation that it is outside of."""
        return node not in self._quoted or index in self._quoted

    def _subject_before(self, index: int) -> tuple[Entry, float] | None:
        """The subject of the sentence before, for a pronoun in the subject of its own."""
        discourse = self._discourse
        number = discourse.sentence(index)
        if any(
            entry.index < index and entry.part == "subject" and self._is_beside(entry.index, index)
            for entry in discourse.of_sentence(number)
        ):
            return None
        entry = self._main_subject(number - 1)
        if entry is None or entry.plural or not _is_named(entry.reference) or self._is_own(entry, index):
            return None
        return (entry, 0.75) if entry.kind in ("state", "organisation") else None

    def _source_before(self, index: int) -> tuple[Entry, float] | None:
        """Who told the sentence before, for "it" that tells more: "…, according to the UN. It said …"."""
        tree, discourse = self._tree, self._discourse
        if tree.lemma[tree.head[index]] not in REPORT or discourse.part(index) != "subject":
            return None
        sources = [
            entry
            for entry in discourse.of_sentence(discourse.sentence(index) - 1)
            if entry.kind in ("state", "organisation")
            and tree.lower[tree.head[entry.index]] == "to"
            and tree.lower[tree.head[tree.head[entry.index]]] == "according"
        ]
        return (sources[0], 0.72) if len(sources) == 1 and _is_named(sources[0].reference) else None

    def _is_own(self, entry: Entry, index: int) -> bool:
        """Whether an entry speaks the words that the pronoun stands in: "They crossed," the ministry said."""
        if self._is_speaker(entry, index):
            return True
        quotation, tree = self._quoted.get(index), self._tree
        if quotation is None or quotation.speaker is None:
            return False
        return tree.lower[quotation.speaker.root.i] == tree.lower[entry.index]

    # ------------------------------------------------------------------ two states
    def _is_contested(self, entry: Entry, node: int, index: int) -> bool:
        """Whether another state of the clause above may be meant as well as its subject.

        So it is in a finite clause of time or reason ("after it opened an office"), behind a charge ("accused Greece of
        arming islands near its coast"), and in what is told of or to another, but for plans: "broke with Qatar, saying
        it had armed them", "…, saying it would not pay".
        """
        tree, discourse = self._tree, self._discourse
        verb, top = discourse.verb(index), discourse.verb(node)
        planned = any(tree.lower[kid] in _PLANS for kid in tree.kids_of(verb, "aux"))
        reached = verb
        while reached != top and tree.head[reached] != reached:
            above = discourse.verb(reached)
            if self._is_charge(reached) and tree.dep[index] == "poss":
                return any(not other.same(entry) for other in self._before(index))
            if self._is_apart(reached):
                return self._has_rival(entry, top, index)
            told = tree.dep[reached] == "ccomp" and (above != top or tree.first(above, "dobj", "dative") is not None)
            if told and not planned and tree.dep[index] != "poss":
                return self._has_rival(entry, top, index)
            reached = above
        return False

    def _is_apart(self, verb: int) -> bool:
        """Whether a verb heads a finite clause of time or reason with a subject of its own."""
        tree = self._tree
        finite = tree.tag[verb] in _FINITE or tree.first(verb, "aux") is not None
        return tree.dep[verb] == "advcl" and finite and tree.first(verb, "nsubj", "nsubjpass") is not None

    def _is_charge(self, verb: int) -> bool:
        """Whether a verb is what somebody is accused of or thanked for: "of arming islands"."""
        tree = self._tree
        preposition = tree.head[verb]
        return tree.dep[verb] == "pcomp" and tree.lemma[tree.head[preposition]] in load_words().confronting

    def _has_rival(self, entry: Entry, verb: int, index: int) -> bool:
        """Whether the clause of a verb names another state or body before a pronoun than the entry."""
        named = [other for other in self._before(index) if self._discourse.verb(other.index) == verb]
        return any(not other.same(entry) and other.part != "subject" for other in named)

    def _before(self, index: int) -> list[Entry]:
        """The single states and bodies that a sentence names before a pronoun."""
        here = self._discourse.of_sentence(self._discourse.sentence(index))
        return [one for one in here if one.index < index and one.kind in ("state", "organisation") and not one.plural]

    def _addressed(self, index: int) -> tuple[Entry, float] | None:
        """ "Recalled its envoy to Spain after accusing it of theft": the one other state that the sentence names."""
        tree, discourse = self._tree, self._discourse
        verb = tree.head[index]
        if tree.lower[index] != "it" or tree.dep[index] != "dobj" or tree.lemma[verb] not in load_words().confronting:
            return None
        actors = [entry for node in self._subjects.of(verb) for entry in discourse.at(node)]
        actor = next((entry for entry in actors if entry.kind == "state" and entry.index < index), None)
        if actor is None or actor.reference is None:
            return None
        named = [one.reference.state for one in self._before(index) if one.reference is not None]
        others = {state for state in named if state is not None} - {actor.reference.state}
        if len(others) != 1:
            return None
        state = others.pop()
        whole = Reference(state, "State", state, state.partition(":")[2], None, 0.9, "pronoun")
        return Entry(index, discourse.sentence(index), whole, "state", None, False, "object", False), 0.75

    def _main_subject(self, sentence: int) -> Entry | None:
        """The subject of a sentence's main clause; None if it isn't known or isn't the only one."""
        found = [
            entry
            for entry in self._discourse.of_sentence(sentence)
            if entry.part == "subject" and self._discourse.is_main(entry.index)
        ]
        plural = [entry for entry in found if entry.plural]
        return plural[0] if plural else found[0] if found else None

    # ------------------------------------------------------------------ they

    def _plural_between(self, entry: Entry, index: int) -> bool:
        """Whether several are named between an organisation and "they", who may be meant rather."""
        here = self._discourse.of_sentence(self._discourse.sentence(index))
        return any(other.plural and entry.index < other.index < index for other in here)

    def they(self, index: int) -> tuple[Entry, float] | None:
        for node, confidence in self._subjects_above(index):
            if not self._is_beside(node, index):
                continue
            entry = self._entry_at(node)
            if entry is None:
                return None
            if self._binding.excludes(entry, index):
                continue  # "the navy would stop them"
            if not entry.plural and entry.kind == "organisation" and self._plural_between(entry, index):
                return None  # "the group urged Somalia not to hand over the men unless they …"
            if entry.plural or entry.kind in ("organisation", "group"):
                return entry, confidence - 0.05
            if entry.kind in ("person", "state"):
                continue
            return None
        number = self._discourse.sentence(index)
        subjects = [entry for entry in self._discourse.of_sentence(number) if entry.part == "subject"]
        here = any(entry.index < index for entry in subjects)
        entry = None if here else self._main_subject(number - 1)
        if entry is None or not (entry.plural or entry.kind in ("organisation", "group")) or self._is_own(entry, index):
            return None
        rivals = self._discourse.of_sentence(number - 1)
        if not entry.plural and any(other.plural and other.part in ("object", "subject") for other in rivals):
            return None  # "The Red Cross set up camps. They hold …"
        return entry, 0.72


def _is_named(reference: Reference | None) -> bool:
    return reference is not None and (reference.entity is not None or reference.state is not None)
