"""Which role a preposition or a verb gives to an argument of a statement (`ontology/lexicon/roles.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from triplomat.errors import DataError

_FILE = "lexicon/roles.toml"
_MANNERS = frozenset({"place", "instrument", "purpose"})


@dataclass(frozen=True, slots=True)
class Roles:
    """Roles by preposition, in general and before an actor; verbs whose theme stands behind "with" or "of"."""

    prepositions: Mapping[str, str]
    before_actors: Mapping[str, str]
    member_nouns: frozenset[str]
    with_theme: frozenset[str]
    of_theme: frozenset[str]
    of_loss: frozenset[str]
    manner: frozenset[str]
    manners: Mapping[str, frozenset[str]]
    people: frozenset[str]
    on: Mapping[str, frozenset[str]]
    through: frozenset[str]
    aimed: Mapping[str, frozenset[str]]

    def of(self, preposition: str | None, *, actor: bool, noun: str = "", verb: str = "", organ: bool = False) -> str:
        """The role of a noun behind a preposition, of a verb or of a noun (""); "adjunct" where the table has none.

        `organ` tells that the noun names an organisation, which words may be made known by.
        """
        manner = noun in self.manner and self.prepositions.get(preposition or "") in _MANNERS
        if preposition is None or ((manner or noun in self.manners.get(preposition, ())) and not actor):
            return "adjunct"
        if preposition == "with" and noun in self.people and not actor:
            return "accompaniment"
        if verb in self.aimed.get(preposition or "", ()):
            return "recipient"
        if preposition == "on" and organ and verb in self.on["telling"]:
            return "instrument"
        if preposition == "on" and verb and not actor and (where := self._upon(noun, verb)) is not None:
            return where
        if preposition == "through" and noun in self.through and not actor:
            return "place"
        if actor and preposition in self.before_actors:
            return self.before_actors[preposition]
        return self.prepositions.get(preposition, "adjunct")

    def _upon(self, noun: str, verb: str) -> str | None:
        """ "Built on the river", "flown out on a plane"."""
        if noun in self.on["place"] and verb not in self.on["topic"]:
            return "place"
        return "instrument" if noun in self.on["instrument"] and verb in self.on["moving"] else None


@cache
def load_roles() -> Roles:
    """The packaged table; DataError where a preposition stands twice."""
    data = tomllib.loads(files("triplomat.ontology").joinpath(_FILE).read_text(encoding="utf-8"))
    return Roles(
        _turned(data["prepositions"]),
        _turned(data["actors"]),
        frozenset(data["members"]["at"]),
        frozenset(data["verbs"]["with_theme"]),
        frozenset(data["verbs"]["of_theme"]),
        frozenset(data["verbs"]["of_loss"]),
        frozenset(data["manner"]["nouns"]),
        MappingProxyType({word: frozenset(data["manner"][word]) for word in ("at", "in", "on", "with")}),
        frozenset(data["people"]["nouns"]),
        MappingProxyType({kind: frozenset(words) for kind, words in data["on"].items()}),
        frozenset(data["through"]["place"]),
        MappingProxyType({word: frozenset(verbs) for word, verbs in data["aimed"].items()}),
    )


def _turned(table: Mapping[str, list[str]]) -> Mapping[str, str]:
    roles: dict[str, str] = {}
    for role, prepositions in table.items():
        for preposition in prepositions:
            if preposition in roles:
                raise DataError(_FILE, None, f"{preposition!r} has two roles, {roles[preposition]} and {role}")
            roles[preposition] = role
    return MappingProxyType(roles)
