"""Which organisations the words around a person's name tell: "Facebook co-founder Mark Zuckerberg", "X, head of Y"."""

from __future__ import annotations

from collections.abc import Callable

from triplomat.ontology.descriptions import load_descriptions

from .reference import Reference
from .tree import Tree

_INSIDE = ("compound", "nmod", "amod", "poss", "appos", "prep", "pobj")
_BELONGING = frozenset({"of", "for", "at", "with", "from"})


def serving(tree: Tree, known: Callable[[int], Reference | None], name: int) -> list[Reference]:
    """The organisations in the phrase around the name that a token heads, relative clauses and places left out.

    `known` tells what a token's phrase refers to, as far as that is known.
    """
    top = name
    while tree.dep[top] == "appos" and tree.pos[tree.head[top]] in ("NOUN", "PROPN", "ADJ"):
        top = tree.head[top]
    found: dict[str, Reference] = {}
    pending = [top]
    while pending:
        node = pending.pop(0)
        reference = known(node)
        if reference is not None and reference.type == "Organization" and reference.entity is not None:
            found.setdefault(reference.entity, reference)
        kids = tree.kids_of(node, *_INSIDE)
        pending += [kid for kid in kids if tree.dep[kid] != "prep" or tree.lower[kid] in _BELONGING]
    return list(found.values())


def named_by(tree: Tree, known: Callable[[int], Reference | None], noun: int) -> Reference | None:
    """The organisation that stands before a word for what it is: "the Hamas movement", "the Gazprom company"."""
    if tree.lemma[noun] not in load_descriptions().organisations:
        return None
    before = tree.kids_of(noun, "compound", "nmod", "amod")
    for kid in reversed([node for one in before for node in (*tree.kids_of(one, "compound"), one)]):
        reference = known(kid)
        if reference is not None:
            named = reference.type == "Organization" and reference.entity
            return reference.by("description", 0.95) if named else None
    return None


def fitting(bodies: list[Reference], noun: str) -> Reference | None:
    """The one of several organisations that a noun can mean ("company"), by its sector or a word of its name."""
    words = load_descriptions()
    kinds = words.organisations.get(noun)
    if kinds is None:
        return None
    fit = [one for one in bodies if not kinds or one.sector in kinds or kinds & _words(one)]
    if not fit and any(kind.isupper() for kind in kinds):  # of what sector an unknown one is nobody has told
        fit = [one for one in bodies if one.sector is None and noun in words.designating]
    return fit[0] if len(fit) == 1 else None


def _words(body: Reference) -> set[str]:
    return set((body.entity or "").partition(":")[2].lower().replace("-", "_").split("_"))
