"""When a role's named parties are those that are marked."""

import importlib.util
import sys
from pathlib import Path

import pytest

TRAINING = Path(__file__).parents[2] / "training"


@pytest.fixture(scope="module")
def verdict():
    sys.path.insert(0, str(TRAINING))
    try:
        spec = importlib.util.spec_from_file_location("training_parties", TRAINING / "parties.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(TRAINING))
    return module.verdict


@pytest.mark.parametrize(
    ("marked", "named", "told"),
    [
        (["the rebels"], ["rebels in Goma"], "right"),
        ([], [], "right"),
        (["Chad", "Niger"], ["Chad"], "partial"),
        (["Chad"], ["the Niger"], "wrong"),
        (["Chad"], [], "missing"),
        ([], ["Chad"], "spurious"),
    ],
)
def test_a_role_is_right_where_all_are_found_and_no_other_is_named(verdict, marked, named, told):
    assert verdict(marked, named) == told
