"""The sentences of `training/sentences/` → the teacher, from which `training/slim.py` makes the encoder that ships.

    PYTHONPATH=src:training python training/train.py --output teacher.pt

Fine-tunes all-MiniLM-L6-v2 (its word embeddings stay as they are) with heads for type and mode behind three layers and
behind all six; never looks at the unseen sentences.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from fitting import accuracy, learn, options_of, repeatable, split
from model import Classifier, Texts, base_model, logits_of, shuffled, swapping, whole_texts
from sentences import Example, load
from tokenizers import Tokenizer
from torch.nn import functional


def losses_of(
    model: Classifier, examples: Sequence[Example], reader: Texts, chance: random.Random, options: argparse.Namespace
) -> Iterator[torch.Tensor]:
    """The losses of an epoch, a batch at a time."""
    texts = swapping(examples, options.swap, chance)
    for _, some, types, modes in shuffled(examples, texts, options.batch, chance):
        with torch.autocast("cpu", torch.bfloat16):
            early, last = model.pooled(**reader.batch(some))
        yield loss_of(model, early.float(), last.float(), types, modes, options)


def loss_of(
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
    parser = options_of(__doc__, epochs=8, rate=1e-4, faster=20.0)
    parser.add_argument("--early-weight", type=float, default=0.3)
    parser.add_argument("--swap", type=float, default=0.25)
    options = parser.parse_args()
    repeatable(options.threads)
    fitted, held = split(load())
    with tempfile.TemporaryDirectory() as folder:
        base = base_model(Path(folder))
        reader = whole_texts(Tokenizer.from_file(str(base / "tokenizer.json")))
        torch.manual_seed(options.seed)
        model = Classifier(base)
    learn(model, lambda chance: losses_of(model, fitted, reader, chance, options), len(fitted), options)
    torch.save(model.state_dict(), options.output)
    for depth, logits in zip(("early", "last"), logits_of(model, [one.text for one in held], reader), strict=True):
        print(f"held back, {depth}: {len(held)} sentences, accuracy {accuracy(logits, held):.3f}")


if __name__ == "__main__":
    main()
