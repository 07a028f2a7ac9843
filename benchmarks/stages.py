"""Measures what follows extraction, stage by stage: the articles of a built folder, as often as asked.

    PYTHONPATH=src python benchmarks/stages.py DIR
    PYTHONPATH=src python benchmarks/stages.py DIR --articles 10000

Nothing is extracted. Articles beyond those of the folder are the same under other names, with other words and the same
statements. The model is loaded, so that the memory is a build's. Times are the processor's: of the thread that
extracts, which a build waits for where there are two processors, and of all threads, the store's among them.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from triplomat.extractors.parallel import batched
from triplomat.extractors.parsing import undisturbed
from triplomat.extractors.pipeline import Extractor
from triplomat.extractors.statement import Article, Statement
from triplomat.graph import assembly
from triplomat.graph.contributions import contribution
from triplomat.graph.saving import read_built
from triplomat.graph.spool import Spool
from triplomat.graph.store import growing
from triplomat.ontology.terms import Names

STAGES = ("describe_all", "tell_facts", "_dataset", "_with_statements", "shown", "view_html", "_network", "assemble")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, help="so many; by default those of the folder")
    options = parser.parse_args()
    extractor = Extractor()
    _ = extractor.nlp, extractor.gazetteer, extractor.knowledge
    count = options.articles or sum(1 for _ in read_built(options.folder))
    spent: dict[str, float] = {}
    for name in STAGES:
        setattr(assembly, name, timed(getattr(assembly, name), spent))
    with tempfile.TemporaryDirectory() as place:
        home, names = Path(place), Names()
        (home / "out").mkdir()
        with Spool(home / "spool.sqlite") as spool, growing(home / "store", names) as store:
            make, put = timed(contribution, spent), timed(spool.put, spent)
            began = time.process_time()
            for batch in batched(articles(options.folder, count), 32):
                with undisturbed():
                    made = [make(article, told, names) for article, told in batch]
                put(made)
                for item in made:
                    store.take(item.document, item.digest, item.graph)
            counts = assembly.assemble(spool, home / "out", assembly.Recipe(names), store)
    print(counts)
    print(", ".join(f"{name.strip('_')} {1000 * took / count:.2f}" for name, took in spent.items()), "ms an article")
    print(f"all threads, reading included: {1000 * (time.process_time() - began) / count:.1f} ms an article")
    print(f"memory at the most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def articles(folder: Path, count: int) -> Iterator[tuple[Article, list[Statement]]]:
    """So many articles with their statements, the folder's again and again."""
    done = turn = 0
    while done < count:
        for article, told in read_built(folder):
            if turn:
                text = " ".join(f"{word[::-1]}{turn}" for word in article.text.split())
                article = replace(article, id=f"{article.id}-{turn}", text=text)
                told = [replace(statement, id="", document=article.id) for statement in told]
            yield article, told
            done += 1
            if done == count:
                return
        turn += 1


def timed(work: Callable[..., Any], spent: dict[str, float]) -> Callable[..., Any]:
    """The same function, its thread's processor time added up."""

    def worked(*given: Any, **options: Any) -> Any:
        start = time.thread_time()
        try:
            return work(*given, **options)
        finally:
            spent[work.__name__] = spent.get(work.__name__, 0.0) + time.thread_time() - start

    return worked


if __name__ == "__main__":
    main()
