"""A statement's JSON has the contract's fields in order; written piece by piece, it is what json's encoder writes."""

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


def test_the_object_has_the_contracts_fields_in_its_order():
    russia = Party("Russia", "country:RUS", "RUS", None, "country:RUS")
    event = Event("AID", None, ("natural_resource",), "material cooperation", 10.0, (russia,), ())
    statement = Statement(
        "a", "2024-06-20", Sentence(4, 30, 50, "Russia is providing oil."),
        Argument("subject", "Russia", 30, 36, "country:RUS", "State", "country:RUS"),
        Predicate("is providing", 37, 49, "provide", "supplies"), Argument("object", "oil", 50, 53, None, "Commodity"),
        (Argument("quantity", "millions", 1, 9, unit="barrel"), Argument("time", "in 2024", 2, 9, value="2024"),
         Argument("recipient", "to Iran", 3, 10, "country:IRN", "State", "country:IRN", preposition="to")),
        event, confidence=0.93456, id="st:1",
    )  # fmt: skip
    assert json.dumps(to_json(statement)) == (
        '{"id": "st:1", "document": "a", "published": "2024-06-20", "sentence": {"index": 4, "start": 30, "end": 50, '
        '"text": "Russia is providing oil."}, "subject": {"text": "Russia", "start": 30, "end": 36, "entity": '
        '"country:RUS", "type": "State", "state": "country:RUS"}, "predicate": {"text": "is providing", "start": 37, '
        '"end": 49, "lemma": "provide", "relation": "supplies"}, "object": {"text": "oil", "start": 50, "end": 53, '
        '"entity": null, "type": "Commodity", "state": null}, "arguments": [{"role": "quantity", "text": "millions", '
        '"start": 1, "end": 9, "value": null, "unit": "barrel"}, {"role": "time", "text": "in 2024", "start": 2, '
        '"end": 9, "value": "2024"}, {"role": "recipient", "text": "to Iran", "start": 3, "end": 10, "entity": '
        '"country:IRN", "type": "State", "state": "country:IRN", "preposition": "to"}], "event": {"type": "AID", '
        '"mode": null, "contexts": ["natural_resource"], "quad": "material cooperation", "score": 10.0, "actors": '
        '[{"text": "Russia", "entity": "country:RUS", "code": "RUS", "sector": null, "state": "country:RUS"}], '
        '"recipients": []}, "polarity": "positive", "modality": "asserted", "attribution": null, '
        '"confidence": 0.9346, "extractor": "clause"}'
    )
