"""The store's merging waits for a processor that nobody else wants."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="threads give way on Linux only")


def test_the_threads_that_merge_give_way_and_no_others(tmp_path):
    script = (
        "import os, sys, pyoxigraph; from triplomat.graph.merging import _TASKS, _name, give_way\n"
        "assert not give_way()\n"  # nothing merges yet
        "store = pyoxigraph.Store(sys.argv[1])\n"
        "assert give_way()\n"
        "told = {(_name(task) == 'rocksdb:low', os.getpriority(os.PRIO_PROCESS, int(task.name)))"
        " for task in _TASKS.iterdir()}\n"
        "own = os.getpriority(os.PRIO_PROCESS, 0)\n"
        "assert told == {(True, min(19, own + 10)), (False, own)}, told\n"
    )
    subprocess.run([sys.executable, "-c", script, tmp_path / "store"], check=True)
