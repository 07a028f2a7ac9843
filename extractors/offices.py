"""Who holds, held or inherits an office, or a family's name: "the Slovak leader", "his successor", "his son"."""

from __future__ import annotations

from collections.abc import Mapping, Set

from triplomat.ontology.actors import Gazetteer
from triplomat.ontology.descriptions import load_descriptions
from triplomat.ontology.titles import load_titles

from .discourse import Discourse
from .people import Person
from .reference import Reference
from .tree import Tree

_NEAR = 3  # sentences
_LOWER = frozenset({"vice", "deputy", "former", "candidate", "opposition"})


class Offices:
    """The offices and families of one article's people."""

    def __init__(
        self, tree: Tree, discourse: Discourse, people: Mapping[str, Person], gazetteer: Gazetteer, on: str | None
    ) -> None:
        self._tree = tree
        self._discourse = discourse
        self._people = people
        self._gazetteer = gazetteer
        self._words = load_descriptions()
        self._on = on

    def holder(self, owner: Reference, roles: str) -> Reference | None:
        """Who holds the office that a phrase names: "the Russian president", "Iran's foreign minister"."""
        office = roles.replace(" ", "_").replace("defense", "defence")
        found = self._gazetteer.holders(office, owner.entity or owner.state or "", self._on) if self._on else ()
        fits = [
            entity
            for entity, person in self._people.items()
            if person.reference.state == owner.state and set(roles.split()) <= person.roles
        ]
        past = [entity for entity in fits if len(found) == 1 and found[0] not in fits and self._held(entity, office)]
        if fits and past != fits:  # "the Cambodian prime minister" is Hun Manet beside his father
            serving = [entity for entity in fits if entity in found]
            return self._people[(serving or [one for one in fits if one not in past])[0]].reference.by(
                "description", 0.9
            )
        if roles == "leader":
            return self._head_of(owner.state)
        if len(found) != 1:
            return None
        gazetteer, on, actor = self._gazetteer, self._on, found[0]
        state, code = gazetteer.state(actor, on), gazetteer.code(actor, on)
        return Reference(actor, "Person", state, code, gazetteer.sector(actor, on), 0.8, "description")

    def _held(self, entity: str, office: str) -> bool:
        """Whether a person of the tables once held an office."""
        known = self._gazetteer.actors.get(entity)
        return known is not None and any(term.office == office for term in known.offices)

    def _head_of(self, state: str | None) -> Reference | None:
        """The one head of a state or its government whom the article names: "the Slovak leader"."""
        heads = [
            person.reference
            for entity, person in self._people.items()
            if person.reference.state == state and self._is_head(entity, person.roles)
        ]
        return heads[0].by("description", 0.85) if len(heads) == 1 else None

    def _is_head(self, entity: str, roles: frozenset[str]) -> bool:
        """Whether a person of the tables heads a state or its government, or another is called by such a title."""
        known = self._gazetteer.actors.get(entity)
        if known is not None and self._on is not None:
            return any(term.office in load_titles().heads and term.covers(self._on) for term in known.offices)
        return bool(roles & self._words.heading) and not roles & _LOWER

    def countryman(self, index: int, reference: Reference) -> Reference | None:
        """ "The Iranian" behind what was told of one Iranian by name."""
        if self._discourse.part(index) == "modifier" or self._tree.lower[index - 1] != "the":
            return None
        if f"{self._tree.text[index]}s" not in self._gazetteer.names:
            return None  # "the Druze", "the French" are many
        found = {
            entry.reference.entity: entry.reference
            for entry in self._discourse.back(index, sentences=_NEAR)
            if entry.kind == "person" and entry.reference is not None and entry.reference.state == reference.state
        }
        here = [one for one in self._discourse.of_sentence(self._discourse.sentence(index)) if one.part == "subject"]
        if len(found) > 1:  # "Mirzoyan had agreed, the Armenian said"
            acting = {one.reference.entity for one in here if one.reference is not None}
            found = {entity: one for entity, one in found.items() if entity in acting}
        person = found.popitem()[1] if len(found) == 1 else None
        return person.by("description", 0.8) if person is not None and person.entity is not None else None

    def former(self, owner: Reference, roles: str) -> Reference | None:
        """The one person of the article who held an office before: "the former Dutch prime minister"."""
        offices = {name for words, names in load_titles().offices.items() if words == roles for name in names[:1]}
        held = []
        for entity, person in self._people.items():
            known = self._gazetteer.actors.get(entity)
            terms = known.offices if known is not None else ()
            ended = [term for term in terms if term.office in offices and term.holder in (owner.state, _code(owner))]
            if ended and not any(term.covers(self._on) for term in ended):
                held.append(person.reference)
        return held[0].by("description", 0.85) if len(held) == 1 else None

    def compatriot(self, head: int, owner: Reference) -> Reference | None:
        """The one person of a state of whom the two sentences before tell: "The Labour politician"."""
        found = {
            entry.reference.entity: entry.reference
            for entry in self._discourse.back(head, sentences=2)
            if entry.kind == "person" and entry.reference is not None and entry.reference.state == owner.state
        }
        person = found.popitem()[1] if len(found) == 1 else None
        return person.by("description", 0.75) if person is not None and person.entity is not None else None

    def serves(self, entity: str, lemma: str, modifiers: Set[str]) -> bool:
        """Whether a person of the tables holds the office that a title names on the article's day."""
        known = self._gazetteer.actors.get(entity)
        words = {lemma} | modifiers
        terms = () if known is None or self._on is None else known.offices
        return any(term.covers(self._on) and words == set(term.office.split("_")) for term in terms)

    def kin(self, lemma: str, owner: Reference) -> Reference | None:
        """A relative in the same office's line: the other of the family name that the article speaks of."""
        gender, relation = self._words.kin[lemma]
        if owner.entity is None or owner.type != "Person":
            return None
        actors = self._gazetteer.actors
        first = actors.get(owner.entity)
        if relation in ("predecessor", "successor"):
            return self._next_in_office(owner.entity, relation)
        family = self._family(owner.entity)
        found = []
        for entity, person in self._people.items():
            if entity == owner.entity or self._family(entity) != family or person.gender not in (None, gender):
                continue
            other = actors.get(entity)
            if first is not None and other is not None and first.offices and other.offices and relation != "same":
                later = min(t.start for t in other.offices) > min(t.start for t in first.offices)
                if later != (relation == "later"):
                    continue
            found.append(person)
        return found[0].reference.by("description", 0.85) if len(found) == 1 else None

    def _family(self, entity: str) -> str:
        known = self._gazetteer.actors.get(entity)
        name = known.name if known else entity.partition(":")[2].replace("_", " ")
        words = name.split()
        first = known is not None and known.state in ("country:PRK", "country:KOR", "country:CHN", "country:TWN")
        return words[0] if first else words[-1]

    def _next_in_office(self, entity: str, relation: str) -> Reference | None:
        known = self._gazetteer.actors.get(entity)
        if known is None or not known.offices:
            return None
        for term in known.offices:
            line = sorted(self._gazetteer.offices.get((term.office, term.holder), ()), key=lambda pair: pair[1].start)
            for number, (person, other) in enumerate(line):
                if person == entity and other == term:
                    place = number + (1 if relation == "successor" else -1)
                    if 0 <= place < len(line):
                        return self._reference(line[place][0])
        return None

    def _reference(self, actor: str) -> Reference:
        gazetteer, on = self._gazetteer, self._on
        state, code = gazetteer.state(actor, on), gazetteer.code(actor, on)
        return Reference(actor, "Person", state, code, gazetteer.sector(actor, on), 0.75, "description")


def _code(owner: Reference) -> str | None:
    return owner.state.partition(":")[2] if owner.state is not None else None
