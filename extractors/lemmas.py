"""Verb forms that the models' lemmatizer gets wrong ("waging" → "wag") get their right lemma.

Words that a prefix begins ("re-imposed", "co-operate") stay whole, as in the text that the models learned from.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from triplomat.errors import DataError
from triplomat.ontology.lexicon import PREFIXES

_FILE = "lexicon/lemmas.csv"
_PREFIXED = re.compile(rf"(?i:(?:{'|'.join(PREFIXES)})-[a-z]{{2,}})\Z")


def keep_whole(nlp: Language) -> None:
    """Have the tokenizer keep words that a prefix begins whole, beside those that it keeps whole already."""
    tokenizer: Any = nlp.tokenizer
    if not hasattr(tokenizer, "token_match"):  # one of another kind
        return
    before = tokenizer.token_match
    patterns = [before.__self__.pattern] if before else []
    tokenizer.token_match = re.compile("|".join([*patterns, _PREFIXED.pattern])).match


@Language.factory("triplomat_lemmas", requires=["token.pos"], assigns=["token.lemma"])
class Lemmas:
    """Sets the lemma of the listed forms where they are verbs, and of verbs that a prefix begins: "reimpose"."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.nlp, self.name = nlp, name
        self._known: dict[str, str] = {}

    def __call__(self, doc: Doc) -> Doc:
        lemmas = load_lemmas()
        for token in doc:
            lemma = lemmas.get(token.lower_)
            if token.pos_ != "VERB":
                continue
            if lemma is not None:
                token.lemma_ = lemma
            elif "-" in token.text and _PREFIXED.match(token.text):
                token.lemma_ = self._prefixed(token.lower_)
        return doc

    def _prefixed(self, form: str) -> str:
        if form not in self._known:
            prefix, _, rest = form.partition("-")
            alone = Doc(self.nlp.vocab, words=[rest], pos=["VERB"])
            if self.nlp.has_pipe("lemmatizer"):
                self.nlp.get_pipe("lemmatizer")(alone)
            self._known[form] = prefix + (load_lemmas().get(rest) or alone[0].lemma_ or rest)
        return self._known[form]


@cache
def load_lemmas() -> Mapping[str, str]:
    """Lemma by lower-case form; DataError names the line of a form that stands twice."""
    text = files("triplomat.ontology").joinpath(_FILE).read_text(encoding="utf-8")
    lemmas: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line and not line.startswith("#") and line != "form,lemma":
            form, lemma = next(csv.reader([line]))
            if form in lemmas:
                raise DataError(_FILE, number, f"{form!r} stands twice")
            lemmas[form] = lemma
    return MappingProxyType(lemmas)
