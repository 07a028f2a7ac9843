"""A graph that we build conforms to the shapes; a damaged one is told its node and rule."""

import pytest
from samples import corpus

from triplomat.graph.checking import check, check_folder, check_with_pyshacl
from triplomat.graph.knowledge_graph import KnowledgeGraph
from triplomat.ontology.terms import Names

pytest.importorskip("pyshacl")
NAMES = Names()


def damaged(quads, predicate, value=None):
    """The quads without those of a predicate, or with another value for them."""
    term = f"<{NAMES.tm[predicate]}>"
    kept = [quad for quad in quads if quad[1] != term]
    return kept if value is None else [*kept, *((s, p, value, g) for s, p, _, g in quads if p == term)]


def test_what_we_build_conforms(kg):
    assert check(kg.quads, kg.names) == []


def test_what_we_build_of_many_articles_conforms():
    articles, found = corpus()
    graph = KnowledgeGraph(found, articles)
    assert check(graph.quads, graph.names) == []


def test_what_we_build_under_another_base_conforms():
    articles, found = corpus()
    graph = KnowledgeGraph(found, articles, base_iri="https://example.org/kg/")
    assert check(graph.quads, graph.names) == []


@pytest.mark.parametrize(
    ("predicate", "value", "told"),
    [
        ("polarity", None, "The polarity is one of"),
        ("modality", '"maybe"', "The modality is one of"),
        (
            "confidence",
            '"1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>',
            "The confidence is one decimal from 0 to 1",
        ),
        ("belief", None, "The belief is one decimal"),
        ("evidence", None, "A fact rests on at least one statement"),
        ("start", '"-1"^^<http://www.w3.org/2001/XMLSchema#integer>', "There is one start"),
        ("quote", None, "There is one quote"),
        ("actor", '"Russia"', "an entity that has a label"),
        ("score", '"99.0"^^<http://www.w3.org/2001/XMLSchema#decimal>', "The score is one decimal"),
    ],
)
def test_damage_names_the_node_and_the_rule(kg, predicate, value, told):
    found = check(damaged(kg.quads, predicate, value), kg.names)
    assert found
    assert any(told in item.rule for item in found)
    assert all(item.node.startswith(("st:", "fact:", "<https://w3id.org/triplomat/article/")) for item in found)


def test_small_portions_find_the_same(kg, monkeypatch):
    broken = damaged(kg.quads, "polarity")
    whole = check_with_pyshacl(broken, kg.names)
    monkeypatch.setattr("triplomat.graph.checking._PORTION", 20)
    assert check_with_pyshacl(broken, kg.names) == whole
    assert check_with_pyshacl(kg.quads, kg.names) == []


PROPERTIES = (
    "polarity", "modality", "confidence", "belief", "evidence", "start", "end", "quote", "actor", "score", "sources",
    "disputedBy", "predicate", "mention", "recipient", "theme",
)  # fmt: skip
VALUES = (None, '"x"', '"99.5"^^<http://www.w3.org/2001/XMLSchema#decimal>', "<http://example.org/nothing>")


@pytest.mark.parametrize("predicate", PROPERTIES)
def test_the_check_agrees_with_pyshacl_on_every_damage(predicate):
    articles, found = corpus()
    quads = KnowledgeGraph(found, articles).quads
    for value in VALUES:
        broken = damaged(quads, predicate, value)
        ours, theirs = check(broken, NAMES), check_with_pyshacl(broken, NAMES)
        assert {(item.node, item.rule) for item in ours} == {(item.node, item.rule) for item in theirs}


def test_a_folder_is_checked_by_its_rdf(kg, tmp_path):
    kg.save(tmp_path / "out")
    assert check_folder(tmp_path / "out") == []
    path = tmp_path / "out" / "graph.trig"
    path.write_text(path.read_text("utf-8").replace("tm:belief 0.8736", "tm:belief 8.736"), "utf-8")
    [found] = check_folder(tmp_path / "out")
    assert str(found).startswith(
        "fact:8c7ddcfb6f64c74154f3: The belief is one decimal from 0 to 1. (tm:belief is '8.736')"
    )
