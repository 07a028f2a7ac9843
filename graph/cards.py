"""What is known of an IRI → a page that a person reads; every name and quote only ever as escaped text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from html import escape

from triplomat.ontology.terms import Names

from .shipped import shipped

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b2733}"
    "h1{margin-bottom:0}code{color:#555}dt{font-weight:600;margin-top:.7rem}dd{margin:0 0 0 1.5rem}"
    "a{color:#0b57a4}pre{background:#f4f6f8;padding:.7rem;overflow:auto}"
)
_PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>{style}</style></head>'
    '<body><p><a href="{root}">Graph</a> · <a href="{root}sparql">SPARQL</a></p>{content}</body></html>'
)
_SHOWN = 200


def card_html(
    iri: str, ntriples: bytes, names: Names, *, root: str = "../", prefixes: Mapping[str, str] | None = None
) -> str:
    """The card of an IRI from the triples about it, which also hold the labels of what they name.

    `root` is the way from it to the base of our IRIs, `prefixes` are those of predicates beside ours.
    """
    import pyoxigraph

    label_of = f"{names.prefixes['rdfs']}label"
    labels: dict[str, str] = {}
    out: dict[str, list[str]] = defaultdict(list)
    into: dict[str, list[str]] = defaultdict(list)
    triples = sorted(pyoxigraph.parse(ntriples, pyoxigraph.RdfFormat.N_TRIPLES), key=str)
    for triple in triples:
        if triple.predicate.value == label_of and isinstance(triple.object, pyoxigraph.Literal):
            labels[str(getattr(triple.subject, "value", ""))] = triple.object.value

    def shown(term: object) -> str:
        if not isinstance(term, pyoxigraph.NamedNode):
            return escape(str(getattr(term, "value", term)))
        name = labels.get(term.value) or names.compact(term.value)
        if term.value.startswith(names.base):
            return f'<a href="{root}{escape(term.value[len(names.base) :], quote=True)}">{escape(name)}</a>'
        if term.value.startswith(("http://", "https://")):
            return f'<a rel="noreferrer" href="{escape(term.value, quote=True)}">{escape(name)}</a>'
        return escape(name)

    for triple in triples:
        predicate = _compact(triple.predicate.value, names, prefixes or {})
        if getattr(triple.subject, "value", None) == iri:
            out[predicate].append(shown(triple.object))
        elif getattr(triple.object, "value", None) == iri:
            into[predicate].append(shown(triple.subject))
    title = escape(labels.get(iri) or names.compact(iri))
    parts = [_list("", out), _list("is the ", into, " of")]
    content = f"<h1>{title}</h1><p><code>{escape(iri)}</code></p>{''.join(parts)}"
    return _PAGE.format(root=root, title=title, style=_STYLE, content=content)


def queries_html() -> str:
    """The shipped queries, to read and copy."""
    parts = [
        f"<h2>{escape(query.title)}</h2><p>{escape(query.question)}</p><pre>{escape(query.text)}</pre>"
        for query in shipped().values()
    ]
    content = f"<h1>Shipped queries</h1>{''.join(parts)}"
    return _PAGE.format(root="./", title="Shipped queries", style=_STYLE, content=content)


def _compact(iri: str, names: Names, prefixes: Mapping[str, str]) -> str:
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return names.compact(iri)


def _list(before: str, rows: dict[str, list[str]], after: str = "") -> str:
    items = []
    for predicate, values in sorted(rows.items()):
        more = f"<dd>… and {len(values) - _SHOWN} more</dd>" if len(values) > _SHOWN else ""
        cells = "".join(f"<dd>{value}</dd>" for value in values[:_SHOWN])
        items.append(f"<dt>{before}{escape(predicate)}{after}</dt>{cells}{more}")
    return f"<dl>{''.join(items)}</dl>" if items else ""
