"""The actors that news is about and the names they go by: reads the tables in `actors/` into a frozen Gazetteer.

A name may mean several actors, and an actor's office, state and membership depend on the date: the gazetteer says
what is possible when; which of the candidates a mention means is for `triplomat.extractors.linking` to judge.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType

from triplomat.errors import DataError, cause
from triplomat.ontology import actor_tables
from triplomat.ontology.actor_tables import Actor, Place, Role, Term
from triplomat.ontology.titles import load_titles

__all__ = ["Actor", "Gazetteer", "Place", "Role", "Sense", "Term", "explain_name", "fold", "load_actors"]

TABLES = ("states.csv", "organisations.csv", "groups.csv", "companies.csv", "leaders.csv")
PARTICLES = frozenset("al el bin ibn ben von van de der den du da di dos la le ter ten del della".split())
GENERATIONS = frozenset("Jr. Jr Sr. Sr I II III IV V VI VII VIII IX X XI XII XIV XVI XXIII".split())


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing that a name can mean.

    `kind` is how: "name", "adjective" (Russian), "demonym" (a Russian, the Russians), "surname", "capital" or "seat"
    (whose government it can stand for), "city", "region". `actor` is None for a place or adjective that is no actor
    of its own (Texas, Chechen); `state` is the state that the place lies in or the people belong to.
    """

    kind: str
    actor: str | None
    state: str | None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A name found in a text: its offsets and the key that `Gazetteer.senses` knows it by."""

    start: int
    end: int
    name: str


@dataclass(frozen=True)
class Gazetteer:
    """Actors by id, senses by folded name, and the index that finds names in a text. Frozen after loading.

    `articled` are names of one word that are names only after "the": the West, the Fed. `given` is the gender that
    the tables' people of a given name have in common.
    """

    actors: Mapping[str, Actor]
    roles: Mapping[str, Role]
    names: Mapping[str, tuple[Sense, ...]]
    articled: frozenset[str]
    starts: Mapping[str, tuple[str, ...]] = field(repr=False)
    given: Mapping[str, str] = field(repr=False)
    offices: Mapping[tuple[str, str], tuple[tuple[str, Term], ...]] = field(repr=False)

    @cached_property
    def states(self) -> tuple[Actor, ...]:
        """The actors that are states, in the tables' order."""
        return tuple(actor for actor in self.actors.values() if actor.type == "State")

    def senses(self, name: str) -> tuple[Sense, ...]:
        """What a name can mean; folds it first. Empty if it is unknown."""
        return self.names.get(fold(name), ())

    def find(self, text: str) -> Iterator[Match]:
        """The known names in a text, longest first from the left, never overlapping; capitals count.

        A word all in capitals is also looked up as a name written normally (a headline's UKRAINE).
        """
        folded = fold(text)
        end = 0
        for word in _WORD.finditer(folded):
            start = word.start()
            if start < end:
                continue
            for name in self.starts.get(word.group(), ()):
                stop = start + len(name)
                if folded.startswith(name, start) and _is_boundary(folded, stop):
                    end = stop
                    yield Match(start, stop, name)
                    break
            else:
                if len(word.group()) > 3 and word.group().isupper():
                    for name in self.starts.get(word.group().capitalize(), ()):
                        stop = start + len(name)
                        if folded.startswith(name.upper(), start) and _is_boundary(folded, stop):
                            end = stop
                            yield Match(start, stop, name)
                            break

    def term(self, actor: str, on: str | None = None) -> Term | None:
        """The office that a person holds on a date (ISO 8601), the weightiest first; without a date, the present one.

        A person out of office has none; the first of the terms listed counts where several run at once.
        """
        terms = self.actors[actor].offices
        return next((term for term in terms if term.covers(on)), None)

    def state(self, actor: str, on: str | None = None) -> str | None:
        """The state that an actor is, belongs to or acts for on a date; None for those that have none."""
        known = self.actors[actor]
        if known.type == "State":
            return actor
        term = self.term(actor, on)
        holder = self.actors.get(term.holder) if term is not None else None
        if holder is None:
            return known.state
        return holder.id if holder.type == "State" else holder.state

    def code(self, actor: str, on: str | None = None) -> str | None:
        """PLOVER's code of an actor on a date: ISO 3166 alpha-3 of its state, or IGO, NGO …; None if it has none."""
        known = self.actors[actor]
        if known.code:
            return known.code
        term = self.term(actor, on)
        if term is not None and term.holder in self.actors and self.actors[term.holder].code:
            return self.actors[term.holder].code
        state = self.state(actor, on)
        return state.partition(":")[2] if state else None

    def sector(self, actor: str, on: str | None = None) -> str | None:
        """PLOVER's sector of an actor on a date: a person's by the office, an organisation's own; None for a state."""
        known = self.actors[actor]
        term = self.term(actor, on)
        if term is not None:
            holder = self.actors.get(term.holder)
            if holder is not None and holder.sector in ("REB", "BUS", "JRN", "PMC", "CRM"):
                return holder.sector
            role = self.roles.get(term.office.replace("_", " "))
            return role.sector if role else "GOV"
        if known.type == "Person" and known.offices:
            return "ELI"
        return known.sector

    def holders(self, office: str, holder: str, on: str | None = None) -> tuple[str, ...]:
        """Who holds an office of a state or organisation (its id) on a date."""
        return tuple(person for person, term in self.offices.get((office, holder), ()) if term.covers(on))

    def members(self, actor: str, on: str | None = None) -> tuple[str, ...]:
        """The states that make up an organisation or bloc on a date."""
        return tuple(term.holder for term in self.actors[actor].members if term.covers(on))


def fold(text: str) -> str:
    """The text with accents, curly quotes, dashes and odd spaces made plain, character for character.

    >>> fold("Türkiye’s Erdoğan")
    "Turkiye's Erdogan"
    """
    return text if text.isascii() else text.translate(_PLAIN)


def load_actors(extra: Path | None = None) -> Gazetteer:
    """The gazetteer of the packaged tables and, if given, a user's own file with any of their columns.

    Raises DataError that names the file and the row for a duplicate id, a missing or unknown column, overlapping
    terms, a code or date that isn't one; nothing is loaded then.
    """
    return _loaded(extra)


@lru_cache(maxsize=8)
def _loaded(extra: Path | None) -> Gazetteer:
    """The same; a call with the argument left out and one with None share what is loaded."""
    folder = resources.files("triplomat.ontology") / "actors"
    actors: dict[str, Actor] = {}
    for table in TABLES:
        source = folder / table
        if source.is_file():
            actor_tables.read_actors(source.read_text("utf-8"), f"ontology/actors/{table}", into=actors)
    places = [
        place
        for table in ("places.csv", "cities.csv")
        for place in actor_tables.read_places((folder / table).read_text("utf-8"), f"ontology/actors/{table}")
    ]
    source = folder / "roles.csv"
    roles = actor_tables.read_roles(source.read_text("utf-8"), "ontology/actors/roles.csv") if source.is_file() else {}
    if extra is not None:
        try:
            text = extra.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(str(extra), None, f"can't be read as UTF-8 text ({cause(error)})") from None
        actor_tables.read_actors(text, str(extra), into=actors, known_states=True)
    return _gazetteer(actors, places, roles)


def explain_name(gazetteer: Gazetteer, name: str, *, on: str | None = None) -> str:
    """What a name can mean, why, and at which dates: the lines that `triplomat actors NAME` prints."""
    senses = gazetteer.senses(name)
    if not senses:
        return f"{name}: no actor or place of that name"
    lines = []
    for sense in senses:
        if sense.actor is None:
            lines.append(f"{name}: {sense.kind} of {sense.state}")
            continue
        actor = gazetteer.actors[sense.actor]
        line = f"{name}: {actor.id} ({actor.name}, {actor.type}) as its {sense.kind}"
        facts = [f"state {gazetteer.state(actor.id, on)}"] if gazetteer.state(actor.id, on) else []
        facts += [f"code {gazetteer.code(actor.id, on)}"] if gazetteer.code(actor.id, on) else []
        facts += [f"sector {gazetteer.sector(actor.id, on)}"] if gazetteer.sector(actor.id, on) else []
        if actor.start or actor.end:
            facts.append(f"{actor.start or '…'} to {actor.end or 'today'}")
        lines.append(line + (f" on {on}: " if on else ": ") + ", ".join(facts) if facts else line)
        for term in actor.offices:
            now = " *" if term.covers(on) else ""
            office = term.office.replace("_", " ")
            lines.append(f"  {office} of {term.holder}, {term.start or '…'} to {term.end or 'today'}{now}")
    return "\n".join(lines)


# ------------------------------------------------------------------ the index of names

_WORD = re.compile(
    r"(?<![\w])(?:[A-Z]\w*|\d\d(?= Downing)|(?:inter|world|euro|axis|oil)\w*"
    r"|(?:al|el|bin|ibn|von|van|de|di|da|du|dos|ten|ter)(?=[ -](?:(?:der|den|la|las|los) )?[A-Z]))"
)
_PLAIN = {
    code: plain
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
    if len(plain := unicodedata.normalize("NFD", chr(code))[:1]) == 1 and plain != chr(code)
} | str.maketrans("‘’ʼ`´“”‐‑‒–—øØłŁıđĐ\u00a0\u2009\u202f\n\t", "'''''\"\"-----oOlLidD     ")


def _is_boundary(text: str, stop: int) -> bool:
    return stop >= len(text) or not (text[stop].isalnum() or text[stop] == "_")


def _gazetteer(actors: Mapping[str, Actor], places: Iterable[Place], roles: Mapping[str, Role]) -> Gazetteer:
    names: dict[str, list[Sense]] = {}
    offices: dict[tuple[str, str], list[tuple[str, Term]]] = {}
    bare: set[str] = set()
    articled: set[str] = set()

    def add(name: str, sense: Sense) -> None:
        plain = fold(name)
        if plain.startswith("the "):
            plain = plain[4:]
            articled.add(plain)
        else:
            bare.add(plain)
        if plain[:1].islower() and sense.kind == "surname":
            add(plain[0].upper() + plain[1:], sense)  # at the head of a sentence
        known = names.setdefault(plain, [])
        if sense not in known:
            known.append(sense)

    for actor in actors.values():
        for name in (actor.name, *actor.aliases):
            add(name, Sense("name", actor.id, actor.state))
        for name in actor.adjectives:
            add(name, Sense("adjective", actor.id, actor.state))
        for name in actor.demonyms:
            add(name, Sense("demonym", actor.id, actor.state))
    for place in places:
        actor_id = place.state if place.kind in ("capital", "seat") else None
        add(place.name, Sense(place.kind, actor_id, place.state, place.sector))
    actors = {key: _with_holders(actor, actors, names) for key, actor in actors.items()}
    for actor in actors.values():
        for term in actor.offices:
            offices.setdefault((term.office, term.holder), []).append((actor.id, term))
        if actor.type == "Person":
            for surname in surnames(actor):
                add(surname, Sense("surname", actor.id, actor.state))
    starts: dict[str, list[str]] = {}
    for name in names:
        if word := _WORD.match(name):
            starts.setdefault(word.group(), []).append(name)
    return Gazetteer(
        actors=MappingProxyType(dict(actors)),
        roles=MappingProxyType(dict(roles)),
        names=MappingProxyType({name: tuple(senses) for name, senses in names.items()}),
        articled=frozenset(name for name in articled - bare if " " not in name),
        given=MappingProxyType(_given_names(actors)),
        starts=MappingProxyType({word: tuple(sorted(found, key=len, reverse=True)) for word, found in starts.items()}),
        offices=MappingProxyType({key: tuple(found) for key, found in offices.items()}),
    )


def _with_holders(actor: Actor, actors: Mapping[str, Actor], names: Mapping[str, list[Sense]]) -> Actor:
    """The actor with the holders of its offices as ids: a table names an organisation by its id's name or an alias."""
    if not any(term.holder not in actors for term in actor.offices):
        return actor
    terms = []
    for term in actor.offices:
        name = term.holder.removeprefix("country:")
        if term.holder not in actors:
            known = [
                sense.actor for sense in names.get(name.replace("_", " "), ()) if sense.kind == "name" and sense.actor
            ]
            holder = f"org:{name}" if f"org:{name}" in actors else known[0] if known else name
            term = replace(term, holder=holder)
        terms.append(term)
    return replace(actor, offices=tuple(terms))


def _given_names(actors: Mapping[str, Actor]) -> dict[str, str]:
    """The first names that only men or only women of the tables have, family-name-first peoples apart."""
    genders: dict[str, set[str]] = {}
    for actor in actors.values():
        if actor.type == "Person" and actor.gender and actor.state not in load_titles().family_first:
            genders.setdefault(fold(actor.name.split()[0]), set()).add(actor.gender)
    return {name: next(iter(found)) for name, found in genders.items() if len(found) == 1}


def surnames(actor: Actor) -> Iterator[str]:
    """The names that a person goes by after the first mention: the family name, with and without its particles.

    The family name comes first in Chinese and Korean, last elsewhere: "Xi", "Assad" and "al-Assad", "von der Leyen".
    """
    words = [word for word in actor.name.split() if word not in GENERATIONS]
    if len(words) < len(actor.name.split()):
        yield " ".join(words)
    if len(words) < 2:
        return
    if actor.state in load_titles().family_first and (
        len(words) == 3 or "-" in words[-1] or actor.state == "country:CHN"
    ):
        yield words[0]
        return
    first = len(words) - 1
    while first > 1 and words[first - 1].lower() in PARTICLES:
        first -= 1
    yield " ".join(words[first:])
    if actor.state in load_titles().given_first and len(words[0]) > 2:
        yield words[0]  # "Thaksin", "Abiy"
    head, _, rest = words[-1].partition("-")
    if head.lower() in ("al", "el") and rest:
        yield rest
    elif first < len(words) - 1 and words[first].lower() in ("al", "el"):
        yield words[-1]
