"""Finds the two actors that a phrase stands for: "the two countries", "both sides", "neither army", "the two"."""

from __future__ import annotations

from collections.abc import Mapping

from triplomat.ontology.actors import Gazetteer
from triplomat.ontology.descriptions import load_descriptions

from .discourse import Discourse, Entry
from .reference import Reference
from .tree import Tree

_PRIVATE = frozenset({"BUS", "JRN", "EDU", "MED", "NGO"})  # organisations that are no side beside a state

_DEFINITE = frozenset({"the", "these", "those", "both", "other"})
_ALL = frozenset({"the", "these", "those", "all"})

_NEIGHBOURS = frozenset({"neighbour", "neighbor"})
_OFFICES = frozenset({"minister", "president", "premier"})
_NUMBERS = {"three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_NEAR, _FAR = 3, 6  # sentences


class Pairs:
    """The pairs of one article, from what it has spoken of so far."""

    def __init__(
        self,
        tree: Tree,
        discourse: Discourse,
        gazetteer: Gazetteer,
        roles: Mapping[str, frozenset[str]],
        groups: dict[int, tuple[Reference, ...]],
    ) -> None:
        """`roles` are the words for what each person of the article is; `groups` grows with what is coordinated."""
        self._groups = groups
        self._roles = roles
        self._tree = tree
        self._discourse = discourse
        self._words = load_descriptions()
        self._nouns = self._words.pairs | self._words.pairs_of_people | self._words.pairs_of_states
        self._gazetteer = gazetteer
        self._last: tuple[int, tuple[Reference, ...]] = (0, ())  # the last pair of states, and its sentence

    def may_mean_two(self, index: int) -> bool:
        """Whether the noun at a token can stand for two actors named before: by itself, or by the word before it."""
        tree, words = self._tree, self._words
        lemma = tree.lemma[index]
        before = {tree.lower[kid] for kid in tree.kids[index] if kid < index}
        if "two" in before and before.isdisjoint(_DEFINITE):
            return False  # "beat two men": not two who were named
        if lemma in words.pairs:
            return True
        paired = lemma in words.pairs_of_people or lemma in words.pairs_of_states
        return "two" in before or "both" in before or (paired and not before.isdisjoint(("either", "neither")))

    def of(self, index: int) -> tuple[Reference, ...]:
        """The actors that the noun at a token stands for, by what it can mean; none where that isn't clear.

        Two, or as many as a number before it tells.
        """
        lemma, words = self._tree.lemma[index], self._words
        if lemma not in self._nouns:
            return ()
        if not self.may_mean_two(index):
            return self._named_together(index)
        if lemma in words.pairs_of_people:  # "both leaders", whose names may not be told
            people = self.last_two(index, ("person",))
            title = {lemma, *(self._tree.lower[kid] for kid in self._tree.kids_of(index, "amod"))}
            if lemma in _OFFICES and not all(title <= self._roles.get(one.entity or "", title) for one in people):
                people = ()  # "both foreign ministers", who were not named
            return people or self.last_two(index, ("state", "adjective"))
        if lemma in words.pairs_of_states:
            return self._states(index)
        return self.last_two(index, ("person", "state")) if lemma in words.pairs else ()

    def _named_together(self, index: int) -> tuple[Reference, ...]:
        """The actors of the last coordination of as many as "the three countries" or "all four leaders" tells."""
        tree, words, lemma = self._tree, self._words, self._tree.lemma[index]
        before = {tree.lower[kid] for kid in tree.kids[index] if kid < index}
        number = next((_NUMBERS[word] for word in before if word in _NUMBERS), None)
        if number is None or before.isdisjoint(_ALL):
            return ()
        kind = "State" if lemma in words.pairs_of_states else "Person"
        for place in reversed(self._groups):
            members = self._groups[place]
            if self._discourse.sentence(index) - self._discourse.sentence(place) > _FAR:
                break
            if len(members) == number and all(one.type == kind for one in members):
                return members
        return ()

    def _beside(self, index: int) -> tuple[Reference, ...] | None:
        """The two that a sentence names together before a token, none where one isn't known; None if it names none.

        In the two sentences before, they are those "between" whom something is.
        """
        tree, discourse = self._tree, self._discourse
        start, number = discourse.sentence_start(index), discourse.sentence(index)
        acting = {entry.index for entry in discourse.acting(index)}
        for first in range(index - 1, -1, -1):
            if first < start and number - discourse.sentence(first) > 2:
                break
            if tree.first(first, "conj") is None or tree.dep[first] == "conj" or first in acting:
                continue
            if first < start and tree.lower[tree.head[first]] != "between":
                continue
            if len(tree.conjuncts(first)) == 2 and any(self._acts(node) for node in tree.conjuncts(first)):
                return self._groups.get(first, ())
        return None

    def _acts(self, node: int) -> bool:
        return any(entry.kind in ("state", "organisation") for entry in self._discourse.at(node))

    def _states(self, index: int) -> tuple[Reference, ...]:
        """The last two states or parties, or else those that the last such phrase stood for."""
        sentence = self._discourse.sentence(index)
        beside = self._beside(index)
        found = self.last_two(index, ("state", "adjective", "organisation")) if beside is None else beside
        if beside is None and not found and sentence - self._last[0] <= _NEAR:
            found = self._last[1]
        if self._tree.lemma[index] in _NEIGHBOURS and not self._border(found):
            found = self._last[1] if self._border(self._last[1]) else ()
        if found:
            self._last = sentence, found
        return found

    def _border(self, states: tuple[Reference, ...]) -> bool:
        """Whether two states have a common border, if they are states."""
        if any(one.type != "State" for one in states) or len(states) != 2:
            return True
        first, second = (self._gazetteer.actors[one.state or ""] for one in states)
        return second.id in first.borders

    def two(self, index: int) -> tuple[Reference, ...]:
        """Whom "the two" by themselves stand for, if "the" stands before them."""
        determiner = self._tree.first(index, "det")
        definite = determiner is not None and self._tree.lower[determiner] == "the"
        return self.last_two(index, ("person", "state")) if definite else ()

    def last_two(self, index: int, kinds: tuple[str, ...]) -> tuple[Reference, ...]:
        """Two different actors of a kind before a token, in the order of mention, but for who acts on them.

        The last two of three sentences if they stand alone or were named together, else those of the last six that the
        article speaks of most, if they stand out.
        """
        near, far = self._named(index, kinds, _NEAR), self._named(index, kinds, _FAR)
        pair = near[:2]
        counts = sorted((self._count(entry) for entry in far), reverse=True)
        seldom = len(far) > 2 and 3 * max(map(self._count, pair), default=0) <= counts[1]  # beside who it is about
        together = len(near) > 1 and not seldom and self._together(index, near)
        if not together and (alone := self._stand_alone(near, far)):
            pair = alone
        elif not together:
            if len(far) > 2 and counts[1] > counts[2]:
                pair = [entry for entry in far if self._count(entry) >= counts[1]]
            elif len(near) != 2:
                pair = self._joined(near)
        return tuple(entry.reference for entry in reversed(pair) if entry.reference is not None)

    def _named(self, index: int, kinds: tuple[str, ...], sentences: int) -> list[Entry]:
        """The different actors named before a token, the last first."""
        acting, states = self._discourse.acting(index), self._acting(index)
        found: list[Entry] = []
        for entry in self._discourse.back(index, sentences=sentences):
            reference = entry.reference
            if reference is None or reference.entity is None or entry.kind not in kinds:
                continue
            if len(self._tree.conjuncts(entry.index)) > 2:
                continue  # of three that are named together, none are "the two"
            if (
                reference.state in states
                or _PRIVATE & {reference.sector, reference.code}
                or any(entry.same(other) for other in found)
            ):
                continue
            if not any(other.index in self._tree.ancestors(entry.index) for other in acting):
                found.append(entry)
        others = [entry for entry in found if entry.reference and entry.reference.code != "IGO"]
        return others if len(others) > 1 else found  # the United Nations is no side where there are two others

    def _count(self, entry: Entry) -> int:
        return 0 if entry.reference is None else self._discourse.about[entry.reference.entity or ""]

    def _stand_alone(self, near: list[Entry], far: list[Entry]) -> list[Entry]:
        """The two that were named lately, all others there in passing, neither in passing beside others further off."""
        ranked = sorted(near, key=self._count, reverse=True)
        others = [entry for entry in far if not any(entry.same(one) for one in near)]
        least = self._count(ranked[1]) if len(ranked) > 1 else 0
        beside = max(map(self._count, ranked[2:]), default=0)
        if 2 * least <= max(map(self._count, others), default=0) or 2 * beside > least:
            return []
        return [entry for entry in near if entry in ranked[:2]]

    def _together(self, index: int, found: list[Entry]) -> bool:
        """Whether the last two were named together ("Peru and Chile met") or stand in the phrase's own sentence."""
        first, second = sorted(found[:2], key=lambda entry: entry.index)
        here = self._discourse.sentence(first.index) == self._discourse.sentence(index)
        adjectives = "adjective" in (first.kind, second.kind)
        if second.index in self._tree.conjuncts(first.index) or (here and not adjectives):
            return True
        return not adjectives and self._in_one_clause(index, first, second)

    def _in_one_clause(self, index: int, first: Entry, second: Entry) -> bool:
        """Whether one clause right before names both: "Putin spoke to Xi. The two men …"."""
        discourse = self._discourse
        verb = discourse.verb(first.index)
        before = first.sentence == second.sentence == discourse.sentence(index) - 1
        return before and discourse.is_argument(first.index, verb) and discourse.is_argument(second.index, verb)

    def _joined(self, found: list[Entry]) -> list[Entry]:
        """The last two subjects that were named together, the last first: "Peru and Chile agreed, helped by Italy"."""
        for place, second in enumerate(found):
            for first in found[place + 1 :]:
                if second.index in self._tree.conjuncts(first.index) and first.part == "subject":
                    return [second, first]
        return []

    def _acting(self, index: int) -> set[str]:
        """The states of the subject of the phrase's own clause, where the phrase isn't that subject."""
        return {
            entry.reference.state
            for entry in self._discourse.acting(index)
            if entry.reference is not None and entry.reference.state is not None
        }
