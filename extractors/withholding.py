"""What a clause that no frame fits can't tell, whatever its sentence sounds like: by its mood, its verb, its speaker.

A question and a condition tell nothing that anybody did; what is denied is at most refused; who thinks, expects or
needs something does nothing by it. Those who watch (scholars, charities, journalists) promise and threaten nothing by
what they foresee, and nobody threatens by what another has done or will do.
"""

from __future__ import annotations

from collections.abc import Iterable

from triplomat.ontology.lexicon import Lexicon
from triplomat.ontology.plover import load_plover

from .candidates import Candidate
from .clauses import Clause, verb_chain
from .factuality import Factuality
from .parties import Parties, Party, key
from .telling import Telling
from .tree import Tree

_DENIED = frozenset({"REJECT", "CONSULT", "SUPPORT", "THREATEN"})
_SUPPOSED = frozenset({"REJECT", "THREATEN"})
_OWN_WORD = frozenset({"AGREE", "CONCEDE", "REJECT", "THREATEN"})  # only who can act on it gives his word
_AHEAD = frozenset({"AGREE", "REJECT", "REQUEST", "THREATEN"})  # what speaks of what is yet to be done
_WATCHING = frozenset({"EDU", "JRN", "NGO"})
_FORETELLING = _WATCHING | {"BUS", "MED"}
_WOULD = frozenset({"would", "'d", "’d"})
_THREAT = frozenset({"THREATEN"})
_NOTHING: frozenset[str] = frozenset()


class Withholding:
    """What the clauses of one article can't tell where only the whole sentence speaks for it."""

    def __init__(self, tree: Tree, lexicon: Lexicon, parties: Parties, telling: Telling) -> None:
        self._tree = tree
        self._parties = parties
        self._telling = telling
        self._thinking = lexicon.classes["thinking"]
        self._pondering = lexicon.classes["pondering"]
        self._reporting = lexicon.classes["reporting"]
        self._suffering = lexicon.classes["suffering"]
        self._obliging = lexicon.classes["obliging"]
        self._all = frozenset(load_plover().types)

    def of(self, clause: Clause, event: Candidate, factuality: Factuality) -> frozenset[str]:
        """The types that a clause can't tell which has the parties of `event`; more where no frame gave it a type."""
        tree, source = self._tree, factuality.source
        bars = self._unframed(clause, factuality) if event.type is None else _NOTHING
        if self._telling.reports(clause):
            said = [part.i for part in clause.of_role("clause")]
            return bars | self._by_speaker(said, event.actors)
        if source is None:
            return bars
        verb = self._telling.saying(clause.i)
        if verb is not None and tree.lemma[verb] in self._thinking:
            bars |= self._all - {"ACCUSE"}  # "Hanoi fears that the canal will take its water"
        return bars | self._by_speaker([clause.i], self._who(source.root.i))

    def _unframed(self, clause: Clause, factuality: Factuality) -> frozenset[str]:
        """What a clause can't tell by its mood and its verb."""
        if self._tree.lower[self._tree.head[clause.i]] == "as":
            return self._all  # "dismissed the charges as fabricated"
        bars = self._by_mood(clause, factuality)
        if factuality.source is None:
            if factuality.modality != "asserted" and clause.lemma in self._reporting:
                return self._all  # "critics will say that", "as they could tell us"
            if clause.kind == "verb" and clause.lemma in self._thinking:
                bars |= self._all - {"ACCUSE"}
        return self._all if clause.lemma in self._pondering and clause.of_role("clause") else bars

    def _by_mood(self, clause: Clause, factuality: Factuality) -> frozenset[str]:
        tree = self._tree
        if factuality.modality == "hypothetical":
            would = any(tree.lower[verb] in _WOULD for verb in clause.chain)
            return self._all - _SUPPOSED if would else self._all
        _, stop = tree.sentence(clause.i)
        if "?" in tree.text[stop - 2 : stop] and factuality.source is None:
            return self._all
        return self._all - _DENIED if factuality.polarity == "negative" else _NOTHING

    def _who(self, i: int) -> tuple[Party, ...]:
        return self._parties.of(i) or self._parties.unnamed(i)

    def _by_speaker(self, said: Iterable[int], speakers: tuple[Party, ...]) -> frozenset[str]:
        """What can't be told by saying what others do or must do, or what has been done already."""
        tree, own = self._tree, {key(party) for party in speakers}
        bars = _OWN_WORD if watch(speakers) else _NOTHING
        chains = [[verb for verb in verb_chain(tree, i) if verb != i] for i in said]
        if any("have" in [tree.lemma[verb] for verb in chain] for chain in chains):
            bars |= _AHEAD
        acts = [i for i in said if tree.lemma[i] not in self._suffering]  # "Kyiv will regret it" is a threat
        doers = [party for i in acts for subject in tree.kids_of(i, "nsubj") for party in self._who(subject)]
        foreign = bool(doers) and own.isdisjoint({key(party) for party in doers})
        if foreign or any(tree.lower[verb] in self._obliging for chain in chains for verb in chain):
            bars |= _THREAT
        return bars


def watch(parties: Iterable[Party], *, foretelling: bool = False) -> bool:
    """Whether parties only watch what others do; `foretelling`: or trade and heal, and say what will come of it."""
    sectors = {reference.sector or reference.code for _, reference in parties}
    return bool(sectors) and sectors <= (_FORETELLING if foretelling else _WATCHING)
