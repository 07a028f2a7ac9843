"""The sentences of `training/sentences/` → the teacher, from which `training/slim.py` makes the encoder that ships.

    PYTHONPATH=src:training python training/train.py --output teacher.pt

Fine-tunes all-MiniLM-L6-v2 (its word embeddings stay as they are) with heads for type and mode behind three layers and
behind all six; never looks at the unseen sentences.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from model import Classifier, Texts, base_model, logits_of, optimiser_of, shuffled, swapping, whole_texts
from sentences import TYPES, Example, load
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional


def fit(model: Classifier, examples: Sequence[Example], reader: Texts, options: argparse.Namespace) -> None:
    """Fine-tunes for so many epochs."""
    chance = random.Random(options.seed)
    steps = options.epochs * -(-len(examples) // options.batch)
    optimiser, schedule = optimiser_of(model, options.rate, options.faster, steps)
    for epoch in range(options.epochs):
        model.train()
        texts, total = swapping(examples, options.swap, chance), 0.0
        for _, some, types, modes in shuffled(examples, texts, options.batch, chance):
            with torch.autocast("cpu", torch.bfloat16):
                early, last = model.pooled(**reader.batch(some))
            loss = losses(model, early.float(), last.float(), types, modes, options)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: loss {total * options.batch / len(examples):.3f}", flush=True)


def losses(
    model: Classifier,
    early: torch.Tensor,
    last: torch.Tensor,
    types: torch.Tensor,
    modes: torch.Tensor,
    options: argparse.Namespace,
) -> torch.Tensor:
    """Both depths learn type and mode, the early one also what the last one says of the type."""
    (soon, soon_mode), (logits, mode) = model.early(model.dropout(early)), model.last(model.dropout(last))
    loss = functional.cross_entropy(logits, types, label_smoothing=options.smoothing)
    loss = loss + options.mode_weight * functional.cross_entropy(mode, modes)
    told = functional.softmax(logits.detach(), dim=1)
    apart = functional.kl_div(functional.log_softmax(soon, dim=1), told, reduction="batchmean")
    early_loss = functional.cross_entropy(soon, types, label_smoothing=options.smoothing) + apart
    return loss + options.early_weight * (early_loss + options.mode_weight * functional.cross_entropy(soon_mode, modes))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--faster", type=float, default=20.0, help="times the rate for the heads")
    parser.add_argument("--smoothing", type=float, default=0.05)
    parser.add_argument("--mode-weight", type=float, default=0.3)
    parser.add_argument("--early-weight", type=float, default=0.3)
    parser.add_argument("--swap", type=float, default=0.25)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.use_deterministic_algorithms(True)
    examples = load()
    held = [example for example in examples if example.held_back]
    fitted = [example for example in examples if not example.held_back]
    with tempfile.TemporaryDirectory() as folder:
        base = base_model(Path(folder))
        reader = whole_texts(Tokenizer.from_file(str(base / "tokenizer.json")))
        torch.manual_seed(options.seed)
        model = Classifier(base)
    fit(model, fitted, reader, options)
    torch.save(model.state_dict(), options.output)
    labels = np.array([TYPES.index(example.type) for example in held])
    for depth, logits in zip(("early", "last"), logits_of(model, [one.text for one in held], reader), strict=True):
        print(f"held back, {depth}: {len(held)} sentences, accuracy {float((logits.argmax(1) == labels).mean()):.3f}")


if __name__ == "__main__":
    main()
