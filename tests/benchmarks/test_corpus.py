import importlib.util
from pathlib import Path

from triplomat.extractors.formats import iso_day

FILE = Path(__file__).parents[2] / "benchmarks" / "corpus.py"
spec = importlib.util.spec_from_file_location("corpus", FILE)
assert spec and spec.loader
corpus = importlib.util.module_from_spec(spec)
spec.loader.exec_module(corpus)


def test_the_same_seed_gives_the_same_corpus() -> None:
    assert list(corpus.corpus(60, seed=3)) == list(corpus.corpus(60, seed=3)) != list(corpus.corpus(60, seed=4))


def test_articles_are_whole() -> None:
    rows = list(corpus.corpus(300))
    assert len({row["id"] for row in rows}) == 300
    assert all(iso_day(row["published"]) and row["source"] and "{" not in row["title"] + row["text"] for row in rows)
    assert 350 < sum(len(row["text"].split()) for row in rows) / 300 < 450
    assert 10 < sum("copy_of" in row for row in rows) < 60
