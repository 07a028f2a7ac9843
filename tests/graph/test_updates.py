"""Adding and removing articles is exact: the folder is that of a build of the same articles."""

import shutil
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import corpus

from triplomat.errors import UsageError
from triplomat.extractors.statement import Predicate
from triplomat.graph.knowledge_graph import KnowledgeGraph
from triplomat.graph.quads import serialise
from triplomat.graph.updates import add_articles, describe_changes, diff, remove

ARTICLES, STATEMENTS = corpus()
PAIRS = list(zip(ARTICLES, STATEMENTS, strict=True))


def files(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def graph_of(numbers):
    return KnowledgeGraph([STATEMENTS[number] for number in numbers], [ARTICLES[number] for number in numbers])


def content(graph):
    return serialise(graph.quads, "nq", graph.names), graph.statements, graph.articles, graph.facts


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.booleans(), st.integers(0, len(PAIRS) - 1)), max_size=12))
def test_any_sequence_of_adding_and_removing_is_the_build_of_what_is_left(steps):
    graph, there = graph_of([]), set()
    for adding, number in steps:
        article, statement = PAIRS[number]
        graph = graph.with_articles([article], [statement]) if adding else graph.without([article.id])
        there = there | {number} if adding else there - {number}
    assert content(graph) == content(graph_of(sorted(there)))


def test_adding_then_removing_gives_the_first_bytes(tmp_path):
    folder = tmp_path / "out"
    graph_of([0, 1, 2]).save(folder, rdf=("trig", "nq"))
    before = files(folder)
    add_articles(folder, [ARTICLES[3]], [STATEMENTS[3]])
    assert files(folder) != before
    remove(folder, [ARTICLES[3].id])
    assert files(folder) == before


def test_adding_one_by_one_in_any_order_is_building_at_once(tmp_path):
    graph_of(range(len(PAIRS))).save(tmp_path / "whole")
    graph_of([]).save(tmp_path / "steps")
    for number in (3, 1, 7, 0, 5, 2, 6, 4):
        add_articles(tmp_path / "steps", [ARTICLES[number]], [STATEMENTS[number]])
    assert files(tmp_path / "steps") == files(tmp_path / "whole")


def test_adding_again_adds_nothing(tmp_path):
    folder = tmp_path / "out"
    graph_of([0, 1]).save(folder)
    before = files(folder)
    add_articles(folder, [ARTICLES[1]], [STATEMENTS[1]])
    assert files(folder) == before


def test_removing_what_is_not_there_changes_nothing(tmp_path):
    folder = tmp_path / "out"
    graph_of([0, 1]).save(folder)
    before = files(folder)
    with pytest.raises(UsageError, match="holds no article"):
        remove(folder, ["a", "nowhere"])
    assert files(folder) == before


def test_a_folder_that_is_missing_says_how_to_make_it(tmp_path):
    with pytest.raises(UsageError, match="triplomat build"):
        remove(tmp_path / "nowhere", ["a"])


def test_a_denial_disputes_what_was_there():
    changes = diff(graph_of([1]), graph_of([1, 2]))
    assert [(change.kind, change.fact.polarity) for change in changes] == [
        ("new", "negative"),
        ("disputed", "positive"),
    ]


def test_what_is_not_told_disputes_nothing_that_is():
    said, unsaid = (
        replace(item, id="", object=None, arguments=(), event=None, predicate=Predicate("Ru", 0, 2, "say", "says"))
        for item in STATEMENTS[1:3]
    )
    changes = diff(KnowledgeGraph([said], ARTICLES[1:2]), KnowledgeGraph([said, unsaid], ARTICLES[1:3]))
    assert [(change.kind, change.fact.polarity) for change in changes] == [("new", "negative")]


def test_another_source_strengthens_and_a_removal_weakens():
    other = replace(ARTICLES[1], id="z", source="Herald", text="Other words: " + ARTICLES[1].text)
    copied = replace(STATEMENTS[1], id="", document="z")
    before = graph_of([1])
    after = before.with_articles([other], [copied])
    assert [change.kind for change in diff(before, after)] == ["strengthened"]
    assert [change.kind for change in diff(after, before)] == ["weakened"]
    assert "Russia supplies oil → North Korea" in describe_changes(diff(before, after), after.labels)


def test_the_lock_is_let_go(tmp_path):
    graph_of([0]).save(tmp_path / "out")
    add_articles(tmp_path / "out", [ARTICLES[1]], [STATEMENTS[1]])
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    shutil.rmtree(tmp_path / "out")
