"""An entity of a graph → what the graph knows of it, as a card that a notebook shows."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from triplomat.errors import TriplomatError

from .entities import Description
from .facts import Fact

if TYPE_CHECKING:
    import pandas as pd

_SHOWN = 12


class UnknownEntityError(TriplomatError, KeyError):
    """A name that nothing in a graph has; `nearest` are those that look like it."""

    def __init__(self, name: str, known: list[str]) -> None:
        self.name = name
        self.nearest = tuple(difflib.get_close_matches(name, known, n=3))
        hint = f"; did you mean {' or '.join(self.nearest)}?" if self.nearest else ""
        self.message = f"nothing in this graph is called {name!r}{hint}"
        super().__init__(self.message)

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True)
class Dossier:
    """An entity, or a relation, with the facts that it has a part in, the best backed first."""

    id: str
    description: Description
    facts: tuple[Fact, ...]
    labels: Mapping[str, str]

    @property
    def label(self) -> str:
        """What it is called."""
        return self.description.label

    def to_frame(self) -> pd.DataFrame:
        """A row a fact."""
        import pandas as pd

        columns = ["who", "did", "what", "whom", "when", "polarity", "modality", "says", "score", "belief", "sources"]
        return pd.DataFrame([self._row(fact) for fact in self.facts], columns=columns)

    def __repr__(self) -> str:
        lines = [f"{self.label} ({self.id}, {self.description.type}): {len(self.facts)} facts"]
        lines += ["  " + " ".join(str(cell) for cell in self._row(fact)[:5] if cell) for fact in self.facts[:_SHOWN]]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        names = escape(", ".join(self.description.names[:8]))
        link = ""
        if self.description.wikidata:
            address = f"https://www.wikidata.org/wiki/{escape(self.description.wikidata, quote=True)}"
            link = f' · <a href="{address}" rel="noreferrer">Wikidata</a>'
        rows = "".join(
            "<tr>"
            + "".join(f"<td>{escape('' if cell is None else str(cell))}</td>" for cell in self._row(fact))
            + "</tr>"
            for fact in self.facts[:_SHOWN]
        )
        more = f"<p>… and {len(self.facts) - _SHOWN} more</p>" if len(self.facts) > _SHOWN else ""
        heads = "".join(f"<th>{name}</th>" for name in self.to_frame().columns)
        return (
            f"<h3>{escape(self.label)}</h3><p><code>{escape(self.id)}</code> · {escape(self.description.type)}{link}"
            f"{f'<br>also {names}' if names else ''}</p><table><tr>{heads}</tr>{rows}</table>{more}"
        )

    def _row(self, fact: Fact) -> list[str | float | int | None]:
        return [
            self._named(fact.actors),
            fact.relation or fact.predicate,
            self._named((fact.theme,)),
            self._named(fact.recipients),
            fact.time or fact.reported[0],
            fact.polarity,
            fact.modality,
            self._named((fact.attribution,)),
            fact.event.score if fact.event else None,
            fact.belief,
            fact.sources,
        ]

    def _named(self, entities: tuple[str | None, ...]) -> str:
        return ", ".join(self.labels.get(entity, entity) for entity in entities if entity)


def find_entity(name: str, entities: Mapping[str, Description]) -> str:
    """The id of the entity with this id, label or other name, in any case; UnknownEntityError where there is none."""
    if name in entities:
        return name
    wanted = name.casefold()
    by_label = {entities[identifier].label.casefold(): identifier for identifier in reversed(list(entities))}
    if wanted in by_label:
        return by_label[wanted]
    for identifier, description in entities.items():
        if any(wanted == other.casefold() for other in description.names):
            return identifier
    raise UnknownEntityError(name, [description.label for description in entities.values()])


def card(name: str, facts: list[Fact], entities: Mapping[str, Description], labels: Mapping[str, str]) -> Dossier:
    """What a graph knows of an entity, by its id or any of its names, or of a relation; UnknownEntityError for neither.

    An entity goes before a relation of the same name, which is always to be had as rel:NAME.
    """
    relations = {fact.relation for fact in facts if fact.relation}
    try:
        return dossier(find_entity(name, entities), facts, entities, labels)
    except UnknownEntityError:
        relation = name.removeprefix("rel:")
        if relation not in relations:
            known = [description.label for description in entities.values()]
            raise UnknownEntityError(name, [*known, *sorted(relations)]) from None
    part = sorted((fact for fact in facts if fact.relation == relation), key=lambda fact: (-fact.belief, fact.id))
    return Dossier(f"rel:{relation}", Description("Relation", relation), tuple(part), labels)


def dossier(
    identifier: str, facts: list[Fact], entities: Mapping[str, Description], labels: Mapping[str, str]
) -> Dossier:
    """What a graph knows of an entity."""
    part = [fact for fact in facts if identifier in (*fact.actors, *fact.recipients, fact.theme, fact.attribution)]
    part.sort(key=lambda fact: (-fact.belief, fact.id))
    return Dossier(identifier, entities[identifier], tuple(part), labels)
