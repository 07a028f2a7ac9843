"""The ontology → a page that describes it term by term, with examples and the terms of other vocabularies beside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from html import escape

from triplomat.ontology.terms import Names, vocabulary

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#1b2733}"
    "h3{margin:1.4rem 0 0}p{margin:.2rem 0}code{background:#f0f2f4;padding:0 .2em}.more{color:#556}a{color:#0b57a4}"
)
_ALIGNED = {
    "subClassOf": "a kind of",
    "subPropertyOf": "a kind of",
    "closeMatch": "close to",
    "broadMatch": "narrower than",
    "domain": "of",
    "range": "to",
    "broader": "under",
    "dyadRelation": "between actor and recipient",
    "ploverType": "usually",
    "score": "score",
}
_SECTIONS = (
    ("Classes", "tm", "Class"),
    ("Properties", "tm", "Property"),
    ("Values", "tm", "NamedIndividual"),
    ("Relations", "rel", "Property"),
    ("Event types, modes and contexts (PLOVER)", "plover", "Concept"),
)


def ontology_html(names: Names | None = None) -> str:
    """The page of the ontology, its relations and the PLOVER scheme under a base IRI."""
    names = names or Names()
    about: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in vocabulary(names.base):
        about[subject[1:-1]][_local(predicate[1:-1])].append(value)
    parts = []
    for title, prefix, kind in _SECTIONS:
        terms = [
            iri
            for iri in sorted(about)
            if iri.startswith(names.prefixes[prefix])
            and any(_local(t).rstrip(">").endswith(kind) for t in about[iri]["type"])
        ]
        parts.append(
            f"<h2>{escape(title)} ({len(terms)})</h2>{''.join(_term(iri, about[iri], names) for iri in terms)}"
        )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The ontology of Triplomat</title>'
        f"<style>{_STYLE}</style></head><body><h1>The ontology of Triplomat</h1>"
        f"<p><code>{escape(names.base)}ontology</code></p>{''.join(parts)}</body></html>\n"
    )


def _term(iri: str, about: Mapping[str, list[str]], names: Names) -> str:
    compact = names.compact(iri)
    label = _text(about.get("label", [f'"{compact}"'])[0])
    told = "".join(
        f"<p>{escape(_text(value))}</p>" for name in ("comment", "definition") for value in about.get(name, ())
    )
    examples = "".join(f"<p class=more>Example: {escape(_text(value))}</p>" for value in about.get("example", ()))
    aligned = "; ".join(
        f"{word} {', '.join(_shown(value, names) for value in about[name])}"
        for name, word in _ALIGNED.items()
        if about.get(name)
    )
    more = f"<p class=more>{aligned}</p>" if aligned else ""
    head = f'<h3 id="{escape(compact, quote=True)}">{escape(label)} <code>{escape(compact)}</code></h3>'
    return f"{head}{told}{examples}{more}"


def _shown(value: str, names: Names) -> str:
    if not value.startswith("<"):
        return escape(_text(value))
    iri = value[1:-1]
    compact = escape(names.compact(iri))
    if iri.startswith(names.base):
        return f'<a href="#{compact}">{compact}</a>'
    return compact


def _text(literal: str) -> str:
    """What a literal of the ontology says, without quotes, language and type."""
    body = literal[1 : literal.rindex('"')]
    return body.replace('\\"', '"').replace("\\n", " ").replace("\\\\", "\\")


def _local(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]
