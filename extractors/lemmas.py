"""Verb forms that the models' lemmatizer gets wrong ("waging" → "wag") get their right lemma."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from spacy.language import Language
from spacy.tokens import Doc

from triplomat.errors import DataError

_FILE = "lexicon/lemmas.csv"


@Language.component("triplomat_lemmas", requires=["token.pos"], assigns=["token.lemma"])
def triplomat_lemmas(doc: Doc) -> Doc:
    """Set the lemma of the listed forms where they are verbs."""
    lemmas = load_lemmas()
    for token in doc:
        lemma = lemmas.get(token.lower_)
        if lemma is not None and token.pos_ == "VERB":
            token.lemma_ = lemma
    return doc


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
