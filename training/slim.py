"""The teacher that `training/train.py` left → the encoder that ships, `extractors/data/event_lower.onnx` and the rest.

    PYTHONPATH=src:training python training/slim.py --teacher teacher.pt --output extractors/data

Half of the neurons between the lower layers' feed-forward matrices go, those whose output varies least; then the rest
learns again, from the sentences and from what the teacher says of them, without the pieces that tell nothing
(`triplomat.extractors.wordpieces`). Sets the temperatures on the tenth that was held back; never looks at the unseen
sentences.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from fitting import SUBTYPES, accuracy, labels_of, learn, options_of, repeatable, split
from graphs import lower, ranges_of, upper
from model import (
    EARLY,
    Classifier,
    Texts,
    base_model,
    logits_of,
    short_texts,
    shuffled,
    swapping,
    whole_texts,
)
from sentences import TYPES, Example, load
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional

from triplomat.extractors.wordpieces import LONGEST

MEASURED = 512


def prune(model: Classifier, width: int, texts: Sequence[str], reader: Texts) -> None:
    """Leaves each of the lower layers the neurons whose output, times what is made of it, varies most.

    The mean of what goes stays, in the bias.
    """
    for layer in model.encoder.encoder.layer[:EARLY]:
        wide, narrow = layer.intermediate.dense, layer.output.dense
        found: list[torch.Tensor] = []
        hook = narrow.register_forward_pre_hook(lambda _, given, found=found: found.append(given[0][0]))
        model.eval()
        with torch.no_grad():
            for text in texts:
                model.pooled(**reader.batch([text]))
        hook.remove()
        outputs = torch.cat(found)
        spread = outputs.std(0) * narrow.weight.detach().norm(dim=0)
        kept = spread.topk(width).indices.sort().values
        gone = torch.ones(len(spread), dtype=torch.bool)
        gone[kept] = False
        with torch.no_grad():
            narrow.bias += narrow.weight[:, gone] @ outputs.mean(0)[gone]
            layer.intermediate.dense, layer.output.dense = _cut(wide, kept, 0), _cut(narrow, kept, 1)


def _cut(linear: nn.Linear, kept: torch.Tensor, side: int) -> nn.Linear:
    """A linear layer with some of its outputs (side 0) or of its inputs (side 1)."""
    weight = linear.weight.index_select(side, kept)
    cut = nn.Linear(weight.shape[1], weight.shape[0])
    cut.weight.copy_(weight)
    cut.bias.copy_(linear.bias[kept] if side == 0 else linear.bias)
    return cut


@dataclass(frozen=True)
class Teachers:
    """The teacher of which the model was made, and perhaps a larger one, who then has the word.

    `larger` holds the logits of types and of modes that the larger one gives each sentence as it stands, a row each.
    """

    own: Classifier
    reader: Texts
    larger: tuple[torch.Tensor, ...] | None = None

    def told(
        self, texts: Sequence[str], places: Sequence[int]
    ) -> tuple[Sequence[torch.Tensor], tuple[torch.Tensor, ...]]:
        """The own teacher's states at both depths; the logits of types and of modes."""
        with torch.no_grad():
            with torch.autocast("cpu", torch.bfloat16):
                states = self.own.pooled(**self.reader.batch(texts))
            if self.larger is None:
                return states, self.own.last(states[1].float())
        return states, tuple(logits[list(places)] for logits in self.larger)


def heard(path: Path, examples: Sequence[Example]) -> tuple[torch.Tensor, ...]:
    """What `training/large.py` wrote down about these sentences."""
    told = np.load(path)
    places = {str(text): place for place, text in enumerate(told["texts"])}
    rows = [places[example.text] for example in examples]
    return tuple(torch.from_numpy(told[name][rows]) for name in ("types", "modes"))


def distil(
    model: Classifier, teachers: Teachers, examples: Sequence[Example], reader: Texts, options: argparse.Namespace
) -> None:
    """Fine-tunes the model beside its teachers, perhaps from other weights, and keeps its own where options say so."""
    if options.start:
        model.load_state_dict(torch.load(options.start, weights_only=True))
    learn(model, lambda chance: losses_of(model, teachers, examples, reader, chance, options), len(examples), options)
    if options.weights:
        torch.save(model.state_dict(), options.weights)


def losses_of(
    model: Classifier,
    teachers: Teachers,
    examples: Sequence[Example],
    reader: Texts,
    chance: random.Random,
    options: argparse.Namespace,
) -> Iterator[torch.Tensor]:
    """The losses of an epoch beside the teachers, a batch at a time."""
    texts = swapping(examples, options.swap, chance)
    for places, some, types, modes in shuffled(examples, texts, options.batch, chance):
        aims, told = teachers.told(some, places)
        with torch.autocast("cpu", torch.bfloat16):
            found = model.pooled(**reader.batch(some))
        loss = torch.zeros(())
        for pooled, aim, heads, share in zip(found, aims, (model.early, model.last), options.shares, strict=True):
            logits = heads(model.dropout(pooled.float()))
            loss = loss + share * depth_loss(logits, told, (types, modes), options)
            loss = loss + share * options.alike * apart(pooled.float(), aim.float())
        yield loss


def depth_loss(
    logits: Sequence[torch.Tensor],
    told: Sequence[torch.Tensor],
    labels: Sequence[torch.Tensor],
    options: argparse.Namespace,
) -> torch.Tensor:
    """How far type and mode at one depth are from the labels and from what the teacher says."""
    loss = torch.zeros(())
    for found, aim, label, share in zip(logits, told, labels, (1.0, options.mode_weight), strict=True):
        soft = functional.log_softmax(found / options.heat, 1), functional.softmax(aim / options.heat, 1)
        loss = loss + share * options.heat**2 * functional.kl_div(*soft, reduction="batchmean")
        loss = loss + share * functional.cross_entropy(found, label, label_smoothing=options.smoothing)
    return loss


def apart(found: torch.Tensor, aim: torch.Tensor) -> torch.Tensor:
    """The squared distance from what the teacher has at the same depth, in units of its variance."""
    return functional.mse_loss(found, aim) / aim.var(0).mean()


def best_temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """The temperature with the least negative log-likelihood, to a hundredth."""
    candidates = np.arange(0.3, 3.0, 0.01)
    losses = [
        float(functional.cross_entropy(torch.tensor(logits / value), torch.tensor(labels))) for value in candidates
    ]
    return round(float(candidates[int(np.argmin(losses))]), 2)


def main() -> None:
    parser = options_of(__doc__, epochs=6, rate=1e-4, faster=5.0)
    parser.add_argument("--teacher", type=Path, required=True, help="the model is made of it")
    parser.add_argument("--larger", type=Path, help="what training/large.py wrote down")
    parser.add_argument("--weights", type=Path, help="keep the weights here, or export those that lie here")
    parser.add_argument("--start", type=Path, help="go on from these weights")
    parser.add_argument("--width", type=int, default=768, help="neurons that each of the lower layers keeps")
    parser.add_argument("--shares", type=float, nargs=2, default=(0.5, 1.0))
    parser.add_argument("--heat", type=float, default=2.0)
    parser.add_argument("--alike", type=float, default=0.25)
    parser.add_argument("--swap", type=float, default=0.4)
    options = parser.parse_args()
    repeatable(options.threads)
    fitted, held = split(load())
    sample = [example.text for example in random.Random(options.seed).sample(fitted, MEASURED)]
    with tempfile.TemporaryDirectory() as folder:
        base = base_model(Path(folder))
        tokenizer, whole = (Tokenizer.from_file(str(base / "tokenizer.json")) for _ in range(2))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        readers = short_texts(tokenizer), whole_texts(whole)
        torch.manual_seed(options.seed)
        own = Classifier(base).eval()
    own.load_state_dict(torch.load(options.teacher, weights_only=True))
    model = copy.deepcopy(own)
    prune(model, options.width, sample, readers[0])
    if options.weights and options.weights.exists():
        model.load_state_dict(torch.load(options.weights, weights_only=True))
    else:
        larger = heard(options.larger, fitted) if options.larger else None
        distil(model, Teachers(own, readers[1], larger), fitted, readers[0], options)
    temperatures = measured(model, held, readers[0])
    options.output.mkdir(parents=True, exist_ok=True)
    export(model, sample, readers[0], temperatures, options.output)
    tokenizer.save(str(options.output / "tokenizer.json"), pretty=False)


def measured(model: Classifier, held: Sequence[Example], reader: Texts) -> list[float]:
    """The temperature at each depth; says how often the model is right there."""
    labels = labels_of(held)[0].numpy()
    found = logits_of(model, [example.text for example in held], reader)
    temperatures = [best_temperature(logits, labels) for logits in found]
    for depth, logits, temperature in zip(("early", "last"), found, temperatures, strict=True):
        right = accuracy(logits, held)
        print(f"held back, {depth}: {len(held)} sentences, accuracy {right:.3f}, temperature {temperature}")
    return temperatures


def export(model: Classifier, texts: Sequence[str], reader: Texts, temperatures: Sequence[float], target: Path) -> None:
    """The two ONNX files, whose activations get the scales that these texts ask for, and the card."""
    model.eval()
    seen = ranges_of(model, [reader.batch([text]) for text in texts])
    lower(model, EARLY, seen, LONGEST, target / "event_lower.onnx")
    upper(model, EARLY, seen, target / "event_upper.onnx")
    modes = [list(subtype) for subtype in SUBTYPES]
    card = {"labels": list(TYPES), "modes": modes, "temperatures": list(temperatures)}
    (target / "labels.json").write_text(json.dumps(card) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
