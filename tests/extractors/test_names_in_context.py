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
