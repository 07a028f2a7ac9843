"""The store's merging in the background → work that waits until the store is whole, and is then done once.

Oxigraph's files are RocksDB's, which merges them by threads of its own and has no option to put that off. Threads that
gave way can't be given their share back by an ordinary user, so a process of its own merges what is left.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from .isolation import end_with_parent

_TASKS = Path("/proc/self/task")
_MERGING = "rocksdb:low"
_LAST = 19  # niceness: a seventieth of the share of others


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def give_way() -> bool:
    """Let this process's merging threads give way to all other threads; whether they do, which only Linux allows."""
    if not _TASKS.is_dir():
        return False
    found = [int(task.name) for task in _TASKS.iterdir() if _name(task) == _MERGING]
    try:
        for thread in found:
            os.setpriority(os.PRIO_PROCESS, thread, _LAST)
    except OSError:
        return False
    return bool(found)


def merge(place: Path) -> bool:
    """Merge all files of a store that nobody has open, and say whether; if not, it is as good, only slower to read."""
    command = [sys.executable, "-m", "triplomat.graph.merging", str(place)]
    done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return done.returncode == 0


def main() -> None:
    """Run as `python -m triplomat.graph.merging STORE`."""
    import pyoxigraph

    end_with_parent()
    store = pyoxigraph.Store(sys.argv[1])
    store.optimize()
    store.flush()


def _name(task: Path) -> str:
    try:
        return (task / "comm").read_text().strip()
    except OSError:  # it has ended
        return ""


if __name__ == "__main__":
    main()
