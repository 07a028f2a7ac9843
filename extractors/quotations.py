"""Direct speech → who speaks: quotation marks across sentences, with the speaker of the reporting verb beside them."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Span

from triplomat.ontology.embedding import EmbeddingLexicon

from .phrases import phrase
from .subjects import Subjects
from .tree import Tree

_OPEN = {"“": "”", "``": "''", '"': '"', "‘": "’", "'": "'", "«": "»", "„": "“"}
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Quotation:
    """Tokens `first` to `last` stand in quotation marks; `speaker` is whose words they are, where it can be told."""

    first: int
    last: int
    speaker: Span | None


def quotations(doc: Doc, tree: Tree, lexicon: EmbeddingLexicon) -> tuple[Quotation, ...]:
    """The stretches of direct speech of a Doc, of three words and more, with their speakers."""
    found: list[Quotation] = []
    i = 0
    while i < len(doc):
        closing = _OPEN.get(tree.text[i])
        end = _end(doc, tree, i, closing) if closing else None
        if end is None:
            i += 1
            continue
        if end - i > 3:
            found.append(Quotation(i + 1, end - 1, _speaker(doc, tree, lexicon, i, end, found)))
        i = end + 1
    return tuple(found)


def _end(doc: Doc, tree: Tree, start: int, closing: str | None) -> int | None:
    if (
        start
        and doc[start].text in ("'", "’", '"')
        and not doc[start - 1].whitespace_
        and doc[start - 1].text != "\n"
        and not doc[start - 1].is_space
        and not doc[start - 1].is_punct
    ):
        return None
    for j in range(start + 2, min(len(doc), start + _LONGEST)):
        if tree.text[j] == closing and tree.dep[j] in ("punct", "ROOT", "case", "dep") and tree.tag[j] != "POS":
            return j
        if "\n\n" in tree.text[j]:
            return j if tree.text[j + 1 : j + 2] != [tree.text[start]] else None
    return None


def _speaker(
    doc: Doc, tree: Tree, lexicon: EmbeddingLexicon, first: int, last: int, before: list[Quotation]
) -> Span | None:
    """The subject of the reporting verb in the quotation's sentences or in those just before and after it."""
    low = doc[first].sent.start
    high = doc[min(last, len(doc) - 1)].sent.end
    subjects = Subjects(tree)
    for start, end in ((low, first), (last, high), (high, min(len(doc), high + 12)), (max(0, low - 40), low)):
        for j in range(start, min(end, len(doc))):
            if tree.pos[j] != "VERB":
                continue
            signature = lexicon.find(tree.lemma[j], "verb", "that")
            if signature is None or signature.holder != "subject":
                continue
            adjacent = start >= last or start >= first or _colon(tree, j, first)
            if (start, end) == (low, first) and not _introduces(tree, j, first):
                continue
            if not adjacent and (start, end) != (low, first):
                continue
            node = next(iter(subjects.of(j)), None)
            if node is not None and not first < node < last and tree.lower[node] not in ("it", "which", "that"):
                return tree.span(*phrase(tree, node))
    if before and before[-1].speaker is not None and first - before[-1].last <= 15:
        between = range(before[-1].last, first)
        if not any("\n" in tree.text[j] for j in between) or len(between) <= 3:
            return before[-1].speaker  # the quotation goes on
    return None


def _introduces(tree: Tree, verb: int, first: int) -> bool:
    """Whether a reporting verb before the quotation leads into it: only a few words or a colon between."""
    return first - verb <= 12


def _colon(tree: Tree, verb: int, first: int) -> bool:
    return first - verb <= 15 and any(tree.text[j] == ":" for j in range(verb, first))
