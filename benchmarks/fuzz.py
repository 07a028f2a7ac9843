"""Extraction on random and mutated texts: no exception, and every span quotes its text.

    python benchmarks/fuzz.py --texts 10000

Half of the texts are sentences of the sample with words cut, doubled, swapped and replaced by marks, half are random
characters and words. Prints the first failures with their seeds; the same seed gives the same text.
"""

from __future__ import annotations

import argparse
import json
import random

from triplomat.extractors.pipeline import Extractor
from triplomat.extractors.statement import Article, Statement
from triplomat.sample import sample_path

MARKS = [
    *list("“”‘’\"'()[]–—…•.,;:?!-/\\\n\t\u200b\u202e\ufeff\u00a0€$%#@é北ß"),
    "\n\n",
    "``",
    "''",
    "U.S.",
    "e.g.",
    "3.5",
    "24/7",
]


def sentences() -> list[str]:
    texts = [json.loads(line)["text"] for line in sample_path().read_text(encoding="utf-8").splitlines()]
    return [sentence for text in texts for sentence in text.split(". ")]


def mutated(rng: random.Random, pool: list[str]) -> str:
    words = " ".join(rng.sample(pool, rng.randint(1, 3))).split(" ")
    for _ in range(rng.randint(1, 8)):
        i = rng.randrange(len(words))
        action = rng.randrange(5)
        if action == 0:
            words[i : i + 1] = []
        elif action == 1:
            words.insert(i, words[i])
        elif action == 2:
            words[i] = rng.choice(MARKS)
        elif action == 3:
            j = rng.randrange(len(words))
            words[i], words[j] = words[j], words[i]
        else:
            words[i] = words[i][::-1] + rng.choice(MARKS)
        if not words:
            return ""
    return rng.choice([" ", " ", "", "\n"]).join(words) if rng.random() < 0.1 else " ".join(words)


def noise(rng: random.Random, pool: list[str]) -> str:
    if rng.random() < 0.5:
        return "".join(
            chr(rng.choice([rng.randrange(32, 127), rng.randrange(0x250), rng.randrange(0x2000, 0x2100)]))
            for _ in range(rng.randint(0, 120))
        )
    words = [word for sentence in rng.sample(pool, 3) for word in sentence.split()]
    return " ".join(rng.choice([rng.choice(words), rng.choice(MARKS)]) for _ in range(rng.randint(1, 60)))


def misquoted(text: str, statement: Statement) -> bool:
    spans = [statement.subject, statement.object, statement.attribution, *statement.arguments]
    pairs = [(span.start, span.end, span.text) for span in spans if span is not None]
    pairs.append((statement.predicate.start, statement.predicate.end, statement.predicate.text))
    pairs.append((statement.sentence.start, statement.sentence.end, statement.sentence.text))
    return any(text[start:end] != quoted for start, end, quoted in pairs)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    extractor, pool = Extractor(encoder=False), sentences()
    failures = statements = 0
    for number in range(options.seed, options.seed + options.texts):
        rng = random.Random(number)
        text = mutated(rng, pool) if number % 2 else noise(rng, pool)
        try:
            found = extractor.statements(Article("fuzz", text, published="2024-06-20"), extractor.nlp(text))
            wrong = [statement for statement in found if misquoted(text, statement)]
        except Exception as error:
            failures += 1
            print(f"seed {number}: {type(error).__name__}: {error}")
            continue
        statements += len(found)
        if wrong:
            failures += 1
            print(f"seed {number}: {len(wrong)} statements misquote {text[:80]!r}")
    print(f"{options.texts} texts, {statements} statements, {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
