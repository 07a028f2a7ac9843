"""The server: SPARQL 1.1 Protocol over real HTTP, and what it must not do."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import corpus

pytest.importorskip("uvicorn")
pytest.importorskip("starlette")

from serving import FORM, Client, serving

from triplomat.graph.knowledge_graph import KnowledgeGraph
from triplomat.graph.serve import make_application

EXAMPLES = int(os.environ.get("TRIPLOMAT_FUZZ", "150"))
SELECT = "SELECT ?s WHERE { ?s a tm:State } ORDER BY ?s"
BOMB = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
TYPES = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values")
RDF_TYPES = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    articles, statements = corpus()
    where = tmp_path_factory.mktemp("served") / "out"
    KnowledgeGraph(statements, articles).save(where)
    return where


@pytest.fixture(scope="module")
def client(folder):
    with serving(make_application(folder, workers=2, timeout=2.0, largest=200_000, memory=512 * 1024**2)) as port:
        yield Client(port)


# --- SPARQL 1.1 Protocol without updates; the W3C's cases are in test_protocol.py


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
        "PREFIX e: <http://e.org/> ASK { ?a e:it\\'s ?b . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } FILTER(?b='x')}",
    ],
)
def test_the_server_calls_no_other(client, query):
    status, _, told = client.query(query)
    assert status == 400, told


def test_what_reads_past_the_refusal_still_reaches_nobody():
    program = (
        "import sys, pyoxigraph; from triplomat.graph.isolation import forbid_connections\n"
        "if not forbid_connections(): sys.exit(77)\n"
        "try: list(pyoxigraph.Store().query('SELECT * { SERVICE <http://127.0.0.1:%d/> { ?s ?p ?o } }'))\n"
        "except OSError: pass"
    )
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(1.0)
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        command = [sys.executable, "-c", program % listener.getsockname()[1]]
        done = subprocess.run(command, env=environment, timeout=30)
        if done.returncode == 77:
            pytest.skip("this system can't keep a process from the network")
        with pytest.raises(TimeoutError):
            listener.accept()


def test_a_query_that_wants_more_memory_than_it_may_have_costs_its_worker(folder):
    query = "SELECT ?a ?c ?d ?f ?i { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?a"
    with serving(make_application(folder, workers=2, timeout=60, memory=600 * 1024**2)) as port:
        client = Client(port)
        status, _, told = client.query(query)
        assert status == 503 and b"more memory" in told
        assert all(client.query("ASK {}")[0] == 200 for _ in range(4))


def test_the_word_service_may_stand_in_text(client):
    assert client.query('ASK { ?service rdfs:label "SERVICE <http://127.0.0.1:9/>" }')[0] == 200


@pytest.mark.parametrize("host", ["127.0.0.1:{}", "localhost:{}", "[::1]:{}", "localhost"])
def test_loopback_goes_by_any_of_its_names(client, host):
    assert client.query("ASK {}", Host=host.format(client.port))[0] == 200


def test_no_other_site_may_read_the_answers(client):
    _, headers, _ = client("GET", "/sparql?query=ASK%7B%7D", headers={"Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in headers


def test_pages_of_a_site_that_is_allowed_may(folder):
    with serving(make_application(folder, workers=1, origins=["https://good.example"])) as port:
        for origin, allowed in (("https://good.example", "https://good.example"), ("https://evil.example", None)):
            headers = Client(port)("GET", "/sparql?query=ASK%7B%7D", headers={"Origin": origin})[1]
            assert headers["Access-Control-Allow-Origin"] == allowed


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


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ALPHABET, max_size=14).map("".join), st.integers(0, len(SELECT)))
def test_no_mutated_query_gets_a_500_or_a_traceback(client, noise, place):
    query = SELECT[:place] + noise + SELECT[place:]
    status, _, told = client("POST", "/sparql", urlencode({"query": query}), FORM)
    assert status in (200, 400, 403, 413, 503) and b"Traceback" not in told


@settings(max_examples=EXAMPLES // 2, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=30), st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=30))
def test_no_path_or_accept_gets_a_500(client, path, accept):
    status, _, told = client("GET", "/" + quote(path), headers={"Accept": accept})
    assert status != 500 and b"Traceback" not in told


METHODS = ("GET", "POST", "PUT", "HEAD", "OPTIONS", "DELETE", "PATCH")
PATHS = (
    "/sparql",
    "/",
    "/country/RUS",
    "/.well-known/void",
    "/data/graph.trig",
    "/-/sparql.js",
    "/ontology",
    "/queries",
)
KINDS = (
    *FORM.values(),
    "application/sparql-query",
    "application/sparql-update",
    "multipart/form-data",
    "text/plain",
    "",
)
BODIES = ("query=ASK%7B%7D", "update=CLEAR%20ALL", "ASK {}", "CLEAR ALL", "query=%FF", "query=ASK{}&query=ASK{}", "")
WORDS = st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=255, exclude_characters="\r\n"), max_size=12)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(METHODS),
    st.tuples(st.sampled_from(PATHS), WORDS),
    st.tuples(st.sampled_from(KINDS), st.sampled_from(["", ";charset=utf-8", ";charset=utf-16", ";;=", ";"])),
    st.tuples(st.sampled_from(BODIES), st.binary(max_size=20), st.integers(0, 20)),
    WORDS,
)
def test_no_mutated_request_gets_a_500_or_a_traceback(client, method, path, kind, body, word):
    whole, noise, place = body
    content = whole[:place].encode() + noise + whole[place:].encode()
    where = path[0] + quote(path[1], safe="?&=/%#") if path[1] else path[0]
    headers = {"Content-Type": "".join(kind), "Accept": word, "Authorization": f"Bearer {word}"}
    status, _, told = client(method, where, content, {name: value.encode("latin-1") for name, value in headers.items()})
    assert status != 500 and b"Traceback" not in told


@settings(max_examples=EXAMPLES // 5, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=200), st.integers(0, 60))
def test_no_bytes_that_are_no_http_get_a_500_or_a_traceback(client, noise, place):
    right = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", client.port), timeout=5) as connection, suppress(OSError):
        connection.sendall(right[:place] + noise + right[place:])
        connection.shutdown(socket.SHUT_WR)
        told = connection.recv(65536)
        assert b" 500 " not in told.partition(b"\r\n")[0] and b"Traceback" not in told
    assert client.query("ASK {}")[0] == 200


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


@pytest.mark.parametrize("accept", RDF_TYPES)
@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void"])
def test_the_service_and_its_dataset_describe_themselves(client, path, accept):
    import rdflib

    status, headers, body = client("GET", path, headers={"Accept": accept})
    assert status == 200 and headers["Content-Type"].partition(";")[0] == accept
    graph = rdflib.Graph().parse(body, format=accept)
    sd, void = "http://www.w3.org/ns/sparql-service-description#", "http://rdfs.org/ns/void#"
    dcat = "http://www.w3.org/ns/dcat#"
    assert (None, rdflib.URIRef(f"{sd}endpoint"), rdflib.URIRef(f"http://127.0.0.1:{client.port}/sparql")) in graph
    assert (None, rdflib.URIRef(f"{sd}supportedLanguage"), rdflib.URIRef(f"{sd}SPARQL11Update")) not in graph
    [dataset] = graph.subjects(rdflib.RDF.type, rdflib.URIRef(f"{dcat}Dataset"))
    assert int(graph.value(dataset, rdflib.URIRef(f"{void}triples"))) > 100
    assert len(list(graph.objects(dataset, rdflib.URIRef(f"{void}classPartition")))) > 5
    [dump] = graph.objects(dataset, rdflib.URIRef(f"{void}dataDump"))
    status, headers, body = client("GET", str(dump).partition(str(client.port))[2])
    assert status == 200 and headers["Content-Type"] == "application/trig" and b"tm:Statement" in body


def test_a_browser_reads_the_description(client):
    status, headers, body = client("GET", "/.well-known/void", headers={"Accept": "text/html"})
    assert status == 200 and headers["Content-Type"].startswith("text/html") and b"void:triples" in body


@pytest.mark.parametrize("path", ["/", "/queries", "/prefixes.json", "/ontology"])
def test_every_page_answers(client, path):
    assert client("GET", path)[0] == 200


IDS = ("country/RUS", "thing/oil", "article/a", "relation/supplies", "plover/AID", "ontology")


@pytest.mark.parametrize(
    "base", ["http://127.0.0.1:{port}/", "http://127.0.0.1:{port}/kg/", "https://kg.example.org/x/"]
)
def test_ids_under_the_base_iri_answer_at_their_own_addresses(tmp_path, base):
    from urllib.parse import urlsplit

    articles, statements = corpus()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = base.format(port=port)
    graph = KnowledgeGraph(statements, articles, base_iri=base)
    graph.save(tmp_path / "out")
    with serving(make_application(tmp_path / "out", workers=1), port) as port:
        client, host = Client(port), urlsplit(base).netloc
        for name in [*IDS, graph.facts[0].id.replace(":", "/"), statements[0].id.replace("st:", "statement/")]:
            address = urlsplit(base).path + name
            for accept, kind in (("text/html", "text/html"), ("text/turtle", "text/turtle")):
                status, headers, body = client("GET", address, headers={"Accept": accept, "Host": host})
                assert status == 200 and headers["Content-Type"].startswith(kind), (name, body)
            assert name.encode() in body or f":{name.rpartition('/')[2]}".encode() in body


def test_the_links_of_a_card_lead_to_cards(client):
    import re

    body = client("GET", "/country/RUS", headers={"Accept": "text/html"})[2].decode()
    links = re.findall(r'href="(\.\./[^"]+)"', body)
    assert len(links) > 5
    for link in links:
        assert client("GET", link[2:].partition("#")[0], headers={"Accept": "text/html"})[0] == 200, link


def test_it_stops_when_told_and_leaves_nothing_running(folder):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-m", "triplomat", "serve", str(folder), "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert server.stdout and str(port).encode() in server.stdout.readline()
    client = Client(port)
    for _ in range(100):
        try:
            client.query("ASK {}")
            break
        except OSError:
            time.sleep(0.1)
    bomb = threading.Thread(target=lambda: _quietly(client, BOMB))
    bomb.start()
    time.sleep(0.5)
    workers = subprocess.run(["pgrep", "-P", str(server.pid)], stdout=subprocess.PIPE, text=True).stdout.split()
    begun = time.monotonic()
    server.terminate()
    assert server.wait(15) == 0 and time.monotonic() - begun < 10
    bomb.join(10)
    assert b"Traceback" not in server.stderr.read()
    assert workers and not any(Path(f"/proc/{worker}").exists() for worker in workers)


def _quietly(client, query):
    with suppress(OSError):
        client.query(query)
