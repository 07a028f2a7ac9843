"""Sentences → a probability for each PLOVER event type, by a small fine-tuned encoder.

The model (21 million parameters in eight bits) was trained as `training/README.md` tells, on sentences
of our own. It lies in two parts: `data/event_lower.onnx`, the embeddings and the first three layers, gives an early
word; where that isn't enough the other three, `data/event_upper.onnx`, go on. onnxruntime and tokenizers are imported
when the first Encoder is made, not before.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .wordpieces import WordPieces

if TYPE_CHECKING:
    from numpy.typing import NDArray

NONE = "NONE"


@dataclass(frozen=True, slots=True)
class Word:
    """The encoder's word on a text: a probability by class, and of a type the likeliest mode (None: without one)."""

    types: Mapping[str, float]
    mode: Callable[[str], str | None]


class Encoder:
    """The event encoder; `labels` names the classes: the 16 types, then NONE.

    `folder` holds another model than the packaged one: event_lower.onnx, event_upper.onnx, tokenizer.json, labels.json.
    Texts run one at a time: together they gain nothing, as attention to the longest costs what larger matrices save.
    """

    def __init__(self, *, threads: int = 1, folder: Path | None = None) -> None:
        from tokenizers import Tokenizer

        data = folder or files(__package__) / "data"
        card = json.loads((data / "labels.json").read_text(encoding="utf-8"))
        self.labels: tuple[str, ...] = tuple(card["labels"])
        self._modes: dict[str, list[tuple[int, str | None]]] = {}
        for place, (kind, mode) in enumerate(card["modes"]):
            self._modes.setdefault(kind, []).append((place, mode))
        self._early, self._last = map(float, card["temperatures"])
        self._pieces = WordPieces(Tokenizer.from_str((data / "tokenizer.json").read_text(encoding="utf-8")))
        with as_file(data / "event_lower.onnx") as lower, as_file(data / "event_upper.onnx") as upper:
            self._lower, self._upper = _session(lower, threads), _session(upper, threads)

    def early(self, text: str) -> tuple[Word, Any]:
        """The word of the lower layers on a text, and the states that the upper ones go on from."""
        logits, states = self._lower.run(None, {"input_ids": np.array([self._pieces(text)], dtype=np.int64)})
        return self._word(logits[0], self._early), states

    def late(self, states: Any) -> Word:
        """The word of all layers."""
        (logits,) = self._upper.run(None, {"states": states})
        return self._word(logits[0], self._last)

    def probabilities(self, texts: Sequence[str], *, early: bool = False) -> NDArray[np.float32]:
        """A row for each text, in the order of `labels`, summing to 1, by all layers or the lower ones alone."""
        rows = np.zeros((len(texts), len(self.labels)), dtype=np.float32)
        for row, text in enumerate(texts):
            word, states = self.early(text)
            rows[row] = list((word if early else self.late(states)).types.values())
        return rows

    def _word(self, logits: NDArray[np.float32], temperature: float) -> Word:
        """Probabilities are the softmax of the types' logits, which come first, over the temperature."""
        types, modes = logits[: len(self.labels)].tolist(), logits[len(self.labels) :].tolist()
        greatest = max(types)
        powers = [math.exp((logit - greatest) / temperature) for logit in types]
        total = sum(powers)

        def mode(kind: str) -> str | None:
            return max(self._modes[kind], key=lambda one: modes[one[0]])[1]

        return Word({kind: power / total for kind, power in zip(self.labels, powers, strict=True)}, mode)


@lru_cache(maxsize=1)
def load_encoder() -> Encoder:
    """The one encoder of the process, loaded at the first call."""
    return Encoder()


def _session(path: Path, threads: int) -> Any:
    import onnxruntime  # type: ignore[import-untyped]

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_mem_pattern = False  # every length of text would get a plan of its own
    slower = ["SkipLayerNormFusion"]  # the fused kernel takes four times as long as its two parts
    providers = ["CPUExecutionProvider"]
    return onnxruntime.InferenceSession(str(path), options, providers=providers, disabled_optimizers=slower)
