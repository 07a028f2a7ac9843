"""What extraction costs beside the parse it needs: spaCy's unmodified model and the extractor on the same texts.

    python benchmarks/extraction.py [--sentences 2000] [--rounds 3]

The sample's articles are repeated until they hold the number of sentences. Times are processor times of one process;
bare parse and extraction take turns, so that a busy machine slows both, and the least of the rounds counts.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib.resources import files

import spacy

from triplomat.extractors.linking import link
from triplomat.extractors.parsing import BATCH_SIZE, model_name, parse
from triplomat.extractors.pipeline import Extractor
from triplomat.extractors.statement import Article


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sentences", type=int, default=2000)
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    plain, judged = Extractor(encoder=False), Extractor(encoder=True)
    bare = spacy.load(model_name())
    sample = _sample()
    docs = list(parse(plain.nlp, (article.text for article in sample)))
    sentences = sum(len(list(doc.sents)) for doc in docs)
    times = max(1, round(chosen.sentences / sentences))
    articles = [replace(article, id=f"{article.id}-{i}") for i in range(times) for article in sample]
    texts = [article.text for article in articles]
    docs = list(parse(plain.nlp, texts))
    work: dict[str, Callable[[], object]] = {
        "bare parse": lambda: _through(bare.pipe(texts, batch_size=BATCH_SIZE)),
        "our parse": lambda: _through(parse(plain.nlp, texts)),
        "linking": lambda: [
            link(doc, gazetteer=plain.gazetteer, published=article.published)
            for article, doc in zip(articles, docs, strict=True)
        ],
        "extraction": lambda: _through(plain.articles(articles)),
        "with encoder": lambda: _through(judged.articles(articles)),
    }
    least = dict.fromkeys(work, float("inf"))
    for extractor in (plain, judged):
        _through(extractor.articles(sample))
    for _ in range(chosen.rounds):
        for name, run in work.items():
            start = time.process_time()
            run()
            least[name] = min(least[name], time.process_time() - start)
    print(f"{sentences * times} sentences in {len(articles)} articles, {sum(map(len, docs))} tokens")
    for name, seconds in least.items():
        print(f"{name:14}{seconds:8.2f} s{100 * seconds / least['bare parse']:8.1f} % of the bare parse")


def _sample() -> list[Article]:
    lines = files("triplomat").joinpath("sample/articles.jsonl").read_text(encoding="utf-8").splitlines()
    rows = map(json.loads, lines)
    return [Article(row["id"], row["text"], published=row["published"]) for row in rows]


def _through(values: Iterable[object]) -> None:
    for _ in values:
        pass


if __name__ == "__main__":
    main()
