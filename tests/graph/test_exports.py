"""Files for other programs hold the facts, and nothing that those programs choke on."""

import csv
import json
from dataclasses import replace

import pytest
from samples import corpus

from triplomat.errors import UsageError
from triplomat.graph.exports import export
from triplomat.graph.knowledge_graph import KnowledgeGraph


@pytest.fixture(scope="module")
def graph():
    articles, statements = corpus()
    return KnowledgeGraph(statements, articles)


def rows(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_end_of_a_neo4j_relationship_is_a_node(graph, tmp_path):
    assert "neo4j-admin" in export(graph, "neo4j", tmp_path)[0]
    nodes = {row["id:ID"] for name in ("entities.csv", "facts.csv") for row in rows(tmp_path / name)}
    ends = {row[end] for row in rows(tmp_path / "roles.csv") for end in (":START_ID", ":END_ID")}
    assert ends <= nodes and {fact.id for fact in graph.facts} <= nodes


def test_followthemoney_entities_refer_to_one_another(graph, tmp_path):
    export(graph, "followthemoney", tmp_path)
    found = [json.loads(line) for line in (tmp_path / "entities.ftm.json").read_text("utf-8").splitlines()]
    ids = {row["id"] for row in found}
    events = [row for row in found if row["schema"] == "Event"]
    assert len(events) == len(graph.facts) and len(ids) == len(found)
    for event in events:
        for role in ("organizer", "involved", "proof"):
            assert set(event["properties"].get(role, ())) <= ids
    attributed = [fact for fact in graph.facts if fact.attribution]
    assert attributed and len(attributed) == sum("according to" in str(event["properties"]) for event in events)


def test_followthemoney_takes_the_entities(graph, tmp_path):
    model = pytest.importorskip("followthemoney").model
    export(graph, "followthemoney", tmp_path)
    for line in (tmp_path / "entities.ftm.json").read_text("utf-8").splitlines():
        row = json.loads(line)
        assert model.get_proxy(row).to_dict()["properties"].keys() == row["properties"].keys()


def test_parquet_holds_every_statement_and_fact(graph, tmp_path):
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    export(graph, "parquet", tmp_path)
    assert len(pandas.read_parquet(tmp_path / "statements.parquet")) == len(graph.statements)
    assert len(pandas.read_parquet(tmp_path / "facts.parquet")) == len(graph.facts)


def test_an_unknown_kind_gets_the_known_ones(graph, tmp_path):
    with pytest.raises(UsageError, match="choose from followthemoney, neo4j, parquet"):
        export(graph, "excel", tmp_path)


def test_a_quote_of_a_neo4j_row_is_one_line(graph, tmp_path):
    text = "Russia attacked\nUkraine."
    statements = [
        replace(item, sentence=replace(item.sentence, text=text)) if item.event else item for item in graph.statements
    ]
    export(KnowledgeGraph(statements, graph.articles), "neo4j", tmp_path)
    with (tmp_path / "facts.csv").open(encoding="utf-8", newline="") as file:
        assert all("\n" not in cell for row in csv.reader(file) for cell in row)
