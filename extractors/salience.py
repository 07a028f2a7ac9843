"""How prominent to a pronoun what was mentioned is: recency, part, parallels, frequency (Lappin and Leass 1994)."""

from __future__ import annotations

from triplomat.ontology.descriptions import load_descriptions
from triplomat.ontology.roles import load_roles
from triplomat.ontology.words import load_words

from .discourse import Discourse, Entry
from .subjects import Subjects
from .tree import Tree

REPORT = load_words().reporting
_FOLLOWING = frozenset({"succeed", "replace"})


class Salience:
    """The weights of the entries of one article."""

    def __init__(self, tree: Tree, discourse: Discourse, subjects: Subjects) -> None:
        self._tree = tree
        self._discourse = discourse
        self._subjects = subjects

    def of(self, entry: Entry, index: int) -> float:
        """How likely an entry is taken up by the pronoun at token `index`."""
        discourse = self._discourse
        distance = discourse.sentence(index) - entry.sentence
        score = (3.0, 2.2, 0.8, 0.2, 0.0)[min(distance, 4)] + entry.weight
        if entry.reference is not None and entry.reference.entity is not None:
            score += 0.25 * min(discourse.counts[entry.reference.entity], 6 if distance < 2 else 3)
        if distance == 1 and entry.reference is not None and entry.reference.via == "pronoun":
            score += 0.5  # what was a pronoun before is what the text is about (Grosz, Joshi and Weinstein 1995)
        if entry.part == "modifier" and distance:
            score -= 1.0  # "the Cruise video. He …": words inside a compound are islands (Postal 1969)
        part = discourse.part(index)
        if part == entry.part:
            score += 0.4
        tree = self._tree
        if part == "possessive" and tree.lemma[tree.head[index]] in load_descriptions().governed:
            score += 1.0 if entry.reference is not None and entry.reference.sector in ("GOV", "MIL") else -1.0
        if entry.part == "subject" and discourse.is_main(entry.index):
            score += 0.5
        if part == "possessive" and self._is_bereft(entry, index):
            score += 4.0
        verb = discourse.verb(index)
        if part == "subject" and self._is_hearer(entry, verb):
            score -= 1.5
        if distance == 0:
            if part == "object" and tree.dep[verb] == "conj" and self._is_met(entry, tree.head[verb]):
                score += 1.5  # "wrote to Modi and asked him"
            if part == "object" and tree.lemma[verb] in _FOLLOWING:
                score -= 2.0 * (entry.part == "subject")  # "named a doctor to succeed him"
            if tree.dep[verb] in ("ccomp", "advcl", "xcomp"):
                score += self._beside_above(entry, tree.head[verb])
            elif tree.dep[verb] == "relcl":  # "Smith is to visit Rome, where she will speak"
                score += self._beside_above(entry, discourse.verb(verb))
            if part == "possessive" and entry.part == "subject" and discourse.verb(entry.index) == verb:
                score += 1.0
        return score

    def _is_met(self, entry: Entry, verb: int) -> bool:
        """Whether an entry is an argument of a verb, but not its subject."""
        return entry.part in ("object", "oblique") and self._discourse.is_argument(entry.index, verb)

    def _is_bereft(self, entry: Entry, index: int) -> bool:
        """ "Stripped him of his rights": the owner is whom something is taken from."""
        tree = self._tree
        noun = tree.head[index]
        verb = tree.head[tree.head[noun]]
        if tree.dep[noun] != "pobj" or tree.lower[tree.head[noun]] != "of":
            return False
        return tree.lemma[verb] in load_roles().of_loss and tree.first(verb, "dobj") == entry.index

    def _beside_above(self, entry: Entry, above: int) -> float:
        """What it adds to be the subject of the clause above: most where that reports."""
        tree = self._tree
        gain = 1.2 if tree.lemma[above] in REPORT else 0.8
        if entry.part == "subject" and self._discourse.verb(entry.index) == above:
            return gain
        if entry.index in self._subjects.of(above):  # "Devocht, who had told him he would help"
            return gain + 2.0 - entry.weight
        if any(tree.first(agent, "pobj") == entry.index for agent in tree.kids_of(above, "agent")):
            return gain + 2.0 - entry.weight  # who does what a passive tells
        return 0.0

    def _is_hearer(self, entry: Entry, verb: int) -> bool:
        """Whether an entry is told of a plan: "told Ruiz he would help", where it is rarely the hearer's."""
        tree = self._tree
        above = tree.head[verb]
        if tree.dep[verb] != "ccomp" or tree.lemma[above] not in REPORT:
            return False
        if all(tree.lower[kid] not in ("would", "will") for kid in tree.kids_of(verb, "aux")):
            return False
        hearers = (other for node in tree.kids_of(above, "dobj", "dative") for other in self._discourse.at(node))
        return any(entry.same(other) for other in hearers)
