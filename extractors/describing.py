"""Finds what a definite description stands for: "the country", "the hermit kingdom", "his son", "the company"."""

from __future__ import annotations

from triplomat.ontology.actors import Gazetteer, Role
from triplomat.ontology.descriptions import Descriptions

from .bodies import Bodies
from .discourse import Discourse, Entry
from .neighbours import neighbour
from .people import Person
from .reference import ORGANS, Reference
from .salience import REPORT
from .subjects import Subjects
from .tree import Tree

_DEFINITE = frozenset({"the", "this", "that"})
_OF_OTHERS = frozenset({"regime", "junta", "militia"})  # what nobody calls his own
_AT_HOME = 3.0  # as telling as a subject two sentences before


class Describing:
    """Resolves the descriptions of one article against its discourse."""

    def __init__(
        self,
        tree: Tree,
        discourse: Discourse,
        people: dict[str, Person],
        gazetteer: Gazetteer,
        words: Descriptions,
        on: str | None,
        home: str | None,
    ) -> None:
        """`home` is the state that the article is written from and about, if that is clear."""
        self._home = home
        self._tree = tree
        self._discourse = discourse
        self._people = people
        self._gazetteer = gazetteer
        self._words = words
        self._on = on
        self._states = gazetteer.states
        self._subjects = Subjects(tree)
        self._bodies = Bodies(tree, discourse, words)

    def of(self, head: int, owner: Reference | None, role: Role | None) -> Reference | None:
        """What a singular noun with its words stands for; `owner` is what its possessive means."""
        tree, words = self._tree, self._words
        lemma = tree.lemma[head]
        possessive = tree.first(head, "poss")
        modifiers = {tree.lower[kid] for kid in tree.kids_of(head, "amod", "compound", "nmod")}
        if possessive is not None:
            if owner is None:
                return None
            if lemma in words.kin:
                return self._kin(lemma, owner)
            if lemma in ("neighbour", "neighbor"):
                bearings = [words.bearings[modifier] for modifier in modifiers if modifier in words.bearings]
                near = neighbour(self._gazetteer, self._discourse, head, owner, bearings)
                return None if near is None else _state(near, 0.8)
            if lemma in words.states and owner.state is not None and tree.lower[possessive] != "its":
                return _state(owner.state, 0.75)
            return None
        determiner = tree.first(head, "det")
        if determiner is None or tree.lower[determiner] not in _DEFINITE:
            return None
        if (modifiers - self._past(lemma)) & words.other:
            return None
        if self._is_restricted(head) and lemma not in words.states:
            return None
        if any(self._is_owner(lemma, kid) for kid in tree.kids_of(head, "prep")):
            return None
        if lemma in words.states or lemma in words.state_traits:
            return self._state(head, lemma, modifiers)
        if lemma in words.organisations and (found := self._bodies.of(head, lemma, modifiers)) is not None:
            return found
        if role is not None and role.kind == "body" and role.sector in ORGANS:
            state = self._state(head, "", modifiers)
            if state is not None:
                return Reference(None, "Organization", state.state, state.code, role.sector, 0.65, "description")
        return self._person(head, lemma, modifiers) or self._at_home(lemma, role, modifiers)

    def _is_restricted(self, head: int) -> bool:
        """Whether a clause tells which one is meant: "the group that fled", but not "the group, which fled"."""
        tree = self._tree
        clause = tree.first(head, "relcl", "acl")
        if clause is None or tree.dep[clause] == "acl":
            return clause is not None
        return tree.text[tree.edges(clause)[0] - 1] != ","

    def _at_home(self, lemma: str, role: Role | None, modifiers: set[str]) -> Reference | None:
        """ "The government", "the interior minister", of whom none was named: those of the article's own state."""
        counts, home = self._discourse.counts, self._home
        if home is None or role is None or role.sector not in ORGANS or role.sector == "MIL":
            return None
        if lemma in self._words.missions:
            return None  # embassies are others'
        if role.kind != "body" and not modifiers:  # "the minister" may be anybody's
            return None
        if any(count > counts[home] for name, count in counts.items() if name.startswith("country:")):
            return None
        kind = "Organization" if role.kind == "body" else "Person"
        return Reference(None, kind, home, home.partition(":")[2], role.sector, 0.5, "context")

    def _is_owner(self, lemma: str, preposition: int) -> bool:
        """Whether an "of" names whose the described is: no title ("secretary of state"), no accusation ("of lying")."""
        tree = self._tree
        nouns = tree.kids_of(preposition, "pobj")
        titles = any(f"{lemma} of {tree.lower[noun]}" in self._gazetteer.roles for noun in nouns)
        return tree.lower[preposition] == "of" and not titles and tree.first(preposition, "pcomp") is None

    def _past(self, lemma: str) -> set[str]:
        """ "The former president" can take up a person; "the former colony" takes up no state of today."""
        return {"former"} if lemma in self._words.people or lemma in self._gazetteer.roles else set()

    # ------------------------------------------------------------------ states

    def _state(self, head: int, lemma: str, modifiers: set[str]) -> Reference | None:
        states = self._gazetteer.actors
        trait = self._words.state_traits.get(lemma) or self._words.body_traits.get(self._tree.lemma[head])
        wanted = {modifier for modifier in modifiers if any(modifier in known.traits for known in self._states)}
        if "-" in "".join(modifiers) or any(self._tree.text[kid] == "-" for kid in self._tree.kids[head]):
            wanted |= {t for t in self._hyphenated(head) if any(t in known.traits for known in self._states)}
        if lemma in ("state", "nation", "country") and modifiers & self._words.no_states:
            return None
        rivals = self._rivals(head) | self._other_side(head)
        if not lemma and (told := self.teller(head)) is not None and told not in rivals:
            return _state(told, 0.8)
        # "the army" is most likely that of the state that the article is written from
        foreign = self._tree.lemma[head] in _OF_OTHERS
        home = self._home if self._home not in rivals else None
        scores = {home: _AT_HOME} if home and not lemma and not foreign else {}
        for entry in self._discourse.back(head, sentences=3):
            reference = entry.reference
            if (
                reference is None
                or reference.state is None
                or entry.kind not in ("state", "adjective", "place", "person")
            ):
                continue
            state, known = reference.state, states.get(reference.state)
            if known is None or state in rivals or (trait and trait not in known.traits):
                continue
            distance = self._discourse.sentence(head) - entry.sentence
            weight = {"state": 1.0, "place": 0.6, "adjective": 0.5, "person": 0.3}[entry.kind]
            score = weight * ((3.0, 2.4, 1.2, 0.6)[min(distance, 3)] + entry.weight * 0.6)
            if entry.part == "subject" == self._discourse.part(head) and self._discourse.is_main(entry.index):
                score += 0.6 * weight
            score += 3.0 * len(wanted & known.traits) + 0.25 * min(self._discourse.counts[state], 5)
            scores[state] = max(scores.get(state, 0.0), score)
        if wanted:
            fitting = [known.id for known in self._states if wanted <= known.traits]
            if len(fitting) == 1:
                return _state(fitting[0], 0.85)
        ranked = sorted(scores.items(), key=lambda pair: -pair[1])
        if not ranked or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < 0.8):
            return None
        about = self._discourse.about
        at_home = ranked[0][0] == home
        if foreign and home in scores and not at_home:
            return None
        doing = any(entry.reference and entry.reference.state == ranked[0][0] for entry in self._told_of(head))
        if not (wanted or trait or at_home) and (2 if lemma or doing else 1) * about[ranked[0][0]] < max(
            about[state] for state in scores
        ):
            return None  # a state named in passing, however lately
        return _state(ranked[0][0], min(0.9, 0.7 + 0.05 * (ranked[0][1] - (ranked[1][1] if len(ranked) > 1 else 0.0))))

    def _told_of(self, head: int) -> list[Entry]:
        """The states that do what a main subject tells behind it: "Uganda has sent soldiers, the army said"."""
        discourse = self._discourse
        if discourse.part(head) != "subject" or not discourse.is_main(head):
            return []
        here = discourse.of_sentence(discourse.sentence(head))
        return [one for one in here if one.kind == "state" and one.part == "subject" and one.index < head]

    def _hyphenated(self, head: int) -> set[str]:
        """Traits of two words that the parser takes apart: "oil-rich", "nuclear-armed"."""
        tree = self._tree
        text = "".join(tree.lower[index] + tree.doc[index].whitespace_ for index in range(max(0, head - 5), head))
        return {word for word in text.split() if "-" in word}

    def _rivals(self, head: int) -> set[str | None]:
        """States that can't be meant: whoever visits, attacks or talks to the one described."""
        tree = self._tree
        if tree.dep[head] not in ("pobj", "dobj"):
            return set()
        above = tree.head[head]
        if tree.pos[above] == "ADP":
            above = tree.head[above]
        if tree.lemma[above] not in self._words.against and tree.pos[above] != "VERB":
            return set()
        nodes = tree.kids_of(above, "poss", "nsubj")
        found = {entry.reference.state for node in nodes for entry in self._discourse.at(node) if entry.reference}
        return found if tree.lemma[above] in self._words.against else set()

    def _other_side(self, head: int) -> set[str | None]:
        """The state that does something to the one described: "Beijing sells arms to the junta", not to its own."""
        verb = self._discourse.verb(head)
        if not self._discourse.is_argument(head, verb) or self._discourse.part(head) == "subject":
            return set()
        subjects = [entry for node in self._subjects.of(verb) for entry in self._discourse.at(node)]
        return {entry.reference.state for entry in subjects if entry.kind == "state" and entry.reference is not None}

    def teller(self, head: int) -> str | None:
        """The state whose official says what its army or ministry does: "the premier said the army would …"."""
        tree, verb = self._tree, self._discourse.verb(head)
        if tree.lemma[head] in _OF_OTHERS or tree.dep[verb] != "ccomp" or tree.lemma[tree.head[verb]] not in REPORT:
            return None
        subjects = self._subjects.of(tree.head[verb])
        for node in [*subjects, *(kid for subject in subjects for kid in tree.kids_of(subject, "appos"))]:
            for entry in self._discourse.at(node):
                reference = entry.reference
                if reference is not None and reference.sector in ("GOV", "MIL") and not entry.plural:
                    return reference.state
        return None

    # ------------------------------------------------------------------ people

    def _person(self, head: int, lemma: str, modifiers: set[str]) -> Reference | None:
        gendered = self._words.people.get(lemma)
        known = self._gazetteer.roles.get(lemma)
        if lemma not in self._words.people and (known is None or known.kind == "body"):
            return None
        scores: dict[str, float] = {}
        acting = self._discourse.acting(head)
        for entry in self._discourse.back(head, sentences=5):
            reference = entry.reference
            if entry.kind != "person" or entry.plural or reference is None or reference.entity is None:
                continue
            if any(entry.same(other) for other in acting):
                continue
            person = self._people.get(reference.entity)
            roles = person.roles if person else frozenset[str]()
            fits = lemma in roles and all(
                word in roles
                for word in modifiers
                if f"{word} {lemma}" in self._gazetteer.roles and word not in self._words.vague
            )
            if gendered and lemma in ("man", "woman", "boy", "girl") and entry.gender == gendered:
                near = self._discourse.sentence(head) - entry.sentence <= 1
                fits = fits or (near and not self._is_another(head, entry.index))
            if not fits or (gendered and entry.gender not in (None, gendered)):
                continue
            score = max(0.0, 3.0 - 0.6 * (self._discourse.sentence(head) - entry.sentence)) + 0.4 * entry.weight
            score += 1.0 * len(roles & modifiers) + (2.0 if self._serves(reference.entity, lemma, modifiers) else 0.0)
            scores[reference.entity] = max(scores.get(reference.entity, 0.0), score)
        ranked = sorted(scores.items(), key=lambda pair: -pair[1])
        if not ranked:
            return self._topic(head, lemma, gendered)
        if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < 1.0:
            return None
        return self._people[ranked[0][0]].reference.by("description", 0.9)

    def _serves(self, entity: str, lemma: str, modifiers: set[str]) -> bool:
        """Whether a person of the tables holds the office that a title names on the article's day."""
        known = self._gazetteer.actors.get(entity)
        words = {lemma} | modifiers
        terms = () if known is None or self._on is None else known.offices
        return any(term.covers(self._on) and words == set(term.office.split("_")) for term in terms)

    def _is_another(self, head: int, named: int) -> bool:
        """Whether "the man" rather is somebody nameless: "two gunmen" named since, "the man, a Swiss citizen"."""
        tree, words = self._tree, self._words
        if any(
            tree.lower[kid] in ("a", "an") for node in tree.kids_of(head, "appos") for kid in tree.kids_of(node, "det")
        ):
            return True
        return any(
            entry.index > named
            and tree.lemma[entry.index] in words.people
            and (not entry.reference or not entry.reference.entity)
            for entry in self._discourse.back(head, sentences=1)
        )

    def _topic(self, head: int, lemma: str, gender: str | None) -> Reference | None:
        """The one person of the sentence before, for a subject that names no office: "the billionaire"."""
        discourse = self._discourse
        if lemma in self._words.bystanders or discourse.part(head) != "subject" or not discourse.is_main(head):
            return None
        number = discourse.sentence(head)
        found = {
            entry.reference.entity: entry
            for entry in reversed(discourse.of_sentence(number - 1) + discourse.of_sentence(number))  # the first counts
            if entry.kind == "person"
            and entry.index < head
            and entry.reference is not None
            and entry.reference.entity is not None
        }
        if len(found) != 1:
            return None
        entry = next(iter(found.values()))
        if entry.sentence == number or entry.part != "subject" or (gender and entry.gender not in (None, gender)):
            return None
        return None if entry.reference is None else entry.reference.by("description", 0.75)

    def holder(self, owner: Reference, roles: str) -> Reference | None:
        """Who holds the office that a phrase names: "the Russian president", "Iran's foreign minister"."""
        for person in self._people.values():
            if person.reference.state == owner.state and set(roles.split()) <= person.roles:
                return person.reference.by("description", 0.9)
        office = roles.replace(" ", "_").replace("defense", "defence")
        found = self._gazetteer.holders(office, owner.entity or owner.state or "", self._on) if self._on else ()
        if len(found) != 1:
            return None
        gazetteer, on, actor = self._gazetteer, self._on, found[0]
        state, code = gazetteer.state(actor, on), gazetteer.code(actor, on)
        return Reference(actor, "Person", state, code, gazetteer.sector(actor, on), 0.8, "description")

    def _kin(self, lemma: str, owner: Reference) -> Reference | None:
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


def _state(state: str, confidence: float) -> Reference:
    return Reference(state, "State", state, state.partition(":")[2], None, round(confidence, 3), "description")
