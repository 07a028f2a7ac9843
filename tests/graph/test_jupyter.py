"""What a notebook shows: cards, frames, drawings, completions."""

import pytest
from samples import corpus

from triplomat.errors import UsageError
from triplomat.graph.completing import completions
from triplomat.graph.dossier import UnknownEntityError
from triplomat.graph.knowledge_graph import KnowledgeGraph
from triplomat.graph.magics import ask_from


@pytest.fixture(scope="module")
def graph():
    articles, statements = corpus()
    return KnowledgeGraph(statements, articles)


@pytest.mark.parametrize("name", ["Russia", "russia", "Russian Federation", "country:RUS"])
def test_an_entity_goes_by_any_name(graph, name):
    assert graph[name].id == "country:RUS"


def test_a_card_shows_the_facts_and_escapes_names(graph):
    card = graph["Russia"]
    assert "Wikidata" in card._repr_html_() and "oil" in card._repr_html_() and "oil" in repr(card)
    assert {"Russia"} <= set(card.to_frame()["who"])


def test_an_unknown_name_gets_the_nearest(graph):
    with pytest.raises(UnknownEntityError, match="did you mean Russia"):
        graph["Rusia"]


def test_tab_offers_the_names(graph):
    assert {"Russia", "North Korea", "oil"} <= set(graph._ipython_key_completions_())


def test_a_cell_gives_a_frame(graph):
    frame = ask_from("kg --limit 1", "SELECT ?a { ?a a tm:State } ORDER BY ?a", {"kg": graph})
    assert list(frame["a"]) == ["country:IRN"]


def test_the_only_graph_need_not_be_named(graph):
    assert ask_from("", "ASK { country:RUS rel:suppliesTo country:PRK }", {"kg": graph, "_1": graph}) is True


def test_a_shipped_query_goes_in_one_line(graph):
    assert set(ask_from("kg supplies --set actor=Iran", None, {"kg": graph})["who"]) == {"Iran"}


def test_a_graph_is_drawn(graph):
    drawing = ask_from("", "CONSTRUCT { ?a rel:suppliesTo ?b } { ?a rel:suppliesTo ?b }", {"kg": graph})
    assert drawing.network.has_edge("country:RUS", "country:PRK")
    assert drawing._repr_svg_().startswith("<svg")


def test_the_answer_can_go_into_a_variable(graph):
    names = {"kg": graph}
    assert ask_from("--into found", "SELECT ?a { ?a a tm:State }", names) is None
    assert len(names["found"]) == 4


@pytest.mark.parametrize(("line", "cell"), [("", ""), ("--what x", "ASK {}"), ("kg rest", "ASK {}")])
def test_wrong_use_says_what_to_write(graph, line, cell):
    with pytest.raises(UsageError, match="%%sparql GRAPH"):
        ask_from(line, cell, {"kg": graph})


@pytest.mark.parametrize(
    ("before", "fragment", "offered"),
    [
        ("%%sparql kg\nSELECT ?who { ?who rel:suppl", "rel:suppl", ["rel:supplies", "rel:suppliesTo"]),
        ("%%sparql\nASK { country:", "country:", ["country:IRN", "country:PRK", "country:RUS", "country:USA"]),
        ("%%sparql\nASK { thing:dr", "thing:dr", ["thing:drones"]),
        ("%%sparql\nSELECT ?who { ?wh", "?wh", ["?who"]),
        ("%%sparql\nASK { coun", "coun", ["country:"]),
        ("%sparql kg supp", "supp", ["supplies", "supply-chains"]),
        ("%sparql kg supplies --set actor=nor", "nor", ["North Korea"]),
    ],
)
def test_tab_offers_actors_relations_and_queries(graph, before, fragment, offered):
    assert completions(before, before, graph) == (fragment, offered)


def test_tab_works_in_a_shell(graph):
    from IPython.core.completer import provisionalcompleter

    interactiveshell = pytest.importorskip("IPython.core.interactiveshell")
    shell = interactiveshell.InteractiveShell.instance()
    shell.run_line_magic("load_ext", "triplomat")
    shell.user_ns["kg"] = graph
    with provisionalcompleter():
        cell = "%%sparql kg\nSELECT ?who { ?who rel:suppliesT"
        assert "rel:suppliesTo" in {item.text for item in shell.Completer.completions(cell, len(cell))}
        for key, name in (('kg["suppl', "supplies"), ('kg["North', "North Korea")):
            assert any(name in item.text for item in shell.Completer.completions(key, len(key)))


def test_a_relation_has_a_card(graph):
    assert {row["who"] for _, row in graph["supplies"].to_frame().iterrows()} == {"Iran", "Russia"}
    assert "oil" in graph["rel:supplies"]._repr_html_()


def test_the_magic_loads_in_a_shell(graph):
    interactiveshell = pytest.importorskip("IPython.core.interactiveshell")
    shell = interactiveshell.InteractiveShell.instance()
    shell.run_line_magic("load_ext", "triplomat")
    shell.user_ns["kg"] = graph
    assert len(shell.run_cell_magic("sparql", "kg", "SELECT ?a { ?a a tm:State }")) == 4
    assert shell.run_cell_magic("sparql", "kg", "SELECT ?a { ?a a tm:Stat }") is None


def test_jupyter_shows_the_page_with_a_picture_beside(graph):
    bundle = graph._repr_mimebundle_()
    assert {"text/html", "text/plain"} <= set(bundle)
