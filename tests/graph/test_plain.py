"""Without Oxigraph the same questions have the same answers, with one warning."""

import os
import subprocess
import sys

import pytest
from samples import corpus

from triplomat.graph.knowledge_graph import KnowledgeGraph
from triplomat.graph.plain import plain_file
from triplomat.graph.shipped import shipped
from triplomat.ontology.terms import _turtle_by_rdflib, resources, vocabulary

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's parsers call what rdflib deprecates
WITHOUT = (
    "import sys\n"
    "class Missing:\n"
    "    def find_spec(self, name, path=None, target=None):\n"
    "        if name.partition('.')[0] in ('pyoxigraph', 'oxrdflib'): raise ModuleNotFoundError(name)\n"
    "sys.meta_path.insert(0, Missing())\n"
    "import importlib.util as util\n"
    "find = util.find_spec\n"
    "util.find_spec = lambda name, *rest: None if name in ('pyoxigraph', 'oxrdflib') else find(name, *rest)\n"
    "from triplomat.cli import main\n"
    "raise SystemExit(main(sys.argv[1:]))\n"
)


@pytest.fixture(scope="module")
def graph():
    articles, statements = corpus()
    return KnowledgeGraph(statements, articles)


@pytest.fixture(scope="module")
def folder(graph, tmp_path_factory):
    where = tmp_path_factory.mktemp("plain") / "out"
    graph.save(where)
    return where


@pytest.fixture(scope="module")
def plain(folder, graph):
    with pytest.warns(UserWarning, match="plain rdflib") as warned:
        source = plain_file(folder / "graph.trig", graph.names)
    assert len(warned) == 1
    return source


def values(result):
    """The rows in an order of their own, numbers as numbers: an engine may write 7.0 as 7."""
    frame = result.to_frame(labels=False)
    return sorted(map(str, frame.itertuples(index=False, name=None)))


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_query_has_the_same_answer(plain, graph, name):
    one, other = plain.answer(plain.prepare(name, {})), graph.query(name)
    assert one.variables == other.variables
    assert values(one) == values(other)


@pytest.mark.parametrize("query", ["ASK { country:RUS rel:suppliesTo country:PRK }", "SELECT ?s { ?s a tm:State }"])
@pytest.mark.parametrize("format", ["csv", "json", "tsv"])
def test_other_queries_have_the_same_text(plain, graph, query, format):
    one, other = plain.answer(query).text(format), graph.query(query).text(format)
    assert sorted(line.rstrip(",") for line in one.splitlines()) == sorted(
        line.rstrip(",") for line in other.splitlines()
    )


def run(*arguments):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return subprocess.run(
        [sys.executable, "-c", WITHOUT, *arguments], env=environment, capture_output=True, text=True, timeout=120
    )


def test_the_command_answers_without_oxigraph_and_warns_once(folder):
    done = run("query", str(folder), "supplies", "--set", "actor=russian federation", "--format", "csv")
    assert done.returncode == 0, done.stderr
    assert "Russia,oil,North Korea" in done.stdout
    assert done.stderr.count("plain rdflib") == 1 and len(done.stderr.splitlines()) == 1
    turtle = run("query", str(folder), "CONSTRUCT WHERE { ?a a tm:State }")
    assert "country:RUS a tm:State" in turtle.stdout


@pytest.mark.parametrize(("query", "told"), [("SELECT ?a {", "a } is missing"), ("suplies", "did you mean supplies")])
def test_a_mistake_is_one_line_without_oxigraph_too(folder, query, told):
    done = run("query", str(folder), query)
    assert done.returncode == 2 and told in done.stderr and "Traceback" not in done.stderr


def test_the_vocabulary_is_the_same_by_either_parser():
    read = _turtle_by_rdflib(resources.files("triplomat.ontology").joinpath("relations.ttl").read_bytes())
    assert read <= set(vocabulary())


def test_a_dataset_without_oxigraph_holds_the_same_quads(graph):
    from triplomat.graph.plain import plain_dataset
    from triplomat.graph.quads import nquads

    with pytest.warns(UserWarning, match="plain rdflib"):
        dataset = plain_dataset(nquads(graph.quads))
    assert len(list(dataset.quads((None, None, None, None)))) == len(graph.quads)
    asked = "SELECT ?who { ?f tm:actor ?who ; tm:belief ?b }"
    rows = dataset.query(asked, initNs=dict(graph.names.prefixes))
    assert sorted(str(row[0]) for row in rows) == sorted(str(row.who) for row in graph.query(asked))


def test_without_oxrdflib_the_dataset_is_a_copy(graph, monkeypatch):
    from triplomat.graph.store import to_dataset

    monkeypatch.setitem(sys.modules, "oxrdflib", None)
    with pytest.warns(UserWarning, match="plain rdflib"):
        dataset = to_dataset(graph.store)
    assert len(list(dataset.quads((None, None, None, None)))) == len(graph.store)
