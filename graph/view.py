"""From facts to what the page shows: actors with their place, ties between them, and the rows that its script reads."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from numbers import Real
from typing import TYPE_CHECKING

from .layout import place, settle
from .naming import clean, is_actor, kind_of, mentions, most_common, names_of, readable, shortened, sign_of

if TYPE_CHECKING:
    from triplomat.extractors.statement import Article, Statement

    from .facts import Fact

COOPERATION, CONFLICT, RELATION = "cooperation", "conflict", "relation"
ASSERTED, HEDGED, DENIED = "asserted", "hedged", "denied"
THING = "Thing"
MOST_THINGS = 150
THING_SIZE = 9.0

Measure = float | int | str | tuple[int, int] | None  # a pair is an interval, as of ranks
Measures = Mapping[str, Mapping[str, Measure]]


@dataclass(frozen=True, slots=True)
class Actor:
    """An entity in the picture: `sign` is its short form (RUS, NATO, VP), `size` its radius, (x, y) its centre."""

    id: str
    label: str
    type: str
    sign: str
    aliases: tuple[str, ...]
    bloc: int
    size: float
    x: int
    y: int
    state: str | None
    measures: Mapping[str, Measure]


@dataclass(frozen=True, slots=True)
class Tie:
    """All facts of one sign and status from one actor to another; `mutual` where both act on each other alike."""

    source: int
    target: int
    sign: str
    status: str
    mutual: bool
    weight: float
    facts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class View:
    """Everything that the page and the picture draw, in a fixed order; `measure` is what sizes the actors.

    `total` is how many facts there are, where not all are drawn.
    """

    facts: tuple[Fact, ...]
    articles: tuple[Article, ...]
    statements: tuple[Statement, ...]
    actors: tuple[Actor, ...]
    ties: tuple[Tie, ...]
    blocs: tuple[str, ...]
    labels: Mapping[str, str]
    measure: str | None
    total: int | None = None


def to_view(
    facts: Iterable[Fact],
    articles: Iterable[Article],
    *,
    labels: Mapping[str, str] | None = None,
    aliases: Mapping[str, Sequence[str]] | None = None,
    measures: Measures | None = None,
    blocs: Mapping[str, int | str] | None = None,
    seed: int = 0,
    total: int | None = None,
) -> View:
    """The view of these facts; sizes follow the first of an entity's `measures`, or else the weight of its ties."""
    labels, aliases, measures = labels or {}, aliases or {}, measures or {}
    facts = tuple(facts)
    statements = tuple({item.id: item for fact in facts for item in fact.statements}.values())
    cited = {statement.document for statement in statements}
    able = _actors(facts)
    entities = [*able, *_things(facts)]
    index = {entity: number for number, entity in enumerate(entities)}
    ties = _ties(facts, index)
    names = {entity: clean(labels.get(entity) or readable(entity)) for entity in entities}
    sizes = _sizes(entities, len(able), ties, measures)
    bloc, bloc_names = _blocs(entities, names, sizes, blocs or {})
    spots = _spots(
        [_box(names[entity], size) for entity, size in zip(entities, sizes, strict=True)], ties, bloc, len(able), seed
    )
    known = mentions(statements)
    actors = tuple(
        Actor(
            id=entity,
            label=names[entity],
            type=kind_of(entity, known[entity].types) if number < len(able) else THING,
            sign=sign_of(entity, names[entity], aliases.get(entity, ())) if number < len(able) else "",
            aliases=names_of(names[entity], aliases.get(entity, ()), known[entity].texts),
            bloc=bloc[number],
            size=sizes[number],
            x=spots[number][0],
            y=spots[number][1],
            state=most_common(known[entity].states),
            measures=measures.get(entity, {}),
        )
        for number, entity in enumerate(entities)
    )
    used = tuple(article for article in articles if article.id in cited)
    measure = next((name for entity in able for name in measures.get(entity, {})), None)
    return View(facts, used, statements, actors, ties, bloc_names, labels, measure, total)


def sign_of_fact(fact: Fact) -> str:
    """Cooperation or conflict by PLOVER's quad class or else its score; a relation where neither says."""
    if fact.event is None:
        return RELATION
    quad, score = fact.event.quad or "", fact.event.score or 0.0
    if CONFLICT in quad or (not quad and score < 0):
        return CONFLICT
    if COOPERATION in quad or score > 0:
        return COOPERATION
    return RELATION


def status_of(fact: Fact) -> str:
    """Denied, asserted in the articles' own voice, or hedged: possible, intended, supposed, or said by somebody."""
    if fact.polarity == "negative":
        return DENIED
    return ASSERTED if fact.modality == "asserted" and not fact.attribution else HEDGED


def targets_of(fact: Fact) -> tuple[str, ...]:
    """Whom a fact is directed at: its recipients, or a theme that is itself an actor."""
    if fact.recipients or not fact.theme:
        return fact.recipients
    return (fact.theme,) if is_actor(fact.theme) else ()


def _actors(facts: Iterable[Fact]) -> list[str]:
    names = {entity for fact in facts for entity in (*fact.actors, *targets_of(fact))}
    return sorted(filter(is_actor, names))


def _things(facts: Iterable[Fact]) -> list[str]:
    """What actors act on beside each other (oil, a treaty) and what acts on them: the most mentioned."""
    counts: Counter[str] = Counter()
    for fact in facts:
        for a, b in _pairs(fact):
            counts.update(entity for entity in (a, b) if not is_actor(entity) and (is_actor(a) or is_actor(b)))
    return sorted(sorted(counts, key=lambda entity: (-counts[entity], entity))[:MOST_THINGS])


def _pairs(fact: Fact) -> list[tuple[str, str]]:
    """Who acts on whom, or on what where no one is named."""
    targets = targets_of(fact) or ((fact.theme,) if fact.theme else ())
    return [(a, b) for a in fact.actors for b in targets if a != b]


def _ties(facts: Sequence[Fact], index: Mapping[str, int]) -> tuple[Tie, ...]:
    gathered: dict[tuple[int, int, str, str, bool], list[int]] = defaultdict(list)
    for number, fact in enumerate(facts):
        kind = (sign_of_fact(fact), status_of(fact))
        for a, b in dict.fromkeys(_pairs(fact)):
            if a in index and b in index and (is_actor(a) or is_actor(b)):
                gathered[(index[a], index[b], *kind, False)].append(number)
        if not targets_of(fact) and len(fact.actors) > 1 and fact.mutual:
            for a, b in combinations(sorted(filter(is_actor, set(fact.actors))), 2):
                gathered[(index[a], index[b], *kind, True)].append(number)
    return tuple(
        Tie(a, b, sign, status, mutual, round(sum(facts[number].belief for number in numbers), 4), tuple(numbers))
        for (a, b, sign, status, mutual), numbers in sorted(gathered.items())
    )


def _sizes(entities: Sequence[str], able: int, ties: Iterable[Tie], measures: Measures) -> list[float]:
    """Radii from 13 to 34, their area in proportion to the measure; things, after the first `able`, are small."""
    degree: Counter[int] = Counter()
    for tie in ties:
        degree[tie.source] += 1
        degree[tie.target] += 1
    first = [next(iter(measures.get(entity, {}).values()), None) for entity in entities[:able]]
    values = [max(float(value), 0.0) if isinstance(value, Real) else 0.0 for value in first]
    if not any(values):
        values = [float(degree[number]) for number in range(able)]
    top = max(values, default=0.0) or 1.0
    return [round(13 + 21 * (value / top) ** 0.5, 1) for value in values] + [THING_SIZE] * (len(entities) - able)


def _spots(
    boxes: Sequence[tuple[float, float]], ties: Sequence[Tie], bloc: Sequence[int], able: int, seed: int
) -> list[tuple[int, int]]:
    """Actors by the layout of forces, things afterwards round the actors that they belong to."""
    between = [tie for tie in ties if tie.source < able and tie.target < able]
    spots = place(boxes[:able], _springs(between), bloc[:able], seed=seed)
    anchors: list[list[int]] = [[] for _ in boxes[able:]]
    for tie in ties:
        for one, other in ((tie.source, tie.target), (tie.target, tie.source)):
            if one >= able and other < able:
                anchors[one - able].append(other)
    return settle(spots, boxes, anchors)


def _blocs(
    entities: Sequence[str], names: Mapping[str, str], sizes: Sequence[float], blocs: Mapping[str, int | str]
) -> tuple[list[int], tuple[str, ...]]:
    """Numbers of blocs, the largest 0, and their names: as given, or else after their greatest state or member."""
    members: defaultdict[int | str, list[int]] = defaultdict(list)
    for number, entity in enumerate(entities):
        if entity in blocs:
            members[blocs[entity]].append(number)
    order = sorted((key for key in members if len(members[key]) > 1), key=lambda key: (-len(members[key]), str(key)))
    bloc = [-1] * len(entities)
    titles = []
    for rank, key in enumerate(order):
        for number in members[key]:
            bloc[number] = rank
        greatest = min(
            members[key], key=lambda number: (not entities[number].startswith("country:"), -sizes[number], number)
        )
        titles.append(key if isinstance(key, str) else f"Bloc of {shortened(names[entities[greatest]])}")
    return bloc, tuple(titles)


def _springs(ties: Iterable[Tie]) -> list[tuple[int, int, float]]:
    """Ties for the layout: cooperation draws together, conflict hardly."""
    pull: defaultdict[tuple[int, int], float] = defaultdict(float)
    for tie in ties:
        pair = (min(tie.source, tie.target), max(tie.source, tie.target))
        pull[pair] += tie.weight * (0.25 if tie.sign == CONFLICT else 1.0) + 0.1
    return [(a, b, weight) for (a, b), weight in sorted(pull.items())]


def _box(label: str, size: float) -> tuple[float, float]:
    """What a mark and the label under it need at zoom 1."""
    return max(2 * size, 8.0 * len(shortened(label))) + 14, 2 * size + 30
