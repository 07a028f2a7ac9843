"""Statement → the entities in its roles: actors, recipients, themes, places and other participants, as compact ids.

A phrase without an entity becomes a thing named by its words (`thing:oil`); a state's government and officials
without a name become that state, another sector of it a group of that state (`group:RUS_MIL`).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from triplomat.extractors.statement import Argument, Party, Statement
from triplomat.ontology.actors import load_actors
from triplomat.ontology.things import load_thing_words

ACTOR_TYPES = frozenset({"State", "Person", "Organization", "Group", "Actor"})
_KINDS = {"country": "State", "person": "Person", "org": "Organization", "group": "Group", "place": "Place"}
_PARTICIPANTS = frozenset(
    ("instrument", "topic", "member", "purpose", "source", "destination", "beneficiary", "accompaniment")
)
_PLACED = re.compile(r",|\s(?:in|at|near|on|inside|outside|who|which|that)\s")  # where a group is, or more of it
_BEHIND = re.compile(r"[,(]|\s(?:of|in|from|for|on|at|near|to|with|who|which|that)\s")  # what stands behind a head
_LONG = 60
_KEPT = 20_000  # phrases, most of which come again, that a process remembers


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity as statements speak of it: compact id, class of the ontology, label, the state it acts for, its
    sector.
    """

    id: str
    type: str
    label: str
    state: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class Roles:
    """Who and what stand in a statement's roles; `patient` is what its verb's object is, an actor or a thing."""

    actors: tuple[Entity, ...] = ()
    recipients: tuple[Entity, ...] = ()
    themes: tuple[Entity, ...] = ()
    places: tuple[Entity, ...] = ()
    participants: tuple[Entity, ...] = ()
    attribution: Entity | None = None
    patient: Entity | None = None
    quantities: tuple[Argument, ...] = ()
    time: str | None = None

    def __iter__(self) -> Iterator[Entity]:
        yield from self.actors
        yield from self.recipients
        yield from self.themes
        yield from self.places
        yield from self.participants
        if self.attribution:
            yield self.attribution


def roles(statement: Statement) -> Roles:
    """The entities in a statement's roles.

    The parties are the event's where the statement is one; else the subject and, of the object and the arguments called
    recipient, those that can act. An object that isn't a party is the theme.
    """
    statement = _without_pronouns(statement)
    event, arguments = statement.event, statement.arguments
    quantities = tuple([argument for argument in arguments if argument.role == "quantity"])
    patient = _entity(_core(statement.object, statement), quantities) if statement.object else None
    recipients = [_entity(argument, quantities) for argument in arguments if argument.role == "recipient"]
    if event and (event.actors or event.recipients):
        actors = _unique([_party(party) for party in event.actors if not _nameless(party)])
        parties = _unique([_party(party) for party in event.recipients if not _nameless(party)])
    else:
        actors = _unique([_entity(statement.subject, quantities)] if statement.subject else [])
        able = [patient] if patient and patient.type in ACTOR_TYPES else []
        parties = _unique([entity for entity in [*recipients, *able] if entity.type in ACTOR_TYPES])
    taken = {entity.id for entity in (*actors, *parties)}
    themes = [patient] if patient and patient.id not in taken else []
    themes += [_entity(argument, quantities) for argument in arguments if argument.role == "theme"]
    times = [argument.value for argument in arguments if argument.role == "time" and argument.value]
    return Roles(
        actors=actors,
        recipients=parties,
        themes=_unique([entity for entity in themes if entity.id not in taken]),
        places=_unique([_entity(item, (), "Place") for item in arguments if item.role == "place"]),
        participants=_unique([_entity(item, ()) for item in arguments if item.role in _PARTICIPANTS]),
        attribution=_entity(statement.attribution, ()) if statement.attribution else None,
        patient=patient,
        quantities=quantities,
        time=times[0] if times else None,
    )


def _without_pronouns(statement: Statement) -> Statement:
    """The statement without the pronouns that nobody could resolve: they name nothing that a graph could hold."""
    spans = (statement.subject, statement.object, statement.attribution, *statement.arguments)
    if not any(map(_nameless, spans)):
        return statement
    return replace(
        statement,
        subject=None if _nameless(statement.subject) else statement.subject,
        object=None if _nameless(statement.object) else statement.object,
        arguments=tuple(argument for argument in statement.arguments if not _nameless(argument)),
        attribution=None if _nameless(statement.attribution) else statement.attribution,
    )


def _nameless(argument: Argument | Party | None) -> bool:
    """Whether an argument is a pronoun that nobody could resolve."""
    if argument is None or argument.entity or argument.state:
        return False
    return _is_pronoun(argument.text)


@lru_cache(maxsize=_KEPT)
def _is_pronoun(text: str) -> bool:
    return text.casefold() in load_thing_words().pronouns


def state(identifier: str) -> Entity:
    """A state that somebody acts for."""
    return _named(identifier, "State", None, "State")


def sector_label(state_label: str, sector: str) -> str:
    """How a sector of a state is called: "Russia (military)"."""
    return f"{state_label} ({load_thing_words().sectors.get(sector, sector)})"


@lru_cache(maxsize=_KEPT)
def thing(text: str, *, place: bool = False) -> tuple[str, str]:
    """The id and label of a phrase without an entity: its words without determiners, numbers and possessives.

    >>> thing("a further five million artillery rounds")
    ('thing:artillery_rounds', 'artillery rounds')
    """
    words = " ".join(unicodedata.normalize("NFC", text).split())
    label = load_thing_words().leading.sub("", words) or words
    label = label.strip(" '\"‘’“”.,;:–-") or words
    slug = re.sub(r"[^\w-]+", "_", label.casefold()).strip("_") or "unnamed"
    if len(slug) > _LONG:
        slug = f"{slug[:_LONG].rstrip('_')}_{hashlib.blake2b(slug.encode(), digest_size=4).hexdigest()}"
    return ("place:" if place else "thing:") + slug, label


def _core(phrase: Argument, statement: Statement) -> Argument:
    """The phrase without what stands in it as an argument of its own, or tells more of it: "rounds [to the army]"."""
    if phrase.entity:
        return phrase
    inside = [
        item.start - phrase.start
        for item in statement.arguments
        if item.role not in ("quantity", "theme") and phrase.start < item.start < phrase.end
    ]
    if statement.event:
        inside += [place for party in statement.event.recipients if (place := phrase.text.find(party.text)) > 0]
    text = _without_more(phrase.text[: min(inside)] if inside else phrase.text)
    if text == phrase.text:
        return phrase
    return replace(phrase, text=text, end=phrase.start + len(text)) if text.strip() else phrase


@lru_cache(maxsize=_KEPT)
def _without_more(text: str) -> str:
    text = load_thing_words().more.split(text, maxsplit=1)[0]
    return load_thing_words().dangling.sub("", text).rstrip(" ,;:–-(")


def _entity(argument: Argument, quantities: Iterable[Argument], default: str = "Thing") -> Entity:
    if argument.entity:
        return _named(argument.entity, argument.type, argument.state, default)
    if argument.state and _is_pronoun(argument.text):
        return state(argument.state)
    if argument.state and argument.type in ACTOR_TYPES and default != "Place" and (sector := _sector_of(argument.text)):
        return state(argument.state) if sector == "GOV" else _sector(argument.state, sector)
    text = argument.text
    for quantity in quantities:
        if quantity.start == argument.start and quantity.end < argument.end:
            text = text[quantity.end - quantity.start :].strip()
    identifier, label = thing(text, place=default == "Place")
    kind = argument.type if argument.type and argument.type not in ACTOR_TYPES else default
    if argument.type in ACTOR_TYPES and default != "Place":
        kind = "Group"
        if label != label.lower():  # "protesters" are others in every article, so no actor
            identifier = "group:" + identifier.partition(":")[2]
    return Entity(identifier, kind or default, label, argument.state)


@lru_cache(maxsize=_KEPT)
def _named(entity: str, type: str | None, state: str | None, default: str) -> Entity:
    prefix, _, name = entity.partition(":")
    return Entity(entity, type or _KINDS.get(prefix, default), name.replace("_", " "), state)


@lru_cache(maxsize=_KEPT)
def _sector(state: str, sector: str) -> Entity:
    code = state.partition(":")[2]
    return Entity(f"group:{code}_{sector}", "Group", sector_label(code, sector), state, sector)


@lru_cache(maxsize=_KEPT)
def _sector_of(text: str) -> str | None:
    """The sector of the role or organ that a phrase names: "Niger's military government", "two Chadian officers"."""
    words = _BEHIND.split(text, maxsplit=1)[0].casefold().split()
    for length in (3, 2, 1):
        phrase = " ".join(words[-length:])
        role = load_actors().roles.get(phrase) or load_actors().roles.get(phrase.removesuffix("s"))
        if role is not None and len(words) >= length:
            return role.sector
    return None


def _party(party: Party) -> Entity:
    if party.entity:
        return _named(party.entity, None, party.state, "Thing")
    if party.state and (not party.sector or party.sector == "GOV"):
        return _named(party.state, "State", party.state, "Thing")
    if party.state:
        return _sector(party.state, party.sector or "")
    if not party.sector and (region := _regions().get(party.code or "")):  # "Western sanctions"
        return _named(region, "Group", None, "Thing")
    slug, label = thing(_PLACED.split(party.text, maxsplit=1)[0])
    if label == label.lower():
        return Entity(slug, "Group", label, None, party.sector)
    slug = slug.partition(":")[2]
    return Entity(f"group:{slug}", "Group", label, None, party.sector)


@cache
def _regions() -> Mapping[str, str]:
    """The blocs and regions by their codes."""
    actors = load_actors().actors
    return {
        actor.code: name
        for name, actor in actors.items()
        if name.startswith("group:") and actor.code and f"country:{actor.code}" not in actors
    }


def _unique(entities: list[Entity]) -> tuple[Entity, ...]:
    if len(entities) < 2:
        return tuple(entities)
    return tuple({entity.id: entity for entity in entities}.values())
