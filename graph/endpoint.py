"""A query → the answer of a SPARQL server at a URL, with the project's prefixes declared and names looked up there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from triplomat.errors import QueryError, UsageError, cause
from triplomat.ontology.terms import Names, is_entity

from .lookup import compact_id, nothing_called
from .mistakes import check_terms
from .quads import text
from .results import Result
from .shipped import find_query, prepare
from .sources import declare

_ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9, text/turtle;q=0.5"
_SPACE = "http://rdfs.org/ns/void#uriSpace"
_PATIENCE = 60.0
_MOST_LABELS = 200


class EndpointSource:
    """A SPARQL 1.1 server; where it describes itself as one of ours, under the base IRI that it was built with."""

    def __init__(self, url: str) -> None:
        self.url = url

    @cached_property
    def names(self) -> Names:
        """The names under the base IRI in the server's description, else under the usual one."""
        import pyoxigraph

        with suppress(OSError, ValueError, SyntaxError, UsageError):
            request = Request(self.url, headers={"Accept": "text/turtle", "User-Agent": "triplomat"})
            with urlopen(request, timeout=10) as response:
                quads = list(pyoxigraph.parse(response.read(1 << 20), pyoxigraph.RdfFormat.TURTLE))
            spaces = [str(getattr(quad.object, "value", "")) for quad in quads if quad.predicate.value == _SPACE]
            if spaces:
                return Names(spaces[0])
        return Names()

    def prepare(self, query: str, settings: Mapping[str, str]) -> str:
        return prepare(find_query(query), self.look_up, self.names, settings)

    def answer(self, sparql: str, *, limit: int | None = None, timeout: float | None = None) -> Result:
        check_terms(sparql, self.names)
        kind, content = self._send(sparql, timeout or _PATIENCE)
        return self._labelled(self._read(kind, content, limit))

    def strangers(self, sparql: str) -> Iterable[str]:
        del sparql
        return ()

    def _send(self, sparql: str, timeout: float) -> tuple[str, bytes]:
        sparql, lines = declare(sparql, self.names), sparql.count("\n")
        added = sparql.count("\n") - lines
        body = urlencode({"query": sparql}).encode()
        headers = {"Accept": _ACCEPT, "Content-Type": "application/x-www-form-urlencoded", "User-Agent": "triplomat"}
        try:
            with urlopen(Request(self.url, body, headers), timeout=timeout) as response:
                return response.headers.get_content_type(), response.read()
        except HTTPError as error:
            told = (error.read(300).decode("utf-8", "replace").strip().splitlines() or [error.reason])[0]
            told = re.sub(r"\bline (\d+)", lambda match: f"line {int(match[1]) - added}", told)
            raise QueryError(f"{self.url}: {error.code} {told}") from error
        except TimeoutError as error:
            raise QueryError(f"{self.url}: no answer within {timeout:g} s") from error
        except (URLError, OSError) as error:
            raise QueryError(f"{self.url}: can't be reached ({cause(error)})") from error

    def _read(self, kind: str, content: bytes, limit: int | None) -> Result:
        import pyoxigraph

        try:
            if kind == "application/sparql-results+json":
                results = pyoxigraph.parse_query_results(content, pyoxigraph.QueryResultsFormat.JSON)
                return Result.of(results, self.names, limit=limit)
            format = pyoxigraph.RdfFormat.from_media_type(kind) or pyoxigraph.RdfFormat.TURTLE
            rows = [(quad.subject, quad.predicate, quad.object) for quad in pyoxigraph.parse(content, format)]
        except (ValueError, SyntaxError) as error:
            raise QueryError(f"{self.url}: its answer can't be read as {kind} ({error})") from error
        return Result("graph", ("subject", "predicate", "object"), rows[:limit], None, self.names)

    def _labelled(self, result: Result) -> Result:
        """The result with the labels of its entities, where they are few enough to ask for in one go."""
        iris = sorted(result.entities())
        if not iris or len(iris) > _MOST_LABELS:
            return result
        wanted = " ".join(f"<{iri}>" for iri in iris)
        asked = f"SELECT ?it ?label {{ VALUES ?it {{ {wanted} }} ?it rdfs:label ?label }}"
        with suppress(QueryError):
            found = self._read(*self._send(asked, _PATIENCE), None)
            return replace(result, labels={row[0].value: row[1].value for row in found.rows})
        return result

    def look_up(self, name: str) -> list[str]:
        """A name's entities, each followed by those who act for it."""
        if compact_id(name, self.names):
            found = [self.names.iri(name)]
        else:
            found = self._called(f"VALUES ?name {{ {text(name)} {text(name, 'en')} }}")
            found = found or self._called("", f"FILTER(LCASE(STR(?name)) = {text(name.casefold())})")
        if not found:
            known = self._values("SELECT DISTINCT ?name { ?who rdfs:label ?name } LIMIT 50000")
            raise QueryError(nothing_called(name, {label.casefold() for label in known}))
        acting = [self._values(f"SELECT DISTINCT ?who {{ ?who tm:actsFor <{iri}> }} ORDER BY ?who") for iri in found]
        return list(dict.fromkeys(iri for one, others in zip(found, acting, strict=True) for iri in (one, *others)))

    def _called(self, before: str, after: str = "") -> list[str]:
        asked = f"{{ ?who rdfs:label ?name }} UNION {{ ?who skos:altLabel ?name }} {after}"
        found = self._values(f"SELECT DISTINCT ?who {{ {before} {asked} }} ORDER BY ?who")
        return [iri for iri in found if is_entity(iri, self.names)]

    def _values(self, sparql: str) -> list[str]:
        rows: list[tuple[Any, ...]] = self._read(*self._send(sparql, _PATIENCE), None).rows
        return [str(row[0].value) for row in rows]
