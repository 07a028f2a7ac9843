"""Hangs a verb that tells what a speaker does next on the verb he speaks by, where the parser hung it on his words.

"Iran said the drones had come from Iraq and blamed Israel": Iran blames it, not the drones. What decides is whether the
verb before it could share its subject and form: "should take the lead and suggested" couldn't, nor do drones blame.
"""

from __future__ import annotations

from collections.abc import Sequence

from triplomat.ontology.embedding import load_embedding
from triplomat.ontology.words import load_words

from .columns import FINITE, SUBJECTS, Columns
from .columns import kids_of as _kids

_PRESENT = frozenset({"VBZ", "VBP"})
_AUXILIARIES = frozenset({"aux", "auxpass"})
_CONTENTS = frozenset({"ccomp", "advcl", "xcomp", "conj", "acomp", "relcl"})
_NAMES = frozenset({"GPE", "NORP", "ORG", "PERSON"})
_BARE = frozenset({"VB", "VBN", "VBG"})
_SHIFTED = frozenset({"had", "would"})
_FARTHEST = 4


def resume(parse: Columns, lemma: Sequence[str]) -> None:
    """Repairs a parse in place: a finite verb without subject, coordinated inside what somebody says."""
    for i, dep in enumerate(parse.dep):
        if dep != "conj" or parse.pos[i] != "VERB":
            continue
        if parse.tag[i] in _BARE:
            _told_further(parse, lemma, i)
            _done_by_speaker(parse, lemma, i)
        if parse.tag[i] not in FINITE:
            continue
        kids = _kids(parse, i)
        if any(parse.dep[kid] in SUBJECTS or parse.dep[kid] in _AUXILIARIES for kid in kids):
            continue
        speaking = _speaking(parse, lemma, i)
        if speaking is not None and _goes_on(parse, lemma, i):
            _hang(parse, i, speaking)


def _speaking(parse: Columns, lemma: Sequence[str], i: int) -> int | None:
    """The verb of saying around the clause that token i was hung on, if it has the same tense."""
    node = parse.head[i]
    for _ in range(_FARTHEST):
        above = parse.head[node]
        if above == node or parse.dep[node] not in _CONTENTS:
            return None
        if parse.dep[node] == "ccomp" and above < node and _reports(lemma[above]):
            return above if _tense(parse, above) == _tense(parse, i) else None
        node = above
    return None


def _reports(lemma: str) -> bool:
    found = load_embedding().find(lemma, "verb", "that")
    return found is not None and found.holder == "subject"


def _tense(parse: Columns, i: int) -> str:
    """ "past" or "present", by the first word of a verb group; of a perfect, that of its auxiliary."""
    first = next((kid for kid in _kids(parse, i) if parse.dep[kid] in _AUXILIARIES), i)
    return "present" if parse.tag[first] in _PRESENT else "past" if parse.tag[first] == "VBD" else parse.tag[first]


def _goes_on(parse: Columns, lemma: Sequence[str], i: int) -> bool:
    """Whether the verb at token i tells what the speaker does next, rather than more of his words."""
    sibling = parse.head[i]
    kids = _kids(parse, sibling)
    auxiliaries = [kid for kid in kids if parse.dep[kid] in _AUXILIARIES]
    if not _is_deed(parse, lemma, i):
        return False
    if any(parse.tag[kid] == "MD" for kid in auxiliaries) and parse.lower[i] != lemma[i]:
        return True  # "should take the lead and suggested that", but not "would meet and let them go"
    if any(parse.dep[kid] == "conj" and sibling < kid < i for kid in kids):
        return False
    if any(parse.lower[j] == "," for j in range(sibling + 1, i) if parse.head[j] in (sibling, i)):
        return True  # "if both asked for it, and blamed"
    if not _can_speak(parse, sibling):
        return lemma[i] not in load_words().evident
    perfect = auxiliaries and parse.lower[auxiliaries[0]] in ("had", "has", "have")
    if lemma[i] not in load_words().stances:
        return False
    if perfect:  # "said Chad had offered it and blamed Niger", but "had met Xi and warned him"
        return any(parse.dep[kid] == "dobj" and parse.pos[kid] != "PRON" for kid in _kids(parse, i))
    return bool(auxiliaries) or parse.pos[sibling] == "AUX"  # "was injured and warned that"


def _is_deed(parse: Columns, lemma: Sequence[str], i: int) -> bool:
    """Whether the verb at token i is one by which a speaker goes on: "warned that", "blamed Israel", "refused to"."""
    if not any(kid > i and parse.dep[kid] in ("ccomp", "xcomp", "dobj", "prep", "advcl") for kid in _kids(parse, i)):
        return False
    words = load_words()
    return _reports(lemma[i]) or lemma[i] in words.speech | words.resuming | words.stances


def _can_speak(parse: Columns, verb: int) -> bool:
    """Whether the subject of a verb may blame and warn: a person, a name, a body that speaks, a pronoun."""
    node: int | None = verb
    subject = None
    for _ in range(_FARTHEST):
        if node is None:
            break
        subject = next((kid for kid in _kids(parse, node) if parse.dep[kid] in SUBJECTS), None)
        if subject is not None or parse.dep[node] != "conj":
            break
        node = parse.head[node]
    if subject is None or parse.pos[subject] in ("PRON", "PROPN") or parse.ent[subject] in _NAMES:
        return True
    word = parse.lower[subject]
    words = load_words().speakers
    return word in words or word.removesuffix("s") in words or word.endswith(load_words().doers)


def _told_further(parse: Columns, lemma: Sequence[str], i: int) -> None:
    """ "Said they were ready but had received nothing": "had" and "would" beside a plain past are of what is told."""
    said = parse.head[i]
    if parse.tag[said] != "VBD" or not _reports(lemma[said]) or said > i:
        return
    kids = _kids(parse, i)
    if any(parse.dep[kid] in SUBJECTS for kid in kids):
        return
    first = next((kid for kid in kids if parse.dep[kid] in _AUXILIARIES and kid < i), i)
    told = next((kid for kid in _kids(parse, said) if parse.dep[kid] == "ccomp" and said < kid < i), None)
    if told is None or parse.lower[first] not in _SHIFTED:
        return
    if any(parse.dep[kid] == "aux" for kid in _kids(parse, said)):
        return
    if _tense(parse, told) == "past" or _is_modal(parse, told):
        _hang(parse, i, told)


def _done_by_speaker(parse: Columns, lemma: Sequence[str], i: int) -> None:
    """ "Petro says it belongs to nobody and has refused to go": what "it" is doesn't refuse; a person does."""
    speaking = _speaking(parse, lemma, i)
    kids = _kids(parse, i)
    if speaking is None or parse.tag[i] != "VBN" or any(parse.dep[kid] in SUBJECTS for kid in kids):
        return
    if not any(parse.dep[kid] == "aux" and parse.lower[kid] in ("has", "had") for kid in kids):
        return
    speaker = next((kid for kid in _kids(parse, speaking) if parse.dep[kid] in SUBJECTS), None)
    told = next((kid for kid in _kids(parse, parse.head[i]) if parse.dep[kid] in SUBJECTS), None)
    if speaker is None or told is None or parse.lower[told] != "it":
        return
    relatives = (kid for noun in _kids(parse, speaker) if parse.dep[noun] == "relcl" for kid in _kids(parse, noun))
    if parse.ent[speaker] != "PERSON" and all(parse.lower[kid] != "who" for kid in relatives):
        return
    if _is_deed(parse, lemma, i):
        _hang(parse, i, speaking)


def _is_modal(parse: Columns, i: int) -> bool:
    return any(parse.lower[kid] in ("would", "could", "should") for kid in _kids(parse, i) if parse.dep[kid] == "aux")


def _hang(parse: Columns, i: int, speaking: int) -> None:
    sibling = parse.head[i]
    parse.head[i] = speaking
    for kid in _kids(parse, sibling):
        if sibling < kid < i and parse.dep[kid] in ("cc", "punct") and i - kid <= 2:
            parse.head[kid] = speaking
