"""Inputs → a knowledge graph: extract every article that can be read, and keep the reason for each that can't."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from triplomat.errors import InputError
from triplomat.ontology.terms import BASE

if TYPE_CHECKING:
    from triplomat.extractors.pipeline import Extractor
    from triplomat.extractors.statement import Article, Statement

    from .knowledge_graph import KnowledgeGraph

Skipped = Callable[[InputError], None]


def build(
    inputs: Sequence[str | Path] | str | Path,
    *,
    published: str | None = None,
    base_iri: str | None = None,
    title: str | None = None,
    skipped: Skipped | None = None,
    **options: Any,
) -> KnowledgeGraph:
    """The knowledge graph of all articles that the inputs name; options as `Extractor`'s.

    An input that can't be read goes to `skipped` and the others are read; without `skipped`, InputError is raised.
    """
    from triplomat.extractors.pipeline import Extractor

    from .knowledge_graph import KnowledgeGraph

    extractor = Extractor(**options)
    articles: list[Article] = []
    statements: list[Statement] = []
    for article, found in extractor.articles(readable(inputs, published=published, skipped=skipped)):
        articles.append(article)
        statements.extend(found)
    return KnowledgeGraph(
        statements,
        articles,
        base_iri=base_iri or BASE,
        title=title,
        actors=extractor.actors,
        manifest=manifest_of(extractor),
    )


def readable(
    inputs: Sequence[str | Path] | str | Path, *, published: str | None, skipped: Skipped | None
) -> Iterator[Article]:
    """The articles of the inputs; what can't be read goes to `skipped`, or is raised where there is none."""
    from triplomat.extractors.reading import read

    named: Iterable[str | Path] = [inputs] if isinstance(inputs, (str, Path)) else inputs
    for item in read([str(name) for name in named], published=published):
        if not isinstance(item, InputError):
            yield item
        elif skipped is None:
            raise item
        else:
            skipped(item)


def manifest_of(extractor: Extractor) -> dict[str, Any]:
    """What is needed to repeat a run: versions, model, options."""
    from importlib.metadata import version

    meta = extractor.nlp.meta
    return {
        "versions": {name: version(name) for name in ("spacy", "rdflib", "networkx", "pyvis", "pyoxigraph")},
        "model": {"name": f"{meta['lang']}_{meta['name']}", "version": meta["version"]},
        "options": {
            "model": extractor.model,
            "actors": None if extractor.actors is None else extractor.actors.name,
            "lexicon": None if extractor.lexicon is None else extractor.lexicon.name,
            "encoder": extractor.encoder,
        },
    }
