"""What stands in a statement's roles, and how things without an entity are named."""

from dataclasses import replace

import pytest
from samples import KOREA, RUSSIA, party

from triplomat.extractors.statement import Argument, Event, Party, Predicate, Sentence, Statement
from triplomat.graph.roles import roles, thing


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("a further five million artillery rounds", "artillery rounds"),
        ("the oil", "oil"),
        ("of oil", "oil"),
        ("some 40 to 50 nuclear warheads", "nuclear warheads"),
        ("“grain”", "grain"),
        ("five", "five"),
    ],
)
def test_a_thing_is_called_by_its_words_without_what_counts_them(text, label):
    assert thing(text)[1] == label


def test_long_phrases_have_short_ids_that_differ():
    one, other = thing("x" * 80 + "a")[0], thing("x" * 80 + "b")[0]
    assert len(one) < 90 and one != other


def phrase(words, *, recipient=None):
    text = f"Russia sends {words}."
    start = 13
    arguments = ()
    if recipient:
        place = text.index(recipient)
        arguments = (Argument("recipient", recipient, place, place + len(recipient), "country:PRK", "State"),)
    return Statement(
        document="d",
        published=None,
        sentence=Sentence(0, 0, len(text), text),
        subject=Argument("subject", "Russia", 0, 6, "country:RUS", "State", "country:RUS"),
        predicate=Predicate("sends", 7, 12, "send", "supplies"),
        object=Argument("object", words, start, start + len(words), None, "Commodity"),
        arguments=arguments,
        event=Event("AID", None, (), None, 10.0, (party(RUSSIA),), (party(KOREA),)),
    )


@pytest.mark.parametrize(
    ("words", "recipient", "label"),
    [
        ("shells to the North Korean army", "North Korean army", "shells"),
        ("oil, which it has in plenty", None, "oil"),
        ("the grain that it harvested", None, "grain"),
        ("oil", None, "oil"),
    ],
)
def test_a_theme_is_named_without_what_is_told_of_it(words, recipient, label):
    assert [theme.label for theme in roles(phrase(words, recipient=recipient)).themes] == [label]


def spoken(words, type="Group", state="country:NER"):
    text = f"{words} spoke."
    return Statement(
        document="d",
        published=None,
        sentence=Sentence(0, 0, len(text), text),
        subject=Argument("subject", words, 0, len(words), None, type, state),
        predicate=Predicate("spoke", len(words) + 1, len(text) - 1, "speak", None),
        object=None,
    )


@pytest.mark.parametrize(
    ("words", "identifier"),
    [
        ("Niger's military government", "country:NER"),
        ("Two diplomats from Niamey", "country:NER"),
        ("Nigerien soldiers at the border", "group:NER_MIL"),
        ("Niger's weavers", "group:NER_LAB"),
        ("Niger's dunes", "group:niger_s_dunes"),
    ],
)
def test_officials_are_their_state_and_other_sectors_groups_of_it(words, identifier):
    assert [actor.id for actor in roles(spoken(words)).actors] == [identifier]


def test_a_pronoun_is_no_party():
    statement = phrase("oil")
    them = Party("them", None, None, None, None)
    event = Event("AID", None, (), None, 10.0, (party(RUSSIA),), (them,))
    assert not roles(replace(statement, event=event)).recipients


def test_a_pronoun_of_a_state_is_the_state():
    assert [actor.id for actor in roles(spoken("they", type="Organization")).actors] == ["country:NER"]


def test_people_without_a_name_of_their_own_are_no_actor_of_the_graph() -> None:
    told, named = Party("protesters", sector="CVL"), Party("African leaders in St Petersburg", code="AFR", sector="GOV")
    event = Event("PROTEST", None, (), None, -5.0, (told,), (named,))
    sentence = Sentence(0, 0, 8, "marched.")
    statement = Statement("d", None, sentence, None, Predicate("marched", 0, 7, "march", None), None, (), event)
    found = roles(statement)
    assert [(one.id, one.type) for one in found.actors] == [("thing:protesters", "Group")]
    assert [(one.id, one.label) for one in found.recipients] == [("group:african_leaders", "African leaders")]


def test_what_is_a_regions_is_the_region() -> None:
    event = Event("REJECT", None, (), None, -2.0, (party(RUSSIA),), (Party("Western sanctions", None, "WST"),))
    assert [entity.id for entity in roles(replace(phrase("oil"), event=event)).recipients] == ["group:West"]
