"""Requests to a served folder → responses: SPARQL, pages, entities, the description."""

from __future__ import annotations

import asyncio
import csv
import hmac
import json
import re
from collections.abc import Coroutine
from contextlib import suppress
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote_to_bytes, urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response

from triplomat.errors import TriplomatError
from triplomat.ontology.terms import Names

from .cards import card_html, queries_html
from .describing import FILES, PREFIXES, Served, description
from .mistakes import check_terms
from .pool import Answer, Pool
from .protocol import Asked, ProtocolError, accepted, prefers_html, read_request
from .updating import Update
from .worker import GRAPH_TYPES, SELECT_TYPES
from .writer import Writer

LONGEST_REQUEST = 1024 * 1024
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
_CLASSES = (
    "# graphs: default\nSELECT ?class (COUNT(?thing) AS ?number) { ?thing a ?class } GROUP BY ?class ORDER BY ?class"
)


class Site:
    """The pages and answers of one built folder; updates are off where it has no writer."""

    def __init__(self, folder: Path, names: Names, pool: Pool, writer: Writer | None, token: str | None) -> None:
        self.folder, self.names, self.pool, self.writer, self.token = folder, names, pool, writer, token
        self.below = urlsplit(names.base).path.encode()

    async def sparql(self, request: Request) -> Response:
        """The SPARQL 1.1 Protocol; a browser without a query gets the query page."""
        accept = request.headers.get("accept")
        if request.method != "POST" and not request.url.query:
            return _page("index.html") if prefers_html(accept) else await self.void(request)
        try:
            wanted = await _read(request)
            if wanted.kind == "update":
                return await self._update(request, wanted)
            types = accepted(accept, [*SELECT_TYPES, *GRAPH_TYPES])
            check_terms(wanted.text, self.names)
        except ProtocolError as error:
            return refused(error.status, str(error))
        except TriplomatError as error:
            return refused(400, str(error))
        except ClientDisconnect:
            return refused(400, "the client went away")
        base = str(request.url.replace(query=""))
        question = self.pool.ask(wanted.text, accept=types, default=wanted.default, named=wanted.named, base=base)
        return await _while_there(request, question)

    async def entity(self, request: Request) -> Response:
        """Whatever has an IRI of ours, as a card for a browser or as RDF."""
        path = request.scope.get("raw_path", b"").partition(b"?")[0]
        path = path[len(self.below) :] if path.startswith(self.below) else path.lstrip(b"/")
        iri = self.names.base + _decoded(path.decode("ascii", "replace"))
        if re.search(r'[\x00-\x20<>"{}|\\^`]', iri):
            return refused(404, "no such thing")
        html = prefers_html(request.headers.get("accept"))
        types = ["application/n-triples"] if html else accepted(request.headers.get("accept"), list(GRAPH_TYPES))
        query = f"CONSTRUCT {{ <{iri}> ?p ?o . ?s ?q <{iri}> . ?o rdfs:label ?l . ?s rdfs:label ?m }} WHERE {{ " + (
            f"{{ <{iri}> ?p ?o OPTIONAL {{ ?o rdfs:label ?l }} }} UNION "
            f"{{ SELECT ?s ?q ?m {{ ?s ?q <{iri}> OPTIONAL {{ ?s rdfs:label ?m }} }} LIMIT 500 }} }}"
        )
        there = await self.pool.ask(f"ASK {{ {{ <{iri}> ?p ?o }} UNION {{ ?s ?p <{iri}> }} }}", accept=["text/csv"])
        if there.status == 200 and there.body.strip() == b"false":
            return refused(404, f"nothing here is called {iri}")
        answer = await self.pool.ask(query, accept=types)
        if answer.status != 200 or not html:
            return _response(answer, {"Vary": "Accept"})
        return _card(card_html(iri, answer.body, self.names))

    async def graph_page(self, request: Request) -> Response:
        """The interactive graph."""
        del request
        try:
            content = (self.folder / "graph.html").read_bytes()
        except OSError:
            return RedirectResponse("sparql")
        return Response(content, media_type="text/html", headers={"X-Content-Type-Options": "nosniff"})

    async def queries(self, request: Request) -> Response:
        """The shipped queries."""
        del request
        return _card(queries_html())

    async def prefixes(self, request: Request) -> Response:
        """The prefixes that queries know, as JSON."""
        del request
        return Response(json.dumps(dict(self.names.prefixes)), media_type="application/json")

    async def void(self, request: Request) -> Response:
        """The service and its dataset by SPARQL Service Description, VoID and DCAT."""
        accept = request.headers.get("accept")
        manifest: dict[str, object] = {}
        with suppress(OSError, ValueError):
            manifest = json.loads((self.folder / "manifest.json").read_text("utf-8"))
        counted = await self.pool.ask(_CLASSES, accept=["text/csv"])
        rows = list(csv.reader(counted.body.decode().splitlines()))[1:] if counted.status == 200 else []
        classes = {row[0]: int(row[1]) for row in rows}
        address = str(request.base_url)
        served = Served(self.folder, manifest, address, self.names, classes, updates=self.writer is not None)
        if prefers_html(accept):
            triples = description(served, "application/n-triples")
            return _card(card_html(served.dataset, triples, self.names, prefixes=PREFIXES))
        types = accepted(accept, list(GRAPH_TYPES))
        if not types:
            return refused(406, f"this can be had as {', '.join([*GRAPH_TYPES, 'text/html'])}")
        return Response(description(served, types[0]), media_type=types[0], headers={"Vary": "Accept"})

    async def data(self, request: Request) -> Response:
        """The RDF files of the build."""
        name = request.path_params["name"]
        if name not in FILES or not (self.folder / name).is_file():
            return refused(404, "no such file")
        return FileResponse(self.folder / name, media_type=FILES[name], headers={"X-Content-Type-Options": "nosniff"})

    async def ontology(self, request: Request) -> Response:
        """The ontology as a page for a browser, else as RDF."""
        from .documentation import ontology_html
        from .quads import serialise
        from .rdf import ontology_quads

        accept = request.headers.get("accept")
        if prefers_html(accept):
            return _card(ontology_html(self.names))
        types = accepted(accept, ["text/turtle", "application/n-triples"]) or ["text/turtle"]
        format = "ttl" if types[0] == "text/turtle" else "nq"
        triples = ((s, p, o, "") for s, p, o, _ in ontology_quads(self.names))
        return Response(serialise(triples, format, self.names), media_type=types[0], headers={"Vary": "Accept"})

    async def static(self, request: Request) -> Response:
        """The scripts and styles of the query page."""
        name = request.path_params["name"]
        if name not in _STATIC:
            return refused(404, "no such file")
        content = resources.files(__package__).joinpath("sparql", name).read_bytes()
        return Response(content, media_type=_STATIC[name], headers={"X-Content-Type-Options": "nosniff"})

    async def no_icon(self, request: Request) -> Response:
        """Browsers ask for one."""
        del request
        return Response(status_code=204)

    async def _update(self, request: Request, wanted: Asked) -> Response:
        """Make an update that carries the token: `Authorization: Bearer TOKEN`."""
        if self.writer is None or not self.token:
            return refused(403, "updates are off; `triplomat serve --update-token FILE` allows them")
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.casefold() != "bearer" or not hmac.compare_digest(given.strip().encode(), self.token.encode()):
            return refused(401, "an update needs the server's token", {"WWW-Authenticate": "Bearer"})
        check_terms(wanted.text, self.names)
        update = Update(wanted.text, str(request.url.replace(query="")))
        return _response(await asyncio.shield(self.writer.write(update)))


async def _read(request: Request) -> Asked:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_REQUEST:
            raise ProtocolError(413, "the request is too long")
    try:
        pairs = parse_qsl(request.url.query, keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError:
        raise ProtocolError(400, "the address can't be read") from None
    return read_request(request.method, request.headers.get("content-type"), pairs, body)


async def _while_there(request: Request, question: Coroutine[Any, Any, Answer]) -> Response:
    """The answer, or none where the client goes away first: then its query ends too."""
    task = asyncio.create_task(question)
    try:
        while not task.done():
            await asyncio.wait({task}, timeout=1.0)
            if not task.done() and await request.is_disconnected():
                return refused(400, "the client went away")
    finally:
        task.cancel()
    return _response(task.result(), {"Vary": "Accept"})


def refused(status: int, reason: str, headers: dict[str, str] | None = None) -> Response:
    """A response that says in one line why there is no other."""
    return PlainTextResponse(f"{reason}\n", status, {"X-Content-Type-Options": "nosniff", **(headers or {})})


def _response(answer: Answer, headers: dict[str, str] | None = None) -> Response:
    extra = {"X-Content-Type-Options": "nosniff", **(headers or {})}
    if answer.status == 503:
        extra["Retry-After"] = "5"
    return Response(answer.body, answer.status, extra, media_type=answer.type if answer.status != 204 else None)


def _page(name: str) -> Response:
    content = resources.files(__package__).joinpath("sparql", name).read_bytes()
    headers = {"Content-Security-Policy": _PAGE_POLICY, "Vary": "Accept"}
    return Response(content, media_type="text/html", headers=headers)


def _card(page: str) -> Response:
    return Response(page, media_type="text/html", headers={"Content-Security-Policy": _CARD_POLICY, "Vary": "Accept"})


def _decoded(name: str) -> str:
    """Undo the percent-encoding of what an IRI may hold (other scripts), keep the rest."""

    def run(match: re.Match[str]) -> str:
        try:
            return unquote_to_bytes(match[0]).decode()
        except UnicodeDecodeError:
            return match[0]

    return re.sub(r"(?:%[89A-Fa-f][0-9A-Fa-f])+", run, name)
