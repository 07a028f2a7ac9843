"""A small corpus of facts made by hand, for the tests of the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest

from triplomat.extractors.statement import Argument, Article, Event, Predicate, Sentence, Statement
from triplomat.graph.facts import Fact


@dataclass(frozen=True, slots=True)
class Corpus:
    facts: tuple[Fact, ...]
    articles: tuple[Article, ...]
    options: dict[str, Any]


QUADS = {
    "AID": ("material cooperation", 7.0),
    "CONSULT": ("verbal cooperation", 3.0),
    "SANCTION": ("material conflict", -8.0),
    "ASSAULT": ("material conflict", -10.0),
    "THREATEN": ("verbal conflict", -6.0),
}


@pytest.fixture(scope="session")
def make_fact() -> Callable[..., Fact]:
    """make_fact(article, sentence, (subject, id), predicate, (object, id), …): a fact with one statement."""
    numbers = count()

    def make(
        article: Article,
        sentence: str,
        subject: tuple[str, str],
        predicate: str,
        recipient: tuple[str, str] | None = None,
        *,
        theme: str | None = None,
        event: str | None = None,
        **more: Any,
    ) -> Fact:
        start = article.text.index(sentence)

        def span(role: str, text: str, entity: str | None) -> Argument:
            at = start + max(sentence.find(text), 0)
            return Argument(role, text, at, at + len(text), entity)

        at = start + sentence.index(predicate)
        coded = Event(event, None, (), *QUADS[event]) if event else None
        statement = Statement(
            article.id,
            article.published,
            Sentence(0, start, start + len(sentence), sentence),
            span("subject", *subject),
            Predicate(predicate, at, at + len(predicate), predicate),
            span("object", theme.removeprefix("thing:"), None) if theme else None,
            (span("recipient", *recipient),) if recipient else (),
            coded,
        )
        fields: dict[str, Any] = {
            "id": f"fact:{next(numbers)}",
            "relation": None,
            "predicate": predicate,
            "event": coded,
            "actors": (subject[1],),
            "recipients": (recipient[1],) if recipient else (),
            "theme": theme,
            "time": None,
            "polarity": "positive",
            "modality": "asserted",
            "attribution": None,
            "belief": 0.8,
            "statements": (statement,),
            "sources": 1,
            "disputed_by": (),
        }
        return Fact(**{**fields, **more})

    return make


@pytest.fixture(scope="session")
def corpus(make_fact: Callable[..., Fact]) -> Corpus:
    sentences = (
        "Norway shipped 40 fire engines to Ukraine on Monday.",
        "Poland may send Ukraine generators next month.",
        "Belarus did not threaten Poland, its spokesman said.",
        "Brussels imposed sanctions on Belarus in March.",
        "Jonas Gahr Støre met Volodymyr Zelensky in Oslo 🇳🇴 on Tuesday.",
    )
    article = Article(
        "a1", " ".join(sentences), "Help for Ukraine", "2023-05-02", "https://example.org/help?a=1&b=2", "The Example"
    )
    copy = Article("a2", " ".join(sentences), "Fire engines", "2023-05-03", None, "Another Paper")
    norway, ukraine, poland, belarus = (f"country:{code}" for code in ("NOR", "UKR", "POL", "BLR"))
    shipped = make_fact(
        article,
        sentences[0],
        ("Norway", norway),
        "shipped",
        ("Ukraine", ukraine),
        theme="40 fire engines",
        event="AID",
        time="2023-05-01",
        sources=2,
        belief=0.95,
        relation="suppliesTo",
    )
    facts = (
        shipped,
        make_fact(
            article,
            sentences[1],
            ("Poland", poland),
            "may send",
            ("Ukraine", ukraine),
            theme="generators",
            event="AID",
            time="2023-06",
            modality="possible",
            belief=0.5,
        ),
        make_fact(
            article,
            sentences[2],
            ("Belarus", belarus),
            "threaten",
            ("Poland", poland),
            event="THREATEN",
            polarity="negative",
            attribution=belarus,
            disputed_by=(shipped.id,),
        ),
        make_fact(
            article,
            sentences[3],
            ("Brussels", "org:EU"),
            "imposed",
            ("Belarus", belarus),
            theme="sanctions",
            event="SANCTION",
            time="2023-03",
        ),
        make_fact(
            copy,
            sentences[4],
            ("Jonas Gahr Støre", "person:Jonas_Gahr_Støre"),
            "met",
            event="CONSULT",
            actors=("person:Jonas_Gahr_Støre", "person:Volodymyr_Zelensky"),
        ),
    )
    return Corpus(
        facts,
        (article, copy),
        {
            "labels": {
                norway: "Norway",
                ukraine: "Ukraine",
                poland: "Poland",
                belarus: "Belarus",
                "org:EU": "European Union",
            },
            "aliases": {"org:EU": ("EU",), belarus: ("Minsk",)},
            "measures": {norway: {"strength": 2.0}, ukraine: {"strength": 3.0, "betweenness": 0.5}},
            "blocs": {norway: 0, ukraine: 0, poland: 0, belarus: 1},
        },
    )
