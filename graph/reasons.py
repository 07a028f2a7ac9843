"""Why an actor ranks where it does: the facts, with their sentences, without which its score would change most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from triplomat.errors import UsageError

from .centrality import MEASURES
from .ties import Tally
from .uncertainty import ASCENDING, ranked

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from .facts import Fact

SHOWN = 5
TRIED = 300  # facts of the actor, the weightiest first, that are left out in turn
_PLAIN = frozenset({"strength", "conflict"})


@dataclass(frozen=True, slots=True)
class Reason:
    """A fact and what the score would lose without it (less than 0: it would gain)."""

    fact: Fact
    contribution: float
    share: float

    @property
    def sentence(self) -> str:
        """The sentence of its most confident statement."""
        return max(self.fact.statements, key=lambda item: (item.confidence, item.id)).sentence.text

    @property
    def document(self) -> str:
        """The article of that statement."""
        return max(self.fact.statements, key=lambda item: (item.confidence, item.id)).document

    @property
    def date(self) -> str | None:
        """When it happened, else when it was first reported."""
        return self.fact.time or self.fact.reported[0]

    def __str__(self) -> str:
        told = ", ".join(filter(None, (self.fact.relation or self.fact.predicate, self.date)))
        return f"{told}: {self.sentence}  [{self.document}]"


@dataclass(frozen=True, slots=True)
class Explanation:
    """An actor's score and rank by a measure, and its reasons, the weightiest first."""

    actor: str
    label: str
    measure: str
    value: float
    rank: int
    actors: int
    reasons: tuple[Reason, ...]

    def to_frame(self) -> pd.DataFrame:
        """A row a reason."""
        import pandas as pd

        columns = ["contribution", "share", "date", "type", "relation", "actors", "recipients", "sentence", "document"]
        rows = [
            (
                reason.contribution,
                reason.share,
                reason.date,
                reason.fact.event.type if reason.fact.event else None,
                reason.fact.relation or reason.fact.predicate,
                "; ".join(reason.fact.actors),
                "; ".join(reason.fact.recipients),
                reason.sentence,
                reason.document,
            )
            for reason in self.reasons
        ]
        return pd.DataFrame(rows, columns=columns, index=pd.Index([item.fact.id for item in self.reasons], name="fact"))

    def __str__(self) -> str:
        head = f"{self.label}: {self.measure} {self.value:.4g}, rank {self.rank} of {self.actors}"
        lines = [f"  {item.contribution:+.4g}  {item}" for item in self.reasons]
        return "\n".join([head, *lines])


def explain(
    network: nx.MultiDiGraph[str],
    facts: Iterable[Fact],
    actor: str,
    *,
    measure: str = "strength",
    most: int = SHOWN,
) -> Explanation:
    """The facts of an actor without which its measure would fall most; ties in favour of the earlier id.

    Each fact is left out in turn and the measure computed anew, of the actor's 300 weightiest facts; of strength and
    conflict, whose facts add up, the weights themselves are taken. A fact of others, which may matter to eigenvector or
    betweenness, is no reason here.
    """
    if measure not in MEASURES:
        raise UsageError(f"measure {measure!r}: choose from {', '.join(MEASURES)}")
    if actor not in network:
        raise UsageError(f"{actor} is not in the network")
    tally = Tally(network)
    place = tally.nodes.index(actor)
    values = MEASURES[measure](tally.ties())
    ranks = ranked(values, ascending=measure in ASCENDING)
    lost = _lost(network, tally, place, measure, float(values[place]))
    known = {fact.id: fact for fact in facts}
    order = sorted(lost, key=lambda key: (-abs(lost[key]), key))[:most]
    whole = abs(float(values[place])) or 1.0
    return Explanation(
        actor,
        str(network.nodes[actor].get("label") or actor),
        measure,
        float(values[place]),
        int(ranks[place]),
        len(values),
        tuple(Reason(known[key], lost[key], lost[key] / whole) for key in order if key in known),
    )


def _lost(network: nx.MultiDiGraph[str], tally: Tally, place: int, measure: str, value: float) -> Mapping[str, float]:
    """By fact of the actor: what its measure loses without it."""
    edges: defaultdict[str, list[int]] = defaultdict(list)
    actor = tally.nodes[place]
    mine: dict[str, float] = defaultdict(float)
    number = 0
    for source, target, key, data in network.edges(keys=True, data=True):
        if source == target:
            continue
        edges[key].append(number)
        number += 1
        if actor in (source, target):
            mine[key] += data["weight"] * (0.5 if data.get("mutual") else 1.0)
    if measure in _PLAIN:
        sign = 1 if measure == "strength" else -1
        return {key: abs(weight) for key, weight in mine.items() if weight * sign > 0}
    lost = {}
    for key in sorted(mine, key=lambda key: (-abs(mine[key]), key))[:TRIED]:
        weights = tally.weights.copy()
        weights[edges[key]] = 0.0
        without = float(MEASURES[measure](tally.ties(weights))[place])
        lost[key] = value - (0.0 if np.isnan(without) else without)
    return {key: change for key, change in lost.items() if abs(change) > 1e-12}
