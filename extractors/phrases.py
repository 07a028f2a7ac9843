"""Which words belong to a noun phrase: the subtree of its head, less the siblings, relative clauses and asides."""

from __future__ import annotations

from .tree import Tree

_ASIDES = frozenset({"relcl", "appos", "conj", "cc", "preconj", "advcl", "parataxis", "ccomp", "dep", "intj", "meta"})
_CLOSING = {"(": ")", "[": "]", "{": "}", "-LRB-": "-RRB-", "“": "”", "‘": "’", "``": "''", "`": "''", "«": "»"}
_OPEN = frozenset(_CLOSING)
_PAIRED = _OPEN.union(_CLOSING.values())
_OPENING = _OPEN | {'"', "'"}


def phrase(
    tree: Tree, head: int, *, keep: frozenset[str] = frozenset(), drop: frozenset[str] = frozenset()
) -> tuple[int, int]:
    """First and last token of the phrase that `head` heads, contiguous, without coordinated siblings.

    Relative clauses, appositions and parentheses are left out; `keep` names labels to take in all the same, `drop`
    further ones to leave out.
    """
    if keep or drop:
        return _phrase(tree, head, keep, (_ASIDES - keep) | drop)
    found = tree.phrases.get(head)
    if found is None:
        found = tree.phrases[head] = _phrase(tree, head, keep, _ASIDES)
    return found


def _phrase(tree: Tree, head: int, keep: frozenset[str], aside: frozenset[str]) -> tuple[int, int]:
    low = high = head
    kids = tree.kids[head]
    if not kids and tree.text[head] not in _PAIRED:
        return head, head
    for kid in reversed([kid for kid in kids if kid < head]):
        dep = tree.dep[kid]
        if dep == "preconj":
            continue
        if dep in aside:
            break
        if dep == "punct" and tree.text[kid] in _OPENING and not _closes(tree, kid, head):
            break
        low = min(low, tree.edges(kid)[0])
    for kid in kids:
        if kid < head:
            continue
        dep = tree.dep[kid]
        if dep in aside:
            break
        if dep == "punct" and tree.tag[kid] == "``" and tree.text[kid] not in tree.text[low:head]:
            break  # a quotation that opens behind the head is another phrase
        if dep == "punct" and tree.text[kid] not in "-–—'’\"”''":
            if _before_year(tree, kid, head):
                continue
            break
        first, last = tree.edges(kid)
        if first > high + 1 and not all(tree.dep[i] == "punct" for i in range(high + 1, first)):
            break
        if dep == "acl" and "acl" not in keep and tree.tag[kid] in ("VBN", "VBG", "VBD") and tree.kids[kid]:
            break
        high = max(high, _without_asides(tree, kid, last))
    return balanced(tree, *_trim(tree, low, high, head), head)


def _before_year(tree: Tree, comma: int, head: int) -> bool:
    """ "May 26, 1994": the comma inside a date."""
    year = comma + 1
    return (
        year < len(tree.text)
        and tree.head[year] == head
        and tree.ent[head] == "DATE" == tree.ent[year]
        and (len(tree.text[year]) == 4 and tree.text[year].isdigit())
    )


def balanced(tree: Tree, low: int, high: int, head: int) -> tuple[int, int]:
    """The stretch with its brackets and quotation marks in pairs: the missing one taken in, or the odd one cut off."""
    if _PAIRED.isdisjoint(tree.text[low : high + 1]):
        return low, max(high, head)
    pending: list[int] = []
    for i in range(low, high + 1):
        text = tree.text[i]
        if pending and text == _CLOSING.get(tree.text[pending[-1]]):
            pending = [j for j in pending if tree.text[j] != tree.text[pending[-1]]]
        elif text in _OPEN:
            pending.append(i)
        elif text in _CLOSING.values() and low > 0 and _CLOSING.get(tree.text[low - 1]) == text:
            low -= 2 if low > 1 and tree.text[low - 2] == "`" else 1
    for i in pending:
        if high + 1 < len(tree.text) and tree.text[high + 1] == _CLOSING[tree.text[i]]:
            high += 1
        elif i > head and tree.text[i] in "([{":
            high = min(high, i - 1)
    return low, max(high, head)


def _without_asides(tree: Tree, kid: int, last: int) -> int:
    """The last token of a modifier, cut before a relative clause, an apposition or a parenthesis deep inside it."""
    if not tree.kids[kid]:
        return last
    cut = last
    for node in tree.subtree(kid):
        reduced = tree.dep[node] == "acl" and tree.tag[node] in ("VBN", "VBG") and tree.kids[node]
        if node > kid and (tree.dep[node] in ("relcl", "parataxis", "appos") or reduced):
            cut = min(cut, tree.edges(node)[0] - 1)
    return max(cut, kid)


def _closes(tree: Tree, opening: int, head: int) -> bool:
    closing = _CLOSING.get(tree.text[opening], tree.text[opening])
    return any(tree.text[kid] == closing for kid in tree.kids[head] if kid > head)


def _trim(tree: Tree, low: int, high: int, head: int) -> tuple[int, int]:
    while (
        high > head
        and (tree.dep[high] in ("punct", "cc") or tree.tag[high] in ("IN", "WDT", "_SP", ","))
        and not (tree.dep[high] == "punct" and tree.text[high] in ("''", "”", "’", '"', "'"))
    ):
        high -= 1
    while low < head and (
        (tree.dep[low] in ("punct", "cc") and tree.text[low] not in ("``", "“", "‘", '"', "'", "$"))
        or tree.tag[low] == "_SP"
    ):
        low += 1
    return low, high


def together(tree: Tree, first: int, last: int) -> tuple[int, int]:
    """A phrase with the siblings that follow at once: "Greece and Cyprus", not "Greece, which left, and Cyprus"."""
    head = next((j for j in range(first, last + 1) if not first <= tree.head[j] <= last), None)
    if head is None:
        return first, last
    for node in tree.conjuncts(head)[1:]:
        low, high = phrase(tree, node)
        between = range(last + 1, low)
        if tree.pos[node] in ("VERB", "AUX") or not all(tree.pos[j] == "CCONJ" or tree.text[j] == "," for j in between):
            break
        last = max(last, high)
    return first, last


def coordinated(tree: Tree, head: int) -> tuple[int, int]:
    """First and last token of the whole coordination that `head` begins ("Russia, Iran and China")."""
    low, high = phrase(tree, head)
    for node in tree.conjuncts(head)[1:]:
        if tree.pos[node] in ("VERB", "AUX") and tree.tag[node] not in ("VBG", "NN"):
            continue
        first, last = phrase(tree, node)
        low, high = min(low, first), max(high, last)
    return low, high
