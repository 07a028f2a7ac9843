"""Direct speech → who speaks: quotation marks across sentences, with the speaker of the reporting verb beside them."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Span

from triplomat.ontology.embedding import EmbeddingLexicon
from triplomat.ontology.words import load_words

from .clauses import lemma_of
from .interviews import answers
from .phrases import phrase
from .subjects import Subjects
from .transcripts import turns
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
    if tree.quotations is None:
        # a quotation inside a turn comes before it
        spoken = [Quotation(*turn) for turn in (*turns(tree), *answers(tree))]
        tree.quotations = (*_quotations(doc, tree, lexicon), *spoken)
    return tree.quotations


def _quotations(doc: Doc, tree: Tree, lexicon: EmbeddingLexicon) -> list[Quotation]:
    found: list[Quotation] = []
    after = 0  # where the last quotation ended
    for i in [i for i, text in enumerate(tree.text) if text in _OPEN]:
        if i < after:
            continue
        end = _end(doc, tree, i, _OPEN[tree.text[i]])
        if end is None:
            continue
        if end - i > 3:
            found.append(Quotation(i + 1, end - 1, _speaker(tree, lexicon, i, end, found)))
        after = end + 1
    return found


def _end(doc: Doc, tree: Tree, start: int, closing: str) -> int | None:
    if (
        start
        and tree.text[start] in ("'", "’", '"')
        and tree.ends[start - 1] == tree.starts[start]
        and not tree.text[start - 1].isspace()
        and not doc[start - 1].is_punct
    ):
        return None
    for j in range(start + 2, min(len(doc), start + _LONGEST)):
        if tree.text[j] == closing and tree.dep[j] in ("punct", "ROOT", "case", "dep") and not _is_genitive(tree, j):
            return j
        if "\n\n" in tree.text[j]:
            return j if tree.text[j + 1 : j + 2] != [tree.text[start]] else None
    return None


def _is_genitive(tree: Tree, j: int) -> bool:
    """ "The agents' plan", but not "'was poisoned by Russian agents'" at an end."""
    return tree.tag[j] == "POS" and j + 1 < len(tree.text) and tree.pos[j + 1] not in ("PUNCT", "SPACE")


def _speaker(tree: Tree, lexicon: EmbeddingLexicon, first: int, last: int, before: list[Quotation]) -> Span | None:
    """Who speaks: the subject of the reporting verb before the quotation, behind it, or in the sentence beside it.

    A quotation with no such verb of its own goes on with the speaker of the one before it in the same paragraph.
    """
    low, _ = tree.sentence(first)
    _, high = tree.sentence(last)
    reporting = _Reporting(tree, lexicon, first, last)
    found = reporting.subject(range(first - 1, low - 1, -1), near=True) or reporting.subject(range(last, high))
    if found is not None:
        return found
    if before and before[-1].speaker is not None:
        between = range(before[-1].last, first)
        apart = any("\n" in tree.text[j] for j in between)
        if first - before[-1].last <= 15 and (not apart or len(between) <= 3):
            return before[-1].speaker
        start, end = tree.sentence(before[-1].speaker.start)
        if not apart and tree.begins(first) and end == first and start <= before[-1].last < end:
            return before[-1].speaker  # "…," said Ms Tol, who has lived there for ten years. "It …"
    if not any("\n" in tree.text[j] for j in range(last, min(high + 1, len(tree.text)))):
        found = reporting.subject(range(high, min(len(tree.text), high + 6)), bare=True)
    found = found or reporting.subject(range(max(0, low - 40), low), colon=True) or reporting.blunt(low)
    return found or reporting.label(low)


class _Reporting:
    """The reporting verbs around a quotation, and their subjects."""

    def __init__(self, tree: Tree, lexicon: EmbeddingLexicon, first: int, last: int) -> None:
        self._tree = tree
        self._lexicon = lexicon
        self._first = first
        self._last = last
        self._subjects = Subjects(tree)
        self._words = load_words()

    def subject(self, where: range, *, near: bool = False, bare: bool = False, colon: bool = False) -> Span | None:
        """The subject of a reporting verb in a stretch of tokens.

        `near`: at most twelve words before the quotation; `bare`: without words of its own to report; `colon`: with a
        colon between it and the quotation.
        """
        tree = self._tree
        for j in where:
            if tree.pos[j] != "VERB":
                continue
            if not self._introduces(j):
                continue
            if near and self._first - j > 12:
                continue
            if bare and any(kid > j for kid in tree.kids_of(j, "ccomp", "dobj", "xcomp")):
                continue
            if colon and not _colon(tree, j, self._first):
                continue
            node = next(iter(self._subjects.of(j)), None)
            if node is None or self._first < node < self._last or tree.lower[node] in ("it", "which", "that"):
                continue
            return tree.span(*phrase(tree, node))
        return None

    def blunt(self, low: int) -> Span | None:
        """The subject of the sentence before, where that says how somebody spoke: "The king was blunt."."""
        tree = self._tree
        if low == 0 or "\n" in tree.text[low - 1]:
            return None
        first, last = tree.sentence(low - 1)
        root = next((j for j in range(first, last) if tree.head[j] == j), first)
        how = tree.first(root, "acomp")
        if tree.lemma[root] != "be" or how is None or tree.lower[how] not in self._words.blunt:
            return None
        node = next(iter(self._subjects.of(root)), None)
        return None if node is None else tree.span(*phrase(tree, node))

    def label(self, low: int) -> Span | None:
        """ "State radio: "They will go. They …"": a few words with a colon right before the quotation, and no verb."""
        tree, colon = self._tree, self._first - 1
        start = low if tree.text[low] != tree.text[self._first] else tree.sentence(max(0, low - 1))[0]
        if not 1 <= colon - start <= 6 or tree.text[colon] != ":":
            return None
        named = tree.ent[colon - 1] in ("PERSON", "ORG", "GPE", "NORP") or tree.lemma[colon - 1] in self._words.speakers
        if not named or any(tree.pos[j] in ("VERB", "AUX") for j in range(start, colon)):
            return None
        return tree.span(start, colon - 1)

    def _introduces(self, verb: int) -> bool:
        lemma = lemma_of(self._tree, verb)
        if lemma in self._words.speech:
            return True
        signature = self._lexicon.find(lemma, "verb", "that")
        return signature is not None and signature.holder == "subject"


def _colon(tree: Tree, verb: int, first: int) -> bool:
    return first - verb <= 15 and any(tree.text[j] == ":" for j in range(verb, first))
