"""Statements and facts → flat tables for pandas, R or a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from triplomat.extractors.statement import Argument, Statement

from .facts import Fact

if TYPE_CHECKING:
    import pandas as pd

EVENT_COLUMNS = (
    "id", "type", "mode", "quad", "contexts", "score", "relation", "predicate", "actors", "actor_labels", "recipients",
    "recipient_labels", "theme", "time", "first_reported", "last_reported", "polarity", "modality", "attribution",
    "belief", "sources", "disputed_by", "documents", "quote", "start", "end", "statements",
)  # fmt: skip
STATEMENT_COLUMNS = (
    "id", "document", "published", "subject", "subject_entity", "predicate", "lemma", "relation", "object",
    "object_entity", "recipient", "recipient_entity", "time", "polarity", "modality", "attribution",
    "attribution_entity", "event", "mode", "quad", "score", "actors", "recipients", "confidence", "sentence", "start",
    "end",
)  # fmt: skip
EVENT_HEADER = ",".join(EVENT_COLUMNS) + "\n"
_FORMULA = frozenset("=+-@\t\r")
_NUMBER = re.compile(r"[+-]\d+(\.\d+)?")


def harmless(value: Any) -> Any:
    """A value of a cell; text that a spreadsheet would run as a formula gets an apostrophe before it.

    >>> harmless("=1+1"), harmless("-2.5")
    ("'=1+1", '-2.5')
    """
    runs = isinstance(value, str) and value[:1] in _FORMULA and not _NUMBER.fullmatch(value)
    return f"'{value}" if runs else value


def event_place(fact: Fact) -> tuple[str, str]:
    """Where a fact stands in the table of events: by date and id."""
    return fact.time or fact.reported[0] or "", fact.id


def event_line(fact: Fact, labels: Mapping[str, str]) -> str:
    """The row of one event; several values in a cell are parted by "; "."""
    output = io.StringIO()
    csv.writer(output, lineterminator="\n").writerow([harmless(value) for value in fact_row(fact, labels).values()])
    return output.getvalue()


def facts_frame(facts: Iterable[Fact], labels: Mapping[str, str]) -> pd.DataFrame:
    """A row a fact, events or not, with the columns of events.csv."""
    import pandas as pd

    return pd.DataFrame([fact_row(fact, labels) for fact in facts], columns=list(EVENT_COLUMNS))


def statements_frame(statements: Iterable[Statement]) -> pd.DataFrame:
    """A row a statement: the words, ids and states of its subject, object, recipient and source, its event and
    factuality.
    """
    import pandas as pd

    rows = [_statement_row(statement) for statement in statements]
    frame = pd.DataFrame(rows, columns=list(STATEMENT_COLUMNS))
    frame["published"] = pd.to_datetime(frame["published"], errors="coerce")
    return frame.astype({"start": "Int64", "end": "Int64", "score": "float64", "confidence": "float64"})


def fact_row(fact: Fact, labels: Mapping[str, str]) -> dict[str, Any]:
    """The cells of a fact, by the columns of events.csv."""
    event, best = fact.event, max(fact.evidence, key=lambda item: (item.confidence, item.id))
    return {
        "id": fact.id,
        "type": event and event.type,
        "mode": event and event.mode,
        "quad": event and event.quad,
        "contexts": "; ".join(event.contexts) if event else None,
        "score": event and event.score,
        "relation": fact.relation,
        "predicate": fact.predicate,
        "actors": "; ".join(fact.actors),
        "actor_labels": "; ".join(labels.get(actor, actor) for actor in fact.actors),
        "recipients": "; ".join(fact.recipients),
        "recipient_labels": "; ".join(labels.get(recipient, recipient) for recipient in fact.recipients),
        "theme": labels.get(fact.theme, fact.theme) if fact.theme else None,
        "time": fact.time,
        "first_reported": fact.reported[0],
        "last_reported": fact.reported[1],
        "polarity": fact.polarity,
        "modality": fact.modality,
        "attribution": fact.attribution,
        "belief": fact.belief,
        "sources": fact.sources,
        "disputed_by": "; ".join(fact.disputed_by),
        "documents": "; ".join(sorted({item.document for item in fact.evidence})),
        "quote": best.sentence.text,
        "start": best.sentence.start,
        "end": best.sentence.end,
        "statements": "; ".join(item.id for item in fact.evidence),
    }


def _statement_row(item: Statement) -> dict[str, Any]:
    event = item.event
    recipient = next((argument for argument in item.arguments if argument.role == "recipient"), None)
    return {
        "id": item.id,
        "document": item.document,
        "published": item.published,
        "subject": _text(item.subject),
        "subject_entity": _entity(item.subject),
        "predicate": item.predicate.text,
        "lemma": item.predicate.lemma,
        "relation": item.predicate.relation,
        "object": _text(item.object),
        "object_entity": _entity(item.object),
        "recipient": _text(recipient),
        "recipient_entity": _entity(recipient),
        "time": next((argument.value for argument in item.arguments if argument.role == "time"), None),
        "polarity": item.polarity,
        "modality": item.modality,
        "attribution": _text(item.attribution),
        "attribution_entity": _entity(item.attribution),
        "event": event and event.type,
        "mode": event and event.mode,
        "quad": event and event.quad,
        "score": event and event.score,
        "actors": "; ".join(party.entity or party.text for party in event.actors) if event else None,
        "recipients": "; ".join(party.entity or party.text for party in event.recipients) if event else None,
        "confidence": item.confidence,
        "sentence": item.sentence.text,
        "start": item.sentence.start,
        "end": item.sentence.end,
    }


def _text(argument: Argument | None) -> str | None:
    return argument.text if argument else None


def _entity(argument: Argument | None) -> str | None:
    return argument.entity if argument else None
