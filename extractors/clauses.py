"""A parsed sentence → its clauses: who does what to whom, whatever the construction that says so.

A clause is a predicate with its arguments, each coordinated sibling an argument of its own. Subjects that a
construction leaves out (coordination, relative clauses, participles, infinitives) are filled in by `subjects`.
Events, open-information rows and statements are views of clauses. After ClausIE (Del Corro and Gemulla 2013) and
MinIE (Gashteovski et al. 2017), on the labels of spaCy's English models.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Span, Token

from triplomat.ontology.roles import load_roles
from triplomat.ontology.words import load_words

from . import negation
from .phrases import phrase
from .subjects import Subjects, inverted_speaker, is_passive, relative_gap
from .tree import Tree

SUBJECT_DEPS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
_NO_PREDICATE = frozenset(
    {
        "aux",
        "auxpass",
        "amod",
        "compound",
        "prep",
        "mark",
        "case",
        "agent",
        "advmod",
        "prt",
        "poss",
        "nummod",
        "quantmod",
        "punct",
        "cc",
        "det",
    }
)
_LOCATIVE = {"where": "in", "when": "in", "whereby": "by", "wherein": "in"}


class Part(NamedTuple):
    """An argument of a clause.

    `role` is "subject", "object", "indirect" (bare dative), "agent" (by-phrase of a passive), "oblique"
    (prepositional, or a bare adverbial noun phrase), "attribute" (what a copula ascribes), "clause" (complement clause,
    headed by its verb) or "adverb". `span` is the phrase without its preposition and without its coordinated siblings.
    """

    role: str
    head: Token
    span: Span
    preposition: str | None = None


class Clause(NamedTuple):
    """A predicate and its arguments in sentence order.

    `kind` is "verb", "copula", "noun" (nominal event), "apposition", "office" (a title before a name, with the state or
    body that it belongs to) or "possessive". `lemma` carries the particle ("hand over"). `verbs` are auxiliaries,
    negation, head and particle; those inherited from the first of coordinated verbs are among them.
    """

    kind: str
    head: Token
    lemma: str
    verbs: tuple[Token, ...]
    passive: bool
    negated: bool
    parts: tuple[Part, ...]

    def of_role(self, *roles: str) -> tuple[Part, ...]:
        return tuple([part for part in self.parts if part.role in roles])

    @property
    def subjects(self) -> tuple[Part, ...]:
        return self.of_role("subject")

    @property
    def objects(self) -> tuple[Part, ...]:
        return self.of_role("object")

    @property
    def obliques(self) -> tuple[Part, ...]:
        return self.of_role("oblique")

    @property
    def actors(self) -> tuple[Part, ...]:
        """The logical subjects: the agents of a passive, else the subjects."""
        return self.of_role("agent") if self.passive else self.subjects

    @property
    def patients(self) -> tuple[Part, ...]:
        """The logical objects: the subjects of a passive, else the objects."""
        return self.subjects if self.passive else self.objects


def clauses(sent: Span, tree: Tree | None = None) -> Iterator[Clause]:
    """The verbal clauses of a sentence, in the order of their predicates."""
    tree = tree or Tree(sent.doc)
    subjects = Subjects(tree)
    for i in range(sent.start, sent.end):
        if is_predicate(tree, i):
            yield verbal_clause(tree, subjects, i)


def is_predicate(tree: Tree, i: int) -> bool:
    """Whether token i is a lexical verb or a copula that heads a clause."""
    if tree.pos[i] not in ("VERB", "AUX") or tree.dep[i] in _NO_PREDICATE:
        return False
    if tree.tag[i] == "MD":
        return False
    return not (tree.dep[i] == "conj" and tree.dep[tree.head[i]] in ("amod", "aux", "auxpass", "compound"))


def verbal_clause(tree: Tree, subjects: Subjects, i: int) -> Clause:
    """The clause whose predicate is the verb at token i."""
    passive = is_passive(tree, i)
    parts = [
        _part(tree, "subject", node)
        for head in subjects.of(i)
        for node in tree.conjuncts(head)
        if _nominal(tree, node) or (node == head and tree.dep[node] in ("csubj", "csubjpass"))
    ]
    parts += _complements(tree, i)
    if not any(part.role == "object" for part in parts):
        parts += _shared_objects(tree, i)
    gap = relative_gap(tree, i)
    if gap is not None:
        parts += _gap_parts(tree, i, gap, parts)
    parts.sort(key=lambda part: (part.head.i, part.role))
    chain = verb_chain(tree, i)
    attribute = any(part.role == "attribute" for part in parts)
    copula = tree.lemma[i] == "be" and (attribute or tree.pos[i] == "AUX")
    return Clause(
        kind="copula" if copula else "verb",
        head=tree.doc[i],
        lemma=lemma_of(tree, i),
        verbs=tuple(tree.doc[j] for j in chain),
        passive=passive,
        negated=is_negated(tree, i),
        parts=tuple(parts),
    )


def lemma_of(tree: Tree, i: int) -> str:
    """The lemma of a verb with its particle: "hand over"."""
    particle = tree.first(i, "prt")
    return tree.lemma[i] if particle is None else f"{tree.lemma[i]} {tree.lower[particle]}"


def verb_chain(tree: Tree, i: int) -> list[int]:
    """Auxiliaries, negation, the verb and its particle, in order, with what coordination shares."""
    known = tree.chains.get(i)
    if known is None:
        known = tree.chains[i] = _verb_chain(tree, i)
    return known


def _verb_chain(tree: Tree, i: int) -> list[int]:
    own = tree.kids_of(i, "aux", "auxpass", "neg")
    chain = [*own, i, *tree.kids_of(i, "prt")]
    head = tree.head[i]
    if tree.dep[i] == "conj" and not tree.kids_of(i, "aux", "auxpass", *SUBJECT_DEPS) and tree.tag[head] == tree.tag[i]:
        chain = [*tree.kids_of(head, "aux", "auxpass", "neg"), *chain]
        if tree.dep[head] == "conj":
            chain = [
                j
                for j in verb_chain(tree, head)
                if tree.dep[j] in ("aux", "auxpass", "neg") and j < i and j not in chain
            ] + chain
    return sorted(set(chain))


def is_negated(tree: Tree, i: int) -> bool:
    """Whether the predicate itself is negated: not, never, no longer, "no" before its subject or object."""
    return negation.is_negated(tree, i, verb_chain(tree, i), load_words())


def _complements(tree: Tree, i: int) -> list[Part]:
    parts: list[Part] = []
    for kid in tree.kids[i]:
        dep = tree.dep[kid]
        if dep == "dobj":
            if kid != inverted_speaker(tree, i):
                parts += (
                    _named_object(tree, i, kid)
                    or _given_object(tree, i, kid)
                    or _bereft_object(tree, i, kid)
                    or _coordination(tree, "object", kid)
                )
        elif dep == "dative" and tree.pos[kid] != "ADP":
            parts += _coordination(tree, "indirect", kid)
        elif dep in ("attr", "acomp", "oprd"):
            if dep == "attr" and tree.first(i, "expl") is not None:
                continue  # "there is no proof": what is there is the subject
            parts += _coordination(tree, "attribute", kid)
        elif dep == "agent":
            parts += _agent(tree, kid)
        elif dep in ("prep", "dative"):
            if not _is_discourse(tree, kid):
                parts += prepositional(tree, kid)
        elif dep == "prt" and tree.kids[kid]:  # "handed him over to Minsk"
            for prep in tree.kids_of(kid, "prep"):
                parts += prepositional(tree, prep)
        elif dep in ("npadvmod", "tmod"):
            parts.append(_part(tree, "oblique", kid))
        elif dep in ("xcomp", "ccomp"):
            parts += _small_clause_object(tree, kid)
            parts.append(_clause_part(tree, kid))
        elif dep == "advmod" and tree.tag[kid] not in ("WRB",):
            parts.append(_part(tree, "adverb", kid))
    return [part for part in parts if not _relative_pronoun(tree, part.head.i)]


def _is_discourse(tree: Tree, prep: int) -> bool:
    """ "By contrast", "for example": phrases that only lead over."""
    first, last = tree.edges(prep)
    return last - first < 4 and " ".join(tree.lower[first : last + 1]) in load_words().connectives


def _agent(tree: Tree, by: int) -> list[Part]:
    """The doer behind "by"; "by Thursday" is a time, and "by the Union in Nairobi" tells of a place too."""
    doer = tree.first(by, "pobj")
    if doer is None or tree.ent[doer] in ("DATE", "TIME"):
        return prepositional(tree, by)
    parts = prepositional(tree, by, role="agent")
    if tree.ent[doer] not in ("ORG", "PERSON", "GPE") or not parts:
        return parts
    for prep in tree.kids_of(doer, "prep"):
        place = tree.first(prep, "pobj")
        if tree.lower[prep] in ("in", "at", "on") and place is not None and tree.ent[place] in ("GPE", "LOC", "DATE"):
            span = tree.span(parts[0].span.start, tree.edges(prep)[0] - 1)
            return [parts[0]._replace(span=span), *parts[1:], *prepositional(tree, prep)]
    return parts


def _named_object(tree: Tree, i: int, noun: int) -> list[Part]:
    """ "Elected Rutte president", "calls Kyiv a puppet": two phrases that the parser took for one."""
    if tree.lemma[i] not in load_words().naming or tree.pos[noun] != "NOUN":
        return []
    name = next((kid for kid in tree.kids_of(noun, "compound", "nmod") if tree.pos[kid] == "PROPN"), None)
    if name is None or noun < name:
        return []
    determined = any(name < kid < noun for kid in tree.kids_of(noun, "det"))
    if not determined and (tree.ent[name] != "PERSON" or tree.first(noun, "det", "poss") is not None):
        return []
    first = name + 1
    return [_part(tree, "object", name), Part("attribute", tree.doc[noun], tree.span(first, phrase(tree, noun)[1]))]


def _given_object(tree: Tree, i: int, noun: int) -> list[Part]:
    """ "Gave North Korea oil": a name and a thing that the parser took for one phrase."""
    if tree.lemma[i] not in load_words().giving or tree.pos[noun] != "NOUN" or noun < i:
        return []
    kids = tree.kids[noun]
    name = next((kid for kid in kids if tree.dep[kid] == "compound" and tree.ent[kid] in ("GPE", "PERSON")), None)
    if name is None or name + 1 != noun or any(tree.dep[kid] in ("det", "poss", "prep") for kid in kids):
        return []
    if any(tree.dep[kid] in ("dative", "prep") and tree.lower[kid] == "to" for kid in tree.kids[i]):
        return []
    return [_part(tree, "indirect", name), Part("object", tree.doc[noun], tree.span(noun, phrase(tree, noun)[1]))]


def _bereft_object(tree: Tree, i: int, noun: int) -> list[Part]:
    """ "Deprived the court of its powers": the of-phrase is the verb's, wherever the parser hung it."""
    prep = next((kid for kid in tree.kids_of(noun, "prep") if tree.lower[kid] == "of" and kid > noun), None)
    if prep is None or tree.lemma[i] not in load_roles().of_theme or tree.first(noun, "conj") is not None:
        return []
    if tree.first(i, "ccomp", "xcomp") is not None:  # "warned the crew of the platform that"
        return []
    span = tree.span(phrase(tree, noun)[0], tree.edges(prep)[0] - 1)
    return [Part("object", tree.doc[noun], span), *prepositional(tree, prep)]


def prepositional(tree: Tree, prep: int, *, role: str = "oblique", before: str = "") -> list[Part]:
    """The objects of a preposition and of those coordinated with it; "out of" counts as one preposition."""
    word = f"{before} {tree.lower[prep]}".strip()
    parts: list[Part] = []
    if word == "as" and prep and tree.lower[prep - 1] == "such":  # "projects such as": examples, not arguments
        return parts
    compound = next((kid for kid in tree.kids_of(prep, "pcomp", "prep", "fixed") if tree.pos[kid] == "ADP"), None)
    if compound == prep + 1 and compound is not None:  # "because of", "due to", "out of"
        if not tree.kids[compound]:
            word = f"{word} {tree.lower[compound]}"
        elif tree.first(prep, "pobj") is None:
            return prepositional(tree, compound, role=role, before=word)
    for kid in tree.kids[prep]:
        dep = tree.dep[kid]
        if kid == compound == prep + 1:
            continue
        if dep == "pobj":
            parts += _coordination(tree, role, kid, word)
        elif dep == "pcomp":
            parts.append(
                _clause_part(tree, kid, word) if tree.pos[kid] in ("VERB", "AUX") else _part(tree, role, kid, word)
            )
        elif dep == "prep":
            parts += prepositional(tree, kid, role=role, before="" if tree.first(prep, "pobj") is not None else word)
        elif dep == "conj" and tree.pos[kid] in ("ADP", "SCONJ"):
            parts += prepositional(tree, kid, role=role, before=before)
    return parts


def _small_clause_object(tree: Tree, verb: int) -> list[Part]:
    """ "Allowed jets to use": the infinitive's own subject is the governing verb's object too."""
    infinitive = any(tree.dep[kid] == "aux" and tree.lower[kid] == "to" for kid in tree.kids[verb])
    subject = tree.first(verb, "nsubj", "nsubjpass")
    if not infinitive or subject is None or tree.first(verb, "mark") is not None:
        return []
    return _coordination(tree, "object", subject)


def _shared_objects(tree: Tree, i: int) -> list[Part]:
    """The object of the last of coordinated verbs, where the earlier ones have none: "imports and sells oil"."""
    if any(tree.dep[kid] in ("prep", "xcomp", "ccomp", "agent", "acomp", "attr", "prt") for kid in tree.kids[i]):
        return []
    if is_passive(tree, i):
        return []
    for kid in tree.kids_of(i, "conj"):
        between = range(i + 1, kid)
        if tree.tag[kid] == tree.tag[i] and all(tree.dep[j] in ("cc", "punct", "advmod") for j in between):
            return [part for part in _complements(tree, kid) if part.role == "object"] or _shared_objects(tree, kid)
    return []


def _gap_parts(tree: Tree, i: int, antecedent: int, parts: list[Part]) -> list[Part]:
    """What the antecedent of a relative clause is in it, where it isn't the subject."""
    heads = [antecedent]
    for kid in tree.kids[i]:
        if tree.dep[kid] == "prep":
            inner = tree.first(kid, "pobj")
            if inner is None and tree.first(kid, "pcomp", "prep") is None:
                return [_part(tree, "oblique", head, tree.lower[kid]) for head in heads]
            if inner is not None and _relative_pronoun(tree, inner):
                return [_part(tree, "oblique", head, tree.lower[kid]) for head in heads]
        if tree.dep[kid] == "dobj" and _relative_pronoun(tree, kid):
            if tree.lemma[i] in load_words().answering and tree.pos[antecedent] == "PROPN":
                return []  # "…, which Addis Ababa denies": all that was said before
            return [_part(tree, "object", head) for head in heads]
        if tree.dep[kid] == "advmod" and tree.lower[kid] in _LOCATIVE:
            return [_part(tree, "oblique", head, _LOCATIVE[tree.lower[kid]]) for head in heads]
    if any(part.role in ("object", "attribute") for part in parts) or is_passive(tree, i):
        return []
    inner_verb = next((kid for kid in tree.kids_of(i, "xcomp", "ccomp") if not tree.kids_of(kid, "dobj")), None)
    return [] if inner_verb is not None else [_part(tree, "object", head) for head in heads]


def _relative_pronoun(tree: Tree, i: int) -> bool:
    if tree.lower[i] == "that" and tree.tag[i] == "IN":  # "a charge that it rejects"
        return tree.dep[i] in ("dobj", "nsubj", "nsubjpass", "pobj")
    return tree.tag[i] in ("WDT", "WP") and tree.lower[i] in ("which", "that", "who", "whom")


def _coordination(tree: Tree, role: str, head: int, preposition: str | None = None) -> list[Part]:
    return [
        _part(tree, role, node, preposition)
        for node in tree.conjuncts(_inside(tree, head))
        if node == head or _nominal(tree, node) or tree.pos[node] == tree.pos[head]
    ]


def _inside(tree: Tree, head: int) -> int:
    """What a transparent noun stands for: "the likes of Iran" is Iran."""
    if tree.lemma[head] in load_words().transparent:
        for prep in tree.kids_of(head, "prep"):
            inner = tree.first(prep, "pobj") if tree.lower[prep] == "of" else None
            if inner is not None:
                return inner
    return head


def _nominal(tree: Tree, node: int) -> bool:
    return tree.pos[node] in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "SYM", "X", "DET") or tree.tag[node] in (
        "VBG",
        "NN",
    )


def _part(tree: Tree, role: str, head: int, preposition: str | None = None) -> Part:
    if tree.pos[head] in ("VERB", "AUX") and tree.dep[head] in ("csubj", "csubjpass", "pcomp"):
        first, last = tree.edges(head)
    else:
        first, last = phrase(tree, head)
        while tree.dep[head] == "poss" and last > head and tree.dep[last] == "case":
            last -= 1
        name = _name_behind(tree, head, last)
        if name is not None:
            head, last = name, phrase(tree, name)[1]
    return Part(role, tree.doc[head], tree.span(first, last), preposition)


def _name_behind(tree: Tree, title: int, last: int) -> int | None:
    """The name that a title introduces without a comma, where the parser took the title for the head."""
    for kid in tree.kids_of(title, "appos"):
        if tree.pos[kid] == "PROPN" and tree.edges(kid)[0] == last + 1 and tree.ent[kid] == "PERSON":
            return kid
    return None


def _clause_part(tree: Tree, head: int, preposition: str | None = None) -> Part:
    first, last = tree.edges(head)
    while last > head and tree.dep[last] == "punct":
        last -= 1
    while first < head and tree.dep[first] == "punct":
        first += 1
    return Part("clause", tree.doc[head], tree.span(first, last), preposition)
