"""Statements, facts and articles → quads: a named graph an article, and facts, entities and direct triples beside.

An article's graph (its IRI) holds its statements, their sentences and mentions; the default graph holds the article's
description, the facts, the entities and the direct triples. Everything has an IRI made of what it says, so that the
same input gives the same quads on every machine. Offsets are characters, as in Web Annotation's TextPositionSelector;
the IRI of a stretch of text is the article's with a character range (RFC 5147).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from itertools import permutations

from triplomat.extractors.statement import Argument, Article, Event, Sentence, Statement
from triplomat.ontology.terms import BASE, Names, vocabulary

from .entities import Description
from .facts import Fact, interval
from .quads import Quad, by_place, decimal, integer, iri, moment, text
from .roles import Roles, roles

Triple = tuple[str, str, str]
ONTOLOGY_GRAPH = "ontology"


def portions(
    statements: Iterable[Statement],
    facts: Iterable[Fact],
    articles: Iterable[Article],
    entities: Mapping[str, Description],
    names: Names,
    copies: Mapping[str, str] | None = None,
) -> Iterator[list[Quad]]:
    """All quads of a built graph without the ontology, sorted and each once, a portion at a time.

    First the default graph, a portion a subject; then the articles' graphs, a portion a graph. `copies` maps an article
    to the first of those with its text.
    """
    told: dict[str, list[Statement]] = defaultdict(list)
    direct: dict[str, set[Triple]] = defaultdict(set)
    for statement in statements:
        told[statement.document].append(statement)
        for triple in direct_triples(statement, names):
            direct[triple[0]].add(triple)
    subjects: dict[str, Callable[[], Iterable[Triple]]] = {}
    for article in articles:
        subjects[iri(article_iri(article.id, names))] = partial(
            article_triples, article, names, (copies or {}).get(article.id)
        )
    for fact in facts:
        subjects[iri(names.iri(fact.id))] = partial(fact_triples, fact, names)
    for identifier, description in entities.items():
        subjects[iri(names.iri(identifier))] = partial(entity_triples, identifier, description, names)
    for node in sorted({*subjects, *direct}):
        triples = {*subjects.get(node, tuple)(), *direct.get(node, ())}
        yield sorted(((s, p, o, "") for s, p, o in triples), key=by_place)
    for document in sorted(told, key=lambda name: iri(article_iri(name, names))):
        found = {quad for statement in told[document] for quad in statement_quads(statement, names)}
        yield sorted(found, key=by_place)


def ontology_quads(names: Names) -> Iterator[Quad]:
    """The ontology, its relations and the PLOVER scheme, in a named graph of their own."""
    graph = iri(names.base + ONTOLOGY_GRAPH)
    yield from ((s, p, o, graph) for s, p, o in vocabulary(names.base))


def article_triples(article: Article, names: Names, first: str | None = None) -> Iterator[Triple]:
    """What an article is: title, date, address, publisher, and which `first` article it is a copy of."""
    terms, node = _terms(names.base), iri(article_iri(article.id, names))
    yield node, terms["rdf:type"], terms["tm:Article"]
    yield node, terms["dcterms:identifier"], text(article.id)
    if article.title:
        yield node, terms["dcterms:title"], text(article.title)
        yield node, terms["rdfs:label"], text(article.title)
    else:
        yield node, terms["rdfs:label"], text(article.id)
    if article.published:
        yield node, terms["schema:datePublished"], moment(article.published)
    if article.url:
        yield node, terms["schema:url"], text(article.url)
    if article.source:
        yield node, terms["dcterms:publisher"], text(article.source)
    if first and first != article.id:
        yield node, terms["tm:copyOf"], iri(article_iri(first, names))


def statement_quads(statement: Statement, names: Names, found: Roles | None = None) -> Iterator[Quad]:
    """A statement with its roles, factuality and provenance, in the graph of its article."""
    article = iri(article_iri(statement.document, names))
    terms, node, found = _terms(names.base), iri(names.iri(statement.id)), found or roles(statement)
    for predicate, value in _statement(statement, found, terms, names):
        yield node, predicate, value, article
    yield node, terms["prov:wasQuotedFrom"], article, article
    sentence = iri(_stretch(statement.document, statement.sentence, names))
    yield node, terms["oa:hasTarget"], sentence, article
    for s, p, o in _sentence(statement.sentence, sentence, article, terms):
        yield s, p, o, article
    for argument in _mentions(statement):
        mention = iri(_stretch(statement.document, argument, names))
        yield node, terms["tm:mention"], mention, article
        for predicate, value in _mention(argument, terms, names):
            yield mention, predicate, value, article
    for entity in found:
        if entity.state and entity.state != entity.id:
            yield iri(names.iri(entity.id)), terms["tm:actsFor"], iri(names.iri(entity.state)), article


def fact_triples(fact: Fact, names: Names) -> Iterator[Triple]:
    """A fact with its roles, belief, evidence and disputes; its relation is its rdf:predicate."""
    terms, node = _terms(names.base), iri(names.iri(fact.id))
    yield node, terms["rdf:type"], terms["tm:Fact"]
    if fact.relation:
        yield node, terms["rdf:predicate"], iri(names.rel[fact.relation])
    yield node, terms["tm:predicate"], text(fact.predicate)
    yield from ((node, predicate, value) for predicate, value in _event(fact.event, terms, names))
    yield from ((node, terms["tm:actor"], iri(names.iri(actor))) for actor in fact.actors)
    yield from ((node, terms["tm:recipient"], iri(names.iri(recipient))) for recipient in fact.recipients)
    if fact.theme:
        yield node, terms["tm:theme"], iri(names.iri(fact.theme))
    yield from ((node, predicate, value) for predicate, value in _time(fact.time, terms))
    yield node, terms["tm:polarity"], terms[f"tm:{fact.polarity.capitalize()}"]
    yield node, terms["tm:modality"], terms[f"tm:{fact.modality.capitalize()}"]
    if fact.attribution:
        yield node, terms["tm:attributedTo"], iri(names.iri(fact.attribution))
    yield node, terms["tm:belief"], decimal(fact.belief)
    yield node, terms["tm:sources"], integer(fact.sources)
    first, last = fact.reported
    if first and last:
        yield node, terms["tm:firstReported"], moment(first)
        yield node, terms["tm:lastReported"], moment(last)
    yield from ((node, terms["tm:evidence"], iri(names.iri(item.id))) for item in fact.evidence)
    yield from ((node, terms["tm:disputedBy"], iri(names.iri(other))) for other in fact.disputed_by)


def entity_triples(identifier: str, description: Description, names: Names) -> Iterator[Triple]:
    """An entity's class, label, other names, and its Wikidata twin."""
    terms, node = _terms(names.base), iri(names.iri(identifier))
    kind = f"tm:{description.type}" if description.type in names.tm else "tm:Entity"
    yield node, terms["rdf:type"], terms[kind]
    yield node, terms["rdfs:label"], text(description.label)
    yield from ((node, terms["skos:altLabel"], text(name)) for name in description.names)
    if description.wikidata:
        yield node, terms["owl:sameAs"], iri(names.prefixes["wd"] + description.wikidata)
    if description.sector:
        yield node, terms["tm:sector"], text(description.sector)


def direct_triples(statement: Statement, names: Names, found: Roles | None = None) -> Iterator[Triple]:
    """The plain triples between entities: of asserted, positive statements in the article's own voice, never of
    others.
    """
    if statement.polarity == "positive" and statement.modality == "asserted" and not statement.attribution:
        yield from _triples_said(statement, names, found)


def _triples_said(statement: Statement, names: Names, found: Roles | None = None) -> Iterator[Triple]:
    """The plain triples between entities that a statement makes, whatever its factuality."""
    relation = statement.predicate.relation
    if not relation:
        return
    found, dyad = found or roles(statement), dyad_relations().get(relation)
    targets = [found.patient.id] if found.patient else []
    if not targets and not dyad:
        targets = [entity.id for entity in found.recipients]
    for actor in found.actors:
        yield from (_direct(actor.id, relation, target, names) for target in targets if target != actor.id)
        if dyad:
            yield from (_direct(actor.id, dyad, to.id, names) for to in found.recipients if to.id != actor.id)
    if not found.recipients and relation in mutual_relations():
        yield from (_direct(a.id, relation, b.id, names) for a, b in permutations(found.actors, 2))


def reified_quads(statements: Iterable[Statement], names: Names) -> Iterator[Quad]:
    """RDF 1.2: what each statement says as a triple term, whether or not it is asserted; in its article's graph."""
    reifies = iri(names.prefixes["rdf"] + "reifies")
    for statement in statements:
        article = iri(article_iri(statement.document, names))
        for s, p, o in _triples_said(statement, names):
            yield iri(names.iri(statement.id)), reifies, f"<<( {s} {p} {o} )>>", article


def article_iri(document: str, names: Names) -> str:
    """The IRI of an article, and of its named graph."""
    return names.iri(f"article:{document}")


@cache
def dyad_relations() -> Mapping[str, str]:
    """Relation → the relation that joins its actor to its recipient: supplies → suppliesTo."""
    return dict(_relations(Names().tm.dyadRelation))


@cache
def mutual_relations() -> frozenset[str]:
    """The relations whose parties are in it alike: meets, agreesWith."""
    kind, symmetric = Names().prefixes["rdf"] + "type", f"<{Names().prefixes['owl']}SymmetricProperty>"
    rel = f"<{Names().prefixes['rel']}"
    return frozenset(
        s.removeprefix(rel)[:-1] for s, p, o in vocabulary() if p == iri(kind) and o == symmetric and s.startswith(rel)
    )


def _relations(predicate: str) -> Iterator[tuple[str, str]]:
    rel = f"<{Names().prefixes['rel']}"
    for s, p, o in vocabulary():
        if p == iri(predicate) and s.startswith(rel):
            yield s.removeprefix(rel)[:-1], o.removeprefix(rel)[:-1]


def _direct(subject: str, relation: str, target: str, names: Names) -> Triple:
    return iri(names.iri(subject)), iri(names.rel[relation]), iri(names.iri(target))


def _statement(statement: Statement, found: Roles, terms: Mapping[str, str], names: Names) -> Iterator[tuple[str, str]]:
    yield terms["rdf:type"], terms["tm:Statement"]
    if statement.predicate.relation:
        yield terms["tm:relation"], iri(names.rel[statement.predicate.relation])
    yield terms["tm:predicate"], text(statement.predicate.lemma)
    yield from _event(statement.event, terms, names)
    for role, entities in (
        ("tm:actor", found.actors),
        ("tm:recipient", found.recipients),
        ("tm:theme", found.themes),
        ("tm:place", found.places),
        ("tm:participant", found.participants),
    ):
        yield from ((terms[role], iri(names.iri(entity.id))) for entity in entities)
    for quantity in found.quantities:
        yield terms["tm:quantity"], text(quantity.text)
        if quantity.value:
            yield terms["tm:quantityValue"], text(quantity.value)
        if quantity.unit:
            yield terms["tm:unit"], text(quantity.unit)
    yield from _time(found.time, terms)
    yield terms["tm:polarity"], terms[f"tm:{statement.polarity.capitalize()}"]
    yield terms["tm:modality"], terms[f"tm:{statement.modality.capitalize()}"]
    if found.attribution:
        yield terms["tm:attributedTo"], iri(names.iri(found.attribution.id))
    yield terms["tm:confidence"], decimal(statement.confidence)
    yield terms["tm:quote"], text(statement.sentence.text)
    yield terms["tm:start"], integer(statement.sentence.start)
    yield terms["tm:end"], integer(statement.sentence.end)


def _event(event: Event | None, terms: Mapping[str, str], names: Names) -> Iterator[tuple[str, str]]:
    if event is None:
        return
    yield terms["rdf:type"], terms["tm:Event"]
    yield terms["rdf:type"], iri(names.plover(event.type))
    if event.mode:
        yield terms["tm:mode"], iri(names.plover(event.type, event.mode))
    yield from ((terms["tm:context"], iri(names.context(context))) for context in event.contexts)
    if event.score is not None:
        yield terms["tm:score"], decimal(event.score)


def _time(value: str | None, terms: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if not value:
        return
    span = interval(value)
    yield terms["tm:time"], moment(value) if span else text(value)
    if span:
        yield terms["tm:begins"], moment(span[0].isoformat())
        yield terms["tm:ends"], moment(span[1].isoformat())


def _sentence(sentence: Sentence, node: str, article: str, terms: Mapping[str, str]) -> Iterator[Triple]:
    selector = f"{node[:-1]};selector>"
    yield node, terms["rdf:type"], terms["tm:Sentence"]
    yield node, terms["oa:hasSource"], article
    yield node, terms["oa:hasSelector"], selector
    yield selector, terms["rdf:type"], terms["oa:TextPositionSelector"]
    yield selector, terms["rdf:type"], terms["oa:TextQuoteSelector"]
    yield selector, terms["oa:start"], integer(sentence.start)
    yield selector, terms["oa:end"], integer(sentence.end)
    yield selector, terms["oa:exact"], text(sentence.text)


def _mentions(statement: Statement) -> Iterator[Argument]:
    candidates = (statement.subject, statement.object, *statement.arguments, statement.attribution)
    yield from (item for item in candidates if item and (item.entity or item.value))


def _mention(argument: Argument, terms: Mapping[str, str], names: Names) -> Iterator[tuple[str, str]]:
    yield terms["rdf:type"], terms["tm:Mention"]
    if argument.entity:
        yield terms["tm:refersTo"], iri(names.iri(argument.entity))
    yield terms["tm:quote"], text(argument.text)
    yield terms["tm:start"], integer(argument.start)
    yield terms["tm:end"], integer(argument.end)


def _stretch(document: str, stretch: Sentence | Argument, names: Names) -> str:
    return f"{article_iri(document, names)}#char={stretch.start},{stretch.end}"


class _Terms(dict[str, str]):
    """Prefixed name → its term, each checked once against the ontology."""

    def __init__(self, names: Names) -> None:
        super().__init__()
        self.names = names

    def __missing__(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        full = self.names.tm[local] if prefix == "tm" else self.names.prefixes[prefix] + local
        self[name] = iri(full)
        return self[name]


@cache
def _terms(base: str = BASE) -> _Terms:
    return _Terms(Names(base))
