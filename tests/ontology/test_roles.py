"""Prepositions give roles, with the noun behind them and the verb before them."""

from __future__ import annotations

import pytest

from triplomat.ontology.roles import load_roles


@pytest.mark.parametrize(
    ("preposition", "noun", "verb", "actor", "role"),
    [
        ("from", "romania", "carry", True, "source"),
        ("to", "romania", "carry", True, "recipient"),
        ("on", "plane", "fly", False, "instrument"),
        ("on", "ship", "fire", False, "topic"),
        ("on", "river", "build", False, "place"),
        ("on", "border", "agree", False, "topic"),
        ("on", "border", "", False, "topic"),
    ],
)
def test_role(preposition: str, noun: str, verb: str, actor: bool, role: str) -> None:
    assert load_roles().of(preposition, actor=actor, noun=noun, verb=verb) == role


def test_words_are_made_known_by_what_they_are_posted_on() -> None:
    roles = load_roles()
    assert roles.of("on", actor=True, noun="facebook", verb="post", organ=True) == "instrument"
    assert roles.of("on", actor=True, noun="iran", verb="impose") == "recipient"
    assert roles.of("at", actor=False, noun="aircraft", verb="fire") == "recipient"
    assert roles.of("through", actor=False, noun="capital", verb="march") == "place"
