"""Frames, the lines of the event lexicon: what they ask of a clause, and how much each part counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

KINDS = ("verb", "noun", "predicative")
# how closely the fillers of a slot meet it, by what they meet
PHRASE, WORD, CLASS, NOT_EXCLUDED = 3.5, 3.0, 2.0, 0.4
SIGNS = {"actor": 1.6, "power": 1.4, "none": 0.8, "plural": 0.8, "no power": 0.4, "any": 0.3}
# what a frame's parts count: an adverb or bare preposition, something behind one, the subject, a complement, its weight
BARE, BESIDE, SUBJECT, COMPLEMENT, WEIGHT = 0.9, 0.6, 0.8, 2.6, 2


@dataclass(frozen=True, slots=True)
class Slot:
    """What a frame asks of the fillers of a slot: any one of these suffices.

    `phrases` are words of several words; `classes` all words of the classes named, `excluded` those of the classes
    that must not be there, or None; `signs` hold "any", "none", "actor", "plural", "power", "no power".
    """

    words: frozenset[str]
    phrases: frozenset[str]
    classes: frozenset[str]
    excluded: frozenset[str] | None
    signs: frozenset[str]

    @property
    def needed(self) -> frozenset[str] | None:
        """The words one of which must be there; None where something else will do."""
        return None if self.signs or self.excluded is not None else self.words | self.phrases | self.classes

    @property
    def filled(self) -> bool:
        """Whether something must be there to meet the slot."""
        return self.excluded is None and self.signs.isdisjoint({"none", "no power"})

    @property
    def most(self) -> float:
        """How closely anything can meet the slot, at most."""
        closest = PHRASE if self.phrases else WORD if self.words else CLASS if self.classes else 0.0
        excluded = NOT_EXCLUDED if self.excluded is not None else 0.0
        return max(closest, excluded, *[SIGNS[sign] for sign in self.signs], 0.0)


@dataclass(frozen=True, slots=True)
class Frame:
    """A line of a frame file; `source` names file and line.

    An empty `type` means that there is no event, surely so where the `weight` is 1.
    """

    kind: str
    words: tuple[str, ...]
    subject: Slot | None
    object: Slot | None
    beside: tuple[tuple[str, Slot | None], ...]
    complement: tuple[str, ...]
    type: str | None
    mode: str | None
    relation: str | None
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    weight: float
    source: str

    @property
    def prepositions(self) -> frozenset[str]:
        """The prepositions and adverbs one of which must stand there; empty where something else will do."""
        words = frozenset(word for word, _ in self.beside)
        return frozenset() if "indirect" in words else words

    def most(self, gain: float) -> float:
        """How closely the frame can fit a clause at most, its word's gain included, summed up as a match is."""
        score = gain
        if self.beside:
            score += max(BARE if slot is None else BESIDE + slot.most for _, slot in self.beside)
        if self.object is not None:
            score += self.object.most
        if self.subject is not None:
            score += SUBJECT * self.subject.most
        if self.complement:
            score += COMPLEMENT
        return score + WEIGHT * self.weight


class Vocabulary(NamedTuple):
    """All that frames and classes may call a noun by, and what phrases begin or end with, to build only such as count.

    `heads` are the last words of phrases, `wholes` the first of those with "of" or "for" ("violation of rights"),
    `modifiers` the first of those whose head doesn't matter ("joint *").
    """

    words: frozenset[str]
    heads: frozenset[str]
    wholes: frozenset[str]
    modifiers: frozenset[str]


def vocabulary_of(frames: Iterable[Frame], classes: Iterable[frozenset[str]]) -> Vocabulary:
    """What the slots and nouns of the frames, and the classes, hold."""
    words = {word for members in classes for word in members}
    for frame in frames:
        words.update(frame.complement)
        if frame.kind == "noun":
            words.update(frame.words)
        for slot in (frame.subject, frame.object, *[slot for _, slot in frame.beside]):
            if slot is not None:
                words |= slot.words | slot.phrases | slot.classes | (slot.excluded or frozenset())
    phrases = [word for word in words if " " in word]
    return Vocabulary(
        frozenset(words),
        frozenset(phrase.rpartition(" ")[2] for phrase in phrases),
        frozenset(phrase.partition(" ")[0] for phrase in phrases if " of " in phrase or " for " in phrase),
        frozenset(phrase.partition(" ")[0] for phrase in phrases if phrase.endswith(" *")),
    )
