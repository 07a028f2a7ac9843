"""A headless Chromium and pages in it that are offline and may not complain, for the tests of the page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from triplomat.graph.page import page_html

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        lack = pytest.fail if os.environ.get("TRIPLOMAT_REQUIRE_BROWSER") else pytest.skip
        lack("no chromium on this machine (Debian: apt-get install chromium)")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def html(corpus: Any) -> str:
    return page_html(corpus.facts, corpus.articles, title="Help & harm", **corpus.options)


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """show(html, …): the page opened from a file, offline; at the end no request was made and nothing went wrong.

    `before` is a script that runs ahead of the page's own.
    """
    troubles: list[str] = []
    contexts = []

    def open_page(html: str, *, address: str = "", before: str = "", **options: Any) -> Any:
        file = tmp_path / "graph.html"
        file.write_text(html, encoding="utf-8")
        context = browser.new_context(
            **{"viewport": {"width": 1280, "height": 820}, "reduced_motion": "reduce", **options}
        )
        contexts.append(context)
        context.set_offline(True)
        page = context.new_page()
        if before:
            page.add_init_script(before)
        page.on("console", lambda message: troubles.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (troubles.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith(("file:", "data:", "blob:"))
                else troubles.append(f"request: {request.url}")
            ),
        )
        page.goto(file.as_uri() + address)
        if options.get("java_script_enabled", True):
            page.wait_for_function("() => window.triplomat?.ready")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []
