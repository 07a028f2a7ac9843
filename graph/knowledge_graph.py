"""The knowledge graph of some articles: their statements, and everything that is made of them, each made when it is
asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from triplomat.extractors.statement import Article, Statement
from triplomat.ontology.terms import BASE, Names

from .contributions import place
from .entities import Description, describe
from .facts import Fact, Sources, facts
from .quads import Quad, quads_of
from .rdf import ontology_quads, portions

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import pyoxigraph
    import rdflib

    from .assembly import Counts
    from .change import Shift
    from .dossier import Dossier
    from .network import Window
    from .reasons import Explanation
    from .results import Result
    from .view import View


class KnowledgeGraph:
    """Statements and their articles, with facts, RDF, network and page as views of them.

    Statements are in the order of their articles and sentences; one that comes twice is kept once.
    """

    def __init__(
        self,
        statements: Iterable[Statement],
        articles: Iterable[Article] = (),
        *,
        base_iri: str = BASE,
        title: str | None = None,
        actors: Path | None = None,
        lexicon: Path | None = None,
        manifest: Mapping[str, Any] | None = None,
    ) -> None:
        self.articles: list[Article] = sorted({item.id: item for item in articles}.values(), key=lambda item: item.id)
        unique = {statement.id: statement for statement in statements}
        self.statements: list[Statement] = sorted(unique.values(), key=place)
        self.names = Names(base_iri)
        self.given_title = title
        self.actors, self.lexicon = actors, lexicon
        self.manifest: dict[str, Any] = dict(manifest or {})

    @property
    def title(self) -> str:
        """The title that was given, or one article's own, or how many articles there are."""
        return self.given_title or _title(self.articles)

    @cached_property
    def facts(self) -> list[Fact]:
        """What independent statements agree on."""
        return facts(self.statements, self._sources)

    @cached_property
    def _sources(self) -> Sources:
        return Sources.of(self.articles)

    @cached_property
    def entities(self) -> dict[str, Description]:
        """Every entity by its compact id, with label, class, other names and Wikidata id."""
        from .gazetteer import known

        return describe(self.statements, known(self.actors))

    @cached_property
    def labels(self) -> dict[str, str]:
        """Compact id → label."""
        return {name: description.label for name, description in self.entities.items()}

    def portions(self) -> Iterator[str]:
        """The RDF dataset without the ontology as TriG, a portion at a time."""
        copies = self._sources.groups
        return portions(self.statements, self.facts, self.articles, self.entities, self.names, copies)

    @property
    def quads(self) -> list[Quad]:
        """The RDF dataset without the ontology, each quad once, in the order of its TriG."""
        return list(quads_of(self.portions()))

    @cached_property
    def store(self) -> pyoxigraph.Store:
        """The dataset and the ontology in an Oxigraph store."""
        from .store import memory_store

        return memory_store(self.portions(), ontology_quads(self.names))

    @cached_property
    def dataset(self) -> rdflib.Dataset:
        """The same through rdflib; its default graph is the union of all graphs."""
        from .plain import has_engine, plain_dataset
        from .quads import nquads
        from .store import to_dataset

        if not has_engine():
            return plain_dataset(nquads(ontology_quads(self.names)), "".join(self.portions()))
        return to_dataset(self.store)

    def query(self, query: str, **parameters: str) -> Result:
        """The answer to SPARQL text, a file, or a shipped query's name with its parameters."""
        from .plain import PlainSource, has_engine
        from .queries import run_query

        if not has_engine():
            source = PlainSource(self.dataset, self.names)
            return source.answer(source.prepare(query, parameters))
        return run_query(self.store, query, names=self.names, settings=parameters)

    def to_frame(self) -> pd.DataFrame:
        """A pandas DataFrame, a row a statement."""
        from .spreadsheet import statements_frame

        return statements_frame(self.statements)

    def network(self, **options: Any) -> nx.MultiDiGraph[str]:
        """The signed, weighted multigraph of actors; options as `to_network`'s."""
        from .network import to_network

        return to_network(self.facts, labels=self.labels, **options)

    def centrality(self, **options: Any) -> pd.DataFrame:
        """A row an actor by falling strength, with its bloc and a column a measure; options as `to_network`'s."""
        from .blocs import blocs
        from .centrality import centrality

        network = self.network(**options)
        frame, member = centrality(network), blocs(network)
        frame.insert(2, "bloc", [member.get(actor) for actor in frame.index])
        return frame.astype({"bloc": "Int64"})

    def blocs(self, *, resolution: float = 1.0, seed: int = 0, **options: Any) -> dict[str, int]:
        """Actor → number of its bloc, 0 the largest; other options as `to_network`'s."""
        from .blocs import blocs

        return blocs(self.network(**options), resolution=resolution, seed=seed)

    def rank_intervals(self, *, measure: str = "strength", rounds: int = 200, **options: Any) -> pd.DataFrame:
        """Each actor's value and rank with intervals, by drawing articles anew; other options as `to_network`'s."""
        from .uncertainty import rank_intervals

        return rank_intervals(self.network(**options), measure=measure, rounds=rounds)

    def explain(self, measure: str, actor: str, *, most: int = 5, **options: Any) -> Explanation:
        """The facts, with their sentences, that contribute most to an actor's score; "centrality" is its strength."""
        from .dossier import find_entity
        from .reasons import explain

        actor = find_entity(actor, self.entities)
        measure = "strength" if measure == "centrality" else measure
        return explain(self.network(**options), self.facts, actor, measure=measure, most=most)

    def over_time(self, *, measure: str = "strength", by: str = "quarter", **options: Any) -> pd.DataFrame:
        """A row a window of time, a column an actor; other options as `change.over_time`'s."""
        from .change import over_time

        return over_time(self.facts, measure=measure, by=by, labels=self.labels, **options)

    def changes(self, before: Window | str, after: Window | str, **options: Any) -> list[Shift]:
        """The pairs whose weight differs most between two windows, with the facts that make it; options as
        `change.changes`'s.
        """
        from .change import changes

        return changes(self.facts, before, after, **options)

    @cached_property
    def _network(self) -> nx.MultiDiGraph[str]:
        return self.network()

    @cached_property
    def _centrality(self) -> dict[str, dict[str, float]]:
        from .centrality import centrality_rows

        return centrality_rows(self._network)

    @cached_property
    def _blocs(self) -> dict[str, int]:
        from .blocs import blocs

        return blocs(self._network)

    @cached_property
    def view(self) -> View:
        """What the page and the picture draw."""
        from .showing import shown, strongest
        from .ties import Tally

        return shown(
            strongest(self.facts),
            self.articles,
            Tally(self._network),
            rows=self._centrality,
            blocs=self._blocs,
            entities=self.entities,
            total=len(self.facts),
        )

    def page(self) -> str:
        """The interactive page as one HTML text."""
        from .page import view_html

        return view_html(self.view, title=self.title)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """In Jupyter: the page itself, with a picture and words where scripts are off."""
        del include, exclude
        from .page import mimebundle

        return mimebundle(self.view, title=self.title)

    def save(self, folder: str | Path, *, rdf: Iterable[str] = ("trig",), held: bool = False) -> Counts:
        """Write everything into a folder, whole or not at all; `held` tells that its lock is held already."""
        from .saving import save

        return save(self, Path(folder), rdf=tuple(rdf), held=held)

    def with_articles(self, articles: Iterable[Article], statements: Iterable[Statement]) -> KnowledgeGraph:
        """This graph and more articles with their statements; an article of the same id takes the place of the old."""
        articles = list(articles)
        kept = self.without(article.id for article in articles)
        return self._of([*kept.statements, *statements], [*kept.articles, *articles])

    def without(self, documents: Iterable[str]) -> KnowledgeGraph:
        """This graph without some articles, by their ids."""
        gone = frozenset(documents)
        return self._of(
            (statement for statement in self.statements if statement.document not in gone),
            (article for article in self.articles if article.id not in gone),
        )

    def _of(self, statements: Iterable[Statement], articles: Iterable[Article]) -> KnowledgeGraph:
        return KnowledgeGraph(
            statements,
            articles,
            base_iri=self.names.base,
            title=self.given_title,
            actors=self.actors,
            lexicon=self.lexicon,
            manifest=self.manifest,
        )

    @classmethod
    def load(cls, folder: str | Path) -> KnowledgeGraph:
        """The graph that `save` wrote."""
        from .saving import load

        return load(Path(folder))

    def __getitem__(self, name: str) -> Dossier:
        """What the graph knows of an entity, by its id or any of its names, or of a relation: `kg["Russia"]`."""
        from .dossier import card

        return card(name, self.facts, self.entities, self.labels)

    def _ipython_key_completions_(self) -> list[str]:
        """The names that Tab offers after `kg["`."""
        return sorted({*self.labels.values(), *(fact.relation for fact in self.facts if fact.relation)})

    def __len__(self) -> int:
        return len(self.statements)

    def __repr__(self) -> str:
        return f"<KnowledgeGraph: {len(self.articles)} articles, {len(self.statements)} statements>"


def load(folder: str | Path) -> KnowledgeGraph:
    """The graph of a folder that `KnowledgeGraph.save` or `triplomat build` wrote."""
    return KnowledgeGraph.load(folder)


def _title(articles: list[Article]) -> str:
    """One article's title, or how many there are."""
    if len(articles) == 1:
        return articles[0].title or articles[0].id
    return f"{len(articles)} articles"
