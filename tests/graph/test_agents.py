"""The tools for a language model, through the protocol's own client over standard input and output."""

import asyncio
import json
import os
import sys

import pytest
from samples import corpus

mcp = pytest.importorskip("mcp")

from triplomat.graph.knowledge_graph import KnowledgeGraph  # noqa: E402


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    articles, statements = corpus()
    where = tmp_path_factory.mktemp("mcp") / "out"
    KnowledgeGraph(statements, articles).save(where)
    return where


def talk(folder, *calls):
    """What the server says to calls of its tools, one after another; with none, its tools."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    server = mcp.StdioServerParameters(
        command=sys.executable, args=["-m", "triplomat", "mcp", str(folder)], env=environment
    )

    async def conversation():
        async with mcp.Client(server) as client:
            if not calls:
                return (await client.list_tools()).tools
            return [await client.call_tool(name, arguments) for name, arguments in calls]

    return asyncio.run(asyncio.wait_for(conversation(), 60))


def said(answer):
    """What a tool gave, as Python's own."""
    assert not answer.is_error, answer.content
    value = answer.structured_content
    return value.get("result", value) if isinstance(value, dict) else json.loads(answer.content[0].text)


def test_every_tool_says_what_it_does_and_only_reads(folder):
    tools = {tool.name: tool for tool in talk(folder)}
    assert set(tools) == {"shipped_queries", "ask", "sparql", "actor", "evidence"}
    assert all(tool.description and tool.annotations.read_only_hint for tool in tools.values())


def test_from_a_question_to_its_evidence(folder):
    questions, answer, card = talk(
        folder,
        ("shipped_queries", {}),
        ("ask", {"name": "supplies", "parameters": {"actor": "Russian Federation"}}),
        ("actor", {"name": "russia"}),
    )
    assert "supplies" in {question["name"] for question in said(questions)}
    assert said(answer)["rows"][0].items() >= {"who": "Russia", "what": "oil", "whom": "North Korea"}.items()
    found = said(card)
    assert found["id"] == "country:RUS" and found["label"] == ["Russia"] and "Russian Federation" in found["names"]
    fact = next(row["fact"] for row in found["facts"]["rows"] if "oil" in row["did"])
    [evidence] = talk(folder, ("evidence", {"fact": fact}))
    [row] = said(evidence)["rows"]
    assert row["quote"] == "Russia supplies North Korea oil." and row["date"] == "2024-06-20"


def test_sparql_is_answered_up_to_a_limit(folder):
    states, truth = talk(
        folder,
        ("sparql", {"query": "SELECT ?s { ?s a tm:State } ORDER BY ?s", "limit": 2}),
        ("sparql", {"query": "ASK { country:RUS rel:suppliesTo country:PRK }"}),
    )
    assert said(states)["rows"] == [{"s": "country:IRN"}, {"s": "country:PRK"}] and said(states)["more"] is True
    assert said(truth) == {"answer": True}


MISTAKES = (
    ("ask", {"name": "suplies"}, "did you mean supplies"),
    ("ask", {"name": "supplies", "parameters": {"who": "Russia"}}, "it takes actor, recipient"),
    ("ask", {"name": "supplies", "parameters": {"actor": "Rusia"}}, "did you mean russia"),
    ("sparql", {"query": "SELECT ?s { ?s rel:suplies ?o }"}, "rel:supplies"),
    ("sparql", {"query": "INSERT DATA { country:RUS rdfs:label 'x' }"}, "expected"),
    ("sparql", {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}, "SERVICE is off"),
    ("sparql", {"query": "/etc/passwd"}, "expected"),
    ("actor", {"name": "Rusia"}, "did you mean russia"),
)


def test_a_mistake_is_told_with_what_to_write(folder):
    answers = talk(folder, *((tool, arguments) for tool, arguments, _ in MISTAKES))
    for answer, (*_, told) in zip(answers, MISTAKES, strict=True):
        assert answer.is_error and told in answer.content[0].text and "Traceback" not in answer.content[0].text


def test_a_folder_that_is_missing_is_one_line(tmp_path, capsys):
    from triplomat.cli import main

    assert main(["mcp", str(tmp_path / "nowhere")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
