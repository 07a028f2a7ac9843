"""A clause → the PLOVER events that it tells; the lexicon proposes, PLOVER's rules decide.

Type comes from the frame that fits closest; then from tense and negation (what is promised is AGREE, what is threatened
THREATEN, what is refused REJECT); parties from the places that the frame names; confidence from the frame, the depth
of the clause in its sentence, and how clear the parties are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from triplomat.ontology.lexicon import Lexicon
from triplomat.ontology.mutual import load_mutual

from .candidates import HARMFUL, Candidate, Draft, Step, distinct, promised, reversed_type
from .casting import DEFAULT_RECIPIENT
from .clauses import Clause
from .event_types import Typing
from .factuality import Factuality
from .frames import bare_match
from .linking import References
from .parties import Party, key
from .telling import Telling
from .tree import Tree
from .withholding import Withholding, watch

__all__ = ["Candidate", "Coder", "code", "promised", "reversed_type"]

_UNLINKED, _NO_ACTOR, _NO_RECIPIENT = 0.55, 0.6, 0.88


class Coder(Typing):
    """Codes the clauses of one article; what it works out about a clause it keeps."""

    def __init__(self, tree: Tree, references: References, lexicon: Lexicon) -> None:
        super().__init__(tree, references, lexicon)
        self.telling = Telling(tree, lexicon)
        self._withholding = Withholding(tree, lexicon, self._parties, self.telling)
        self._shares: list[float | None] = [None] * len(tree.head)

    def learn(self, clauses: Iterable[Clause]) -> list[Clause]:
        """The verbal clauses of a sentence, kept for when others embed them."""
        found = list(clauses)
        self._clauses.update([(clause.i, clause) for clause in found])
        return found

    def code(self, clause: Clause, factuality: Factuality) -> list[Candidate]:
        """The events of a clause, the most trusted first; at most one from its frame and one from its modal verb."""
        if clause.kind in ("apposition", "office", "possessive"):
            return []
        if "attribute" in clause.roles and clause.lemma in self._classes["naming"]:
            return []  # "called the deal a victory" asks for nothing
        event = self._event(clause, factuality)
        told = [] if event is None else [event if event.type is None else self._peopled(clause, event)]
        if factuality.source is None or not clause.subjects:
            return told
        obligation = self._obligation(clause, factuality)
        if obligation is not None:
            told.insert(0, self._peopled(clause, obligation))
        return sorted(told, key=lambda one: (one.type is None, -one.confidence)) if len(told) > 1 else told

    def untyped(self, clause: Clause) -> Candidate | None:
        """Who acts on whom in a clause that no frame fits, for whoever can tell its type; None if nobody acts."""
        if clause.kind not in ("verb", "noun", "copula"):
            return None
        doers = [part for part in clause.actors if self._can_act(part.i)]
        actors = distinct(party for part in doers for party in self._parties.of(part.i))
        own = {key(actor) for actor in actors}
        places = (*clause.patients, *clause.of_role("indirect"), *clause.of_role("oblique"))
        groups = (group for part in places for group in self._parties.groups(part.i))
        others = next((found for group in groups if (found := tuple(p for p in group if key(p) not in own))), ())
        actors = actors or self._unnamed(clause.actors)
        others = others or self._unnamed(clause.patients)
        if not actors and (not others or len(doers) < len(clause.actors)):
            return None
        contexts, depth = self._contexts(clause), self._depth(clause)
        return Candidate(None, None, contexts, None, actors, distinct(others), 0.0, depth)

    def recast(self, clause: Clause, event: Candidate, factuality: Factuality) -> Candidate:
        """An event whose type no frame of its clause gave, with the parties where that type usually has them.

        "Luanda said commandos blew up the tanks" is, as an ACCUSE, by who says so against who is said to do it; praise
        likewise.
        """
        kind = event.type or ""
        if factuality.source is not None and kind in ("ACCUSE", "SUPPORT"):
            speakers = self._parties.of(factuality.source.root.i)
            if speakers and event.actors and {key(one) for one in speakers} != {key(one) for one in event.actors}:
                return replace(event, actors=speakers, recipients=event.actors)
        draft = Draft(kind, None, event.relation, bare_match(clause, kind), event.confidence, ())
        actors = event.actors or self._actors(clause, draft.match, factuality) or self._inside_subject(clause)
        shared = len(event.actors) > 1 and event.relation in load_mutual().relations
        if event.recipients or shared:
            return replace(event, actors=actors)
        recipients, place = self._recipients(clause, draft, actors)
        if place == "with" and kind in ("AGREE", "CONSULT", "COOPERATE"):
            return replace(event, actors=distinct((*actors, *recipients)))
        return replace(event, actors=actors, recipients=recipients)

    def spoken(self, saying: Clause, event: Candidate, factuality: Factuality) -> Candidate:
        """An event that somebody brings about by what he says: by him, towards whom he addresses or speaks of."""
        actors = (() if factuality.source is None else self._parties.of(factuality.source.root.i)) or event.actors
        own = {key(one) for one in actors}
        others = tuple([one for one in event.actors if key(one) not in own])
        if event.type in ("ACCUSE", "SUPPORT"):
            return replace(event, actors=actors, recipients=event.recipients or others)
        named = tuple([one for one in event.recipients if key(one) not in own])
        recipients = self._addressed(saying, own) or named or others
        return replace(event, actors=actors, recipients=recipients)

    def _addressed(self, saying: Clause, own: set[str | None]) -> tuple[Party, ...]:
        """Whom a verb of saying is said to, but those who report it: "told the islanders", "said to Rome"."""
        lemma, audience = self._tree.lemma, self._classes["audience"]
        places = (
            *saying.of_role("indirect", "object"),
            *[one for word in ("to", "at") for one in saying.behind.get(word, ())],
        )
        hearers = [part for part in places if lemma[part.i] not in audience]
        named = tuple([party for party in self._named(hearers) if key(party) not in own])
        return distinct(named or self._unnamed(hearers))

    def _inside_subject(self, clause: Clause) -> tuple[Party, ...]:
        """ "The gift by Delhi was announced", "an apology from Rome went out": who is behind what the subject names."""
        tree = self._tree
        return distinct(
            party
            for part in clause.subjects
            for prep in tree.kids_of(part.i, "prep", "agent")
            if tree.lower[prep] in ("by", "from")
            for pobj in tree.kids_of(prep, "pobj")
            for node in tree.conjuncts(pobj)
            for party in self._parties.of(node)
        )

    def carrier(
        self, found: Sequence[tuple[Clause, Factuality]], *, depth: float, deeper: bool = False
    ) -> tuple[int | None, Candidate | None]:
        """The clause nearest to the top of its sentence in which somebody acts, by its place, and who acts on whom.

        One that only reports what another says stands back. Those deeper than `depth` count only with `deeper`: "it was
        then that Rome gave way", "among the gear was a tank which Rome had sent".
        """
        clauses = [clause for clause, _ in found]
        depths = [self._depth(clause) for clause in clauses]
        places = [place for place, share in enumerate(depths) if deeper or share >= depth]
        for place in sorted(
            places, key=lambda place: (depths[place] < depth, self.telling.reports(clauses[place]), -depths[place])
        ):
            untyped = self.untyped(clauses[place])
            if untyped is not None:
                return place, self.heard(*found[place], untyped)
        return None, None

    def heard(self, clause: Clause, factuality: Factuality, event: Candidate) -> Candidate:
        """An event with what its clause can and can't tell, for whoever hears of another type."""
        hints = self.telling.hints(clause)
        barred = self.telling.barred(clause, event.type, hints) | self._withholding.of(clause, event, factuality)
        return replace(event, hints=hints, barred=barred)

    def _peopled(self, clause: Clause, event: Candidate) -> Candidate:
        """An event with the unnamed people of its clause where nobody is named: "the widow", "two gendarmes"."""
        if event.type is None or clause.kind != "verb" or (event.actors and event.recipients):
            return event
        actors, recipients = event.actors or self._unnamed(clause.actors), event.recipients
        if not recipients and len(event.actors) < 2 and "object" in DEFAULT_RECIPIENT[event.type]:
            found = self._unnamed(clause.patients)
            recipients = tuple(
                [one for one in found if event.type not in ("AID", "COOPERATE") or not self._is_lent(one)]
            )
        if actors == event.actors and recipients == event.recipients:
            return event
        return replace(event, actors=actors, recipients=recipients)

    def _event(self, clause: Clause, factuality: Factuality) -> Candidate | None:
        draft = self._draft(clause)
        if draft is None:
            return None
        draft = self._settled(clause, draft, factuality)
        if draft.type is None:
            nothing = draft.weight == 1
            depth = self._depth(clause) if nothing else 1.0
            return Candidate(None, None, (), draft.relation, (), (), 0.0, depth, nothing)
        actors = self._actors(clause, draft.match, factuality)
        if draft.type == "PROTEST" and draft.mode in (None, "demo") and actors and self._rules(actors):
            step: Step = ("governments don't march, they complain: ACCUSE",)
            draft = replace(draft, type="ACCUSE", mode="disapprove", steps=(*draft.steps, step))
        recipients, place = self._recipients(clause, draft, actors)
        if draft.relation == "warns" and place != "object" and self._foretells(clause, actors):
            depth = self._depth(clause)
            return Candidate(None, None, (), draft.relation, (), (), 0.0, depth, nothing=True)
        if len(actors) > 1 and recipients and _among(recipients, actors):
            recipients, place = (), ""
        if actors and not recipients and draft.type in ("COERCE", "PROTEST") and not self._at_edge(clause):
            recipients = self._homely(actors[0], self._bystanders(clause, actors))
        return self._candidate(clause, draft, actors, recipients, place)

    def _foretells(self, clause: Clause, actors: tuple[Party, ...]) -> bool:
        """ "Analysts warned": those who only say what will come."""
        return watch(actors, foretelling=True) or watch(self._unnamed(clause.actors), foretelling=True)

    def _candidate(
        self, clause: Clause, draft: Draft, actors: tuple[Party, ...], recipients: tuple[Party, ...], place: str
    ) -> Candidate:
        """The event with its parties, of which the recipients stand in `place`, and with its confidence."""
        kind, mode, match = draft.type, draft.mode, draft.match
        note: Step = ("the recipient stands in {!r}", place) if place else ()
        if recipients and self._mutual(draft, place):
            actors, recipients = distinct((*actors, *recipients)), ()
            note = ("the parties act on each other alike: all are actors",)
        elif kind == "SANCTION" and mode == "discontinue" and recipients and _among(recipients, actors):
            kind, mode, note = "COERCE", "restrict", ("what a state restricts at home is COERCE",)
        depth = self._depth(clause)
        clear = self._clearness(clause, actors, recipients, kind or "")
        confidence = draft.weight * depth * clear * min(1.0, 0.75 + match.score / 20)
        last = ("weight {:.2f}, depth {:.2f}, parties {:.2f}", draft.weight, depth, clear)
        steps = (*draft.steps, note, last) if note else (*draft.steps, last)
        contexts, confidence = self._contexts(clause), round(confidence, 4)
        return Candidate(
            kind, mode, contexts, draft.relation, actors, recipients, confidence, depth, nothing=False, steps=steps
        )

    def _obligation(self, clause: Clause, factuality: Factuality) -> Candidate | None:
        """ "The Red Cross said the army must let it in": a REQUEST by who says so, to who must."""
        tree, obliging = self._tree, self._classes["obliging"]
        if len(clause.chain) == 1:
            return None
        verbs = [verb for verb in clause.chain if tree.lower[verb] in obliging]
        if verbs in ([], [clause.i]) or not self._reported(clause.i):
            return None
        actors = () if factuality.source is None else self._parties.of(factuality.source.root.i)
        recipients = self._named(clause.subjects)
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
            round(0.9 * depth, 4),
            depth,
            steps=(("somebody says that another party must act: REQUEST",),),
        )

    def _depth(self, clause: Clause) -> float:
        """How near a clause is to what its sentence is about: 1 for the main clause and what it only reports."""
        heads, shares = self._tree.head, self._shares
        i, depth = clause.i, 1.0
        head = heads[i]
        if head == i:
            return depth
        while head != i:
            share = shares[i]
            if share is None:
                share = shares[i] = self._share(i)
            depth *= share
            i, head = head, heads[head]
        return round(depth, 4) if depth > 0.2 else 0.2

    def _share(self, i: int) -> float:
        """How much of the depth of what token i hangs on is left at token i."""
        tree, dep, head = self._tree, self._tree.dep[i], self._tree.head[i]
        above = tree.pos[head] in ("VERB", "AUX")
        if dep == "conj":
            return 0.93
        if dep in ("ccomp", "xcomp", "parataxis") and above:
            return 0.97 if self._transparent(head) else 0.5
        if dep in ("xcomp", "ccomp") and tree.pos[head] == "ADJ":
            return 0.5 if self._inner_type(tree.head[head]) else 0.95
        if dep in ("dobj", "nsubjpass", "attr") and above:
            return 0.95 if self._transparent(head) else 0.5
        if dep == "nsubj" and above:
            return 0.8 if self._transparent(head) else 0.6
        if dep == "advcl" and tree.lemma[i] in ("say", "report", "accord"):
            return 0.9
        if dep in ("advcl", "acl") and self._asks(i, head):
            return 0.98
        return 0.97 if dep == "acomp" else 0.8 if dep in ("pobj", "prep", "agent") else 0.66

    def _asks(self, i: int, head: int) -> bool:
        """ "Wrote to Jakarta asking for …": what a message says by a participle is what it is about."""
        tree = self._tree
        return (
            tree.tag[i] == "VBG"
            and tree.lemma[head] in self._classes["messages"]
            and self._inner_type(i) in ("REQUEST", "ACCUSE", "THREATEN", "REJECT")
        )

    def _transparent(self, i: int) -> bool:
        """Whether a predicate only reports, begins or continues what its complement tells."""
        lemma = self._tree.lemma[i]
        if lemma in self._classes["reporting"] or lemma in self._classes["transparent"]:
            own = self._draft(self._clause(i))
            return own is None or own.type is None
        return self._inner_type(i) is None

    def _clearness(self, clause: Clause, actors: tuple[Party, ...], recipients: tuple[Party, ...], kind: str) -> float:
        if not actors and not recipients:
            return _UNLINKED
        if not actors:
            return 0.8 if clause.passive and kind in HARMFUL else _NO_ACTOR
        known = any(reference.code or reference.entity for _, reference in recipients)
        if not known and len(actors) < 2:
            return _NO_RECIPIENT
        return 1.0

    def _contexts(self, clause: Clause) -> tuple[str, ...]:
        low = high = clause.i
        for part in clause.parts:
            if part.first < low:
                low = part.first
            if part.last > high:
                high = part.last
        return self._lexicon.contexts_of(self._tree.lemma[low : high + 1])


def _among(recipients: Iterable[Party], actors: Iterable[Party]) -> bool:
    """Whether all recipients are actors too."""
    return {key(party) for party in recipients} <= {key(party) for party in actors}


def code(clause: Clause, factuality: Factuality, references: References, lexicon: Lexicon) -> list[Candidate]:
    """The events of one clause, the most trusted first. For many clauses of an article make one Coder."""
    return Coder(clause.tree, references, lexicon).code(clause, factuality)
