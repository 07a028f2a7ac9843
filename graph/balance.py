"""How far a network is from two camps, friends within and foes between: triads, frustration, and who strains.

A pair is friends or foes by the sign of its cooperation less its conflict. A triad is balanced where the product of its
signs is positive (Heider 1946, Cartwright and Harary 1956): the friend of a friend is a friend, the foe of a foe too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .frustration import Frustration, frustration
from .ties import Links, Ties, to_ties

if TYPE_CHECKING:
    import networkx as nx

DENSE = 600
TRIADS = ("+++", "++-", "+--", "---")
_MOST = 8


@dataclass(frozen=True, slots=True)
class Balance:
    """Triads by their signs, the share of them that is balanced (None without any), and the frustration."""

    triads: Mapping[str, int]
    balanced: float | None
    frustration: Frustration

    def to_json(self) -> dict[str, Any]:
        """As `triplomat analyze --format json` prints it."""
        found = self.frustration
        return {
            "triads": dict(self.triads),
            "balanced": None if self.balanced is None else round(self.balanced, 6),
            "frustration": {"at_least": found.lower, "at_most": found.upper, "ties": found.ties},
            "camps": [sorted(node for node, camp in found.camps.items() if camp == side) for side in (0, 1)],
            "strained": [list(pair) for pair in found.strained],
        }

    def lines(self, label: Callable[[str], str]) -> list[str]:
        """The same in words, a line each."""
        total = sum(self.triads.values())
        if not total or self.balanced is None:
            return ["Balance: no three actors are all friends or foes of each other"]
        counts = ", ".join(f"{self.triads[kind]} {kind}" for kind in TRIADS)
        found = self.frustration
        bounds = str(found.upper) if found.exact else f"{found.lower} to {found.upper}"
        lines = [
            f"Balance: {self.balanced:.0%} of {total} triads are balanced ({counts})",
            f"Frustration: {bounds} of {found.ties} ties stand against two camps",
        ]
        if found.strained:
            pairs = [f"{label(one)} – {label(other)}" for one, other in found.strained]
            more = f" and {len(pairs) - _MOST} more" if len(pairs) > _MOST else ""
            lines.append(f"Strained: {', '.join(pairs[:_MOST])}{more}")
        return lines


def balance(network: nx.Graph[Any] | Ties) -> Balance:
    """The balance of a network."""
    ties = to_ties(network)
    triads = triad_census(ties)
    total = sum(triads.values())
    return Balance(triads, (triads["+++"] + triads["+--"]) / total if total else None, frustration(ties))


def triad_census(network: nx.Graph[Any] | Ties) -> dict[str, int]:
    """How many triads there are with no, one, two and three pairs of foes."""
    ties = to_ties(network)
    counts = _triads_of(ties)
    return {kind: round(float(counts[kind].sum()) / 3) for kind in TRIADS}


def local_balance(network: nx.Graph[Any] | Ties) -> dict[str, float | None]:
    """Actor → the share of its triads that is balanced, None where it is in none."""
    ties = to_ties(network)
    counts = _triads_of(ties)
    good, total = counts["+++"] + counts["+--"], sum(counts.values())
    return {node: float(good[place] / total[place]) if total[place] else None for place, node in enumerate(ties.nodes)}


def _triads_of(ties: Ties) -> dict[str, Any]:
    """By signs: how many triads each actor is in."""
    net = ties.net
    friends, foes = (
        Links(ties.count, net.rows[kept], net.columns[kept], np.ones(int(kept.sum())))
        for kept in (net.values > 0, net.values < 0)
    )
    if ties.count <= DENSE:
        return _count(friends.dense(), foes.dense(), lambda matrix: matrix.sum(axis=1))
    return _count(friends.sparse(), foes.sparse(), lambda matrix: np.asarray(matrix.sum(axis=1)).ravel())


def _count(friends: Any, foes: Any, sums: Callable[[Any], Any]) -> dict[str, Any]:
    """Closed walks of three steps from each actor, by the signs of their steps.

    Walks with one step unlike the others count once where it is the last and twice, there and back, where it is the
    second; those of three like steps twice.
    """
    return {
        "+++": sums((friends @ friends) * friends) / 2,
        "++-": sums((friends @ friends) * foes) + sums((friends @ foes) * friends) / 2,
        "+--": sums((foes @ foes) * friends) + sums((foes @ friends) * foes) / 2,
        "---": sums((foes @ foes) * foes) / 2,
    }
