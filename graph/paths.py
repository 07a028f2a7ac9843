"""Shortest ways through the ties: distances from some actors, and how often each lies between others."""

from __future__ import annotations

import numpy as np

from .ties import Floats, Indices, Links, summed

SMALL = 300  # actors up to which all distances are computed at once, without scipy
EXACT = 2000  # actors up to which every one is a source
PIVOTS = 256
_CLOSE = 1e-10


def distances(links: Links, sources: Indices) -> Floats:
    """Rows of distances from each source, inf where there is no way; a link is as long as 1 / its value."""
    if links.count <= SMALL:
        return _all_distances(links)[sources]
    from scipy.sparse.csgraph import dijkstra

    return np.asarray(dijkstra(links.with_values(1 / links.values).sparse(), indices=sources))


def betweenness_values(links: Links, *, seed: int = 0) -> Floats:
    """The share of pairs between which each actor lies, a pair with several shortest ways divided among them.

    Brandes, A faster algorithm for betweenness centrality (2001), with each step for all links at once: links that lie
    on shortest ways from a source make an acyclic graph, whose ways of one, two, … links are summed until none is left.
    """
    count = links.count
    total = np.zeros(count)
    if count < 3 or not len(links.values):
        return total
    whole: Floats | None = None
    if count <= SMALL:  # a link that is longer than another way lies on no shortest one
        whole = _all_distances(links)
        short = 1 / links.values <= whole[links.rows, links.columns] * (1 + _CLOSE)
        links = Links(count, links.rows[short], links.columns[short], links.values[short])
    lengths = 1 / links.values
    sources = np.unique(links.rows)
    if count > EXACT and len(sources) > PIVOTS:
        sources = np.sort(np.random.default_rng(seed).choice(sources, PIVOTS, replace=False))
    linked = len(np.unique(links.rows))
    for first in range(0, len(sources), 64):
        chunk = sources[first : first + 64]
        found = whole[chunk] if whole is not None else distances(links, chunk)
        for source, away in zip(chunk, found, strict=True):
            with np.errstate(invalid="ignore"):
                ahead = np.abs(away[links.rows] + lengths - away[links.columns]) <= _CLOSE * away[links.columns]
            total += _dependency(links.rows[ahead], links.columns[ahead], source, count)
    return total * (linked / len(sources)) / ((count - 1) * (count - 2))


def _dependency(tails: Indices, heads: Indices, source: int, count: int) -> Floats:
    """How much of the shortest ways from a source to all others leads through each actor."""
    ways = np.zeros(count)
    step = np.zeros(count)
    step[source] = 1.0
    while step.any():
        ways += step
        step = summed(heads, step[tails], count)
    part = ways[tails] / ways[heads]
    share = np.zeros(count)
    step = summed(tails, part, count)
    while step.any():
        share += step
        step = summed(tails, part * step[heads], count)
    share[source] = 0.0
    return share


def _all_distances(links: Links) -> Floats:
    """Floyd and Warshall, a row and a column at a time."""
    away = np.full((links.count, links.count), np.inf)
    away[links.rows, links.columns] = 1 / links.values
    np.fill_diagonal(away, 0.0)
    for middle in np.unique(links.rows):
        np.minimum(away, away[:, middle, None] + away[None, middle, :], out=away)
    return away
