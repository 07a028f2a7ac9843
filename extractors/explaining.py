"""A sentence → which frames of the lexicon fired, why, and what else was considered, as lines to read.

What `triplomat lexicon explain "sentence"` prints: a user who disagrees sees which line of which file to change.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from triplomat.ontology.lexicon import Lexicon

from .clauses import Clause, clauses
from .events import Candidate, Coder
from .factuality import Factualities
from .frames import Match
from .linking import References
from .nominals import nominal_clauses
from .parties import Party
from .tree import Tree

_CONSIDERED = 4


def explain(
    doc: Doc, references: References, lexicon: Lexicon, *, factualities: Factualities | None = None
) -> Iterator[str]:
    """The coding of every clause of a parsed text, step by step; the sentence's main event is named at its end."""
    tree = Tree(doc)
    coder = Coder(tree, references, lexicon)
    factualities = factualities or Factualities(tree)
    for sent in doc.sents:
        yield f"sentence: {sent.text.strip()}"
        found: list[Candidate] = []
        both = [*clauses(sent, tree), *nominal_clauses(sent, tree)]
        for clause in sorted(both, key=lambda clause: clause.head.i):
            factuality = factualities.of(clause.head.i)
            candidates = [one for one in coder.code(clause, factuality) if one.type is not None]
            found += candidates
            yield f"  {clause.kind} {clause.lemma!r}: {_parts(clause)}"
            yield f"    {factuality.polarity}, {factuality.modality}, {factuality.tense}" + (
                f", says {factuality.source.text!r}" if factuality.source is not None else ""
            )
            yield from (f"    {line}" for line in _considered(coder.matches(clause)))
            for candidate in candidates:
                yield from (f"    · {step}" for step in candidate.explanation)
                yield f"    = {_event(candidate)}"
        if found:
            yield f"main event: {_event(max(found, key=lambda candidate: candidate.confidence))}"
        else:
            yield "no event"


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
