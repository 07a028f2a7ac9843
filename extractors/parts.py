"""The parts of a clause: phrases of a parsed sentence → arguments in their roles, each coordinated sibling one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from spacy.tokens import Span, Token

from triplomat.ontology.words import load_words
from triplomat.values import value

from .phrases import phrase
from .tree import Stretch, Tree


@value
class Part:
    """An argument of a clause.

    `role` is "subject", "object", "indirect" (bare dative), "agent" (by-phrase of a passive), "oblique"
    (prepositional, or a bare adverbial noun phrase), "attribute" (what a copula ascribes), "clause" (complement clause,
    headed by its verb) or "adverb". `i` is its head, `first` and `last` the first and last token of the phrase without
    its preposition and without its coordinated siblings.
    """

    tree: Tree
    role: str
    i: int
    first: int
    last: int
    preposition: str | None = None

    @property
    def head(self) -> Token:
        return self.tree.doc[self.i]

    @property
    def span(self) -> Span:
        return self.tree.span(self.first, self.last)

    @property
    def stretch(self) -> Stretch:
        return self.tree.stretch(self.first, self.last)


@value
class Clause:
    """A predicate and its arguments in sentence order; `clause_of` makes one.

    `kind` is "verb", "copula", "noun" (nominal event), "apposition", "office" (a title before a name, with the state or
    body that it belongs to) or "possessive". `i` is the head; `lemma` carries the particle ("hand over"). `chain` are
    auxiliaries, negation, head and particle; those inherited from the first of coordinated verbs are among them.
    `roles` are the parts by role, `behind` those behind each preposition; `actors` the logical subjects (the agents of
    a passive, else the subjects), `patients` the logical objects (the subjects of a passive, else the objects).
    """

    kind: str
    tree: Tree
    i: int
    lemma: str
    chain: tuple[int, ...]
    passive: bool
    negated: bool
    parts: tuple[Part, ...]
    roles: Mapping[str, tuple[Part, ...]]
    behind: Mapping[str, tuple[Part, ...]]
    subjects: tuple[Part, ...]
    objects: tuple[Part, ...]
    actors: tuple[Part, ...]
    patients: tuple[Part, ...]

    @property
    def head(self) -> Token:
        return self.tree.doc[self.i]

    @property
    def verbs(self) -> tuple[Token, ...]:
        return tuple([self.tree.doc[j] for j in self.chain])

    @property
    def obliques(self) -> tuple[Part, ...]:
        return self.of_role("oblique")

    def of_role(self, role: str, *others: str) -> tuple[Part, ...]:
        if not others:
            return self.roles.get(role, ())
        return tuple([part for part in self.parts if part.role == role or part.role in others])


def clause_of(
    kind: str,
    tree: Tree,
    i: int,
    lemma: str,
    parts: Iterable[Part] = (),
    *,
    chain: tuple[int, ...] = (),
    passive: bool = False,
    negated: bool = False,
) -> Clause:
    """A clause with its parts sorted out by role and preposition."""
    parts = tuple(parts)
    roles: dict[str, tuple[Part, ...]] = {}
    behind: dict[str, tuple[Part, ...]] = {}
    for part in parts:
        role, preposition = part.role, part.preposition
        roles[role] = (*roles[role], part) if role in roles else (part,)
        if preposition is not None:
            behind[preposition] = (*behind[preposition], part) if preposition in behind else (part,)
    subjects, objects = roles.get("subject", ()), roles.get("object", ())
    actors, patients = (roles.get("agent", ()), subjects) if passive else (subjects, objects)
    return Clause(
        kind, tree, i, lemma, chain, passive, negated, parts, roles, behind, subjects, objects, actors, patients
    )


def coordination(tree: Tree, role: str, head: int, preposition: str | None = None) -> list[Part]:
    return [
        part_of(tree, role, node, preposition)
        for node in members(tree, _inside(tree, head))
        if node == head or nominal(tree, node) or tree.pos[node] == tree.pos[head]
    ]


def members(tree: Tree, head: int) -> list[int]:
    """Token `head` with its siblings, also those of a name behind it: "presidents Mahuad and Fujimori"."""
    found = tree.conjuncts(head)
    if tree.first(head, "appos") is None:
        return found
    name = _name_behind(tree, head, phrase(tree, head)[1])
    return found if name is None else sorted({*found, *tree.conjuncts(name)[1:]})


def part_of(tree: Tree, role: str, head: int, preposition: str | None = None) -> Part:
    if tree.pos[head] in ("VERB", "AUX") and tree.dep[head] in ("csubj", "csubjpass", "pcomp"):
        first, last = tree.edges(head)
    else:
        first, last = phrase(tree, head)
        while tree.dep[head] == "poss" and last > head and tree.dep[last] == "case":
            last -= 1
        if tree.lower[first] == "of" and first + 1 < head and tree.tag[first + 1] in ("WDT", "WP"):
            first += 2  # "the drones, of which at least 19 were counted"
        name = _name_behind(tree, head, last)
        if name is not None:
            head, last = name, phrase(tree, name)[1]
    return Part(tree, role, head, first, last, preposition)


def clause_part(tree: Tree, head: int, preposition: str | None = None) -> Part:
    first, last = tree.edges(head)
    while last > head and tree.dep[last] == "punct":
        last -= 1
    while first < head and tree.dep[first] == "punct":
        first += 1
    return Part(tree, "clause", head, first, last, preposition)


def nominal(tree: Tree, node: int) -> bool:
    return tree.pos[node] in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "SYM", "X", "DET") or tree.tag[node] in (
        "VBG",
        "NN",
    )


def _inside(tree: Tree, head: int) -> int:
    """What a transparent noun stands for: "the likes of Iran" is Iran."""
    if tree.lemma[head] in load_words().transparent:
        for prep in tree.kids_of(head, "prep"):
            inner = tree.first(prep, "pobj") if tree.lower[prep] == "of" else None
            if inner is not None:
                return inner
    return head


def _name_behind(tree: Tree, title: int, last: int) -> int | None:
    """The name that a title introduces without a comma, where the parser took the title for the head."""
    for kid in tree.kids[title]:
        if (
            tree.dep[kid] == "appos"
            and tree.pos[kid] == "PROPN"
            and tree.edges(kid)[0] == last + 1
            and tree.ent[kid] == "PERSON"
        ):
            return kid
    return None
