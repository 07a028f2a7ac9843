"""SPARQL updates: only with the token, whole or not at all, while readers go on reading."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import corpus

pytest.importorskip("uvicorn")
pytest.importorskip("starlette")

from serving import TOKEN, Client, serving

from triplomat.errors import OutputError, QueryError, UsageError
from triplomat.graph.folder import locked
from triplomat.graph.knowledge_graph import KnowledgeGraph
from triplomat.graph.serve import make_application, read_token
from triplomat.graph.store import open_store
from triplomat.graph.updates import add_articles, remove
from triplomat.graph.updating import Update, command, journal, publish
from triplomat.ontology.terms import Names

KILLS = int(os.environ.get("TRIPLOMAT_KILLS", "12"))
NAMES = Names()
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    articles, statements = corpus()
    folder = tmp_path_factory.mktemp("updating") / "out"
    KnowledgeGraph(statements, articles).save(folder)
    return folder


@pytest.fixture
def folder(built, tmp_path):
    shutil.copytree(built, tmp_path / "out")
    return tmp_path / "out"


@pytest.fixture(scope="module")
def client(built, tmp_path_factory):
    folder = tmp_path_factory.mktemp("server") / "out"
    shutil.copytree(built, folder)
    with serving(make_application(folder, workers=2, timeout=20.0, token=TOKEN)) as port:
        yield Client(port)


def note(number):
    return Update(f"INSERT DATA {{ GRAPH <http://example.org/notes> {{ country:RUS rdfs:comment 'note {number}' }} }}")


def notes(folder):
    rows = open_store(folder / "store").query(
        "SELECT ?note { GRAPH <http://example.org/notes> { ?s ?p ?note } } ORDER BY ?note"
    )
    return sorted(int(row[0].value.removeprefix("note ")) for row in rows)


def truth(client, query):
    return json.loads(client.query(query)[2])["boolean"]


@pytest.mark.parametrize(
    "header", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN}, {"Authorization": f"Basic {TOKEN}"}]
)
def test_an_update_without_the_token_is_refused(client, header):
    status, headers, told = client.update("CLEAR ALL", **header)
    assert status == 401 and headers["WWW-Authenticate"] == "Bearer" and b"token" in told
    assert truth(client, "ASK { ?s a tm:Statement }")


def test_the_next_query_sees_an_update(client):
    for word in ("one", "other"):
        update = f"INSERT DATA {{ country:RUS rdfs:comment '{word}' }}"
        assert client.update(update, **BEARER)[0] == 204
        assert truth(client, f"ASK {{ country:RUS rdfs:comment '{word}' }}")


@pytest.mark.parametrize(
    ("update", "status", "said"),
    [
        ("INSERT DATA { country:RUS rdfs:comment }", 400, b"line 1, column 40: expected"),
        ("INSRT DATA { country:RUS rdfs:comment 'x' }", 400, b"did you mean INSERT"),
        ("INSERT DATA { country:RUS rel:suplies 1 }", 400, b"rel:supplies"),
        ("LOAD <http://127.0.0.1:9/>", 400, b"LOAD is off"),
        ("load silent <http://127.0.0.1:9/> into graph <http://example.org/g>", 400, b"LOAD is off"),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 400, b"SERVICE is off"),
    ],
)
def test_a_wrong_update_changes_nothing(client, update, status, said):
    before = client.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[2]
    answer = client.update(update, **BEARER)
    assert answer[0] == status and said in answer[2] and b"Traceback" not in answer[2]
    assert client.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[2] == before


NOISE = st.sampled_from([*"{}()<>?.;:\"'\\#@^*/|", "WHERE", "DELETE", "USING", "LOAD", "\x00", "é", "GRAPH", "WITH"])
UPDATES = ("INSERT DATA { country:RUS rdfs:comment 'x' }", "DELETE { ?s rdfs:comment ?o } WHERE { ?s rdfs:comment ?o }")


@settings(max_examples=max(20, int(os.environ.get("TRIPLOMAT_FUZZ", "150")) // 8), deadline=None)
@given(st.sampled_from(UPDATES), st.lists(NOISE, max_size=6).map("".join), st.integers(0, 60), st.booleans())
def test_no_mutated_update_gets_a_500_or_a_traceback(client, update, noise, place, using):
    path = "/sparql?using-graph-uri=http://example.org/g" if using else "/sparql"
    body = (update[:place] + noise + update[place:]).encode()
    headers = {**BEARER, "Content-Type": "application/sparql-update"}
    status, _, told = client("POST", path, body, headers)
    assert status in (204, 400, 503) and b"Traceback" not in told


def test_an_update_that_takes_too_long_changes_nothing(folder):
    update = "INSERT { ?a ?b ?x } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i BIND(CONCAT(STR(?a), STR(?g)) AS ?x) }"
    with serving(make_application(folder, workers=1, timeout=3.0, token=TOKEN)) as port:
        status, _, told = Client(port).update(update, **BEARER)
    assert status == 503 and b"nothing was changed" in told
    publish(folder, [note(1)], NAMES)
    assert notes(folder) == [1]


def test_readers_go_on_reading_while_updates_are_made(client):
    done, answers = threading.Event(), []

    def read():
        number = 0
        while not done.is_set():
            number += 1
            query = f"SELECT (COUNT(?s) + 0 * {number} AS ?n) {{ ?s a tm:Statement }}"
            status, _, body = client.query(query)
            answers.append(
                (status, json.loads(body)["results"]["bindings"][0]["n"]["value"] if status == 200 else body)
            )

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    number = 0
    while number < 5 or (len(answers) <= 10 and number < 100):  # a busy machine gives readers few answers a moment
        assert client.update(note(number).text, **BEARER)[0] == 204
        number += 1
    done.set()
    for thread in threads:
        thread.join()
    assert len(answers) > 10 and set(answers) == {(200, "8")}


def test_updates_are_committed_together_or_not_at_all(folder):
    with pytest.raises(QueryError):
        publish(folder, [note(1), Update("INSERT DATA {")], NAMES)
    assert notes(folder) == []
    publish(folder, [note(1), note(2)], NAMES)
    assert notes(folder) == [1, 2]
    assert [update.text for update in journal(folder / "store")] == [note(1).text, note(2).text]
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_articles_added_and_removed_keep_the_updates_and_another_build_does_not(folder):
    articles, statements = corpus()
    publish(folder, [note(1), Update("DELETE WHERE { GRAPH <http://example.org/notes> { ?s ?p 'none' } }")], NAMES)
    later = replace(articles[0], id="later", text="Later. " + articles[0].text)
    add_articles(folder, [later], [replace(statements[0], id="", document="later")])
    assert notes(folder) == [1] and len(journal(folder / "store")) == 2
    remove(folder, ["later"])
    publish(folder, [note(2)], NAMES)
    assert notes(folder) == [1, 2] and len(journal(folder / "store")) == 3
    KnowledgeGraph(statements, articles).save(folder)
    assert notes(folder) == [] and journal(folder / "store") == []


def test_a_folder_that_is_being_written_takes_no_update(folder):
    with locked(folder), pytest.raises(OutputError, match="another build"):
        publish(folder, [note(1)], NAMES)


def test_a_store_that_was_open_before_an_update_reads_as_before(folder):
    before = open_store(folder / "store")
    publish(folder, [Update("CLEAR ALL")], NAMES)
    assert len(list(before.query("SELECT ?s { GRAPH ?g { ?s ?p ?o } }"))) > 100
    assert len(open_store(folder / "store")) == 0


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
def test_a_kill_at_any_moment_loses_no_committed_update(folder):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    moments, committed = random.Random(0), []
    for number in range(KILLS):
        process = subprocess.Popen(command(folder, NAMES), stdin=subprocess.PIPE, env=environment)
        assert process.stdin
        process.stdin.write(json.dumps({"text": note(number).text}).encode())
        process.stdin.close()
        time.sleep(moments.uniform(0.05, 0.4))
        process.send_signal(signal.SIGKILL)
        if process.wait() == 0:
            committed.append(number)
        there = notes(folder)
        assert set(committed) <= set(there) <= set(range(number + 1))
        assert len(journal(folder / "store")) == len(there)
    publish(folder, [note(KILLS)], NAMES)
    assert notes(folder)[-1] == KILLS
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("content", ["", "short", "with space in the middle", "ünïcödé-ünïcödé-ünïcödé"])
def test_a_token_that_is_none_says_how_to_make_one(tmp_path, content):
    (tmp_path / "token").write_text(content, "utf-8")
    with pytest.raises(UsageError, match="openssl rand"):
        read_token(tmp_path / "token")


def test_the_token_is_a_files_first_line(tmp_path):
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    assert read_token(tmp_path / "token") == TOKEN
