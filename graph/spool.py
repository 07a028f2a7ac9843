"""The contributions of articles on disk, in one SQLite file, to be put together in any order without holding them.

What is committed survives a kill, so that a build goes on from the articles that were done. Texts are stored as bytes,
whose order is that of their characters, since SQLite takes no lone surrogates.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, overload

import numpy as np

from triplomat.errors import OutputError

from .contributions import Contribution
from .copies import Print, grouped
from .facts import Sources

_LASTING = {
    "article": "number INTEGER PRIMARY KEY, document BLOB UNIQUE, digest TEXT, published BLOB, source BLOB,"
    " article BLOB, statements BLOB, count INTEGER, graph BLOB, quads INTEGER, print BLOB, wanted INTEGER",
    "claim": "article INTEGER, bucket INTEGER, line BLOB",
    "direct": "article INTEGER, subject BLOB, predicate BLOB, object BLOB",
    "named": "article INTEGER, id BLOB, label BLOB, type BLOB, state BLOB, sector BLOB",
}
_SCRATCH = {
    "entity": "id BLOB PRIMARY KEY, subject BLOB, line BLOB",
    "event": "time BLOB, fact BLOB, line BLOB",
    "edge": "source BLOB, target BLOB, fact BLOB, graphml BLOB, strength BLOB, gexf BLOB, documents BLOB, weight REAL,"
    " mutual INTEGER",
}
_CACHE = 64 * 1024  # KiB
_ROWS = 5000


class Spool:
    """A SQLite file of contributions; `about` tells what they were made with: others are thrown away.

    The articles that a build reads are wanted; what it doesn't read again is left out when it is put together.
    """

    def __init__(self, path: Path, about: str = "") -> None:
        self.path = path
        with _explained(path):
            try:
                self._open(about)
            except sqlite3.DatabaseError:
                for broken in path.parent.glob(f"{path.name}*"):  # nothing in it can be trusted
                    broken.unlink()
                self._open(about)

    def _open(self, about: str) -> None:
        self.base = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        tables = "".join(f"CREATE TABLE IF NOT EXISTS {name} ({columns});" for name, columns in _LASTING.items())
        self.base.executescript(
            f"PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -{_CACHE};"
            f"CREATE TABLE IF NOT EXISTS about (what TEXT);{tables}"
        )
        if self.base.execute("SELECT what FROM about").fetchall() != [(about,)]:
            self.base.executescript("".join(f"DELETE FROM {name};" for name in ("about", *_LASTING)))
            self.base.execute("INSERT INTO about VALUES (?)", (about,))
        self.base.execute("UPDATE article SET wanted = 0")

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(sqlite3.Error):
            self.base.close()

    def count(self) -> int:
        """How many articles are wanted."""
        return int(self.base.execute("SELECT COUNT(*) FROM article WHERE wanted").fetchone()[0])

    def has(self, document: str, digest: str) -> bool:
        """Whether an article, the same with all that is known of it, has been done; it is wanted from now on."""
        query = "UPDATE article SET wanted = 1 WHERE document = ? AND digest = ?"
        return self.base.execute(query, (encoded(document), digest)).rowcount > 0

    def put(self, contributions: Iterable[Contribution]) -> None:
        """Keep what some articles contribute, all or none of them; an article of the same id is replaced."""
        with self._transaction():
            for item in contributions:
                self._forget("document = ?", encoded(item.document))
                row = (
                    encoded(item.document), item.digest, encoded(item.published), encoded(item.source),
                    encoded(item.article), encoded(item.statements), item.count, item.graph, item.quads,
                    item.print, 1,
                )  # fmt: skip
                number = self._insert("article", [(None, *row)])
                self._insert("claim", [(number, bucket, encoded(line)) for bucket, line in item.claims])
                self._insert("direct", [(number, *(encoded(term) for term in triple)) for triple in item.direct])
                names = ((each.id, each.label, each.type, each.state, each.sector) for each in item.entities)
                self._insert("named", [(number, *(encoded(part) for part in name)) for name in names])

    def begin(self) -> tuple[int, int]:
        """Leave out what isn't wanted and make room for what is put together; how many articles and statements."""
        with self._transaction():
            self._forget("NOT wanted")
            for name, columns in _SCRATCH.items():
                self.base.execute(f"DROP TABLE IF EXISTS {name}")
                self.base.execute(f"CREATE TABLE {name} ({columns})")
        articles, statements = self.base.execute("SELECT COUNT(*), COALESCE(SUM(count), 0) FROM article").fetchone()
        return articles, statements

    def fill(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Put rows of texts and numbers into a table of the scratch."""
        with self._transaction():
            self._insert(
                table, [tuple(encoded(cell) if isinstance(cell, str) else cell for cell in row) for row in rows]
            )

    def rows(self, query: str, *values: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, its texts as bytes."""
        with _explained(self.path):
            for row in self.base.execute(query, tuple(map(encoded, values))):  # noqa: UP028  (no closing a closed base)
                yield row

    def digests(self) -> dict[str, str]:
        """What tells each article from others of its id."""
        return {decoded(name): digest for name, digest in self.rows("SELECT document, digest FROM article")}

    def sources(self) -> Sources:
        """Which articles are copies, and who printed each."""
        prints: dict[str, Print] = {}
        published: dict[str, str | None] = {}
        publishers: dict[str, str | None] = {}
        for name, day, source, printed in self.rows("SELECT document, published, source, print FROM article"):
            document = decoded(name)
            prints[document] = np.frombuffer(printed, dtype=np.uint32)
            published[document] = None if day is None else decoded(day)
            publishers[document] = None if source is None else decoded(source)
        return Sources(grouped(prints, published), publishers)

    def _forget(self, which: str, *values: bytes | None) -> None:
        for (number,) in self.base.execute(f"SELECT number FROM article WHERE {which}", values).fetchall():
            for name in ("claim", "direct", "named"):
                self.base.execute(f"DELETE FROM {name} WHERE article = ?", (number,))
            self.base.execute("DELETE FROM article WHERE number = ?", (number,))

    def _insert(self, table: str, rows: list[tuple[Any, ...]]) -> int:
        """Put rows into a table; the number of the last."""
        if not rows:
            return 0
        cursor = self.base.cursor()
        cursor.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows[:-1])
        cursor.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows[-1])
        return cursor.lastrowid or 0

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with _explained(self.path):
            self.base.execute("BEGIN")
            try:
                yield
            except BaseException:
                with suppress(sqlite3.Error):
                    self.base.execute("ROLLBACK")
                raise
            self.base.execute("COMMIT")


class Filler:
    """Rows for a table of a spool's scratch, put there some thousand at a time."""

    def __init__(self, spool: Spool, table: str) -> None:
        self.spool, self.table = spool, table
        self.waiting: list[tuple[Any, ...]] = []

    def __enter__(self) -> Filler:
        return self

    def add(self, *row: str | float) -> None:
        self.waiting.append(row)
        if len(self.waiting) >= _ROWS:
            self.spool.fill(self.table, self.waiting)
            self.waiting = []

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.spool.fill(self.table, self.waiting)


@overload
def encoded(text: str) -> bytes: ...


@overload
def encoded(text: None) -> None: ...


def encoded(text: str | None) -> bytes | None:
    """A text as its bytes, which even a lone surrogate has."""
    return None if text is None else text.encode("utf-8", "surrogatepass")


def decoded(data: bytes) -> str:
    """The text of `encoded`."""
    return data.decode("utf-8", "surrogatepass")


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """What SQLite says of a disk as one line of ours."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OutputError(f"{path.parent}: can't be written ({error}); what was done is kept") from error
