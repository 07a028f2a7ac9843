"""The actor tables → what is known of each entity: label, class, names, Wikidata id."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from .entities import Known


@cache
def known() -> Mapping[str, Known]:
    """Every entity of the packaged tables by its compact id."""
    return {}
