"""A maker of contributions that needs no model: what articles say is looked up, slowly if a test is to kill it."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from samples import AMERICA, IRAN, KOREA, MOSCOW, RUSSIA, told

from triplomat.graph.contributions import Contributor, contribution
from triplomat.ontology.terms import Names

STATES = (RUSSIA, KOREA, IRAN, AMERICA, MOSCOW)
RELATIONS = ("supplies", "sanctions", "visits")


def world(count):
    """So many articles of a sentence each, with their statements."""
    return [
        told(
            f"w{number:04}",
            f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}",
            f"Paper {number % 7}",
            STATES[number % 4],
            RELATIONS[number % 3],
            STATES[(number + 1 + number % 2) % 4],
            what="oil" if number % 3 == 0 else None,
            by=IRAN if number % 11 == 0 else None,
            polarity="negative" if number % 13 == 0 else "positive",
        )
        for number in range(count)
    ]


@dataclass(frozen=True, slots=True)
class Maker(Contributor):
    """Contributions of the articles of `world`; each takes `pause` seconds, and `broken` can't be worked on."""

    pause: float = 0.0
    broken: str = ""

    def __call__(self, articles):
        known = {article.id: statement for article, statement in world(400)}
        made = []
        for article in articles:
            time.sleep(self.pause)
            if article.id == self.broken:
                raise KeyboardInterrupt
            made.append(contribution(article, [replace(known[article.id], id="")], Names(self.base)))
        return made
