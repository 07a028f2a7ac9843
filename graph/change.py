"""How the network changes: measures by window of time, where a course breaks, and what changed between two dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from triplomat.errors import UsageError

from .centrality import MEASURES
from .facts import interval
from .network import Window, date_of, to_network
from .ties import to_ties

if TYPE_CHECKING:
    import pandas as pd

    from .facts import Fact

STEPS = {"month": 1, "quarter": 3, "year": 12}
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Shift:
    """How the weight between two actors differs between two windows, and the facts that make the difference.

    `before` and `after` are cooperation less conflict; `facts` those of both windows, the weightiest first.
    """

    one: str
    other: str
    before: float
    after: float
    facts: tuple[Fact, ...]

    @property
    def change(self) -> float:
        return self.after - self.before


def windows(facts: Iterable[Fact], *, by: str = "quarter") -> list[tuple[str, Window]]:
    """The months, quarters or years from the first dated fact to the last, each by its name and its two days."""
    if by not in STEPS:
        raise UsageError(f"by {by!r}: choose from {', '.join(STEPS)}")
    days = [span[0] for fact in facts if (span := interval(date_of(fact) or ""))]
    if not days:
        return []
    step = STEPS[by]
    found: list[tuple[str, Window]] = []
    start = date(min(days).year, (min(days).month - 1) // step * step + 1, 1)
    while start <= max(days):
        month = start.month - 1 + step
        following = date(start.year + month // 12, month % 12 + 1, 1)
        name = {
            "month": f"{start:%Y-%m}",
            "quarter": f"{start.year}-Q{(start.month + 2) // 3}",
            "year": str(start.year),
        }[by]
        found.append((name, (start.isoformat(), (following - timedelta(days=1)).isoformat())))
        start = following
    return found


def over_time(
    facts: Sequence[Fact], *, measure: str = "strength", by: str = "quarter", whole: bool = False, **options: Any
) -> pd.DataFrame:
    """A row a window, a column an actor, 0 where it does nothing; with `whole`, all up to the end of each window.

    Facts without a date are left out; other options as `to_network`'s.
    """
    import pandas as pd

    dated = [fact for fact in facts if interval(date_of(fact) or "")]
    rows: dict[str, dict[str, float]] = {}
    for name, (first, last) in windows(dated, by=by):
        ties = to_ties(to_network(dated, window=(None if whole else first, last), **options))
        rows[name] = dict(zip(ties.nodes, MEASURES[measure](ties).tolist(), strict=True))
    frame = pd.DataFrame.from_dict(rows, orient="index").fillna(0.0)
    return frame.reindex(columns=sorted(frame.columns, key=lambda actor: (-frame[actor].sum(), actor)))


def dyad_over_time(facts: Sequence[Fact], one: str, other: str, *, by: str = "quarter", **options: Any) -> pd.DataFrame:
    """A row a window: cooperation and conflict between two actors, and how many facts tell of them."""
    import pandas as pd

    rows = {}
    dated = [fact for fact in facts if interval(date_of(fact) or "")]
    for name, window in windows(dated, by=by):
        network = to_network(dated, window=window, **options)
        pair = network.subgraph([actor for actor in (one, other) if actor in network])
        ties = to_ties(pair)
        told = len({key for *_, key in pair.edges(keys=True)})
        rows[name] = (float(ties.cooperation.sum()), float(ties.conflict.sum()), told)
    return pd.DataFrame.from_dict(rows, orient="index", columns=["cooperation", "conflict", "facts"])


def breaks(values: Sequence[float], *, penalty: float | None = None) -> list[int]:
    """Where a course of values steps to another level: the first places of the new levels.

    The levels have the least squares in all with `penalty` for each break, found over all ways to part the course
    (Jackson et al. 2005); by default 3 σ² log n, σ from the steps between neighbours: their median, or their mean where
    that is 0. Each level lasts two windows or more.

    >>> breaks([1, 1, 2, 1, 9, 8, 9, 9])
    [4]
    """
    course = np.asarray(values, dtype=np.float64)
    count = len(course)
    if count < 2 * SHORTEST:
        return []
    if penalty is None:
        steps = np.abs(np.diff(course))
        noise = float(np.median(steps) or steps.mean()) / 0.9539  # the median of two normals' difference is 0.6745·√2·σ
        penalty = 3 * max(noise**2, 1e-12) * float(np.log(count))
    sums = np.concatenate([[0.0], np.cumsum(course)])
    squares = np.concatenate([[0.0], np.cumsum(course**2)])
    best, origin = np.full(count + 1, np.inf), [0] * (count + 1)
    best[0] = -penalty
    for end in range(SHORTEST, count + 1):
        for start in range(end - SHORTEST + 1):
            spread = squares[end] - squares[start] - (sums[end] - sums[start]) ** 2 / (end - start)
            value = best[start] + spread + penalty
            if value < best[end] - 1e-12:
                best[end], origin[end] = value, start
    found, place = [], origin[count]
    while place:
        found.append(place)
        place = origin[place]
    return found[::-1]


def changes(
    facts: Sequence[Fact], before: Window | str, after: Window | str, *, most: int | None = 10, **options: Any
) -> list[Shift]:
    """What changed most between two windows: pairs by how far their weight moved, and the facts that moved it.

    A window is its first and last day, or one ISO 8601 period ("2023", "2024-06"). Compare windows of one length, or
    the longer has more of everything.
    """
    sums: list[Mapping[tuple[str, str], float]] = []
    evidence: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for window in (before, after):
        network = to_network(facts, window=_window(window), **options)
        ties = to_ties(network)
        pairs = zip(ties.a.tolist(), ties.b.tolist(), (ties.cooperation - ties.conflict).tolist(), strict=True)
        sums.append({(ties.nodes[a], ties.nodes[b]): weight for a, b, weight in pairs})
        for source, target, key, data in network.edges(keys=True, data=True):
            evidence[min(source, target), max(source, target)][key] = abs(data["weight"])
    known = {fact.id: fact for fact in facts}
    shifts = []
    for pair in sorted(sums[0].keys() | sums[1].keys()):
        told = evidence[pair]
        order = sorted(told, key=lambda key: (-told[key], key))
        found = tuple(known[key] for key in order)
        shifts.append(Shift(*pair, sums[0].get(pair, 0.0), sums[1].get(pair, 0.0), found))
    shifts = [shift for shift in shifts if abs(shift.change) > 1e-9]
    return sorted(shifts, key=lambda shift: (-abs(shift.change), shift.one, shift.other))[:most]


def _window(value: Window | str) -> Window:
    if not isinstance(value, str):
        return value
    span = interval(value)
    if span is None:
        raise UsageError(f"{value!r} is no date; write 2024, 2024-06 or 2024-06-20")
    return span[0].isoformat(), span[1].isoformat()
