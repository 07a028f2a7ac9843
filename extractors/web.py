"""A web address that the user named into a stream of its bytes, within a limit of time and size."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass
from http.client import HTTPException
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

SECONDS = 30.0
HEAVIEST = 64_000_000
_KINDS = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "text/xml": "feed",
    "application/xml": "feed",
    "application/pdf": "pdf",
    "application/jsonl": "jsonl",
    "application/x-ndjson": "jsonl",
    "application/x-jsonlines": "jsonl",
    "application/warc": "warc",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave: its bytes, their kind by content type ("" if it tells nothing), host and path."""

    stream: IO[bytes]
    kind: str
    host: str
    path: str


def fetch(url: str, *, seconds: float = SECONDS) -> Page:
    """Fetches an http(s) address. Raises OSError or ValueError with one plain line where it can't be had in time."""
    request = Request(_encoded(url), headers={"User-Agent": "Triplomat (news reader)", "Accept": "text/html,*/*;q=0.8"})
    until = time.monotonic() + seconds
    try:
        with urlopen(request, timeout=seconds) as answer:
            data = _body(answer, until, seconds)
            content = answer.headers.get_content_type() if "content-type" in answer.headers else ""
            final = urlsplit(answer.geturl())
    except HTTPError as error:
        raise OSError(f"the site answered {error.code} {error.reason}".rstrip()) from None
    except TimeoutError:
        raise OSError(f"no answer within {seconds:g} seconds") from None
    except URLError as error:
        reason = error.reason
        if isinstance(reason, TimeoutError):
            raise OSError(f"no answer within {seconds:g} seconds") from None
        raise OSError(f"can't be reached ({getattr(reason, 'strerror', None) or reason})") from None
    except HTTPException as error:
        raise OSError(f"no answer as HTTP has it ({error or type(error).__name__})") from None
    return Page(io.BytesIO(data), _KINDS.get(content, ""), final.hostname or "", final.path)


def _encoded(url: str) -> str:
    """The address with what may stand in none, as spaces and letters beyond ASCII, encoded in its path and query."""
    parts = urlsplit(url)
    path, query = (quote(part, safe="/%:=&?~+!$,;'@()*|[]") for part in (parts.path, parts.query))
    return parts._replace(path=path, query=query, fragment="").geturl()


def _body(answer: IO[bytes], until: float, seconds: float) -> bytes:
    body = bytearray()
    while chunk := answer.read(65536):
        body += chunk
        if len(body) > HEAVIEST:
            raise ValueError(f"more than {HEAVIEST:,} bytes")
        if time.monotonic() > until:
            raise OSError(f"not done within {seconds:g} seconds")
    return bytes(body)
