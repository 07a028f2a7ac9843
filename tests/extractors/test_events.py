"""Events from clauses: frames, PLOVER's rules, and who acts on whom; the parses are written out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc, Span

from triplomat.extractors.clauses import clauses
from triplomat.extractors.events import Candidate, Coder, code, promised, reversed_type
from triplomat.extractors.explaining import explain
from triplomat.extractors.factuality import Factualities, Factuality
from triplomat.extractors.linking import Reference
from triplomat.extractors.statement import Article, Event, Party, Predicate, Sentence, Statement
from triplomat.extractors.table import COLUMNS, events_table
from triplomat.extractors.tree import Tree
from triplomat.ontology.lexicon import load_lexicon
from triplomat.ontology.plover import load_plover

CODES = {
    "Russia": "RUS",
    "Iran": "IRN",
    "China": "CHN",
    "Iranian": "IRN",
    "Russian": "RUS",
    "Chad": "TCD",
    "Oslo": "NOR",
}
VOCAB = spacy.blank("en").vocab


@dataclass(frozen=True)
class Names:
    """References by a name's spelling, as the linker would give them."""

    doc: Doc

    def at(self, i: int) -> Reference | None:
        code = CODES.get(self.doc[i].text)
        return (
            None if code is None else Reference(f"country:{code}", "State", f"country:{code}", code, None, 0.9, "name")
        )

    def group_at(self, i: int) -> tuple[Reference, ...]:
        return ()

    def unnamed_at(self, i: int) -> None:
        return None

    def between(self, low: int, high: int) -> tuple[tuple[Span, Reference], ...]:
        return tuple(
            (self.doc[i : i + 1], reference) for i in range(low, high) if (reference := self.at(i)) is not None
        )

    def inside(self, span: Span) -> tuple[tuple[Span, Reference], ...]:
        return self.between(span.start, span.end)


def parse(table: str) -> Doc:
    """A Doc from lines of word, lemma, pos, tag, head, label."""
    rows = [line.split() for line in table.strip().splitlines()]
    return Doc(
        VOCAB,
        words=[row[0] for row in rows],
        lemmas=[row[1] for row in rows],
        pos=[row[2] for row in rows],
        tags=[row[3] for row in rows],
        heads=[int(row[4]) for row in rows],
        deps=[row[5] for row in rows],
        sent_starts=[i == 0 for i in range(len(rows))],
    )


def events(doc: Doc, **status: Any) -> list[Candidate]:
    tree = Tree(doc)
    coder = Coder(tree, Names(doc), load_lexicon())  # type: ignore[arg-type]
    factualities = Factualities(tree)
    found = [
        candidate
        for clause in clauses(doc[:], tree)
        for candidate in coder.code(clause, Factuality(**status) if status else factualities.of(clause.i))
    ]
    return sorted((one for one in found if one.type), key=lambda one: -one.confidence)


def codes(parties: tuple[Any, ...]) -> list[str | None]:
    return [reference.code for _, reference in parties]


ATTACKED = """
Russia Russia PROPN NNP 1 nsubj
attacked attack VERB VBD 1 ROOT
Iran Iran PROPN NNP 1 dobj
"""
WITHDREW = """
Russia Russia PROPN NNP 1 nsubj
withdrew withdraw VERB VBD 1 ROOT
its its PRON PRP$ 3 poss
{object} {lemma} NOUN NNS 1 dobj
from from ADP IN 1 prep
Iran Iran PROPN NNP 4 pobj
"""
WILL = """
Russia Russia PROPN NNP 2 nsubj
will will AUX MD 2 aux
{verb} {verb} VERB VB 2 ROOT
Iran Iran PROPN NNP 2 dobj
"""


@pytest.mark.parametrize(
    "table",
    [
        ATTACKED,
        WITHDREW.format(object="troops", lemma="troop"),
        WITHDREW.format(object="ambassadors", lemma="ambassador"),
        WILL.format(verb="attack"),
        WILL.format(verb="meet"),
    ],
)
def test_the_closest_frame_is_the_first_of_all_that_fit(table: str) -> None:
    doc = parse(table)
    tree = Tree(doc)
    coder = Coder(tree, Names(doc), load_lexicon())  # type: ignore[arg-type]
    for clause in clauses(doc[:], tree):
        every = coder.matches(clause)
        assert every and [one.score for one in every] == sorted((one.score for one in every), reverse=True)
        assert coder._matcher.closest(clause) == every[0]


VERB_TO = """
Russia Russia PROPN NNP 1 nsubj
{word} {lemma} VERB VBD 1 ROOT
to to PART TO 3 aux
{verb} {verb} VERB VB 1 xcomp
Iran Iran PROPN NNP 3 dobj
"""


def test_actor_is_the_subject_and_recipient_the_object() -> None:
    (event,) = events(parse(ATTACKED))
    assert (event.type, codes(event.actors), codes(event.recipients)) == ("ASSAULT", ["RUS"], ["IRN"])
    assert (event.quad, event.score) == ("material conflict", -9.0)


def test_passive_agent_is_the_actor() -> None:
    (event,) = events(
        parse("""
        Iran Iran PROPN NNP 2 nsubjpass
        was be AUX VBD 2 auxpass
        attacked attack VERB VBN 2 ROOT
        by by ADP IN 2 agent
        Russia Russia PROPN NNP 3 pobj
        """)
    )
    assert (codes(event.actors), codes(event.recipients)) == (["RUS"], ["IRN"])


@pytest.mark.parametrize(
    ("word", "lemma", "expected"),
    [("troops", "troop", "RETREAT"), ("ambassador", "ambassador", "SANCTION"), ("inspectors", "inspector", "SANCTION")],
)
def test_what_is_withdrawn_decides_the_type(word: str, lemma: str, expected: str) -> None:
    event = events(parse(WITHDREW.format(object=word, lemma=lemma)))[0]
    assert (event.type, codes(event.recipients)) == (expected, ["IRN"])


@pytest.mark.parametrize(
    ("verb", "expected"), [("visit", "AGREE"), ("aid", "AGREE"), ("attack", "THREATEN"), ("bomb", "THREATEN")]
)
def test_future_cooperation_is_agree_and_future_harm_a_threat(verb: str, expected: str) -> None:
    assert events(parse(WILL.format(verb=verb)))[0].type == expected


def test_refused_cooperation_is_reject() -> None:
    table = WILL.format(verb="aid").replace("2 aux", "3 aux").replace("VB 2 ROOT", "VB 3 ROOT")
    rows = table.strip().splitlines()
    rows[0] = "Russia Russia PROPN NNP 3 nsubj"
    rows[3] = "Iran Iran PROPN NNP 3 dobj"
    assert events(parse("\n".join([*rows[:2], "not not PART RB 3 neg", *rows[2:]])))[0].type == "REJECT"


@pytest.mark.parametrize(
    ("word", "lemma", "verb", "expected"),
    [
        ("agreed", "agree", "aid", "AGREE"),
        ("threatened", "threaten", "attack", "THREATEN"),
        ("vowed", "vow", "attack", "THREATEN"),
        ("vowed", "vow", "aid", "AGREE"),
        ("refused", "refuse", "aid", "REJECT"),
        ("planned", "plan", "bomb", "THREATEN"),
        ("tried", "try", "bomb", "ASSAULT"),
    ],
)
def test_what_embeds_an_event_comes_first(word: str, lemma: str, verb: str, expected: str) -> None:
    event = events(parse(VERB_TO.format(word=word, lemma=lemma, verb=verb)))[0]
    assert (event.type, codes(event.actors), codes(event.recipients)) == (expected, ["RUS"], ["IRN"])


def test_an_accusation_holds_the_alleged_deed_inside() -> None:
    found = events(
        parse("""
        Russia Russia PROPN NNP 1 nsubj
        accused accuse VERB VBD 1 ROOT
        Iran Iran PROPN NNP 1 dobj
        of of ADP IN 1 prep
        bombing bomb VERB VBG 3 pcomp
        Chad Chad PROPN NNP 4 dobj
        """)
    )
    assert [(event.type, codes(event.actors), codes(event.recipients)) for event in found] == [
        ("ACCUSE", ["RUS"], ["IRN"]),
        ("ASSAULT", ["IRN"], ["TCD"]),
    ]


def test_parties_that_meet_are_all_actors() -> None:
    (event,) = events(
        parse("""
        Russia Russia PROPN NNP 1 nsubj
        met meet VERB VBD 1 ROOT
        with with ADP IN 1 prep
        Iran Iran PROPN NNP 2 pobj
        """)
    )
    assert (event.type, codes(event.actors), event.recipients) == ("CONSULT", ["RUS", "IRN"], ())


def test_a_visitor_is_the_actor_and_the_host_the_recipient() -> None:
    (event,) = events(parse(ATTACKED.replace("attacked attack", "visited visit")))
    assert (event.type, event.mode, codes(event.recipients)) == ("CONSULT", "visit", ["IRN"])


def test_a_recipient_may_stand_inside_the_object() -> None:
    event = events(
        parse("""
        Russia Russia PROPN NNP 1 nsubj
        criticized criticize VERB VBD 1 ROOT
        Iranian iranian ADJ JJ 3 amod
        policies policy NOUN NNS 1 dobj
        """)
    )[0]
    assert (event.type, codes(event.recipients)) == ("ACCUSE", ["IRN"])


def test_who_says_that_another_must_requests() -> None:
    found = events(
        parse("""
        Russia Russia PROPN NNP 1 nsubj
        said say VERB VBD 1 ROOT
        Iran Iran PROPN NNP 4 nsubj
        must must AUX MD 4 aux
        leave leave VERB VB 1 ccomp
        Chad Chad PROPN NNP 4 dobj
        """)
    )
    assert (found[0].type, codes(found[0].actors), codes(found[0].recipients)) == ("REQUEST", ["RUS"], ["IRN"])


def test_plain_saying_is_no_event() -> None:
    assert not events(
        parse("""
        Russia Russia PROPN NNP 1 nsubj
        said say VERB VBD 1 ROOT
        so so ADV RB 1 advmod
        """)
    )


def test_unnamed_doers_belong_to_the_only_state_of_the_sentence() -> None:
    event = events(
        parse("""
        Students student NOUN NNS 1 nsubj
        rioted riot VERB VBD 1 ROOT
        in in ADP IN 1 prep
        Oslo Oslo PROPN NNP 2 pobj
        """)
    )[0]
    assert (event.type, codes(event.actors), codes(event.recipients)) == ("PROTEST", ["NOR"], ["NOR"])


def test_a_deeper_clause_carries_what_the_top_one_cannot() -> None:
    doc = parse("""
        Rugs rug NOUN NNS 1 nsubj
        were be AUX VBD 1 ROOT
        among among ADP IN 1 prep
        things thing NOUN NNS 2 pobj
        which which PRON WDT 6 dobj
        Russia Russia PROPN NNP 6 nsubj
        wove weave VERB VBD 3 relcl
        """)
    found = tuple([(clause, Factuality()) for clause in clauses(doc[:])])
    coder = Coder(Tree(doc), Names(doc), load_lexicon())  # type: ignore[arg-type]
    assert coder.carrier(found, depth=0.7) == (None, None)
    place, carrier = coder.carrier(found, depth=0.7, deeper=True)
    assert place is not None and carrier is not None
    assert (found[place][0].lemma, codes(carrier.actors)) == ("weave", ["RUS"])


def test_code_is_the_coder_for_one_clause() -> None:
    doc = parse(ATTACKED)
    (clause,) = clauses(doc[:])
    (event,) = code(clause, Factuality(), Names(doc), load_lexicon())  # type: ignore[arg-type]
    assert event.relation == "attacks"
    assert event.depth == 1.0


def test_ending_reverses() -> None:
    assert reversed_type("AID") == ("SANCTION", "discontinue")
    assert reversed_type("ASSAULT") == ("RETREAT", "ceasefire")
    assert reversed_type("REQUEST") is None
    assert promised("RETREAT", "withdraw") == ("AGREE", None)


def test_every_candidate_is_a_valid_event() -> None:
    plover = load_plover()
    for table in (ATTACKED, WILL.format(verb="invite"), VERB_TO.format(word="refused", lemma="refuse", verb="meet")):
        for event in events(parse(table)):
            assert event.type in plover.types
            assert event.mode is None or plover.has_mode(event.type, event.mode)
            assert 0 <= event.confidence <= 1


def test_explain_names_the_line_that_fired() -> None:
    doc = parse(ATTACKED)
    lines = list(explain(doc, Names(doc), load_lexicon()))  # type: ignore[arg-type]
    assert any("fires" in line and "lexicon/assault.csv:" in line for line in lines)
    assert lines[-1].startswith("main event: ASSAULT")


def test_the_event_table_has_a_row_an_event() -> None:
    event = Event(
        "AID",
        None,
        ("economic",),
        "material cooperation",
        10.0,
        (Party("Russia", "country:RUS", "RUS", "GOV", "country:RUS"),),
    )
    statement = Statement(
        "a", "2024-06-20", Sentence(0, 0, 9, "A  text."), None, Predicate("gives", 2, 7, "give"), None, event=event
    )
    silent = Statement("a", None, Sentence(1, 10, 12, "No."), None, Predicate("is", 10, 12, "be"), None)
    (row,) = events_table([statement, silent, statement], [Article("a", "A  text.", source="Courier")])
    assert tuple(row) == COLUMNS
    assert (row["Event Type"], row["Intensity"], row["Actor Country"], row["Source"]) == ("AID", "10", "RUS", "Courier")
    assert (row["Event Date"], row["Sentence"]) == ("2024-06-20", "A text.")


@pytest.fixture(scope="module")
def extractor() -> Iterator[Any]:
    from triplomat.extractors.pipeline import Extractor

    yield Extractor(encoder=False)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway will send Ukraine 20 ambulances next month.", ("AGREE", ["NOR"], ["UKR"])),
        ("Kenya has expelled two Sudanese diplomats.", ("SANCTION", ["KEN"], ["SDN"])),
        ("Peru accused Chile of spying on its navy.", ("ACCUSE", ["PER"], ["CHL"])),
        ("Thousands of Greek farmers blocked roads with their tractors.", ("PROTEST", ["GRC"], ["GRC"])),
        ("India announced a suspension of flights to Nepal.", ("SANCTION", ["IND"], ["NPL"])),
    ],
)
def test_main_event_of_a_sentence(extractor: Any, text: str, expected: tuple[str, list[str], list[str]]) -> None:
    doc = extractor.nlp(text)
    told = [one for one in extractor.statements(Article("x", text), doc) if one.event]
    event = max(told, key=lambda one: one.confidence).event
    found = SimpleNamespace(actors=[p.code for p in event.actors], recipients=[p.code for p in event.recipients])
    assert (event.type, found.actors, found.recipients) == expected
