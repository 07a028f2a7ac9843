"""What an article has spoken of so far, in order: the possible antecedents of its pronouns and descriptions."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from triplomat.values import value

from .reference import Reference
from .tree import Tree

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_WEIGHTS = {"subject": 2.0, "object": 0.8, "possessive": 1.0, "oblique": 0.4, "modifier": 0.0}


@value
class Entry:
    """Something that was mentioned: the token that heads it, what it refers to (None: unnamed), and what it can be.

    `kind` is "person", "state", "organisation", "group" or "thing"; `part` its syntactic part in the clause.
    """

    index: int
    sentence: int
    reference: Reference | None
    kind: str
    gender: str | None
    plural: bool
    part: str
    named: bool

    @property
    def weight(self) -> float:
        """How prominent the part makes it: subjects most."""
        return _WEIGHTS[self.part]

    def same(self, other: Entry) -> bool:
        """Whether both mean the same."""
        if self.reference is None or other.reference is None:
            return self.index == other.index
        if self.reference.entity is None:
            return other.reference.entity is None and self.reference.state == other.reference.state
        return self.reference.entity == other.reference.entity


class Discourse:
    """The entries of an article up to a point; grows as its sentences are read.

    `counts` tells how often each actor was mentioned so far, `about` how often the whole article names it or its state.
    """

    def __init__(self, tree: Tree, about: Counter[str]) -> None:
        self._tree = tree
        self._starts = tree.sentences
        self.entries: list[Entry] = []
        self._of_sentence: dict[int, list[int]] = {}
        self._at: dict[int, list[int]] = {}
        self.counts: Counter[str] = Counter()
        self.about = about

    def sentence(self, index: int) -> int:
        """The number of the sentence that a token stands in."""
        return bisect_right(self._starts, index) - 1

    def sentence_start(self, index: int) -> int:
        """The first token of the sentence that a token stands in."""
        return self._starts[self.sentence(index)]

    def add(
        self,
        index: int,
        reference: Reference | None,
        kind: str,
        *,
        gender: str | None = None,
        plural: bool = False,
        named: bool = False,
    ) -> None:
        """Notes that something was mentioned."""
        entry = Entry(index, self.sentence(index), reference, kind, gender, plural, self.part(index), named)
        self._of_sentence.setdefault(entry.sentence, []).append(len(self.entries))
        self._at.setdefault(index, []).append(len(self.entries))
        self.entries.append(entry)
        if reference is not None and reference.entity is not None:
            self.counts[reference.entity] += 1

    def back(self, index: int, *, sentences: int) -> Iterator[Entry]:
        """The entries before a token, the latest first, as far back as so many sentences."""
        limit = self.sentence(index) - sentences
        for entry in reversed(self.entries):
            if entry.sentence < limit:
                return
            if entry.index < index:
                yield entry

    def of_sentence(self, number: int) -> list[Entry]:
        """The entries of a sentence so far, in order."""
        return [self.entries[place] for place in self._of_sentence.get(number, ())]

    def at(self, index: int) -> list[Entry]:
        """The entries that a token heads: itself, and what is coordinated with it."""
        return [self.entries[place] for place in self._at.get(index, ())]

    def part(self, index: int) -> str:
        """The part that the phrase headed by a token plays: subject, object, possessive, oblique or modifier."""
        tree = self._tree
        while tree.dep[index] in ("conj", "appos", "nmod") and tree.pos[tree.head[index]] in ("NOUN", "PROPN", "PRON"):
            index = tree.head[index]
        dep = tree.dep[index]
        if dep in _SUBJECTS:
            return "subject"
        if dep in ("dobj", "dative", "attr", "oprd"):
            return "object"
        if dep == "poss":
            return "possessive"
        return "modifier" if dep in ("compound", "amod", "nmod") else "oblique"

    def verb(self, index: int) -> int:
        """The verb of the clause that a token stands in (or the root, or the noun that a relative clause is of)."""
        tree = self._tree
        while tree.head[index] != index:
            index = tree.head[index]
            if tree.pos[index] in ("VERB", "AUX"):
                break
        return index

    def acting(self, index: int) -> list[Entry]:
        """The entries of the subject of a phrase's own clause; none where the phrase is that subject."""
        if self.part(index) == "subject":
            return []
        verb = self.verb(index)
        return [
            entry
            for entry in self.of_sentence(self.sentence(index))
            if entry.part == "subject" and self.verb(entry.index) == verb
        ]

    def is_main(self, index: int) -> bool:
        """Whether a token belongs to the main clause of its sentence (or one coordinated with it)."""
        tree = self._tree
        verb = self.verb(index)
        while tree.dep[verb] == "conj":
            verb = tree.head[verb]
        return tree.head[verb] == verb

    def is_argument(self, index: int, verb: int) -> bool:
        """Whether a token heads a phrase that is itself an argument of a verb, alone or after a preposition."""
        tree = self._tree
        head = tree.head[index]
        while tree.dep[index] in ("conj", "appos") and tree.pos[head] in ("NOUN", "PROPN", "PRON"):
            index, head = head, tree.head[head]
        while tree.pos[head] == "ADP" and tree.head[head] != head:  # "out of the country"
            head = tree.head[head]
        return head == verb
