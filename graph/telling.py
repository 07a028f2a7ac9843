"""A spool of contributions → its entities and facts, in little memory however many articles there are.

Facts are made bucket by bucket; what each gives to the dataset, the tables and the network is noted on disk, to be read
in order.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from sys import intern

from triplomat.ontology.terms import Names

from .claims import from_line
from .entities import Description, Known, description
from .exchange import edge_cells
from .facts import Fact, Sources, agreed
from .network import Acting, Filter, edge_attributes, pairs
from .rdf import about_fact
from .roles import Entity
from .showing import MOST_FACTS, backing
from .spool import Filler, Spool, decoded
from .spreadsheet import event_line, event_place
from .turtle import block, words

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_LABELS = 100_000  # kept in memory at a time


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim by its name, its article and its confidence: what is kept in memory of those that the page shows."""

    id: str
    document: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Told:
    """What is known after all facts were told: how many, in how many quads, the best backed of them by their ids, each
    with its evidence in place of its claims, and whom each actor acts for.
    """

    count: int
    quads: int
    strongest: tuple[tuple[Fact, tuple[Evidence, ...]], ...]
    acting: Acting


class Descriptions(Mapping[str, Description]):
    """The entities of a spool by their ids, read as they are asked for."""

    def __init__(self, spool: Spool) -> None:
        self.spool = spool
        self._known = lru_cache(_LABELS)(self._read)

    def __getitem__(self, name: str) -> Description:
        found = self._known(name)
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return (decoded(name) for (name,) in self.spool.rows("SELECT id FROM entity ORDER BY id"))

    def __len__(self) -> int:
        return int(next(self.spool.rows("SELECT COUNT(*) FROM entity"))[0])

    def _read(self, name: str) -> Description | None:
        for (line,) in self.spool.rows("SELECT line FROM entity WHERE id = ?", name):
            type, label, names, wikidata, sector = json.loads(decoded(line))
            return Description(type, label, tuple(names), wikidata, sector)
        return None


class Labels(Mapping[str, str]):
    """The labels of entities by their ids."""

    def __init__(self, descriptions: Mapping[str, Description]) -> None:
        self.descriptions = descriptions
        self._found: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        if name not in self._found:
            if len(self._found) >= _LABELS:
                self._found.clear()
            self._found[name] = self.descriptions[name].label
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.descriptions)

    def __len__(self) -> int:
        return len(self.descriptions)


def describe_all(spool: Spool, known: Mapping[str, Known], names: Names) -> Descriptions:
    """Describe every entity that an article speaks of: of the ways to speak of one, by that which `rank`s first."""
    ways = spool.rows("SELECT DISTINCT id, label, type, state, sector FROM named ORDER BY 1, 2, 3, 4, 5")
    with Filler(spool, "entity") as entities:
        for _, group in groupby(ways, key=itemgetter(0)):
            ident, label, type, *rest = next(group)
            state, sector = (part if part is None else decoded(part) for part in rest)
            entity = Entity(decoded(ident), decoded(type), decoded(label), state, sector)
            about = description(entity, known)
            line = _JSON.encode([about.type, about.label, about.names, about.wikidata, about.sector])
            entities.add(entity.id, words(names.base).ids[entity.id], line)
    return Descriptions(spool)


def tell_facts(
    spool: Spool, sources: Sources, labels: Mapping[str, str], names: Names, write: Callable[[str], object]
) -> Told:
    """Make the facts, bucket by bucket, write each in Turtle, and note what it gives beside."""
    keep, acting, count, quads, known = Filter(), Acting(), 0, 0, words(names.base)

    best: list[tuple[tuple[int, float, str], Fact, tuple[Evidence, ...]]] = []
    with Filler(spool, "event") as events, Filler(spool, "edge") as edges:
        for fact in _facts(spool, sources):
            told, triples = block(known.hashed(fact.id), about_fact(fact, names))
            write(told)
            count, quads = count + 1, quads + triples
            if fact.event:
                events.add(*event_place(fact), event_line(fact, labels))
            if keep(fact):
                acting.see(fact)
                for row in _edges(fact):
                    edges.add(*row)
            if len(best) < MOST_FACTS or backing(fact) > best[0][0]:
                push = heapq.heappush if len(best) < MOST_FACTS else heapq.heappushpop
                push(best, (backing(fact), replace(fact, claims=()), _evidence(fact)))
    strongest = sorted(((fact, evidence) for _, fact, evidence in best), key=lambda pair: pair[0].id)
    return Told(count, quads, tuple(strongest), acting)


def _edges(fact: Fact) -> Iterator[tuple[str | float, ...]]:
    """The rows of a fact's edges."""
    for source, target, mutual in pairs(fact, {}):
        about = edge_attributes(fact, mutual)
        documents = _JSON.encode(about["documents"])
        yield source, target, fact.id, *edge_cells(fact.id, about), documents, about["weight"], mutual


def _evidence(fact: Fact) -> tuple[Evidence, ...]:
    return tuple([Evidence(item.id, intern(item.document), item.confidence) for item in fact.claims])


def _facts(spool: Spool, sources: Sources) -> Iterator[Fact]:
    rows = spool.rows("SELECT bucket, line FROM claim ORDER BY bucket")
    for _, group in groupby(rows, key=itemgetter(0)):
        yield from agreed([from_line(line.decode("utf-8", "surrogatepass")) for _, line in group], sources)
