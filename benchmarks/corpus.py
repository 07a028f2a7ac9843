"""Writes a corpus of made-up news articles for benchmarks: the same seed gives the same bytes.

    python benchmarks/corpus.py --articles 10000 --words 400 -o corpus.jsonl.gz

Articles are made of sentence templates (corpus_templates.toml) filled with states, leaders, goods, weapons, places and
dates; one in eight takes paragraphs of the shipped sample, one in ten is a wire copy of an earlier article, edited as
news desks do. Nothing in them is true.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "src" / "triplomat" / "sample" / "articles.jsonl"
RECENT = 200
"""Articles that a wire copy may be a copy of."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=400, help="words of an article, on average")
    parser.add_argument("--copies", type=float, default=0.1, help="share of wire copies")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", type=Path, required=True, help="a .jsonl or .jsonl.gz file")
    options = parser.parse_args()
    rows = corpus(options.articles, words=options.words, copies=options.copies, seed=options.seed)
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    options.output.write_bytes(gzip.compress(text, mtime=0) if options.output.suffix == ".gz" else text)


def corpus(articles: int, *, words: int = 400, copies: float = 0.1, seed: int = 1) -> Iterator[dict[str, str]]:
    """Rows with id, title, published, source, text and, for a wire copy, the `copy_of` id."""
    dice = random.Random(seed)
    data = tomllib.loads((HERE / "corpus_templates.toml").read_text("utf-8"))
    sample = [json.loads(line)["text"].split("\n\n") for line in SAMPLE.read_text("utf-8").splitlines()]
    recent: list[dict[str, str]] = []
    for number in range(articles):
        if recent and dice.random() < copies:
            row = copied(dice, dice.choice(recent), f"a{number:06}", dice.choice(data["sources"]))
        else:
            row = written(dice, data, sample, f"a{number:06}", words)
            recent = [*recent[-RECENT:], row]
        yield row


def written(
    dice: random.Random, data: dict[str, Any], sample: list[list[str]], ident: str, words: int
) -> dict[str, str]:
    """A new article about two states, of about as many words as asked for."""
    day = date(2022, 1, 1) + timedelta(days=dice.randrange(1400))
    slots = chosen(dice, data, day)
    goal = dice.gauss(words, words / 6)
    templates = dice.sample(data["sentences"], len(data["sentences"]))
    paragraphs: list[str] = []
    if dice.random() < 1 / 8:
        paragraphs += dice.sample(dice.choice(sample), 2)
    length = sum(len(paragraph.split()) for paragraph in paragraphs)
    while length < goal:
        if not templates:
            templates = dice.sample(data["sentences"], len(data["sentences"]))
            slots = chosen(dice, data, day)
        taken = [filled(dice, data, slots, templates.pop()) for _ in range(min(dice.randint(1, 4), len(templates)))]
        paragraphs.append(" ".join(taken))
        length += len(paragraphs[-1].split())
    return {
        "id": ident,
        "title": filled(dice, data, slots, dice.choice(data["headlines"])),
        "published": day.isoformat(),
        "source": dice.choice(data["sources"]),
        "text": "\n\n".join(paragraphs),
    }


def copied(dice: random.Random, row: dict[str, str], ident: str, source: str) -> dict[str, str]:
    """The article as another desk prints it: another headline, some paragraphs cut or moved, words replaced."""
    paragraphs = row["text"].split("\n\n")
    keep = paragraphs[: max(2, len(paragraphs) - dice.randrange(3))]
    if len(keep) > 3 and dice.random() < 0.5:
        place = dice.randrange(1, len(keep) - 1)
        keep[place], keep[place + 1] = keep[place + 1], keep[place]
    text = "\n\n".join(keep)
    for old, new in (("said", "stated"), ("also ", ""), ("about ", "some "), ("big", "large"), ("US ", "American ")):
        if dice.random() < 0.4:
            text = re.sub(rf"\b{old}", new, text, count=2)
    first = paragraphs[0].split(". ")[0]
    return {**row, "id": ident, "title": first[:80], "source": source, "text": text, "copy_of": row["id"]}


def chosen(dice: random.Random, data: dict[str, Any], day: date) -> dict[str, str]:
    """Three states with all that belongs to them, and the dates around the article's day."""
    one, two, three = dice.sample(data["states"], 3)
    slots = {
        f"{name}{number}": value for number, state in enumerate((one, two, three), 1) for name, value in state.items()
    }
    before = day - timedelta(days=dice.randrange(30, 700))
    return slots | {
        "date": f"{before.day} {before:%B %Y}",
        "month": f"{before:%B %Y}",
        "weekday": f"{day - timedelta(days=dice.randrange(4)):%A}",
        "year": str(before.year),
    }


def filled(dice: random.Random, data: dict[str, Any], slots: dict[str, str], template: str) -> str:
    """A template with its slots in braces filled: by the article's own, or by a random word of the list so named."""

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        if name in slots:
            return slots[name]
        if name == "number":
            return dice.choice(
                ("two", "three", "a dozen", "40", "120", "some 300", "more than 5,000", "at least 18,000")
            )
        return str(dice.choice(data["words"][name]))

    text = re.sub(r"\{(\w+)\}", fill, template)
    return text[0].upper() + text[1:]


if __name__ == "__main__":
    main()
