"""The parts of a clause: phrases of a parsed sentence → arguments in their roles, each coordinated sibling one."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Span, Token

from triplomat.ontology.words import load_words

from .phrases import phrase
from .tree import Tree


class Part(NamedTuple):
    """An argument of a clause.

    `role` is "subject", "object", "indirect" (bare dative), "agent" (by-phrase of a passive), "oblique"
    (prepositional, or a bare adverbial noun phrase), "attribute" (what a copula ascribes), "clause" (complement clause,
    headed by its verb) or "adverb". `span` is the phrase without its preposition and without its coordinated siblings.
    """

    role: str
    head: Token
    span: Span
    preposition: str | None = None


class Clause(NamedTuple):
    """A predicate and its arguments in sentence order.

    `kind` is "verb", "copula", "noun" (nominal event), "apposition", "office" (a title before a name, with the state or
    body that it belongs to) or "possessive". `lemma` carries the particle ("hand over"). `verbs` are auxiliaries,
    negation, head and particle; those inherited from the first of coordinated verbs are among them.
    """

    kind: str
    head: Token
    lemma: str
    verbs: tuple[Token, ...]
    passive: bool
    negated: bool
    parts: tuple[Part, ...]

    def of_role(self, *roles: str) -> tuple[Part, ...]:
        return tuple([part for part in self.parts if part.role in roles])

    @property
    def subjects(self) -> tuple[Part, ...]:
        return self.of_role("subject")

    @property
    def objects(self) -> tuple[Part, ...]:
        return self.of_role("object")

    @property
    def obliques(self) -> tuple[Part, ...]:
        return self.of_role("oblique")

    @property
    def actors(self) -> tuple[Part, ...]:
        """The logical subjects: the agents of a passive, else the subjects."""
        return self.of_role("agent") if self.passive else self.subjects

    @property
    def patients(self) -> tuple[Part, ...]:
        """The logical objects: the subjects of a passive, else the objects."""
        return self.subjects if self.passive else self.objects


def coordination(tree: Tree, role: str, head: int, preposition: str | None = None) -> list[Part]:
    return [
        part_of(tree, role, node, preposition)
        for node in tree.conjuncts(_inside(tree, head))
        if node == head or nominal(tree, node) or tree.pos[node] == tree.pos[head]
    ]


def part_of(tree: Tree, role: str, head: int, preposition: str | None = None) -> Part:
    if tree.pos[head] in ("VERB", "AUX") and tree.dep[head] in ("csubj", "csubjpass", "pcomp"):
        first, last = tree.edges(head)
    else:
        first, last = phrase(tree, head)
        while tree.dep[head] == "poss" and last > head and tree.dep[last] == "case":
            last -= 1
        name = _name_behind(tree, head, last)
        if name is not None:
            head, last = name, phrase(tree, name)[1]
    return Part(role, tree.doc[head], tree.span(first, last), preposition)


def clause_part(tree: Tree, head: int, preposition: str | None = None) -> Part:
    first, last = tree.edges(head)
    while last > head and tree.dep[last] == "punct":
        last -= 1
    while first < head and tree.dep[first] == "punct":
        first += 1
    return Part("clause", tree.doc[head], tree.span(first, last), preposition)


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
    for kid in tree.kids_of(title, "appos"):
        if tree.pos[kid] == "PROPN" and tree.edges(kid)[0] == last + 1 and tree.ent[kid] == "PERSON":
            return kid
    return None
