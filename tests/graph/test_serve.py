"""The server: SPARQL 1.1 Protocol over real HTTP, and what it must not do."""

import http.client
import json
import socket
import threading
import time
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import corpus

uvicorn = pytest.importorskip("uvicorn")
pytest.importorskip("starlette")

from triplomat.graph.knowledge_graph import KnowledgeGraph  # noqa: E402
from triplomat.graph.serve import make_application  # noqa: E402

SELECT = "SELECT ?s WHERE { ?s a tm:State } ORDER BY ?s"
BOMB = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TYPES = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values")
RDF_TYPES = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")


class Client:
    """Raw HTTP to one port."""

    def __init__(self, port):
        self.port = port

    def __call__(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def query(self, query, **headers):
        return self("GET", f"/sparql?query={quote(query)}", headers=headers)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    articles, statements = corpus()
    where = tmp_path_factory.mktemp("served") / "out"
    KnowledgeGraph(statements, articles).save(where)
    return where


@pytest.fixture(scope="module")
def client(folder):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    application = make_application(folder, workers=2, timeout=2.0, largest=200_000)
    server = uvicorn.Server(uvicorn.Config(application, port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield Client(port)
    server.should_exit = True
    thread.join(10)


# --- SPARQL 1.1 Protocol: the cases of the W3C's suite that apply to a server without updates -----------------------


def test_query_get(client):
    status, headers, body = client.query("ASK {}")
    assert status == 200 and json.loads(body)["boolean"] is True
    assert headers["Content-Type"].startswith("application/sparql-results+json")


def test_query_post_form(client):
    status, _, body = client("POST", "/sparql", urlencode({"query": "ASK {}"}), FORM)
    assert status == 200 and json.loads(body)["boolean"] is True


def test_query_post_direct(client):
    status, _, body = client("POST", "/sparql", "ASK {}", {"Content-Type": "application/sparql-query"})
    assert status == 200 and json.loads(body)["boolean"] is True


@pytest.mark.parametrize("accept", TYPES)
def test_query_content_type_select(client, accept):
    status, headers, body = client.query(SELECT, Accept=accept)
    assert status == 200 and headers["Content-Type"].partition(";")[0] == accept
    assert b"country/RUS" in body


@pytest.mark.parametrize("accept", TYPES[:2])
def test_query_content_type_ask(client, accept):
    status, headers, _ = client.query("ASK {}", Accept=accept)
    assert status == 200 and headers["Content-Type"].partition(";")[0] == accept


@pytest.mark.parametrize("accept", RDF_TYPES)
@pytest.mark.parametrize("query", ["CONSTRUCT WHERE { ?s a tm:State }", "DESCRIBE country:RUS"])
def test_query_content_type_construct_and_describe(client, accept, query):
    status, headers, body = client.query(query, Accept=accept)
    assert status == 200 and headers["Content-Type"].partition(";")[0] == accept
    assert b"RUS" in body


def test_query_dataset_default_graph(client):
    graph = "https://w3id.org/triplomat/article/a"
    query = quote("SELECT (COUNT(?s) AS ?n) { ?s a tm:Statement }")
    _, _, body = client("GET", f"/sparql?query={query}&default-graph-uri={quote(graph)}")
    assert json.loads(body)["results"]["bindings"][0]["n"]["value"] == "1"


def test_query_dataset_default_graphs(client):
    graphs = "".join(f"&default-graph-uri={quote(f'https://w3id.org/triplomat/article/{name}')}" for name in "ab")
    query = quote("SELECT (COUNT(?s) AS ?n) { ?s a tm:Statement }")
    _, _, body = client("GET", f"/sparql?query={query}{graphs}")
    assert json.loads(body)["results"]["bindings"][0]["n"]["value"] == "2"


def test_query_dataset_named_graphs(client):
    graph = quote("https://w3id.org/triplomat/article/a")
    query = quote("SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s a tm:Statement } }")
    _, _, body = client("GET", f"/sparql?query={query}&named-graph-uri={graph}")
    assert json.loads(body)["results"]["bindings"][0]["n"]["value"] == "1"


def test_query_dataset_full_by_post(client):
    form = [
        ("query", "SELECT ?g { GRAPH ?g { ?s a tm:Statement } }"),
        ("default-graph-uri", "https://w3id.org/triplomat/article/a"),
        ("named-graph-uri", "https://w3id.org/triplomat/article/b"),
    ]
    _, _, body = client("POST", "/sparql", urlencode(form), FORM)
    assert [row["g"]["value"][-1] for row in json.loads(body)["results"]["bindings"]] == ["b"]


def test_query_multiple_dataset_in_query_and_request(client):
    query = quote("SELECT (COUNT(?s) AS ?n) FROM <https://w3id.org/triplomat/article/b> { ?s a tm:Statement }")
    status, _, _ = client("GET", f"/sparql?query={query}")
    assert status == 200


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "expected"),
    [
        ("PUT", "/sparql?query=ASK%20%7B%7D", None, {}, {405}),
        ("DELETE", "/sparql", None, {}, {405}),
        ("GET", "/sparql?query=ASK%20%7B%7D&query=SELECT%20*%20%7B%7D", None, {}, {400}),
        ("GET", "/sparql?foo=bar", None, {}, {400}),
        ("GET", "/sparql?query=ASK%20%7B", None, {}, {400}),
        ("GET", "/sparql?query=", None, {}, {400}),
        ("GET", "/sparql?query=%FF%FE", None, {}, {400}),
        ("GET", "/sparql?query=ASK%20%7B%7D&default-graph-uri=not%20an%20iri", None, {}, {400}),
        ("POST", "/sparql", urlencode({"query": "ASK {}"}), {"Content-Type": "text/plain"}, {400, 415}),
        ("POST", "/sparql", "ASK {}", {}, {400, 415}),
        ("POST", "/sparql", b"ASK { ?s ?p '\xff' }", {"Content-Type": "application/sparql-query"}, {400}),
        ("POST", "/sparql", "query=ASK%20%7B%7D&query=ASK%20%7B%7D", FORM, {400}),
        ("POST", "/sparql", "", FORM, {400}),
        ("POST", "/sparql", "ASK {", {"Content-Type": "application/sparql-query"}, {400}),
        ("GET", "/sparql?update=CLEAR%20ALL", None, {}, {400, 403}),
        ("POST", "/sparql", "update=CLEAR%20ALL", FORM, {403}),
        ("POST", "/sparql", "CLEAR ALL", {"Content-Type": "application/sparql-update"}, {403}),
        ("POST", "/sparql", "CLEAR ALL", {"Content-Type": "application/sparql-query"}, {400}),
        ("GET", "/sparql?query=ASK%20%7B%7D", None, {"Accept": "image/png"}, {406}),
        ("POST", "/sparql", "x" * 1_200_000, {"Content-Type": "application/sparql-query"}, {413}),
        ("GET", "/sparql?query=ASK%7B%7D", None, {"Host": "evil.example"}, {400}),
        ("GET", "/country/ZZZ", None, {}, {404}),
        ("GET", "/-/../serve.py", None, {}, {404}),
        ("GET", "/-/%2e%2e%2fserve.py", None, {}, {404}),
    ],
)
def test_what_the_protocol_does_not_allow_is_refused_with_text(client, method, path, body, headers, expected):
    status, answer, told = client(method, path, body, headers)
    assert status in expected
    assert answer["Content-Type"].startswith("text/plain") and told.strip()
    assert b"Traceback" not in told


def test_an_error_points_at_its_place(client):
    status, _, told = client.query("SELECT ?s {\n ?s rel:suplies ?o }")
    assert status == 400 and b"line 2, column 5: rel:suplies" in told


def test_sparqlwrapper_reads_every_kind_of_answer(client):
    wrapper = pytest.importorskip("SPARQLWrapper")
    endpoint = wrapper.SPARQLWrapper(f"http://127.0.0.1:{client.port}/sparql")
    prefix = "PREFIX tm: <https://w3id.org/triplomat/ontology#> "
    for method in (wrapper.GET, wrapper.POST):
        endpoint.setMethod(method)
        for format in (wrapper.JSON, wrapper.XML, wrapper.CSV):
            endpoint.setQuery(prefix + SELECT)
            endpoint.setReturnFormat(format)
            assert endpoint.queryAndConvert()
        endpoint.setQuery(prefix + "CONSTRUCT WHERE { ?s a tm:State }")
        endpoint.setReturnFormat(wrapper.TURTLE)
        assert b"State" in endpoint.queryAndConvert()


# --- What holds whatever comes ---------------------------------------------------------------------------------------


def test_a_bomb_costs_one_worker_at_most(client):
    answers = []
    thread = threading.Thread(target=lambda: answers.append(client.query(BOMB)))
    begun = time.monotonic()
    thread.start()
    time.sleep(0.3)
    status, _, _ = client.query("ASK {}")
    assert status == 200 and time.monotonic() - begun < 2
    thread.join()
    status, headers, told = answers[0]
    assert status == 503 and b"no answer within" in told and headers["Retry-After"]
    assert time.monotonic() - begun < 6
    assert all(client.query("ASK {}")[0] == 200 for _ in range(4))


def test_many_who_ask_the_same_at_once_all_get_it(client):
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d a tm:State }"
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(client.query(query))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [status for status, _, _ in answers] == [200] * 20
    assert len({body for _, _, body in answers}) == 1


def test_an_answer_that_is_too_large_is_refused(client):
    status, _, told = client.query("SELECT * { ?a ?b ?c . ?d ?e ?f }")
    assert status in (413, 503) and told


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { { SERVICE ?x { ?s ?p ?o } } }",
    ],
)
def test_the_server_calls_no_other(client, query):
    status, _, told = client.query(query)
    assert status == 400, told


def test_the_word_service_may_stand_in_text(client):
    assert client.query('ASK { ?service rdfs:label "SERVICE <http://127.0.0.1:9/>" }')[0] == 200


def test_no_other_site_may_read_the_answers(client):
    _, headers, _ = client("GET", "/sparql?query=ASK%7B%7D", headers={"Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in headers


def test_another_build_is_served_without_a_restart(client, folder):
    articles, statements = corpus()
    count = "SELECT (COUNT(?s) AS ?n) { ?s a tm:Statement }"
    KnowledgeGraph(statements[:2], articles[:2]).save(folder)
    assert json.loads(client.query(count)[2])["results"]["bindings"][0]["n"]["value"] == "2"
    KnowledgeGraph(statements, articles).save(folder)
    assert json.loads(client.query(count)[2])["results"]["bindings"][0]["n"]["value"] == "8"


ALPHABET = st.sampled_from(
    [*"{}()<>?.;:\"'\\#@^*/|!=&%$ \n", "SELECT", "WHERE", "?s", "tm:", "FILTER", "\x00", "é", "SERVICE"]
)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ALPHABET, max_size=14).map("".join), st.integers(0, len(SELECT)))
def test_no_mutated_query_gets_a_500_or_a_traceback(client, noise, place):
    query = SELECT[:place] + noise + SELECT[place:]
    status, _, told = client("POST", "/sparql", urlencode({"query": query}), FORM)
    assert status in (200, 400, 403, 413, 503) and b"Traceback" not in told


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=30), st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=30))
def test_no_path_or_accept_gets_a_500(client, path, accept):
    status, _, told = client("GET", "/" + quote(path), headers={"Accept": accept})
    assert status != 500 and b"Traceback" not in told


# --- Pages and entities ----------------------------------------------------------------------------------------------


def test_an_entity_answers_a_browser_with_html_and_others_with_rdf(client):
    status, headers, body = client("GET", "/country/RUS", headers={"Accept": "text/html,*/*;q=0.8"})
    assert status == 200 and headers["Content-Type"].startswith("text/html") and b"<h1>Russia</h1>" in body
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    status, headers, body = client("GET", "/country/RUS", headers={"Accept": "text/turtle"})
    assert status == 200 and headers["Content-Type"].startswith("text/turtle") and b"Q159" in body


def test_the_query_page_loads_from_nowhere_else(client):
    status, headers, body = client("GET", "/sparql", headers={"Accept": "text/html"})
    assert status == 200 and b"yasgui" in body and b"http" not in body
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert client("GET", "/-/yasgui.min.js")[0] == 200


def test_the_service_describes_itself(client):
    for path in ("/sparql", "/.well-known/void"):
        status, headers, body = client("GET", path, headers={"Accept": "text/turtle"})
        assert status == 200 and headers["Content-Type"].startswith("text/turtle")
        assert b"void:triples" in body and b"sd:endpoint" in body


@pytest.mark.parametrize("path", ["/", "/queries", "/prefixes.json", "/ontology"])
def test_every_page_answers(client, path):
    assert client("GET", path)[0] == 200
