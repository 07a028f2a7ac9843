"""Repairs of what stands around the content of a verb of saying: when it was said, and who is feared to do it."""

from __future__ import annotations

from triplomat.ontology.embedding import load_embedding
from triplomat.ontology.words import load_words

from .columns import FINITE, SUBJECTS, Columns, hang, kids_of

_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_FILLED = frozenset({"dobj", "ccomp", "xcomp", "acomp", "attr", "nsubjpass", "dative", "oprd"})
_CLAUSES = frozenset({"xcomp", "ccomp"})
_TIMING = frozenset({"after", "at", "before", "during", "in", "on"})
_TIMES = frozenset({"DATE", "TIME"})


def content(parse: Columns, i: int, *, governed: bool) -> None:
    """Repairs the clause at token i, the content of the verb before it; `governed`: whether it has a subject."""
    said = parse.head[i]
    if said >= i or parse.pos[said] != "VERB":
        return
    kids = kids_of(parse, i)
    if not governed:
        _subject_taken(parse, said, i, kids)
        return
    _date(parse, i, kids)
    _added(parse, said, i, kids)
    if parse.tag[i] == "VBP" and parse.lemma[said] in load_words().demanding:
        _demanded(parse, i, kids)
    if parse.lemma[said] in ("have", "get", "see"):
        _undergone(parse, said, i, kids)
    if not _relative(parse, said, i, kids):
        _said_when(parse, said, i, kids)


def _added(parse: Columns, said: int, i: int, kids: list[int]) -> None:
    """ "Said it had the right to, but added that", "but denied that": whoever said the one thing said the other."""
    verb = next((kid for kid in kids if kid > i and parse.dep[kid] == "conj"), None)
    past = verb is not None and parse.tag[said] == "VBD" and parse.tag[verb] in ("VBD", "VBN")
    if verb is None or not past or not _says(parse.lemma[said]):
        return
    contrast = any(parse.lower[kid] == "but" for kid in kids if i < kid < verb)
    below = kids_of(parse, verb)
    told = any(parse.dep[kid] == "ccomp" for kid in below)
    silent = parse.lemma[verb] in ("decline", "refuse") and any(
        parse.lemma[kid] in load_words().unwilling for kid in below if parse.dep[kid] == "xcomp"
    )
    goes_on = told and (parse.lemma[verb] == "add" or (contrast and _says(parse.lemma[verb])))
    if any(parse.dep[kid] in SUBJECTS for kid in below) or not (goes_on or (contrast and silent)):
        return
    for kid in kids:
        if i < kid < verb and parse.dep[kid] in ("cc", "punct"):
            hang(parse, kid, said, parse.dep[kid])
    hang(parse, verb, said, "conj")


def _relative(parse: Columns, said: int, i: int, kids: list[int]) -> bool:
    """ "Began exercises that Pyongyang denounced": behind a verb that says nothing the clause tells of a noun."""
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


def dated(parse: Columns, i: int) -> None:
    """Hangs the clause of time at token i on the verb that it dates."""
    _date(parse, i, kids_of(parse, i))


def _date(parse: Columns, i: int, kids: list[int]) -> None:
    """ "Said it would not allow that, a day after he proclaimed it": a clause of the past dates what was said.

    What is yet to come is dated by no past, so that such a clause behind a comma is the verb's of saying. The parser
    may have taken the clause for a content itself.
    """
    mark = next((kid for kid in kids if parse.dep[kid] == "mark" and parse.lower[kid] in ("after", "before")), None)
    if mark is None or parse.head[mark - 1] != i or parse.dep[mark - 1] != "npadvmod":
        return
    parse.dep[i] = "advcl"
    if parse.tag[i] != "VBD" and not any(parse.lower[kid] in ("had", "was", "were") for kid in kids):
        return
    first = min(kid for kid in (*kids, *kids_of(parse, mark - 1)))
    ahead = parse.head[i]
    for _ in range(4):
        if parse.lower[first - 1] != "," or not _is_ahead(parse, ahead) or parse.pos[parse.head[ahead]] != "VERB":
            return
        ahead = parse.head[ahead]
        parse.head[i] = ahead


def _is_ahead(parse: Columns, i: int) -> bool:
    """Whether a clause that a verb governs is of what is yet to come: "would leave", "to leave"."""
    helping = {parse.lower[kid] for kid in kids_of(parse, i) if parse.dep[kid] == "aux" and kid < i}
    if parse.dep[i] == "xcomp":
        return "to" in helping
    return parse.dep[i] == "ccomp" and bool(helping & {"would", "will", "could", "can", "may", "might", "should"})


def infinitive(parse: Columns, i: int) -> None:
    """ "Urged governments during a visit to Bonn to respond": what somebody is urged to do hangs on no time."""
    noun = parse.head[i]
    if parse.dep[noun] == "pobj" and parse.pos[parse.head[parse.head[noun]]] == "NOUN":  # "a visit to Bonn"
        noun = parse.head[parse.head[noun]]
    preposition = parse.head[noun]
    verb = parse.head[preposition]
    if parse.dep[noun] != "pobj" or parse.lower[preposition] not in _TIMING or not verb < preposition < i:
        return
    kids = kids_of(parse, verb)
    if parse.lemma[verb] not in load_words().object_control or any(parse.dep[kid] in _CLAUSES for kid in kids):
        return
    if any(parse.dep[kid] == "dobj" and verb < kid < preposition for kid in kids):
        hang(parse, i, verb, "xcomp")


def whose(parse: Columns, i: int) -> None:
    """ "Whose leader it believes to be hiding": who is believed to do something is no object of that."""
    verb = parse.head[i]
    thing = next((kid for kid in kids_of(parse, i) if kid < verb and parse.dep[kid] == "dobj"), None)
    if thing is None or parse.dep[verb] != "relcl" or thing < 1 or parse.lower[thing - 1] != "whose":
        return
    found = load_embedding().find(parse.lemma[verb], "verb", "that")
    if found is not None and found.holder:
        parse.dep[thing] = "nsubj"


def told(parse: Columns, i: int) -> None:
    """ "Told guests, among them two presidents, that it was safe": what they were told tells of none of them."""
    noun = parse.head[i]
    that = next((kid for kid in kids_of(parse, i) if parse.lower[kid] == "that" and parse.dep[kid] == "mark"), None)
    if that is None or parse.lower[that - 1] != ",":
        return
    for _ in range(6):
        above = parse.head[noun]
        if parse.dep[noun] == "ccomp" and parse.pos[noun] == "NOUN":
            heard = next(
                (kid for kid in kids_of(parse, above) if parse.dep[kid] == "dobj" and above < kid < noun), above
            )
            hang(parse, noun, heard, "appos")
        elif parse.dep[noun] not in ("appos", "conj", "pobj", "prep"):
            break
        noun = parse.head[noun]
    verb, words = parse.head[noun], load_words()
    if parse.dep[noun] != "dobj" or parse.lemma[verb] not in words.telling or verb > noun or noun == parse.head[i]:
        return
    if not any(parse.dep[kid] in _CLAUSES for kid in kids_of(parse, verb)):
        hang(parse, i, verb, "ccomp")


def _demanded(parse: Columns, i: int, kids: list[int]) -> None:
    """ "Insisted that Chad recognise it": one who is to do a thing has no plural; the verb is a subjunctive."""
    subject = next((kid for kid in kids if parse.dep[kid] == "nsubj" and kid < i), None)
    alone = subject is not None and parse.tag[subject] in ("NN", "NNP") and parse.lower[i] != "say"
    if alone and not any(parse.dep[kid] == "conj" for kid in kids_of(parse, subject or i)):
        parse.tag[i] = "VB"


def _undergone(parse: Columns, having: int, i: int, kids: list[int]) -> None:
    """ "Had his visa revoked": what somebody has done to a thing of his, the thing doesn't do."""
    if parse.tag[i] not in ("VBD", "VBN") or any(parse.dep[kid] in ("aux", "auxpass", "mark", "dobj") for kid in kids):
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


def _said_when(parse: Columns, said: int, i: int, kids: list[int]) -> None:
    """ "Said on Tuesday it had ordered troops": a day right behind the verb of saying is when it was said."""
    subject = next((kid for kid in kids if parse.dep[kid] in SUBJECTS and kid > said), i)
    between = [kid for kid in kids if said < kid < subject and parse.dep[kid] in ("prep", "npadvmod")]
    if not between or "," in parse.lower[said:subject]:
        return
    if load_embedding().find(parse.lemma[said], "verb", "that") is None:
        return
    for kid in between:
        timed = kid if parse.dep[kid] == "npadvmod" else next(iter(kids_of(parse, kid)), kid)
        if parse.ent[timed] in _TIMES:
            parse.head[kid] = said


def _subject_taken(parse: Columns, said: int, i: int, kids: list[int]) -> None:
    """ "Fear the departure of troops may allow it": what stands before a finite verb without subject is its subject."""
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
