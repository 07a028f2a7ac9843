"""What tells no event however the words sound, and who acts on whom: with the trained models."""

from __future__ import annotations

import pytest

from triplomat.extractors.pipeline import Extractor
from triplomat.extractors.statement import Article, Event

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def events(extractor: Extractor, text: str) -> list[Event]:
    ((_, statements),) = extractor.articles([Article("doc", text, published="2024-06-20")])
    return [statement.event for statement in statements if statement.event]


@pytest.mark.parametrize(
    "text",
    [
        "The Kremlin declined to comment on the report.",
        "Iran's mission to the United Nations did not immediately respond to a request for comment.",
        "Officials in Warsaw could not be reached for comment.",
        "A Brazilian diplomat, who asked not to be named, gave no details.",
    ],
)
def test_an_answer_that_a_reporter_did_not_get_is_no_event(extractor: Extractor, text: str) -> None:
    assert not events(extractor, text)


def test_a_refusal_of_anything_else_is_one(extractor: Extractor) -> None:
    (event,) = events(extractor, "China refused to recognise the ruling.")
    assert event.type == "REJECT"


def test_what_is_shelled_at_a_border_is_not_the_shooters_own() -> None:
    text = "Armenia's defence ministry said that Azerbaijani forces had opened fire on positions near the town of Sotk."
    (event,) = events(Extractor(encoder=False), text)
    assert [party.code for party in event.actors] == ["AZE"]
    assert "AZE" not in [party.code for party in event.recipients]


def test_a_crowd_is_the_shooters_own(extractor: Extractor) -> None:
    (event,) = events(extractor, "Police opened fire on a crowd of students in Kampala, Uganda, on Sunday.")
    assert [party.code for party in event.recipients] == ["UGA"]


def test_whose_aid_one_comes_to_is_who_gets_it(extractor: Extractor) -> None:
    (event,) = events(extractor, "Moscow came to Armenia's aid in 2023.")
    assert (event.type, [party.code for party in event.actors]) == ("AID", ["RUS"])
    assert [party.code for party in event.recipients] == ["ARM"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Iran condemned the attack on the base.", "IRN"),
        ("The United Nations reported attacks on villages in Sudan.", "IGO"),
        ("Kenya survived an attack on its capital.", "KEN"),
        ("The French company Orano is suing Niger over the seizure of its mine.", "FRA"),
    ],
)
def test_whose_verb_has_an_event_as_its_object_need_not_have_done_it(text: str, code: str) -> None:
    blamed = [event for event in events(Extractor(encoder=False), text) if event.type in ("ASSAULT", "COERCE")]
    assert all(code not in [party.code for party in event.actors] for event in blamed)


@pytest.mark.parametrize("verb", ["launched", "carried out", "planned", "called off"])
def test_whose_verb_supports_an_event_does_it(verb: str) -> None:
    told = events(Extractor(encoder=False), f"Kenya {verb} an attack on Chad.")
    assert [party.code for party in told[0].actors] == ["KEN"]


def test_who_stands_behind_from_resists() -> None:
    (event,) = events(Extractor(encoder=False), "Narendra Modi faces resistance from the government of Nepal.")
    assert (event.type, [party.code for party in event.actors]) == ("REJECT", ["NPL"])


@pytest.mark.parametrize(
    "text",
    [
        "The centrist took office in November.",
        "Japan controls the Senkaku islands.",
        "Kenya could not verify the report.",
    ],
)
def test_what_sounds_like_an_occupation_or_inquiry_is_none(extractor: Extractor, text: str) -> None:
    assert not events(extractor, text)


def test_aircraft_that_fly_around_a_state_are_no_aid_to_it(extractor: Extractor) -> None:
    (event,) = events(extractor, "The People's Liberation Army flew 27 aircraft around Taiwan on Sunday.")
    assert event.type == "MOBILIZE"


def test_embassies_whose_owners_nobody_knows_are_no_party(extractor: Extractor) -> None:
    for event in events(extractor, "They promised to reopen their embassies and consulates within a month."):
        assert "their embassies" not in [party.text for party in event.recipients]


def test_two_states_named_together_are_the_two_states(extractor: Extractor) -> None:
    text = "Chile and Peru made peace with the help of Brazil. The two states will reopen their embassies."
    last = events(extractor, text)[-1]
    assert sorted(str(party.code) for party in last.actors) == ["CHL", "PER"]


def test_two_men_whom_nobody_named_are_not_two_who_were(extractor: Extractor) -> None:
    text = "President Daniel Noboa met Gustavo Petro in Quito. Soldiers beat two men near the palace."
    beaten = events(extractor, text)[-1]
    assert not any(party.entity for party in beaten.recipients)


def test_where_a_treaty_is_signed_is_no_party_to_it(extractor: Extractor) -> None:
    (event,) = events(extractor, "The treaty was signed in Beijing by Ali Shamkhani.")
    assert event.recipients == ()


@pytest.mark.parametrize(
    "text",
    [
        "The minister said the missiles flew 700 km before falling into the sea.",
        "The ban on Russian oil took effect on Monday.",
    ],
)
def test_things_and_those_who_only_speak_of_them_do_nothing(extractor: Extractor, text: str) -> None:
    assert all(event.quad != "material cooperation" and event.type != "MOBILIZE" for event in events(extractor, text))


@pytest.mark.parametrize(
    ("text", "recipient", "code"),
    [
        ("Police arrested students in Kampala on Sunday.", "students", "UGA"),
        ("Japan's prime minister apologised to prisoners for decades of forced isolation.", "prisoners", "JPN"),
        ("The opposition suspects the ruling party of fraud in Bauchi.", "the ruling party", "NGA"),
        ("Kenya deployed troops on Monday to fight smugglers.", "smugglers", None),
        ("Miners threatened to strike unless the chancellor drops the cut.", "the chancellor", None),
    ],
)
def test_unnamed_people_are_whom_one_acts_on(text: str, recipient: str, code: str | None) -> None:
    found = [party for event in events(Extractor(encoder=False), text) for party in event.recipients]
    assert any(party.text.startswith(recipient) and (code is None or party.code == code) for party in found)


def test_whom_one_sends_is_not_whom_one_sends_them_against() -> None:
    (event,) = events(Extractor(encoder=False), "Tirana sent special police to the border.")
    assert "police" not in [party.text for party in event.recipients]


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("The nurses broke off negotiations at midnight.", "MED"),
        ("A suicide bomber attacked a convoy in Beirut.", "REB"),
        ("The parishioners urged the governor to resign.", "REL"),
    ],
)
def test_people_have_the_sector_of_what_they_are(text: str, sector: str) -> None:
    event = events(Extractor(encoder=False), text)[0]
    assert [party.sector for party in event.actors] == [sector]


def test_whom_one_urges_behind_a_relative_clause_does_not_urge(extractor: Extractor) -> None:
    event = events(extractor, "Brazil, which looks after the embassy, urged both Peru and Mexico to talk.")[0]
    assert (event.type, [party.code for party in event.actors]) == ("REQUEST", ["BRA"])
    assert sorted(str(party.code) for party in event.recipients) == ["MEX", "PER"]


@pytest.mark.parametrize(
    ("text", "actor", "recipient"),
    [
        ("Protesters gathered outside the Israeli embassy in Athens.", ["GRC"], ["ISR"]),
        ("Protesters gathered outside the Israeli embassy.", [None], ["ISR"]),
    ],
)
def test_who_stands_before_an_embassy_is_not_of_its_state(
    text: str, actor: list[str | None], recipient: list[str]
) -> None:
    event = events(Extractor(encoder=False), text)[0]
    assert [party.code for party in event.actors] == actor
    assert [party.code for party in event.recipients] == recipient


def test_a_town_taken_in_october_is_not_taken_in() -> None:
    assert [one.type for one in events(Extractor(encoder=False), "The army took Bara in October.")] == ["ASSAULT"]
    assert [one.type for one in events(Extractor(encoder=False), "Kenya took in refugees in May.")] == ["AID"]


def test_his_rivals_are_not_he(extractor: Extractor) -> None:
    event = events(extractor, "Javier Milei signed it. His rivals accused him of theft.")[-1]
    assert [(party.entity, party.code) for party in event.actors] == [(None, "ARG")]
