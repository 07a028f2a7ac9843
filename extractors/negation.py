"""Whether a predicate is negated: not, never, no longer, "nobody", "not one", "nor did it", "at no point"."""

from __future__ import annotations

from triplomat.ontology.words import Words

from .tree import Tree

_INVERTED = frozenset(
    {"did", "does", "do", "has", "have", "had", "is", "are", "was", "were", "will", "would", "could", "can"}
)
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr"})
_COORDINATORS = frozenset({"advmod", "preconj", "cc", "neg"})
_DETERMINERS = frozenset({"det", "neg", "preconj"})
REASONS = frozenset({"because", "out", "due"})
_WITHIN = frozenset({"det", "nummod", "quantmod", "amod"})


def is_negated(tree: Tree, i: int, chain: list[int], words: Words) -> bool:
    """Whether the predicate at token i, with its auxiliaries `chain`, is itself negated."""
    mark = tree.first(i, "mark")
    for j in chain:
        if mark is not None and j < mark:  # "but not while it lasts"
            continue
        if tree.dep[j] == "neg" and tree.lower[j - 1] != "or":  # "whether or not"
            return True
        if tree.dep[j] == "aux" and tree.kids[j] and tree.first(j, "neg") is not None:  # "did not, as he claims, leak"
            return True
    if _joined_by_nor(tree, i) or _not_so_much_as(tree, i) or _fronted(tree, i, words):
        return True
    for kid in tree.kids[i]:
        dep = tree.dep[kid]
        if dep in _ARGUMENTS:
            if tree.lower[kid] in words.nobody or lacks(tree, kid, words):
                return True
        elif dep in _COORDINATORS:
            if _negates(tree, kid, i, words):
                return True
        elif dep == "prep":
            if _at_no_point(tree, kid, words) or _not_so(tree, kid, i):
                return True
        elif dep in ("acomp", "oprd"):
            if _not_so(tree, kid, i):
                return True
        elif dep in ("agent", "dative") and _by_nobody(tree, kid, words):
            return True
    return False


def _not_so(tree: Tree, kid: int, i: int) -> bool:
    """'Was "not on the table"': the negation that quotation marks part from its verb."""
    first, _ = tree.edges(kid)
    quoted = tree.lemma[i] == "be" and first == i + 2 and tree.text[i + 1] in ('"', "“", "``")
    return quoted and tree.lower[first] == "not" and tree.lower[first + 1 : first + 2] not in (["only"], ["just"])


def denied_reason(tree: Tree, i: int) -> int | None:
    """ "Was not signed because of a bribe, but because": the reason that is denied in place of what token i tells.

    It is the preposition or the clause; another reason must follow ("but because", "it did so because").
    """
    for kid in tree.kids[i]:
        opener = kid if tree.dep[kid] == "prep" else tree.first(kid, "mark") if tree.dep[kid] == "advcl" else None
        if opener is None or opener < i or tree.lower[opener] not in REASONS:
            continue
        _, end = tree.sentence(i)
        later = (j for j in range(opener + 2, end) if tree.lower[j] in REASONS)
        for j in later:
            again = any(tree.lemma[k] == tree.lemma[i] for k in range(opener, j))
            if again or tree.lower[j - 1] in ("but", "so"):
                return kid
    return None


def _by_nobody(tree: Tree, preposition: int, words: Words) -> bool:
    """ "Was supported by no evidence", "told to nobody"."""
    noun = tree.first(preposition, "pobj")
    return noun is not None and (tree.lower[noun] in words.nobody or lacks(tree, noun, words))


def _not_so_much_as(tree: Tree, i: int) -> bool:
    """ "Did not so much as recall him", "did not so much lose it as decline it"."""
    words = tree.lower[max(0, i - 4) : i]
    if words[-3:] != ["so", "much", "as"] and words[-2:] != ["so", "much"]:
        return False
    return bool({"not", "n't", "n’t", "never"} & {*words[:2], tree.lower[max(0, i - 3)]})


def _fronted(tree: Tree, i: int, words: Words) -> bool:
    """ "Nowhere in it does the draft say", "at no time did he": the verb behind the auxiliary before its subject."""
    first, _ = tree.sentence(i)
    opens = tree.lower[first] in words.never or (
        first + 2 < i and tree.lower[first + 1] == "no" and tree.lower[first + 2] in words.circumstances
    )
    if not opens or tree.lower[first] == "neither":
        return False
    auxiliary = next((j for j in range(first + 1, i) if tree.lower[j] in _INVERTED), None)
    if auxiliary is None or tree.pos[auxiliary + 1] in ("VERB", "PUNCT", "ADV"):
        return False
    commas = 0
    for j in range(auxiliary + 1, i):
        commas += tree.text[j] == ","
        if tree.pos[j] == "VERB" and commas % 2 == 0:
            return False
    return tree.pos[i] == "VERB" and commas % 2 == 0


def lacks(tree: Tree, noun: int, words: Words) -> bool:
    """Whether a noun is denied: "no evidence", "not one country", "hardly any ships"."""
    if not tree.kids[noun]:
        return False
    below = [*tree.kids[noun], *(k for j in tree.kids[noun] if tree.dep[j] in _WITHIN for k in tree.kids[j])]
    for j in below:
        word, dep = tree.lower[j], tree.dep[j]
        if word in words.no and dep in _DETERMINERS:
            return True
        if word in words.hardly and dep == "advmod" and tree.tag[tree.head[j]] != "CD":
            return True
        if word == "not" and j < noun and tree.lower[j + 1] not in words.restricted:
            return True
    return False


def is_scarce(tree: Tree, i: int, words: Words) -> bool:
    """Whether a predicate is next to denied: "few believe", "did little to", "rarely"."""
    for kid in tree.kids[i]:
        if tree.dep[kid] in _ARGUMENTS or tree.dep[kid] in ("advmod", "npadvmod", "amod", "expl"):
            if tree.lower[kid] in words.scarce and not any(tree.lower[j] == "a" for j in tree.kids[kid]):
                return True
            if tree.dep[kid] in _ARGUMENTS and is_scanty(tree, kid, words):
                return True
    return False


def is_scanty(tree: Tree, noun: int, words: Words) -> bool:
    """Whether there is next to none of what a noun names: "little chance", "few signs"."""
    kids = [kid for kid in tree.kids[noun] if tree.dep[kid] in ("amod", "det", "advmod")]
    return any(tree.lower[kid] in words.scarce for kid in kids) and not any(tree.lower[kid] == "a" for kid in kids)


def _negates(tree: Tree, kid: int, i: int, words: Words) -> bool:
    word = tree.lower[kid]
    if word in words.hardly:
        return not _no_sooner(tree, i)
    if word in words.never:
        return True
    if word == "nor":
        return kid < i
    return word == "longer" and any(tree.lower[j] == "no" for j in tree.kids[kid])


def _no_sooner(tree: Tree, i: int) -> bool:
    """ "Scarcely had he left when": he did leave."""
    return any(
        tree.dep[kid] == "advcl" and any(tree.lower[j] in ("when", "before", "than") for j in tree.kids[kid])
        for kid in tree.kids[i]
    )


def _joined_by_nor(tree: Tree, i: int) -> bool:
    head = tree.head[i]
    if tree.dep[i] != "conj" and (tree.dep[i] not in ("advcl", "dep", "ccomp") or tree.first(i, "mark") is not None):
        return False
    joins = [kid for kid in tree.kids[head] if tree.dep[kid] == "cc" and head < kid < i]
    return bool(joins) and tree.lower[joins[-1]] == "nor"


def _at_no_point(tree: Tree, preposition: int, words: Words) -> bool:
    noun = tree.first(preposition, "pobj")
    return (
        noun is not None
        and tree.lemma[noun] in words.circumstances
        and any(tree.lower[kid] == "no" for kid in tree.kids[noun])
    )
