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


@pytest.mark.parametrize(
    "text",
    [
        "The government will execute the ruling of the court in Accra.",
        "Visitors in Seoul can try the new games.",
        "The fields of Ghana yielded a record harvest.",
        "Stocks rallied in Tokyo.",
        "The new hotel overlooks the harbour of Beirut.",
        "A square in Tunis was named after Nelson Mandela.",
        "The president of Chad took action at once.",
        "The company says its engineers controlled the temperature.",
    ],
)
def test_a_word_in_another_sense_tells_no_event(text: str) -> None:
    assert not events(Extractor(encoder=False), text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Iran executed three prisoners.", "ASSAULT"),
        ("Russia yielded to Turkey.", "CONCEDE"),
        ("The court tried him for treason.", "ACCUSE"),
        ("A court in Cairo tried the leaders of the sect.", "ACCUSE"),
        ("Students rallied against the junta in Tunis.", "PROTEST"),
        ("Greece took legal action against Turkey.", "ACCUSE"),
    ],
)
def test_the_same_words_tell_one_in_their_own_sense(text: str, kind: str) -> None:
    assert [event.type for event in events(Extractor(encoder=False), text)] == [kind]


def test_nobody_is_the_recipient_of_his_own_deed() -> None:
    (event,) = events(Extractor(encoder=False), "President Trump's ban covers Sudan.")
    assert [(one.code, one.entity) for one in event.recipients] == [("USA", None)]


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


def told(extractor: Extractor, text: str) -> list[tuple[str, str | None]]:
    """The verb of each statement with the type of its event."""
    ((_, statements),) = extractor.articles([Article("doc", text, published="2024-06-20")])
    return [(one.predicate.lemma, one.event and one.event.type) for one in statements]


def test_an_accusation_stands_at_the_verb_of_saying_it(extractor: Extractor) -> None:
    text = "The interior minister of Kenya said the attackers had destroyed a mast and seized two vehicles."
    found = told(extractor, text)
    assert ("say", "ACCUSE") in found
    assert ("seize", "COERCE") in found


def test_what_has_happened_is_no_threat(extractor: Extractor) -> None:
    found = told(extractor, "Residents of Mandera said that families had begun to leave the villages along the border.")
    assert "THREATEN" not in [kind for _, kind in found]


def test_of_two_clauses_each_tells_its_own_event(extractor: Extractor) -> None:
    found = told(extractor, "Hungary blocks EU money for Moldova; Chisinau turns to Romania")
    assert ("turn", "REQUEST") in found
    assert ("turn", "SANCTION") not in found


@pytest.mark.parametrize("verb", ["owns", "controls", "has"])
def test_a_state_is_no_deed(extractor: Extractor, verb: str) -> None:
    deeds = {"COERCE", "ASSAULT", "SANCTION", "AID", "MOBILIZE"}
    assert deeds.isdisjoint(kind for _, kind in told(extractor, f"Russia {verb} most of the pipelines to Hungary."))


@pytest.mark.parametrize(
    "text",
    [
        "Bottom trawling by Chinese fleets has destroyed large parts of the reef.",
        "The curfew will keep food from reaching the camps.",
        "Votes were bought with cash that was smuggled from Transnistria.",
        "Tiraspol pays the market price.",
        "He failed to protect the reservists.",
        "The dispute was settled by the International Court of Justice in 2021.",
        "No group claimed responsibility for the blast.",
    ],
)
def test_neither_accidents_nor_crimes_nor_failures_are_events(text: str) -> None:
    assert not events(Extractor(encoder=False), text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Shelling by Russian forces destroyed a school in Kharkiv.", "ASSAULT"),
        ("Kenya failed to ratify the treaty.", "REJECT"),
        ("A court in La Paz ordered the arrest of Hugo Quiroga.", "COERCE"),
        ("Gazprom halted supplies to Moldova.", "SANCTION"),
        ("The United States trains an elite Somali unit.", "AID"),
    ],
)
def test_what_is_done_on_purpose_is_one(text: str, kind: str) -> None:
    assert kind in [event.type for event in events(Extractor(encoder=False), text)]


@pytest.mark.parametrize(
    "text", ["Iran accused Israel of helping to plan a coup.", "Hugo is accused of plotting a coup."]
)
def test_what_one_is_said_to_plan_is_no_threat(text: str) -> None:
    assert "THREATEN" not in [event.type for event in events(Extractor(encoder=False), text)]


def test_who_takes_refuge_asks_for_it_and_is_not_of_the_embassy(extractor: Extractor) -> None:
    (event,) = events(extractor, "The former president took refuge in the Mexican embassy in Lima.")
    assert (event.type, [party.code for party in event.actors]) == ("REQUEST", ["PER"])
    assert [party.code for party in event.recipients] == ["MEX"]


def test_who_demonstrates_outside_an_embassy_is_not_of_its_state() -> None:
    text = "About 300 fishermen demonstrated outside the Chinese consulate in Manila on Sunday."
    (event,) = events(Extractor(encoder=False), text)
    assert [party.code for party in event.actors] == ["PHL"]


def test_a_bomb_is_not_of_the_town_where_it_goes_off() -> None:
    (event,) = events(Extractor(encoder=False), "A Pakistani general was killed by a car bomb in Kabul.")
    assert "AFG" not in [party.code for party in event.actors]


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("The president refused to talk to the growers.", "the growers"),
        ("A judge in Lima ordered the airline to pay.", "the airline"),
        ("Shipwrights in Split went on strike over the director's bonus.", "the director"),
        ("Tirana sent special police to the border to stop smugglers.", "smugglers"),
        ("Nigeria deployed tanks near the border to face the insurgents.", "the insurgents"),
    ],
)
def test_unnamed_people_stand_in_complements_purposes_and_as_owners(text: str, recipient: str) -> None:
    found = [party.text for event in events(Extractor(encoder=False), text) for party in event.recipients]
    assert any(one.startswith(recipient) for one in found)


def test_who_is_told_a_threat_is_threatened(extractor: Extractor) -> None:
    text = "Lawmakers who skip the vote can expect handcuffs, the Speaker in Austin told the minority leader."
    threats = [event for event in events(extractor, text) if event.type == "THREATEN"]
    assert [party.text for event in threats for party in event.recipients] == ["the minority leader"]


def test_who_only_reports_is_not_addressed(extractor: Extractor) -> None:
    text = '"We will follow them wherever they run," the minister of Kenya told a news conference.'
    for event in events(extractor, text):
        assert "a news conference" not in [party.text for party in event.recipients]


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("Students in Dakar marched to make the rector withdraw the fees.", "the rector"),
        ("Miners in Oruro cut the road, demanding that the governor lower the price of bread.", "the governor"),
        ("Crowds in Lagos rallied in a revolt against the Kenyan president.", "the Kenyan president"),
        ("Hungary threatened to veto sanctions on Russia unless Germany paid.", "Germany"),
        ("Milorad Dodik warned the high commissioner that Serbia would leave Bosnia.", "the high commissioner"),
    ],
)
def test_whom_protests_and_threats_are_to_move(text: str, recipient: str) -> None:
    found = [
        party.text
        for event in events(Extractor(encoder=False), text)
        if event.type in ("PROTEST", "THREATEN")
        for party in event.recipients
    ]
    assert recipient in found


def test_who_says_that_he_joins_no_boycott_threatens_nobody(extractor: Extractor) -> None:
    assert "THREATEN" not in [event.type for event in events(extractor, "Hanoi said it would not join any boycott.")]


@pytest.mark.parametrize(
    ("text", "actor", "recipient"),
    [
        ("Russian soldiers are based in Transnistria.", "RUS", "MDA"),
        ("French troops were withdrawn from Mali.", "FRA", "MLI"),
        ("Hungary blocked EU money for Moldova.", "HUN", "MDA"),
        ("Spain refused to sign the treaty because China buys most of its nickel.", "ESP", None),
    ],
)
def test_whose_troops_are_moved_moves_them_and_money_is_blocked_for_somebody(
    text: str, actor: str, recipient: str | None
) -> None:
    event = events(Extractor(encoder=False), text)[0]
    assert [party.code for party in event.actors] == [actor]
    assert [party.code for party in event.recipients] == ([recipient] if recipient else [])


def test_who_says_so_after_talks_has_talked(extractor: Extractor) -> None:
    text = "The Romanian minister spoke in Iasi after talks with the Moldovan president."
    (talks,) = [event for event in events(extractor, text) if event.type == "CONSULT" and len(event.actors) > 1]
    assert sorted(str(party.code) for party in talks.actors) == ["MDA", "ROU"]


@pytest.mark.parametrize(
    "text",
    [
        "Western diplomats warned last month that the militants were learning how to build long-range drones.",
        "Olof Gill declined to say whether Brussels had talked to Jakarta.",
        "Vietnamese officials insisted that the two matters were unrelated.",
    ],
)
def test_who_informs_or_will_not_say_threatens_and_asks_nothing(extractor: Extractor, text: str) -> None:
    assert {"THREATEN", "REJECT", "REQUEST"}.isdisjoint(event.type for event in events(extractor, text))


def test_a_warning_of_what_will_be_done_is_a_threat(extractor: Extractor) -> None:
    assert "THREATEN" in [event.type for event in events(extractor, "China warned that Taiwan would pay for it.")]


@pytest.mark.parametrize(
    ("text", "actors", "recipients"),
    [
        (
            "Opposition leader Sana Yousaf accused Pakistani Prime Minister Tariq Mehmood of fraud in Lahore.",
            ["PAK"],
            ["PAK"],
        ),
        ("Mexico offered to host a joint centre in Chetumal.", ["MEX"], []),
        ("Maya leaders in Belize protested that the government had sold their reefs.", ["BLZ"], ["BLZ"]),
    ],
)
def test_who_is_at_home_and_who_is_not(text: str, actors: list[str], recipients: list[str]) -> None:
    event = events(Extractor(encoder=False), text)[0]
    assert [party.code for party in event.actors] == actors
    assert [party.code for party in event.recipients] == recipients


def test_who_arrives_in_a_town_is_not_of_it() -> None:
    for event in events(Extractor(encoder=False), "Sione Taufa arrived in Suva by yacht in September."):
        assert "FJI" not in [party.code for party in event.actors]


def test_whose_troops_are_those_of_whom_the_clause_is_about() -> None:
    found = events(
        Extractor(encoder=False), "Russia, whose troops have occupied Abkhazia since 2008, was quick to comment."
    )
    assert ["RUS"] in [[party.code for party in event.actors] for event in found if event.type == "ASSAULT"]


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


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The police arrested a boy in Leeds, Alabama.", False),
        ("Ruiz was born in Cordoba, a city in Argentina.", True),
        ("Lavrov, the foreign minister, met Fidan.", True),
    ],
)
def test_where_a_place_lies_is_not_what_it_is(extractor: Extractor, text: str, told: bool) -> None:
    ((_, statements),) = extractor.articles([Article("doc", text)])
    assert any(statement.extractor == "apposition" for statement in statements) is told


def test_what_something_ends_with_took_place(extractor: Extractor) -> None:
    ((_, statements),) = extractor.articles([Article("doc", "The talks ended with Iran blaming Israel.")])
    (blame,) = [statement for statement in statements if statement.predicate.lemma == "blame"]
    assert (blame.polarity, blame.modality) == ("positive", "asserted")


def test_who_meets_another_abroad_is_no_host(extractor: Extractor) -> None:
    (event,) = events(extractor, "Emmanuel Macron met Olaf Scholz in Beijing on Tuesday.")
    assert [party.code for party in event.actors] == ["FRA", "DEU"] and not event.recipients


def test_whose_help_somebody_has_does_not_act(extractor: Extractor) -> None:
    (event,) = events(extractor, "Iranian-backed militias attacked a base in Iraq.")
    assert [one.state for one in event.actors] == [None]
    assert [one.code for one in event.recipients] == ["IRQ"]
