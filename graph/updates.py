"""Changes of a built folder: articles added and taken out, exactly, and what two graphs differ in.

A graph is a function of its articles, so a folder after adding and removing is the folder that a build of the same
articles would have written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from triplomat.errors import UsageError
from triplomat.extractors.parallel import batched
from triplomat.ontology.terms import BASE, Names

from .assembly import ACTORS, LEXICON, Counts, Recipe, assemble
from .build import BATCH, Works, build_folder
from .contributions import Contributor, contribution
from .facts import Fact
from .folder import locked, replacing, temporary
from .saving import read_built, read_manifest, table
from .spool import Spool

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
    works: Works | None = None,
    *,
    published: str | None = None,
    **options: Any,
) -> Counts:
    """Read more articles into a built folder; an article that is there already is read anew.

    Options as `Extractor`'s, each that of the build where it isn't given.
    """
    folder = _there(folder)
    maker, recipe = _made_with(folder, **options)
    return build_folder(inputs, folder, maker, recipe, works or Works(), published=published, done=read_built(folder))


def retry(
    folder: str | Path,
    works: Works | None = None,
    *,
    inputs: Sequence[str | Path] = (),
    published: str | None = None,
    **options: Any,
) -> Counts:
    """Read the inputs of a built folder again, or these: what it has is taken over, what failed is tried anew."""
    folder = _there(folder)
    maker, recipe = _made_with(folder, **options)
    told = read_manifest(folder).get("options", {})
    inputs = [*inputs] or told.get("inputs", [])
    if not inputs:
        raise UsageError(f"{folder}: its manifest names no inputs; give them")
    published = published or told.get("published")
    recipe = replace(recipe, manifest={})
    return build_folder(inputs, folder, maker, recipe, works or Works(), published=published, done=read_built(folder))


def add_articles(folder: str | Path, articles: Iterable[Article], statements: Iterable[Statement]) -> Counts:
    """Put articles and their statements into a built folder."""
    told: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        told[statement.document].append(statement)
    new = {article.id: (article, told[article.id]) for article in articles}
    return _rewritten(folder, lambda article: article.id not in new, new.values())


def remove(folder: str | Path, documents: Iterable[str]) -> Counts:
    """Take articles out of a built folder by their ids; UsageError, with nothing changed, where one isn't there."""
    documents = frozenset(documents)
    there = [article.id for article, _ in read_built(_there(folder))]
    if missing := sorted(documents.difference(there)):
        near = get_close_matches(missing[0], there, n=2)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise UsageError(f"{folder}: holds no article {missing[0]!r}{hint}")
    return _rewritten(folder, lambda article: article.id not in documents)


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


def _there(folder: str | Path) -> Path:
    folder = Path(folder)
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder; make one with `triplomat build INPUT -o {folder}`")
    return folder


def _made_with(folder: Path, **options: Any) -> tuple[Contributor, Recipe]:
    """With what a folder was built, or is to be from now on."""
    manifest = read_manifest(folder)
    told = manifest.get("options", {})
    names = Names(manifest.get("base_iri", BASE))
    actors = options.get("actors") or table(folder, ACTORS)
    lexicon = options.get("lexicon") or table(folder, LEXICON)
    encoder = bool(options.get("encoder", True)) and bool(told.get("encoder", True))
    maker = Contributor(
        options.get("model") or told.get("model"), actors, lexicon, encoder, names.base, bool(options.get("check"))
    )
    formats = tuple(manifest.get("rdf", ["trig"]))
    return maker, Recipe(names, manifest.get("title"), actors, lexicon, formats, manifest, carried=folder)


def _rewritten(
    folder: str | Path,
    keep: Callable[[Article], bool],
    more: Iterable[tuple[Article, list[Statement]]] = (),
) -> Counts:
    """A folder with the articles that are kept and some more, its lock held throughout."""
    folder = _there(folder)
    with locked(folder), temporary(folder) as work, Spool(work / "spool.sqlite") as spool:
        _, recipe = _made_with(folder)
        kept = (pair for pair in read_built(folder) if keep(pair[0]))
        for batch in batched(chain(kept, more), BATCH):
            spool.put(contribution(article, told, recipe.names) for article, told in batch)
        with replacing(folder, held=True) as new:
            return assemble(spool, new, recipe)
