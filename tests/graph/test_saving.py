"""A folder holds the whole graph, or what it held before."""

import pytest
from samples import ARTICLE, statements

from triplomat.errors import DataError, OutputError
from triplomat.graph.knowledge_graph import KnowledgeGraph
from triplomat.graph.store import StoreError, open_store


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "store" not in path.parts
    }


def test_loading_gives_back_what_was_saved(kg, tmp_path):
    kg.save(tmp_path / "out")
    loaded = KnowledgeGraph.load(tmp_path / "out")
    assert loaded.statements == kg.statements
    assert [item.id for item in loaded.statements] == [item.id for item in kg.statements]
    assert loaded.articles == kg.articles
    assert loaded.quads == kg.quads


def test_saving_twice_gives_the_same_bytes(kg, tmp_path):
    kg.save(tmp_path / "one", rdf=("trig", "ttl", "nq", "jsonld"))
    KnowledgeGraph(statements(), [ARTICLE]).save(tmp_path / "two", rdf=("trig", "ttl", "nq", "jsonld"))
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_the_store_answers_like_the_graph(kg, tmp_path):
    kg.save(tmp_path / "out")
    assert len(open_store(tmp_path / "out" / "store")) == len(kg.store)


def test_a_folder_with_other_things_is_left_alone(kg, tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(OutputError, match="holds other things"):
        kg.save(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_build_replaces_what_a_build_wrote(kg, tmp_path):
    kg.save(tmp_path / "out", rdf=("trig", "nq"))
    KnowledgeGraph(statements()[:1], [ARTICLE]).save(tmp_path / "out")
    assert len(KnowledgeGraph.load(tmp_path / "out")) == 1
    assert not (tmp_path / "out" / "graph.nq").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_error_half_way_keeps_the_old_folder(kg, tmp_path, monkeypatch):
    kg.save(tmp_path / "out")
    before = files(tmp_path / "out")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("triplomat.graph.store.StoreWriter.finish", full)
    with pytest.raises(OutputError, match="No space left"):
        KnowledgeGraph(statements()[:1], [ARTICLE]).save(tmp_path / "out")
    assert files(tmp_path / "out") == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_two_builds_into_one_folder_do_not_meet(kg, tmp_path):
    from triplomat.graph.folder import replacing

    with replacing(tmp_path / "out"), pytest.raises(OutputError, match="another build"):
        kg.save(tmp_path / "out")


def test_a_folder_without_a_graph_says_how_to_make_one(tmp_path):
    with pytest.raises(DataError, match="triplomat build"):
        KnowledgeGraph.load(tmp_path)


def test_a_damaged_line_is_named(kg, tmp_path):
    kg.save(tmp_path / "out")
    (tmp_path / "out" / "statements.jsonl").write_text('{"id": 1}\n')
    with pytest.raises(DataError, match="line 1"):
        KnowledgeGraph.load(tmp_path / "out")


def test_a_missing_store_is_one_line(tmp_path):
    with pytest.raises(StoreError, match="no store"):
        open_store(tmp_path)


@pytest.mark.parametrize("format", ["trig", "ttl", "nq", "jsonld"])
def test_a_file_holds_the_quads_of_the_serialisation(kg, tmp_path, format):
    import pyoxigraph

    from triplomat.graph.quads import serialise

    kg.save(tmp_path / "out", rdf=(format,))
    kind = pyoxigraph.RdfFormat.from_extension(format)
    assert kind is not None
    written = list(pyoxigraph.parse(path=tmp_path / "out" / f"graph.{format}", format=kind))
    assert len(written) == len(set(written))
    assert set(written) == set(pyoxigraph.parse(serialise(kg.quads, format, kg.names), kind))
