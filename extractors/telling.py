"""Which types of event a clause can tell: what its words speak for, and what neither they nor its grammar allow.

The encoder hears of what type a sentence is, not which of its clauses tells it. Saying tells what is done by saying: an
accusation, a threat. A threat speaks of what is to come. A state ("owns", "is") is no deed.
"""

from __future__ import annotations

from triplomat.ontology.lexicon import Lexicon

from .candidates import HARMFUL
from .clauses import Clause
from .tree import Tree

SPOKEN = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SUPPORT"})
"""What is done by saying something, so that it is the saying that tells it."""
_THREAT = frozenset({"THREATEN"})
_DEEDS = frozenset({"COOPERATE", "AID", "RETREAT", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
_NOTHING: frozenset[str] = frozenset()
_SAYING = ("ccomp", "parataxis")


class Telling:
    """What the clauses of one article can tell."""

    def __init__(self, tree: Tree, lexicon: Lexicon) -> None:
        self._tree = tree
        self._lexicon = lexicon
        self._reporting = lexicon.classes["reporting"]
        self._stative = lexicon.classes["stative"]
        self._coming = lexicon.classes["coming"]

    def hints(self, clause: Clause) -> frozenset[str]:
        """The types that any word of a clause speaks for, in whatever frame; those of clauses in it don't count."""
        lemma = self._tree.lemma
        words = {lemma[clause.i], clause.lemma}
        for part in clause.parts:
            if part.role != "clause":
                words.update(lemma[part.first : part.last + 1])
        return self._lexicon.types_of(words)

    def barred(self, clause: Clause, kind: str | None, hints: frozenset[str]) -> frozenset[str]:
        """The types that a clause can't tell, which the lexicon takes for `kind` and whose words speak for `hints`."""
        first, stop = self._scope(clause)
        bars = _NOTHING if self._looks_ahead(first, stop) else _THREAT
        if clause.negated and kind in HARMFUL:  # "would not join the boycott"
            bars |= HARMFUL | _THREAT
        if self.reports(clause):
            return bars | _DEEDS
        return (
            bars | (_DEEDS | {"CONSULT"}) - hints if clause.lemma in self._stative and clause.kind != "noun" else bars
        )

    def reports(self, clause: Clause) -> bool:
        """Whether a clause only reports what is said; "told them to leave" says what they must do."""
        said = clause.of_role("clause") if clause.lemma in self._reporting else ()
        return any(self._tree.tag[part.i] != "VB" or not self._marked(part.i) for part in said)

    def _marked(self, i: int) -> bool:
        tree = self._tree
        return "to" in [tree.lower[kid] for kid in tree.kids_of(i, "aux")]

    def saying(self, i: int) -> int | None:
        """The verb of saying in the same sentence of which the predicate at token i is what is said."""
        tree, node = self._tree, i
        while tree.dep[node] in ("conj", "xcomp"):
            node = tree.head[node]
        if tree.dep[node] in _SAYING and tree.lemma[tree.head[node]] in self._reporting:
            return tree.head[node]
        return next((kid for kid in tree.kids_of(node, *_SAYING) if tree.lemma[kid] in self._reporting), None)

    def _scope(self, clause: Clause) -> tuple[int, int]:
        """Where the words stand that may speak of what is to come: what is said, else the whole sentence."""
        tree, told, verb = self._tree, None, self.saying(clause.i)
        node = clause.i
        while verb is not None and verb < node and tree.dep[node] != "ROOT":
            told, node = node, verb
            verb = self.saying(node)
        if told is not None:
            first, last = tree.edges(told)
            return first, last + 1
        said = clause.of_role("clause") if self.reports(clause) else ()
        if not said:
            return tree.sentence(clause.i)
        return min(part.first for part in said), max(part.last for part in said) + 1

    def _looks_ahead(self, first: int, stop: int) -> bool:
        """Whether a stretch speaks of what may come: "will", "unless", "vowed", "warned"."""
        tree = self._tree
        words = tree.lower[first:stop], tree.lemma[first:stop]
        return "MD" in tree.tag[first:stop] or any(not self._coming.isdisjoint(found) for found in words)
