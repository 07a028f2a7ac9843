"""Who an attribution names: speakers together, and who a pronoun goes on from."""

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
    found = extractor.statements(Article("doc", text, published="2026-11-20"), extractor.nlp(text))
    return next(statement for statement in found if statement.predicate.text.split()[-1] == verb)


@pytest.mark.parametrize(
    ("text", "verb", "source", "entity"),
    [
        ("Greece and Cyprus said that the ship had left.", "left", "Greece and Cyprus", "country:GRC"),
        ("The ship has left, Greece and Cyprus said.", "left", "Greece and Cyprus", "country:GRC"),
        ("The ship, dockers and aid workers said, has left the port.", "left", "dockers and aid workers", None),
        ("Soldiers took the rice, one of the cooks said.", "took", "one of the cooks", None),
        (
            "London may act, a Foreign Office minister told parliament. If the truce held, he said, aid would arrive.",
            "arrive",
            "a Foreign Office minister",
            None,
        ),
        ('His daughter said he had been ill. "They took him away," she said.', "took", "His daughter", None),
        ("An official said they had gone, although he admitted that two had stayed.", "stayed", "An official", None),
        (
            "Hospitals have no blood, the Red Cross said. A fever, it added, had killed 30 people.",
            "killed",
            "the Red Cross",
            "org:ICRC",
        ),
    ],
)
def test_who_is_said_to_speak(extractor: Extractor, text: str, verb: str, source: str, entity: str | None) -> None:
    found = told(extractor, text, verb).attribution
    assert found is not None
    assert (found.text, found.entity) == (source, entity)
    assert text[found.start : found.end] == source


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ('His daughter said he had been ill. "They took him away," he said.', "took"),  # another
        ('Two officials said it had rained. "They took him away," she said.', "took"),  # neither
        ('Farmers say it has rained. "It took years," he said.', "took"),
    ],
)
def test_a_pronoun_that_fits_nobody_before_stays(extractor: Extractor, text: str, verb: str) -> None:
    found = told(extractor, text, verb).attribution
    assert found is not None and found.text in ("he", "she") and found.entity is None


def test_a_denied_reason_is_no_cause(extractor: Extractor) -> None:
    found = told(extractor, "Chad did not leave because of the war, but because it had no money.", "leave")
    assert found.polarity == "positive"
    assert not [argument for argument in found.arguments if argument.role == "cause"]
