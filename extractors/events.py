"""A clause → the PLOVER events that it tells; the lexicon proposes, PLOVER's rules decide.

Type comes from the frame that fits closest; then from tense and negation (what is promised is AGREE, what is threatened
THREATEN, what is refused REJECT); parties from the places that the frame names; confidence from the frame, the depth
of the clause in its sentence, and how clear the parties are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from spacy.tokens import Span

from triplomat.ontology.lexicon import Lexicon
from triplomat.ontology.plover import load_plover

from .clauses import Clause, Part, verbal_clause
from .factuality import Factuality
from .frames import Match, Matcher
from .linking import References
from .parties import PLACES, Parties, Party, at_home, key
from .subjects import Subjects
from .tree import Tree

COOPERATIVE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
YIELDING = frozenset({"CONCEDE", "RETREAT"})
HARMFUL = frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
# relations that hold in both directions: with their partner, all parties are actors
MUTUAL = frozenset(
    "meets negotiatesWith consultsWith discusses agreesWith agreesTo signs ratifies hasRelationsWith cooperatesWith "
    "exercisesWith tradesWith exchangesWith fights alliedWith isAtWarWith telephones".split()
)
DEFAULT_RECIPIENT = {
    "AGREE": ("to", "with", "object", "indirect", "theme", "clause"),
    "CONSULT": ("with", "object", "to", "theme"),
    "SUPPORT": ("object", "to", "with", "theme", "for", "clause"),
    "CONCEDE": ("to", "with", "theme", "on", "for"),
    "COOPERATE": ("with", "to", "theme"),
    "AID": ("indirect", "to", "for", "object", "theme", "in"),
    "RETREAT": ("to", "from", "theme"),
    "REQUEST": ("object", "of", "from", "with", "to", "clause", "theme"),
    "ACCUSE": ("object", "with", "against", "for", "theme", "of"),
    "REJECT": ("theme", "of", "from", "to", "by", "with"),
    "THREATEN": ("object", "against", "to", "with", "theme", "clause"),
    "PROTEST": ("against", "at", "over", "theme", "in", "self"),
    "SANCTION": ("object", "on", "against", "to", "with", "from", "theme"),
    "MOBILIZE": ("against", "in", "on", "near", "to", "theme"),
    "COERCE": ("object", "theme", "from", "in", "self"),
    "ASSAULT": ("object", "against", "on", "at", "in", "theme"),
}
_DOMESTIC = frozenset({"REQUEST", "ACCUSE", "THREATEN", "SUPPORT", "CONCEDE", "PROTEST", "COERCE", "ASSAULT"})
_THREAT_MODES = {
    "SANCTION": "relations",
    "ASSAULT": "violence",
    "MOBILIZE": "violence",
    "COERCE": "restrict",
    "arrest": "arrest",
    "deport": "expel",
    "expel": "expel",
}
_MODAL = ("will", "'ll", "wo", "shall", "’ll", "would", "'d", "’d", "gonna")
_DISAGREEMENT = 0.85  # what a candidate keeps where encoder and lexicon differ
_TRUST_ALONE = 0.6  # an encoder's probability that makes an event where the lexicon knows none
_UNLINKED, _NO_ACTOR, _NO_RECIPIENT = 0.55, 0.6, 0.88


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event (or, where `type` is None, only a relation) that a clause may tell.

    `proposals` are the types whose frames fit, with their shares; `features` say how the confidence came about;
    `explanation` tells it in words, step by step.
    """

    type: str | None
    mode: str | None
    contexts: tuple[str, ...]
    relation: str | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    theme: Span | None
    confidence: float
    proposals: tuple[tuple[str, float], ...] = ()
    features: tuple[tuple[str, float], ...] = ()
    explanation: tuple[str, ...] = ()

    @property
    def quad(self) -> str | None:
        return load_plover().quad(self.type) if self.type else None

    @property
    def score(self) -> float | None:
        return load_plover().score(self.type, self.mode) if self.type else None


@dataclass(frozen=True, slots=True)
class _Draft:
    """An event before confidence: what the frames and the rules have made of a clause."""

    type: str | None
    mode: str | None
    relation: str | None
    match: Match
    weight: float
    steps: tuple[str, ...]


class Coder:
    """Codes the clauses of one article; what it works out about a clause it keeps."""

    def __init__(self, tree: Tree, references: References, lexicon: Lexicon) -> None:
        self._tree = tree
        self._lexicon = lexicon
        self._parties = Parties(tree, references)
        self._subjects = Subjects(tree)
        self._matcher = Matcher(tree, self._parties, lexicon, self._inner_type)
        self._clauses: dict[int, Clause] = {}
        self._drafts: dict[int, _Draft | None] = {}

    def code(self, clause: Clause, factuality: Factuality) -> list[Candidate]:
        """The events of a clause, the most trusted first; at most one from its frame and one from its modal verb."""
        if clause.kind in ("apposition", "office", "possessive"):
            return []
        found = [self._obligation(clause, factuality), self._event(clause, factuality)]
        return sorted((one for one in found if one is not None), key=lambda one: (one.type is None, -one.confidence))

    def untyped(self, clause: Clause) -> Candidate | None:
        """Who acts on whom in a clause that no frame fits, for whoever can tell its type; None if nobody acts."""
        if clause.kind != "verb" or clause.negated:
            return None
        actors = _distinct(party for part in clause.actors for party in self._parties.of(part.head.i))
        own = {key(actor) for actor in actors}
        places = (*clause.patients, *clause.of_role("indirect"), *clause.of_role("oblique"))
        groups = (group for part in places for group in self._parties.groups(part.head.i))
        others = next((found for group in groups if (found := tuple(p for p in group if key(p) not in own))), ())
        if not actors and not others:
            return None
        return Candidate(None, None, self._contexts(clause), None, actors, _distinct(others), None, 0.0)

    def depth(self, clause: Clause) -> float:
        """How near a clause is to what its sentence is about, at most 1."""
        return self._depth(clause)

    def matches(self, clause: Clause) -> list[Match]:
        """The frames that fit a clause, the closest first."""
        return self._matcher.matches(clause)

    # ------------------------------------------------------------------ type
    def _inner_type(self, i: int) -> str | None:
        draft = self._inner(i)
        return draft.type if draft is not None else None

    def _inner(self, i: int) -> _Draft | None:
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

    def _clause(self, i: int) -> Clause:
        if i not in self._clauses:
            self._clauses[i] = verbal_clause(self._tree, self._subjects, i)
        return self._clauses[i]

    def _draft(self, clause: Clause, factuality: Factuality | None) -> _Draft | None:
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
        return _Draft(kind, mode, frame.relation, match, weight, tuple(steps))

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

    def _settled(self, clause: Clause, draft: _Draft, factuality: Factuality) -> _Draft:
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

    def _riots(self, clause: Clause, draft: _Draft) -> bool:
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

    # ------------------------------------------------------------------ events
    def _event(self, clause: Clause, factuality: Factuality) -> Candidate | None:
        draft = self._draft(clause, factuality)
        if draft is None:
            return self._open(clause, None) if clause.kind in ("verb", "copula") else None
        draft = self._settled(clause, draft, factuality)
        if draft.type is None:
            return self._open(clause, draft.relation)
        match = draft.match
        actors = self._actors(clause, match, factuality)
        recipients, place = self._recipients(clause, draft, actors)
        if len(actors) > 1 and {key(party) for party in recipients} <= {key(party) for party in actors}:
            recipients, place = (), ""
        steps = [*draft.steps]
        if place == "self" or (not recipients and draft.type in ("COERCE", "PROTEST")):
            recipients = recipients or actors[:1]
        if self._mutual(draft, match, place, actors, recipients):
            actors = _distinct((*actors, *recipients))
            recipients = ()
            steps.append("the parties act on each other alike: all are actors")
        elif (
            draft.type == "SANCTION"
            and draft.mode == "discontinue"
            and recipients
            and actors
            and ({key(party) for party in recipients} <= {key(party) for party in actors})
        ):
            draft = replace(draft, type="COERCE", mode="restrict")
            steps.append("what a state restricts at home is COERCE")
        elif place:
            steps.append(f"the recipient stands in {place!r}")
        depth = self._depth(clause)
        clear = self._clearness(clause, actors, recipients, draft.type or "")
        confidence = draft.weight * depth * clear * min(1.0, 0.75 + match.score / 20)
        return Candidate(
            draft.type,
            draft.mode,
            self._contexts(clause),
            draft.relation,
            actors,
            recipients,
            self._theme(match, recipients),
            round(confidence, 4),
            self._proposals(clause, draft),
            (("weight", draft.weight), ("depth", depth), ("parties", clear), ("fit", round(match.score, 3))),
            (*steps, f"weight {draft.weight:.2f}, depth {depth:.2f}, parties {clear:.2f}"),
        )

    def _open(self, clause: Clause, relation: str | None) -> Candidate:
        """No event that the lexicon knows, with the parties that one would have, for an encoder to type."""
        actors = _distinct(party for part in clause.actors for party in self._parties.of(part.head.i))
        own = {key(actor) for actor in actors}
        recipients: tuple[Party, ...] = ()
        if actors:
            rest = [part for part in clause.parts if part.role in ("object", "indirect", "oblique", "attribute")]
            for group in (group for part in rest for group in self._parties.groups(part.head.i)):
                recipients = _distinct(party for party in group if key(party) not in own)
                if recipients:
                    break
        depth = self._depth(clause) if actors else 0.2
        return Candidate(
            None,
            None,
            self._contexts(clause) if actors else (),
            relation,
            actors,
            recipients,
            clause.patients[0].span if clause.patients else None,
            round(0.3 * depth, 4),
            features=(("depth", depth),),
            explanation=("no frame with an event fits",),
        )

    def _obligation(self, clause: Clause, factuality: Factuality) -> Candidate | None:
        """ "The Red Cross said the army must let it in": a REQUEST by who says so, to who must."""
        tree = self._tree
        verbs = {tree.lower[verb.i] for verb in clause.verbs if verb.i != clause.head.i}
        if not self._lexicon.in_class("obliging", verbs) or not self._reported(clause.head.i):
            return None
        if factuality.source is None or not clause.subjects:
            return None
        actors = self._parties.of(factuality.source.root.i)
        recipients = _distinct(party for part in clause.subjects for party in self._parties.of(part.head.i))
        others = tuple(party for party in recipients if key(party) not in {key(actor) for actor in actors})
        if not actors or not recipients or (not others and clause.passive):
            return None
        depth = self._depth(clause)
        return Candidate(
            "REQUEST",
            None,
            self._contexts(clause),
            "urges",
            actors,
            others or recipients,
            None,
            round(0.9 * depth, 4),
            (("REQUEST", 1.0),),
            (("weight", 0.9), ("depth", depth)),
            ("somebody says that another party must act: REQUEST",),
        )

    def _proposals(self, clause: Clause, draft: _Draft) -> tuple[tuple[str, float], ...]:
        """The types whose frames fit, with shares that fall with the distance to the closest."""
        shares: dict[str, float] = {}
        matches = self._matcher.matches(clause)
        for match in matches:
            kind = match.frame.type
            if kind is not None:
                shares[kind] = max(shares.get(kind, 0.0), math.exp((match.score - matches[0].score) / 0.8))
        if draft.type is not None:
            moved = shares.pop(draft.match.frame.type or "", 1.0)
            shares[draft.type] = max(shares.get(draft.type, 0.0), moved)
        total = sum(shares.values()) or 1.0
        return tuple((kind, round(share / total, 4)) for kind, share in sorted(shares.items(), key=lambda one: -one[1]))

    # ------------------------------------------------------------------ parties
    def _actors(self, clause: Clause, match: Match, factuality: Factuality) -> tuple[Party, ...]:
        places = match.frame.actor
        if places:
            for place in places:
                found = self._at(place, clause, match, factuality)
                if found or place == "none":
                    return found
            return ()
        doers = clause.subjects if match.frame.kind == "predicative" else clause.actors
        found = _distinct(party for part in doers for party in self._parties.of(part.head.i))
        if any(reference.code is not None for _, reference in found):
            return found
        if match.frame.type and clause.kind != "noun" and (home := self._at_home(doers, clause, match.frame.type)):
            return home
        if not found and factuality.source is not None and self._speaker(doers):
            found = self._parties.of(factuality.source.root.i)
        if found:
            return found
        if clause.kind == "noun":
            found = self._parties.before(clause.head.i)
            if found:
                return found
            for word in ("by", "of", "between"):
                found = self._at(word, clause, match, factuality)
                if found:
                    return found
            return ()
        if clause.passive and match.frame.type in ("COERCE", "SANCTION", "ACCUSE"):
            return self._place(clause, match)
        return ()

    def _speaker(self, doers: Iterable[Part]) -> bool:
        """Whether the subject is a pronoun that most likely means who says it: "Thailand says it is ready"."""
        return any(self._tree.lower[part.head.i] in ("it", "they", "he", "she") for part in doers)

    def _at_home(self, doers: Iterable[Part], clause: Clause, kind: str) -> tuple[Party, ...]:
        """Whose people unnamed doers are ("students", "a judge", an unknown party): of where they act, else of the
        only state that the sentence names."""
        tree, lexicon = self._tree, self._lexicon
        for part in doers:
            i = part.head.i
            if tree.pos[i] == "PRON" or not (
                tree.ent[i] == "PERSON"
                or lexicon.in_class("domestic", (tree.lemma[i],))
                or (tree.ent[i] == "ORG" and lexicon.in_class("domestic", [word.lower_ for word in part.span]))
            ):
                continue
            place = next(
                (found for word in ("in", "at", "near", "outside") if (found := self._about(word, clause))), ()
            )
            only = place[:1] or self._parties.only(tree.doc[i].sent)
            return tuple((part.span, at_home(reference)) for _, reference in only)
        return ()

    def _about(self, preposition: str, clause: Clause) -> tuple[Party, ...]:
        return tuple(
            party
            for part in clause.parts
            if part.preposition == preposition
            for party in self._parties.of(part.head.i)
            if party[1].state is not None
        )

    def _place(self, clause: Clause, match: Match) -> tuple[Party, ...]:
        for word in ("in", "at", "near", "outside", "across"):
            found = self._at(word, clause, match, None)
            if found:
                return found[:1]
        return ()

    def _recipients(self, clause: Clause, draft: _Draft, actors: tuple[Party, ...]) -> tuple[tuple[Party, ...], str]:
        """The first place of the frame that names somebody else than the actor, else one that names its own people."""
        match = draft.match
        kind = draft.type or ""
        places = match.frame.recipient or DEFAULT_RECIPIENT.get(match.frame.type or kind, ())
        if places[:1] == ("none",):
            return (), ""
        own = {key(actor) for actor in actors}
        domestic: tuple[tuple[Party, ...], str] | None = None
        vague: tuple[tuple[Party, ...], str] | None = None
        for place in places:
            if place in ("self", "none"):
                break
            for group in self._groups(place, clause, match):
                found = tuple(party for party in group if not self._mere_place(party, draft, actors))
                others = tuple(party for party in found if key(party) not in own)
                if any(reference.code is not None for _, reference in others):
                    return _distinct(others), place
                if others and vague is None:
                    vague = _distinct(others), place
                if draft.type == "RETREAT" and draft.mode == "withdraw":
                    continue
                if found and not others and domestic is None and self._counterpart(found, actors, clause):
                    domestic = _distinct(found), place
                    if place == "theme":
                        return domestic
        if kind == "THREATEN":
            for party in self._conditions(clause):
                if key(party) not in own:
                    return (party,), "condition"
        if domestic is not None:
            return domestic
        if kind in HARMFUL | {"THREATEN", "SUPPORT", "REQUEST"} and clause.kind != "noun":
            found = tuple(party for party in self._place(clause, match) if key(party) not in own)
            if found and kind != "PROTEST":
                return found, "place"
        if actors and ("self" in places or (kind in _DOMESTIC and vague is None and self._own_people(clause, match))):
            return actors[:1], "self"
        return vague or ((), "")

    def _own_people(self, clause: Clause, match: Match) -> bool:
        """Whether what is acted on is an unnamed authority or group, so one of the actor's own state."""
        heads = [part.head.i for part in match.objects]
        for clausal in clause.of_role("clause"):
            heads += [part.head.i for part in self._clause(clausal.head.i).subjects]
        own = {part.head.i for part in clause.actors}
        words = [self._tree.lemma[i] for i in heads if i not in own]
        return self._lexicon.in_class("actors_gov", words) or self._lexicon.in_class("domestic", words)

    def _mere_place(self, party: Party, draft: _Draft, actors: tuple[Party, ...]) -> bool:
        """A border that only says where; the city where several parties meet."""
        span, reference = party
        tree, i = self._tree, span.root.i
        if tree.lemma[i] in ("border", "frontier") or (
            tree.dep[i] in ("amod", "compound", "poss") and tree.lemma[tree.head[i]] in ("border", "frontier")
        ):
            return draft.type == "ASSAULT"
        return draft.type == "CONSULT" and len(actors) > 1 and reference.type == "Place"

    def _counterpart(self, found: tuple[Party, ...], actors: tuple[Party, ...], clause: Clause) -> bool:
        """Whether those named are of the actor's own state but somebody else ("UNITA", "the opposition")."""
        spans = [actor for actor, _ in actors]
        entities = {reference.entity for _, reference in actors if reference.entity}
        for span, reference in found:
            if any(span.start < other.end and other.start < span.end for other in spans):
                continue
            if reference.type == "State" and reference.via == "name" and self._rules(actors):
                continue
            if reference.via in ("pronoun",) or (reference.entity is not None and reference.entity in entities):
                continue
            return True
        return False

    def _rules(self, actors: tuple[Party, ...]) -> bool:
        """Whether the actors are a state or its government, who don't act on the state itself."""
        return all(reference.type == "State" or reference.sector == "GOV" for _, reference in actors)

    def _groups(self, place: str, clause: Clause, match: Match) -> list[tuple[Party, ...]]:
        """The parties at a place, nearest first: one group for most places, several inside a theme or complement."""
        if place == "theme":
            objects = match.objects or clause.patients
            return [group for part in objects for group in self._parties.groups(part.head.i)][:4]
        if place == "clause":
            return self._in_complement(clause, match)
        found = self._at(place, clause, match, None)
        return [found] if found else []

    def _in_complement(self, clause: Clause, match: Match) -> list[tuple[Party, ...]]:
        found: list[tuple[Party, ...]] = []
        for part in (match.complement, *clause.of_role("clause"), *self._purposes(clause)):
            if part is None or part.role != "clause":
                continue
            i = part.head.i
            inner = self._clause(i)
            own = {j.head.i for j in clause.actors}
            subjects = [j for j in inner.subjects if j.head.i not in own]
            found += [group for j in subjects if (group := self._parties.of(j.head.i))]
            draft = self._inner(i)
            if draft is not None and draft.type is not None:
                actors = _distinct(party for j in inner.actors for party in self._parties.of(j.head.i))
                recipients, _ = self._recipients(inner, draft, actors)
                if recipients:
                    found.append(recipients)
            found += list(self._parties.groups(i))
        return found

    def _conditions(self, clause: Clause) -> list[Party]:
        """Who must do or leave something for a threat not to come true: the subject behind "unless" and "if"."""
        tree = self._tree
        found: list[Party] = []
        heads = [clause.head.i, *(part.head.i for part in clause.of_role("clause"))]
        for head in heads:
            for kid in tree.kids_of(head, "advcl"):
                if any(tree.lower[mark] in ("unless", "if", "until") for mark in tree.kids_of(kid, "mark")):
                    found += [party for i in self._subjects.of(kid) for party in self._parties.of(i)]
        return [party for party in found if party[1].code is not None]

    def _purposes(self, clause: Clause) -> list[Part]:
        """Adverbial infinitives and participles: "rallied to demand …", "in protest at …"."""
        tree = self._tree
        return [
            Part("clause", tree.doc[kid], tree.span(*tree.edges(kid)))
            for kid in tree.kids_of(clause.head.i, "advcl")
            if tree.tag[kid] in ("VB", "VBG") and kid > clause.head.i
        ]

    def _at(self, place: str, clause: Clause, match: Match, factuality: Factuality | None) -> tuple[Party, ...]:
        """The parties at a place of the clause: a role, a preposition, or a place of its own kind."""
        parties = self._parties
        if place == "source":
            return (
                parties.of(factuality.source.root.i) if factuality is not None and factuality.source is not None else ()
            )
        if place == "object":
            objects = match.objects or clause.patients
            return _distinct(party for part in objects for party in parties.of(part.head.i))
        if place in ("indirect", "subject"):
            found = _distinct(party for part in clause.of_role(place) for party in parties.of(part.head.i))
            return found or next((group for part in clause.of_role(place) for group in parties.groups(part.head.i)), ())
        if place == "subject_inside":
            return next((group for part in clause.actors for group in parties.groups(part.head.i)), ())
        if place == "theme":
            return next((group for part in match.objects for group in parties.groups(part.head.i)), ())
        if place == "poss":
            return _distinct(party for part in clause.actors for party in parties.before(part.head.i))
        if place == "place":
            return next((found for word in PLACES if (found := self._behind(word, clause, match))), ())
        return self._behind(place, clause, match)

    def _behind(self, preposition: str, clause: Clause, match: Match) -> tuple[Party, ...]:
        """The parties behind a preposition of the clause, of its objects, or of its predicative."""
        tree = self._tree
        heads = [part.head.i for part in clause.parts if part.preposition in (preposition, f"{preposition} of")]
        hosts = [part.head.i for part in (*match.objects, *clause.of_role("attribute", "object"))]
        if "subject_inside" in match.frame.actor:
            hosts += [part.head.i for part in clause.actors]
        if clause.kind == "noun":
            hosts.append(clause.head.i)
        if match.complement is not None and match.complement.role != "clause":
            hosts.append(match.complement.head.i)
        for host in dict.fromkeys(hosts):
            for prep in tree.kids_of(host, "prep", "agent"):
                if tree.lower[prep] == preposition:
                    heads += [node for pobj in tree.kids_of(prep, "pobj") for node in tree.conjuncts(pobj)]
        found = _distinct(party for head in dict.fromkeys(heads) for party in self._parties.of(head))
        if found:
            return found
        return next((group for head in heads for group in self._parties.groups(head)), ())

    def _mutual(
        self, draft: _Draft, match: Match, place: str, actors: tuple[Party, ...], recipients: tuple[Party, ...]
    ) -> bool:
        if draft.type not in ("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "ASSAULT", "REJECT") or draft.mode in (
            "visit",
            "third-party",
        ):
            return False
        if not recipients:
            return False
        if draft.relation not in MUTUAL:
            return False
        if place in ("with", "between", "among"):
            return True
        return place in ("object", "theme", "of") and draft.relation in ("meets", "negotiatesWith")

    # ------------------------------------------------------------------ the rest
    def _depth(self, clause: Clause) -> float:
        """How near a clause is to what its sentence is about: 1 for the main clause and what it only reports."""
        tree, i = self._tree, clause.head.i
        factor = 1.0
        while tree.head[i] != i:
            dep, head = tree.dep[i], tree.head[i]
            above = tree.pos[head] in ("VERB", "AUX")
            if dep == "conj":
                factor *= 0.93
            elif dep in ("ccomp", "xcomp", "parataxis") and above:
                factor *= 0.97 if self._transparent(head) else 0.5
            elif dep in ("xcomp", "ccomp") and tree.pos[head] == "ADJ":
                factor *= 0.5 if self._inner_type(tree.head[head]) else 0.95
            elif dep in ("dobj", "nsubjpass", "attr") and above:
                factor *= 0.95 if self._transparent(head) else 0.5
            elif dep == "nsubj" and above:
                factor *= 0.8 if self._transparent(head) else 0.6
            elif dep == "advcl" and tree.lemma[i] in ("say", "report", "accord"):
                factor *= 0.9
            elif (
                dep in ("advcl", "acl")
                and tree.tag[i] == "VBG"
                and self._lexicon.in_class("messages", (tree.lemma[head],))
                and self._inner_type(i) in ("REQUEST", "ACCUSE", "THREATEN", "REJECT")
            ):
                factor *= 0.98  # "wrote to Jakarta asking for …"
            elif dep == "acomp":
                factor *= 0.97
            elif dep in ("pobj", "prep", "agent"):
                factor *= 0.8
            else:
                factor *= 0.66
            i = head
        return round(max(factor, 0.2), 4)

    def _transparent(self, i: int) -> bool:
        """Whether a predicate only reports, begins or continues what its complement tells."""
        lemma = self._tree.lemma[i]
        if self._lexicon.in_class("reporting", (lemma,)) or self._lexicon.in_class("transparent", (lemma,)):
            own = self._draft(self._clause(i), None)
            return own is None or own.type is None
        return self._inner_type(i) is None

    def _clearness(self, clause: Clause, actors: tuple[Party, ...], recipients: tuple[Party, ...], kind: str) -> float:
        if not actors and not recipients:
            return _UNLINKED
        if not actors:
            return 0.8 if clause.passive and kind in HARMFUL else _NO_ACTOR
        if not recipients and len(actors) < 2:
            return _NO_RECIPIENT
        return 1.0

    def _contexts(self, clause: Clause) -> tuple[str, ...]:
        tree = self._tree
        low = min([clause.head.i, *(part.span.start for part in clause.parts)])
        high = max([clause.head.i, *(part.span.end - 1 for part in clause.parts)])
        lemmas = tree.lemma[low : high + 1]
        return self._lexicon.contexts_of({*lemmas, *(f"{a} {b}" for a, b in pairwise(lemmas))})

    def _theme(self, match: Match, recipients: tuple[Party, ...]) -> Span | None:
        taken = {span.root.i for span, _ in recipients}
        return next((part.span for part in match.objects if part.head.i not in taken), None)


def code(clause: Clause, factuality: Factuality, references: References, lexicon: Lexicon) -> list[Candidate]:
    """The events of one clause, the most trusted first. For many clauses of an article make one Coder."""
    return Coder(Tree(clause.head.doc), references, lexicon).code(clause, factuality)


def promised(kind: str | None, mode: str | None) -> tuple[str | None, str | None]:
    """What a type becomes when it is only announced: cooperation and retreat AGREE, harm THREATEN.

    >>> promised("AID", None), promised("COERCE", "arrest")
    (('AGREE', None), ('THREATEN', 'arrest'))
    """
    if kind in COOPERATIVE or kind in YIELDING or kind == "AGREE":
        return "AGREE", None
    if kind in HARMFUL:
        return "THREATEN", _THREAT_MODES.get(mode or "") or _THREAT_MODES.get(kind)
    return kind, mode


def reversed_type(kind: str | None) -> tuple[str, str | None] | None:
    """What it is to end something: aid SANCTION, an attack RETREAT, a ban or a strike CONCEDE."""
    if kind in ("AID", "COOPERATE", "CONSULT"):
        return "SANCTION", "discontinue"
    if kind in ("ASSAULT", "MOBILIZE"):
        return "RETREAT", "ceasefire"
    if kind == "SANCTION":
        return "RETREAT", None
    if kind in ("COERCE", "PROTEST"):
        return "CONCEDE", None
    return None


def combine(candidate: Candidate, probabilities: Mapping[str, float], *, weight: float = 0.5) -> Candidate:
    """A candidate after an encoder's word: types weighed by lexicon^(1−w) · encoder^w; confidence follows.

    `probabilities` are the encoder's for the sixteen types and "NONE". The lexicon's proposals share 0.9, the other
    types the rest. A mode is dropped where the type changes.
    """
    if not probabilities or (candidate.type is None and not candidate.actors):
        return candidate
    types = load_plover().types
    lexicon = {kind: 0.1 / len(types) for kind in types}
    told = candidate.proposals or (((candidate.type, 1.0),) if candidate.type else ())
    for kind, share in told:
        lexicon[kind] = lexicon.get(kind, 0.0) + 0.9 * share
    mixed = {kind: lexicon[kind] ** (1 - weight) * max(probabilities.get(kind, 0.0), 1e-6) ** weight for kind in types}
    total = sum(mixed.values())
    best = max(mixed, key=lambda kind: (mixed[kind], kind))
    share = mixed[best] / total * (1 - probabilities.get("NONE", 0.0)) ** weight
    if candidate.type is None:
        share = probabilities.get(best, 0.0)
        if share < _TRUST_ALONE:
            return candidate
    mode = candidate.mode if best == candidate.type else None
    depth = dict(candidate.features).get("depth", 0.5)
    before = candidate.confidence if candidate.type is not None else 0.7 * depth
    agreed = 1.0 if best == candidate.type else _DISAGREEMENT
    confidence = round(before * agreed * (0.4 + 0.6 * share), 4)
    step = f"with the encoder: {best} ({share:.2f})"
    return replace(candidate, type=best, mode=mode, confidence=confidence, explanation=(*candidate.explanation, step))


def _distinct(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Each party once, in order."""
    kept: dict[tuple[str | None, str | None, int], Party] = {}
    for party in parties:
        span, reference = party
        kept.setdefault((reference.entity, reference.code, -1 if reference.entity else span.start), party)
    return tuple(kept.values())
