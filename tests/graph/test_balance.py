"""Triads and frustration of graphs that were published, and of any graph by counting."""

from itertools import combinations, product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from published import ALLIANCE, ENTENTE, everett_borgatti, gahuku_gama, great_powers, sampson
from test_centrality import KARATE, signed_graphs

from triplomat.graph import balance as module
from triplomat.graph import frustration as search
from triplomat.graph.balance import balance, local_balance, triad_census
from triplomat.graph.blocs import blocs
from triplomat.graph.frustration import frustration
from triplomat.graph.ties import to_ties


def signs_of(graph):
    ties = to_ties(graph)
    net = np.sign(ties.cooperation - ties.conflict)
    simple = nx.Graph()
    simple.add_nodes_from(ties.nodes)
    simple.add_weighted_edges_from(
        (ties.nodes[a], ties.nodes[b], sign) for a, b, sign in zip(ties.a, ties.b, net, strict=True) if sign
    )
    return simple


def counted(graph):
    """Triads by their foes, one by one."""
    simple, census = signs_of(graph), {"+++": 0, "++-": 0, "+--": 0, "---": 0}
    for triad in combinations(simple, 3):
        signs = [simple.edges[pair]["weight"] > 0 for pair in combinations(triad, 2) if simple.has_edge(*pair)]
        if len(signs) == 3:
            census["+" * sum(signs) + "-" * (3 - sum(signs))] += 1
    return census


def least(graph):
    """The frustration index by trying all camps."""
    simple = signs_of(graph)
    place = {node: number for number, node in enumerate(simple)}
    if len(place) < 2:
        return 0
    sides = np.array(list(product((-1, 1), repeat=len(place) - 1)), dtype=np.int8)
    sides = np.hstack([np.ones((len(sides), 1), dtype=np.int8), sides])
    strained = np.zeros(len(sides), dtype=int)
    for u, v, sign in simple.edges(data="weight"):
        strained += sides[:, place[u]] * sides[:, place[v]] != sign
    return int(strained.min())


@pytest.mark.parametrize("made", [great_powers, gahuku_gama, sampson, everett_borgatti])
def test_triads_of_published_networks(made):
    assert triad_census(made()) == counted(made())


def test_the_powers_of_1907_are_two_camps():
    found = balance(great_powers())
    assert found.balanced == 1
    assert found.triads == {"+++": 2, "++-": 0, "+--": 18, "---": 0}
    assert found.frustration.exact
    assert found.frustration.upper == 0
    camps = found.frustration.camps
    assert {camps[power] for power in ENTENTE} != {camps[power] for power in ALLIANCE}
    assert len({blocs(great_powers())[power] for power in ENTENTE}) == 1


def test_the_highland_peoples_have_frustration_seven():
    """As Aref and Wilson, Balance and frustration in signed networks (2019), have it."""
    found = frustration(gahuku_gama())
    assert (found.lower, found.upper, found.ties) == (7, 7, 58)
    assert len(found.strained) == 7


@pytest.mark.parametrize("made", [gahuku_gama, sampson, everett_borgatti])
def test_frustration_is_the_least_of_all_camps(made):
    found = frustration(made())
    assert found.exact
    assert found.upper == least(made())


@given(signed_graphs())
def test_frustration_of_any_graph(graph):
    found = frustration(graph)
    assert found.lower <= least(graph) <= found.upper
    assert found.exact
    assert len(found.strained) == found.upper


@given(signed_graphs(most=14))
def test_bounds_hold_without_the_exact_search(graph):
    large, search.LARGE = search.LARGE, 0
    try:
        found = frustration(graph)
    finally:
        search.LARGE = large
    assert found.lower <= least(graph) <= found.upper


@given(signed_graphs())
def test_triads_of_any_graph(graph):
    assert triad_census(graph) == counted(graph)


def test_local_balance_by_hand():
    graph = nx.Graph()
    graph.add_weighted_edges_from([("a", "b", 1), ("b", "c", 1), ("a", "c", 1), ("b", "d", 1), ("c", "d", -1)])
    assert local_balance(graph) == {"a": 1.0, "b": 0.5, "c": 0.5, "d": 0.0}
    assert local_balance(nx.path_graph(2)) == {0: None, 1: None}


def test_large_networks_are_counted_by_scipy(monkeypatch):
    monkeypatch.setattr(module, "DENSE", 5)
    assert triad_census(KARATE) == counted(KARATE)


def test_all_friends_are_balanced():
    found = balance(KARATE)
    assert found.triads["+++"] == 45  # as in Zachary's network
    assert found.balanced == 1
    assert found.frustration.upper == 0


def test_balance_in_words():
    lines = balance(gahuku_gama()).lines(str)
    assert lines[1] == "Frustration: 7 of 58 ties stand against two camps"
    assert "no three actors" in balance(nx.path_graph(3)).lines(str)[0]
