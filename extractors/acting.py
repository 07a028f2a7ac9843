"""Who acts in an event: the places that its frame names, the doers of the clause, or whose people they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from triplomat.ontology.mutual import load_mutual

from .aiming import Aiming
from .candidates import distinct
from .clauses import Clause, Part
from .factuality import Factuality
from .frames import Match
from .parties import Party, at_home, codes

_NATIONS = frozenset({"State", "Group", "Place"})
_DURING = frozenset({"after", "before", "during", "in", "at", "for", "following"})


class Acting(Aiming):
    """Who acts in the clauses of one article."""

    def _actors(self, clause: Clause, match: Match, factuality: Factuality) -> tuple[Party, ...]:
        places = match.frame.actor
        if places:
            for place in places:
                found = self._at(place, clause, match, factuality)
                if found or place == "none":
                    return found
            return self._owning([part.i for part in clause.actors]) if "subject_inside" in places else ()
        doers = clause.subjects if match.frame.kind == "predicative" else clause.actors
        found = self._named(doers) if clause.kind == "noun" else self._doing(doers)
        if found and (found[0][1].code is not None or codes(found)):
            return found
        if match.frame.type and clause.kind != "noun" and (home := self._at_home(doers, clause, match.frame.type)):
            return home
        if not found and factuality.source is not None and self._speaker(doers):
            found = self._parties.of(factuality.source.root.i)
        if found:
            return found
        if clause.kind == "noun":
            found = self._parties.before(clause.i)
            if found:
                return found
            for word in ("by", "of", "between"):
                if word == "of" and any(part.preposition == "of" for part in clause.of_role("object")):
                    continue  # "the seizure of its mine": not by whoever owns it
                found = self._at(word, clause, match, factuality)
                if found:
                    return found
            mutual = "with" in clause.behind and match.frame.relation in load_mutual().relations
            return self._conferring(clause.i) if mutual else ()
        if clause.passive and match.frame.type in ("COERCE", "SANCTION", "ACCUSE"):
            return self._place(clause, match)
        if clause.passive and (match.frame.type == "MOBILIZE" or match.frame.mode == "withdraw"):
            return self._named(clause.patients)  # "French troops were sent": by whom they are of
        return ()

    def _doing(self, doers: Sequence[Part]) -> tuple[Party, ...]:
        """Who the doers are or whose they are; an attack is by people of where it is, not so "a bomb in Kabul"."""
        found = self._named(doers)
        things = [part for part in doers if self._is_thing(part.i)] if found else ()
        if not things:
            return found
        owners = [party for part in things for party in self._owners(part.i)]
        return distinct((*self._named([part for part in doers if part not in things]), *owners))

    def _is_thing(self, i: int) -> bool:
        return not self._can_act(i) and self._tree.lemma[i] not in self._classes["attack"]

    def _conferring(self, i: int) -> tuple[Party, ...]:
        """ "Said after talks with Chad", "ruled out talks with Chad": who confers is the subject of the verb."""
        tree, node = self._tree, self._tree.head[i]
        if tree.dep[i] == "pobj" and tree.lower[node] in _DURING:
            node = tree.head[node]
        elif tree.dep[i] != "dobj" or self._inner_kind(node) in ("ACCUSE", "SUPPORT"):
            return ()
        return self._named(self._clause(node).actors) if tree.pos[node] == "VERB" else ()

    def _inner_kind(self, i: int) -> str | None:
        draft = self._inner(i)
        return draft.type if draft is not None else None

    def _speaker(self, doers: Iterable[Part]) -> bool:
        """Whether the subject is a pronoun that most likely means who says it: "Thailand says it is ready"."""
        return any(self._tree.lower[part.i] in ("it", "they", "he", "she") for part in doers)

    def _at_home(self, doers: Iterable[Part], clause: Clause, kind: str) -> tuple[Party, ...]:
        """Whose people unnamed doers are ("students", "a judge", an unknown party): of where they act, else of the
        only state that the sentence names."""
        tree, lexicon = self._tree, self._lexicon
        for part in doers:
            i = part.i
            if tree.pos[i] == "PRON" or not (
                tree.ent[i] == "PERSON"
                or lexicon.in_class("domestic", (tree.lemma[i],))
                or (tree.ent[i] == "ORG" and lexicon.in_class("domestic", [word.lower_ for word in part.span]))
            ):
                continue
            places = ("in", "at", "near", "outside") if kind != "CONSULT" else ()  # "arrived in Rome": not from there
            place = next((found for word in places if (found := self._about(word, clause))), ())
            only = place[:1] or self._only(part, clause)
            return tuple((part.stretch, at_home(reference)) for _, reference in only)
        return ()

    def _only(self, doer: Part, clause: Clause) -> tuple[Party, ...]:
        """The only state that the sentence of a doer names, or the article's home.

        Not that of whom he acts on, nor that whose embassy he is at.
        """
        found = self._parties.only(self._tree.doc[doer.i].sent) or self._parties.at_home(doer.stretch)
        if not found:
            return ()
        sides = [*clause.patients, *[part for part in clause.parts if self._parties.is_mission(part.i)]]
        named = [party for part in sides for party in (*self._parties.before(part.i), *self._parties.direct(part.i))]
        of_others = {reference.state for _, reference in named if reference.type in _NATIONS}
        return () if found[0][1].state in of_others else found
