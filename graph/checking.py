"""A graph against the SHACL shapes of the ontology → the nodes that break a rule, and the rule that each breaks.

`check` evaluates the shapes itself; `check_with_pyshacl` has pyshacl do it, on an rdflib memory graph (on an Oxigraph
store it gives false results), in portions that can be checked alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from triplomat.errors import UsageError
from triplomat.ontology.terms import BASE, Names

from .quads import Quad
from .shapes import broken

if TYPE_CHECKING:
    import rdflib

_PORTION = 20_000


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A node that breaks a rule: prefixed names, the rule in words, and the value that breaks it or None."""

    node: str
    rule: str
    path: str | None
    value: str | None

    def __str__(self) -> str:
        where = f" ({self.path}" + (f" is {self.value})" if self.value else ")") if self.path else ""
        return f"{self.node}: {self.rule}{where}"


def check_folder(folder: Path) -> list[Violation]:
    """The violations of a built folder's RDF, in the order of their nodes."""
    from .sources import folder_names

    for ending, format in ((".nq", "N_QUADS"), (".trig", "TRIG"), (".jsonld", "JSON_LD"), (".ttl", "TURTLE")):
        if (path := folder / f"graph{ending}").is_file():
            return check(read_quads(path, format), folder_names(folder))
    raise UsageError(f"{folder}: holds no graph.trig or other RDF to check; build it with `triplomat build`")


def read_quads(path: Path, format: str) -> list[Quad]:
    """The quads of a file; UsageError where it can't be parsed."""
    import pyoxigraph

    try:
        parsed = pyoxigraph.parse(path.read_bytes(), getattr(pyoxigraph.RdfFormat, format))
        return [
            (str(quad.subject), str(quad.predicate), str(quad.object), _graph(str(quad.graph_name))) for quad in parsed
        ]
    except (SyntaxError, ValueError) as error:
        raise UsageError(f"{path}: can't be read as RDF ({error})") from error


def check(quads: Iterable[Quad], names: Names) -> list[Violation]:
    """The violations of a dataset, in the order of their nodes; none where it conforms."""
    found = {
        Violation(
            names.compact(node[1:-1]) if node.startswith("<") else node,
            rule,
            names.compact(path[1:-1]),
            None if value is None else _shown(_node(value), names),
        )
        for node, rule, path, value in broken(quads, names)
    }
    return _sorted(found)


def check_with_pyshacl(quads: Iterable[Quad], names: Names) -> list[Violation]:
    """The same by an independent engine, forty times as slow: what `check` is tested against."""
    try:
        import pyshacl  # noqa: F401
    except ImportError as error:
        raise UsageError("this check needs pyshacl; install it with: pip install 'triplomat[check]'") from error
    found: set[Violation] = set()
    for portion in _portions(list(quads)):
        found |= set(_validate(portion, names))
    return _sorted(found)


def _sorted(found: Iterable[Violation]) -> list[Violation]:
    return sorted(found, key=lambda item: (item.node, item.rule, item.path or "", item.value or ""))


def _portions(quads: list[Quad]) -> Iterator[list[Quad]]:
    """Portions that can be checked alone: some subjects with all their quads, and types and labels of what they name.

    Only the subjects of a portion's own have more than a type and a label in it, and these alone are its focus.
    """
    by_subject: dict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        by_subject[quad[0]].append(quad)
    beside = {name: [quad for quad in group if _names(quad)] for name, group in by_subject.items()}
    portion: dict[str, list[Quad]] = {}
    size = 0
    for name, group in by_subject.items():
        portion[name] = group
        size += len(group)
        if size >= _PORTION:
            yield _with_neighbours(portion, beside)
            portion, size = {}, 0
    if portion:
        yield _with_neighbours(portion, beside)


def _with_neighbours(portion: dict[str, list[Quad]], beside: dict[str, list[Quad]]) -> list[Quad]:
    named = {quad[2] for group in portion.values() for quad in group if quad[2] in beside} - portion.keys()
    focus = [quad for group in portion.values() for quad in group]
    return [*focus, *(quad for name in sorted(named) for quad in beside[name])]


def _names(quad: Quad) -> bool:
    """Whether a quad says what kind of thing its subject is, or what it is called."""
    return quad[1].endswith(("#type>", "#label>"))


def _validate(quads: list[Quad], names: Names) -> Iterator[Violation]:
    import pyshacl
    import rdflib

    data = rdflib.Graph()
    data.addN((_node(s), _node(p), _node(o), data) for s, p, o, _ in quads)
    shacl = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    own = {subject for subject, predicate, _, _ in quads if not predicate.endswith(("#type>", "#label>"))}
    conforms, report, _ = pyshacl.validate(data, shacl_graph=_shapes(names.base), advanced=False, inplace=True)
    if conforms or not isinstance(report, rdflib.Graph):
        return
    for result in report.subjects(rdflib.RDF.type, shacl.ValidationResult):
        node = report.value(result, shacl.focusNode)
        if node is None or f"<{node}>" not in own:
            continue
        message, path = report.value(result, shacl.resultMessage), report.value(result, shacl.resultPath)
        broken = report.value(result, shacl.value)
        yield Violation(
            names.compact(str(node)),
            str(message),
            names.compact(str(path)) if path is not None else None,
            _shown(broken, names) if broken is not None else None,
        )


def _shown(value: object, names: Names) -> str:
    text = str(value)
    return names.compact(text) if text.startswith(names.base) else repr(text)


@cache
def _shapes(base: str) -> rdflib.Graph:
    import rdflib

    text = resources.files("triplomat.ontology").joinpath("shapes.ttl").read_text("utf-8")
    return rdflib.Graph().parse(data=text.replace(BASE, base), format="turtle")


_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?', re.DOTALL)


def _node(term: str) -> rdflib.term.Node:
    import rdflib
    from rdflib.plugins.parsers.ntriples import unquote

    if term.startswith("<"):
        return rdflib.URIRef(term[1:-1])
    if match := _LITERAL.fullmatch(term):
        kind = rdflib.URIRef(match[3] or "http://www.w3.org/2001/XMLSchema#string") if not match[2] else None
        return rdflib.Literal(unquote(match[1]), lang=match[2], datatype=kind)
    return rdflib.BNode(term.removeprefix("_:"))


def _graph(name: str) -> str:
    return "" if name == "DEFAULT" else name
