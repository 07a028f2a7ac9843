"""The lexicon's events of a sentence's clauses, and the encoder's word on the sentence → the events of those clauses.

What is done by saying something (an accusation, a threat) stands at the verb of saying, by whoever says it; what he
says keeps the lexicon's word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .clauses import Clause
from .decision import BESIDE, SHALLOW, Judge, has_main, tells_nothing
from .events import Candidate, Coder
from .factuality import Factuality
from .telling import SPOKEN

Coded = tuple[Clause, Factuality, list[Candidate]]


def judged(text: str, coded: Sequence[Coded], coder: Coder, judge: Judge) -> Sequence[Coded]:
    """The coded clauses of a sentence with the encoder's word on it, which may be on one that no frame fits."""
    candidates = [heard(coder, clause, factuality, one) for clause, factuality, found in coded for one in found]
    if tells_nothing(candidates):
        return coded
    bare = [] if has_main(candidates) else [(clause, factuality) for clause, factuality, _ in coded]
    told = any(one.type for one in candidates)
    place, carrier = coder.carrier(bare, depth=SHALLOW, deeper=not told)
    if carrier is None and not told:
        return coded
    weighed, named = judge.weigh(text, candidates, carrier)
    rest = iter(weighed)
    found = [(clause, factuality, [next(rest) for _ in ones]) for clause, factuality, ones in coded]
    given = [
        (at, k, before)
        for at, (_, _, ones) in enumerate(coded)
        for k, before in enumerate(ones)
        if before.type is not None and found[at][2][k].type not in (None, before.type)
    ]
    for at, k, before in given:
        _give(found, at, found[at][2].pop(k), coder, instead=before)
    if named is not None and place is not None:
        _give(found, place, replace(named, recipients=()), coder, others=named)
    return [(clause, factuality, by_confidence(ones)) for clause, factuality, ones in found]


def by_confidence(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The events of a clause, the most trusted first."""
    return sorted(candidates, key=lambda one: (one.type is None, -one.confidence))


def heard(coder: Coder, clause: Clause, factuality: Factuality, event: Candidate) -> Candidate:
    """An event of a clause that may be what its sentence is about, with what that clause can and can't tell."""
    return event if event.type is None or event.depth < BESIDE else coder.heard(clause, factuality, event)


def _give(
    found: Sequence[Coded],
    at: int,
    event: Candidate,
    coder: Coder,
    *,
    instead: Candidate | None = None,
    others: Candidate | None = None,
) -> None:
    """Gives an event whose type no frame gave to the clause at a place, or to the verb by which it is said.

    `instead` is what the lexicon had there, which stays where the saying takes the event.
    """
    clause, factuality, ones = found[at]
    relation = event.relation or (ones[0].relation if ones else None)
    cast = coder.recast(clause, replace(event, relation=relation), factuality)
    if others is not None and not cast.recipients and cast.actors == others.actors:
        cast = replace(cast, recipients=others.recipients)
    verb = coder.telling.saying(clause.i) if event.type in SPOKEN and factuality.source is not None else None
    by = next((k for k, (one, _, _) in enumerate(found) if one.i == verb and one.kind == "verb"), None)
    if by is None:
        ones.append(cast)
        return
    if found[by][1].modality != "asserted":  # "critics will say that"
        ones += [] if instead is None else [instead]
        return
    if instead is not None:
        ones.append(replace(instead, confidence=round(min(0.9 * event.confidence, instead.confidence), 4)))
    said = coder.spoken(found[by][0], cast, factuality)
    found[by][2].append(replace(said, relation=_relation(found[by][2])))


def _relation(ones: Sequence[Candidate]) -> str | None:
    return ones[0].relation if ones else None
