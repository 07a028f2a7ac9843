"""Blocs maximise the signed Potts objective, are the same twice, and are those that the literature knows."""

import networkx as nx
import pytest
from hypothesis import given
from test_centrality import KARATE, signed_graphs

from triplomat.graph.blocs import between_blocs, blocs, participation, quality


def groups(member):
    found = {}
    for node, number in member.items():
        found.setdefault(number, set()).add(node)
    return sorted(found.values(), key=lambda group: sorted(map(str, group)))


def test_without_conflict_quality_is_modularity():
    communities = nx.community.louvain_communities(KARATE, seed=1)
    member = {node: number for number, group in enumerate(communities) for node in group}
    assert quality(KARATE, member) == pytest.approx(nx.community.modularity(KARATE, communities), rel=1e-9)


def test_the_karate_club_is_split_at_least_as_well_as_by_networkx():
    theirs = max(
        nx.community.modularity(KARATE, nx.community.louvain_communities(KARATE, seed=seed)) for seed in range(10)
    )
    assert quality(KARATE, blocs(KARATE)) >= theirs - 1e-9


def test_the_best_known_modularity_of_the_unweighted_karate_club():
    """0.4198 (Brandes et al., On modularity clustering, 2008)."""
    graph = nx.Graph(KARATE.edges())
    assert quality(graph, blocs(graph)) == pytest.approx(0.4198, abs=5e-5)


def test_quality_by_hand():
    """Friends a–b and c–d, foes b–c: each of 2·(1+1−1) links as it should, less what chance would give."""
    graph = nx.Graph()
    graph.add_weighted_edges_from([("a", "b", 1.0), ("c", "d", 1.0), ("b", "c", -1.0)])
    friendly = 4 - (2**2 + 2**2) / 4
    hostile = -(1**2 + 1**2) / 2
    assert quality(graph, {"a": 0, "b": 0, "c": 1, "d": 1}) == pytest.approx((friendly - hostile) / 6)
    assert groups(blocs(graph)) == [{"a", "b"}, {"c", "d"}]


def test_conflict_parts_what_cooperation_alone_would_join():
    graph = nx.complete_graph(["a", "b", "c", "d"])
    nx.set_edge_attributes(graph, 1.0, "weight")
    assert len(groups(blocs(graph))) == 1
    for pair in ("ac", "ad", "bc", "bd"):
        graph.edges[tuple(pair)]["weight"] = -1.0
    assert groups(blocs(graph)) == [{"a", "b"}, {"c", "d"}]


def test_a_common_foe_makes_no_bloc():
    graph = nx.Graph()
    graph.add_weighted_edges_from([("a", "b", 1.0), ("c", "d", 1.0), ("a", "x", -9.0), ("c", "x", -9.0)])
    assert groups(blocs(graph)) == [{"a", "b"}, {"c", "d"}]
    assert "x" not in blocs(graph)


@given(signed_graphs(most=7))
def test_no_actor_gains_by_moving_to_a_partners_bloc(graph):
    member = blocs(graph)
    value = quality(graph, member)
    for u, v, weight in graph.edges(data="weight"):
        if weight > 0:
            for one, other in ((u, v), (v, u)):
                moved = {**member, one: member[other]}
                rest = graph.subgraph(node for node in member if member[node] == member[one] and node != one)
                if len(rest) < 2 or nx.is_connected(rest):
                    assert quality(graph, moved) <= value + 1e-9


@given(signed_graphs())
def test_a_bloc_hangs_together_by_cooperation(graph):
    kept = nx.Graph((u, v) for u, v, weight in graph.edges(data="weight") if weight > 0)
    for group in groups(blocs(graph)):
        assert nx.is_connected(kept.subgraph(group))


@given(signed_graphs())
def test_the_same_seed_gives_the_same_blocs(graph):
    assert blocs(graph, seed=3) == blocs(nx.Graph(graph), seed=3)


def test_weights_within_and_between_blocs_are_all_weights():
    graph = nx.Graph()
    graph.add_weighted_edges_from([("a", "b", 2.0), ("c", "d", 3.0), ("b", "c", -1.0)])
    member = {"a": 0, "b": 0, "c": 1, "d": 1}
    assert between_blocs(graph, member) == {(0, 0): (2.0, 0.0), (0, 1): (0.0, 1.0), (1, 1): (3.0, 0.0)}


def test_who_shares_evenly_between_two_blocs_bridges_them():
    graph = nx.Graph()
    graph.add_weighted_edges_from(
        [("a", "b", 2.0), ("c", "d", 2.0), ("x", "a", 1.0), ("x", "c", 1.0), ("x", "z", -5.0)]
    )
    member = {"a": 0, "b": 0, "c": 1, "d": 1, "x": 0}
    assert participation(graph, member) == pytest.approx({"a": 0, "b": 0, "c": 4 / 9, "d": 0, "x": 0.5})
