"""A report set off by commas → the tokens of its sentence that it covers.

One at the end covers all that stands before it; one in the middle also what follows, up to a semicolon, a single dash
or a contrast, unless the words behind the contrast are reported too.
"""

from __future__ import annotations

from triplomat.ontology.embedding import EmbeddingLexicon
from triplomat.ontology.words import Words

from .tree import Tree

_ENDS = frozenset({";", ".", "!", "?"})
_DASHES = frozenset({"–", "—", "--"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SHIFTED = frozenset({"had", "would"})
_SHORT = frozenset({"PRP", "RB", "EX", "DT", "NN", "NNS"})


class Covering:
    """What asides cover in the sentences of a tree."""

    def __init__(self, tree: Tree, lexicon: EmbeddingLexicon, words: Words) -> None:
        self._tree = tree
        self._lexicon = lexicon
        self._words = words

    def of(self, first: int, last: int, start: int, end: int) -> tuple[int, int]:
        """First and last token covered by the aside of tokens `first` to `last` in the sentence `start` to `end`."""
        tree = self._tree
        if first > start + 1 and tree.tag[first - 2] in ("WDT", "WP", "WRB") and tree.dep[first - 2] != "ROOT":
            clause = tree.edges(tree.head[first - 2])  # "weapons which, Kyiv says, came from Iran"
            if clause[0] <= first <= clause[1]:
                return clause
        low = next((j + 1 for j in range(first - 1, start - 1, -1) if tree.text[j] == ";"), start)
        if first > start + 2 and tree.tag[first - 2] == "WDT" and tree.pos[first - 3] == "ADP":
            low = first - 3  # "a camp in which, survivors say, …"
        after = last + 1
        if self._is_of_saying(first, last, end):
            return low, first - 1
        if after >= end or tree.text[after] in _ENDS or all(tree.pos[j] == "PUNCT" for j in range(after, end)):
            goes_on = after < end - 2 and tree.text[after] == ";" and tree.tag[after + 1] == "PRP"
            return low, end - 1 if goes_on else first - 1  # "; he was simply blinded"
        low = self._contrast_before(low, first)
        return low, self._high(low, first, after, end)

    def _is_of_saying(self, first: int, last: int, end: int) -> bool:
        """Whether what follows tells how or when it was said, and not what."""
        tree, after = self._tree, last + 1
        open_before = first > 1 and tree.pos[first - 2] in ("ADP", "SCONJ")
        if after < end - 1 and not open_before and tree.tag[after + 1] == "VBG" and self._cites(after + 1):
            return True  # "…, he said, citing"
        if after < end - 1 and tree.tag[after + 1] in ("WRB", "WDT", "WP"):
            verb = tree.head[after + 1]  # "…, he said before flying to Manila, where he is to sign a pact"
            if tree.dep[verb] == "relcl" and first <= tree.head[verb] <= last:
                return True
        dated = any(tree.ent[j] in ("DATE", "TIME") for j in range(first, last + 1))
        if dated and after < end and tree.text[after] == "," and "after" in tree.lower[after + 1 : after + 4]:
            return True  # "…, the Guards admitted on Saturday, a day after talks had ended"
        if after >= end - 2 or tree.ent[after + 1] not in ("DATE", "TIME"):
            return False
        near = range(after + 2, min(after + 5, end))  # "…, he said, a year after rebels stormed it"
        return any(tree.lower[j] in ("after", "before") and tree.dep[j] == "mark" for j in near)

    def _cites(self, i: int) -> bool:
        found = self._lexicon.find(self._tree.lemma[i], "verb", "that")
        return self._tree.lemma[i] in self._words.citing or (found is not None and found.holder == "subject")

    def _high(self, low: int, first: int, after: int, end: int) -> int:
        tree = self._tree
        high = next((j - 1 for j in range(after, end) if tree.text[j] == ";"), end - 1)
        dashes = [j for j in range(after, high) if tree.text[j] in _DASHES]
        if len(dashes) == 1:  # "…, UN experts say, … – an allegation which Kigali denies"
            high = dashes[0] - 1
        contrasts = self._words.contrasts | {"even"}  # ", even if"
        commas = (j for j in range(after, high) if tree.text[j] == "," and tree.lower[j + 1] in contrasts)
        shifted = not _SHIFTED.isdisjoint(tree.lower[low:first])
        return next((j for j in commas if not self._goes_on(j + 1, shifted=shifted)), high)

    def _contrast_before(self, low: int, first: int) -> int:
        """ "The town is calm, but the army, he said, has left": where an aside's clause begins that has a contrast."""
        tree = self._tree
        joints = (j for j in range(first - 2, low, -1) if tree.text[j] == "," and tree.lower[j + 1] == "but")
        joint = next(joints, low)
        clause = any(tree.tag[j] in _FINITE for j in range(low, joint))
        whole = not any(tree.tag[j] in _FINITE for j in range(joint + 1, first))
        return joint if clause and whole else low

    def _goes_on(self, contrast: int, *, shifted: bool) -> bool:
        """ "…, he said, but it would not", "but because it had": whether the words behind the contrast are his too."""
        tree = self._tree
        words = range(contrast + 1, min(contrast + 4, len(tree.text)))
        if tree.tag[contrast + 1 : contrast + 2] == ["IN"] and tree.lower[contrast] == "but":
            return tree.dep[contrast + 1] in ("mark", "prep")
        back = next((j for j in words if tree.lower[j] in _SHIFTED), None) if shifted else None
        if back is None or tree.lemma[tree.head[back]] in self._words.unwilling:  # "but would not say why"
            return False
        return all(tree.tag[j] in _SHORT for j in range(words[0], back))
