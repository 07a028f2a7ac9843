"""From facts to the network: a signed, weighted, dated multigraph of actors, an edge for each fact and pair of parties.

Nodes are actors (states, persons, organisations, groups) with `label`, `type`, `state`; edges carry the fact's id as
their key and `weight` = PLOVER score × belief, so that cooperation is positive and conflict negative. What actors do to
each other (they met, signed, fought) gives an edge each way, both marked `mutual`; what they only do side by side
(condemn an attack) doesn't bind them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any

from triplomat.errors import UsageError

from .facts import interval
from .naming import TYPES, is_actor, readable
from .view import targets_of

if TYPE_CHECKING:
    import networkx as nx

    from .facts import Fact

COOPERATION, CONFLICT = "cooperation", "conflict"
MODALITIES = ("asserted", "possible", "intended", "hypothetical")
INCLUDE = (*MODALITIES, "attributed", "hedged")
Window = tuple[str | None, str | None]


def to_network(
    facts: Iterable[Fact],
    *,
    labels: Mapping[str, str] | None = None,
    as_of: str | None = None,
    window: Window | None = None,
    include: Iterable[str] = ("asserted",),
    level: str = "actor",
    sign: str | None = None,
    material: bool = False,
    context: str | None = None,
) -> nx.MultiDiGraph[str]:
    """The network of these facts; nodes by id, edges by their ends and fact, however the facts come.

    `as_of` keeps what had begun by that day, `window` what fell between two (either may be None): by the time of the
    event, else by its first report; facts without any date stay. `include` names modalities, "hedged" for the three
    that aren't "asserted", and "attributed" for what articles only quote; what didn't happen is never in. At `level`
    "state" persons and organs become the state that they act for, and those that act for none stay themselves. `sign`
    ("cooperation" or "conflict"), `material` (deeds, not words) and `context` (PLOVER's, such as "nuclear") select.
    """
    import networkx as nx

    if level not in ("actor", "state"):
        raise UsageError(f"level {level!r}: choose actor or state")
    keep = Filter(as_of=as_of, window=window, include=include, sign=sign, material=material, context=context)
    kept = [fact for fact in sorted(facts, key=lambda fact: fact.id) if keep(fact)]
    states = _states(kept) if level == "state" else {}
    acting = Acting()
    nodes: set[str] = set()
    edges: list[tuple[str, str, Fact, bool]] = []
    for fact in kept:
        acting.see(fact)
        for source, target, mutual in pairs(fact, states.get(fact.id, {})):
            nodes.update((source, target))
            edges.append((source, target, fact, mutual))
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name in sorted(nodes):
        network.add_node(name, **node_attributes(name, (labels or {}).get(name), acting))
    for source, target, fact, mutual in sorted(edges, key=lambda edge: (edge[0], edge[1], edge[2].id)):
        network.add_edge(source, target, key=fact.id, **edge_attributes(fact, mutual))
    return network


class Acting:
    """By actor: the state that most statements of the facts seen take it to act for."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = defaultdict(Counter)

    def see(self, fact: Fact) -> None:
        for claim in fact.evidence:
            for entity, state in claim.states:
                self.counts[entity][state] += 1

    def state(self, actor: str) -> str | None:
        found = self.counts.get(actor)
        return min(found, key=lambda state: (-found[state], state)) if found else None


def node_attributes(name: str, label: str | None, acting: Acting) -> dict[str, Any]:
    """What a node tells: label, type, and the state that it is or acts for."""
    kind = TYPES.get(name.partition(":")[0], "Group")
    return {"label": label or readable(name), "type": kind, "state": name if kind == "State" else acting.state(name)}


def sign_of(fact: Fact) -> int:
    """+1 for cooperation, −1 for conflict, 0 where neither is said: the sign of the score, or else of the quad class.

    A request scores about 0: it is verbal conflict in PLOVER's classes, but no hostility.
    """
    if fact.event is None:
        return 0
    if fact.event.score is not None:
        return (fact.event.score > 0) - (fact.event.score < 0)
    quad = fact.event.quad or ""
    return 1 if COOPERATION in quad else -1 if CONFLICT in quad else 0


def date_of(fact: Fact) -> str | None:
    """When a fact happens: its own time, or else the day of its first report."""
    return fact.time or fact.reported[0]


class Filter:
    """Which facts a network is asked to hold."""

    def __init__(
        self,
        *,
        as_of: str | None = None,
        window: Window | None = None,
        include: Iterable[str] = ("asserted",),
        sign: str | None = None,
        material: bool = False,
        context: str | None = None,
    ) -> None:
        named = [include] if isinstance(include, str) else list(include)
        if unknown := [name for name in named if name not in INCLUDE]:
            raise UsageError(f"include {unknown[0]!r}: choose from {', '.join(INCLUDE)}")
        if sign not in (None, COOPERATION, CONFLICT):
            raise UsageError(f"sign {sign!r}: choose {COOPERATION} or {CONFLICT}")
        self.modalities = {name for name in named if name in MODALITIES}
        if "hedged" in named:
            self.modalities.update(MODALITIES[1:])
        if not self.modalities:
            self.modalities = {"asserted"}
        self.attributed = "attributed" in named
        self.sign = {None: 0, COOPERATION: 1, CONFLICT: -1}[sign]
        self.material, self.context = material, context
        first, last = window or (None, None)
        self.first = _day(first, 0) if first else None
        ends = [_day(value, 1) for value in (last, as_of) if value]
        self.last = min(ends) if ends else None

    def __call__(self, fact: Fact) -> bool:
        if fact.polarity != "positive" or fact.modality not in self.modalities:
            return False
        if fact.attribution and not self.attributed:
            return False
        if self.sign and sign_of(fact) != self.sign:
            return False
        event = fact.event
        if self.material and not (event and (event.quad or "").startswith("material")):
            return False
        if self.context and not (event and self.context in event.contexts):
            return False
        return self._in_time(fact)

    def _in_time(self, fact: Fact) -> bool:
        """Whether its first day lies between the bounds."""
        span = interval(date_of(fact) or "")
        if span is None:
            return True
        return not (self.first and span[0] < self.first) and not (self.last and span[0] > self.last)


def _day(value: str, end: int) -> date:
    span = interval(value)
    if span is None:
        raise UsageError(f"{value!r} is no date; write 2024, 2024-06 or 2024-06-20")
    return span[end]


def pairs(fact: Fact, states: Mapping[str, str]) -> Iterator[tuple[str, str, bool]]:
    """Who acts on whom by a fact, each pair once; parties in `states` are taken for their state."""

    def known(parties: Iterable[str]) -> list[str]:
        return list(dict.fromkeys(states.get(party, party) for party in parties if is_actor(party)))

    actors, targets = known(fact.actors), known(targets_of(fact))
    if targets_of(fact):
        yield from ((actor, target, False) for actor in actors for target in targets if actor != target)
        return
    for one, other in combinations(actors, 2) if len(actors) > 1 and fact.mutual else ():
        yield one, other, True
        yield other, one, True


def edge_attributes(fact: Fact, mutual: bool) -> dict[str, Any]:
    """What an edge tells: sign, weight, and what the fact is, by whom it is told and where."""
    event = fact.event
    score = event.score if event and event.score is not None else float(sign_of(fact))
    return {
        "sign": sign_of(fact),
        "weight": round(score * fact.belief, 6),
        "score": score,
        "belief": fact.belief,
        "type": event.type if event else None,
        "mode": event.mode if event else None,
        "contexts": event.contexts if event else (),
        "relation": fact.relation or fact.predicate,
        "time": date_of(fact),
        "modality": fact.modality,
        "polarity": fact.polarity,
        "attribution": fact.attribution,
        "mutual": mutual,
        "sources": fact.sources,
        "evidence": tuple(claim.id for claim in fact.evidence),
        "documents": tuple(sorted({claim.document for claim in fact.evidence})),
    }


def _states(facts: Iterable[Fact]) -> dict[str, dict[str, str]]:
    """By fact: the state of each party that isn't one, as its statements know it at their time."""
    found: dict[str, dict[str, str]] = {}
    for fact in facts:
        parties = [party for party in (*fact.actors, *targets_of(fact)) if not party.startswith("country:")]
        if parties:
            found[fact.id] = {
                entity: state for claim in fact.evidence for entity, state in claim.states if entity in parties
            }
    return found
