"""Measures agree with networkx on published graphs, and behave as measures should."""

from fractions import Fraction

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published import TABLE_5_PN, everett_borgatti, sampson

from triplomat.graph import paths
from triplomat.graph.centrality import MEASURES, centrality, centrality_rows, closeness_to
from triplomat.graph.ties import to_ties

settings.register_profile("network", deadline=None, max_examples=50)
settings.load_profile("network")
KARATE = nx.karate_club_graph()
FLORENCE = nx.florentine_families_graph()


def measured(graph, name):
    return {node: row[name] for node, row in centrality_rows(graph, measures=[name]).items()}


def signed_graphs(*, least=2, most=9):
    """Undirected graphs with weights that add up exactly, so that orders of summation don't show."""
    edge = st.tuples(st.integers(0, most - 1), st.integers(0, most - 1), st.sampled_from([-2.0, -1.0, 1.0, 2.0, 4.0]))

    def made(edges):
        graph = nx.Graph()
        graph.add_weighted_edges_from((f"n{a}", f"n{b}", weight) for a, b, weight in edges if a != b)
        return graph

    return st.lists(edge, min_size=least, max_size=25).map(made)


def friends(graph):
    """What of a graph is cooperation, with lengths as fractions: as floats, 1/3 + 1/6 is not 1/2 to networkx."""
    kept = nx.Graph()
    kept.add_nodes_from(graph)
    kept.add_edges_from(
        (u, v, {"weight": data.get("weight", 1), "length": Fraction(1, int(data.get("weight", 1)))})
        for u, v, data in graph.edges(data=True)
        if data.get("weight", 1) > 0
    )
    return kept


@pytest.mark.parametrize("graph", [KARATE, FLORENCE], ids=["Zachary", "Florence"])
@pytest.mark.parametrize(
    ("name", "oracle"),
    [
        ("strength", lambda graph: dict(graph.degree(weight="weight"))),
        ("degree", lambda graph: dict(graph.degree())),
        ("eigenvector", lambda graph: nx.eigenvector_centrality_numpy(graph, weight="weight")),
        ("pagerank", lambda graph: nx.pagerank(graph, tol=1e-15, max_iter=500)),
        ("betweenness", lambda graph: nx.betweenness_centrality(friends(graph), weight="length")),
        ("constraint", lambda graph: nx.constraint(graph, weight="weight")),
    ],
)
def test_measures_are_those_of_networkx(graph, name, oracle):
    assert measured(graph, name) == pytest.approx(
        {node: float(value) for node, value in oracle(graph).items()}, rel=1e-9, abs=1e-9
    )


@given(signed_graphs())
def test_betweenness_and_constraint_on_any_graph(graph):
    kept = friends(graph)
    if not kept:
        return
    assert measured(graph, "betweenness") == pytest.approx(
        nx.betweenness_centrality(kept, weight="length"), rel=1e-9, abs=1e-9
    )
    assert measured(graph, "constraint") == pytest.approx(
        nx.constraint(kept, weight="weight"), nan_ok=True, rel=1e-9, abs=1e-9
    )


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.sampled_from([-1.0, 1.0, 3.0])), max_size=25))
def test_pagerank_follows_the_direction(edges):
    network = nx.MultiDiGraph()
    network.add_nodes_from(range(7))
    network.add_weighted_edges_from((a, b, weight) for a, b, weight in edges if a != b)
    given_to = nx.DiGraph()
    given_to.add_nodes_from(network)
    for a, b, weight in network.edges(data="weight"):
        if weight > 0:
            before = given_to.get_edge_data(a, b, {"weight": 0})["weight"]
            given_to.add_edge(a, b, weight=before + weight)
    assert measured(network, "pagerank") == pytest.approx(
        nx.pagerank(given_to, tol=1e-15, max_iter=500), rel=1e-9, abs=1e-9
    )


def test_what_two_do_together_counts_once():
    network = nx.MultiDiGraph()
    network.add_edge("a", "b", weight=4.0, mutual=True)
    network.add_edge("b", "a", weight=4.0, mutual=True)
    assert measured(network, "strength") == {"a": 4.0, "b": 4.0}


def test_pn_of_a_friend_and_a_foe():
    """By hand, three actors: (I − A/4) x = 1 with A = 1 for friends and −2 for foes."""
    graph = nx.Graph()
    graph.add_weighted_edges_from([("a", "b", 1.0), ("b", "c", -1.0)])
    matrix = np.array([[0, 1, 0], [1, 0, -2], [0, -2, 0]])
    expected = np.linalg.inv(np.eye(3) - matrix / 4) @ np.ones(3)
    assert [measured(graph, "pn")[node] for node in "abc"] == pytest.approx(expected)


def test_camps_have_opposite_signs():
    graph = nx.Graph()
    graph.add_weighted_edges_from(
        [("a", "b", 1.0), ("b", "c", 1.0), ("a", "c", 1.0), ("c", "d", -1.0), ("d", "e", 1.0)]
    )
    found = measured(graph, "signed_eigenvector")
    assert all(found[node] > 0 for node in "abc")
    assert all(found[node] < 0 for node in "de")


def test_nearer_is_whom_one_deals_with_more():
    graph = nx.Graph()
    graph.add_weighted_edges_from([("a", "b", 4.0), ("b", "c", 4.0), ("a", "d", 1.0), ("d", "e", -9.0)])
    assert closeness_to(graph, "a") == pytest.approx({"b": 4.0, "c": 2.0, "d": 1.0, "e": 0.0})
    with pytest.raises(LookupError, match="not in the network"):
        closeness_to(graph, "f")


@given(signed_graphs(), st.randoms())
def test_names_do_not_matter(graph, rng):
    nodes = list(graph)
    names = dict(zip(nodes, rng.sample([f"m{number}" for number in range(len(nodes))], len(nodes)), strict=True))
    renamed = nx.relabel_nodes(graph, names)
    for measure in set(MEASURES) - {"signed_eigenvector"}:
        before, after = measured(graph, measure), measured(renamed, measure)
        assert {names[node]: value for node, value in before.items()} == pytest.approx(after, nan_ok=True, abs=1e-9)


@given(signed_graphs(), st.sampled_from([0.25, 2.0, 1024.0]))
def test_scale_only_scales_the_sums(graph, factor):
    scaled = nx.Graph()
    scaled.add_nodes_from(graph)
    scaled.add_weighted_edges_from((u, v, weight * factor) for u, v, weight in graph.edges(data="weight"))
    for measure in set(MEASURES):
        before, after = measured(graph, measure), measured(scaled, measure)
        times = factor if measure in ("strength", "conflict") else 1
        assert {node: value * times for node, value in before.items()} == pytest.approx(after, nan_ok=True, abs=1e-9)


@given(signed_graphs())
def test_turning_every_sign_swaps_friends_and_foes(graph):
    turned = nx.Graph()
    turned.add_nodes_from(graph)
    turned.add_weighted_edges_from((u, v, -weight) for u, v, weight in graph.edges(data="weight"))
    assert measured(graph, "strength") == measured(turned, "conflict")
    assert measured(graph, "conflict") == measured(turned, "strength")


@pytest.mark.parametrize("name", ["eigenvector", "pagerank", "constraint", "pn", "signed_eigenvector"])
def test_the_way_for_large_networks_gives_the_same(name, monkeypatch):
    graph = nx.gnm_random_graph(55, 300, seed=1)
    for number, (_, _, data) in enumerate(graph.edges(data=True)):
        data["weight"] = float(number % 7 + 1) * (-1 if number % 5 == 0 else 1)
    small = measured(graph, name)
    monkeypatch.setattr("triplomat.graph.centrality.DENSE", 10)
    monkeypatch.setattr("triplomat.graph.centrality.SMALL", 10)
    assert measured(graph, name) == pytest.approx(small, abs=1e-9)


def test_betweenness_by_scipy_is_the_same(monkeypatch):
    small = measured(KARATE, "betweenness")
    monkeypatch.setattr(paths, "SMALL", 10)
    assert measured(KARATE, "betweenness") == pytest.approx(small)


def test_sampled_betweenness_is_near(monkeypatch):
    graph = nx.connected_watts_strogatz_graph(300, 6, 0.2, seed=2)
    whole = measured(graph, "betweenness")
    monkeypatch.setattr(paths, "EXACT", 100)
    monkeypatch.setattr(paths, "PIVOTS", 200)
    part = measured(graph, "betweenness")
    assert np.corrcoef([whole[node] for node in graph], [part[node] for node in graph])[0, 1] > 0.95


def test_nothing_gives_an_empty_table():
    assert centrality_rows(nx.MultiDiGraph()) == {}
    assert list(centrality(nx.MultiDiGraph()).columns) == list(MEASURES)
    assert to_ties(nx.MultiDiGraph()).count == 0


def test_an_actor_alone_has_no_ties(kg):
    network = nx.Graph()
    network.add_node("a", label="A", type="State")
    (row,) = centrality(network).to_dict("records")
    assert row["label"] == "A"
    assert row["strength"] == row["betweenness"] == row["eigenvector"] == 0
    assert np.isnan(row["constraint"])


def test_pn_scores_are_those_that_were_published():
    found = measured(everett_borgatti(), "pn")
    assert [round(found[node], 3) for node in range(10)] == list(TABLE_5_PN)


def test_the_monks_who_were_sent_away_are_on_the_other_side():
    """Sampson's Young Turks, whom Gregory and John Bosco led, against the Loyal Opposition of Peter."""
    found = measured(sampson(), "signed_eigenvector")
    turks = ["Gregory", "John", "Winfrid", "Hugh", "Boniface", "Mark", "Albert"]
    loyal = ["Peter", "Bonaventure", "Berthold", "Victor", "Ambrose", "Louis"]
    assert len({found[monk] > 0 for monk in turks}) == 1
    assert {found[monk] > 0 for monk in turks} != {found[monk] > 0 for monk in loyal}
