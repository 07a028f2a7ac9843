"""What the encoder's word changes in the lexicon's events of a sentence, and what it leaves alone."""

import pytest

from triplomat.extractors.decision import NONE, Decision
from triplomat.extractors.events import Candidate
from triplomat.ontology.plover import load_plover

DECISION = Decision(encoder=1.0, lexicon=1.0, floor=0.1, none=0.0, none_lexicon=0.0, margin=3.0, unproposed=0.5)


def event(kind, confidence, depth=1.0, mode=None):
    return Candidate(kind, mode, (), None, (), (), None, confidence, features=(("depth", depth),))


def word(**shares):
    rest = (1 - sum(shares.values())) / (17 - len(shares))
    return {kind: shares.get(kind, rest) for kind in (*load_plover().types, NONE)}


def test_the_posterior_is_a_distribution():
    assert sum(DECISION.posterior({"AID": 0.7}, word(AID=0.6)).values()) == pytest.approx(1)


def test_agreement_raises_confidence_and_disagreement_lowers_it():
    (sure,) = DECISION.decide([event("AID", 0.7)], word(AID=0.8))
    (unsure,) = DECISION.decide([event("AID", 0.7)], word(COOPERATE=0.4, AID=0.3))
    assert sure.type == unsure.type == "AID"
    assert sure.confidence > 0.9 > 0.75 > unsure.confidence


def test_a_type_changes_only_by_a_margin_and_loses_its_mode():
    (kept,) = DECISION.decide([event("RETREAT", 0.8, mode="release")], word(CONCEDE=0.6, RETREAT=0.2))
    (changed,) = DECISION.decide([event("RETREAT", 0.2, mode="release")], word(CONCEDE=0.95))
    assert (kept.type, kept.mode) == ("RETREAT", "release")
    assert (changed.type, changed.mode) == ("CONCEDE", None)
    assert "changes RETREAT to CONCEDE" in changed.explanation[-1]


def test_events_in_deep_clauses_keep_the_lexicons_word():
    candidates = [event("SANCTION", 0.6, depth=0.5)]
    assert DECISION.decide(candidates, word(AGREE=0.95)) == candidates


def test_other_events_of_the_sentence_stay_below_the_main_one():
    main, other = DECISION.decide([event("ACCUSE", 0.7), event("AID", 0.65, depth=0.6)], word(ACCUSE=0.5, AID=0.2))
    assert (main.type, other.type) == ("ACCUSE", "AID")
    assert main.confidence > other.confidence


def test_clauses_without_events_pass_as_they_are():
    relation = Candidate(None, None, (), "borders", (), (), None, 0.3)
    assert DECISION.decide([relation], word(AID=0.9)) == [relation]


def test_the_packaged_weights_load():
    assert Decision.packaged().margin >= 1
