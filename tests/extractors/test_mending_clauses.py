"""Clauses and phrases that a parse lost are given back; where a right parse looks alike, it stays."""

from __future__ import annotations

import pytest

from triplomat.extractors.columns import Columns, Heads
from triplomat.extractors.mending import mend

_WORD_CLASSES = {"N": "NOUN", "V": "VERB", "P": "PRON", "I": "ADP", "C": "NUM", "J": "ADJ", "W": "PRON", "D": "DET"}


def parsed(table: str, begins: tuple[int, ...] = (0,)) -> Columns:
    """A parse from lines of word, tag, label, head (counted from 0) and, where there is one, the kind of name."""
    rows = [[*line.split(), ""][:5] for line in table.strip().splitlines()]
    tags = [row[1] for row in rows]
    return Columns(
        head=Heads(int(row[3]) for row in rows),
        dep=[row[2] for row in rows],
        tag=tags,
        pos=[
            "CCONJ" if tag == "CC" else "PROPN" if tag == "NNP" else _WORD_CLASSES.get(tag[0], "PUNCT") for tag in tags
        ],
        lower=[row[0].lower() for row in rows],
        ent=[row[4] for row in rows],
        begins=[*begins],
        lemma=[row[0].lower() for row in rows],
    )


def mended(table: str, begins: tuple[int, ...] = (0,)) -> Columns:
    parse = parsed(table, begins)
    mend(parse)
    return parse


def labels(parse: Columns, *words: str) -> list[tuple[str, str]]:
    """The label of each word with the word that it hangs on."""
    places = [parse.lower.index(word) for word in words]
    return [(parse.dep[i], parse.lower[parse.head[i]]) for i in places]


WOUNDED = """
Shells   NNS nsubj    1
wounded  VBD ccomp    6
others   NNS dobj     1
,        ,   punct    2
doctors  NNS conj     2
also     RB  advmod   6
said     VBD ROOT     6
"""

RETOOK = """
Flags  NNS nsubj    1
fell   VBD ROOT     1
after  IN  prep     1
troops NNS pobj     2
,      ,   punct    3
backed VBN acl      3
by     IN  agent    5
jets   NNS pobj     6
,      ,   punct    1
retook VBD conj     1
it     PRP dobj     9
"""

SERVED = """
He       PRP nsubj 1
served   VBD ROOT  1
as       IN  prep  1
minister NN  pobj  2
,        ,   punct 1
resigned VBD conj  1
and      CC  cc    5
fled     VBD conj  5
"""

RETAKES = """
Army    NN  nsubj    1
retakes VBZ ROOT     1
Bara    NNP dobj     1
as      IN  prep     1
Egypt   NNP pobj     3
and     CC  cc       4
Oman    NNP compound 7
press   NN  conj     4
for     IN  prep     7
truce   NN  pobj     8
"""

CUT = """
Norway NNP ROOT  0
,      ,   punct 0
which  WDT nsubj 3
cut    VBD relcl 0
aid    NN  dobj  3
,      ,   punct 0
called VBN acl   0
on     IN  prep  6
Chad   NNP pobj  7
"""

BRIDGE = """
They   PRP nsubj 1
blew   VBD ROOT  1
bridge NN  dobj  1
which  WDT dobj  6
rebels NNS nsubj 6
had    VBD aux   6
built  VBN relcl 2
and    CC  cc    6
took   VBD conj  6
{object}   NNS {label}  8
"""

PROMISED = """
They     PRP nsubj 1
promised VBD ROOT  1
;        :   punct 1
by       IN  prep  1
May      NNP pobj  3
Chad     NNP nsubj 6
paid     VBD conj  1
"""

JUNE = """
In        IN  prep     4
June      NNP compound 3 DATE
President NNP compound 3
Ruto      NNP nsubj    4 PERSON
promised  VBD ROOT     4
"""

SHOT = """
Guards    NNS nsubj 1
shot      VBD ROOT  1
dead      JJ  acomp 1
31        CD  punct 1
villagers NNS ROOT  4
in        IN  prep  4
May       NNP pobj  5
"""

HIT = """
Gunners NNS nsubj  1
hit     VBD ROOT   1
{number}   CD  nummod 3
posts   NNS dobj   1
,       ,   punct  3
a       DT  det    6
depot   NN  appos  3
and     CC  cc     6
a       DT  det    9
bridge  NN  conj   6
"""

ENVOYS = """
Envoys NNS nsubj 6
from   IN  prep  0
Chad   NNP pobj  1 GPE
{who}    WP  nsubj 4
met    VBD relcl 2
him    PRP dobj  4
left   VBD ROOT  6
"""


def test_what_has_an_object_is_a_verb() -> None:
    parse = mended("The DT det 2\narmy NN compound 2\nretook NN ROOT 2\nBara NNP dobj 2")
    assert labels(parse, "the", "army") == [("det", "army"), ("nsubj", "retook")]
    assert (parse.tag[2], parse.pos[2]) == ("VBD", "VERB")


def test_the_sibling_right_before_a_verb_without_subject_is_its_subject() -> None:
    assert labels(mended(WOUNDED), "doctors") == [("nsubj", "said")]


def test_siblings_before_a_verb_that_has_its_subject_stay() -> None:
    held = WOUNDED.replace("also     RB  advmod   6", "he       PRP nsubj    6")
    assert labels(mended(held), "doctors") == [("conj", "others")]


def test_a_preposition_before_a_verb_with_its_subject_opens_a_clause() -> None:
    found = labels(mended(RETOOK), "after", "troops", "retook")
    assert found == [("mark", "retook"), ("nsubj", "retook"), ("advcl", "fell")]


def test_a_capacity_before_the_next_verb_stays() -> None:
    assert labels(mended(SERVED), "as", "minister", "resigned") == [
        ("prep", "served"),
        ("pobj", "as"),
        ("conj", "served"),
    ]


def test_a_headlines_plain_present_is_no_capacity() -> None:
    parse = mended(RETAKES)
    assert labels(parse, "as", "egypt", "oman", "press") == [
        ("mark", "press"),
        ("nsubj", "press"),
        ("conj", "egypt"),
        ("advcl", "retakes"),
    ]
    assert parse.tag[7] == "VBP"


def test_a_sentence_with_a_full_stop_is_no_headline() -> None:
    assert labels(mended(RETAKES + ". . punct 1"), "press") == [("conj", "egypt")]


def test_the_verb_behind_an_aside_is_the_main_verb() -> None:
    parse = mended(CUT)
    assert labels(parse, "norway", "called") == [("nsubj", "called"), ("ROOT", "called")]
    assert parse.tag[6] == "VBD"


def test_a_participle_with_its_agent_stays() -> None:
    assert labels(mended(CUT.replace("on     IN  prep  6", "by     IN  agent 6")), "called") == [("acl", "norway")]


@pytest.mark.parametrize(("thing", "label", "above"), [("men", "dobj", "blew"), ("twice", "npadvmod", "built")])
def test_a_verb_with_its_own_object_lacks_none(thing: str, label: str, above: str) -> None:
    assert labels(mended(BRIDGE.format(object=thing, label=label)), "took") == [("conj", above)]


def test_a_phrase_behind_a_semicolon_opens_the_next_clause() -> None:
    assert labels(mended(PROMISED), "by") == [("prep", "paid")]


def test_a_date_before_a_name_is_behind_the_preposition() -> None:
    assert labels(mended(JUNE), "june", "president") == [("pobj", "in"), ("compound", "ruto")]


def test_no_sentence_ends_between_a_number_and_what_it_counts() -> None:
    parse = mended(SHOT, begins=(0, 4))
    assert labels(parse, "31", "villagers", "in") == [("nummod", "villagers"), ("dobj", "shot"), ("prep", "shot")]
    assert parse.begins == [0]


def test_a_sentence_may_end_in_a_number() -> None:
    ended = SHOT.replace("villagers NNS ROOT  4", "they      PRP ROOT  4")
    assert mended(ended, begins=(0, 4)).begins == [0, 4]


@pytest.mark.parametrize(("number", "label"), [("three", "conj"), ("two", "appos")])
def test_two_things_say_what_two_are(number: str, label: str) -> None:
    assert labels(mended(HIT.format(number=number)), "depot") == [(label, "posts")]


@pytest.mark.parametrize(("who", "noun"), [("who", "envoys"), ("which", "chad")])
def test_who_are_people(who: str, noun: str) -> None:
    assert labels(mended(ENVOYS.format(who=who)), "met") == [("relcl", noun)]


UNION = """
Drivers NNS nsubj 1
struck  VBD ROOT  1
,       ,   punct 1
and     CC  cc    1
unions  NNS conj  1
,       ,   punct 4
founded VBN acl   4
by      IN  agent 6
miners  NNS pobj  7
,       ,   punct 4
called  VBD acl   4
talks   NNS dobj  10
"""

BREACH = """
He        PRP nsubj 1
saw       VBD ROOT  1
a         DT  det   3
breach    NN  dobj  1
and       CC  cc    3
published VBD conj  3
it        PRP dobj  5
"""

COMPLAINING = """
He          PRP nsubj 1
wrote       VBD ROOT  1
complaining VBG advcl 1
that        IN  mark  6
they        PRP nsubj 6
had         VBD aux   6
left        VBN ccomp 2
and         CC  cc    6
reserving   VBG conj  6
"""

MAIMED = """
A          DT  det   1
mine       NN  nsubj 2
maimed     VBD ROOT  2
men        NNS nsubj 7
and        CC  cc    3
its        PRP$ poss 6
minister   NN  conj  3
threatened VBD ccomp 2
"""


def test_a_noun_beside_a_verb_has_a_verb_of_its_own() -> None:
    assert labels(mended(UNION), "unions", "called") == [("nsubj", "called"), ("conj", "struck")]


def test_a_finite_verb_is_no_sibling_of_a_noun() -> None:
    assert labels(mended(BREACH), "published") == [("conj", "saw")]


def test_a_bare_participle_is_no_sibling_of_a_finite_verb() -> None:
    assert labels(mended(COMPLAINING), "reserving") == [("conj", "complaining")]


def test_the_first_of_two_is_the_object_of_a_verb_that_says_nothing() -> None:
    assert labels(mended(MAIMED), "men", "minister", "threatened") == [
        ("dobj", "maimed"),
        ("nsubj", "threatened"),
        ("conj", "maimed"),
    ]


def test_what_a_verb_says_keeps_its_subjects() -> None:
    assert labels(mended(MAIMED.replace("maimed ", "say    ")), "men") == [("nsubj", "threatened")]


SET_OFF = """
He      PRP nsubj 1
went    VBD ROOT  1
through IN  prep  1
Lviv    NNP pobj  2
,       ,   punct 3
and     CC  cc    3
Kyiv    NNP conj  3
,       ,   punct 6
which   WDT nsubj 9
suffers VBZ relcl 6
,       ,   punct 1
paid    VBD conj  1
"""

SECOND_THAT = """
He     PRP nsubj 1
said   VBD ROOT  1
that   IN  mark  4
they   PRP nsubj 4
stayed VBD ccomp 1
and    CC  cc    4
that   DT  det   7
fishing NN nsubj 8
stopped VBD conj 4
"""


def test_a_sibling_set_off_before_a_verb_without_subject_is_its_subject() -> None:
    assert labels(mended(SET_OFF), "kyiv") == [("nsubj", "paid")]


def test_the_second_that_opens_a_clause_like_the_first() -> None:
    parse = mended(SECOND_THAT)
    assert (parse.dep[6], parse.head[6]) == ("mark", 8)


CLOSED = """
Trump  NNP nsubj 2
has    VBZ aux   2
closed VBN ROOT  2
USAID  NNP {label} 2
,      ,   punct 3
cut    {tag} conj 3
aid    NN  {object} 5
"""


@pytest.mark.parametrize(("label", "tag"), [("oprd", "VB"), ("dobj", "VBN")])
def test_a_verb_with_an_object_is_no_sibling_of_an_object(label: str, tag: str) -> None:
    assert labels(mended(CLOSED.format(label=label, tag=tag, object="dobj")), "cut") == [("conj", "closed")]


def test_a_participle_without_one_may_be() -> None:
    assert labels(mended(CLOSED.format(label="dobj", tag="VBN", object="compound")), "cut") == [("conj", "usaid")]


SIMPLE = """
It     PRP nsubj 1
was    VBD ccomp 6
simple JJ  acomp 1
:      :   punct {colon}
they   PRP nsubj 6
would  MD  aux   6
pay    VB  ROOT  6
"""


@pytest.mark.parametrize("colon", [1, 6])
def test_what_a_colon_parts_are_two_clauses(colon: int) -> None:
    assert labels(mended(SIMPLE.format(colon=colon)), "was", "pay") == [("ROOT", "was"), ("conj", "was")]


def test_what_a_comma_parts_may_be_told() -> None:
    assert labels(mended(SIMPLE.format(colon=6).replace(":      :", ",      ,")), "was") == [("ccomp", "pay")]


WARNED = """
Chad   NNP nsubj {head}
,      ,   punct 0
warned VBN {label} {head}
by     IN  prep  2
France NNP pobj  3
,      ,   punct 2
{joint}
closed VBD conj  2
camps  NNS dobj  7
"""


def test_a_participle_set_off_is_the_subjects() -> None:
    table = WARNED.format(head=2, label="ROOT", joint="then RB advmod 7").replace(
        ",      ,   punct 2\nthen RB advmod 7", "then   RB  advmod 7\n,      ,   punct 2"
    )
    parse = mended(table)
    assert labels(parse, "chad", "warned", "by", "closed") == [
        ("nsubj", "closed"), ("acl", "chad"), ("agent", "warned"), ("ROOT", "closed"),
    ]  # fmt: skip


def test_what_and_joins_is_no_participle() -> None:
    table = WARNED.format(head=2, label="ROOT", joint="and    CC  cc    2")
    assert labels(mended(table), "warned", "closed") == [("ROOT", "warned"), ("conj", "warned")]


CUT_OFF = """
Armenia    NNP ROOT  0 GPE
and        CC  cc    3
Azerbaijan NNP nsubj 3 GPE
signed     VBD ROOT  3
it         PRP dobj  3
"""


def test_a_name_before_a_cut_is_the_first_of_two_subjects() -> None:
    parse = mended(CUT_OFF, (0, 1))
    assert labels(parse, "armenia", "azerbaijan") == [("nsubj", "signed"), ("conj", "armenia")]
    assert parse.begins == [0]


def test_a_sentence_that_is_no_name_stays_cut() -> None:
    parse = mended(CUT_OFF.replace("Armenia    NNP", "Silence    NN "), (0, 1))
    assert parse.begins == [0, 1]


IN_A_ROW = """
They       PRP nsubj 1
praised    VBD ROOT  1
it         PRP dobj  1
,          ,   punct 1
agreed     VBD advcl 1
to         TO  aux   6
meet       VB  xcomp 4
and        CC  cc    4
told       VBD conj  4
aides      NNS dobj  8
"""


def test_a_plain_past_without_conjunction_is_a_sibling() -> None:
    assert labels(mended(IN_A_ROW), "agreed", "told") == [("conj", "praised"), ("conj", "agreed")]


def test_a_plain_past_behind_a_conjunction_stays() -> None:
    assert labels(mended(IN_A_ROW.replace("to         TO  aux   6", "as         IN  mark  4")), "agreed") == [
        ("advcl", "praised")
    ]


TO_BE_DONE = """
They    PRP nsubj   1
prepare VBP ROOT    1
{noun}  NNS dobj    1
,       ,   punct   1
to      TO  aux     6
be      VB  auxpass 6
held    VBN advcl   1
"""


def test_what_is_to_be_done_is_done_with_the_noun_before_it() -> None:
    assert labels(mended(TO_BE_DONE.format(noun="summits")), "held") == [("relcl", "summits")]


ALTERNATIVES = """
Chad     NNP nsubj 1
asked    VBD ROOT  1
allies   NNS dobj  1
,        ,   punct 1
but      CC  cc    1
{most}   {tag} conj  1
,        ,   punct 1
fearing  VBG advcl 1
war      NN  dobj  7
,        ,   punct 11
have     VBP aux   11
declined VBN ccomp 1
"""


def test_what_stands_beside_a_verb_has_its_own() -> None:
    parse = mended(ALTERNATIVES.format(most="most", tag="JJS"))
    assert labels(parse, "most", "declined", "fearing") == [
        ("nsubj", "declined"), ("conj", "asked"), ("advcl", "declined"),
    ]  # fmt: skip


PERFECT = """
Chad     NNP nsubj 2
has      VBZ aux   2
bought   VBN advcl 6
drones   NNS dobj  2
{mark}
,        ,   punct 6
opened   VBD ROOT  6
camps    NNS dobj  6
and      CC  cc    6
hired    VBD conj  6
"""


@pytest.mark.parametrize(
    ("mark", "label", "above"), [("abroad RB advmod 2", "ROOT", "bought"), ("as IN mark 2", "advcl", "opened")]
)
def test_the_first_of_several_verbs_has_the_subject(mark: str, label: str, above: str) -> None:
    assert labels(mended(PERFECT.format(mark=mark)), "bought") == [(label, above)]


CONTACT = """
They  PRP nsubj 1
fear  VBP ROOT  1
leaks NNS dobj  1
from  IN  prep  2
pipes NNS pobj  3
{that}
it    PRP nsubj 6
owns  VBZ relcl 2
"""


def test_a_relative_clause_without_pronoun_is_of_the_noun_before_it() -> None:
    table = CONTACT.replace("{that}\n", "")
    assert labels(mended(table), "owns") == [("relcl", "pipes")]


def test_one_with_a_pronoun_stays() -> None:
    table = CONTACT.format(that="which WDT dobj 7").replace("nsubj 6", "nsubj 7")
    assert labels(mended(table), "owns") == [("relcl", "leaks")]


ANNOUNCED = """
Chad    NNP nsubj 1
has     VBZ ROOT  1
plans   NNS dobj  1
:       :   punct 1
a       DT  det   5
line    NN  {label} 1
between IN  prep  5
armies  NNS pobj  6
,       ,   punct 7
patrols NNS appos 7
and     CC  cc    5
a       DT  det   12
pact    NN  conj  5
"""


@pytest.mark.parametrize("label", ["npadvmod", "appos"])
def test_what_a_colon_announces_is_one_list(label: str) -> None:
    parse = mended(ANNOUNCED.format(label=label))
    assert labels(parse, "line", "patrols")[1] == ("conj", "line")
    assert parse.dep[12] == "conj"


BESIDE_NAMED = """
The   DT  det   1
firm  NN  nsubj 7
,     ,   punct 1
Eni   NNP appos 1
{comma}
and   CC  cc    3
Total NNP conj  3
agree VBP ROOT  7
"""


@pytest.mark.parametrize(("comma", "above"), [(",     ,   punct 3", "firm"), ("too RB advmod 3", "eni")])
def test_who_stands_behind_a_name_set_off_is_beside_its_noun(comma: str, above: str) -> None:
    assert labels(mended(BESIDE_NAMED.format(comma=comma)), "total") == [("conj", above)]


AGAIN = """
They    PRP nsubj  1
accuse  VBP ROOT   1
it      PRP dobj   1
of      IN  prep   1
selling VBG pcomp  3
gold    NN  dobj   4
,       ,   punct  4
of      IN  prep   4
{word}  NN  compound 9
men     NNS pobj   7
"""


@pytest.mark.parametrize(("word", "label"), [("training", "pcomp"), ("army", "compound")])
def test_a_preposition_said_again_has_a_gerund_again(word: str, label: str) -> None:
    parse = mended(AGAIN.format(word=word))
    assert parse.dep[8] == label
    assert (parse.dep[7], parse.head[7]) == ("conj", 3)
