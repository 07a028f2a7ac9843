"""Finds the two actors that a plural stands for: "the two countries", "both sides", "the two"."""

from __future__ import annotations

from .discourse import Discourse, Entry
from .reference import Reference
from .tree import Tree


class Pairs:
    """The pairs of one article, from what it has spoken of so far."""

    def __init__(self, tree: Tree, discourse: Discourse) -> None:
        self._tree = tree
        self._discourse = discourse

    def last_two(self, index: int, kinds: tuple[str, ...]) -> tuple[Reference, ...]:
        """The two different actors of a kind within three sentences, in the order of mention, but for who acts on them.

        Of more than two, those that the article speaks of most, if they stand out.
        """
        discourse, acting = self._discourse, self._acting(index)
        found: list[Entry] = []
        for entry in discourse.back(index, sentences=3):
            named = entry.reference is not None and entry.reference.entity is not None
            if not named or entry.kind not in kinds or any(entry.same(other) for other in found):
                continue
            if entry.reference is not None and entry.reference.state in acting:
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
        discourse = self._discourse
        if discourse.part(index) == "subject":
            return set()
        verb = discourse.verb(index)
        return {
            entry.reference.state
            for entry in discourse.of_sentence(discourse.sentence(index))
            if entry.part == "subject" and discourse.verb(entry.index) == verb
            if entry.reference is not None and entry.reference.state is not None
        }
