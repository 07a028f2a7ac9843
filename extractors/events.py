"""A clause → the PLOVER events that it tells; the lexicon proposes, PLOVER's rules decide.

Type comes from the frame that fits closest; then from tense and negation (what is promised is AGREE, what is threatened
THREATEN, what is refused REJECT); parties from the places that the frame names; confidence from the frame, the depth
of the clause in its sentence, and how clear the parties are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Span

from triplomat.ontology.lexicon import Lexicon

from .candidates import HARMFUL, Candidate, Draft, distinct, promised, reversed_type
from .casting import DEFAULT_RECIPIENT
from .clauses import Clause, Part
from .event_types import Typing
from .factuality import Factuality
from .frames import Match, bare_match
from .linking import References
from .parties import Party, key
from .tree import Tree

__all__ = ["Candidate", "Coder", "code", "promised", "reversed_type"]

_UNLINKED, _NO_ACTOR, _NO_RECIPIENT = 0.55, 0.6, 0.88


class Coder(Typing):
    """Codes the clauses of one article; what it works out about a clause it keeps."""

    def learn(self, clauses: Iterable[Clause]) -> list[Clause]:
        """The verbal clauses of a sentence, kept for when others embed them."""
        found = list(clauses)
        self._clauses.update((clause.head.i, clause) for clause in found)
        return found

    def code(self, clause: Clause, factuality: Factuality) -> list[Candidate]:
        """The events of a clause, the most trusted first; at most one from its frame and one from its modal verb."""
        if clause.kind in ("apposition", "office", "possessive"):
            return []
        if clause.of_role("attribute") and self._lexicon.in_class("naming", (clause.lemma,)):
            return []  # "called the deal a victory" asks for nothing
        found = [self._obligation(clause, factuality), self._event(clause, factuality)]
        told = [self._peopled(clause, one) for one in found if one is not None]
        return sorted(told, key=lambda one: (one.type is None, -one.confidence))

    def untyped(self, clause: Clause) -> Candidate | None:
        """Who acts on whom in a clause that no frame fits, for whoever can tell its type; None if nobody acts."""
        if clause.kind not in ("verb", "noun", "copula"):
            return None
        actors = distinct(party for part in clause.actors for party in self._parties.of(part.head.i))
        own = {key(actor) for actor in actors}
        places = (*clause.patients, *clause.of_role("indirect"), *clause.of_role("oblique"))
        groups = (group for part in places for group in self._parties.groups(part.head.i))
        others = next((found for group in groups if (found := tuple(p for p in group if key(p) not in own))), ())
        actors = actors or self._unnamed(clause.actors)
        others = others or self._unnamed(clause.patients)
        if not actors and not others:
            return None
        features = (("depth", self._depth(clause)),)
        return Candidate(
            None, None, self._contexts(clause), None, actors, distinct(others), None, 0.0, features=features
        )

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
        if event.recipients:
            return replace(event, actors=actors)
        recipients, place = self._recipients(clause, draft, actors)
        if place == "with" and kind in ("AGREE", "CONSULT", "COOPERATE"):
            return replace(event, actors=distinct((*actors, *recipients)))
        return replace(event, actors=actors, recipients=recipients)

    def _inside_subject(self, clause: Clause) -> tuple[Party, ...]:
        """ "The gift by Delhi was announced", "an apology from Rome went out": who is behind what the subject names."""
        tree = self._tree
        return distinct(
            party
            for part in clause.subjects
            for prep in tree.kids_of(part.head.i, "prep", "agent")
            if tree.lower[prep] in ("by", "from")
            for pobj in tree.kids_of(prep, "pobj")
            for node in tree.conjuncts(pobj)
            for party in self._parties.of(node)
        )

    def carrier(self, clauses: Sequence[Clause], *, depth: float) -> tuple[int | None, Candidate | None]:
        """The clause nearest to the top of its sentence in which somebody acts, by its place, and who acts on whom.

        None where all are deeper than `depth`. One that only reports what another says stands back.
        """
        shallow = [place for place, clause in enumerate(clauses) if self._depth(clause) >= depth]
        shallow.sort(key=lambda place: (self._reports(clauses[place]), -self._depth(clauses[place])))
        for place in shallow:
            untyped = self.untyped(clauses[place])
            if untyped is not None:
                return place, untyped
        return None, None

    def _reports(self, clause: Clause) -> bool:
        return self._lexicon.in_class("reporting", (clause.lemma,)) and bool(clause.of_role("clause"))

    def _peopled(self, clause: Clause, event: Candidate) -> Candidate:
        """An event with the unnamed people of its clause where nobody is named: "the widow", "two gendarmes"."""
        if event.type is None or clause.kind != "verb" or (event.actors and event.recipients):
            return event
        actors = event.actors or self._unnamed(clause.actors)
        objects = clause.patients if "object" in DEFAULT_RECIPIENT[event.type] else ()
        mutual = len(event.actors) > 1
        return replace(event, actors=actors, recipients=event.recipients or (() if mutual else self._unnamed(objects)))

    def _unnamed(self, parts: Iterable[Part]) -> tuple[Party, ...]:
        heads = (part.head.i for part in parts)
        return tuple(party for i in heads if self._may_act(i) for party in self._parties.unnamed(i))

    def _may_act(self, i: int) -> bool:
        """Whether an unnamed phrase can be a party: nothing that is shipped, and nobody whose owner is told."""
        tree, known = self._tree, self._parties.referent(i)
        owned = any(self._parties.referent(kid) is not None for kid in tree.kids_of(i, "poss"))
        return known is None and not owned and self._lexicon.kind_of(tree.lemma[i]) != "Commodity"

    def _event(self, clause: Clause, factuality: Factuality) -> Candidate | None:
        draft = self._draft(clause, factuality)
        if draft is None:
            return None
        draft = self._settled(clause, draft, factuality)
        if draft.type is None:
            features = (("nothing", 1.0), ("depth", self._depth(clause))) if draft.weight == 1 else ()
            return Candidate(None, None, (), draft.relation, (), (), None, 0.0, features=features)
        match = draft.match
        actors = self._actors(clause, match, factuality)
        recipients, place = self._recipients(clause, draft, actors)
        if len(actors) > 1 and {key(party) for party in recipients} <= {key(party) for party in actors}:
            recipients, place = (), ""
        steps = [*draft.steps]
        if place == "self" or (not recipients and draft.type in ("COERCE", "PROTEST")):
            recipients = recipients or actors[:1]
        if self._mutual(draft, match, place, actors, recipients):
            actors = distinct((*actors, *recipients))
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

    def _obligation(self, clause: Clause, factuality: Factuality) -> Candidate | None:
        """ "The Red Cross said the army must let it in": a REQUEST by who says so, to who must."""
        tree = self._tree
        verbs = {tree.lower[verb.i] for verb in clause.verbs if verb.i != clause.head.i}
        if not self._lexicon.in_class("obliging", verbs) or not self._reported(clause.head.i):
            return None
        if factuality.source is None or not clause.subjects:
            return None
        actors = self._parties.of(factuality.source.root.i)
        recipients = distinct(party for part in clause.subjects for party in self._parties.of(part.head.i))
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

    def _proposals(self, clause: Clause, draft: Draft) -> tuple[tuple[str, float], ...]:
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
        low = min([clause.head.i, *[part.span.start for part in clause.parts]])
        high = max([clause.head.i, *[part.span.end - 1 for part in clause.parts]])
        return self._lexicon.contexts_of(tree.lemma[low : high + 1])

    def _theme(self, match: Match, recipients: tuple[Party, ...]) -> Span | None:
        taken = {span.root.i for span, _ in recipients}
        return next((part.span for part in match.objects if part.head.i not in taken), None)


def code(clause: Clause, factuality: Factuality, references: References, lexicon: Lexicon) -> list[Candidate]:
    """The events of one clause, the most trusted first. For many clauses of an article make one Coder."""
    return Coder(Tree(clause.head.doc), references, lexicon).code(clause, factuality)
