"""The commands as a user types them: what they write, what they say of bad input, and the exit status."""

from __future__ import annotations

import csv
import gzip
import json
import re
from pathlib import Path

import pytest

from triplomat.cli import main, make_parser
from triplomat.graph.knowledge_graph import load

ROOT = Path(__file__).resolve().parents[1]
TEXT = "In exchange, Russia is providing North Korea with millions of barrels of oil."

pytestmark = pytest.mark.model


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    source = folder / "article.txt"
    source.write_text(TEXT, encoding="utf-8")
    assert main(["build", str(source), "--published", "2024-06-20", "-o", str(folder / "result")]) == 0
    return folder / "result"


def test_build_writes_all_that_is_promised(built: Path) -> None:
    promised = "graph.html statements.jsonl graph.trig store network.graphml network.gexf centrality.csv events.csv"
    assert {*promised.split(), "manifest.json"} <= {path.name for path in built.iterdir()}


def test_the_same_build_twice_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    source = built.parent / "article.txt"
    assert main(["build", str(source), "--published", "2024-06-20", "-o", str(tmp_path / "again")]) == 0
    for path in sorted(built.iterdir()):
        if path.is_file() and path.name != "manifest.json":
            assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes(), path.name


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        (
            "SELECT ?who ?what ?whom WHERE { ?e tm:relation rel:supplies ; tm:actor ?who ; tm:theme/rdfs:label ?what ;"
            " tm:recipient ?whom }",
            "oil",
        ),
        ("ASK { country:RUS rel:suppliesTo country:PRK }", "true"),
    ],
)
def test_queries_of_the_readme_are_answered(
    built: Path, query: str, answer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["query", str(built), query]) == 0
    assert answer in capsys.readouterr().out


def test_analyze_names_the_actors(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyze", str(built)]) == 0
    assert "Russia" in capsys.readouterr().out


def test_extract_tsv_has_the_header_and_a_row_a_complement(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(article), "--format", "tsv"]) == 0
    header, *rows = capsys.readouterr().out.splitlines()
    assert header.split("\t") == ["document", "sentence", "subject", "predicate", "object", "confidence"]
    assert ["Russia", "is providing … with", "millions of barrels of oil"] in [row.split("\t")[2:5] for row in rows]


def test_compressed_lines_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "articles.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps({"id": "one", "text": TEXT}).encode()))
    assert main(["extract", str(path)]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["document"] == "one"


BAD = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 8,
    "latin.txt": "Café Russia sent troops.".encode("latin-1"),
    "line.jsonl": b'{"id": "b"}\n',
    "long.txt": b"a " * 600_000,
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_input_is_one_line_and_the_others_are_done(
    name: str, article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / name
    bad.write_bytes(BAD[name])
    assert main(["extract", str(bad), str(article), "--no-encoder"]) == 1
    captured = capsys.readouterr()
    assert len(captured.err.splitlines()) == 1 and name in captured.err
    assert '"document": "good"' in captured.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["extract", "{good}", "--published", "2024-13-45"], "is no date"),
        (["extract", "{good}", "--model", "en_no_such_model"], "python -m spacy download en_no_such_model"),
        (["extract", "{good}", "--actors", "missing.csv"], "missing.csv"),
        (["build", "{good}", "-o", "{folder}"], "holds other things"),
        (["query", "{folder}/nowhere", "ASK {}"], "triplomat build"),
        (["analyze", "{folder}/nowhere"], "nowhere"),
        (["extract", "{good}", "--jobs", "0"], "--jobs"),
        (["extract", "{good}", "-o", "{folder}"], "is a folder"),
        (["extract", "{good}", "-o", "."], "is a folder"),
        (["actors", "Putin", "--on", "2001-13-13"], "is no date"),
        (["lexicon", "explain", " "], "give a sentence"),
        (["evaluate", "{folder}/none.jsonl", "{good}"], "name a file that exists"),
    ],
)
def test_wrong_use_is_one_line_and_status_2(
    arguments: list[str], said: str, article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled = [word.replace("{good}", str(article)).replace("{folder}", str(tmp_path)) for word in arguments]
    assert main(filled) == 2
    error = capsys.readouterr().err
    assert said in error and len(error.splitlines()) == 1


def test_a_build_of_a_name_that_is_no_utf8_can_be_opened(tmp_path: Path) -> None:
    inputs = [str(tmp_path / "caf\udce9.txt"), str(tmp_path / "\udce9.txt")]
    try:
        Path(inputs[0]).write_text(TEXT)
    except OSError:
        pytest.skip("this file system takes UTF-8 names alone")
    assert main(["build", *inputs, "-o", str(tmp_path / "out"), "--no-encoder"]) == 1
    assert json.loads((tmp_path / "out/manifest.json").read_text("utf-8"))["options"]["inputs"] == inputs
    assert [article.id for article in load(tmp_path / "out").articles] == [r"caf\udce9"]
    assert main(["build", "--retry", "-o", str(tmp_path / "out"), "--no-encoder"]) == 1


def test_a_table_without_events_has_its_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("It rained.")
    assert main(["events", str(tmp_path / "a.txt"), "--no-encoder"]) == 0
    assert capsys.readouterr().out.startswith("Event ID,Event Date,")


def test_nothing_readable_builds_nothing(tmp_path: Path) -> None:
    assert main(["build", str(tmp_path / "none.txt"), "-o", str(tmp_path / "out")]) == 1
    assert not (tmp_path / "out").exists()


def test_readme_names_every_command_and_each_help_has_an_example() -> None:
    parser = make_parser()
    (kinds,) = [action for action in parser._actions if action.dest == "command"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, command in kinds.choices.items():  # type: ignore[union-attr, attr-defined]
        assert re.search(rf"`(triplomat )?{name}\b", readme), f"the README lacks {name}"
        assert "Example: triplomat" in command.format_help().replace("\n", " ")


def test_no_cell_of_the_event_table_is_a_formula(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = json.dumps({"id": "a", "title": "=1+1", "text": "Russia shelled Kharkiv.", "published": "2024-06-20"})
    (tmp_path / "a.jsonl").write_text(line, encoding="utf-8")
    assert main(["events", str(tmp_path / "a.jsonl"), "--format", "csv", "--no-encoder"]) == 0
    (row,) = csv.DictReader(capsys.readouterr().out.splitlines())
    assert (row["Headline"], row["Intensity"]) == ("'=1+1", "-9.5")
