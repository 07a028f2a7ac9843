"""Intervals come from drawing articles, reasons from leaving facts out, changes from comparing windows."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from samples import AMERICA, IRAN, KOREA, RUSSIA, corpus, told

from triplomat.errors import UsageError
from triplomat.graph.centrality import MEASURES, centrality_rows
from triplomat.graph.change import breaks, changes, dyad_over_time, over_time, windows
from triplomat.graph.knowledge_graph import KnowledgeGraph
from triplomat.graph.reasons import explain
from triplomat.graph.uncertainty import (
    Bootstrap,
    bloc_firmness,
    intervals,
    leave_one_source_out,
    rank_intervals,
    ranked,
)

RUS, PRK, IRN, USA = "country:RUS", "country:PRK", "country:IRN", "country:USA"


@pytest.fixture(scope="module")
def graph():
    articles, statements = corpus()
    return KnowledgeGraph(statements, articles)


def network_of(count, *, articles=40, seed=3):
    rng = np.random.default_rng(seed)
    network = nx.MultiDiGraph()
    for number in range(count):
        a, b = rng.choice(8, 2, replace=False)
        weight = float(rng.choice([-5, 2.5, 4, 10]))
        documents = tuple(sorted({f"d{rng.integers(articles)}" for _ in range(rng.integers(1, 3))}))
        network.add_edge(f"n{a}", f"n{b}", key=f"f{number}", weight=weight, documents=documents, label=None)
    return network


def test_draws_have_the_networks_own_weight_on_average():
    network = network_of(60)
    bootstrap = Bootstrap(network, rounds=3000)
    own = bootstrap.tally.ties()
    mean = np.mean([ties.cooperation for ties in bootstrap.draws()], axis=0)
    assert mean == pytest.approx(own.cooperation, rel=0.12)


def test_an_article_stands_or_falls_as_one():
    network = nx.MultiDiGraph()
    for number in range(4):
        network.add_edge("a", f"b{number}", key=str(number), weight=1.0, documents=("one" if number < 2 else "two",))
    totals = {float(MEASURES["strength"](ties)[0]) for ties in Bootstrap(network, rounds=50).draws()}
    assert totals == {4.0}
    degrees = {float(MEASURES["degree"](ties)[0]) for ties in Bootstrap(network, rounds=50).draws()}
    assert degrees == {2.0, 4.0}


@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_intervals_hold_the_value_and_its_rank(measure):
    network = network_of(80)
    frame = rank_intervals(network, measure=measure, rounds=60)
    assert list(frame["rank"]) == sorted(frame["rank"])
    assert (frame["first"] <= frame["rank"]).all()
    assert (frame["rank"] <= frame["last"]).all()
    assert (frame["low"] <= frame["high"]).all()
    assert frame["share"].between(0, 1).all()
    assert frame.equals(rank_intervals(network, measure=measure, rounds=60))


def test_more_articles_give_narrower_intervals():
    def width(articles):
        network = nx.MultiDiGraph()
        for number in range(articles):
            weight = 1.0 + number % 5
            network.add_edge("a", "b", key=str(number), weight=weight, documents=(f"d{number}",))
        row = intervals(network)["a"]
        return (row["high"] - row["low"]) / row["value"]

    assert width(200) < width(20)


def test_a_single_article_says_nothing_of_ranks(kg):
    rows = intervals(kg.network())
    assert all((row["first"], row["last"]) == (1, len(rows)) for row in rows.values())
    assert all(np.isnan(row["low"]) for row in rows.values())


def test_ties_share_a_rank_and_the_missing_come_last():
    assert list(ranked(np.array([2.0, np.nan, 5.0, 2.0]))) == [2, 4, 1, 2]
    assert list(ranked(np.array([2.0, np.nan, 5.0]), ascending=True)) == [1, 3, 2]


def test_without_a_source_its_facts_are_gone(graph):
    frame = leave_one_source_out(graph.network(), {article.id: article.source for article in graph.articles})
    assert list(frame.columns) == ["rank", "without Daily", "without Herald", "without Post"]
    assert frame.loc[RUS, "rank"] == 1
    assert frame.loc[PRK, "rank"] == 2
    assert frame.loc[PRK, "without Daily"] == 1


def test_a_bloc_that_every_article_tells_of_is_firm():
    network = nx.MultiDiGraph()
    for number in range(12):
        for one, other in (("a", "b"), ("c", "d"), ("b", "a")):
            network.add_edge(one, other, key=f"{number}{one}", weight=5.0, documents=(f"d{number}",))
    assert bloc_firmness(network, rounds=10) == {"a": 1.0, "b": 1.0, "c": 1.0, "d": 1.0}


def test_the_reasons_of_strength_add_up(graph):
    why = graph.explain("centrality", RUS, most=99)
    for line, reason in zip(str(why).splitlines()[1:], why.reasons, strict=True):
        assert reason.sentence in line and (reason.fact.relation or reason.fact.predicate) in line
    assert sum(reason.contribution for reason in why.reasons) == pytest.approx(why.value)
    assert why.rank == 1
    assert {reason.fact.relation for reason in why.reasons} == {"supplies", "visits"}
    assert why.reasons[0].sentence in str(why)
    assert list(why.to_frame()["sentence"]) == [reason.sentence for reason in why.reasons]


@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_a_reason_is_what_the_score_loses_without_it(graph, measure):
    network = graph.network()
    why = explain(network, graph.facts, RUS, measure=measure)
    for reason in why.reasons:
        without = network.copy()
        without.remove_edges_from([edge for edge in network.edges(keys=True) if edge[2] == reason.fact.id])
        assert why.value - centrality_rows(without, measures=[measure])[RUS][measure] == pytest.approx(
            reason.contribution, abs=1e-9
        )


def test_questions_that_cannot_be_answered_are_named(graph):
    with pytest.raises(UsageError, match="not in the network"):
        graph.explain("strength", "North Korea", as_of="1990")
    with pytest.raises(LookupError, match="Atlantis"):
        graph.explain("strength", "Atlantis")
    with pytest.raises(UsageError, match="choose from"):
        graph.explain("charm", RUS)


def test_an_actor_may_be_named_in_any_way(graph):
    assert graph.explain("strength", "Russia") == graph.explain("centrality", RUS)


def test_the_command_line_explains(graph, tmp_path, capsys):
    from triplomat.cli import main

    graph.save(tmp_path / "out")
    assert main(["analyze", str(tmp_path / "out"), "--explain", "Russia", "--measure", "pagerank"]) == 0
    assert capsys.readouterr().out.startswith("Russia: pagerank")


def test_windows_follow_each_other_without_a_gap(graph):
    for by in ("month", "quarter", "year"):
        days = [day for _, window in windows(graph.facts, by=by) for day in window]
        assert days == sorted(days)
        assert len({name for name, _ in windows(graph.facts, by=by)}) == len(days) / 2
    assert windows(graph.facts, by="year")[0] == ("2023", ("2023-01-01", "2023-12-31"))
    with pytest.raises(UsageError, match="choose from month"):
        windows(graph.facts, by="week")


def test_measures_over_time_add_up(graph):
    frame = over_time(graph.facts, by="quarter")
    assert frame.loc["2023-Q2", IRN] > 0
    assert frame.loc["2024-Q2", IRN] == 0
    total = graph.centrality()["strength"]
    assert all(frame[actor].sum() == pytest.approx(total[actor]) for actor in frame)
    assert over_time(graph.facts, by="year", whole=True).iloc[-1][RUS] == pytest.approx(total[RUS])


def test_a_dyad_over_time(graph):
    frame = dyad_over_time(graph.facts, PRK, RUS, by="year")
    assert list(frame.index) == ["2023", "2024"]
    assert frame.loc["2023", "conflict"] > 0
    assert frame.loc["2024", "cooperation"] > 0
    assert frame["facts"].tolist() == [1, 2]


def test_what_changed_comes_with_its_facts(graph):
    shifts = changes(graph.facts, "2023", "2024")
    first = shifts[0]
    assert (first.one, first.other) == (PRK, RUS)
    assert first.before < 0 < first.after
    assert {fact.relation for fact in first.facts} == {"sanctions", "supplies", "visits"}
    assert changes(graph.facts, "2023", "2023") == []
    assert graph.changes("2023", "2024")[0] == first


def test_breaks_are_where_the_level_steps():
    assert breaks([1, 1, 2, 1, 9, 8, 9, 9, 3, 3, 2, 3]) == [4, 8]
    assert breaks([5, 5, 5, 5, 5, 5]) == []
    assert breaks([1, 2]) == []
    rng = np.random.default_rng(0)
    assert breaks(rng.normal(size=40)) == []


def test_over_time_of_nothing_is_empty():
    assert isinstance(over_time([]), pd.DataFrame)
    assert over_time([]).empty


def test_actors_of_the_corpus_are_told_of():
    assert [who[1] for who in (RUSSIA, KOREA, IRAN, AMERICA)] == [RUS, PRK, IRN, USA]
    assert told("x", "2024", None, RUSSIA, "visits", IRAN)[1].event.type == "CONSULT"
