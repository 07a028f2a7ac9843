"""How fast the page builds and answers, on generated graphs in a headless Chromium: `python benchmarks/page.py`."""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from triplomat.extractors.statement import Argument, Article, Event, Predicate, Sentence, Statement
from triplomat.graph.facts import Fact
from triplomat.graph.page import view_html
from triplomat.graph.view import to_view

SIZES = ((200, 800), (5000, 20000))
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
EVENTS = (
    ("AID", "material cooperation", 7.0),
    ("CONSULT", "verbal cooperation", 3.0),
    ("ACCUSE", "verbal conflict", -4.0),
    ("ASSAULT", "material conflict", -10.0),
)
PAINTED = (
    "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
)
SELECT = """() => new Promise((done) => {
  const ties = triplomat.shown.ties, tie = ties[Math.floor(ties.length / 2)], start = performance.now();
  triplomat.select("tie", tie.id);
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
})"""
FILTER = """() => new Promise((done) => {
  const start = performance.now();
  document.querySelector('#legend [data-key="sign"][data-value="conflict"]').click();
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
})"""


def generate(actors: int, ties: int, *, seed: int = 0) -> tuple[list[Fact], list[Article], dict[str, Any]]:
    """A graph with few well-linked actors and many others, a fact and a sentence to each tie."""
    rng = random.Random(seed)
    names = [f"Actor {number}" for number in range(actors)]
    ids = [f"org:Actor_{number}" for number in range(actors)]
    articles = [
        Article(f"a{number}", "", f"Article {number}", f"{2010 + number % 15}-{1 + number % 12:02d}-11", None, "Source")
        for number in range(max(ties // 20, 1))
    ]
    facts = []
    for number in range(ties):
        a, b = int(actors * rng.random() ** 1.6), int(actors * rng.random() ** 1.6)
        if a == b:
            b = (a + 1) % actors
        text = (
            f"On that day {names[a]} is said to have sent {number} crates of generators to {names[b]}, officials told."
        )
        article = articles[number % len(articles)]

        def span(role: str, words: str, entity: str | None = None, text: str = text) -> Argument:
            return Argument(role, words, text.index(words), text.index(words) + len(words), entity)

        kind, quad, score = EVENTS[rng.randrange(4)]
        event = Event(kind, None, (), quad, score)
        modality = "possible" if number % 5 == 0 else "asserted"
        statement = Statement(
            article.id,
            article.published,
            Sentence(0, 0, len(text), text),
            span("subject", names[a], ids[a]),
            Predicate("sent", text.index("sent"), text.index("sent") + 4, "send"),
            span("object", f"{number} crates of generators"),
            (span("recipient", f"to {names[b]}", ids[b]),),
            event,
            id=f"st:{number}",
        )
        facts.append(
            Fact(
                id=f"fact:{number}",
                relation="supplies",
                predicate="send",
                event=event,
                actors=(ids[a],),
                recipients=(ids[b],),
                theme=None,
                time=article.published,
                polarity="positive",
                modality=modality,
                attribution=None,
                belief=rng.random(),
                statements=(statement,),
                sources=1,
            )
        )
    blocs = {entity: number % 6 for number, entity in enumerate(ids)}
    return facts, articles, {"labels": dict(zip(ids, names, strict=True)), "blocs": blocs}


def measure(browser: Any, file: Path) -> dict[str, tuple[float, float]]:
    """Milliseconds by the clock and of the page's main thread: until usable, for a click and a filter with repaint."""
    page = browser.new_page(viewport={"width": 1360, "height": 860})
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def busy() -> float:
        metrics = {item["name"]: item["value"] for item in session.send("Performance.getMetrics")["metrics"]}
        return float(metrics["TaskDuration"]) * 1000

    page.goto(file.as_uri(), wait_until="commit")
    page.wait_for_function("() => window.triplomat?.ready")
    found = {"usable": (page.evaluate(PAINTED), busy())}
    for key, script in (("click to evidence", SELECT), ("filter", FILTER)):
        page.wait_for_timeout(300)
        before = busy()
        found[key] = (page.evaluate(script), busy() - before)
    page.close()
    return found


def main() -> None:
    chromium = shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        browser.new_page().close()
        view_html(to_view([], []), title="warm")
        for actors, ties in SIZES:
            facts, articles, options = generate(actors, ties)
            start = clocks()
            view = to_view(facts, articles, **options)
            laid_out = clocks()
            file = Path(folder) / "graph.html"
            file.write_text(view_html(view, title="Generated"), encoding="utf-8")
            built = clocks()
            print(f"{actors:,} actors, {ties:,} facts: file {file.stat().st_size / 1e6:.2f} MB")
            print(f"  layout and view: {laid_out[0] - start[0]:.2f} s, processor {laid_out[1] - start[1]:.2f} s")
            print(f"  page: {built[0] - laid_out[0]:.2f} s, processor {built[1] - laid_out[1]:.2f} s")
            runs = [measure(browser, file) for _ in range(5)]
            for key in runs[0]:
                clock, busy = (min(run[key][part] for run in runs) for part in (0, 1))
                print(f"  {key}: {clock:.0f} ms, main thread {busy:.0f} ms")
        browser.close()


def clocks() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


if __name__ == "__main__":
    main()
