"""The network → the files that other programs read: GraphML, GEXF with time spells, and the table of centralities.

Both kinds of XML are written edge by edge, so that a network need not be held.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from .facts import interval
from .naming import clean
from .spreadsheet import harmless

if TYPE_CHECKING:
    import networkx as nx

Attributes = Mapping[str, Any]
Nodes = Iterable[tuple[str, Attributes]]
Cells = tuple[str, str, str]  # an edge's values in GraphML; its weight and other values in GEXF

_NODE = {"label": "string", "type": "string", "state": "string"}
_EDGE = {
    "fact": "string", "sign": "int", "weight": "double", "score": "double", "belief": "double", "type": "string",
    "mode": "string", "contexts": "string", "relation": "string", "time": "string", "modality": "string",
    "polarity": "string", "attribution": "string", "mutual": "boolean", "sources": "int", "evidence": "string",
    "documents": "string",
}  # fmt: skip
_SPECIAL = re.compile(r"[&<>\"\s]").search
_GEXF_OWN = ("label", "weight")  # what GEXF has a place of its own for


def to_graphml(network: nx.MultiDiGraph[str]) -> str:
    """GraphML with every attribute that has a value; several values in one are parted by "; "."""
    head, tail = graphml_frame(network.nodes.items())
    return "".join([head, *(line for line, _ in _edge_lines(network)), tail])


def to_gexf(network: nx.MultiDiGraph[str]) -> str:
    """GEXF 1.2, as Gephi reads it: a tie lasts from the first to the last day of its fact's time."""
    head, tail = gexf_frame(network.nodes.items())
    return "".join([head, *(line for _, line in _edge_lines(network)), tail])


def _edge_lines(network: nx.MultiDiGraph[str]) -> Iterator[tuple[str, str]]:
    edges: Iterable[tuple[str, str, str, Attributes]] = network.edges(keys=True, data=True)
    for number, (source, target, fact, data) in enumerate(edges):
        yield edge_lines(number, source, target, edge_cells(fact, data))


def graphml_frame(nodes: Nodes) -> tuple[str, str]:
    """What stands in a GraphML file before its edges and after them."""
    head = ['<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n']
    for kind, names in (("node", _NODE), ("edge", _EDGE)):
        for name, type in names.items():
            head.append(f'<key id="{kind}_{name}" for="{kind}" attr.name="{name}" attr.type="{type}"/>\n')
    head.append('<graph edgedefault="directed">\n')
    for node, data in nodes:
        head.append(f"<node id={quoteattr(node)}>{_data('node', _values(_NODE, data))}</node>\n")
    return "".join(head), "</graph>\n</graphml>\n"


def gexf_frame(nodes: Nodes) -> tuple[str, str]:
    """What stands in a GEXF file before its edges and after them."""
    head = [
        '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n',
        "<meta><creator>Triplomat</creator></meta>\n",
        '<graph defaultedgetype="directed" mode="dynamic" timeformat="date">\n',
    ]
    for kind, names in (("node", _NODE), ("edge", _EDGE)):
        head.append(f'<attributes class="{kind}" mode="static">\n')
        for name, type in names.items():
            if name not in _GEXF_OWN:
                head.append(f'<attribute id="{name}" title="{name}" type="{type.replace("int", "integer")}"/>\n')
        head.append("</attributes>\n")
    head.append("<nodes>\n")
    for node, data in nodes:
        values = _values(_NODE, data)
        label = quoteattr(values.pop("label", node))
        head.append(f"<node id={quoteattr(node)} label={label}>{_gexf_values(values)}</node>\n")
    head.append("</nodes>\n<edges>\n")
    return "".join(head), "</edges>\n</graph>\n</gexf>\n"


def edge_cells(fact: str, data: Attributes) -> Cells:
    """What a fact tells of an edge, as both kinds of XML write it."""
    values = _values(_EDGE, {**data, "fact": fact})
    graphml, weight = _data("edge", values), _attribute(values.pop("weight", "1.0"))
    return graphml, weight, f"{_gexf_values(values)}{_spells(data.get('time'))}"


def edge_lines(number: int, source: str, target: str, cells: Cells) -> tuple[str, str]:
    """An edge as a line of GraphML and one of GEXF."""
    graphml, weight, gexf = cells
    start = f'<edge id="e{number}" source={_attribute(source)} target={_attribute(target)}'
    return f"{start}>{graphml}</edge>\n", f"{start} weight={weight}>{gexf}</edge>\n"


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
        writer.writerow((*map(harmless, known), *("" if value is None else f"{value:.6g}" for value in values)))
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
        found[name] = clean(value) if isinstance(value, str) else _number(value)
    return found


def _number(value: float) -> str:
    """A number, or true or false, as JSON and XML Schema write it."""
    return repr(value).lower() if isinstance(value, bool) else repr(value)


def _data(kind: str, values: Mapping[str, str]) -> str:
    return "".join([f'<data key="{kind}_{name}">{_escaped(value)}</data>' for name, value in values.items()])


def _gexf_values(values: Mapping[str, str]) -> str:
    cells = "".join([f'<attvalue for="{name}" value={_attribute(value)}/>' for name, value in values.items()])
    return f"<attvalues>{cells}</attvalues>" if cells else ""


def _escaped(value: str) -> str:
    return escape(value) if _SPECIAL(value) else value


def _attribute(value: str) -> str:
    return quoteattr(value) if _SPECIAL(value) else f'"{value}"'


def _spells(time: str | None) -> str:
    """When a tie is there; always, where its time isn't known."""
    span = interval(time) if time else None
    return f'<spells><spell start="{span[0]}" end="{span[1]}"/></spells>' if span else ""
