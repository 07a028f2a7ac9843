"""The places of a clause that frames name (a role, a preposition, inside the object) → the parties that stand there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from triplomat.ontology.lexicon import Lexicon

from .candidates import distinct
from .clauses import Clause, Part, verbal_clause
from .factuality import Factuality
from .frames import Match
from .linking import References
from .parties import PLACES, Parties, Party
from .subjects import Subjects
from .tree import Tree

# places that are no prepositions
ROLES = frozenset({"source", "object", "indirect", "subject", "subject_inside", "theme", "poss", "place", "clause"})
_ACTING = ("actors_gov", "people", "domestic", "protesters", "leaders", "envoys", "troops", "bodies", "powers")
_NEARBY = ("in", "at", "near", "outside", "across")


class Places:
    """Who stands at the places of the clauses of one article."""

    def __init__(self, tree: Tree, references: References, lexicon: Lexicon) -> None:
        self._tree = tree
        self._lexicon = lexicon
        self._classes = lexicon.classes
        self._parties = Parties(tree, references)
        self._subjects = Subjects(tree)
        self._acting = lexicon.union(_ACTING)
        self._clauses: dict[int, Clause] = {}
        self._reached: tuple[Clause | None, Match | None, dict[str, list[int]]] = None, None, {}

    def _clause(self, i: int) -> Clause:
        found = self._clauses.get(i)
        if found is None:
            found = self._clauses[i] = verbal_clause(self._tree, self._subjects, i)
        return found

    def _at(self, place: str, clause: Clause, match: Match, factuality: Factuality | None) -> tuple[Party, ...]:
        """The parties at a place of the clause: a role, a preposition, or a place of its own kind."""
        if place not in ROLES:
            return self._behind(place, clause, match)
        parties = self._parties
        if place == "source":
            return (
                parties.of(factuality.source.root.i) if factuality is not None and factuality.source is not None else ()
            )
        if place == "object":
            return self._named(match.objects or clause.patients)
        if place in ("indirect", "subject"):
            parts = clause.roles.get(place, ())
            return (self._named(parts) or self._nearest(parts)) if parts else ()
        if place == "subject_inside":
            return self._nearest(clause.actors)
        if place == "theme":
            return self._nearest(match.objects)
        if place == "poss":
            return distinct([party for part in clause.actors for party in parties.before(part.i)])
        if place == "place":
            return self._behind_any(PLACES, clause, match)
        return ()

    def _named(self, parts: Sequence[Part]) -> tuple[Party, ...]:
        """The parties that the parts name."""
        if not parts:
            return ()
        found = self._parties.of(parts[0].i)
        if len(parts) > 1:
            found = tuple([party for part in parts for party in self._parties.of(part.i)])
        return distinct(found) if len(found) > 1 else found

    def _nearest(self, parts: Iterable[Part]) -> tuple[Party, ...]:
        """The first party or parties inside the parts."""
        return next((group for part in parts for group in self._parties.groups(part.i)), ())

    def _reach(self, clause: Clause, match: Match) -> dict[str, list[int]]:
        """The heads behind each preposition of the clause, of its objects, or of its predicative.

        Those of the clause itself come first; "out of" counts as "out" too.
        """
        if self._reached[0] is not clause or self._reached[1] is not match:
            self._reached = clause, match, self._search(clause, match)
        return self._reached[2]

    def _search(self, clause: Clause, match: Match) -> dict[str, list[int]]:
        tree, dep, kids = self._tree, self._tree.dep, self._tree.kids
        found: dict[str, list[int]] = {}
        if clause.behind:
            found = {preposition: [part.i for part in parts] for preposition, parts in clause.behind.items()}
            for preposition in [word for word in found if word.endswith(" of")]:
                found[preposition[:-3]] = sorted([*found.get(preposition[:-3], ()), *found[preposition]])
        for host in self._hosts(clause, match):
            for prep in kids[host]:
                if dep[prep] in ("prep", "agent"):
                    heads = [node for pobj in tree.kids_of(prep, "pobj") for node in tree.conjuncts(pobj)]
                    if heads:
                        found.setdefault(tree.lower[prep], []).extend(heads)
        return found

    def _hosts(self, clause: Clause, match: Match) -> list[int]:
        """The tokens whose prepositions count as the clause's, each once."""
        parts = match.objects
        if "attribute" in clause.roles:
            parts += clause.of_role("attribute", "object")
        elif clause.objects is not parts:
            parts += clause.objects
        hosts = [part.i for part in parts]
        if "in" in clause.behind:  # "in a revolt against the cuts"
            grievances = self._classes["grievances"]
            hosts += [part.i for part in clause.behind["in"] if self._tree.lemma[part.i] in grievances]
        if match.frame.relation == "isAtWarWith":  # "is at war with Chad"
            hosts += [part.i for word in ("at", "in") for part in clause.behind.get(word, ())]
        if "subject_inside" in match.frame.actor:
            hosts += [part.i for part in clause.actors]
        if clause.kind == "noun":
            hosts.append(clause.i)
        if match.complement is not None and match.complement.role != "clause":
            hosts.append(match.complement.i)
        return list(dict.fromkeys(hosts)) if len(hosts) > 1 else hosts

    def _behind(self, preposition: str, clause: Clause, match: Match) -> tuple[Party, ...]:
        """The parties behind a preposition."""
        heads = self._reach(clause, match).get(preposition)
        if heads is None:
            return ()
        if preposition == "at":  # "at the request of Kyiv": who asked for it
            heads = [head for head in heads if self._tree.lemma[head] not in self._classes["urgings"]]
        if len(heads) == 1:
            found = self._parties.of(heads[0])
        else:
            found = tuple([party for head in dict.fromkeys(heads) for party in self._parties.of(head)])
        if preposition.startswith("out") and self._lexicon.in_class(
            "talks", [self._tree.lemma[head] for head in heads]
        ):
            found = tuple([party for party in found if party[1].type != "Place"])  # "walked out of talks in Havana"
            return distinct(found)
        if found:
            return distinct(found) if len(found) > 1 else found
        return next((group for head in heads for group in self._parties.groups(head)), ())

    def _can_act(self, i: int) -> bool:
        """Whether a phrase names somebody, not a thing of theirs: "the Russian envoys", not "Russian oil"."""
        tree = self._tree
        if (tree.pos[i] != "NOUN" and tree.tag[i] != "VBG") or tree.lemma[i] in self._acting:
            return True
        return self._parties.referent(i) is not None or self._parties.is_unnamed(i)

    def _about(self, preposition: str, clause: Clause) -> tuple[Party, ...]:
        """The states behind a preposition that says where; outside an embassy one is in the state where it stands."""
        return tuple(
            [
                party
                for part in clause.parts
                if part.preposition == preposition
                for party in self._on_land(self._parties.of(part.i))
                if party[1].state is not None
            ]
        )

    def _owners(self, i: int) -> tuple[Party, ...]:
        """Whose a thing is: "a Russian missile", "shelling by Russian forces", not "a bomb in Kabul"."""
        tree = self._tree
        located = {tree.lower[kid] for kid in tree.kids_of(i, "prep", "agent")} - {"of", "by", "from"}
        return self._parties.direct(i) if located else self._parties.of(i)

    def _place(self, clause: Clause, match: Match) -> tuple[Party, ...]:
        return self._on_land(self._behind_any(_NEARBY, clause, match))[:1]

    def _on_land(self, parties: tuple[Party, ...]) -> tuple[Party, ...]:
        """The parties as places, embassies as what they stand in: "outside the Israeli embassy in Athens"."""
        if not any(self._parties.is_mission(span.root.i) for span, _ in parties):
            return parties
        tree, found = self._tree, []
        for span, reference in parties:
            root = span.root.i
            if not self._parties.is_mission(root):
                found.append((span, reference))
                continue
            for prep in tree.kids_of(root, "prep"):
                if tree.lower[prep] in _NEARBY:
                    found += [one for pobj in tree.kids_of(prep, "pobj") for one in self._parties.direct(pobj)]
        return tuple(found)

    def _behind_any(self, prepositions: Iterable[str], clause: Clause, match: Match) -> tuple[Party, ...]:
        """The parties behind the first of the prepositions that has any."""
        reach = self._reach(clause, match)
        for word in prepositions if reach else ():
            if word in reach and (found := self._behind(word, clause, match)):
                return found
        return ()

    def _purposes(self, clause: Clause) -> list[Part]:
        """Adverbial infinitives and participles: "rallied to demand …", "in protest at …"."""
        tree, i = self._tree, clause.i
        return [
            Part(tree, "clause", kid, *tree.edges(kid))
            for kid in tree.kids[i]
            if kid > i and tree.dep[kid] == "advcl" and tree.tag[kid] in ("VB", "VBG")
        ]
