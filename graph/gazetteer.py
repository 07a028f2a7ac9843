"""The actor tables → what is known of each entity: label, class, names, Wikidata id."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from .entities import Known


@cache
def known(extra: Path | None = None) -> Mapping[str, Known]:
    """Every entity of the packaged tables, and of a table of the user's own, by its compact id."""
    from triplomat.ontology.actors import load_actors

    actors = load_actors(extra).actors
    return MappingProxyType(
        {name: Known(actor.name, actor.type, actor.aliases, actor.wikidata) for name, actor in actors.items()}
    )
