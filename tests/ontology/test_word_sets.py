"""Sets of words that a data class takes from a TOML file."""

from dataclasses import dataclass

import pytest

from triplomat.errors import DataError
from triplomat.ontology.word_sets import word_sets, words


@dataclass(frozen=True, slots=True)
class Trees:
    name: str
    needled: frozenset[str] = words("trees", "needled")
    tall: frozenset[str] = words("tall")


def test_each_field_takes_the_words_of_its_key():
    data = {"trees": {"needled": ["fir", "pine"]}, "tall": {"words": ["fir"]}}
    trees = Trees("kinds", **word_sets(Trees, data, "trees.toml"))
    assert trees == Trees("kinds", frozenset({"fir", "pine"}), frozenset({"fir"}))


def test_a_missing_table_is_named_with_its_file():
    with pytest.raises(DataError, match=r"trees\.toml: \[tall\] has no 'words'"):
        word_sets(Trees, {"trees": {"needled": ["fir"]}}, "trees.toml")
