"""Resolves noun phrases, descriptions and pronouns to the actors that an article names, reading it once in order."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from triplomat.ontology.actors import Gazetteer
from triplomat.ontology.descriptions import load_descriptions
from triplomat.ontology.embedding import load_embedding
from triplomat.ontology.titles import load_titles

from .describing import Describing
from .discourse import Discourse, Entry
from .mentions import Mention
from .owners import Owners, living_in
from .pairs import Pairs
from .people import Person
from .pronouns import ALL, HE, SPEAKER, WE, Pronouns
from .quotations import quotations
from .reference import Reference
from .repeats import Repeats
from .serving import named_by, serving
from .spokespeople import Spokespeople
from .tree import Tree

_KINDS = {"Person": "person", "State": "state", "Organization": "organisation", "Group": "group", "Place": "place"}
_SERVING = frozenset({"GOV", "MIL", "LEG"})
_REFERRING = frozenset({"NOUN", "PROPN", "PRON", "DET", "NUM"})


class Coreference:
    """What the noun phrases and pronouns of one article refer to."""

    def __init__(
        self,
        tree: Tree,
        named: list[tuple[Mention, Reference]],
        people: dict[int, Person],
        owners: Owners,
        gazetteer: Gazetteer,
        on: str | None,
    ) -> None:
        self._tree = tree
        self._owners = owners
        self._words = load_descriptions()
        self._gazetteer = gazetteer
        self._linked: dict[int, Reference] = {}
        self._roots: dict[int, Reference] = {}
        self._genders = {person.reference.entity: person.gender for person in people.values()}
        for mention, reference in named:
            self._linked.update(dict.fromkeys(range(mention.start, mention.end), reference))
            self._roots[mention.root] = reference
        known = {person.reference.entity: person for person in people.values() if person.reference.entity}
        names = Counter(name for _, reference in named for name in {reference.entity, reference.state} if name)
        self._discourse = Discourse(tree, names)
        roles = {entity: person.roles for entity, person in known.items()}
        self._groups: dict[int, tuple[Reference, ...]] = {}
        self._pairs = Pairs(tree, self._discourse, gazetteer, roles, self._groups)
        self._describing = Describing(tree, self._discourse, known, gazetteer, self._words, on, owners.home)
        self._found: dict[int, Reference] = {}
        self._spokespeople = Spokespeople(tree, roles, self.of_known)
        self._repeats = Repeats(tree, self._discourse, owners, self._owned, self._describing.teller)
        self._begun = self._read = False
        self._pronouns: Pronouns | None = None
        self._known: dict[int, Reference | None] = {}

    def of(self, index: int) -> Reference | None:
        """The reference of the phrase that a token heads; None if it isn't clear."""
        if index in self._known:
            return self._known[index]
        if index in self._linked and not self._begun and _may_change(self._linked[index]):
            self._read_on()
        if index in self._linked:
            found: Reference | None = living_in(self._tree, self._linked, index)
        else:
            if not self._begun:
                self._read_on()
            found = self._found.get(index) or self._owners.of(index)
            if not self._read:
                return found  # what it is may change by what is read next
        self._known[index] = found
        return found

    def group(self, index: int) -> tuple[Reference, ...]:
        """The actors that a plural phrase stands for; empty where it isn't known."""
        self.of(index)
        return self._groups.get(index) or self._owners.all_of(index)

    # ------------------------------------------------------------------ reading

    def _read_on(self) -> None:
        """Goes through the article, noting what is named and resolving what isn't."""
        tree = self._tree
        self._begun = True
        quoted = quotations(tree.doc, tree, load_embedding())
        people = {
            index: Entry(index, 0, reference, "person", self._genders.get(reference.entity), False, "subject", True)
            for index, reference in self._roots.items()
            if reference.type == "Person"
        }
        self._pronouns = pronouns = Pronouns(tree, self._discourse, quoted, people, self._told_ahead)
        first_person: list[int] = []
        for index, pos in enumerate(tree.pos):
            if pos not in _REFERRING and index not in self._roots:
                continue
            if (reference := self._roots.get(index)) is not None:
                self._note_name(index, reference)
            elif tree.lower[index] in ALL and pos in ("PRON", "DET"):
                self._pronoun(index, pronouns)
                if index not in self._found and tree.lower[index] in SPEAKER | WE:
                    first_person.append(index)
            elif (
                pos in ("NOUN", "PROPN")
                and index not in self._linked
                and tree.dep[index] not in ("compound", "npadvmod")
            ):
                self._noun(index)
            elif pos == "NUM" and tree.lower[index] == "two" and tree.dep[index] not in ("nummod", "compound"):
                self._two(index)
            if pos in ("NOUN", "PROPN") and tree.dep[index] != "conj":
                self._coordination(index)
        for index in first_person:  # who speaks is often told after the words
            self._pronoun(index, pronouns)
        self._read = True

    def _note_name(self, index: int, reference: Reference) -> None:
        kind = "adjective" if reference.via == "adjective" else _KINDS.get(reference.type or "", "thing")
        if kind == "state" and self._tree.dep[index] in ("compound", "amod", "nmod"):
            kind = "adjective"
        plural = self._tree.tag[index] in ("NNS", "NNPS") and kind == "group"
        person = None
        if reference.via == "demonym" and not plural:
            person = self._describing.offices.countryman(index, reference)
        if person is not None:
            self._linked[index] = self._roots[index] = reference = person
            kind = "person"
        gender = self._genders.get(reference.entity)
        self._discourse.add(index, reference, kind, gender=gender, plural=plural, named=True)
        common = reference.entity is None or self._tree.text[index].islower()  # "the M23 rebels … the rebels"
        if kind == "organisation" and common and reference.state is not None:
            self._repeats.note(index, reference)
        if kind == "person":
            self._join_apposition(index, reference)
            if reference.entity is not None and (bodies := serving(self._tree, self._named_at, index)):
                self._describing.serves.setdefault(reference.entity, bodies)

    def _join_apposition(self, index: int, reference: Reference) -> None:
        """Takes an unnamed person just before for the one named: "co-founder of Google, Sergey Brin"."""
        tree, entries = self._tree, self._discourse.entries
        if tree.dep[index] == "appos" and tree.pos[tree.head[index]] == "ADJ":  # "the secretary-general, …"
            self._found[tree.head[index]] = reference.by("description", 0.95)
        node = index
        while tree.dep[node] in ("appos", "pobj", "prep") and node != tree.head[node]:
            node = tree.head[node]
        for place in range(len(entries) - 2, max(-1, len(entries) - 6), -1):
            entry = entries[place]
            if entry.kind != "person" or entry.named or entry.plural or index - entry.index > 12:
                continue
            same_clause = entry.part == "subject" == self._discourse.part(index)
            same_clause = same_clause and self._discourse.verb(entry.index) == self._discourse.verb(index)
            if (entry.index == node and tree.dep[index] == "appos") or same_clause:
                self._found[entry.index] = reference.by("description", 0.9)
                entries[place] = replace(entry, reference=reference)
                return

    def _pronoun(self, index: int, pronouns: Pronouns) -> None:
        tree = self._tree
        word = tree.lower[index]
        if word in WE:
            if (spoken_for := self._spokespeople.we(pronouns.speaker_of(index))) is not None:
                self._found[index] = spoken_for
            return
        antecedent = pronouns.antecedent(index, not_of=self._destination(index))
        if antecedent is None:
            return
        entry, confidence = antecedent
        reference = entry.reference
        if entry.index in self._groups:
            self._groups[index] = self._groups[entry.index]
        if reference is None:
            return
        found = reference.by("pronoun", confidence)
        self._found[index] = found
        gender = HE.get(word, entry.gender)
        if entry.kind == "person" and reference.entity is not None:
            self._genders[reference.entity] = self._genders.get(reference.entity) or gender
        self._discourse.add(index, found, entry.kind, gender=gender, plural=entry.plural)

    def _destination(self, index: int) -> str | None:
        """The state that "his visit" goes to: its own leader doesn't visit it."""
        tree = self._tree
        trip = tree.head[index]
        if tree.dep[index] != "poss" or tree.lemma[trip] not in ("visit", "trip", "journey", "tour"):
            return None
        for preposition in tree.kids_of(trip, "prep"):
            if tree.lower[preposition] in ("to", "of"):
                for noun in tree.kids_of(preposition, "pobj"):
                    place = self.of_known(noun) or self._described(noun)
                    return place.state if place is not None else None
        return None

    def of_known(self, index: int) -> Reference | None:
        """What is known of a phrase so far, without reading on."""
        return self._linked.get(index) or self._found.get(index) or self._owners.of(index)

    def _named_at(self, index: int) -> Reference | None:
        """What a name or pronoun refers to as far as the article was read."""
        return self._linked.get(index) or self._found.get(index)

    def _noun(self, index: int) -> None:
        tree, words = self._tree, self._words
        lemma = tree.lemma[index]
        plural = tree.tag[index] in ("NNS", "NNPS")
        if plural or self._pairs.may_mean_two(index):
            self._plural_noun(index)
            return
        if self._is_same_as_name(index, lemma):
            return
        found = (
            named_by(tree, self._named_at, index)
            or self._office(index, lemma)
            or self._repeats.body(index)
            or self._described(index)
            or self._repeats.words(index)
            or self._repeats.told_once(index)
        )
        person = lemma in words.people or lemma in words.kin or self._is_person_role(lemma)
        if found is not None:
            self._found[index] = found
            kind = _KINDS.get(found.type or "", "thing")
            if kind == "organisation" and found.entity is None:
                self._repeats.note(index, found)
            self._discourse.add(index, found, kind, gender=self._genders.get(found.entity) or words.people.get(lemma))
            return
        owner = self._owned(index)
        if owner is None and (owner := self._owners.by_pronoun(index, self._found)) is not None:
            self._found[index] = owner
        if owner is not None and owner.state is not None:
            self._repeats.note_body(index, owner)
        if person:
            self._discourse.add(index, owner, "person", gender=words.people.get(lemma) or None)
        elif owner is not None and owner.type == "Organization":
            self._discourse.add(index, owner, "organisation")
        elif self._discourse.part(index) == "subject":
            self._discourse.add(index, None, "thing")

    def _owned(self, index: int) -> Reference | None:
        """The phrase's reference by the owner that it names itself, not by the article as a whole."""
        owner = self._owners.of(index)
        return None if owner is not None and owner.via == "context" else owner

    def _described(self, index: int) -> Reference | None:
        """What a description stands for; one with a nation of its own ("the Russian army") takes up no other."""
        owner = self._possessor(index)
        own = self._owners.of(index) if owner is None else None
        if own is not None and own.state is not None:
            return self._of_nation(index, own)
        if owner is None and (own_country := self._spokespeople.country(index, self._pronouns)) is not None:
            return own_country
        named = (self._linked.get(kid) for kid in self._tree.kids_of(index, "compound", "nmod", "amod"))
        if any(one is not None and one.type == "Organization" for one in named):
            return None  # "the United Nations mission" is no state's
        return self._describing.of(index, owner, self._owners.role(index))

    def _of_nation(self, index: int, own: Reference) -> Reference | None:
        """Whom "the Palestinian group", "the Labour politician" take up: the one of that state named shortly before."""
        tree = self._tree
        determiner = tree.first(index, "det")
        adjective = any(kid in self._linked for kid in tree.kids_of(index, "amod", "compound", "nmod"))
        if not adjective or determiner is None or tree.lower[determiner] != "the" or tree.kids_of(index, "prep"):
            return None
        if tree.lemma[index] in self._words.politicians:
            return self._describing.offices.compatriot(index, own)
        return self._describing.body(index, own)

    def _told_ahead(self, index: int) -> Reference | None:
        """What a description still to be read stands for, by what was read so far."""
        return self._office(index, self._tree.lemma[index]) or self._described(index)

    def _is_same_as_name(self, index: int, lemma: str) -> bool:
        """Whether a noun only tells what a name is: "Lavrov, the minister", "Lavrov is the minister"."""
        tree = self._tree
        behind = self._linked.get(index + 1)
        kind = "Organization" if lemma in self._words.designating else "State" if lemma in self._words.related else None
        if kind is not None and behind is not None and behind.type == kind and behind.entity is not None:
            self._found[index] = behind.by("description", 0.9)  # "the news agency SPA", "Guinea's neighbour Mali"
            return True
        if tree.dep[index] == "attr" and tree.lemma[tree.head[index]] == "be":
            subject = tree.first(tree.head[index], "nsubj")
            return subject is not None and subject in self._linked and self._linked[subject].type == "Person"
        beside = [tree.head[index]] if tree.dep[index] == "appos" else tree.kids_of(index, "appos")
        for node in beside:
            reference = self._linked.get(node)
            if reference is None:
                continue
            person = reference.type == "Person" and (lemma in self._words.people or self._is_person_role(lemma))
            if person and reference.state is None and reference.code is None:
                reference = self._with_state(index, node, reference)
            kinds = self._words.organisations.get(lemma, self._words.designating & {lemma})
            named = tree.dep[index] == "appos" or reference.sector in kinds or (bool(kinds) and not reference.sector)
            body = reference.type == "Organization" and named and reference.entity is not None
            if person or body:
                self._found[index] = reference.by("description", 0.95)
                return True
        return False

    def _with_state(self, index: int, name: int, reference: Reference) -> Reference:
        """A person's reference with the state whose office a pronoun tells: "her deputy, Philip Mpango"."""
        owner, role = self._possessor(index), self._owners.role(index)
        if owner is None or owner.state is None or role is None or role.sector not in _SERVING:
            return reference
        if self._tree.lemma[index] == "counterpart":
            return reference
        if owner.sector not in ("GOV", "MIL") and owner.type != "State":
            return reference
        reference = replace(reference, state=owner.state, code=owner.code, sector=reference.sector or role.sector)
        for node in self._tree.subtree(name):
            if node in self._linked and self._linked[node].entity == reference.entity:
                self._linked[node] = reference
        self._roots[name] = reference
        return reference

    def _is_person_role(self, lemma: str) -> bool:
        role = self._gazetteer.roles.get(lemma)
        return role is not None and role.kind == "person"

    def _possessor(self, index: int) -> Reference | None:
        possessive = self._tree.first(index, "poss")
        return self.of_known(possessive) if possessive is not None else None

    def _office(self, index: int, lemma: str) -> Reference | None:
        """The holder of an office of a state: "the Russian president"; not "a former minister"."""
        tree, titles = self._tree, load_titles()
        if lemma not in titles.holders:
            return None
        before = [kid for kid in tree.kids[index] if kid < index]
        former = any(tree.lower[kid] in titles.former for kid in before)
        if not former and any(tree.lower[kid] in titles.no_holders for kid in before):
            return None
        if any(tree.dep[kid] in ("appos",) and kid in self._linked for kid in tree.kids[index]):
            return None
        owner = self._owners.of(index)
        if owner is None or owner.state is None or tree.dep[index] in ("attr", "appos"):
            return None
        if self._owners.is_regional(index):
            return None
        words = [tree.lower[kid] for kid in before if tree.dep[kid] in ("amod", "compound") and kid not in self._linked]
        if lemma == "leader" and any(self._linked[kid].type == "Organization" for kid in before if kid in self._linked):
            return None  # "the Tisza leader" leads no state
        if former:
            definite = any(tree.lower[kid] == "the" for kid in before)
            told = [word for word in words if word not in titles.former]
            return self._describing.offices.former(owner, " ".join([*told[-1:], lemma])) if definite else None
        return self._describing.offices.holder(owner, " ".join([*words[-1:], lemma]))

    def _plural_noun(self, index: int) -> None:
        tree = self._tree
        owner = self._owned(index)
        if owner is None and (owner := self._owners.by_pronoun(index, self._found)) is not None:
            self._found[index] = owner
        if owner is not None and owner.state is not None:
            self._repeats.note(index, owner)
        elif (again := self._repeats.words(index)) is not None:
            self._found[index] = owner = again
        if owner is None and tree.lemma[index] in self._words.insurgents:
            owner = self._describing.armed(index)
            if owner is not None:
                self._found[index] = owner
        if owner is None and (members := self._pairs.of(index)):
            self._groups[index] = members
        self._discourse.add(index, owner, "group", plural=True)

    def _two(self, index: int) -> None:
        """ "The two" by themselves: the last two states or people."""
        if members := self._pairs.two(index):
            self._groups[index] = members
            self._discourse.add(index, None, "group", plural=True)

    def _coordination(self, index: int) -> None:
        """Notes coordinated names as one plural thing at their first: "Putin and Kim"."""
        tree = self._tree
        if tree.first(index, "conj") is None:
            return
        references = [self.of_known(node) for node in tree.conjuncts(index)]
        members = tuple(reference for reference in references if reference is not None)
        if len(members) < len(references):
            self._discourse.add(index, None, "group", plural=True)
            return
        self._groups[index] = members
        states = {reference.state for reference in members}
        common = None
        if len(states) == 1 and (state := next(iter(states))) is not None:
            common = Reference(None, "Group", state, state.partition(":")[2], members[0].sector, 0.8, "phrase")
        self._discourse.add(index, common, "group", plural=True)


def _may_change(reference: Reference) -> bool:
    """Whether what a name means may become clearer by reading on: "the Iranian", "his deputy, Hugo Diaz"."""
    return reference.via == "demonym" or (reference.type == "Person" and reference.state is None)
