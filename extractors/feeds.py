"""RSS and Atom feeds and e-mails into articles: the text that each item carries, tags taken off."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element, ParseError, iterparse

import lxml.etree  # type: ignore[import-untyped]
import lxml.html  # type: ignore[import-untyped]

from triplomat.errors import InputError

from .formats import HEAVIEST, Reading, checked, iso_day, page_article
from .statement import Article

_ROOTS = {"rss", "feed", "RDF"}
_BODIES = ("encoded", "content", "description", "summary")
_DATES = ("pubDate", "published", "date", "issued", "updated")
_BLOCKS = frozenset(
    "address article blockquote br div dd dt figcaption h1 h2 h3 h4 h5 h6 li p pre section td tr".split()
)
_SILENT = frozenset(("script", "style", "head", "template", "noscript", "iframe", "svg"))


def read_feed(stream: IO[bytes], name: str, stem: str) -> Reading:
    """The items of an RSS or Atom feed, one at a time, with the text that the feed itself holds.

    Nothing is fetched: an item whose feed gives a teaser only is that teaser, its `url` the full article's.
    """
    number, source = 0, None
    try:
        events = iterparse(stream, events=("start", "end"))
        _, root = next(events)
        if _local(root) not in _ROOTS:
            yield InputError(name, f"XML that is no RSS or Atom feed (its root is <{_local(root)[:40]}>)")
            return
        for event, element in events:
            if event == "start":
                continue
            if source is None and _local(element) == "title" and not number:
                source = _words(element)
            if _local(element) in ("item", "entry"):
                number += 1
                yield _item(element, f"{name}, item {number}", f"{stem}-{number}", source)
                element.clear()
    except (ParseError, StopIteration, LookupError) as error:
        yield InputError(name, f"not well-formed XML ({error})" if str(error) else "an empty file")
        return
    if not number:
        yield InputError(name, "a feed without items")


def _item(item: Element, where: str, ident: str, source: str | None) -> Article | InputError:
    parts = {_local(child): child for child in reversed(item)}
    body = max((_words(parts[key]) for key in _BODIES if key in parts), key=len, default="")
    stamp = next((text for key in _DATES if key in parts and (text := _words(parts[key]))), "")
    return checked(
        Article(
            ident,
            plain_text(body),
            title=plain_text(_words(parts["title"])) or None if "title" in parts else None,
            published=iso_day(stamp),
            url=_link(item),
            source=source,
        ),
        where,
    )


def _link(item: Element) -> str | None:
    for child in item:
        if _local(child) == "link" and child.get("rel", "alternate") == "alternate":
            address = child.get("href") or _words(child)
            if address.startswith(("http://", "https://")):
                return address
    return None


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _words(element: Element) -> str:
    return "".join(element.itertext()).strip()


def plain_text(fragment: str) -> str:
    """The words of an HTML fragment, its blocks set apart by an empty line.

    >>> plain_text("<p>Oil &amp; grain.</p><p>Shells.</p>")
    'Oil & grain.\\n\\nShells.'
    """
    if "<" not in fragment and "&" not in fragment:
        return fragment.strip()
    try:
        tree = lxml.html.fragment_fromstring(fragment.replace("\x00", ""), create_parent="div")
    except (ValueError, lxml.etree.LxmlError):
        return fragment.strip()
    blocks = (" ".join(block.split()) for block in "".join(_pieces(tree)).split("\n\n"))
    return "\n\n".join(block for block in blocks if block)


def _pieces(element: lxml.html.HtmlElement) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in _SILENT:
        return
    apart = "\n\n" if element.tag in _BLOCKS else ""
    yield apart + (element.text or "").replace("\n\n", " ")
    for child in element:
        yield from _pieces(child)
        yield (child.tail or "").replace("\n\n", " ")
    yield apart


def read_mail(stream: IO[bytes], name: str, stem: str) -> Reading:
    """The one article of an e-mail (a newsletter): its HTML part by trafilatura, else its plain text."""
    data = stream.read(HEAVIEST + 1)
    if not data.strip() or len(data) > HEAVIEST:
        yield InputError(
            name, f"more than {HEAVIEST:,} bytes, the most a mail may have" if data.strip() else "an empty file"
        )
        return
    message = email.message_from_bytes(data, policy=email.policy.default)
    body = message.get_body(preferencelist=("html", "plain"))
    if body is None or not message.get("From"):
        yield InputError(name, "not an e-mail with a text")
        return
    title = str(message.get("Subject", "")).strip() or None
    source = str(message.get("From", "")).partition("<")[0].strip().strip('"') or None
    day = iso_day(str(message.get("Date", "")))
    try:
        content = body.get_content()
    except (LookupError, ValueError):
        yield InputError(name, "an e-mail in an encoding that is not known")
        return
    if body.get_content_type() == "text/html":
        found = page_article(content.encode("utf-8", "replace"), name, stem)
        text = found.text if isinstance(found, Article) else plain_text(content)
    else:
        text = content
    yield checked(Article(stem, text, title=title, published=day, source=source), name)
