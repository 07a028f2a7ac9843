"""Which state "its northern neighbour" is: by borders, by the bearing of one state's middle from the other's."""

from __future__ import annotations

from collections.abc import Sequence
from math import atan2, cos, degrees, radians

from triplomat.ontology.actors import Gazetteer

from .discourse import Discourse
from .reference import Reference


def neighbour(
    gazetteer: Gazetteer, discourse: Discourse, head: int, owner: Reference, bearings: Sequence[int]
) -> str | None:
    """The state that lies in the direction told from the owner's, or the one neighbour that the article speaks of.

    Of several, it is the one that was spoken of in this sentence or the one before.
    """
    home = gazetteer.actors.get(owner.state or "")
    if home is None:
        return None
    found = []
    for border in home.borders:
        other = gazetteer.actors[border]
        if not bearings or _turn(_bearing(home.position, other.position), bearings[0]) <= 50:
            found.append(border)
    spoken = [border for border in found if discourse.counts[border]]
    if len(spoken) > 1:
        recent = {entry.reference.state for entry in discourse.back(head, sentences=1) if entry.reference is not None}
        spoken = [border for border in spoken if border in recent]
    chosen = found if bearings and len(found) == 1 else spoken
    return chosen[0] if len(chosen) == 1 else None


def _bearing(home: tuple[float, float] | None, other: tuple[float, float] | None) -> float:
    """The direction from one place to another in degrees clockwise from north, on a flat map of that latitude."""
    if home is None or other is None:
        return 360.0
    east = (other[1] - home[1]) * cos(radians((home[0] + other[0]) / 2))
    return degrees(atan2(east, other[0] - home[0])) % 360


def _turn(one: float, other: float) -> float:
    return abs((one - other + 180) % 360 - 180)
