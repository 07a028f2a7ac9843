"""Whom names, offices and descriptions mean beside each other in news prose: with the trained model."""

from __future__ import annotations

from functools import cache

import pytest
from spacy.tokens import Doc

from triplomat.extractors.linking import References, link
from triplomat.extractors.parsing import load_pipeline
from triplomat.extractors.reference import Reference
from triplomat.ontology.actors import load_actors

pytestmark = pytest.mark.model


@cache
def read(text: str) -> tuple[Doc, References]:
    doc = load_pipeline()(text)
    return doc, link(doc, gazetteer=load_actors(), published="2025-06-11")


def meant(text: str, words: str) -> Reference | None:
    """What the last of the words means where they first stand in the text."""
    doc, references = read(text)
    end = text.index(words) + len(words)
    return references.of(next(token for token in doc if token.idx < end <= token.idx + len(token)))


def entity(text: str, words: str) -> str | None:
    found = meant(text, words)
    return None if found is None else found.entity


@pytest.mark.parametrize(
    ("text", "words", "body"),
    [
        ("He left the Blue Oar group. The Blue Oar denied it.", "The Blue Oar", "org:Blue_Oar"),
        ("She joined a movement called Nova Roma in May.", "Nova Roma", "org:Nova_Roma"),
        ("Her party, Zukunft, left the coalition. Zukunft was angry.", "Zukunft was"[:7], "org:Zukunft"),
        ("The newspaper Le Sahelien reported that two men had died.", "The newspaper", "org:Le_Sahelien"),
        ("The movement MLKV demanded his release.", "MLKV", "org:MLKV"),
    ],
)
def test_a_noun_beside_an_unknown_name_tells_that_it_is_an_organisations(text: str, words: str, body: str) -> None:
    assert entity(text, words) == body


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Greenpeace researcher Ilaria Allegrozzi said nobody was hurt.", "Allegrozzi"),
        ("The party's spokesman, Sambit Patra, attacked the minister.", "Patra"),
        ("They met Prime Ministers Kaspar Valk and Evika Silina.", "Valk"),
    ],
)
def test_a_role_beside_a_name_tells_that_it_is_a_persons(text: str, words: str) -> None:
    found = meant(text, words)
    assert found is not None
    assert found.type == "Person"
    assert found.state != "country:GRC"
    assert "Minister" not in (found.entity or "")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Loreto's regional governor, René Chávez, sent police.", "Loreto"),
        ("The chief minister of Vidarbha, Anil Rao, came.", "Vidarbha"),
        ("Sukhoi-35 fighters flew over the town.", "fighters"),
        ("Sweden offered Gripen fighters to Brazil.", "fighters"),
    ],
)
def test_regions_and_planes_are_no_actors(text: str, words: str) -> None:
    assert meant(text, words) is None


def test_a_capital_that_opens_a_sentence_acts_whatever_its_tag() -> None:
    assert entity("Kigali backs the M23 rebels, Tshisekedi says.", "Kigali") == "country:RWA"
    assert entity("Caracas freed two men after Peru blamed Washington.", "Washington") == "country:USA"


@pytest.mark.parametrize(
    ("text", "words", "person"),
    [
        ("Robert Fico agreed. The Slovak leader then flew home.", "leader", "person:Robert_Fico"),
        ("Mark Rutte spoke. The former Dutch prime minister was calm.", "prime minister", "person:Mark_Rutte"),
        ("Abbas Araghchi was in Kabul. The Iranian then left for Doha.", "The Iranian", "person:Abbas_Araghchi"),
        ("John Healey spoke. The Labour politician was calm.", "politician", "person:John_Healey_(politician)"),
        ("They met NATO's secretary-general, Mark Rutte.", "secretary-general", "person:Mark_Rutte"),
        ("Hun Sen left. The Cambodian prime minister thanked him.", "prime minister", "person:Hun_Manet"),
        ("Guinea's neighbour Sierra Leone closed its border.", "neighbour", "country:SLE"),
    ],
)
def test_a_nation_and_a_word_for_an_office_take_up_the_one_who_was_named(text: str, words: str, person: str) -> None:
    assert entity(text, words) == person


@pytest.mark.parametrize("words", ["Kathmandu", "Freetown"])
def test_a_capital_whose_mayor_is_told_of_is_a_place(words: str) -> None:
    found = meant("Kathmandu's mayor, Balendra Shah, met the mayor of Freetown, Yvonne Sawyerr.", words)
    assert found is not None
    assert found.type == "Place"


def test_the_leader_of_a_party_is_not_the_head_of_its_state() -> None:
    assert entity("Hungary's Viktor Orbán spoke. The Tisza leader laughed.", "Tisza leader") is None


def test_a_spokeswoman_is_of_the_sector_that_she_speaks_for() -> None:
    found = meant("Shell's spokeswoman, Ann Bell, agreed.", "Bell")
    assert found is not None
    assert found.sector == "BUS"


def test_an_unknown_body_of_a_capital_is_of_its_state() -> None:
    found = meant("Beijing's Taiwan Affairs Office denounced the trip.", "Office")
    assert found is not None
    assert found.state == "country:CHN"


def test_who_belongs_to_a_party_does_not_name_it_by_a_description() -> None:
    text = "The DEM Party met Ankara's envoys. Devlet Bahçeli of the MHP thanked the Kurdish party."
    assert entity(text, "Kurdish party") == "org:DEM_Party"


def test_peoples_whose_name_has_no_plural_are_many() -> None:
    assert entity("Mazloum Abdi spoke in Syria. The ministers courted the Druze.", "Druze") is None


def test_the_office_that_a_text_gives_counts_before_the_table() -> None:
    dutch = meant("The Dutch prime minister, Mark Rutte, met Joe Biden in 2019.", "Rutte")
    assert dutch is not None
    assert (dutch.state, dutch.sector) == ("country:NLD", "GOV")


def test_a_leaders_deputy_is_of_his_state() -> None:
    text = "Tanzania's Samia Suluhu Hassan sent her deputy, Wema Mwinuka."
    assert getattr(meant(text, "Mwinuka"), "state", None) == "country:TZA"
    text = "Tanzania's Samia Suluhu Hassan met her counterpart, Wema Mwinuka."
    assert getattr(meant(text, "Mwinuka"), "state", None) is None


@pytest.mark.parametrize(
    ("text", "words", "body"),
    [
        ("BP welcomed it. Shell boss Wael Sawan said the company would sell.", "the company", "org:Shell"),
        ("Labour's Yvette Cooper said her party had won.", "her party", "org:Labour_Party_(UK)"),
        ("Israel struck Hamas. Egypt talked. The Palestinian group wants peace.", "group", "org:Hamas"),
        ("The M23 took Goma. On Monday the rebels took Bukavu too.", "the rebels", "org:M23"),
    ],
)
def test_a_description_takes_up_the_organisation_of_who_speaks_or_of_its_nation(
    text: str, words: str, body: str
) -> None:
    assert entity(text, words) == body


def test_who_reports_does_not_call_himself_by_a_description() -> None:
    text = "Omar Said, a student, met Hugo Diaz. Diaz wrote to Said and said the boy was welcome."
    assert entity(text, "the boy") == "person:Omar_Said"


def test_we_of_a_coach_is_the_team_of_an_official_the_state() -> None:
    coach = meant('Panama coach Hernan Gomez said: "We have learned a lot."', "We")
    assert coach is not None
    assert (coach.entity, coach.state) == (None, "country:PAN")
    assert entity('Panama\'s minister Hernan Gomez said: "We have learned a lot."', "We") == "country:PAN"


def test_this_country_is_the_speakers() -> None:
    text = 'France and Mali talked. "No one will invade this country," Malian President Assimi Goita said.'
    assert entity(text, "this country") == "country:MLI"


def test_a_body_told_of_one_state_alone_stays_that_states() -> None:
    filler = "It rained all day. The roads were wet. Nobody went out. The shops were shut. The night was calm."
    found = meant(f"Mali's ruling junta met the bishops. {filler} They called on the junta to go.", "on the junta")
    assert found is not None
    assert found.state == "country:MLI"


def test_partners_of_another_nation_are_of_that_nation() -> None:
    found = meant("Mali's soldiers and their Russian partners left.", "partners")
    assert found is not None
    assert found.state == "country:RUS"


def test_a_name_inside_a_compound_is_no_antecedent_beside_another() -> None:
    text = "Writing in a blog, Matthew Ingram dubbed the Cruise video odd. He called it a long game."
    assert entity(text, "He") == "person:Matthew_Ingram"
