"""The sentences that reference resolution is measured on are well formed."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parent / "data"


def cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("name", "least"), [("mentions.jsonl", 220), ("anaphora.jsonl", 80)])
def test_mentions_quote_their_text_and_have_ids(name: str, least: int) -> None:
    found = cases(name)
    assert len(found) >= least
    for case in found:
        mention = case["mention"]
        assert case["text"][mention["start"] : mention["end"]] == mention["text"], case
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", case["published"]), case
        assert case["entity"] is None or re.fullmatch(r"(country|person|org|group):\S+", case["entity"]), case
        assert case["state"] is None or re.fullmatch(r"country:[A-Z]{3}", case["state"]), case
        if case["entity"] and case["entity"].startswith("country:"):
            assert case["state"] == case["entity"], case


def test_some_anaphora_must_stay_unresolved() -> None:
    nameless = [case for case in cases("anaphora.jsonl") if case["entity"] is None]
    assert len(nameless) >= 15
