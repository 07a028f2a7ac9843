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


INTERVIEW = (
    "Ada Brown, who led the mission to Chad, left it in May. She met us in Paris.\n\n"
    "Why did you leave?\nBecause I was asked to lie. The army had bombed a market.\n\n"
    "Will the war end?\nNeither side wants peace.\n\nThe army has denied everything."
)


@pytest.mark.model
@pytest.mark.parametrize(
    ("predicate", "source"), [("bombed", "Ada Brown"), ("wants", "Ada Brown"), ("denied", None), ("led", None)]
)
def test_the_answers_of_an_interview_are_those_of_whoever_is_interviewed(predicate: str, source: str | None) -> None:
    doc = load_pipeline()(INTERVIEW)
    tree = Tree(doc)
    found = Factualities(tree, quotations=quotations(doc, tree, load_embedding())).of(tree.text.index(predicate)).source
    assert (found.text if found else None) == source


@pytest.mark.model
def test_a_single_question_makes_no_interview() -> None:
    text = "Who shelled the town?\nNobody knows. The army shelled it last year, we are told.\n\nAda Brown denied it."
    doc = load_pipeline()(text)
    assert quotations(doc, Tree(doc), load_embedding()) == ()


@pytest.mark.model
def test_a_quotation_that_opens_the_next_sentence_goes_on_with_the_speaker() -> None:
    text = (
        '"They came at night," said Ada Brown, a mother of six who had walked for two days to the border with all her '
        'neighbours. "They burned the huts."'
    )
    doc = load_pipeline()(text)
    speakers = [quotation.speaker for quotation in quotations(doc, Tree(doc), load_embedding())]
    assert [speaker.text if speaker else None for speaker in speakers] == ["Ada Brown", "Ada Brown"]
