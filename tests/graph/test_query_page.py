"""The query page in a real browser that reaches nothing but the server."""

import os
import shutil

import pytest
from samples import corpus

pytest.importorskip("uvicorn")
pytest.importorskip("starlette")

from serving import serving

from triplomat.graph.knowledge_graph import KnowledgeGraph
from triplomat.graph.serve import make_application

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    articles, statements = corpus()
    folder = tmp_path_factory.mktemp("asked") / "out"
    KnowledgeGraph(statements, articles).save(folder)
    with serving(make_application(folder, workers=2)) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.mark.browser
def test_a_query_is_written_and_answered_offline(address):
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        lack = pytest.fail if os.environ.get("TRIPLOMAT_REQUIRE_BROWSER") else pytest.skip
        lack("no chromium on this machine (Debian: apt-get install chromium)")
    requests, troubles = [], []
    with playwright.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 820})
        page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(f"{address}/sparql")
        page.click(".yasqe_queryButton")
        page.wait_for_selector(".yasr_results table td", timeout=20_000)
        shown = page.inner_text(".yasr_results")
        with page.context.expect_page() as opened:
            page.click(".yasr_results table td a >> nth=0")
        opened.value.wait_for_selector("h1", timeout=20_000)
        card = opened.value.inner_text("h1")
        page.goto(f"{address}/queries")
        listed = page.inner_text("body")
        browser.close()
    assert "oil" in shown and "drones" in shown
    assert card in ("Iran", "Russia")
    assert "Who supplies what to whom" in listed
    assert not troubles
    assert not [url for url in requests if not url.startswith((address, "data:", "blob:"))]
