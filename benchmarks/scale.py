"""Measures builds of many articles: time beside the bare parse, peak memory, processes, and a Spark cluster's speed.

    PYTHONPATH=src python benchmarks/scale.py --articles 10000
    PYTHONPATH=src python benchmarks/scale.py --articles 500 --jobs 1 2 --spark 2

Articles come from corpus.py. Each run is a process of its own; times are clock and processor time of it and its
children, memory the greatest of any one process. "Beyond extraction" is what a build takes besides `triplomat extract`.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from corpus import corpus

PARSE = """
import json, sys, spacy
from triplomat.extractors.parsing import BATCH_SIZE, model_name
nlp = spacy.load(model_name())
texts = (json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8"))
print(sum(len(doc) for doc in nlp.pipe(texts, batch_size=BATCH_SIZE)))
"""
QUIET = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class Run:
    """What a process took: seconds of clock and processor, and mebibytes of memory at the most."""

    clock: float
    processor: float
    memory: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--jobs", type=int, nargs="*", default=[1], help="builds by so many processes")
    parser.add_argument(
        "--spark", type=int, metavar="WORKERS", help="a build by a standalone cluster of so many workers"
    )
    parser.add_argument("--no-encoder", action="store_true")
    parser.add_argument("--parts", action="store_true", help="also time the bare parse and extraction alone")
    options = parser.parse_args()
    if paths := os.environ.get("PYTHONPATH"):  # the cluster's workers run elsewhere
        os.environ["PYTHONPATH"] = os.pathsep.join(str(Path(path).resolve()) for path in paths.split(os.pathsep))
    more = ["--no-encoder"] if options.no_encoder else []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        path = home / "corpus.jsonl"
        rows = corpus(options.articles)
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
        base = None
        if options.parts:
            base = shown("bare parse", measured([sys.executable, "-c", PARSE, str(path)]), options.articles)
            extract = [sys.executable, "-m", "triplomat", "extract", str(path), *more, "-o", str(home / "s.jsonl")]
            alone = shown("extraction", measured(extract), options.articles, base)
            for jobs in options.jobs:
                if jobs > 1:
                    run = measured([*extract, "--jobs", str(jobs)])
                    shown(f"extraction, {jobs} processes", run, options.articles, base)
        for jobs in options.jobs:
            out = home / f"by{jobs}"
            command = [
                sys.executable,
                "-m",
                "triplomat",
                "build",
                str(path),
                "-o",
                str(out),
                "--jobs",
                str(jobs),
                *more,
            ]
            built = shown(f"build, {jobs} processes", measured(command), options.articles, base)
            if options.parts:
                beyond = built.processor - alone.processor
                print(
                    f"    beyond extraction: {beyond:.1f} s of processor, {beyond / alone.processor:.0%} of extraction"
                )
            manifest = json.loads((out / "manifest.json").read_text("utf-8"))
            print(f"    {manifest['counts']}, {manifest['timings']}", flush=True)
        if options.spark:
            with cluster(options.spark, home) as running:
                command = [sys.executable, "-m", "triplomat", "build", str(path), "-o", str(home / "spark"), *more]
                before = running.processor()
                run = measured([*command, "--engine", "spark", "--master", running.url])
                shown(f"build, Spark with {options.spark} workers", run, options.articles, base)
                print(f"    the cluster's workers: {running.processor() - before:.1f} s of processor")


def measured(command: list[str]) -> Run:
    """Run a command to its end."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, **QUIET})
    _, status, own = os.wait4(process.pid, 0)
    clock, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if status:
        raise SystemExit(f"{' '.join(command[:6])} … failed")
    took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(clock, took, own.ru_maxrss / 1024)


def shown(what: str, run: Run, articles: int, base: Run | None = None) -> Run:
    """Print a run and give it back."""
    beside = f", {run.processor / base.processor:.2f} of the bare parse" if base else ""
    each = 1000 * run.processor / articles
    print(
        f"{what}: clock {run.clock:.1f} s, processor {run.processor:.1f} s ({each:.0f} ms an article{beside}),"
        f" {run.memory:.0f} MiB, {articles / run.clock:.1f} articles/s",
        flush=True,
    )
    return run


class cluster:
    """A standalone Spark cluster on loopback, a core a worker."""

    def __init__(self, workers: int, folder: Path, port: int = 17077) -> None:
        self.workers, self.folder, self.url = workers, folder, f"spark://127.0.0.1:{port}"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.ticks: dict[str, int] = {}
        self.ended = threading.Event()

    def _start(self, kind: str, *arguments: str) -> None:
        import pyspark

        launcher = str(Path(pyspark.__file__).parent / "bin" / "spark-class")
        command = [launcher, f"org.apache.spark.deploy.{kind}", "--host", "127.0.0.1", "--webui-port", "0", *arguments]
        environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_DAEMON_MEMORY": "256m"}
        log = (self.folder / f"log{len(self.processes)}").open("wb")
        self.processes.append(
            subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
        )

    def processor(self) -> float:
        """Seconds of the processor that its processes took so far, as Linux told of each when it was last seen."""
        return sum(self.ticks.values()) / os.sysconf("SC_CLK_TCK")

    def _watch(self) -> None:
        while not self.ended.wait(0.2):
            sessions = {process.pid for process in self.processes}
            for stat in Path("/proc").glob("[0-9]*/stat"):
                with suppress(OSError):
                    told = stat.read_text().rpartition(")")[2].split()
                    if int(told[3]) in sessions:
                        self.ticks[stat.parent.name] = int(told[11]) + int(told[12])

    def __enter__(self) -> cluster:
        self._start("master.Master", "--port", self.url.rpartition(":")[2])
        for number in range(self.workers):
            place = str(self.folder / f"work{number}")
            self._start("worker.Worker", "--cores", "1", "--memory", "1g", "--work-dir", place, self.url)
        threading.Thread(target=self._watch, daemon=True).start()
        time.sleep(10)
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        for process in self.processes:
            os.killpg(process.pid, 9)
            process.wait()


if __name__ == "__main__":
    main()
