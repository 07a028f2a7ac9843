"""Statements, facts and articles → TriG: a named graph an article, and facts, entities and direct triples beside.

An article's graph (its IRI) holds its statements, their sentences and mentions; the default graph holds the article's
description, the facts, the entities and the direct triples. Everything has an IRI made of what it says, so that the
same input gives the same bytes on every machine. Offsets are characters, as in Web Annotation's TextPositionSelector;
the IRI of a stretch of text is the article's with a character range (RFC 5147).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache, partial
from itertools import permutations

from triplomat.extractors.statement import Article, Event, Statement
from triplomat.ontology.terms import Names, vocabulary

from .entities import Description
from .facts import Fact, interval
from .passages import Passages
from .quads import Quad, iri, text
from .roles import Roles, roles
from .turtle import Triple, Words, block, graph, moment, number, words

ONTOLOGY_GRAPH = "ontology"
_KEPT = 10_000  # times and codes, which come again and again, that a process remembers


def portions(
    statements: Iterable[Statement],
    facts: Iterable[Fact],
    articles: Iterable[Article],
    entities: Mapping[str, Description],
    names: Names,
    copies: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """A built graph without the ontology as TriG, a portion at a time: prefixes, the default graph by subjects, the
    articles' graphs. `copies` maps an article to the first of those with its text.
    """
    told: dict[str, list[tuple[Statement, Roles]]] = defaultdict(list)
    beside: dict[str, list[str]] = defaultdict(list)
    for statement in statements:
        found = roles(statement)
        told[statement.document].append((statement, found))
        for subject, predicate, value in direct_triples(statement, names, found):
            beside[subject].append(f"{predicate} {value}")
    known, subjects = words(names.base), dict[str, Callable[[], Iterable[str]]]()
    for article in articles:
        subjects[article_name(article.id, known)] = partial(
            about_article, article, names, (copies or {}).get(article.id)
        )
    for fact in facts:
        subjects[known.hashed(fact.id)] = partial(about_fact, fact, names)
    for identifier, description in entities.items():
        subjects[known.ids[identifier]] = partial(about_entity, description, names)
    yield known.header
    for subject in sorted({*subjects, *beside}):
        yield block(subject, [*subjects.get(subject, tuple)(), *beside.get(subject, ())])[0]
    for document in sorted(told, key=lambda name: article_name(name, known)):
        yield article_graph(document, told[document], names)[0]


def ontology_quads(names: Names) -> Iterator[Quad]:
    """The ontology, its relations and the PLOVER scheme, in a named graph of their own."""
    graph = iri(names.base + ONTOLOGY_GRAPH)
    yield from ((s, p, o, graph) for s, p, o in vocabulary(names.base))


def article_graph(
    document: str, told: Iterable[tuple[Statement, Roles]], names: Names, *, reified: bool = False
) -> tuple[str, int]:
    """The named graph of an article in TriG, and how many quads it has; "" where the article has no statements.

    `reified` adds RDF 1.2: what each statement says as a triple term, whether or not it is asserted.
    """
    known = words(names.base)
    passages = Passages(article_name(document, known), known)
    subjects: dict[str, list[str]] = defaultdict(list)
    for statement, found in told:
        said = subjects[known.hashed(statement.id)]
        said += _statement(statement, found, known)
        said += passages.quoting(statement)
        if reified:
            said += _reified(statement, found, known)
        for entity in found:
            if entity.state and entity.state != entity.id:
                subjects[known.ids[entity.id]].append(known.says["tm:actsFor"] + known.ids[entity.state])
    for subject, pair in passages.described():
        subjects[subject].append(pair)
    return graph(passages.article, subjects)


def about_article(article: Article, names: Names, first: str | None = None) -> list[str]:
    """What an article is: title, date, address, publisher, and which `first` article it is a copy of."""
    known = words(names.base)
    terms, says = known.terms, known.says
    said = [
        says["rdf:type"] + terms["tm:Article"],
        says["dcterms:identifier"] + text(article.id),
        says["rdfs:label"] + text(article.title or article.id),
    ]
    if article.title:
        said.append(says["dcterms:title"] + text(article.title))
    if article.published:
        said.append(says["schema:datePublished"] + moment(article.published))
    if article.url:
        said.append(says["schema:url"] + text(article.url))
    if article.source:
        said.append(says["dcterms:publisher"] + text(article.source))
    if first and first != article.id:
        said.append(says["tm:copyOf"] + article_name(first, known))
    return said


def about_fact(fact: Fact, names: Names) -> list[str]:
    """A fact with its roles, belief, evidence and disputes; its relation is its rdf:predicate."""
    known = words(names.base)
    terms, says, ids = known.terms, known.says, known.ids
    said = [
        says["rdf:type"] + terms["tm:Fact"],
        says["tm:predicate"] + text(fact.predicate),
        says["tm:belief"] + number(fact.belief),
        says["tm:sources"] + str(fact.sources),
        *(says["tm:actor"] + ids[actor] for actor in fact.actors),
        *(says["tm:recipient"] + ids[recipient] for recipient in fact.recipients),
        *(says["tm:evidence"] + known.hashed(item.id) for item in fact.evidence),
        *(says["tm:disputedBy"] + known.hashed(other) for other in fact.disputed_by),
        *_standing(fact.polarity, fact.modality, known),
        *_event(fact.event, known),
        *_time(fact.time, known),
    ]
    if fact.relation:
        said.append(says["rdf:predicate"] + terms[f"rel:{fact.relation}"])
    if fact.theme:
        said.append(says["tm:theme"] + ids[fact.theme])
    if fact.attribution:
        said.append(says["tm:attributedTo"] + ids[fact.attribution])
    first, last = fact.reported
    if first and last:
        said += (says["tm:firstReported"] + moment(first), says["tm:lastReported"] + moment(last))
    return said


def about_entity(description: Description, names: Names) -> list[str]:
    """An entity's class, label, other names, and its Wikidata twin."""
    known = words(names.base)
    terms, says = known.terms, known.says
    kind = f"tm:{description.type}" if description.type in names.tm else "tm:Entity"
    said = [
        says["rdf:type"] + terms[kind],
        says["rdfs:label"] + text(description.label),
        *(says["skos:altLabel"] + text(name) for name in description.names),
    ]
    if description.wikidata:
        said.append(says["owl:sameAs"] + terms[f"wd:{description.wikidata}"])
    if description.sector:
        said.append(says["tm:sector"] + text(description.sector))
    return said


def direct_triples(statement: Statement, names: Names, found: Roles | None = None) -> Iterator[Triple]:
    """The plain triples between entities: of asserted, positive statements in the article's own voice, never of
    others.
    """
    if statement.polarity == "positive" and statement.modality == "asserted" and not statement.attribution:
        yield from _triples_said(statement, found or roles(statement), words(names.base))


def article_name(document: str, known: Words) -> str:
    """The IRI of an article, and of its named graph, as a word of Turtle."""
    return known.ids[f"article:{document}"]


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


def _triples_said(statement: Statement, found: Roles, known: Words) -> Iterator[Triple]:
    """The plain triples between entities that a statement makes, whatever its factuality."""
    relation = statement.predicate.relation
    if not relation:
        return
    dyad = dyad_relations().get(relation)
    targets = [found.patient.id] if found.patient else []
    if not targets and not dyad:
        targets = [entity.id for entity in found.recipients]
    for actor in found.actors:
        yield from (_direct(actor.id, relation, target, known) for target in targets if target != actor.id)
        if dyad:
            yield from (_direct(actor.id, dyad, to.id, known) for to in found.recipients if to.id != actor.id)
    if not found.recipients and relation in mutual_relations():
        yield from (_direct(a.id, relation, b.id, known) for a, b in permutations(found.actors, 2))


def _direct(subject: str, relation: str, target: str, known: Words) -> Triple:
    return known.ids[subject], known.terms[f"rel:{relation}"], known.ids[target]


def _reified(statement: Statement, found: Roles, known: Words) -> Iterator[str]:
    for s, p, o in _triples_said(statement, found, known):
        yield f"{known.terms['rdf:reifies']} <<( {s} {p} {o} )>>"


def _statement(statement: Statement, found: Roles, known: Words) -> list[str]:
    terms, says, ids, sentence = known.terms, known.says, known.ids, statement.sentence
    said = [
        says["rdf:type"] + terms["tm:Statement"],
        says["tm:predicate"] + text(statement.predicate.lemma),
        says["tm:confidence"] + number(statement.confidence),
        says["tm:quote"] + text(sentence.text),
        says["tm:start"] + str(sentence.start),
        says["tm:end"] + str(sentence.end),
        *_standing(statement.polarity, statement.modality, known),
        *_event(statement.event, known),
        *_time(found.time, known),
    ]
    if statement.predicate.relation:
        said.append(says["tm:relation"] + terms[f"rel:{statement.predicate.relation}"])
    sides = (found.actors, found.recipients, found.themes, found.places, found.participants)
    for role, entities in zip(_ROLES, sides, strict=True):
        for entity in entities:
            said.append(says[role] + ids[entity.id])
    for quantity in found.quantities:
        said.append(says["tm:quantity"] + text(quantity.text))
        if quantity.value:
            said.append(says["tm:quantityValue"] + text(quantity.value))
        if quantity.unit:
            said.append(says["tm:unit"] + text(quantity.unit))
    if found.attribution:
        said.append(says["tm:attributedTo"] + ids[found.attribution.id])
    return said


_ROLES = ("tm:actor", "tm:recipient", "tm:theme", "tm:place", "tm:participant")


def _event(event: Event | None, known: Words) -> tuple[str, ...]:
    return _coded(event.type, event.mode, event.contexts, event.score, known) if event else ()


@lru_cache(maxsize=_KEPT)
def _coded(
    type: str, mode: str | None, contexts: tuple[str, ...], score: float | None, known: Words
) -> tuple[str, ...]:
    terms, says = known.terms, known.says
    said = [
        says["rdf:type"] + terms["tm:Event"],
        says["rdf:type"] + terms[f"plover:{type}"],
        *(says["tm:context"] + terms[f"plover:context-{context}"] for context in contexts),
    ]
    if mode:
        said.append(says["tm:mode"] + terms[f"plover:{type}-{mode}"])
    if score is not None:
        said.append(says["tm:score"] + number(score))
    return tuple(said)


@lru_cache(maxsize=_KEPT)
def _standing(polarity: str, modality: str, known: Words) -> tuple[str, ...]:
    terms, says = known.terms, known.says
    return (
        says["tm:polarity"] + terms[f"tm:{polarity.capitalize()}"],
        says["tm:modality"] + terms[f"tm:{modality.capitalize()}"],
    )


@lru_cache(maxsize=_KEPT)
def _time(value: str | None, known: Words) -> tuple[str, ...]:
    if not value:
        return ()
    span, says = interval(value), known.says
    if not span:
        return (says["tm:time"] + text(value),)
    return (
        says["tm:time"] + moment(value),
        says["tm:begins"] + moment(span[0].isoformat()),
        says["tm:ends"] + moment(span[1].isoformat()),
    )
