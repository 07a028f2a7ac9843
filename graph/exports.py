"""A knowledge graph → files of other programs: Neo4j CSV, FollowTheMoney entities, Parquet tables."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from triplomat.errors import OutputError, UsageError

from .facts import Fact
from .spreadsheet import facts_frame, statements_frame

if TYPE_CHECKING:
    from .knowledge_graph import KnowledgeGraph

_SCHEMATA = {"Person": "Person", "State": "PublicBody", "Organization": "Organization", "Group": "Organization"}


def export(graph: KnowledgeGraph, kind: str, folder: Path) -> list[str]:
    """Write a graph into a folder as one of KINDS; lines that tell what to do with it."""
    if kind not in KINDS:
        raise UsageError(f"export to {kind!r}: choose from {', '.join(sorted(KINDS))}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return KINDS[kind](graph, folder)
    except OSError as error:
        raise OutputError(f"{folder}: can't be written ({error.strerror or error})") from error


def to_neo4j(graph: KnowledgeGraph, folder: Path) -> list[str]:
    """Nodes and relationships as `neo4j-admin database import` reads them; an edge of a fact has its event and
    belief.
    """
    entities = (
        (name, about.label, "|".join(about.names), about.wikidata, f"Entity;{about.type}")
        for name, about in graph.entities.items()
    )
    _csv(folder / "entities.csv", ("id:ID", "label", "names:string[]", "wikidata", ":LABEL"), entities)
    columns = (
        "id:ID", "predicate", "relation", "type", "mode", "score:float", "time", "polarity", "modality", "belief:float",
        "sources:int", "quotes:string[]", ":LABEL",
    )  # fmt: skip
    _csv(folder / "facts.csv", columns, (_neo4j_fact(fact) for fact in graph.facts))
    _csv(folder / "roles.csv", (":START_ID", ":END_ID", ":TYPE"), _neo4j_roles(graph.facts))
    command = (
        "neo4j-admin database import full --nodes=entities.csv --nodes=facts.csv --relationships=roles.csv"
        ' --array-delimiter="|" triplomat'
    )
    (folder / "import.txt").write_text(f"{command}\n", "utf-8")
    return [f"{folder}: import it with: {command}"]


def to_followthemoney(graph: KnowledgeGraph, folder: Path) -> list[str]:
    """FollowTheMoney entities as JSON lines: actors, articles, and each fact as an Event of those involved."""
    path = folder / "entities.ftm.json"
    actors = {name for fact in graph.facts for name in (*fact.actors, *fact.recipients)}
    with path.open("w", encoding="utf-8", newline="\n") as output:
        for row in _ftm(graph, actors):
            output.write(json.dumps(row, ensure_ascii=False) + "\n")
    return [f"{path}: import it with: alephclient write-entities -f DATASET < {path.name}"]


def to_parquet(graph: KnowledgeGraph, folder: Path) -> list[str]:
    """The tables of statements and facts as Parquet."""
    try:
        import pyarrow  # type: ignore[import-not-found, unused-ignore]  # noqa: F401
    except ImportError as error:
        raise UsageError("Parquet needs pyarrow; install it with: pip install 'triplomat[parquet]'") from error
    statements_frame(graph.statements).to_parquet(folder / "statements.parquet", index=False)
    facts_frame(graph.facts, graph.labels).to_parquet(folder / "facts.parquet", index=False)
    return [f"{folder}: statements.parquet and facts.parquet"]


def _neo4j_fact(fact: Fact) -> tuple[Any, ...]:
    event = fact.event
    quotes = "|".join(sorted({" ".join(item.sentence.text.replace("|", "/").split()) for item in fact.statements})[:20])
    labels = f"Fact;{event.type}" if event else "Fact"
    kind = (event.type, event.mode, event.score) if event else (None, None, None)
    return (
        fact.id, fact.predicate, fact.relation, *kind, fact.time or fact.reported[0], fact.polarity, fact.modality,
        fact.belief, fact.sources, quotes, labels,
    )  # fmt: skip


def _neo4j_roles(facts: Iterable[Fact]) -> Iterator[tuple[str, str, str]]:
    for fact in facts:
        yield from ((fact.id, name, "ACTOR") for name in fact.actors)
        yield from ((fact.id, name, "RECIPIENT") for name in fact.recipients)
        if fact.theme:
            yield fact.id, fact.theme, "THEME"
        if fact.attribution:
            yield fact.id, fact.attribution, "ATTRIBUTED_TO"
        yield from ((fact.id, other, "DISPUTED_BY") for other in fact.disputed_by)


def _ftm(graph: KnowledgeGraph, actors: set[str]) -> Iterator[dict[str, Any]]:
    for name, about in graph.entities.items():
        if name in actors:
            properties = {
                "name": [about.label],
                "alias": list(about.names),
                "wikidataId": [about.wikidata] if about.wikidata else [],
            }
            yield _ftm_row(name, _SCHEMATA.get(about.type, "LegalEntity"), properties)
    for article in graph.articles:
        yield _ftm_row(
            f"article:{article.id}",
            "Article",
            {
                "title": [article.title or article.id],
                "publishedAt": [article.published] if article.published else [],
                "sourceUrl": [article.url] if article.url else [],
                "publisher": [article.source] if article.source else [],
                "bodyText": [article.text],
            },
        )
    for fact in graph.facts:
        yield _ftm_row(fact.id, "Event", _ftm_fact(fact, graph.labels))


def _ftm_fact(fact: Fact, labels: Mapping[str, str]) -> dict[str, Sequence[str]]:
    def named(entities: Iterable[str | None]) -> list[str]:
        return [labels.get(name, name) for name in entities if name]

    told = [*named(fact.actors), "not" if fact.polarity == "negative" else "", fact.relation or fact.predicate]
    name = " ".join(part for part in [*told, *named([fact.theme]), *named(fact.recipients)] if part)
    when = fact.time if fact.time and "/" not in fact.time and "W" not in fact.time else fact.reported[0]
    said = f"according to {named([fact.attribution])[0]}" if fact.attribution else ""
    keywords = [fact.modality, fact.event.type if fact.event else "", said, f"belief {fact.belief:.2f}"]
    return {
        "name": [name],
        "date": [when] if when else [],
        "summary": sorted({item.sentence.text for item in fact.statements}),
        "organizer": [_ftm_id(actor) for actor in fact.actors],
        "involved": [_ftm_id(recipient) for recipient in fact.recipients],
        "keywords": [word for word in keywords if word],
        "proof": sorted({_ftm_id(f"article:{item.document}") for item in fact.statements}),
    }


def _ftm_row(identifier: str, schema: str, properties: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    kept = {name: list(values) for name, values in properties.items() if values}
    return {"id": _ftm_id(identifier), "schema": schema, "properties": kept}


def _ftm_id(identifier: str) -> str:
    """FollowTheMoney's ids hold letters, digits and a few signs."""
    return "tm-" + quote(identifier, safe="").replace("%", ".").replace("~", "-")


def _csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as output:
        writer = csv.writer(output, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


KINDS: Mapping[str, Callable[[KnowledgeGraph, Path], list[str]]] = {
    "neo4j": to_neo4j,
    "followthemoney": to_followthemoney,
    "parquet": to_parquet,
}
