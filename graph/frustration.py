"""How few ties stand against two camps: the line index of frustration, exact where it can be, else between bounds.

Harary, On the measurement of structural balance (1959); the exact search is the binary program of Aref, Mason and
Wilson, A modeling and computational study of the frustration index in signed networks (2020), by scipy's HiGHS.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .ties import Ties, to_ties

if TYPE_CHECKING:
    import networkx as nx

LARGE = 3000  # ties above which only bounds are sought
STARTS = 20
NODES = 2000  # branches that the exact search may take, in place of a time that would differ by machine
TRIANGLES = 20_000


@dataclass(frozen=True, slots=True)
class Frustration:
    """`lower` ≤ index ≤ `upper` among `ties` pairs; the best `camps` found (0 or 1) and the ties `strained` by them."""

    lower: int
    upper: int
    ties: int
    camps: Mapping[str, int]
    strained: tuple[tuple[str, str], ...]

    @property
    def exact(self) -> bool:
        """Whether no better camps can be."""
        return self.lower == self.upper


def frustration(network: nx.Graph[Any] | Ties) -> Frustration:
    """The fewest ties, each of one, that would have to change sign or go for all to fall into two camps."""
    ties = to_ties(network)
    net = ties.cooperation - ties.conflict
    kept = net != 0
    signed = _Signed(ties.count, ties.a[kept].tolist(), ties.b[kept].tolist(), np.sign(net[kept]).astype(int).tolist())
    camps = signed.search()
    upper, triangles = len(signed.against(camps)), signed.triangles()
    lower = _packed(triangles)
    if lower < upper and len(signed.a) <= LARGE:
        lower, camps = _exact(signed, camps, triangles, lower)
        upper = len(signed.against(camps))
    strained = [(ties.nodes[signed.a[tie]], ties.nodes[signed.b[tie]]) for tie in signed.against(camps)]
    linked = sorted({*signed.a, *signed.b})
    return Frustration(lower, upper, len(signed.a), {ties.nodes[i]: camps[i] for i in linked}, tuple(strained))


class _Signed:
    """Ties by their ends and sign, and each actor's ties."""

    def __init__(self, count: int, a: list[int], b: list[int], sign: list[int]) -> None:
        self.count, self.a, self.b, self.sign = count, a, b, sign
        self.near: list[dict[int, int]] = [{} for _ in range(count)]
        for tie, (one, other) in enumerate(zip(a, b, strict=True)):
            self.near[one][other] = self.near[other][one] = tie

    def against(self, camps: list[int]) -> list[int]:
        """Friends in two camps, and foes in one."""
        return [
            tie
            for tie, (one, other, sign) in enumerate(zip(self.a, self.b, self.sign, strict=True))
            if (camps[one] == camps[other]) != (sign > 0)
        ]

    def search(self) -> list[int]:
        """The best camps of several starts, each bettered by moving one actor at a time."""
        best = self._climb(self._grown())
        for start in range(STARTS if len(self.a) <= LARGE else 2):
            camps = self._climb(np.random.default_rng(start).integers(0, 2, self.count).tolist())
            if len(self.against(camps)) < len(self.against(best)):
                best = camps
        if self.count and best[0]:
            best = [1 - camp for camp in best]
        return best

    def _grown(self) -> list[int]:
        """Camps that follow the signs outwards from each first actor: right at once where all is balanced."""
        camps = [-1] * self.count
        for start in range(self.count):
            if camps[start] >= 0:
                continue
            camps[start], queue = 0, [start]
            for place in queue:
                for other, tie in self.near[place].items():
                    if camps[other] < 0:
                        camps[other] = camps[place] if self.sign[tie] > 0 else 1 - camps[place]
                        queue.append(other)
        return camps

    def _climb(self, camps: list[int]) -> list[int]:
        queue = list(range(self.count))
        waiting = [True] * self.count
        for place in queue:
            waiting[place] = False
            pull = sum(
                self.sign[tie] if camps[place] == camps[other] else -self.sign[tie]
                for other, tie in self.near[place].items()
            )
            if pull < 0:
                camps[place] = 1 - camps[place]
                for other in self.near[place]:
                    if not waiting[other]:
                        waiting[other] = True
                        queue.append(other)
        return camps

    def triangles(self) -> list[tuple[int, int, int]]:
        """The unbalanced triangles, each by its three ties; the first 20,000."""
        found: list[tuple[int, int, int]] = []
        for tie, (one, other) in enumerate(zip(self.a, self.b, strict=True)):
            for third in sorted(self.near[one].keys() & self.near[other].keys()):
                if third > other:
                    sides = (tie, self.near[one][third], self.near[other][third])
                    if self.sign[sides[0]] * self.sign[sides[1]] * self.sign[sides[2]] < 0:
                        found.append(sides)
                        if len(found) >= TRIANGLES:
                            return found
        return found


def _packed(triangles: list[tuple[int, int, int]]) -> int:
    """A lower bound: unbalanced triangles that share no tie, each of which must lose one."""
    crowd: defaultdict[int, int] = defaultdict(int)
    for sides in triangles:
        for tie in sides:
            crowd[tie] += 1
    used: set[int] = set()
    count = 0
    for sides in sorted(triangles, key=lambda sides: (sum(crowd[tie] for tie in sides), sides)):
        if used.isdisjoint(sides):
            used.update(sides)
            count += 1
    return count


def _exact(
    signed: _Signed, camps: list[int], triangles: list[tuple[int, int, int]], lower: int
) -> tuple[int, list[int]]:
    """The program's lower bound and its camps, or those given where it finds none better."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    ties, actors = len(signed.a), signed.count
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    least: list[float] = []

    def constrain(terms: list[tuple[int, float]], at_least: float) -> None:
        rows.extend([len(least)] * len(terms))
        columns.extend(column for column, _ in terms)
        values.extend(value for _, value in terms)
        least.append(at_least)

    for tie, (one, other, sign) in enumerate(zip(signed.a, signed.b, signed.sign, strict=True)):
        strain = actors + tie
        if sign > 0:
            constrain([(strain, 1), (one, -1), (other, 1)], 0)
            constrain([(strain, 1), (one, 1), (other, -1)], 0)
        else:
            constrain([(strain, 1), (one, -1), (other, -1)], -1)
            constrain([(strain, 1), (one, 1), (other, 1)], 1)
    for sides in triangles:
        constrain([(actors + tie, 1) for tie in sides], 1)
    matrix = csr_array((np.array(values, dtype=np.float64), (rows, columns)), shape=(len(least), actors + ties))
    upper = np.ones(actors + ties)
    upper[max(range(actors), key=lambda place: len(signed.near[place]))] = 0  # camps may be swapped: fix one actor
    found = milp(
        np.concatenate([np.zeros(actors), np.ones(ties)]),
        integrality=np.concatenate([np.ones(actors), np.zeros(ties)]),
        bounds=Bounds(np.zeros(actors + ties), upper),
        constraints=LinearConstraint(matrix, lb=np.array(least, dtype=np.float64)),
        options={"node_limit": NODES, "mip_rel_gap": 0},
    )
    bound = found.mip_dual_bound
    if bound is not None and np.isfinite(bound):
        lower = max(lower, int(np.ceil(bound - 1e-6)))
    if found.x is not None:
        better = signed._climb([round(value) for value in found.x[:actors]])
        if len(signed.against(better)) < len(signed.against(camps)):
            camps = better
    return min(lower, len(signed.against(camps))), camps
