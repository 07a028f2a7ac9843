"""`triplomat query`: a folder, a file or a URL asked with text, a file, a name or standard input."""

import io
import json
import os
import subprocess
import sys

import pytest
from samples import corpus

from triplomat.cli import main
from triplomat.graph.knowledge_graph import KnowledgeGraph

STATES = "SELECT ?s { ?s a tm:State } ORDER BY ?s"
BOMB = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    articles, statements = corpus()
    where = tmp_path_factory.mktemp("asked") / "out"
    KnowledgeGraph(statements, articles).save(where, rdf=("trig", "ttl"))
    return where


@pytest.fixture(scope="module")
def url(folder):
    pytest.importorskip("uvicorn")
    pytest.importorskip("starlette")
    from serving import serving

    from triplomat.graph.serve import make_application

    with serving(make_application(folder, workers=2)) as port:
        yield f"http://127.0.0.1:{port}/sparql"


@pytest.fixture(params=["folder", "trig", "ttl", "url"])
def where(request, folder):
    if request.param == "url":
        return request.getfixturevalue("url")
    return str(folder if request.param == "folder" else folder / f"graph.{request.param}")


def test_every_source_answers_sparql(where, capsys):
    assert main(["query", where, STATES, "--format", "csv"]) == 0
    base = "https://w3id.org/triplomat/country/"
    assert capsys.readouterr().out.split() == ["s", *(f"{base}{name}" for name in ("IRN", "PRK", "RUS", "USA"))]


def test_every_source_answers_a_shipped_query_about_a_name(where, capsys):
    assert main(["query", where, "supplies", "--set", "actor=russian federation", "--format", "csv"]) == 0
    out = capsys.readouterr().out
    assert "Russia,oil,North Korea" in out and "Iran,drones" not in out


def test_every_source_names_the_nearest_of_a_misspelt_name(where, capsys):
    assert main(["query", where, "supplies", "--set", "actor=Rusia"]) == 2
    assert "did you mean russia" in capsys.readouterr().err


def test_every_source_points_at_a_mistake(where, capsys):
    assert main(["query", where, "SELECT ?s {\n ?s rel:suplies ?o }"]) == 2
    error = capsys.readouterr().err
    assert "line 2, column 5: rel:suplies" in error and "rel:supplies" in error and len(error.splitlines()) == 1


def test_every_source_points_at_a_mistake_of_syntax(where, capsys):
    assert main(["query", where, "SELECT ?s {\n ?s rel:supplies }"]) == 2
    error = capsys.readouterr().err
    assert "line 2, column 18: expected" in error and len(error.splitlines()) == 1


def test_every_source_tells_labels(where, capsys):
    assert main(["query", where, STATES]) == 0
    assert "country:RUS (Russia)" in capsys.readouterr().out


def test_a_time_limit_ends_a_bomb(where, capsys):
    assert main(["query", where, BOMB, "--timeout", "1"]) == 2
    error = capsys.readouterr().err
    assert "no answer within 1 s" in error and len(error.splitlines()) == 1


def test_a_limit_cuts_rows(where, capsys):
    assert main(["query", where, STATES, "--limit", "2", "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["results"]["bindings"]) == 2


def test_a_query_comes_from_a_file_or_standard_input(folder, tmp_path, capsys, monkeypatch):
    (tmp_path / "states.rq").write_text(f"# parameter: most (number) unused\n{STATES}")
    assert main(["query", str(folder), str(tmp_path / "states.rq"), "--format", "tsv"]) == 0
    from_file = capsys.readouterr().out
    monkeypatch.setattr(sys, "stdin", io.StringIO(STATES))
    assert main(["query", str(folder), "-", "--format", "tsv"]) == 0
    assert capsys.readouterr().out == from_file


def test_explain_shows_a_query_that_any_server_runs(folder, capsys):
    assert main(["query", str(folder), "supplies", "--set", "actor=Russia", "--explain"]) == 0
    shown = capsys.readouterr().out
    assert "PREFIX tm: <https://w3id.org/triplomat/ontology#>" in shown
    assert "VALUES ?actor { <https://w3id.org/triplomat/country/RUS>" in shown
    import pyoxigraph

    pyoxigraph.Store().query(shown)


def test_list_names_every_query_with_its_question(folder, capsys):
    assert main(["query", str(folder), "--list"]) == 0
    out = capsys.readouterr().out
    assert "supplies: Who supplies what to whom" in out and "--set actor=" in out and out.count("?\n") >= 14


def test_an_entity_that_is_not_there_is_told_where_nothing_is_found(folder, capsys):
    assert main(["query", str(folder), "ASK { country:RUZ rel:suppliesTo country:PRK }"]) == 0
    captured = capsys.readouterr()
    assert captured.out == "false\n" and "country:RUZ" in captured.err and "country:RUS" in captured.err
    assert main(["query", str(folder), "ASK { country:PRK rel:suppliesTo country:RUS }"]) == 0
    assert not capsys.readouterr().err


def test_a_graph_is_turtle_and_a_truth_a_word(folder, capsys):
    assert main(["query", str(folder), "CONSTRUCT WHERE { ?a a tm:State }"]) == 0
    assert "country:RUS a tm:State" in capsys.readouterr().out
    assert main(["query", str(folder), "ASK { country:RUS rel:suppliesTo country:PRK }"]) == 0
    assert capsys.readouterr().out == "true\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["{folder}"], "--list"),
        (["{folder}", "ASK {}", "--limit", "-1"], "--limit"),
        (["{folder}", "supplies", "--set", "actor"], "NAME=VALUE"),
        (["{folder}/manifest.json", "ASK {}"], "ends in"),
        (["http://127.0.0.1:9/sparql", "ASK {}"], "can't be reached (Connection refused)"),
        (["{folder}", "ASK {}", "--format", "ttl"], "CONSTRUCT"),
        (["{folder}", "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "--timeout", "2"], "leave that out"),
    ],
)
def test_wrong_use_is_one_line(folder, arguments, said, capsys):
    assert main(["query", *(word.replace("{folder}", str(folder)) for word in arguments)]) == 2
    error = capsys.readouterr().err
    assert said in error and len(error.splitlines()) == 1


def test_a_query_loads_no_language_model_and_no_frames(folder):
    program = (
        "import sys; from triplomat.cli import main; status = main(sys.argv[1:]);"
        "heavy = {'spacy', 'numpy', 'pandas', 'networkx', 'rdflib', 'onnxruntime', 'trafilatura'} & set(sys.modules);"
        "sys.exit(status or sorted(heavy) or 0)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run(
        [sys.executable, "-c", program, "query", str(folder), "dyads"], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "Russia" in done.stdout
