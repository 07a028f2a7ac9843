"""Which event type a clause tells: its closest frame, then what tense, negation and embedding make of it.

PLOVER's rules (codebook of 2024): what is promised is AGREE, what is threatened THREATEN, what is refused REJECT.
"""

from __future__ import annotations

from dataclasses import replace
from weakref import proxy

from triplomat.ontology.lexicon import Lexicon

from .candidates import COOPERATIVE, HARMFUL, YIELDING, Draft, promised, reversed_type
from .casting import Casting
from .clauses import Clause
from .factuality import Factuality
from .frames import Match, Matcher
from .linking import References
from .tree import Tree

_MODAL = ("will", "'ll", "wo", "shall", "’ll", "would", "'d", "’d", "gonna")


class Typing(Casting):
    """Types the clauses of one article; what it works out about a clause it keeps."""

    def __init__(self, tree: Tree, references: References, lexicon: Lexicon) -> None:
        super().__init__(tree, references, lexicon)
        own = proxy(self)  # no circle, so that what an article needs goes with it
        self._matcher = Matcher(tree, self._parties, lexicon, lambda i: own._inner_type(i))
        self._drafts: dict[int, Draft | None] = {}

    def matches(self, clause: Clause) -> list[Match]:
        """The frames that fit a clause, the closest first."""
        return self._matcher.matches(clause)

    def _inner_type(self, i: int) -> str | None:
        draft = self._inner(i)
        return draft.type if draft is not None else None

    def _inner(self, i: int) -> Draft | None:
        """What the clause at predicate i tells, for whoever embeds it."""
        if i not in self._drafts:
            self._drafts[i] = None  # breaks circles
            draft = self._draft(self._clause(i), None)
            if draft is None or (draft.type is None and self._lexicon.in_class("transparent", (self._tree.lemma[i],))):
                below = next(
                    (kid for kid in self._tree.kids_of(i, "xcomp", "dobj") if self._tree.pos[kid] == "VERB"), None
                )
                draft = (self._inner(below) if below is not None else None) or draft
            self._drafts[i] = draft
        return self._drafts[i]

    def _draft(self, clause: Clause, factuality: Factuality | None) -> Draft | None:
        matches = self._matcher.matches(clause)
        if not matches:
            return None
        match = matches[0]
        frame = match.frame
        steps = [f"{frame.source}: {match.entry!r} as {frame.kind} fits best ({match.score:.2f})"]
        kind, mode, weight = frame.type, frame.mode, frame.weight
        inner = (
            self._inner(match.complement.head.i)
            if match.complement is not None and match.complement.role == "clause"
            else None
        )
        if "event" in frame.complement and inner is not None and frame.type == "AGREE":
            kind, mode = promised(inner.type, inner.mode)
            weight = max(weight, 0.95 * inner.weight)
            steps.append(f"what is intended is {inner.type}: {kind}")
        elif frame.type == "AGREE" and inner is not None and inner.type in HARMFUL and self._vows(clause, match):
            kind, mode = promised(inner.type, inner.mode)
            steps.append(f"what is promised is {inner.type}: {kind}")
        elif frame.type == "THREATEN" and mode is None and inner is not None and inner.type in HARMFUL:
            mode = promised(inner.type, inner.mode)[1]
        ended = self._ended(clause)
        if ended is not None and (match.score < 4.5 or kind is None):
            kind, mode = ended
            weight = 0.7
            steps.append(f"what it ends makes it {kind}")
        return Draft(kind, mode, frame.relation, match, weight, tuple(steps))

    def _vows(self, clause: Clause, match: Match) -> bool:
        return self._lexicon.in_class("vows", (match.entry, clause.lemma))

    def _ended(self, clause: Clause) -> tuple[str, str | None] | None:
        """ "Stopped shelling", "ceased sending aid": the reverse of what was done."""
        if clause.kind != "verb" or not self._lexicon.in_class("ending", (clause.lemma,)):
            return None
        for part in clause.of_role("clause"):
            if self._tree.tag[part.head.i] == "VBG" and part.preposition in (None, "from"):
                return reversed_type(self._inner_type(part.head.i))
        return None

    def _settled(self, clause: Clause, draft: Draft, factuality: Factuality) -> Draft:
        """The type after tense and negation."""
        kind, steps = draft.type, list(draft.steps)
        if kind is None:
            return draft
        if kind == "ASSAULT" and self._riots(clause, draft):
            kind = "PROTEST"
            steps.append("a crowd's violence against things: PROTEST")
            draft = replace(
                draft, type=kind, mode="vandalize" if draft.mode == "destroy" else "riot", steps=tuple(steps)
            )
        modal = self._future(clause)
        ability = any(self._tree.lower[verb.i] in ("can", "ca", "could") for verb in clause.verbs)
        if clause.negated:
            if kind in COOPERATIVE | YIELDING | {"AGREE"} and (
                modal or ability or kind in ("AGREE", "SUPPORT", "CONCEDE")
            ):
                steps.append(f"negated {kind}: REJECT")
                return replace(draft, type="REJECT", mode=None, weight=draft.weight * 0.9, steps=tuple(steps))
            return replace(draft, weight=draft.weight * 0.7)
        if modal and self._unless(clause) and (kind in HARMFUL | YIELDING or kind == "REJECT"):
            steps.append("announced unless …: THREATEN")
            return replace(draft, type="THREATEN", mode=promised(kind, draft.mode)[1], steps=tuple(steps))
        if modal and kind not in ("AGREE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"):
            if kind in YIELDING and factuality.source is None:
                kind, mode = "CONCEDE", None
            else:
                kind, mode = promised(kind, draft.mode)
            steps.append(f"in the future: {kind}")
            return replace(draft, type=kind, mode=mode, steps=tuple(steps))
        return draft

    def _future(self, clause: Clause) -> bool:
        """Whether the clause's own verbs put it into the future; "would" only where somebody reports it."""
        tree = self._tree
        for verb in clause.verbs:
            if verb.i == clause.head.i:
                continue
            word = tree.lower[verb.i]
            if word in _MODAL:
                return word not in ("would", "'d", "’d") or self._reported(clause.head.i)
        i = clause.head.i
        head, marked = tree.head[i], any(tree.lower[kid] == "to" and tree.dep[kid] == "aux" for kid in tree.kids[i])
        if marked and tree.dep[i] == "ROOT":
            return True  # a headline: "Bern to adopt"
        return tree.dep[i] == "xcomp" and (
            (tree.lemma[head] == "be" and marked) or (tree.lemma[head] == "go" and tree.tag[head] == "VBG")
        )

    def _riots(self, clause: Clause, draft: Draft) -> bool:
        """Whether demonstrators smash, throw or burn, or anybody does "in protest"; killing is no riot."""
        if draft.mode not in (None, "destroy", "primitive", "beat") or draft.relation in (
            "kills",
            "injures",
            "invades",
        ):
            return False
        tree = self._tree
        if any(self._lexicon.in_class("rioters", self._matcher.keys(part.head.i)) for part in clause.actors):
            return True
        return any(part.preposition == "in" and tree.lemma[part.head.i] == "protest" for part in clause.parts)

    def _unless(self, clause: Clause) -> bool:
        tree = self._tree
        return any(
            tree.lower[mark] == "unless"
            for kid in tree.kids_of(clause.head.i, "advcl")
            for mark in tree.kids_of(kid, "mark")
        )

    def _reported(self, i: int) -> bool:
        tree = self._tree
        while tree.dep[i] == "conj":
            i = tree.head[i]
        head = tree.head[i]
        if tree.dep[i] in ("ccomp", "parataxis") and self._lexicon.in_class("reporting", (tree.lemma[head],)):
            return True
        return any(
            tree.dep[kid] in ("ccomp", "parataxis") and self._lexicon.in_class("reporting", (tree.lemma[kid],))
            for kid in tree.kids[i]
        )
