"""Sentences → a probability for each PLOVER event type, by a small fine-tuned encoder.

The model (`data/event_encoder.onnx`, 22 million parameters in eight bits) was trained by `training/train.py` on
sentences of our own. onnxruntime and tokenizers are imported when the first Encoder is made, not before.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

NONE = "NONE"
MAX_TOKENS = 96


class Encoder:
    """The event encoder; `labels` names the columns of `probabilities`: the 16 types, then NONE.

    `folder` holds another model than the packaged one: event_encoder.onnx, tokenizer.json and labels.json.
    """

    def __init__(self, *, threads: int = 1, folder: Path | None = None) -> None:
        import onnxruntime  # type: ignore[import-untyped]
        from tokenizers import Tokenizer

        data = folder or files(__package__) / "data"
        card = json.loads((data / "labels.json").read_text(encoding="utf-8"))
        self.labels: tuple[str, ...] = tuple(card["labels"])
        self._temperature = float(card["temperature"])
        self._tokenizer: Any = Tokenizer.from_str((data / "tokenizer.json").read_text(encoding="utf-8"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.enable_mem_pattern = False  # every length of text would get a plan of its own
        options.log_severity_level = 3
        with as_file(data / "event_encoder.onnx") as path:
            self._session: Any = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A row for each text, in the order of `labels`, summing to 1: softmax of the logits over the temperature.

        Texts run one at a time: eight-bit activations are scaled by the batch, so that a text's row would depend on
        its neighbours, and on a CPU a batch gains nothing.
        """
        logits = np.zeros((len(texts), len(self.labels)), dtype=np.float32)
        for row, encoding in enumerate(self._tokenizer.encode_batch(list(texts))):
            inputs = {
                "input_ids": np.array([encoding.ids], dtype=np.int64),
                "attention_mask": np.ones((1, len(encoding.ids)), dtype=np.int64),
            }
            logits[row] = self._session.run(None, inputs)[0][0]
        return _softmax(logits / self._temperature)


@lru_cache(maxsize=1)
def load_encoder() -> Encoder:
    """The one encoder of the process, loaded at the first call."""
    return Encoder()


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True)) if len(logits) else logits
    result: NDArray[np.float32] = (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)
    return result
