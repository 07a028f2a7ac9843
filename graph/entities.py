"""Entities of statements → how they are labelled and typed, with the names and Wikidata ids that the actor tables
have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from triplomat.extractors.statement import Statement

from .roles import Entity, roles, sector_label, state


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of an entity: class of the ontology, label, other names, Wikidata id (Q159) or None, its sector."""

    type: str
    label: str
    names: tuple[str, ...] = ()
    wikidata: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What the actor tables say of an entity."""

    label: str
    type: str | None = None
    names: tuple[str, ...] = ()
    wikidata: str | None = None


def describe(statements: Iterable[Statement], known: Mapping[str, Known] | None = None) -> dict[str, Description]:
    """Every entity of the statements, and every state that one acts for, in the order of their ids.

    A thing's label is the alphabetically first of the ways it was written, so that it doesn't hang on the order.
    """
    known = known or {}
    found: dict[str, Entity] = {}
    for statement in statements:
        merged(found, roles(statement))
    return {name: description(found[name], known) for name in sorted(found)}


def merged(found: dict[str, Entity], entities: Iterable[Entity]) -> None:
    """Put entities, and the states that they act for, to those found; of two of one id, the first by label stays."""
    for entity in entities:
        if found.get(entity.id) is entity:
            continue
        for each in (entity, state(entity.state)) if entity.state else (entity,):
            before = found.get(each.id)
            if before is None or (before != each and rank(each) < rank(before)):
                found[each.id] = each


def rank(entity: Entity) -> tuple[str, str, str, str]:
    """By what of two ways to speak of an entity one is chosen, whichever comes first."""
    return entity.label, entity.type, entity.state or "", entity.sector or ""


def description(entity: Entity, known: Mapping[str, Known]) -> Description:
    """What is known of an entity: from the tables, else from how it is spoken of."""
    entry = known.get(entity.id)
    if entry is not None:
        names = tuple(sorted({name for name in entry.names if name != entry.label}))
        return Description(entry.type or entity.type, entry.label, names, entry.wikidata, entity.sector)
    label = entity.label
    if entity.sector and entity.state:
        state = known.get(entity.state)
        label = sector_label(state.label if state else label.split(" (")[0], entity.sector)
    return Description(entity.type, label, sector=entity.sector)
