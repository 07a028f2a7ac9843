"""Which frames of the lexicon fit a clause: what they ask for, held against the clause's parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from triplomat.ontology.frames import (
    BARE,
    BESIDE,
    CLASS,
    NOT_EXCLUDED,
    PHRASE,
    SIGNS,
    SUBJECT,
    WEIGHT,
    WORD,
    Frame,
    Slot,
)
from triplomat.ontology.lexicon import Lexicon
from triplomat.ontology.shelves import EMPTY, ROOM, Entries, Entry, Shelf
from triplomat.ontology.words import load_words
from triplomat.values import value

from .clauses import Clause, Part, prepositional
from .naming import NO_KEYS, Naming
from .parties import Parties
from .reference import ORGANS
from .tree import Tree
from .views import View

_HARMS = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "THREATEN"})
_NAMED = frozenset({"PERSON", "GPE", "NORP"})
_EMBEDDED = frozenset({"any", "to", "that", "event", "harm", "attack"})  # what a frame may ask of a complement clause


@value
class Match:
    """A frame that fits: the entry that named it, how closely it fits, and the parts that it reads.

    `objects` include the object of a preposition that the entry holds as a particle ("call on").
    """

    frame: Frame
    entry: str
    score: float
    objects: tuple[Part, ...]
    complement: Part | None


def bare_match(clause: Clause, kind: str) -> Match:
    """What stands for a frame where none gave the event type `kind`: it asks for nothing."""
    frame = Frame("verb", (), None, None, (), (), kind, None, None, (), (), 0.0, "")
    return Match(frame, "", 0.0, clause.patients, None)


class Matcher(Naming):
    """Matches frames against the clauses of one article; `inner` gives the event type of a complement's predicate."""

    def __init__(self, tree: Tree, parties: Parties, lexicon: Lexicon, inner: Callable[[int], str | None]) -> None:
        super().__init__(tree, lexicon)
        self._parties = parties
        self._lexicon = lexicon
        self._powers = lexicon.classes["powers"]
        self._inner = inner
        self._remaining = load_words().remaining

    def closest(self, clause: Clause) -> Match | None:
        """The frame that fits a clause most closely, if any does."""
        found = _Closest()
        (self._of_noun if clause.kind == "noun" else self._of_verb)(clause, found)
        return found.best

    def matches(self, clause: Clause) -> list[Match]:
        """All frames that fit a clause, the closest first."""
        found = _Every()
        (self._of_noun if clause.kind == "noun" else self._of_verb)(clause, found)
        return [match for _, match in sorted(found.matches.items(), key=lambda one: (-one[1].score, one[0]))]

    # ------------------------------------------------------------------ where to look
    def _of_noun(self, clause: Clause, found: _Found) -> None:
        shelf = self._lexicon.shelf
        shelves = [one for word in sorted(self.keys(clause.i)) if (one := shelf("noun", word)) is not EMPTY]
        if shelves:
            view = View(self._tree, clause, clause.patients, self._keys_of(clause.patients), doers=clause.actors)
            for look, one in enumerate(shelves):
                self._match(view, one, found, look)

    def _of_verb(self, clause: Clause, found: _Found) -> None:
        attributes = clause.roles.get("attribute", ())
        more = tuple([part for attribute in attributes for part in self._around(attribute)]) if attributes else ()
        copula = clause.kind == "copula"
        linking = copula or clause.lemma in self._remaining
        objects = attributes if copula or (linking and attributes) else clause.patients
        view = View(self._tree, clause, objects, self._keys_of(objects), doers=clause.actors, more=more)
        view.particled = " " in clause.lemma
        lexicon = self._lexicon
        shelf = lexicon.shelf("verb", "be") if copula else lexicon.shelf_of_verb(clause.lemma)
        self._match(view, shelf, found)
        if clause.i in self._hyphened and not copula:
            for word in self._joined(clause.i):
                self._match(view, lexicon.shelf("verb", word), found, 1)
        if linking:
            said = [self._tree.lemma[part.i] for part in attributes]
        elif clause.passive or self._tree.dep[clause.i] == "acl":
            said = [self._tree.lower[clause.i]]
        else:
            return
        shelves = [one for word in said if (one := lexicon.shelf("predicative", word)) is not EMPTY]
        if shelves:
            view = View(self._tree, clause, (), NO_KEYS, doers=clause.subjects, more=more)
            for look, shelf in enumerate(shelves, 3):
                self._match(view, shelf, found, look)

    def _around(self, part: Part) -> list[Part]:
        """The complements of a predicative adjective or noun: "ready to attack", "critical of Iran"."""
        tree, found = self._tree, []
        for kid in tree.kids[part.i]:
            if tree.dep[kid] == "prep":
                found += prepositional(tree, kid)
            elif tree.dep[kid] in ("xcomp", "ccomp", "acl"):
                found.append(Part(tree, "clause", kid, *tree.edges(kid)))
        return found

    # ------------------------------------------------------------------ one frame
    def _match(self, view: View, shelf: Shelf, found: _Found, look: int = 0) -> None:
        """Adds the entries whose frames fit; most fail by a word that isn't there, so those are looked up first."""
        objects, keys = view.objects, view.keys
        plain, transitive, complemented, full, by_object, by_rest, by_beside = shelf
        if keys and by_object:
            for met, entry in _by_object(by_object, keys):
                if entry.most >= found.floor:
                    self._fit(view, entry, found, look, objects, met)
        standing = transitive if objects else plain
        if len(complemented) > len(plain) and (view.ascribed or view.verbal):
            standing = full if objects else complemented
        for entry in standing:
            if entry.most < found.floor:
                break
            if entry.object is None or not entry.object.isdisjoint(keys):
                self._fit(view, entry, found, look, objects)
        if by_beside:
            for word in view.offered:
                if word in by_beside:
                    behind = None
                    for needed, entry in by_beside[word]:
                        if entry.most < found.floor:
                            break
                        if entry.object is not None and entry.object.isdisjoint(keys):
                            continue
                        if needed is not None:
                            if behind is None:
                                behind = self._keys_of(view.behind.get(word, ()))
                            if needed.isdisjoint(behind):
                                continue
                        self._fit(view, entry, found, look, objects)
        if by_rest:
            self._match_particles(view, by_rest, found, look)

    def _match_particles(self, view: View, by_rest: dict[str, Entries], found: _Found, look: int) -> None:
        """The same for entries of several words: "call on", "hand over"."""
        loose = view.loose
        for word in loose:
            for entry in by_rest.get(word, ()):
                if entry.most < found.floor:
                    break
                if loose.issuperset(entry.rest) and not view.has_passed(entry.rest[-1]):
                    objects = view.with_particle(entry.rest[-1])
                    if entry.object is None or not entry.object.isdisjoint(self._keys_of(objects)):
                        self._fit(view, entry, found, look, objects)

    def _fit(
        self,
        view: View,
        entry: Entry,
        found: _Found,
        look: int,
        objects: tuple[Part, ...],
        met: float | None = None,
    ) -> None:
        """Adds the match of an entry if its frame fits; `met` is how closely the objects do, where that is known."""
        frame, score, doers = entry.frame, entry.gain, entry.subject
        if doers is not None and doers.isdisjoint(self._keys_of(view.doers)):
            return
        if view.particled and not score:
            score = -0.8  # "call off" is not "call"
        complement = None
        if frame.beside:
            closest = self._beside(frame.beside, view)
            if closest is None:
                return
            score += closest
        if frame.object is not None:
            if met is None:
                met = self._slot(
                    frame.object, objects, view.keys if objects is view.objects else self._keys_of(objects)
                )
            if met is None:
                return
            score += met
        if frame.subject is not None:
            fit = self._slot(frame.subject, view.doers, self._keys_of(view.doers))
            if fit is None:
                return
            score += SUBJECT * fit
        if frame.complement:
            complement, fit = self._complement(frame, view)
            if fit is None:
                return
            score += fit
        score += WEIGHT * frame.weight
        if score >= found.floor:
            found.add(look * ROOM + entry.place, Match(frame, entry.word, score, objects, complement))

    def _beside(self, wanted: tuple[tuple[str, Slot | None], ...], view: View) -> float | None:
        """How closely what stands behind prepositions, or as adverb, meets the best met of what a frame asks for."""
        closest: float | None = None
        offered = view.offered
        for preposition, slot in wanted:
            if preposition not in offered:
                fit = BARE if preposition == "indirect" and view.indirect else None
            elif slot is None:
                fit = BARE
            else:
                found = view.behind.get(preposition, ())
                met = self._slot(slot, found, self._keys_of(found)) if found else None
                fit = None if met is None else BESIDE + met
            if fit is not None and (closest is None or fit > closest):
                closest = fit
        return closest

    def _slot(self, slot: Slot, fillers: Sequence[Part], keys: frozenset[str]) -> float | None:
        """How closely the fillers meet a slot, by the strictest of its alternatives that they meet; None if none."""
        signs = slot.signs
        if not fillers:
            if "none" in signs:
                return SIGNS["none"]
            return NOT_EXCLUDED if slot.excluded is not None or "no power" in signs else None
        if keys:
            if not slot.phrases.isdisjoint(keys):
                return PHRASE
            if not slot.words.isdisjoint(keys):
                return WORD
            if not slot.classes.isdisjoint(keys):
                return CLASS
        if not signs and slot.excluded is None:
            return None
        if "actor" in signs and any(self._names(part.i) for part in fillers):
            return SIGNS["actor"]
        if "power" in signs or "no power" in signs:
            power = any(self._power(part.i) for part in fillers)
            if power == ("power" in signs):
                return SIGNS["power" if power else "no power"]
        if "plural" in signs and len({party for part in fillers for party in self._parties.of(part.i)}) > 1:
            return SIGNS["plural"]
        if slot.excluded is not None and slot.excluded.isdisjoint(keys):
            return NOT_EXCLUDED
        return SIGNS["any"] if "any" in signs else None

    def _names(self, i: int) -> bool:
        if self._tree.ent[i] in _NAMED:
            return True
        reference = self._parties.referent(i)
        return reference is not None and (reference.code is not None or reference.entity is not None)

    def _power(self, i: int) -> bool:
        """Whether token i names a state, its government or its forces."""
        if self._tree.lemma[i] in self._powers:
            return True
        reference = self._parties.referent(i)
        if reference is None or reference.state is None:
            return False
        return (reference.type == "State" and reference.via != "demonym") or reference.sector in ORGANS

    def _is_infinitive(self, i: int) -> bool:
        """Whether "to" marks the predicate at token i."""
        tree = self._tree
        return "to" in [tree.lower[kid] for kid in tree.kids[i] if tree.dep[kid] in ("aux", "mark")]

    def _complement(self, frame: Frame, view: View) -> tuple[Part | None, float | None]:
        verbal = view.verbal
        for wanted in frame.complement:
            for part in verbal:
                fit = self._embedded(wanted, part) if wanted in _EMBEDDED else None
                if fit is not None:
                    return part, fit
                if wanted == self._tree.lemma[part.i]:
                    return part, 2.6
            for part in view.ascribed:
                if wanted in self.keys(part.i):
                    return part, 2.2
        return None, None

    def _embedded(self, wanted: str, part: Part) -> float | None:
        """How closely a complement clause meets what is asked of its form or event; None if it doesn't."""
        if wanted == "any":
            return 1.2
        if wanted == "attack":
            return 2.5 if self._inner(part.i) == "ASSAULT" else None
        infinitive, gerund = self._is_infinitive(part.i), self._tree.tag[part.i] == "VBG"
        if wanted == "to":
            return 1.2 if infinitive else None
        if wanted == "that":
            return 1.0 if not infinitive and not gerund and part.preposition is None else None
        if wanted == "harm":
            return 2.6 if not infinitive and self._inner(part.i) in _HARMS else None
        return 1.2 if (infinitive or gerund) and self._inner(part.i) is not None else None


_NONE = float("-inf")


class _Closest:
    """The closest match of a clause, of equally close ones the first; none that scores less than `floor` is it."""

    __slots__ = ("_place", "best", "floor")

    def __init__(self) -> None:
        self.floor, self._place = _NONE, 0
        self.best: Match | None = None

    def add(self, place: int, match: Match) -> None:
        score = match.score
        if score > self.floor or place < self._place:
            self.floor, self._place, self.best = score, place, match


class _Every:
    """All matches of a clause, by place."""

    __slots__ = ("floor", "matches")

    def __init__(self) -> None:
        self.floor = _NONE
        self.matches: dict[int, Match] = {}

    def add(self, place: int, match: Match) -> None:
        self.matches[place] = match


_Found = _Closest | _Every


def _by_object(by_object: dict[str, list[tuple[float, Entry]]], keys: frozenset[str]) -> Iterable[tuple[float, Entry]]:
    """The entries that ask for an object of these names, each with how closely it is met."""
    hits = [by_object[key] for key in keys if key in by_object]
    if len(hits) < 2:
        return hits[0] if hits else ()
    closest: dict[int, tuple[float, Entry]] = {}
    for met, entry in chain(*hits):
        known = closest.get(entry.place)
        if known is None or known[0] < met:
            closest[entry.place] = met, entry
    return closest.values()
