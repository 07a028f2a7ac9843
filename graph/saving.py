"""A knowledge graph ↔ a folder: statements and articles as JSON lines, the dataset, store, network, page, tables,
manifest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from triplomat.errors import DataError, UsageError
from triplomat.extractors.statement import Article, Statement, from_json, to_json
from triplomat.ontology.terms import BASE

from .exchange import centrality_csv, to_gexf, to_graphml
from .folder import MANIFEST, replacing
from .quads import FORMATS, RDF12, convert, serialise, write_nquads
from .rdf import ontology_quads, reified_quads
from .spreadsheet import events_csv
from .store import write_store

if TYPE_CHECKING:
    from .knowledge_graph import KnowledgeGraph

STATEMENTS = "statements.jsonl"
ARTICLES = "articles.jsonl"
T = TypeVar("T")


def save(graph: KnowledgeGraph, folder: Path, *, rdf: tuple[str, ...] = ("trig",), held: bool = False) -> None:
    """Write the whole result into a folder, which is replaced at once if a build wrote it before."""
    if unknown := sorted(set(rdf) - {*FORMATS, RDF12}):
        raise UsageError(f"RDF format {unknown[0]!r}: choose from {', '.join((*FORMATS, RDF12))}")
    with replacing(folder, held=held) as new:
        write_statements(new / STATEMENTS, graph.statements)
        write_articles(new / ARTICLES, graph.articles)
        count = _write_rdf(graph, new, rdf)
        _write(new / "graph.html", graph.page())
        _write(new / "network.graphml", to_graphml(graph._network))
        _write(new / "network.gexf", to_gexf(graph._network))
        _write(new / "centrality.csv", centrality_csv(graph._centrality, graph._network, graph._blocs))
        _write(new / "events.csv", events_csv(graph.facts, graph.labels))
        _write(new / MANIFEST, json.dumps(manifest(graph, rdf, count), ensure_ascii=False, indent=1) + "\n")


def load(folder: Path) -> KnowledgeGraph:
    """The graph that `save` wrote; DataError where the folder holds none."""
    from .knowledge_graph import KnowledgeGraph

    if not (folder / STATEMENTS).is_file():
        raise DataError(str(folder), None, "no built graph is here; make one with `triplomat build INPUT -o FOLDER`")
    found = json.loads((folder / MANIFEST).read_text("utf-8")) if (folder / MANIFEST).is_file() else {}
    articles = list(read_articles(folder / ARTICLES)) if (folder / ARTICLES).is_file() else []
    return KnowledgeGraph(
        read_statements(folder / STATEMENTS),
        articles,
        base_iri=found.get("base_iri", BASE),
        title=found.get("title"),
        manifest=found,
    )


def manifest(graph: KnowledgeGraph, rdf: Iterable[str], count: int) -> dict[str, Any]:
    """What is needed to repeat the run: what the builder told, and the counts."""
    counts = {
        "articles": len(graph.articles),
        "statements": len(graph.statements),
        "facts": len(graph.facts),
        "entities": len(graph.entities),
        "quads": count,
    }
    hashes = {
        article.id: hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
        for article in graph.articles
    }
    return {
        **graph.manifest,
        "title": graph.given_title,
        "base_iri": graph.names.base,
        "rdf": sorted(rdf),
        "counts": counts,
        "inputs": hashes,
    }


def _write_rdf(graph: KnowledgeGraph, folder: Path, formats: Iterable[str]) -> int:
    """Write the dataset in the formats and into the store, in little memory; the number of its quads."""
    lines = folder / "graph.nq"
    count = write_nquads(lines, graph.portions())
    for format in formats:
        if format == RDF12:
            _write_rdf12(graph, folder / "graph.rdf12.trig")
        elif format != "nq":
            convert(lines, folder / f"graph.{format}", format, graph.names)
    write_store(folder / "store", lines, ontology_quads(graph.names))
    if "nq" not in formats:
        lines.unlink()
    return count


def _write_rdf12(graph: KnowledgeGraph, path: Path) -> None:
    """The dataset with what each statement says as a triple term."""
    path.write_bytes(serialise([*graph.quads, *reified_quads(graph.statements, graph.names)], "trig", graph.names))


def write_statements(path: Path, statements: Iterable[Statement]) -> None:
    """One statement a line, as JSON."""
    _write(path, "".join(f"{json.dumps(to_json(item), ensure_ascii=False)}\n" for item in statements))


def read_statements(path: Path) -> Iterator[Statement]:
    """The statements of a JSON-lines file; DataError with the line where one is damaged."""
    yield from _rows(path, from_json)


def write_articles(path: Path, articles: Iterable[Article]) -> None:
    """One article a line, as JSON that `triplomat build` reads too."""
    rows = ({key: value for key, value in asdict(article).items() if value is not None} for article in articles)
    _write(path, "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows))


def read_articles(path: Path) -> Iterator[Article]:
    """The articles of a JSON-lines file; DataError with the line where one is damaged."""
    yield from _rows(path, lambda row: Article(**row))


def _rows(path: Path, make: Callable[[dict[str, Any]], T]) -> Iterator[T]:
    with path.open(encoding="utf-8", errors="surrogatepass", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield make(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise DataError(str(path), number, f"is damaged ({error}); build the folder again") from error


def _write(path: Path, content: str) -> None:
    path.write_text(content, "utf-8", errors="surrogatepass", newline="\n")
