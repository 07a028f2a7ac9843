"""What `train.py`, `large.py` and `slim.py` share: their options, their batches, and how a model learns from losses."""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from sentences import MODES, TYPES, Example
from torch import nn

SUBTYPES = tuple((kind, mode) for kind, modes in MODES.items() for mode in (None, *modes))


class Learner(Protocol):
    """A model of which only `body` and `tops` learn."""

    @property
    def body(self) -> list[nn.Parameter]: ...

    @property
    def tops(self) -> list[nn.Parameter]: ...

    def train(self) -> object: ...


def options_of(text: str | None, *, epochs: int, rate: float, faster: float) -> argparse.ArgumentParser:
    """The options that all three have, with what each takes where nothing else is said."""
    parser = argparse.ArgumentParser(description=text, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--epochs", type=int, default=epochs)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=rate)
    parser.add_argument("--faster", type=float, default=faster, help="times the rate for the heads")
    parser.add_argument("--smoothing", type=float, default=0.05)
    parser.add_argument("--mode-weight", type=float, default=0.3)
    parser.add_argument("--threads", type=int, default=1)
    return parser


def repeatable(threads: int) -> None:
    """Lets torch compute the same bytes each time, with so many threads."""
    torch.set_num_threads(threads)
    torch.use_deterministic_algorithms(True)


def split(examples: Iterable[Example]) -> tuple[list[Example], list[Example]]:
    """Those to learn from, and those held back."""
    parts: tuple[list[Example], list[Example]] = [], []
    for one in examples:
        parts[one.held_back].append(one)
    return parts


def labels_of(examples: Iterable[Example]) -> tuple[torch.Tensor, torch.Tensor]:
    """Types and modes, by their places in TYPES and SUBTYPES."""
    pairs = [(TYPES.index(one.type), SUBTYPES.index((one.type, one.mode))) for one in examples]
    types, modes = zip(*pairs, strict=True)
    return torch.tensor(types), torch.tensor(modes)


def batches(sizes: Sequence[float], size: int) -> list[list[int]]:
    """All places, those of about like sizes together."""
    order = sorted(range(len(sizes)), key=lambda place: sizes[place])
    return [order[first : first + size] for first in range(0, len(order), size)]


def learn(
    model: Learner,
    losses: Callable[[random.Random], Iterator[torch.Tensor]],
    count: int,
    options: argparse.Namespace,
) -> None:
    """Fine-tunes on `count` examples; `losses` gives those of an epoch's batches, each learnt from before the next.

    AdamW, the heads `faster`; the rate rises over the first tenth of the steps and falls to 0 from there.
    """
    chance = random.Random(options.seed)
    steps = options.epochs * -(-count // options.batch)
    groups = [
        {"params": model.body, "lr": options.rate},
        {"params": model.tops, "lr": options.faster * options.rate},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (0.1 * steps), max(0.0, (steps - step) / (0.9 * steps)))
    )
    for epoch in range(options.epochs):
        model.train()
        total = 0.0
        for loss in losses(chance):
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([*model.body, *model.tops], 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: loss {total * options.batch / count:.3f}", flush=True)


def accuracy(logits: np.ndarray, examples: Sequence[Example]) -> float:
    """The share of examples whose type has the highest logit."""
    return float((logits.argmax(1) == labels_of(examples)[0].numpy()).mean())
