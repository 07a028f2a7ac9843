"""A built graph → a SPARQL 1.1 server, a portion at a time.

A server that takes N-Quads by POST (Oxigraph, Fuseki, GraphDB, rdf4j, QLever) gets these; any other gets SPARQL 1.1
updates, which every server must take at its update address. What is there already is added to, not replaced.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from triplomat.errors import OutputError, UsageError, cause
from triplomat.extractors.parallel import batched

from .quads import Quad, nquads

PORTION = 20_000
_UPDATE = 2_000  # quads of one update: some servers bound its length
_NQUADS, _SPARQL = "application/n-quads", "application/sparql-update"
_OTHER_KIND = (400, 404, 405, 406, 415, 501)  # what a server answers to a kind of content that it doesn't take


def load_folder(folder: Path, url: str, *, timeout: float = 60.0) -> int:
    """Load all quads of a built folder's store, the ontology included; how many there were."""
    from .store import open_store

    store = open_store(folder / "store")
    quads = ((str(quad.subject), str(quad.predicate), str(quad.object), _graph(str(quad.graph_name))) for quad in store)
    return load_quads(quads, url, timeout=timeout)


def load_quads(quads: Iterable[Quad], url: str, *, timeout: float = 60.0) -> int:
    """Load quads; how many there were. OutputError where the server takes neither N-Quads nor updates."""
    if not url.startswith(("http://", "https://")):
        raise UsageError(f"{url}: give the address of a SPARQL server, as http://localhost:7878/update")
    sent, updates = 0, False
    for portion in batched(quads, PORTION):
        if not updates:
            refused = _post(url, nquads(portion), _NQUADS, timeout)
            updates = refused in _OTHER_KIND
            if refused and not updates:
                raise OutputError(f"{url}: the server answers {refused}; {sent} quads were loaded")
        if updates:
            for update in _inserts(portion):
                if refused := _post(url, update, _SPARQL, timeout):
                    raise OutputError(
                        f"{url}: takes neither N-Quads nor SPARQL updates ({refused}); give the server's update address"
                    )
        sent += len(portion)
    return sent


def _inserts(quads: Iterable[Quad]) -> Iterator[bytes]:
    """Updates that insert the quads; what N-Quads write of IRIs and literals, SPARQL reads."""
    for part in batched(quads, _UPDATE):
        blocks = []
        for graph, group in groupby(sorted(part, key=itemgetter(3)), key=itemgetter(3)):
            triples = "".join(f"{s} {p} {o} .\n" for s, p, o, _ in group)
            blocks.append(f"GRAPH {graph} {{\n{triples}}}\n" if graph else triples)
        yield f"INSERT DATA {{\n{''.join(blocks)}}}".encode()


def _post(url: str, body: bytes, kind: str, timeout: float) -> int:
    """Send a body; 0, or the status by which the server refuses it."""
    request = Request(url, body, {"Content-Type": kind, "User-Agent": "triplomat"}, method="POST")
    try:
        with urlopen(request, timeout=timeout) as answer:
            answer.read()
    except HTTPError as error:
        error.close()
        return error.code
    except (URLError, OSError) as error:
        raise OutputError(f"{url}: can't be reached ({cause(error)})") from error
    return 0


def _graph(name: str) -> str:
    return "" if name == "DEFAULT" else name
