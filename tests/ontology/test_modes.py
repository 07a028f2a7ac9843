"""Which modes a text's words can show."""

import pytest

from triplomat.ontology.modes import load_modes, shown


@pytest.mark.parametrize(
    ("mode", "text", "found"),
    [
        ("sexual", "Eleven people were hurt, among them a girl of nine.", None),
        ("sexual", "Soldiers raped two women.", "sexual"),
        ("crowd-control", "Police fired tear gas at farmers.", "crowd-control"),
        ("targeted", "A general was killed.", "targeted"),
        (None, "A general was killed.", None),
    ],
)
def test_a_mode_that_words_show_needs_one_of_them(mode, text, found):
    assert shown("ASSAULT", mode, text) == found


def test_words_count_from_their_beginning():
    pattern = load_modes()["ASSAULT", "drone"]
    assert pattern.search("drones") and not pattern.search("hydrone")
