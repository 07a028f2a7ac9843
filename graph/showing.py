"""Facts and the measures of their network → the view that page and picture draw, of very many the best backed."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, TypeVar

from .exchange import digits
from .ties import Tally
from .uncertainty import intervals
from .view import View, to_view

if TYPE_CHECKING:
    from triplomat.extractors.statement import Article

    from .entities import Description
    from .facts import Fact

MOST_FACTS = 20_000  # of which a page of some ten megabytes is made
MOST_STATEMENTS = 60_000


class Told(Protocol):
    """What is told with some confidence."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def confidence(self) -> float:
        """How likely it was read rightly."""


T = TypeVar("T", bound=Told)


def backing(fact: Fact) -> tuple[int, float, str]:
    """By what facts are chosen where there are too many: how many sources tell one, and how sure it is."""
    return fact.sources, fact.belief, fact.id


def strongest(facts: Iterable[Fact]) -> list[Fact]:
    """The best backed facts, as many as a page can hold, in the order of their ids, with the statements that it can."""
    best = sorted(heapq.nlargest(MOST_FACTS, facts, key=backing), key=lambda fact: fact.id)
    most = most_each(len(fact.statements) for fact in best)
    return [replace(fact, statements=surest(fact.statements, most)) for fact in best]


def most_each(counts: Iterable[int]) -> int:
    """How many statements each fact may show, where there are so many, that a page can hold those of all."""
    ordered = sorted(counts)
    shown = 0
    for place, count in enumerate(ordered):
        left = len(ordered) - place
        if shown + count * left > MOST_STATEMENTS:
            return max(1, (MOST_STATEMENTS - shown) // left)
        shown += count
    return ordered[-1] if ordered else 1


def surest(told: tuple[T, ...], most: int) -> tuple[T, ...]:
    """The most confident of statements (or claims), in the order in which they come."""
    if len(told) <= most:
        return told
    kept = {item.id for item in heapq.nsmallest(most, told, key=lambda item: (-item.confidence, item.id))}
    return tuple(item for item in told if item.id in kept)


def shown(
    facts: Iterable[Fact],
    articles: Iterable[Article],
    tally: Tally,
    *,
    rows: Mapping[str, Mapping[str, float]],
    blocs: Mapping[str, int],
    entities: Mapping[str, Description],
    total: int,
) -> View:
    """The view of facts, of `total` that there are; measures with their intervals from the whole network's ties."""
    facts = list(facts)
    named = {name for fact in facts for name in (*fact.actors, *fact.recipients, fact.theme, fact.attribution) if name}
    about = {name: entities[name] for name in sorted(named) if name in entities}
    spread = intervals(tally)
    measures = {
        actor: {
            "strength": digits(row["strength"]),
            "rank": (spread[actor]["first"], spread[actor]["last"]),
            **{name: digits(value) for name, value in row.items()},
        }
        for actor, row in rows.items()
    }
    return to_view(
        facts,
        articles,
        labels={name: entity.label for name, entity in about.items()},
        aliases={name: entity.names for name, entity in about.items()},
        measures=measures,
        blocs=blocs,
        total=total,
    )
