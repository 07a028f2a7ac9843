"""Clauses → open-information rows: every relation that a sentence states, whoever is in it.

A row for each object, attribute and prepositional complement; the preposition stands at the end of the predicate,
behind a "…" where an object stands between ("provided … with"). Each row is a true sentence when read aloud.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from triplomat.ontology.roles import load_roles
from triplomat.ontology.words import load_words

from .clauses import Clause, Part, clause_of, clauses
from .nominals import appositions
from .phrases import coordinated, phrase
from .tree import Tree

GAP = "…"
LEFT_OUT = "be"  # a copula or auxiliary that the sentence leaves out: its tense isn't stated
_AROUND = frozenset({("``", "''"), ("“", "”"), ("‘", "’"), ('"', '"'), ("'", "'"), ("`", "'"), ("`", "''")})
_QUESTION_WORDS = frozenset({"WP", "WDT", "WRB"})
_EMPTY_SUBJECTS = frozenset({"what", "which", "that", "there", "this"})


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the open-information view; `kind` says which construction gave it, `clause` where it is from."""

    subject: str
    predicate: str
    object: str
    kind: str
    clause: Clause
    part: Part | None = None


def rows(sent: Span, tree: Tree) -> Iterator[Row]:
    """The rows of a sentence: its clauses one by one, then appositions and what noun phrases imply."""
    found = list(clauses(sent, tree))
    by_head = {clause.i: clause for clause in found}
    for clause in found:
        if _names_no_fact(clause, tree):
            continue
        yield from _of_clause(clause, tree, by_head)
    for clause in appositions(sent, tree):
        yield Row(
            _text(clause.subjects[0].span, tree),
            LEFT_OUT,
            _text(clause.parts[-1].span, tree),
            "apposition",
            clause,
            clause.parts[-1],
        )
    yield from _of_noun_phrases(sent, tree)


def _of_clause(clause: Clause, tree: Tree, by_head: dict[int, Clause]) -> Iterator[Row]:
    inner = _infinitive_of(clause, tree, by_head)
    if inner is not None:  # its rows are the infinitive's: "was trying to organise"
        return
    subject = _ascribed_to(clause, tree, by_head) or _subject_text(clause, tree)
    if subject is None or tree.first(clause.i, "expl") is not None or _discourse(clause, tree):
        return
    predicate = predicate_text(clause, tree, by_head)
    if predicate.startswith("to "):  # "required insiders to file": no sentence of its own
        return
    core = clause.of_role("object", "attribute")
    for part in core:
        if tree.tag[part.i] in _QUESTION_WORDS:
            continue
        yield Row(subject, predicate, _text(part.span, tree), part.role, clause, part)
    gap = f" {GAP}" if core else ""
    for part in clause.of_role("indirect"):
        yield Row(
            subject, f"{predicate}{gap} to" if core else predicate, _text(part.span, tree), "indirect", clause, part
        )
    obliques = clause.of_role("oblique", "agent") + _outer_obliques(clause, tree, by_head)
    for part in sorted(obliques, key=lambda part: (part.i < clause.i, part.i)):
        preposition = f" {_as_written(part, tree)}" if part.preposition else ""
        kind = part.role if part.preposition else "bare"
        yield Row(subject, f"{predicate}{gap}{preposition}", _text(part.span, tree), kind, clause, part)
    yield from _of_embedded(clause, tree, subject, predicate, gap)
    yield from _of_adverbials(clause, tree, subject, predicate, gap)
    if not core and not clause.of_role("oblique", "agent", "clause", "indirect"):
        yield Row(subject, predicate, "", "intransitive", clause)


def _infinitive_of(clause: Clause, tree: Tree, by_head: dict[int, Clause]) -> Clause | None:
    """The infinitive that a predicate forms one relation with, or None."""
    if clause.objects:
        return None
    heads = [clause.i, *tree.kids_of(clause.i, "acomp")]  # "were able to own"
    return next((by_head[kid] for i in heads for kid in tree.kids_of(i, "xcomp") if kid in by_head), None)


def _outer_obliques(clause: Clause, tree: Tree, by_head: dict[int, Clause]) -> tuple[Part, ...]:
    """The prepositional complements of the predicates that a clause is the infinitive of."""
    outer = _outer(clause, tree, by_head)
    if outer is None or _infinitive_of(outer, tree, by_head) is not clause:
        return ()
    return outer.of_role("oblique") + _outer_obliques(outer, tree, by_head)


def _outer(clause: Clause, tree: Tree, by_head: dict[int, Clause]) -> Clause | None:
    """The predicate that a clause is the infinitive of, also as the second of two: "will have to sell or merge"."""
    i = clause.i
    while tree.dep[i] == "conj" and tree.tag[i] == "VB" and tree.tag[tree.head[i]] == "VB":
        if tree.kids_of(i, "nsubj", "nsubjpass", "aux"):
            return None
        i = tree.head[i]
    if tree.dep[i] != "xcomp":
        return None
    head = tree.head[i]
    return by_head.get(tree.head[head] if tree.dep[head] == "acomp" else head)


def _names_no_fact(clause: Clause, tree: Tree) -> bool:
    """Gerunds behind prepositions ("for placing") and infinitives on nouns ("a way to go") only name acts."""
    dep = tree.dep[clause.i]
    return dep == "pcomp" or (dep == "relcl" and bool(clause.chain) and tree.lower[clause.chain[0]] == "to")


def _of_embedded(clause: Clause, tree: Tree, subject: str, predicate: str, gap: str) -> Iterator[Row]:
    """Complement clauses as they stand; infinitives have rows of their own, with this predicate before them."""
    for part in clause.of_role("clause"):
        dep = tree.dep[part.i]
        if part.preposition is not None:
            yield Row(subject, f"{predicate}{gap} {part.preposition}", _text(part.span, tree), "pcomp", clause, part)
        elif dep == "ccomp" and not any(tree.text[kid] == ";" for kid in tree.kids[clause.i]):
            first = part.span[0]
            quality = "".join(f" {words(_up_to(part))}" for part in clause.of_role("attribute"))  # "is possible that"
            if first.dep_ == "mark" and first.lower_ == "that" and len(part.span) > 1:
                yield Row(subject, f"{predicate}{quality} that", part.span[1:].text, "ccomp", clause, part)
            else:
                yield Row(subject, predicate, _text(part.span, tree), "ccomp", clause, part)


def _of_adverbials(clause: Clause, tree: Tree, subject: str, predicate: str, gap: str) -> Iterator[Row]:
    said = {token.i for token in _with_adverbs(clause, tree)}
    for part in clause.of_role("adverb"):
        if part.i not in said and (part.span[-1].i > clause.i or len(part.span) > 1):
            yield Row(subject, predicate + gap, _text(part.span, tree), "adverb", clause, part)
    for kid in tree.kids_of(clause.i, "advcl"):
        first, last = tree.edges(kid)
        mark = tree.first(kid, "mark")
        if mark == first and last > first and kid > clause.i:
            text = tree.span(first + 1, last).text
            yield Row(subject, f"{predicate}{gap} {tree.text[mark]}", text, "advcl", clause)
        elif kid > clause.i and not gap:
            yield Row(subject, predicate, tree.span(first, last).text, "advcl bare", clause)


def _of_noun_phrases(sent: Span, tree: Tree) -> Iterator[Row]:
    """What a possessive or a preposition inside a noun phrase says: "Kim's arsenal", "the sailors in Iran"."""
    for i in range(sent.start, sent.end):
        head = tree.head[i]
        if tree.pos[head] not in ("NOUN", "PROPN"):
            continue
        if tree.dep[i] == "poss" and tree.pos[i] != "PRON":
            first, last = phrase(tree, i)
            while last > i and tree.dep[last] == "case":
                last -= 1
            start = max([i, *tree.kids[i]]) + 1
            end = phrase(tree, head)[1]
            if start <= end:
                clause = clause_of("possessive", tree, i, "have")
                yield Row(tree.span(first, last).text, "has", tree.span(start, end).text, "possessive", clause)
        elif tree.dep[i] == "prep" and (noun := tree.first(i, "pobj")) is not None:
            first = phrase(tree, head)[0]
            core = _core_member(tree, i, noun)
            if core is not None:
                yield from _of_core(tree, head, *core)
            elif first < i and not _has_core(tree, i) and tree.lower[i - 1] != "such":
                clause = clause_of("possessive", tree, i, "be")
                what = tree.span(*phrase(tree, noun)).text
                yield Row(
                    tree.span(first, i - 1).text, f"{LEFT_OUT} {tree.text[i]}", what, "noun " + tree.lower[i], clause
                )


def _core_member(tree: Tree, preposition: int, noun: int) -> tuple[int, int] | None:
    """ "With Iran and China at its heart": who stands there, and where."""
    if tree.lemma[noun] not in load_roles().member_nouns or tree.first(noun, "poss") is None:
        return None
    for kid in tree.kids_of(tree.head[preposition], "prep"):
        if kid < preposition and tree.lower[kid] == "with" and (who := tree.first(kid, "pobj")) is not None:
            return who, noun
    return None


def _has_core(tree: Tree, preposition: int) -> bool:
    return tree.lower[preposition] == "with" and any(
        _core_member(tree, kid, noun) is not None
        for kid in tree.kids_of(tree.head[preposition], "prep")
        if (noun := tree.first(kid, "pobj")) is not None
    )


def _of_core(tree: Tree, head: int, who: int, where: int) -> Iterator[Row]:
    clause = clause_of("possessive", tree, where, "be")
    first, last = phrase(tree, head, drop=frozenset({"prep"}))
    predicate = f"{LEFT_OUT} {tree.text[tree.head[where]]} the {tree.text[where]} of"
    yield Row(tree.span(*coordinated(tree, who)).text, predicate, tree.span(first, last).text, "noun at", clause)


def predicate_text(clause: Clause, tree: Tree, by_head: dict[int, Clause]) -> str:
    """The words of a predicate, behind those of the predicate that it is an infinitive of: "wants to share"."""
    i = clause.i
    own = words(_with_adverbs(clause, tree))
    reduced = (
        len(clause.chain) == 1 and tree.dep[i] in ("acl", "relcl", "advcl") and tree.tag[i] in ("VBN", "VBG", "VBD")
    )
    if reduced and (clause.passive or tree.tag[i] == "VBG") and tree.first(i, "auxpass") is None:
        own = f"{LEFT_OUT} {own}"
    outer = _outer(clause, tree, by_head)
    if outer is None or outer.objects:
        return own
    adjective = [words(_up_to(part)) for part in outer.of_role("attribute")]
    if tree.dep[i] == "conj" and tree.lower[clause.chain[0]] != "to":
        own = f"to {own}"
    return " ".join([predicate_text(outer, tree, by_head), *adjective, own])


def _up_to(part: Part) -> tuple[Token, ...]:
    """An adjective with what stands before it, less its infinitive: "able to own"."""
    return tuple(token for token in part.span if token.i <= part.i)


def words(tokens: tuple[Token, ...]) -> str:
    """Tokens as text: spaced as in the sentence where they are neighbours, by a space where they aren't."""
    text = ""
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        text += token.text
        if following is not None:
            text += token.whitespace_ if following.i == token.i + 1 else " "
    return text


def _text(span: Span, tree: Tree) -> str:
    """The words of a phrase, with the quotation marks that stand around it."""
    before, after = span.start - 1, span.end
    if after + 1 < len(tree.text) and tree.text[after] == "," and (tree.text[before], tree.text[after + 1]) in _AROUND:
        after += 1
    if before >= 0 and after < len(tree.text) and (tree.text[before], tree.text[after]) in _AROUND:
        while before > 0 and tree.text[before] == tree.text[before - 1] == "`":
            before -= 1
        return tree.span(before, after).text
    return span.text


def _as_written(part: Part, tree: Tree) -> str:
    """The preposition of a part in the letters of the sentence ("In 1958, …")."""
    words = (part.preposition or "").split()
    before = part.first - 1
    while before >= 0 and tree.pos[before] in ("PUNCT", "ADV", "DET") and tree.lower[before] != words[-1]:
        before -= 1
    if before >= 0 and tree.lower[before] == words[-1]:
        words[-1] = tree.text[before]
    return " ".join(words)


def _with_adverbs(clause: Clause, tree: Tree) -> tuple[Token, ...]:
    """The verb chain with the adverbs that stand in it or just before it: "is closely connected"."""
    chain = set(clause.chain)
    low, high = min(chain), max(chain)
    for kid in tree.kids_of(clause.i, "advmod"):
        inside = low < kid < high or kid in (low - 1, clause.i - 1, high + 1)
        if inside and tree.tag[kid] in ("RB", "RBR", "RBS") and not tree.kids[kid]:
            chain.add(kid)
    return tuple(tree.doc[i] for i in sorted(chain))


def _subject_text(clause: Clause, tree: Tree) -> str | None:
    """The subject with all that is coordinated with it, or None where there is none to speak of."""
    if not clause.subjects:
        return None
    part = clause.subjects[0]
    if tree.lower[part.i] in _EMPTY_SUBJECTS and len(part.span) == 1 and tree.tag[part.i] != "DT":
        return None
    if tree.pos[part.i] in ("VERB", "AUX"):
        return _text(part.span, tree)
    return _text(tree.span(*coordinated(tree, part.i)), tree)


def _ascribed_to(clause: Clause, tree: Tree, by_head: dict[int, Clause]) -> str | None:
    """The subject of "X is a footballer who plays": what is said of the footballer is said of X."""
    if tree.dep[clause.i] != "relcl" or not clause.subjects or tree.head[clause.i] != clause.subjects[0].i:
        return None
    noun = clause.subjects[0].i
    copula = by_head.get(tree.head[noun])
    if tree.dep[noun] != "attr" or copula is None or copula.kind != "copula" or copula.negated:
        return None
    if tree.first(copula.i, "expl") is not None or any(tree.tag[verb] == "MD" for verb in copula.chain):
        return None
    return _subject_text(copula, tree)


def _discourse(clause: Clause, tree: Tree) -> bool:
    """Set phrases that say nothing: "to say nothing of", "that is"."""
    return tree.dep[clause.i] == "advcl" and " ".join(token.lower_ for token in clause.verbs) in load_words().discourse
