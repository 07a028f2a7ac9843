"""A sentence → which frames of the lexicon fired, why, and what else was considered, as lines to read.

What `triplomat lexicon explain "sentence"` prints: a user who disagrees sees which line of which file to change, and
what the encoder made of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from triplomat.ontology.lexicon import Lexicon

from .clauses import Clause, clauses
from .decision import SHALLOW, Judge, has_main, tells_nothing
from .events import Candidate, Coder
from .factuality import Factualities
from .frames import Match
from .judging import heard
from .linking import References
from .nominals import nominal_clauses
from .parties import Party
from .tree import Tree

_CONSIDERED = 4


def explain(
    doc: Doc,
    references: References,
    lexicon: Lexicon,
    *,
    factualities: Factualities | None = None,
    judge: Judge | None = None,
) -> Iterator[str]:
    """The coding of every clause of a parsed text, step by step; the sentence's main event is named at its end."""
    tree = Tree(doc)
    coder = Coder(tree, references, lexicon)
    factualities = factualities or Factualities(tree)
    for sent in doc.sents:
        yield f"sentence: {sent.text.strip()}"
        found: list[Candidate] = []
        known: list[Candidate] = []
        both = [*clauses(sent, tree), *nominal_clauses(sent, tree)]
        both.sort(key=lambda clause: clause.i)
        for clause in both:
            factuality = factualities.of(clause.i)
            coded = coder.code(clause, factuality)
            candidates = [heard(coder, clause, factuality, one) for one in coded if one.type is not None]
            found += candidates
            known += [one for one in coded if one.type is None]
            yield f"  {clause.kind} {clause.lemma!r}: {_parts(clause)}"
            yield f"    {factuality.polarity}, {factuality.modality}, {factuality.tense}" + (
                f", says {factuality.source.text!r}" if factuality.source is not None else ""
            )
            yield from (f"    {line}" for line in _considered(coder.matches(clause)))
            for candidate in candidates:
                yield from (f"    · {step}" for step in candidate.explanation)
                yield f"    = {_event(candidate)}"
        if judge is not None and tells_nothing([*found, *known]):
            yield "the lexicon knows that this tells no event: the encoder isn't asked"
        elif judge is not None:
            _, carrier = coder.carrier(
                [] if has_main(found) else [(clause, factualities.of(clause.i)) for clause in both],
                depth=SHALLOW,
                deeper=not found,
            )
            if found or carrier is not None:
                yield from _judged(judge, sent.text.strip(), found, carrier)
        typed = [one for one in found if one.type is not None]
        yield f"main event: {_event(max(typed, key=lambda one: one.confidence))}" if typed else "no event"


def _judged(judge: Judge, text: str, found: list[Candidate], carrier: Candidate | None) -> Iterator[str]:
    """What the encoder says of a sentence and what comes of it; `found` is left as the events after its word."""
    if judge.decision.settles(found):
        yield f"the lexicon is sure (from {judge.decision.sure:.2f} on): the encoder isn't asked"
        return
    word = judge.word(text, found)
    likely = sorted(word.types.items(), key=lambda one: -one[1])[:_CONSIDERED]
    yield "encoder: " + ", ".join(f"{kind} {probability:.2f}" for kind, probability in likely)
    weighed, named = judge.decision.decide(found, word, carrier)
    found[:] = [*weighed, *([named] if named is not None else [])]
    yield from (f"  · {one.explanation[-1]}" for one in found if one.explanation and "encoder" in one.explanation[-1])


def _considered(matches: list[Match]) -> Iterator[str]:
    if not matches:
        yield "no frame fits"
        return
    for rank, match in enumerate(matches[:_CONSIDERED]):
        frame = match.frame
        label = "fires" if rank == 0 else "also fits"
        event = f"{frame.type}{'/' + frame.mode if frame.mode else ''}" if frame.type else "no event"
        relation = f", {frame.relation}" if frame.relation else ""
        yield f"{label} {match.score:5.2f}  {event}{relation}  {match.entry!r} in {frame.source}"


def _parts(clause: Clause) -> str:
    return "; ".join(
        f"{part.role}{' ' + part.preposition if part.preposition else ''} {part.span.text!r}" for part in clause.parts
    )


def _event(candidate: Candidate) -> str:
    mode = f"/{candidate.mode}" if candidate.mode else ""
    who = ", ".join(map(_name, candidate.actors)) or "nobody named"
    whom = ", ".join(map(_name, candidate.recipients))
    contexts = f" [{', '.join(candidate.contexts)}]" if candidate.contexts else ""
    return (
        f"{candidate.type}{mode} {candidate.score:+.1f}: {who}{' → ' + whom if whom else ''}{contexts}"
        f" ({candidate.confidence:.2f})"
    )


def _name(party: Party) -> str:
    span, reference = party
    return f"{span.text} ({reference.entity or reference.code or '?'})"
