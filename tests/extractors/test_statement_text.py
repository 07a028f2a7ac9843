"""A statement's JSON, written piece by piece, is what json's encoder writes."""

import json
import re
from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from triplomat.extractors.statement import Argument, Event, Party, Predicate, Sentence, Statement, from_json, to_json
from triplomat.extractors.statement_text import canonical, json_line

TEXTS = st.text(max_size=8)
MAYBE = st.none() | TEXTS
PLACES = st.integers(0, 10_000)
ROLES = st.sampled_from(["recipient", "quantity", "time", "place", 'odd "role"'])
ARGUMENTS = st.builds(Argument, ROLES, TEXTS, PLACES, PLACES, **{item.name: MAYBE for item in fields(Argument)[4:]})
PARTIES = st.builds(Party, TEXTS, MAYBE, MAYBE, MAYBE, MAYBE)
EVENTS = st.builds(
    Event, TEXTS, MAYBE, st.lists(TEXTS, max_size=2).map(tuple), MAYBE, st.none() | st.floats(-10, 10),
    st.lists(PARTIES, max_size=2).map(tuple), st.lists(PARTIES, max_size=2).map(tuple),
)  # fmt: skip
STATEMENTS = st.builds(
    Statement, TEXTS, MAYBE, st.builds(Sentence, PLACES, PLACES, PLACES, TEXTS), st.none() | ARGUMENTS,
    st.builds(Predicate, TEXTS, PLACES, PLACES, TEXTS, MAYBE), st.none() | ARGUMENTS,
    st.lists(ARGUMENTS, max_size=3).map(tuple), st.none() | EVENTS, attribution=st.none() | ARGUMENTS,
    confidence=st.floats(0, 1), id=st.just("st:1"),
)  # fmt: skip


@given(STATEMENTS)
def test_a_line_is_what_the_encoder_writes(statement):
    line = json_line(statement)
    assert line == json.dumps(to_json(statement), ensure_ascii=False)
    assert not re.search(r"[\n\r]", line)
    assert from_json(json.loads(line)).id == statement.id


@given(STATEMENTS)
def test_the_canonical_form_is_the_encoders_with_sorted_keys(statement):
    content = to_json(statement)
    del content["id"], content["confidence"], content["extractor"]
    assert canonical(statement) == json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
