"""The words of the event lexicon's frames, laid out so that a clause finds those few entries that may fit it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from sys import intern
from typing import NamedTuple

from triplomat.values import value

from .frames import CLASS, KINDS, PHRASE, WORD, Frame, Slot


@value
class Entry:
    """A word that a frame lists.

    `rest` are the words behind its first one, `gain` what it adds to how closely the frame fits. `object` and `subject`
    are the words one of which the objects and subjects must be called by, or None; `most` is how closely the frame can
    fit; `place` the entry's place among all.
    """

    most: float
    place: int
    word: str
    frame: Frame
    rest: tuple[str, ...]
    gain: float
    object: frozenset[str] | None
    subject: frozenset[str] | None


Entries = list[Entry]


class Shelf(NamedTuple):
    """The entries that begin with one word, those that can fit most closely first.

    `plain` ask for nothing; `transitive` for an object, `complemented` for a complement, `full` for both, or for less.
    `by_object` are those that ask for certain objects by each of these, with how closely it meets the slot; `by_rest`
    those of several words by the second, `by_beside` those that ask for prepositions or adverbs by each of these, with
    the words one of which must stand behind it, or None.
    """

    plain: Entries
    transitive: Entries
    complemented: Entries
    full: Entries
    by_object: dict[str, list[tuple[float, Entry]]]
    by_rest: dict[str, Entries]
    by_beside: dict[str, list[tuple[frozenset[str] | None, Entry]]]


EMPTY = Shelf([], [], [], [], {}, {}, {})
ROOM = 1 << 20  # more places than there are entries


def entries_of(frames: Iterable[Frame]) -> dict[str, dict[str, Entries]]:
    """The entries of each kind by their first word; a verb's words are parted, others whole."""
    found: dict[str, dict[str, Entries]] = {kind: {} for kind in KINDS}
    place = 0
    for frame in frames:
        needs = [None if slot is None else slot.needed for slot in (frame.object, frame.subject)]
        for word in frame.words:
            place += 1
            first, *rest = map(intern, word.split(" ")) if frame.kind == "verb" else [word]
            gain = _gain(frame.kind, first, len(rest))
            entry = Entry(frame.most(gain), place, word, frame, tuple(rest), gain, *needs)
            found[frame.kind].setdefault(first, []).append(entry)
    return found


def shelf_of(entries: Iterable[Entry], behind: Iterable[Entry] = ()) -> Shelf:
    """A shelf of entries that begin with one word, others placed behind with room for a shelf between."""
    shelf = Shelf([], [], [], [], {}, {}, {})
    both = [*entries, *[replace(entry, place=2 * ROOM + entry.place) for entry in behind]]
    for entry in sorted(both, key=lambda entry: (-entry.most, entry.place)):
        slot, prepositions = entry.frame.object, entry.frame.prepositions
        if entry.rest:
            shelf.by_rest.setdefault(entry.rest[0], []).append(entry)
        elif prepositions:
            for preposition, wanted in entry.frame.beside:
                shelf.by_beside.setdefault(preposition, []).append((None if wanted is None else wanted.needed, entry))
        elif entry.frame.complement:
            shelf.complemented.append(entry)
            shelf.full.append(entry)
        elif slot is not None and entry.object is not None:
            for word in entry.object:
                shelf.by_object.setdefault(word, []).append((_closeness(slot, word), entry))
        elif slot is not None and slot.filled:
            shelf.transitive.append(entry)
            shelf.full.append(entry)
        else:
            for entries in (shelf.plain, shelf.transitive, shelf.complemented, shelf.full):
                entries.append(entry)
    return shelf


def _closeness(slot: Slot, word: str) -> float:
    return PHRASE if word in slot.phrases else WORD if word in slot.words else CLASS


def _gain(kind: str, first: str, more: int) -> float:
    """What an entry gains by its word alone: the more special that is, the more."""
    if first == "*":
        return -1.5
    if kind == "verb":
        return 0.7 * more if more else 1.0 if "-" in first else 0.0
    return 0.7 if kind == "noun" and " " in first else 0.0
