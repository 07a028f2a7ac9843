"""What a phrase headed by a common noun refers to: "Russian soldiers", "Iran's government", "a group of Libyan rebels".

The phrase gets the state of the nation or organisation that it names as its owner, and the sector of its head word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from triplomat.ontology.actors import Gazetteer, Role
from triplomat.ontology.descriptions import load_descriptions
from triplomat.ontology.titles import load_titles

from .humans import is_aircraft
from .reference import Reference
from .tree import Tree

_MODIFIERS = ("amod", "compound", "poss", "nmod", "appos")
_DOMESTIC = frozenset(
    {"PTY", "OPP", "REB", "CVL", "COP", "JUD", "LEG", "EDU", "LAB", "MIL", "GOV", "MED", "REL", "AGR"}
)
_PRIVATE = frozenset({"BUS", "JRN", "PTY", "NGO", "CVL", None})
_ORGANS = frozenset({"COP", "GOV", "JUD", "LEG"})
_LOCAL = frozenset({"REB", "COP", "CVL", "OPP", "GOV", "JUD", "LEG", "PTY", "EDU", "MED", "LAB", "CRM", "REF", "SET"})


class Owners:
    """The common-noun phrases of one article."""

    def __init__(
        self, tree: Tree, linked: dict[int, Reference], gazetteer: Gazetteer, on: str | None, home: str | None
    ) -> None:
        """`home` is the state that the article is written from and about, if that is clear."""
        self._tree = tree
        self._linked = linked
        self._gazetteer = gazetteer
        self._words = load_descriptions()
        self._on = on
        self._dated = home is not None
        self.home = home
        self._home = home or _only_state(tree, linked)
        self._known: dict[int, Reference | None] = {}
        self._roles: dict[int, Role | None] = {}

    def of(self, head: int) -> Reference | None:
        """The reference of the phrase that a common noun heads, by what it names itself; None if it names no owner."""
        if head not in self._known:
            self._known[head] = self._of(head, 0)
        return self._known[head]

    def is_regional(self, head: int) -> bool:
        """ "The president of Puntland": whether an office is a region's, not its state's."""
        tree = self._tree
        named = (kid for prep in tree.kids_of(head, "prep") if tree.lower[prep] == "of" for kid in tree.kids[prep])
        return any(found.via == "region" for kid in named if (found := self._linked.get(kid)) is not None)

    def all_of(self, head: int) -> tuple[Reference, ...]:
        """One reference for each of the coordinated owners of a phrase: "French and Egyptian warships"."""
        tree, found = self._tree, []
        for kid in tree.kids_of(head, *_MODIFIERS):
            owners = [self._linked[node] for node in tree.conjuncts(kid) if node < head and node in self._linked]
            if len(owners) > 1:
                found += owners
        if not found:
            return ()
        role = self.role(head)
        sector = role.sector if role else None
        kind = self._type(head, role)
        return tuple(
            Reference(None, kind, owner.state, owner.code, sector or owner.sector, owner.confidence * 0.9, "phrase")
            for owner in found
            if owner.state or owner.code
        )

    def by_pronoun(self, index: int, found: Mapping[int, Reference]) -> Reference | None:
        """ "Its foreign ministry", "his government": an organ or office-holder of the state that a pronoun takes up."""
        possessive, role = self._tree.first(index, "poss"), self.role(index)
        owner = found.get(possessive) if possessive is not None else None
        if owner is None or role is None or owner.state is None or self._tree.lemma[index] in self._words.related:
            return None
        plural = self._tree.tag[index] in ("NNS", "NNPS")
        if plural and role.sector not in ("GOV", "MIL"):
            return None
        commanded = role.sector == "MIL" and plural  # "its troops" of a ministry, "his forces" of a general
        governed = role.sector == "GOV" and role.kind == "body"
        if owner.type != "State" and not (owner.sector in ("GOV", "MIL") and (commanded or governed)):
            return None
        kind = "Organization" if role.kind == "body" else "Group" if plural else "Person"
        return Reference(None, kind, owner.state, owner.code, role.sector, round(0.9 * owner.confidence, 3), "phrase")

    def role(self, head: int) -> Role | None:
        """The role or organ that a phrase's head means, in the longest form known: "foreign ministry"."""
        if head not in self._roles:
            self._roles[head] = self._role(head)
        return self._roles[head]

    def _role(self, head: int) -> Role | None:
        tree, roles = self._tree, self._gazetteer.roles
        if is_aircraft(tree, head):
            return None
        words = [
            kid
            for kid in tree.kids[head]
            if kid < head and tree.dep[kid] in ("compound", "amod", "nmod") and kid not in self._linked
        ]
        for first in range(len(words)):
            before = " ".join(tree.lower[kid] for kid in words[first:])
            for last in (tree.lower[head], tree.lemma[head]):
                if (found := roles.get(f"{before} {last}")) is not None:
                    return found
        return roles.get(tree.lower[head]) or roles.get(tree.lemma[head])

    def _of(self, head: int, depth: int) -> Reference | None:
        tree = self._tree
        if depth > 3 or tree.pos[head] not in ("NOUN", "PROPN", "NUM", "ADJ", "PRON", "DET"):
            return None
        role = self.role(head)
        if tree.lemma[head] in self._words.partitives or tree.pos[head] in ("NUM", "DET", "PRON"):
            inner = self._inner(head, depth)
            if inner is not None:
                civil = "CVL" if inner.via == "demonym" else None
                sector = inner.sector or (role.sector if role else None) or civil
                entity = (
                    inner.entity if inner.type == "Organization" and tree.lemma[head] in self._words.wholes else None
                )
                kind = inner.type if entity else "Group"
                return Reference(
                    entity, kind, inner.state, inner.code, sector, round(inner.confidence * 0.95, 3), "phrase"
                )
            if tree.pos[head] in ("NUM", "DET", "PRON"):
                return None
        if tree.lemma[head] in self._words.states and (whose := tree.first(head, "poss")) is not None:
            owner = self._whose(head) if tree.tag[whose] == "WP$" else None
            if owner is not None and (state := owner.state) is not None:  # "Brazil, whose country"
                return Reference(state, "State", state, state.partition(":")[2], None, 0.85, "phrase")
        owner = self._owner(head, role, depth)
        if owner is None or (owner.state is None and owner.code is None):
            return self._at_home(head, role) if owner is None else None
        if owner.type == "State" and tree.lemma[head] in self._words.related and self._is_possessed(head):
            return None  # "Russia's ally" is another state, or its people
        if role is None and owner.type == "Organization" and owner.state and owner.sector in _PRIVATE:
            return None  # "Microsoft's browser" is no actor of the United States
        sector = (role.sector if role else None) or (owner.sector if owner.type in ("Organization", "Person") else None)
        if owner.type == "Organization" and owner.sector and tree.lemma[head] in self._words.mouthpieces:
            sector = owner.sector  # "Shell's spokeswoman" is of no government
        confidence = round(owner.confidence * (0.95 if role else 0.8), 3)
        return Reference(None, self._type(head, role), owner.state, owner.code, sector, confidence, "phrase")

    def _is_possessed(self, head: int) -> bool:
        """Whether somebody has what a noun names: "Russia's ally", "an ally of Russia"; not "its Russian allies"."""
        tree = self._tree
        if any(kid in self._linked for kid in tree.kids_of(head, "amod")):
            return False
        return tree.first(head, "poss") is not None or any(
            tree.lower[kid] == "of" for kid in tree.kids_of(head, "prep")
        )

    def _at_home(self, head: int, role: Role | None) -> Reference | None:
        """People or bodies of no named owner, new to the reader, in an article that speaks of one state alone."""
        tree = self._tree
        if self._home is None or role is None or role.sector not in _DOMESTIC or tree.dep[head] == "compound":
            return None
        if tree.lemma[head] in load_descriptions().missions or tree.lemma[head] in load_titles().abroad:
            return None  # embassies are others'
        if self._dated and not self._is_organ(head, role):
            return None  # soldiers, rebels and diplomats may be anybody's
        if any(
            tree.dep[kid] in ("poss", "prep", "relcl")
            or tree.lower[kid] in ("the", "this", "that", "these", "foreign", "both", "two", "neither", "either")
            or (tree.text[kid][0].isupper() and not tree.begins(kid))
            for kid in tree.kids[head]
        ):
            return None
        if any(node in self._linked for node in tree.subtree(head) if node < head):
            return None  # "Russian-backed rebels"
        code = self._home.partition(":")[2]
        return Reference(None, self._type(head, role), self._home, code, role.sector, 0.5, "context")

    def _is_organ(self, head: int, role: Role) -> bool:
        """Whether a phrase names courts, parliament, police or one office-holder, as each state has its own."""
        several = self._tree.tag[head] in ("NNS", "NNPS")
        return role.sector in _ORGANS and (role.kind == "body" or role.sector != "GOV" or not several)

    def _type(self, head: int, role: Role | None) -> str | None:
        if role is None:
            return None
        lemma = self._tree.lemma[head]
        if lemma in load_descriptions().places or (lemma == "state" and self._tree.first(head, "compound") is not None):
            return "Place"  # "the town of Colchane", "Sokoto state"
        if role.kind == "body":
            return "Organization"
        return "Group" if self._tree.tag[head] in ("NNS", "NNPS") else "Person"

    def _inner(self, head: int, depth: int) -> Reference | None:
        """What the "of" phrase of a partitive means: "thousands of Nigerians"."""
        tree = self._tree
        for kid in tree.kids[head]:
            if tree.dep[kid] == "prep" and tree.lower[kid] in ("of", "from"):
                for noun in tree.kids_of(kid, "pobj"):
                    if noun in self._linked:
                        return self._linked[noun]
                    return self._of(noun, depth + 1)
        return None

    def _owner(self, head: int, role: Role | None, depth: int) -> Reference | None:
        """Whom the phrase belongs to: a modifier, a possessive, "of" or "from"; for local roles also "in"."""
        tree = self._tree
        nearest: Reference | None = None
        for kid in reversed(tree.kids[head]):
            if kid < head and tree.dep[kid] in _MODIFIERS:
                if tree.tag[kid] == "WP$":
                    return self._whose(head)
                found = self._linked.get(kid) or (self._of(kid, depth + 1) if tree.dep[kid] == "poss" else None)
                found = found or self._modifier(kid)
                if found is not None and (found.state or found.code) and (nearest is None or nearest.state is None):
                    nearest = found
        if nearest is not None:
            return nearest
        if any(tree.tag[kid] == "PRP$" for kid in tree.kids_of(head, "poss")):
            return None  # "its embassy in Damascus", "its ambassador from Caracas"
        for kid in tree.kids[head]:
            if kid < head:
                continue
            if tree.dep[kid] == "prep":
                found = self._prepositional(kid, role, depth)
            elif tree.dep[kid] == "acl" and tree.lemma[kid] in ("base", "station", "live"):
                found = next(
                    (self._prepositional(prep, None, depth, based=True) for prep in tree.kids_of(kid, "prep")), None
                )
            elif tree.dep[kid] in ("acl", "amod", "relcl") and tree.lemma[kid] in self._words.attached:
                prepositions = tree.kids_of(kid, "prep")
                found = next((self._prepositional(prep, role, depth, attached=True) for prep in prepositions), None)
            else:
                found = None
            if found is not None and (found.state or found.code):
                return found
        return None

    def _whose(self, head: int) -> Reference | None:
        """The state that a relative clause tells of: "Malaysia, whose government has banned it"; it stands before."""
        tree = self._tree
        clause = next((node for node in tree.ancestors(head) if tree.dep[node] == "relcl"), None)
        first = tree.edges(clause)[0] if clause is not None else head
        before = first - 2 if first > 1 and tree.text[first - 1] == "," else first - 1
        return self._linked.get(before) if before >= 0 else None

    def _modifier(self, kid: int) -> Reference | None:
        """The nation in a modifier of several words: "Chinese-made", "South Korean defence" ministry."""
        tree = self._tree
        for deeper in tree.kids[kid]:
            if deeper in self._linked and tree.dep[deeper] in ("amod", "compound", "nmod", "poss", "npadvmod"):
                if tree.lower[kid] in self._words.foreign:
                    return None
                return self._linked[deeper]
        return None

    def _prepositional(
        self, kid: int, role: Role | None, depth: int, *, based: bool = False, attached: bool = False
    ) -> Reference | None:
        tree = self._tree
        word = tree.lower[kid]
        local = (
            role is not None
            and (role.sector in _LOCAL or (role.kind == "body" and not role.sector))
            and word in ("in", "at", "inside", "across")
        )
        bound = (based and word in ("in", "at")) or (attached and word in ("with", "to", "for"))
        if not (word in ("of", "from", "for") or local or bound):
            return None
        if word == "from" and tree.lemma[tree.head[tree.head[kid]]] in self._words.recalling:
            return None  # "recalls ambassador from Venezuela": where he was sent
        if word == "for" and not attached and (role is None or tree.lemma[tree.head[kid]] not in self._words.speaking):
            return None
        if word == "of" and role is None and tree.lemma[tree.head[kid]] not in ("government", "people", "capital"):
            return None
        for noun in tree.kids_of(kid, "pobj"):
            found = self._linked.get(noun) or self._of(noun, depth + 1)
            if found is not None:
                return found.by("phrase", 0.85) if word in ("in", "at", "inside", "across") else found
        return None


def _only_state(tree: Tree, linked: dict[int, Reference]) -> str | None:
    """The state that an article speaks of, if it speaks of hardly any other, embassies aside."""
    missions = load_descriptions().missions
    found = Counter(
        reference.state
        for index, reference in linked.items()
        if reference.state and reference.type != "Person" and tree.lemma[tree.head[index]] not in missions
    )
    state, count = found.most_common(1)[0] if found else (None, 0)
    return state if count >= 0.75 * found.total() else None


def living_in(tree: Tree, linked: Mapping[int, Reference], index: int) -> Reference:
    """A name's reference; of a people abroad, the state where they live: "ethnic Albanians in Macedonia"."""
    reference = linked[index]
    if reference.via != "demonym" or tree.tag[index] not in ("NNS", "NNPS"):
        return reference
    ethnic = any(tree.lower[kid] == "ethnic" for kid in tree.kids[index])
    for kid in tree.kids_of(index, "prep"):
        if tree.lower[kid] == "of" or (ethnic and tree.lower[kid] in ("in", "from")):
            for noun in tree.kids_of(kid, "pobj"):
                home = linked.get(noun)
                if home is not None and home.state is not None and home.type in ("State", "Place"):
                    return replace(reference, state=home.state, code=home.code, confidence=0.8)
    return replace(reference, state=None, code=None, confidence=0.5) if ethnic else reference
