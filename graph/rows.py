"""From a view to the plain rows that the page's script reads, and to the one line that sums it up."""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from .facts import interval
from .marks import marks
from .naming import clean, readable
from .view import THING, View, sign_of_fact, status_of, targets_of

if TYPE_CHECKING:
    from triplomat.extractors.statement import Statement

    from .facts import Fact

EPOCH = date(1970, 1, 1).toordinal()
BLOCK = 500  # statements that the page reads together
Row = dict[str, Any]
FACT_COLUMNS = (
    *("id", "actors", "recipients", "theme", "predicate", "relation", "type", "mode", "contexts", "quad", "score"),
    *("sign", "status", "time", "reported", "days", "polarity", "modality", "attribution", "belief", "sources"),
    *("disputed", "articles", "statements"),
)
CODED = (
    *("predicate", "relation", "type", "mode", "quad", "sign", "status", "time", "reported", "polarity", "modality"),
    "attribution",
)


def node_rows(view: View) -> list[Row]:
    """pyvis nodes, one an actor, with what the script needs beside."""
    return [
        {
            "id": actor.id,
            "label": actor.label,
            "kind": actor.type,
            "sign": actor.sign,
            "aliases": actor.aliases,
            "bloc": actor.bloc,
            "size": actor.size,
            "x": actor.x,
            "y": actor.y,
            "state": actor.state,
            "measures": {name: _number(value) for name, value in actor.measures.items()},
        }
        for actor in view.actors
    ]


def edge_rows(view: View) -> list[Row]:
    """pyvis edges, one a tie; `facts` are numbers of rows of facts; the script names them by their ends and kind."""
    return [
        {
            "from": view.actors[tie.source].id,
            "to": view.actors[tie.target].id,
            "sign": tie.sign,
            "status": tie.status,
            "mutual": tie.mutual,
            "weight": tie.weight,
            "facts": tie.facts,
        }
        for tie in view.ties
    ]


def data_rows(view: View) -> tuple[Row, list[Row]]:
    """What the page needs at once (facts, articles, blocs) and the evidence that it reads later, in blocks of BLOCK.

    Tables name their columns once, then hold rows of values; those of coded columns are numbers of `texts`.
    """
    codes: dict[str | None, int] = {}
    article = {item.id: number for number, item in enumerate(view.articles)}
    facts = _Facts(view, article)
    is_coded = [column in CODED for column in FACT_COLUMNS]
    fact_rows = [
        [_code(codes, value) if coded else value for coded, value in zip(is_coded, row, strict=True)]
        for row in map(facts.row, view.facts)
    ]
    starts = range(0, len(view.statements), BLOCK)
    evidence = [_evidence(view.statements[start : start + BLOCK], article, codes) for start in starts]
    data = {
        "blocs": view.blocs,
        "measure": view.measure,
        "facts": {"columns": FACT_COLUMNS, "coded": CODED, "rows": fact_rows},
        "articles": {
            "columns": ["id", "title", "source", "published", "url"],
            "rows": [[item.id, item.title, item.source, item.published, web(item.url)] for item in view.articles],
        },
        "texts": list(codes),
        "block": BLOCK,
    }
    return data, evidence


class _Facts:
    """Facts as rows, their parties, articles and statements as numbers of other rows."""

    def __init__(self, view: View, article: Mapping[str, int]) -> None:
        self.article = article
        self.labels = view.labels
        self.actor = {item.id: number for number, item in enumerate(view.actors)}
        self.names = {item.id: item.label for item in view.actors}
        self.statement = {item.id: number for number, item in enumerate(view.statements)}
        self.published = {item.id: item.published for item in view.articles}
        self.known = {fact.id for fact in view.facts}

    def name(self, entity: str) -> str:
        return self.names.get(entity) or clean(self.labels.get(entity) or readable(entity))

    def party(self, entity: str) -> int | str:
        """The number of its actor, or the name of what isn't in the picture."""
        number = self.actor.get(entity)
        return self.name(entity) if number is None else number

    def row(self, fact: Fact) -> list[Any]:
        first = fact.statements[0] if fact.statements else None
        dates = [day for item in fact.statements if (day := item.published or self.published.get(item.document))]
        reported = fact.reported[0] or min(dates, default=None)
        event = fact.event
        theme = fact.theme if fact.theme and fact.theme not in targets_of(fact) else None
        return [
            fact.id,
            [self.party(entity) for entity in fact.actors],
            [self.party(entity) for entity in targets_of(fact)],
            self.name(theme) if theme else None,
            clean(first.predicate.text) if first else fact.predicate,
            fact.relation,
            event.type if event else None,
            event.mode if event else None,
            list(event.contexts) if event else [],
            event.quad if event else None,
            event.score if event else None,
            sign_of_fact(fact),
            status_of(fact),
            fact.time,
            reported,
            days(fact.time) or days(reported),
            fact.polarity,
            fact.modality,
            self.name(fact.attribution) if fact.attribution else None,
            round(fact.belief, 4),
            fact.sources,
            [entry if entry in self.known else self.name(entry) for entry in fact.disputed_by],
            sorted({self.article[item.document] for item in fact.statements if item.document in self.article}),
            [self.statement[item.id] for item in fact.statements],
        ]


def _evidence(statements: Sequence[Statement], article: Mapping[str, int], codes: dict[str | None, int]) -> Row:
    """Statements as rows, their sentences each once, the roles of the quoted words as codes."""
    sentences: dict[str, int] = {}
    rows = [
        [
            item.id,
            article.get(item.document),
            sentences.setdefault(item.sentence.text, len(sentences)),
            item.sentence.start,
            item.sentence.end,
            [part for start, end, role in marks(item) for part in (start, end, _code(codes, role))],
        ]
        for item in statements
    ]
    columns = ("id", "article", "sentence", "start", "end", "marks")
    return {"statements": {"columns": columns, "rows": rows}, "sentences": list(sentences)}


def _code(codes: dict[str | None, int], text: str | None) -> int:
    """Texts that come again and again as numbers of a common list."""
    return codes.setdefault(text, len(codes))


def summary(view: View, published: str | None) -> str:
    """ "12 actors, 40 facts, 1 article, 20 June 2024"."""
    dates = sorted({day for item in view.articles if (day := item.published or published)} or {published or ""})
    when = readable_date(dates[0]) if len(dates) == 1 else f"{readable_date(dates[0])} to {readable_date(dates[-1])}"
    counts = (
        _counted(sum(actor.type != THING for actor in view.actors), "actor"),
        _facts_counted(view),
        _counted(len(view.articles), "article"),
    )
    return ", ".join((*counts, when) if when else counts)


def readable_date(day: str) -> str:
    """ "2024-06-20" → "20 June 2024"; "2023-09" → "September 2023"; anything else as it is."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])(-\d\d)?", day):
        return day
    year, month, *rest = day.split("-")
    words = [str(int(rest[0]))] if rest else []
    return " ".join([*words, calendar.month_name[int(month)], year])


def days(time: str | None) -> tuple[int, int] | None:
    """First and last day of an ISO 8601 date, week, month, year or interval, counted from 1970; None for anything else.

    >>> days("1970-02"), days("1971/1972"), days("soon")
    ((31, 58), (365, 1095), None)
    """
    found = interval(time) if time else None
    return (found[0].toordinal() - EPOCH, found[1].toordinal() - EPOCH) if found else None


def web(url: str | None) -> str | None:
    """The address if it is one that a browser may safely follow."""
    return url if url and re.match(r"https?://[^\s]+$", url) else None


@cache
def words() -> dict[str, dict[str, str]]:
    """The page's words for signs, statuses, modalities, types and events."""
    text = (files(__package__) / "page" / "words.json").read_text(encoding="utf-8")
    read: dict[str, dict[str, str]] = json.loads(text)
    return read


def _facts_counted(view: View) -> str:
    shown, total = len(view.facts), view.total or 0
    return f"the {shown:,} best backed of {total:,} facts" if total > shown else _counted(shown, "fact")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _number(value: object) -> object:
    """numpy's numbers as Python's, rounded to what a reader can use; sequences (rank intervals) likewise."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_number(item) for item in value]
    if hasattr(value, "item"):
        value = value.item()
    return float(f"{value:.6g}") if isinstance(value, float) else value
