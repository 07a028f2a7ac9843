import re

from triplomat.extractors.furniture import blocks
from triplomat.extractors.reading import read
from triplomat.extractors.statement import Article
from triplomat.sample import sample_path


def sample() -> list[Article]:
    found = list(read([str(sample_path())]))
    assert all(isinstance(item, Article) for item in found), found
    return [item for item in found if isinstance(item, Article)]


def test_twelve_dated_articles_with_title_and_source() -> None:
    articles = sample()
    assert len(articles) == 12
    for article in articles:
        assert article.title and article.source
        assert re.fullmatch(r"202[2-5]-\d\d-\d\d", article.published or "")
        assert 120 <= len(article.text.split()) <= 250


def test_everything_in_the_sample_is_body() -> None:
    for article in sample():
        assert {block.kind for block in blocks(article.text)} == {"body"}
