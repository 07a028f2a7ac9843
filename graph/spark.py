"""Inputs → a folder of partitioned N-Quads and Parquet, worked out by a Spark cluster.

Articles are read here and handed to the cluster in a folder that all its machines must see; `extract` is a map over
them, and facts are a group-by over their claims. A worker that dies loses its tasks to the others; each result is
written once. The rows are those of a build on one machine.
"""

from __future__ import annotations

import json
import os
import re
import sys
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from triplomat.errors import InputError, UsageError
from triplomat.extractors.parallel import tapering
from triplomat.extractors.statement import Article

from .assembly import Counts, Recipe
from .build import Works, manifest_of, readable
from .contributions import Contributor, article_line
from .copies import grouped
from .entities import Description, description, merged
from .facts import Sources
from .folder import MANIFEST, check_ours, locked, replacing, working
from .gazetteer import known
from .quads import to_nquads
from .rdf import about_entity, article_name
from .roles import Entity
from .turtle import Triple, block, words

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, Row, SparkSession

_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # most work is Python's: its processors aren't for Java's compiler
# What articles contribute is read in larger pieces than they were handed over in.
_LATER = {"spark.sql.files.openCostInBytes": str(1 << 22), "spark.sql.files.maxPartitionBytes": str(1 << 25)}
TASK = 64  # articles of a task, and of an Arrow batch
FACTS_OF = 200  # articles whose claims make about one task of the group-by


def build_on_cluster(
    inputs: Sequence[str | Path],
    folder: Path,
    maker: Contributor,
    recipe: Recipe,
    works: Works,
    *,
    master: str,
    published: str | None = None,
) -> Counts:
    """Write the graph of all articles that the inputs name into a folder: quads/, statements/, facts/, articles/."""
    check_ours(folder)
    with locked(folder), working(folder) as work, _session(master) as spark:
        articles = readable(inputs, published=published, skipped=works.skip)
        count = _hand_over(articles, work / "inbox", works, spark.sparkContext.defaultParallelism)
        if not count:
            raise InputError("nothing to build", "no input could be read")
        with replacing(folder, held=True) as new:
            counts = _Cluster(spark, work, new, maker, recipe, works).build(count)
            options = {
                **manifest_of(maker)["options"],
                "published": published,
                "inputs": [str(name) for name in inputs],
            }
            manifest = {
                **manifest_of(maker), "options": options, "skipped": works.skips, "engine": "spark",
                "base_iri": recipe.names.base, "counts": asdict(counts),
            }  # fmt: skip
            (new / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8")
        return counts


class _Cluster:
    """A session at work: from the articles in the inbox to the files of the new folder."""

    def __init__(
        self, spark: SparkSession, work: Path, new: Path, maker: Contributor, recipe: Recipe, works: Works
    ) -> None:
        self.spark, self.work, self.new = spark, work, new
        self.maker, self.recipe, self.works, self.names = maker, recipe, works, recipe.names

    def build(self, articles: int) -> Counts:
        told = self._contributions()
        done = self._done(told)
        sources = _sources(done)
        entities, direct = self._gathered(told)
        labels = {name: entity.label for name, entity in entities.items()}
        facts = self._facts(told, sources, labels, max(8, articles // FACTS_OF))
        facts.drop("quads", "triples").write.parquet(str(self.new / "facts"))
        _statements(told).write.parquet(str(self.new / "statements"))
        told.where("failure IS NULL").select("document", "published", "source").write.parquet(
            str(self.new / "articles")
        )
        beside = self._beside(entities, direct, sources)
        lines = self._of_articles(told).union(facts.select("quads")).where("quads <> ''")
        lines.union(self._handed_over(beside)).write.text(str(self.new / "quads"))
        number, triples = _counted(facts)
        quads = triples + len(beside) + sum(row.triples for row in done)
        return Counts(len(done), sum(row.number for row in done), number, len(entities), quads)

    def _contributions(self) -> DataFrame:
        """What each article contributes, worked out once and kept beside the folder."""
        from .spark_rows import CONTRIBUTION, contributing, declared

        self.works.tell("articles on the cluster")
        path = str(self.work / "contributions")
        inbox = self.spark.read.schema("article binary").parquet(str(self.work / "inbox"))
        inbox.mapInArrow(contributing(self.maker), declared(CONTRIBUTION)).write.mode("overwrite").parquet(path)
        for name, value in _LATER.items():
            self.spark.conf.set(name, value)
        return self.spark.read.schema(declared(CONTRIBUTION)).parquet(path)

    def _done(self, told: DataFrame) -> list[Row]:
        """What must be known of each article in one place; those that couldn't be worked on are told of."""
        columns = ("document", "published", "source", "print", "number", "triples", "failure")
        rows = told.select(*columns).collect()
        for row in rows:
            if row.failure is not None:
                self.works.skip(InputError(row.document, row.failure))
        return [row for row in rows if row.failure is None]

    def _gathered(self, told: DataFrame) -> tuple[dict[str, Description], set[Triple]]:
        """What is known of each entity, and the plain triples between them."""
        from .spark_rows import GATHERED, declared, gathering

        found: dict[str, Entity] = {}
        direct: set[Triple] = set()
        for row in told.select("entities", "direct").mapInArrow(gathering, declared(GATHERED)).collect():
            merged(found, (Entity(*each) for each in row.entities))
            direct.update(tuple(triple) for triple in row.direct)
        tables = known(self.recipe.actors)
        return {name: description(found[name], tables) for name in sorted(found)}, direct

    def _facts(self, told: DataFrame, sources: Sources, labels: dict[str, str], groups: int) -> DataFrame:
        """The facts as a group-by of claims, kept so that they are made once."""
        from pyspark.sql import functions as f

        from .spark_rows import FACT, agreeing, declared

        path = str(self.work / "facts")
        self.spark.conf.set("spark.sql.shuffle.partitions", groups)
        claims = told.select(f.explode("claims").alias("claim")).select("claim.bucket", "claim.line")
        work = agreeing(sources, labels, self.names.base)
        made = claims.groupBy((f.col("bucket") % groups).alias("group")).applyInArrow(work, declared(FACT))
        made.write.mode("overwrite").parquet(path)
        return self.spark.read.schema(declared(FACT)).parquet(path)

    def _of_articles(self, told: DataFrame) -> DataFrame:
        """The N-Quads of the articles' graphs."""
        from .spark_rows import QUADS, declared, quoting

        return told.where("failure IS NULL").select("graph").mapInArrow(quoting(self.names.base), declared(QUADS))

    def _handed_over(self, lines: list[str]) -> DataFrame:
        """Lines of N-Quads that are made here, in a file that all machines see."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        path = self.work / "beside.parquet"
        pq.write_table(pa.table({"quads": pa.array(lines, pa.string())}), path)
        return self.spark.read.schema("quads string").parquet(str(path))

    def _beside(self, entities: dict[str, Description], direct: Iterable[Triple], sources: Sources) -> list[str]:
        """The lines that only the whole can tell: each entity, what joins them, and which articles are copies."""
        known = words(self.names.base)
        blocks = [block(known.ids[name], about_entity(about, self.names))[0] for name, about in entities.items()]
        blocks += [f"{' '.join(triple)} .\n" for triple in sorted(direct)]
        for name, first in sources.groups.items():
            if name != first:
                said = known.says["tm:copyOf"] + article_name(first, known)
                blocks.append(block(article_name(name, known), [said])[0])
        return to_nquads("".join([known.header, *blocks])).rstrip("\n").split("\n")


def _counted(facts: DataFrame) -> tuple[int, int]:
    """How many facts there are, and in how many quads."""
    from pyspark.sql import functions as f

    number, triples = facts.agg(f.count("*"), f.sum("triples")).first() or (0, 0)
    return number, triples or 0


def _statements(told: DataFrame) -> DataFrame:
    from .spark_rows import STATEMENT, declared, tabulating

    return told.where("failure IS NULL").select("statements").mapInArrow(tabulating, declared(STATEMENT))


def _sources(rows: Iterable[Row]) -> Sources:
    import numpy as np

    rows = list(rows)
    prints = {row.document: np.frombuffer(row.print, dtype=np.uint32) for row in rows}
    published = {row.document: row.published for row in rows}
    return Sources(grouped(prints, published), {row.document: row.source for row in rows})


def _hand_over(articles: Iterable[Article], inbox: Path, works: Works, processes: int) -> int:
    """Write the articles into a folder, so many in each file, fewer in the last ones; how many there were."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    inbox.mkdir(exist_ok=True)
    for old in inbox.iterdir():
        old.unlink()
    count = 0
    for number, batch in enumerate(tapering(articles, TASK, max(2, processes))):
        lines = [article_line(article).encode("utf-8", "surrogatepass") for article in batch]
        pq.write_table(pa.table({"article": pa.array(lines, pa.binary())}), inbox / f"{number:06}.parquet")
        count += len(batch)
        works.tell("articles read", count)
    return count


@contextmanager
def _session(master: str) -> Iterator[SparkSession]:
    """A session on a cluster; on loopback the driver listens there alone."""
    try:
        import pyarrow  # noqa: F401
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise UsageError(f"a cluster needs more packages ({error}); install: pip install 'triplomat[spark]'") from error
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")  # none of it is used through Spark
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings: dict[str, Any] = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.sql.execution.arrow.maxRecordsPerBatch": TASK,
        "spark.sql.files.openCostInBytes": 1 << 27,  # so that a file of the inbox is a task
        "spark.sql.session.timeZone": "UTC",
        "spark.driver.extraJavaOptions": _JAVA,
        "spark.executor.extraJavaOptions": _JAVA,
        "spark.executorEnv.OMP_NUM_THREADS": "1",
        "spark.executorEnv.OPENBLAS_NUM_THREADS": "1",
    }
    if master.startswith("local") or "//127.0.0.1" in master or "//localhost" in master:
        settings |= {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
    builder = SparkSession.builder.appName("triplomat").master(master)
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        spark = builder.getOrCreate()
    except Exception as error:  # the gateway to Java raises errors of many kinds
        raise UsageError(f"--master {master}: no cluster answers ({_reason(error)})") from error
    try:
        yield spark
    except PySparkException as error:
        raise UsageError(f"--master {master}: the cluster gave up ({_reason(error)})") from error
    finally:
        spark.stop()


def _reason(error: Exception) -> str:
    """What the cluster said in one line: the error of a worker's Python where there is one, else its first line."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    raised = [line for line in lines if re.match(r"[\w.]+(Error|Exception): ", line)]
    return (raised or lines or [type(error).__name__])[0]
