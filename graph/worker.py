"""A process that answers one SPARQL query after another from a store, and that can be killed when one takes too long.

Oxigraph has no time limit that stops every query, so each query runs where a kill ends it. The process reads requests
and writes answers as a JSON line and as many bytes as it says: {"query", "kind", "format", "limit" …} in,
{"status", "type", "length"} out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from triplomat.errors import QueryError
from triplomat.ontology.terms import Names

from .results import Result

if TYPE_CHECKING:
    import pyoxigraph

MEMORY = 2 * 1024**3
SELECT_TYPES = {
    "application/sparql-results+json": "JSON",
    "application/sparql-results+xml": "XML",
    "text/csv": "CSV",
    "text/tab-separated-values": "TSV",
}
GRAPH_TYPES = {
    "text/turtle": "TURTLE",
    "application/n-triples": "N_TRIPLES",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON_LD",
}


class TooLargeError(Exception):
    """An answer of more bytes than allowed."""


class Bounded:
    """A byte stream that raises TooLargeError at its limit."""

    def __init__(self, limit: int) -> None:
        self.parts: list[bytes] = []
        self.left = limit

    def write(self, data: bytes) -> int:
        self.left -= len(data)
        if self.left < 0:
            raise TooLargeError
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        pass


def answer_within(store: Path, sparql: str, names: Names, *, limit: int | None, timeout: float) -> Result:
    """The answer to a query, put in a process that is killed after `timeout` seconds; QueryError then."""
    import pyoxigraph

    from .grammar import tokens
    from .mistakes import check_terms

    check_terms(sparql, names)
    if any(token.kind == "word" and token.text.upper() == "SERVICE" for token in tokens(sparql)):
        raise QueryError("SERVICE calls another server, which can't be done with --timeout; leave that out")
    request = {"query": sparql, "bytes": MEMORY // 4}
    try:
        done = subprocess.run(
            command(store, names),
            input=json.dumps(request).encode() + b"\n",
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=timeout,
            env=environment(),
        )
    except subprocess.TimeoutExpired:
        raise QueryError(f"no answer within {timeout:g} s; narrow the query, or give a longer --timeout") from None
    head, _, body = done.stdout.partition(b"\n")
    if not head:
        raise QueryError("the query needs more memory than it may have; narrow it")
    reply = json.loads(head)
    if reply["status"] != 200:
        raise QueryError(body.decode("utf-8", "replace").strip())
    if reply["kind"] == "graph":
        quads = pyoxigraph.parse(body, pyoxigraph.RdfFormat.N_TRIPLES)
        rows = [(quad.subject, quad.predicate, quad.object) for quad in quads]
        return Result("graph", ("subject", "predicate", "object"), rows[:limit], None, names)
    return Result.of(pyoxigraph.parse_query_results(body, pyoxigraph.QueryResultsFormat.JSON), names, limit=limit)


def command(store: Path, names: Names, memory: int = MEMORY) -> list[str]:
    """The command line of a worker over a store, or over a file of RDF."""
    return [sys.executable, "-m", "triplomat.graph.worker", str(store), names.base, str(memory)]


def environment() -> dict[str, str]:
    """A worker's environment: this process's, with its import path.

    glibc reserves 64 MB of address space for each thread, which would count against the worker's limit: it shares one.
    """
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "MALLOC_ARENA_MAX": "1"}


def respond(store: pyoxigraph.Store, request: Mapping[str, Any], names: Names) -> tuple[dict[str, Any], bytes]:
    """The reply's head and body for one request; never raises for a query's sake."""
    import pyoxigraph

    from .mistakes import explain_syntax
    from .queries import over_all

    graphs = [pyoxigraph.NamedNode(name) for name in request.get("default", ())]
    named = [pyoxigraph.NamedNode(name) for name in request.get("named", ())]
    options: dict[str, Any] = {"use_default_graph_as_union": over_all(request["query"])}
    if graphs or named:
        options = {"default_graph": graphs, "named_graphs": named}
    try:
        answer = store.query(request["query"], base_iri=request.get("base"), prefixes=dict(names.prefixes), **options)
        return _written(answer, request, names)
    except SyntaxError as error:
        return {"status": 400}, explain_syntax(str(error), request["query"]).encode()
    except TooLargeError:
        return {"status": 413}, b"the answer is too large; narrow the query or add a LIMIT"
    except Exception as error:  # whatever a query does to the engine, the client gets a line and the worker lives
        return {"status": 400, "failed": True}, f"the query failed: {error}".encode()


def _written(answer: Any, request: Mapping[str, Any], names: Names) -> tuple[dict[str, Any], bytes]:
    import pyoxigraph

    output = Bounded(int(request.get("bytes", 64 * 1024**2)))
    if type(answer).__name__ == "QueryTriples":
        kind, types, default = "graph", GRAPH_TYPES, "application/n-triples"
    else:
        kind, types, default = "select", SELECT_TYPES, "application/sparql-results+json"
        if type(answer).__name__ == "QueryBoolean":
            kind = "ask"
    accepted = request.get("accept")
    chosen = default if accepted is None else next((name for name in accepted if name in types), None)
    if chosen is None:
        return {"status": 406}, f"this answer can be had as {', '.join(types)}".encode()
    if kind == "graph":
        format = getattr(pyoxigraph.RdfFormat, types[chosen])
        sink: Any = output
        pyoxigraph.serialize(answer, sink, format, prefixes=dict(names.prefixes))
    else:
        answer.serialize(output, getattr(pyoxigraph.QueryResultsFormat, types[chosen]))
    return {"status": 200, "type": chosen, "kind": kind}, b"".join(output.parts)


def serve(source: IO[bytes], sink: IO[bytes], store: pyoxigraph.Store, names: Names) -> None:
    """Answer requests until the other end closes."""
    for line in source:
        head, body = respond(store, json.loads(line), names)
        sink.write(json.dumps({**head, "length": len(body)}).encode() + b"\n" + body)
        sink.flush()


def main() -> None:
    """Run as `python -m triplomat.graph.worker STORE_OR_FILE BASE_IRI MEMORY`."""
    from .isolation import end_with_parent, forbid_connections, limit_memory
    from .store import file_store, open_store

    path, base, memory = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    end_with_parent()
    limit_memory(memory)
    forbid_connections()
    store = file_store(path) if path.is_file() else open_store(path)
    serve(sys.stdin.buffer, sys.stdout.buffer, store, Names(base))


if __name__ == "__main__":
    main()
