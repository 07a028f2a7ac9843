"""Measures how well copies of articles are found: precision and recall on 300 pairs, made as news desks make copies.

    PYTHONPATH=src python benchmarks/copies.py

150 pairs are copies: cut to 40–100 %, under another headline, paragraphs moved, sentences dropped, words replaced,
some paragraphs put in by the other desk. 150 are not: reports of one event by different desks, articles that quote the
same paragraph, articles about the same states. Half of the articles are the shipped sample's, half the generator's.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from corpus import SAMPLE, corpus

from triplomat.extractors.statement import Article
from triplomat.graph.copies import copies

SYNONYMS = (
    ("said", "stated"), ("has", "had"), ("also ", ""), ("about ", "some "), ("US ", "American "), ("will", "would"),
    ("last week", "a week ago"), ("in exchange", "in return"), ("signed", "concluded"), ("talks", "negotiations"),
    ("visit", "trip"), ("accused", "charged"), ("leader", "chief"), ("more than", "over"), ("countries", "states"),
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", action="store_true", help="name the pairs that are judged wrong")
    options = parser.parse_args()
    pairs = made(random.Random(options.seed))
    hits = misses = false = 0
    for one, other, same in pairs:
        groups = copies([one, other])
        found = groups[one.id] == groups[other.id]
        hits += found and same
        misses += same and not found
        false += found and not same
        if options.misses and found != same:
            print("missed" if same else "false", one.id, other.id)
    print(f"{len(pairs)} pairs: precision {hits / (hits + false):.3f}, recall {hits / (hits + misses):.3f}")


def made(dice: random.Random) -> list[tuple[Article, Article, bool]]:
    """The pairs: two articles, and whether one is a copy of the other."""
    sample = [json.loads(line) for line in SAMPLE.read_text("utf-8").splitlines()]
    generated = list(corpus(90, words=350, copies=0.0, seed=7))
    bases = [*(sample * 7)[:75], *generated[:75]]
    pairs = [(_article(row), edited(dice, row, number), True) for number, row in enumerate(bases)]
    events = [
        (one, other)
        for place, one in enumerate(sample)
        for other in sample[place + 1 :]
        if not other["id"].startswith(one["id"])  # the sample holds one wire copy of its own
    ]
    different = [*dice.sample(events, min(60, len(events)))]
    different += [(one, other) for one, other in zip(generated[:45], generated[45:90], strict=True)]
    pairs += [(_article(one), _article(other), False) for one, other in different]
    while len(pairs) < 300:
        one, other = dice.choice(events)
        quoted = dice.choice(one["text"].split("\n\n"))
        pairs.append((_article(one), _article({**other, "text": f"{other['text']}\n\n{quoted}"}), False))
    return pairs


def edited(dice: random.Random, row: dict[str, str], number: int) -> Article:
    """The article as another desk prints it."""
    paragraphs = row["text"].split("\n\n")
    kept = paragraphs[: max(2, round(len(paragraphs) * dice.uniform(0.4, 1.0)))]
    if len(kept) > 2 and dice.random() < 0.5:
        place = dice.randrange(len(kept) - 1)
        kept[place], kept[place + 1] = kept[place + 1], kept[place]
    text = "\n\n".join(kept)
    for old, new in SYNONYMS:
        if dice.random() < 0.5:
            text = re.sub(rf"\b{old}", new, text)
    sentences = re.split(r"(?<=[.!?]) ", text)
    if len(sentences) > 6:
        del sentences[dice.randrange(len(sentences))]
    if dice.random() < 0.3:
        sentences.append(
            "Our correspondent adds that reactions in the capital were mixed and that markets hardly moved."
        )
    return Article(f"copy-{number}", " ".join(sentences), title=sentences[0][:70], published=row["published"])


def _article(row: dict[str, str]) -> Article:
    return Article(row["id"], row["text"], title=row["title"], published=row["published"])


if __name__ == "__main__":
    main()
