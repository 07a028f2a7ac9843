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
NEXT = "requestAnimationFrame(() => requestAnimationFrame(() => %s))"  # a frame has been painted in between
STAMP = """(() => {
  const look = () => {
    if (!window.triplomat?.ready) return requestAnimationFrame(look);
    requestAnimationFrame(() => { window.usable = performance.now(); }); // the frame that this one painted is out
  };
  const watch = () => {
    if (!document.querySelector("#graph.drawn canvas")) return requestAnimationFrame(watch);
    requestAnimationFrame(() => { window.whole = performance.now(); });
  };
  look();
  watch();
})()"""
HOLD = "window.requestIdleCallback = () => {}"
WHERE = """() => {
  const ties = triplomat.shown.ties, from = Math.floor(ties.length / 2);
  return [...ties.slice(from), ...ties].map((tie) => triplomat.whereIs(tie.id)).find(Boolean);
}"""
WATCH = f"""() => {{
  window.answered = new Promise((done) => {{
    let start;
    addEventListener("pointerup", (event) => {{ start = event.timeStamp; }}, {{ capture: true, once: true }});
    new MutationObserver((changes, self) => {{
      if (!document.querySelector("#evidence blockquote")) return;
      self.disconnect();
      {NEXT % "done(performance.now() - start)"};
    }}).observe(document.getElementById("evidence"), {{ childList: true, subtree: true }});
  }});
}}"""
FILTER = f"""() => new Promise((done) => {{
  const start = performance.now();
  document.querySelector('#legend [data-key="sign"][data-value="conflict"]').click();
  {NEXT % "done(performance.now() - start)"};
}})"""


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
    """Milliseconds by the clock and of the page's main thread.

    "usable": a frame with the picture has been painted and a click on it is answered; "whole": vis-network has taken
    the picture over, so that it can be moved. The click is the mouse's, on a tie in the picture, until its sentence is
    painted. What the page does when idle is held back in a second run, to tell the work before "usable" from the rest.
    """
    found: dict[str, tuple[float, float]] = {}
    for held in (False, True):
        page = browser.new_page(viewport={"width": 1360, "height": 860})
        page.add_init_script(STAMP)
        if held:
            page.add_init_script(HOLD)
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(file.as_uri(), wait_until="commit")
        page.wait_for_function(f"() => window.{'usable' if held else 'whole'}")
        page.wait_for_timeout(300)
        if held:
            found["usable"] = (found["usable"][0], _busy(session))
            page.close()
        else:
            found["usable"] = (page.evaluate("window.usable"), 0.0)
            found["whole"] = (page.evaluate("window.whole"), _busy(session))
            found |= _answers(page, session)
    return found


def _answers(page: Any, session: Any) -> dict[str, tuple[float, float]]:
    where = page.evaluate(WHERE)
    page.mouse.move(where["x"], where["y"])
    page.evaluate(WATCH)
    page.wait_for_timeout(300)
    before = _busy(session)
    page.mouse.click(where["x"], where["y"])
    click = (page.evaluate("() => window.answered"), _busy(session) - before)
    page.wait_for_timeout(300)
    before = _busy(session)
    filtered = (page.evaluate(FILTER), _busy(session) - before)
    page.close()
    return {"click to evidence": click, "filter": filtered}


def _busy(session: Any) -> float:
    metrics = {item["name"]: item["value"] for item in session.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"]) * 1000


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
