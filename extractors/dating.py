"""The time expressions of a sentence → the predicates whose events they date."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace

from triplomat.ontology.units import load_units

from .parts import Part
from .phrases import phrase
from .statement import Sentence
from .times import TimeExpression, find_times
from .tree import Tree

_NAMED = frozenset({"DATE", "TIME"})
_TEMPORAL = frozenset(
    {None, "in", "on", "at", "since", "until", "till", "for", "during", "by", "from", "over", "within"}
)
_AROUND = _TEMPORAL | {"before", "after"}
_LIMITS = frozenset({"since", "until", "till", "by", "before", "after", "from", "through"})
_SPANS, _HOURS = load_units().spans, load_units().hours
_APART = frozenset({"after", "before"})
_BESIDE = frozenset({"since", "after", "before", "until", "till", "despite", "following", "because"})
_MEASURING = _APART | {"of"}


class Dates:
    """The times of one sentence: by the predicate that they date, and by the tokens that they stand at."""

    def __init__(self, tree: Tree, sentence: Sentence, *, published: str | None) -> None:
        self._tree = tree
        self._dated: dict[int, list[TimeExpression]] = {}
        self._barred: set[tuple[int, int]] = set()
        self._places: list[tuple[int, int, TimeExpression]] = []
        dated: list[tuple[bool, int, TimeExpression]] = []
        shared: list[tuple[int, TimeExpression]] = []
        covered = 0  # up to where the text belongs to a time that is counted from an event
        for time in find_times(sentence.text, published=published):
            shifted = replace(time, start=time.start + sentence.start, end=time.end + sentence.start)
            if shifted.start < covered:
                continue
            first, last = bisect_right(tree.starts, shifted.start) - 1, bisect_left(tree.starts, shifted.end) - 1
            if tree.lower[last] in _APART and tree.dep[last] == "mark":
                continue  # "spent a week there before it began"
            if (end := self._reckoned_from(last)) is not None:
                last, covered = end, tree.ends[end]
                shifted = replace(shifted, text=tree.quote(first, last), end=covered, value=None)
            root = tree.span(first, last).root.i
            measured = self._measured(root, last, shifted)
            if measured is None:
                self._places.append((first, last, shifted))
            for i in self._dated_by(root) if measured is None else measured:
                if self._is_long_past(i, shifted, published):
                    self._barred.add((i, shifted.start))
                    continue
                dated.append((tree.dep[root] == "poss" or self._is_noun_s(root, i), i, shifted))
            shared += ((i, shifted) for i in self._dated_too(root) if measured is None)
        for owning, i, time in sorted(dated, key=lambda one: one[0]):
            if not owning or tree.pos[i] not in ("VERB", "AUX") or self._is_undated(i):
                self._dated.setdefault(i, []).append(time)  # "on Saturday claimed Thursday's vote" is of Saturday
        for i, time in shared:
            if self._is_undated(i):
                self._dated.setdefault(i, []).insert(0, time)

    def _is_undated(self, i: int) -> bool:
        """Whether a predicate has no date of its own; a duration is none."""
        return all((own.value or "").startswith("P") for own in self._dated.get(i, []))

    def of(self, i: int) -> list[TimeExpression]:
        """The times of the event whose predicate is token i."""
        return self._dated.get(i, [])

    def is_barred(self, i: int, time: TimeExpression) -> bool:
        """Whether a time can't date the predicate at token i, though it stands beside it."""
        return (i, time.start) in self._barred

    def bound(self, time: TimeExpression) -> str | None:
        """The preposition that makes a time a limit: "since", "until", "by"; None where it is when something was."""
        tree = self._tree
        first = next((first for first, _, other in self._places if other is time), 0)
        return tree.lower[first - 1] if first and tree.lower[first - 1] in _LIMITS else None

    def at(self, i: int) -> TimeExpression | None:
        """The time expression that token i stands in, unless it only measures."""
        return next((time for first, last, time in self._places if first <= i <= last), None)

    def is_time(self, part: Part) -> bool:
        """Whether a complement says when, in words that name no day: "at night", not "at opening night"."""
        tree = self._tree
        if any(tree.tag[kid] in ("VBG", "NN") for kid in tree.kids_of(part.i, "amod", "compound")):
            return False
        if tree.first(part.i, "nummod") is not None and any(tree.lower[kid] == "of" for kid in tree.kids[part.i]):
            return False  # "three years of war"
        if part.role != "oblique" or part.preposition not in _AROUND:
            return False
        if part.preposition not in _TEMPORAL:
            return tree.lemma[part.i] in _HOURS
        named = tree.ent[part.i] in _NAMED and tree.pos[part.i] == "NOUN"
        rate = part.preposition is None and tree.lower[part.first] in ("a", "an") and tree.pos[part.first - 1] == "NOUN"
        return (named or tree.lemma[part.i] in _SPANS or tree.lemma[part.i] in _HOURS) and not rate

    def is_distance(self, part: Part) -> bool:
        """ "Days after it fell": how far two events lie apart dates neither."""
        tree, after = self._tree, part.last + 1
        if part.role != "oblique" or part.preposition is not None or after >= len(tree.lower):
            return False
        return tree.lower[after] in _APART and (tree.ent[part.i] in _NAMED or tree.lemma[part.i] in _SPANS)

    def _reckoned_from(self, last: int) -> int | None:
        """ "Three days before the release": the last token of what a time is counted from that ends with `last`."""
        tree = self._tree
        if tree.lower[last] not in _APART or last + 1 >= len(tree.lower):
            return None
        noun = tree.first(last, "pobj")
        return phrase(tree, noun)[1] if noun is not None and phrase(tree, noun)[0] == last + 1 else None

    def _measured(self, root: int, last: int, time: TimeExpression) -> list[int] | None:
        """What lasted as long as a duration that dates nothing: "two days of fighting", "days after"; else None."""
        tree = self._tree
        following = tree.lower[last + 1] if last + 1 < len(tree.lower) else ""
        if not (time.value or "").startswith("P") or following not in _MEASURING:
            return None
        lasted = [kid for prep in tree.kids_of(root, "prep") for kid in tree.kids_of(prep, "pobj", "pcomp")]
        return [node for kid in lasted for node in tree.conjuncts(kid)] if following == "of" else []

    def _dated_by(self, i: int) -> list[int]:
        """The predicates that a time expression dates."""
        tree = self._tree
        for j in tree.ancestors(i):
            if tree.tag[j] == "JJS" and tree.lower[tree.head[i]] in ("since", "in"):  # "the worst since 2017"
                return []
            if tree.dep[j] == "advmod" and tree.lower[j] in ("up", "down"):  # "up from 3% in May"
                return []
            if tree.dep[j] == "appos":  # "the fund, its first request in ten years, agreed"
                return [j]
            if tree.pos[j] in ("VERB", "AUX"):
                return [j]
            if tree.pos[j] in ("NOUN", "PROPN") and tree.dep[j] in ("ROOT", "nsubj", "nsubjpass", "dobj", "pobj"):
                verb = next((k for k in tree.ancestors(j) if tree.pos[k] in ("VERB", "AUX")), None)
                return [j] if verb is None or self._is_beside(j) else [j, verb]
        return []

    def _is_beside(self, noun: int) -> bool:
        """ "In custody since his arrest in May": an event that is not the one that the verb tells."""
        tree = self._tree
        beside = tree.dep[noun] == "pobj" and tree.lower[tree.head[noun]] in _BESIDE
        return beside and not self._is_hour(noun)

    def _is_hour(self, noun: int) -> bool:
        """Whether a noun is itself a time, and no event: "before dawn on Friday"."""
        tree = self._tree
        return tree.ent[noun] in _NAMED or tree.lemma[noun] in _SPANS or tree.lemma[noun] in _HOURS

    def _is_long_past(self, verb: int, time: TimeExpression, published: str | None) -> bool:
        """ "Officials who tried in 2014 recall": a past year dates no present tense, unless that is "since" it."""
        tree, value = self._tree, time.value or ""
        if published is None or len(value) != 4 or not value < published[:4]:
            return False
        present = tree.tag[verb] in ("VBZ", "VBP") or (tree.tag[verb] == "VB" and tree.head[verb] == verb)
        present = present and tree.first(verb, "aux", "auxpass") is None
        return present and self.bound(time) is None

    def _is_noun_s(self, root: int, verb: int) -> bool:
        """Whether a time belongs to a noun below the verb: "on Monday jailed him for an attack in 2014"."""
        noun = next(iter(self._dated_by(root)), verb)
        return noun != verb and not self._is_hour(noun)

    def _dated_too(self, i: int) -> list[int]:
        """The predicates coordinated behind the one that a time expression before it dates."""
        own = self._dated_by(i)
        if len(own) != 1 or i > own[0] or self._tree.pos[own[0]] not in ("VERB", "AUX"):
            return []
        return [k for k in self._tree.conjuncts(own[0]) if k > own[0]]
