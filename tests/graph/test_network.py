"""Facts become edges with their sign, weight, date and evidence; the network can be narrowed in every way."""

import io
import json
import os
import subprocess
import sys

import networkx as nx
import pytest
from samples import AMERICA, IRAN, KOREA, RUSSIA, corpus, told

from triplomat.errors import UsageError
from triplomat.extractors.statement import Article
from triplomat.graph.analysis import report
from triplomat.graph.exchange import to_gexf, to_graphml
from triplomat.graph.knowledge_graph import KnowledgeGraph

RUS, PRK, IRN, USA = "country:RUS", "country:PRK", "country:IRN", "country:USA"
PUTIN = ("Putin", "person:Vladimir_Putin", "RUS")


def graph_of(*pairs):
    return KnowledgeGraph([statement for _, statement in pairs], [article for article, _ in pairs])


@pytest.fixture(scope="module")
def told_corpus():
    articles, statements = corpus()
    return KnowledgeGraph(statements, articles)


def dyads(network):
    return sorted({(u.partition(":")[2], v.partition(":")[2]) for u, v in network.edges()})


def test_an_edge_carries_its_fact(kg):
    network = kg.network()
    ((source, target, key, data),) = network.edges(keys=True, data=True)
    (fact,) = [fact for fact in kg.facts if fact.id == key]
    assert (source, target) == (RUS, PRK)
    assert data["weight"] == pytest.approx(10 * fact.belief)
    assert (data["sign"], data["type"], data["relation"], data["modality"]) == (1, "AID", "supplies", "asserted")
    assert data["time"] == "2024-06-20"
    assert data["evidence"] == tuple(statement.id for statement in fact.statements)
    assert network.nodes[RUS] == {"label": "Russia", "type": "State", "state": RUS}


def test_hedged_denied_and_quoted_facts_are_left_out_unless_asked_for(kg):
    assert dyads(kg.network()) == [("RUS", "PRK")]
    assert dyads(kg.network(include=("asserted", "possible"))) == [("RUS", "IRN"), ("RUS", "PRK")]
    assert len(kg.network(include=("asserted", "hedged")).edges) == 2
    assert len(kg.network(include=("asserted", "hedged", "attributed")).edges) == 3


def test_as_of_and_window_go_by_the_date(told_corpus):
    assert dyads(told_corpus.network(as_of="2023-12-31")) == [("IRN", "RUS"), ("RUS", "PRK")]
    assert dyads(told_corpus.network(window=("2024-02", "2024-03"))) == [("USA", "PRK"), ("USA", "RUS")]
    assert len(told_corpus.network(window=("2024-06-20", None)).edges) == 1


def test_sign_material_and_context_select(told_corpus, kg):
    assert dyads(told_corpus.network(sign="conflict")) == [("RUS", "PRK"), ("USA", "PRK"), ("USA", "RUS")]
    assert all(data["sign"] == 1 for *_, data in told_corpus.network(sign="cooperation").edges(data=True))
    assert {data["type"] for *_, data in told_corpus.network(material=True).edges(data=True)} == {"AID", "SANCTION"}
    assert dyads(kg.network(context="natural_resource")) == [("RUS", "PRK")]
    assert dyads(kg.network(context="nuclear")) == []


def test_at_the_level_of_states_a_leader_is_his_state():
    graph = graph_of(
        told("a", "2024-06-19", "Post", PUTIN, "visits", KOREA),
        told("b", "2024-06-19", "Post", RUSSIA, "supplies", KOREA, what="oil"),
    )
    assert dyads(graph.network()) == [("RUS", "PRK"), ("Vladimir_Putin", "PRK")]


def test_each_wrong_option_is_named(kg):
    for options in ({"include": ["rumours"]}, {"sign": "love"}, {"level": "planet"}, {"as_of": "soon"}):
        with pytest.raises(UsageError, match=str(next(iter(options.values()))[0])):
            kg.network(**options)


def test_what_actors_do_together_binds_them_both_ways(make_fact, corpus):
    pairs = [fact for fact in corpus.facts if len(fact.actors) > 1 and not fact.recipients]
    from triplomat.graph.network import to_network

    network = to_network(pairs)
    assert all(network.has_edge(v, u, key) for u, v, key in network.edges(keys=True))
    assert all(data["mutual"] for *_, data in network.edges(data=True))


@pytest.mark.parametrize(
    ("verb", "relation", "kind", "thing", "ties"),
    [
        ("condemned", "criticises", "ACCUSE", "the attack", 0),
        ("accused", "accuses", "ACCUSE", "each other", 2),
        ("met", "meets", "CONSULT", "in Oslo", 2),
        ("warned", "warns", "THREATEN", "of stoppages", 0),
    ],
)
def test_what_two_do_side_by_side_binds_them_only_where_it_is_to_each_other(verb, relation, kind, thing, ties):
    from triplomat.extractors.statement import Argument, Event, Party, Predicate, Sentence, Statement
    from triplomat.graph.network import to_network

    text = f"Chad and Niger {verb} {thing}."
    both = tuple(
        Party(name, f"country:{code}", code, "GOV", f"country:{code}")
        for name, code in (("Chad", "TCD"), ("Niger", "NER"))
    )
    at = text.index(verb)
    statements = [
        Statement(
            "a", "2025-03-01", Sentence(0, 0, len(text), text),
            Argument("subject", name, text.index(name), text.index(name) + len(name), f"country:{code}", "State"),
            Predicate(verb, at, at + len(verb), verb, relation),
            Argument("object", thing, text.index(thing), text.index(thing) + len(thing)), (),
            Event(kind, None, (), "verbal conflict", -2.0, both, ()), "positive", "asserted", None, 0.9, "clause",
        )
        for name, code in (("Chad", "TCD"), ("Niger", "NER"))
    ]  # fmt: skip
    network = to_network(KnowledgeGraph(statements, [Article("a", text, published="2025-03-01")]).facts)
    assert network.number_of_edges() == ties


def test_the_order_of_facts_does_not_matter(told_corpus):
    from triplomat.graph.network import to_network

    one, other = to_network(told_corpus.facts), to_network(told_corpus.facts[::-1])
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))


def test_graphml_and_gexf_hold_the_network(told_corpus):
    network = told_corpus.network()
    for read, text in ((nx.read_graphml, to_graphml(network)), (nx.read_gexf, to_gexf(network))):
        back = read(io.BytesIO(text.encode()))
        assert set(back) == set(network)
        assert sorted(data["weight"] for *_, data in back.edges(data=True)) == sorted(
            data["weight"] for *_, data in network.edges(data=True)
        )
        assert {data["fact"] for *_, data in back.edges(data=True)} == {key for *_, key in network.edges(keys=True)}


def test_labels_that_xml_cannot_hold_are_cleaned():
    network = nx.MultiDiGraph()
    network.add_node("org:X", label="bad \x00\ud800 <name> & \x1b", type="Organization", state=None)
    assert "bad <" not in to_graphml(network)
    assert "&lt;name&gt;" in to_gexf(network)


def test_the_files_are_the_same_tomorrow(told_corpus, monkeypatch):
    import time

    before = to_gexf(told_corpus.network())
    monkeypatch.setattr(time, "strftime", lambda *_: "2199-01-01")
    assert to_gexf(told_corpus.network()) == before


def test_save_writes_network_and_table(told_corpus, tmp_path):
    told_corpus.save(tmp_path / "out")
    rows = (tmp_path / "out" / "centrality.csv").read_text().splitlines()
    assert rows[0].startswith("actor,label,type,state,bloc,strength,degree,eigenvector")
    assert len(rows) == len(told_corpus.network()) + 1
    assert (tmp_path / "out" / "network.graphml").stat().st_size
    assert (tmp_path / "out" / "network.gexf").stat().st_size


def test_centrality_has_a_row_an_actor(told_corpus):
    frame = told_corpus.centrality()
    assert frame.index[0] == RUS
    assert frame.loc[RUS, "label"] == "Russia"
    assert frame.loc[IRN, "strength"] == pytest.approx(frame.loc[RUS, "strength"] - frame.loc[PRK, "strength"])
    assert frame.loc[RUS, "bloc"] == frame.loc[PRK, "bloc"] == frame.loc[IRN, "bloc"]
    assert USA not in told_corpus.blocs()


def test_the_page_gets_measures_with_ranks_and_blocs(told_corpus):
    (russia,) = [actor for actor in told_corpus.view.actors if actor.id == RUS]
    assert list(russia.measures)[:2] == ["strength", "rank"]
    first, last = russia.measures["rank"]
    assert first == 1 <= last
    assert told_corpus.view.blocs == ("Bloc of Russia",)


@pytest.mark.parametrize("format", ["table", "csv", "json"])
def test_the_report_names_the_actors(told_corpus, format):
    text = report(told_corpus, as_of="2024-12-31", format=format)
    assert "North Korea" in text
    assert text == report(told_corpus, as_of="2024-12-31", format=format)


def test_a_bloc_has_one_number_in_every_form(told_corpus):
    table, listed = report(told_corpus), json.loads(report(told_corpus, format="json"))
    blocs = table[table.index("Blocs (") :]
    for actor in listed["actors"]:
        if actor["bloc"] is not None:
            (line,) = [line for line in blocs.splitlines() if line.split()[:1] == [str(actor["bloc"])]]
            assert actor["label"] in line


def test_a_report_of_nothing_says_so(told_corpus):
    assert "No asserted fact" in report(told_corpus, as_of="1990")
    assert '"actors": []' in report(told_corpus, as_of="1990", format="json")


def test_parties_of_the_corpus_are_who_they_are():
    assert (AMERICA[1], IRAN[1]) == (USA, IRN)


def test_saving_hangs_on_no_hash_seed_and_loads_nothing_heavy(told_corpus, tmp_path):
    """pandas, scipy and matplotlib would cost a small build more than all its measures."""
    told_corpus.save(tmp_path / "first")
    script = (
        "import sys, triplomat as tm; tm.load(sys.argv[1]).save(sys.argv[2]);"
        "assert not {'pandas', 'scipy', 'matplotlib'} & set(sys.modules), 'heavy'"
    )
    for seed in ("1", "2"):
        command = [sys.executable, "-c", script, str(tmp_path / "first"), str(tmp_path / seed)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    for name in ("network.graphml", "network.gexf", "centrality.csv", "graph.html"):
        assert len({(tmp_path / folder / name).read_bytes() for folder in ("first", "1", "2")}) == 1
