"""The shipped event encoder loads, gives distributions that don't depend on the batch, and is small."""

from importlib.resources import files

import numpy as np
import pytest

from triplomat.extractors.encoder import Encoder
from triplomat.ontology.plover import load_plover

TEXTS = [
    "Norway expelled two envoys.",
    "Bolivia sent rice to Peru after the floods, its foreign minister said on Tuesday.",
    "",
    "Rain is expected.",
    "word " * 400,
]


@pytest.fixture(scope="module")
def encoder():
    return Encoder()


def test_rows_are_distributions_over_the_types_and_none(encoder):
    rows = encoder.probabilities(TEXTS)
    assert rows.shape == (len(TEXTS), 17)
    assert np.allclose(rows.sum(axis=1), 1, atol=1e-5)
    assert set(encoder.labels) == {*load_plover().types, "NONE"}


def test_no_texts_give_no_rows(encoder):
    assert encoder.probabilities([]).shape == (0, 17)


def test_a_row_does_not_depend_on_its_batch(encoder):
    together = encoder.probabilities(TEXTS * 3)
    alone = np.concatenate([encoder.probabilities([text]) for text in TEXTS])
    assert np.array_equal(together, np.concatenate([alone] * 3))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Gunmen shot dead four soldiers near Timbuktu.", "ASSAULT"),
        ("The two prime ministers met in Oslo on Friday.", "CONSULT"),
        ("Thousands of students marched through Lima against the reform.", "PROTEST"),
        ("The country has eleven million inhabitants.", "NONE"),
    ],
)
def test_plain_cases(encoder, text, kind):
    assert encoder.labels[int(encoder.probabilities([text])[0].argmax())] == kind


def test_a_word_has_a_mode_of_each_type_or_none(encoder):
    word, _ = encoder.early("Gunmen shot dead four soldiers near Timbuktu.")
    modes = {kind: word.mode(kind) for kind in encoder.labels}
    assert sum(word.types.values()) == pytest.approx(1, abs=1e-5)
    assert all(mode is None or load_plover().has_mode(kind, mode) for kind, mode in modes.items())


def test_the_upper_layers_go_on_from_the_lower(encoder):
    early, states = encoder.early(TEXTS[1])
    late = encoder.late(states)
    assert early.types != late.types
    assert list(late.types.values()) == pytest.approx(encoder.probabilities([TEXTS[1]])[0].tolist())
    assert list(early.types.values()) == pytest.approx(encoder.probabilities([TEXTS[1]], early=True)[0].tolist())


def test_the_model_has_at_most_25_megabytes():
    data = files("triplomat.extractors") / "data"
    assert sum(len((data / name).read_bytes()) for name in ("event_lower.onnx", "event_upper.onnx")) <= 25_000_000
