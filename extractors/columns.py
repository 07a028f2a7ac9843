"""A parse as lists that repairs write to, and the few questions that they ask of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from triplomat.values import value

FINITE = frozenset({"VBD", "VBZ", "VBP"})
CONJUNCTIONS = frozenset({"as", "after", "before", "since", "until", "till"})  # each a preposition too
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_HELPING = frozenset({"aux", "auxpass", "neg", "advmod"})
_REACH = 60


class Heads(list[int]):
    """The token that each token hangs on; `below[i]` are those that hang on token i, from left to right."""

    __slots__ = ("below",)

    def __init__(self, heads: Iterable[int]) -> None:
        super().__init__(heads)
        self.below: list[tuple[int, ...]] = [()] * len(self)
        found: dict[int, list[int]] = {}
        for i, head in enumerate(self):
            if head == i:
                continue
            if head in found:
                found[head].append(i)
            else:
                found[head] = [i]
        for head, below in found.items():
            self.below[head] = tuple(below)

    def __setitem__(self, i: int, head: int) -> None:  # type: ignore[override]
        before, below = self[i], self.below
        super().__setitem__(i, head)
        if before != i:
            below[before] = tuple([kid for kid in below[before] if kid != i])
        if head != i:
            below[head] = tuple(sorted((*below[head], i)))


@value
class Columns:
    """A parse as lists; a repair writes to all but `lower` and `ent`.

    `begins` holds the sentences' first tokens.
    """

    head: Heads
    dep: list[str]
    tag: list[str]
    pos: list[str]
    lower: Sequence[str]
    ent: Sequence[str]
    begins: list[int]
    lemma: list[str]


def kids_of(parse: Columns, i: int) -> list[int]:
    """The children of token i that stand near it."""
    return [kid for kid in parse.head.below[i] if -_REACH <= kid - i < _REACH]


def group_start(parse: Columns, i: int) -> int:
    """The first token of a verb with the auxiliaries and adverbs right before it."""
    while i > 0 and parse.dep[i - 1] in _HELPING and parse.head[i - 1] >= i and parse.head[i - 1] - i < 5:
        i -= 1
    return i


def hang(parse: Columns, i: int, head: int, dep: str) -> None:
    """Hangs token i on another."""
    parse.head[i], parse.dep[i] = head, dep


def verb_above(parse: Columns, i: int) -> int | None:
    """The verb that token i belongs to."""
    for _ in range(12):
        if parse.pos[i] in ("VERB", "AUX"):
            return i
        if parse.head[i] == i:
            return None
        i = parse.head[i]
    return None


def takes_place(parse: Columns, i: int, other: int) -> None:
    """Hangs token i where another token hangs; a root's place is to be one."""
    parse.head[i], parse.dep[i] = (i if parse.head[other] == other else parse.head[other]), parse.dep[other]


def main_verb_above(parse: Columns, i: int) -> int | None:
    """The finite verb that token i belongs to: "threatens" in "threatens to cut exports as talks falter"."""
    verb = verb_above(parse, i)
    while verb is not None and parse.dep[verb] == "xcomp" and parse.tag[verb] in ("VB", "VBG"):
        above = verb_above(parse, parse.head[verb])
        if above is None or above == verb:
            break
        verb = above
    return verb
