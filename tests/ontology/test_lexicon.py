"""The event lexicon: valid, wide, and open to a user's own frames."""

from __future__ import annotations

from pathlib import Path

import pytest

from triplomat.errors import DataError
from triplomat.ontology.lexicon import COLUMNS, declared_relations, load_lexicon
from triplomat.ontology.plover import load_plover

HEADER = ",".join(COLUMNS)


def test_the_lexicon_is_wide() -> None:
    assert load_lexicon().entries >= 1200


@pytest.mark.parametrize("event_type", sorted(load_plover().types))
def test_every_type_has_verbs_and_nouns(event_type: str) -> None:
    lexicon = load_lexicon()
    kinds = {
        kind for kind, word in lexicon.words for _, frame in lexicon.frames(kind, word) if frame.type == event_type
    }
    assert {"verb", "noun"} <= kinds


def test_every_relation_is_declared_and_every_mode_is_of_its_type() -> None:
    lexicon, plover = load_lexicon(), load_plover()
    for kind, word in lexicon.words:
        for _, frame in lexicon.frames(kind, word):
            assert frame.relation is None or frame.relation in declared_relations()
            assert frame.mode is None or (frame.type is not None and plover.has_mode(frame.type, frame.mode))
            assert 0 <= frame.weight <= 1


def test_contexts_come_from_words() -> None:
    assert load_lexicon().contexts_of(["nuclear", "oil", "chair"]) == ("cbrn", "natural_resource")


def test_things_have_a_class_by_their_noun() -> None:
    assert load_lexicon().kind_of("artillery") == "Commodity"
    assert load_lexicon().kind_of("joy") is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_own_frames_come_before_the_packaged(tmp_path: Path, encoding: str) -> None:
    own = tmp_path / "own.csv"
    own.write_text(f"{HEADER}\nverb,frobnicate,,*,,,AID,,supplies,,to,.9\n", encoding=encoding)
    lexicon = load_lexicon(own)
    ((entry, frame),) = lexicon.frames("verb", "frobnicate")
    assert (entry, frame.type, frame.source) == ("frobnicate", "AID", f"{own}:2")
    assert not load_lexicon().frames("verb", "frobnicate")


def test_an_own_frame_with_the_same_slots_replaces_the_packaged(tmp_path: Path) -> None:
    ((_, packaged),) = [one for one in load_lexicon().frames("verb", "extradite") if one[1].object][:1]
    own = tmp_path / "own.csv"
    own.write_text(f"{HEADER}\nverb,extradite,,*,,,COERCE,deport,deports,,to,.9\n", encoding="utf-8")
    frames = [frame for word, frame in load_lexicon(own).frames("verb", "extradite") if word == "extradite"]
    assert packaged.type == "COOPERATE"
    assert [frame.type for frame in frames] == ["COERCE"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("verb,x,,,,,HELP,,,,,.5", "'HELP' is no type of PLOVER"),
        ("verb,x,,,,,AID,visit,,,,.5", "'visit' is no mode of AID"),
        ("verb,x,,@unheard,,,AID,,,,,.5", "there is no class 'unheard'"),
        ("verb,x,,,,,AID,,befriends,,,.5", "'befriends' is not declared"),
        ("verb,x,,,,,AID,,,,,much", "the weight must be a number"),
        ("adverb,x,,,,,AID,,,,,.5", "the kind must be one of"),
        ("verb,,,,,,AID,,,,,.5", "there are no words"),
        ("verb,x", "2 cells instead of 12"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, reason: str) -> None:
    own = tmp_path / "own.csv"
    own.write_text(f"{HEADER}\n{line}\n", encoding="utf-8")
    with pytest.raises(DataError, match=reason) as caught:
        load_lexicon(own)
    assert (caught.value.file, caught.value.line) == (str(own), 2)


def test_a_file_without_the_header_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("verb,x\n", encoding="utf-8")
    with pytest.raises(DataError, match="the first line must be"):
        load_lexicon(own)
