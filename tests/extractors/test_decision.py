"""What the encoder's word changes in the lexicon's events of a sentence, and what it leaves alone."""

from dataclasses import replace

import pytest

from triplomat.extractors.decision import NONE, Decision
from triplomat.extractors.encoder import Word
from triplomat.extractors.events import Candidate
from triplomat.ontology.plover import load_plover

DECISION = Decision(
    encoder=1.0,
    lexicon=1.0,
    floor=0.1,
    none=0.0,
    none_lexicon=0.0,
    margin=3.0,
    changed=0.5,
    unproposed=0.5,
    nothing=0.6,
    sure=0.9,
    early=0.8,
)


def event(kind, confidence, depth=1.0, mode=None):
    return Candidate(kind, mode, (), None, (), (), confidence, depth)


def word(modes=(), **shares):
    rest = (1 - sum(shares.values())) / (17 - len(shares))
    return Word({kind: shares.get(kind, rest) for kind in (*load_plover().types, NONE)}, dict(modes).get)


def decided(candidates, told, carrier=None):
    return DECISION.decide(candidates, told, carrier)[0]


def test_the_posterior_is_a_distribution():
    assert sum(DECISION.posterior({"AID": 0.7}, word(AID=0.6).types).values()) == pytest.approx(1)


def test_agreement_raises_confidence_and_disagreement_lowers_it():
    (sure,) = decided([event("AID", 0.7)], word(AID=0.8))
    (unsure,) = decided([event("AID", 0.7)], word(COOPERATE=0.4, AID=0.3))
    assert sure.type == unsure.type == "AID"
    assert sure.confidence > 0.9 > 0.75 > unsure.confidence


def test_a_type_changes_only_by_a_margin_and_its_mode_with_it():
    (kept,) = decided([event("RETREAT", 0.8, mode="release")], word(CONCEDE=0.6, RETREAT=0.2))
    (changed,) = decided([event("RETREAT", 0.2, mode="release")], word({"COERCE": "arrest"}, COERCE=0.95))
    assert (kept.type, kept.mode) == ("RETREAT", "release")
    assert (changed.type, changed.mode) == ("COERCE", "arrest")
    assert "changes RETREAT to COERCE" in changed.explanation[-1]


def test_a_type_changes_only_to_a_likely_one():
    (kept,) = decided([event("AID", 0.05)], word(COOPERATE=0.4, CONSULT=0.3, AID=0.01))
    assert kept.type == "AID"


def test_the_encoder_gives_a_mode_where_the_frame_has_none():
    modes = {"RETREAT": "withdraw"}
    (own,) = decided([event("RETREAT", 0.8, mode="release")], word(modes, RETREAT=0.9))
    (given,) = decided([event("RETREAT", 0.8)], word(modes, RETREAT=0.9))
    assert (own.mode, given.mode) == ("release", "withdraw")


def test_events_in_deep_clauses_keep_the_lexicons_word():
    candidates = [event("SANCTION", 0.6, depth=0.5)]
    assert decided(candidates, word(AGREE=0.95)) == candidates


def test_a_deep_clause_of_the_sentences_own_type_is_its_main_event():
    (main,) = decided([event("SANCTION", 0.6, depth=0.5)], word(SANCTION=0.95))
    assert main.confidence > 0.9


def test_a_clause_that_no_frame_fits_takes_the_type_if_only_deep_ones_tell_others():
    carrier = event(None, 0.0)
    kept, named = DECISION.decide([event("ASSAULT", 0.3, depth=0.5)], word({"PROTEST": "demo"}, PROTEST=0.95), carrier)
    assert [one.type for one in kept] == ["ASSAULT"]
    assert (named.type, named.mode) == ("PROTEST", "demo")
    assert DECISION.decide([], word(PROTEST=0.3), carrier) == ([], None)


def test_where_no_event_is_likely_the_lexicons_loses_its_type():
    (dropped,) = decided([event("ASSAULT", 0.3)], word(NONE=0.97))
    assert (dropped.type, dropped.mode) == (None, None)
    assert "no event" in dropped.explanation[-1]


def test_the_surer_the_lexicon_the_surer_it_must_be_that_there_is_no_event():
    told = word(NONE=0.6)
    faint, firm = (decided([event("ASSAULT", confidence)], told)[0] for confidence in (0.2, 0.8))
    assert DECISION.posterior({"ASSAULT": 0.8}, told.types)[NONE] > DECISION.nothing
    assert (faint.type, firm.type) == (None, "ASSAULT")


def test_what_a_deep_clause_tells_stays_where_the_main_clause_tells_nothing():
    main, deep, faint = decided(
        [event("AID", 0.4), event("SANCTION", 0.6, depth=0.4), event("ASSAULT", 0.2, depth=0.4)], word(NONE=0.97)
    )
    assert (main.type, deep.type, faint.type) == (None, "SANCTION", None)


def test_a_sure_lexicon_is_not_asked_about():
    assert DECISION.settles([event("AID", 0.95), event("AGREE", 0.4)])
    assert not DECISION.settles([event("AID", 0.95, depth=0.5)])
    assert not DECISION.settles([event("AID", 0.8)])
    assert not DECISION.settles([])


def test_an_early_word_is_enough_where_it_decides_beside_the_lexicon():
    assert DECISION.enough([event("AID", 0.9)], word(AID=0.6))
    assert not DECISION.enough([event("AGREE", 0.9)], word(AID=0.6))


def test_other_events_of_the_sentence_stay_below_the_main_one():
    main, other = decided([event("ACCUSE", 0.7), event("AID", 0.65, depth=0.6)], word(ACCUSE=0.5, AID=0.2))
    assert (main.type, other.type) == ("ACCUSE", "AID")
    assert main.confidence > other.confidence


def test_clauses_without_events_pass_as_they_are():
    relation = Candidate(None, None, (), "borders", (), (), 0.3)
    assert decided([relation], word(AID=0.9)) == [relation]


def test_the_packaged_weights_load():
    assert Decision.packaged().margin >= 1


def test_a_type_goes_to_the_clause_whose_words_speak_for_it():
    surer, apt = replace(event("REQUEST", 0.8)), replace(event("COERCE", 0.4), hints=frozenset({"SANCTION"}))
    kept, given = decided([surer, apt], word(SANCTION=0.97))
    assert (kept.type, given.type) == ("REQUEST", "SANCTION")


def test_else_to_one_of_the_same_quad_class():
    kept, given = decided([event("REQUEST", 0.8), event("COERCE", 0.4, depth=0.5)], word(SANCTION=0.97))
    assert (kept.type, given.type) == ("REQUEST", "SANCTION")


def test_a_clause_never_takes_what_it_cannot_tell():
    (kept,) = decided([replace(event("RETREAT", 0.3), barred=frozenset({"THREATEN"}))], word(THREATEN=0.95))
    assert kept.type == "RETREAT"
    carrier = replace(event(None, 0.0), barred=frozenset({"COERCE"}))
    assert DECISION.decide([], word(COERCE=0.95), carrier) == ([], None)
