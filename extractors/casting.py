"""Whom those who act in an event act on: the places that its frame names, looked up in the clause.

The recipient is somebody else than the actor if any place names one, else one of the actor's own people (the domestic
case), else nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from triplomat.ontology.mutual import load_mutual

from .acting import Acting
from .candidates import HARMFUL, Draft, distinct
from .clauses import Clause, Part
from .frames import Match
from .linking import Reference
from .parties import Party, at_home, codes, key, own_kind
from .places import ROLES

DEFAULT_RECIPIENT = {
    "AGREE": ("to", "with", "object", "indirect", "theme", "for", "clause"),
    "CONSULT": ("with", "object", "to", "theme"),
    "SUPPORT": ("object", "to", "with", "theme", "for", "clause"),
    "CONCEDE": ("to", "with", "theme", "on", "for"),
    "COOPERATE": ("with", "to", "from", "theme", "for", "object"),
    "AID": ("indirect", "to", "for", "object", "theme", "in"),
    "RETREAT": ("to", "from", "theme"),
    "REQUEST": ("object", "of", "from", "with", "to", "clause", "theme"),
    "ACCUSE": ("object", "with", "against", "for", "on", "to", "theme", "of", "clause"),
    "REJECT": ("theme", "of", "from", "to", "by", "with"),
    "THREATEN": ("object", "against", "to", "with", "theme", "clause"),
    "PROTEST": ("against", "at", "over", "theme", "in", "self"),
    "SANCTION": ("object", "on", "against", "to", "with", "from", "theme", "clause"),
    "MOBILIZE": ("against", "in", "on", "near", "to", "theme"),
    "COERCE": ("object", "theme", "from", "in", "self"),
    "ASSAULT": ("object", "against", "on", "at", "in", "theme"),
}
# events whose recipient often stands outside the verb's own places: "called up reservists after Turkey …"
REMOTE = frozenset({"MOBILIZE", "RETREAT", "REJECT", "CONCEDE", "AID", "PROTEST"})
# events that may name a place beside the parties
_PLACED = frozenset({"ASSAULT", "CONSULT"})
# events whose recipient may be where they happen
_LOCAL = HARMFUL | {"THREATEN", "REQUEST"}
_ABROAD = frozenset({"AGREE", "CONSULT", "COOPERATE", "AID"})  # where at home one does it is nobody's
_AGAINST = frozenset({"against", "at", "over"})
_WEAK = frozenset({"theme", "clause", "place", "in", "at", "near", "across", "outside", "over", "of"})
_FACING = frozenset({"MOBILIZE", "CONCEDE"})
# what states do to their own people rather than to others', where nobody says whose they are
_HOMELY = frozenset({"CONCEDE", "COERCE"})
_OUTWARD = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SANCTION"})
_SHARED = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "ASSAULT", "REJECT"})  # what both sides may do
_MODIFYING = frozenset({"compound", "amod", "nmod", "npadvmod"})
_PEOPLE = frozenset({"them", "him", "her", "us", "me", "you"})
_EDGES = frozenset({"border", "frontier", "boundary", "crossing", "checkpoint"})  # behind which are others
_APART = frozenset({"cc", "conj", "punct", "ccomp", "parataxis"})  # what is no part of what a verb tells
_PEOPLED = ("domestic", "actors_gov", "people", "protesters")
_OWN = ("actors_gov", "domestic")
_ENDS = frozenset({"self", "none"})
_DOMESTIC = frozenset({"REQUEST", "ACCUSE", "THREATEN", "SUPPORT", "CONCEDE", "PROTEST", "COERCE", "ASSAULT"})


class Casting(Acting):
    """Casts the clauses of one article."""

    def _recipients(self, clause: Clause, draft: Draft, actors: tuple[Party, ...]) -> tuple[tuple[Party, ...], str]:
        """The first place of the frame that names somebody else than the actor, else one that names its own people."""
        match = draft.match
        kind = draft.type or ""
        places = match.frame.recipient or DEFAULT_RECIPIENT.get(match.frame.type or kind, ())
        if places[:1] == ("none",):
            return (), ""
        own = {key(actor) for actor in actors}
        reach = self._reach(clause, match)
        if kind == "MOBILIZE" and (faced := self._confronted(clause, own)):
            return faced, "purpose"
        if kind == "THREATEN" and (threatened := self._threatened(clause, match, own)):
            return threatened, "condition"
        met = kind == "PROTEST" and any(
            key(party) not in own for party in self._named(match.objects or clause.patients)
        )
        if kind == "PROTEST" and not met and not _AGAINST & reach.keys() and (aimed := self._aimed(clause, own)):
            return aimed, "purpose"
        domestic: tuple[tuple[Party, ...], str] | None = None
        vague: tuple[tuple[Party, ...], str] | None = None
        for place in places:
            if place in _ENDS:
                break
            if place not in reach and place not in ROLES:
                continue
            for group in self._groups(place, clause, match):
                found = group if kind not in _PLACED else self._without_places(group, draft, actors)
                others = distinct([party for party in found if key(party) not in own])
                if codes(others):
                    return self._people_of(others, place, places, clause, match), place
                if others and vague is None:
                    vague = others, place
                if draft.type == "RETREAT" and draft.mode == "withdraw":
                    continue
                if kind == "MOBILIZE" and place in ("object", "theme"):
                    continue  # whom one sends is no party to it
                if found and not others and domestic is None and self._counterpart(found, actors, kind, place):
                    domestic = self._people_of(distinct(found), place, places, clause, match), place
                    if place == "theme":
                        return domestic
        if kind == "THREATEN" and (found := self._yielding((clause.i,), own)):
            return found, "condition"
        if domestic is not None:
            return domestic
        if kind in _LOCAL and clause.kind != "noun":
            found = tuple([party for party in self._place(clause, match) if key(party) not in own])
            if found and kind != "PROTEST" and (vague is None or codes(found)):
                return self._people_of(found, "place", places, clause, match), "place"
        if vague is None and kind in REMOTE:
            found = self._elsewhere(clause, own)
            if found:
                return found, "elsewhere"
        return self._unlinked(clause, draft, actors, places, vague)

    def _unlinked(
        self,
        clause: Clause,
        draft: Draft,
        actors: tuple[Party, ...],
        places: tuple[str, ...],
        vague: tuple[tuple[Party, ...], str] | None,
    ) -> tuple[tuple[Party, ...], str]:
        """Those of no known state at a place, else unnamed people, who may be the actor's own; else its own kind."""
        match, kind = draft.match, draft.type or ""
        people = vague or self._people(places, kind, clause, match)
        if not people[0] and kind in _FACING:
            people = self._faced(clause), "purpose"
        if not people[0] and kind == "THREATEN":
            people = self._unnamed_at(self._conditional(clause.i)), "condition"
        if not actors or not (people[0] or (kind != "THREATEN" and not self._at_edge(clause))):
            return people
        homely = vague is None and bool(people[0]) and kind in _HOMELY
        if not homely and not self._acts_at_home(clause, match, places, domestic=kind in _DOMESTIC and vague is None):
            return people
        if people[0] and (hit := self._hit(clause, {key(actor) for actor in actors})):
            return tuple([(span, replace(at_home(hit), type=one.type)) for span, one in people[0]]), people[1]
        return self._homely(actors[0], people[0] or self._bystanders(clause, actors)), "self"

    def _people_of(
        self, found: tuple[Party, ...], place: str, places: tuple[str, ...], clause: Clause, match: Match
    ) -> tuple[Party, ...]:
        """ "Suspects the ruling party of fraud in Bauchi": the people told of before a place, who are of there."""
        if len(found) > 1:
            return found
        if place == "object":  # "arming rebels from Quetta", "arrested supporters of the former president"
            people = self._unnamed(clause.patients)
            if not all(one.type == "Person" and span.root.i < found[0][0].root.i for span, one in people):
                return found
        elif found[0][1].type == "Place" and place in _WEAK:
            before = places[: places.index(place) + 1] if place in places else places
            people, _ = self._people(before, match.frame.type or "", clause, match)
        else:
            return found
        home = at_home(found[0][1])
        return tuple([(span, replace(home, type=one.type, sector=one.sector)) for span, one in people]) or found

    def _homely(self, actor: Party, people: tuple[Party, ...]) -> tuple[Party, ...]:
        """Whom an actor acts on at home: the people told of, who are of its state, else its own kind."""
        if actor[1].state is None:
            return tuple([one for one in people if key(one) != key(actor) or one[0].start != actor[0].start])
        if not people:
            return ((actor[0], own_kind(actor[1])),)
        home = at_home(actor[1])
        return tuple(
            [(span, replace(home, entity=one.entity, type=one.type, sector=one.sector)) for span, one in people]
        )

    def _at_edge(self, clause: Clause) -> bool:
        """ "Sealed the border", "hit two of their boats": what one does to others, whoever they are, not at home."""
        tree = self._tree
        return bool(clause.patients) and all(
            tree.lemma[part.i] in _EDGES or "their" in tree.lower[part.first : part.last + 1]
            for part in clause.patients
        )

    def _hit(self, clause: Clause, own: set[str | None]) -> Reference | None:
        """ "Rammed a Philippine boat, injuring three men": whom the main verb harms, whose people those are."""
        tree, verb = self._tree, self._tree.head[clause.i]
        if tree.dep[clause.i] != "advcl" or tree.tag[clause.i] != "VBG":
            return None
        draft, main = self._inner(verb), self._clause(verb)
        if draft is None or draft.type not in HARMFUL:
            return None
        harmed, _ = self._recipients(main, draft, self._named(main.actors))
        return next((one for span, one in harmed if one.state and key((span, one)) not in own), None)

    def _bystanders(self, clause: Clause, actors: tuple[Party, ...]) -> tuple[Party, ...]:
        """The first unnamed people that a clause speaks of behind its verb: "rallied beneath the mayor's balcony"."""
        tree, taken = self._tree, [span for span, _ in actors]
        for part in clause.patients:
            if tree.lower[part.i] in _PEOPLE:
                return ((part.stretch, Reference(None, "Group", None, None, None, 0.3, "role")),)
        for kid in tree.kids[clause.i]:
            if kid < clause.i or tree.dep[kid] in _APART or (tree.dep[kid] == "advcl" and tree.tag[kid] == "VBG"):
                continue
            first, last = tree.edges(kid)
            for i in range(first, last + 1):
                if tree.pos[i] not in ("NOUN", "PROPN") or tree.dep[i] in _MODIFYING:
                    continue
                if any(span.start <= i < span.end for span in taken):
                    continue
                if found := self._stranger(i):
                    return found
        return ()

    def _elsewhere(self, clause: Clause, own: set[str | None]) -> tuple[Party, ...]:
        """Whom the rest of the clause names: "with an eye to Russia", "after Turkey announced drilling"."""
        tree, i = self._tree, clause.i
        for kid in tree.kids[i]:
            if kid < i or tree.dep[kid] not in ("prep", "advcl", "npadvmod", "xcomp", "dobj", "conj", "advmod"):
                continue
            if tree.lower[kid] == "according" or any(
                tree.lower[mark] == "because" for mark in tree.kids_of(kid, "mark")
            ):
                continue
            first, last = tree.edges(kid)
            for party in self._parties.named(tree.span(first, last)):
                if key(party) not in own:
                    return (party,)
        return ()

    def _acts_at_home(self, clause: Clause, match: Match, places: tuple[str, ...], *, domestic: bool) -> bool:
        """Whether whom no place names must be the actor's own people.

        Not where a sentence that names another state only tells what was hit: "shelled positions near the town".
        """
        if domestic and self._own_people(clause, match):
            return True
        if "self" not in places:
            return False
        tree = self._tree
        first, stop = tree.sentence(clause.i)
        states = {reference.state for _, reference in self._parties.named(tree.doc[first:stop])} - {None}
        return len(states) < 2 or not any(
            tree.pos[part.i] == "NOUN" and tree.tag[part.i] in ("NN", "NNS")
            for part in clause.parts
            if part.role == "object" or part.preposition in ("on", "at", "against")
            if not self._peopled_by(part)
        )

    def _peopled_by(self, part: Part) -> bool:
        """Whether a phrase speaks of people or an organ, who belong to a state: "a guerrilla stronghold"."""
        return not self._lexicon.union(_PEOPLED).isdisjoint(self._tree.lemma[part.first : part.last + 1])

    def _own_people(self, clause: Clause, match: Match) -> bool:
        """Whether what is acted on is an unnamed authority or group, so one of the actor's own state."""
        heads = [part.i for part in match.objects]
        for clausal in clause.of_role("clause"):
            heads += [part.i for part in self._clause(clausal.i).subjects]
        own = {part.i for part in clause.actors}
        words = [self._tree.lemma[i] for i in heads if i not in own]
        return not self._lexicon.union(_OWN).isdisjoint(words)

    def _without_places(self, group: tuple[Party, ...], draft: Draft, actors: tuple[Party, ...]) -> tuple[Party, ...]:
        """Those who aren't a border that only says where, or the city where several parties meet."""
        tree = self._tree
        several = len(actors) > 1 or any(
            tree.tag[actor.root.i] in ("NNS", "NNPS") or one.sector == "IGO" for actor, one in actors
        )
        return tuple([party for party in group if not self._mere_place(party, draft, several)])

    def _mere_place(self, party: Party, draft: Draft, several: bool) -> bool:
        span, reference = party
        tree, i = self._tree, span.root.i
        if tree.lemma[i] in ("border", "frontier") or (
            tree.dep[i] in ("amod", "compound", "poss") and tree.lemma[tree.head[i]] in ("border", "frontier")
        ):
            return draft.type == "ASSAULT"
        told = several or (draft.match.frame.kind == "noun" and draft.mode != "visit")  # "the talks in Havana"
        return draft.type == "CONSULT" and told and reference.type == "Place"

    def _counterpart(self, found: tuple[Party, ...], actors: tuple[Party, ...], kind: str, place: str) -> bool:
        """Whether those named are of the actor's own state but somebody else ("UNITA", "the opposition")."""
        spans = [actor for actor, _ in actors]
        entities = {reference.entity for _, reference in actors if reference.entity}
        for span, reference in found:
            if any(span.start < other.end and other.start < span.end for other in spans):
                continue
            if reference.type == "State" and reference.via == "name" and self._rules(actors):
                continue
            if kind in _ABROAD and reference.type == "Place":
                continue
            if kind in _ABROAD and self._are_troops(span.root.i):
                continue  # "promised to withdraw its battalion"
            if kind in _OUTWARD and place not in ("object", "theme") and self._owned_by_pronoun(span.root.i):
                continue  # "complained about attacks on its fleet"
            if reference.via in ("pronoun",) or (reference.entity is not None and reference.entity in entities):
                continue
            return True
        return False

    def _rules(self, actors: tuple[Party, ...]) -> bool:
        """Whether the actors are a state or its government, who don't act on the state itself."""
        return all(reference.type == "State" or reference.sector == "GOV" for _, reference in actors)

    def _groups(self, place: str, clause: Clause, match: Match) -> Iterable[tuple[Party, ...]]:
        """The parties at a place, nearest first: one group for most places, several inside a theme or complement."""
        if place == "theme":
            objects = match.objects or clause.patients
            if len(objects) == 1:
                return islice(self._parties.groups(objects[0].i), 4)
            return islice((group for part in objects for group in self._parties.groups(part.i)), 4)
        if place == "clause":
            return self._in_complement(clause, match)
        found = self._at(place, clause, match, None)
        return (found,) if found else ()

    def _in_complement(self, clause: Clause, match: Match) -> Iterator[tuple[Party, ...]]:
        for part in (match.complement, *clause.of_role("clause"), *self._purposes(clause)):
            if part is None or part.role != "clause":
                continue
            i = part.i
            inner = self._clause(i)
            own = {j.i for j in clause.actors}
            for j in inner.subjects:
                if j.i not in own and (group := self._parties.of(j.i)):
                    yield group
            draft = self._inner(i)
            if draft is not None and draft.type is not None:
                recipients, _ = self._recipients(inner, draft, self._named(inner.actors))
                if recipients:
                    yield recipients
            yield from self._parties.groups(i)

    def _mutual(self, draft: Draft, place: str) -> bool:
        """Whether those at a place act as the actors do: "met with Chad"."""
        if draft.type not in _SHARED or draft.mode in ("visit", "third-party"):
            return False
        if draft.relation not in load_mutual().relations:
            return False
        if place in ("with", "between", "among"):
            return True
        return place in ("object", "theme", "of") and draft.relation in ("meets", "negotiatesWith")
