"""The network → the files that other programs read: GraphML, GEXF with time spells, and the table of centralities.

The two kinds of XML are written node by node and edge by edge, so that a network need not be held.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from .facts import interval
from .naming import clean

if TYPE_CHECKING:
    import networkx as nx

Attributes = Mapping[str, Any]
Nodes = Iterable[tuple[str, Attributes]]
Edges = Iterable[tuple[str, str, str, Attributes]]  # source, target, fact, attributes

_NODE = {"label": "string", "type": "string", "state": "string"}
_EDGE = {
    "fact": "string", "sign": "int", "weight": "double", "score": "double", "belief": "double", "type": "string",
    "mode": "string", "contexts": "string", "relation": "string", "time": "string", "modality": "string",
    "polarity": "string", "attribution": "string", "mutual": "boolean", "sources": "int", "evidence": "string",
    "documents": "string",
}  # fmt: skip
_GEXF_OWN = ("label", "weight")  # what GEXF has a place of its own for
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_graphml(network: nx.MultiDiGraph[str]) -> str:
    """GraphML with every attribute that has a value; several values in one are parted by "; "."""
    return "".join(graphml(network.nodes.items(), edges_of(network)))


def to_gexf(network: nx.MultiDiGraph[str]) -> str:
    """GEXF 1.2, as Gephi reads it: a tie lasts from the first to the last day of its fact's time."""
    return "".join(gexf(network.nodes.items(), edges_of(network)))


def edges_of(network: nx.MultiDiGraph[str]) -> Iterator[tuple[str, str, str, Attributes]]:
    """The edges of a network with their attributes."""
    yield from network.edges(keys=True, data=True)


def graphml(nodes: Nodes, edges: Edges) -> Iterator[str]:
    """The lines of a GraphML file."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for kind, names in (("node", _NODE), ("edge", _EDGE)):
        for name, type in names.items():
            yield f'<key id="{kind}_{name}" for="{kind}" attr.name="{name}" attr.type="{type}"/>\n'
    yield '<graph edgedefault="directed">\n'
    for node, data in nodes:
        yield f"<node id={quoteattr(node)}>{_data('node', _NODE, data)}</node>\n"
    for number, (source, target, fact, data) in enumerate(edges):
        ends = f"source={quoteattr(source)} target={quoteattr(target)}"
        yield f'<edge id="e{number}" {ends}>{_data("edge", _EDGE, {**data, "fact": fact})}</edge>\n'
    yield "</graph>\n</graphml>\n"


def gexf(nodes: Nodes, edges: Edges) -> Iterator[str]:
    """The lines of a GEXF file."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
    yield "<meta><creator>Triplomat</creator></meta>\n"
    yield '<graph defaultedgetype="directed" mode="dynamic" timeformat="date">\n'
    for kind, names in (("node", _NODE), ("edge", _EDGE)):
        yield f'<attributes class="{kind}" mode="static">\n'
        for name, type in names.items():
            if name not in _GEXF_OWN:
                yield f'<attribute id="{name}" title="{name}" type="{type.replace("int", "integer")}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    for node, data in nodes:
        values = _values(_NODE, data)
        yield f"<node id={quoteattr(node)} label={quoteattr(values.pop('label', node))}>{_gexf_values(values)}</node>\n"
    yield "</nodes>\n<edges>\n"
    for number, (source, target, fact, data) in enumerate(edges):
        values = _values(_EDGE, {**data, "fact": fact})
        ends = f"source={quoteattr(source)} target={quoteattr(target)} weight={quoteattr(values.pop('weight', '1.0'))}"
        yield f'<edge id="e{number}" {ends}>{_gexf_values(values)}{_spells(data.get("time"))}</edge>\n'
    yield "</edges>\n</graph>\n</gexf>\n"


def centrality_csv(
    rows: Mapping[str, Mapping[str, float]],
    nodes: Mapping[str, Attributes],
    blocs: Mapping[str, int],
) -> str:
    """A row an actor: id, label, type, state, bloc, and each measure to six digits; empty where it has none."""
    measures = list(next(iter(rows.values()), {}))
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(("actor", "label", "type", "state", "bloc", *measures))
    for actor, row in rows.items():
        about = nodes[actor]
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


def _values(names: Mapping[str, str], data: Attributes) -> dict[str, str]:
    """The attributes that have a value, as text that XML can hold."""
    found = {}
    for name in names:
        value = data.get(name)
        if value is None or value == "" or value == ():
            continue
        if isinstance(value, (tuple, list)):
            value = "; ".join(map(str, value))
        found[name] = clean(value) if isinstance(value, str) else json.dumps(value)
    return found


def _data(kind: str, names: Mapping[str, str], data: Attributes) -> str:
    values = _values(names, data).items()
    return "".join(f'<data key="{kind}_{name}">{escape(value)}</data>' for name, value in values)


def _gexf_values(values: Mapping[str, str]) -> str:
    cells = "".join(f'<attvalue for="{name}" value={quoteattr(value)}/>' for name, value in values.items())
    return f"<attvalues>{cells}</attvalues>" if cells else ""


def _spells(time: str | None) -> str:
    """When a tie is there; always, where its time isn't known."""
    span = interval(time) if time else None
    return f'<spells><spell start="{span[0]}" end="{span[1]}"/></spells>' if span else ""


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
