"""A knowledge graph ↔ a folder: `save` writes all that `triplomat build` does, `load` reads statements and articles."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from triplomat.errors import DataError
from triplomat.extractors.statement import Article, Statement, from_json
from triplomat.ontology.terms import BASE

from .assembly import ACTORS, ARTICLES, LEXICON, STATEMENTS, Counts, Recipe, assemble, check_formats
from .contributions import contribution
from .folder import MANIFEST, replacing, temporary
from .spool import Spool

if TYPE_CHECKING:
    from .knowledge_graph import KnowledgeGraph

T = TypeVar("T")


def save(graph: KnowledgeGraph, folder: Path, *, rdf: tuple[str, ...] = ("trig",), held: bool = False) -> Counts:
    """Write the whole result into a folder, which is replaced at once if a build wrote it before."""
    check_formats(rdf)
    told: dict[str, list[Statement]] = defaultdict(list)
    for statement in graph.statements:
        told[statement.document].append(statement)
    articles = {article.id: article for article in graph.articles}
    for document in told:  # an article that nobody gave has no text
        articles.setdefault(document, Article(document, "", published=told[document][0].published))
    recipe = Recipe(graph.names, graph.given_title, graph.actors, graph.lexicon, rdf, graph.manifest)
    with replacing(folder, held=held) as new, temporary(folder) as work, Spool(work / "spool.sqlite") as spool:
        spool.put(contribution(article, told[name], graph.names) for name, article in articles.items())
        return assemble(spool, new, recipe)


def load(folder: Path) -> KnowledgeGraph:
    """The graph that `save` wrote; DataError where the folder holds none."""
    from .knowledge_graph import KnowledgeGraph

    found = read_manifest(folder)
    articles = list(read_articles(folder / ARTICLES)) if (folder / ARTICLES).is_file() else []
    return KnowledgeGraph(
        read_statements(folder / STATEMENTS),
        articles,
        base_iri=found.get("base_iri", BASE),
        title=found.get("title"),
        actors=table(folder, ACTORS),
        lexicon=table(folder, LEXICON),
        manifest=found,
    )


def table(folder: Path, name: str) -> Path | None:
    """A table of the user's own that a folder was built with."""
    return folder / name if (folder / name).is_file() else None


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a built folder, {} where it lacks; DataError where the folder holds no graph."""
    if not (folder / STATEMENTS).is_file():
        raise DataError(str(folder), None, "no built graph is here; make one with `triplomat build INPUT -o FOLDER`")
    try:
        found: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise DataError(str(folder / MANIFEST), None, f"is damaged ({error}); build the folder again") from error
    return found


def read_statements(path: Path) -> Iterator[Statement]:
    """The statements of a JSON-lines file; DataError with the line where one is damaged."""
    yield from _rows(path, from_json)


def read_articles(path: Path) -> Iterator[Article]:
    """The articles of a JSON-lines file; DataError with the line where one is damaged."""
    yield from _rows(path, lambda row: Article(**row))


def read_built(folder: Path) -> Iterator[tuple[Article, list[Statement]]]:
    """Each article of a built folder with its statements, one at a time."""
    statements = read_statements(folder / STATEMENTS)
    waiting = next(statements, None)
    for article in read_articles(folder / ARTICLES):
        told = []
        while waiting is not None and waiting.document == article.id:
            told.append(waiting)
            waiting = next(statements, None)
        yield article, told
    if waiting is not None:
        raise DataError(str(folder / ARTICLES), None, f"lacks {waiting.document!r}; build the folder again")


def _rows(path: Path, make: Callable[[dict[str, Any]], T]) -> Iterator[T]:
    with path.open(encoding="utf-8", errors="surrogatepass", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield make(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise DataError(str(path), number, f"is damaged ({error}); build the folder again") from error
