"""Statements → the rows of an event table, in POLECAT's column names where it has them.

POLECAT (Political Event Classification, Attributes, and Types; Halterman et al. 2023) is the successor of ICEWS;
several parties or contexts stand in one cell, divided by "; ". Our own columns follow POLECAT's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from .statement import Article, Party, Statement

COLUMNS = (
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor Sectors",
    "Actor Name Raw",
    "Recipient Name",
    "Recipient Country",
    "Recipient Sectors",
    "Recipient Name Raw",
    "Placename",
    "Source",
    "Publication Date",
    "Headline",
    "URL",
    "Polarity",
    "Modality",
    "Attribution",
    "Relation",
    "Confidence",
    "Document",
    "Start",
    "End",
    "Sentence",
)


def events_table(statements: Iterable[Statement], articles: Iterable[Article] = ()) -> Iterator[Mapping[str, str]]:
    """A row for each event, in the order of the statements; an event that several statements tell has one row."""
    known = {article.id: article for article in articles}
    seen: set[tuple[object, ...]] = set()
    for statement in statements:
        if statement.event is None:
            continue
        told = (statement.document, statement.sentence.start, statement.predicate.start, statement.event)
        if told in seen:
            continue
        seen.add(told)
        yield _row(statement, known.get(statement.document))


def article_rows(article: Article, statements: Iterable[Statement]) -> list[Mapping[str, str]]:
    """The rows of one article."""
    return list(events_table(statements, [article]))


def _row(statement: Statement, article: Article | None) -> dict[str, str]:
    event = statement.event
    assert event is not None
    published = statement.published or ""
    date = next(
        (one.value for one in statement.arguments if one.role == "time" and (one.value or "")[:1].isdigit()), published
    )
    places = [one.text for one in statement.arguments if one.role == "place"]
    return {
        "Event ID": statement.id,
        "Event Date": date or "",
        "Event Type": event.type,
        "Event Mode": event.mode or "",
        "Intensity": "" if event.score is None else f"{event.score:g}",
        "Quad Code": (event.quad or "").upper(),
        "Contexts": "; ".join(event.contexts),
        **_party("Actor", event.actors),
        **_party("Recipient", event.recipients),
        "Placename": "; ".join(places),
        "Source": (article.source if article else None) or "",
        "Publication Date": published,
        "Headline": (article.title if article else None) or "",
        "URL": (article.url if article else None) or "",
        "Polarity": statement.polarity,
        "Modality": statement.modality,
        "Attribution": _attribution(statement),
        "Relation": statement.predicate.relation or "",
        "Confidence": f"{statement.confidence:.4f}",
        "Document": statement.document,
        "Start": str(statement.sentence.start),
        "End": str(statement.sentence.end),
        "Sentence": " ".join(statement.sentence.text.split()),
    }


def _party(side: str, parties: tuple[Party, ...]) -> dict[str, str]:
    return {
        f"{side} Name": "; ".join(_name(party) for party in parties),
        f"{side} Country": "; ".join((party.state or "").partition(":")[2] or party.code or "" for party in parties),
        f"{side} Sectors": "; ".join(party.sector or "" for party in parties),
        f"{side} Name Raw": "; ".join(party.text for party in parties),
    }


def _name(party: Party) -> str:
    return party.entity.partition(":")[2].replace("_", " ") if party.entity else party.text


def _attribution(statement: Statement) -> str:
    source = statement.attribution
    return "" if source is None else source.entity or source.text
