"""The words around the names of things, and the labels of sectors."""

from triplomat.ontology.actors import load_actors
from triplomat.ontology.things import load_thing_words


def test_every_sector_of_a_role_has_a_label_of_its_own() -> None:
    labels = load_thing_words().sectors
    assert {role.sector for role in load_actors().roles.values() if role.sector} <= set(labels)
    assert len(set(labels.values())) == len(labels)
