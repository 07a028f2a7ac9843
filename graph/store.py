"""Quads ↔ the Oxigraph store on disk: written whole, read without locking, seen through rdflib where that is wanted.

A reader beside a live writer from another process is undefined in Oxigraph: stores are therefore written in a folder of
their own and moved into place, and readers open them read-only.
"""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from triplomat.errors import OutputError, TriplomatError
from triplomat.ontology.terms import Names

from .merging import give_way, merge
from .quads import Quad, nquads
from .turtle import words

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib


# Bytes of TriG that are loaded together. Each load writes files that the store merges later. A small one is sorted in
# the processor's cache, a third faster than a large one, but many would be merged again and again (2.3 million quads
# by 1, 8 and up to 24 million bytes: 4.3, 5.9 and 6.4 microseconds of the processor a quad to load, 4.4, 2.1 and 1.0 to
# merge); one of 24 million bytes, 750,000 quads, takes 500 MB of memory. Where merging waits until the end, small loads
# cost 6.5 in all and 150 MB.
_SLICE, _GROWTH, _LARGEST = 10_000_000, 1.5, 24_000_000
_SMALL, _FEW, _SOME = 1_000_000, 64, 6_000_000
_AT_ONCE = 0.7  # of the graphs, where processors are busy: the rest is loaded while one process makes the facts


class StoreError(TriplomatError, OSError):
    """A store that is missing or can't be opened."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}; build the folder again, or query its graph.trig")
        self.path = path


class StoreWriter:
    """A new store on disk, loaded by a thread, a slice of TriG at a time, while others work on what comes next.

    Oxigraph lets go of Python's lock while it loads. `held` are the pieces that the store was given, by name. Where all
    processors are `busy`, slices are small and merged at the end.
    """

    def __init__(self, path: Path, names: Names, *, busy: bool = False) -> None:
        self.path, self.header, self._busy = path, words(names.base).header.encode(), busy
        self._open()

    def _open(self) -> None:
        import pyoxigraph

        if self.path.exists():
            raise OutputError(f"{self.path}: there is a store already")
        self.held: dict[str, str] = {}
        self._twice = False
        with self._explained():
            self._store = pyoxigraph.Store(str(self.path))
        self._thread, self._loads = ThreadPoolExecutor(1), deque[Future[None]]()
        self._waiting: list[bytes] = []
        self._merging_waits = self._busy and give_way()
        self._offered = self._taken = 0
        self._size, self._total, self._slice = 0, 0, _SMALL if self._merging_waits else _SLICE

    def __enter__(self) -> StoreWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def take(self, document: str, digest: str, graph: bytes) -> None:
        """Take in an article's graph, before all articles are known, unless there will be more time for it later."""
        self._offered += len(graph)
        if self._merging_waits and self._taken + len(graph) > _AT_ONCE * self._offered:
            return
        self._taken += len(graph)
        self._twice |= document in self.held
        self.held[document] = digest
        self.add(graph)

    def keep(self, wanted: Mapping[str, str]) -> None:
        """Begin anew where an article was taken in that isn't wanted, or not as it was."""
        if self._twice or not self.held.items() <= wanted.items():
            self.close()
            shutil.rmtree(self.path)
            self._open()

    def add(self, piece: bytes) -> None:
        """Take in whole blocks of TriG whose prefixes are the project's."""
        self._waiting.append(piece)
        self._size += len(piece)
        if self._size >= self._slice:
            self.load()

    def load(self) -> None:
        """Have the thread load what waits, without waiting for it, unless it has something to load already."""
        import pyoxigraph

        if not self._waiting:
            return
        content = b"".join([self.header, *self._waiting])
        self._total += self._size
        self._waiting, self._size = [], 0
        if self._merging_waits:
            self._slice = min(max(_SMALL, self._total // _FEW), _SOME)
        else:
            self._slice = min(int(self._slice * _GROWTH), _LARGEST)
        self._settle(1)
        self._submit(partial(self._store.bulk_load, content, pyoxigraph.RdfFormat.TRIG, lenient=True))

    @property
    def idle(self) -> bool:
        """Whether the thread has nothing to load."""
        return all(load.done() for load in self._loads)

    def complete(self, more: Iterable[Quad] = ()) -> None:
        """Have the thread load what is left and some more quads, and put all in order."""
        import pyoxigraph

        self.load()
        self._submit(partial(self._store.bulk_load, nquads(more), pyoxigraph.RdfFormat.N_QUADS, lenient=True))
        if self._merging_waits:
            self._submit(self._merge)

    def finish(self, place: Path) -> None:
        """Wait for the thread, close the store and leave it in its place."""
        self._settle(0)
        if hasattr(self, "_store"):
            with self._explained():
                self._store.flush()
        self.close()
        if place != self.path:
            self.path.rename(place)

    def close(self) -> None:
        """Let go of the store, whatever has become of it."""
        self._thread.shutdown(cancel_futures=True)
        self._loads.clear()
        if hasattr(self, "_store"):
            del self._store

    def _merge(self) -> None:
        """Close the store and have it merged; flushing it first would wait for the threads that give way."""
        del self._store
        merge(self.path)

    def _submit(self, work: Callable[[], None]) -> None:
        self._loads.append(self._thread.submit(work))

    def _settle(self, most: int) -> None:
        """Wait until no more than so many loads are under way; an error of one is raised here."""
        with self._explained():
            while len(self._loads) > most:
                self._loads.popleft().result()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """What the store says of a disk as one line of ours."""
        try:
            yield
        except OSError as error:
            reason = str(error).splitlines()[0]
            raise OutputError(f"{self.path.parent}: can't be written ({reason}); what was done is kept") from error


@contextmanager
def growing(path: Path, names: Names, *, busy: bool = False) -> Iterator[StoreWriter]:
    """A new store while articles are worked on; what a killed build left there is cleared."""
    shutil.rmtree(path, ignore_errors=True)
    with StoreWriter(path, names, busy=busy) as writer:
        try:
            yield writer
        finally:
            writer.close()
            shutil.rmtree(path, ignore_errors=True)


def memory_store(trig: Iterable[str], more: Iterable[Quad] = ()) -> pyoxigraph.Store:
    """A store in memory with what pieces of TriG say, and some more quads."""
    import pyoxigraph

    store = pyoxigraph.Store()
    store.bulk_load("".join(trig).encode(), pyoxigraph.RdfFormat.TRIG, lenient=True)
    store.bulk_load(nquads(more), pyoxigraph.RdfFormat.N_QUADS, lenient=True)
    return store


def open_store(path: Path) -> pyoxigraph.Store:
    """The store of a built folder, read-only; StoreError where it is missing or broken."""
    import pyoxigraph

    if not (path / "CURRENT").is_file():
        raise StoreError(path, "no store is here")
    try:
        return pyoxigraph.Store.read_only(str(path))
    except (OSError, RuntimeError, ValueError) as error:
        raise StoreError(path, f"the store can't be opened ({error})") from error


def file_store(path: Path) -> pyoxigraph.Store:
    """A store in memory with what a file of RDF holds; its name's ending tells the format."""
    import pyoxigraph

    store = pyoxigraph.Store()
    try:
        store.bulk_load(path=str(path))
    except (OSError, ValueError, SyntaxError) as error:
        raise StoreError(path, f"can't be read as RDF ({error})") from error
    return store


def to_dataset(store: pyoxigraph.Store) -> rdflib.Dataset:
    """The store as an rdflib Dataset whose default graph is the union of all; plain literals come back typed.

    Without oxrdflib it is a copy in rdflib's own memory, with a warning.
    """
    import rdflib

    try:
        from oxrdflib import OxigraphStore
    except ImportError:
        import pyoxigraph

        from .plain import plain_dataset

        return plain_dataset(store.dump(format=pyoxigraph.RdfFormat.N_QUADS) or b"")
    return rdflib.Dataset(store=OxigraphStore(store=store), default_union=True)
