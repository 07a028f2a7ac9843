import bz2
import gzip
import io
import json
import lzma
import os
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from triplomat.errors import InputError, UsageError
from triplomat.extractors.formats import LONGEST, iso_day
from triplomat.extractors.reading import KINDS, read
from triplomat.extractors.statement import Article
from triplomat.extractors.web import fetch

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Seoul sends grain</title>
<meta property="article:published_time" content="2024-05-07T08:00:00Z">
<meta property="og:site_name" content="Meridian Wire">
<meta property="og:title" content="Seoul sends grain"></head>
<body><nav><a href="/">Home</a> <a href="/w">World</a></nav>
<article><h1>Seoul sends grain</h1>
<p>South Korea has sent fifty thousand tonnes of rice to Kenya, the agriculture ministry said on Tuesday,
the largest shipment of its kind so far this year.</p><p>The ships left the port of Gunsan last week
and are expected to reach Mombasa by the end of the month, according to officials of both states.</p></article>
<footer>© 2024 Meridian Wire. All rights reserved.</footer></body></html>"""


def articles(*inputs: object, **options: object) -> list[Article]:
    found = list(read([str(given) for given in inputs], **options))  # type: ignore[arg-type]
    assert all(isinstance(item, Article) for item in found), found
    return found  # type: ignore[return-value]


def complaint(*inputs: object, **options: object) -> str:
    (found,) = read([str(given) for given in inputs], **options)  # type: ignore[arg-type]
    assert isinstance(found, InputError), found
    assert "\n" not in str(found)
    return str(found)


def test_text_is_taken_letter_for_letter(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("\ufeffA – “b”.\r\n\r\n\tC\u2028d. ".encode())
    (article,) = articles(tmp_path / "a.txt")
    assert article == Article("a", "A – “b”.\r\n\r\n\tC\u2028d. ")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_names_the_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes("Kyiv – Київ".encode(encoding))
    assert articles(tmp_path / "a.txt")[0].text == "Kyiv – Київ"


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)])
def test_compressed_files_keep_their_stem(tmp_path: Path, suffix: str, pack: object) -> None:
    (tmp_path / f"a.txt{suffix}").write_bytes(pack(b"Oil."))  # type: ignore[operator]
    assert articles(tmp_path / f"a.txt{suffix}") == [Article("a", "Oil.")]


def test_zst(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    (tmp_path / "a.jsonl.zst").write_bytes(zstandard.compress(b'{"id": "x", "text": "Oil."}\n'))
    assert articles(tmp_path / "a.jsonl.zst") == [Article("x", "Oil.")]
    (tmp_path / "b.txt.zst").write_bytes(b"not zst at all, sorry")
    assert "damaged" in complaint(tmp_path / "b.txt.zst")


def test_html_gives_text_title_date_and_source(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    (article,) = articles(tmp_path / "a.html", published="2020-01-01")
    assert (article.id, article.title, article.published) == ("a", "Seoul sends grain", "2024-05-07")
    assert article.source == "Meridian Wire"
    assert "fifty thousand tonnes of rice" in article.text
    assert "All rights" not in article.text and "Home" not in article.text


def test_html_in_its_declared_encoding(tmp_path: Path) -> None:
    page = PAGE.replace("utf-8", "iso-8859-1").replace("Kenya", "Curaçao")
    (tmp_path / "a.html").write_bytes(page.replace("©", "").encode("latin-1"))
    assert "Curaçao" in articles(tmp_path / "a.html")[0].text


def test_jsonl_takes_what_each_line_gives(tmp_path: Path) -> None:
    rows = [
        {"id": "x", "text": "A.", "published": "2024-06-20T10:00:00Z", "title": "T", "url": "u", "source": "s"},
        {"id": 7, "text": "B."},
        {"text": "C.", "date": "20 June 2024"},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n\n")
    assert articles(tmp_path / "a.jsonl", published="2024-01-02") == [
        Article("x", "A.", "T", "2024-06-20", "u", "s"),
        Article("7", "B.", published="2024-01-02"),
        Article("a-3", "C.", published="2024-06-20"),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{oops", "not JSON"),
        ("[1]", "not a JSON object"),
        ('{"id": 1}', 'lacks "text"'),
        ('{"text": 3}', 'lacks "text"'),
        ('{"text": "  "}', "no text"),
        ('{"text": "x", "published": "soon"}', "'soon' is no date"),
        ('{"text": "x", "published": "2024-02-30"}', "is no date"),
        ('{"text": "\\ud800"}', "surrogate"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_bad_jsonl_line_is_named_and_the_others_are_read(tmp_path: Path, line: str, reason: str) -> None:
    (tmp_path / "a.jsonl").write_text(f'{{"text": "A."}}\n{line}\n{{"text": "B."}}')
    one, bad, two = read([str(tmp_path / "a.jsonl")])
    assert isinstance(one, Article) and isinstance(two, Article) and two.id == "a-3"
    assert isinstance(bad, InputError) and bad.source.endswith("a.jsonl, line 2") and reason in bad.reason


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "an empty file"),
        ("a.txt", b" \n\t\n", "an empty file"),
        ("a.html", b"", "an empty file"),
        ("a.jsonl", b"", "an empty file"),
        ("a.xml", b"", "an empty file"),
        ("a.warc", b"", "an empty file"),
        ("a.eml", b"", "an empty file"),
        ("a.txt", b"\x7fELF\x02\x01\x01\x00\x00", "a binary file"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "a binary file"),
        ("a.html", b"\x00\x01\x02" * 100, "a binary file"),
        ("a.txt", "Der Präsident von Österreich".encode("latin-1"), "not UTF-8 (byte 0xe4 at 6)"),
        ("a.txt", b"x" * 50_000_000, "1,000,000"),
        ("a.txt", b"x" * (LONGEST + 1), "1,000,001 characters"),
        ("a.txt.gz", b"not gzip", "zip"),
        ("a.docx", b"PK", "unsupported kind of file (.docx)"),
        ("a.html", b"<html><body></body></html>", "no article text"),
        ("a.xml", b"<html/>", "no RSS or Atom feed"),
        ("a.xml", b"<rss><channel>", "not well-formed"),
        ("a.xml", b"<rss><channel/></rss>", "without items"),
        ("a.warc", b"hello", "not a WARC record"),
        ("a.pdf", b"%PDF-1.4 nonsense", "PDF"),
        ("a.eml", b"hello", "not an e-mail"),
    ],
)
def test_each_bad_file_gets_its_line(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    said = complaint(tmp_path / name)
    assert name in said and reason in said


def test_missing_things_are_named(tmp_path: Path) -> None:
    assert "no such file or folder" in complaint(tmp_path / "none.txt")
    assert "nothing readable" in complaint(tmp_path)
    assert "no file matches" in complaint(tmp_path / "*.txt")
    assert "unsupported address" in complaint("ftp://example.org/a.txt")
    assert complaint("a\0b")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A.")
    (tmp_path / "a.txt").chmod(0)
    assert "no permission" in complaint(tmp_path / "a.txt")


def test_a_date_that_is_none_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="'tomorrow' is no date"):
        read([], published="tomorrow")


def test_bad_inputs_do_not_cost_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A.")
    (tmp_path / "b.txt").write_bytes(b"\x00")
    (tmp_path / "c.txt").write_text("C.")
    found = list(read([str(tmp_path), str(tmp_path / "none")]))
    assert [type(item) for item in found] == [Article, InputError, Article, InputError]


def test_folders_are_read_in_order_and_repeated_ids_are_numbered(tmp_path: Path) -> None:
    for name in ("b/n.txt", "a/n.txt", "a/.hidden.txt", "a/picture.png", "n-2.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    assert [(item.id, item.text) for item in articles(tmp_path)] == [
        ("n-2", "n-2.txt"),
        ("n", "a/n.txt"),
        ("n-3", "b/n.txt"),
    ]


def test_globs(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.png", "d/e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    assert [item.id for item in articles(tmp_path / "?.txt")] == ["a", "b"]
    assert [item.id for item in articles(tmp_path / "**/*.txt")] == ["a", "b", "e"]
    assert "no readable file" in complaint(tmp_path / "c*")
    assert "unsupported" in complaint(tmp_path / "*.png")


def test_a_glob_goes_into_no_link(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d/a.txt").write_text("A.")
    for name in ("round", "again"):
        (tmp_path / "d" / name).symlink_to(tmp_path)
    assert [item.text for item in articles(tmp_path / "**/*.txt")] == ["A."]
    assert [item.text for item in articles(tmp_path / "d/**")] == ["A."]


def test_a_link_to_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A.")
    (tmp_path / "b.txt").symlink_to("gone")
    assert "a link to nothing" in complaint(tmp_path / "b.txt")
    read_one, named = read([str(tmp_path)])
    assert isinstance(read_one, Article) and isinstance(named, InputError) and "b.txt" in str(named)


def test_names_that_no_utf8_has_are_spelt_out(tmp_path: Path) -> None:
    try:
        (tmp_path / "caf\udce9.txt").write_text("Oil.")
    except OSError:
        pytest.skip("this file system takes UTF-8 names alone")
    assert articles(tmp_path)[0].id == r"caf\udce9"
    row = b'{"id": "\\ud800", "title": "\\udfff", "text": "Oil."}'
    assert articles("-", stdin=io.BytesIO(row)) == [Article(r"\ud800", "Oil.", title=r"\udfff")]


@pytest.mark.parametrize("stream", [io.BytesIO(b"Oil."), io.StringIO("Oil."), io.TextIOWrapper(io.BytesIO(b"Oil."))])
def test_standard_input(stream: object) -> None:
    assert articles("-", stdin=stream) == [Article("stdin", "Oil.")]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_standard_input_is_unpacked(pack: Callable[[bytes], bytes]) -> None:
    assert articles("-", stdin=io.BytesIO(pack(b'{"id": "a", "text": "Oil."}'))) == [Article("a", "Oil.")]


def test_standard_input_tells_its_kind() -> None:
    assert articles("-", stdin=io.BytesIO(b'{"text": "A."}\n{"id": "b", "text": "B."}')) == [
        Article("stdin-1", "A."),
        Article("b", "B."),
    ]
    assert articles("-", stdin=io.StringIO(PAGE))[0].published == "2024-05-07"
    assert "empty" in complaint("-", stdin=io.BytesIO())


FEED = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Harbour Post</title><item><title>Oil &amp; grain</title><link>https://example.org/1</link>
<pubDate>Tue, 07 May 2024 08:00:00 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>Russia sent <b>oil</b>.</p><p>It sent grain.</p>]]></content:encoded></item>
<item><title>Empty</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry><title>T</title>
<link rel="self" href="https://example.org/x"/><link href="https://example.org/2"/><published>2024-05-07T01:00:00Z</published>
<content type="html">&lt;p&gt;Iran met Iraq.&lt;/p&gt;</content></entry></feed>"""


def test_rss_gives_an_article_an_item(tmp_path: Path) -> None:
    (tmp_path / "f.rss").write_text(FEED)
    one, two = read([str(tmp_path / "f.rss")])
    assert one == Article(
        "f-1",
        "Russia sent oil.\n\nIt sent grain.",
        "Oil & grain",
        "2024-05-07",
        "https://example.org/1",
        "Harbour Post",
    )
    assert isinstance(two, InputError) and "item 2: no text" in str(two)


def test_atom(tmp_path: Path) -> None:
    (tmp_path / "f.atom").write_text(ATOM)
    (article,) = articles(tmp_path / "f.atom")
    assert (article.text, article.url, article.published) == ("Iran met Iraq.", "https://example.org/2", "2024-05-07")


def test_a_feed_that_swells_is_refused(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12))
    item = "<item><description>&a12;</description></item>"
    (tmp_path / "f.xml").write_text(f'<!DOCTYPE rss [<!ENTITY a0 "x">{entities}]><rss><channel>{item}</channel></rss>')
    assert "not well-formed" in complaint(tmp_path / "f.xml")


def warc(*pages: bytes) -> bytes:
    whole = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 2\r\n\r\nhi\r\n\r\n"
    for page in pages:
        whole += b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\n"
        whole += b"Content-Type: application/http; msgtype=response\r\n"
        whole += b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(page), page)
    return whole


def test_warc_pages_become_articles(tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
    plain = head + b"\r\n" + PAGE.encode()
    packed = gzip.compress(PAGE.encode())
    chunked = head + b"Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (
        len(packed),
        packed,
    )
    missing = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nno"
    (tmp_path / "w.warc.gz").write_bytes(gzip.compress(warc(plain)) + gzip.compress(warc(missing, chunked)))
    one, two = articles(tmp_path / "w.warc.gz")
    assert (one.id, one.url, one.published) == ("w-2", "https://example.org/a", "2024-05-07")
    assert two.text == one.text and two.id == "w-5"


def test_a_warc_that_is_cut_off_gives_what_it_holds(tmp_path: Path) -> None:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE.encode()
    (tmp_path / "w.warc").write_bytes(warc(page, page)[:-500])
    one, two = read([str(tmp_path / "w.warc")])
    assert isinstance(one, Article) and isinstance(two, InputError) and "cut off" in two.reason


def test_mail(tmp_path: Path) -> None:
    head = "From: Harbour Post <news@example.org>\nSubject: Grain\nMIME-Version: 1.0\n"
    head += "Date: Tue, 07 May 2024 08:00:00 +0000\n"
    (tmp_path / "m.eml").write_text(head + "Content-Type: text/html; charset=utf-8\n\n" + PAGE)
    (tmp_path / "n.eml").write_text(head + "\nRussia sent grain.\n")
    html, plain = articles(tmp_path)
    assert html.title == "Grain" and "rice to Kenya" in html.text
    assert (plain.text, plain.published, plain.source) == ("Russia sent grain.\n", "2024-05-07", "Harbour Post")


def test_pdf(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    stream = b"BT /F1 12 Tf 72 700 Td (Russia sent oil to North) Tj 0 -14 Td (Korea.) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data, at = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        at.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in at)
    end = b"trailer\n<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF\n" % len(data)
    (tmp_path / "a.pdf").write_bytes(data + table + end)
    assert articles(tmp_path / "a.pdf")[0].text == "Russia sent oil to North Korea."


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        found = {"/a.html": ("text/html", PAGE), "/feed": ("application/rss+xml", FEED), "/n": ("text/plain", "Oil.")}
        found["/rows.jsonl"] = ("text/plain", '{"id": "a", "text": "Tea."}')
        found["/caf%C3%A9%20noir.txt"] = ("text/plain", "Coffee.")
        if self.path == "/slow":
            time.sleep(0.5)
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
            return
        if self.path == "/wrong":
            self.wfile.write(b"no HTTP at all\r\n\r\n")
            return
        if self.path == "/rows.jsonl.gz":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(gzip.compress(b'{"text": "Grain."}'))
            return
        if self.path not in found:
            self.send_error(404)
            return
        media, body = found[self.path]
        self.send_response(200)
        self.send_header("Content-Type", media)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    server = HTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_addresses(site: str) -> None:
    (page,) = articles(f"{site}/a.html")
    assert (page.id, page.url, page.published) == ("a", f"{site}/a.html", "2024-05-07")
    assert articles(f"{site}/n")[0].text == "Oil."
    assert isinstance(next(iter(read([f"{site}/feed"]))), Article)
    assert articles(f"{site}/café noir.txt")[0].text == articles(f"{site}/caf%C3%A9%20noir.txt")[0].text == "Coffee."
    assert [(item.id, item.text) for item in articles(f"{site}/rows.jsonl.gz")] == [("rows-1", "Grain.")]
    assert articles(f"{site}/rows.jsonl")[0].text == "Tea."
    assert "no answer as HTTP has it" in complaint(f"{site}/wrong")
    assert "answered 404" in complaint(f"{site}/none")
    assert "not allowed" in complaint(f"{site}/away")
    with pytest.raises(OSError, match=r"within 0\.1 seconds"):
        fetch(f"{site}/slow", seconds=0.1)
    assert "can't be reached" in complaint("http://127.0.0.1:9/x")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-06-20", "2024-06-20"),
        ("2024-06-20T10:00:00+02:00", "2024-06-20"),
        ("20240620", "2024-06-20"),
        ("June 20, 2024", "2024-06-20"),
        ("Thu, 20 Jun 2024 10:00:00 GMT", "2024-06-20"),
        ("2024-02-30", None),
        ("2024-06", None),
        ("20/06/2024", None),
        ("", None),
        ("yesterday", None),
    ],
)
def test_days(text: str, day: str | None) -> None:
    assert iso_day(text) == day


def test_reading_is_lazy(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "A."}\n' * 1000)
    assert isinstance(next(iter(read([str(tmp_path / "a.jsonl"), "/none"]))), Article)


HEADS = [
    b"",
    b"<html><body><p>",
    b"%PDF-1.4\n",
    b"WARC/1.0\r\n",
    b'{"text": "',
    b"<rss><channel><item>",
    b"\x1f\x8b\x08",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(head=st.sampled_from(HEADS), body=st.binary(max_size=300))
def test_no_bytes_of_any_kind_raise(tmp_path: Path, head: bytes, body: bytes) -> None:
    names = [f"a{suffix}" for suffix in (*KINDS, ".txt.gz", ".html.xz", ".jsonl.bz2", "")]
    for name in names:
        (tmp_path / name).write_bytes(head + body)
    for item in read([*(str(tmp_path / name) for name in names), "-"], stdin=io.BytesIO(head + body)):
        assert isinstance(item, Article | InputError)
        assert not isinstance(item, InputError) or "\n" not in str(item)
