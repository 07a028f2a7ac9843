"""Teachers: the larger one reads as the whole model does and has the word; needs the extra `train`."""

import sys
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
pytest.importorskip("onnx")
sys.path.insert(0, str(Path(__file__).parents[2] / "training"))

import large  # noqa: E402
import slim  # noqa: E402
from sentences import parse  # noqa: E402

IDS = [[0, 7, 9, 2], [0, 5, 2], [0, 4, 6, 8, 9, 11, 2]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    target = tmp_path_factory.mktemp("mpnet")
    sizes = {"hidden_size": 32, "num_attention_heads": 4, "intermediate_size": 64, "num_hidden_layers": 4}
    torch.manual_seed(1)
    transformers.MPNetModel(transformers.MPNetConfig(vocab_size=20, **sizes)).save_pretrained(target)
    return target


def test_the_larger_teacher_reads_as_the_whole_model_does(folder):
    model = large.Larger(folder, frozen=2).eval()
    whole = transformers.AutoModel.from_pretrained(folder).eval()
    with torch.no_grad():
        kinds, modes = model(model.read(IDS))
        means = torch.stack([whole(input_ids=torch.tensor([ids])).last_hidden_state[0].mean(0) for ids in IDS])
        aims = model.heads(means)
    assert torch.allclose(kinds, aims[0], atol=0.05)
    assert torch.allclose(modes, aims[1], atol=0.05)


def test_only_its_upper_layers_learn(folder):
    model = large.Larger(folder, frozen=2)
    model(model.read(IDS))[0].sum().backward()
    learning = [any(part.grad is not None for part in layer.parameters()) for layer in model.encoder.layer]
    assert learning == [False, False, True, True]


class Own:
    """A teacher that says the same of every text."""

    def pooled(self, size):
        return torch.zeros(size, 3), torch.ones(size, 3)

    def last(self, states):
        return states[:, :2], states[:, :1]


class Sizes:
    def batch(self, texts):
        return {"size": len(texts)}


def test_the_larger_teacher_has_the_word_and_the_own_one_the_states():
    larger = torch.tensor([[9.0, 0.0], [0.0, 8.0]]), torch.zeros(2, 1)
    for heard, kinds in ((None, [[1.0, 1.0], [1.0, 1.0]]), (larger, [[0.0, 8.0], [9.0, 0.0]])):
        (early, last), told = slim.Teachers(Own(), Sizes(), heard).told(["a", "b"], [1, 0])
        assert (early.sum(), last.sum()) == (0, 6)
        assert told[0].tolist() == kinds


def test_what_a_larger_one_said_is_found_by_the_text(tmp_path):
    path = tmp_path / "larger.npz"
    np.savez(path, texts=np.array(["Chad left.", "Mali left."]), types=[[1.0], [2.0]], modes=[[3.0], [4.0]])
    types, modes = slim.heard(path, [parse("[A:Mali] left.", "RETREAT")])
    assert (types.tolist(), modes.tolist()) == ([[2.0]], [[4.0]])
