"""The spaCy component gives the pipeline's statements and survives bytes and other processes."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import DocBin

from triplomat.extractors import component  # noqa: F401  (registers the factory where nothing is installed)
from triplomat.extractors.parsing import model_name
from triplomat.extractors.pipeline import extract

pytestmark = pytest.mark.model
TEXT = "Russia sent shells to North Korea. Iran may sign a treaty with China."


@pytest.fixture(scope="module")
def nlp() -> spacy.language.Language:
    made = spacy.load(model_name())
    made.add_pipe("triplomat", config={"published": "2024-06-20"})
    return made


def test_statements_stand_on_the_doc(nlp: spacy.language.Language) -> None:
    doc = nlp(TEXT)
    said = [(item.predicate.lemma, item.subject.entity, item.modality) for item in doc._.statements if item.subject]
    assert ("send", "country:RUS", "asserted") in said
    assert ("sign", "country:IRN", "possible") in said


def test_statements_survive_bytes_and_processes(nlp: spacy.language.Language) -> None:
    docs = list(nlp.pipe([TEXT, TEXT], n_process=2))
    again = list(DocBin(docs=docs, store_user_data=True).get_docs(nlp.vocab))
    assert [item.id for item in again[1]._.statements] == [item.id for item in nlp(TEXT)._.statements]


def test_component_agrees_with_extract(nlp: spacy.language.Language, tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "doc.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert list(extract(path, published="2024-06-20")) == nlp(TEXT)._.statements
