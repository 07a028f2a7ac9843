"""A built graph → what `triplomat analyze` prints: alliance centrality, blocs and balance, as text, CSV or JSON."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .balance import Balance, balance
from .blocs import blocs, quality
from .centrality import centrality_rows
from .exchange import centrality_csv, digits
from .uncertainty import intervals

if TYPE_CHECKING:
    import networkx as nx

    from .knowledge_graph import KnowledgeGraph

COLUMNS = ("strength", "degree", "eigenvector", "betweenness", "constraint", "conflict", "pn")
SHOWN = 25


@dataclass(frozen=True, slots=True)
class Analysis:
    """The network of a graph with its measures."""

    network: nx.MultiDiGraph[str]
    centrality: Mapping[str, Mapping[str, float]]
    blocs: Mapping[str, int]
    quality: float
    balance: Balance
    ranks: Mapping[str, Mapping[str, Any]]

    def label(self, actor: str) -> str:
        return str(self.network.nodes[actor]["label"])

    def members(self) -> list[list[str]]:
        """The blocs by number, members by falling strength; those of a single actor are left out."""
        found: dict[int, list[str]] = defaultdict(list)
        for actor in self.centrality:
            if actor in self.blocs:
                found[self.blocs[actor]].append(actor)
        return [found[number] for number in sorted(found) if len(found[number]) > 1]


def analyse(graph: KnowledgeGraph, **options: Any) -> Analysis:
    """All measures of a graph's network; options as `to_network`'s."""
    network = graph.network(**options)
    member = blocs(network)
    return Analysis(
        network=network,
        centrality=centrality_rows(network),
        blocs=member,
        quality=quality(network, member),
        balance=balance(network),
        ranks=intervals(network),
    )


def report(graph: KnowledgeGraph, *, as_of: str | None = None, format: str = "table", level: str = "state") -> str:
    """What `triplomat analyze` prints, without a newline at its end."""
    analysis = analyse(graph, as_of=as_of, level=level)
    if format == "csv":
        return centrality_csv(analysis.centrality, analysis.network.nodes, analysis.blocs).rstrip("\n")
    if format == "json":
        return json.dumps(_json(analysis, as_of, level), ensure_ascii=False, indent=1)
    return _text(analysis, as_of)


def _json(analysis: Analysis, as_of: str | None, level: str) -> dict[str, Any]:
    return {
        "as_of": as_of,
        "level": level,
        "actors": [
            {
                "actor": actor,
                "label": analysis.label(actor),
                "bloc": analysis.blocs.get(actor),
                "rank": [analysis.ranks[actor]["first"], analysis.ranks[actor]["last"]],
                **{name: digits(value) for name, value in row.items()},
            }
            for actor, row in analysis.centrality.items()
        ],
        "blocs": analysis.members(),
        "quality": digits(analysis.quality),
        "balance": analysis.balance.to_json(),
    }


def _text(analysis: Analysis, as_of: str | None) -> str:
    network = analysis.network
    facts = len({key for _, _, key in network.edges(keys=True)})
    if not facts:
        return f"No asserted fact between two actors{f' until {as_of}' if as_of else ''}."
    head = f"Alliance centrality{f' as of {as_of}' if as_of else ''}: {len(network)} actors, {facts} facts"
    rows: list[tuple[str, ...]] = [("rank", "actor", "bloc", *COLUMNS)]
    for actor, row in list(analysis.centrality.items())[:SHOWN]:
        bloc = analysis.blocs.get(actor)
        values = (_number(row[name]) for name in COLUMNS)
        rows.append((_range(analysis.ranks[actor]), analysis.label(actor), "" if bloc is None else str(bloc), *values))
    lines = [head, "", *_aligned(rows)]
    if len(analysis.centrality) > SHOWN:
        lines.append(f"… and {len(analysis.centrality) - SHOWN} more; all with --format csv")
    lines += [
        "Rank by strength, as 90% of draws of the articles have it.",
        "",
        f"Blocs (signed modularity {analysis.quality:.2f})",
    ]
    lines += [
        f"{number:>3}  {', '.join(map(analysis.label, group))}" for number, group in enumerate(analysis.members())
    ]
    return "\n".join([*lines, "", *analysis.balance.lines(analysis.label)])


def _range(spread: Mapping[str, Any]) -> str:
    """The ranks that nine of ten draws of the articles give."""
    first, last = spread["first"], spread["last"]
    return str(first) if first == last else f"{first}–{last}"


def _number(value: float) -> str:
    shown = digits(value)
    if shown is None:
        return "–"
    return f"{shown:.0f}" if shown == int(shown) and abs(shown) >= 1 else f"{shown:.2f}"


def _aligned(rows: list[tuple[str, ...]]) -> list[str]:
    """Columns under each other, the actor's to the left, numbers to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(
            cell.ljust(width) if column == 1 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
