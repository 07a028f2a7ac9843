"""Measures facts, RDF, store, SHACL, queries and server on a graph of made-up statements.

PYTHONPATH=src python benchmarks/sparql.py --quads 1000000 -o /tmp/bench       # makes the store, times each step
PYTHONPATH=src python benchmarks/sparql.py --queries -o /tmp/bench             # each shipped query, from disk
PYTHONPATH=src python benchmarks/sparql.py --shacl 10000                       # SHACL over so many events
PYTHONPATH=src python benchmarks/sparql.py --clients 50 --seconds 60 -o /tmp/bench
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

from triplomat.extractors.statement import Argument, Article, Event, Party, Predicate, Sentence, Statement
from triplomat.graph.entities import describe
from triplomat.graph.facts import facts
from triplomat.graph.gazetteer import known
from triplomat.graph.lookup import in_store
from triplomat.graph.quads import quads_of
from triplomat.graph.rdf import ontology_quads, portions
from triplomat.graph.shipped import prepare, shipped
from triplomat.graph.store import StoreWriter, open_store
from triplomat.ontology.terms import Names

GOODS = ("oil", "grain", "shells", "drones", "jets", "gas", "rice", "steel", "missiles", "medicine")
KINDS = (
    ("supplies", "AID", None, 10.0), ("sanctions", "SANCTION", None, -6.0), ("visits", "CONSULT", "visit", 4.0),
    ("meets", "CONSULT", None, 2.5), ("accuses", "ACCUSE", None, -3.0), ("threatens", "THREATEN", None, -3.5),
    ("attacks", "ASSAULT", None, -9.0), ("supports", "SUPPORT", None, 5.0),
)  # fmt: skip
PAPERS = [f"Paper {number}" for number in range(40)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quads", type=int)
    parser.add_argument("--queries", action="store_true")
    parser.add_argument("--shacl", type=int)
    parser.add_argument("--clients", type=int)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=1.0, help="seconds from one question of a client to its next")
    parser.add_argument("-o", "--output", type=Path, default=Path("/tmp/triplomat-bench"))
    options = parser.parse_args()
    if options.quads:
        make(options.quads, options.output)
    if options.queries:
        ask_all(options.output)
    if options.shacl:
        check_events(options.shacl)
    if options.clients:
        load_server(options.output, options.clients, options.seconds, options.pause)


def corpus(articles: int, *, each: int = 10, seed: int = 0) -> tuple[list[Article], list[Statement]]:
    """Articles with so many statements each, about 200 states, over three years."""
    dice = random.Random(seed)
    states = sorted(name for name in known() if name.startswith("country:"))[:200]
    labels = {name: known()[name].label for name in states}
    papers, told = [], []
    for number in range(articles):
        day = (date(2022, 1, 1) + timedelta(days=dice.randrange(1095))).isoformat()
        ident = f"a{number:06}"
        papers.append(
            Article(ident, f"text {ident}", title=f"Title {ident}", published=day, source=dice.choice(PAPERS))
        )
        told += [statement(dice, ident, day, place, states, labels) for place in range(each)]
    return papers, told


def statement(
    dice: random.Random, ident: str, day: str, place: int, states: list[str], labels: dict[str, str]
) -> Statement:
    """A statement of two states, some of it hedged, denied or attributed."""
    one, two, three = dice.sample(states[:40] if dice.random() < 0.6 else states, 3)
    relation, kind, mode, score = dice.choice(KINDS)
    what = dice.choice(GOODS) if relation == "supplies" else None
    words = f"{labels[one]} {relation} {labels[two]}" + (f" {what}." if what else ".")
    start = place * 200
    gap = len(labels[one]) + 1
    after = gap + len(relation) + 1

    def part(role: str, entity: str, offset: int) -> Argument:
        end = start + offset + len(labels[entity])
        return Argument(role, labels[entity], start + offset, end, entity, "State", entity)

    parties = [Party(labels[name], name, name[8:], None, name) for name in (one, two)]
    thing = Argument("object", what, start + after, start + after + len(what), None, "Commodity") if what else None
    return Statement(
        document=ident,
        published=day,
        sentence=Sentence(place, start, start + len(words), words),
        subject=part("subject", one, 0),
        predicate=Predicate(relation, start + gap, start + after - 1, relation.rstrip("s"), relation),
        object=thing or part("object", two, after),
        arguments=(part("recipient", two, after),) if what else (),
        event=Event(kind, mode, (), "cooperation", score, (parties[0],), (parties[1],)),
        polarity="negative" if dice.random() < 0.08 else "positive",
        modality=dice.choices(("asserted", "possible", "intended"), (8, 1, 1))[0],  # type: ignore[arg-type]
        attribution=part("attribution", three, 120) if dice.random() < 0.15 else None,
        confidence=round(dice.uniform(0.5, 0.98), 4),
    )


def make(count: int, output: Path) -> None:
    """Build a store of at least so many quads and tell how long each step took."""
    articles = max(10, count // 470)
    clock = time.perf_counter()
    papers, told = corpus(articles)
    clock = _step(f"{len(told)} statements of {articles} articles made up", clock)
    found = facts(told, ())
    clock = _step(f"{len(found)} facts", clock)
    entities = describe(told, known())
    clock = _step(f"{len(entities)} entities", clock)
    names = Names()
    output.mkdir(parents=True, exist_ok=True)
    with (output / "graph.trig").open("wb") as file:
        for piece in portions(told, found, papers, entities, names):
            file.write(piece.encode())
    clock = _step("TriG", clock)
    subprocess.run(["rm", "-rf", str(output / "store")], check=True)
    with StoreWriter(output / "store", names) as store:
        for piece in portions(told, found, papers, entities, names):
            store.add(piece.encode())
        store.complete(ontology_quads(names))
        store.finish(output / "store")
    written = len(open_store(output / "store"))
    _step(f"TriG once more, and {written} quads in the store", clock)
    (output / "manifest.json").write_text(json.dumps({"base_iri": names.base, "counts": {"quads": written}}))


ASK = """
import sys, time
from triplomat.graph.asking import settings
from triplomat.graph.sources import open_source
clock = time.perf_counter()
source = open_source(sys.argv[1])
opened, clock, work = time.perf_counter() - clock, time.perf_counter(), time.process_time()
rows = source.answer(source.prepare(sys.argv[2], settings(sys.argv[3:])))
work, clock = time.process_time() - work, time.perf_counter() - clock
print(f"{' '.join(sys.argv[2:]):42} opened {opened:.3f}, processor {work:.3f}, clock {clock:.3f} s, {len(rows)} rows")
"""
SETTINGS = (
    ("timeline", "actor=Russia", "other=China"), ("friends", "actor=Russia", "other=China"),
    ("says", "actor=Russia"), ("supplies", "actor=Russia"), ("dyads", "since=2024-01-01"),
    ("between", "since=2024-01-01", "until=2024-02-01"), ("alleged", "actor=Russia"),
)  # fmt: skip


def ask_all(output: Path) -> None:
    """Time each shipped query without and some with parameters, each in a process of its own: its first run."""
    for question in [*((name,) for name in shipped()), *SETTINGS]:
        subprocess.run([sys.executable, "-c", ASK, str(output), *question], check=True)


def check_events(count: int) -> None:
    """Time the SHACL check of so many events' graph."""
    from triplomat.graph.checking import check

    papers, told = corpus(count // 10)
    names = Names()
    whole = list(quads_of(portions(told, facts(told, ()), papers, describe(told, known()), names)))
    clock = time.perf_counter()
    violations = check(whole, names)
    _step(f"{len(whole)} quads of {len(told)} events checked, {len(violations)} violations", clock)


def load_server(output: Path, clients: int, seconds: float, pause: float) -> None:
    """Put questions to a server by so many clients at once, each of which asks again `pause` seconds after it asked."""
    script = f"from triplomat.graph.serve import serve; serve({str(output)!r}, port=8765)"
    server = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    try:
        assert server.stdout and server.stdout.readline()
        questions = Questions(output)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
        times, errors = asyncio.run(_clients(questions, clients, seconds, pause))
        own = resource.getrusage(resource.RUSAGE_SELF).ru_utime - before
        workers = subprocess.run(["pgrep", "-P", str(server.pid)], stdout=subprocess.PIPE, text=True).stdout.split()
        front, spent = _processor(server.pid), sum(_processor(int(worker)) for worker in workers)
    finally:
        server.terminate()
        server.wait()
    cuts = statistics.quantiles(times, n=100)
    print(
        f"{clients} clients, a question every {pause:g} s each, {seconds:g} s: "
        f"{len(times)} answers, {len(errors)} errors"
    )
    print(f"p50 {cuts[49]:.3f} s, p95 {cuts[94]:.3f} s, p99 {cuts[98]:.3f} s, longest {max(times):.3f} s")
    print(f"{len(set(questions.asked))} different questions")
    print(f"processor: server {front:.1f} s, its workers {spent:.1f} s, clients {own:.1f} s")
    for error in errors[:3]:
        print("  ", error)


class Questions:
    """Questions as people ask them: a shipped query about an actor they name, or of all, or SPARQL of their own."""

    def __init__(self, output: Path) -> None:
        store = open_store(output / "store")
        self.names, self.look_up = Names(), in_store(store, Names())
        rows = store.query(
            "SELECT DISTINCT ?l { ?f tm:actor ?a . ?a rdfs:label ?l }", prefixes=dict(self.names.prefixes)
        )
        self.actors = sorted(row[0].value for row in rows)
        self.cached: dict[str, list[str]] = {}
        self.asked: list[str] = []

    def draw(self, dice: random.Random) -> str:
        """A question: three in four name somebody, one in eight asks of all, one in eight is written by hand."""
        name = dice.choice(sorted(shipped()))
        kind = dice.random()
        if kind < 0.125:
            actor = dice.choice(self.actors)
            text = (
                f"SELECT ?f ?who {{ ?f tm:actor ?a ; tm:recipient ?r . ?a rdfs:label '{actor}' . ?r rdfs:label ?who }}"
            )
        else:
            text = prepare(
                shipped()[name], self._look_up, self.names, self._settings(name, dice) if kind < 0.875 else {}
            )
        self.asked.append(text)
        return text

    def _settings(self, name: str, dice: random.Random) -> dict[str, str]:
        first = date(2022, 1, 1) + timedelta(days=dice.randrange(1000))
        days = {"since": first, "until": first + timedelta(days=31), "date": first}
        return {
            parameter.name: dice.choice(self.actors) if parameter.kind == "entity" else days[parameter.name].isoformat()
            for parameter in shipped()[name].parameters
            if parameter.kind in ("entity", "date") and (parameter.kind == "date" or dice.random() < 0.8)
        }

    def _look_up(self, name: str) -> list[str]:
        if name not in self.cached:
            self.cached[name] = self.look_up(name)
        return self.cached[name]


async def _clients(questions: Questions, clients: int, seconds: float, pause: float) -> tuple[list[float], list[str]]:
    times: list[float] = []
    errors: list[str] = []
    until = time.monotonic() + seconds

    async def client(seed: int) -> None:
        dice = random.Random(seed)
        await asyncio.sleep(dice.random() * pause)
        while time.monotonic() < until:
            body = urlencode({"query": questions.draw(dice)}).encode()
            clock = time.monotonic()
            try:
                status, told = await asyncio.wait_for(_post(body), 60)
                times.append(time.monotonic() - clock)
                if status != 200:
                    errors.append(f"{status} {told[:200].decode()}")
            except (OSError, TimeoutError, EOFError) as error:
                errors.append(repr(error))
            await asyncio.sleep(max(0.0, pause - (time.monotonic() - clock)))

    await asyncio.gather(*(client(number) for number in range(clients)))
    return times, errors


async def _post(body: bytes) -> tuple[int, bytes]:
    """One request on a connection of its own: by hand, because the clients share the server's cores."""
    reader, writer = await asyncio.open_connection("127.0.0.1", 8765)
    head = f"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1:8765\r\nConnection: close\r\nContent-Length: {len(body)}\r\n"
    writer.write(head.encode() + b"Content-Type: application/x-www-form-urlencoded\r\n\r\n" + body)
    answer = await reader.read(-1)
    writer.close()
    return int(answer[9:12]), answer.partition(b"\r\n\r\n")[2]


def _processor(process: int) -> float:
    """The seconds of processor that a running process has used (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _step(what: str, clock: float) -> float:
    print(f"{what}: {time.perf_counter() - clock:.2f} s", flush=True)
    return time.perf_counter()


if __name__ == "__main__":
    main()
