"""Repairs of clauses that a parse has lost: verbs without their subject, conjunctions taken for prepositions.

A finite verb of English has a subject, or shares one with the verb that it is coordinated with. One that has none,
right behind a noun phrase that hangs elsewhere, has lost it there.
"""

from __future__ import annotations

from triplomat.ontology.units import load_units
from triplomat.ontology.words import load_words

from .columns import CONJUNCTIONS, FINITE, SUBJECTS, Columns, group_start, hang, kids_of, main_verb_above, verb_above
from .mending_asides import before_participle, beside_verb, is_last, set_off_before
from .mending_contents import content, dated, infinitive, told, whose
from .mending_mains import (
    fronted_root,
    main_verb,
    perfect_first,
    plural,
    something,
    subordinate,
    swallowed,
    whose_apposed,
    whose_main,
)
from .mending_sequels import gerunds, in_a_row, made_of, meanwhile, to_be_done

_VERBS = frozenset({"VBD", "VBZ", "VBP", "VBN", "VBG", "VB"})
_HELPING = frozenset({"aux", "auxpass", "neg", "advmod"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_LOOSE = frozenset({"ROOT", "conj", "ccomp", "advcl", "dep", "parataxis"})
_ASIDES = frozenset({"acl", "relcl", "appos"})
_QUOTES = frozenset({"”", '"', "''", "’"})
_DOING = frozenset({"did", "do", "does", "had", "have", "has"})
_BETWEEN = frozenset({";", "and", "but"})
_WORDS = frozenset({"prep", "aux", "nsubj", "poss", "amod", "npadvmod", "det"})
_THINGS = frozenset({"dobj", "oprd"})


def mend_clauses(parse: Columns) -> None:
    """Gives lost clauses back what is theirs."""
    head, dep, tag, pos = parse.head, parse.dep, parse.tag, parse.pos
    governed, helped, opened = _governed(parse)
    for i, label in enumerate(dep):
        if label in _WORDS:
            _mend_word(parse, i, label)
        if tag[i] not in _VERBS or pos[i] not in ("VERB", "AUX"):
            continue
        if label == "advcl" and tag[i] == "VBN" and i not in governed:
            _of_fronted(parse, i)
            _signed(parse, i)
            to_be_done(parse, i)
            made_of(parse, i)
        elif label == "advcl" and tag[i] == "VBG" and i not in governed:
            gerunds(parse, i)
        elif label == "xcomp" and dep[head[i]] == "relcl":
            whose(parse, i)
        elif label in ("acl", "relcl") and i in governed:
            told(parse, i)
        elif label in ("acl", "relcl") and tag[i] == "VB" and i not in governed:
            infinitive(parse, i)
        elif label == "acl" and tag[i] in ("VBD", "VBN") and i not in governed:
            main_verb(parse, i)
        elif label == "conj" and i not in governed and _beside_thing(parse, i):
            hang(parse, i, head[head[i]], "conj")
        elif label == "advcl" and i in governed and "," in parse.lower[head[i] : i]:
            dated(parse, i)
            meanwhile(parse, i)
        elif label == "ccomp" and (i in governed or i in helped):
            content(parse, i, governed=i in governed)
            if i not in governed and dep[i] == "ccomp":
                first = group_start(parse, i)
                if not _subject_before(parse, i, first):
                    _conjunction(parse, i, first)
        elif label == "conj" and tag[i] == "VB" and i not in governed and i not in opened and tag[head[i]] in FINITE:
            if not _conjunction(parse, i, group_start(parse, i)):
                plural(parse, i)
        elif label in _LOOSE and i not in governed and (tag[i] in FINITE or i in helped):
            if label == "conj" and parse.lower[i] != "said":
                whose_main(parse, i)
            elif label == "ROOT":
                subordinate(parse, i)
                fronted_root(parse, i)
                perfect_first(parse, i)
            elif label == "advcl" and tag[i] == "VBD":
                in_a_row(parse, i)
            first = group_start(parse, i)
            if not _subject_before(parse, i, first) and not _conjunction(parse, i, first) and label == "conj":
                _gap_filled(parse, i)
                _told_further(parse, i, first)


def _governed(parse: Columns) -> tuple[set[int], set[int], set[int]]:
    """The verbs that have a subject, those that have a finite auxiliary, and those that have one that isn't passive."""
    head, tag = parse.head, parse.tag
    governed, helped, opened = set(), set(), set()
    for i, label in enumerate(parse.dep):
        if label in SUBJECTS:
            governed.add(head[i])
        elif label in ("aux", "auxpass"):
            if tag[i] == "MD" or tag[i] in FINITE:
                helped.add(head[i])
            if label == "aux":
                opened.add(head[i])
    return governed, helped, opened


def _mend_word(parse: Columns, i: int, label: str) -> None:
    """Repairs what hangs on the wrong clause; token i has one of the labels in `_WORDS`."""
    head, dep, lower = parse.head[i], parse.dep, parse.lower
    if label == "prep":
        if lower[i - 1] in _BETWEEN and 0 < i > head:
            _fronted(parse, i)
    elif label == "aux":
        if lower[i] in _DOING and parse.pos[head] == "ADP":
            _did(parse, i)
    elif label == "nsubj":
        if lower[i] == "something":
            something(parse, i)
    elif label == "poss":
        if lower[i] == "whose" and dep[head] == "appos":
            whose_apposed(parse, i)
    elif label == "amod":
        if parse.tag[i] == "VBN" and 0 < i < head and lower[i - 1] == ",":
            swallowed(parse, i)
    elif label == "npadvmod":
        if i < head and dep[head] == "advcl":
            _measure(parse, i)
    elif lower[i] == "that" and i > 0 and lower[i - 1] in ("and", "but"):
        _second_that(parse, i)


def _beside_thing(parse: Columns, i: int) -> bool:
    """ "Has closed USAID, cut food aid to Sudan": whether a verb with an object was taken for the object's sibling."""
    thing = parse.head[i]
    verb = parse.head[thing]
    if parse.dep[thing] not in _THINGS or parse.pos[thing] in ("VERB", "AUX") or not verb < thing < i:
        return False
    return parse.pos[verb] == "VERB" and any(parse.dep[kid] == "dobj" and kid > i for kid in kids_of(parse, i))


def _subject_before(parse: Columns, i: int, first: int) -> bool:
    """ "Wounded 43, officials said", "delayed aid, and food is scarce": the last of siblings is the verb's subject."""
    noun = _sibling_before(parse, first)
    if noun is None and parse.dep[i] == "conj":
        noun = set_off_before(parse, i, first)
    if noun is None and parse.dep[i] in ("conj", "ccomp"):
        noun = beside_verb(parse, i, first)
    if noun is None or verb_above(parse, noun) == i:
        return False
    while _joins(parse, above := parse.head[noun]):
        noun = above  # "43 others, officials and a doctor said"
    passive = any(parse.dep[kid] == "auxpass" for kid in kids_of(parse, i))
    for kid in kids_of(parse, parse.head[noun]):
        if kid < noun and parse.dep[kid] == "cc" and parse.dep[i] == "conj" and kid > parse.head[noun]:
            parse.head[kid] = parse.head[i]
    hang(parse, noun, i, "nsubjpass" if passive else "nsubj")
    return True


def _sibling_before(parse: Columns, first: int) -> int | None:
    """The coordinated noun whose phrase ends right before a token."""
    node = first - 1
    for _ in range(8):
        if node < 0 or parse.pos[node] in ("VERB", "AUX", "PUNCT"):
            return None
        if parse.dep[node] == "conj":
            return node if parse.pos[node] in _NOUNS and is_last(parse, node, first) else None
        above = parse.head[node]
        if above == node or above >= first:
            return None
        node = above
    return None


def _second_that(parse: Columns, i: int) -> None:
    """ "Said that it would stay and that trawling had to stop": the second "that" opens a clause like the first."""
    noun = parse.head[i]
    verb = parse.head[noun]
    if parse.dep[noun] not in SUBJECTS or parse.dep[verb] != "conj":
        return
    if any(parse.dep[kid] == "mark" and parse.lower[kid] == "that" for kid in kids_of(parse, parse.head[verb])):
        hang(parse, i, verb, "mark")


def _joins(parse: Columns, noun: int) -> bool:
    """Whether a coordinated noun, set off by a comma, is joined to the next by "and"."""
    if parse.dep[noun] != "conj" or parse.pos[noun] not in _NOUNS:
        return False
    kids = kids_of(parse, noun)
    start = min([noun, *(kid for kid in kids if kid < noun and parse.dep[kid] != "punct")])
    return start > 0 and parse.lower[start - 1] == "," and any(parse.dep[kid] == "cc" for kid in kids)


def _conjunction(parse: Columns, i: int, first: int) -> bool:
    """ "Flags fell as troops, backed by drones, retook the town": that word opens a clause."""
    node, comma, place = first - 1, False, None
    if node > 0 and parse.lower[node] == ",":
        node, comma = node - 1, True
        place = before_participle(parse, first)
        if place is not None:
            node, comma = place, False
    if parse.pos[node] in ("CCONJ", "PUNCT"):
        return False
    for _ in range(9):
        above = parse.head[node]
        if node < 0 or above == node or above >= first:
            return False
        if parse.dep[node] == "pobj" and parse.lower[above] in CONJUNCTIONS:
            break
        node = above
    else:
        return False
    preposition, kids = above, kids_of(parse, node)
    apart = any(parse.dep[kid] in _ASIDES and parse.lower[_left(parse, kid) - 1] == "," for kid in kids)
    apart = apart and node != place
    if comma != apart and not (comma and _ends_in_aside(parse, node, first)):
        return False
    verb = main_verb_above(parse, preposition)
    if verb is None or verb == i or parse.dep[i] == "ROOT" or parse.head[preposition] > i:
        return False
    if parse.lower[preposition] == "as" and parse.tag[verb] == "VBN" and _is_bare(parse, verb):
        return False  # "the group known as Boko Haram attacked"
    passive = any(parse.dep[kid] == "auxpass" for kid in kids_of(parse, i))
    if parse.tag[i] == "VB":
        parse.tag[i] = "VBD" if parse.tag[verb] == "VBD" else "VBP"
    hang(parse, i, verb, "advcl")
    hang(parse, node, i, "nsubjpass" if passive else "nsubj")
    hang(parse, preposition, i, "mark")
    return True


def _measure(parse: Columns, i: int) -> None:
    """ "Flew 350 kilometres before they fell": how far is the verb's before it; "days before they fell" is not."""
    verb = parse.head[i]
    above, marked = (
        parse.head[verb],
        i + 1 < len(parse.dep) and parse.head[i + 1] == verb and parse.dep[i + 1] == "mark",
    )
    if marked and above < i and parse.pos[above] == "VERB" and parse.lemma[i] in load_units().measures:
        parse.head[i] = above


def _ends_in_aside(parse: Columns, noun: int, first: int) -> bool:
    """ "Since a tanker carrying oil, the Eagle, was seized": whether two commas set off what ends before a verb."""
    opening = next((j for j in range(first - 2, noun, -1) if parse.lower[j] == ","), first)
    for j in range(opening + 1, first - 1):
        if parse.dep[j] == "appos" and noun <= parse.head[j] < opening:
            parse.head[j] = noun
            return True
    return False


def _did(parse: Columns, i: int) -> None:
    """ "If they close the strait, as they did in May": a verb that stands for another, taken for its auxiliary."""
    preposition = parse.head[i]
    verb = verb_above(parse, preposition)
    if verb is None or i != preposition - 1 or verb > i:
        return
    for kid in kids_of(parse, verb):
        if kid >= preposition and parse.dep[kid] == "prep":
            parse.head[kid] = i
    for kid in (*kids_of(parse, preposition), *kids_of(parse, verb)):
        if kid < i and i - kid < 6 and (parse.dep[kid] == "nsubj" and kid > verb):
            parse.head[kid] = i
    parse.pos[i] = "VERB"
    hang(parse, i, verb, "advcl")


def _of_fronted(parse: Columns, i: int) -> None:
    """ "In a decree read out on Monday, the junta accused them": the phrase is the main verb's."""
    preposition = next((kid for kid in kids_of(parse, i) if kid < i and parse.dep[kid] == "prep"), None)
    noun = i - 1
    if parse.lower[noun] == "," and _is_published(parse.lemma[i]):
        noun = i - 2  # "in a statement, posted online, the group said"
    if preposition is None or parse.head[i] < i or parse.head[noun] != preposition or parse.dep[noun] != "pobj":
        return
    parse.head[preposition] = parse.head[i]
    hang(parse, i, noun, "acl")


def _is_published(lemma: str) -> bool:
    words = load_words()
    return lemma in words.creating or lemma in words.publishing


def _signed(parse: Columns, i: int) -> None:
    """ "Under the deal, signed in May, Chad would lease a port": what papers are, not who acts by them."""
    verb, first = parse.head[i], i
    while first > 0 and parse.head[first - 1] == i:
        first -= 1
    noun = first - 1 if parse.lower[first - 1] != "," else first - 2
    if verb < i or noun < 1 or first == noun + 1 or not _is_published(parse.lemma[i]):
        return
    if any(parse.dep[kid] in (*SUBJECTS, "aux", "auxpass", "mark") for kid in kids_of(parse, i)):
        return
    while parse.dep[noun] == "pobj" and parse.head[parse.head[noun]] not in (verb, noun) and noun > 1:
        noun = parse.head[parse.head[noun]]  # "under the deal on ports, signed in May"
    if parse.dep[noun] == "pobj" and parse.head[parse.head[noun]] == verb and parse.ent[noun] not in ("DATE", "TIME"):
        hang(parse, i, noun, "acl")


def _fronted(parse: Columns, i: int) -> None:
    """ "They promised to go; by 2024 they had gone", "bombed it, and in May Kyiv fell": a phrase that opens a clause.

    Behind "and" a phrase of the clause before would be a sibling of another.
    """
    verb = parse.head[i]
    if parse.pos[verb] not in ("VERB", "AUX"):
        return
    for j in range(i + 1, min(i + 40, len(parse.head))):
        if parse.dep[j] == "ROOT" or parse.lower[j] == ";":
            return
        if parse.head[j] < i and parse.dep[j] in ("conj", "ccomp", "parataxis") and parse.pos[j] in ("VERB", "AUX"):
            if any(i < kid < j and parse.dep[kid] in SUBJECTS for kid in kids_of(parse, j)):
                parse.head[i] = j
            return


def _left(parse: Columns, i: int) -> int:
    """The first token of what hangs on token i."""
    return min([i, *(kid for kid in kids_of(parse, i) if kid < i)])


def _is_bare(parse: Columns, verb: int) -> bool:
    return not any(parse.dep[kid] in ("aux", "auxpass") for kid in kids_of(parse, verb))


def _gap_filled(parse: Columns, i: int) -> None:
    """ "Blew up a bridge which rebels had built and took six men": what a relative clause lacks, all its verbs lack.

    A verb beside one whose object is the relative pronoun, with an object of its own, belongs to the main clause.
    """
    relative = parse.head[i]
    if parse.dep[relative] != "relcl" or parse.tag[i] != "VBD":
        return
    kids = (*kids_of(parse, relative), *kids_of(parse, i))
    pronoun = next((kid for kid in kids if kid < relative and parse.dep[kid] == "dobj"), None)
    filled = any(parse.dep[kid] == "dobj" and kid > i for kid in kids if parse.head[kid] == i)
    main = verb_above(parse, parse.head[relative])
    if pronoun is None or parse.tag[pronoun] not in ("WDT", "WP", "IN") or not filled:
        return
    if main is not None and parse.tag[main] == "VBD":
        parse.head[pronoun], parse.head[i] = relative, main


def _told_further(parse: Columns, i: int, first: int) -> None:
    """ "Agents found traces, he said, and were looking for two men": what is told goes on behind its source.

    Behind a quotation it is the speaker who goes on: '"We won," he said, and left'.
    """
    said = parse.head[i]
    told = next((kid for kid in kids_of(parse, said) if parse.dep[kid] == "ccomp" and kid < said), None)
    if told is None or parse.lower[first - 1] != "and" or parse.lower[first - 2] != ",":
        return
    if parse.lemma[said] in ("say", "report", "state", "announce") and _QUOTES.isdisjoint(parse.lower[told:said]):
        parse.head[i] = told
