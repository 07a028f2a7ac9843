"""A built folder → a web server: SPARQL 1.1 Protocol, a query page, the graph page, and an address for each entity.

Nothing that a client sends makes the server write, or call out to another: updates, LOAD and SERVICE are refused.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from triplomat.errors import TriplomatError, UsageError
from triplomat.ontology.terms import Names

from .cards import card_html, queries_html
from .mistakes import check_terms
from .pool import Answer, Pool
from .protocol import (
    Asked,
    ProtocolError,
    accepted,
    description,
    prefers_html,
    read_request,
)
from .sources import folder_names
from .store import open_store
from .worker import GRAPH_TYPES, SELECT_TYPES

LOOPBACK = ("127.0.0.1", "::1", "localhost")
LONGEST_QUERY = 1024 * 1024
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_CARD_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_STATIC = {
    "yasgui.min.js": "text/javascript",
    "yasgui.min.css": "text/css",
    "sparql.js": "text/javascript",
    "sparql.css": "text/css",
}


def serve(folder: str | Path, *, host: str = "127.0.0.1", port: int = 8000, timeout: float = 30.0) -> None:
    """Serve a built folder until interrupted; a query has `timeout` seconds."""
    import uvicorn

    folder = Path(folder)
    open_store(folder / "store")
    if not 0 < port < 65536:
        raise UsageError(f"port {port}: give a number from 1 to 65535")
    application = make_application(folder, host=host, timeout=timeout)
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    print(f"Triplomat: {address}/ (SPARQL at {address}/sparql); Ctrl-C ends it", flush=True)
    uvicorn.run(
        application, host=host, port=port, log_level="warning", timeout_graceful_shutdown=5, server_header=False
    )


def make_application(
    folder: Path,
    *,
    host: str = "127.0.0.1",
    workers: int | None = None,
    timeout: float = 30.0,
    largest: int = 64 * 1024**2,
) -> Starlette:
    """The application of a built folder, for any ASGI server.

    On loopback only requests addressed to loopback are answered, so that no web page can reach it under a name of its
    own.
    """
    names = folder_names(folder)
    size = workers or max(2, min(8, os.cpu_count() or 2))
    site = Site(folder, names, Pool(folder, names, size=size, timeout=timeout, wait=timeout + 5, largest=largest))

    @asynccontextmanager
    async def running(_: Starlette) -> AsyncIterator[None]:
        await site.pool.start()
        try:
            yield
        finally:
            await site.pool.stop()

    routes = [
        Route("/", site.graph_page),
        Route("/sparql", site.sparql, methods=["GET", "POST"]),
        Route("/queries", site.queries),
        Route("/prefixes.json", site.prefixes),
        Route("/.well-known/void", site.void),
        Route("/-/{name}", site.static),
        Route("/ontology", site.ontology),
        Route("/{kind}/{name:path}", site.entity),
    ]
    hosts = [*LOOPBACK, "[::1]", "testserver"] if host in LOOPBACK else ["*"]
    middleware = [Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False)]
    return Starlette(routes=routes, lifespan=running, middleware=middleware, exception_handlers={Exception: _failed})


class Site:
    """The pages and answers of one built folder."""

    def __init__(self, folder: Path, names: Names, pool: Pool) -> None:
        self.folder, self.names, self.pool = folder, names, pool

    async def sparql(self, request: Request) -> Response:
        """The SPARQL 1.1 Protocol; a browser without a query gets the query page."""
        accept = request.headers.get("accept")
        if request.method == "GET" and "query" not in request.query_params and "update" not in request.query_params:
            if request.url.query:
                return _error(400, "give exactly one query parameter")
            if prefers_html(accept):
                return _page("index.html")
            return self._described(request)
        try:
            wanted = await self._read(request)
            types = accepted(accept, [*SELECT_TYPES, *GRAPH_TYPES])
            check_terms(wanted.query, self.names)
        except ProtocolError as error:
            return _error(error.status, str(error))
        except TriplomatError as error:
            return _error(400, str(error))
        except ClientDisconnect:
            return _error(400, "the client went away")
        return await self._asked(
            request, self.pool.ask(wanted.query, accept=types, default=wanted.default, named=wanted.named)
        )

    async def entity(self, request: Request) -> Response:
        """Whatever has an IRI of ours, as a card for a browser or as RDF."""
        iri = self.names.base + request.path_params["kind"] + "/" + _path_name(request)
        if re.search(r'[\x00-\x20<>"{}|\\^`]', iri):
            return _error(404, "no such thing")
        accept = request.headers.get("accept")
        html = prefers_html(accept)
        types = ["application/n-triples"] if html else accepted(accept, list(GRAPH_TYPES))
        query = f"CONSTRUCT {{ <{iri}> ?p ?o . ?s ?q <{iri}> . ?o rdfs:label ?l . ?s rdfs:label ?m }} WHERE {{ " + (
            f"{{ <{iri}> ?p ?o OPTIONAL {{ ?o rdfs:label ?l }} }} UNION "
            f"{{ SELECT ?s ?q ?m {{ ?s ?q <{iri}> OPTIONAL {{ ?s rdfs:label ?m }} }} LIMIT 500 }} }}"
        )
        answer = await self.pool.ask(query, accept=types, default=[], named=[])
        if answer.status != 200:
            return _response(answer)
        if not answer.body.strip() or (f"<{iri}>".encode() not in answer.body and html):
            return _error(404, f"nothing here is called {iri}")
        if not html:
            return _response(answer, {"Vary": "Accept"})
        page = card_html(iri, answer.body, self.names)
        return Response(
            page, media_type="text/html", headers={"Content-Security-Policy": _CARD_POLICY, "Vary": "Accept"}
        )

    async def graph_page(self, request: Request) -> Response:
        """The interactive graph."""
        del request
        try:
            content = (self.folder / "graph.html").read_bytes()
        except OSError:
            return RedirectResponse("/sparql")
        return Response(content, media_type="text/html", headers={"X-Content-Type-Options": "nosniff"})

    async def queries(self, request: Request) -> Response:
        """The shipped queries."""
        del request
        return Response(queries_html(), media_type="text/html", headers={"Content-Security-Policy": _CARD_POLICY})

    async def prefixes(self, request: Request) -> Response:
        """The prefixes that queries know, as JSON."""
        del request
        return Response(json.dumps(dict(self.names.prefixes)), media_type="application/json")

    async def void(self, request: Request) -> Response:
        """The dataset described by VoID and DCAT."""
        return self._described(request)

    async def ontology(self, request: Request) -> Response:
        """The ontology as a page for a browser, else as RDF."""
        from .documentation import ontology_html
        from .quads import serialise
        from .rdf import ontology_quads

        if prefers_html(request.headers.get("accept")):
            page = ontology_html(self.names)
            headers = {"Content-Security-Policy": _CARD_POLICY, "Vary": "Accept"}
            return Response(page, media_type="text/html", headers=headers)
        types = accepted(request.headers.get("accept"), ["text/turtle", "application/n-triples"]) or ["text/turtle"]
        format = "ttl" if types[0] == "text/turtle" else "nq"
        triples = ((s, p, o, "") for s, p, o, _ in ontology_quads(self.names))
        return Response(serialise(triples, format, self.names), media_type=types[0], headers={"Vary": "Accept"})

    async def static(self, request: Request) -> Response:
        """The scripts and styles of the query page."""
        name = request.path_params["name"]
        if name not in _STATIC:
            return _error(404, "no such file")
        content = resources.files(__package__).joinpath("sparql", name).read_bytes()
        return Response(content, media_type=_STATIC[name], headers={"X-Content-Type-Options": "nosniff"})

    async def _read(self, request: Request) -> Asked:
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > LONGEST_QUERY:
                raise ProtocolError(413, "the request is too long")
        try:
            pairs = parse_qsl(request.url.query, keep_blank_values=True, errors="strict", max_num_fields=100)
        except ValueError:
            raise ProtocolError(400, "the address can't be read") from None
        return read_request(request.method, request.headers.get("content-type"), pairs, body)

    async def _asked(self, request: Request, question: Coroutine[Any, Any, Answer]) -> Response:
        """The answer, or none where the client goes away first: then its query ends too."""
        task = asyncio.create_task(question)
        while not task.done():
            await asyncio.wait({task}, timeout=1.0)
            if not task.done() and await request.is_disconnected():
                task.cancel()
                return _error(400, "the client went away")
        return _response(task.result(), {"Vary": "Accept"})

    def _described(self, request: Request) -> Response:
        types = accepted(request.headers.get("accept"), list(GRAPH_TYPES)) or ["text/turtle"]
        manifest: dict[str, object] = {}
        with suppress(OSError, ValueError):
            manifest = json.loads((self.folder / "manifest.json").read_text("utf-8"))
        body = description(manifest, str(request.base_url), self.names, types[0])
        return Response(body, media_type=types[0], headers={"Vary": "Accept"})


def _path_name(request: Request) -> str:
    """The rest of the path after its kind, as the client sent it: ids hold percent-encoded characters."""
    raw = request.scope.get("raw_path", b"").decode("ascii", "replace").partition("?")[0]
    rest: str = raw.lstrip("/").partition("/")[2]
    return _decoded(rest)


def _decoded(name: str) -> str:
    """Undo the percent-encoding of what an IRI may hold (other scripts), keep the rest."""
    from urllib.parse import unquote_to_bytes

    def run(match: re.Match[str]) -> str:
        try:
            return unquote_to_bytes(match[0]).decode()
        except UnicodeDecodeError:
            return match[0]

    return re.sub(r"(?:%[89A-Fa-f][0-9A-Fa-f])+", run, name)


def _page(name: str) -> Response:
    content = resources.files(__package__).joinpath("sparql", name).read_bytes()
    return Response(
        content, media_type="text/html", headers={"Content-Security-Policy": _PAGE_POLICY, "Vary": "Accept"}
    )


def _response(answer: Answer, headers: dict[str, str] | None = None) -> Response:
    extra = {"X-Content-Type-Options": "nosniff", **(headers or {})}
    if answer.status == 503:
        extra["Retry-After"] = "5"
    return Response(answer.body, answer.status, extra, media_type=answer.type)


def _error(status: int, reason: str) -> Response:
    return PlainTextResponse(f"{reason}\n", status, {"X-Content-Type-Options": "nosniff"})


async def _failed(request: Request, error: Exception) -> Response:
    """What nobody foresaw: no traceback reaches a client."""
    del request, error
    return _error(500, "the server failed on this request")
