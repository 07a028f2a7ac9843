"""Repairs of what stands around the content of a verb of saying: when it was said, and who is feared to do it."""

from __future__ import annotations

from triplomat.ontology.embedding import load_embedding
from triplomat.ontology.words import load_words

from .columns import FINITE, SUBJECTS, Columns, hang, kids_of

_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_FILLED = frozenset({"dobj", "ccomp", "xcomp", "acomp", "attr", "nsubjpass", "dative", "oprd"})
_TIMES = frozenset({"DATE", "TIME"})


def content(parse: Columns, i: int, *, governed: bool) -> None:
    """Repairs the clause at token i, the content of the verb before it; `governed`: whether it has a subject."""
    said = parse.head[i]
    if said >= i or parse.pos[said] != "VERB":
        return
    if governed:
        _undergone(parse, said, i)
        if not _relative(parse, said, i):
            _said_when(parse, said, i)
    else:
        _subject_taken(parse, said, i)


def _relative(parse: Columns, said: int, i: int) -> bool:
    """ "Began exercises that Pyongyang denounced": behind a verb that says nothing the clause tells of a noun."""
    kids = kids_of(parse, i)
    that = next((kid for kid in kids if said < kid < i and parse.dep[kid] == "mark"), None)
    if that is None or parse.lower[that] != "that" or _says(parse.lemma[said]):
        return False
    if any(parse.dep[kid] in _FILLED for kid in kids) or parse.pos[that - 1] not in ("NOUN", "PROPN"):
        return False
    above = kids_of(parse, said)
    thing = next((kid for kid in above if parse.dep[kid] == "dobj" and said < kid < that), None)
    if thing is None or parse.pos[thing] != "NOUN" or any(parse.dep[kid] in ("acomp", "oprd") for kid in above):
        return False
    noun = that - 1 if parse.pos[that - 1] == "NOUN" else thing
    hang(parse, that, i, "dobj")
    hang(parse, i, noun, "relcl")
    return True


def _undergone(parse: Columns, having: int, i: int) -> None:
    """ "Had his visa revoked": what somebody has done to a thing of his, the thing doesn't do."""
    kids = kids_of(parse, i)
    if parse.lemma[having] not in ("have", "get", "see") or parse.tag[i] not in ("VBD", "VBN"):
        return
    if any(parse.dep[kid] in ("aux", "auxpass", "mark", "dobj") for kid in kids):
        return
    thing = next((kid for kid in kids if parse.dep[kid] == "nsubj" and having < kid < i), None)
    if thing is not None and parse.tag[thing] != "PRP":
        parse.tag[i], parse.dep[thing] = "VBN", "nsubjpass"


def _says(lemma: str) -> bool:
    """Whether a verb has a that-clause beside its object, or says something: "told them that", "said that"."""
    lexicon, words = load_embedding(), load_words()
    found = lexicon.find(lemma, "verb", "that")
    if lemma in words.telling | words.addressing | words.evident or lexicon.exact(lemma, "verb", "that") is not None:
        return True
    return found is not None and bool(found.holder)


def _said_when(parse: Columns, said: int, i: int) -> None:
    """ "Said on Tuesday it had ordered troops": a day right behind the verb of saying is when it was said."""
    if load_embedding().find(parse.lemma[said], "verb", "that") is None:
        return
    kids = kids_of(parse, i)
    subject = next((kid for kid in kids if parse.dep[kid] in SUBJECTS and kid > said), i)
    if any(parse.lower[kid] == "," for kid in (*kids, *kids_of(parse, said)) if said < kid < subject):
        return
    for kid in kids:
        if not said < kid < subject or parse.dep[kid] not in ("prep", "npadvmod"):
            continue
        timed = kid if parse.dep[kid] == "npadvmod" else next(iter(kids_of(parse, kid)), kid)
        if parse.ent[timed] in _TIMES:
            parse.head[kid] = said


def _subject_taken(parse: Columns, said: int, i: int) -> None:
    """ "Fear the departure of troops may allow it": what stands before a finite verb without subject is its subject."""
    kids = kids_of(parse, i)
    first = min([i, *(kid for kid in kids if parse.dep[kid] in ("aux", "auxpass", "neg", "advmod"))])
    if parse.tag[first] not in (*FINITE, "MD") or first <= said or any(parse.dep[kid] == "mark" for kid in kids):
        return
    thing = next((kid for kid in kids_of(parse, said) if parse.dep[kid] == "dobj" and said < kid < first), None)
    if thing is None or parse.pos[thing] not in _NOUNS or parse.lemma[said] in load_words().addressing:
        return
    if load_embedding().find(parse.lemma[said], "verb", "that") is None or parse.lower[first - 1] in (",", "and"):
        return
    passive = any(parse.dep[kid] == "auxpass" for kid in kids)
    hang(parse, thing, i, "nsubjpass" if passive else "nsubj")
