"""The event lexicon: which predicates, with which arguments, tell an event of which type (files in lexicon/).

A *frame* is a line of one of the frame files: some words of one kind (verb, noun, predicative), what must stand in the
slots beside them, and what that means: type, mode, canonical relation, and where actor and recipient are found.
`|` parts alternatives. A slot's alternatives: a lemma or "modifier lemma"; `@class` for the words of a class of
classes.csv; `!@class` for none of them; `#` an actor; `*` anything; `-` nothing; `plural` several actors; `power`
a state, its government or forces, `!power` none. In `with`,
`from:@territory` asks for a preposition and its object; in `complement` a lemma asks for its verb. The more a frame
asks for, the earlier it fires. The frames of nothing.csv have no type and the weight 1: what they fit tells no event,
however the words sound ("declined to comment").
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from sys import intern
from typing import Protocol

from triplomat.errors import DataError, cause

from .frames import KINDS, Frame, Slot, vocabulary_of
from .plover import Plover, load_plover
from .shelves import EMPTY, Entry, Shelf, entries_of, shelf_of

COLUMNS = [
    "kind",
    "words",
    "subject",
    "object",
    "with",
    "complement",
    "type",
    "mode",
    "relation",
    "actor",
    "recipient",
    "weight",
]
PREFIXES = ("co", "counter", "de", "pre", "re")  # of verbs that are written with a hyphen or without
_SIGNS = {"*": "any", "-": "none", "#": "actor", "plural": "plural", "power": "power", "!power": "no power"}


class _Clause(Protocol):
    @property
    def kind(self) -> str: ...

    @property
    def lemma(self) -> str: ...

    @property
    def patients(self) -> Sequence[object]: ...


class Lexicon:
    """Frames by first word, object classes, contexts; made once and never changed."""

    def __init__(
        self,
        frames: Iterable[Frame],
        classes: Mapping[str, frozenset[str]],
        types: Mapping[str, str],
        contexts: Mapping[str, tuple[str, ...]],
    ) -> None:
        frames = list(frames)
        self._entries = entries_of(frames)
        self.vocabulary = vocabulary_of(frames, classes.values())
        self._shelves: dict[tuple[str, str], Shelf] = {}
        self._verbs: dict[str, Shelf] = {}
        self._relations: dict[tuple[str, str, bool], str | None] = {}
        self.classes = classes
        self._unions: dict[tuple[str, ...], frozenset[str]] = {}
        self._types = types
        self._contexts = contexts
        self._pairs = frozenset(words.split(" ")[0] for words in contexts if " " in words)
        self._telling = self._pairs | contexts.keys()  # what points to a context, or begins a pair that does
        self.titles = classes.get("titles", frozenset())
        self._hints: Mapping[str, frozenset[str]] = {}

    @property
    def entries(self) -> int:
        """How many entries there are."""
        return sum(len(entries) for found in self._entries.values() for entries in found.values())

    @property
    def words(self) -> tuple[tuple[str, str], ...]:
        """Kind and first word of all entries, in order."""
        return tuple((kind, word) for kind, found in self._entries.items() for word in found)

    def shelf(self, kind: str, word: str) -> Shelf:
        """The entries of a kind that begin with this word."""
        place = kind, word
        found = self._shelves.get(place)
        if found is None:
            entries = self._entries[kind].get(word)
            found = self._shelves[place] = EMPTY if entries is None else shelf_of(entries)
        return found

    def shelf_of_verb(self, lemma: str) -> Shelf:
        """The entries of a verb, whatever its particle, and behind them those of any verb.

        Lemmatisers leave "waterboarde" and either of -ise and -ize: it may stand here in another spelling.
        """
        found = self._verbs.get(lemma)
        if found is None:
            verbs = self._entries["verb"]
            own = next((verbs[word] for word in _spellings(lemma.partition(" ")[0]) if word in verbs), [])
            found = self._verbs[lemma] = shelf_of(own, verbs.get("*", ())) if own else self.shelf("verb", "*")
        return found

    def frames(self, kind: str, word: str) -> tuple[tuple[str, Frame], ...]:
        """The frames of a kind that have an entry beginning with this word, each with the entry."""
        return tuple((entry.word, entry.frame) for entry in self._entries[kind].get(word, ()))

    def in_class(self, name: str, keys: Iterable[str]) -> bool:
        """Whether any of the words is of the class."""
        return not self.classes[name].isdisjoint(keys)

    def union(self, names: tuple[str, ...]) -> frozenset[str]:
        """The words of any of the classes."""
        found = self._unions.get(names)
        if found is None:
            found = self._unions[names] = frozenset().union(*[self.classes[name] for name in names])
        return found

    def types_of(self, lemmas: Iterable[str]) -> frozenset[str]:
        """The event types of all frames that any of the words begins or that name it, whatever else they ask for."""
        if not self._hints:
            self._hints = _hints_of(self._entries)
        known = self._hints
        return frozenset().union(*[known[lemma] for lemma in set(lemmas) if lemma in known])

    def kind_of(self, lemma: str) -> str | None:
        """The class of the ontology that a thing belongs to by its head noun ("Commodity"), or None."""
        return self._types.get(lemma)

    def contexts_of(self, lemmas: Sequence[str]) -> tuple[str, ...]:
        """PLOVER contexts that the words of a clause and their pairs point to, in alphabetical order."""
        telling = self._telling.intersection(lemmas)
        if not telling:
            return ()
        known, pairs = self._contexts, self._pairs
        found = [lemma for lemma in telling if lemma in known]
        if not pairs.isdisjoint(telling):
            both = [f"{first} {second}" for first, second in pairwise(lemmas) if first in pairs]
            found += [pair for pair in both if pair in known]
        if len(found) == 1:
            return known[found[0]]
        return tuple(sorted({context for words in found for context in known[words]})) if found else ()

    def relation_of(self, clause: _Clause) -> str | None:
        """The canonical relation of a predicate by its lemma alone, or None."""
        if clause.kind in ("apposition", "office"):
            if clause.kind == "apposition":
                return None
            return "headsState" if clause.lemma in self.classes.get("heads", ()) else "holdsOfficeIn"
        place = "noun" if clause.kind == "noun" else "verb", clause.lemma, bool(clause.patients)
        if place not in self._relations:
            self._relations[place] = self._relation_of(*place)
        return self._relations[place]

    def _relation_of(self, kind: str, lemma: str, patients: bool) -> str | None:
        plain = [
            frame
            for word, frame in self.frames(kind, lemma.split(" ")[0])
            if word == lemma
            and frame.relation
            and not frame.beside
            and not frame.complement
            and not any(
                slot is not None and (slot.words or slot.phrases or slot.classes or slot.signs - {"any"})
                for slot in (frame.object, frame.subject)
            )
            and (frame.object is None or patients)
        ]
        return max(plain, key=lambda frame: frame.weight).relation if plain else None


def _hints_of(entries: Mapping[str, Mapping[str, Sequence[Entry]]]) -> Mapping[str, frozenset[str]]:
    """The types that each word points to: a frame's own word, or the objects that it asks for by name."""
    found: dict[str, set[str]] = {}
    for shelves in entries.values():
        for shelf in shelves.values():
            for entry in shelf:
                frame = entry.frame
                if frame.type is None:
                    continue
                named = {entry.word}
                if frame.object is not None and (frame.object.words or frame.object.phrases):
                    phrases = {phrase.rpartition(" ")[2] for phrase in frame.object.phrases}
                    named = {word for word in frame.object.words | phrases if word != "*"}
                for word in named:
                    found.setdefault(word, set()).add(frame.type)
    found.pop("*", None)
    return {word: frozenset(types) for word, types in found.items()}


def _spellings(verb: str) -> Iterator[str]:
    yield verb
    for prefix in PREFIXES:
        if verb.startswith(prefix):
            yield f"{prefix}-{verb[len(prefix) :]}"
    for ending, other in (("ise", "ize"), ("ize", "ise"), ("e", ""), ("s", ""), ("", "e")):
        if verb.endswith(ending):
            yield verb[: len(verb) - len(ending)] + other


@lru_cache(maxsize=4)
def load_lexicon(extra: Path | None = None) -> Lexicon:
    """The packaged lexicon, with the frames of a user's file before it: for a word that the file has in a kind and
    with the same slots, the packaged entry gives way. DataError names file, line and what is wrong."""
    plover = load_plover()
    classes, types = _load_classes()
    names = [*sorted(name.lower() for name in plover.types), "nothing", "relations"]
    frames = [
        frame
        for name in names
        for frame in _read_frames(_packaged(f"{name}.csv"), f"lexicon/{name}.csv", plover, classes)
    ]
    if extra is not None:
        try:
            text = extra.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(str(extra), None, f"can't be read as UTF-8 text ({cause(error)})") from error
        own = list(_read_frames(text, str(extra), plover, classes))
        frames = own + list(_without(frames, own))
    return Lexicon(frames, classes, types, _load_contexts(plover))


def _without(frames: Iterable[Frame], own: Iterable[Frame]) -> Iterator[Frame]:
    """The packaged frames less the entries that a user's frames replace."""
    replaced = {(frame.kind, word, _slots(frame)) for frame in own for word in frame.words}
    for frame in frames:
        words = tuple(word for word in frame.words if (frame.kind, word, _slots(frame)) not in replaced)
        if words == frame.words:
            yield frame
        elif words:
            yield Frame(frame.kind, words, *(getattr(frame, name) for name in Frame.__slots__[2:]))


def _slots(frame: Frame) -> tuple[object, ...]:
    return frame.subject, frame.object, frame.beside, frame.complement


@cache
def declared_relations() -> frozenset[str]:
    """The names that relations.ttl declares, each at the beginning of a line."""
    text = files("triplomat.ontology").joinpath("relations.ttl").read_text(encoding="utf-8")
    return frozenset(re.findall(r"^rel:(\w+) a ", text, re.MULTILINE))


def _packaged(name: str) -> str:
    return files("triplomat.ontology").joinpath("lexicon").joinpath(name).read_text(encoding="utf-8")


def _read_frames(text: str, file: str, plover: Plover, classes: Mapping[str, frozenset[str]]) -> Iterator[Frame]:
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line and not line.startswith("#")]
    if not lines or next(csv.reader([lines[0][1]])) != COLUMNS:
        raise DataError(file, lines[0][0] if lines else None, f"the first line must be {','.join(COLUMNS)}")
    for number, line in lines[1:]:
        cells = next(csv.reader([line]))
        if len(cells) != len(COLUMNS):
            raise DataError(file, number, f"{len(cells)} cells instead of {len(COLUMNS)}")
        yield _frame(dict(zip(COLUMNS, cells, strict=True)), file, number, plover, classes)


def _frame(
    row: Mapping[str, str], file: str, number: int, plover: Plover, classes: Mapping[str, frozenset[str]]
) -> Frame:
    def slot(name: str) -> Slot | None:
        parts = _words(row[name])
        return _slot(parts, file, number, classes) if parts else None

    words = tuple(_words(row["words"]))
    kind, event, mode, relation = row["kind"], row["type"] or None, row["mode"] or None, row["relation"] or None
    if kind not in KINDS:
        raise DataError(file, number, f"the kind must be one of {', '.join(KINDS)}, not {kind!r}")
    if not words:
        raise DataError(file, number, "there are no words")
    if event is not None and event not in plover.types:
        raise DataError(file, number, f"{event!r} is no type of PLOVER")
    if mode is not None and (event is None or not plover.has_mode(event, mode)):
        raise DataError(file, number, f"{mode!r} is no mode of {event}")
    if relation is not None and relation not in declared_relations():
        raise DataError(file, number, f"the relation {relation!r} is not declared in relations.ttl")
    try:
        weight = float(row["weight"])
    except ValueError as error:
        raise DataError(file, number, f"the weight must be a number between 0 and 1, not {row['weight']!r}") from error
    if not 0 <= weight <= 1:
        raise DataError(file, number, f"the weight must be a number between 0 and 1, not {weight}")
    return Frame(
        kind,
        words,
        slot("subject"),
        slot("object"),
        tuple(_beside(part, file, number, classes) for part in _words(row["with"])),
        tuple(_words(row["complement"])),
        event,
        mode,
        relation,
        tuple(_words(row["actor"])),
        tuple(_words(row["recipient"])),
        weight,
        f"{file}:{number}",
    )


def _words(cell: str) -> list[str]:
    """The alternatives of a cell, each the one string of its kind, so that looking it up compares no letters."""
    return [intern(word) for word in cell.split("|") if word]


def _slot(parts: Iterable[str], file: str, number: int, classes: Mapping[str, frozenset[str]]) -> Slot:
    words: set[str] = set()
    included: set[str] = set()
    excluded: set[str] | None = None
    signs: set[str] = set()
    for part in parts:
        name = part.lstrip("!@")
        if part in _SIGNS:
            signs.add(_SIGNS[part])
        elif part.startswith(("@", "!@")):
            if name not in classes:
                raise DataError(file, number, f"there is no class {name!r} in classes.csv")
            if part.startswith("!"):
                excluded = (excluded or set()) | classes[name]
            else:
                included |= classes[name]
        else:
            words.add(part)
    return Slot(
        frozenset(word for word in words if " " not in word),
        frozenset(word for word in words if " " in word),
        frozenset(included),
        None if excluded is None else frozenset(excluded),
        frozenset(signs),
    )


def _beside(text: str, file: str, number: int, classes: Mapping[str, frozenset[str]]) -> tuple[str, Slot | None]:
    preposition, colon, wanted = text.partition(":")
    return intern(preposition), _slot([intern(wanted)], file, number, classes) if colon else None


def _load_classes() -> tuple[Mapping[str, frozenset[str]], Mapping[str, str]]:
    classes: dict[str, frozenset[str]] = {}
    types: dict[str, str] = {}
    for number, row in enumerate(csv.DictReader(_packaged("classes.csv").splitlines()), 2):
        name, words = row["class"], frozenset(_words(row["words"]))
        if name in classes:
            raise DataError("lexicon/classes.csv", number, f"the class {name!r} stands twice")
        classes[name] = words
        if row["type"]:
            types.update(dict.fromkeys(sorted(words), row["type"]))
    return classes, types


def _load_contexts(plover: Plover) -> Mapping[str, tuple[str, ...]]:
    contexts: dict[str, list[str]] = {}
    for number, row in enumerate(csv.DictReader(_packaged("contexts.csv").splitlines()), 2):
        if row["context"] not in plover.contexts:
            raise DataError("lexicon/contexts.csv", number, f"{row['context']!r} is no context of PLOVER")
        for word in _words(row["words"]):
            contexts.setdefault(word, []).append(row["context"])
    return {word: tuple(sorted(set(found))) for word, found in contexts.items()}
