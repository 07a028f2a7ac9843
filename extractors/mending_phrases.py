"""Repairs of phrases that a parse has cut or glued wrongly: dates before names, lists, people named by what happened.

They come before the repairs of clauses, which read the phrases.
"""

from __future__ import annotations

from triplomat.ontology.embedding import load_embedding
from triplomat.ontology.units import load_units
from triplomat.ontology.words import load_words

from .columns import SUBJECTS, Columns, hang, kids_of, verb_above
from .mending_ascriptions import ascribe
from .mending_cuts import cut_pair
from .mending_headlines import headline_root
from .mending_lists import JOINTS, announced, beside_named, blamed_for, repeated, sibling
from .mending_prepositions import LEADING, mend_preposition
from .mending_relatives import and_who, contact, is_person, of_names, of_people, set_off
from .mending_sequels import before_name, last_gerund, ruling, transitive

_NOUNS = frozenset({"NOUN", "PROPN"})
_ARGUMENTS = frozenset({"dobj", "pobj", "nsubj", "nsubjpass", "attr", "conj"})
_BEFORE = frozenset({"compound", "nmod", "amod", "nummod", "npadvmod"})
_PLACING = frozenset({"outside", "inside", "near", "alongside", "opposite"})
_COUNTED = frozenset({"NNS", "NNP", "NNPS", "JJ"})
_SECOND = frozenset({"dobj", "npadvmod", "attr", "dep"})
_PARTICLES = frozenset({"away", "back", "down", "off", "out", "over", "up"})
_HANDING = frozenset({"hand", "hands", "handed", "handing"})
_LATER = frozenset({"later", "earlier"})


def mend_phrases(parse: Columns) -> None:
    """Puts phrases together that belong together, and parts what doesn't."""
    dep, tag, pos, lower = parse.dep, parse.tag, parse.pos, parse.lower
    for place in range(len(parse.begins) - 1, 0, -1):
        _cut_number(parse, place)
    for place in range(len(parse.begins) - 1, 0, -1):
        if place < len(parse.begins) and "and" in lower[parse.begins[place] - 1 : parse.begins[place] + 1]:
            cut_pair(parse, place)
    last, lemma, ascribing = len(dep) - 1, parse.lemma, load_words().ascribing
    for i, label in enumerate(dep):
        if label == "prep":
            _preposition(parse, i)
        elif label in _ARGUMENTS:
            _argument(parse, i, label)
        elif label == "appos":
            _listed(parse, i)
            of_names(parse, i)
            announced(parse, i)
        elif label == "relcl":
            of_people(parse, i)
            and_who(parse, i)
            contact(parse, i)
        elif label == "acl":
            if lower[i - 1] == "," and tag[i] == "VBN":
                set_off(parse, i)
        elif label in ("amod", "compound"):
            _modifier(parse, i, label)
        elif label == "advmod" and lower[i] in _PARTICLES and pos[parse.head[i]] == "VERB":
            _particle(parse, i)
        elif label == "aux" and tag[i] == "IN" and lower[i] == "to":
            _to_a_noun(parse, i)
        elif label == "quantmod" and lower[i] == "over" and lower[i - 1] in _HANDING:
            hang(parse, i, i - 1, "prt")
        elif label == "ROOT":
            if i < last and lower[i + 1] == ":":
                _labelled(parse, i)
            elif i and tag[i] in ("NN", "NNS"):
                headline_root(parse, i)
        if lemma[i] in ascribing and pos[i] == "VERB":
            ascribe(parse, i)
        if label == "npadvmod" and pos[i] == "NOUN":
            announced(parse, i)
        if label in _SECOND and "," in lower[parse.head[i] + 1 : i] and pos[i] in ("NOUN", "PRON", "PROPN"):
            _summary(parse, i)


def _preposition(parse: Columns, i: int) -> None:
    lower = parse.lower
    if lower[i] in LEADING:
        mend_preposition(parse, i, lower[i])
    if i > 1 and lower[i - 1] in JOINTS:
        repeated(parse, i)
    if (
        parse.tag[i] in ("VBN", "VBG") and parse.pos[parse.head[i]] == "PUNCT"
    ):  # "Chad, having withdrawn its envoy, asked"
        hang(parse, i, parse.head[parse.head[i]], "advcl")


def _argument(parse: Columns, i: int, label: str) -> None:
    dep, tag, pos, lower, last = parse.dep, parse.tag, parse.pos, parse.lower, len(parse.dep) - 1
    if i < last and lower[i + 1] in _LATER and label in ("pobj", "dobj"):
        _time_glued(parse, i)
    if tag[i] == "WP" and lower[i - 1] == "and" and dep[parse.head[i]] == "conj":
        and_who(parse, parse.head[i])
    elif tag[i] == "VBN" and pos[i] == "VERB":
        _named_by_fate(parse, i)
    elif label == "pobj":
        if tag[i] == "NN" and i < last and lower[i + 1] == "that":
            _claim(parse, i)
        elif tag[i] in ("NN", "VBG") and lower[i].endswith("ing"):
            blamed_for(parse, i)
    elif label == "nsubj":
        if tag[i] == "JJ":
            _noun_of_people(parse, i)
        elif lower[i] == "meeting":
            _meeting(parse, i)
    elif label == "dobj":
        if i < last and tag[i + 1] in ("VBN", "VBD") and dep[i + 1] == "acl":
            of_names(parse, i)
        elif pos[parse.head[i]] in ("NOUN", "ADJ"):
            _verb_taken_for_noun(parse, i)
    elif label == "conj":
        _sibling(parse, i)


def _sibling(parse: Columns, i: int) -> None:
    if parse.dep[parse.head[i]] == "appos":
        beside_named(parse, i)
    elif parse.pos[i] == "ADP":
        sibling(parse, i)
    elif parse.tag[i] == "NN":
        ruling(parse, i)


def _modifier(parse: Columns, i: int, label: str) -> None:
    tag, before = parse.tag[i], parse.lower[i - 1]
    if parse.lower[i] in _PLACING and label == "amod":
        _placed(parse, i)
    elif tag == "VBG" and before == "by":
        _by_doing(parse, i)
    elif tag == "VBG" and before == "and":
        last_gerund(parse, i)
    elif tag in ("VBN", "VBD"):
        before_name(parse, i)
    elif tag == "NN" and label == "compound" and before in JOINTS:
        transitive(parse, i)


def _time_glued(parse: Columns, i: int) -> None:
    """ "Killed three outside the building hours later": how much later is no part of where."""
    place, later, outer = i - 1, i + 1, parse.head[i]
    kids = kids_of(parse, i)
    verb = verb_above(parse, outer)
    if (
        parse.lemma[i] not in load_units().spans
        or parse.dep[place] != "compound"
        or parse.head[place] != i
        or verb is None
    ):
        return
    if not any(parse.dep[kid] in ("det", "poss") and kid < place for kid in kids):
        return
    for kid in kids:
        if kid < place:
            parse.head[kid] = place
    hang(parse, place, outer, parse.dep[i])
    hang(parse, i, later, "npadvmod")
    hang(parse, later, verb, "advmod")


def _particle(parse: Columns, i: int) -> None:
    """ "Took it down", "pulled back its troops": behind a pronoun, or before an object, it is the verb's."""
    verb, before = parse.head[i], i - 1
    behind = parse.tag[before] == "PRP" and parse.dep[before] == "dobj" and parse.head[before] == verb == i - 2
    if behind or (verb == before and any(parse.dep[kid] == "dobj" and kid > i for kid in kids_of(parse, verb))):
        parse.dep[i] = "prt"


def _by_doing(parse: Columns, i: int) -> None:
    """ "Broke the truce by bombing villages": in an active clause a bare plural behind "by" is no doer."""
    noun, by = parse.head[i], i - 1
    if parse.head[noun] != by or parse.tag[noun] != "NNS" or parse.dep[by] not in ("prep", "agent"):
        return
    verb = parse.head[by]
    kids = kids_of(parse, verb)
    if parse.pos[verb] != "VERB" or any(parse.dep[kid] == "auxpass" for kid in kids):
        return
    if not any(parse.dep[kid] in SUBJECTS for kid in kids) or (i + 1 != noun and parse.dep[i + 1] not in _BEFORE):
        return
    for kid in kids_of(parse, noun):
        if kid < i:
            return
    hang(parse, i, by, "pcomp")
    hang(parse, noun, i, "dobj")
    parse.dep[by] = "prep"
    parse.pos[i] = "VERB"


def _labelled(parse: Columns, i: int) -> None:
    """ "Explainer: who controls the dam": the label before a colon is no noun that a clause would modify."""
    kids = kids_of(parse, i)
    asks = next((kid for kid in kids if parse.dep[kid] == "relcl" and kid > i), None)
    if asks is None:
        return
    for kid in kids:
        parse.head[kid] = asks
    hang(parse, asks, asks, "ROOT")
    hang(parse, i, asks, "meta")


def _placed(parse: Columns, i: int) -> None:
    """ "Gathered outside parliament": a word of place right behind a verb isn't its object's adjective."""
    noun = parse.head[i]
    if parse.dep[noun] != "dobj" or parse.head[noun] != i - 1 or parse.pos[i - 1] != "VERB":
        return
    parse.tag[i], parse.pos[i] = "IN", "ADP"
    hang(parse, i, i - 1, "prep")
    hang(parse, noun, i, "pobj")


def _listed(parse: Columns, i: int) -> None:
    """ "Three posts, a depot and a station": the last two aren't what the posts are; "two men, a baker and a cook" are.

    An apposition of two says who several are; a list goes on with another thing beside one, or three.
    """
    noun = parse.head[i]
    kids = kids_of(parse, i)
    others = [kid for kid in kids if parse.dep[kid] == "conj" and kid > i]
    joined = [kid for node in (i, *others) for kid in kids_of(parse, node) if parse.dep[kid] == "cc"]
    if not others or not joined or parse.lower[_left(parse, i) - 1] != ",":
        return
    counted = {parse.lower[kid] for kid in kids_of(parse, noun) if parse.dep[kid] == "nummod"}
    bare = any(parse.dep[kid] == "det" and parse.lower[kid] in ("a", "an") for kid in kids)
    single = parse.tag[noun] == "NN" and any(parse.lower[kid] in ("a", "an") for kid in kids_of(parse, noun))
    owned = any(parse.tag[kid] == "PRP$" for kid in kids_of(parse, noun)) and not is_person(parse, noun)
    if bare and parse.pos[noun] == "NOUN" and (single or owned or counted - {"two", "2"}):
        parse.dep[i] = "conj"


def _left(parse: Columns, i: int) -> int:
    """The first token of what hangs on token i."""
    return min([i, *(kid for kid in kids_of(parse, i) if kid < i and parse.dep[kid] != "punct")])


def _named_by_fate(parse: Columns, i: int) -> None:
    """ "Most of the wounded", "fly the injured to Dubai": a participle with an article alone is a noun."""
    kids = kids_of(parse, i)
    if not any(parse.dep[kid] == "det" and parse.lower[kid] in ("the", "those") for kid in kids):
        return
    if any(parse.dep[kid] in ("aux", "auxpass", "dobj", "agent", *SUBJECTS) for kid in kids):
        return
    parse.tag[i], parse.pos[i] = "NNS", "NOUN"
    verb = parse.head[i]
    if parse.dep[i] == "dobj" and parse.pos[verb] == "VERB":
        for kid in kids:
            if parse.dep[kid] == "prep" and parse.lower[kid] == "to":
                parse.head[kid] = verb


def _claim(parse: Columns, i: int) -> None:
    """ "Analysts at Macquarie estimate that it is worth less": a verb taken for the last word of a name."""
    preposition = parse.head[i]
    noun, name, said = parse.head[preposition], i - 1, parse.head[i + 1]
    if parse.dep[name] != "compound" or parse.head[name] != i or parse.tag[name] != "NNP":
        return
    if parse.dep[preposition] != "prep" or parse.tag[noun] not in ("NNS", "NNPS") or parse.dep[i + 1] != "mark":
        return
    if noun not in (parse.head[noun], said) and parse.head[noun] != said:
        return
    if load_embedding().find(parse.lower[i], "verb", "that") is None or verb_above(parse, said) != said:
        return
    for kid in kids_of(parse, i):
        parse.head[kid] = name
    hang(parse, name, preposition, "pobj")
    for kid in (*kids_of(parse, noun), *kids_of(parse, said)):
        if (kid > i and parse.head[kid] == noun) or parse.dep[kid] == "punct":
            parse.head[kid] = i
    parse.tag[i], parse.pos[i] = "VBP", "VERB"
    hang(parse, i, i, "ROOT")
    hang(parse, noun, i, "nsubj")
    hang(parse, said, i, "ccomp")


def _noun_of_people(parse: Columns, i: int) -> None:
    """ "An official close to the talks": behind "a" or "an" a subject is no adjective."""
    if any(parse.dep[kid] == "det" and parse.lower[kid] in ("a", "an") for kid in kids_of(parse, i)):
        parse.tag[i], parse.pos[i] = "NN", "NOUN"


def _meeting(parse: Columns, i: int) -> None:
    """ "OPEC ministers meeting in Vienna failed": several people meet, and no article stands before them."""
    people = i - 1
    if parse.head[people] != i or parse.dep[people] != "compound" or parse.tag[people] != "NNS":
        return
    if i + 1 == len(parse.lower) or parse.lower[i + 1] not in ("at", "behind", "for", "in", "on", "to", "with"):
        return
    for kid in kids_of(parse, i):
        if kid < people:
            parse.head[kid] = people
    hang(parse, people, parse.head[i], parse.dep[i])
    hang(parse, i, people, "acl")
    parse.tag[i], parse.pos[i] = "VBG", "VERB"


def _verb_taken_for_noun(parse: Columns, i: int) -> None:
    """ "The staff thanks its partners", "police clear the square": what has an object is a verb.

    Its subject may have been taken for a part of it: "the army retook Bara".
    """
    verb = parse.head[i]
    kids = kids_of(parse, verb)
    subject = next((kid for kid in kids if parse.dep[kid] == "nsubj" and kid < verb), None)
    glued = verb > 0 and parse.head[verb - 1] == verb and parse.dep[verb - 1] == "compound"
    if parse.tag[verb] not in ("NN", "NNS", "JJ") or verb > i or not (glued or subject is not None):
        return
    tag = "VBZ" if parse.tag[verb] == "NNS" else "VBP"
    if subject is None:
        subject = verb - 1
        for kid in kids:
            if kid < subject:
                parse.head[kid] = subject
        parse.dep[subject] = "nsubj"
        tag = "VBD" if tag == "VBP" and parse.tag[subject] in ("NN", "NNP") else tag
    parse.tag[verb], parse.pos[verb] = tag, "VERB"


def _summary(parse: Columns, i: int) -> None:
    """ "Accused her of plotting, an allegation that she denies": what sums up a clause is none of its objects."""
    first = _left(parse, i)
    verb = parse.head[i]
    if first < 1 or parse.lower[first - 1] != "," or verb > i or parse.pos[verb] not in ("VERB", "AUX"):
        return
    if parse.dep[i] == "dobj":  # "killed Mlada, his bride": a second object, with nothing that joins it
        other = next((kid for kid in kids_of(parse, verb) if kid < first and parse.dep[kid] == "dobj"), None)
        told = any(
            parse.dep[kid] == "xcomp" and kid < first for kid in kids_of(parse, verb)
        )  # "has to pay, a prospect"
        if other is not None or told:
            hang(parse, i, other if other is not None and other == first - 2 else verb, "appos")
        return
    kids = kids_of(parse, i)
    if not any(parse.dep[kid] in ("relcl", "acl") and kid > i for kid in kids) or parse.ent[i] in ("DATE", "TIME"):
        return
    if parse.lower[i] == "something" or any(parse.lower[kid] in ("a", "an", "the") for kid in kids if kid < i):
        parse.dep[i] = "appos"


def _cut_number(parse: Columns, place: int) -> None:
    """ "Shot dead 31 | villagers last year": no sentence ends between a number and what it counts."""
    first = parse.begins[place]
    number = first - 1
    if parse.tag[number] != "CD" or parse.dep[number] == "ROOT" or parse.tag[first] not in _COUNTED:
        return
    end = parse.begins[place + 1] if place + 1 < len(parse.begins) else len(parse.head)
    noun = next((j for j in range(first, end) if parse.dep[j] == "ROOT"), first)
    verb = verb_above(parse, number)
    if parse.pos[noun] not in _NOUNS or verb is None or any(parse.head[j] == j for j in range(first, noun)):
        return
    if any(parse.dep[kid] == "dobj" for kid in kids_of(parse, verb)):
        return
    for kid in kids_of(parse, noun):
        if (
            kid > noun
            and parse.dep[kid] in ("npadvmod", "prep", "punct", "advcl", "advmod")
            and parse.lower[kid] != "of"
        ):
            parse.head[kid] = verb
    hang(parse, number, noun, "nummod")
    hang(parse, noun, verb, "dobj")
    del parse.begins[place]


def _to_a_noun(parse: Columns, i: int) -> None:
    """ "President appeals to army": what the tagger sees as a preposition opens no infinitive."""
    noun = parse.head[i]
    if noun != i + 1 or parse.tag[noun] != "NN" or kids_of(parse, noun) != [i] or parse.dep[noun] != "xcomp":
        return
    hang(parse, i, parse.head[noun], "prep")
    hang(parse, noun, i, "pobj")
    parse.pos[noun] = "NOUN"
