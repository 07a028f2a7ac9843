"""A Spark cluster gives the rows of a build on one machine, also where one of its workers dies."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from shutil import which

import pytest
from makers import Maker, world
from test_build import RECIPE, written

from triplomat.errors import UsageError
from triplomat.graph.build import Works, build_folder
from triplomat.graph.exports import to_parquet
from triplomat.graph.saving import load

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed")
pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
pytest.importorskip("pyarrow.parquet")
pytestmark = pytest.mark.skipif(which("java") is None, reason="no Java here")
COUNT = 300
HERE = Path(__file__).parent


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A master and two workers on loopback: the master's URL, and the workers."""
    folder, port = tmp_path_factory.mktemp("cluster"), free_port()
    launcher = str(Path(pyspark.__file__).parent / "bin" / "spark-class")
    environment = {
        **os.environ,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_MEMORY": "256m",
        "PYTHONPATH": os.pathsep.join([str(HERE), *(part for part in sys.path if part)]),
    }
    started = []

    def start(kind, *arguments):
        command = [launcher, f"org.apache.spark.deploy.{kind}", "--host", "127.0.0.1", "--webui-port", "0", *arguments]
        with (folder / f"log{len(started)}").open("wb") as log:
            started.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True))
        return started[-1]

    start("master.Master", "--port", str(port))
    url = f"spark://127.0.0.1:{port}"
    workers = [
        start("worker.Worker", "--cores", "1", "--memory", "1g", "--work-dir", str(folder / f"work{number}"), url)
        for number in range(2)
    ]
    yield url, workers
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    """The same articles built on this machine."""
    folder = tmp_path_factory.mktemp("local")
    corpus = written(folder / "corpus.jsonl", world(COUNT))
    build_folder([corpus], folder / "out", Maker(), replace(RECIPE, rdf=("nq",)), Works())
    to_parquet(load(folder / "out"), folder)
    return folder, corpus


def rows(path):
    """The rows of a Parquet file or folder, sorted, whatever type a column without values has."""
    found = pyarrow.parquet.read_table(path).to_pylist()
    return sorted(repr(sorted(row.items())) for row in found)


def assert_same(cluster_folder, folder):
    lines = [line for part in (cluster_folder / "quads").glob("part-*") for line in part.read_text().splitlines()]
    assert sorted(lines) == sorted((folder / "out" / "graph.nq").read_text().splitlines())
    assert rows(cluster_folder / "facts") == rows(folder / "facts.parquet")
    assert rows(cluster_folder / "statements") == rows(folder / "statements.parquet")


def test_a_cluster_gives_the_rows_of_one_machine_though_a_worker_dies(cluster, local, tmp_path):
    from triplomat.graph.spark import build_on_cluster

    url, workers = cluster
    folder, corpus = local
    killed = []

    def kill():
        inbox = tmp_path / ".out.work" / "contributions" / "_temporary"
        until = time.monotonic() + 120
        while time.monotonic() < until and not any(inbox.rglob("*.parquet")):
            time.sleep(0.05)
        time.sleep(1)
        os.killpg(workers[0].pid, signal.SIGKILL)
        killed.append(inbox.exists())

    thread = threading.Thread(target=kill)
    thread.start()
    counts = build_on_cluster([corpus], tmp_path / "out", Maker(pause=0.02), RECIPE, Works(), master=url)
    thread.join()
    assert killed == [True]
    assert (counts.articles, counts.statements) == (COUNT, COUNT)
    assert_same(tmp_path / "out", folder)


def test_a_cluster_that_is_not_there_is_one_line(tmp_path):
    from triplomat.graph.spark import build_on_cluster

    corpus = written(tmp_path / "corpus.jsonl", world(2))
    with pytest.raises(UsageError, match="--master"):
        build_on_cluster([corpus], tmp_path / "out", Maker(), RECIPE, Works(), master="nonsense://x")
