"""The store's merging in the background → work that waits for a processor that nobody else wants.

Oxigraph's files are RocksDB's, which merges them by threads of its own and has no option to put that off.
"""

from __future__ import annotations

import os
from pathlib import Path

_TASKS = Path("/proc/self/task")
_MERGING = "rocksdb:low"
_BEHIND = 10  # steps of niceness: a tenth of the share of others


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
    behind = os.getpriority(os.PRIO_PROCESS, 0) + _BEHIND
    try:
        for thread in found:
            os.setpriority(os.PRIO_PROCESS, thread, behind)
    except OSError:
        return False
    return bool(found)


def _name(task: Path) -> str:
    try:
        return (task / "comm").read_text().strip()
    except OSError:  # it has ended
        return ""
