"""How central each actor of a network is, by nine measures; each takes a networkx graph or its `Ties`.

Weights above 0 are cooperation, below 0 conflict; edges without one count as cooperation of 1. Facts are what the
articles tell: an actor that the press writes more of is more central in all of these, so compare actors within one
corpus, with `uncertainty.rank_intervals` beside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from .paths import betweenness_values, distances
from .ties import Floats, Links, Ties, names_of, to_ties

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

DENSE = 600  # actors up to which a dense matrix is taken
SMALL = 60  # and up to which all eigenvectors are
DAMPING = 0.85
_STILL = 1e-14


def centrality(network: nx.Graph[Any], *, measures: Iterable[str] | None = None) -> pd.DataFrame:
    """A row an actor, by falling strength, with its label and type where it has them and a column a measure."""
    import pandas as pd

    rows = centrality_rows(network, measures=measures)
    about = {
        node: {key: data[key] for key in ("label", "type") if key in data} for node, data in network.nodes(data=True)
    }
    frame = pd.DataFrame([{"actor": node, **about[node], **row} for node, row in rows.items()])
    return frame.set_index("actor") if len(frame) else pd.DataFrame(columns=list(MEASURES))


def centrality_rows(
    network: nx.Graph[Any] | Ties, *, measures: Iterable[str] | None = None
) -> dict[str, dict[str, float]]:
    """The same without pandas: actor → measure → value, actors by falling value of the first measure and by id."""
    ties = to_ties(network)
    names = list(MEASURES if measures is None else measures)
    values = [MEASURES[name](ties) for name in names]
    order = sorted(range(ties.count), key=lambda place: (-round(float(values[0][place]), 9), ties.nodes[place]))
    return {
        ties.nodes[place]: {name: float(column[place]) for name, column in zip(names, values, strict=True)}
        for place in order
    }


def strength(ties: Ties) -> Floats:
    """Sum of the weights of one's cooperation, given, taken and mutual (Barrat et al. 2004).

    The plainest measure and the steadiest. It grows with the coverage of an actor.
    """
    return ties.friends.sums()


def degree(ties: Ties) -> Floats:
    """With how many others one cooperates at all (Freeman 1979). One doubtful fact counts as much as a treaty."""
    return np.bincount(ties.friends.rows, minlength=ties.count).astype(np.float64)


def conflict(ties: Ties) -> Floats:
    """Sum of the weights of one's conflicts, whoever began."""
    return ties.foes.sums()


def eigenvector(ties: Ties) -> Floats:
    """Central is who cooperates with the central (Bonacich 1972): the limit of power iteration from equal starts.

    Length 1. In a network of several parts only the strongest part counts, so that a lone small alliance has 0 here.
    """
    friends = ties.friends
    if not ties.count or not len(friends.values):
        return np.zeros(ties.count)
    vector = None if ties.count <= SMALL else _power(friends)
    if vector is None:  # of a large network with two parts nearly alike, this is slow
        vector = _top(friends.dense())
    return np.asarray(np.maximum(vector, 0.0) / np.linalg.norm(vector))


def pagerank(ties: Ties) -> Floats:
    """Where cooperation flows to (Page et al. 1999), damping 0.85; sums to 1.

    Directed: who is given to and consulted is high, who gives is not.
    """
    if not ties.count:
        return np.zeros(0)
    given = ties.given
    out = given.sums()
    share = given.with_values(given.values / out[given.rows])
    back = Links(ties.count, share.columns, share.rows, share.values)
    dangling = out == 0
    rank = np.full(ties.count, 1 / ties.count)
    for _ in range(1000):
        following = DAMPING * (back.times(rank) + rank[dangling].sum() / ties.count) + (1 - DAMPING) / ties.count
        if np.abs(following - rank).sum() < _STILL:
            break
        rank = following
    return np.asarray(rank / rank.sum())


def betweenness(ties: Ties) -> Floats:
    """On how many shortest ways of cooperation between others one lies, of all pairs (Freeman 1977, Brandes 2001).

    A tie is as long as 1 / its weight (Newman 2001). Says who brokers; jumps when a single tie comes or goes. Above
    2,000 actors it is estimated from 256 of them (Brandes and Pich 2007).
    """
    return betweenness_values(ties.friends)


def constraint(ties: Ties) -> Floats:
    """How far one's partners hold each other's hands too (Burt 1992): low is a broker; NaN without a partner."""
    friends = ties.friends
    total = friends.sums()
    share = friends.with_values(friends.values / total[friends.rows])
    values = np.zeros(ties.count)
    if ties.count <= DENSE:
        matrix = share.dense()
        local = np.where(matrix > 0, matrix + matrix @ matrix, 0.0)
        values = (local**2).sum(axis=1)
    else:
        matrix = share.sparse()
        for first in range(0, ties.count, 512):
            part = matrix[first : first + 512]
            mask = part.copy()
            mask.data = np.ones_like(mask.data)
            local = (part + part @ matrix) * mask
            values[first : first + 512] = local.multiply(local).sum(axis=1)
    values[total == 0] = np.nan
    return values


def pn(ties: Ties) -> Floats:
    """The PN index (Everett and Borgatti 2014): friends raise it, foes lower it, and those of theirs a little.

    About 1 with neither; by the sign of each tie alone, so that it doesn't hang on how often the press tells of it.
    """
    if ties.count < 2:
        return np.ones(ties.count)
    net = ties.net
    signs = net.with_values(np.where(net.values > 0, 1.0, -2.0) / (2 * ties.count - 2))
    ones = np.ones(ties.count)
    if ties.count == 2 and len(signs.values) and signs.values[0] < 0:
        return ones / 2  # two foes alone: every x₁ + x₂ = 1 solves it, and neither differs from the other
    if ties.count <= SMALL:
        return np.asarray(np.linalg.solve(np.eye(ties.count) - signs.dense(), ones))
    values = ones
    for _ in range(1000):
        following = ones + signs.times(values)
        if np.abs(following - values).max() < _STILL:
            break
        values = following
    return values


def signed_eigenvector(ties: Ties) -> Floats:
    """Bonacich and Lloyd (2004): two camps get opposite signs, and who is firm in one a large value; length 1.

    The side with the greater sum is positive. Means little where the network isn't close to two camps: see `balance`.
    """
    net = ties.net
    if not ties.count or not len(net.values):
        return np.zeros(ties.count)
    if ties.count <= SMALL:
        vector = _top(net.dense())
    else:
        from scipy.sparse.linalg import eigsh

        _, vectors = eigsh(net.sparse(), k=1, which="LA", v0=np.ones(ties.count))
        vector = vectors[:, 0]
    total = vector.sum()
    turned = total < 0 if abs(total) > 1e-9 else vector[np.argmax(np.abs(vector) > 1e-9)] < 0
    vector = -vector if turned else vector
    return np.asarray(np.where(np.abs(vector) < 1e-12, 0.0, vector))


def closeness_to(network: nx.Graph[Any] | Ties, actor: str) -> dict[str, float]:
    """How near each other actor is to one: 1 / the length of the shortest way of cooperation, 0 where there is none.

    A tie is as long as 1 / its weight, so that two direct partners compare by the weight of their ties.
    """
    ties = to_ties(network)
    if actor not in ties.nodes:
        raise LookupError(f"{actor} is not in the network")
    place = ties.nodes.index(actor)
    away = distances(ties.friends, np.array([place]))[0]
    with np.errstate(divide="ignore"):
        near = np.where(away > 0, 1 / away, 0.0)
    found = names_of(near, ties.nodes)
    del found[actor]
    return found


def _power(links: Links) -> Floats | None:
    """The limit of power iteration from equal starts; None where it isn't reached, unless the matrix is too large to
    try anything else.
    """
    vector, shift = np.ones(links.count), float(links.values.max())
    for _ in range(500 if links.count <= DENSE else 5000):
        following = links.times(vector) + shift * vector
        following /= np.linalg.norm(following)
        if np.abs(following - vector).max() < _STILL:
            return following
        vector = following
    return vector if links.count > DENSE else None


def _top(matrix: Floats) -> Floats:
    """The part of (1, …, 1) that lies in the space of the greatest eigenvalue, of length 1.

    Where several actors stand alike, as in two equal parts, this treats them alike; any one eigenvector need not.
    """
    values, vectors = np.linalg.eigh(matrix)
    space = vectors[:, values >= values[-1] - 1e-9 * max(abs(values[-1]), abs(values[0]))]
    ones = space.sum(axis=0)
    if np.linalg.norm(ones) < 1e-9:  # equal starts cancel out
        ones = space[np.argmax(np.abs(space).max(axis=1) > 1e-9)]
    vector = space @ ones
    return np.asarray(vector / np.linalg.norm(vector))


MEASURES: dict[str, Callable[[Ties], Floats]] = {
    "strength": strength,
    "degree": degree,
    "eigenvector": eigenvector,
    "pagerank": pagerank,
    "betweenness": betweenness,
    "constraint": constraint,
    "conflict": conflict,
    "pn": pn,
    "signed_eigenvector": signed_eigenvector,
}
