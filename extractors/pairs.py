"""Finds the two actors that a phrase stands for: "the two countries", "both sides", "neither army", "the two"."""

from __future__ import annotations

from triplomat.ontology.descriptions import Descriptions

from .discourse import Discourse, Entry
from .reference import Reference
from .tree import Tree

_PRIVATE = frozenset({"BUS", "JRN", "EDU", "MED", "NGO"})  # organisations that are no side beside a state

_NEAR = 3  # sentences


class Pairs:
    """The pairs of one article, from what it has spoken of so far."""

    def __init__(self, tree: Tree, discourse: Discourse, words: Descriptions) -> None:
        self._tree = tree
        self._discourse = discourse
        self._words = words
        self._last: tuple[int, tuple[Reference, ...]] = (0, ())  # the last pair of states, and its sentence

    def may_mean_two(self, index: int) -> bool:
        """Whether the noun at a token can stand for two actors named before: by itself, or by the word before it."""
        tree, words = self._tree, self._words
        lemma = tree.lemma[index]
        if lemma in words.pairs:
            return True
        before = {tree.lower[kid] for kid in tree.kids[index] if kid < index}
        paired = lemma in words.pairs_of_people or lemma in words.pairs_of_states
        return "two" in before or "both" in before or (paired and not before.isdisjoint(("either", "neither")))

    def of(self, index: int) -> tuple[Reference, ...]:
        """The two actors that the noun at a token stands for, by what it can mean; none where that isn't clear."""
        lemma, words = self._tree.lemma[index], self._words
        if lemma in words.pairs_of_people:  # "both leaders", whose names may not be told
            return self.last_two(index, ("person",)) or self.last_two(index, ("state", "adjective"))
        if lemma in words.pairs_of_states:
            return self._states(index)
        return self.last_two(index, ("person", "state")) if lemma in words.pairs else ()

    def _states(self, index: int) -> tuple[Reference, ...]:
        """The last two states or parties, or else those that the last such phrase stood for."""
        sentence = self._discourse.sentence(index)
        found = self.last_two(index, ("state", "adjective", "organisation"))
        if not found and sentence - self._last[0] <= _NEAR:
            found = self._last[1]
        if found:
            self._last = sentence, found
        return found

    def last_two(self, index: int, kinds: tuple[str, ...]) -> tuple[Reference, ...]:
        """The two different actors of a kind within three sentences, in the order of mention, but for who acts on them.

        Of more than two, those that the article speaks of most, if they stand out.
        """
        discourse, acting = self._discourse, self._acting(index)
        found: list[Entry] = []
        for entry in discourse.back(index, sentences=_NEAR):
            named = entry.reference is not None and entry.reference.entity is not None
            if not named or entry.kind not in kinds or any(entry.same(other) for other in found):
                continue
            if entry.reference is not None and (entry.reference.state in acting or entry.reference.sector in _PRIVATE):
                continue
            found.append(entry)
        if len(found) > 2 and not self._stands_alone(index, found):
            counts = [discourse.counts[entry.reference.entity or ""] for entry in found if entry.reference is not None]
            second, third = sorted(counts, reverse=True)[1:3]
            found = (
                [entry for entry, count in zip(found, counts, strict=True) if count >= second] if second > third else []
            )
        pair = found[:2] if len(found) >= 2 else []
        return tuple(entry.reference for entry in reversed(pair) if entry.reference is not None)

    def _stands_alone(self, index: int, found: list[Entry]) -> bool:
        """Whether the last two were named together: "Peru and Chile met. The two countries …"."""
        first, second = sorted(entry.index for entry in found[:2])
        return second in self._tree.conjuncts(first) or self._discourse.sentence(first) == self._discourse.sentence(
            index
        )

    def _acting(self, index: int) -> set[str]:
        """The states of the subject of the phrase's own clause, where the phrase isn't that subject."""
        return {
            entry.reference.state
            for entry in self._discourse.acting(index)
            if entry.reference is not None and entry.reference.state is not None
        }
