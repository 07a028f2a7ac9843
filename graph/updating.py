"""A SPARQL update → the store of a built folder, replaced at once by a copy in which the update is committed.

Readers have a published store open, which nobody writes: an update is made in a copy of it (hard links, so it costs
nothing to copy), in one transaction, and the copy takes the store's place in one step. A process killed at any moment
leaves the store as it was or as it is after the update. The updates of a store are kept beside its data, in
`store/updates.jsonl`, so that `add` and `remove`, which write a new store, can make them again.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import warnings
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from triplomat.errors import QueryError, TriplomatError
from triplomat.ontology.terms import Names

from .folder import _move_in, _sweep, _sync, locked
from .mistakes import explain_syntax
from .store import open_store
from .using import with_any_graph

if TYPE_CHECKING:
    import pyoxigraph

JOURNAL = "updates.jsonl"
MEMORY = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Update:
    """SPARQL Update text, and the base IRI that its relative ones are resolved against."""

    text: str
    base: str | None = None


def publish(folder: Path, updates: Sequence[Update], names: Names) -> None:
    """Commit updates, all or none, to a built folder's store; QueryError where one is wrong, OutputError where another
    process is writing the folder.
    """
    place = folder / "store"
    with locked(folder):
        _sweep(folder, place.name)
        work = Path(tempfile.mkdtemp(prefix=f".{place.name}.new-", dir=folder))
        try:
            copy = work / place.name
            open_store(place).backup(str(copy))
            commit(copy, [*journal(place), *updates], names, since=len(journal(place)))
            _sync(copy)
            _move_in(copy, place)
        finally:
            shutil.rmtree(work, ignore_errors=True)


def commit(place: Path, updates: Sequence[Update], names: Names, *, since: int = 0) -> None:
    """Make the updates from number `since` on in a store that nobody else has open, and leave all as its journal."""
    import pyoxigraph

    store = pyoxigraph.Store(str(place))
    for update in updates[since:]:
        _apply(store, update, names)
    store.flush()
    del store
    lines = "".join(json.dumps(asdict(update), ensure_ascii=False) + "\n" for update in updates)
    (place / JOURNAL).write_text(lines, "utf-8")


def carry(old: Path, new: Path, names: Names) -> None:
    """Make the updates that an old folder's store has had again in a new one's; one that fails there is left out, with
    a warning.
    """
    kept = []
    for update in journal(old / "store"):
        try:
            commit(new / "store", [update], names)
            kept.append(update)
        except QueryError as error:
            warnings.warn(f"an earlier update is left out: {error}", stacklevel=2)
    if kept:
        commit(new / "store", kept, names, since=len(kept))


def journal(place: Path) -> list[Update]:
    """The updates that a store has had since it was built."""
    path = place / JOURNAL
    if not path.is_file():
        return []
    return [Update(**json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def _apply(store: pyoxigraph.Store, update: Update, names: Names) -> None:
    try:
        store.update(with_any_graph(update.text), base_iri=update.base, prefixes=dict(names.prefixes))
    except SyntaxError as error:
        raise QueryError(explain_syntax(str(error), update.text, rule="Update")) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryError(f"the update failed: {error}") from error


def command(folder: Path, names: Names, memory: int = MEMORY) -> list[str]:
    """The command line of a process that reads updates as JSON lines and publishes them together."""
    return [sys.executable, "-m", "triplomat.graph.updating", str(folder), names.base, str(memory)]


def main() -> int:
    """Run as `python -m triplomat.graph.updating FOLDER BASE_IRI MEMORY`; says on standard output what went wrong."""
    from .isolation import end_with_parent, forbid_connections, limit_memory

    end_with_parent()
    limit_memory(int(sys.argv[3]))
    forbid_connections()
    updates = [Update(**json.loads(line)) for line in sys.stdin.buffer.read().decode().splitlines()]
    try:
        publish(Path(sys.argv[1]), updates, Names(sys.argv[2]))
    except QueryError as error:
        sys.stdout.write(str(error))
        return 1
    except TriplomatError as error:
        sys.stdout.write(str(error))
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
