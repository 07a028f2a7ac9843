"""Whom an event is aimed at where its purpose, its condition or its threat says so, not the places of its verb."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from .candidates import HARMFUL, Draft, distinct
from .clauses import Clause, Part
from .frames import Match
from .parties import Party, key
from .strangers import Strangers


class Aiming(Strangers):
    """What the clauses of one article aim at; `_inner` tells the event of a complement, whose recipients may count."""

    def _inner(self, i: int) -> Draft | None:
        raise NotImplementedError

    def _recipients(self, clause: Clause, draft: Draft, actors: tuple[Party, ...]) -> tuple[tuple[Party, ...], str]:
        raise NotImplementedError

    def _confronted(self, clause: Clause, own: set[str | None]) -> tuple[Party, ...]:
        """Whom forces are to face: "sent troops to the border to stop the rebels", "massed facing Chad"."""
        tree, hosts = self._tree, [clause.i, *[part.i for part in clause.patients]]
        for kid in [kid for host in hosts for kid in tree.kids_of(host, "advcl", "xcomp", "acl")]:
            if tree.tag[kid] not in ("VB", "VBG") or not self._lexicon.in_class("confronting", (tree.lemma[kid],)):
                continue
            patients = self._clause(kid).patients
            named = tuple([party for party in self._named(patients) if key(party) not in own])
            if found := named or self._unnamed(patients):
                return distinct(found)
        return ()

    def _threatened(self, clause: Clause, match: Match, own: set[str | None]) -> tuple[Party, ...]:
        """Whom a threat told in a complement is to move: who is told it, who must yield, whom it would harm."""
        said = [part.i for part in (match.complement, *clause.of_role("clause")) if part and part.role == "clause"]
        if not said:
            return ()
        if found := self._others(clause.patients, own) or self._yielding((clause.i, *said), own):
            return found
        for i in said:
            inner, draft = self._clause(i), self._inner(i)
            if draft is not None and draft.type in HARMFUL and not inner.passive:
                doers = self._named(inner.actors)
                harmed, _ = self._recipients(inner, draft, doers)
                if found := tuple([party for party in harmed if key(party) not in own | {key(one) for one in doers}]):
                    return found
        return self._unnamed_at([subject for i in said for subject in self._conditional(i)])

    def _yielding(self, verbs: Iterable[int], own: set[str | None]) -> tuple[Party, ...]:
        """Who is named to do or leave something for what verbs threaten not to come true."""
        heads = [subject for i in verbs for subject in self._conditional(i)]
        named = (party for i in heads for party in self._parties.of(i) if party[1].code and key(party) not in own)
        return tuple(islice(named, 1))

    def _others(self, parts: Sequence[Part], own: set[str | None]) -> tuple[Party, ...]:
        """Those at some parts who aren't the actors, by name or else unnamed."""
        named = tuple([party for party in self._named(parts) if key(party) not in own])
        return distinct(named or self._unnamed(parts))

    def _aimed(self, clause: Clause, own: set[str | None]) -> tuple[Party, ...]:
        """Whom a protest is to move: "to make him resign", "demanding that he go", "until the palace yields"."""
        tree, subjects = self._tree, self._subjects
        for kid in tree.kids_of(clause.i, "advcl"):
            until = any(tree.lower[mark] == "until" for mark in tree.kids_of(kid, "mark"))
            if kid < clause.i or (not until and tree.tag[kid] not in ("VB", "VBG")):
                continue
            inner = self._clause(kid)
            said = [i for part in inner.of_role("clause") for i in subjects.of(part.i)]
            heads = subjects.of(kid) if until else [*said, *[part.i for part in inner.patients]]
            named = next(
                (group for i in heads for group in self._parties.groups(i) if not {key(one) for one in group} & own), ()
            )
            if found := named or self._unnamed_at(heads) or self._owning(heads):
                return distinct(found)
        return ()
