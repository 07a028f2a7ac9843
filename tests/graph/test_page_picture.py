"""The picture of the page in a real browser: its first view, names, what is drawn, what comes out of it."""

from __future__ import annotations

import csv
import io
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from triplomat.extractors.statement import Article
from triplomat.graph import rows
from triplomat.graph.page import page_html

pytestmark = pytest.mark.browser

TIE = "country:NOR>country:UKR:cooperation:asserted"
HELD = "window.requestIdleCallback = () => {}"


def middle_of_the_tie(page: Any) -> tuple[float, float]:
    where = page.evaluate("id => triplomat.whereIs(id)", TIE)
    return where["x"], where["y"]


def test_a_click_on_the_first_view_is_answered_before_vis_network_runs(show: Any, html: str) -> None:
    page = show(html, before=HELD)
    page.mouse.click(*middle_of_the_tie(page))
    assert "40 fire engines" in page.locator("#evidence").inner_text()
    assert page.evaluate("typeof vis") == "undefined"


@pytest.fixture
def slow(html: str) -> Iterator[tuple[str, threading.Event]]:
    """An address that serves the page up to the middle of its renderer, and the rest after the event."""
    body = html.encode()
    half = body.index(b'id="vis-network"') + 100_000
    rest = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body[:half])
            self.wfile.flush()
            rest.wait(20)
            self.wfile.write(body[half:])

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", rest
    rest.set()
    server.shutdown()


def test_a_page_that_is_still_coming_in_answers_and_reads_the_rest_later(
    browser: Any, slow: tuple[str, threading.Event]
) -> None:
    address, rest = slow
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address, wait_until="commit")
    page.wait_for_function("() => window.triplomat?.ready")
    page.evaluate("id => triplomat.select('tie', id)", TIE)
    page.wait_for_timeout(300)
    assert "Reading the sentences" in page.locator("#evidence").inner_text()
    rest.set()
    page.wait_for_selector("#graph.drawn canvas")
    assert "40 fire engines" in page.locator("#evidence blockquote").first.inner_text()
    assert errors == []
    context.close()


def test_pointing_at_a_tie_says_why_it_is_there(show: Any, html: str) -> None:
    page = show(html)
    page.mouse.move(*middle_of_the_tie(page))
    page.wait_for_function("() => document.querySelector('#hint').textContent")
    text = page.locator("#hint").inner_text()
    assert text.startswith("Norway → Ukraine. Cooperation, asserted: supplies to. 1 fact in 1 article, 1 May 2023.")
    assert "Norway shipped 40 fire engines to Ukraine on Monday." in text
    page.mouse.move(2, 2)
    page.wait_for_function("() => !document.querySelector('#hint').textContent")


def test_vis_network_takes_over_the_picture_where_it_stands(show: Any, html: str) -> None:
    page = show(html, before=HELD)
    before = page.locator("#graph").evaluate("box => box.querySelector('canvas')")
    where = middle_of_the_tie(page)
    page.evaluate("triplomat.network.redraw()")
    page.wait_for_selector("#graph.drawn canvas")
    assert before is None
    assert middle_of_the_tie(page) == pytest.approx(where, abs=1)
    assert page.evaluate("triplomat.network instanceof vis.Network")
    assert page.evaluate("triplomat.network.body.edgeIndices.length === triplomat.shown.ties.length")


def test_what_is_filtered_out_leaves_the_picture_and_comes_back(show: Any, html: str) -> None:
    page = show(html)
    count = "[triplomat.network.body.nodeIndices.length, triplomat.network.body.edgeIndices.length]"
    nodes, edges = page.evaluate(count)
    page.click("#legend >> text=Person")
    fewer = page.evaluate(count)
    assert fewer == [nodes - 2, edges - 1]
    assert page.evaluate("[triplomat.shown.actors.length, triplomat.shown.ties.length]") == fewer
    page.click("#legend >> text=Person")
    assert page.evaluate(count) == [nodes, edges]


@pytest.fixture(scope="module")
def crowd(make_fact: Any) -> str:
    """Sixty organisations with long names, each tied to two others."""
    names = [f"Ministry of Foreign and European Affairs number {number}" for number in range(60)]
    text = " ".join(f"{name} met {names[number // 3]}." for number, name in enumerate(names))
    article = Article("a", text, "Meetings", "2024-01-01")
    facts = [
        make_fact(
            article,
            f"{name} met {names[number // 3]}.",
            (name, f"org:{number}"),
            "met",
            (names[number // 3], f"org:{number // 3}"),
            event="CONSULT",
        )
        for number, name in enumerate(names)
        if number
    ]
    return page_html(facts, [article], title="Crowd", labels={f"org:{n}": name for n, name in enumerate(names)})


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("before", ["", HELD])
def test_no_name_covers_another(show: Any, crowd: str, width: int, before: str) -> None:
    page = show(crowd, before=before, viewport={"width": width, "height": 800})
    page.wait_for_timeout(300)
    names = page.evaluate("triplomat.names.map(({ x, y, w, h }) => [x, y, w, h])")
    assert len(names) >= 5
    for number, (x, y, w, h) in enumerate(names):
        for other_x, other_y, other_w, other_h in names[:number]:
            beside = x + w <= other_x or other_x + other_w <= x
            assert beside or y + h <= other_y or other_y + other_h <= y


def test_actors_without_ties_are_drawn_on_request(show: Any, make_fact: Any) -> None:
    article = Article("a", "Norway met Sweden. Poland waited.")
    facts = [
        make_fact(article, "Norway met Sweden.", ("Norway", "country:NOR"), "met", ("Sweden", "country:SWE")),
        make_fact(article, "Poland waited.", ("Poland", "country:POL"), "waited"),
    ]
    page = show(page_html(facts, [article], title="Alone", labels={"country:POL": "Poland"}))
    assert page.locator("#notice").inner_text().startswith("2 of 3 actors drawn")
    page.click("text=Draw those without ties")
    assert page.evaluate("triplomat.shown.actors.length") == 3
    assert "lone=1" in page.evaluate("location.hash")
    page.click("#legend >> text=Without ties")
    page.click("#list-actors >> text=Poland")
    assert page.evaluate("triplomat.shown.actors.some((actor) => actor.id === 'country:POL')")


def test_the_picture_stands_still_where_the_selected_is_in_sight(show: Any, html: str) -> None:
    page = show(html)
    place = "[triplomat.network.getViewPosition(), triplomat.network.getScale()]"
    before = page.evaluate(place)
    page.click("#list-actors >> text=Ukraine")
    assert page.evaluate(place) == before
    for _ in range(6):
        page.click("#zoom-in")
    page.click("#list-actors >> text=European Union")
    page.wait_for_function(
        """() => {
            const at = triplomat.network.canvasToDOM(triplomat.network.getPosition("org:EU"));
            const { clientWidth, clientHeight } = document.querySelector("#graph");
            return at.x > 0 && at.y > 0 && at.x < clientWidth && at.y < clientHeight;
        }"""
    )


def test_sentences_in_later_blocks_are_read_too(show: Any, corpus: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "BLOCK", 2)
    page = show(page_html(corpus.facts, corpus.articles, title="Blocks", **corpus.options))
    page.click("#tab-facts")
    page.click("#list-facts >> text=Jonas Gahr Støre")
    assert "in Oslo" in page.locator("#evidence blockquote").inner_text()
    page.click("#tab-filters")
    page.fill("#text", "generators")
    page.wait_for_function("() => triplomat.shown.facts.length === 1")


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


def exported(page: Any, kind: str) -> str:
    page.click("#export-menu summary")
    with page.expect_download() as download:
        page.click(f"[data-export={kind}]")
    return Path(download.value.path()).read_text(encoding="utf-8-sig")


def test_tables_that_come_out_hold_what_the_filters_leave(show: Any, html: str) -> None:
    page = show(html)
    page.click("#legend >> text=Conflict")
    table = list(csv.DictReader(io.StringIO(exported(page, "csv"))))
    facts = json.loads(exported(page, "json"))
    assert [row["id"] for row in table] == [fact["id"] for fact in facts]
    assert len(facts) == page.evaluate("triplomat.shown.facts.length") < 5
    assert table[0]["sentence"] == "Norway shipped 40 fire engines to Ukraine on Monday."
    assert facts[0]["evidence"][0]["source"] == "The Example"


def test_the_svg_holds_every_tie_as_a_shape_and_names_as_text(show: Any, make_fact: Any) -> None:
    name = '<script>alert(1)</script> & "sons"'
    article = Article("a", f"Norway helped {name}.")
    fact = make_fact(article, article.text, ("Norway", "country:NOR"), "helped", (name, "org:X"), event="AID")
    page = show(page_html([fact], [article], title=f"{name}\x07", labels={"org:X": name, "country:NOR": "Norway"}))
    picture = ElementTree.fromstring(exported(page, "svg"))
    space = "{http://www.w3.org/2000/svg}"
    assert len(picture.findall(f"{space}g/{space}path")) == 1
    assert picture.findall(f".//{space}script") == []
    assert "<script>" in " ".join(element.text or "" for element in picture.iter(f"{space}text"))


def test_on_paper_the_view_stands_as_shapes_in_light_colours(show: Any, html: str) -> None:
    page = show(html, color_scheme="dark")
    page.evaluate("id => triplomat.select('tie', id)", TIE)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#printed svg").bounding_box()["width"] > 900
    assert not page.locator("#graph").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#printed svg").count() == 0
    assert page.locator("#graph").is_visible()
