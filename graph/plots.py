"""Pictures of the network for a report, with matplotlib (extra `plots`): told apart by form, not colour.

Each draws on the axes given, or on new ones, and gives them back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from triplomat.errors import UsageError

from .balance import balance
from .blocs import blocs
from .ties import to_ties

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    from matplotlib.axes import Axes

INK, GREY, PALE = "0.1", "0.45", "0.8"


def rank_plot(intervals: pd.DataFrame, *, most: int = 15, measure: str = "strength", axes: Axes | None = None) -> Axes:
    """What `rank_intervals` found: a dot for each actor's value, a line for its interval, its ranks at the right."""
    shown = intervals.head(most)
    places = np.arange(len(shown))[::-1]
    axes = axes or _axes(6.4, 0.9 + 0.3 * len(shown))
    axes.hlines(places, shown["low"], shown["high"], color=GREY, linewidth=2)
    axes.plot(shown["value"], places, "o", color=INK, markersize=5)
    for place, first, last in zip(places, shown["first"], shown["last"], strict=True):
        ranks = f"{first}" if first == last else f"{first}–{last}"
        axes.annotate(ranks, (1.02, place), xycoords=("axes fraction", "data"), va="center", color=INK)
    axes.annotate("rank", (1.02, len(shown) - 0.35), xycoords=("axes fraction", "data"), color=GREY)
    axes.set_yticks(places, list(shown["label"]))
    axes.set_ylim(-0.6, len(shown) - 0.1)
    axes.set_xlabel(f"{measure.replace('_', ' ')}, with the middle 90% of draws of the articles")
    axes.grid(axis="x", color=PALE, linewidth=0.5)
    return _bare(axes)


def bloc_matrix(network: nx.Graph[Any], *, member: Mapping[str, int] | None = None, axes: Axes | None = None) -> Axes:
    """Who deals how with whom, actors by bloc: a disc is cooperation, a cross conflict, the larger the more.

    Lines part the blocs. Of a pair that does both, the greater is drawn.
    """
    member = blocs(network) if member is None else member
    ties = to_ties(network)
    order = sorted(
        (node for node in ties.nodes if node in member),
        key=lambda node: (member[node], -float(ties.friends.sums()[ties.nodes.index(node)]), node),
    )
    place = {node: number for number, node in enumerate(order)}
    size = max(3.2, 0.32 * len(order) + 1.6)
    axes = axes or _axes(size, size)
    top = max((abs(value) for value in (ties.cooperation - ties.conflict)), default=1.0) or 1.0
    points: dict[bool, list[tuple[int, int, float]]] = {True: [], False: []}
    for a, b, value in zip(ties.a, ties.b, ties.cooperation - ties.conflict, strict=True):
        one, other = place.get(ties.nodes[a]), place.get(ties.nodes[b])
        if one is not None and other is not None and value:
            area = 12 + 150 * abs(float(value)) / top
            points[bool(value > 0)] += [(one, other, area), (other, one, area)]
    for friendly, marker in ((True, "o"), (False, "x")):
        if points[friendly]:
            rows = np.array(points[friendly])
            axes.scatter(rows[:, 0], rows[:, 1], s=rows[:, 2], marker=marker, color=INK if friendly else GREY)
    for number in range(1, len(order)):
        if member[order[number]] != member[order[number - 1]]:
            axes.axhline(number - 0.5, color=PALE, linewidth=1)
            axes.axvline(number - 0.5, color=PALE, linewidth=1)
    names = [_label(network, node) for node in order]
    axes.set_xticks(range(len(order)), names, rotation=90)
    axes.set_yticks(range(len(order)), names)
    axes.set_xlim(-0.5, len(order) - 0.5)
    axes.set_ylim(len(order) - 0.5, -0.5)
    axes.set_aspect("equal")
    axes.set_title("● cooperation   × conflict", fontsize="medium")
    return axes


def dyad_plot(course: pd.DataFrame, *, breaks: Sequence[int] = (), axes: Axes | None = None) -> Axes:
    """What `dyad_over_time` found: cooperation above the line, conflict, hatched, below; breaks as dashed lines."""
    axes = axes or _axes(7, 3)
    places = np.arange(len(course))
    axes.bar(places, course["cooperation"], color=GREY, edgecolor=INK, label="cooperation")
    axes.bar(places, -course["conflict"], color="white", edgecolor=INK, hatch="////", label="conflict")
    axes.axhline(0, color=INK, linewidth=0.8)
    for place in breaks:
        axes.axvline(place - 0.5, color=INK, linestyle="--", linewidth=1)
    step = max(1, len(course) // 12)
    axes.set_xticks(places[::step], [str(name) for name in course.index[::step]], rotation=45, ha="right")
    axes.set_ylabel("score × belief")
    axes.legend(frameon=False, loc="upper left")
    return _bare(axes)


def ego_plot(network: nx.Graph[Any], actor: str, *, most: int = 12, axes: Axes | None = None) -> Axes:
    """An actor and its weightiest partners around it: full lines cooperate, dashed ones fight, the thicker the more."""
    if actor not in network:
        raise UsageError(f"{actor} is not in the network")
    ties = to_ties(network)
    centre = ties.nodes.index(actor)
    net = {(int(a), int(b)): float(v) for a, b, v in zip(ties.a, ties.b, ties.cooperation - ties.conflict, strict=True)}
    near = {a if b == centre else b: value for (a, b), value in net.items() if centre in (a, b) and value}
    partners = sorted(sorted(near, key=lambda place: (-abs(near[place]), place))[:most], key=lambda place: -near[place])
    axes = axes or _axes(5.5, 5.5)
    angles = np.pi / 2 - 2 * np.pi * np.arange(len(partners)) / max(len(partners), 1)
    spots = {centre: (0.0, 0.0)} | {
        place: (float(np.cos(angle)), float(np.sin(angle))) for place, angle in zip(partners, angles, strict=True)
    }
    top = max((abs(value) for value in net.values()), default=1.0) or 1.0
    for (a, b), value in net.items():
        if value and a in spots and b in spots:
            (x, y), (u, v) = spots[a], spots[b]
            inner = centre in (a, b)
            axes.plot(
                [x, u], [y, v], color=INK if inner else PALE, linestyle="-" if value > 0 else (0, (4, 3)),
                linewidth=0.6 + 4 * abs(value) / top, zorder=2 if inner else 1,
            )  # fmt: skip
    for place, (x, y) in spots.items():
        axes.annotate(
            _label(network, ties.nodes[place]), (x, y), ha="center", va="center", zorder=3, fontsize="small",
            fontweight="bold" if place == centre else "normal",
            bbox={"boxstyle": "round", "facecolor": "white", "edgecolor": INK},
        )  # fmt: skip
    axes.set_xlim(-1.35, 1.35)
    axes.set_ylim(-1.2, 1.2)
    axes.set_axis_off()
    return axes


def triad_plot(network: nx.Graph[Any], *, axes: Axes | None = None) -> Axes:
    """How many triads of each kind there are; the balanced ones are filled."""
    found = balance(network)
    axes = axes or _axes(4, 2.4)
    names = list(found.triads)
    fills = ["0.35" if name in ("+++", "+--") else "white" for name in names]
    axes.bar(names, list(found.triads.values()), color=fills, edgecolor=INK)
    axes.set_ylabel("triads")
    axes.locator_params(axis="y", integer=True)
    return _bare(axes)


def _axes(width: float, height: float) -> Axes:
    try:
        import matplotlib.pyplot as plt
    except ImportError as error:
        raise UsageError("pictures need matplotlib; install it with: pip install 'triplomat[plots]'") from error

    _, axes = plt.subplots(figsize=(width, height), layout="constrained")
    return axes


def _bare(axes: Axes) -> Axes:
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return axes


def _label(network: nx.Graph[Any], node: str) -> str:
    return str(network.nodes[node].get("label") or node)
