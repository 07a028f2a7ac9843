"""The page in a real browser: no request, no error, evidence on a click, filters, search, and no barrier."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from triplomat.extractors.statement import Article
from triplomat.graph.page import frame_html, page_html

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
AXE = Path(os.environ.get("TRIPLOMAT_AXE") or Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js")
TIE = "country:NOR>country:UKR:cooperation:asserted"


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


@pytest.fixture(scope="module")
def html(corpus: Any) -> str:
    return page_html(corpus.facts, corpus.articles, title="Help & harm", **corpus.options)


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """show(html, …): the page opened from a file, offline; at the end no request was made and nothing went wrong."""
    troubles: list[str] = []
    contexts = []

    def open_page(html: str, *, address: str = "", **options: Any) -> Any:
        file = tmp_path / "graph.html"
        file.write_text(html, encoding="utf-8")
        context = browser.new_context(
            **{"viewport": {"width": 1280, "height": 820}, "reduced_motion": "reduce", **options}
        )
        contexts.append(context)
        context.set_offline(True)
        page = context.new_page()
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


def test_a_click_on_a_tie_shows_the_sentence_with_its_words_marked(show: Any, html: str) -> None:
    page = show(html)
    page.click("#tab-ties")
    page.click("#list-ties >> text=Norway → Ukraine")
    evidence = page.locator("#evidence")
    assert "Norway shipped 40 fire engines to Ukraine on Monday." in evidence.inner_text()
    assert evidence.locator("mark.said").inner_text() == "shipped"
    assert "Asserted by 2 independent sources." in evidence.inner_text()
    assert "The Example, 2 May 2023" in evidence.inner_text()
    assert evidence.locator("figcaption a").get_attribute("href") == "https://example.org/help?a=1&b=2"


def test_a_click_into_the_picture_selects_what_is_there(show: Any, html: str) -> None:
    page = show(html)
    where = page.evaluate(
        """() => { const box = document.querySelector("#graph").getBoundingClientRect();
        const at = triplomat.network.canvasToDOM(triplomat.network.getPosition("country:NOR"));
        return [box.x + at.x, box.y + at.y]; }"""
    )
    page.mouse.click(*where)
    page.wait_for_function("() => triplomat.view.selection?.id === 'country:NOR'")
    assert page.locator("#evidence h3").inner_text() == "Norway"


def test_a_click_on_the_line_between_two_actors_opens_their_tie(show: Any, html: str) -> None:
    page = show(html)
    where = page.evaluate(
        """() => { const box = document.querySelector("#graph").getBoundingClientRect();
        const [a, b] = ["country:NOR", "country:UKR"].map((id) => triplomat.network.getPosition(id));
        const at = triplomat.network.canvasToDOM({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
        return [box.x + at.x, box.y + at.y]; }"""
    )
    page.mouse.click(*where)
    page.wait_for_function("() => triplomat.view.selection?.kind === 'tie'")
    assert page.evaluate("triplomat.view.selection.id") == TIE
    assert "40 fire engines" in page.locator("#evidence").inner_text()


def test_the_hook_selects_a_tie(show: Any, html: str) -> None:
    page = show(html)
    page.evaluate("id => triplomat.select('tie', id)", TIE)
    assert "40 fire engines" in page.locator("#evidence").inner_text()


def test_denied_hedged_and_disputed_are_said_in_words(show: Any, html: str) -> None:
    page = show(html)
    page.evaluate("triplomat.select('tie', 'country:BLR>country:POL:conflict:denied')")
    text = page.locator("#evidence").inner_text()
    assert "Denied by one source" in text
    assert "Said by Belarus" in text
    assert "Disputed by" in text
    page.evaluate("triplomat.select('tie', 'country:POL>country:UKR:cooperation:hedged')")
    assert "Reported as possible" in page.locator("#evidence").inner_text()


def test_search_finds_an_actor_by_its_alias_with_the_keyboard_alone(show: Any, html: str) -> None:
    page = show(html)
    page.focus("#search-input")
    page.keyboard.type("minsk")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("#evidence h3").inner_text() == "Belarus"


def test_search_ignores_accents(show: Any, html: str) -> None:
    page = show(html)
    page.fill("#search-input", "gahr store")
    assert page.locator("[role=option]").count() == 0
    page.fill("#search-input", "gahr støre")
    assert page.locator("[role=option]").count() == 1


def test_a_legend_entry_filters_picture_and_tables_alike(show: Any, html: str) -> None:
    page = show(html)
    page.click("#legend >> text=Conflict")
    assert page.evaluate("triplomat.shown.ties.every((tie) => tie.sign !== 'conflict')")
    page.click("#tab-facts")
    assert "imposed" not in page.locator("#list-facts").inner_text()
    page.click("text=Clear filters")
    assert "imposed" in page.locator("#list-facts").inner_text()


def test_the_timeline_narrows_by_keyboard(show: Any, html: str) -> None:
    page = show(html)
    page.focus("#timeline input[aria-label=From]")
    page.keyboard.press("End")
    page.wait_for_function("() => triplomat.shown.facts.length < 5")
    assert page.evaluate("triplomat.shown.facts.every((fact) => fact.days[1] >= triplomat.view.from)")


def test_the_shortest_chain_runs_over_the_ties(show: Any, html: str) -> None:
    page = show(html)
    page.click("#tab-chain")
    for field, text in (("from", "EU"), ("to", "Norway")):
        page.fill(f"#chain-{field}-input", text)
        page.press(f"#chain-{field}-input", "Enter")
    assert page.locator("#chain ol li").count() == 4


def test_the_address_holds_the_view(show: Any, html: str) -> None:
    page = show(html)
    page.evaluate("id => triplomat.select('tie', id)", TIE)
    page.click("#legend >> text=Conflict")
    address = page.evaluate("location.hash")
    again = show(html, address=address)
    assert "40 fire engines" in again.locator("#evidence").inner_text()
    assert again.locator("#legend >> text=Conflict").locator("..").get_attribute("aria-pressed") == "false"


@pytest.fixture(scope="module")
def large(make_fact: Any) -> str:
    """A page of 500 actors in two blocs, each tied to the next and to the first."""
    names = [f"Actor {number}" for number in range(500)]
    text = " ".join(f"{name} met Actor {number // 7}." for number, name in enumerate(names))
    article = Article("a", text, "Meetings", "2024-01-01")
    facts = [
        make_fact(
            article,
            f"{name} met Actor {number // 7}.",
            (name, f"org:{number}"),
            "met",
            (names[number // 7], f"org:{number // 7}"),
        )
        for number, name in enumerate(names)
        if number
    ]
    labels = {f"org:{number}": name for number, name in enumerate(names)}
    blocs = {f"org:{number}": "even" if number % 2 == 0 else "odd" for number in range(500)}
    return page_html(facts, [article], title="Large", labels=labels, blocs=blocs)


def test_a_large_graph_opens_on_its_core_and_grows_on_demand(show: Any, large: str) -> None:
    page = show(large)
    assert page.evaluate("triplomat.shown.actors.length") == 150
    page.fill("#search-input", "Actor 499")
    page.press("#search-input", "Enter")
    assert page.evaluate("triplomat.shown.actors.some((actor) => actor.id === 'org:499')")
    page.fill("#search-input", "Actor 71")
    page.press("#search-input", "Enter")
    page.click("text=Show neighbours")
    assert page.evaluate(
        "['org:71', 'org:10', 'org:497'].every((id) => triplomat.shown.actors.some((actor) => actor.id === id))"
    )
    page.select_option("#notice select", label="even (250)")
    assert page.evaluate("triplomat.shown.actors.filter((actor) => actor.bloc === 0).length") == 250
    page.click("text=Draw all")
    assert page.evaluate("triplomat.shown.actors.length") == 500
    page.click("text=Back to the core")
    assert page.evaluate("triplomat.shown.actors.length") == 150


def test_things_are_drawn_on_request(show: Any, make_fact: Any) -> None:
    article = Article("a", "Norway needs oil. Norway met Sweden.")
    facts = [
        make_fact(article, "Norway needs oil.", ("Norway", "country:NOR"), "needs", theme="thing:oil"),
        make_fact(article, "Norway met Sweden.", ("Norway", "country:NOR"), "met", ("Sweden", "country:SWE")),
    ]
    page = show(page_html(facts, [article], title="Things"))
    assert page.evaluate("triplomat.shown.actors.length") == 2
    page.click("#legend >> text=Thing")
    assert page.evaluate("triplomat.shown.actors.length") == 3


@pytest.mark.parametrize("kind", ["png", "svg", "csv", "json"])
def test_exports(show: Any, html: str, kind: str) -> None:
    page = show(html)
    page.click("#export-menu summary")
    with page.expect_download() as download:
        page.click(f"[data-export={kind}]")
    content = Path(download.value.path()).read_bytes()
    signs = {"png": b"\x89PNG", "svg": b"<svg", "csv": b"\xef\xbb\xbfid,", "json": b"[\n"}
    assert content.startswith(signs[kind])
    assert kind == "png" or b"Ukraine" in content


def test_nothing_hostile_runs(show: Any, make_fact: Any) -> None:
    payloads = [
        "</script><script>alert({0})</script>",
        "<img src=x onerror=alert({0})>",
        '" onmouseover="alert({0})',
        "<svg/onload=alert({0})>",
        "javascript:alert({0})",
        "{{{{ 7 * {0} }}}}",
        "{{% raw %}} {0}",
        "href='https://example.org/{0}'",
        "<!-- {0}",
        "]]> {0}",
        "\u202e right to left {0}",
        "مرحبا {0} שלום",
        "🏴‍☠️👩‍👩‍👧 {0}",
        "a" * 10_000 + "{0}",
        "'\"`\\ {0}\u2028\u2029",
        "=cmd|' /C calc'!A{0}",
        "__proto__ {0}",
        "constructor {0}",
        "\x07\x1b[31m {0}",
        "line\nbreak {0}",
    ]
    names = [payload.format(number) for number in range(10) for payload in payloads]
    facts, articles, labels, aliases = [], [], {}, {}
    for number, name in enumerate(names):
        sentence = f"{name} helped {names[number - 1]}."
        article = Article(f"{name}{number}", sentence, name, "2024-01-01", name, name)
        one, other = f"org:{number}{name}", f"org:{(number - 1) % len(names)}{names[number - 1]}"
        facts.append(make_fact(article, sentence, (name, one), "helped", (names[number - 1], other), event="AID"))
        articles.append(article)
        labels[one], aliases[one] = name, (name, f"{name} too")
    page = show(page_html(facts, articles, title=names[0], labels=labels, aliases=aliases))
    for number in (0, 1, 13, 40):
        page.evaluate("number => triplomat.select('tie', triplomat.shown.ties[number].id)", number)
        assert page.locator("#evidence blockquote").count() == 1
    for tab in ("#tab-ties", "#tab-facts", "#tab-actors", "#tab-filters", "#tab-chain"):
        page.click(tab)
    page.fill("#search-input", "<img")
    assert page.locator("[role=option]").count() > 0
    assert page.evaluate("document.querySelectorAll('img, [onerror], [onload], [onmouseover]').length") == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


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
