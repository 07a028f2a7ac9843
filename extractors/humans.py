"""Which names are people's by what stands beside them: "the victim, Hugo Torres", but "the tanker Ocean Dawn"."""

from __future__ import annotations

from collections.abc import Iterator

from triplomat.ontology.actors import Gazetteer
from triplomat.ontology.descriptions import load_descriptions

from .tree import Tree

_ARTICLES = frozenset({"the", "a", "an"})


def apposed_names(tree: Tree, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """The names of two words and more beside a noun for a person, from their first token up to the one after the last.

    "The victim, Hugo Torres Aguilar,", "two men, Ali Omar and Musa Bah,", "Mama Furaha, a mother of six".
    """
    for i, dep in enumerate(tree.dep):
        if dep != "appos" or tree.text[i - 1] == "(":
            continue
        head = tree.head[i]
        for name, noun in ((i, head), (head, i)):
            if tree.pos[noun] == "NOUN" and _ends_name(tree, name) and _is_person(tree, noun, gazetteer):
                for sibling in tree.conjuncts(name):
                    if (found := _name(tree, sibling)) is not None:
                        yield found


def is_role_before(tree: Tree, start: int, end: int, gazetteer: Gazetteer) -> bool:
    """Whether a common noun for a person stands right before a name of two words: "researcher Ilaria Allegrozzi"."""
    noun = start - 1
    if noun < 0 or not 2 <= end - start <= 4 or tree.tag[noun] != "NN" or not start <= tree.head[noun] < end:
        return False
    names = all(_is_part(tree, word) and not tree.text[word].isupper() for word in range(start, end))
    return names and not is_firm(tree.text[end - 1]) and _is_person(tree, noun, gazetteer)


def is_thing(tree: Tree, start: int, end: int, root: int) -> bool:
    """Whether what looks like a person's name is that of a ship, firm or newspaper: by "which", by a noun before it."""
    words = load_descriptions()
    if is_firm(tree.text[end - 1]) and end - start > 1:
        return True
    before = start - 1
    if before >= 0 and tree.lemma[before] in words.named_things and tree.pos[before] in ("NOUN", "PROPN"):
        return tree.head[before] in range(start, end) or tree.head[root] == before
    if before >= 0 and tree.lower[before] in _ARTICLES and tree.dep[root] != "compound":
        return True  # "the Da Jin Man"; a person has no article
    return any(
        tree.lower[kid] == "which"
        for clause in tree.kids_of(root, "relcl")
        if tree.edges(clause)[0] - 1 in (end, end - 1)
        for kid in tree.kids_of(clause, "nsubj", "nsubjpass", "dobj")
    )


def is_aircraft(tree: Tree, noun: int) -> bool:
    """Whether "fighters" are planes by what stands before: "Su-35 fighters", "Gripen fighters"."""
    if tree.lemma[noun] != "fighter" or noun == 0 or tree.head[noun - 1] != noun:
        return False
    model = tree.text[noun - 1]
    lettered = any(letter.isdigit() for letter in model) and any(letter.isupper() for letter in model)
    numbered = model.isdigit() and tree.text[noun - 2] == "-"
    return lettered or numbered or model in load_descriptions().aircraft


def is_vessel(tree: Tree, start: int, root: int) -> bool:
    """Whether a ship's name stands beside a word for a ship: "a tanker, the Eagle Star", "the tanker Ocean Dawn"."""
    vessels, before = load_descriptions().vessels, start - 1
    if tree.dep[root] == "appos" and tree.lemma[tree.head[root]] in vessels:
        return True
    return before >= 0 and tree.lemma[before] in vessels and tree.head[before] >= start


def is_firm(word: str) -> bool:
    """Whether a name with this word is a firm's or another body's: "Petroleum", "Bank"."""
    return word.lower() in load_descriptions().firms


def _is_person(tree: Tree, noun: int, gazetteer: Gazetteer) -> bool:
    words, lemma = load_descriptions(), tree.lemma[noun]
    role = gazetteer.roles.get(lemma)
    return lemma in words.people or lemma in words.kin or (role is not None and role.kind == "person")


def _name(tree: Tree, root: int) -> tuple[int, int] | None:
    """The proper nouns that end with a name's last word, if they are two and more with capitals."""
    start = root
    while start > 0 and tree.head[start - 1] == root and _is_part(tree, start - 1):
        start -= 1
    if start == root or root - start > 4 or not _ends_name(tree, root):
        return None
    whole = tree.text[root][0].isupper() or tree.text[root - 1] == "-"  # "Kung Ming-hsin"
    return (start, root + 1) if whole and tree.text[start][0].isupper() else None


def _ends_name(tree: Tree, word: int) -> bool:
    """Whether a word is a proper noun, or a common one to the parser behind a hyphen: "Jang Dong-hyuk"."""
    return tree.pos[word] == "PROPN" or (tree.pos[word] == "NOUN" and tree.text[word - 1] == "-")


def _is_part(tree: Tree, word: int) -> bool:
    return tree.text[word] == "-" or (tree.pos[word] == "PROPN" and tree.text[word][0].isupper())
