"""A build of a folder: the same bytes by any number of processes, and going on where it was broken off."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from makers import Maker, world

from triplomat.errors import InputError, OutputError
from triplomat.graph import build as building
from triplomat.graph.assembly import Recipe
from triplomat.graph.build import Works, build_folder
from triplomat.graph.contributions import broken_rule
from triplomat.graph.folder import locked
from triplomat.graph.knowledge_graph import KnowledgeGraph
from triplomat.graph.store import growing, open_store
from triplomat.graph.updates import add, remove, retry
from triplomat.ontology.terms import Names

HERE = Path(__file__).parent
COUNT = 40
RECIPE = Recipe(Names())


def written(path, pairs):
    path.write_text("".join(json.dumps({"id": a.id, "text": a.text, "title": a.title, "published": a.published,
                                        "source": a.source}) + "\n" for a, _ in pairs))  # fmt: skip
    return path


def files(folder):
    found = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    manifest = json.loads(found.pop("manifest.json"))
    manifest.pop("timings", None)
    return found, manifest


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(building, "BATCH", 4)
    monkeypatch.setattr("triplomat.graph.updates.Contributor", Maker)


@pytest.fixture
def corpus(tmp_path):
    return written(tmp_path / "corpus.jsonl", world(COUNT))


def test_any_number_of_processes_gives_the_same_bytes(corpus, tmp_path):
    for jobs in (1, 2):
        build_folder([corpus], tmp_path / f"by{jobs}", Maker(), RECIPE, Works(jobs=jobs))
    assert files(tmp_path / "by1") == files(tmp_path / "by2")


def test_a_folder_is_what_saving_the_graph_writes(corpus, tmp_path):
    build_folder([corpus], tmp_path / "built", Maker(), RECIPE, Works())
    KnowledgeGraph([statement for _, statement in world(COUNT)], [a for a, _ in world(COUNT)]).save(tmp_path / "saved")
    assert files(tmp_path / "built")[0] == files(tmp_path / "saved")[0]


def test_what_was_done_before_a_break_is_not_done_again(corpus, tmp_path):
    out, seen = tmp_path / "out", []
    with pytest.raises(KeyboardInterrupt):
        build_folder([corpus], out, Maker(broken="w0021"), RECIPE, Works())
    assert not out.exists()
    works = Works(progress=lambda what, count: seen.append((what, count)))
    build_folder([corpus], out, Maker(), RECIPE, works)
    assert ("articles", 20) in seen and ("articles", 24) in seen and ("articles", 23) not in seen
    build_folder([corpus], tmp_path / "whole", Maker(), RECIPE, Works())
    assert files(out) == files(tmp_path / "whole")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus.jsonl", "out", "whole"]


def test_other_options_throw_away_what_was_done(corpus, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        build_folder([corpus], tmp_path / "out", Maker(broken="w0021"), RECIPE, Works())
    base = "https://example.org/"
    build_folder([corpus], tmp_path / "out", Maker(base=base), Recipe(Names(base)), Works())
    assert b"w3id.org/triplomat" not in (tmp_path / "out" / "graph.trig").read_bytes()


def test_what_is_not_read_again_is_left_out(corpus, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        build_folder([corpus], tmp_path / "out", Maker(broken="w0021"), RECIPE, Works())
    counts = build_folder([written(corpus, world(COUNT)[10:])], tmp_path / "out", Maker(), RECIPE, Works())
    assert (counts.articles, counts.statements) == (COUNT - 10, COUNT - 10)


def stored(folder):
    """The quads of a folder's store."""
    store = open_store(folder / "store")
    return {str(quad) for quad in store}


def test_a_store_that_grows_beside_the_work_holds_what_one_built_at_once_does(corpus, tmp_path, monkeypatch):
    build_folder([corpus], tmp_path / "whole", Maker(), RECIPE, Works())
    monkeypatch.setattr("triplomat.graph.store._SLICE", 1000)
    monkeypatch.setattr("triplomat.graph.store._LARGEST", 3000)
    build_folder([corpus], tmp_path / "sliced", Maker(), RECIPE, Works())
    with pytest.raises(KeyboardInterrupt):
        build_folder([corpus], tmp_path / "out", Maker(broken="w0021"), RECIPE, Works())
    build_folder([corpus], tmp_path / "out", Maker(), RECIPE, Works(jobs=2))
    assert stored(tmp_path / "whole") == stored(tmp_path / "sliced") == stored(tmp_path / "out")


def test_a_busy_store_leaves_graphs_for_later_and_holds_all_at_the_end(corpus, tmp_path, monkeypatch):
    build_folder([corpus], tmp_path / "whole", Maker(), RECIPE, Works())
    monkeypatch.setattr("triplomat.graph.store.give_way", lambda: True)
    monkeypatch.setattr("triplomat.graph.store._SMALL", 1000)
    build_folder([corpus], tmp_path / "out", Maker(), RECIPE, Works(jobs=2))
    assert stored(tmp_path / "whole") == stored(tmp_path / "out")
    with growing(tmp_path / "work", Names(), busy=True) as store:
        for number in range(10):
            store.take(f"w{number}", "1", f"article:w{number} {{ thing:w{number} a tm:Thing . }}\n".encode())
        assert 0 < len(store.held) < 10


def test_an_article_that_is_read_again_changed_is_in_the_store_once(corpus, tmp_path):
    build_folder([corpus], tmp_path / "out", Maker(), RECIPE, Works())
    pairs = [(replace(article, title="Changed", source="Other"), told) for article, told in world(COUNT)[10:20]]
    add(tmp_path / "out", [written(tmp_path / "again.jsonl", pairs)])
    changed = [*world(COUNT)[:10], *pairs, *world(COUNT)[20:]]
    build_folder([written(tmp_path / "once.jsonl", changed)], tmp_path / "once", Maker(), RECIPE, Works())
    assert files(tmp_path / "out")[0] == files(tmp_path / "once")[0]
    assert stored(tmp_path / "out") == stored(tmp_path / "once")


@pytest.mark.parametrize("wanted", [{"a": "2", "b": "1"}, {"b": "1"}])
def test_a_growing_store_begins_anew_where_it_took_in_what_is_not_wanted(tmp_path, wanted):
    with growing(tmp_path / "work", Names()) as store:
        for document, digest in (("a", "1"), ("b", "1")):
            store.take(document, digest, f"article:{document} {{ thing:{document} a tm:Thing . }}\n".encode())
        store.load()
        store.keep(wanted)
        assert not store.held
        store.add(b"thing:c a tm:Thing .\n")
        store.complete()
        store.finish(tmp_path / "store")
    assert len(open_store(tmp_path / "store")) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
def test_builds_killed_again_and_again_end_in_the_whole(corpus, tmp_path):
    script = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[3])\n"
        "from makers import Maker; from triplomat.graph import build as b\n"
        "from triplomat.graph.assembly import Recipe\n"
        "from triplomat.ontology.terms import Names; b.BATCH = 2\n"
        "if __name__ == '__main__':\n"
        "    print('ready', flush=True)\n"
        "    b.build_folder([sys.argv[1]], Path(sys.argv[2]), Maker(pause=0.01), Recipe(Names()), b.Works())\n"
    )
    path = tmp_path / "run.py"
    path.write_text(script)
    command = [sys.executable, str(path), str(corpus), str(tmp_path / "out"), str(HERE)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(part for part in sys.path if part)}
    moments = random.Random(1)
    for _ in range(6):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
        assert process.stdout and process.stdout.readline() == b"ready\n"
        time.sleep(moments.uniform(0.05, 0.6))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    build_folder([corpus], tmp_path / "whole", Maker(), RECIPE, Works())
    assert files(tmp_path / "out")[0] == files(tmp_path / "whole")[0]
    assert not [item.name for item in tmp_path.iterdir() if item.name.startswith(".")]


def test_inputs_that_fail_are_in_the_manifest_and_retried(corpus, tmp_path):
    late, out, skipped = tmp_path / "late.jsonl", tmp_path / "out", []
    build_folder([late, corpus], out, Maker(), RECIPE, Works(skipped.append))
    assert [error.source for error in skipped] == [str(late)]
    assert files(out)[1]["skipped"] == [{"input": str(late), "reason": "no such file or folder"}]
    extra = world(COUNT + 3)[COUNT:]
    written(late, extra)
    counts = retry(out, Works(skipped.append))
    assert counts.articles == COUNT + 3 and len(skipped) == 1
    assert files(out)[1]["skipped"] == []


def test_adding_inputs_is_building_them_at_once(corpus, tmp_path):
    more = written(tmp_path / "more.jsonl", world(COUNT + 5)[COUNT:])
    build_folder([corpus], tmp_path / "out", Maker(), RECIPE, Works())
    first = files(tmp_path / "out")
    add(tmp_path / "out", [more])
    build_folder([corpus, more], tmp_path / "whole", Maker(), RECIPE, Works())
    assert files(tmp_path / "out")[0] == files(tmp_path / "whole")[0]
    remove(tmp_path / "out", [article.id for article, _ in world(COUNT + 5)[COUNT:]])
    assert files(tmp_path / "out") == first


def test_an_article_whose_graph_breaks_a_rule_is_named(corpus):
    article, statement = world(1)[0]
    assert broken_rule(article, [statement], Names()) is None
    damaged = replace(statement, id="", confidence=7.0)
    assert "from 0 to 1" in (broken_rule(article, [damaged], Names()) or "")


def test_a_second_build_into_a_folder_refuses(corpus, tmp_path):
    with locked(tmp_path / "out"), pytest.raises(OutputError, match="another build is writing it"):
        build_folder([corpus], tmp_path / "out", Maker(), RECIPE, Works())


def test_nothing_readable_is_no_build(tmp_path):
    with pytest.raises(InputError, match="no input could be read"):
        build_folder([tmp_path / "nowhere"], tmp_path / "out", Maker(), RECIPE, Works(lambda _: None))
    assert list(tmp_path.iterdir()) == []


def test_the_network_has_time_spells(corpus, tmp_path):
    build_folder([corpus], tmp_path / "out", Maker(), RECIPE, Works())
    text = (tmp_path / "out" / "network.gexf").read_text()
    assert 'mode="dynamic" timeformat="date"' in text
    assert '<spell start="2024-02-02" end="2024-02-02"/>' in text


@pytest.mark.parametrize("seed", range(int(os.environ.get("TRIPLOMAT_SEQUENCES", "3"))))
def test_any_sequence_of_adding_removing_and_rebuilding_is_the_build_of_what_is_left(tmp_path, seed):
    dice, pairs, out = (
        random.Random(seed),
        {article.id: (article, told) for article, told in world(14)},
        tmp_path / "out",
    )

    def built(names, folder):
        corpus = written(tmp_path / "corpus.jsonl", [pairs[name] for name in sorted(names)])
        build_folder([corpus], folder, Maker(), RECIPE, Works())

    there = set(dice.sample(sorted(pairs), 5))
    built(there, out)
    for _ in range(dice.randint(2, 5)):
        step = dice.choice(("add", "remove", "rebuild"))
        some = set(
            dice.sample(sorted(pairs if step != "remove" else there), dice.randint(1, 3 if len(there) > 3 else 1))
        )
        if step == "add":
            add(out, [written(tmp_path / "more.jsonl", [pairs[name] for name in sorted(some)])])
            there |= some
        elif step == "remove" and len(there) > len(some):
            remove(out, some)
            there -= some
        elif step == "rebuild":
            there = some
            built(there, out)
    built(there, tmp_path / "once")
    assert files(out)[0] == files(tmp_path / "once")[0]
