"""A parsed Doc as plain lists (heads, labels, tags, lemmas, children), because rules look at tokens far more often
than spaCy's Token objects can answer quickly.

Indices are token indices of the Doc. Labels are those of the English models of spaCy 3 (ClearNLP's).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import accumulate
from operator import add
from sys import intern
from typing import TYPE_CHECKING

from spacy.strings import StringStore
from spacy.tokens import Doc, Span, Token

from triplomat.values import value

from .columns import Columns, Heads
from .mending import mend
from .resuming import resume

if TYPE_CHECKING:
    from .quotations import Quotation

_COLUMNS = ("HEAD", "DEP", "TAG", "POS", "LEMMA", "LOWER", "ORTH", "ENT_TYPE", "SPACY", "SENT_START")
_MOST_NAMES = 50_000


class Tree:
    """The dependency trees of all sentences of a Doc; `kids[i]` are the children of token i from left to right.

    `string` is the Doc's text; token i stands in it from `starts[i]` up to `ends[i]`. `sentences` are the first tokens
    of the sentences.
    """

    __slots__ = (
        *("_high", "_low", "chains", "dep", "doc", "ends", "ent", "head", "kids", "lemma", "lower"),
        *("negations", "passives", "phrases", "pos", "quotations", "sentences", "starts", "string", "subjects"),
        *("tag", "text"),
    )

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.phrases: dict[int, tuple[int, int]] = {}  # what `phrases.phrase` has found
        self.chains: dict[int, list[int]] = {}  # what `clauses.verb_chain` has found
        self.negations: dict[int, bool] = {}  # what `clauses.is_negated` has found
        self.passives: dict[int, bool] = {}  # what `passives.is_passive` has found
        self.subjects: dict[int, int | None] = {}  # what `subjects.Subjects` has found
        self.quotations: tuple[Quotation, ...] | None = None  # what `quotations.quotations` has found
        self._low: list[int] = []
        self._high: list[int] = []
        name, lowered = _names_of(doc.vocab.strings)
        columns = doc.to_array([*_COLUMNS]).reshape(-1, len(_COLUMNS)).T
        offsets = columns[0].astype("int64").tolist()  # from a token to its head
        heads = Heads(map(add, range(len(offsets)), offsets))
        self.dep, self.tag, self.pos = (list(map(name.__getitem__, columns[k].tolist())) for k in (1, 2, 3))
        self.lemma = list(map(lowered.__getitem__, columns[4].tolist()))
        self.lower, self.text, self.ent = (list(map(name.__getitem__, columns[k].tolist())) for k in (5, 6, 7))
        spaced = [text + " " if space else text for text, space in zip(self.text, columns[8].tolist(), strict=True)]
        self.string = "".join(spaced)
        self.starts = [0, *accumulate(map(len, spaced))][: len(spaced)]
        self.ends = list(map(add, self.starts, map(len, self.text)))
        self.sentences = [i for i, mark in enumerate(columns[9].tolist()) if i == 0 or mark == 1]
        parse = Columns(heads, self.dep, self.tag, self.pos, self.lower, self.ent, self.sentences, self.lemma)
        mend(parse)
        resume(parse, self.lemma)
        self.head: list[int] = [*heads]
        self.kids: list[tuple[int, ...]] = heads.below

    def kids_of(self, i: int, *deps: str) -> list[int]:
        """The children of token i that carry one of the labels, from left to right."""
        kids = self.kids[i]
        if not kids:
            return []
        dep = self.dep
        return [kid for kid in kids if dep[kid] in deps]

    def first(self, i: int, *deps: str) -> int | None:
        """The leftmost child of token i that carries one of the labels."""
        dep = self.dep
        for kid in self.kids[i]:
            if dep[kid] in deps:
                return kid
        return None

    def qualities(self, i: int) -> set[str]:
        """The words before noun i that tell of which kind it is: "central" of a central bank."""
        return {self.lower[kid] for kid in self.kids_of(i, "amod", "compound", "nmod")}

    def subtree(self, i: int) -> list[int]:
        """Token i and all that hangs below it, in sentence order."""
        found = [i]
        for node in found:
            found.extend(self.kids[node])
        return sorted(found)

    def edges(self, i: int) -> tuple[int, int]:
        """The first and the last token of the subtree of token i."""
        if not self._low:
            self._low, self._high = self._reaches()
        return self._low[i], self._high[i]

    def _reaches(self) -> tuple[list[int], list[int]]:
        """How far the subtree of each token reaches to the left and to the right.

        Token by token from the left, a token is the leftmost of those above it that have none further left, and above
        the first that has one all have.
        """
        heads, size = self.head, len(self.head)
        low, high = list(range(size)), list(range(size))
        for i, head in enumerate(heads):
            while low[head] > i:
                low[head] = i
                head = heads[head]
        for i in range(size - 1, -1, -1):
            head = heads[i]
            while high[head] < i:
                high[head] = i
                head = heads[head]
        return low, high

    def ancestors(self, i: int) -> Iterator[int]:
        """The head of token i, that one's head, and so on to the root."""
        while self.head[i] != i:
            i = self.head[i]
            yield i

    def conjuncts(self, i: int) -> list[int]:
        """Token i and all that is coordinated with it, i first, each once, in sentence order."""
        found = [i]
        kids, dep = self.kids, self.dep
        for node in found:
            for kid in kids[node]:
                if dep[kid] == "conj":
                    found.append(kid)
        return found

    def quote(self, first: int, last: int) -> str:
        """The text from token `first` to token `last`, both included."""
        return self.string[self.starts[first] : self.ends[last]]

    def sentence(self, i: int) -> tuple[int, int]:
        """The sentence that token i stands in: its first token, and the one after its last."""
        number = bisect_right(self.sentences, i)
        return self.sentences[number - 1], self.sentences[number] if number < len(self.sentences) else len(self.text)

    def begins(self, i: int) -> bool:
        """Whether a sentence begins with token i."""
        return self.sentence(i)[0] == i

    def stretch(self, first: int, last: int) -> Stretch:
        """The stretch from token `first` to token `last`, both included."""
        return Stretch(self, first, last + 1)

    def span(self, first: int, last: int) -> Span:
        """The span from token `first` to token `last`, both included."""
        return Span(self.doc, first, last + 1) if 0 <= first <= last else self.doc[first : last + 1]


@value
class Stretch:
    """The tokens of a tree from `start` up to `end`: a Span that is made when its root is asked for."""

    tree: Tree
    start: int
    end: int

    @property
    def root(self) -> Token:
        return self.tree.span(self.start, self.end - 1).root

    @property
    def text(self) -> str:
        return self.tree.quote(self.start, self.end - 1)


class _Names(dict[int, str]):
    """Strings by their keys, each made once; all are forgotten when they become too many."""

    def __init__(self, make: Callable[[int], str]) -> None:
        self._make = make

    def __missing__(self, key: int) -> str:
        if len(self) == _MOST_NAMES:
            self.clear()
        found = self[key] = intern(self._make(key))
        return found


@lru_cache(maxsize=2)
def _names_of(strings: StringStore) -> tuple[_Names, _Names]:
    """The strings of a model, as they are and in lower case: most words of an article stood in others before."""
    names = _Names(strings.__getitem__)
    return names, _Names(lambda key: names[key].lower())
