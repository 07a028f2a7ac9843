"""The files and modules that README and CONTRIBUTING tell of are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("README.md", "CONTRIBUTING.md", "training/README.md")
FOLDERS = (
    *("", "extractors/", "extractors/data/", "graph/", "notebooks/", "training/", "training/sentences/"),
    *("ontology/", "ontology/lexicon/", "ontology/actors/"),
)


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_names_exists(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:[\w*-]+/)*[\w*-]+\.(?:py|csv|toml|ttl|md|rq|ipynb|onnx))`", text))
    assert named
    made = {"centrality.csv", "events.csv"}  # by `triplomat build`
    assert not [name for name in named - made if not any([*ROOT.glob(folder + name)] for folder in FOLDERS)]


@pytest.mark.parametrize("folder", ["extractors", "graph"])
def test_every_module_in_the_tables_of_steps_exists(folder: str) -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    steps = text.partition(f"| step | modules of `{folder}/` |")[2].partition("\n\n")[0]
    named = set(re.findall(r"`(\w+)`", steps))
    assert len(named) > 50
    assert not [name for name in named if not (ROOT / folder / f"{name}.py").is_file()]
