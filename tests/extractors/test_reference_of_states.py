"""Whom "it", "both sides" and "the ministry" mean where several states are named: with the trained model."""

from __future__ import annotations

from functools import cache

import pytest
from spacy.tokens import Doc

from triplomat.extractors.linking import References, link
from triplomat.extractors.parsing import load_pipeline
from triplomat.ontology.actors import load_actors

pytestmark = pytest.mark.model


@cache
def read(text: str) -> tuple[Doc, References]:
    doc = load_pipeline()(text)
    return doc, link(doc, gazetteer=load_actors(), published="2025-10-09")


def meant(text: str, words: str) -> tuple[str, ...]:
    """The ids, or else the states, of whom the last of the words means where they first stand in the text."""
    doc, references = read(text)
    end = text.index(words) + len(words)
    token = next(token for token in doc if token.idx < end <= token.idx + len(token))
    found = references.of(token)
    return tuple(one.entity or one.state or "" for one in ((found,) if found is not None else references.group(token)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("China sanctioned Lithuania after it opened an office in Taiwan.", "after it"),
        ("Russia attacked Ukraine because it wanted to join NATO.", "it"),
        ("Sudan broke ties with the Emirates, saying it had armed the rebels.", "it"),
        ("Iran told Iraq that it must close its border.", "it"),
        ("Turkey accused Greece of arming islands near its coast.", "its"),
        ("The Red Cross set up three camps. They hold 6,500 people.", "They"),
        ('Kenya\'s army accused the rebels. "They crossed the border," the army said.', "They"),
    ],
)
def test_a_pronoun_stays_open_where_either_may_be_meant(text: str, words: str) -> None:
    assert meant(text, words) == ()


@pytest.mark.parametrize(
    ("text", "words", "states"),
    [
        ("Syria blamed Israel for the raid and vowed that it would respond.", "it", ["country:SYR"]),
        ("Egypt condemned Israel's strike and said its forces were ready.", "its forces", ["country:EGY"]),
        ("Kenya said Addis Ababa would act if Ethiopia withdrew its forces.", "its forces", ["country:ETH"]),
        ("Morocco recalled its envoy to Spain after accusing it of theft.", "accusing it", ["country:ESP"]),
        ("Ethiopia expelled Kenya's envoy, accusing it of meddling.", "it", ["country:KEN"]),
        ("Fighting goes on, according to the UN refugee agency. It said it needed money.", "It", ["org:UNHCR"]),
    ],
)
def test_it_is_the_one_that_acts_or_the_one_that_is_accused(text: str, words: str, states: list[str]) -> None:
    assert list(meant(text, words)) == states


BODIES = (
    "NAIROBI — Kenya accused Ethiopia of theft. Ethiopia denied it. Its defence ministry spoke on Monday. The ministry "
    "said rebels had fled. Kenya's foreign minister, Ali Omar, said the army had left. Ecuador's foreign minister, "
    "Gabriela Sommerfeld, said the ministry was closed. The Japan International Cooperation Agency paid. The agency "
    "left."
)


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("The ministry", "country:ETH"),
        ("the army", "country:KEN"),
        ("said the ministry", "country:ECU"),
        ("The agency", "country:JPN"),
    ],
)
def test_a_body_is_the_one_told_of_just_now_or_that_of_whoever_tells(words: str, state: str) -> None:
    assert meant(BODIES, words) == (state,)


def test_its_troops_are_of_the_state_of_its_ministry() -> None:
    assert meant("The Russian defence ministry said its troops had left.", "its troops") == ("country:RUS",)


def test_the_neighbour_is_the_one_spoken_of_just_now() -> None:
    text = "Djibouti spoke. Nothing came. Kenya moved troops. Ethiopia accused its neighbour of theft."
    assert meant(text, "its neighbour") == ("country:KEN",)


def test_neighbours_have_a_common_border() -> None:
    text = (
        "Kenya and Ethiopia met. Both countries agreed. It rained. Roads broke. Trains stood. Cattle died. Men slept. "
        "Nothing came. Kenya found arms. Bulgaria was asked. The two neighbours signed."
    )
    assert meant(text, "neighbours") == ("country:KEN", "country:ETH")


def test_the_three_countries_are_the_three_that_were_named_together() -> None:
    text = "Poland, Lithuania and Latvia closed posts. Minsk protested. The three countries blame Belarus."
    assert meant(text, "The three countries") == ("country:POL", "country:LTU", "country:LVA")
    assert meant("Poland and Latvia closed posts. The three countries blame Belarus.", "The three countries") == ()


def test_the_two_men_are_those_of_the_clause_before() -> None:
    text = "Viktor Orban spoke. Orban left. Vladimir Putin had spoken to Alexander Lukashenko. The two men met again."
    assert meant(text, "The two men") == ("person:Vladimir_Putin", "person:Alexander_Lukashenko")


@pytest.mark.parametrize(
    ("text", "words", "states"),
    [
        (
            "Fighting between the Congolese army and the M23 rebels resumed on Monday, days after the two sides had "
            "signed a truce. Rwanda and Uganda kept silent.",
            "the two sides",
            ["country:COD", "org:M23"],
        ),
        ("Qatar, which hosts talks between Kinshasa and the rebels, urged both sides to sign.", "both sides", []),
        (
            "Thailand and Cambodia met. Thailand and Cambodia signed. Laos, Vietnam and Singapore urged both sides to "
            "keep the truce.",
            "both sides",
            ["country:THA", "country:KHM"],
        ),
    ],
)
def test_the_two_sides_are_those_that_the_sentence_names_together_but_not_two_of_three(
    text: str, words: str, states: list[str]
) -> None:
    assert list(meant(text, words)) == states


def test_a_body_without_a_state_is_not_of_a_state_named_in_passing() -> None:
    text = (
        "The crisis in Lebanon grew. Lebanon's banks closed. A Russian ship sank near Russia. The central bank has run "
        "out of cash. Lebanon is lost. Lebanon will pay."
    )
    assert meant(text, "The central bank") != ("country:RUS",)
    known = "Nigeria raised rates. The central bank acted. Russia did so too. The central bank said more would follow."
    assert meant(known, "so too. The central bank") == ("country:NGA",)


def test_the_country_is_not_the_last_named_where_the_article_is_of_others() -> None:
    text = (
        "Pakistan closed its border with Afghanistan. Pakistan blamed rebels. India condemned the move. The country "
        "hosts two million refugees. Pakistan has no money. Pakistan will send them home. Pakistan said so."
    )
    assert meant(text, "The country") != ("country:IND",)


def test_another_nations_army_is_not_the_army_told_of_before() -> None:
    assert meant("Iran's army moved. The Syrian army fled.", "The Syrian army") == ("country:SYR",)


CONGO = (
    "Uganda has sent soldiers into Congo, the army said. A spokesman for the Ugandan army, Colonel Chris Magezi, said "
    "its troops would stay. Congo's government accused Rwanda of arming the M23. Kigali denied it. Rwanda said Congo "
    "was lying. Uganda has troops there. Nothing came. Rwanda said Congo had to act. Rwanda is small. Both sides "
    "signed a deal. Qatar has mediated between Congo and the rebels. A delegation came. The two sides met. "
    "Congo is large."
)


@pytest.mark.parametrize(
    ("words", "states"),
    [
        ("the army", ["country:UGA"]),
        ("its troops", ["country:UGA"]),
        ("Both sides", ["country:RWA", "country:COD"]),
        ("The two sides", []),
    ],
)
def test_sides_and_armies_of_three_states(words: str, states: list[str]) -> None:
    assert sorted(meant(CONGO, words)) == sorted(states)


def test_a_junta_is_of_a_state_that_has_one() -> None:
    text = (
        "DHAKA, Bangladesh — Bangladesh summoned Myanmar's envoy. Bangladesh said Myanmar had shelled a camp. The "
        "Arakan Army denied it. Its spokesman said the junta had bombed the area. Bangladesh has protested."
    )
    assert meant(text, "the junta") == ("country:MMR",)


def test_lorries_told_of_by_a_department_are_they() -> None:
    text = 'The customs department said 340 lorries were waiting. "They carry fruit," said a trader.'
    assert meant(text, "They") == ()


def test_the_prime_minister_speaks_of_another_in_office_on_that_day() -> None:
    text = (
        "PRISTINA, Kosovo — Prime Minister Albin Kurti met President Aleksandar Vucic. Kurti accused Vucic of theft. "
        '"He knows where they are," the prime minister told reporters in Kosovo.'
    )
    assert meant(text, "He") == ("person:Aleksandar_Vučić",)
    assert meant(text, "the prime minister") == ("person:Albin_Kurti",)


def test_the_union_is_no_group_of_rebels() -> None:
    text = "The Polisario Front wants Western Sahara. Police arrested six of the union's officials."
    assert meant(text, "the union") == ()


def test_the_agency_is_the_food_programme() -> None:
    assert meant("The World Food Programme has no money. Belgium helped the agency.", "the agency") == ("org:WFP",)


def test_the_two_leaders_are_both_whom_a_third_spoke_to() -> None:
    text = (
        "Gabriel Boric spoke. Yvan Gil accused Boric of lies. Boric denied it. Luiz Inacio Lula da Silva spoke to "
        "Boric and to Nicolas Maduro. The two leaders agreed."
    )
    assert set(meant(text, "The two leaders")) == {"person:Gabriel_Boric", "person:Nicolás_Maduro"}


def test_the_crew_of_a_ship_is_not_the_ministers() -> None:
    text = "The minister of Sri Lanka said the ship would leave and that its crew would do no research."
    assert meant(text, "its crew") == ()


def test_who_was_named_often_does_not_outweigh_the_subject_just_before() -> None:
    text = (
        "Rosa Huamani fled. Rosa Huamani hid in June. Huamani had hidden in Lima before Huamani left. President Dina "
        "Boluarte called it an insult. She said that Peru would protest."
    )
    assert meant(text, "She") == ("person:Dina_Boluarte",)


def test_the_group_is_no_ministry() -> None:
    text = "The Pentagon said they had carried cocaine for the ELN. The group denied it."
    assert meant(text, "The group") == ("org:ELN",)


def test_who_presides_over_a_region_is_not_its_states_president() -> None:
    assert meant("The president of Puntland met envoys in Garowe.", "president") == ("country:SOM",)
    assert meant("The president of Somalia met envoys in Garowe.", "president") == ("person:Hassan_Sheikh_Mohamud",)
