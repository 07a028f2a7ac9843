"""What extraction costs beside the parse it needs: spaCy's unmodified model and the extractor on the same texts.

    python benchmarks/extraction.py [--sentences 2000] [--rounds 3] [--articles FILE.jsonl]

The sample's articles, or those of a file, are repeated until they hold the number of sentences. Times are processor
times of one process; bare parse and extraction take turns, so that a busy machine slows both, and the least of the
rounds counts. "Linking" and "events" are those steps alone, everything before them being done: events by the lexicon,
from the clauses to types and parties. The encoder's time is what extraction takes longer with it.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import spacy
from spacy.tokens import Doc

from triplomat.extractors.clauses import Clause, clauses, leads
from triplomat.extractors.events import Coder
from triplomat.extractors.factuality import Factualities, Factuality
from triplomat.extractors.linking import References, link
from triplomat.extractors.nominals import nominal_clauses
from triplomat.extractors.parsing import BATCH_SIZE, model_name, parse, undisturbed
from triplomat.extractors.pipeline import Extractor, speaking_sentences
from triplomat.extractors.statement import Article
from triplomat.extractors.tree import Tree


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sentences", type=int, default=2000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--articles", type=Path, help="a .jsonl file of articles in place of the sample")
    chosen = options.parse_args()
    plain, judged = Extractor(encoder=False), Extractor(encoder=True)
    bare = spacy.load(model_name())
    sample = _articles(chosen.articles)
    docs = list(parse(plain.nlp, (article.text for article in sample)))
    sentences = sum(len(list(doc.sents)) for doc in docs)
    times = max(1, round(chosen.sentences / sentences))
    articles = [replace(article, id=f"{article.id}-{i}") for i in range(times) for article in sample]
    texts = [article.text for article in articles]
    docs = list(parse(plain.nlp, texts))
    told = [_told(article, doc, plain) for article, doc in zip(articles, docs, strict=True)]
    work: dict[str, Callable[[], object]] = {
        "bare parse": lambda: _through(bare.pipe(texts, batch_size=BATCH_SIZE)),
        "our parse": lambda: _through(parse(plain.nlp, texts)),
        "linking": lambda: [
            link(doc, gazetteer=plain.gazetteer, published=article.published)
            for article, doc in zip(articles, docs, strict=True)
        ],
        "events": lambda: [_code(one, plain) for one in told],
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
    least["encoder"] = least["with encoder"] - least["extraction"]
    for name, seconds in least.items():
        print(f"{name:14}{seconds:8.2f} s{100 * seconds / least['bare parse']:8.1f} % of the bare parse")


def _articles(file: Path | None) -> list[Article]:
    lines = (file or files("triplomat").joinpath("sample/articles.jsonl")).read_text(encoding="utf-8").splitlines()
    rows = map(json.loads, lines)
    return [Article(row["id"], row["text"], published=row.get("published")) for row in rows]


_Told = tuple[Tree, References, list[tuple[list[Clause], list[tuple[Clause, Factuality]]]]]


def _told(article: Article, doc: Doc, extractor: Extractor) -> _Told:
    """An article as event coding finds it: references resolved, of each sentence its verbal clauses, and all clauses
    with their factuality."""
    tree = Tree(doc)
    references = link(doc, gazetteer=extractor.gazetteer, published=article.published, tree=tree)
    for i in range(len(doc)):
        references.at(i)
    factualities = Factualities(tree)
    sentences = []
    for _, sent in speaking_sentences(tree):
        verbal = list(clauses(sent, tree))
        found = [*(clause for clause in verbal if not leads(tree, clause.i)), *nominal_clauses(sent, tree)]
        sentences.append((verbal, [(clause, factualities.of(clause.i)) for clause in found]))
    return tree, references, sentences


def _code(told: _Told, by: Extractor) -> None:
    tree, references, sentences = told
    with undisturbed():  # as the extractor does it
        coder = Coder(tree, references, by.knowledge.lexicon)
        for verbal, sentence in sentences:
            coder.learn(verbal)
            for clause, factuality in sentence:
                coder.code(clause, factuality)


def _through(values: Iterable[object]) -> None:
    for _ in values:
        pass


if __name__ == "__main__":
    main()
