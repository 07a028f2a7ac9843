"""Who acts on whom in an event: the places that its frame names, looked up in the clause.

The recipient is somebody else than the actor if any place names one, else one of the actor's own people (the domestic
case), else nobody.
"""

from __future__ import annotations

from collections.abc import Iterable

from triplomat.ontology.lexicon import Lexicon

from .candidates import HARMFUL, Draft, distinct
from .clauses import Clause, Part, verbal_clause
from .factuality import Factuality
from .frames import Match
from .linking import References
from .parties import PLACES, Parties, Party, at_home, key, own_kind
from .subjects import Subjects
from .tree import Tree

# relations that hold in both directions: with their partner, all parties are actors
MUTUAL = frozenset(
    "meets negotiatesWith consultsWith discusses agreesWith agreesTo signs ratifies hasRelationsWith cooperatesWith "
    "exercisesWith tradesWith exchangesWith fights alliedWith isAtWarWith telephones".split()
)
DEFAULT_RECIPIENT = {
    "AGREE": ("to", "with", "object", "indirect", "theme", "for", "clause"),
    "CONSULT": ("with", "object", "to", "theme"),
    "SUPPORT": ("object", "to", "with", "theme", "for", "clause"),
    "CONCEDE": ("to", "with", "theme", "on", "for"),
    "COOPERATE": ("with", "to", "from", "theme", "for", "object"),
    "AID": ("indirect", "to", "for", "object", "theme", "in"),
    "RETREAT": ("to", "from", "theme"),
    "REQUEST": ("object", "of", "from", "with", "to", "clause", "theme"),
    "ACCUSE": ("object", "with", "against", "for", "on", "to", "theme", "of", "clause"),
    "REJECT": ("theme", "of", "from", "to", "by", "with"),
    "THREATEN": ("object", "against", "to", "with", "theme", "clause"),
    "PROTEST": ("against", "at", "over", "theme", "in", "self"),
    "SANCTION": ("object", "on", "against", "to", "with", "from", "theme", "clause"),
    "MOBILIZE": ("against", "in", "on", "near", "to", "theme"),
    "COERCE": ("object", "theme", "from", "in", "self"),
    "ASSAULT": ("object", "against", "on", "at", "in", "theme"),
}
# events whose recipient often stands outside the verb's own places: "called up reservists after Turkey …"
REMOTE = frozenset({"MOBILIZE", "RETREAT", "REJECT", "CONCEDE", "AID", "PROTEST"})
_DOMESTIC = frozenset({"REQUEST", "ACCUSE", "THREATEN", "SUPPORT", "CONCEDE", "PROTEST", "COERCE", "ASSAULT"})


class Casting:
    """Casts the clauses of one article; `_inner` tells the event of a complement, whose recipients may be wanted."""

    def __init__(self, tree: Tree, references: References, lexicon: Lexicon) -> None:
        self._tree = tree
        self._lexicon = lexicon
        self._parties = Parties(tree, references)
        self._subjects = Subjects(tree)
        self._clauses: dict[int, Clause] = {}
        self._around: dict[int, frozenset[str]] = {}

    def _inner(self, i: int) -> Draft | None:
        raise NotImplementedError

    def _clause(self, i: int) -> Clause:
        if i not in self._clauses:
            self._clauses[i] = verbal_clause(self._tree, self._subjects, i)
        return self._clauses[i]

    def _actors(self, clause: Clause, match: Match, factuality: Factuality) -> tuple[Party, ...]:
        places = match.frame.actor
        if places:
            for place in places:
                found = self._at(place, clause, match, factuality)
                if found or place == "none":
                    return found
            return ()
        doers = clause.subjects if match.frame.kind == "predicative" else clause.actors
        found = distinct(party for part in doers for party in self._parties.of(part.head.i))
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
                if word == "of" and any(part.preposition == "of" for part in clause.of_role("object")):
                    continue  # "the seizure of its mine": not by whoever owns it
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

    def _recipients(self, clause: Clause, draft: Draft, actors: tuple[Party, ...]) -> tuple[tuple[Party, ...], str]:
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
                    return distinct(others), place
                if others and vague is None:
                    vague = distinct(others), place
                if draft.type == "RETREAT" and draft.mode == "withdraw":
                    continue
                if found and not others and domestic is None and self._counterpart(found, actors, clause):
                    domestic = distinct(found), place
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
        if vague is None and kind in REMOTE:
            found = self._elsewhere(clause, own)
            if found:
                return found, "elsewhere"
        if actors and self._acts_at_home(clause, match, places, domestic=kind in _DOMESTIC and vague is None):
            return tuple((span, own_kind(reference)) for span, reference in actors[:1]), "self"
        return vague or ((), "")

    def _elsewhere(self, clause: Clause, own: set[str | None]) -> tuple[Party, ...]:
        """Whom the rest of the clause names: "with an eye to Russia", "after Turkey announced drilling"."""
        tree, i = self._tree, clause.head.i
        for kid in tree.kids[i]:
            if kid < i or tree.dep[kid] not in ("prep", "advcl", "npadvmod", "xcomp", "dobj", "conj", "advmod"):
                continue
            if tree.lower[kid] == "according":
                continue
            first, last = tree.edges(kid)
            for party in self._parties.named(tree.span(first, last)):
                if key(party) not in own:
                    return (party,)
        return ()

    def _acts_at_home(self, clause: Clause, match: Match, places: tuple[str, ...], *, domestic: bool) -> bool:
        """Whether whom no place names must be the actor's own people.

        Not where a sentence that names another state only tells what was hit: "shelled positions near the town".
        """
        if domestic and self._own_people(clause, match):
            return True
        if "self" not in places:
            return False
        tree = self._tree
        first, stop = tree.sentence(clause.head.i)
        states = {reference.state for _, reference in self._parties.named(tree.doc[first:stop])} - {None}
        return len(states) < 2 or not any(
            tree.pos[part.head.i] == "NOUN" and tree.tag[part.head.i] in ("NN", "NNS")
            for part in clause.parts
            if part.role == "object" or part.preposition in ("on", "at", "against")
            if not self._peopled_by(part)
        )

    def _peopled_by(self, part: Part) -> bool:
        """Whether a phrase speaks of people or an organ, who belong to a state: "a guerrilla stronghold"."""
        words = self._tree.lemma[part.span.start : part.span.end]
        return any(self._lexicon.in_class(name, words) for name in ("domestic", "actors_gov", "people", "protesters"))

    def _own_people(self, clause: Clause, match: Match) -> bool:
        """Whether what is acted on is an unnamed authority or group, so one of the actor's own state."""
        heads = [part.head.i for part in match.objects]
        for clausal in clause.of_role("clause"):
            heads += [part.head.i for part in self._clause(clausal.head.i).subjects]
        own = {part.head.i for part in clause.actors}
        words = [self._tree.lemma[i] for i in heads if i not in own]
        return self._lexicon.in_class("actors_gov", words) or self._lexicon.in_class("domestic", words)

    def _mere_place(self, party: Party, draft: Draft, actors: tuple[Party, ...]) -> bool:
        """A border that only says where; the city where several parties meet."""
        span, reference = party
        tree, i = self._tree, span.root.i
        if tree.lemma[i] in ("border", "frontier") or (
            tree.dep[i] in ("amod", "compound", "poss") and tree.lemma[tree.head[i]] in ("border", "frontier")
        ):
            return draft.type == "ASSAULT"
        several = len(actors) > 1 or any(
            tree.tag[actor.root.i] in ("NNS", "NNPS") or one.sector == "IGO" for actor, one in actors
        )
        return draft.type == "CONSULT" and several and reference.type == "Place"

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
                actors = distinct(party for j in inner.actors for party in self._parties.of(j.head.i))
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
            return distinct(party for part in objects for party in parties.of(part.head.i))
        if place in ("indirect", "subject"):
            found = distinct(party for part in clause.of_role(place) for party in parties.of(part.head.i))
            return found or next((group for part in clause.of_role(place) for group in parties.groups(part.head.i)), ())
        if place == "subject_inside":
            return next((group for part in clause.actors for group in parties.groups(part.head.i)), ())
        if place == "theme":
            return next((group for part in match.objects for group in parties.groups(part.head.i)), ())
        if place == "poss":
            return distinct(party for part in clause.actors for party in parties.before(part.head.i))
        if place == "place":
            return next((found for word in PLACES if (found := self._behind(word, clause, match))), ())
        return self._behind(place, clause, match)

    def _behind(self, preposition: str, clause: Clause, match: Match) -> tuple[Party, ...]:
        """The parties behind a preposition of the clause, of its objects, or of its predicative."""
        tree = self._tree
        heads = [part.head.i for part in clause.parts if part.preposition in (preposition, f"{preposition} of")]
        if not heads and preposition not in self._words_around(clause.head.i):
            return ()
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
        found = distinct(party for head in dict.fromkeys(heads) for party in self._parties.of(head))
        if found:
            return found
        return next((group for head in heads for group in self._parties.groups(head)), ())

    def _words_around(self, i: int) -> frozenset[str]:
        """The words of the sentence that token i stands in, in lower case."""
        first, stop = self._tree.sentence(i)
        known = self._around.get(first)
        if known is None:
            known = self._around[first] = frozenset(self._tree.lower[first:stop])
        return known

    def _mutual(
        self, draft: Draft, match: Match, place: str, actors: tuple[Party, ...], recipients: tuple[Party, ...]
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
