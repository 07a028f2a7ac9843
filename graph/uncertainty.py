"""How sure a measure is: what it would be had other articles of the same kind been written.

The bootstrap (Efron 1979) draws articles, not facts, since the facts of one article stand and fall together; it tells
how much hangs on which articles were read, not what the press left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from .blocs import blocs
from .centrality import MEASURES
from .ties import Floats, Tally, Ties

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

ROUNDS = 200
COVER = 0.9
ASCENDING = frozenset({"constraint"})  # the least is the most central


class Bootstrap:
    """Rounds of a network whose articles are drawn anew, as many as there are, with replacement.

    A fact told by several articles is shared evenly among them, so that on average the weights are the network's own.
    """

    def __init__(self, network: nx.Graph[Any] | Tally, *, rounds: int = ROUNDS, seed: int = 0) -> None:
        self.rounds, self.seed = rounds, seed
        self.tally = network if isinstance(network, Tally) else Tally(network)
        self.documents, self._edges, self._articles, self._shares = self.tally.documents()

    @property
    def possible(self) -> bool:
        """Whether there are two articles to draw from; with one, nothing can be said."""
        return len(self.documents) > 1

    def draws(self) -> Iterator[Ties]:
        """The ties of each round."""
        rng, count = np.random.default_rng(self.seed), len(self.documents)
        for _ in range(self.rounds):
            drawn = np.bincount(rng.integers(0, count, count), minlength=count)
            yield self.tally.ties(self.tally.weights * self._times(drawn))

    def without(self, articles: frozenset[str]) -> Ties:
        """The ties as they are without some articles."""
        kept = np.array([name not in articles for name in self.documents], dtype=np.float64)
        return self.tally.ties(self.tally.weights * self._times(kept))

    def _times(self, drawn: Any) -> Floats:
        """How often each edge counts when each article was drawn so often."""
        weights = self._shares * drawn[self._articles]
        return np.asarray(np.bincount(self._edges, weights, len(self.tally.weights)), dtype=np.float64)


def rank_intervals(
    network: nx.Graph[Any],
    *,
    measure: str = "strength",
    rounds: int = ROUNDS,
    cover: float = COVER,
    seed: int = 0,
) -> pd.DataFrame:
    """A row an actor by rank: value, low, high; rank, first, last; `share` of the rounds that put it into the first
    three.

    low to high, and first to last (the ranks), hold the middle `cover` of the rounds. Told by a single article, low and
    high are missing and the rank may be any.
    """
    import pandas as pd

    spread = intervals(network, measure=measure, rounds=rounds, cover=cover, seed=seed)
    labels = dict(network.nodes(data="label"))
    rows = [{"actor": node, "label": labels[node] or str(node), **row} for node, row in spread.items()]
    columns = ["actor", "label", "value", "low", "high", "rank", "first", "last", "share"]
    return pd.DataFrame(rows, columns=columns).set_index("actor")


def intervals(
    network: nx.Graph[Any] | Tally,
    *,
    measure: str = "strength",
    rounds: int = ROUNDS,
    cover: float = COVER,
    seed: int = 0,
) -> dict[str, dict[str, Any]]:
    """The same without pandas: actor → its columns, by rank and id."""
    bootstrap = Bootstrap(network, rounds=rounds, seed=seed)
    of, rising = MEASURES[measure], measure in ASCENDING
    own = of(bootstrap.tally.ties())
    ranks = ranked(own, ascending=rising)
    nodes, count = bootstrap.tally.nodes, len(own)
    if not count:
        return {}
    if bootstrap.possible:
        values = np.array([of(ties) for ties in bootstrap.draws()])
        places = np.array([ranked(row, ascending=rising) for row in values])
    else:
        values = np.full((1, count), np.nan)
        places = np.array([np.ones(count), np.full(count, max(count, 1))])
    edges = [(1 - cover) / 2, (1 + cover) / 2]
    spread = _quantiles(values, edges)
    first = np.quantile(places, edges[0], axis=0, method="lower")
    last = np.quantile(places, edges[1], axis=0, method="higher")
    share = (places <= 3).mean(axis=0) if bootstrap.possible else np.full(count, np.nan)
    return {
        nodes[place]: {
            "value": float(own[place]),
            "low": float(spread[0][place]),
            "high": float(spread[1][place]),
            "rank": int(ranks[place]),
            "first": int(min(first[place], ranks[place])),
            "last": int(max(last[place], ranks[place])),
            "share": float(share[place]),
        }
        for place in sorted(range(count), key=lambda place: (ranks[place], nodes[place]))
    }


def leave_one_source_out(
    network: nx.Graph[Any], sources: Mapping[str, str | None], *, measure: str = "strength"
) -> pd.DataFrame:
    """Ranks without each source: a row an actor, a column a source, beside `rank`, the rank with all.

    `sources` names each article's source, by the article's id; an article without one is a source of its own.
    """
    import pandas as pd

    bootstrap = Bootstrap(network, rounds=0)
    of, rising = MEASURES[measure], measure in ASCENDING
    groups: dict[str, set[str]] = {}
    for name in bootstrap.documents:
        groups.setdefault(sources.get(name) or name, set()).add(name)
    columns = {"rank": ranked(of(bootstrap.tally.ties()), ascending=rising)}
    columns |= {
        f"without {name}": ranked(of(bootstrap.without(frozenset(groups[name]))), ascending=rising)
        for name in sorted(groups)
    }
    frame = pd.DataFrame(columns, index=pd.Index(bootstrap.tally.nodes, name="actor"))
    return frame.sort_values(["rank"], kind="stable")


def bloc_firmness(
    network: nx.Graph[Any], *, member: Mapping[str, int] | None = None, rounds: int = 50, seed: int = 0
) -> dict[str, float]:
    """Actor → how firmly it stands in its bloc: the share of rounds that put it with each other member, on average.

    1 is always with all of them; an actor alone in its bloc has 0. NaN where a single article tells of all.
    """
    member = blocs(network, seed=seed) if member is None else member
    bootstrap = Bootstrap(network, rounds=rounds, seed=seed)
    names = [node for node in bootstrap.tally.nodes if node in member]
    own = np.array([member[node] for node in names])
    same = own[:, None] == own[None, :]
    np.fill_diagonal(same, False)
    if not bootstrap.possible:
        return dict.fromkeys(names, float("nan"))
    together = np.zeros((len(names), len(names)))
    for ties in bootstrap.draws():
        found = blocs(ties, seed=seed, runs=1)
        drawn = np.array([found.get(node, -1 - place) for place, node in enumerate(names)])
        together += drawn[:, None] == drawn[None, :]
    firm = (together * same).sum(axis=1) / np.maximum(same.sum(axis=1), 1) / rounds
    return {node: float(value) for node, value in zip(names, firm, strict=True)}


def ranked(values: Floats, *, ascending: bool = False) -> Any:
    """1 for the greatest (or least), equal values alike, as in sports; values that are missing come last.

    >>> [int(rank) for rank in ranked(np.array([3.0, 5.0, 3.0, 1.0]))]
    [2, 1, 2, 4]
    """
    steady: Floats = np.asarray(np.round(values, 9), dtype=np.float64)
    keys: Floats = np.where(np.isnan(steady), np.inf, steady if ascending else -steady)
    return 1 + np.searchsorted(np.sort(keys), keys, side="left")


def _quantiles(values: Any, edges: list[float]) -> Any:
    """Quantiles of each column without its missing values; NaN where all are."""
    empty = np.isnan(values).all(axis=0)
    filled = np.where(empty, 0.0, values)
    found = np.nanquantile(filled, edges, axis=0)
    found[:, empty] = np.nan
    return found
