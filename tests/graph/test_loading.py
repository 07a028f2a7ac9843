"""Any SPARQL 1.1 server can hold a graph: by N-Quads where it takes these, else by updates."""

import http.server
import threading
from contextlib import contextmanager

import pyoxigraph
import pytest
from samples import corpus

from triplomat.errors import OutputError, UsageError
from triplomat.graph import loading
from triplomat.graph.knowledge_graph import KnowledgeGraph
from triplomat.graph.loading import load_folder
from triplomat.graph.sources import open_source
from triplomat.graph.store import open_store


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    articles, statements = corpus()
    path = tmp_path_factory.mktemp("built") / "out"
    KnowledgeGraph(statements, articles).save(path)
    return path


@contextmanager
def server(takes):
    """A server of an Oxigraph store that takes these kinds of content, and answers queries over the union of graphs."""
    store, kinds = pyoxigraph.Store(), []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body, kind = self.rfile.read(int(self.headers["Content-Length"])), self.headers["Content-Type"]
            kinds.append(kind)
            answer = b""
            if kind == "application/x-www-form-urlencoded":
                from urllib.parse import parse_qs

                found = store.query(parse_qs(body.decode())["query"][0], use_default_graph_as_union=True)
                answer = found.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
            elif kind not in takes:
                self.send_error(415)
                return
            elif kind == "application/n-quads":
                store.load(body, pyoxigraph.RdfFormat.N_QUADS)
            else:
                store.update(body.decode())
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_):
            pass

    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{running.server_port}/store", store, kinds
    finally:
        running.shutdown()
        running.server_close()


@pytest.mark.parametrize("takes", ["application/n-quads", "application/sparql-update"])
def test_a_server_holds_what_the_folder_holds_and_answers_alike(folder, takes, monkeypatch):
    monkeypatch.setattr(loading, "PORTION", 100)
    monkeypatch.setattr(loading, "_UPDATE", 30)
    own = open_store(folder / "store")
    with server({takes}) as (url, store, kinds):
        assert load_folder(folder, url) == len(own)
        assert {str(quad) for quad in store} == {str(quad) for quad in own}
        assert set(kinds[1:]) == {takes}
        query = "SELECT ?who ?whom WHERE { ?e tm:relation rel:supplies ; tm:actor ?who ; tm:recipient ?whom }"
        here, there = open_source(str(folder)), open_source(url)
        assert sorted(map(str, there.answer(there.prepare(query, {})))) == sorted(
            map(str, here.answer(here.prepare(query, {})))
        )


def test_a_server_that_takes_nothing_or_is_gone_is_one_line(folder):
    with server(set()) as (url, _, _), pytest.raises(OutputError, match="takes neither N-Quads nor SPARQL updates"):
        load_folder(folder, url)
    with pytest.raises(OutputError, match="can't be reached"):
        load_folder(folder, url)
    with pytest.raises(UsageError, match="give the address"):
        load_folder(folder, "server")
