"""Who does what to whom in each construction, whatever stands first in the sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from triplomat.extractors.clauses import Clause, clauses
from triplomat.extractors.nominals import nominal_clauses, offices
from triplomat.extractors.openie import rows
from triplomat.extractors.parsing import load_pipeline
from triplomat.extractors.tree import Tree

TABLE = Path(__file__).with_name("constructions.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [(line.split("\t") + [""] * 4)[:5] for line in TABLE if line and not line.startswith("#")]

pytestmark = pytest.mark.model


def found(sentence: str) -> list[Clause]:
    return [clause for sent in load_pipeline()(sentence).sents for clause in clauses(sent)]


def texts(parts: tuple) -> list[str]:  # type: ignore[type-arg]
    return [part.span.text for part in parts]


@pytest.mark.parametrize(("sentence", "lemma", "subject", "obj", "oblique"), ROWS)
def test_construction(sentence: str, lemma: str, subject: str, obj: str, oblique: str) -> None:
    named = [clause for clause in found(sentence) if clause.lemma == lemma]
    assert named, f"no clause {lemma!r}"
    assert any(
        subject in (texts(clause.actors) or [""])
        and obj in (texts(clause.patients) or texts(clause.of_role("attribute")) or [""])
        and (not oblique or oblique in [f"{part.preposition}:{part.span.text}" for part in clause.obliques])
        for clause in named
    ), [(clause.passive, [(part.role, part.preposition, part.span.text) for part in clause.parts]) for clause in named]


@pytest.mark.parametrize(
    ("sentence", "noun", "role", "text"),
    [
        ("Putin's visit to Pyongyang was short.", "visit", "subject", "Putin"),
        ("Putin's visit to Pyongyang was short.", "visit", "oblique", "Pyongyang"),
        ("They approved the delivery of shells to Russia.", "delivery", "object", "shells"),
        ("The bombing of the port by Israel was condemned.", "bombing", "agent", "Israel"),
        ("Iran announced an attack on the base.", "attack", "subject", "Iran"),
        ("They left out any promise of support.", "promise", "object", "support"),
        ("They had the promise of Xi.", "promise", "subject", "Xi"),
        ("They won with the help of Chad and Mali.", "help", "subject", "Mali"),
    ],
)
def test_nominal_event_names_its_participants(sentence: str, noun: str, role: str, text: str) -> None:
    doc = load_pipeline()(sentence)
    named = {
        clause.lemma: [(part.role, part.span.text) for part in clause.parts]
        for clause in nominal_clauses(next(doc.sents), Tree(doc))
    }
    assert (role, text) in named[noun]


@pytest.mark.parametrize(
    ("sentence", "lemma", "obj", "what"),
    [
        ("Peru voted to declare the envoy persona non grata.", "declare", "the envoy", "persona non grata"),
        ("Chile declared the consul persona non grata on Monday.", "declare", "the consul", "persona non grata"),
        ("The envoy was declared persona non grata.", "declare", "The envoy", "persona non grata"),
        ("Prosecutors designated Quispe a fugitive in September.", "designate", "Quispe", "a fugitive"),
        ("Officials have branded Kurti a provocateur.", "brand", "Kurti", "a provocateur"),
        ("Washington held the group responsible for it.", "hold", "the group", "responsible for it"),
        ("The court declared the election invalid.", "declare", "the election", "invalid"),
        ("Kurti named Serbia the author of the attack.", "name", "Serbia", "the author of the attack"),
        ("Aden, a port that Sanaa considers part of its land, voted.", "consider", "a port", "part of its land"),
    ],
)
def test_what_an_object_is_said_to_be_is_no_second_object(sentence: str, lemma: str, obj: str, what: str) -> None:
    (clause,) = [clause for clause in found(sentence) if clause.lemma == lemma]
    assert (texts(clause.patients), texts(clause.of_role("attribute"))) == ([obj], [what])


def test_a_name_behind_called_stays_whole() -> None:
    (clause,) = [clause for clause in found("The group arrested a fighter called Abu Lulu.") if clause.lemma == "call"]
    assert texts(clause.of_role("attribute")) == ["Abu Lulu"]


def test_whoever_is_removed_is_no_doer() -> None:
    doc = load_pipeline()("Bolivia criticised Pedro Castillo's removal.")
    (clause,) = nominal_clauses(next(doc.sents), Tree(doc))
    assert [(part.role, part.span.text) for part in clause.parts] == [("object", "Pedro Castillo")]


def test_title_before_a_name_is_an_office() -> None:
    doc = load_pipeline()("Ukraine's President Volodymyr Zelensky visited Berlin.")
    held = [
        (clause.head.text, texts(clause.subjects), texts(clause.objects))
        for clause in offices(next(doc.sents), Tree(doc), titles=frozenset({"president"}))
    ]
    assert held == [("President", ["Volodymyr Zelensky"], ["Ukraine"])]


def test_spans_are_contiguous_and_hold_their_heads() -> None:
    for sentence, *_ in ROWS:
        for clause in found(sentence):
            for part in clause.parts:
                assert part.first <= part.i < part.last + 1


@pytest.mark.parametrize(
    ("sentence", "noun", "role", "text"),
    [
        ("The delivery of shells to Russia began in May.", "delivery", "oblique", "Russia"),
        ("Sanctions imposed by the West hurt Iran.", "impose", "agent", "the West"),
        ("India held talks with China.", "talk", "oblique", "China"),
        ("India held talks with China.", "talk", "subject", "India"),
        ("The union imposed sanctions on Belarus.", "sanction", "oblique", "Belarus"),
        ("The king paid a visit to Doha.", "visit", "oblique", "Doha"),
        ("The king paid a visit to Doha.", "visit", "subject", "The king"),
        ("The sides reached an agreement on gas.", "agreement", "subject", "The sides"),
    ],
)
def test_light_verb_lends_its_subject_to_its_noun(sentence: str, noun: str, role: str, text: str) -> None:
    doc = load_pipeline()(sentence)
    tree = Tree(doc)
    both = [*nominal_clauses(next(doc.sents), tree), *clauses(next(doc.sents), tree)]
    assert (role, text) in [
        (part.role, part.span.text) for clause in both if clause.lemma == noun for part in clause.parts
    ]


@pytest.mark.parametrize(
    ("sentence", "row"),
    [
        (
            "The alliance, with Iran and China at its heart, is growing.",
            ("Iran and China", "be at the heart of", "The alliance"),
        ),
        ("Rutte, the head of NATO, flew to Kyiv.", ("Rutte", "be", "the head of NATO")),
        ("Mali's junta left the bloc.", ("Mali", "has", "junta")),
        ("What Iran sent was drones.", ("What Iran sent", "was", "drones")),
    ],
)
def test_apposition_and_possessive_are_rows(sentence: str, row: tuple[str, str, str]) -> None:
    doc = load_pipeline()(sentence)
    tree = Tree(doc)
    assert row in [(r.subject, r.predicate, r.object) for sent in doc.sents for r in rows(sent, tree)]
