"""Quads ↔ the Oxigraph store on disk: written whole, read without locking, seen through rdflib where that is wanted.

A reader beside a live writer from another process is undefined in Oxigraph: stores are therefore written in a folder of
their own and moved into place, and readers open them read-only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BufferedReader
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from triplomat.errors import OutputError, TriplomatError

from .quads import Chunks, Quad, nquads

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib


_PIECE = 1 << 20
_SLICE = 60_000_000  # bytes; its load takes about 400 MB


class StoreError(TriplomatError, OSError):
    """A store that is missing or can't be opened."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}; build the folder again, or query its graph.trig")
        self.path = path


def write_store(path: Path, lines: Path | Chunks, more: Iterable[Quad] = ()) -> None:
    """A new store on disk with the quads of N-Quads, of a file or in pieces, and some more; its folder must be new."""
    import pyoxigraph

    if path.exists():
        raise OutputError(f"{path}: there is a store already")

    def pieces() -> Iterator[bytes]:
        if isinstance(lines, Chunks):
            yield from lines.pieces
        else:
            with lines.open("rb") as file:
                yield from iter(lambda: file.read(_PIECE), b"")
        yield nquads(more)

    store = pyoxigraph.Store(str(path))
    for part in _slices(pieces()):
        store.bulk_load(BufferedReader(Chunks(part), _PIECE), pyoxigraph.RdfFormat.N_QUADS, lenient=True)
    store.flush()
    del store


def _slices(pieces: Iterable[bytes]) -> Iterator[Iterator[bytes]]:
    """The pieces in slices of whole lines, each to be read to its end: a load holds all that it is given in memory."""
    rest = iter(pieces)
    carried = b""

    def part() -> Iterator[bytes]:
        nonlocal carried
        size = 0
        while size < _SLICE:
            piece = next(rest, None)
            if piece is None:
                yield carried
                carried = b""
                return
            whole, newline, after = (carried + piece).rpartition(b"\n")
            yield whole + newline
            carried, size = after, size + len(whole)

    while (first := next(rest, None)) is not None:
        rest = chain([first], rest)
        yield part()


def memory_store(quads: Iterable[Quad]) -> pyoxigraph.Store:
    """A store in memory with the quads."""
    import pyoxigraph

    store = pyoxigraph.Store()
    store.bulk_load(nquads(quads), pyoxigraph.RdfFormat.N_QUADS, lenient=True)
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
