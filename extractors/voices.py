"""Whose word a clause inside a report is, where it needn't be the speaker's: what the article adds of its own.

A relative clause set off by a comma may be the reporter's or the outlet's. It is the outlet's where its tense isn't
shifted back though the report's is ("said that Ankara, which controls the straits, had agreed"), and where somebody
else, or the speaker himself, says something in it ("the treaty, which he described as fair", "which Kyiv denies").
Otherwise it stays the reporter's: a clause in the same tense tells nothing either way. What describes the speaker
himself ("said Ms Tol, an analyst who follows the war") is never his own word.
"""

from __future__ import annotations

from spacy.tokens import Span

from .clauses import lemma_of, verb_chain
from .status import VERBAL, Known

_RELATIVE = frozenset({"which", "who", "whom", "whose", "where"})
_MODIFYING = frozenset({"appos", "relcl", "acl", "conj", "prep", "pobj", "attr", "amod", "compound", "nmod"})
_PRESENT = frozenset({"VBZ", "VBP"})
_BACK = frozenset({"would", "could", "might", "'d", "’d", "should"})


class Voices:
    """The article's own voice inside what others say."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._tree = known.tree

    def describes(self, i: int, source: Span) -> bool:
        """Whether token i stands in what the article says of the source itself."""
        tree = self._tree
        node = i
        while tree.dep[node] in _MODIFYING and tree.head[node] != node:
            node = tree.head[node]
            if tree.pos[node] in VERBAL and tree.dep[node] not in ("relcl", "acl"):
                return False
            if node == source.root.i:
                if ":" in tree.text[source.end : i]:  # "Report: Iran armed rebels"
                    return False
                return not any(tree.dep[kid] in ("ccomp", "xcomp") for kid in tree.kids[i] if self._known.says(i))
        return False

    def adds(self, i: int, above: int) -> bool:
        """Whether the relative clause at token i, below the verb `above`, is the article's addition."""
        tree = self._tree
        if tree.dep[i] != "relcl":
            return False
        if self._tells(i, apart=self._is_set_off(i)):
            return True
        if not self._is_set_off(i):
            return False
        report = self._report(above)
        if report is None or not self._is_past(report) or not self._is_shifted(above):
            return False
        return self._is_present(i)

    def _is_set_off(self, i: int) -> bool:
        """Whether a comma and a relative pronoun open the clause, with a preposition between them at most."""
        tree = self._tree
        first = tree.edges(i)[0]
        if first == 0 or tree.text[first - 1] != ",":
            return False
        return not _RELATIVE.isdisjoint(tree.lower[first : first + 2])

    def _tells(self, i: int, *, apart: bool) -> bool:
        """ "…, which he described as fair", "…, which Kyiv denies": what somebody says of it.

        Without a comma it is so only of what another one calls somebody: "men whom Quito described as rebels".
        """
        tree, words = self._tree, self._known.words
        if not apart:
            subject = tree.first(i, "nsubj")
            named = subject is not None and tree.pos[subject] == "PROPN"
            return named and lemma_of(tree, i) in words.naming and "whom" in tree.lower[tree.edges(i)[0] : i]
        if tree.lemma[i] in ("decline", "refuse"):  # "whose spokesman declined to comment"
            return any(tree.lemma[kid] in words.unwilling for kid in tree.kids_of(i, "xcomp"))
        subject = tree.first(i, "nsubj")
        if subject is not None and tree.tag[subject] in ("WDT", "WP"):
            return self._answers(i)
        if subject is None:
            return False
        return self._known.says(i) or lemma_of(tree, i) in words.naming | words.answering

    def _answers(self, i: int) -> bool:
        """ "…, which called the claim false", "which denied it": what another one makes of what was said."""
        tree, words = self._tree, self._known.words
        thing = tree.first(i, "dobj")
        if thing is None:
            below = tree.first(i, "ccomp", "oprd")
            thing = None if below is None else tree.first(below, "nsubj")
        if thing is None or lemma_of(tree, i) not in words.naming | words.answering:
            return False
        found = self._known.lexicon.find(tree.lemma[thing], "noun", "that")
        return tree.lower[thing] == "it" or (found is not None and bool(found.holder))

    def _report(self, above: int) -> int | None:
        tree = self._tree
        return next((j for j in tree.ancestors(above) if tree.pos[j] in VERBAL and self._known.says(j)), None)

    def _is_past(self, verb: int) -> bool:
        tree = self._tree
        return tree.tag[verb_chain(tree, verb)[0]] == "VBD"

    def _is_shifted(self, verb: int) -> bool:
        """Whether a reported verb has the tense of reported speech."""
        tree = self._tree
        first = verb_chain(tree, verb)[0]
        return tree.tag[first] == "VBD" or tree.lower[first] in _BACK

    def _is_present(self, verb: int) -> bool:
        tree = self._tree
        first = verb_chain(tree, verb)[0]
        return tree.tag[first] in _PRESENT or (first == verb and tree.tag[verb] == "VB")
