"""Repairs of what is joined across the kinds: verbs beside nouns, participles beside finite verbs, objects that a
second clause has taken for its subject.
"""

from __future__ import annotations

from triplomat.ontology.embedding import load_embedding
from triplomat.ontology.words import load_words

from .columns import FINITE, SUBJECTS, Columns, hang, kids_of, main_verb_above
from .mending_sequels import perfect_of_main

JOINED = frozenset({"acl", "advcl", "conj", "ccomp", "xcomp", "relcl"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_VERBAL = {"NN": "VB", "JJ": "VB", "JJR": "VB", "NNS": "VBZ"}
"""What nouns and adjectives are taken for, and what they are where they have an object."""
_NAMED = frozenset({"GPE", "NORP", "ORG", "PERSON"})
_FILLED = frozenset({"dobj", "ccomp", "xcomp", "acomp", "attr", "nsubjpass", "prep", "dative"})
_RELATIVES = frozenset({"which", "that", "who", "whom", "whose", "where", "when"})


def join(parse: Columns, i: int) -> None:
    """Repairs what token i, which has one of the `JOINED` labels, is joined to."""
    dep, head = parse.dep[i], parse.head[i]
    if dep == "conj":
        if parse.tag[i] in _VERBAL and parse.pos[head] == "VERB":
            _verb_by_its_object(parse, i)
        if parse.pos[i] in _NOUNS and parse.pos[head] == "VERB":
            _clause_of_noun(parse, i)
        elif parse.pos[i] == "VERB" and parse.dep[head] == "ROOT" and parse.ent[head] in _NAMED:
            _two_subjects(parse, i)
        elif parse.pos[i] == "VERB" and parse.tag[i] in FINITE and parse.pos[head] in _NOUNS:
            _beside_a_noun(parse, i)
        elif parse.tag[i] == "VBG" and parse.pos[i] == "VERB" and parse.dep[head] == "ccomp":
            _participle_goes_on(parse, i)
        elif parse.tag[i] == "VB" and parse.tag[head] != "VB" and parse.pos[head] == "VERB":
            _beside_an_infinitive(parse, i)
        elif parse.tag[i] == "VBD" and parse.tag[head] == "VBN" and parse.dep[head] in ("advcl", "relcl"):
            _beside_a_participle(parse, i)
        elif parse.tag[i] == "VBD" == parse.tag[head] and parse.dep[head] == "advcl":
            _behind_a_time(parse, i)
        if parse.tag[i] in FINITE and parse.dep[parse.head[i]] == "relcl":
            _across(parse, i)
        elif parse.tag[i] == "VBN" and parse.dep[parse.head[i]] == "relcl":
            perfect_of_main(parse, i)
        elif parse.tag[i] == "VBD" and parse.dep[parse.head[i]] == "ccomp":
            _beside_a_wish(parse, i)
    elif dep == "acl":
        if parse.pos[head] == "VERB":
            parse.dep[i] = "advcl"  # a verb has no participle that describes it
        elif parse.tag[i] == "VBN" and parse.pos[head] == "NOUN" and i == head + 1:
            _marked_noun(parse, i)
        elif parse.tag[i] in FINITE and (_is_answer(parse.lemma[i]) or _is_called(parse, i)):
            _answered(parse, i)
    elif dep == "advcl":
        if parse.tag[i] == "VBG" and head < i:
            _behind_aside(parse, i)
    elif dep == "relcl":
        if parse.tag[head] == "VBZ" and parse.dep[head] in ("conj", "advcl", "dep"):
            _steps(parse, i)
        elif parse.pos[head] == "VERB" and head < i:
            _behind_preposition(parse, i)
        else:
            _lacking(parse, i)
    elif parse.tag[i] == "VBG":
        _named_by_gerund(parse, i)
    elif dep == "ccomp" and parse.tag[i] in FINITE and head < i:
        _object_taken(parse, i)


def _verb_by_its_object(parse: Columns, i: int) -> None:
    """ "To withdraw, hand over its tanks and go": a noun beside a verb has no object; it is a verb."""
    kids = kids_of(parse, i)
    if not any(parse.dep[kid] == "dobj" and kid > i for kid in kids):
        return
    if any(kid < i and parse.dep[kid] not in ("advmod", "neg", "punct", "cc") for kid in kids):
        return
    parse.tag[i], parse.pos[i] = _VERBAL[parse.tag[i]], "VERB"
    if parse.tag[i] == "VB":
        parse.lemma[i] = parse.lower[i]


def _clause_of_noun(parse: Columns, i: int) -> None:
    """ "Drivers struck, and the union, founded by miners, called for talks": a noun beside a verb has its own verb.

    The parser took it for a participle, or for a relative clause that lacks its pronoun.
    """
    kids = kids_of(parse, i)
    verb = next((kid for kid in reversed(kids) if kid > i and parse.dep[kid] in ("acl", "relcl")), None)
    if (
        verb is None
        or parse.tag[verb] not in (*FINITE, "VBN")
        or not any(parse.dep[kid] == "cc" and kid < i for kid in kids_of(parse, parse.head[i]))
    ):
        return
    below = kids_of(parse, verb)
    subject = next((kid for kid in below if parse.dep[kid] in SUBJECTS), None)
    if any(parse.lower[kid] in _RELATIVES for kid in below if kid < verb) or any(
        parse.dep[k] == "agent" for k in below
    ):
        return
    if subject is not None:  # "talks on monitoring it collapsed"
        gerund = subject - 1
        if parse.tag[gerund] != "VBG" or parse.dep[gerund] != "pcomp" or verb != subject + 1:
            return
        hang(parse, subject, gerund, "dobj")
    elif parse.dep[verb] != "acl" or parse.lower[verb - 1] != ",":
        return
    hang(parse, verb, parse.head[i], "conj")
    hang(parse, i, verb, "nsubj")


def _two_subjects(parse: Columns, i: int) -> None:
    """ "Kenya, whose envoy left, and Chad, which stayed, will meet": a name is no clause, but one of two subjects."""
    name, kids = parse.head[i], kids_of(parse, i)
    subject = next((kid for kid in kids if parse.dep[kid] == "nsubj" and name < kid < i), None)
    joint = next((kid for kid in kids_of(parse, name) if parse.dep[kid] == "cc" and name < kid < i), None)
    if subject is None or joint is None or min([subject, *(kid for kid in kids_of(parse, subject))]) != joint + 1:
        return
    if parse.ent[subject] not in _NAMED or any(parse.dep[kid] == "prep" for kid in kids_of(parse, name)):
        return
    hang(parse, i, i, "ROOT")
    hang(parse, name, i, "nsubj")
    hang(parse, subject, name, "conj")


def _beside_a_noun(parse: Columns, i: int) -> None:
    """ "Accused them of a breach, and published pictures": a finite verb is no sibling of a noun."""
    if any(parse.dep[kid] in SUBJECTS for kid in kids_of(parse, i)):
        return
    verb = main_verb_above(parse, parse.head[i])
    if verb is not None and verb < i and parse.tag[verb] in (parse.tag[i], "VBN"):
        parse.head[i] = verb


def _beside_a_participle(parse: Columns, i: int) -> None:
    """ "Joined, since it has recognised Israel, and ordered trains": a plain past is no sibling of a perfect."""
    perfect = parse.head[i]
    kids = kids_of(parse, i)
    if any(parse.dep[kid] in ("aux", "auxpass", *SUBJECTS) for kid in kids):
        return
    first = min([i, *(kid for kid in kids if kid < i)])
    if parse.lower[first - 1] != "and" or parse.lower[first - 2] != ",":
        return
    if not any(parse.dep[kid] == "aux" and parse.lower[kid] in ("has", "have") for kid in kids_of(parse, perfect)):
        return
    main = main_verb_above(parse, parse.head[perfect])
    if main is not None and parse.tag[main] == "VBD" and parse.pos[main] == "VERB":
        parse.head[i] = main


def _beside_an_infinitive(parse: Columns, i: int) -> None:
    """ "Were told to find, pick up and sort shells": a bare infinitive is a sibling of one with "to", not of a past."""
    above = parse.head[i]
    if any(parse.dep[kid] in ("aux", "auxpass", *SUBJECTS) for kid in kids_of(parse, i)):
        return
    if any(parse.tag[kid] == "MD" or parse.lemma[kid] == "do" for kid in kids_of(parse, above) if kid < above):
        return
    between = [kid for kid in kids_of(parse, above) if above < kid < i and parse.tag[kid] == "VB"]
    if between and any(parse.lower[kid] == "to" for kid in kids_of(parse, between[-1]) if parse.dep[kid] == "aux"):
        parse.head[i] = between[-1]


def _behind_a_time(parse: Columns, i: int) -> None:
    """ "Recalled its envoy after they shot down a drone, and closed its airspace": a comma ends the clause of time."""
    inner, kids = parse.head[i], kids_of(parse, i)
    first = min([i, *(kid for kid in kids if kid < i)])
    if parse.lower[first - 1] not in ("and", "but") or parse.lower[first - 2] != ",":
        return
    main, own = parse.head[inner], kids_of(parse, inner)
    if main > inner or parse.tag[main] != "VBD" or parse.pos[main] != "VERB":
        return
    if any(parse.dep[kid] in ("aux", "auxpass", *SUBJECTS) for kid in kids):
        return
    if not any(parse.dep[kid] in SUBJECTS for kid in own) or any(parse.dep[k] == "conj" and k != i for k in own):
        return
    parse.head[i] = main
    for kid in own:
        if first - 2 <= kid < first:
            parse.head[kid] = main


def _across(parse: Columns, i: int) -> None:
    """ "Russia, whose envoy was received, called for calm and left": no sibling reaches across the main verb."""
    inner = parse.head[i]
    main = parse.head[parse.head[inner]]
    if not inner < main < i or parse.pos[main] != "VERB" or parse.tag[main] != parse.tag[i]:
        return
    if not any(parse.dep[kid] in SUBJECTS for kid in kids_of(parse, i)):
        parse.head[i] = main
        for kid in kids_of(parse, inner):
            if main < kid < i and parse.dep[kid] == "cc":
                parse.head[kid] = main


def _beside_a_wish(parse: Columns, i: int) -> None:
    """ "Demanded that they be tried, and the Union offered help": what is wished for has no sibling that happened."""
    wished, kids = parse.head[i], kids_of(parse, i)
    main = parse.head[wished]
    helping = [kid for kid in kids_of(parse, wished) if parse.dep[kid] in ("aux", "auxpass")]
    bare = [parse.lower[kid] for kid in helping] == ["be"] or (not helping and parse.tag[wished] == "VB")
    if main > wished or not bare or parse.tag[main] != "VBD" or not any(parse.dep[kid] in SUBJECTS for kid in kids):
        return
    parse.head[i] = main


def _behind_preposition(parse: Columns, i: int) -> None:
    """ "Reopen the crossing, through which fruit is sold": behind such a preposition "which" is the noun before it."""
    kids = kids_of(parse, i)
    first = min([i, *kids])
    pronoun, noun = first + 1, first - 2
    if parse.dep[first] != "prep" or parse.head[pronoun] != first or parse.lower[pronoun] not in ("which", "whom"):
        return
    if parse.lower[first] in ("after", "before", "during", "since") or parse.lower[first - 1] != ",":
        return
    if noun > parse.head[i] and parse.pos[noun] in ("NOUN", "PROPN"):
        parse.head[i] = noun


def _marked_noun(parse: Columns, i: int) -> None:
    """ "A pact that the two signed in May": a noun has no conjunction; it is the subject of the verb behind it."""
    noun = parse.head[i]
    kids = kids_of(parse, noun)
    that = next((kid for kid in kids if parse.dep[kid] == "mark" and parse.lower[kid] == "that"), None)
    if that is None or any(parse.dep[kid] == "agent" for kid in kids_of(parse, i)):
        return
    saying = parse.head[noun]
    if saying == that - 1 and parse.pos[saying] == "VERB":  # "says that a professor spied for Moscow"
        hang(parse, that, i, "mark")
        hang(parse, i, saying, "ccomp")
        hang(parse, noun, i, "nsubj")
        parse.tag[i] = "VBD"
        return
    if parse.pos[that - 1] != "NOUN":
        return
    for kid in kids:
        if kid > i:
            parse.head[kid] = i
    hang(parse, that, i, "dobj")
    hang(parse, i, that - 1, "relcl")
    hang(parse, noun, i, "nsubj")
    parse.tag[i] = "VBD"


def _behind_aside(parse: Columns, i: int) -> None:
    """ "Rebels took the town, the army said, dealing a blow to the pact": who took it deals the blow."""
    said = parse.head[i]
    if parse.lemma[said] not in ("say", "report", "state", "announce"):
        return
    told = next((kid for kid in kids_of(parse, said) if parse.dep[kid] == "ccomp" and kid < said), None)
    if told is None or parse.lower[i] in load_words().going_on or parse.lemma[i] in load_words().citing:
        return
    first = min([i, *(kid for kid in kids_of(parse, i) if kid < i)])
    if parse.lower[first - 1] == "," and first - 2 <= said + 2 and parse.tag[said] in FINITE:
        parse.head[i] = told


def _participle_goes_on(parse: Columns, i: int) -> None:
    """ "Complaining that they had left and reserving the right": a bare participle is no sibling of a finite verb."""
    told = parse.head[i]
    above = parse.head[told]
    if parse.tag[told] == "VBG" or parse.tag[above] != "VBG" or above > told:
        return
    if not any(parse.dep[kid] in ("aux", "auxpass", *SUBJECTS) for kid in kids_of(parse, i)):
        parse.head[i] = above


def _steps(parse: Columns, i: int) -> None:
    """ "Sent guns and held drills, moves that Addis regards as a siege": a verb has no relative clause."""
    noun = parse.head[i]
    pronoun = next((kid for kid in kids_of(parse, i) if parse.lower[kid] in ("that", "which") and kid < i), None)
    if pronoun is None or parse.lower[noun - 1] != "," or pronoun != noun + 1:
        return
    if any(parse.dep[kid] in ("dobj", *SUBJECTS) for kid in kids_of(parse, noun)):
        return
    parse.tag[noun], parse.pos[noun], parse.dep[noun] = "NNS", "NOUN", "appos"
    parse.tag[pronoun] = "WDT"


def _lacking(parse: Columns, i: int) -> None:
    """ "Charges that he denies", "an ore that China claims": behind a noun that says nothing, "that" is the object."""
    kids = kids_of(parse, i)
    that = next((kid for kid in kids if parse.dep[kid] == "mark" and parse.lower[kid] == "that"), None)
    if that is None or any(parse.dep[kid] in _FILLED for kid in kids):
        return
    noun = parse.head[i]
    says = load_embedding().exact(parse.lemma[noun], "noun", "that") is not None
    timed = parse.ent[noun] in ("DATE", "TIME") or parse.lemma[noun] in load_words().occasions
    if _is_answer(parse.lemma[i]) or not (says or timed or parse.pos[noun] in ("VERB", "AUX", "ADJ")):
        parse.dep[that] = "dobj"


def _is_answer(lemma: str) -> bool:
    words = load_words()
    return lemma in words.answering or lemma in words.judging


def _is_called(parse: Columns, i: int) -> bool:
    """ "A decision that senators called dangerous": what has been called so is the decision."""
    return any(parse.dep[kid] == "oprd" and kid > i for kid in kids_of(parse, i))


def _answered(parse: Columns, i: int) -> None:
    """ "A claim that experts rejected in a report": what is answered is the claim; the clause isn't its content."""
    kids = kids_of(parse, i)
    that = next((kid for kid in kids if parse.lower[kid] == "that" and kid < i), None)
    if that is None or not any(parse.dep[kid] in SUBJECTS and kid != that for kid in kids):
        return
    if not any(parse.dep[kid] in ("dobj", "ccomp", "xcomp", "auxpass") for kid in kids if kid > that):
        parse.dep[i], parse.dep[that] = "relcl", "dobj"
        claim = parse.head[i]
        verb = main_verb_above(parse, parse.head[claim]) if parse.dep[claim] == "appos" else None
        if verb is not None and parse.pos[parse.head[claim]] == "PROPN":
            parse.head[claim] = verb


def _named_by_gerund(parse: Columns, i: int) -> None:
    """ "Pakistan closes Torkham crossing": what a verb without clauses has behind it is its object."""
    verb, name = parse.head[i], i - 1
    kids = kids_of(parse, i)
    if parse.head[name] != i or parse.dep[name] != "nsubj" or parse.tag[name] != "NNP" or verb >= name:
        return
    if any(parse.dep[kid] in ("dobj", "aux", "mark", "xcomp", "ccomp", "prt") for kid in kids):
        return
    lexicon, lemma = load_embedding(), parse.lemma[verb]
    if parse.pos[verb] != "VERB" or lexicon.exact(lemma, "verb", "-ing") or lexicon.exact(lemma, "verb", "that"):
        return
    if lemma in load_words().bare_control:
        return
    for kid in kids:
        if kid > i:
            parse.head[kid] = verb
    parse.dep[name], parse.tag[i], parse.pos[i] = "compound", "NN", "NOUN"
    parse.dep[i] = "dobj"


def _object_taken(parse: Columns, i: int) -> None:
    """ "A mine maimed two men and its minister threatened to leave": the first of two is the object of the verb before.

    Which verb says no clause, has no object, and what stands right behind it ends in a sibling before the next verb.
    """
    verb = parse.head[i]
    if parse.pos[verb] != "VERB" or load_embedding().find(parse.lemma[verb], "verb", "that") is not None:
        return
    kids = kids_of(parse, i)
    taken = next((kid for kid in kids if parse.dep[kid] == "nsubj" and verb < kid < i), None)
    if taken is None or any(parse.dep[kid] == "mark" or parse.tag[kid] in ("WP", "WRB", "WDT") for kid in kids):
        return
    above = kids_of(parse, verb)
    if any(parse.dep[kid] in ("dobj", "auxpass") for kid in above) or not any(parse.dep[k] in SUBJECTS for k in above):
        return
    if i == taken + 1:
        _described(parse, i, taken, verb)
        return
    node, last = i - 1, None
    for _ in range(8):
        if parse.dep[node] == "conj" and parse.pos[node] in _NOUNS:
            last = node
            break
        node = parse.head[node]
        if node == taken or node >= i or node <= verb:
            return
    if last is None or _first_of(parse, taken) != verb + 1:
        return
    for kid in kids_of(parse, parse.head[last]):
        if parse.dep[kid] == "cc" and kid < last:
            parse.head[kid] = verb
    hang(parse, taken, verb, "dobj")
    hang(parse, last, i, "nsubj")
    parse.dep[i] = "conj"


def _described(parse: Columns, i: int, thing: int, verb: int) -> None:
    """ "Carried out the scheme agreed in 2002": a past with circumstances alone describes the object before it."""
    behind = kids_of(parse, i)
    particle = any(parse.dep[kid] == "prt" for kid in kids_of(parse, verb))
    if parse.tag[i] != "VBD" or _first_of(parse, thing) != verb + 1 + particle:
        return
    if any(kid > i and parse.dep[kid] not in ("prep", "npadvmod", "advmod", "punct", "agent") for kid in behind):
        return
    if not any(kid > i and parse.dep[kid] in ("prep", "agent") for kid in behind):
        return
    hang(parse, thing, verb, "dobj")
    hang(parse, i, thing, "acl")
    parse.tag[i] = "VBN"


def _first_of(parse: Columns, noun: int) -> int:
    return min([noun, *(kid for kid in kids_of(parse, noun) if kid < noun)])
