"""The SHACL shapes of the ontology → a check of quads that needs no SHACL engine and passes over them once.

It knows the components of SHACL core that shapes.ttl uses, and refuses a shape with another; tests hold it to what
pyshacl says of the same graphs, which takes forty times as long.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import resources

from triplomat.errors import DataError
from triplomat.ontology.terms import BASE, Names

from .quads import Quad

SH = "<http://www.w3.org/ns/shacl#"
_RDF = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_TYPE = f"{_RDF}type>"
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@[\w-]+|\^\^(<[^>]*>))?', re.DOTALL)
_STRING = "<http://www.w3.org/2001/XMLSchema#string>"
_KNOWN = {
    "type", "path", "message", "minCount", "maxCount", "datatype", "class", "nodeKind", "in", "minInclusive",
    "maxInclusive", "minLength", "pattern", "lessThan", "or", "node", "qualifiedMinCount", "qualifiedMaxCount",
    "qualifiedValueShape", "property", "targetClass",
}  # fmt: skip
_Subject = Mapping[str, list[str]]
_Shape = Mapping[str, list[str]]


def broken(quads: Iterable[Quad], names: Names) -> Iterator[tuple[str, str, str, str | None]]:
    """Each breach as node, rule, path and value, as N-Triples terms; a value that is broken twice comes twice."""
    graph: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in {quad[:3] for quad in quads}:
        graph[subject][predicate].append(value)
    shapes = _shapes(names.base)
    by_class: dict[str, list[_Shape]] = defaultdict(list)
    for shape in shapes.values():
        for target in shape.get("targetClass", ()):
            by_class[target].append(shape)
    for node, about in graph.items():
        mine = {id(shape): shape for kind in about.get(_TYPE, ()) for shape in by_class.get(kind, ())}
        for shape in mine.values():
            for name in shape.get("property", ()):
                rule = shapes[name]
                message = _text(rule["message"][0])
                for breach in _breaches(rule, about, graph, shapes):
                    yield node, message, rule["path"][0], breach


def _breaches(
    rule: _Shape, about: _Subject, graph: Mapping[str, _Subject], shapes: Mapping[str, _Shape]
) -> Iterator[str | None]:
    """The values of a node that break a property shape; None where there are too few or too many."""
    values = about.get(rule["path"][0], [])
    if len(values) < _number(rule, "minCount", 0) or len(values) > _number(rule, "maxCount", float("inf")):
        yield None
    if "qualifiedValueShape" in rule:
        fitting = sum(not _wrong(shapes[rule["qualifiedValueShape"][0]], value, graph, shapes) for value in values)
        low, high = _number(rule, "qualifiedMinCount", 0), _number(rule, "qualifiedMaxCount", float("inf"))
        if not low <= fitting <= high:
            yield None
    for value in values:
        if _wrong(rule, value, graph, shapes):
            yield value
        for other in about.get(rule["lessThan"][0], ()) if "lessThan" in rule else ():
            if not _value(value) < _value(other):
                yield value


def _wrong(rule: _Shape, value: str, graph: Mapping[str, _Subject], shapes: Mapping[str, _Shape]) -> bool:
    """Whether a value breaks a constraint that is on it alone."""
    plain = _text(value) if value.startswith('"') else value.strip("<>")
    tests: dict[str, Callable[[str], bool]] = {
        "datatype": lambda wanted: _datatype(value) == wanted,
        "class": lambda wanted: wanted in graph.get(value, {}).get(_TYPE, ()),
        "nodeKind": lambda wanted: value.startswith("<") == wanted.endswith("#IRI>"),
        "minInclusive": lambda least: _value(value) >= _value(least),
        "maxInclusive": lambda most: _value(value) <= _value(most),
        "minLength": lambda least: len(plain) >= _value(least),
        "pattern": lambda pattern: re.search(_text(pattern), plain) is not None,
        "in": lambda head: value in _list(head, shapes),
        "or": lambda head: any(not _wrong(shapes[one], value, graph, shapes) for one in _list(head, shapes)),
        "node": lambda shape: (
            not any(
                True
                for name in shapes[shape].get("property", ())
                for _ in _breaches(shapes[name], graph.get(value, {}), graph, shapes)
            )
        ),
    }
    return any(not test(wanted) for name, test in tests.items() for wanted in rule.get(name, ()))


@cache
def _shapes(base: str) -> Mapping[str, _Shape]:
    """Every node of shapes.ttl: local name of a property → values; DataError where a shape has what isn't known."""
    import pyoxigraph

    text = resources.files("triplomat.ontology").joinpath("shapes.ttl").read_text("utf-8").replace(BASE, base)
    nodes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in pyoxigraph.parse(text, pyoxigraph.RdfFormat.TURTLE):
        predicate = str(quad.predicate)
        name = predicate.rpartition("#")[2][:-1]
        if predicate.startswith(SH) and name not in _KNOWN:
            raise DataError("shapes.ttl", None, f"sh:{name} is not known to the check; teach it to graph/shapes.py")
        nodes[str(quad.subject)][name].append(str(quad.object))
    return {name: dict(values) for name, values in nodes.items()}


def _list(head: str, shapes: Mapping[str, _Shape]) -> Iterator[str]:
    while head in shapes:
        yield shapes[head]["first"][0]
        head = shapes[head]["rest"][0]


def _number(rule: _Shape, name: str, default: float) -> float:
    return _value(rule[name][0]) if name in rule else default


def _value(term: str) -> float:
    """The number of a literal, NaN where it is none, so that no comparison with it holds."""
    try:
        return float(_text(term))
    except ValueError:
        return float("nan")


def _text(term: str) -> str:
    match = _LITERAL.fullmatch(term)
    if not match:
        return ""
    return match[1] if "\\" not in match[1] else match[1].replace("\\\\", "\0").replace('\\"', '"').replace("\0", "\\")


def _datatype(term: str) -> str | None:
    match = _LITERAL.fullmatch(term)
    return (match[2] or _STRING) if match and "@" not in term[len(match[1]) + 2 :] else None
