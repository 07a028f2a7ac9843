"""Which actors form blocs: groups that cooperate inside and fight outside more than chance would have it.

The objective is the signed Potts model of Traag and Bruggeman, Community detection in networks with positive and
negative links (2009); it is maximised by the method of Louvain (Blondel et al. 2008) from several seeded orders.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .ties import Ties, to_ties

if TYPE_CHECKING:
    import networkx as nx

RUNS = 10
ROUNDS = 10  # 2 for more than 1,000 actors: later ones gain little and take most of the time
LARGE = 1000  # actors above which a single order is tried
_GAIN = 1e-12


@dataclass(slots=True)
class _Graph:
    """A graph of actors or, at higher levels, of blocs: neighbours with their signed weight, and degrees by sign."""

    near: list[dict[int, float]]
    friendly: list[float]
    hostile: list[float]
    linked: list[set[int]]  # neighbours with cooperation


def blocs(
    network: nx.Graph[Any] | Ties,
    *,
    resolution: float = 1.0,
    conflict_resolution: float = 1.0,
    seed: int = 0,
    runs: int | None = None,
) -> dict[str, int]:
    """Actor → number of its bloc, 0 the largest; actors that cooperate with nobody are in none.

    A higher `resolution` gives more and smaller blocs, a higher `conflict_resolution` fewer (Traag and Bruggeman's
    γ⁺ and γ⁻). Members hang together by cooperation: being fought by the same third makes no bloc. The best of `runs`
    orders (10; 1 for more than 1,000 actors) is taken; the same seed gives the same blocs.
    """
    ties = to_ties(network)
    graph = _graph(ties)
    weights = _Weights(sum(graph.friendly), sum(graph.hostile), resolution, conflict_resolution)
    best: tuple[float, list[int]] | None = None
    for run in range(runs or (RUNS if ties.count <= LARGE else 1)):
        found = _louvain(graph, weights, random.Random(f"{seed} {run}"))
        quality = _quality(ties, np.array(found), weights)
        if best is None or quality > best[0] + 1e-9:
            best = quality, found
    member = best[1] if best else []
    return _numbered({ties.nodes[place]: member[place] for place in range(ties.count) if graph.linked[place]})


def quality(
    network: nx.Graph[Any] | Ties,
    member: Mapping[str, int],
    *,
    resolution: float = 1.0,
    conflict_resolution: float = 1.0,
) -> float:
    """The signed modularity of blocs, from −1 to 1 (Gómez, Jensen and Arenas 2009); an actor in none is alone.

    Without conflict it is Newman's modularity.
    """
    ties = to_ties(network)
    alone = iter(range(-1, -ties.count - 1, -1))
    groups = np.array([member[node] if node in member else next(alone) for node in ties.nodes], dtype=np.int64)
    friendly, hostile = float(ties.friends.values.sum()), float(ties.foes.values.sum())
    return _quality(ties, groups, _Weights(friendly, hostile, resolution, conflict_resolution))


def between_blocs(network: nx.Graph[Any] | Ties, member: Mapping[str, int]) -> dict[tuple[int, int], tuple[float, ...]]:
    """By pair of blocs (the smaller number first): the cooperation and the conflict between, or within, them."""
    ties = to_ties(network)
    sums: dict[tuple[int, int], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for a, b, good, bad in zip(ties.a, ties.b, ties.cooperation, ties.conflict, strict=True):
        one, other = member.get(ties.nodes[a]), member.get(ties.nodes[b])
        if one is not None and other is not None:
            entry = sums[min(one, other), max(one, other)]
            entry[0] += float(good)
            entry[1] += float(bad)
    return {pair: tuple(sums[pair]) for pair in sorted(sums)}


def participation(network: nx.Graph[Any] | Ties, member: Mapping[str, int]) -> dict[str, float]:
    """Who bridges blocs: 1 − Σ (share of one's cooperation with each bloc)² (Guimerà and Amaral 2005).

    0 is all with one bloc; with b blocs, 1 − 1/b is evenly with all.
    """
    friends = to_ties(network).friends
    nodes = to_ties(network).nodes
    shares: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for one, other, weight in zip(
        friends.rows.tolist(), friends.columns.tolist(), friends.values.tolist(), strict=True
    ):
        shares[one][member[nodes[other]]] += weight
    return {
        nodes[place]: 1 - sum(weight**2 for weight in sums.values()) / sum(sums.values()) ** 2
        for place, sums in sorted(shares.items())
    }


@dataclass(frozen=True, slots=True)
class _Weights:
    """Twice the sums of cooperation and conflict, and the resolutions."""

    friendly: float
    hostile: float
    resolution: float
    conflict_resolution: float

    def expected(self, graph: _Graph, one: int, friendly: float, hostile: float) -> float:
        """What chance would have between one and others with these degrees: cooperation less conflict."""
        good = self.resolution * graph.friendly[one] * friendly / self.friendly if self.friendly else 0.0
        bad = self.conflict_resolution * graph.hostile[one] * hostile / self.hostile if self.hostile else 0.0
        return good - bad


def _graph(ties: Ties) -> _Graph:
    near: list[dict[int, float]] = [{} for _ in range(ties.count)]
    linked: list[set[int]] = [set() for _ in range(ties.count)]
    for a, b, good, bad in zip(
        ties.a.tolist(), ties.b.tolist(), ties.cooperation.tolist(), ties.conflict.tolist(), strict=True
    ):
        near[a][b] = near[b][a] = good - bad
        if good:
            linked[a].add(b)
            linked[b].add(a)
    return _Graph(near, ties.friends.sums().tolist(), ties.foes.sums().tolist(), linked)


def _louvain(graph: _Graph, weights: _Weights, rng: random.Random) -> list[int]:
    """Each actor's bloc: move actors, then whole blocs, then actors again, until nothing changes."""
    member = list(range(len(graph.near)))
    for _ in range(ROUNDS if len(member) <= LARGE else 2):
        before = list(member)
        _move(graph, member, weights, rng)
        member = _compact(member)
        while True:
            merged = _merged(graph, member, max(member, default=-1) + 1)
            groups = list(range(len(merged.near)))
            if not _move(merged, groups, weights, rng):
                break
            member = _compact([groups[group] for group in member])
        member = _parted(graph, member)
        if _alike(member, before):
            break
    return member


def _compact(member: list[int]) -> list[int]:
    names = {name: number for number, name in enumerate(dict.fromkeys(member))}
    return [names[name] for name in member]


def _move(graph: _Graph, member: list[int], weights: _Weights, rng: random.Random) -> bool:
    """Move one after another to the bloc among its partners' where it gains most, until none gains; in place."""
    friendly: defaultdict[int, float] = defaultdict(float)
    hostile: defaultdict[int, float] = defaultdict(float)
    for place, group in enumerate(member):
        friendly[group] += graph.friendly[place]
        hostile[group] += graph.hostile[place]
    order = list(range(len(member)))
    rng.shuffle(order)
    fresh = max(member, default=0) + 1
    waiting, queued = order, [True] * len(order)
    moved, head = False, 0
    while head < len(waiting):
        place = waiting[head]
        head += 1
        queued[place] = False
        old = member[place]
        friendly[old] -= graph.friendly[place]
        hostile[old] -= graph.hostile[place]
        pull: defaultdict[int, float] = defaultdict(float)
        for other, weight in graph.near[place].items():
            pull[member[other]] += weight
        choices = {member[other] for other in graph.linked[place]}
        best, gain = old, pull.get(old, 0.0) - weights.expected(graph, place, friendly[old], hostile[old])
        if gain < -_GAIN:
            best, gain = fresh, 0.0
        for group in sorted(choices):
            value = pull[group] - weights.expected(graph, place, friendly[group], hostile[group])
            if value > gain + _GAIN:
                best, gain = group, value
        member[place] = best
        friendly[best] += graph.friendly[place]
        hostile[best] += graph.hostile[place]
        if best != old:
            moved = True
            fresh += best == fresh
            for other in graph.near[place]:
                if member[other] != best and not queued[other]:
                    queued[other] = True
                    waiting.append(other)
    return moved


def _merged(graph: _Graph, member: list[int], count: int) -> _Graph:
    """The graph of blocs."""
    near: list[dict[int, float]] = [{} for _ in range(count)]
    linked: list[set[int]] = [set() for _ in range(count)]
    friendly, hostile = [0.0] * count, [0.0] * count
    for place, group in enumerate(member):
        friendly[group] += graph.friendly[place]
        hostile[group] += graph.hostile[place]
        row = near[group]
        for other, weight in graph.near[place].items():
            if member[other] != group:
                row[member[other]] = row.get(member[other], 0.0) + weight
        linked[group].update(member[other] for other in graph.linked[place] if member[other] != group)
    return _Graph(near, friendly, hostile, linked)


def _parted(graph: _Graph, member: list[int]) -> list[int]:
    """Blocs that no cooperation holds together are taken apart into those parts that it does."""
    part = [-1] * len(member)
    count = 0
    for start in range(len(member)):
        if part[start] >= 0:
            continue
        part[start], stack = count, [start]
        while stack:
            place = stack.pop()
            for other in graph.linked[place]:
                if part[other] < 0 and member[other] == member[place]:
                    part[other] = count
                    stack.append(other)
        count += 1
    return part


def _alike(one: list[int], other: list[int]) -> bool:
    return len(set(zip(one, other, strict=True))) == len(set(one)) == len(set(other))


def _quality(ties: Ties, groups: np.ndarray[Any, Any], weights: _Weights) -> float:
    whole = weights.friendly + weights.hostile
    if not whole:
        return 0.0
    _, groups = np.unique(groups, return_inverse=True)
    inside = groups[ties.a] == groups[ties.b]
    value = 2 * float((ties.cooperation[inside] - ties.conflict[inside]).sum())
    if weights.friendly:
        value -= weights.resolution * float((np.bincount(groups, ties.friends.sums()) ** 2).sum()) / weights.friendly
    if weights.hostile:
        value += (
            weights.conflict_resolution * float((np.bincount(groups, ties.foes.sums()) ** 2).sum()) / weights.hostile
        )
    return value / whole


def _numbered(member: Mapping[str, int]) -> dict[str, int]:
    """Blocs by falling size, then by their first member; members by bloc and id."""
    members: defaultdict[int, list[str]] = defaultdict(list)
    for node in sorted(member):
        members[member[node]].append(node)
    order = sorted(members.values(), key=lambda group: (-len(group), group[0]))
    return {node: number for number, group in enumerate(order) for node in group}
