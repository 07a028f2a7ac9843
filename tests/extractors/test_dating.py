"""Which predicate a time dates, and which words measure a time without dating anything."""

from __future__ import annotations

import pytest

from triplomat.extractors.pipeline import Extractor
from triplomat.extractors.statement import Article, Statement

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(encoder=False)


def told(extractor: Extractor, text: str, verb: str) -> Statement:
    """The first statement of a text whose predicate ends with a verb."""
    article = Article("doc", text, published="2026-11-20")
    found = extractor.statements(article, extractor.nlp(text))
    return next(statement for statement in found if statement.predicate.text.split()[-1] == verb)


def arguments(statement: Statement, role: str) -> list[tuple[str, str | float | None]]:
    return [(argument.text, argument.value) for argument in statement.arguments if argument.role == role]


@pytest.mark.parametrize(
    ("text", "verb", "times"),
    [
        ("The army retook Bara after two days of fighting.", "retook", []),
        ("Rebels took the bridge, five months after they fled.", "took", []),
        ("Rebels took the bridge, five months after they fled.", "fled", []),
        ("Troops crossed the river at night.", "crossed", [("night", None)]),
        ("For years Hanoi had kept quiet.", "kept", [("years", None)]),
        ("They won independence in the 1820s.", "won", [("the 1820s", "1820/1829")]),
        ("He left in 1981, when troops shelled the port.", "shelled", [("1981", "1981")]),
        ("Talks resumed on Monday.", "resumed", [("Monday", "2026-11-16")]),
        ("In 2023 Chad invaded Niger and took Agadez.", "took", [("2023", "2023")]),
        ("In 2023 Chad barred the firm, and in 2024 it let it in.", "let", [("2024", "2024")]),
        (
            "In 2023 Chad shelled the dam and fought for three days.",
            "fought",
            [("2023", "2023"), ("three days", "P3D")],
        ),
        ("Soldiers entered the town before dawn.", "entered", [("dawn", None)]),
        ("Chad buys 20 tonnes of shrimp a year.", "buys", []),
        ("Chad has held the envoy since his arrest in May 2024.", "held", []),
        ("A court on Monday jailed two men for a Hezbollah attack in 2019.", "jailed", [("Monday", "2026-11-16")]),
        ("A court on Monday jailed two men for a Hezbollah attack in 2019.", "attack", [("2019", "2019")]),
        ("Troops seized the town before dawn on Friday.", "seized", [("dawn", None), ("Friday", "2026-11-20")]),
        ("Envoys who worked on the truce, in 2014, recall its end.", "recall", []),
        ("The fund, its first lender in ten years, agreed.", "agreed", []),
    ],
)
def test_times_of_an_event(extractor: Extractor, text: str, verb: str, times: list[tuple[str, str | None]]) -> None:
    assert arguments(told(extractor, text, verb), "time") == times


def test_how_long_a_nominal_event_lasts(extractor: Extractor) -> None:
    talks = told(extractor, "Three hours of talks between Iran and Oman ended in Muscat.", "talks")
    assert arguments(talks, "time") == [("Three hours", "PT3H")]


def test_a_source_is_no_argument(extractor: Extractor) -> None:
    fled = told(extractor, "The rebels fled, according to the governor.", "fled")
    assert fled.arguments == ()
    assert fled.attribution is not None


@pytest.mark.parametrize(
    ("text", "verb", "role", "argument"),
    [
        ("Crowds marched through Lagos.", "marched", "place", "Lagos"),
        ("Exports fell by 5%.", "fell", "adjunct", "5%"),
        ("He replied in a friendly manner.", "replied", "adjunct", "a friendly manner"),
        ("The army apologised in a statement.", "apologised", "adjunct", "a statement"),
        ("She fled with her children.", "fled", "accompaniment", "her children"),
    ],
)
def test_roles_by_the_kind_of_thing(extractor: Extractor, text: str, verb: str, role: str, argument: str) -> None:
    assert [one for one, _ in arguments(told(extractor, text, verb), role)] == [argument]


@pytest.mark.parametrize(("text", "bound"), [("since 2014", "since"), ("until May", "until"), ("in 2014", None)])
def test_a_time_that_limits_keeps_its_preposition(extractor: Extractor, text: str, bound: str | None) -> None:
    (time,) = told(extractor, f"Chad held the bridge {text}.", "held").arguments
    assert (time.role, time.preposition) == ("time", bound)
