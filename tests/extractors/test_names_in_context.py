"""What kind of thing a name is by the words around it: with the trained model."""

from __future__ import annotations

from functools import cache

import pytest
from spacy.tokens import Doc

from triplomat.extractors.linking import References, link
from triplomat.extractors.parsing import load_pipeline
from triplomat.extractors.pipeline import Extractor
from triplomat.extractors.reference import Reference
from triplomat.extractors.statement import Article
from triplomat.ontology.actors import load_actors

pytestmark = pytest.mark.model


@cache
def read(text: str, published: str) -> tuple[Doc, References]:
    doc = load_pipeline()(text)
    return doc, link(doc, gazetteer=load_actors(), published=published)


def reference(text: str, words: str, published: str = "2025-10-09") -> Reference | None:
    """What the last of the words means where they first stand in the text."""
    doc, references = read(text, published)
    end = text.index(words) + len(words)
    return references.of(next(token for token in doc if token.idx < end <= token.idx + len(token)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Strikes hit Kozacha Lopan. Troops left the town of Kozacha Lopan.", "hit Kozacha Lopan"),
        ("Trujillo, her home town, was calm on Monday.", "Trujillo"),
        ("They marched in Trujillo. Police left Trujillo province at night.", "in Trujillo"),
        ("Japan will lend Hanoi 2.8 billion dollars to build a railway.", "billion dollars"),
    ],
)
def test_places_and_sums_are_no_actors(text: str, words: str) -> None:
    found = reference(text, words)
    assert found is None or found.entity is None


def test_a_person_named_in_full_stays_one_beside_a_county_of_that_name() -> None:
    text = "Former US Secretary of State Hillary Clinton visited Clinton County. Clinton spoke."
    found = reference(text, "Clinton spoke"[:7])
    assert found is not None
    assert found.entity == "person:Hillary_Clinton"


def test_a_broadcaster_is_not_the_town_that_it_is_called_after() -> None:
    found = reference("Daniel Noboa told Radio Sucre that talks had failed.", "Radio Sucre")
    assert found is not None
    assert (found.entity, found.state) == ("org:Radio_Sucre", None)


def test_a_nation_inside_a_personal_name_is_part_of_it() -> None:
    inside = reference("Ly Thai Hung met reporters in Hanoi on Monday.", "Ly Thai Hung")
    beside = reference("Outgoing Thai Prime Minister Srettha Thavisin left.", "Srettha Thavisin")
    assert inside is not None
    assert beside is not None
    assert (inside.entity, inside.state) == ("person:Ly_Thai_Hung", None)
    assert (beside.entity, beside.state) == ("person:Srettha_Thavisin", "country:THA")


def test_people_whom_aid_may_send_are_no_goods_where_nothing_names_them() -> None:
    article = Article(id="a", text="The shells hit a nurse. The rockets hit the bombers.", published="2025-10-09")
    statements = next(iter(Extractor(encoder=False).articles([article])))[1]
    kinds = {one.object.text: one.object.type for one in statements if one.object is not None}
    assert kinds == {"a nurse": None, "the bombers": "Commodity"}


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        (
            "Its spokesman, Rear Admiral Surasant Kongsiri, told the Bangkok Post that the crew had gone.",
            "Surasant Kongsiri",
            "person:Surasant_Kongsiri",
        ),
        (
            '"They carry rubber and fruit," said Somchai Rattanakul, the head of the local chamber of commerce.',
            "Somchai Rattanakul",
            "person:Somchai_Rattanakul",
        ),
    ],
)
def test_admirals_and_heads_are_people(text: str, words: str, entity: str) -> None:
    found = reference(text, words)
    assert found is not None
    assert (found.type, found.entity) == ("Person", entity)


def test_a_city_named_beside_one_that_is_visited_is_visited_too() -> None:
    found = reference("Kaja Kallas will travel to Belgrade and Pristina in December.", "Pristina")
    assert found is not None
    assert (found.type, found.state) == ("Place", "country:XKX")


def test_a_general_is_not_of_the_dateline_where_another_state_is_spoken_of_as_much() -> None:
    text = (
        "PRISTINA, Kosovo — Kosovo and Serbia traded blame. Serbia sent troops. Serbia has an army. The army chief, "
        "General Milan Mojsilovic, visited troops in Raska."
    )
    found = reference(text, "Milan Mojsilovic")
    assert found is not None
    assert found.state is None


@pytest.mark.parametrize(
    ("text", "words", "state"),
    [
        ("Iran has reopened its embassy in Damascus.", "its embassy", "country:IRN"),
        ("Chile recalled its ambassador from Caracas.", "its ambassador", "country:CHL"),
        ("Chile recalls ambassador from Venezuela.", "ambassador", None),
        ("The envoy from Venezuela spoke to Chile.", "envoy", "country:VEN"),
        ("Vietnam fears India, Vietnam's main supplier of arms.", "supplier", None),
    ],
)
def test_an_envoy_is_of_the_state_that_has_him_not_of_where_he_is(text: str, words: str, state: str | None) -> None:
    found = reference(text, words)
    assert (found.state if found is not None else None) == state


def test_who_belongs_to_somebody_unknown_is_not_of_the_datelines_state() -> None:
    text = "SANTIAGO, Chile — Chile is calm. Chile seeks the gang's leader, Hector Guerrero, in the hills."
    found = reference(text, "Hector Guerrero")
    assert found is not None
    assert (found.entity, found.state) == ("person:Hector_Guerrero", None)


def test_an_army_spokesman_is_of_the_army_told_of_before() -> None:
    text = (
        "COLOMBO, Sri Lanka — Sri Lanka's navy seized Indian boats. India is angry, and India wants them back. Captain "
        "Buddhika Sampath, a navy spokesman, said they were safe."
    )
    found = reference(text, "Buddhika Sampath")
    assert found is not None
    assert found.state == "country:LKA"


def test_a_party_of_a_common_name_is_of_the_state_that_the_article_is_of() -> None:
    text = (
        "SANTIAGO, Chile — Chile votes on Sunday. Chile is calm. Jose Antonio Kast, the leader of the Republican "
        "Party, said his country needs change. Chile hopes so."
    )
    found = reference(text, "Jose Antonio Kast")
    assert found is not None
    assert (found.entity, found.state) == ("person:José_Antonio_Kast", "country:CHL")


@pytest.mark.parametrize(
    ("text", "words", "entity", "kind"),
    [
        ("Finland boarded a tanker, the Eagle Star, on Monday.", "Eagle Star", None, None),
        ("Sweden has sent ten ships to the Baltic since January.", "the Baltic", None, None),
        ("The Baltic states met on Monday.", "Baltic states", "group:Baltic_states", "Group"),
        ("Police left the town of Colchane.", "town", None, "Place"),
        ("The Export-Import Bank of China lent money.", "Bank of China", "org:Exim_Bank_of_China", "Organization"),
        ("He went to Beijing in January and to New Delhi in May.", "New Delhi", None, "Place"),
    ],
)
def test_ships_seas_towns_and_banks_are_what_they_are(
    text: str, words: str, entity: str | None, kind: str | None
) -> None:
    found = reference(text, words)
    assert ((None, None) if found is None else (found.entity, found.type)) == (entity, kind)


@pytest.mark.parametrize(
    ("text", "words", "state"),
    [
        ("Lynas runs a plant in Malaysia, whose government has banned exports.", "whose government", "country:MYS"),
        ("Bandits killed 38 villagers in Sokoto state.", "Sokoto state", "country:NGA"),
        ("ISLAMABAD, Pakistan — Pakistan is calm. Pakistan fears that it may open an embassy.", "an embassy", None),
    ],
)
def test_whose_something_is(text: str, words: str, state: str | None) -> None:
    found = reference(text, words)
    assert (found.state if found is not None else None) == state


@pytest.mark.parametrize("name", ["Kung Ming-hsin", "Jang Dong-hyuk"])
def test_a_hyphen_may_stand_in_a_persons_name(name: str) -> None:
    found = reference(f"The minister, {name}, said the island was calm.", name)
    assert found is not None
    assert found.entity == f"person:{name.replace(' ', '_')}"


def test_a_producer_named_behind_its_description_is_the_firm() -> None:
    found = reference("Australia will pay. Its biggest producer, Lynas, will sign contracts.", "producer")
    assert found is not None
    assert found.entity == "org:Lynas"


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        ("South Korea's Yonhap news agency said so.", "agency", "org:Yonhap"),
        ("Troops reached the Euphrates on Monday.", "Euphrates", None),
        ("Egypt said the UN Charter forbids it.", "UN Charter", None),
    ],
)
def test_agencies_rivers_and_charters(text: str, words: str, entity: str | None) -> None:
    found = reference(text, words)
    assert (found.entity if found is not None else None) == entity
