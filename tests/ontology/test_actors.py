"""The gazetteer: its tables hold together, offices and memberships follow the date, and a broken file names its row."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from triplomat.errors import DataError
from triplomat.ontology.actors import Gazetteer, explain_name, fold, load_actors
from triplomat.ontology.descriptions import load_descriptions


@pytest.fixture(scope="module")
def actors() -> Gazetteer:
    return load_actors()


def test_every_state_named_in_a_table_is_there(actors: Gazetteer) -> None:
    for actor in actors.actors.values():
        related = [
            actor.state,
            actor.parent,
            *actor.borders,
            *actor.successors,
            *(term.holder for term in actor.members),
        ]
        for state in filter(None, related):
            assert state in actors.actors, (actor.id, state)


def test_borders_are_mutual(actors: Gazetteer) -> None:
    for actor in actors.actors.values():
        for other in actor.borders:
            assert actor.id in actors.actors[other].borders, (actor.id, other)


def test_every_state_has_an_adjective_or_demonym_and_a_place_on_the_map(actors: Gazetteer) -> None:
    states = [actor for actor in actors.actors.values() if actor.type == "State"]
    assert len(states) > 230
    for state in states:
        assert state.position is not None, state.id
        if "territory" not in state.traits and not state.end:
            assert state.adjectives, state.id


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("U.S.", "country:USA"),
        ("DPRK", "country:PRK"),
        ("PRC", "country:CHN"),
        ("UAE", "country:ARE"),
        ("Türkiye", "country:TUR"),
        ("Côte d’Ivoire", "country:CIV"),
        ("Ivorians", "country:CIV"),
        ("Swaziland", "country:SWZ"),
        ("Kremlin", "country:RUS"),
        ("Foggy Bottom", "country:USA"),
        ("Quai d'Orsay", "country:FRA"),
        ("Pyongyang", "country:PRK"),
        ("Nato", "org:NATO"),
        ("Hizbollah", "org:Hezbollah"),
        ("Daesh", "org:Islamic_State"),
    ],
)
def test_a_name_leads_to_its_actor(actors: Gazetteer, name: str, expected: str) -> None:
    assert expected in {sense.actor or sense.state for sense in actors.senses(name)}


@pytest.mark.parametrize(
    ("person", "on", "office"),
    [
        ("person:Vladimir_Putin", "2009-05-01", "prime_minister"),
        ("person:Vladimir_Putin", "2015-05-01", "president"),
        ("person:Angela_Merkel", "2004-01-01", None),
        ("person:George_H._W._Bush", "1991-02-01", "president"),
        ("person:George_W._Bush", "2003-02-01", "president"),
    ],
)
def test_an_office_is_the_one_held_on_the_date(actors: Gazetteer, person: str, on: str, office: str | None) -> None:
    offices = {term.office for term in actors.actors[person].offices if term.covers(on)}
    assert office in offices if office else "chancellor" not in offices


def test_the_head_of_an_organisation_acts_for_no_state(actors: Gazetteer) -> None:
    assert actors.state("person:António_Guterres", "2020-01-01") is None
    assert actors.code("person:António_Guterres", "2020-01-01") == "IGO"
    assert actors.state("person:António_Guterres", "1999-01-01") == "country:PRT"


def test_members_follow_the_date(actors: Gazetteer) -> None:
    assert "country:GBR" in actors.members("org:EU", "2015-01-01")
    assert "country:GBR" not in actors.members("org:EU", "2021-01-01")
    assert "country:FIN" in actors.members("org:NATO", None)


def test_former_states_have_dates_and_successors(actors: Gazetteer) -> None:
    soviet = actors.actors["country:SUN"]
    assert soviet.end == "1991-12-26"
    assert "country:UKR" in soviet.successors


def test_longest_name_wins_and_offsets_quote_the_text(actors: Gazetteer) -> None:
    text = (
        "Türkiye’s envoy told the UN Security Council of SOUTH KOREA’s ships off Côte d’Ivoire; US–China talks failed."
    )
    found = list(actors.find(text))
    assert [text[match.start : match.end] for match in found] == [
        "Türkiye",
        "UN Security Council",
        "SOUTH KOREA",
        "Côte d’Ivoire",
        "US",
        "China",
    ]
    assert all(fold(text[match.start : match.end]).casefold() == match.name.casefold() for match in found)


def test_explaining_a_name_gives_its_actors_and_dates(actors: Gazetteer) -> None:
    lines = explain_name(actors, "Putin", on="2009-05-01")
    assert "person:Vladimir_Putin" in lines
    assert re.search(
        r"prime minister of country:RUS, 2008-05-08? to 2012-05-\d+ \*|prime minister of country:RUS.*\*", lines
    )
    assert "no actor" in explain_name(actors, "Nowhereland")


def test_a_users_actors_are_added(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("id,name,aliases,state\nperson:Jane_Doe,Jane Doe,J. Doe|Doe of Dover,GBR\n", "utf-8")
    actors = load_actors(file)
    assert actors.senses("J. Doe")[0].actor == "person:Jane_Doe"
    assert actors.state("person:Jane_Doe", "2020-01-01") == "country:GBR"


@pytest.mark.parametrize(
    ("rows", "line", "reason"),
    [
        ("", None, "empty"),
        ("name\nx", 1, "lacks the column id"),
        ("id,name,colour\norg:X,X,red", 1, "colour"),
        ("id,name\ncountry:FRA,France", 2, "there already"),
        ("id,name\norg:X,X\norg:X,Y", 3, "there already"),
        ("id,name\nX,X", 2, "id 'X'"),
        ("id,name\ncountry:Fr,France", 2, "three capital letters"),
        ("id,name\norg:X,", 2, "no name"),
        ("id,name,state\norg:X,X,France", 2, "alpha-3"),
        ("id,name,code\norg:X,X,igo", 2, "code"),
        ("id,name,start\norg:X,X,1.5.2001", 2, "ISO 8601"),
        ("id,name,start,end\norg:X,X,2010,2001", 2, "comes after"),
        ("id,name,offices\nperson:X,X,president of France", 2, "office@HOLDER"),
        ("id,name,offices\nperson:X,X,president@FRA:2000..2005|president@FRA:2004..2006", 2, "overlap"),
        ("id,name\norg:X,X,Y", 2, "cells"),
        ('id,name\norg:X,"X', 2, "CSV"),
    ],
)
def test_a_broken_file_names_file_row_and_reason(tmp_path: Path, rows: str, line: int | None, reason: str) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(rows, "utf-8")
    with pytest.raises(DataError, match=re.escape(reason)) as caught:
        load_actors(file)
    assert caught.value.line == line
    assert str(file) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_a_data_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none\.csv"):
        load_actors(tmp_path / "none.csv")


def test_words_of_descriptions_are_singular_and_lower_case() -> None:
    words = load_descriptions()
    for noun in (*words.states, *words.people, *words.kin):
        assert noun == noun.lower()


def test_a_state_that_no_table_holds_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("id,name,state\norg:Aaa,Aaa,XQX\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"mine\.csv, line 2: state 'XQX'"):
        load_actors(path)
