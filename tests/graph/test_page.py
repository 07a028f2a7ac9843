"""The page as text: what it holds, that it is safe, and that it is the same twice."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triplomat.extractors.statement import Argument, Article, Predicate, Sentence, Statement
from triplomat.graph.layout import place
from triplomat.graph.marks import marks
from triplomat.graph.naming import clean, sign_of
from triplomat.graph.page import frame_html, mimebundle, page_html
from triplomat.graph.rows import days, readable_date, web
from triplomat.graph.view import to_view

SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
HOSTILE = '</script><script>alert(1)</script><img src=x onerror=alert(1)>" onload="alert(1)'


def block(page: str, name: str) -> Any:
    found = re.search(rf'<script type="application/json" id="data-{name}">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


@pytest.fixture(scope="module")
def page(corpus: Any) -> str:
    return page_html(corpus.facts, corpus.articles, title="Help & harm", **corpus.options)


def test_the_page_is_one_whole_document(page: str) -> None:
    parser = HTMLParser()
    parser.feed(page)
    assert page.startswith("<!doctype html>")
    assert page.rstrip().endswith("</html>")


def test_the_same_input_gives_the_same_bytes(corpus: Any, page: str) -> None:
    assert page_html(corpus.facts, corpus.articles, title="Help & harm", **corpus.options) == page


def test_nothing_is_fetched(page: str) -> None:
    without_data = re.sub(r'<script type="application/json".*?</script>', "", page, flags=re.DOTALL)
    markup = SCRIPT.sub("", without_data)
    assert not re.findall(r'(?:src|srcset|data|poster)="(?!data:)[^"]*//', markup)
    assert "<link" not in markup
    assert "@import" not in markup
    assert "sourceMappingURL" not in page


def test_the_policy_names_every_script_and_forbids_the_rest(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    text = policy[1].replace("&#39;", "'")
    assert "default-src 'none'" in text
    held = re.search(r'<script type="text/plain" id="vis-network">(.*?)</script>', page, re.DOTALL)
    assert held
    scripts = [*SCRIPT.findall(page.replace(held[0], "")), held[1]]
    assert len(scripts) == 2
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in text


def test_a_tie_leads_to_the_words_of_its_sentence(corpus: Any, page: str) -> None:
    data, edges, evidence = block(page, "page"), block(page, "edges"), block(page, "evidence-0")
    tie = next(edge for edge in edges if edge["from"] == "country:NOR" and edge["to"] == "country:UKR")
    assert (tie["sign"], tie["status"]) == ("cooperation", "asserted")
    facts = data["facts"]
    fact = dict(zip(facts["columns"], facts["rows"][tie["facts"][0]], strict=True))
    row = evidence["statements"]["rows"][fact["statements"][0]]
    statement = dict(zip(evidence["statements"]["columns"], row, strict=True))
    sentence = evidence["sentences"][statement["sentence"]]
    cut = iter(statement["marks"])
    quoted = [(sentence[start:end], data["texts"][role]) for start, end, role in zip(cut, cut, cut, strict=True)]
    assert ("shipped", "predicate") in quoted
    assert ("40 fire engines", "object") in quoted


def test_hedged_and_denied_facts_are_ties_of_their_own(page: str) -> None:
    statuses = {(edge["from"], edge["to"]): edge["status"] for edge in block(page, "edges")}
    assert statuses["country:POL", "country:UKR"] == "hedged"
    assert statuses["country:BLR", "country:POL"] == "denied"


def test_actors_without_a_recipient_act_on_each_other(page: str) -> None:
    (tie,) = [edge for edge in block(page, "edges") if edge["mutual"]]
    assert {tie["from"], tie["to"]} == {"person:Jonas_Gahr_Støre", "person:Volodymyr_Zelensky"}


def test_how_an_article_calls_an_actor_finds_it_but_not_a_pronoun(make_fact: Any) -> None:
    article = Article("a", "It helped the hermit kingdom. Later Kim thanked Oslo.")
    facts = [
        make_fact(
            article,
            "It helped the hermit kingdom.",
            ("It", "country:NOR"),
            "helped",
            ("the hermit kingdom", "country:PRK"),
        ),
        make_fact(
            article, "Later Kim thanked Oslo.", ("Kim", "person:Kim_Jong_Un"), "thanked", ("Oslo", "country:NOR")
        ),
    ]
    aliases = {node["id"]: node["aliases"] for node in block(page_html(facts, [article], title="Names"), "nodes")}
    assert aliases == {"country:NOR": ["Oslo"], "country:PRK": ["the hermit kingdom"], "person:Kim_Jong_Un": ["Kim"]}


def test_things_stand_beside_actors_and_are_not_counted_as_such(make_fact: Any) -> None:
    article = Article("a", "Norway needs oil. The army marched.")
    facts = [
        make_fact(article, "Norway needs oil.", ("Norway", "country:NOR"), "needs", theme="thing:oil"),
        make_fact(article, "The army marched.", ("The army", "thing:army"), "marched"),
    ]
    page = page_html(facts, [article], title="Things", labels={"thing:oil": "oil", "thing:army": "army"})
    kinds = {node["label"]: node["kind"] for node in block(page, "nodes")}
    assert kinds == {"NOR": "State", "oil": "Thing"}
    assert [(edge["from"], edge["to"]) for edge in block(page, "edges")] == [("country:NOR", "thing:oil")]
    assert "1 actor, 2 facts" in page
    rows = block(page, "page")["facts"]["rows"]
    assert rows[1][1] == ["army"]


def test_names_and_sentences_stay_text(make_fact: Any, page: str) -> None:
    article = Article("a", f"Norway helped {HOSTILE}.", HOSTILE, None, "javascript:alert(1)", HOSTILE)
    fact = make_fact(article, article.text, ("Norway", "country:NOR"), "helped", (HOSTILE, "org:X"))
    hostile = page_html([fact], [article], title=HOSTILE, labels={"org:X": HOSTILE}, aliases={"org:X": (HOSTILE,)})
    assert hostile.count("<script") == page.count("<script")
    assert "<img" not in hostile
    assert 'href="javascript' not in hostile
    assert block(hostile, "evidence-0")["sentences"] == [article.text]
    assert block(hostile, "page")["articles"]["rows"][0][4] is None


def test_an_empty_graph_is_a_page_too() -> None:
    page = page_html([], [], title="Nothing")
    assert "0 actors, 0 facts, 0 articles" in page


def test_scripts_off_leaves_tables_and_a_picture(page: str) -> None:
    static = re.search(r"<noscript>\s*<main.*?</noscript>", page, re.DOTALL)
    assert static
    assert "<svg" in static[0]
    assert "Norway shipped 40 fire engines to Ukraine on Monday." in static[0]
    assert "https://example.org/help?a=1&amp;b=2" in static[0]


def test_a_notebook_gets_a_frame_a_picture_and_words(corpus: Any) -> None:
    view = to_view(corpus.facts, corpus.articles, **corpus.options)
    bundle = mimebundle(view, title="Help")
    assert set(bundle) == {"text/html", "image/svg+xml", "text/plain"}
    assert 'sandbox="allow-scripts' in bundle["text/html"]
    assert "allow-same-origin" not in bundle["text/html"]
    assert bundle["text/plain"] == "Help: 7 actors, 5 facts, 2 articles, 2 May 2023 to 3 May 2023"


def test_a_frame_holds_the_page_as_an_attribute() -> None:
    assert 'srcdoc="&lt;p class=&quot;a&quot;&gt;"' in frame_html('<p class="a">', title="t")


@pytest.mark.parametrize(
    ("entity", "label", "aliases", "sign"),
    [
        ("country:PRK", "North Korea", (), "PRK"),
        ("org:EU", "European Union", ("EU",), "EU"),
        ("person:Vladimir_Putin", "Vladimir Putin", (), "VP"),
        ("group:West", "the West", (), "W"),
        ("person:习近平", "习近平", (), ""),
    ],
)
def test_the_sign_of_an_actor(entity: str, label: str, aliases: tuple[str, ...], sign: str) -> None:
    assert sign_of(entity, label, aliases) == sign


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("2024-02-29", (19782, 19782)),
        ("2024-02", (19754, 19782)),
        ("2023", (19358, 19722)),
        ("2023/2024", (19358, 20088)),
        ("2024-W01", (19723, 19729)),
        ("2024-13", None),
        ("0000", None),
        ("", None),
        (None, None),
    ],
)
def test_a_time_spans_days(time: str | None, expected: tuple[int, int] | None) -> None:
    assert days(time) == expected


def test_dates_in_words() -> None:
    assert [readable_date(day) for day in ("2024-06-20", "2023-09", "2023", "2024-W01")] == [
        "20 June 2024",
        "September 2023",
        "2023",
        "2024-W01",
    ]


def test_only_web_addresses_become_links() -> None:
    assert web("https://example.org/a") == "https://example.org/a"
    assert [web(url) for url in ("javascript:alert(1)", "data:text/html,x", "https://a b", "", None)] == [None] * 5


def test_direction_marks_are_taken_out_of_names() -> None:
    assert clean("a\u202eb\u2066c\x00\n d") == "abc d"


def statement_of(text: str, spans: list[tuple[int, int]]) -> Statement:
    arguments = tuple(Argument("theme", text[start:end], 10 + start, 10 + end) for start, end in spans)
    predicate = Predicate(text[:1], 10, 11, text[:1])
    return Statement("d", None, Sentence(0, 10, 10 + len(text), text), None, predicate, None, arguments)


@given(st.text(min_size=1, max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6))
def test_marks_are_disjoint_and_in_order_and_in_utf16(text: str, spans: list[tuple[int, int]]) -> None:
    inside = [(min(a, b), max(a, b)) for a, b in spans if max(a, b) <= len(text)]
    found = marks(statement_of(text, inside))
    wide = text.encode("utf-16-le", "surrogatepass")
    ends = [0, *(offset for start, end, _ in found for offset in (start, end))]
    assert ends == sorted(ends)
    assert ends[-1] * 2 <= len(wide)
    assert all(wide[2 * start : 2 * end].decode("utf-16-le", "surrogatepass") in text for start, end, _ in found)


def test_a_mark_inside_another_leaves_the_rest_of_it() -> None:
    text = "x millions of barrels of oil"
    found = marks(statement_of(text, [(2, 28), (2, 21)]))
    assert [text[start:end] for start, end, _ in found] == ["x", "millions of barrels", " of oil"]


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 40), st.integers(0, 3))
def test_the_layout_is_seeded_and_lets_no_boxes_overlap(count: int, seed: int) -> None:
    boxes = [(60.0 + 10 * (number % 5), 50.0) for number in range(count)]
    edges = [(number, (number * 7 + 1) % count, 1.0) for number in range(count)]
    blocs = [number % 3 for number in range(count)]
    spots = place(boxes, edges, blocs, seed=seed)
    assert spots == place(boxes, edges, blocs, seed=seed)
    for a in range(count):
        for b in range(a):
            across = abs(spots[a][0] - spots[b][0]) - (boxes[a][0] + boxes[b][0]) / 2
            down = abs(spots[a][1] - spots[b][1]) - (boxes[a][1] + boxes[b][1]) / 2
            assert max(across, down) > -3


def test_a_large_layout_is_laid_out_on_the_mesh() -> None:
    count = 900
    spots = place([(34.0, 34.0)] * count, [(n, n // 2, 1.0) for n in range(1, count)], [-1] * count, seed=1)
    assert len(set(spots)) == count
