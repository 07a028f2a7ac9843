"""A built folder → a web server: SPARQL 1.1 Protocol, a query page, the graph page, and an address for each entity.

Nothing that a client sends makes the server call out to another, and only an update with the token makes it write.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from triplomat.errors import UsageError
from triplomat.ontology.terms import BASE, Names

from .pool import Limits, Pool
from .site import Site, refused
from .sources import folder_names
from .store import open_store
from .worker import MEMORY
from .writer import Writer

LOOPBACK = ("127.0.0.1", "::1", "localhost")
SHORTEST_TOKEN = 16


def serve(
    folder: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    timeout: float = 30.0,
    token_file: Path | None = None,
    origins: Sequence[str] = (),
) -> None:
    """Serve a built folder until interrupted; a query has `timeout` seconds, updates need the token in a file."""
    import uvicorn

    folder = Path(folder)
    open_store(folder / "store")
    if not 0 < port < 65536:
        raise UsageError(f"port {port}: give a number from 1 to 65535")
    if timeout <= 0:
        raise UsageError(f"--timeout must be more than 0, not {timeout:g}")
    token = read_token(token_file) if token_file else None
    application = make_application(folder, host=host, timeout=timeout, token=token, origins=origins)
    listener = _listen(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    print(f"Triplomat: {address}/ (SPARQL at {address}/sparql); Ctrl-C ends it", flush=True)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stopped)
    config = uvicorn.Config(application, log_level="warning", timeout_graceful_shutdown=5, server_header=False)
    uvicorn.Server(config).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        reason = error.strerror or error
        raise UsageError(f"{host}, port {port}: can't be listened at ({reason}); give another --port") from error


def _stopped(*_: object) -> None:
    """What is left of a signal once uvicorn has stopped for it: what was being answered had five seconds."""


def read_token(path: Path) -> str:
    """The token that updates must carry: the first line of a file; UsageError where it is too short to be one."""
    try:
        token = (path.read_text("utf-8").splitlines() or [""])[0].strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: can't be read ({getattr(error, 'strerror', None) or error})") from error
    if len(token) < SHORTEST_TOKEN or not token.isascii() or " " in token:
        raise UsageError(
            f"{path}: its first line must be a token of at least {SHORTEST_TOKEN} letters and digits;"
            f" make one with: openssl rand -hex 16 > {path}"
        )
    return token


def make_application(
    folder: Path,
    *,
    host: str = "127.0.0.1",
    workers: int | None = None,
    timeout: float = 30.0,
    largest: int = 64 * 1024**2,
    memory: int = MEMORY,
    token: str | None = None,
    origins: Sequence[str] = (),
) -> Starlette:
    """The application of a built folder, for any ASGI server.

    Updates are off without a `token`; web pages of other sites than `origins` can't read the answers. On loopback only
    requests addressed to loopback, or to the host of the folder's base IRI, are answered, so that no web page can reach
    it under a name of its own.
    """
    names = folder_names(folder)
    limits = Limits(workers or _at_once(), timeout, timeout + 5, largest, memory)
    pool = Pool(folder, names, limits)
    site = Site(folder, names, pool, Writer(folder, names, limits) if token else None, token)

    @asynccontextmanager
    async def running(_: Starlette) -> AsyncIterator[None]:
        await pool.start()
        try:
            yield
        finally:
            await pool.stop()

    middleware = [
        Middleware(Ending),
        Middleware(TrustedHostMiddleware, allowed_hosts=_hosts(host, names), www_redirect=False),
    ]
    if origins:
        allowed = ["Accept", "Authorization", "Content-Type"]
        middleware.append(
            Middleware(CORSMiddleware, allow_origins=origins, allow_methods=["GET", "POST"], allow_headers=allowed)
        )
    handlers = {Exception: _failed}
    return Starlette(routes=_routes(site, names), lifespan=running, middleware=middleware, exception_handlers=handlers)


def _routes(site: Site, names: Names) -> list[Route | Mount]:
    """The addresses, at the root and, where the base IRI has a path, below that too, as a proxy may pass it on."""
    routes: list[Route | Mount] = [
        Route("/", site.graph_page),
        Route("/sparql", site.sparql, methods=["GET", "POST"]),
        Route("/queries", site.queries),
        Route("/prefixes.json", site.prefixes),
        Route("/.well-known/void", site.void),
        Route("/-/{name}", site.static),
        Route("/data/{name}", site.data),
        Route("/ontology", site.ontology),
        Route("/favicon.ico", site.no_icon),
    ]
    below = urlsplit(names.base).path.rstrip("/")
    if below:
        routes.append(Mount(below, routes=[*routes, Route("/{kind}/{name:path}", site.entity)]))
    return [*routes, Route("/{kind}/{name:path}", site.entity)]


def _hosts(host: str, names: Names) -> list[str]:
    if host not in LOOPBACK:
        return ["*"]
    own = urlsplit(names.base).hostname if names.base != BASE else None
    return [*LOOPBACK, "[::1]", "testserver", *([own] if own else [])]


def _at_once() -> int:
    """Two queries a core, so that a long one on each leaves room for short ones."""
    return max(4, min(16, 2 * (os.cpu_count() or 2)))


class Ending:
    """Answers a request that is cut off because the server stops, instead of failing on it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except asyncio.CancelledError:
            if scope["type"] == "http" and not begun:
                await refused(503, "the server is stopping")(scope, receive, send)


async def _failed(request: Request, error: Exception) -> Response:
    """What nobody foresaw: no traceback reaches a client."""
    del request, error
    return refused(500, "the server failed on this request")
