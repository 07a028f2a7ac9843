"""Where a paragraph of an article begins, a sentence begins: the component that tells the parser so."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from .furniture import Block, blocks

_KEY = "triplomat_blocks"


@Language.component("triplomat_paragraphs", assigns=["token.is_sent_start"])
def triplomat_paragraphs(doc: Doc) -> Doc:
    """Mark the first word of each block (a paragraph, a headline, a dateline, furniture) as the start of a sentence.

    The blocks are kept with the Doc as plain data; `blocks_of` reads them.
    """
    found = blocks(doc.text)
    doc.user_data[_KEY] = [[block.start, block.end, block.kind] for block in found]
    starts = {block.start for block in found}
    for token in doc:
        if token.idx in starts:
            token.is_sent_start = True
    return doc


def blocks_of(doc: Doc) -> tuple[Block, ...]:
    """The blocks of a Doc's text, found now where the component didn't pass over it."""
    known = doc.user_data.get(_KEY)
    return blocks(doc.text) if known is None else tuple(Block(*block) for block in known)
