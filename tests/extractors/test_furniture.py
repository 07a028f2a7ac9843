import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triplomat.extractors.furniture import blocks, same_sentence_key
from triplomat.extractors.quantities import parse
from triplomat.extractors.times import find_times

SHARED = Path(__file__).parents[2].parent / "shared"
BODY = "Russia sent three ships of grain to Egypt, officials in Cairo said.\n\nThe ships left Novorossiysk last week."


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, text[block.start : block.end]) for block in blocks(text)]


def kind_among_body(line: str, *, first: bool = False) -> str:
    text = f"{line}\n\n{BODY}" if first else f"{BODY}\n\n{line}\n\nEgypt thanked Russia for the delivery."
    (kind,) = {kind for kind, piece in kinds(text) if piece == line}
    return kind


@pytest.mark.parametrize(
    "line",
    [
        "5 months ago 29",
        "1.2k shares",
        "3 min read",
        "Share this article",
        "Share on Facebook",
        "Facebook Twitter WhatsApp Email",
        "29",
        "142 Comments",
    ],
)
def test_counters_and_share_bars(line: str) -> None:
    assert kind_among_body(line) == "share"


@pytest.mark.parametrize(
    "line",
    [
        "Read Entire Article",
        "Read more",
        "Continue reading the main story",
        "Advertisement",
        "Sign up for our daily newsletter and get the news first.",
        "We use cookies to make this site work. By clicking accept you agree.",
        "By signing up, you agree to our terms of use.",
        "© 2024 Harbour Post. All rights reserved.",
        "Follow us on Twitter",
        "Subscribe now",
        "This article is more than 2 years old",
        "Click here to see the pictures",
        "Weiterlesen",
        "Lire la suite",
        "Skip to content",
        "Get the latest headlines in your inbox.",
    ],
)
def test_buttons(line: str) -> None:
    assert kind_among_body(line) == "button"


@pytest.mark.parametrize(
    "line",
    [
        "By Ann Lee",
        "By Ann Lee and Omar Said in Kyiv",
        "Published: 12:30 GMT, 20 June 2024",
        "Updated 3 hours ago",
        "Friday, July 21, 2017",
        "20 June 2024 | Updated 21 June 2024",
        "Reporting by Ann Lee; Editing by Tom Moor",
        "Ann Lee is the diplomatic correspondent of the Harbour Post.",
    ],
)
def test_bylines(line: str) -> None:
    assert kind_among_body(line) == "byline"


@pytest.mark.parametrize(
    "line",
    [
        "The ships at Novorossiysk on Friday. Image: US Navy.",
        "FILE PHOTO: A ship is loaded with grain in Novorossiysk",
        "The harbour of Alexandria (AP Photo/Ann Lee)",
        "Image caption The harbour of Alexandria",
        "Egyptian soldiers in Cairo [Ann Lee/Reuters]",
        "Egyptian soldiers in Cairo. Ann Lee/Getty Images",
    ],
)
def test_captions(line: str) -> None:
    assert kind_among_body(line) == "caption"


@pytest.mark.parametrize(
    "line",
    [
        "Europe Россия Внешние малые острова США Китай Индия",
        "Startseite Politik Ausland Wirtschaft Sport",
        "Home | News | World | Sport",
        "Inicio Mundo Economía Deportes",
        "Europe Russia China India Korea United Arab Emirates",
        "Главная Политика Экономика",
        "首页 国际 财经 体育",
    ],
)
def test_menus_in_whatever_language(line: str) -> None:
    assert kind_among_body(line, first=True) == "menu"


def test_links_under_their_heading() -> None:
    text = f"{BODY}\n\nRelated articles\nWhy grain matters\nEgypt and its bread\n\nEgypt thanked Russia on Tuesday."
    assert [kind for kind, _ in kinds(text)] == ["body", "body", "menu", "menu", "menu", "body"]
    assert kind_among_body("READ MORE: Why grain matters to Egypt") == "menu"


def test_runs_of_short_lines_are_a_menu() -> None:
    assert [kind for kind, _ in kinds(f"Krieg\nGeld\nLeute\n\n{BODY}")][:3] == ["menu"] * 3


@pytest.mark.parametrize(
    "line",
    [
        "Egypt takes Russian grain",
        "Putin Visits Egypt",
        "ANN LEE: Russia's ships feed Egypt. A new trade is growing",
        "Egypt 'sent three ships' in June",
    ],
)
def test_the_first_words_without_a_point_are_the_headline(line: str) -> None:
    assert kind_among_body(line, first=True) == "headline"


def test_rows_of_lines_without_a_point_are_links_but_a_single_one_is_a_heading() -> None:
    end = "Egypt thanked Russia.\n\nThe ships returned on Sunday."
    row = "What Egypt eats\n\nPutin's visit to Vietnam\n\nThe price of bread in Cairo this year"
    assert [kind for kind, _ in kinds(f"{BODY}\n\n{row}\n\n{end}")] == ["body"] * 2 + ["menu"] * 2 + ["headline"] + [
        "body"
    ] * 2
    assert [kind for kind, _ in kinds(f"{BODY}\n\n{end}\n\n{row}")] == ["body"] * 4 + ["menu"] * 3
    assert [kind for kind, _ in kinds(f"{BODY}\n\nBread for Cairo\n\n{end}")][2] == "headline"


def test_points_of_a_list_are_body() -> None:
    text = f"{BODY}\n\nThey agreed on two points.\n• Russia will send oil\n• Egypt will send fruit\nBoth were content."
    assert [kind for kind, _ in kinds(text)] == ["body"] * 3 + ["menu", "body"] * 2 + ["body"]


def test_of_many_lines_above_the_article_the_long_ones_are_its_headlines() -> None:
    top = "Harbour Post News\nEgypt takes Russian grain for bread\nAnn Lee\nCairo correspondent"
    assert [kind for kind, _ in kinds(f"{top}\n\n{BODY}")] == ["menu", "headline", "menu", "menu", "body", "body"]


def test_the_second_print_of_a_paragraph_is_a_repeat() -> None:
    caption = "Russia 's ships , “loaded with grain” , left blacked- out Novorossiysk"
    full = "Russia's ships, 'loaded with grain', left blacked-out Novorossiysk. They sailed for Egypt."
    text = f"{full}\n\nA.\n\n{caption}\n\nB."
    assert [kind for kind, _ in kinds(text)] == ["body", "body", "repeat", "body"]


def test_a_caption_before_the_paragraph_that_it_repeats() -> None:
    text = (
        "Egypt buys grain\n\nRussia sent three ships to Egypt\n\nRussia sent three ships to Egypt. They left on Monday."
    )
    assert [kind for kind, _ in kinds(text)] == ["headline", "repeat", "body"]


def test_of_equal_paragraphs_the_first_stays() -> None:
    assert [kind for kind, _ in kinds("Oil flows.\n\nOil flows.\n\nOil flows.")] == ["body", "repeat", "repeat"]


ORPHAN = "'The council tax will go up in Leeds. Nobody in Yorkshire asked for it.'"


def test_a_quotation_of_another_story() -> None:
    text = f"Egypt thanked Russia.\n\nThree ships sailed.\n\n{ORPHAN}\n\nThey carried grain.\n\nBread was made."
    assert kinds(text)[2] == ("quotation", ORPHAN)


@pytest.mark.parametrize(
    "text",
    [
        f"Egypt thanked Russia.\n\nA minister in Leeds said:\n\n{ORPHAN}\n\nThey carried grain.\n\nBread was made.",
        f"Egypt thanked Russia.\n\n“A shame,” he said.\n\n{ORPHAN}\n\nThey carried grain.\n\nBread was made.",
        f"Egypt thanked Russia.\n\nThe mayor of Leeds was angry.\n\n{ORPHAN}\n\nThey carried grain.\n\nBread was made.",
    ],
)
def test_a_quotation_with_a_speaker_or_a_name_of_the_article_stays(text: str) -> None:
    assert all(kind == "body" for kind, _ in kinds(text))


def test_the_dateline_is_set_apart() -> None:
    assert kinds("KYIV, Ukraine (AP) — Russia attacked Odesa on Monday, officials said.") == [
        ("byline", "KYIV, Ukraine (AP) —"),
        ("body", "Russia attacked Odesa on Monday, officials said."),
    ]
    assert kinds("SEOUL, June 20 (Reuters) - North Korea fired a missile on Thursday.")[0][0] == "byline"
    assert kinds("LUANDA (Nov 3) - Angolan troops took the border town on Monday.")[0] == ("byline", "LUANDA (Nov 3) -")
    assert kinds("LIMA (3 November 2025) – Peru closed its ports on Monday.")[0][0] == "byline"


@pytest.mark.parametrize(
    "text",
    [
        "Putin to visit Pyongyang",
        "The survey showed that dry riverbeds could store water .",
        "He said : `` We will go . ''",
        "Russia sent oil. North Korea sent shells. Both deny it",
        "Read more",
        "Related articles are sold in Kyiv, says the mayor.",
        "By continuing its war, Russia loses friends.",
        "Ukraine lost a village - TASS.",
        "The grain deal is dead, he said. (Reuters)",
        "Privacy policy is a matter for Brussels, said the minister.",
        "Share prices fell in Moscow.",
    ],
)
def test_single_sentences_are_body(text: str) -> None:
    assert kinds(text) == [("body", text)]


@pytest.mark.parametrize(
    "line",
    [
        "By continuing its war, Russia loses friends.",
        "Ukraine lost a village — TASS.",
        "He painted a grim picture: war.",
        "Share prices fell in Moscow.",
        "Related talks were held in Doha on Monday.",
        "Read alone, the treaty says little.",
        "This report was rejected by Moscow.",
        "“We will go on,” he said.",
        "5 months ago the port was empty.",
        "Home guards in Taiwan were armed.",
        "Copyright law was discussed in Geneva.",
        "Follow the money, said Zelensky.",
    ],
)
def test_sentences_that_look_like_furniture_are_body(line: str) -> None:
    assert kind_among_body(line) == "body"


def test_a_button_after_the_last_sentence_of_a_line() -> None:
    assert kinds("Russia sent oil. Egypt paid. Read Entire Article") == [
        ("body", "Russia sent oil. Egypt paid."),
        ("button", "Read Entire Article"),
    ]


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "Russia sent three ships of grain to\nEgypt on Monday, officials in Cairo said\nand thanked the crews for "
        "their "
        "work in\nthe night.\n\nThe ships left last week from the port\nof Novorossiysk."
    )
    assert [kind for kind, _ in kinds(text)] == ["body", "body"]


def test_bullets_are_set_apart() -> None:
    found = kinds("Two points.\n• Russia sent oil.\n• Egypt paid.")
    assert found[1:3] == [("menu", "•"), ("body", "Russia sent oil.")]


def test_keys() -> None:
    assert same_sentence_key("It left.") == same_sentence_key(" it  left")
    assert same_sentence_key("Will it leave?") != same_sentence_key("Will it leave.")
    assert same_sentence_key("$3") != same_sentence_key("3%")


@given(
    st.text()
    | st.lists(st.sampled_from([BODY, ORPHAN, "Read more", "A b C", "\n", "\r\n", " ", "\x85", "“", "• x"])).map(
        "".join
    )
)
def test_blocks_cover_everything_but_space_in_order(text: str) -> None:
    at = 0
    for block in blocks(text):
        assert not text[at : block.start].strip("\ufeff\u200b").strip() and at <= block.start < block.end
        at = block.end
    assert not text[at:].strip("\ufeff\u200b").strip()


@pytest.mark.skipif(not SHARED.exists(), reason="the shared gold isn't beside this checkout")
@pytest.mark.parametrize("name", ["carb-dev", "plover-gsr-dev"])
def test_one_sentence_articles_are_body(name: str) -> None:
    for line in (SHARED / "gold" / f"{name}-articles.jsonl").read_text("utf-8").splitlines():
        text = json.loads(line)["text"]
        assert {kind for kind, _ in kinds(text)} == {"body"}, text


@pytest.mark.skipif(not SHARED.exists(), reason="the shared gold isn't beside this checkout")
def test_no_sentence_of_a_real_article_is_lost() -> None:
    for line in (SHARED / "gold" / "gum-news-dev-articles.jsonl").read_text("utf-8").splitlines():
        lost = [piece for kind, piece in kinds(json.loads(line)["text"]) if kind not in ("body", "headline", "byline")]
        assert all(kind_is_caption(piece) or len(piece.split()) < 6 for piece in lost), lost


def kind_is_caption(piece: str) -> bool:
    return "Image: " in piece


LONG = 200_000
HOSTILE = {
    "one line again and again": "Oil flows.\n" * (LONG // 11),
    "digits": "1" * LONG,
    "lines of digits": ("1" * 280 + "x\n") * (LONG // 281),
    "dates": ("Published: " + "1/1/11 " * 38 + "!\n") * (LONG // 280),
    "names": ("By " + "A-" * 140 + "!\n") * (LONG // 283),
    "quotations": "".join(f"'It is a very long quotation {n} here.'\n" for n in range(LONG // 40)),
    "spaces": "a." + " " * LONG + "b",
    "years": "in 1999 " * (LONG // 8),
    "bullets": "• a\n" * (LONG // 4),
    "brackets": "[(" * (LONG // 2),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_length_only(name: str) -> None:
    started = time.process_time()
    blocks(HOSTILE[name])
    find_times(HOSTILE[name], published="2024-06-20")
    parse(HOSTILE[name])
    assert time.process_time() - started < 20
