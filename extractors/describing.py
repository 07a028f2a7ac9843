"""Finds what a definite description stands for: "the country", "the hermit kingdom", "his son", "the company"."""

from __future__ import annotations

from triplomat.ontology.actors import Gazetteer, Role
from triplomat.ontology.descriptions import Descriptions

from .bodies import ARMED, Bodies
from .discourse import Discourse, Entry
from .neighbours import neighbour
from .offices import Offices
from .people import Person
from .reference import ORGANS, Reference
from .salience import REPORT
from .serving import fitting
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
        self.offices = Offices(tree, discourse, people, gazetteer, on)
        self._bodies = Bodies(tree, discourse, words)
        self.serves: dict[str, list[Reference]] = {}  # the organisations of the people read so far

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
                return self.offices.kin(lemma, owner)
            if lemma in ("neighbour", "neighbor"):
                bearings = [words.bearings[modifier] for modifier in modifiers if modifier in words.bearings]
                near = neighbour(self._gazetteer, self._discourse, head, owner, bearings)
                return None if near is None else _state(near, 0.8)
            if lemma in words.states and owner.state is not None and tree.lower[possessive] != "its":
                return _state(owner.state, 0.75)
            found = fitting(self.serves.get(owner.entity or "", []), lemma)  # "her party"
            return None if found is None else found.by("description", 0.8)
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
        if lemma in words.organisations:
            found = self._of_teller(head, lemma) or self._bodies.of(head, lemma, modifiers)
            if found is not None:
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

    def body(self, head: int, owner: Reference) -> Reference | None:
        """The organisation of a state that was named shortly before: "the Palestinian group"."""
        lemma = self._tree.lemma[head]
        if lemma not in self._words.organisations or owner.state is None or self._is_restricted(head):
            return None
        return self._bodies.of(head, lemma, set(), owner.state)

    def armed(self, head: int) -> Reference | None:
        """The armed group that "the rebels" are of: of whoever tells what they do, or the only one named."""
        if not self._is_bare(head):
            return None
        for entry in self._above(head):
            bodies = self.serves.get(entry.reference.entity or "", []) if entry.reference is not None else []
            if len(bodies) == 1 and bodies[0].sector in ARMED:
                return bodies[0].by("description", 0.75)
        return self._bodies.armed(head)

    def _is_bare(self, index: int) -> bool:
        """Whether "the" alone stands with a noun: "the rebels", not "the Tuareg rebels" or "the rebels of the east"."""
        tree = self._tree
        return [tree.lower[kid] for kid in tree.kids[index] if tree.dep[kid] != "punct"] == ["the"]

    def _of_teller(self, head: int, lemma: str) -> Reference | None:
        """The organisation of whoever tells what it does: "Exxon's chief executive said the company would …"."""
        for entry in self._above(head):
            if entry.kind == "person" and entry.reference is not None:
                found = fitting(self.serves.get(entry.reference.entity or "", []), lemma)
                return None if found is None else found.by("description", 0.8)
        return None

    def _above(self, head: int) -> list[Entry]:
        """The subjects of the clauses whose content a phrase stands in: they call themselves by pronouns."""
        tree, found = self._tree, list[Entry]()
        verb = self._discourse.verb(head)
        while tree.dep[verb] in ("ccomp", "xcomp", "conj"):
            above = self._discourse.verb(verb)
            if tree.dep[verb] == "ccomp" and tree.lemma[above] in REPORT:
                found += [entry for node in self._subjects.of(above) for entry in self._discourse.at(node)]
            verb = above
        return found

    # ------------------------------------------------------------------ people

    def _person(self, head: int, lemma: str, modifiers: set[str]) -> Reference | None:
        gendered = self._words.people.get(lemma)
        known = self._gazetteer.roles.get(lemma)
        if lemma not in self._words.people and (known is None or known.kind == "body"):
            return None
        scores: dict[str, float] = {}
        acting = [*self._discourse.acting(head), *self._above(head)]
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
            if "former" in modifiers and self.offices.serves(reference.entity, lemma, frozenset()):
                continue
            score += 1.0 * len(roles & modifiers) + (
                2.0 if self.offices.serves(reference.entity, lemma, modifiers) else 0.0
            )
            scores[reference.entity] = max(scores.get(reference.entity, 0.0), score)
        ranked = sorted(scores.items(), key=lambda pair: -pair[1])
        if not ranked:
            return self._topic(head, lemma, gendered)
        if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < 1.0:
            return None
        return self._people[ranked[0][0]].reference.by("description", 0.9)

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
        if len(found) > 1:  # "Ruto's former deputy, Gachagua, …": who stands inside another's phrase is no rival
            found = {key: one for key, one in found.items() if one.part not in ("possessive", "modifier")}
        if len(found) != 1:
            return None
        entry = next(iter(found.values()))
        if entry.sentence == number or entry.part != "subject" or (gender and entry.gender not in (None, gender)):
            return None
        return None if entry.reference is None else entry.reference.by("description", 0.75)


def _state(state: str, confidence: float) -> Reference:
    return Reference(state, "State", state, state.partition(":")[2], None, round(confidence, 3), "description")
