"""A PDF into one article: the words of its pages, the lines of a paragraph joined (an extra, pypdf)."""

from __future__ import annotations

import io
import logging
import re
from typing import IO

from triplomat.errors import InputError

from .formats import HEAVIEST, LONGEST, Reading, checked
from .statement import Article

_ENDS = re.compile(r"[.!?:][\"'”’)\]]*$")


def read_pdf(stream: IO[bytes], name: str, stem: str) -> Reading:
    """The article of a PDF; its file dates are when it was printed, so none is taken for the day of publication."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError:
        yield InputError(name, "PDF files need an extra: pip install 'triplomat[pdf]'")
        return
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns on standard error; what matters is yielded
    data = stream.read(4 * HEAVIEST + 1)
    if len(data) > 4 * HEAVIEST:
        yield InputError(name, f"more than {4 * HEAVIEST:,} bytes, the most a PDF may have")
        return
    try:
        reader = PdfReader(io.BytesIO(data))
        pages: list[str] = []
        for page in reader.pages:
            pages.append(page.extract_text())
            if sum(map(len, pages)) > LONGEST:
                break
        title = (reader.metadata.title if reader.metadata else None) or None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, RecursionError) as error:
        yield InputError(name, f"a damaged or locked PDF ({type(error).__name__})")
        return
    text = paragraphs("\n".join(pages)).encode("utf-8", "replace").decode()
    yield checked(Article(stem, text, title=title), name) if text else InputError(name, "a PDF without text (a scan?)")


def paragraphs(text: str) -> str:
    """Lines joined to paragraphs: one ends at an empty line, or at a short line that ends a sentence.

    >>> paragraphs("The minister flew to Pyong-\\nyang on Monday.\\nHe left.")
    'The minister flew to Pyongyang on Monday.\\n\\nHe left.'
    """
    lines = [line.strip() for line in text.splitlines()]
    width = max(map(len, lines), default=0)
    joined = ""
    for line in lines:
        if not line:
            joined = joined.rstrip() + "\n\n"
        elif joined.endswith("-") and line[:1].islower():
            joined = joined[:-1] + line
        else:
            joined += (" " if joined and not joined.endswith("\n") else "") + line
        if line and _ENDS.search(line) and (len(line) < 0.8 * width or len(line) == width < 60):
            joined += "\n\n"
    return re.sub(r"\n{2,}", "\n\n", joined).strip()
