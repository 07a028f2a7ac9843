"""Where a paragraph of an article begins, a sentence begins: the component that tells the parser so."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

_BREAK = re.compile(r"[^\S\n]*\n[^\S\n]*(?:\n\s*)?")
_ENDS = re.compile(r"""[.!?…:;]["'”’)\]]*$""")


@Language.component("triplomat_paragraphs", assigns=["token.is_sent_start"])
def triplomat_paragraphs(doc: Doc) -> Doc:
    """Mark the first word after a line break as the start of a sentence.

    A single line break that stands in the middle of a sentence (text wrapped to a width) is no paragraph's end:
    there the next line begins in lower case or the line before is long and doesn't end in a full stop.
    """
    for token in doc:
        if "\n" not in token.text:
            continue
        if token.i + 1 < len(doc) and _ends_paragraph(doc, token.i):
            doc[token.i + 1].is_sent_start = True
    return doc


def _ends_paragraph(doc: Doc, i: int) -> bool:
    if doc[i].text.count("\n") > 1 or i == 0:
        return True
    following = doc[i + 1].text
    if following[:1].islower():
        return False
    before = doc[i - 1]
    return not (before.is_alpha and not _ENDS.search(before.text) and _line_length(doc, i) > 60)


def _line_length(doc: Doc, i: int) -> int:
    text = doc.text
    end = doc[i].idx
    return end - (text.rfind("\n", 0, end) + 1)
