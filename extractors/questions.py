"""An embedded question → its status: "explained why it left" takes for granted that it did; "how to share" doesn't."""

from __future__ import annotations

from dataclasses import replace

from .clauses import is_predicate
from .governing import Governing
from .marks import weaker
from .status import VERBAL, Factuality, Statuses, has_to, predicate_above


class Questions:
    """The surroundings of clauses that a question word introduces."""

    def __init__(self, statuses: Statuses, governing: Governing) -> None:
        self._statuses = statuses
        self._known = statuses.known
        self._tree = statuses.known.tree
        self._governing = governing

    def of(self, i: int, head: int) -> Factuality | None:
        """ "Explained why it left", "what they discussed": it is taken for granted; "how to share" is a task."""
        tree = self._tree
        first = next((kid for kid in tree.kids[i] if kid < i and tree.tag[kid] in ("WP", "WRB", "WDT", "WP$")), None)
        asking = tree.lower[tree.edges(i)[0]] == "how"  # "how many of them had taken part"
        if (
            first is None
            and not asking
            and not any(
                kid < i and any(tree.tag[j] in ("WDT", "WP$", "WRB") for j in tree.kids[kid]) for kid in tree.kids[i]
            )
        ):
            return None
        if first is not None and (tree.lower[first] == "that" or first < head < i):
            return None  # "what the army said was a depot"
        inside = tree.dep[head] == "relcl" and tree.dep[i] in ("ccomp", "xcomp")
        if inside and first is not None and tree.lower[first] != "what":
            return None  # "the line, which the city insists it discussed"
        above = head if is_predicate(tree, head) else predicate_above(tree, head)
        context = replace(self._statuses.context(above), polarity="positive")
        if self._is_whatever(i, first):
            return replace(context, modality="hypothetical")
        if has_to(tree, i):
            return replace(context, modality=weaker(context.modality, "intended"))
        if tree.tag[i] == "VBD" or any(
            tree.lower[kid] in ("had", "was", "were", "has", "have") for kid in tree.kids[i]
        ):
            return replace(context, modality="asserted")  # "wants to know who fired"
        return replace(context, modality="hypothetical") if self._is_unsettled(head) else context

    def _is_whatever(self, i: int, first: int | None) -> bool:
        """ "Whoever attacks", "no matter who wins"."""
        tree = self._tree
        if first is not None and tree.lower[first].endswith("ever"):
            return True
        start = tree.edges(i)[0]
        return tuple(tree.lower[max(0, start - 2) : start]) in self._known.words.conjunctions

    def _is_unsettled(self, head: int) -> bool:
        """ "The decision on who leads the army", "will choose who leads it"."""
        tree = self._tree
        if tree.pos[head] in VERBAL:
            return tree.lemma[head] in self._known.words.settling
        governor, marker = self._governing.governor(head) if tree.pos[head] == "ADP" else (head, "whether")
        found = self._known.lexicon.find(tree.lemma[governor], "noun", marker)
        return tree.pos[governor] == "NOUN" and found is not None and found.affirmed.modality != "asserted"
