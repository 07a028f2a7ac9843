"""The PLOVER scheme: complete, scored, every mode under a type."""

from __future__ import annotations

import pytest

from triplomat.ontology.plover import load_plover


def test_there_are_sixteen_types_in_four_quad_classes() -> None:
    plover = load_plover()
    assert len(plover.types) == 16
    assert {plover.quad(name) for name in plover.types} == set(plover.quads)


@pytest.mark.parametrize(
    ("event_type", "mode", "score"),
    [
        ("AID", None, 10.0),
        ("CONSULT", "visit", 4.0),
        ("CONSULT", "phone", 1.5),
        ("RETREAT", "disarm", 10.0),
        ("REQUEST", "meet", 0.0),
        ("REJECT", "assist", -1.5),
        ("PROTEST", "riot", -7.0),
        ("COERCE", "martial-law", -7.5),
        ("ASSAULT", "unconventional", -10.0),
    ],
)
def test_a_mode_may_score_unlike_its_type(event_type: str, mode: str | None, score: float) -> None:
    assert load_plover().score(event_type, mode) == score


def test_cooperation_scores_at_least_zero_and_conflict_at_most_half() -> None:
    plover = load_plover()
    for (event_type, mode), _ in plover.modes.items():
        score = plover.score(event_type, mode)
        assert score >= 0 if "cooperation" in plover.quad(event_type) else score <= 0.5


def test_every_term_is_defined() -> None:
    plover = load_plover()
    for terms in (plover.quads, plover.types, plover.modes, plover.contexts):
        assert all(term.definition.endswith(".") and term.label for term in terms.values())
    assert len(plover.contexts) == 37
