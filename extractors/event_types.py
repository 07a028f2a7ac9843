"""Which event type a clause tells: its closest frame, then what tense, negation and embedding make of it.

PLOVER's rules (codebook of 2024): what is promised is AGREE, what is threatened THREATEN, what is refused REJECT.
"""

from __future__ import annotations

from dataclasses import replace
from weakref import proxy

from triplomat.ontology.lexicon import Lexicon

from .candidates import COOPERATIVE, HARMFUL, YIELDING, Draft, promised, reversed_type
from .casting import Casting
from .clauses import Clause, verb_chain
from .factuality import Factuality
from .frames import Match, Matcher
from .linking import References
from .parties import key
from .tree import Tree

_MODAL = frozenset({"will", "'ll", "wo", "shall", "’ll", "would", "'d", "’d", "gonna"})
_VERBAL = frozenset({"AGREE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
# negated, these are REJECT; the others only where somebody won't or can't
_REFUSABLE = frozenset({"AGREE", "SUPPORT", "CONCEDE"})
_HARMERS = ("harmers", "weapons", "missiles", "attack", "fighting", "wmd")
_REJECTABLE = COOPERATIVE | YIELDING


class Typing(Casting):
    """Types the clauses of one article; what it works out about a clause it keeps."""

    def __init__(self, tree: Tree, references: References, lexicon: Lexicon) -> None:
        super().__init__(tree, references, lexicon)
        own = proxy(self)  # no circle, so that what an article needs goes with it
        self._matcher = Matcher(tree, self._parties, lexicon, lambda i: own._inner_type(i))
        self._drafts: dict[int, Draft | None] = {}
        self._drawn: dict[int, Draft | None] = {}
        self._drawn_nouns: dict[int, Draft | None] = {}

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
            draft = self._draft(self._clause(i))
            if draft is None or (draft.type is None and self._tree.lemma[i] in self._classes["transparent"]):
                below = next(
                    (kid for kid in self._tree.kids_of(i, "xcomp", "dobj") if self._tree.pos[kid] == "VERB"), None
                )
                draft = (self._inner(below) if below is not None else None) or draft
            self._drafts[i] = draft
        return self._drafts[i]

    def _draft(self, clause: Clause) -> Draft | None:
        """What a clause tells by its closest frame, before tense and negation."""
        drawn, i = self._drawn_nouns if clause.kind == "noun" else self._drawn, clause.i
        if i in drawn:
            return drawn[i]
        match = self._matcher.closest(clause)
        draft = drawn[i] = None if match is None else self._draw(clause, match)
        return draft

    def _draw(self, clause: Clause, match: Match) -> Draft:
        frame = match.frame
        first = ("{}: {!r} as {} fits best ({:.2f})", frame.source, match.entry, frame.kind, match.score)
        draft = Draft(frame.type, frame.mode, frame.relation, match, frame.weight, (first,))
        if frame.type in ("AGREE", "THREATEN") and match.complement is not None:
            draft = self._of_complement(clause, draft)
        if frame.relation == "warns" and self._only_informs(clause):
            draft = _turned(draft, None, None, "what is so already is no threat: no event")
            draft = replace(draft, weight=1.0)
        if clause.lemma in self._classes["ending"]:
            ended = self._ended(clause)
            if ended is not None and (match.score < 4.5 or draft.type is None):
                draft = replace(_turned(draft, *ended, "what it ends makes it {}", ended[0]), weight=0.7)
        return draft

    def _only_informs(self, clause: Clause) -> bool:
        """ "Warned that the rebels were building drones": of what is so, or has come about, nobody threatens."""
        tree = self._tree
        said = [part.i for part in clause.of_role("clause") if tree.tag[part.i] != "VB" or not self._marked(part.i)]
        return bool(said) and not any(
            ("MD" in [tree.tag[verb] for verb in verb_chain(tree, i)] and not self._only_comes_about(i))
            or (tree.tag[i] in ("VB", "VBG") and not tree.kids_of(i, "aux"))
            or self._conditional(i)
            for i in said
        )

    def _only_comes_about(self, i: int) -> bool:
        """ "A dispute would benefit nobody": what a thing will do that harms nobody by force."""
        doers, first_last = self._clause(i).actors, self._tree.edges(i)
        words = self._tree.lemma[first_last[0] : first_last[1] + 1]
        passive = self._clause(i).passive
        if passive or not doers or any(self._can_act(part.i) for part in doers) or self._inner_type(i) in HARMFUL:
            return False
        return not self._lexicon.in_class("consequences", words)

    def _of_complement(self, clause: Clause, draft: Draft) -> Draft:
        """What is agreed on or threatened is what the complement tells."""
        match, frame = draft.match, draft.match.frame
        embedded = match.complement
        inner = self._inner(embedded.i) if embedded is not None and embedded.role == "clause" else None
        if inner is None or (embedded is not None and self._clause(embedded.i).negated):
            return draft  # "promised never to impose sanctions"
        kind, mode = promised(inner.type, inner.mode)
        if frame.type == "AGREE" and "event" in frame.complement:
            draft = _turned(draft, kind, mode, "what is intended is {}: {}", inner.type, kind)
            return replace(draft, weight=max(draft.weight, 0.95 * inner.weight))
        if frame.type == "AGREE" and inner.type in HARMFUL and self._vows(clause, match):
            return _turned(draft, kind, mode, "what is promised is {}: {}", inner.type, kind)
        if frame.type == "THREATEN" and draft.mode is None and inner.type in HARMFUL:
            return replace(draft, mode=mode)
        return draft

    def _vows(self, clause: Clause, match: Match) -> bool:
        return match.entry in self._classes["vows"] or clause.lemma in self._classes["vows"]

    def _ended(self, clause: Clause) -> tuple[str, str | None] | None:
        """ "Stopped shelling", "ceased sending aid": the reverse of what was done."""
        if clause.kind != "verb":
            return None
        for part in clause.of_role("clause"):
            if self._tree.tag[part.i] == "VBG" and part.preposition in (None, "from"):
                return reversed_type(self._inner_type(part.i))
        return None

    def _settled(self, clause: Clause, draft: Draft, factuality: Factuality) -> Draft:
        """The type after tense and negation."""
        kind = draft.type
        if kind is None:
            return draft
        if kind == "ASSAULT" and self._riots(clause, draft):
            kind, how = "PROTEST", "vandalize" if draft.mode == "destroy" else "riot"
            draft = _turned(draft, kind, how, "a crowd's violence against things: PROTEST")
        if kind == "ASSAULT" and not self._able_to_harm(clause):
            return _turned(draft, None, None, "what does it harms by accident: no event")
        if kind == "ASSAULT" and clause.negated and clause.lemma in self._classes["avowing"]:
            return _turned(draft, None, None, "nobody says that he did it: no event")
        if kind == "THREATEN" and self._only_planned(clause, factuality):
            return _turned(draft, None, None, "who is said to plan it threatens nobody: no event")
        if kind in ("RETREAT", "MOBILIZE") and not clause.passive and self._are_goods(clause):
            return _turned(draft, None, None, "goods neither leave nor deploy: no event")
        modal = self._future(clause)
        if modal and kind in HARMFUL and clause.actors and not any(self._can_act(part.i) for part in clause.actors):
            return _turned(draft, None, None, "what a thing will do is no threat: no event")
        if clause.negated:
            if kind in _REFUSABLE or (kind in _REJECTABLE and (modal or self._able(clause))):
                draft = _turned(draft, "REJECT", None, "negated {}: REJECT", kind)
                return replace(draft, weight=draft.weight * 0.9)
            return replace(draft, weight=draft.weight * 0.7)
        if modal and (kind in HARMFUL or kind in YIELDING or kind == "REJECT") and self._unless(clause):
            return _turned(draft, "THREATEN", promised(kind, draft.mode)[1], "announced unless …: THREATEN")
        if modal and kind not in _VERBAL:
            conceded = kind in YIELDING and factuality.source is None
            told, mode = ("CONCEDE", None) if conceded else promised(kind, draft.mode)
            return _turned(draft, told, mode, "in the future: {}", told)
        return draft

    def _are_goods(self, clause: Clause) -> bool:
        """ "A third of the copper leaves the country": goods that are no weapons."""
        lexicon, lemma = self._lexicon, self._tree.lemma
        things = [lemma[self._counted(part.i)] for part in clause.actors]
        return bool(things) and all(
            lexicon.kind_of(one) == "Commodity" and not lexicon.in_class("weapons", (one,)) for one in things
        )

    def _counted(self, i: int) -> int:
        """ "A third of the copper": what there is a part or a number of, else token i itself."""
        tree = self._tree
        behind = (thing for prep in tree.kids_of(i, "prep") for thing in tree.kids_of(prep, "pobj"))
        return next(behind, i) if tree.lower[i + 1 : i + 2] == ["of"] else i

    def _able_to_harm(self, clause: Clause) -> bool:
        """Whether somebody acts, or what people harm with: a shell, a raid, not trawling or a drought."""
        harmers = self._lexicon.union(_HARMERS)
        return not clause.actors or any(
            self._can_act(part.i) or not harmers.isdisjoint(self._matcher.keys(part.i)) for part in clause.actors
        )

    def _only_planned(self, clause: Clause, factuality: Factuality) -> bool:
        """ "Accused of plotting a coup", "said they were planning raids": what others say of a plan warns nobody."""
        if clause.lemma not in self._classes["planning"]:
            return False
        if factuality.source is None:
            return factuality.modality == "possible"
        speakers = {key(one) for one in self._parties.of(factuality.source.root.i)}
        planners = {key(one) for one in self._named(clause.actors)}
        return not speakers or speakers.isdisjoint(planners)

    def _able(self, clause: Clause) -> bool:
        lower = self._tree.lower
        return any(lower[verb] in ("can", "ca", "could") for verb in clause.chain)

    def _future(self, clause: Clause) -> bool:
        """Whether the clause's own verbs put it into the future; "would" only where somebody reports it."""
        tree, i = self._tree, clause.i
        for verb in clause.chain:
            word = tree.lower[verb]
            if word in _MODAL and verb != i:
                return word not in ("would", "'d", "’d") or self._reported(i)
        if tree.dep[i] == "ROOT":
            return self._marked(i)  # a headline: "Bern to adopt"
        if tree.dep[i] != "xcomp":
            return False
        head = tree.head[i]
        return (tree.lemma[head] == "be" and self._marked(i)) or (tree.lemma[head] == "go" and tree.tag[head] == "VBG")

    def _marked(self, i: int) -> bool:
        """Whether the verb at token i is an infinitive with "to"."""
        tree = self._tree
        return "to" in [tree.lower[kid] for kid in tree.kids[i] if tree.dep[kid] == "aux"]

    def _riots(self, clause: Clause, draft: Draft) -> bool:
        """Whether demonstrators smash, throw or burn, or anybody does "in protest"; killing is no riot."""
        if draft.mode not in (None, "destroy", "primitive", "beat") or draft.relation in (
            "kills",
            "injures",
            "invades",
        ):
            return False
        tree = self._tree
        rioters = self._classes["rioters"]
        if not all(rioters.isdisjoint(self._matcher.keys(part.i)) for part in clause.actors):
            return True
        return any(part.preposition == "in" and tree.lemma[part.i] == "protest" for part in clause.parts)

    def _unless(self, clause: Clause) -> bool:
        tree = self._tree
        return any(
            tree.lower[mark] == "unless"
            for kid in tree.kids_of(clause.i, "advcl")
            for mark in tree.kids_of(kid, "mark")
        )

    def _reported(self, i: int) -> bool:
        tree, reporting = self._tree, self._classes["reporting"]
        while tree.dep[i] == "conj":
            i = tree.head[i]
        if tree.dep[i] in ("ccomp", "parataxis") and tree.lemma[tree.head[i]] in reporting:
            return True
        return any(tree.lemma[kid] in reporting for kid in tree.kids_of(i, "ccomp", "parataxis"))


def _turned(draft: Draft, kind: str | None, mode: str | None, template: str, *values: str | None) -> Draft:
    """The draft of another type, with the step that says why."""
    return Draft(kind, mode, draft.relation, draft.match, draft.weight, (*draft.steps, (template, *values)))
