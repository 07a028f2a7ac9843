"""The lexicon of embedding predicates: what follows for a complement when its predicate is affirmed or negated."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from triplomat.errors import DataError

MODALITIES = {"a": "asserted", "p": "possible", "i": "intended", "h": "hypothetical"}
_FILE = "lexicon/embedding.csv"
_COLUMNS = ["lemma", "complement", "pos", "affirmed", "negated", "holder"]


@dataclass(frozen=True, slots=True)
class Effect:
    """What an embedding does to its complement: `holds` is False where it turns the polarity."""

    holds: bool
    modality: str


@dataclass(frozen=True, slots=True)
class Signature:
    """The effects of an embedding predicate; `holder` names who answers for the complement ("subject", "poss")."""

    affirmed: Effect
    negated: Effect
    holder: str = ""

    @property
    def factive(self) -> bool:
        """Whether the complement holds whatever becomes of the predicate: "regrets that", "may know that"."""
        return self.affirmed == self.negated == _HOLDS

    @property
    def certain(self) -> bool:
        """Whether the complement of the affirmed predicate is so, and not merely somebody's word for it."""
        return self.factive or not (self.holder and self.affirmed.modality == "asserted")


_HOLDS = Effect(True, "asserted")


class EmbeddingLexicon:
    """Signatures by lemma, part of speech ("verb", "adj", "noun") and, where it matters, the complement's marker."""

    def __init__(self, entries: Mapping[tuple[str, str, str], Signature]) -> None:
        self._entries = MappingProxyType(dict(entries))

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, lemma: str, pos: str, marker: str = "") -> Signature | None:
        """The signature of a predicate with this complement ("that", "to", a preposition), or in general, or None."""
        return self._entries.get((lemma, pos, marker)) or self._entries.get((lemma, pos, ""))

    def exact(self, lemma: str, pos: str, marker: str) -> Signature | None:
        """The signature that the lexicon has for this very complement, or None."""
        return self._entries.get((lemma, pos, marker))


@cache
def load_embedding() -> EmbeddingLexicon:
    """The packaged lexicon; DataError names file, line and column of what is wrong."""
    text = files("triplomat.ontology").joinpath(_FILE).read_text(encoding="utf-8")
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line and not line.startswith("#")]
    if next(csv.reader([lines[0][1]])) != _COLUMNS:
        raise DataError(_FILE, lines[0][0], f"the columns must be {', '.join(_COLUMNS)}")
    entries: dict[tuple[str, str, str], Signature] = {}
    for number, line in lines[1:]:
        lemma, complement, pos, affirmed, negated, holder = next(csv.reader([line]))
        if (lemma, pos, complement) in entries:
            raise DataError(_FILE, number, f"{lemma!r} ({pos}) stands twice")
        entries[lemma, pos, complement] = Signature(
            effect(affirmed, _FILE, number), effect(negated, _FILE, number), holder
        )
    return EmbeddingLexicon(entries)


def effect(code: str, file: str, number: int | None = None) -> Effect:
    """The effect that a code such as "-p" stands for; DataError names the file and line of any other."""
    if len(code) != 2 or code[0] not in "+-" or code[1] not in MODALITIES:
        raise DataError(file, number, f"an effect is + or - and one of {', '.join(MODALITIES)}, not {code!r}")
    return Effect(code[0] == "+", MODALITIES[code[1]])
