"""The page for everybody: no barrier that axe finds, any width, the keyboard alone, no scripts, a notebook's frame."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from triplomat.graph.page import frame_html

pytestmark = pytest.mark.browser

AXE = Path(os.environ.get("TRIPLOMAT_AXE") or Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js")
TIE = "country:NOR>country:UKR:cooperation:asserted"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_violation(show: Any, html: str, scheme: str, width: int) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed (npm install --no-save axe-core)")
    page = show(html, color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True)
    page.add_script_tag(path=str(AXE))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    states = (
        "1",
        f"triplomat.select('tie', '{TIE}')",
        "triplomat.select('actor', 'country:UKR')",
        "document.querySelector('#tab-filters').click()",
        "document.querySelector('#tab-chain').click()",
        "document.querySelector('#tab-facts').click()",
        "document.querySelector('#export-menu').open = true",
        "document.querySelector('#legend button').click()",
    )
    found = {}
    for state in states:
        page.evaluate(state)
        result = page.evaluate("tags => axe.run(document, {runOnly: tags})", tags)
        found[state] = [
            (item["id"], [node["html"][:120] for node in item["nodes"][:3]]) for item in result["violations"]
        ]
    assert {state: violations for state, violations in found.items() if violations} == {}


@pytest.mark.parametrize("width", [360, 640, 1280])
def test_nothing_is_wider_than_the_window(show: Any, html: str, width: int) -> None:
    page = show(html, viewport={"width": width, "height": 700})
    page.evaluate("id => triplomat.select('tie', id)", TIE)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_everything_is_reached_with_tab_and_shows_focus(show: Any, html: str) -> None:
    page = show(html)
    reached, invisible = set(), []
    for _ in range(120):
        page.keyboard.press("Tab")
        entry = page.evaluate(
            """() => { const e = document.activeElement; const s = getComputedStyle(e);
            return [e.id || e.textContent.trim().slice(0, 40), s.outlineStyle !== "none", e === document.body]; }"""
        )
        if entry[2]:
            break
        reached.add(entry[0])
        if not entry[1]:
            invisible.append(entry[0])
    assert {"search-input", "graph", "tab-evidence", "tab-actors", "Ukraine"} <= reached
    assert invisible == []


def test_without_scripts_the_tables_are_there(show: Any, html: str) -> None:
    page = show(html, java_script_enabled=False)
    text = page.inner_text("body")
    assert "Norway shipped 40 fire engines to Ukraine on Monday." in text
    assert not page.locator("#graph").is_visible()


def test_the_page_works_in_a_sandboxed_frame(show: Any, html: str, browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "notebook.html"
    file.write_text(f"<!doctype html><title>n</title>{frame_html(html, title='Graph')}", encoding="utf-8")
    context = browser.new_context(viewport={"width": 1000, "height": 900})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(file.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("#tab-ties").click()
    frame.locator("#list-ties >> text=Norway → Ukraine").click()
    assert "40 fire engines" in frame.locator("#evidence").inner_text()
    assert errors == []
    context.close()
