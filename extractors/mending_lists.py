"""Repairs of lists: what one preposition or one colon opens, who stands beside somebody with a second name."""

from __future__ import annotations

from triplomat.ontology.words import load_words

from .columns import SUBJECTS, Columns, hang, kids_of

JOINTS = frozenset({",", "and", "or", "nor", "but"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_DATES = frozenset({"DATE", "TIME"})
_WHAT = frozenset({"dobj", "pobj", "attr"})
_FARTHEST = 40


def repeated(parse: Columns, i: int) -> None:
    """ "Accused it of hiding arms, of selling gold": a preposition said again is the sibling of the first.

    What stands behind the second is a gerund like what stands behind the first, though the tagger saw a noun.
    """
    first = _same_before(parse, i)
    if first is None:
        return
    if any(parse.dep[kid] == "pcomp" for kid in kids_of(parse, first)):
        _gerund(parse, i)
    elif any(parse.dep[kid] == "pcomp" for kid in kids_of(parse, i)) and not _gerund(parse, first):
        return
    hang(parse, i, first, "conj")


def _same_before(parse: Columns, i: int) -> int | None:
    """The same preposition before token i whose phrase ends where this one begins, or which has the same noun above."""
    node, above = parse.head[i], parse.head[i]
    for j in range(i - 2, max(i - _FARTHEST, -1), -1):
        if parse.lower[j] != parse.lower[i] or parse.dep[j] not in ("prep", "conj"):
            continue
        inner = next((kid for kid in kids_of(parse, j) if parse.dep[kid] in ("pobj", "pcomp")), None)
        if inner is None or (parse.ent[inner] in _DATES) != (parse.ent[i + 1 : i + 2] in (["DATE"], ["TIME"])):
            return None
        gerund = parse.dep[inner] == "pcomp"
        if (node == inner and gerund) or (above == parse.head[j] and (gerund or parse.pos[above] in _NOUNS)):
            return j if above != j else None
        return None
    return None


def behind_of(parse: Columns, i: int) -> None:
    """ "Accused the junta of hiding soldiers": what somebody is accused of is done, though the tagger saw a noun."""
    if parse.lower[i] == "of":
        _gerund(parse, i)


def behind_into(parse: Columns, i: int) -> None:
    """ "Was bullied into trusting men who lied": what somebody is pressed into is done."""
    if parse.lemma[parse.head[i]] in load_words().pressing:
        _gerund(parse, i)


def sibling(parse: Columns, i: int) -> None:
    """ "With taking bribes and with threatening witnesses": a sibling already, whose gerund is still to be seen."""
    first = parse.head[i]
    if parse.lower[first] == parse.lower[i] and any(parse.dep[kid] == "pcomp" for kid in kids_of(parse, first)):
        _gerund(parse, i)


def _gerund(parse: Columns, i: int) -> bool:
    """Makes a gerund of the word in -ing right behind the preposition at token i; whether one stands there now."""
    word, thing = i + 1, next((kid for kid in kids_of(parse, i) if parse.dep[kid] in ("pobj", "pcomp")), None)
    if thing is None or word >= len(parse.lower) or not parse.lower[word].endswith("ing"):
        return thing is not None and parse.dep[thing] == "pcomp"
    if thing != word:
        if parse.head[word] != thing or parse.dep[word] not in ("compound", "amod") or parse.pos[thing] != "NOUN":
            return False
        hang(parse, thing, word, "dobj")
    hang(parse, word, i, "pcomp")
    parse.tag[word], parse.pos[word] = "VBG", "VERB"
    return True


def blamed_for(parse: Columns, i: int) -> None:
    """ "Criticised her for signing without a debate": what somebody is blamed for is done, not a thing."""
    preposition = parse.head[i]
    verb = parse.head[preposition]
    kids = kids_of(parse, i)
    if preposition != i - 1 or parse.pos[verb] != "VERB" or parse.lemma[verb] not in load_words().object_gerund:
        return
    if parse.lower[preposition] not in ("for", "of") or not any(parse.dep[kid] == "prep" for kid in kids):
        return
    if parse.tag[i] == "VBG" or not any(parse.lower[kid] == "of" for kid in kids):
        hang(parse, i, preposition, "pcomp")
        parse.tag[i], parse.pos[i] = "VBG", "VERB"


def announced(parse: Columns, i: int) -> None:
    """ "Three proposals: a hotline between them, joint patrols and a release": what a colon announces is one list.

    A member that the parser took for another name of the word before it is the sibling of the first.
    """
    start = min([i, *(kid for kid in kids_of(parse, i) if kid < i)])
    noun = start - 2
    if noun < 0 or parse.lower[start - 1] != ":" or parse.tag[noun] != "NNS" or parse.pos[i] not in _NOUNS:
        return
    if _hangs_below(parse, noun, i):
        return
    hang(parse, i, noun, "appos")
    last = i
    for j in range(i + 1, min(i + _FARTHEST, len(parse.head))):
        if parse.dep[j] == "appos" and parse.pos[j] == "NOUN" and i < parse.head[j] < j and _in_list(parse, j, i):
            hang(parse, j, last, "conj")
        if parse.dep[j] == "conj" and parse.pos[j] in _NOUNS and parse.head[j] in (i, last):
            parse.head[j] = last
            last = j


def _hangs_below(parse: Columns, i: int, other: int) -> bool:
    while parse.head[i] not in (i, other):
        i = parse.head[i]
    return parse.head[i] == other


def _in_list(parse: Columns, i: int, first: int) -> bool:
    """Whether token i stands behind a comma inside what token `first` heads, and "and" comes later."""
    node, start = parse.head[i], min([i, *(kid for kid in kids_of(parse, i) if kid < i)])
    for _ in range(6):
        if node == first:
            break
        node = parse.head[node]
    joined = any(parse.dep[kid] == "conj" and kid > i for kid in (*kids_of(parse, first), *kids_of(parse, i)))
    return node == first and parse.lower[start - 1] == "," and joined


def beside_named(parse: Columns, i: int) -> None:
    """ "The state firm, Maaden, and Codelco agreed": behind a second name set off by commas stands who is beside."""
    name = parse.head[i]
    noun = parse.head[name]
    kids = kids_of(parse, name)
    joint = next((kid for kid in kids if name < kid < i and parse.dep[kid] == "cc"), None)
    if parse.dep[name] != "appos" or joint is None or parse.tag[noun] in ("NNS", "NNPS") or noun > name:
        return
    if parse.lower[joint - 1] != "," or parse.dep[noun] not in (*SUBJECTS, *_WHAT, "conj"):
        return
    if any(parse.dep[kid] in ("conj", "cc") and kid not in (i, joint) for kid in kids):
        return
    parse.head[i] = parse.head[joint] = noun
