"""A clause of time → its status: "before the rebels left", "until they leave", "once the vote is over".

What comes before, until or after something that is only planned is planned as well, whatever its tense; the past is
real again where what it stands beside is past too.
"""

from __future__ import annotations

from dataclasses import replace

from .clauses import verb_chain
from .status import VERBAL, Factuality, Statuses, has_to

_LATER = frozenset({"when", "once", "after", "before", "until", "till", "as"})
_BOUNDS = frozenset({"before", "until", "till", "once", "when"})  # not "would close it after two men were killed"
_UNREAL = frozenset({"intended", "hypothetical"})
_WOULD = frozenset({"would", "'d", "’d"})
_PRESENT = frozenset({"VBZ", "VBP"})


class Temporal:
    """The surroundings of clauses of time."""

    def __init__(self, statuses: Statuses) -> None:
        self._statuses = statuses
        self._tree = statuses.known.tree

    def of(self, i: int, head: int, mark: str, context: Factuality) -> Factuality:
        """The surroundings of the clause at token i behind the conjunction `mark`, beside the predicate at `head`."""
        tree = self._tree
        if mark == "as" and tree.lower[tree.edges(i)[0] - 1] == "soon":
            mark = "once"
        future = self._statuses.of(head).modality if tree.pos[head] in VERBAL else "asserted"
        if tree.tag[i] in _PRESENT and mark in _LATER and future == "asserted" and self._is_promised(i, head):
            return replace(self._statuses.context(head), modality="intended")
        if mark == "until" and future in _UNREAL:
            return replace(context, modality=future)
        if mark == "before" and any(tree.lower[kid] == "could" for kid in tree.kids_of(i, "aux")):
            return replace(context, polarity="negative")  # "before anyone could reach her"
        promised = has_to(tree, head) and tree.pos[tree.head[head]] == "VERB"
        if promised and future == "intended" and mark in ("when", "once"):
            return replace(context, modality=future)  # "promised to resign when a successor was found"
        inner = next((kid for kid in tree.kids_of(head, "xcomp") if head < kid < i), None)
        if inner is not None and mark in _BOUNDS and self._is_past(i) and self._is_planned(inner, mark):
            return replace(context, modality="intended")  # "urged it to act before they fled"
        if mark in _BOUNDS and self._is_past(i) and self._is_planned(head, mark):
            return replace(context, modality="hypothetical" if future == "hypothetical" else "intended")
        would = any(tree.lower[kid] in _WOULD for kid in tree.kids_of(head, "aux"))
        if context.modality != "asserted" and self._is_past(i) and not would and mark in _LATER:
            return replace(context, modality="asserted")  # "nothing suggests that they knew before it fell"
        bare = tree.tag[i] == "VBN" and tree.first(i, "aux", "auxpass") is None
        present = tree.tag[i] in _PRESENT
        perfect = any(tree.lower[kid] in ("has", "have", "is", "are") for kid in tree.kids_of(i, "aux", "auxpass"))
        later = bare or present or tree.tag[i] == "VB" or perfect or mark == "until"
        if future in _UNREAL and later and mark in _LATER:
            return replace(context, modality=future)
        if (perfect or present) and mark in _LATER and self._is_permitted(head):
            return replace(context, modality="hypothetical")  # "no ship may enter before it has been searched"
        if (perfect or present) and (mark == "until" or (mark == "before" and self._is_over(head))):
            return replace(context, modality="intended")
        return context

    def _is_planned(self, head: int, mark: str) -> bool:
        """Whether the predicate at `head` was yet to come then: "would not sign", "planned to go", "refused to talk".

        "Would have left" never came about, so that what it stands beside is no plan.
        """
        tree = self._tree
        chain = {tree.lower[j] for j in verb_chain(tree, head)}
        status = self._statuses.of(head)
        if chain & _WOULD:
            refused = status.polarity == "negative" and mark != "when"  # "would not talk before it left"
            return "have" not in chain and (refused or status.modality in _UNREAL)
        if mark == "when":
            return False
        ready = (kid for adjective in tree.kids_of(head, "acomp") for kid in tree.kids_of(adjective, "xcomp"))
        if any(has_to(tree, kid) and self._statuses.of(kid).modality in _UNREAL for kid in ready):
            return True  # "was ready to help once they were gone"
        if not has_to(tree, head) or tree.dep[head] != "xcomp" or "have" in chain:
            return False
        refused = mark in ("until", "till") and tree.lemma[tree.head[head]] in self._statuses.known.words.resuming
        return refused or status.modality in _UNREAL

    def _is_permitted(self, head: int) -> bool:
        """ "May vote", "cannot leave": what is allowed, at whatever time."""
        tree = self._tree
        chain = verb_chain(tree, head)
        modal = any(tree.tag[j] == "MD" for j in chain) and all(tree.lower[j] != "have" for j in chain)
        return modal and self._statuses.of(head).modality == "possible"

    def _is_over(self, head: int) -> bool:
        """Whether the predicate at `head` is past: "has torn it up before the ink is dry"."""
        tree = self._tree
        while tree.tag[head] in ("VB", "VBG") and tree.dep[head] == "xcomp" and tree.pos[tree.head[head]] in VERBAL:
            head = tree.head[head]  # "ruled out leaving before they are freed"
        chain = verb_chain(tree, head)
        return tree.tag[chain[0]] == "VBD" or (tree.lower[chain[0]] in ("has", "have") and tree.tag[head] == "VBN")

    def _is_promised(self, i: int, head: int) -> bool:
        """ "Told its partners that it will restart work once it is sure": the clause is of what is told."""
        tree = self._tree
        content = tree.first(head, "ccomp")
        if content is None or not head < content < i or not self._statuses.known.says(head):
            return False
        return any(self._statuses.of(j).modality == "intended" for j in (content, *tree.kids_of(content, "xcomp")))

    def _is_past(self, i: int) -> bool:
        tree = self._tree
        return tree.tag[i] == "VBD" or any(tree.lower[kid] in ("was", "were", "had") for kid in tree.kids[i])
