"""Values made by the thousand: equal by their fields, in slots."""

import pytest

import triplomat
from triplomat.extractors.reference import Reference
from triplomat.values import value


@value
class Pair:
    first: int
    second: str = ""


def test_values_are_equal_and_hashed_by_their_fields() -> None:
    assert Pair(1, "a") == Pair(1, "a") != Pair(2, "a")
    assert {Pair(1), Pair(1, ""), Pair(2)} == {Pair(1), Pair(2)}


def test_a_value_has_no_other_fields() -> None:
    with pytest.raises(AttributeError):
        Pair(1).third = 3  # type: ignore[attr-defined]


def test_a_reference_found_another_way_is_otherwise_the_same() -> None:
    known = Reference("country:RUS", "State", "country:RUS", "RUS", "GOV", 0.9, "name")
    assert known.found("pronoun", 0.7) == Reference("country:RUS", "State", "country:RUS", "RUS", "GOV", 0.7, "pronoun")
    assert known.by("description", 0.5).confidence == 0.45


def test_tab_offers_the_public_names() -> None:
    assert {"build", "extract", "load", "KnowledgeGraph", "__version__"} <= set(dir(triplomat))
    assert not {"Any", "TYPE_CHECKING", "annotations"} & set(dir(triplomat))
