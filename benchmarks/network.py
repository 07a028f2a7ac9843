"""How long the network and its measures take on generated facts: `python benchmarks/network.py [small|large]`."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from resource import RUSAGE_SELF, getrusage
from typing import Any

from triplomat.extractors.statement import Argument, Event, Predicate, Sentence, Statement
from triplomat.graph.balance import balance
from triplomat.graph.blocs import blocs, quality
from triplomat.graph.centrality import MEASURES
from triplomat.graph.facts import Fact
from triplomat.graph.network import to_network
from triplomat.graph.ties import Tally, Ties
from triplomat.graph.uncertainty import Bootstrap

SIZES = {"small": (200, 50_000), "large": (20_000, 500_000)}
EVENTS = (
    ("AID", "material cooperation", 10.0),
    ("CONSULT", "verbal cooperation", 2.5),
    ("COOPERATE", "material cooperation", 9.5),
    ("ACCUSE", "verbal conflict", -3.0),
    ("ASSAULT", "material conflict", -9.0),
)
ROUNDS = 200


def generate(actors: int, facts: int, *, seed: int = 0) -> list[Fact]:
    """Facts of a world of ten blocs with few great actors; ten facts an article, cooperation mostly within a bloc."""
    rng = random.Random(seed)
    articles = [
        _statement(f"a{number}", f"{2015 + number % 10}-{1 + number % 12:02d}-15") for number in range(facts // 10)
    ]
    found = []
    for number in range(facts):
        a, b = int(actors * rng.random() ** 2), int(actors * rng.random() ** 2)
        if a == b:
            b = (a + 1) % actors
        friendly = (a % 10 == b % 10) == (rng.random() < 0.8)
        kind, quad, score = rng.choice(EVENTS[:3] if friendly else EVENTS[3:])
        told = articles[number // 10]
        found.append(
            Fact(
                id=f"fact:{number:08}",
                relation=None,
                predicate=kind.lower(),
                event=Event(kind, None, (), quad, score),
                actors=(f"country:{a:05}",),
                recipients=(f"country:{b:05}",),
                theme=None,
                time=told.published,
                polarity="positive",
                modality="asserted",
                attribution=None,
                belief=rng.uniform(0.5, 0.95),
                statements=(told,),
                sources=1,
                reported=(told.published, told.published),
            )
        )
    return found


def main(names: list[str]) -> None:
    for name in names or list(SIZES):
        actors, count = SIZES[name]
        print(f"{actors:,} actors, {count:,} facts")
        facts = generate(actors, count)
        with timed("network"):
            network = to_network(facts)
        with timed("sums of its ties"):
            tally = Tally(network)
            ties = tally.ties()
        print(f"  {len(ties.a):,} pairs")
        for measure, function in MEASURES.items():
            with timed(measure):
                function(ties)
        with timed("blocs"):
            member = blocs(ties)
        print(f"  signed modularity {quality(ties, member):.4f}, {len(set(member.values()))} blocs")
        with timed("balance"):
            print(f"  {balance(ties).frustration.lower} ≤ frustration ≤ {balance(ties).frustration.upper}")
        if name == "small":
            bootstrap_all(network)
        print(f"  memory {getrusage(RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def bootstrap_all(network: Any) -> None:
    """All measures of each of 200 draws."""
    bootstrap = Bootstrap(network, rounds=ROUNDS)
    spent = dict.fromkeys(MEASURES, 0.0)
    with timed(f"all measures, {ROUNDS} draws of the articles"):
        for ties in bootstrap.draws():
            for measure, function in MEASURES.items():
                spent[measure] += _seconds(function, ties)
    print("  of which, CPU:", ", ".join(f"{measure} {seconds:.1f}" for measure, seconds in spent.items()))


@contextmanager
def timed(what: str) -> Iterator[None]:
    start, cpu = time.perf_counter(), time.process_time()
    yield
    print(f"  {time.perf_counter() - start:8.2f} s, {time.process_time() - cpu:7.2f} s of CPU  {what}", flush=True)


def _seconds(function: Callable[[Ties], Any], ties: Ties) -> float:
    start = time.process_time()
    function(ties)
    return time.process_time() - start


def _statement(document: str, published: str) -> Statement:
    return Statement(
        document, published, Sentence(0, 0, 1, "."), Argument("subject", ".", 0, 1), Predicate(".", 0, 1, "."), None
    )


if __name__ == "__main__":
    main(sys.argv[1:])
