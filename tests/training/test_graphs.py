"""What is exported says what the trained classifier says, on a small one made up here; needs the extra `train`."""

import copy
import sys
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
pytest.importorskip("onnx")
sys.path.insert(0, str(Path(__file__).parents[2] / "training"))

import graphs  # noqa: E402
import model  # noqa: E402
import slim  # noqa: E402


@pytest.fixture(scope="module")
def classifier(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bert")
    sizes = {"hidden_size": 64, "num_attention_heads": 4, "intermediate_size": 128, "num_hidden_layers": 4}
    torch.manual_seed(1)
    config = transformers.BertConfig(vocab_size=200, max_position_embeddings=96, **sizes)
    transformers.BertModel(config).save_pretrained(folder)
    return model.Classifier(folder).eval()


@pytest.fixture(scope="module")
def reader():
    return model.Texts(lambda text: [ord(letter) for letter in text])


TEXTS = ["Norway met Chad", "x", "a rather long text about the delivery of rice to Peru"]


def run(folder, ids):
    onnxruntime = pytest.importorskip("onnxruntime")
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    lower, upper = (onnxruntime.InferenceSession(folder / f"event_{part}.onnx", options) for part in ("lower", "upper"))
    early, states = lower.run(None, {"input_ids": ids})
    return early[0], upper.run(None, {"states": states})[0][0]


def test_both_graphs_say_what_the_classifier_says(classifier, reader, tmp_path):
    seen = graphs.ranges_of(classifier, [reader.batch([text]) for text in TEXTS])
    graphs.lower(classifier, model.EARLY, seen, 96, tmp_path / "event_lower.onnx")
    graphs.upper(classifier, model.EARLY, seen, tmp_path / "event_upper.onnx")
    for text in TEXTS:
        batch = reader.batch([text])
        with torch.no_grad():
            told = [logits[0].numpy() for logits in classifier(**batch)]
        for found, aim in zip(run(tmp_path, batch["input_ids"].numpy()), told, strict=True):
            assert found[: len(aim)] == pytest.approx(aim, abs=0.02)


def test_a_batch_changes_nothing(classifier, reader):
    with torch.no_grad():
        together = classifier(**reader.batch(TEXTS))[1]
        alone = torch.cat([classifier(**reader.batch([text]))[1] for text in TEXTS])
    assert torch.allclose(together, alone, atol=1e-5)


def test_pruned_neurons_that_never_vary_change_nothing(classifier, reader):
    whole, pruned = copy.deepcopy(classifier), copy.deepcopy(classifier)
    for one in (whole, pruned):
        for layer in one.encoder.encoder.layer[: model.EARLY]:
            layer.intermediate.dense.weight.data[::2] = 0.0
    slim.prune(pruned, 64, TEXTS, reader)
    assert pruned.encoder.encoder.layer[0].intermediate.dense.weight.shape == (64, 64)
    with torch.no_grad():
        for before, after in zip(whole(**reader.batch(TEXTS)), pruned(**reader.batch(TEXTS)), strict=True):
            assert torch.allclose(before, after, atol=1e-4)
