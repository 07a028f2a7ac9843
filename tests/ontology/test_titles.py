"""Titles before names, and the offices that they name."""

from triplomat.ontology.actors import load_actors
from triplomat.ontology.titles import load_titles


def test_a_title_that_tells_the_gender_is_a_title_and_tells_one() -> None:
    titles = load_titles()
    assert titles.women | titles.men <= titles.before
    assert titles.women.isdisjoint(titles.men)


def test_the_office_that_a_title_means_is_held_by_somebody_in_the_tables() -> None:
    held = {term.office for actor in load_actors().actors.values() for term in actor.offices}
    assert {offices[0] for offices in load_titles().offices.values()} <= held
