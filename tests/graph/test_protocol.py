"""The W3C's cases of the SPARQL 1.1 Protocol, put to a running server that allows updates: raw HTTP and a client."""

import json
import tomllib
from pathlib import Path
from urllib.parse import urlencode

import pytest
from samples import corpus

pytest.importorskip("uvicorn")
pytest.importorskip("starlette")

from serving import TOKEN, Client, serving

from triplomat.graph.knowledge_graph import KnowledgeGraph
from triplomat.graph.serve import make_application

CASES = tomllib.loads((Path(__file__).parent / "protocol.toml").read_text("utf-8"))["case"]
GRAPHS = " ".join(
    f"GRAPH <http://example.org/data{n}> {{ <http://example.org/data{n}> a <http://example.org/Document> }}"
    for n in (1, 2, 3)
)
SETUP = f"CLEAR ALL ; INSERT DATA {{ {GRAPHS} }}"


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    articles, statements = corpus()
    folder = tmp_path_factory.mktemp("protocol") / "out"
    KnowledgeGraph(statements, articles).save(folder)
    with serving(make_application(folder, workers=2, token=TOKEN)) as port:
        yield Client(port, {"Authorization": f"Bearer {TOKEN}"})


@pytest.fixture
def ready(client):
    """The server with the cases' graphs and nothing else."""
    if client.query("ASK { FILTER NOT EXISTS { GRAPH <http://example.org/data1> { ?s ?p ?o } } }")[2].find(b"true") > 0:
        assert client.update(SETUP)[0] == 204
    if client.query("ASK { GRAPH <http://example.org/made> { ?s ?p ?o } }")[2].find(b"true") > 0:
        assert client.update(SETUP)[0] == 204
    return client


def test_every_case_of_the_suite_is_here():
    assert len(CASES) == len({case["name"] for case in CASES}) == 35


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(ready, case):
    path = "/sparql" + (f"?{urlencode(list(map(tuple, case['address'])))}" if "address" in case else "")
    body = urlencode(list(map(tuple, case["form"]))) if "form" in case else case.get("body")
    content = body.encode(case.get("encoding", "utf-8")) if body is not None else None
    headers = {"Content-Type": case["type"]} if "type" in case else {}
    status, found, told = ready(case["method"], path, content, headers)
    assert status // 100 == case["status"], told
    if "types" in case:
        assert found["Content-Type"].partition(";")[0] in case["types"]
    if "truth" in case:
        assert json.loads(told)["boolean"] is case["truth"]
    if "rows" in case:
        assert len(json.loads(told)["results"]["bindings"]) == case["rows"]
    if "then" in case:
        assert json.loads(ready.query(case["then"])[2])["boolean"] is True


def test_sparqlwrapper_asks_updates_and_names_graphs(ready):
    wrapper = pytest.importorskip("SPARQLWrapper")
    endpoint = wrapper.SPARQLWrapper(f"http://127.0.0.1:{ready.port}/sparql")
    endpoint.addCustomHttpHeader("Authorization", f"Bearer {TOKEN}")
    for method in (wrapper.URLENCODED, wrapper.POSTDIRECTLY):
        endpoint.setMethod(wrapper.POST)
        endpoint.setRequestMethod(method)
        endpoint.setQuery("INSERT DATA { GRAPH <http://example.org/made> { <http://x.org/s> a <http://x.org/C> } }")
        endpoint.query()
        endpoint.setReturnFormat(wrapper.JSON)
        endpoint.setQuery("ASK { GRAPH <http://example.org/made> { ?s ?p ?o } }")
        assert endpoint.queryAndConvert()["boolean"] is True
    endpoint.addParameter("default-graph-uri", "http://example.org/data1")
    endpoint.setQuery("SELECT ?s { ?s ?p ?o }")
    assert len(endpoint.queryAndConvert()["results"]["bindings"]) == 1
