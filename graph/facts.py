"""Claims of statements → facts: what independent statements agree on, with belief, sources and disputes.

Statements are evidence of one fact where they have the same relation or event type, parties, theme, polarity, modality
and attribution, and times that fit: event times of which one holds the other, or, where no time is given, articles
published within `WINDOW` days of the next. Belief grows with the independent sources by the formula of `belief`; copies
of one article, and articles of one publisher, are one source.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from triplomat.extractors.statement import Article, Statement

from .belief import belief
from .claims import Claim, Content, claim_from, claim_of, claim_row, content_from, content_row
from .copies import copies

WINDOW = timedelta(days=14)
_Key = tuple[str, str, tuple[str, ...], tuple[str, ...], str, str]


@dataclass(frozen=True, slots=True)
class Fact(Content):
    """What independent statements agree on.

    `predicate` is the commonest lemma, `time` the narrowest of its statements', `reported` the first and last
    publication dates; `sources` is how many independent ones tell it; `disputed_by` the ids of facts that say the
    contrary. `statements` are its evidence in full, empty where a graph is too large to be held; `claims` what facts
    need of them.
    """

    id: str
    belief: float
    statements: tuple[Statement, ...]
    sources: int
    disputed_by: tuple[str, ...] = ()
    reported: tuple[str | None, str | None] = (None, None)
    claims: tuple[Claim, ...] = ()

    @property
    def evidence(self) -> tuple[Claim, ...]:
        """The claims of its statements."""
        return self.claims or tuple(claim for item in self.statements if (claim := claim_of(item)))

    @property
    def mutual(self) -> bool:
        """Whether its actors act on each other: they met, fought, or accused each other."""
        return any(claim.mutual for claim in self.evidence)


@dataclass(frozen=True, slots=True)
class Sources:
    """Which articles aren't independent: `groups` maps an article to the first of its copies, `publishers` to who
    printed it.
    """

    groups: Mapping[str, str]
    publishers: Mapping[str, str | None]

    @classmethod
    def of(cls, articles: Iterable[Article]) -> Sources:
        """The sources of articles at hand."""
        articles = list(articles)
        return cls(copies(articles), {article.id: article.source for article in articles})

    def independent(self, claims: Iterable[Claim]) -> list[float]:
        """The best confidence of each independent source: articles that copies or a publisher join are one."""
        claims = list(claims)
        if len(claims) == 1:
            return [claims[0].confidence]
        leader: dict[str, str] = {}

        def root(name: str) -> str:
            while leader.setdefault(name, name) != name:
                name = leader[name]
            return name

        for claim in claims:
            group = root(f"article {self.groups.get(claim.document, claim.document)}")
            if publisher := self.publishers.get(claim.document):
                leader[group] = root(f"publisher {publisher}")
        best: dict[str, float] = {}
        for claim in claims:
            name = root(f"article {self.groups.get(claim.document, claim.document)}")
            best[name] = max(best.get(name, 0.0), claim.confidence)
        return sorted(best.values())


def facts(statements: Iterable[Statement], articles: Iterable[Article] | Sources = ()) -> list[Fact]:
    """The facts that the statements are evidence of, in the order of their ids, however they come."""
    sources = articles if isinstance(articles, Sources) else Sources.of(articles)
    known = {statement.id: statement for statement in statements}
    claims = [claim for statement in known.values() if (claim := claim_of(statement))]
    return [
        replace(fact, statements=tuple(known[claim.id] for claim in fact.claims)) for fact in agreed(claims, sources)
    ]


def agreed(claims: Iterable[Claim], sources: Sources) -> list[Fact]:
    """The facts of claims, in the order of their ids; of a bucket's claims, what all claims would give for them."""
    groups: dict[_Key, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda item: (item.document, item.sentence.start, item.id)):
        groups[_key(claim)].append(claim)
    made = [_fact(key, cluster, sources) for key, members in groups.items() for cluster in _clusters(members)]
    return sorted(_with_disputes(made), key=lambda fact: fact.id)


@lru_cache(maxsize=20_000)
def interval(value: str) -> tuple[date, date] | None:
    """The first and last day of an ISO 8601 day, month, year, week or interval; None where it is none of them.

    >>> interval("2024-02")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    try:
        first, slash, last = value.partition("/")
        if slash:
            begin, finish = interval(first), interval(last)
            return (begin[0], finish[1]) if begin and finish and begin[0] <= finish[1] else None
        if "-W" in first:
            monday = date.fromisocalendar(int(first[:4]), int(first[6:8]), 1)
            return monday, monday + timedelta(days=6)
        year, month, day = ([int(part) for part in first[:10].split("-")] + [0, 0])[:3]
        if day:
            return date(year, month, day), date(year, month, day)
        if month:
            following = date(year + month // 12, month % 12 + 1, 1)
            return date(year, month, 1), following - timedelta(days=1)
        return date(year, 1, 1), date(year, 12, 31)
    except (ValueError, OverflowError):
        return None


def _key(claim: Claim) -> _Key:
    kind = claim.relation or (f"event {claim.event.type}" if claim.event else f"lemma {claim.predicate}")
    return (
        kind,
        claim.theme or "",
        tuple(sorted(claim.actors)),
        tuple(sorted(claim.recipients)),
        f"{claim.polarity} {claim.modality}",
        claim.attribution or "",
    )


def _clusters(claims: list[Claim]) -> list[list[Claim]]:
    """Claims of one key, apart by time: the undated beside each other by publication, the dated by their intervals."""
    if len(claims) == 1:
        return [claims]
    dated = [(span, item) for item in claims if (span := interval(item.time or ""))]
    placed = {item.id for _, item in dated}
    clusters: list[tuple[date, date, list[Claim]]] = []
    for (begin, finish), item in sorted(dated, key=lambda pair: (pair[0][1] - pair[0][0], pair[0], pair[1].id)):
        for first, last, members in clusters:
            if begin <= first and last <= finish:
                members.append(item)
                break
        else:
            clusters.append((begin, finish, [item]))
    groups = [members for _, _, members in clusters]
    current: list[Claim] = []
    for item in sorted((i for i in claims if i.id not in placed), key=lambda i: (i.published or "", i.id)):
        if current and not _near(current[-1].published, item.published):
            groups.append(current)
            current = []
        current.append(item)
    return [*groups, current] if current else groups


def _near(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return one == other
    first, second = interval(one), interval(other)
    return bool(first and second and second[0] - first[1] <= WINDOW)


def _fact(key: _Key, cluster: list[Claim], sources: Sources) -> Fact:
    best = max(cluster, key=lambda item: (item.event is not None, item.confidence, item.id))
    time = cluster[0].time  # of a dated cluster the first is the narrowest
    time = time if time and interval(time) else None
    published = sorted(item.published for item in cluster if item.published)
    lemmas = sorted(item.predicate for item in cluster)
    independent = sources.independent(cluster)
    anchor = ("at", time) if time else ("reported", published[0] if published else "")
    return Fact(
        id=f"fact:{hashlib.blake2b(repr((key, anchor)).encode(), digest_size=10).hexdigest()}",
        relation=best.relation,
        predicate=max(lemmas, key=lemmas.count),
        event=best.event,
        actors=best.actors,
        recipients=best.recipients,
        theme=best.theme,
        time=time,
        polarity=best.polarity,
        modality=best.modality,
        attribution=best.attribution,
        belief=belief(independent),
        statements=(),
        sources=len(independent),
        reported=(published[0], published[-1]) if published else (None, None),
        claims=tuple(sorted(cluster, key=lambda item: item.id)),
    )


def _with_disputes(made: list[Fact]) -> list[Fact]:
    """The facts, each with those that deny it: the same but for the polarity, at times that fit, whoever says so.

    One that tells neither what nor whom, and no event, denies nothing: "did not say" is no word against "said so".
    """
    alike: dict[object, list[Fact]] = defaultdict(list)
    for fact in made:
        if fact.modality != "hypothetical" and (fact.theme or fact.recipients or fact.event):
            alike[fact.deed, fact.modality == "intended"].append(fact)
    against: dict[str, set[str]] = defaultdict(set)
    for group in alike.values():
        for one in group:
            for other in group:
                if one.polarity == "positive" and other.polarity == "negative" and _same_time(one, other):
                    against[one.id].add(other.id)
                    against[other.id].add(one.id)
    return [replace(fact, disputed_by=tuple(sorted(against[fact.id]))) if fact.id in against else fact for fact in made]


def _same_time(one: Fact, other: Fact) -> bool:
    if one.time and other.time:
        first, second = interval(one.time), interval(other.time)
        return bool(first and second and first[0] <= second[1] and second[0] <= first[1])
    if not (one.reported[0] and other.reported[0] and one.reported[1] and other.reported[1]):
        return True
    return _near(one.reported[1], other.reported[0]) and _near(other.reported[1], one.reported[0])


def to_line(fact: Fact) -> str:
    """A fact with its claims as one line of JSON."""
    claims = [claim_row(claim) for claim in fact.claims]
    row = [fact.id, *content_row(fact), fact.belief, fact.sources, fact.disputed_by, fact.reported, claims]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def from_line(line: str | bytes) -> Fact:
    """The fact that `to_line` wrote, without its statements."""
    ident, *content, strength, sources, disputed_by, (first, last), claims = json.loads(line)
    return Fact(
        *content_from(content), ident, strength, (), sources, tuple(disputed_by), (first, last),
        tuple([claim_from(claim) for claim in claims]),
    )  # fmt: skip
