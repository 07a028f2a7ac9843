"""WARC files (ISO 28500) into articles: the HTML pages among their response and resource records."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from triplomat.errors import InputError

from .formats import HEAVIEST, Reading, page_article

_PAGES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Record:
    """A record's headers (names in lower case) and content; None where it is heavier than a page may be."""

    headers: Mapping[str, str]
    content: bytes | None


def read_warc(stream: IO[bytes], name: str, stem: str) -> Reading:
    """An article for each HTML page that was fetched well; other records are passed over."""
    number = pages = 0
    try:
        for number, record in enumerate(records(stream), 1):
            page = _page(record)
            if page is None:
                continue
            pages += 1
            url = record.headers.get("warc-target-uri", "").strip("<>") or None
            where = f"{name}, record {number}"
            if not page:
                yield InputError(where, f"more than {HEAVIEST:,} bytes, the most a web page may have, or a damaged one")
            else:
                yield page_article(page, where, f"{stem}-{number}", url=url)
    except ValueError as error:
        yield InputError(f"{name}, record {number + 1}", str(error))
        return
    if not pages:
        yield InputError(name, "a WARC file without web pages" if number else "an empty file")


def records(stream: IO[bytes]) -> Iterator[Record]:
    """The records of a WARC stream, unpacked before. Raises ValueError where one is not as the standard has it."""
    while first := stream.readline(1024):
        if not first.strip():
            continue
        if not first.startswith(b"WARC/"):
            raise ValueError("not a WARC record (it must begin with WARC/1.0 or WARC/1.1)")
        headers = _headers(stream)
        length = headers.get("content-length", "")
        if not length.isdecimal():
            raise ValueError("a WARC record without Content-Length")
        left = int(length)
        content = stream.read(left) if left <= HEAVIEST else None
        if content is None:
            while left > 0 and (chunk := stream.read(min(left, 1 << 20))):
                left -= len(chunk)
        elif len(content) < left:
            raise ValueError("cut off in the middle of a record")
        yield Record(headers, content)


def _headers(stream: IO[bytes]) -> dict[str, str]:
    headers: dict[str, str] = {}
    while (line := stream.readline(65536)).strip():
        key, _, value = line.decode("utf-8", "replace").partition(":")
        headers.setdefault(key.strip().lower(), value.strip())
    return headers


def _page(record: Record) -> bytes | None:
    """The HTML of a record, b"" if it is too heavy or damaged, None if it is no page."""
    kind, media = record.headers.get("warc-type"), record.headers.get("content-type", "")
    if kind == "resource" and media.startswith(_PAGES):
        return record.content or b""
    if kind != "response" or not media.startswith("application/http"):
        return None
    if record.content is None:
        return b""
    head, _, body = record.content.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    fields = {key.strip().lower(): value.strip() for key, _, value in (line.partition(":") for line in lines[1:])}
    if lines[0].split(" ")[1:2] != ["200"] or not fields.get("content-type", "").lower().startswith(_PAGES):
        return None
    try:
        if fields.get("transfer-encoding", "").lower() == "chunked":
            body = _dechunked(body)
        return _unpacked(body, fields.get("content-encoding", "").lower())
    except (ValueError, zlib.error):
        return b""


def _dechunked(body: bytes) -> bytes:
    whole, at = bytearray(), 0
    while (end := body.find(b"\r\n", at)) >= 0:
        size = int(body[at:end].partition(b";")[0], 16)
        if not size:
            return bytes(whole)
        whole += body[end + 2 : end + 2 + size]
        at = end + 4 + size
    raise ValueError("chunks without an end")


def _unpacked(body: bytes, encoding: str) -> bytes:
    if encoding in ("", "identity"):
        return body
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise ValueError(f"packed as {encoding}")
    unpacker = zlib.decompressobj(wbits=47 if encoding != "deflate" or body[:1] == b"\x78" else -15)
    page = unpacker.decompress(body, HEAVIEST)
    if unpacker.unconsumed_tail:
        raise ValueError("too heavy")
    return page
