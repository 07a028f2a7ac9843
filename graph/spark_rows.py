"""Batches of Arrow rows → batches of Arrow rows: what the workers of a Spark cluster do with articles and claims.

Each function closes over nothing but what it is made with, and loads a model once a worker process.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from triplomat.extractors.statement import Article, from_json
from triplomat.ontology.terms import Names

from .claims import from_line
from .contributions import Contribution, Contributor, Failure
from .facts import Fact, Sources, agreed
from .rdf import article_triples, fact_triples
from .spreadsheet import EVENT_COLUMNS, STATEMENT_COLUMNS, fact_row, statements_frame
from .telling import triple_lines

if TYPE_CHECKING:
    from pyspark.sql.types import StructType

Batches = Iterator[pa.RecordBatch]
_TEXT, _BYTES, _NUMBER, _REAL = pa.string(), pa.binary(), pa.int64(), pa.float64()
_NAMED = pa.struct([(name, _TEXT) for name in ("id", "label", "type", "state", "sector")])
_TRIPLE = pa.struct([(name, _TEXT) for name in ("subject", "predicate", "object")])
CONTRIBUTION = pa.schema(
    {
        **dict.fromkeys(("document", "published", "source", "graph"), _TEXT),
        **{"article": _BYTES, "statements": _BYTES, "count": _NUMBER, "quads": _TEXT, "about": _TEXT},
        "claims": pa.list_(pa.struct([("bucket", _NUMBER), ("line", _BYTES)])),
        **{"direct": pa.list_(_TRIPLE), "entities": pa.list_(_NAMED), "print": _BYTES, "failure": _TEXT},
    }
)
_KINDS = {
    **dict.fromkeys(("score", "belief", "confidence"), _REAL),
    **dict.fromkeys(("sources", "start", "end"), _NUMBER),
}
FACT = pa.schema({name: _KINDS.get(name, _TEXT) for name in (*EVENT_COLUMNS, "quads")})
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
            names = Names(maker.base)
            about = {item.id: triple_lines(article_triples(item, names)).rstrip("\n") for item in articles}
            rows = [{**_row(result), "about": about[result.document]} for result in maker(articles)]
            yield pa.RecordBatch.from_pylist(rows, schema=CONTRIBUTION)

    return work


def agreeing(sources: Sources, labels: Mapping[str, str], base: str) -> Callable[[pa.Table], pa.Table]:
    """The claims of some buckets → their facts, each with its N-Quads."""

    def work(claims: pa.Table) -> pa.Table:
        facts = agreed([from_line(line) for line in claims.column("line").to_pylist()], sources)
        return pa.Table.from_pylist(list(_fact_rows(facts, labels, Names(base))), schema=FACT)

    return work


def tabulating(batches: Batches) -> Batches:
    """Statements (a column of JSON lines) → the rows of their table."""
    for batch in batches:
        lines = (line for text in batch.column("statements").to_pylist() for line in text.split(b"\n") if line)
        frame = statements_frame(from_json(json.loads(line)) for line in lines)
        yield pa.RecordBatch.from_pandas(frame, schema=STATEMENT, preserve_index=False)


def _row(result: Contribution | Failure) -> dict[str, Any]:
    if isinstance(result, Failure):
        return {"document": result.document, "failure": result.reason}
    triples = [dict(zip(("subject", "predicate", "object"), triple, strict=True)) for triple in result.direct]
    return {
        "document": result.document,
        "published": result.published,
        "source": result.source,
        "graph": result.graph,
        "article": result.article.encode("utf-8", "surrogatepass"),
        "statements": result.statements.encode("utf-8", "surrogatepass"),
        "count": result.count,
        "quads": result.quads.rstrip("\n"),
        "claims": [{"bucket": bucket, "line": line.encode("utf-8", "surrogatepass")} for bucket, line in result.claims],
        "direct": triples,
        "entities": [asdict(entity) for entity in result.entities],
        "print": result.print,
    }


def _fact_rows(facts: Iterable[Fact], labels: Mapping[str, str], names: Names) -> Iterator[dict[str, Any]]:
    for fact in facts:
        yield {**fact_row(fact, labels), "quads": triple_lines(fact_triples(fact, names)).rstrip("\n")}
