"""Whether a verb is passive: by its auxiliary, by what it shares with a sibling, or by what it lacks."""

from __future__ import annotations

from triplomat.ontology.words import load_words

from .tree import Tree

OWN = ("nsubj", "nsubjpass", "csubj", "csubjpass")


def is_passive(tree: Tree, i: int) -> bool:
    """Whether the verb at token i is passive, also where the auxiliary is shared or left out."""
    known = tree.passives.get(i)
    if known is None:
        known = tree.passives[i] = _is_passive(tree, i)
    return known


def _is_passive(tree: Tree, i: int) -> bool:
    if tree.first(i, "auxpass", "nsubjpass", "csubjpass") is not None:
        return True
    if tree.tag[i] not in ("VBN", "VBD"):
        return False
    if tree.tag[i] == "VBD" and tree.lower[i] in load_words().undergone and _is_undergone(tree, i):
        return True
    if _is_beside(tree, i):
        return tree.first(i, "dobj") is None
    if tree.dep[i] == "acl":
        if any(tree.lower[kid] == "having" for kid in tree.kids_of(i, "aux")):
            return tree.first(i, "auxpass") is not None  # "Tehran, having voted to leave"
        if tree.first(i, "aux") is not None and tree.first(i, *OWN) is not None:  # "evidence that they had broken in"
            return False
        return tree.tag[i] == "VBN" or tree.first(i, "dobj") is None
    if tree.dep[i] == "conj" and tree.tag[i] == "VBD" and (_shares_present(tree, i) or _is_reduced_too(tree, i)):
        return True
    if tree.dep[i] in ("ccomp", "conj") and _is_made(tree, i):
        return True
    if tree.tag[i] == "VBN" and tree.first(i, "aux") is None and tree.first(i, *OWN) is None:
        if tree.dep[i] == "conj":
            return is_passive(tree, tree.head[i])
        if tree.dep[i] in ("advcl", "relcl"):
            return True
    return tree.first(i, "agent") is not None and tree.first(i, "dobj") is None


def _is_beside(tree: Tree, i: int) -> bool:
    """Whether a participle with a subject of its own stands behind "with": "with half of the votes counted"."""
    if tree.tag[i] not in ("VBN", "VBD") or tree.first(i, "aux") is not None or tree.first(i, "nsubj") is None:
        return False
    mark = tree.head[i] if tree.dep[i] == "pcomp" else tree.first(i, "mark")
    return mark is not None and tree.lower[mark] == "with" and tree.dep[i] in ("advcl", "ccomp", "pcomp")


def _is_made(tree: Tree, i: int) -> bool:
    """ "Want the base closed", "found itself praised": what becomes of a thing behind such a verb is done to it."""
    if tree.dep[i] == "conj" and tree.first(i, *OWN) is None:
        sibling = tree.head[i]
        return tree.dep[sibling] == "ccomp" and tree.first(i, "aux", "dobj") is None and _is_made(tree, sibling)
    verb, thing = tree.head[i], tree.first(i, "nsubj")
    words = load_words()
    if thing is None or not verb < thing < i:
        return False
    if tree.lemma[verb] not in (words.making if tree.tag[i] == "VBN" else words.wishing):
        return False
    return tree.first(i, "aux", "auxpass", "mark", "dobj") is None


def _is_reduced_too(tree: Tree, i: int) -> bool:
    """ "Built by monks and sold to China, the abbey": beside a participle without auxiliary stands another."""
    head = tree.head[i]
    if tree.tag[head] != "VBN" or tree.dep[head] not in ("advcl", "acl") or tree.first(i, *OWN, "dobj", "aux"):
        return False
    return tree.first(head, "aux", "auxpass", "mark", *OWN) is None and is_passive(tree, head)


def _is_undergone(tree: Tree, i: int) -> bool:
    """ "Flights diverted", "was convicted and jailed": what nobody does without an object is done to the subject."""
    if tree.dep[i] in ("relcl", "acl", "ccomp") or tree.first(i, "dobj", "aux", "ccomp", "dative") is not None:
        return False
    own = tree.first(i, *OWN)
    if own is None and not (tree.dep[i] == "conj" and is_passive(tree, tree.head[i])):
        return False
    return not any(tree.first(kid, "dobj") is not None for kid in tree.kids_of(i, "conj"))


def _shares_present(tree: Tree, i: int) -> bool:
    """ "Is cut and flushed": behind a passive that isn't of the past, a form in -ed is a participle too."""
    head = tree.head[i]
    if tree.first(i, *OWN, "dobj", "aux") is not None or not is_passive(tree, head):
        return False
    if any(tree.tag[kid] == "VBN" and tree.first(kid, "aux", *OWN) is None for kid in tree.kids_of(i, "conj")):
        return True
    while tree.dep[head] == "conj" and tree.first(head, "auxpass") is None:
        head = tree.head[head]
    auxiliary = tree.first(head, "auxpass")
    return auxiliary is not None and tree.lower[auxiliary] not in ("was", "were", "got")
