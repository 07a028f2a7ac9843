"""The road from text to statements: quoted offsets, each sentence once, nothing from the page's furniture, no crash."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from triplomat.errors import InputError
from triplomat.extractors.pipeline import Extractor
from triplomat.extractors.reading import read
from triplomat.extractors.statement import Argument, Article, Statement, from_json, to_json
from triplomat.sample import sample_path

pytestmark = pytest.mark.model
WORDS = st.sampled_from(
    "Russia Iran the Kremlin sanctions not will may sent said “ ” ' \" , . ? ! – … \n \n\n \t 24 $3 "
    "billion troops to by of who which denied that if Kim he it visited U.S. 北京 é \u200b \ufeff (( ) a An".split(" ")
)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def run(extractor: Extractor, text: str, published: str | None = "2024-06-20") -> list[Statement]:
    article = Article("doc", text, published=published)
    return extractor.statements(article, extractor.nlp(text))


def misquoted(text: str, statement: Statement) -> list[str]:
    """The spans of a statement that aren't what stands at their offsets."""
    spans: list[Argument | None] = [statement.subject, statement.object, statement.attribution, *statement.arguments]
    pairs = [(span.start, span.end, span.text) for span in spans if span is not None]
    pairs.append((statement.predicate.start, statement.predicate.end, statement.predicate.text))
    pairs.append((statement.sentence.start, statement.sentence.end, statement.sentence.text))
    return [quoted for start, end, quoted in pairs if text[start:end] != quoted]


def test_every_span_of_the_sample_quotes_its_article(extractor: Extractor) -> None:
    articles = [item for item in read([str(sample_path())]) if isinstance(item, Article)]
    for article, statements in extractor.articles(articles):
        assert statements
        assert not [quoted for statement in statements for quoted in misquoted(article.text, statement)]


def test_every_span_of_the_long_article_quotes_it(extractor: Extractor, shared: Path) -> None:
    text = (shared / "articles" / "pariah-axis.txt").read_text(encoding="utf-8")
    statements = run(extractor, text)
    assert len(statements) > 60
    assert not [quoted for statement in statements for quoted in misquoted(text, statement)]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)))
def test_any_text_is_quoted_and_nothing_crashes(extractor: Extractor, text: str) -> None:
    for statement in run(extractor, text):
        assert not misquoted(text, statement)
        assert from_json(json.loads(json.dumps(to_json(statement)))) == statement


def test_the_same_text_gives_the_same_statements(extractor: Extractor) -> None:
    text = "Russia sent shells to North Korea on Monday, Seoul said. Moscow denied it."
    assert run(extractor, text) == run(extractor, text)


def test_a_repeated_sentence_speaks_once(extractor: Extractor) -> None:
    sentence = "Russia is providing North Korea with millions of barrels of oil."
    text = f"{sentence} Sanctions hurt.\n\n{sentence.replace('Korea with', 'Korea  with')}\n\nThe end is near for Iran."
    assert len({item.sentence.start for item in run(extractor, text) if item.predicate.lemma == "provide"}) == 1


def test_an_oil_supply_is_whole(extractor: Extractor) -> None:
    (statement,) = [
        item
        for item in run(extractor, "In exchange, Russia is providing North Korea with millions of barrels of oil.")
        if item.predicate.lemma == "provide"
    ]
    assert statement.subject is not None and statement.subject.entity == "country:RUS"
    assert statement.object is not None and statement.object.text == "millions of barrels of oil"
    assert [item.entity for item in statement.arguments if item.role == "recipient"] == ["country:PRK"]
    assert [(item.text, item.unit) for item in statement.arguments if item.role == "quantity"] == [
        ("millions of barrels", "barrel")
    ]
    assert statement.predicate.relation == "supplies"
    assert statement.event is not None and (statement.event.type, statement.event.score) == ("AID", 10.0)
    assert [party.code for party in statement.event.recipients] == ["PRK"]


def some_articles(count: int) -> list[Article]:
    return [
        Article(f"a{number:02}", f"Russia sent {number + 2} ships to Iran on Monday. {name} denied it.")
        for number, name in zip(range(count), ["Moscow", "Tehran", "Seoul"] * count, strict=False)
    ]


def test_two_processes_tell_what_one_tells_in_order() -> None:
    articles = some_articles(50)
    for method in ("articles", "rows"):
        one, two = (list(getattr(Extractor(processes=count), method)(iter(articles))) for count in (1, 2))
        assert one == two
        assert len(one) >= 50


@pytest.mark.parametrize("processes", [1, 2])
def test_the_articles_before_an_unreadable_one_are_told(processes: int) -> None:
    def broken() -> Iterator[Article]:
        yield from some_articles(3)
        raise InputError("b.txt", "is no text")

    told = []
    with pytest.raises(InputError, match=r"b\.txt"):
        for article, _ in Extractor(processes=processes, encoder=False).articles(broken()):
            told.append(article.id)
    assert told == ["a00", "a01", "a02"]


@pytest.mark.parametrize(
    "led",
    [
        "Iran is going to sell drones.",
        "Iran seems to have sold drones.",
        "Iran is expected to sell drones.",
        "Iran began selling drones.",
        "Iran would be able to sell drones.",
        "Iran has to sell drones.",
    ],
)
def test_what_only_leads_to_an_infinitive_is_no_statement(extractor: Extractor, led: str) -> None:
    (statement,) = run(extractor, led)
    assert (statement.subject and statement.subject.entity, statement.predicate.lemma) == ("country:IRN", "sell")


def test_what_wants_or_has_an_object_is_one(extractor: Extractor) -> None:
    text = "Iran wants to sell drones. Chad has men to guard the dam."
    assert [item.predicate.lemma for item in run(extractor, text)][:3] == ["want", "sell", "have"]


def test_a_verb_that_a_prefix_begins_is_one_word(extractor: Extractor) -> None:
    text = "Egypt re-opened the crossing. Washington re-imposed sanctions on Iran. Chad has co-operated with Mali."
    told = {item.predicate.text: (item.predicate.lemma, item.predicate.relation) for item in run(extractor, text)}
    assert told["re-opened"] == ("reopen", "admits")
    assert told["re-imposed"] == ("reimpose", "sanctions")
    assert told["has co-operated"] == ("cooperate", "cooperatesWith")


def test_a_verb_left_out_tells_nothing(extractor: Extractor) -> None:
    text = "Russia promised to arm Mali. It has not. Iran did. Israel has a bomb."
    assert [item.predicate.lemma for item in run(extractor, text)] == ["promise", "arm", "have"]


def test_pictures_do_nothing(extractor: Extractor) -> None:
    text = "😀🇷🇺 Russia’s president Vladimir Putin me\u0301t with Nico\u0301las Maduro 👨\u200d👩\u200d👧."
    told = run(extractor, text)
    assert told
    for item in told:
        sides = [side.text for side in (item.subject, item.object) if side]
        assert all(any(map(str.isalnum, text)) for text in (item.predicate.text, *sides))
