"""Which frames of the lexicon fit a clause: what they ask for, held against the clause's parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from triplomat.ontology.lexicon import Frame, Lexicon, Slot

from .clauses import Clause, Part, prepositional
from .parties import Parties
from .tree import Tree

_HARMS = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "THREATEN"})
_POWERS = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})
_NAMED = frozenset({"PERSON", "GPE", "NORP"})
_MODIFIERS = ("amod", "compound", "nmod", "poss", "nummod")


class Match(NamedTuple):
    """A frame that fits: the entry that named it, how closely it fits, and the parts that it reads.

    `objects` include the object of a preposition that the entry holds as a particle ("call on").
    """

    frame: Frame
    entry: str
    score: float
    objects: tuple[Part, ...]
    complement: Part | None


class _View(NamedTuple):
    """A clause as the frames of one kind see it; `behind` has the parts behind each preposition."""

    actors: Sequence[Part]
    objects: tuple[Part, ...]
    behind: dict[str, list[Part]]
    loose: set[str]
    words: set[str]
    offered: set[str]
    indirect: bool
    verbal: list[Part]
    ascribed: list[Part]
    particle: bool


def bare_match(clause: Clause, kind: str) -> Match:
    """What stands for a frame where none gave the event type `kind`: it asks for nothing."""
    frame = Frame("verb", (), None, None, (), (), kind, None, None, (), (), 0.0, "")
    return Match(frame, "", 0.0, clause.patients, None)


class Matcher:
    """Matches frames against the clauses of one article; `inner` gives the event type of a complement's predicate."""

    def __init__(self, tree: Tree, parties: Parties, lexicon: Lexicon, inner: Callable[[int], str | None]) -> None:
        self._tree = tree
        self._parties = parties
        self._lexicon = lexicon
        self._inner = inner
        self._matches: dict[tuple[str, int], list[Match]] = {}
        self._keys: dict[int, frozenset[str]] = {}

    def matches(self, clause: Clause) -> list[Match]:
        """All frames that fit a clause, the closest first."""
        place = (clause.kind, clause.head.i)
        if place not in self._matches:
            views: dict[str, _View] = {}  # all looks of one kind see the same parts and objects
            found = [match for look in self._views(clause) for match in self._matching(clause, views, *look)]
            self._matches[place] = sorted(found, key=lambda match: -match.score) if len(found) > 1 else found
        return self._matches[place]

    def keys(self, i: int) -> frozenset[str]:
        """What a noun phrase may be called by: its head, modifier and head, head and complement; through quantities."""
        tree = self._tree
        if i in self._keys:
            return self._keys[i]
        lemma = tree.lemma[i]
        found = {lemma, tree.lower[i], *self._joined(i)}
        for kid in tree.kids[i]:
            if tree.dep[kid] in _MODIFIERS and kid < i:
                found.add(f"{tree.lower[kid]} {lemma}")
                found.add(f"{tree.lemma[kid]} {lemma}")
                found.add(f"{tree.lower[kid]} *")
                for inner in tree.kids[kid]:
                    if tree.dep[inner] in (*_MODIFIERS, "npadvmod", "advmod", "punct"):
                        found.add(f"{tree.lower[inner]} {tree.lower[kid]} {lemma}")
            elif tree.dep[kid] == "prep" and tree.lower[kid] == "for":
                found.update(f"{lemma} for {tree.lemma[pobj]}" for pobj in tree.kids_of(kid, "pobj"))
            elif tree.dep[kid] == "prep" and tree.lower[kid] == "of":
                for pobj in tree.kids_of(kid, "pobj"):
                    found.add(f"{lemma} of {tree.lemma[pobj]}")
                    if self._lexicon.in_class("measure_nouns", (lemma,)) or tree.pos[i] == "NUM":
                        for node in tree.conjuncts(pobj):
                            found |= self.keys(node)
        if tree.pos[i] == "PRON" and (speaker := self._speaker(i)) is not None:
            found |= self.keys(speaker)
        self._keys[i] = frozenset(found)
        return self._keys[i]

    def _speaker(self, i: int) -> int | None:
        """Who says the clause whose subject is pronoun i: "unions said they would strike"."""
        tree, verb = self._tree, self._tree.head[i]
        if tree.dep[i] != "nsubj" or tree.lower[i] not in ("they", "it") or tree.dep[verb] != "ccomp":
            return None
        return tree.first(tree.head[verb], "nsubj")

    def _joined(self, i: int) -> list[str]:
        """What a hyphen binds to token i: "cease-fire" from its tokens "cease", "-", "fire"."""
        text = self._tree.lower
        found = []
        if i >= 2 and text[i - 1] == "-":
            found.append(f"{text[i - 2]}-{self._tree.lemma[i]}")
        if i + 2 < len(text) and text[i + 1] == "-":
            found.append(f"{text[i]}-{text[i + 2]}")
        return found

    # ------------------------------------------------------------------ views of a clause
    def _views(self, clause: Clause) -> Iterator[tuple[str, str, tuple[Part, ...], tuple[Part, ...]]]:
        """Kind and first word to look under, with all complements and the objects."""
        if clause.kind == "noun":
            for word in sorted(self.keys(clause.head.i)):
                yield "noun", word, clause.parts, clause.patients
            return
        extra: list[Part] = []
        for part in clause.of_role("attribute"):
            extra += self._around(part)
        parts = (*clause.parts, *extra)
        if clause.kind != "copula":
            yield "verb", self._known(clause.lemma.split(" ")[0]), parts, clause.patients
            for word in self._joined(clause.head.i):
                yield "verb", word, parts, clause.patients
            yield "verb", "*", parts, clause.patients
        else:
            yield "verb", "be", parts, clause.of_role("attribute")
        if clause.kind == "copula" or clause.lemma in ("remain", "seem", "appear", "feel", "stay", "become", "stand"):
            for part in clause.of_role("attribute"):
                yield "predicative", self._tree.lemma[part.head.i], parts, ()
        elif clause.passive or clause.head.dep_ == "acl":
            yield "predicative", clause.head.lower_, parts, ()

    def _known(self, lemma: str) -> str:
        """A verb's lemma as the lexicon spells it: lemmatisers leave "waterboarde" and either of -ise and -ize."""
        if self._lexicon.entries_of("verb", lemma):
            return lemma
        for ending, other in (("ise", "ize"), ("ize", "ise"), ("e", ""), ("s", ""), ("", "e")):
            spelt = lemma[: len(lemma) - len(ending)] + other
            if lemma.endswith(ending) and self._lexicon.entries_of("verb", spelt):
                return spelt
        return lemma

    def _around(self, part: Part) -> list[Part]:
        """The complements of a predicative adjective or noun: "ready to attack", "critical of Iran"."""
        tree, found = self._tree, []
        for kid in tree.kids[part.head.i]:
            if tree.dep[kid] == "prep":
                found += prepositional(tree, kid)
            elif tree.dep[kid] in ("xcomp", "ccomp", "acl"):
                found.append(Part("clause", tree.doc[kid], tree.span(*tree.edges(kid))))
        return found

    # ------------------------------------------------------------------ one frame
    def _matching(
        self,
        clause: Clause,
        views: dict[str, _View],
        kind: str,
        word: str,
        parts: Sequence[Part],
        objects: Sequence[Part],
    ) -> Iterator[Match]:
        entries = self._lexicon.entries_of(kind, word)
        if not entries:
            return
        view = views.get(kind)
        if view is None:
            view = views[kind] = self._view(clause, kind, parts, tuple(objects))
        plain = self._bias(kind, word, view)
        loose, offered = view.loose, view.offered
        for entry, frame, rest, beside in entries:
            if not loose.issuperset(rest) or (beside is not None and beside.isdisjoint(offered)):
                continue
            own, score = view.objects, plain
            if rest:
                score = 0.7 * len(rest)
                if rest[-1] in view.behind and rest[-1] not in clause.lemma.split(" ")[1:]:
                    own += tuple(part for part in parts if part.preposition == rest[-1])
            match = self._fit(view, frame, entry, score, own)
            if match is not None:
                yield match

    def _bias(self, kind: str, word: str, view: _View) -> float:
        """What an entry that names one word gains or loses before its frame is looked at."""
        if word == "*":
            return -1.5
        if kind == "verb":
            return 1.0 if "-" in word else -0.8 if view.particle else 0.0  # "call off" is not "call"
        return 0.7 if kind == "noun" and " " in word else 0.0

    def _view(self, clause: Clause, kind: str, parts: Sequence[Part], objects: tuple[Part, ...]) -> _View:
        """What all frames of a clause look at, gathered once."""
        tree = self._tree
        behind: dict[str, list[Part]] = {}
        for part in (*parts, *(inner for obj in objects for inner in self._around(obj))):
            if part.preposition is not None and part.role != "adverb":
                behind.setdefault(part.preposition, []).append(part)
        loose = {tree.lower[part.head.i] for part in parts if part.role in ("attribute", "adverb", "object")}
        words = {tree.lower[part.head.i] for part in parts if part.role in ("attribute", "adverb")}
        return _View(
            actors=clause.subjects if kind == "predicative" else clause.actors,
            objects=objects,
            behind=behind,
            loose=loose.union(
                behind, (word.split(" ")[0] for word in behind), (tree.lower[verb.i] for verb in clause.verbs)
            ),
            words=words,
            offered=words.union(behind),
            indirect=any(part.role == "indirect" for part in parts),
            verbal=[part for part in parts if part.role == "clause" and tree.pos[part.head.i] in ("VERB", "AUX")]
            or self._next_infinitive(clause),
            ascribed=[part for part in parts if part.role in ("attribute", "adverb")],
            particle=" " in clause.lemma,
        )

    def _next_infinitive(self, clause: Clause) -> list[Part]:
        """ "Have sworn to fight": an infinitive right behind its verb is a complement, whatever the parser calls it."""
        tree, i = self._tree, clause.head.i
        return [
            Part("clause", tree.doc[kid], tree.span(*tree.edges(kid)))
            for kid in tree.kids_of(i, "advcl")
            if tree.tag[kid] == "VB" and i + 1 in tree.kids_of(kid, "aux") and tree.lower[i + 1] == "to"
        ]

    def _fit(self, view: _View, frame: Frame, entry: str, score: float, objects: tuple[Part, ...]) -> Match | None:
        complement = None
        if frame.beside:
            behind, words, closest = view.behind, view.words, None
            for preposition, slot in frame.beside:
                if preposition in behind or preposition == "indirect" or (slot is None and preposition in words):
                    fit = self._beside(preposition, slot, view)
                    if fit is not None and (closest is None or fit > closest):
                        closest = fit
            if closest is None:
                return None
            score += closest
        if frame.object is not None:
            fit = self._slot(frame.object, objects)
            if fit is None:
                return None
            score += fit
        if frame.subject is not None:
            fit = self._slot(frame.subject, view.actors)
            if fit is None:
                return None
            score += 0.8 * fit
        if frame.complement:
            complement, fit = self._complement(frame, view)
            if fit is None:
                return None
            score += fit
        return Match(frame, entry, score + 2 * frame.weight, objects, complement)

    def _slot(self, slot: Slot, fillers: Sequence[Part]) -> float | None:
        """How closely the fillers meet a slot, by the strictest of its alternatives that they meet; None if none."""
        if not fillers:
            if "none" in slot.signs:
                return 0.8
            return 0.4 if slot.excluded is not None or "no power" in slot.signs else None
        keys = self._keys_of(fillers)
        if not slot.phrases.isdisjoint(keys):
            return 3.5
        if not slot.words.isdisjoint(keys):
            return 3.0
        if not slot.classes.isdisjoint(keys):
            return 2.0
        signs = slot.signs
        if not signs and slot.excluded is None:
            return None
        if "actor" in signs and any(self._names(part.head.i) for part in fillers):
            return 1.6
        if "power" in signs or "no power" in signs:
            power = any(self._power(part.head.i) for part in fillers)
            if power == ("power" in signs):
                return 1.4 if power else 0.4
        if "plural" in signs and len({party for part in fillers for party in self._parties.of(part.head.i)}) > 1:
            return 0.8
        if slot.excluded is not None and slot.excluded.isdisjoint(keys):
            return 0.4
        return 0.3 if "any" in signs else None

    def _keys_of(self, fillers: Sequence[Part]) -> frozenset[str]:
        if len(fillers) == 1:
            return self.keys(fillers[0].head.i)
        return frozenset().union(*(self.keys(part.head.i) for part in fillers))

    def _names(self, i: int) -> bool:
        if self._tree.ent[i] in _NAMED:
            return True
        reference = self._parties.referent(i)
        return reference is not None and (reference.code is not None or reference.entity is not None)

    def _power(self, i: int) -> bool:
        """Whether token i names a state, its government or its forces."""
        if self._lexicon.in_class("powers", (self._tree.lemma[i],)):
            return True
        reference = self._parties.referent(i)
        if reference is None or reference.state is None:
            return False
        return (reference.type == "State" and reference.via != "demonym") or reference.sector in _POWERS

    def _beside(self, preposition: str, slot: Slot | None, view: _View) -> float | None:
        if preposition == "indirect":
            return 0.9 if view.indirect else None
        found = view.behind.get(preposition)
        if slot is None:
            return 0.9 if found or preposition in view.words else None
        fit = self._slot(slot, found) if found else None
        return None if fit is None else 0.6 + fit

    def _complement(self, frame: Frame, view: _View) -> tuple[Part | None, float | None]:
        tree = self._tree
        for wanted in frame.complement:
            for part in view.verbal:
                i = part.head.i
                marked = {tree.lower[kid] for kid in tree.kids[i] if tree.dep[kid] in ("aux", "mark")}
                if wanted == "any" or (wanted == "to" and "to" in marked):
                    return part, 1.2
                if wanted == "that" and "to" not in marked and part.preposition is None and tree.tag[i] != "VBG":
                    return part, 1.0
                if wanted == "event" and ("to" in marked or tree.tag[i] == "VBG") and self._inner(i) is not None:
                    return part, 1.2
                if wanted == "harm" and "to" not in marked and self._inner(i) in _HARMS:
                    return part, 2.6
                if wanted == "attack" and self._inner(i) == "ASSAULT":
                    return part, 2.5
                if wanted == tree.lemma[i]:
                    return part, 2.6
            for part in view.ascribed:
                if wanted in self.keys(part.head.i):
                    return part, 2.2
        return None, None
