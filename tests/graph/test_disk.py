"""A disk that is full or can't be written is one line, and what was there is kept."""

import os
import subprocess
from pathlib import Path

import pytest
from makers import Maker, world
from samples import corpus
from test_build import RECIPE, files, written

from triplomat.errors import OutputError, UsageError
from triplomat.graph.build import Works, build_folder
from triplomat.graph.knowledge_graph import KnowledgeGraph
from triplomat.graph.sources import open_source
from triplomat.graph.store import StoreError, open_store


@pytest.fixture
def disk(tmp_path):
    """A small disk of its own: a function that gives it another size, or makes it read-only."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.name != "posix" or subprocess.run(["mount", "-t", "tmpfs", "none", place], capture_output=True).returncode:
        pytest.skip("mounting needs rights that are not here")

    def set_to(options: str) -> Path:
        subprocess.run(["mount", "-o", f"remount,{options}", place], check=True)
        return place

    yield set_to
    subprocess.run(["umount", "-l", place], check=True)


@pytest.mark.parametrize("size", ["256k", "2m", "4m", "7m"])
def test_a_full_disk_keeps_the_old_folder_and_more_room_mends_it(disk, tmp_path, size, capfd):
    first = written(tmp_path / "first.jsonl", world(2))
    corpus_path = written(tmp_path / "corpus.jsonl", world(400))
    out = disk("size=64m") / "out"
    build_folder([first], out, Maker(), RECIPE, Works())
    before, used = files(out), sum(path.stat().st_blocks * 512 for path in out.rglob("*"))
    disk(f"size={used // 1024 + int(size.rstrip('km')) * (1024 if size.endswith('m') else 1)}k")
    with pytest.raises(OutputError, match=r"(?s)^[^\n]*can't be written[^\n]*$"):
        build_folder([corpus_path], out, Maker(), RECIPE, Works())
    assert files(out) == before
    assert len(open_store(out / "store"))
    assert "Traceback" not in capfd.readouterr().err
    disk("size=128m")
    assert build_folder([corpus_path], out, Maker(), RECIPE, Works()).articles == 400


def test_a_read_only_disk_is_one_line(disk, tmp_path):
    corpus_path = written(tmp_path / "corpus.jsonl", world(2))
    place = disk("ro")
    with pytest.raises(OutputError, match=r"can't be written \(Read-only file system\)"):
        build_folder([corpus_path], place / "out", Maker(), RECIPE, Works())


def test_a_work_folder_that_is_damaged_is_begun_anew(tmp_path):
    corpus_path = written(tmp_path / "corpus.jsonl", world(8))
    (tmp_path / ".out.work").mkdir()
    (tmp_path / ".out.work" / "spool.sqlite").write_bytes(b"SQLite format 3\x00" + bytes(5000))
    assert build_folder([corpus_path], tmp_path / "out", Maker(), RECIPE, Works()).articles == 8


@pytest.mark.parametrize("damage", ["MANIFEST", "CURRENT", ".sst"])
def test_a_damaged_store_never_answers_wrongly(tmp_path, damage):
    articles, statements = corpus()
    KnowledgeGraph(statements, articles).save(tmp_path / "out")
    for path in (tmp_path / "out" / "store").iterdir():
        if path.name.startswith(damage) or path.suffix == damage:
            path.write_bytes(b"broken")
    query = "ASK { country:RUS rel:suppliesTo country:PRK }"
    try:
        source = open_source(str(tmp_path / "out"))
        assert bool(source.answer(query))
    except (StoreError, UsageError, OSError) as error:
        assert "\n" not in str(error).strip()
