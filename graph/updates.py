"""Changes of a built folder: articles added and taken out, exactly, and what two graphs differ in.

A graph is a function of its articles, so a folder after adding and removing is the folder that a build of the same
articles would have written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from triplomat.errors import InputError, UsageError

from .facts import Fact
from .folder import locked
from .saving import load

if TYPE_CHECKING:
    from triplomat.extractors.statement import Article, Statement

    from .knowledge_graph import KnowledgeGraph

KINDS = ("new", "gone", "strengthened", "weakened", "disputed", "settled")


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a fact: `kind` is one of KINDS; `before` is None for a new fact, `after` for one that is gone."""

    kind: str
    before: Fact | None
    after: Fact | None

    @property
    def fact(self) -> Fact:
        """The fact as it is, or as it was where it is gone."""
        fact = self.after or self.before
        assert fact is not None
        return fact


def add(
    folder: str | Path,
    inputs: Sequence[str | Path],
    *,
    published: str | None = None,
    skipped: Callable[[InputError], None] | None = None,
    **options: Any,
) -> KnowledgeGraph:
    """Read more articles into a built folder; an article that is there already is read anew. Options as `build`'s."""
    from triplomat.extractors.pipeline import Extractor

    from .build import readable

    extractor = Extractor(**options)
    found = list(extractor.articles(readable(inputs, published=published, skipped=skipped)))
    articles = [article for article, _ in found]
    return add_articles(folder, articles, [statement for _, statements in found for statement in statements])


def add_articles(folder: str | Path, articles: Iterable[Article], statements: Iterable[Statement]) -> KnowledgeGraph:
    """Put articles and their statements into a built folder."""
    return _update(Path(folder), lambda graph: graph.with_articles(articles, statements))


def remove(folder: str | Path, documents: Iterable[str]) -> KnowledgeGraph:
    """Take articles out of a built folder by their ids; UsageError, with nothing changed, where one isn't there."""
    documents = list(documents)

    def without(graph: KnowledgeGraph) -> KnowledgeGraph:
        there = {article.id for article in graph.articles}
        if missing := [name for name in documents if name not in there]:
            import difflib

            near = difflib.get_close_matches(missing[0], sorted(there), n=2)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            raise UsageError(f"{folder}: holds no article {missing[0]!r}{hint}")
        return graph.without(documents)

    return _update(Path(folder), without)


def diff(before: KnowledgeGraph, after: KnowledgeGraph) -> list[Change]:
    """How the facts of two graphs differ, by kind and then by fact.

    A fact is the same in both if it has the same id, or shares a statement (its id changes with its first report).
    """
    old = {fact.id: fact for fact in before.facts}
    new = {fact.id: fact for fact in after.facts}
    pairs = {name: name for name in old.keys() & new.keys()}
    owner = {item.id: fact.id for fact in before.facts if fact.id not in pairs for item in fact.statements}
    for fact in after.facts:
        shared = sorted({owner[item.id] for item in fact.statements if item.id in owner})
        if fact.id not in pairs.values() and shared and shared[0] not in pairs:
            pairs[shared[0]] = fact.id
    changes = [Change("new", None, fact) for fact in after.facts if fact.id not in pairs.values()]
    changes += [Change("gone", fact, None) for fact in before.facts if fact.id not in pairs]
    for was, now in sorted(pairs.items()):
        changes += [Change(kind, old[was], new[now]) for kind in _kinds(old[was], new[now])]
    return sorted(changes, key=lambda change: (KINDS.index(change.kind), change.fact.id))


def describe_changes(changes: Iterable[Change], labels: Mapping[str, str]) -> str:
    """The changes as lines that a person reads, one a change."""

    def name(entity: str) -> str:
        return labels.get(entity, entity)

    lines = []
    for change in changes:
        fact = change.fact
        told = " ".join(
            part
            for part in (
                " and ".join(name(actor) for actor in fact.actors),
                "not" if fact.polarity == "negative" else "",
                fact.relation or fact.predicate,
                name(fact.theme) if fact.theme else "",
                f"→ {' and '.join(name(recipient) for recipient in fact.recipients)}" if fact.recipients else "",
                f"({fact.modality})" if fact.modality != "asserted" else "",
                f"as {name(fact.attribution)} says" if fact.attribution else "",
            )
            if part
        )
        was = f"{change.before.belief:.2f} → " if change.before and change.after else ""
        lines.append(f"{change.kind:12} {told}  [belief {was}{fact.belief:.2f}]")
    return "\n".join(lines)


def _kinds(was: Fact, now: Fact) -> list[str]:
    kinds = []
    if now.belief != was.belief:
        kinds.append("strengthened" if now.belief > was.belief else "weakened")
    if bool(now.disputed_by) != bool(was.disputed_by):
        kinds.append("disputed" if now.disputed_by else "settled")
    return kinds


def _update(folder: Path, change: Callable[[KnowledgeGraph], KnowledgeGraph]) -> KnowledgeGraph:
    """Load, change and save a folder with its lock held throughout, in the RDF formats that it has."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder; make one with `triplomat build INPUT -o {folder}`")
    with locked(folder):
        graph = change(load(folder))
        graph.save(folder, rdf=graph.manifest.get("rdf", ["trig"]), held=True)
    return graph
