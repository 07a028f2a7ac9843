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

from .word_sets import word_sets, words

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
    foreign: frozenset[tuple[str, ...]]
    introductions: Mapping[str, str]
    likely: frozenset[str]
    doers: tuple[str, ...]
    conjunctions: Mapping[tuple[str, ...], str]
    restricted: frozenset[str] = words("restrictions", "holds")
    never: frozenset[str] = words("negation", "never")
    hardly: frozenset[str] = words("negation", "hardly")
    nobody: frozenset[str] = words("negation", "nobody")
    no: frozenset[str] = words("negation", "no")
    scarce: frozenset[str] = words("negation", "scarce")
    circumstances: frozenset[str] = words("negation", "circumstances")
    almost: frozenset[str] = words("almost", "adverbs")
    degrees: frozenset[str] = words("almost", "degrees")
    polite: frozenset[str] = words("polite", "verbs")
    nameless: frozenset[str] = words("holders", "none")
    presences: frozenset[str] = words("presence", "verbs")
    singled: frozenset[str] = words("singled")
    seeming: frozenset[str] = words("seeming", "verbs")
    speech: frozenset[str] = words("speech", "verbs")
    blunt: frozenset[str] = words("speech", "adjectives")
    naming: frozenset[str] = words("naming", "verbs")
    ascribing: frozenset[str] = words("ascribing", "verbs")
    entitling: frozenset[str] = words("ascribing", "nouns")
    connectives: frozenset[str] = words("discourse", "connectives")
    titles: frozenset[str] = words("labels", "titles")
    labels: frozenset[str] = words("labels", "none")
    answering: frozenset[str] = words("answering", "verbs")
    judging: frozenset[str] = words("answering", "judging")
    giving: frozenset[str] = words("giving", "verbs")
    object_prepositions: frozenset[str] = words("control", "object_prepositions")
    subject_control: frozenset[str] = words("control", "subject")
    object_control: frozenset[str] = words("control", "object")
    object_gerund: frozenset[str] = words("control", "object_gerund")
    prepositional_control: frozenset[str] = words("control", "prepositional")
    bare_control: frozenset[str] = words("control", "bare")
    discourse: frozenset[str] = words("discourse", "verbs")
    transparent: frozenset[str] = words("transparent", "nouns")
    views: frozenset[str] = words("views", "nouns")
    means: frozenset[str] = words("means", "nouns")
    addressing: frozenset[str] = words("addressing", "verbs")
    heard: frozenset[str] = words("heard", "participles")
    appended: frozenset[str] = words("appended", "participles")
    active: frozenset[str] = words("active", "forms")
    pasts: frozenset[str] = words("pasts", "forms")
    holding: frozenset[str] = words("holding", "forms")
    called: frozenset[str] = words("called", "forms")
    intransitive: frozenset[str] = words("intransitive", "verbs")
    going_on: frozenset[str] = words("going_on", "participles")
    rejecting: frozenset[str] = words("rejecting", "verbs")
    deals: frozenset[str] = words("deals", "nouns")
    complex_prepositions: frozenset[str] = words("complex", "prepositions")
    letting: frozenset[str] = words("letting", "phrases")
    true: frozenset[str] = words("true", "adjectives")
    reasons: frozenset[str] = words("reasons", "conjunctions")
    coming: frozenset[str] = words("from", "nouns")
    supporting: frozenset[str] = words("support", "verbs")
    rescuing: frozenset[str] = words("rescue", "verbs")
    rescues: frozenset[str] = words("rescue", "nouns")
    any: frozenset[str] = words("arbitrary", "determiners")
    anybody: frozenset[str] = words("arbitrary", "pronouns")
    creating: frozenset[str] = words("creating", "verbs")
    publishing: frozenset[str] = words("creating", "publishing")
    copulas: frozenset[str] = words("copulas", "verbs")
    remaining: frozenset[str] = words("remaining", "verbs")
    reporting: frozenset[str] = words("reporting", "verbs")
    expletive: frozenset[str] = words("expletive", "verbs")
    performing: frozenset[str] = words("performing", "verbs")
    seeing: frozenset[str] = words("seeing", "verbs")
    misread: frozenset[str] = words("misread", "forms")
    receiving: frozenset[str] = words("receiving", "verbs")
    settling: frozenset[str] = words("settling", "verbs")
    unwilling: frozenset[str] = words("unwilling", "verbs")
    fearing: frozenset[str] = words("fearing")
    arriving: frozenset[str] = words("outcomes", "verbs")
    finding: frozenset[str] = words("outcomes", "found")
    stative: frozenset[str] = words("stative", "verbs")
    arising: frozenset[str] = words("arising", "verbs")
    resultative: frozenset[str] = words("resultative", "verbs")
    truths: frozenset[str] = words("truths", "nouns")
    citing: frozenset[str] = words("telling", "citing")
    telling: frozenset[str] = words("telling", "verbs")
    headline: frozenset[str] = words("headlines", "verbs")
    figures: frozenset[str] = words("summing", "figures")
    growing: frozenset[str] = words("growing", "verbs")
    summing: frozenset[str] = words("summing", "nouns")
    capacities: frozenset[str] = words("capacities", "nouns")
    tough: frozenset[str] = words("tough", "adjectives")
    impersonal: frozenset[str] = words("tough", "impersonal")
    demands: frozenset[str] = words("demanding", "appeals")
    answered: frozenset[str] = words("demanding", "answered")
    foiling: frozenset[str] = words("demanding", "foiling")
    undergone: frozenset[str] = words("undergone", "participles")
    making: frozenset[str] = words("making", "verbs")
    wishing: frozenset[str] = words("making", "past")
    pressing: frozenset[str] = words("pressing", "verbs")
    requesting: frozenset[str] = words("requesting", "verbs")
    ambiguous: frozenset[str] = words("ambiguous", "nouns")
    leaving: frozenset[str] = words("leaving", "verbs")
    transitive: frozenset[str] = words("transitive", "nouns")
    governing: frozenset[str] = words("governing", "nouns")
    bodies: frozenset[str] = words("governing", "bodies")
    heads: frozenset[str] = words("governing", "heads")
    claiming: frozenset[str] = words("claiming", "verbs")
    schemes: frozenset[str] = words("schemes", "nouns")
    bonds: frozenset[str] = words("schemes", "bonds")
    appearances: frozenset[str] = words("appearances", "phrases")
    undone: frozenset[str] = words("undone", "adjectives")
    reckonings: frozenset[str] = words("reckonings", "nouns")
    speakers: frozenset[str] = words("speakers", "nouns")
    resuming: frozenset[str] = words("resuming", "verbs")
    stances: frozenset[str] = words("resuming", "stances")
    evident: frozenset[str] = words("resuming", "evident")
    demanding: frozenset[str] = words("demanding", "verbs")
    suffered: frozenset[str] = words("demanding", "nouns")
    promising: frozenset[str] = words("promising", "verbs")
    confronting: frozenset[str] = words("confronting", "verbs")
    deeds: frozenset[str] = words("deeds", "verbs")
    leading: frozenset[str] = words("leading", "verbs")
    leading_passives: frozenset[str] = words("leading", "passives")
    leading_adjectives: frozenset[str] = words("leading", "adjectives")
    contrasts: frozenset[str] = words("contrasts", "conjunctions")
    occasions: frozenset[str] = words("occasions", "nouns")

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
            foreign=frozenset(tuple(phrase.split()) for phrase in data["ascribing"]["phrases"]),
            likely=frozenset(phrase.split()[-1] for phrase in data["appearances"]["phrases"]),
            doers=tuple(data["speakers"]["endings"]),
            conjunctions=_by_words(data["conjunctions"], "conjunctions"),
            introductions=_by_word(data["introductions"], "introductions"),
            **word_sets(Words, data, _FILE),
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
