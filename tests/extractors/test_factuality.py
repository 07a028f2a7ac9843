"""Whether a predicate holds, and by whose word, for each kind of mark and embedding."""

from __future__ import annotations

from pathlib import Path

import pytest

from triplomat.extractors.factuality import Factualities
from triplomat.extractors.parsing import load_pipeline, parse
from triplomat.extractors.quotations import quotations
from triplomat.extractors.tree import Tree
from triplomat.ontology.embedding import load_embedding

TABLE = Path(__file__).with_name("factuality.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [(line.split("\t") + [""] * 3)[:5] for line in TABLE if line and not line.startswith("#")]


@pytest.mark.model
@pytest.mark.parametrize(("sentence", "predicate", "polarity", "modality", "attribution"), ROWS)
def test_factuality(sentence: str, predicate: str, polarity: str, modality: str, attribution: str) -> None:
    doc = load_pipeline()(sentence)
    tree = Tree(doc)
    found = Factualities(tree, quotations=quotations(doc, tree, load_embedding()))
    factuality = found.of(tree.text.index(predicate))
    source = factuality.source.text if factuality.source else ""
    assert (factuality.polarity, factuality.modality, source) == (polarity, modality, attribution)


def test_every_entry_of_the_lexicon_has_known_effects() -> None:
    assert len(load_embedding()) > 800


@pytest.mark.model
def test_a_label_in_capitals_names_who_speaks() -> None:
    text = "QUESTION: Has Russia sent the missiles?\n\nMR. MILLER: Iran bombed the port. It is a crime."
    doc = load_pipeline()(text)
    tree = Tree(doc)
    found = Factualities(tree, quotations=quotations(doc, tree, load_embedding()))
    assert found.of(tree.text.index("sent")).source is None
    assert str(found.of(tree.text.index("bombed")).source) == "MILLER"
    assert str(found.of(tree.text.index("is")).source) == "MILLER"


@pytest.mark.model
def test_what_nobody_asserts_stays_open_and_what_is_asserted_is_plain() -> None:
    table = Path(__file__).with_name("plainness.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in table if not line.startswith("#")]
    wrong = []
    for (sentence, predicate, written), doc in zip(rows, parse(load_pipeline(), [row[0] for row in rows]), strict=True):
        tree = Tree(doc)
        found = Factualities(tree, quotations=quotations(doc, tree, load_embedding()))
        if found.of(tree.text.index(predicate)).plain != (written == "plain"):
            wrong.append((sentence, predicate, written))
    assert len(rows) > 800
    assert wrong == []
