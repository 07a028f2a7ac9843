"""An article and its statements → what they contribute to a graph: lines of text that are put together later.

The work of an article that needs no other article is done here, so that it can be done in several processes or on
several machines.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from triplomat.errors import TriplomatError
from triplomat.extractors.parsing import undisturbed
from triplomat.extractors.statement import Article, Statement
from triplomat.extractors.statement_text import json_lines
from triplomat.ontology.terms import BASE, Names

from .claims import claim_of, to_line
from .copies import fingerprint
from .entities import merged
from .rdf import article_graph, direct_triples
from .roles import Entity, roles
from .turtle import Triple

if TYPE_CHECKING:
    from triplomat.extractors.pipeline import Extractor

_JSON = json.JSONEncoder(ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Contribution:
    """What an article adds: `article` and `statements` as JSON lines, `graph` its named graph in TriG, so many
    `quads`.

    `claims` are pairs of a bucket and a JSON line; `direct` the plain triples; `print` the fingerprint's bytes;
    `digest` tells the article, with everything that was known of it, from others.
    """

    document: str
    digest: str
    published: str | None
    source: str | None
    article: str
    statements: str
    count: int
    graph: bytes
    quads: int
    claims: tuple[tuple[int, str], ...]
    direct: tuple[Triple, ...]
    entities: tuple[Entity, ...]
    print: bytes


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that couldn't be worked on, and why: a fault of the program, not of the input."""

    document: str
    reason: str


@dataclass(frozen=True, slots=True)
class Contributor:
    """A function from articles to their contributions, which can be sent to another process; it loads what it needs.

    Options as `Extractor`'s; `base` is the base of all IRIs. With `check` an article whose graph breaks a shape is
    a failure.
    """

    model: str | None = None
    actors: Path | None = None
    lexicon: Path | None = None
    encoder: bool = True
    base: str = BASE
    check: bool = False

    @property
    def extractor(self) -> Extractor:
        """The extractor of these options, one a process."""
        from triplomat.extractors.pipeline import Extractor, kept

        return kept(Extractor(self.model, self.actors, self.lexicon, self.encoder))

    def __call__(self, articles: Sequence[Article]) -> list[Contribution | Failure]:
        names = Names(self.base)
        try:
            made: list[Contribution | Failure] = []
            for article, told in self.extractor.articles(articles):
                with undisturbed():
                    rule = broken_rule(article, told, names) if self.check else None
                    made.append(Failure(article.id, rule) if rule else contribution(article, told, names))
            return made
        except TriplomatError:
            raise
        except Exception as error:
            if len(articles) == 1:
                return [Failure(articles[0].id, f"couldn't be worked on ({type(error).__name__}: {error})")]
            return [result for article in articles for result in self([article])]


def contribution(article: Article, statements: Iterable[Statement], names: Names) -> Contribution:
    """What an article and its statements contribute; the order of the statements doesn't matter."""
    unique = {statement.id: statement for statement in statements}
    told = sorted(unique.values(), key=place)
    direct: dict[Triple, None] = {}
    claims: list[tuple[int, str]] = []
    entities: dict[str, Entity] = {}
    filled = [(statement, roles(statement)) for statement in told]
    for statement, found in filled:
        direct.update(dict.fromkeys(direct_triples(statement, names, found)))
        if claim := claim_of(statement, found):
            claims.append((claim.bucket, to_line(claim)))
        merged(entities, found)
    graph, quads = article_graph(article.id, filled, names)
    return Contribution(
        document=article.id,
        digest=digest(article),
        published=article.published,
        source=article.source,
        article=article_line(article),
        statements=json_lines(article, told),
        count=len(told),
        graph=graph.encode(),
        quads=quads,
        claims=tuple(claims),
        direct=tuple(direct),
        entities=tuple(entities.values()),
        print=fingerprint(article.text).tobytes(),
    )


def broken_rule(article: Article, statements: Iterable[Statement], names: Names) -> str | None:
    """The first rule of the shapes that the graph of an article alone breaks, and the node that breaks it."""
    from .checking import check
    from .knowledge_graph import KnowledgeGraph

    violations = check(KnowledgeGraph(statements, [article], base_iri=names.base).quads, names)
    return f"breaks a rule of the shapes: {violations[0]}" if violations else None


def article_line(article: Article) -> str:
    """An article as a JSON line that `triplomat build` reads too."""
    return _JSON.encode({key: value for key, value in asdict(article).items() if value is not None}) + "\n"


def digest(article: Article) -> str:
    """A hash of an article and what is known of it."""
    return hashlib.sha256(article_line(article).encode("utf-8", "surrogatepass")).hexdigest()


def place(statement: Statement) -> tuple[str, int, int, str]:
    """Where a statement stands among others: by article, sentence and predicate."""
    return statement.document, statement.sentence.start, statement.predicate.start, statement.id
