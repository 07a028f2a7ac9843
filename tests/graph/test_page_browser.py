"""The page in a real browser: no request, no error, evidence on a click, filters, search, large graphs."""

from __future__ import annotations

from typing import Any

import pytest

from triplomat.extractors.statement import Article
from triplomat.graph.page import page_html

pytestmark = pytest.mark.browser

TIE = "country:NOR>country:UKR:cooperation:asserted"


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


def test_a_chain_runs_over_actors_and_by_way_of_things_only_where_it_must(show: Any, make_fact: Any) -> None:
    article = Article(
        "a", "Norway needs oil. Sweden needs oil. Norway met Finland. Finland met Sweden. Chad sells oil."
    )
    norway, sweden, finland, chad = (f"country:{code}" for code in ("NOR", "SWE", "FIN", "TCD"))
    facts = [
        make_fact(article, "Norway needs oil.", ("Norway", norway), "needs", theme="thing:oil"),
        make_fact(article, "Sweden needs oil.", ("Sweden", sweden), "needs", theme="thing:oil"),
        make_fact(article, "Norway met Finland.", ("Norway", norway), "met", ("Finland", finland)),
        make_fact(article, "Finland met Sweden.", ("Finland", finland), "met", ("Sweden", sweden)),
        make_fact(article, "Chad sells oil.", ("Chad", chad), "sells", theme="thing:oil"),
    ]
    labels = {norway: "Norway", sweden: "Sweden", finland: "Finland", chad: "Chad"}
    page = show(page_html(facts, [article], title="Chains", labels=labels))
    page.click("#tab-chain")
    for field, text in (("from", "Norway"), ("to", "Sweden")):
        page.fill(f"#chain-{field}-input", text)
        page.press(f"#chain-{field}-input", "Enter")
    assert "Finland" in page.locator("#chain ol").inner_text()
    page.fill("#chain-to-input", "Chad")
    page.press("#chain-to-input", "Enter")
    assert "2 steps, by way of what both have to do with:" in page.locator("#chain").inner_text()


def test_a_tie_says_why_it_is_there_and_what_else_is_between_the_two(show: Any, make_fact: Any) -> None:
    article = Article("a", "Norway met Sweden. Sweden may sue Norway.", "Neighbours", "2024-03-01")
    norway, sweden = ("Norway", "country:NOR"), ("Sweden", "country:SWE")
    facts = [
        make_fact(article, "Norway met Sweden.", norway, "met", sweden, event="CONSULT", time="2024-02"),
        make_fact(article, "Sweden may sue Norway.", sweden, "may sue", norway, event="THREATEN", modality="possible"),
    ]
    page = show(page_html(facts, [article], title="Two"))
    page.evaluate("triplomat.select('tie', 'country:NOR>country:SWE:cooperation:asserted')")
    assert page.locator(".why").inner_text() == "Cooperation, asserted: met. 1 fact in 1 article, February 2024."
    text = page.locator("#evidence").inner_text()
    assert text.index("Norway met Sweden.") < text.index("Also between them") < text.index("Sweden may sue Norway.")


def test_partners_are_told_apart_by_sign(show: Any, html: str) -> None:
    page = show(html)
    page.evaluate("triplomat.select('actor', 'country:BLR')")
    assert "Conflict with European Union 1" in page.locator("#evidence").inner_text()
    assert "Cooperation with" not in page.locator("#evidence").inner_text()


def test_a_fact_has_an_address_of_its_own(show: Any, html: str, corpus: Any) -> None:
    page = show(html, permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("id => triplomat.select('tie', id)", TIE)
    page.click("#evidence >> text=Copy link to this fact")
    link = page.evaluate("navigator.clipboard.readText()")
    page = show(html, address="#" + link.partition("#")[2])
    assert page.locator("#evidence article").get_attribute("data-fact") == corpus.facts[0].id


def test_a_citation_names_sentence_article_source_and_date(show: Any, html: str) -> None:
    page = show(html, permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("id => triplomat.select('tie', id)", TIE)
    page.click("#evidence >> text=Copy citation")
    assert page.evaluate("navigator.clipboard.readText()").startswith(
        "“Norway shipped 40 fire engines to Ukraine on Monday.” Help for Ukraine, The Example, 2 May 2023, "
        "https://example.org/help?a=1&b=2 (characters 0–52, "
    )


@pytest.mark.parametrize(
    "address",
    [
        "no-sign=conflict&no-kind=Person",
        "hidden=country%3AUKR",
        "text=sanctions&belief=0.5",
        "from=2023-03-01&to=2023-05-06&undated=0",
        "focus=country%3ANOR&actor=country%3ANOR",
        "chain=country%3ANOR&chain=country%3AUKR",
        "no-source=Another+Paper&no-bloc=0",
    ],
)
def test_an_address_gives_the_view_and_the_view_its_address(show: Any, html: str, address: str) -> None:
    page = show(html, address=f"#{address}")
    page.evaluate("triplomat.select(triplomat.view.selection?.kind, triplomat.view.selection?.id)")
    assert page.evaluate("location.hash") == f"#{address}"


def test_an_address_that_makes_no_sense_is_left_alone(show: Any, html: str) -> None:
    page = show(html, address="#actor=country:XXX&belief=nan&from=yesterday&chain=a&focus=%00&tie=constructor")
    assert page.evaluate("triplomat.shown.facts.length") == 5


def test_a_column_sorts_both_ways(show: Any, html: str) -> None:
    page = show(html)
    page.click("#list-actors thead button >> nth=0")
    first = page.locator("#list-actors tbody th").all_inner_texts()
    assert first == sorted(first, key=str.casefold)
    page.click("#list-actors thead button >> nth=0")
    assert page.locator("#list-actors tbody th").all_inner_texts() == first[::-1]


def test_a_hidden_actor_can_be_shown_again(show: Any, html: str) -> None:
    page = show(html)
    page.click("#list-actors >> text=Belarus")
    page.click("#evidence >> text=Hide")
    assert page.evaluate("triplomat.shown.facts.length") == 3
    page.click("#tab-filters")
    page.click("#hidden-actors >> text=Belarus")
    assert page.evaluate("triplomat.shown.facts.length") == 5


def test_the_brush_is_drawn_with_the_pointer(show: Any, html: str) -> None:
    page = show(html)
    box = page.locator(".brush svg").bounding_box()
    page.mouse.move(box["x"] + 2, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 20, steps=3)
    page.mouse.up()
    page.wait_for_function("() => triplomat.view.to !== null")
    page.click("text=All time")
    assert page.evaluate("[triplomat.view.from, triplomat.view.to, triplomat.shown.facts.length]") == [None, None, 5]


def test_the_timeline_sets_off_the_facts_of_what_is_selected(show: Any, html: str) -> None:
    page = show(html)
    assert page.locator(".brush .rest").count() == 0
    page.evaluate("id => triplomat.select('tie', id)", TIE)
    page.wait_for_selector(".brush .rest", state="attached")
    assert page.locator(".brush svg > rect.cooperation").count() == 1


def test_a_name_that_nobody_has_is_said_to_be_unknown(show: Any, html: str) -> None:
    page = show(html)
    page.fill("#search-input", "Atlantis")
    assert page.locator(".tools .nobody").inner_text() == "No actor of that name."
    page.keyboard.press("Enter")
    assert page.evaluate("triplomat.view.selection") is None


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
