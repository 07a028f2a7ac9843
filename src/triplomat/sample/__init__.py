"""The articles that come with Triplomat, to try it on."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def sample_path() -> Path:
    """The JSON lines of twelve short news articles of 2022 to 2025, written for Triplomat."""
    return Path(str(files("triplomat.sample") / "articles.jsonl"))
