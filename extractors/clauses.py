"""A parsed sentence → its clauses: who does what to whom, whatever the construction that says so.

A clause is a predicate with its arguments, each coordinated sibling an argument of its own. Subjects that a
construction leaves out (coordination, relative clauses, participles, infinitives) are filled in by `subjects`.
Events, open-information rows and statements are views of clauses. After ClausIE (Del Corro and Gemulla 2013) and
MinIE (Gashteovski et al. 2017), on the labels of spaCy's English models.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span

from triplomat.ontology.words import load_words

from . import negation
from .complements import complements, gap_parts, prepositional, shared_objects
from .gaps import lacking, relative_gap
from .parts import Clause, Part, clause_of, members, nominal, part_of
from .passives import is_passive
from .subjects import Subjects
from .tree import Tree

__all__ = [
    "Clause",
    "Part",
    "clause_of",
    "clauses",
    "is_negated",
    "is_predicate",
    "leads",
    "lemma_of",
    "prepositional",
    "verb_chain",
    "verbal_clause",
]

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


def leads(tree: Tree, i: int) -> bool:
    """Whether a verb only leads to its infinitive or gerund: "began to withdraw", "is expected to", "is able to"."""
    words, lemma, above = load_words(), tree.lemma[i], i
    if lemma == "be":
        adjective = tree.first(i, "acomp")
        if adjective is None and tree.first(i, "attr") is not None:
            return False
        if adjective is not None and tree.lower[adjective] not in words.leading_adjectives:
            return False
        above = i if adjective is None else adjective  # "is to sign a pact"
    elif is_passive(tree, i):
        if lemma not in words.leading_passives:
            return False
    elif lemma not in words.leading or (lemma == "go" and tree.tag[i] != "VBG"):
        return False
    told = tree.first(above, "xcomp")
    if told is None or told < i or tree.pos[told] not in ("VERB", "AUX") or tree.first(i, "dobj") is not None:
        return False
    return tree.tag[told] == "VBG" or any(tree.lower[kid] == "to" for kid in tree.kids_of(told, "aux"))


def verbal_clause(tree: Tree, subjects: Subjects, i: int) -> Clause:
    """The clause whose predicate is the verb at token i."""
    passive = is_passive(tree, i)
    parts = [
        part_of(tree, "subject", node)
        for head in subjects.of(i)
        for node in members(tree, head)
        if (node < i or head > i) and (nominal(tree, node) or tree.dep[node] in ("csubj", "csubjpass"))
    ]
    parts += complements(tree, i)
    if not any(part.role == "object" for part in parts):
        parts += shared_objects(tree, i)
    missing = lacking(tree, i)
    if missing is not None:
        parts.append(part_of(tree, "object", missing))
    gap = relative_gap(tree, i)
    if gap is not None:
        parts += gap_parts(tree, i, gap, parts)
    parts.sort(key=lambda part: (part.i, part.role))
    chain = verb_chain(tree, i)
    attribute = any(part.role == "attribute" for part in parts)
    copula = tree.lemma[i] == "be" and (attribute or tree.pos[i] == "AUX")
    return clause_of(
        "copula" if copula else "verb",
        tree,
        i,
        lemma_of(tree, i),
        parts,
        chain=tuple(chain),
        passive=passive,
        negated=is_negated(tree, i),
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
    known = tree.negations.get(i)
    if known is None:
        known = tree.negations[i] = negation.is_negated(tree, i, verb_chain(tree, i), load_words())
    return known
