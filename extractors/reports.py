"""Who says it, where a report stands beside what it reports: "The talks failed, Kyiv said", and direct speech."""

from __future__ import annotations

from spacy.tokens import Span

from .governing import Governing
from .passives import is_passive
from .quotations import Quotation
from .status import VERBAL, Known
from .tree import Tree

_OPENING = frozenset({'"', "“", "``"})
_BESIDE = frozenset({"parataxis", "ccomp", "advcl", "dep", "conj"})


class Reports:
    """The sources of predicates that no reporting verb embeds."""

    def __init__(self, known: Known, quotations: tuple[Quotation, ...]) -> None:
        self._known = known
        self._tree: Tree = known.tree
        self._governing = Governing(known)
        self._quotations = quotations

    def beside(self, i: int) -> Span | None:
        """The subject of a reporting verb that hangs below the predicate at token i instead of above it."""
        tree = self._tree
        root = tree.head[i] == i
        for kid in tree.kids[i]:
            if tree.pos[kid] not in VERBAL or tree.dep[kid] not in _BESIDE:
                continue
            if tree.lower[kid] == "hear" and tree.dep[kid] == "advcl" and kid < i:  # "to hear locals tell it"
                told = tree.first(kid, "ccomp")
                return None if told is None else self._governing.holder(told, "verb", "subject")
            if not root and tree.dep[kid] != "parataxis":
                continue
            if tree.dep[kid] == "conj" and tree.first(i, "cc") is not None:
                continue
            if tree.dep[kid] == "ccomp" and (kid < i or self._known.says(i)):
                continue
            seen = self._sees_it(kid)
            if not seen and (not (self._known.vouches(kid) and self._cites(kid)) or is_passive(tree, kid)):
                continue
            marks = {tree.lower[j] for j in tree.kids[kid] if tree.dep[j] in ("mark", "advmod") and j < kid}
            holder = self._governing.holder(kid, "verb", "subject")
            if holder is not None and not marks - {"as"}:
                return holder
        return None

    def quoted(self, i: int) -> Span | None:
        """Who speaks the words that token i is one of."""
        for quotation in self._quotations:
            if quotation.first <= i <= quotation.last and quotation.speaker is not None:
                return quotation.speaker
        return None

    def _sees_it(self, i: int) -> bool:
        """ "As the ministry sees it"."""
        tree = self._tree
        if tree.lemma[i] not in self._known.words.seeing:
            return False
        return any(tree.lower[kid] == "it" for kid in tree.kids_of(i, "dobj")) and any(
            tree.lower[kid] == "as" for kid in tree.kids_of(i, "mark")
        )

    def is_backshifted(self, i: int) -> bool:
        """Whether the main verb at token i has the tense of reported speech, and a pronoun for its subject.

        Words in quotation marks that nobody is named for show as well that somebody's speech goes on.
        """
        tree = self._tree
        subject = tree.first(i, "nsubj", "nsubjpass")
        shifted = {tree.lower[kid] for kid in tree.kids_of(i, "aux")} & {"had", "would"}
        if subject is None or not shifted or self.quoted(i) is not None or self._known.marks.moods.asks(i):
            return False
        quoting = "would" in shifted and any(tree.text[j] in _OPENING for j in range(*tree.sentence(i)))
        return tree.tag[subject] == "PRP" or quoting

    def reporter(self, i: int) -> Span | None:
        """Whose reported speech the sentence with the main verb at token i is, where that is told in the past."""
        tree = self._tree
        if tree.tag[i] == "VBD" and self._known.vouches(i) and tree.first(i, "ccomp") is not None:
            return self._governing.holder(i, "verb", "subject")
        aside = self._known.asides.of(i)
        return aside.source if aside is not None and tree.tag[aside.verb] in ("VBD", "VBN") else None

    def is_quoted(self, i: int) -> bool:
        """Whether token i stands in quotation marks that open and close as such, in one sentence."""
        tree = self._tree
        for quotation in self._quotations:
            first, last = quotation.first, quotation.last
            if not first <= i <= last or first == 0 or last + 1 >= len(tree.text):
                continue
            tight = tree.ends[first - 1] == tree.starts[first] and tree.ends[last] == tree.starts[last + 1]
            return tight and tree.sentence(first - 1) == tree.sentence(last)
        return False

    def _cites(self, i: int) -> bool:
        tree = self._tree
        said = tree.first(i, "ccomp", "xcomp", "dobj")
        if said is not None and not (tree.lower[said] == "it" and tree.dep[said] == "dobj"):  # "as locals tell it"
            return False
        return tree.first(i, "nsubj") is not None
