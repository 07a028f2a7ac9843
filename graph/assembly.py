"""A spool of contributions → the files of a built folder.

The files hang on what the articles contribute alone: not on the order in which they came, nor on how many processes
worked, nor on how often a build was broken off.
"""

from __future__ import annotations

import heapq
import json
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from itertools import chain, groupby, takewhile
from operator import itemgetter
from pathlib import Path
from typing import Any

from triplomat.errors import UsageError
from triplomat.extractors.parsing import undisturbed
from triplomat.extractors.statement import Article, Statement, from_json
from triplomat.ontology.terms import Names

from .blocs import blocs
from .centrality import centrality_rows
from .exchange import Attributes, centrality_csv, edge_lines, gexf_frame, graphml_frame
from .facts import Fact, Sources
from .folder import MANIFEST
from .gazetteer import known
from .network import node_attributes
from .page import view_html
from .quads import FORMATS, RDF12, convert
from .rdf import about_article, about_entity, article_graph, article_name, ontology_quads
from .roles import roles
from .showing import most_each, shown, surest
from .spool import Spool, decoded, encoded
from .spreadsheet import EVENT_HEADER
from .store import StoreWriter
from .telling import Descriptions, Evidence, Labels, Told, describe_all, tell_facts
from .ties import Tally
from .turtle import block, words
from .updating import carry

STATEMENTS = "statements.jsonl"
ARTICLES = "articles.jsonl"
ACTORS, LEXICON = "actors.csv", "lexicon.csv"


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a folder is written with: the base of its IRIs, the page's title or None for one of its own, the user's own
    tables, the RDF formats, and what the manifest tells beside the counts; where that has `timings`, the time that it
    took to assemble the folder joins them. The SPARQL updates of the folder `carried` are made again in the new
    store.
    """

    names: Names
    title: str | None = None
    actors: Path | None = None
    lexicon: Path | None = None
    rdf: tuple[str, ...] = ("trig",)
    manifest: Mapping[str, Any] = field(default_factory=dict)
    carried: Path | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """What a folder holds."""

    articles: int
    statements: int
    facts: int
    entities: int
    quads: int


@undisturbed()
def assemble(spool: Spool, folder: Path, recipe: Recipe, store: StoreWriter | None = None) -> Counts:
    """Write every file of a built folder into an empty one; `store` may hold some of the articles' graphs already."""
    check_formats(recipe.rdf)
    start = time.perf_counter()
    articles, statements = spool.begin()
    for name, column in ((STATEMENTS, "statements"), (ARTICLES, "article")):
        _write(folder / name, (text for (text,) in spool.rows(f"SELECT {column} FROM article ORDER BY document")))
    for name, table in ((ACTORS, recipe.actors), (LEXICON, recipe.lexicon)):
        if table:
            (folder / name).write_bytes(table.read_bytes())
    entities = describe_all(spool, known(recipe.actors), recipe.names)
    dataset = folder / "graph.trig"
    with store or StoreWriter(folder / "store", recipe.names) as writer:
        facts, quads = _dataset(spool, dataset, entities, writer, recipe.names)
        writer.complete(ontology_quads(recipe.names))
        _network(spool, folder, facts, entities, recipe)
        _formats(spool, folder, dataset, recipe)
        writer.finish(folder / "store")
    if recipe.carried:
        carry(recipe.carried, folder, recipe.names)
    counts = Counts(articles, statements, facts.count, len(entities), quads)
    told = _manifest(spool, recipe, counts)
    if timings := told.get("timings"):
        told["timings"] = {"assembly": round(time.perf_counter() - start, 3), **timings}
    told_lines = json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")  # as JSON escapes
    (folder / MANIFEST).write_bytes(told_lines + b"\n")
    return counts


def check_formats(rdf: Iterable[str]) -> None:
    """UsageError where a format isn't known."""
    if unknown := sorted(set(rdf) - {*FORMATS, RDF12}):
        raise UsageError(f"RDF format {unknown[0]!r}: choose from {', '.join((*FORMATS, RDF12))}")


def _dataset(spool: Spool, path: Path, entities: Descriptions, store: StoreWriter, names: Names) -> tuple[Told, int]:
    """Write the dataset without the ontology as TriG and into the store: what the facts tell, and how many quads."""
    sources, quads, digests = spool.sources(), 0, spool.digests()
    store.keep(digests)
    store.load()
    left = _left(spool, [name for name in sorted(digests) if name not in store.held])
    with path.open("wb") as output:

        def write(piece: str) -> None:
            data = encoded(piece)
            output.write(data)
            store.add(data)
            while store.idle and (graph := next(left, None)):
                store.add(graph)

        output.write(store.header)
        for piece, count in chain(_article_blocks(spool, sources, names), _entity_blocks(spool, entities, names)):
            write(piece)
            quads += count
        facts = tell_facts(spool, sources, Labels(entities), names, write)
        for graph, count in spool.rows("SELECT graph, quads FROM article ORDER BY document"):
            output.write(graph)
            quads += count
        for graph in left:
            store.add(graph)
    return facts, quads + facts.quads


def _left(spool: Spool, documents: Iterable[str]) -> Iterator[bytes]:
    """The graphs of articles that the store hasn't yet."""
    for document in documents:
        yield from (graph for (graph,) in spool.rows("SELECT graph FROM article WHERE document = ?", document))


def _article_blocks(spool: Spool, sources: Sources, names: Names) -> Iterator[tuple[str, int]]:
    known = words(names.base)
    for (line,) in spool.rows("SELECT article FROM article ORDER BY document"):
        article = replace(_article(line), text="")
        yield block(article_name(article.id, known), about_article(article, names, sources.groups[article.id]))


def _entity_blocks(spool: Spool, entities: Descriptions, names: Names) -> Iterator[tuple[str, int]]:
    """What is known of each entity, with the plain triples that it is the subject of."""
    known_as = spool.rows("SELECT subject, id FROM entity ORDER BY subject")
    direct = spool.rows("SELECT DISTINCT subject, predicate, object FROM direct ORDER BY 1, 2, 3")
    for subject, group in groupby(heapq.merge(known_as, direct, key=itemgetter(0)), key=itemgetter(0)):
        said: list[str] = []
        for _, first, *rest in group:
            told = [decoded(part) for part in (first, *rest)]
            said += [" ".join(told)] if rest else about_entity(entities[told[0]], names)
        yield block(decoded(subject), said)


def _formats(spool: Spool, folder: Path, dataset: Path, recipe: Recipe) -> None:
    """The dataset in each of the formats beside TriG, which goes where it isn't wanted."""
    for format in recipe.rdf:
        if format == RDF12:
            _write(folder / "graph.rdf12.trig", _reified(spool, dataset, recipe.names))
        elif format != "trig":
            convert(dataset, folder / f"graph.{format}", format, recipe.names)
    if "trig" not in recipe.rdf:
        dataset.unlink()


def _reified(spool: Spool, dataset: Path, names: Names) -> Iterator[bytes | str]:
    """The same in RDF 1.2, with what each statement says as a triple term."""
    with dataset.open("rb") as lines:
        yield from takewhile(lambda line: not line.endswith(b" {\n"), lines)
    for document, text in spool.rows("SELECT document, statements FROM article ORDER BY document"):
        told = [from_json(json.loads(line)) for line in _lines(text)]
        yield article_graph(decoded(document), [(item, roles(item)) for item in told], names, reified=True)[0]


def _network(spool: Spool, folder: Path, told: Told, entities: Descriptions, recipe: Recipe) -> None:
    """The network's files, the tables and the page."""
    labels = Labels(entities)
    actors = spool.rows("SELECT source FROM edge UNION SELECT target FROM edge ORDER BY 1")
    nodes = {
        name: node_attributes(name, labels.get(name), told.acting)
        for (encoded,) in actors
        if (name := decoded(encoded))
    }
    tally = Tally.of(nodes, _written(spool, folder, nodes))
    ties = tally.ties()
    rows, member = centrality_rows(ties), blocs(ties)
    _write(folder / "centrality.csv", [centrality_csv(rows, nodes, member)])
    events = (line for (line,) in spool.rows("SELECT line FROM event ORDER BY time, fact"))
    _write(folder / "events.csv", chain([EVENT_HEADER], events))
    facts, articles = _with_statements(spool, told.strongest)
    view = shown(facts, articles, tally, rows=rows, blocs=member, entities=entities, total=told.count)
    _write(folder / "graph.html", [view_html(view, title=recipe.title or _title(spool))])


def _written(spool: Spool, folder: Path, nodes: Mapping[str, Attributes]) -> Iterator[tuple[str, str, Attributes]]:
    """The network's edges with what sums need of them, each written into both files as it goes by."""
    frames = graphml_frame(nodes.items()), gexf_frame(nodes.items())
    with (folder / "network.graphml").open("wb") as graphml, (folder / "network.gexf").open("wb") as gexf:
        for output, (head, _) in zip((graphml, gexf), frames, strict=True):
            output.write(encoded(head))
        for number, row in enumerate(spool.rows("SELECT * FROM edge ORDER BY source, target, fact")):
            source, target, _, *cells, documents, weight, mutual = row
            ends, (one, other, third) = (decoded(source), decoded(target)), map(decoded, cells)
            lines = edge_lines(number, *ends, (one, other, third))
            for output, line in zip((graphml, gexf), lines, strict=True):
                output.write(encoded(line))
            yield *ends, {"weight": weight, "mutual": mutual, "documents": json.loads(documents)}
        for output, (_, tail) in zip((graphml, gexf), frames, strict=True):
            output.write(encoded(tail))


def _with_statements(
    spool: Spool, facts: Iterable[tuple[Fact, tuple[Evidence, ...]]]
) -> tuple[list[Fact], list[Article]]:
    """The facts with their statements in full, as many as a page can hold, and the articles that these stand in,
    without their texts.
    """
    facts = list(facts)
    most = most_each(len(evidence) for _, evidence in facts)
    cited = [(fact, surest(evidence, most)) for fact, evidence in facts]
    wanted = {item.id for _, evidence in cited for item in evidence}
    found: dict[str, Statement] = {}
    articles = []
    for document in sorted({item.document for _, evidence in cited for item in evidence}):
        for article, statements in spool.rows("SELECT article, statements FROM article WHERE document = ?", document):
            articles.append(replace(_article(article), text=""))
            for line in _lines(statements):
                if line[8 : line.index('"', 8)] in wanted:
                    statement = from_json(json.loads(line))
                    found[statement.id] = statement
    told = [replace(fact, statements=tuple(found[item.id] for item in evidence)) for fact, evidence in cited]
    return told, articles


def _title(spool: Spool) -> str:
    """One article's title, or how many there are."""
    articles = [_article(line) for (line,) in spool.rows("SELECT article FROM article LIMIT 2")]
    if len(articles) == 1:
        return articles[0].title or articles[0].id
    return f"{next(spool.rows('SELECT COUNT(*) FROM article'))[0]} articles"


def _manifest(spool: Spool, recipe: Recipe, counts: Counts) -> dict[str, Any]:
    """What is needed to repeat the run: what the builder told, and the counts."""
    articles = (_article(line) for (line,) in spool.rows("SELECT article FROM article ORDER BY document"))
    return {
        **recipe.manifest,
        "title": recipe.title,
        "base_iri": recipe.names.base,
        "rdf": sorted(recipe.rdf),
        "counts": asdict(counts),
        "inputs": {item.id: sha256(item.text.encode("utf-8", "surrogatepass")).hexdigest() for item in articles},
    }


def _article(line: bytes) -> Article:
    return Article(**json.loads(decoded(line)))


def _lines(text: bytes) -> list[str]:
    """Lines of JSON, which may hold every line break but the one that ends them."""
    return decoded(text).split("\n")[:-1]


def _write(path: Path, pieces: Iterable[str | bytes]) -> int:
    """Write pieces of text into a file; the number of its lines."""
    count = 0
    with path.open("wb") as output:
        for piece in pieces:
            data = encoded(piece) if isinstance(piece, str) else piece
            count += data.count(b"\n")
            output.write(data)
    return count
