"""Facts and the measures of their network → the view that page and picture draw, of very many the best backed."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from .exchange import digits
from .ties import Tally
from .uncertainty import intervals
from .view import View, to_view

if TYPE_CHECKING:
    from triplomat.extractors.statement import Article

    from .entities import Description
    from .facts import Fact

MOST_FACTS = 20_000  # of which a page of some ten megabytes is made


def backing(fact: Fact) -> tuple[int, float, str]:
    """By what facts are chosen where there are too many: how many sources tell one, and how sure it is."""
    return fact.sources, fact.belief, fact.id


def strongest(facts: Iterable[Fact]) -> list[Fact]:
    """The best backed facts, as many as a page can hold, in the order of their ids."""
    return sorted(heapq.nlargest(MOST_FACTS, facts, key=backing), key=lambda fact: fact.id)


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
