"""Loads the words of descriptions (`actors/descriptions.toml`): which nouns can stand for an actor of which kind."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType

from .word_sets import word_sets, words

_FILE = "actors/descriptions.toml"


@dataclass(frozen=True, slots=True)
class Descriptions:
    """Nouns by what they can stand for.

    `state_traits` and `body_traits` map a noun to the trait that its state must have ("kingdom"); `organisations` maps
    a noun to sectors and words of the name (none: any organisation); `people` maps a noun to a gender or None; `kin` to
    a gender ("" for either) and a relation; `bearings` a word to degrees clockwise from north.
    """

    state_traits: Mapping[str, str]
    body_traits: Mapping[str, str]
    organisations: Mapping[str, frozenset[str]]
    people: Mapping[str, str | None]
    given: Mapping[str, str]
    kin: Mapping[str, tuple[str, str]]
    bearings: Mapping[str, int]
    states: frozenset[str] = words("state", "nouns")
    no_states: frozenset[str] = words("state", "besides")
    attributes: frozenset[str] = words("attributes", "before")
    governed: frozenset[str] = words("governed", "nouns")
    other: frozenset[str] = words("other", "before")
    vague: frozenset[str] = words("vague", "before")
    bystanders: frozenset[str] = words("bystanders", "nouns")
    against: frozenset[str] = words("against")
    partitives: frozenset[str] = words("partitive", "nouns")
    wholes: frozenset[str] = words("partitive", "wholes")
    attached: frozenset[str] = words("attached")
    foreign: frozenset[str] = words("foreign", "participles")
    speaking: frozenset[str] = words("speaking", "nouns")
    settled: frozenset[str] = words("settled", "verbs")
    recalling: frozenset[str] = words("recalling", "verbs")
    pairs_of_people: frozenset[str] = words("pair", "people")
    pairs_of_states: frozenset[str] = words("pair", "states")
    pairs: frozenset[str] = words("pair", "either")
    common_surnames: frozenset[str] = words("surnames", "common")
    ships: frozenset[str] = words("ships", "prefixes")
    related: frozenset[str] = words("related", "nouns")
    helped: frozenset[str] = words("helped", "participles")
    named_things: frozenset[str] = words("thing", "named")
    firms: frozenset[str] = words("thing", "firms")
    leading: frozenset[str] = words("thing", "leading")
    vessels: frozenset[str] = words("thing", "vessels")
    places: frozenset[str] = words("place", "nouns")
    missions: frozenset[str] = words("mission", "nouns")
    designating: frozenset[str] = words("designating", "nouns")
    teams: frozenset[str] = words("team", "roles")
    heading: frozenset[str] = words("heading", "roles")
    politicians: frozenset[str] = words("politician", "nouns")
    aircraft: frozenset[str] = words("aircraft", "names")
    regional: frozenset[str] = words("regional", "roles")
    mouthpieces: frozenset[str] = words("mouthpiece", "nouns")
    insurgents: frozenset[str] = words("insurgent", "nouns")


@lru_cache(maxsize=1)
def load_descriptions() -> Descriptions:
    """The packaged words."""
    data = tomllib.loads(resources.files("triplomat.ontology").joinpath(_FILE).read_text("utf-8"))
    organisations = dict.fromkeys(data["organisation"]["nouns"], frozenset[str]())
    for noun, kinds in data["organisation"]["kinds"].items():
        organisations[noun] = frozenset(kinds)
    people: dict[str, str | None] = dict.fromkeys(data["person"]["others"])
    people |= dict.fromkeys(data["person"]["men"], "m") | dict.fromkeys(data["person"]["women"], "f")
    return Descriptions(
        state_traits=MappingProxyType(dict(data["state"]["kinds"])),
        body_traits=MappingProxyType(dict(data["state"]["bodies"])),
        organisations=MappingProxyType(organisations),
        people=MappingProxyType(people),
        given=MappingProxyType(dict.fromkeys(data["given"]["men"], "m") | dict.fromkeys(data["given"]["women"], "f")),
        kin=MappingProxyType({noun: (gender, relation) for noun, (gender, relation) in data["kin"].items()}),
        bearings=MappingProxyType(dict(data["bearings"])),
        **word_sets(Descriptions, data, _FILE),
    )
