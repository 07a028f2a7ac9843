"""Batches of Arrow rows → batches of Arrow rows: what the workers of a Spark cluster do with articles and claims.

Each function closes over nothing but what it is made with, and loads a model once a worker process.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from triplomat.extractors.statement import Article, from_json
from triplomat.ontology.terms import Names

from .claims import from_line
from .contributions import Contribution, Contributor, Failure
from .entities import merged
from .facts import Fact, Sources, agreed
from .quads import to_nquads
from .rdf import about_article, about_fact, article_name
from .roles import Entity
from .spreadsheet import EVENT_COLUMNS, STATEMENT_COLUMNS, fact_row, statements_frame
from .turtle import block, words

if TYPE_CHECKING:
    from pyspark.sql.types import StructType

Batches = Iterator[pa.RecordBatch]
_TEXT, _BYTES, _NUMBER, _REAL = pa.string(), pa.binary(), pa.int64(), pa.float64()
_NAMED = pa.struct([(name, _TEXT) for name in ("id", "type", "label", "state", "sector")])
_TRIPLE = pa.struct([(name, _TEXT) for name in ("subject", "predicate", "object")])
CONTRIBUTION = pa.schema(
    {
        **dict.fromkeys(("document", "published", "source"), _TEXT),
        **{"article": _BYTES, "statements": _BYTES, "number": _NUMBER, "graph": _BYTES, "triples": _NUMBER},
        "claims": pa.list_(pa.struct([("bucket", _NUMBER), ("line", _BYTES)])),
        **{"direct": pa.list_(_TRIPLE), "entities": pa.list_(_NAMED), "print": _BYTES, "failure": _TEXT},
    }
)
QUADS = pa.schema({"quads": _TEXT})
GATHERED = pa.schema({"entities": pa.list_(_NAMED), "direct": pa.list_(_TRIPLE)})
_KINDS = {
    **dict.fromkeys(("score", "belief", "confidence"), _REAL),
    **dict.fromkeys(("sources", "start", "end", "triples"), _NUMBER),
}
FACT = pa.schema({name: _KINDS.get(name, _TEXT) for name in (*EVENT_COLUMNS, "quads", "triples")})
STATEMENT = pa.schema({name: _KINDS.get(name, _TEXT) for name in STATEMENT_COLUMNS} | {"published": pa.timestamp("us")})


def declared(schema: pa.Schema) -> StructType:
    """The columns as Spark declares them."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(schema, prefer_timestamp_ntz=True)


def contributing(maker: Contributor) -> Callable[[Batches], Batches]:
    """Articles (a column of JSON) → what each contributes, or why it couldn't be worked on."""

    def work(batches: Batches) -> Batches:
        for batch in batches:
            articles = [Article(**json.loads(line)) for line in batch.column("article").to_pylist()]
            known = {article.id: article for article in articles}
            rows = [_row(result, known[result.document], Names(maker.base)) for result in maker(articles)]
            yield pa.RecordBatch.from_pylist(rows, schema=CONTRIBUTION)

    return work


def quoting(base: str) -> Callable[[Batches], Batches]:
    """Articles' graphs in TriG → their N-Quads, which are a dozen times as long."""

    def work(batches: Batches) -> Batches:
        header = words(base).header
        for batch in batches:
            lines = [to_nquads(header + graph.decode()).rstrip("\n") for graph in batch.column("graph").to_pylist()]
            yield pa.RecordBatch.from_pydict({"quads": lines}, schema=QUADS)

    return work


def agreeing(sources: Sources, labels: Mapping[str, str], base: str) -> Callable[[pa.Table], pa.Table]:
    """The claims of some buckets → their facts, the first with the N-Quads of all."""

    def work(claims: pa.Table) -> pa.Table:
        facts = agreed([from_line(line) for line in claims.column("line").to_pylist()], sources)
        return pa.Table.from_pylist(list(_fact_rows(facts, labels, Names(base))), schema=FACT)

    return work


def gathering(batches: Batches) -> Batches:
    """The entities and plain triples of some articles → one row with each once."""
    found: dict[str, Entity] = {}
    direct: dict[tuple[str, ...], None] = {}
    for batch in batches:
        for row in batch.to_pylist():
            merged(found, (Entity(**each) for each in row["entities"] or ()))
            direct.update(dict.fromkeys(tuple(triple.values()) for triple in row["direct"] or ()))
    triples = [dict(zip(("subject", "predicate", "object"), triple, strict=True)) for triple in direct]
    yield pa.RecordBatch.from_pylist(
        [{"entities": [_as_row(entity) for entity in found.values()], "direct": triples}], schema=GATHERED
    )


def tabulating(batches: Batches) -> Batches:
    """Statements (a column of JSON lines) → the rows of their table."""
    for batch in batches:
        lines = (line for text in batch.column("statements").to_pylist() for line in text.split(b"\n") if line)
        frame = statements_frame(from_json(json.loads(line)) for line in lines)
        yield pa.RecordBatch.from_pandas(frame, schema=STATEMENT, preserve_index=False)


def _row(result: Contribution | Failure, article: Article, names: Names) -> dict[str, Any]:
    if isinstance(result, Failure):
        return {"document": result.document, "failure": result.reason}
    known = words(names.base)
    about, triples = block(article_name(article.id, known), about_article(article, names))
    direct = [dict(zip(("subject", "predicate", "object"), triple, strict=True)) for triple in result.direct]
    return {
        "document": result.document,
        "published": result.published,
        "source": result.source,
        "article": result.article.encode("utf-8", "surrogatepass"),
        "statements": result.statements.encode("utf-8", "surrogatepass"),
        "number": result.count,
        "graph": about.encode() + result.graph,
        "claims": [{"bucket": bucket, "line": line.encode("utf-8", "surrogatepass")} for bucket, line in result.claims],
        "direct": direct,
        "triples": result.quads + triples,
        "entities": [_as_row(entity) for entity in result.entities],
        "print": result.print,
    }


def _as_row(entity: Entity) -> dict[str, str | None]:
    return {"id": entity.id, "label": entity.label, "type": entity.type, "state": entity.state, "sector": entity.sector}


def _fact_rows(facts: Sequence[Fact], labels: Mapping[str, str], names: Names) -> Iterator[dict[str, Any]]:
    known = words(names.base)
    blocks = [block(known.hashed(fact.id), about_fact(fact, names)) for fact in facts]
    lines = to_nquads("".join([known.header, *(told for told, _ in blocks)])).rstrip("\n")
    for number, (fact, (_, triples)) in enumerate(zip(facts, blocks, strict=True)):
        yield {**fact_row(fact, labels), "quads": "" if number else lines, "triples": triples}
