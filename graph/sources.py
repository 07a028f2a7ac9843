"""What a query is put to: a built folder, a file of RDF, or the URL of a SPARQL server, behind one question and
answer.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from triplomat.errors import QueryError, UsageError
from triplomat.ontology.terms import BASE, Names

from .lookup import in_store
from .mistakes import check_terms
from .queries import evaluate
from .rdf import ontology_quads
from .results import Result
from .shipped import find_query, prepare

if TYPE_CHECKING:
    import pyoxigraph

_RDF_ENDINGS = (".trig", ".ttl", ".nq", ".nt", ".jsonld", ".rdf")
_ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9, text/turtle;q=0.5"


class Source(Protocol):
    """Answers queries given as text, file or shipped name."""

    names: Names

    def prepare(self, query: str, settings: Mapping[str, str]) -> str:
        """The SPARQL that a query comes to with its parameters."""

    def answer(self, sparql: str, *, limit: int | None = None, timeout: float | None = None) -> Result:
        """The answer to SPARQL text."""


class StoreSource:
    """A store on disk or in memory."""

    def __init__(self, store: pyoxigraph.Store, names: Names, path: Path | None = None) -> None:
        self.store, self.names, self.path = store, names, path

    def prepare(self, query: str, settings: Mapping[str, str]) -> str:
        return prepare(find_query(query), in_store(self.store, self.names), self.names, settings)

    def answer(self, sparql: str, *, limit: int | None = None, timeout: float | None = None) -> Result:
        if timeout is not None:
            if self.path is None:
                raise UsageError("--timeout needs a built folder; leave it out for a file")
            from .worker import answer_within

            return answer_within(self.path, sparql, self.names, limit=limit, timeout=timeout)
        return evaluate(self.store, sparql, self.names, limit=limit)


class EndpointSource:
    """A SPARQL 1.1 server by its URL; the project's prefixes that a query uses are declared for it."""

    def __init__(self, url: str, names: Names) -> None:
        self.url, self.names = url, names

    def prepare(self, query: str, settings: Mapping[str, str]) -> str:
        import pyoxigraph

        return declare(
            prepare(find_query(query), in_store(pyoxigraph.Store(), self.names), self.names, settings), self.names
        )

    def answer(self, sparql: str, *, limit: int | None = None, timeout: float | None = None) -> Result:
        import pyoxigraph

        check_terms(sparql, self.names)
        body = urlencode({"query": sparql}).encode()
        headers = {"Accept": _ACCEPT, "Content-Type": "application/x-www-form-urlencoded", "User-Agent": "triplomat"}
        try:
            with urlopen(Request(self.url, body, headers), timeout=timeout or 60) as response:
                kind, content = response.headers.get_content_type(), response.read()
        except HTTPError as error:
            reason = error.read(300).decode("utf-8", "replace").strip().splitlines()
            raise QueryError(f"{self.url}: {error.code} {reason[0] if reason else error.reason}") from error
        except (URLError, OSError) as error:
            raise QueryError(f"{self.url}: can't be reached ({getattr(error, 'reason', error)})") from error
        try:
            if kind == "application/sparql-results+json":
                results = pyoxigraph.parse_query_results(content, pyoxigraph.QueryResultsFormat.JSON)
                return Result.of(results, self.names, limit=limit)
            format = pyoxigraph.RdfFormat.from_media_type(kind) or pyoxigraph.RdfFormat.TURTLE
            rows = [(quad.subject, quad.predicate, quad.object) for quad in pyoxigraph.parse(content, format)]
        except (ValueError, SyntaxError) as error:
            raise QueryError(f"{self.url}: its answer can't be read as {kind} ({error})") from error
        return Result("graph", ("subject", "predicate", "object"), rows[:limit], None, self.names)


def open_source(where: str) -> Source:
    """A built folder, a file of RDF or a URL; UsageError where it is none of them.

    A folder whose store is missing or broken is read from its graph.trig, with a warning.
    """
    if re.match(r"https?://", where):
        return EndpointSource(where, Names())
    path = Path(where)
    if path.is_dir():
        return _folder(path)
    if path.is_file() and path.suffix in _RDF_ENDINGS:
        from .store import file_store

        return StoreSource(file_store(path), Names())
    if path.is_file():
        raise UsageError(f"{where}: give a built folder, a URL, or a file that ends in {', '.join(_RDF_ENDINGS)}")
    raise UsageError(f"{where}: no such folder; make one with `triplomat build INPUT -o {where}`")


def folder_names(folder: Path) -> Names:
    """The names under the base IRI that a folder was built with."""
    try:
        return Names(json.loads((folder / "manifest.json").read_text("utf-8")).get("base_iri", BASE))
    except (OSError, ValueError, AttributeError):
        return Names()


def declare(sparql: str, names: Names) -> str:
    """The query with a PREFIX line for each of the project's prefixes that it uses and doesn't declare."""
    declared = set(re.findall(r"prefix\s+([\w-]*):", sparql, re.IGNORECASE))
    used = [prefix for prefix in names.prefixes if re.search(rf"(?<![\w-]){prefix}:", sparql)]
    lines = [f"PREFIX {prefix}: <{names.prefixes[prefix]}>" for prefix in used if prefix not in declared]
    return "\n".join([*lines, sparql])


def _folder(folder: Path) -> StoreSource:
    from .store import StoreError, file_store, open_store

    names = folder_names(folder)
    try:
        return StoreSource(open_store(folder / "store"), names, folder / "store")
    except StoreError:
        files = [path for ending in (".trig", ".nq") if (path := folder / f"graph{ending}").is_file()]
        if not files:
            raise
        warnings.warn(f"{folder / 'store'} can't be opened: reading {files[0]} instead, slowly", stacklevel=2)
        store = file_store(files[0])
        from .quads import nquads

        store.extend(_parsed(nquads(ontology_quads(names))))
        return StoreSource(store, names)


def _parsed(content: bytes) -> list[pyoxigraph.Quad]:
    import pyoxigraph

    return list(pyoxigraph.parse(content, pyoxigraph.RdfFormat.N_QUADS))
