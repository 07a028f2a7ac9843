"""Articles → statements: the short function that composes reading, parsing, linking, clauses and events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Generic, TypeVar

from triplomat.errors import InputError
from triplomat.ontology.actors import Gazetteer, load_actors
from triplomat.ontology.embedding import load_embedding

from .confidence import Confidence, row_features
from .explaining import explain
from .factuality import Factualities
from .furniture import same_sentence_key
from .linking import link
from .openie import rows
from .paragraphs import blocks_of
from .parallel import ordered, tapering
from .parsing import BATCH_SIZE, load_pipeline, parse, undisturbed
from .quotations import quotations
from .reading import read
from .statement import Article, Sentence, Statement
from .statements import Knowledge, Reading, assemble
from .tree import Tree

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc, Span

SPEAKING_BLOCKS = frozenset({"body", "headline"})
R = TypeVar("R")


@dataclass(frozen=True)
class Extractor:
    """A pipeline with its options; the model and the data are loaded at the first article.

    `model` names a spaCy model; `actors` a user's CSV of further actors; `lexicon` a user's CSV of further frames.
    Of more than one of `processes` the others are started afresh: a script that asks for them does so under
    `if __name__ == "__main__"`.
    """

    model: str | None = None
    actors: Path | None = None
    lexicon: Path | None = None
    encoder: bool = True
    processes: int = 1

    @cached_property
    def nlp(self) -> Language:
        return load_pipeline(self.model)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        with undisturbed():
            return load_actors(self.actors)

    @cached_property
    def knowledge(self) -> Knowledge:
        return Knowledge.load(lexicon=self.lexicon, encoder=self.encoder)

    def articles(self, articles: Iterable[Article]) -> Iterator[tuple[Article, list[Statement]]]:
        """Each article with its statements, in order, a batch in memory at a time."""
        return self.told(articles, _pair)

    def told(self, articles: Iterable[Article], make: Callable[[Article, list[Statement]], R]) -> Iterator[R]:
        """What a function makes of each article and its statements, in order; where there are several processes it
        must be one that can be sent to them, as a module's functions can.
        """
        return self._each(articles, _Telling(make))

    def _each(self, articles: Iterable[Article], work: Callable[[Extractor, Article, Doc], R]) -> Iterator[R]:
        """What a function makes of each article and its parsed Doc; an error of the articles is raised in its turn."""
        raised: list[Exception] = []
        before = _before(raised, articles)
        if self.processes <= 1:
            yield from self.over(before, work)
        else:
            share = _Share(replace(self, processes=1), work)
            for results in ordered(share, tapering(before, BATCH_SIZE, self.processes), processes=self.processes):
                yield from results
        if raised:
            raise raised[0]

    def over(self, articles: Iterable[Article], work: Callable[[Extractor, Article, Doc], R]) -> Iterator[R]:
        """The same in this process."""
        pending: list[Article] = []

        def texts() -> Iterator[str]:
            for article in articles:
                pending.append(article)
                yield article.text

        for doc in parse(self.nlp, texts()):
            yield work(self, pending.pop(0), doc)

    def explain(self, sentence: str) -> str:
        """How each clause of a text was coded: the frames that fired, what else was considered, the factuality."""
        doc = self.nlp(sentence)
        tree = Tree(doc)
        references = link(doc, gazetteer=self.gazetteer, published=None, tree=tree)
        factualities = Factualities(tree, quotations=quotations(doc, tree, load_embedding()))
        lexicon, judge = self.knowledge.lexicon, self.knowledge.judge
        return "\n".join(explain(doc, references, lexicon, factualities=factualities, judge=judge))

    def rows(self, articles: Iterable[Article]) -> Iterator[tuple[str, ...]]:
        """The open-information view: document, sentence number, subject, predicate, object, confidence."""
        for found in self._each(articles, _rows):
            yield from found

    def statements(self, article: Article, doc: Doc) -> list[Statement]:
        """The statements of an article whose parsed Doc is at hand, each once, in text order."""
        with undisturbed():
            return self._statements(article, doc)

    def _statements(self, article: Article, doc: Doc) -> list[Statement]:
        tree = Tree(doc)
        found = quotations(doc, tree, load_embedding())
        reading = Reading(
            article=article,
            doc=doc,
            tree=tree,
            references=link(doc, gazetteer=self.gazetteer, published=article.published, tree=tree),
            factualities=Factualities(tree, quotations=found),
        )
        unique: dict[str, Statement] = {}
        for statement in assemble(reading, list(speaking_sentences(tree)), self.knowledge):
            unique.setdefault(statement.id, statement)
        return list(unique.values())


def extract(
    inputs: Sequence[str | Path] | str | Path,
    *,
    published: str | None = None,
    model: str | None = None,
    actors: Path | None = None,
    lexicon: Path | None = None,
    encoder: bool = True,
    processes: int = 1,
) -> Iterator[Statement]:
    """The statements of all articles that the inputs name, streamed in order.

    An input that can't be read raises InputError when its turn comes; the articles before it are done by then.
    """
    extractor = Extractor(model, actors, lexicon, encoder, processes)
    for _, statements in extractor.articles(_articles(inputs, published)):
        yield from statements


@lru_cache(maxsize=1)
def kept(extractor: Extractor) -> Extractor:
    """An extractor of the same options, one a process: what it has loaded isn't sent along with the one given."""
    return replace(extractor)


@dataclass(frozen=True, slots=True)
class _Share(Generic[R]):
    """What each of several processes does with a list of articles."""

    extractor: Extractor
    work: Callable[[Extractor, Article, Doc], R]

    def __call__(self, articles: list[Article]) -> list[R]:
        return list(kept(self.extractor).over(articles, self.work))


@dataclass(frozen=True, slots=True)
class _Telling(Generic[R]):
    make: Callable[[Article, list[Statement]], R]

    def __call__(self, extractor: Extractor, article: Article, doc: Doc) -> R:
        return self.make(article, extractor.statements(article, doc))


def _pair(article: Article, statements: list[Statement]) -> tuple[Article, list[Statement]]:
    return article, statements


def _rows(extractor: Extractor, article: Article, doc: Doc) -> list[tuple[str, ...]]:
    model, tree = Confidence.packaged("row"), Tree(doc)
    unique: dict[tuple[str, ...], float] = {}
    for sentence, span in speaking_sentences(tree):
        found = list(rows(span, tree))
        for row in found:
            cells = (str(sentence.index), *map(_cell, (row.subject, row.predicate, row.object)))
            unique.setdefault(cells, model.of(row_features(row, tree, found)))
    return [(_cell(article.id), *cells, f"{confidence:.4f}") for cells, confidence in unique.items()]


def _before(raised: list[Exception], articles: Iterable[Article]) -> Iterator[Article]:
    """The articles that come before an error, which is put aside."""
    try:
        yield from articles
    except Exception as error:
        raised.append(error)


def speaking_sentences(tree: Tree) -> Iterator[tuple[Sentence, Span]]:
    """The sentences of a Doc that may state something: none of the page's furniture, each sentence once."""
    speaking = [(block.start, block.end) for block in blocks_of(tree.doc) if block.kind in SPEAKING_BLOCKS]
    seen: set[str] = set()
    for index, (first, stop) in enumerate(pairwise([*tree.sentences, len(tree.text)])):
        low, high = _trimmed(tree, first, stop)
        if low == high:
            continue
        start, end = tree.starts[low], tree.ends[high - 1]
        if not any(opens < end and start < closes for opens, closes in speaking):
            continue
        text = tree.string[start:end]
        key = same_sentence_key(text)
        if key in seen:
            continue
        seen.add(key)
        yield Sentence(index, start, end, text), tree.span(low, high - 1)


def _cell(text: str) -> str:
    """A text without the tabs and line breaks that would break a tsv."""
    return " ".join(text.split("\n")).replace("\t", " ").replace("\r", " ").strip()


def _trimmed(tree: Tree, start: int, end: int) -> tuple[int, int]:
    """The tokens from `start` up to `end` without the spaces around them."""
    while start < end and tree.text[start].isspace():
        start += 1
    while end > start and tree.text[end - 1].isspace():
        end -= 1
    return start, end


def _articles(inputs: Sequence[str | Path] | str | Path, published: str | None) -> Iterator[Article]:
    named = [inputs] if isinstance(inputs, (str, bytes)) or not isinstance(inputs, Sequence) else inputs
    for item in read([str(name) for name in named], published=published):
        if isinstance(item, InputError):
            raise item
        yield item
