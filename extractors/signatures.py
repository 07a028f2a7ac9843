"""The signature of an embedding predicate in its sentence: from the lexica, from idioms, or by kind of complement."""

from __future__ import annotations

from triplomat.ontology.embedding import Effect, Signature

from .clauses import verb_chain
from .governing import Governing
from .status import Known

_FACT = Signature(Effect(True, "asserted"), Effect(True, "asserted"))
_REPORT = Signature(Effect(True, "asserted"), Effect(True, "possible"), "subject")
_POSSIBLE = Signature(Effect(True, "possible"), Effect(False, "possible"))
_INTENDED = Signature(Effect(True, "intended"), Effect(False, "intended"))
_ADVISED_AGAINST = Signature(Effect(False, "intended"), Effect(True, "intended"))
_WHETHER = Signature(Effect(True, "hypothetical"), Effect(True, "hypothetical"))
_DONE = Signature(Effect(True, "asserted"), Effect(False, "asserted"))
_UNDONE = Signature(Effect(False, "asserted"), Effect(True, "asserted"))


class Signatures:
    """What predicates make of their complements."""

    def __init__(self, known: Known, governing: Governing) -> None:
        self._known = known
        self._tree = known.tree
        self._governing = governing

    def of(self, i: int, head: int, pos: str, marker: str) -> Signature:
        """The signature of the predicate at `head` for its complement at token i."""
        tree = self._tree
        if marker == "whether":
            return self._known.lexicon.exact(tree.lemma[head], pos, "whether") or _WHETHER
        if pos == "verb" and marker == "to":
            idiom = self._idiom(head)
            if idiom is not None:
                return idiom
        if pos == "adj" and marker in ("to", "for") and (degree := self._governing.degree(head)) is not None:
            return degree
        return self._governing.signature(head, pos, marker) or self._default(i, pos, marker)

    def _idiom(self, head: int) -> Signature | None:
        """ "Has yet to ratify", "did nothing to stop", "it took a week to capture"."""
        tree = self._tree
        lemma = tree.lemma[head]
        if lemma in ("have", "be", "remain") and any(tree.lower[kid] == "yet" for kid in tree.kids[head]):
            return _UNDONE
        if lemma == "use" and tree.first(head, "dobj") is not None:
            return _INTENDED
        if lemma == "do":
            return _DONE if tree.first(head, "dobj", "advmod") is not None else None
        if lemma == "take":
            spent = tree.first(head, "dobj", "npadvmod", "dative")
            subject = tree.first(head, "nsubj", "expl")
            if spent is not None and subject is not None and tree.lower[subject] == "it":
                past = "VBD" in [tree.tag[j] for j in verb_chain(tree, head)] or tree.tag[head] == "VBN"
                return _DONE if past else _POSSIBLE
        return None

    def _default(self, i: int, pos: str, marker: str) -> Signature:
        """For a predicate that the lexicon lacks: a finite clause is its subject's word, an infinitive a purpose."""
        tree = self._tree
        if marker == "that" or tree.dep[i] == "ccomp":
            finite = tree.tag[i] in ("VBD", "VBZ", "VBP") or any(
                tree.tag[j] in ("VBD", "VBZ", "VBP", "MD") for j in verb_chain(tree, i)
            )
            return _REPORT if finite and pos == "verb" else _FACT
        if marker == "to":
            return _POSSIBLE if pos != "noun" else _INTENDED
        if marker == "against":
            return _ADVISED_AGAINST
        if marker.endswith("out of"):
            return _UNDONE
        return _FACT
