"""What tells no event by its mood, its verb or its speaker, and who is acted on where nobody is named."""

from __future__ import annotations

import pytest

from triplomat.extractors.pipeline import Extractor
from triplomat.extractors.statement import Article, Event

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture(scope="module")
def lexical() -> Extractor:
    return Extractor(encoder=False)


def events(extractor: Extractor, text: str) -> list[Event]:
    ((_, statements),) = extractor.articles([Article("doc", text, published="2024-06-20")])
    return [statement.event for statement in statements if statement.event]


@pytest.mark.parametrize(
    "text",
    [
        "Analysts doubt that Hungary wants a full war.",
        "Peru sees an opening.",
        "Mr Modi needs a friend.",
        "What would you tell the Security Council?",
        "Had Barack Obama enforced his red line in Syria, nobody would have dared to go so far.",
        "Cowardice, as the Ukrainians could tell us, costs far more.",
        "Chile is weighing whether to lift them.",
    ],
)
def test_who_thinks_or_needs_or_is_only_supposed_to_act_does_nothing(extractor: Extractor, text: str) -> None:
    assert not events(extractor, text)


@pytest.mark.parametrize(
    "text",
    [
        "Analysts warned that the alliance could lose its southern flank.",
        "Traders in Lusaka warned that a closure would hurt both economies.",
        'Foreign Minister Hugh Todd told reporters that Caracas had "crossed a line that no neighbour should cross".',
        "Mali's foreign minister said outside powers should stop stirring up trouble in the region.",
    ],
)
def test_who_foretells_or_tells_what_others_did_threatens_nobody(extractor: Extractor, text: str) -> None:
    assert "THREATEN" not in [event.type for event in events(extractor, text)]


def test_who_is_said_to_regret_it_is_threatened(extractor: Extractor) -> None:
    found = events(extractor, "Tehran said that Israel would pay dearly for the raid.")
    assert "THREATEN" in [event.type for event in found]


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("Dustmen rallied in Naples beneath the mayor's balcony.", "the mayor's"),
        ("Riot police in Manila stopped them from reaching the gate.", "them"),
        ("Fishermen picketed the Japanese embassy, saying the government was selling the sea.", "the Japanese embassy"),
    ],
)
def test_whom_a_clause_speaks_of_is_acted_on_not_who_acts(lexical: Extractor, text: str, recipient: str) -> None:
    (event,) = events(lexical, text)
    assert [party.text for party in event.recipients] == [recipient]


def test_whom_an_attack_injures_is_of_whom_it_hits(lexical: Extractor) -> None:
    text = "A Chinese vessel rammed a Philippine supply boat on Friday, injuring three sailors."
    found = [(event.actors[0].code, [party.code for party in event.recipients]) for event in events(lexical, text)]
    assert found == [("CHN", ["PHL"]), ("CHN", ["PHL"])]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Manila dismissed the complaint.", "REJECT"),
        ("Teachers in Quito stopped work over the cuts.", "PROTEST"),
        ("Beijing protested against the sale.", "ACCUSE"),
    ],
)
def test_what_is_dismissed_is_rejected_and_governments_do_not_march(lexical: Extractor, text: str, kind: str) -> None:
    assert [event.type for event in events(lexical, text)] == [kind]


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Zambia complained about attacks on its fishing fleet.", "its fishing fleet"),
        ("Malaysia opposed any show of force.", "force"),
        ("Zambia thanked Tokyo for delivering five patrol boats.", "five patrol boats"),
    ],
)
def test_own_things_and_what_is_shipped_are_not_acted_on(lexical: Extractor, text: str, party: str) -> None:
    main = max(events(lexical, text), key=lambda event: len(event.actors))
    assert party not in [one.text for one in main.recipients]


@pytest.mark.parametrize(
    "text",
    [
        "About a third of the copper leaves the country through Kasumbalesa.",
        "The dispute is a threat to the region.",
    ],
)
def test_goods_do_not_withdraw_and_what_is_a_danger_threatens_nobody(lexical: Extractor, text: str) -> None:
    assert not {event.type for event in events(lexical, text)} & {"RETREAT", "THREATEN"}


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("Thailand has sealed the border.", []),
        ("Kazakhstan blocked access to the site at the request of Kyrgyz officials.", ["KAZ"]),
        ("The rebels walked out of peace talks in Havana.", []),
        ("Chad promised to withdraw a battalion from the wells.", []),
        ("China and its neighbours settled their differences.", []),
    ],
)
def test_who_is_only_near_is_not_acted_on(lexical: Extractor, text: str, recipients: list[str | None]) -> None:
    (event, *_) = events(lexical, text)
    assert [party.code for party in event.recipients] == recipients


@pytest.mark.parametrize(
    ("text", "kind", "actors"),
    [
        ("Sudan's army is at war with the Rapid Support Forces.", "ASSAULT", 2),
        ("Serbia promised never to impose sanctions on Russia.", "AGREE", 1),
        ("A court in Lima ordered the release of the former president.", "RETREAT", 1),
    ],
)
def test_wars_are_mutual_and_what_one_promises_not_to_do_is_no_threat(
    lexical: Extractor, text: str, kind: str, actors: int
) -> None:
    main = events(lexical, text)[0]
    assert (main.type, len(main.actors)) == (kind, actors)


def test_who_is_armed_in_a_place_is_of_it(lexical: Extractor) -> None:
    event = max(events(lexical, "India is arming rebels from Quetta."), key=lambda one: len(one.recipients))
    assert [(party.text.split()[0], party.code) for party in event.recipients] == [("rebels", "PAK")]


def test_what_nobody_does_to_nobody_is_only_mentioned(lexical: Extractor) -> None:
    assert not events(lexical, "The talks were due to begin if a deal could be reached.")
