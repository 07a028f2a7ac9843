"""Clauses without a verb: nominal events ("Putin's visit to Pyongyang"), titles, appositions, possessives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Span

from triplomat.ontology.embedding import load_embedding
from triplomat.ontology.nouns import EventNoun, load_event_nouns
from triplomat.ontology.words import load_words

from .clauses import Clause, Part, clause_of, prepositional
from .phrases import phrase
from .subjects import Subjects
from .tree import Tree

_SITES = ("GPE", "LOC", "FAC")
_NOUNS = ("NOUN", "PROPN")


def nominal_clauses(sent: Span, tree: Tree, *, nouns: Mapping[str, EventNoun] | None = None) -> Iterator[Clause]:
    """The nominal events of a sentence that name at least one participant, in the order of their nouns."""
    nouns = nouns if nouns is not None else load_event_nouns()
    subjects = Subjects(tree)
    for i in range(sent.start, sent.end):
        if tree.pos[i] != "NOUN" or tree.dep[i] in ("compound", "amod", "nmod"):  # "the Cold War" is a name
            continue
        noun = nouns.get(tree.lemma[i])
        if noun is not None and not _is_rescue(tree, i) and not _is_preposition(tree, i):
            clause = _nominal(tree, subjects, i, noun)
            if clause.parts:
                yield clause


def _is_rescue(tree: Tree, i: int) -> bool:
    """ "Came to Chad's aid": an idiom, in which the aid isn't Chad's."""
    words, preposition = load_words(), tree.head[i]
    return (
        tree.lemma[i] in words.rescues
        and tree.lower[preposition] == "to"
        and tree.lemma[tree.head[preposition]] in words.rescuing
    )


def _is_preposition(tree: Tree, i: int) -> bool:
    """ "In return for": part of a preposition, no event."""
    return (
        0 < i < len(tree.text) - 1
        and tree.lower[i - 1] == "in"
        and f"{tree.lower[i]} {tree.lower[i + 1]}" in load_words().complex_prepositions
    )


def appositions(sent: Span, tree: Tree) -> Iterator[Clause]:
    """What an apposition says of a name: "Lavrov, the foreign minister"; "Wagner, a mercenary group"."""
    for i in range(sent.start, sent.end):
        head = tree.head[i]
        if tree.dep[i] != "appos" or tree.pos[i] not in _NOUNS or tree.pos[head] not in (*_NOUNS, "PRON"):
            continue
        if tree.ent[i] in ("DATE", "TIME", "CARDINAL", "MONEY") or any(
            tree.text[kid] == "(" for kid in tree.kids[head]
        ):
            continue
        name, what = (i, head) if _is_named(tree, head, i) else (head, i)
        if _is_aside(tree, head, i) or tree.tag[tree.edges(i)[0]] in ("IN", "RB"):  # "among them a captain"
            continue
        parts = [Part(tree, "subject", name, *phrase(tree, name))]
        if name == head and tree.tag[what] == "NNS" and tree.tag[head] in ("NNP", "NN"):
            several = (node for node in tree.conjuncts(head)[1:] if node < i)
            parts += [Part(tree, "subject", node, *phrase(tree, node)) for node in several]
        parts.append(Part(tree, "attribute", what, *phrase(tree, what)))
        yield clause_of("apposition", tree, what, "be", parts, chain=(what,))


def describes(clause: Clause, tree: Tree) -> bool:
    """Whether an apposition says what somebody or something is, not where: "Leeds, Alabama", "Chad, Niger and".

    Nor is a person what a place is ("back from Florida, Ruiz said").
    """
    heads = [part.i for part in clause.parts]
    places = [i for i in heads if tree.ent[i] in _SITES and tree.pos[i] == "PROPN"]
    return not places or any(i not in places and tree.ent[i] != "PERSON" for i in heads)


def _is_named(tree: Tree, noun: int, i: int) -> bool:
    """ "The foreign minister, Ana Ruiz", "the North's news agency, KCNA": the name stands behind what it is."""
    if tree.pos[noun] != "NOUN" or tree.ent[i] not in ("PERSON", "ORG"):
        return False
    return tree.ent[i] == "PERSON" or (tree.pos[i] == "PROPN" and tree.first(noun, "poss", "det") is not None)


def _is_aside(tree: Tree, head: int, i: int) -> bool:
    """ "Might blow up the dam, a remark for which": what is said of all that stands before."""
    if tree.lemma[i] in load_words().summing and tree.dep[head] in ("dobj", "pobj"):
        return True
    first, last = tree.edges(i)
    if last > first + 1 and tree.lower[first + 1 : first + 3] in (["of", "them"], ["of", "whom"], ["of", "which"]):
        return True  # "eleven men, two of them minors"
    if tree.ent[head] in ("PERSON", "GPE") and tree.lemma[i] in load_event_nouns() and tree.first(i, "relcl", "acl"):
        return True  # "was received by Putin, a visit for which he was blamed"
    if tree.lemma[i] in load_words().figures and tree.pos[head] == "NOUN" and tree.first(i, "relcl", "acl"):
        return True  # "10,000 soldiers have died, a number that Kyiv disputes"
    lexicon = load_embedding()
    content = lexicon.find(tree.lemma[i], "noun", "that") or lexicon.find(tree.lemma[i], "noun", "to")
    if content is None or tree.pos[i] != "NOUN" or tree.dep[head] in ("nsubj", "nsubjpass"):
        return False
    return tree.pos[head] == "PROPN" or lexicon.find(tree.lemma[head], "noun") is None


def offices(sent: Span, tree: Tree, *, titles: frozenset[str]) -> Iterator[Clause]:
    """A title before a name with the state that it belongs to: "Russia's President Vladimir Putin"."""
    for i in range(sent.start, sent.end):
        if tree.lower[i] not in titles or tree.ent[i] == "ORG":
            continue
        holder, owner = _holder(tree, i), None
        if holder is None:
            continue
        for node in (holder, i):
            for kid in tree.kids_of(node, "poss", "amod", "compound", "nmod"):
                if kid < i and tree.ent[kid] in ("GPE", "NORP", "ORG") and kid != i:
                    owner = kid
        if owner is None:
            continue
        first = min(j for j in (holder, *tree.kids_of(holder, "compound")) if j > i or j == holder)
        low, high = phrase(tree, owner)
        while tree.dep[high] == "case":
            high -= 1
        parts = (
            Part(tree, "object", owner, low, high),
            Part(tree, "subject", holder, min(first, holder), holder),
        )
        yield clause_of("office", tree, i, tree.lemma[i], parts, chain=(i,))


def _holder(tree: Tree, title: int) -> int | None:
    """The name that a title stands before, whichever of the two the parser took for the head."""
    head = tree.head[title]
    if tree.dep[title] in ("compound", "nmod") and head > title and tree.ent[head] == "PERSON":
        return head
    for kid in tree.kids[title]:
        if kid > title and tree.dep[kid] in ("appos", "dobj", "flat") and tree.ent[kid] == "PERSON" and kid - title < 5:
            return kid
    if title + 1 < len(tree.text) and tree.ent[title + 1] == "PERSON":
        last = title + 1
        while last + 1 < len(tree.text) and tree.ent[last + 1] == "PERSON":
            last += 1
        return last
    return None


def _nominal(tree: Tree, subjects: Subjects, i: int, noun: EventNoun) -> Clause:
    parts: list[Part] = []
    owner = tree.first(i, "poss")
    taken = owner is not None
    if owner is not None:
        possessor = _possessor(tree, owner)
        parts.append(replace(possessor, role="object") if _suffers(tree, i, owner, noun) else possessor)
    for prep in tree.kids_of(i, "prep", "agent"):
        word, owned = tree.lower[prep], taken
        for part in prepositional(tree, prep):
            if part.role == "clause":
                continue
            if word == "by":
                parts.append(replace(part, role="agent" if noun.of == "object" else "subject", preposition="by"))
                taken = True
            elif word == "from" and not taken and tree.lemma[i] in load_words().coming:
                parts.append(replace(part, role="subject", preposition="from"))
                taken = True
            elif word == "of" and tree.ent[part.i] not in ("DATE", "TIME"):
                role = "object" if owned or _is_content(tree, part.i, noun) else "subject"
                if role == "subject" and tree.ent[part.i] in ("PERCENT", "MONEY", "QUANTITY"):  # "tariffs of 20%"
                    continue
                taken = taken or role == "subject"
                inner = _inner_complement(tree, part.i)
                last = part.last if inner is None else tree.edges(inner)[0] - 1
                parts.append(replace(part, role=role, last=last, preposition="of"))
                parts += [] if inner is None else prepositional(tree, inner)
            else:
                parts.append(part)
    for kid in tree.kids_of(i, "compound", "amod", "nmod"):
        if tree.ent[kid] in ("GPE", "NORP", "ORG") or tree.pos[kid] == "PROPN":
            parts.append(Part(tree, "modifier", kid, kid, kid))
    if not taken and parts and tree.dep[i] == "dobj" and _is_supported(tree, tree.head[i]):
        receiver = tree.first(tree.head[i], "dative") if tree.lemma[tree.head[i]] in load_words().giving else None
        doers = subjects.of(tree.head[i]) if receiver is None else [receiver]  # "gave Egypt a veto": Egypt's
        for head in doers:
            parts.append(Part(tree, "subject", head, *phrase(tree, head), "support"))
    parts.sort(key=lambda part: (part.i, part.role))
    agent = any(part.role == "agent" for part in parts)
    negated = any(tree.lower[kid] == "no" and tree.dep[kid] in ("det", "neg") for kid in tree.kids[i])
    told = _retold(parts, agent)
    return clause_of("noun", tree, i, tree.lemma[i], told, chain=(i,), passive=agent, negated=negated)


def _is_content(tree: Tree, thing: int, noun: EventNoun) -> bool:
    """Whether what stands behind "of" is what a nominal tells of: "the delivery of shells", "a promise of aid"."""
    return noun.of == "object" or (noun.of == "content" and tree.pos[thing] == "NOUN")


def _suffers(tree: Tree, i: int, owner: int, noun: EventNoun) -> bool:
    """ "Castillo's removal", "his arrest": whom it is done to, unless that stands behind "of"."""
    if noun.of != "object" or tree.lemma[i] not in load_words().suffered:
        return False
    if any(tree.lower[kid] == "of" for kid in tree.kids_of(i, "prep")):
        return False
    return tree.ent[owner] == "PERSON" or tree.lower[owner] in ("his", "her")


def _is_supported(tree: Tree, verb: int) -> bool:
    """Whether a verb's subject is also the doer of the event that its object names: "launched an attack"."""
    lemma, supporting = tree.lemma[verb], load_words().supporting
    particle = tree.first(verb, "prt")
    return (lemma if particle is None else f"{lemma} {tree.lower[particle]}") in supporting


def _inner_complement(tree: Tree, thing: int) -> int | None:
    """ "The delivery of shells to Russia": the to-phrase is the delivery's, wherever the parser hung it."""
    for prep in tree.kids_of(thing, "prep"):
        noun = tree.first(prep, "pobj")
        if tree.lower[prep] in ("to", "from") and prep > thing and noun is not None and tree.pos[noun] == "PROPN":
            return prep
    return None


def _retold(parts: list[Part], agent: bool) -> list[Part]:
    """With a by-phrase, the object of a nominal is its grammatical subject, as in a passive clause."""
    if not agent:
        return parts
    return [replace(part, role="subject") if part.role == "object" else part for part in parts]


def _possessor(tree: Tree, owner: int) -> Part:
    first, last = phrase(tree, owner)
    while last > owner and tree.dep[last] in ("case", "punct"):
        last -= 1
    return Part(tree, "subject", owner, first, last, "poss")
