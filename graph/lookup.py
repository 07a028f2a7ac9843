"""A name that a user writes → the IRIs of what it stands for in a store: a compact id, a label or another name, in any
case.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from triplomat.errors import QueryError
from triplomat.ontology.terms import ENTITY_KINDS, Names, is_entity

from .grammar import tokens
from .results import Result
from .shipped import Lookup

if TYPE_CHECKING:
    import pyoxigraph

MOST_LABELS = 5000


def in_store(store: pyoxigraph.Store, names: Names) -> Lookup:
    """A lookup that gives a name's entities, each followed by those who act for it."""
    import pyoxigraph

    acts_for = pyoxigraph.NamedNode(names.tm.actsFor)

    def look_up(name: str) -> list[str]:
        found: dict[str, None] = {}
        for entity in resolve(store, name, names):
            found[entity] = None
            acting = store.quads_for_pattern(None, acts_for, pyoxigraph.NamedNode(entity), None)
            found.update(dict.fromkeys(sorted({str(getattr(quad.subject, "value", "")) for quad in acting})))
        return list(found)

    return look_up


def resolve(store: pyoxigraph.Store, name: str, names: Names) -> list[str]:
    """The IRIs that a name stands for: a compact id, or a label or other name in any case; QueryError for none."""
    import pyoxigraph

    if compact_id(name, names):
        return [names.iri(name)]
    exact = _named(store, name.strip(), names)
    if exact:
        return exact
    wanted = name.casefold().strip()
    labels: dict[str, set[str]] = {}
    for predicate in _name_predicates(names):
        for quad in store.quads_for_pattern(None, pyoxigraph.NamedNode(predicate), None, None):
            subject = str(getattr(quad.subject, "value", ""))
            if is_entity(subject, names):
                labels.setdefault(str(getattr(quad.object, "value", "")).casefold(), set()).add(subject)
    if wanted in labels:
        return sorted(labels[wanted])
    raise QueryError(nothing_called(name, labels))


def compact_id(name: str, names: Names) -> bool:
    """Whether a name is an id such as country:RUS."""
    return bool(re.fullmatch(r"[a-z]+:\S+", name)) and name.partition(":")[0] in names.prefixes


def strangers(store: pyoxigraph.Store, sparql: str, names: Names) -> Iterator[str]:
    """A line for each entity that a query names by its prefixed name and that isn't in a store, with the nearest."""
    import pyoxigraph

    asked = {
        token.text for token in tokens(sparql) if token.kind == "NAME" and token.text.partition(":")[0] in ENTITY_KINDS
    }
    for name in sorted(asked):
        if next(store.quads_for_pattern(pyoxigraph.NamedNode(names.iri(name)), None, None, None), None) is None:
            label = pyoxigraph.NamedNode(names.prefixes["rdfs"] + "label")
            subjects = {str(getattr(q.subject, "value", "")) for q in store.quads_for_pattern(None, label, None, None)}
            known = [names.compact(iri) for iri in sorted(subjects) if is_entity(iri, names)]
            yield nothing_called(name, known)


def nothing_called(name: str, known: Collection[str]) -> str:
    """The message for a name that nothing has, with the nearest of those known."""
    spelt = {other.casefold(): other for other in known}
    near = [spelt[other] for other in difflib.get_close_matches(name.casefold().strip(), spelt, n=3)]
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    return f"nothing in this graph is called {name!r}{hint}"


def labelled(result: Result, store: pyoxigraph.Store) -> Result:
    """The result with the labels of its entities; of more than `MOST_LABELS`, of none."""
    import pyoxigraph

    iris = result.entities()
    if not iris or len(iris) > MOST_LABELS:
        return result
    label = pyoxigraph.NamedNode(result.names.prefixes["rdfs"] + "label")
    found = {}
    for iri in sorted(iris):
        for quad in store.quads_for_pattern(pyoxigraph.NamedNode(iri), label, None, None):
            found[iri] = str(getattr(quad.object, "value", ""))
            break
    return replace(result, labels=found)


def _named(store: pyoxigraph.Store, name: str, names: Names) -> list[str]:
    """The IRIs of entities with exactly this name: a look into the index, where any case needs a pass over all."""
    import pyoxigraph

    found = {
        str(getattr(quad.subject, "value", ""))
        for predicate in _name_predicates(names)
        for quad in store.quads_for_pattern(None, pyoxigraph.NamedNode(predicate), pyoxigraph.Literal(name), None)
    }
    return sorted(subject for subject in found if is_entity(subject, names))


def _name_predicates(names: Names) -> tuple[str, str]:
    return names.prefixes["rdfs"] + "label", names.prefixes["skos"] + "altLabel"
