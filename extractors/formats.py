"""Bytes of one kind of file (text, HTML, JSON lines, feed, mail, PDF) into articles, or into what is wrong with them.

Every reader takes a binary stream, the name that messages give it, and the stem that ids are made of.
"""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import json
import logging
import lzma
import re
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import IO, Any

from triplomat.errors import InputError

from .statement import Article

LONGEST = 1_000_000
"""Characters that an article may have."""
HEAVIEST = 16_000_000
"""Bytes that a page, a line or a record may have before any text is taken from it."""
UNREADABLE = (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError)

Reading = Iterator[Article | InputError]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.:-]{2,40})""")
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]\d\d:?\d\d.*)?")
_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}Z?)?")


def opened(path: Path) -> IO[bytes]:
    """The file's bytes as a buffered stream, unpacked where its name says it is compressed."""
    match path.suffix.lower():
        case ".gz":
            return gzip.open(path, "rb")  # type: ignore[return-value]
        case ".bz2":
            return bz2.open(path, "rb")
        case ".xz":
            return lzma.open(path, "rb")
        case ".zst":
            return _from_zst(path.open("rb"), str(path))
    return path.open("rb")


def unpacked(stream: io.BufferedReader, name: str) -> io.BufferedReader:
    """The stream, unpacked where it begins as a compressed one does, whatever its name tells."""
    head = stream.peek(6)
    if head.startswith(b"\x1f\x8b"):
        return io.BufferedReader(gzip.GzipFile(fileobj=stream))
    if head.startswith(b"BZh"):
        return io.BufferedReader(bz2.BZ2File(stream))
    if head.startswith(b"\xfd7zXZ\x00"):
        return io.BufferedReader(lzma.LZMAFile(stream))
    return _from_zst(stream, name) if head.startswith(b"\x28\xb5\x2f\xfd") else stream


def _from_zst(file: IO[bytes], name: str) -> io.BufferedReader:
    try:
        import zstandard
    except ImportError:
        raise InputError(name, "zst files need an extra: pip install 'triplomat[zst]'") from None

    class Unpacked(io.RawIOBase):
        def __init__(self) -> None:
            self.inner = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            try:
                return self.inner.readinto(buffer)
            except zstandard.ZstdError as error:
                raise OSError(f"a damaged zst file ({error})") from error

        def close(self) -> None:
            file.close()
            super().close()

    return io.BufferedReader(Unpacked())


def as_bytes(stream: IO[bytes] | IO[str]) -> io.BufferedReader:
    """The stream as bytes that can be peeked at; a text stream gives up its buffer or is encoded."""
    inner: Any = getattr(stream, "buffer", stream)
    if isinstance(inner, io.TextIOBase):
        inner = io.BytesIO(inner.read().encode("utf-8", "surrogatepass"))
    return inner if isinstance(inner, io.BufferedReader) else io.BufferedReader(inner)


def sniff(stream: io.BufferedReader) -> str:
    """The kind of an input without a telling name, by its first bytes."""
    head = stream.peek(2048)[:2048].removeprefix(codecs.BOM_UTF8).lstrip()
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith(b"{"):
        return "jsonl"
    if re.match(rb"(?is)(<\?xml.*?\?>\s*)?(<!--.*?-->\s*)*<(rss|feed|rdf:RDF)\b", head):
        return "feed"
    if re.match(rb"(?is)(<\?xml.*?\?>\s*)?(<!--.*?-->\s*)*<(!doctype html|html|head|body|article|div|p)\b", head):
        return "html"
    return "text"


def iso_day(text: str) -> str | None:
    """The day (YYYY-MM-DD) of an ISO 8601 date or time or of a mail header's date; None for anything else."""
    text = text.strip()
    if match := _ISO.fullmatch(text):
        return _real_day(match[1])
    if match := _BASIC.fullmatch(text):
        return _real_day("-".join(match.groups()))
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    for form in ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y"):
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    return None


def _real_day(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def decoded(data: bytes, name: str, declared: str | None = None) -> str:
    """The bytes as text, its byte order mark dropped; InputError if they are binary or in another encoding than UTF-8.

    `declared` is the encoding that the file itself names; it is tried before UTF-8.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode(data[len(mark) :], encoding, name)
    head = data[:8192]
    if b"\x00" in head or len(_CONTROL.findall(head)) > len(head) / 50:
        raise InputError(name, "a binary file, not text")
    if declared:
        try:
            return data.decode(declared)
        except (LookupError, UnicodeDecodeError):
            pass
    return _decode(data, "utf-8", name)


def _decode(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        byte = f"byte 0x{data[error.start]:02x} at {error.start:,}"
        raise InputError(name, f"not {encoding.upper()} ({byte}); convert it, e.g. iconv -f latin1 -t utf-8") from None


def checked(article: Article, name: str) -> Article | InputError:
    """The article, or what is wrong with its text: none at all, too long, or half a surrogate pair."""
    if not article.text.strip():
        return InputError(name, "no text in it")
    if len(article.text) > LONGEST:
        return InputError(name, f"{len(article.text):,} characters; an article may have {LONGEST:,}: split it")
    try:
        article.text.encode()
    except UnicodeEncodeError as error:
        return InputError(name, f"half a character (a lone surrogate) at {error.start:,} of its text")
    return article


def read_text(stream: IO[bytes], name: str, stem: str) -> Reading:
    """One plain-text article, its characters exactly as they stand."""
    data = stream.read(4 * LONGEST + 4)
    if not data.strip():
        yield InputError(name, "an empty file")
        return
    if len(data) > 4 * LONGEST or stream.read(1):
        yield InputError(name, f"more than {LONGEST:,} characters, the most an article may have: split it")
        return
    try:
        yield checked(Article(stem, decoded(data, name)), name)
    except InputError as error:
        yield error


def read_html(stream: IO[bytes], name: str, stem: str) -> Reading:
    """One web page's article."""
    data = stream.read(HEAVIEST + 1)
    if not data.strip():
        yield InputError(name, "an empty file")
    elif len(data) > HEAVIEST:
        yield InputError(name, f"more than {HEAVIEST:,} bytes, the most a web page may have")
    else:
        yield page_article(data, name, stem)


def page_article(data: bytes, name: str, ident: str, *, url: str | None = None) -> Article | InputError:
    """The main text of an HTML page with its title, first publication date, site and address, by trafilatura."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    declared = _CHARSET.search(data[:4096]) or _XML_ENCODING.search(data[:200])
    try:
        html = decoded(data, name, declared and declared[1].decode("ascii"))
    except InputError as error:
        return error
    try:
        document = bare_extraction(
            html.replace("\x00", ""),
            url=url,
            favor_precision=True,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except (ValueError, AttributeError, TypeError, RecursionError, AssertionError) as error:
        return InputError(name, f"HTML that can't be taken apart ({type(error).__name__})")
    text = getattr(document, "text", None) or ""
    if document is None or not text.strip():
        return InputError(name, "no article text in this page")
    article = Article(
        ident,
        text,
        title=document.title or None,  # type: ignore[union-attr]
        published=iso_day(document.date or ""),  # type: ignore[union-attr]
        url=document.url or url,  # type: ignore[union-attr]
        source=document.sitename or None,  # type: ignore[union-attr]
    )
    return checked(article, name)


def read_jsonl(stream: IO[bytes], name: str, stem: str) -> Reading:
    """The articles of JSON lines; a bad line is named with its number and the rest is read."""
    number, found = 0, False
    for number, line in _lines(stream):
        if line is not None and not line.strip():
            continue
        found = True
        where = f"{name}, line {number}"
        if line is None:
            yield InputError(where, f"more than {HEAVIEST:,} bytes, the most a line may have")
            continue
        try:
            yield row_article(decoded(line, where), where, f"{stem}-{number}")
        except InputError as error:
            yield error
    if not found:
        yield InputError(name, "an empty file")


def _lines(stream: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines; None for one that is too long to hold."""
    number = 0
    while line := stream.readline(HEAVIEST):
        number += 1
        if len(line) < HEAVIEST or line.endswith(b"\n"):
            yield number, line
            continue
        while (rest := stream.readline(HEAVIEST)) and not rest.endswith(b"\n"):
            pass
        yield number, None


def row_article(line: str, where: str, ident: str) -> Article | InputError:
    """The article of one JSON object: `text` is required; `id`, `title`, `published`, `url`, `source` are taken."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return InputError(where, "not JSON; each line must be one object with a text")
    if not isinstance(row, dict):
        return InputError(where, "not a JSON object; each line must be one object with a text")
    if not isinstance(row.get("text"), str):
        return InputError(where, 'lacks "text", the article as a string')
    given = row.get("id")
    named = isinstance(given, str | int) and not isinstance(given, bool) and str(given).strip()
    stamp = row.get("published") or row.get("date")
    day = iso_day(stamp) if isinstance(stamp, str) else None
    if stamp and day is None:
        return InputError(where, f"published {str(stamp)[:40]!r} is no date; give it as YYYY-MM-DD")
    fields = {key: row[key] for key in ("title", "url", "source") if isinstance(row.get(key), str) and row[key].strip()}
    return checked(Article(str(named or ident), row["text"], published=day, **fields), where)


def _later(module: str, function: str) -> Callable[[IO[bytes], str, str], Reading]:
    """A reader whose module is imported only when an input needs it."""

    def reader(stream: IO[bytes], name: str, stem: str) -> Reading:
        from importlib import import_module

        found: Callable[[IO[bytes], str, str], Reading] = getattr(import_module(module, __package__), function)
        return found(stream, name, stem)

    return reader


READERS: dict[str, Callable[[IO[bytes], str, str], Reading]] = {
    "text": read_text,
    "html": read_html,
    "jsonl": read_jsonl,
    "feed": _later(".feeds", "read_feed"),
    "mail": _later(".feeds", "read_mail"),
    "warc": _later(".warc", "read_warc"),
    "pdf": _later(".pdf", "read_pdf"),
}
