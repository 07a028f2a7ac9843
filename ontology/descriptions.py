"""Loads the words of descriptions (`actors/descriptions.toml`): which nouns can stand for an actor of which kind."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Descriptions:
    """Nouns by what they can stand for.

    `state_traits` and `body_traits` map a noun to the trait that its state must have ("kingdom"); `organisations` maps
    a noun to sectors and words of the name (none: any organisation); `people` maps a noun to a gender or None; `kin` to
    a gender ("" for either) and a relation.
    """

    states: frozenset[str]
    state_traits: Mapping[str, str]
    body_traits: Mapping[str, str]
    no_states: frozenset[str]
    organisations: Mapping[str, frozenset[str]]
    people: Mapping[str, str | None]
    attributes: frozenset[str]
    governed: frozenset[str]
    other: frozenset[str]
    vague: frozenset[str]
    bystanders: frozenset[str]
    against: frozenset[str]
    partitives: frozenset[str]
    wholes: frozenset[str]
    attached: frozenset[str]
    foreign: frozenset[str]
    speaking: frozenset[str]
    settled: frozenset[str]
    recalling: frozenset[str]
    pairs_of_people: frozenset[str]
    pairs_of_states: frozenset[str]
    pairs: frozenset[str]
    given: Mapping[str, str]
    common_surnames: frozenset[str]
    kin: Mapping[str, tuple[str, str]]
    ships: frozenset[str]
    related: frozenset[str]
    named_things: frozenset[str]
    firms: frozenset[str]
    leading: frozenset[str]
    vessels: frozenset[str]
    places: frozenset[str]
    missions: frozenset[str]


@lru_cache(maxsize=1)
def load_descriptions() -> Descriptions:
    """The packaged words."""
    source = resources.files("triplomat.ontology") / "actors" / "descriptions.toml"
    data = tomllib.loads(source.read_text("utf-8"))
    organisations = dict.fromkeys(data["organisation"]["nouns"], frozenset[str]())
    for noun, kinds in data["organisation"]["kinds"].items():
        organisations[noun] = frozenset(kinds)
    people: dict[str, str | None] = dict.fromkeys(data["person"]["others"])
    people |= dict.fromkeys(data["person"]["men"], "m") | dict.fromkeys(data["person"]["women"], "f")
    return Descriptions(
        states=frozenset(data["state"]["nouns"]),
        state_traits=MappingProxyType(dict(data["state"]["kinds"])),
        body_traits=MappingProxyType(dict(data["state"]["bodies"])),
        no_states=frozenset(data["state"]["besides"]),
        organisations=MappingProxyType(organisations),
        people=MappingProxyType(people),
        governed=frozenset(data["governed"]["nouns"]),
        other=frozenset(data["other"]["before"]),
        vague=frozenset(data["vague"]["before"]),
        bystanders=frozenset(data["bystanders"]["nouns"]),
        against=frozenset(data["against"]["words"]),
        partitives=frozenset(data["partitive"]["nouns"]),
        wholes=frozenset(data["partitive"]["wholes"]),
        attached=frozenset(data["attached"]["words"]),
        foreign=frozenset(data["foreign"]["participles"]),
        speaking=frozenset(data["speaking"]["nouns"]),
        settled=frozenset(data["settled"]["verbs"]),
        recalling=frozenset(data["recalling"]["verbs"]),
        attributes=frozenset(data["attributes"]["before"]),
        pairs_of_people=frozenset(data["pair"]["people"]),
        pairs_of_states=frozenset(data["pair"]["states"]),
        pairs=frozenset(data["pair"]["either"]),
        given=MappingProxyType(dict.fromkeys(data["given"]["men"], "m") | dict.fromkeys(data["given"]["women"], "f")),
        common_surnames=frozenset(data["surnames"]["common"]),
        ships=frozenset(data["ships"]["prefixes"]),
        related=frozenset(data["related"]["nouns"]),
        named_things=frozenset(data["thing"]["named"]),
        firms=frozenset(data["thing"]["firms"]),
        leading=frozenset(data["thing"]["leading"]),
        vessels=frozenset(data["thing"]["vessels"]),
        places=frozenset(data["place"]["nouns"]),
        missions=frozenset(data["mission"]["nouns"]),
        kin=MappingProxyType({noun: (gender, relation) for noun, (gender, relation) in data["kin"].items()}),
    )
