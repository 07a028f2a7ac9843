"""A process killed at any moment of a save leaves the old folder or the new one, and both open."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from samples import corpus

from triplomat.graph.checking import check_folder
from triplomat.graph.knowledge_graph import KnowledgeGraph
from triplomat.graph.store import open_store

TIMES = int(os.environ.get("TRIPLOMAT_KILLS", "12"))
SAVER = """
import sys
sys.path.insert(0, sys.argv[2])
from samples import corpus
from triplomat.graph.knowledge_graph import KnowledgeGraph
articles, statements = corpus()
graphs = [KnowledgeGraph(statements[:count], articles[:count]) for count in (3, 8)]
print("ready", flush=True)
while True:
    for graph in graphs:
        graph.save(sys.argv[1])
"""


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
def test_a_kill_at_any_moment_leaves_a_whole_folder(tmp_path):
    folder = tmp_path / "out"
    articles, statements = corpus()
    KnowledgeGraph(statements[:3], articles[:3]).save(folder)
    command = [sys.executable, "-c", SAVER, str(folder), str(Path(__file__).parent)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    moments = random.Random(0)
    for _ in range(TIMES):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
        assert process.stdout and process.stdout.readline() == b"ready\n"
        time.sleep(moments.uniform(0.0, 0.8))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        graph = KnowledgeGraph.load(folder)
        assert len(graph) in (3, 8)
        store = open_store(folder / "store")
        assert len(store) == len(graph.store)
        del store
    pytest.importorskip("pyshacl")
    assert check_folder(folder) == []
    KnowledgeGraph(statements, articles).save(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs permissions that bind, so not root")
def test_a_folder_that_cannot_be_written_is_one_line(tmp_path):
    from triplomat.errors import OutputError

    tmp_path.chmod(0o500)
    articles, statements = corpus()
    with pytest.raises(OutputError, match="can't be"):
        KnowledgeGraph(statements, articles).save(tmp_path / "out")
    tmp_path.chmod(0o700)


def test_a_store_that_is_broken_is_read_from_its_file_with_a_warning(tmp_path):
    from triplomat.graph.sources import open_source

    articles, statements = corpus()
    KnowledgeGraph(statements, articles).save(tmp_path / "out")
    for path in (tmp_path / "out" / "store").iterdir():
        if path.name.startswith("MANIFEST"):
            path.write_bytes(b"broken")
    with pytest.warns(UserWarning, match=r"reading .*graph.trig"):
        source = open_source(str(tmp_path / "out"))
    assert bool(source.answer("ASK { country:RUS rel:suppliesTo country:PRK }"))
