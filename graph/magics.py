"""`%load_ext triplomat` in Jupyter: `%%sparql` asks a graph and gives a DataFrame, or a drawing where the answer is a
graph.
"""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING, Any

from triplomat.errors import TriplomatError, UsageError

from .asking import described, settings
from .results import Result
from .shipped import shipped

if TYPE_CHECKING:
    import networkx as nx

_HELP = "%%sparql GRAPH [--set NAME=VALUE] [--limit N] [--into VARIABLE], and the query in the lines below"


def register(shell: Any) -> None:
    """Make the magics of a shell: `%sparql` for a shipped query in one line, `%%sparql` for a cell."""

    def sparql(line: str, cell: str | None = None) -> Any:
        try:
            return ask_from(line, cell, shell.user_ns)
        except TriplomatError as error:
            print(f"sparql: {error}")
            return None

    sparql.__doc__ = f"{_HELP}.\n\n%sparql GRAPH NAME asks a shipped query:\n\n" + "\n\n".join(
        described(query) for query in shipped().values()
    )
    shell.register_magic_function(sparql, magic_kind="line_cell", magic_name="sparql")
    from .completing import register as register_completions

    register_completions(shell)


def ask_from(line: str, cell: str | None, names: dict[str, Any]) -> Any:
    """The answer to a magic's line and cell, given the user's variables; UsageError tells what to write instead.

    The graph is the variable or folder that the line names first, else the one KnowledgeGraph among the variables.
    """
    words = shlex.split(line)
    options = _options(words)
    graph, rest = _graph(words, names)
    query = cell if cell is not None else " ".join(rest)
    if cell is not None and rest:
        raise UsageError(f"what is {rest[0]!r}? Write {_HELP}")
    if not query.strip():
        raise UsageError(f"write {_HELP}")
    result: Result = graph.query(query, **settings(options["set"]))
    shown = to_drawing(result) if result.kind == "graph" else result.to_frame().head(_limit(options["limit"]))
    if options["into"]:
        names[options["into"][-1]] = shown
        return None
    return bool(result) if result.kind == "ask" else shown


class Drawing:
    """A graph that a query answered: drawn in a notebook, a networkx graph under `.network`."""

    def __init__(self, network: nx.MultiDiGraph[str]) -> None:
        self.network = network

    def _repr_svg_(self) -> str:
        return drawn(self.network)

    def __repr__(self) -> str:
        return f"<{self.network.number_of_nodes()} nodes, {self.network.number_of_edges()} edges>"


def to_drawing(result: Result) -> Drawing:
    """A CONSTRUCT's or DESCRIBE's triples as nodes and edges; labels and types label nodes and make none."""
    import networkx as nx

    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    labels = {}
    for subject, predicate, value in result.rows:
        source, kind, target = result.plain(subject), result.plain(predicate), result.plain(value)
        if kind == "rdfs:label":
            labels[source] = str(target)
        elif kind != "rdf:type":
            network.add_edge(str(source), str(target), label=str(kind))
    for node in network:
        network.nodes[node]["label"] = labels.get(node, node)
    return Drawing(network)


def drawn(network: nx.MultiDiGraph[str], *, size: int = 640) -> str:
    """The network as SVG on a circle-start spring layout with a fixed seed; names are escaped text."""
    from html import escape

    import networkx as nx

    if not network:
        return f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="40"><text y="24">Nothing</text></svg>'
    places = nx.spring_layout(nx.Graph(network), seed=0, iterations=100)
    margin, inner = 70, size - 140

    def at(node: str) -> tuple[float, float]:
        x, y = places[node]
        return margin + inner * (float(x) + 1) / 2, margin + inner * (float(y) + 1) / 2

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" height="{size}"'
        ' font-family="sans-serif" font-size="12"><defs><marker id="a" viewBox="0 0 10 10" refX="18" refY="5"'
        ' markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L10 5L0 10z" fill="#667"/></marker></defs>'
    ]
    for source, target, edge in sorted(network.edges(data=True), key=lambda edge: (edge[0], edge[1], edge[2]["label"])):
        (x1, y1), (x2, y2) = at(source), at(target)
        parts.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#99a" marker-end="url(#a)"/>'
            f'<text x="{(x1 + x2) / 2:.1f}" y="{(y1 + y2) / 2:.1f}" fill="#667" font-size="10" text-anchor="middle">'
            f"{escape(edge['label'])}</text>"
        )
    for node in sorted(network):
        x, y = at(node)
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="#2b6cb0"/><text x="{x:.1f}" y="{y - 10:.1f}"'
            f' text-anchor="middle">{escape(str(network.nodes[node].get("label", node))[:40])}</text>'
        )
    return "".join(parts) + "</svg>"


def _options(words: list[str]) -> dict[str, list[str]]:
    """Take `--name value` pairs out of the words."""
    found: dict[str, list[str]] = {"set": [], "limit": [], "into": []}
    while (place := next((number for number, word in enumerate(words) if word.startswith("--")), None)) is not None:
        name = words[place][2:]
        if name not in found or place + 1 >= len(words):
            raise UsageError(f"what is --{name}? Write {_HELP}")
        found[name].append(words[place + 1])
        del words[place : place + 2]
    return found


def _limit(given: list[str]) -> int:
    if given and not given[-1].isdigit():
        raise UsageError(f"--limit {given[-1]}: give a whole number")
    return int(given[-1]) if given else sys.maxsize


def _graph(words: list[str], names: dict[str, Any]) -> tuple[Any, list[str]]:
    from pathlib import Path

    from .knowledge_graph import KnowledgeGraph

    if words and isinstance(names.get(words[0]), KnowledgeGraph):
        return names[words[0]], words[1:]
    if words and (Path(words[0]) / "statements.jsonl").is_file():
        return KnowledgeGraph.load(words[0]), words[1:]
    graphs = {
        name: value for name, value in names.items() if isinstance(value, KnowledgeGraph) and not name.startswith("_")
    }
    if len(set(map(id, graphs.values()))) == 1:
        return next(iter(graphs.values())), words
    there = f"name one of {', '.join(sorted(graphs))}" if graphs else "make one with triplomat.build or triplomat.load"
    raise UsageError(f"which graph? {there}; {_HELP}")
