"""How often the pipeline names the parties that are marked in the training sentences, where it has the type right.

    PYTHONPATH=src:training python training/parties.py [--sentences 1200] [--seed 7]

A party is found where it shares a word with a marked one. A role is right where all its marked parties are found and
no other is named; held-back sentences are left out.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Sequence

from sentences import NONE, Example, load

from triplomat.extractors.pipeline import Extractor
from triplomat.extractors.statement import Article, Event, Statement

_PARTICLES = frozenset("the a an of in and s to for on".split())


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_][\w-]*", text.lower())) - _PARTICLES


def verdict(marked: Sequence[str], named: Sequence[str]) -> str:
    """ "right", "missing", "spurious", "wrong" or "partial".

    >>> verdict(["the rebels"], ["rebels in Goma"]), verdict(["the rebels"], []), verdict([], ["Chad"])
    ('right', 'missing', 'spurious')
    """
    found = sum(any(words(one) & words(other) for other in named) for one in marked)
    apt = sum(any(words(one) & words(other) for one in marked) for other in named)
    if found == len(marked) and apt == len(named):
        return "right"
    if not named:
        return "missing"
    return "spurious" if not marked else "partial" if apt else "wrong"


def event_of(kind: str, statements: Sequence[Statement]) -> Event | None:
    """The surest event of a type."""
    typed = [one for one in statements if one.event is not None and one.event.type == kind]
    return max(typed, key=lambda one: one.confidence).event if typed else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=1200)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    examples: list[Example] = [one for one in load() if one.type != NONE and not one.held_back]
    random.Random(options.seed).shuffle(examples)
    examples = examples[: options.sentences]
    counts: dict[str, Counter[str]] = {"actors": Counter(), "recipients": Counter()}
    for article, statements in Extractor().articles(Article(str(n), one.text) for n, one in enumerate(examples)):
        one = examples[int(article.id)]
        event = event_of(one.type, statements)
        if event is None:
            continue
        for role, spans, parties in (
            ("actors", one.actors, event.actors),
            ("recipients", one.recipients, event.recipients),
        ):
            counts[role][verdict([one.text[a:b] for a, b in spans], [party.text for party in parties])] += 1
    for role, found in counts.items():
        shares = ", ".join(f"{kind} {number / found.total():.3f}" for kind, number in sorted(found.items()))
        print(f"{role} of {found.total()} events of the right type: {shares}")


if __name__ == "__main__":
    main()
