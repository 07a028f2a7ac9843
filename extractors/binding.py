"""Which noun phrases a pronoun can't mean by its place in the clause, and which a reflexive must (principles A and B).

The clause of an object is that of its verb, whoever lends the verb its subject: coordination ("met Xi and urged him"),
control ("wants to see him"), a participle ("…, telling him"). After Chomsky (1981), as Lappin and Leass (1994) use it.
"""

from __future__ import annotations

from triplomat.ontology.words import load_words

from .discourse import Discourse, Entry
from .subjects import Subjects
from .tree import Tree

# behind an object, these may lead back to the subject: "took his wife with him", "left the past behind him"
_AROUND = frozenset({"with", "behind", "around", "near", "beside", "before", "above", "below", "about", "after"})
_OBJECTIVE = frozenset({"him", "her", "them", "it"})
_NOMINATIVE = frozenset({"he", "she", "they"})
_REFLEXIVE = ("self", "selves")


class Binding:
    """The binding of the pronouns of one article."""

    def __init__(self, tree: Tree, discourse: Discourse, subjects: Subjects) -> None:
        self._tree = tree
        self._discourse = discourse
        self._subjects = subjects

    def forbids(self, entry: Entry, index: int) -> bool:
        """Whether the pronoun at token `index` can't mean an entry: another argument of its own clause does."""
        tree = self._tree
        if tree.lower[index].endswith(_REFLEXIVE):
            return False
        owner = self._owner(index)
        if owner is not None:
            return any(_same(entry, other) for other in self._discourse.at(owner))
        verb = self.domain(index)
        if verb is None:
            return False
        return any(_same(entry, other) for other in self._beside(index, verb))

    def excludes(self, entry: Entry, index: int) -> bool:
        """Whether the pronoun at token `index`, a possessive too, can't mean an entry by its place."""
        if self._tree.dep[index] == "poss":  # "his" isn't the name that it stands with: "his son Uday"
            return self._tree.head[index] == entry.index or self.is_obviative(entry, index)
        return self.forbids(entry, index)

    def is_obviative(self, entry: Entry, index: int) -> bool:
        """Whether a possessive is of whom something is demanded, who isn't the demander: "ordered his arrest"."""
        tree, words = self._tree, load_words()
        deed = tree.head[index]
        if tree.lemma[deed] not in words.suffered:
            return False
        verb = tree.head[tree.head[deed]] if tree.dep[deed] == "pobj" else tree.head[deed]
        if tree.dep[deed] not in ("dobj", "pobj") or tree.lemma[verb] not in words.demanding:
            return False
        return any(_same(entry, other) for node in self._subjects.of(verb) for other in self._discourse.at(node))

    def binders(self, index: int) -> list[int]:
        """The heads of the phrases that a reflexive can be bound to, the likeliest first."""
        tree = self._tree
        if tree.dep[index] in ("appos", "npadvmod") and tree.pos[tree.head[index]] in ("NOUN", "PROPN", "PRON"):
            return [tree.head[index]]
        verb = self._discourse.verb(index)
        return [node for subject in self._subjects.of(verb) for node in tree.conjuncts(subject) if node != index]

    def domain(self, index: int) -> int | None:
        """The verb of which a pronoun is an argument; None where it is none, or stands loosely beside one.

        The subject of an infinitive belongs to the verb above: "wants him to leave".
        """
        tree = self._tree
        verb = self._discourse.verb(index)
        if not self._discourse.is_argument(index, verb):
            return None
        if tree.lower[index] in _NOMINATIVE and tree.dep[index] not in ("nsubj", "nsubjpass"):
            return None  # no object, whatever the parser says
        preposition = tree.head[index]
        if tree.dep[index] == "pobj" and tree.lower[preposition] in _AROUND and tree.first(verb, "dobj") is not None:
            return None
        if tree.dep[index] == "nsubj" and tree.lower[index] in _OBJECTIVE and tree.dep[verb] in ("ccomp", "xcomp"):
            infinitive = any(tree.lower[kid] == "to" for kid in tree.kids_of(verb, "aux"))
            if infinitive or (tree.tag[verb] == "VB" and tree.first(verb, "aux") is None):
                return tree.head[verb]
        return verb

    def _owner(self, index: int) -> int | None:
        """The possessor in the noun phrase that a pronoun is part of: "Putin's view of him"."""
        tree = self._tree
        preposition = tree.head[index]
        if tree.dep[index] != "pobj" or tree.pos[tree.head[preposition]] not in ("NOUN", "PROPN"):
            return None
        return tree.first(tree.head[preposition], "poss")

    def _beside(self, index: int, verb: int) -> list[Entry]:
        """The entries of the other arguments of a pronoun's verb, its subject wherever that stands."""
        tree, discourse = self._tree, self._discourse
        shared: set[int] = set()
        if tree.head[index] != verb or discourse.part(index) != "subject":
            shared = {node for subject in self._subjects.of(verb) for node in tree.conjuncts(subject)} - {index}
            shared |= {kid for node in shared for kid in tree.kids_of(node, "appos")}
        return [
            entry
            for entry in discourse.of_sentence(discourse.sentence(index))
            if entry.index != index
            and (
                entry.index in shared
                or (discourse.verb(entry.index) == verb and discourse.is_argument(entry.index, verb))
            )
        ]


def _same(entry: Entry, other: Entry) -> bool:
    """Whether two entries are surely one: the same words, the same known entity, or a pronoun for the other."""
    if entry.index == other.index:
        return True
    if entry.reference is None or other.reference is None:
        return False
    if entry.reference.entity is not None or other.reference.entity is not None:
        return entry.reference.entity == other.reference.entity
    taken = "pronoun" in (entry.reference.via, other.reference.via)
    return taken and entry.reference.state is not None and entry.reference.state == other.reference.state
