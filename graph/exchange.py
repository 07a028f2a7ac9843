"""The network → the files that other programs read: GraphML, GEXF, and the table of centralities."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .naming import clean

if TYPE_CHECKING:
    import networkx as nx

_PLAIN = (str, int, float, bool)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_graphml(network: nx.MultiDiGraph[str]) -> str:
    """GraphML with every attribute that has a value; several values in one are parted by "; "."""
    import networkx as nx

    return "\n".join(nx.generate_graphml(_plain(network), prettyprint=True)) + "\n"


def to_gexf(network: nx.MultiDiGraph[str]) -> str:
    """GEXF 1.2, as Gephi reads it; without the day on which it was written, so that it is the same tomorrow."""
    import networkx as nx

    text = "\n".join(nx.generate_gexf(_plain(network), prettyprint=True, version="1.2draft"))
    return re.sub(r' lastmodifieddate="[^"]*"', "", text) + "\n"


def centrality_csv(
    rows: Mapping[str, Mapping[str, float]],
    network: nx.MultiDiGraph[str],
    blocs: Mapping[str, int],
) -> str:
    """A row an actor: id, label, type, state, bloc, and each measure to six digits; empty where it has none."""
    measures = list(next(iter(rows.values()), {}))
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(("actor", "label", "type", "state", "bloc", *measures))
    for actor, row in rows.items():
        about = network.nodes[actor]
        known = (actor, about["label"], about["type"], about["state"] or "", blocs.get(actor, ""))
        values = (digits(row[name]) for name in measures)
        writer.writerow((*map(_harmless, known), *("" if value is None else f"{value:.6g}" for value in values)))
    return output.getvalue()


def digits(value: float) -> float | None:
    """To six digits, so that the last bits of another machine's arithmetic don't show; None for NaN.

    >>> digits(0.12345678), digits(1e-18)
    (0.123457, 0.0)
    """
    if value != value:
        return None
    return 0.0 if abs(value) < 1e-9 else float(f"{value:.6g}")


def _plain(network: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """A copy with attributes that XML can hold."""
    import networkx as nx

    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, data in network.nodes(data=True):
        plain.add_node(node, **_values(data))
    for number, (source, target, key, data) in enumerate(network.edges(keys=True, data=True)):
        plain.add_edge(source, target, key=f"e{number}", fact=key, **_values(data))
    return plain


def _values(data: Mapping[str, Any]) -> dict[str, Any]:
    values = {key: "; ".join(map(str, value)) if isinstance(value, tuple) else value for key, value in data.items()}
    return {
        key: clean(value) if isinstance(value, str) else value
        for key, value in values.items()
        if isinstance(value, _PLAIN) and value != ""
    }


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
