"""From a view to plain HTML tables of its actors and facts, for readers without JavaScript."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from .naming import clean, readable
from .rows import readable_date, web, words
from .view import THING, View, status_of, targets_of

Row = Sequence[str | tuple[str, str | None]]

MOST_ACTORS = 300
MOST_FACTS = 500


def static_tables(view: View) -> str:
    """A table of the greatest actors and one of the first facts with the sentence that each was read in."""
    return _actors(view) + _facts(view)


def _actors(view: View) -> str:
    actors = [actor for actor in view.actors if actor.type != THING]
    order = sorted(actors, key=lambda actor: (-actor.size, actor.label))[:MOST_ACTORS]
    types = words()["types"]
    rows = [
        (actor.label, types[actor.type], view.blocs[actor.bloc] if actor.bloc >= 0 else "", ", ".join(actor.aliases))
        for actor in order
    ]
    return _table(_caption("Actors", len(rows), len(actors)), ("Actor", "Kind", "Bloc", "Also called"), rows)


def _facts(view: View) -> str:
    names = {actor.id: actor.label for actor in view.actors}

    def name(entity: str) -> str:
        return names.get(entity) or clean(view.labels.get(entity) or readable(entity))

    titles = {article.id: article for article in view.articles}
    events, statuses = words()["events"], words()["statuses"]
    rows = []
    for fact in view.facts[:MOST_FACTS]:
        first = fact.statements[0] if fact.statements else None
        article = titles.get(first.document) if first else None
        source = [part for part in (article.title, article.source, article.published) if part] if article else []
        rows.append(
            (
                readable_date(fact.time or (first.published if first else None) or ""),
                ", ".join(name(entity) for entity in fact.actors),
                first.predicate.text if first else fact.predicate,
                ", ".join(name(entity) for entity in targets_of(fact)),
                events.get(fact.event.type, fact.event.type) if fact.event else "",
                statuses[status_of(fact)],
                first.sentence.text if first else "",
                (", ".join(source), web(article.url) if article else None),
            )
        )
    heads = ("Date", "Who", "Does what", "To whom", "Event", "Status", "Sentence", "Source")
    return _table(_caption("Facts", len(rows), len(view.facts)), heads, rows)


def _caption(what: str, shown: int, total: int) -> str:
    return f"{what} ({total:,})" if shown == total else f"{what} (the first {shown:,} of {total:,})"


def _table(caption: str, heads: tuple[str, ...], rows: Sequence[Row]) -> str:
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    body = "".join("<tr>" + "".join(_cell(value) for value in row) + "</tr>" for row in rows)
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: str | tuple[str, str | None]) -> str:
    text, url = value if isinstance(value, tuple) else (value, None)
    inner = f"<bdi>{escape(text)}</bdi>"
    return f'<td><a href="{escape(url)}" rel="noopener noreferrer">{inner}</a></td>' if url else f"<td>{inner}</td>"
