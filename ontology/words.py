"""The words that rules of clauses ask for (`lexicon/factuality.toml`): to tell modality or speakers, to mend parses."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Protocol

from triplomat.errors import DataError

_FILE = "lexicon/factuality.toml"
_MODALITIES = ("possible", "intended", "hypothetical")


class _Tree(Protocol):
    lower: list[str]
    dep: list[str]
    kids: list[tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Words:
    """Modality by word for five kinds of words, and sets of words; the file says what each set is for.

    Words not listed leave the modality as it is.
    """

    modals: Mapping[str, str]
    adverbs: Mapping[str, str]
    adjectives: Mapping[str, str]
    markers: Mapping[str, str]
    restricted: frozenset[str]
    never: frozenset[str]
    hardly: frozenset[str]
    nobody: frozenset[str]
    no: frozenset[str]
    scarce: frozenset[str]
    circumstances: frozenset[str]
    almost: frozenset[str]
    degrees: frozenset[str]
    polite: frozenset[str]
    nameless: frozenset[str]
    presences: frozenset[str]
    singled: frozenset[str]
    seeming: frozenset[str]
    speech: frozenset[str]
    blunt: frozenset[str]
    naming: frozenset[str]
    ascribing: frozenset[str]
    entitling: frozenset[str]
    foreign: frozenset[tuple[str, ...]]
    connectives: frozenset[str]
    titles: frozenset[str]
    labels: frozenset[str]
    answering: frozenset[str]
    judging: frozenset[str]
    giving: frozenset[str]
    object_prepositions: frozenset[str]
    subject_control: frozenset[str]
    object_control: frozenset[str]
    object_gerund: frozenset[str]
    prepositional_control: frozenset[str]
    bare_control: frozenset[str]
    discourse: frozenset[str]
    transparent: frozenset[str]
    views: frozenset[str]
    means: frozenset[str]
    addressing: frozenset[str]
    heard: frozenset[str]
    appended: frozenset[str]
    active: frozenset[str]
    pasts: frozenset[str]
    holding: frozenset[str]
    called: frozenset[str]
    going_on: frozenset[str]
    rejecting: frozenset[str]
    deals: frozenset[str]
    complex_prepositions: frozenset[str]
    letting: frozenset[str]
    true: frozenset[str]
    reasons: frozenset[str]
    coming: frozenset[str]
    supporting: frozenset[str]
    rescuing: frozenset[str]
    rescues: frozenset[str]
    any: frozenset[str]
    anybody: frozenset[str]
    creating: frozenset[str]
    publishing: frozenset[str]
    copulas: frozenset[str]
    remaining: frozenset[str]
    reporting: frozenset[str]
    performing: frozenset[str]
    seeing: frozenset[str]
    introductions: Mapping[str, str]
    settling: frozenset[str]
    unwilling: frozenset[str]
    fearing: frozenset[str]
    arriving: frozenset[str]
    finding: frozenset[str]
    stative: frozenset[str]
    arising: frozenset[str]
    resultative: frozenset[str]
    truths: frozenset[str]
    citing: frozenset[str]
    telling: frozenset[str]
    headline: frozenset[str]
    figures: frozenset[str]
    growing: frozenset[str]
    summing: frozenset[str]
    capacities: frozenset[str]
    tough: frozenset[str]
    impersonal: frozenset[str]
    demands: frozenset[str]
    answered: frozenset[str]
    foiling: frozenset[str]
    undergone: frozenset[str]
    claiming: frozenset[str]
    schemes: frozenset[str]
    bonds: frozenset[str]
    appearances: frozenset[str]
    likely: frozenset[str]
    undone: frozenset[str]
    reckonings: frozenset[str]
    speakers: frozenset[str]
    doers: tuple[str, ...]
    resuming: frozenset[str]
    stances: frozenset[str]
    evident: frozenset[str]
    demanding: frozenset[str]
    suffered: frozenset[str]
    promising: frozenset[str]
    confronting: frozenset[str]
    deeds: frozenset[str]
    leading: frozenset[str]
    leading_passives: frozenset[str]
    leading_adjectives: frozenset[str]
    conjunctions: Mapping[tuple[str, ...], str]

    def modal(self, word: str) -> str:
        return self.modals.get(word, "asserted")

    def adverb(self, word: str) -> str:
        return self.adverbs.get(word, "asserted")

    def adjective(self, word: str) -> str:
        return self.adjectives.get(word, "asserted")

    def marker(self, word: str) -> str | None:
        """The modality of the clause that a conjunction introduces, or None where it leaves it real."""
        return self.markers.get(word)

    def introduction(self, preposition: str) -> str | None:
        """The modality of the event behind a preposition ("pending a ruling"), or None where it leaves it real."""
        return self.introductions.get(preposition)

    def restriction(self, tree: _Tree, i: int) -> bool:
        """Whether the negation beside predicate i only restricts: "not only", "not just"."""
        for kid in tree.kids[i]:
            if tree.dep[kid] == "neg" and kid + 1 < len(tree.lower) and tree.lower[kid + 1] in self.restricted:
                return True
        return False


@cache
def load_words() -> Words:
    """The packaged word lists; DataError where the file breaks its format."""
    data = tomllib.loads(files("triplomat.ontology").joinpath(_FILE).read_text(encoding="utf-8"))
    try:
        return Words(
            modals=_by_word(data["modals"], "modals"),
            adverbs=_by_word(data["adverbs"], "adverbs"),
            adjectives=_by_word(data["adjectives"], "adjectives"),
            markers=_by_word(data["markers"], "markers"),
            restricted=frozenset(data["restrictions"]["holds"]),
            never=frozenset(data["negation"]["never"]),
            hardly=frozenset(data["negation"]["hardly"]),
            nobody=frozenset(data["negation"]["nobody"]),
            no=frozenset(data["negation"]["no"]),
            scarce=frozenset(data["negation"]["scarce"]),
            circumstances=frozenset(data["negation"]["circumstances"]),
            almost=frozenset(data["almost"]["adverbs"]),
            degrees=frozenset(data["almost"]["degrees"]),
            polite=frozenset(data["polite"]["verbs"]),
            nameless=frozenset(data["holders"]["none"]),
            presences=frozenset(data["presence"]["verbs"]),
            singled=frozenset(data["singled"]["words"]),
            seeming=frozenset(data["seeming"]["verbs"]),
            speech=frozenset(data["speech"]["verbs"]),
            blunt=frozenset(data["speech"]["adjectives"]),
            giving=frozenset(data["giving"]["verbs"]),
            object_prepositions=frozenset(data["control"]["object_prepositions"]),
            titles=frozenset(data["labels"]["titles"]),
            labels=frozenset(data["labels"]["none"]),
            connectives=frozenset(data["discourse"]["connectives"]),
            judging=frozenset(data["answering"]["judging"]),
            answering=frozenset(data["answering"]["verbs"]),
            naming=frozenset(data["naming"]["verbs"]),
            ascribing=frozenset(data["ascribing"]["verbs"]),
            entitling=frozenset(data["ascribing"]["nouns"]),
            foreign=frozenset(tuple(phrase.split()) for phrase in data["ascribing"]["phrases"]),
            subject_control=frozenset(data["control"]["subject"]),
            object_control=frozenset(data["control"]["object"]),
            object_gerund=frozenset(data["control"]["object_gerund"]),
            leading=frozenset(data["leading"]["verbs"]),
            leading_passives=frozenset(data["leading"]["passives"]),
            leading_adjectives=frozenset(data["leading"]["adjectives"]),
            prepositional_control=frozenset(data["control"]["prepositional"]),
            bare_control=frozenset(data["control"]["bare"]),
            discourse=frozenset(data["discourse"]["verbs"]),
            transparent=frozenset(data["transparent"]["nouns"]),
            views=frozenset(data["views"]["nouns"]),
            means=frozenset(data["means"]["nouns"]),
            supporting=frozenset(data["support"]["verbs"]),
            coming=frozenset(data["from"]["nouns"]),
            reasons=frozenset(data["reasons"]["conjunctions"]),
            heard=frozenset(data["heard"]["participles"]),
            complex_prepositions=frozenset(data["complex"]["prepositions"]),
            deals=frozenset(data["deals"]["nouns"]),
            going_on=frozenset(data["going_on"]["participles"]),
            rejecting=frozenset(data["rejecting"]["verbs"]),
            called=frozenset(data["called"]["forms"]),
            holding=frozenset(data["holding"]["forms"]),
            pasts=frozenset(data["pasts"]["forms"]),
            active=frozenset(data["active"]["forms"]),
            appended=frozenset(data["appended"]["participles"]),
            letting=frozenset(data["letting"]["phrases"]),
            true=frozenset(data["true"]["adjectives"]),
            addressing=frozenset(data["addressing"]["verbs"]),
            rescuing=frozenset(data["rescue"]["verbs"]),
            rescues=frozenset(data["rescue"]["nouns"]),
            any=frozenset(data["arbitrary"]["determiners"]),
            anybody=frozenset(data["arbitrary"]["pronouns"]),
            creating=frozenset(data["creating"]["verbs"]),
            publishing=frozenset(data["creating"]["publishing"]),
            copulas=frozenset(data["copulas"]["verbs"]),
            remaining=frozenset(data["remaining"]["verbs"]),
            reporting=frozenset(data["reporting"]["verbs"]),
            performing=frozenset(data["performing"]["verbs"]),
            seeing=frozenset(data["seeing"]["verbs"]),
            appearances=frozenset(data["appearances"]["phrases"]),
            likely=frozenset(phrase.split()[-1] for phrase in data["appearances"]["phrases"]),
            undone=frozenset(data["undone"]["adjectives"]),
            claiming=frozenset(data["claiming"]["verbs"]),
            schemes=frozenset(data["schemes"]["nouns"]),
            bonds=frozenset(data["schemes"]["bonds"]),
            telling=frozenset(data["telling"]["verbs"]),
            citing=frozenset(data["telling"]["citing"]),
            tough=frozenset(data["tough"]["adjectives"]),
            impersonal=frozenset(data["tough"]["impersonal"]),
            demands=frozenset(data["demanding"]["appeals"]),
            foiling=frozenset(data["demanding"]["foiling"]),
            answered=frozenset(data["demanding"]["answered"]),
            undergone=frozenset(data["undergone"]["participles"]),
            capacities=frozenset(data["capacities"]["nouns"]),
            summing=frozenset(data["summing"]["nouns"]),
            figures=frozenset(data["summing"]["figures"]),
            growing=frozenset(data["growing"]["verbs"]),
            headline=frozenset(data["headlines"]["verbs"]),
            truths=frozenset(data["truths"]["nouns"]),
            resultative=frozenset(data["resultative"]["verbs"]),
            arising=frozenset(data["arising"]["verbs"]),
            stative=frozenset(data["stative"]["verbs"]),
            finding=frozenset(data["outcomes"]["found"]),
            arriving=frozenset(data["outcomes"]["verbs"]),
            fearing=frozenset(data["fearing"]["words"]),
            unwilling=frozenset(data["unwilling"]["verbs"]),
            settling=frozenset(data["settling"]["verbs"]),
            reckonings=frozenset(data["reckonings"]["nouns"]),
            speakers=frozenset(data["speakers"]["nouns"]),
            doers=tuple(data["speakers"]["endings"]),
            resuming=frozenset(data["resuming"]["verbs"]),
            stances=frozenset(data["resuming"]["stances"]),
            evident=frozenset(data["resuming"]["evident"]),
            demanding=frozenset(data["demanding"]["verbs"]),
            suffered=frozenset(data["demanding"]["nouns"]),
            promising=frozenset(data["promising"]["verbs"]),
            confronting=frozenset(data["confronting"]["verbs"]),
            deeds=frozenset(data["deeds"]["verbs"]),
            conjunctions=_by_words(data["conjunctions"], "conjunctions"),
            introductions=_by_word(data["introductions"], "introductions"),
        )
    except KeyError as error:
        raise DataError(_FILE, None, f"the table {error} is missing") from error


def _by_word(table: Mapping[str, Any], kind: str) -> Mapping[str, str]:
    words: dict[str, str] = {}
    for modality, members in table.items():
        if modality not in _MODALITIES:
            raise DataError(_FILE, None, f"[{kind}] has {modality!r}; known are {', '.join(_MODALITIES)}")
        for word in members:
            if word in words:
                raise DataError(_FILE, None, f"[{kind}] lists {word!r} twice")
            words[word] = modality
    return MappingProxyType(words)


def _by_words(table: Mapping[str, Any], kind: str) -> Mapping[tuple[str, ...], str]:
    """The same by the words of a phrase."""
    return MappingProxyType({tuple(phrase.split()): modality for phrase, modality in _by_word(table, kind).items()})
