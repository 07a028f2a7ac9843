"""From an article to the evidence on the page, in a real browser with the network cut off."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from triplomat.cli import main

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
OIL = "In exchange, Russia is providing North Korea with millions of barrels of oil."
TEXT = f"""Kim Jong Un met Vladimir Putin in Pyongyang on Wednesday.

{OIL} Seoul condemned the deal, and the United States may impose new sanctions on North Korea."""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("road")
    (folder / "article.txt").write_text(TEXT, encoding="utf-8")
    assert main(["build", str(folder / "article.txt"), "--published", "2024-06-20", "-o", str(folder / "out")]) == 0
    return folder / "out" / "graph.html"


@pytest.mark.model
@pytest.mark.browser
def test_a_click_on_the_edge_from_russia_to_north_korea_reads_the_oil_sentence(graph: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        lack = pytest.fail if os.environ.get("TRIPLOMAT_REQUIRE_BROWSER") else pytest.skip
        lack("no chromium on this machine (Debian: apt-get install chromium)")
    requests: list[str] = []
    troubles: list[str] = []
    with playwright.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = browser.new_context(viewport={"width": 1280, "height": 820}, reduced_motion="reduce")
        context.set_offline(True)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(graph.as_uri())
        page.wait_for_function("() => window.triplomat?.ready")
        at = page.evaluate(
            """() => {
                const [a, b] = ["country:RUS", "country:PRK"].map((id) => triplomat.network.getPosition(id));
                const spot = triplomat.network.canvasToDOM({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
                const box = document.querySelector("canvas").getBoundingClientRect();
                return { x: box.left + spot.x, y: box.top + spot.y };
            }"""
        )
        before = page.inner_text("#evidence")
        page.mouse.click(at["x"], at["y"])
        page.wait_for_timeout(200)
        after = page.inner_text("#evidence")
        browser.close()
    assert OIL not in " ".join(before.split())
    assert OIL in " ".join(after.split())
    assert not troubles
    assert not [address for address in requests if not address.startswith(("file:", "data:", "blob:"))]
