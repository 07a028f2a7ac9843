"""What a page shows of a very large graph: the best backed facts, each with its surest statements."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import world

from triplomat.graph import showing
from triplomat.graph.knowledge_graph import KnowledgeGraph
from triplomat.graph.showing import most_each, strongest, surest


@dataclass(frozen=True)
class Said:
    id: str
    confidence: float


@given(st.lists(st.integers(1, 400), max_size=40))
def test_all_facts_together_show_no_more_than_a_page_holds(counts):
    showing.MOST_STATEMENTS, before = 100, showing.MOST_STATEMENTS
    try:
        most = most_each(counts)
        shown = sum(min(count, most) for count in counts)
        assert shown <= max(100, len(counts))
        if shown < sum(counts) and most > 1:
            assert sum(min(count, most + 1) for count in counts) > 100
    finally:
        showing.MOST_STATEMENTS = before


@pytest.mark.parametrize(("most", "kept"), [(1, "b"), (2, "bd"), (3, "bcd"), (9, "abcd")])
def test_the_surest_stay_in_their_order(most, kept):
    told = (Said("a", 0.1), Said("b", 0.9), Said("c", 0.3), Said("d", 0.9))
    assert "".join(item.id for item in surest(told, most)) == kept


def test_a_graph_that_a_page_can_hold_is_shown_whole():
    pairs = world(40)
    graph = KnowledgeGraph([statement for _, statement in pairs], [article for article, _ in pairs])
    assert strongest(graph.facts) == graph.facts


def test_a_saved_page_is_the_one_in_memory_also_where_not_all_is_shown(tmp_path, monkeypatch):
    monkeypatch.setattr(showing, "MOST_STATEMENTS", 15)
    pairs = world(40)
    graph = KnowledgeGraph([statement for _, statement in pairs], [article for article, _ in pairs])
    assert sum(len(fact.statements) for fact in graph.facts) > 15
    graph.save(tmp_path / "out")
    assert (tmp_path / "out" / "graph.html").read_text("utf-8") == graph.page()
