"""What Tab offers in `%sparql` and `%%sparql`: actors, relations and other terms, variables, shipped queries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from triplomat.ontology.terms import ENTITY_KINDS, Names, declared

from .knowledge_graph import KnowledgeGraph
from .shipped import shipped

_MAGIC = re.compile(r"\s*%%?sparql\b")
_SETTING = re.compile(r"--set\s+[\"']?(\w+)=([^\"']*)$")
_WORD = re.compile(r"[?$]?[\w:.-]*$")
_LINE_WORD = re.compile(r"%sparql\s+(?:\w+\s+)?([\w-]*)$")


def register(shell: Any) -> None:
    """Add the completions to a shell."""
    from IPython.core.completer import SimpleCompletion, context_matcher

    @context_matcher()  # type: ignore[untyped-decorator]
    def sparql_matcher(context: Any) -> dict[str, Any]:
        before = _before(context.full_text, context.cursor_line, context.cursor_position)
        if before is None:
            return {"completions": []}
        fragment, offers = completions(before, context.full_text, _graph(shell.user_ns))
        found = [SimpleCompletion(text=offer, type="sparql") for offer in offers]
        return {"completions": found, "matched_fragment": fragment, "suppress": bool(found)}

    shell.Completer.custom_matchers.append(sparql_matcher)


def completions(before: str, whole: str, graph: KnowledgeGraph | None) -> tuple[str, list[str]]:
    """The fragment that ends at the cursor and what it could become, given the text before the cursor and the whole.

    >>> completions("%%sparql kg\\nSELECT ?who { ?who rel:suppl", "", None)
    ('rel:suppl', ['rel:supplies', 'rel:suppliesTo'])
    """
    if setting := _SETTING.search(before):
        labels = sorted(set(graph.labels.values())) if graph else []
        return setting[2], [label for label in labels if label.casefold().startswith(setting[2].casefold())]
    if line := _LINE_WORD.search(before):
        return line[1], [name for name in shipped() if name.startswith(line[1])]
    match = _WORD.search(before)
    fragment = match[0] if match else ""
    return fragment, sorted(
        {offer for offer in _offers(fragment, whole, graph) if offer.startswith(fragment)} - {fragment}
    )


def _offers(fragment: str, whole: str, graph: KnowledgeGraph | None) -> Iterator[str]:
    prefix, colon, _ = fragment.partition(":")
    if fragment[:1] in ("?", "$"):
        yield from re.findall(r"[?$]\w+", whole)
    elif colon and prefix in declared():
        yield from (f"{prefix}:{name}" for name in declared()[prefix])
    elif colon and prefix in ENTITY_KINDS and graph is not None:
        yield from (name for name in graph.entities if name.startswith(f"{prefix}:"))
    elif fragment and not colon:
        yield from (f"{name}:" for name in Names().prefixes)


def _before(whole: str, line: int, position: int) -> str | None:
    """The text of a cell before the cursor, from its first line, where it is one of the magic's."""
    lines = whole.split("\n")
    begin = 0 if re.match(r"\s*%%sparql\b", whole) else line
    if not lines or not _MAGIC.match(lines[begin]):
        return None
    return "\n".join([*lines[begin:line], lines[line][:position]])


def _graph(names: dict[str, Any]) -> KnowledgeGraph | None:
    return next((value for value in names.values() if isinstance(value, KnowledgeGraph)), None)
