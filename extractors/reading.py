"""Inputs as a user names them (files, folders, globs, URLs, `-`) into articles, one at a time.

Whatever can't be read is yielded as an `InputError` beside the articles, never raised, so that one bad input never
costs the others. Nothing is held but the article in hand.
"""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from triplomat.errors import InputError, UsageError

from . import formats, web
from .formats import LONGEST, Reading, iso_day
from .statement import Article

COMPRESSED = (".gz", ".zst", ".bz2", ".xz")
KINDS = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
    ".warc": "warc",
    ".pdf": "pdf",
    ".eml": "mail",
}
READABLE = ".txt .html .jsonl .xml/.rss/.atom .warc .pdf .eml, also .gz and .zst"

__all__ = ["KINDS", "LONGEST", "read"]


@dataclass(frozen=True, slots=True)
class _Named:
    """An opened input: its kind, the name for messages, the stem that ids are made of."""

    kind: str
    name: str
    stem: str


def read(
    inputs: Sequence[str | os.PathLike[str]], *, published: str | None = None, stdin: IO[bytes] | IO[str] | None = None
) -> Iterator[Article | InputError]:
    """The articles of all inputs in order, with an `InputError` in the place of each that can't be read.

    An input is a file, a folder (searched in name order, unreadable kinds passed over), a glob, an http(s) URL, or `-`
    for standard input. `published` (YYYY-MM-DD) is the date of articles that have none; UsageError if it is no date.
    An article's id is its file's stem, the `id` of its JSONL line, or "stdin"; a repeated one gets "-2", "-3" …
    """
    if published is not None and iso_day(published) is None:
        raise UsageError(f"{published!r} is no date; give it as YYYY-MM-DD, as in 2024-06-20")
    return _unique(_dated(_read_each(inputs, stdin), published and iso_day(published)))


def _read_each(inputs: Sequence[str | os.PathLike[str]], stdin: IO[bytes] | IO[str] | None) -> Reading:
    for given in inputs:
        name = os.fspath(given)
        if name == "-":
            yield from _read_stream(
                stdin if stdin is not None else sys.stdin.buffer, _Named("", "standard input", "stdin")
            )
        elif name.lower().startswith(("http://", "https://")):
            yield from _read_url(name)
        elif "://" in name:
            yield InputError(name, "unsupported address; only http and https are read")
        else:
            yield from _read_path(name)


def _read_path(name: str) -> Reading:
    path = Path(name)
    try:
        if path.is_dir():
            yield from _read_folder(path)
        elif path.exists():
            yield from _read_file(path)
        elif glob.has_magic(name):
            yield from _read_glob(name)
        elif path.is_symlink():
            yield InputError(name, "a link to nothing")
        else:
            yield InputError(name, "no such file or folder")
    except (OSError, ValueError) as error:
        yield InputError(name, _reason(error))


def _read_folder(folder: Path) -> Reading:
    found = False
    for path in _walk(folder):
        found = True
        yield from _read_file(path)
    if not found:
        yield InputError(str(folder), f"a folder with nothing readable in it; readable are {READABLE}")


def _walk(folder: Path) -> Iterator[Path]:
    """The readable files under a folder, in name order; hidden ones and links to folders are passed over."""
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(root, name)
            if not name.startswith(".") and kind_of(path)[0] and (path.is_file() or not path.exists()):
                yield path


def _read_glob(pattern: str) -> Reading:
    suffix = Path(pattern).suffix
    asked = bool(suffix) and not glob.has_magic(suffix)
    names = sorted(_matching(pattern))
    readable = 0
    for name in names:
        path = Path(name)
        if path.is_dir():
            if "**" not in pattern:
                readable += 1
                yield from _read_folder(path)
        elif asked or kind_of(path)[0]:
            readable += 1
            yield from _read_file(path)
    if not readable:
        yield InputError(pattern, "no readable file matches" if names else "no file matches")


def _matching(pattern: str) -> set[str]:
    """What a glob matches; `**` goes through folders, but into no link, which may lead round in a circle."""
    parts = Path(pattern).parts
    if "**" not in parts:
        return set(glob.glob(pattern))  # noqa: PTH207  (Path.glob takes no absolute pattern)
    at = parts.index("**")
    before, after = str(Path(*parts[:at])), str(Path(*parts[at + 1 :] or ["*"]))
    found: set[str] = set()
    for root in _matching(before):
        for folder, folders, _ in os.walk(root):
            folders[:] = [name for name in folders if not name.startswith(".")]
            found |= _matching(str(Path(glob.escape(folder), after)))
    return found


def _read_file(path: Path) -> Reading:
    kind, stem = kind_of(path)
    if not kind and path.suffix:
        yield InputError(str(path), f"unsupported kind of file ({path.suffix}); readable are {READABLE}")
        return
    try:
        stream = formats.opened(path)
    except formats.UNREADABLE as error:
        yield InputError(str(path), _reason(error))
        return
    with stream:
        yield from _read_stream(stream, _Named(kind, str(path), stem))


def _read_url(url: str) -> Reading:
    try:
        page = web.fetch(url)
    except (OSError, ValueError) as error:
        yield InputError(url, _reason(error))
        return
    kind, stem = kind_of(Path(page.path))
    told = kind if kind and page.kind in ("", "text") else page.kind  # servers call what they don't know plain text
    for item in _read_stream(page.stream, _Named(told, url, stem or page.host)):
        yield replace(item, url=item.url or url) if isinstance(item, Article) else item


def _read_stream(stream: IO[bytes] | IO[str], named: _Named) -> Reading:
    try:
        binary = formats.unpacked(formats.as_bytes(stream), named.name)
        if not binary.peek(1):
            yield InputError(named.name, "an empty file")
            return
        yield from formats.READERS[named.kind or formats.sniff(binary)](binary, named.name, named.stem)
    except formats.UNREADABLE as error:
        yield InputError(named.name, _reason(error))


def kind_of(path: Path) -> tuple[str, str]:
    """The kind of a file by its name ("" if unknown) and its stem, compression aside."""
    inner = Path(path.stem) if path.suffix.lower() in COMPRESSED else Path(path.name)
    kind = KINDS.get(inner.suffix.lower(), "")
    return kind, inner.stem if kind else path.stem


def _dated(items: Reading, published: str | None) -> Reading:
    for item in items:
        undated = isinstance(item, Article) and item.published is None
        yield replace(item, published=published) if published and undated and isinstance(item, Article) else item


def _unique(items: Iterable[Article | InputError]) -> Reading:
    seen: set[str] = set()
    for item in items:
        if isinstance(item, Article):
            item = _sound(item)
            name, number = item.id, 1
            while name in seen:
                number += 1
                name = f"{item.id}-{number}"
            seen.add(name)
            item = item if name == item.id else replace(item, id=name)
        yield item


def _sound(article: Article) -> Article:
    """The article with half characters in its metadata, such as bytes of a file's name that are no UTF-8, spelt out."""
    told = {name: getattr(article, name) for name in ("id", "title", "url", "source")}
    spelt = {name: text.encode("utf-8", "backslashreplace").decode() for name, text in told.items() if text}
    return article if spelt.items() <= told.items() else replace(article, **spelt)


def _reason(error: BaseException) -> str:
    """One line that says what the system said, without its numbers and file names."""
    if isinstance(error, InputError):
        return error.reason
    if isinstance(error, PermissionError):
        return "no permission to read it"
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(said).split()).rstrip(".")
