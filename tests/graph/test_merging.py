"""The store's merging waits for a processor that nobody else wants."""

import subprocess
import sys

import pytest

from triplomat.graph.merging import merge
from triplomat.graph.store import StoreWriter, open_store
from triplomat.ontology.terms import Names

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="threads give way on Linux only")


def test_the_threads_that_merge_give_way_and_no_others(tmp_path):
    script = (
        "import os, sys, pyoxigraph; from triplomat.graph.merging import _TASKS, _name, give_way\n"
        "assert not give_way()\n"  # nothing merges yet
        "store = pyoxigraph.Store(sys.argv[1])\n"
        "assert give_way()\n"
        "told = {(_name(task) == 'rocksdb:low', os.getpriority(os.PRIO_PROCESS, int(task.name)))"
        " for task in _TASKS.iterdir()}\n"
        "assert told == {(True, 19), (False, os.getpriority(os.PRIO_PROCESS, 0))}, told\n"
    )
    subprocess.run([sys.executable, "-c", script, tmp_path / "store"], check=True)


def test_a_busy_store_is_merged_at_the_end(tmp_path, monkeypatch):
    monkeypatch.setattr("triplomat.graph.store.give_way", lambda: True)
    monkeypatch.setattr("triplomat.graph.store._SMALL", 1)
    merged = []
    monkeypatch.setattr("triplomat.graph.store.merge", lambda place: merged.append(merge(place)))
    with StoreWriter(tmp_path / "work", Names(), busy=True) as store:
        for number in range(20):
            said = "".join(f"thing:w{number}-{other} tm:start {other} .\n" for other in range(20))
            store.add(said.encode())
        store.complete()
        store.finish(tmp_path / "store")
    store = open_store(tmp_path / "store")
    assert len(store) == 400
    assert merged == [True]
    assert len(list((tmp_path / "store").glob("*.sst"))) < 10  # not those of 20 loads
    assert not merge(tmp_path / "nothing" / "here")
