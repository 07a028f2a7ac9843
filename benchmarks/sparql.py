"""Measures facts, RDF, store, SHACL, queries and server on a graph of made-up statements.

PYTHONPATH=src python benchmarks/sparql.py --quads 1000000 -o /tmp/bench       # makes the store, times each step
PYTHONPATH=src python benchmarks/sparql.py --queries -o /tmp/bench             # each shipped query, from disk
PYTHONPATH=src python benchmarks/sparql.py --shacl 10000                       # SHACL over so many events
PYTHONPATH=src python benchmarks/sparql.py --clients 50 --seconds 60 -o /tmp/bench
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

from triplomat.extractors.statement import Argument, Article, Event, Party, Predicate, Sentence, Statement
from triplomat.graph.entities import describe
from triplomat.graph.facts import facts
from triplomat.graph.gazetteer import known
from triplomat.graph.quads import convert, write_nquads
from triplomat.graph.rdf import ontology_quads, portions
from triplomat.graph.shipped import shipped
from triplomat.graph.store import write_store
from triplomat.ontology.terms import Names

GOODS = ("oil", "grain", "shells", "drones", "jets", "gas", "rice", "steel", "missiles", "medicine")
KINDS = (
    ("supplies", "AID", None, 10.0), ("sanctions", "SANCTION", None, -6.0), ("visits", "CONSULT", "visit", 4.0),
    ("meets", "CONSULT", None, 2.5), ("accuses", "ACCUSE", None, -3.0), ("threatens", "THREATEN", None, -3.5),
    ("attacks", "ASSAULT", None, -9.0), ("supports", "SUPPORT", None, 5.0),
)  # fmt: skip
PAPERS = [f"Paper {number}" for number in range(40)]
MIX = ("supplies", "visits", "sanctions", "dyads", "disputed", "supply-chains")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quads", type=int)
    parser.add_argument("--queries", action="store_true")
    parser.add_argument("--shacl", type=int)
    parser.add_argument("--clients", type=int)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("-o", "--output", type=Path, default=Path("/tmp/triplomat-bench"))
    options = parser.parse_args()
    if options.quads:
        make(options.quads, options.output)
    if options.queries:
        ask_all(options.output)
    if options.shacl:
        check_events(options.shacl)
    if options.clients:
        load_server(options.output, options.clients, options.seconds)


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
    lines = output / "graph.nq"
    written = write_nquads(lines, portions(told, found, papers, entities, names))
    clock = _step(f"{written} quads as N-Quads", clock)
    subprocess.run(["rm", "-rf", str(output / "store")], check=True)
    write_store(output / "store", lines, ontology_quads(names))
    clock = _step(f"{written} quads in the store", clock)
    convert(lines, output / "graph.trig", "trig", names)
    _step(f"{written} quads as TriG", clock)
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
    whole = [quad for part in portions(told, facts(told, ()), papers, describe(told, known()), names) for quad in part]
    clock = time.perf_counter()
    violations = check(whole, names)
    _step(f"{len(whole)} quads of {len(told)} events checked, {len(violations)} violations", clock)


def load_server(output: Path, clients: int, seconds: float) -> None:
    """Put a mix of shipped queries to a server by so many clients at once."""
    from triplomat.graph.lookup import in_store
    from triplomat.graph.shipped import prepare
    from triplomat.graph.store import open_store

    store, names = open_store(output / "store"), Names()
    queries = [
        prepare(shipped()[name], in_store(store, names), names, {})
        + "\nLIMIT 50" * ("LIMIT" not in shipped()[name].text)
        for name in MIX
    ]
    del store
    script = f"from triplomat.graph.serve import serve; serve({str(output)!r}, port=8765)"
    server = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.DEVNULL)
    try:
        time.sleep(4)
        times: list[float] = []
        errors: list[str] = []
        until = time.monotonic() + seconds
        threads = [threading.Thread(target=_client, args=(queries, until, times, errors, n)) for n in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        server.terminate()
        server.wait()
    p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(f"{clients} clients, {seconds:g} s: {len(times)} answers, {len(errors)} errors")
    print(f"p50 {p50:.2f} s, p95 {p95:.2f} s")
    for error in errors[:3]:
        print("  ", error)


def _client(queries: list[str], until: float, times: list[float], errors: list[str], seed: int) -> None:
    dice = random.Random(seed)
    while time.monotonic() < until:
        clock = time.monotonic()
        try:
            url = f"http://127.0.0.1:8765/sparql?query={quote(dice.choice(queries))}"
            urllib.request.urlopen(url, timeout=60).read()
            times.append(time.monotonic() - clock)
        except (urllib.error.URLError, OSError) as error:
            errors.append(str(error))
        time.sleep(max(0.0, 1.0 - (time.monotonic() - clock)) * dice.random() * 2)


def _step(what: str, clock: float) -> float:
    print(f"{what}: {time.perf_counter() - clock:.2f} s", flush=True)
    return time.perf_counter()


if __name__ == "__main__":
    main()
