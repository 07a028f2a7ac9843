"""The unnamed people and bodies of a clause, who stand at its places where nobody is named: "a judge"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from triplomat.ontology.lexicon import Lexicon

from .candidates import distinct
from .clauses import Clause, Part
from .frames import Match
from .linking import References
from .parties import Party
from .places import ROLES, Places
from .tree import Tree

# where unnamed people may stand who are acted on, and where only whose what stands there is
_SOCIAL = frozenset("object theme indirect to with against of for on upon from by between at clause".split())
_OWNED = frozenset("object theme over at outside against on of to in into".split())
_INNER = ("with", "to", "for", "on")
_CONDITIONS = frozenset({"unless", "if", "until"})


class Strangers(Places):
    """Who nobody names at the places of the clauses of one article."""

    def __init__(self, tree: Tree, references: References, lexicon: Lexicon) -> None:
        super().__init__(tree, references, lexicon)
        self._strangers: list[tuple[Party, ...] | None] = [None] * len(tree.head)

    def _people(self, places: Iterable[str], kind: str, clause: Clause, match: Match) -> tuple[tuple[Party, ...], str]:
        """The unnamed people at the first of the places of persons that has any, and that place."""
        reach, passed = self._reach(clause, match), kind == "MOBILIZE"
        for place in places:
            if (place not in _SOCIAL and place not in _OWNED) or (place not in reach and place not in ROLES):
                continue
            if place in ("object", "theme"):
                if passed:
                    continue
                passed = True  # the other means the same
            found = self._people_at(place, clause, match)
            if match.frame.type in ("AID", "COOPERATE") and place in ("object", "theme"):
                found = tuple([party for party in found if not self._is_lent(party)])  # "delivered patrol boats"
            if match.frame.relation == "withdrawsFrom":
                found = tuple([party for party in found if not self._are_troops(party[0].root.i)])
            if found:
                return distinct(found), place
        return (), ""

    def _is_lent(self, party: Party) -> bool:
        """Whether those named are what aid consists of: boats, engineers."""
        lemma = self._tree.lemma[party[0].root.i]
        goods = party[1].type != "Person" and self._lexicon.kind_of(lemma) == "Commodity"
        return goods or self._lexicon.in_class("helpers", (lemma,))

    def _people_at(self, place: str, clause: Clause, match: Match) -> tuple[Party, ...]:
        """The unnamed people and bodies at a place: "passers-by", "to lepers"; else whose what is there is."""
        if place == "clause":
            return self._in_clause(clause, match)
        heads = self._heads(place, clause, match)
        found = self._unnamed_at(heads) if place in _SOCIAL else ()
        return found or (self._owning(heads) if place in _OWNED else ())

    def _heads(self, place: str, clause: Clause, match: Match) -> Iterable[int]:
        if place in ("object", "theme"):
            return [part.i for part in match.objects or clause.patients]
        if place in ROLES:
            return [part.i for part in clause.roles.get(place, ())]
        return dict.fromkeys(self._reach(clause, match).get(place, ()))

    def _owning(self, heads: Iterable[int]) -> tuple[Party, ...]:
        """ "Over the director's bonus", "outside the home of a judge": the unnamed owners of things."""
        tree = self._tree
        for i in heads:
            owning = [kid for kid in tree.kids[i] if tree.dep[kid] == "poss" or tree.lower[kid] == "of"]
            if not owning or self._parties.of(i):
                continue
            for kid in owning:
                owners = [kid] if tree.dep[kid] == "poss" else tree.kids_of(kid, "pobj")
                if found := next((found for node in owners if (found := self._stranger(node))), ()):
                    return found
        return ()

    def _in_clause(self, clause: Clause, match: Match) -> tuple[Party, ...]:
        """ "Ordered the firm to pay", "refused to talk to the growers": those whom a complement speaks of."""
        own = {part.i for part in clause.actors}
        for part in dict.fromkeys((match.complement, *clause.of_role("clause"))):
            if part is None or part.role != "clause":
                continue
            inner = self._clause(part.i)
            sides = [*inner.subjects, *inner.patients, *inner.of_role("indirect")]
            sides = [one for one in sides if one.i not in own and not self._are_troops(one.i)]
            sides += [one for word in _INNER for one in inner.behind.get(word, ())]
            if found := next((found for one in sides if (found := self._stranger(one.i))), ()):
                return found
        return ()

    def _are_troops(self, i: int) -> bool:
        """ "Promised to withdraw a battalion": who is sent or withdrawn is nobody's counterpart."""
        return self._lexicon.in_class("troops", (self._tree.lemma[i],))

    def _faced(self, clause: Clause) -> tuple[Party, ...]:
        """Whom what one does is meant for or due to: "to stop smugglers", "as the strikers marched"."""
        tree = self._tree
        for kid in tree.kids_of(clause.i, "advcl"):
            if kid < clause.i:
                continue
            marks = {tree.lower[mark] for mark in tree.kids_of(kid, "mark")}
            if tree.tag[kid] == "VB":
                heads = [part.i for part in self._clause(kid).patients]
            else:
                heads = self._subjects.of(kid) if "as" in marks else []
            if found := self._unnamed_at(heads):
                return distinct(found)
        return ()

    def _conditional(self, i: int) -> list[int]:
        """The subjects of the conditions of what token i says: "unless the chancellor yields"."""
        tree = self._tree
        return [
            subject
            for kid in tree.kids_of(i, "advcl")
            if not _CONDITIONS.isdisjoint([tree.lower[mark] for mark in tree.kids_of(kid, "mark")])
            for subject in self._subjects.of(kid)
        ]

    def _unnamed(self, parts: Sequence[Part]) -> tuple[Party, ...]:
        return self._unnamed_at([part.i for part in parts]) if parts else ()

    def _unnamed_at(self, heads: Iterable[int]) -> tuple[Party, ...]:
        """The unnamed people and bodies that heads name."""
        return tuple([party for i in heads for party in self._stranger(i)])

    def _stranger(self, i: int) -> tuple[Party, ...]:
        """Whom token i names that nothing links: its party, if it may be one."""
        known = self._strangers[i]
        if known is None:
            found = self._parties.unnamed(i)
            # "his supporters" may act, "their embassies" are whose they are, though nobody knows who they are
            acts = bool(found) and self._may_act(i) and (found[0][1].type == "Person" or not self._owned_by_pronoun(i))
            known = self._strangers[i] = found if acts else ()
        return known

    def _owned_by_pronoun(self, i: int) -> bool:
        return any(self._tree.tag[kid] == "PRP$" for kid in self._tree.kids_of(i, "poss"))

    def _may_act(self, i: int) -> bool:
        """Whether an unnamed phrase can be a party: nothing that is shipped, and nobody whose owner is told."""
        tree, referent = self._tree, self._parties.referent
        if referent(i) is not None or self._is_sent(i) or self._parties.is_kind(i):
            return False
        owners = [one for kid in tree.kids_of(i, "poss") if (one := referent(kid)) is not None]
        return all(one.type == "Person" and one.code is None for one in owners)

    def _is_sent(self, i: int) -> bool:
        """Whether a phrase is of what is shipped: bombers are, suicide bombers and nurses aren't."""
        tree = self._tree
        if self._lexicon.kind_of(tree.lemma[i]) != "Commodity":
            return False
        named = f"{tree.lower[i - 1] if i else ''} {tree.lemma[i]}"
        shipped = self._lexicon.in_class("weapons", (tree.lemma[i],)) or not self._parties.is_role(tree.lemma[i])
        return shipped and not self._parties.is_role(named)
