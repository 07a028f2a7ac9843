"""Word pieces are the packaged tokenizer's, less those that tell nothing of an event."""

from importlib.resources import files

import pytest

from triplomat.extractors.wordpieces import LONGEST, SILENT, WordPieces

tokenizers = pytest.importorskip("tokenizers")


@pytest.fixture(scope="module")
def tokenizer():
    text = (files("triplomat.extractors") / "data" / "tokenizer.json").read_text(encoding="utf-8")
    return tokenizers.Tokenizer.from_str(text)


@pytest.fixture(scope="module")
def pieces(tokenizer):
    return WordPieces(tokenizer)


@pytest.mark.parametrize(
    "text",
    [
        "The army, it said, shelled a village near Kharkiv.",
        "U.S. forces (and NATO's) won't leave; 1,200 F-16s stay_put at $3.5m each!",
        "“Nous acceptons”, Élysée said — the €500m deal’s off…",
        "Пётр met 習近平 in Beijing.",
        "Zbigniew Brzeziński's  two\nlines\tand\u00a0spaces",
    ],
)
def test_pieces_are_the_tokenizers_but_for_the_silent(tokenizer, pieces, text):
    silent = {tokenizer.token_to_id(word) for word in SILENT}
    *whole, end = tokenizer.encode(text).ids
    assert end == tokenizer.token_to_id("[SEP]")
    assert pieces(text) == [one for one in whole if one not in silent]


def test_a_text_of_nothing_telling_has_the_mark_at_the_start(tokenizer, pieces):
    assert pieces("") == pieces("The, a.") == [tokenizer.token_to_id("[CLS]")]


def test_a_long_text_is_cut_behind_the_telling_pieces(pieces):
    assert pieces("the word, " * 400) == pieces("word " * (LONGEST - 1))
    assert len(pieces("word " * 400)) == LONGEST
