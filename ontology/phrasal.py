"""The lexicon of phrases that embed: what "took the chance to" and "lacked the courage to" make of what follows."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from triplomat.errors import DataError

from .embedding import Signature, effect

_FILE = "lexicon/phrasal.toml"


@dataclass(frozen=True, slots=True)
class Phrasal:
    """Signatures by the verb and the noun of a phrase."""

    signatures: Mapping[tuple[str, str], Signature]

    def find(self, verb: str, noun: str) -> Signature | None:
        """The signature of a verb (lemma with particle) with this noun (lemma), or None."""
        return self.signatures.get((verb, noun))


@cache
def load_phrasal() -> Phrasal:
    """The packaged lexicon; DataError names a class that no list explains."""
    data = tomllib.loads(files("triplomat.ontology").joinpath(_FILE).read_text(encoding="utf-8"))
    verbs, nouns = data["verbs"], data["nouns"]
    signatures: dict[tuple[str, str], Signature] = {}
    for kind, effects in data["effects"].items():
        for of, codes in effects.items():
            if kind not in verbs or of not in nouns:
                raise DataError(_FILE, None, f"[effects] {kind}.{of}: both must be lists above")
            affirmed, negated = codes.split(",")
            signature = Signature(effect(affirmed, _FILE), effect(negated, _FILE))
            signatures.update({(verb, noun): signature for verb in verbs[kind] for noun in nouns[of]})
    return Phrasal(MappingProxyType(signatures))
