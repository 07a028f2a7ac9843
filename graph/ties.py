"""From a networkx graph to arrays of its ties: how much each pair of actors cooperates and fights.

All measures are computed on these arrays, since a pair may have thousands of facts and every measure asks only for
their sums.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import networkx as nx

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ties:
    """Pairs of actors `a[i] < b[i]`, as places in `nodes`, with the sums of their edges' weights.

    `cooperation` and `conflict`, both ≥ 0, sum what the pair does either way; `forward` is the cooperation from a to b,
    `backward` from b to a. What two do together counts once in the pair and in full each way.
    """

    nodes: tuple[str, ...]
    a: Indices
    b: Indices
    cooperation: Floats
    conflict: Floats
    forward: Floats
    backward: Floats

    @property
    def count(self) -> int:
        """How many actors there are."""
        return len(self.nodes)

    def both_ways(self, values: Floats) -> Links:
        """The symmetric links that have a value above 0."""
        kept = values > 0
        a, b, value = self.a[kept], self.b[kept], values[kept]
        return Links(self.count, np.concatenate([a, b]), np.concatenate([b, a]), np.concatenate([value, value]))

    @property
    def friends(self) -> Links:
        """Cooperation, both ways."""
        return self.both_ways(self.cooperation)

    @property
    def foes(self) -> Links:
        """Conflict, both ways."""
        return self.both_ways(self.conflict)

    @property
    def given(self) -> Links:
        """Cooperation from actor to recipient."""
        rows, columns = np.concatenate([self.a, self.b]), np.concatenate([self.b, self.a])
        values = np.concatenate([self.forward, self.backward])
        kept = values > 0
        return Links(self.count, rows[kept], columns[kept], values[kept])

    @property
    def net(self) -> Links:
        """Cooperation less conflict, both ways, where they aren't equal."""
        values = self.cooperation - self.conflict
        kept = values != 0
        a, b, value = self.a[kept], self.b[kept], values[kept]
        return Links(self.count, np.concatenate([a, b]), np.concatenate([b, a]), np.concatenate([value, value]))


@dataclass(frozen=True, slots=True)
class Links:
    """A sparse matrix of `count` rows and columns by its entries, each place once."""

    count: int
    rows: Indices
    columns: Indices
    values: Floats

    def sums(self) -> Floats:
        """The sum of each row."""
        return summed(self.rows, self.values, self.count)

    def times(self, vector: Floats) -> Floats:
        """The matrix times a vector."""
        return summed(self.rows, self.values * vector[self.columns], self.count)

    def with_values(self, values: Floats) -> Links:
        """The same places with other values."""
        return Links(self.count, self.rows, self.columns, values)

    def dense(self) -> Floats:
        """As an array of rows and columns."""
        matrix = np.zeros((self.count, self.count))
        matrix[self.rows, self.columns] = self.values
        return matrix

    def sparse(self) -> Any:
        """As scipy's compressed rows."""
        from scipy.sparse import csr_array

        return csr_array((self.values, (self.rows, self.columns)), shape=(self.count, self.count))


class Tally:
    """The edges of a network as arrays, to be summed into ties again and again with other weights.

    `weights` are the edges' own; `documents` the articles that told of them, `shares` which part of which edge's
    evidence is whose: (edges, documents) places.
    """

    def __init__(self, network: nx.Graph[Any]) -> None:
        self._read(network, network.edges(data=True), directed=network.is_directed())

    @classmethod
    def of(cls, nodes: Iterable[str], edges: Iterable[tuple[str, str, Mapping[str, Any]]]) -> Tally:
        """The tally of directed edges that no graph holds."""
        tally = cls.__new__(cls)
        tally._read(nodes, edges, directed=True)
        return tally

    def _read(
        self, nodes: Iterable[str], edges: Iterable[tuple[str, str, Mapping[str, Any]]], *, directed: bool
    ) -> None:
        self.nodes: tuple[str, ...] = tuple(sorted(nodes, key=str))
        index = {node: number for number, node in enumerate(self.nodes)}
        names: dict[str, str] = {}  # a document's name is held once, however many edges it gave
        rows = [
            (
                index[u],
                index[v],
                data.get("weight", 1.0),
                bool(data.get("mutual")),
                tuple(names.setdefault(name, name) for name in data.get("documents", ())),
            )
            for u, v, data in edges
            if u != v
        ]
        u = np.array([row[0] for row in rows], dtype=np.int64)
        v = np.array([row[1] for row in rows], dtype=np.int64)
        self.weights: Floats = np.array([row[2] for row in rows], dtype=np.float64)
        mutual = np.array([row[3] for row in rows], dtype=bool)
        self._directed = directed
        self._half: Floats = np.where(mutual & self._directed, 0.5, 1.0)
        self._forward = u < v
        low, high = np.minimum(u, v), np.maximum(u, v)
        keys, self._pair = np.unique(low * len(self.nodes) + high, return_inverse=True)
        self._a, self._b = keys // max(len(self.nodes), 1), keys % max(len(self.nodes), 1)
        self._told = [row[4] for row in rows]

    def ties(self, weights: Floats | None = None) -> Ties:
        """The ties under these weights of the edges, or under their own."""
        weights = self.weights if weights is None else weights
        good, bad = np.maximum(weights, 0.0), np.maximum(-weights, 0.0)
        ahead, back = good * (self._forward | (not self._directed)), good * (~self._forward | (not self._directed))
        return Ties(
            self.nodes,
            self._a,
            self._b,
            self._sum(good * self._half),
            self._sum(bad * self._half),
            self._sum(ahead),
            self._sum(back),
        )

    def documents(self) -> tuple[list[str], Indices, Indices, Floats]:
        """The articles, and for each edge and article that tells of it: edge, article, share of its evidence."""
        names = sorted({name for told in self._told for name in told})
        index = {name: number for number, name in enumerate(names)}
        edges = [(number, index[name], 1 / len(told)) for number, told in enumerate(self._told) for name in told]
        return (
            names,
            np.array([edge[0] for edge in edges], dtype=np.int64),
            np.array([edge[1] for edge in edges], dtype=np.int64),
            np.array([edge[2] for edge in edges], dtype=np.float64),
        )

    def _sum(self, values: Floats) -> Floats:
        return summed(self._pair, values, len(self._a))


def summed(places: Indices, values: Floats, count: int) -> Floats:
    """The sum of the values at each of `count` places."""
    return np.asarray(np.bincount(places, values, count), dtype=np.float64)


def to_ties(network: nx.Graph[Any] | Ties) -> Ties:
    """The ties of a graph, directed or not, simple or multi; edges without a weight weigh 1, loops are left out."""
    return network if isinstance(network, Ties) else Tally(network).ties()


def names_of(values: Iterable[float], nodes: Iterable[str]) -> dict[str, float]:
    """A measure by actor."""
    return {node: float(value) for node, value in zip(nodes, values, strict=True)}
