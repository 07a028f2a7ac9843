"""Inputs → a knowledge graph in memory, or a folder however many articles there are.

An input that can't be read is left out, with its reason. A build of a folder goes on where an earlier one was broken
off: what is done stands beside the folder until the whole is.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from triplomat.errors import InputError
from triplomat.extractors.parallel import batched, ordered, tapering
from triplomat.extractors.statement import Article, Statement
from triplomat.ontology.terms import BASE

from .assembly import Counts, Recipe, assemble, check_formats
from .contributions import Contribution, Contributor, Failure, contribution, digest
from .folder import check_ours, locked, replacing, working
from .merging import processors
from .spool import Spool
from .store import StoreWriter, growing

if TYPE_CHECKING:
    from .knowledge_graph import KnowledgeGraph

BATCH = 32  # articles that a process takes at a time
Skipped = Callable[[InputError], None]
Progress = Callable[[str, int], None]  # what is being done, and how many articles of it are


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
    maker = Contributor(extractor.model, extractor.actors, extractor.lexicon, extractor.encoder, base_iri or BASE)
    return KnowledgeGraph(
        statements,
        articles,
        base_iri=base_iri or BASE,
        title=title,
        actors=extractor.actors,
        lexicon=extractor.lexicon,
        manifest=manifest_of(maker),
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


def manifest_of(maker: Contributor) -> dict[str, Any]:
    """What is needed to repeat a run: versions, model, options."""
    from importlib.metadata import version

    from triplomat.extractors.parsing import model_version

    name, number = model_version(maker.model)
    return {
        "versions": {
            name: version(name) for name in ("triplomat", "spacy", "rdflib", "networkx", "pyvis", "pyoxigraph")
        },
        "model": {"name": name, "version": number},
        "options": {
            "model": maker.model,
            "actors": None if maker.actors is None else maker.actors.name,
            "lexicon": None if maker.lexicon is None else maker.lexicon.name,
            "encoder": maker.encoder,
        },
    }


@dataclass(slots=True)
class Works:
    """How a folder is built: in how many processes, and whom it tells of inputs that it skips and of how far it is."""

    skipped: Skipped | None = None
    progress: Progress | None = None
    jobs: int = 1
    failed: list[InputError] = field(default_factory=list)

    def skip(self, error: InputError) -> None:
        if self.skipped is None:
            raise error
        self.failed.append(error)
        self.skipped(error)

    def tell(self, what: str, count: int = 0) -> None:
        if self.progress is not None:
            self.progress(what, count)

    @property
    def skips(self) -> list[dict[str, str]]:
        """The inputs that were skipped, for the manifest, however the processes took turns."""
        return [{"input": source, "reason": why} for source, why in sorted((e.source, e.reason) for e in self.failed)]


def build_folder(
    inputs: Sequence[str | Path],
    folder: Path,
    maker: Contributor,
    recipe: Recipe,
    works: Works,
    *,
    published: str | None = None,
    done: Iterable[tuple[Article, list[Statement]]] = (),
) -> Counts:
    """Write the graph of all articles that the inputs name into a folder; InputError where there is none.

    `done` are articles with their statements that are in it too, unless the inputs have others of the same id.
    """
    check_formats(recipe.rdf)
    check_ours(folder)
    about = manifest_of(maker)
    with (
        locked(folder),
        working(folder) as work,
        Spool(work / "spool.sqlite", _about(about, maker)) as spool,
        growing(work / "store", recipe.names, busy=works.jobs >= processors()) as store,
    ):
        start = time.perf_counter()
        for batch in batched(done, BATCH):
            spool.put(contribution(article, told, recipe.names) for article, told in batch)
        extracted(readable(inputs, published=published, skipped=works.skip), spool, maker, works, store)
        if not spool.count():
            raise InputError("nothing to build", "no input could be read")
        options = {**about["options"], "published": published, "inputs": [str(name) for name in inputs]}
        manifest = recipe.manifest or {**about, "options": options, "skipped": works.skips, "timings": {}}
        if not recipe.manifest:
            manifest["timings"]["extraction"] = round(time.perf_counter() - start, 3)
        works.tell("facts, RDF, store, network and page")
        with replacing(folder, held=True) as new:
            return assemble(spool, new, replace(recipe, manifest=manifest), store)


def extracted(articles: Iterable[Article], spool: Spool, maker: Contributor, works: Works, store: StoreWriter) -> None:
    """Put what the articles contribute into a spool, batch by batch; those that it has are passed over. The store takes
    in the new ones' graphs meanwhile.
    """
    count = 0

    def new() -> Iterator[Article]:
        nonlocal count
        for article in articles:
            if spool.has(article.id, digest(article)):
                count += 1
                works.tell("articles", count)
            else:
                yield article

    for results in ordered(maker, tapering(new(), BATCH, works.jobs), processes=works.jobs):
        spool.put(item for item in results if isinstance(item, Contribution))
        for item in results:
            if isinstance(item, Failure):
                works.skip(InputError(item.document, item.reason))
            else:
                store.take(item.document, item.digest, item.graph)
        count += len(results)
        works.tell("articles", count)


def _about(manifest: Mapping[str, Any], maker: Contributor) -> str:
    """What contributions hang on beside their articles: with another model or table they must be made anew."""
    tables = [None if path is None else sha256(path.read_bytes()).hexdigest() for path in (maker.actors, maker.lexicon)]
    return json.dumps([manifest["versions"], manifest["model"], maker.encoder, maker.base, *tables])
