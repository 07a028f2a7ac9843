"""The spaCy component `triplomat`: a parsed Doc → its statements, on `doc._.statements`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc

from .statement import Article, Statement, from_json, to_json

if TYPE_CHECKING:
    from .pipeline import Extractor

_KEY = "triplomat_statements"


def _statements(doc: Doc) -> list[Statement]:
    """The statements that the component wrote, kept as plain data so that a Doc can go to bytes and other processes."""
    return [from_json(row) for row in doc.user_data.get(_KEY, ())]


if not Doc.has_extension("statements"):
    Doc.set_extension("statements", getter=_statements)


class TriplomatComponent:
    """Extracts the statements of each Doc that passes; `published` dates texts for relative time expressions."""

    def __init__(self, name: str, published: str | None, document: str, actors: str | None) -> None:
        self.name = name
        self.published = published
        self.document = document
        self.actors = actors
        self._made: Extractor | None = None

    def __call__(self, doc: Doc) -> Doc:
        article = Article(self.document, doc.text, published=self.published)
        doc.user_data[_KEY] = [to_json(statement) for statement in self._extractor.statements(article, doc)]
        return doc

    @property
    def _extractor(self) -> Extractor:
        if self._made is None:
            from .pipeline import Extractor

            self._made = Extractor(actors=None if self.actors is None else Path(self.actors))
        return self._made

    def to_bytes(self, **_: Any) -> bytes:
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> TriplomatComponent:
        return self

    def to_disk(self, _path: str | Path, **_: Any) -> None:
        """Nothing to write: the options stand in the pipeline's configuration."""

    def from_disk(self, _path: str | Path, **_: Any) -> TriplomatComponent:
        return self


@Language.factory(
    "triplomat",
    default_config={"published": None, "document": "doc", "actors": None},
    requires=["token.tag", "token.dep", "token.head", "token.lemma", "doc.ents", "doc.sents"],
)
def make_triplomat(
    nlp: Language, name: str, published: str | None, document: str, actors: str | None
) -> TriplomatComponent:
    """The component of a pipeline that tags, parses, lemmatizes and finds entities before it."""
    return TriplomatComponent(name, published, document, actors)
