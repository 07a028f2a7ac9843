"""What a query is put to: a built folder, a file of RDF, or the URL of a SPARQL server, behind one question and
answer.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from triplomat.errors import UsageError
from triplomat.ontology.terms import BASE, Names

from .lookup import in_store, labelled, strangers
from .queries import evaluate
from .results import Result
from .shipped import find_query, prepare

if TYPE_CHECKING:
    import pyoxigraph

_RDF_ENDINGS = (".trig", ".ttl", ".nq", ".nt", ".jsonld", ".rdf")


class Source(Protocol):
    """Answers queries given as text, file or shipped name."""

    @property
    def names(self) -> Names:
        """The prefixes that its queries know."""

    def look_up(self, name: str) -> list[str]:
        """The IRIs of what a name stands for, each followed by those who act for it; QueryError where there is none."""

    def prepare(self, query: str, settings: Mapping[str, str]) -> str:
        """The SPARQL that a query comes to with its parameters."""

    def answer(self, sparql: str, *, limit: int | None = None, timeout: float | None = None) -> Result:
        """The answer to SPARQL text."""

    def strangers(self, sparql: str) -> Iterable[str]:
        """A line for each entity that a query names and that isn't there, where that can be told."""


class StoreSource:
    """A store on disk or in memory; `path` is the folder or file that it was read from."""

    def __init__(self, store: pyoxigraph.Store, names: Names, path: Path | None = None) -> None:
        self.store, self.names, self.path = store, names, path

    def look_up(self, name: str) -> list[str]:
        return in_store(self.store, self.names)(name)

    def prepare(self, query: str, settings: Mapping[str, str]) -> str:
        return prepare(find_query(query), self.look_up, self.names, settings)

    def answer(self, sparql: str, *, limit: int | None = None, timeout: float | None = None) -> Result:
        if timeout is not None and self.path is not None:
            from .worker import answer_within

            return labelled(answer_within(self.path, sparql, self.names, limit=limit, timeout=timeout), self.store)
        return evaluate(self.store, sparql, self.names, limit=limit)

    def strangers(self, sparql: str) -> Iterable[str]:
        return strangers(self.store, sparql, self.names)


def open_source(where: str) -> Source:
    """A built folder, a file of RDF or a URL; UsageError where it is none of them.

    A folder whose store is missing or broken is read from its graph.trig, with a warning.
    """
    if re.match(r"https?://", where):
        from .endpoint import EndpointSource

        return EndpointSource(where)
    path = Path(where)
    if path.is_dir():
        return _folder(path)
    if path.is_file() and path.suffix in _RDF_ENDINGS:
        from .plain import has_engine, plain_file
        from .store import file_store

        return StoreSource(file_store(path), Names(), path) if has_engine() else plain_file(path, Names())
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


def _folder(folder: Path) -> Source:
    from .plain import has_engine, plain_file
    from .store import StoreError, file_store, open_store

    names = folder_names(folder)
    files = [path for ending in (".trig", ".nq") if (path := folder / f"graph{ending}").is_file()]
    if not has_engine():
        if not files:
            raise UsageError(f"{folder}: Oxigraph can't be loaded, and no graph.trig is here to read instead")
        return plain_file(files[0], names)
    try:
        return StoreSource(open_store(folder / "store"), names, folder / "store")
    except StoreError:
        if not files:
            raise
        warnings.warn(f"{folder / 'store'} can't be opened: reading {files[0]} instead, slowly", stacklevel=2)
        store = file_store(files[0])
        from .quads import nquads
        from .rdf import ontology_quads

        store.extend(_parsed(nquads(ontology_quads(names))))
        return StoreSource(store, names, files[0])


def _parsed(content: bytes) -> list[pyoxigraph.Quad]:
    import pyoxigraph

    return list(pyoxigraph.parse(content, pyoxigraph.RdfFormat.N_QUADS))
