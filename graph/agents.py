"""A built graph → tools for a language model, over the Model Context Protocol: questions and evidence, read-only.

Each answer is made in a process of its own with a time limit, a memory limit and no network (`worker`), so that nothing
that a model asks can change the graph or reach out of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from difflib import get_close_matches
from importlib import resources
from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations

from triplomat import __version__
from triplomat.errors import TriplomatError, UsageError

from .protocol import refuse_calls
from .results import Result
from .shipped import shipped
from .sources import Source, open_source

TIMEOUT = 30.0
MOST = 200
_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_ABOUT_NAMES = {"rdfs:label": "label", "skos:altLabel": "names", "rdf:type": "kind", "owl:sameAs": "same_as"}
_ABOUT = (
    f"SELECT ?property ?value {{{{ VALUES ?property {{{{ {' '.join(_ABOUT_NAMES)} }}}} <{{iri}}> ?property ?value }}}}"
    " ORDER BY ?property ?value"
)


def make_server(where: str) -> MCPServer:
    """The server of a built folder, a file of RDF or a SPARQL endpoint."""
    open_source(where)
    server = MCPServer("triplomat", version=__version__, instructions=_instructions(), log_level="ERROR")
    tools = Tools(where)
    for tool in (tools.shipped_queries, tools.ask, tools.sparql, tools.actor, tools.evidence):
        server.tool(annotations=_READS)(tool)
    return server


def serve(where: str) -> None:
    """Answer a client on standard input and output until it closes them."""
    make_server(where).run("stdio")


def _instructions() -> str:
    """What a model is told of the graph and its tools."""
    return resources.files(__package__).joinpath("agents.txt").read_text("utf-8").strip()


class Tools:
    """What a model can do with a graph; a name or query that is wrong is answered with what to write instead."""

    def __init__(self, where: str) -> None:
        self.where = where

    async def shipped_queries(self) -> list[dict[str, Any]]:
        """The questions that come with the graph, each with the parameters that `ask` can set."""
        return [
            {
                "name": query.name,
                "question": query.question,
                "parameters": {item.name: f"{item.kind}: {item.meaning}" for item in query.parameters},
                "example": query.example,
            }
            for query in shipped().values()
        ]

    async def ask(self, name: str, parameters: dict[str, str] | None = None, limit: int = 50) -> dict[str, Any]:
        """Answer a shipped query. Parameters are by name: an entity by any of its names ("Russia", "Kremlin"), a date
        as YYYY-MM-DD. At most `limit` rows; `more` tells that there are others.
        """

        def answer() -> dict[str, Any]:
            if name not in shipped():
                near = get_close_matches(name, list(shipped()), n=2)
                hint = f"; did you mean {' or '.join(near)}?" if near else f"; there are {', '.join(shipped())}"
                raise UsageError(f"no shipped query is called {name!r}{hint}")
            return _ask(open_source(self.where), name, parameters or {}, limit)

        return await _told(answer)

    async def sparql(self, query: str, limit: int = 50) -> dict[str, Any]:
        """Answer SPARQL 1.1 (SELECT, ASK, CONSTRUCT, DESCRIBE), read-only. At most `limit` rows."""

        def answer() -> dict[str, Any]:
            refuse_calls(query)
            source = open_source(self.where)
            return table(source.answer(query, limit=_within(limit) + 1, timeout=TIMEOUT), _within(limit))

        return await _told(answer)

    async def actor(self, name: str, limit: int = 20) -> dict[str, Any]:
        """Look up a state, person, organisation, group or thing by any of its names: its id, what it is, its other
        names, and its facts in order of time, each with an id that `evidence` takes.
        """

        def answer() -> dict[str, Any]:
            source = open_source(self.where)
            iri, *acting = source.look_up(name)
            about: dict[str, list[Any]] = {}
            properties = source.answer(_ABOUT.format(iri=iri), timeout=TIMEOUT)
            for key, value in properties.rows:
                about.setdefault(_ABOUT_NAMES[properties.plain(key)], []).append(properties.plain(value))
            compact = source.names.compact(iri)
            for_it = [source.names.compact(other) for other in acting]
            facts = _ask(source, "timeline", {"actor": compact}, limit)
            return {"id": compact, **about, "acting_for_it": for_it, "facts": facts}

        return await _told(answer)

    async def evidence(self, fact: str) -> dict[str, Any]:
        """The sentences that a fact rests on, word for word, with article, publisher, date and character offsets.
        `fact` is an id such as fact:0a1b…, as `actor` and `ask` give it.
        """
        return await _told(lambda: _ask(open_source(self.where), "evidence", {"fact": fact}, MOST))


async def _told(answer: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The answer; what is wrong with a question goes to the model in one line."""
    try:
        return await asyncio.to_thread(answer)
    except TriplomatError as error:
        raise ToolError(str(error)) from None


def _within(limit: int) -> int:
    return max(1, min(limit, MOST))


def _ask(source: Source, query: str, parameters: dict[str, str], limit: int) -> dict[str, Any]:
    limit = _within(limit)
    return table(source.answer(source.prepare(query, parameters), limit=limit + 1, timeout=TIMEOUT), limit)


def table(result: Result, limit: int) -> dict[str, Any]:
    """A result as plain JSON: rows by column, without what is unbound; whether there are more."""
    if result.kind == "ask":
        return {"answer": bool(result)}
    rows = [
        {name: _json(result.plain(term)) for name, term in zip(result.variables, row, strict=True) if term is not None}
        for row in result.rows[:limit]
    ]
    return {"columns": list(result.variables), "rows": rows, "more": len(result.rows) > limit}


def _json(value: Any) -> str | int | float | bool:
    """A value as JSON has it: decimals as numbers, dates as ISO 8601."""
    if isinstance(value, (str, bool, int)):
        return value
    try:
        return float(value)
    except (TypeError, ValueError):
        return value.isoformat() if hasattr(value, "isoformat") else str(value)
