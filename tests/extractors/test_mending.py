"""Parses that lead astray are mended, parses that are right stay as they are."""

from __future__ import annotations

import pytest

from triplomat.extractors.columns import Columns, Heads
from triplomat.extractors.mending import mend


def parsed(table: str) -> Columns:
    """A parse from lines of word, tag, label, head (counted from 0) and, where there is one, the kind of name."""
    rows = [[*line.split(), ""][:5] for line in table.strip().splitlines()]
    return Columns(
        head=Heads(int(row[3]) for row in rows),
        dep=[row[2] for row in rows],
        tag=[row[1] for row in rows],
        pos=["PUNCT" if row[1] == "," else "X" for row in rows],
        lower=[row[0].lower() for row in rows],
        ent=[row[4] for row in rows],
        begins=[0],
        lemma=[row[0].lower() for row in rows],
    )


SHIPPED = """
Congo   NNP npadvmod 1 GPE
shipped VBD ROOT     1
cobalt  NN  dobj     1
"""

STRUCK = """
A        DT  det       1
hospital NN  nsubjpass 3
was      VBD auxpass   3
struck   VBN ROOT      3
from     IN  prep      3
the      DT  det       6
air      NN  pobj      4
by       IN  prep      6
Russian  JJ  amod      9 NORP
bombers  NNS pobj      7
"""

HACKERS = """
Hackers   NNS nsubj 1
linked    VBN ROOT  1
to        IN  prep  1
Pyongyang NNP pobj  2 GPE
broke     VBD dep   1
in        RP  prt   4
"""

PHONED = """
They  PRP nsubj 1
spoke VBD ROOT  1
by    IN  agent 1
phone NN  pobj  2
"""


def test_a_name_right_before_a_finite_verb_without_subject_is_its_subject() -> None:
    parse = parsed(SHIPPED)
    mend(parse)
    assert parse.dep[0] == "nsubj"


def test_an_adverbial_before_a_verb_that_has_its_subject_stays() -> None:
    parse = parsed("Monday NNP npadvmod 1\nmet VBD ROOT 1\nministers NNS nsubj 1")
    mend(parse)
    assert parse.dep[0] == "npadvmod"


def test_named_doers_behind_a_passives_last_noun_are_its_agent() -> None:
    parse = parsed(STRUCK)
    mend(parse)
    assert (parse.head[7], parse.dep[7]) == (3, "agent")


def test_an_unnamed_by_phrase_stays_where_it_is() -> None:
    parse = parsed(STRUCK.replace("NORP", ""))
    mend(parse)
    assert (parse.head[7], parse.dep[7]) == (6, "prep")


def test_the_finite_verb_behind_a_reduced_relative_is_the_root() -> None:
    parse = parsed(HACKERS)
    mend(parse)
    assert (parse.head[4], parse.dep[4]) == (4, "ROOT")
    assert (parse.head[1], parse.dep[1]) == (0, "acl")
    assert parse.head[0] == 4


def test_a_verb_with_its_own_auxiliary_is_no_reduced_relative() -> None:
    held = parsed("Hackers NNS nsubj 2\nwere VBD auxpass 2\nlinked VBN ROOT 2\nand CC cc 2\nbroke VBD conj 2")
    before = [*held.head], [*held.dep]
    mend(held)
    assert (held.head, held.dep) == before


@pytest.mark.parametrize(("noun", "label"), [("phone", "prep"), ("rebels", "agent")])
def test_a_bare_means_is_no_agent(noun: str, label: str) -> None:
    parse = parsed(PHONED.replace("phone", noun))
    mend(parse)
    assert parse.dep[2] == label


def test_a_word_split_at_its_hyphen_is_one_object() -> None:
    parse = parsed("Ottawa NNP nsubj 1\nslapped VBD ROOT 1\ncounter NN dobj 1\n- NNS dobj 1\nduties NNS dobj 1")
    mend(parse)
    assert parse.dep[2:] == ["compound", "punct", "dobj"]
    assert parse.head[2:] == [4, 4, 1]


WORTH = """
Iraq     NNP nsubj    2 GPE
has      VBZ aux      2
bought   VBN ROOT     2
drones   NNS dobj     2
worth    JJ  prep     2
millions NNS npadvmod 4
of       IN  prep     5
euros    NNS pobj     6
from     IN  prep     4
Turkey   NNP pobj     8 GPE
"""


def test_who_sells_is_not_part_of_the_worth() -> None:
    parse = parsed(WORTH)
    mend(parse)
    assert (parse.head[8], parse.head[6]) == (2, 5)


SPLICED = """
Nepal  NNP nsubj    2 GPE
has    VBZ aux      2
banned VBN ccomp    7
films  NNS dobj     2
,      ,   punct    7
Bhutan NNP nsubj    7 GPE
has    VBZ aux      7
{verb} VBN ROOT     7
guards NNS dobj     7
"""


@pytest.mark.parametrize(("verb", "head"), [("expelled", 2), ("told", 7), ("promised", 7)])
def test_of_two_clauses_side_by_side_none_holds_the_other_unless_it_tells_who_says_so(verb: str, head: int) -> None:
    parse = parsed(SPLICED.format(verb=verb))
    mend(parse)
    assert parse.head[2] == head


COMPLICATES = """
China       NNP nsubj    1 GPE
complicates VBZ compound 2
matters     NNS ROOT     2
"""


def test_a_finite_verb_is_no_part_of_a_noun() -> None:
    parse = parsed(COMPLICATES)
    mend(parse)
    assert (parse.head, parse.dep) == ([1, 1, 1], ["nsubj", "ROOT", "dobj"])


LINKED = """
Jihadists NNS nsubj 1
linked    VBD ROOT  1
to        IN  prep  1
Hamas     NNP pobj  2 ORG
killed    VBD acl   3
soldiers  NNS dobj  4
"""


def test_a_past_tense_hung_on_the_noun_before_is_the_main_verb() -> None:
    parse = parsed(LINKED)
    mend(parse)
    assert (parse.head[4], parse.head[0], parse.head[1]) == (4, 4, 0)


SEMICOLON = """
Cuba      NNP nsubj 1 GPE
condemned VBD ROOT  1
it        PRP dobj  1
;         :   punct 2
Brazil    NNP appos 2 GPE
,         ,   punct 4
a         DT  det   7
neighbour NN  appos 4
,         ,   punct 4
called    VBN acl   4
"""


def test_a_name_behind_a_semicolon_begins_a_clause() -> None:
    parse = parsed(SEMICOLON)
    mend(parse)
    assert (parse.head[4], parse.dep[4], parse.head[9], parse.dep[9]) == (9, "nsubj", 1, "conj")


HOST = """
Oman    NNP nsubj 1 GPE
offered VBD ROOT  1
to      TO  aux   3
host    NN  xcomp 1
talks   NNS dobj  3
"""


def test_an_infinitive_is_a_verb_whatever_its_tag() -> None:
    parse = parsed(HOST)
    mend(parse)
    assert parse.tag[3] == "VB"


def test_whom_a_means_reaches_is_the_verbs() -> None:
    parse = parsed(
        """
Rabat  NNP nsubj 1 GPE
spoke  VBD ROOT  1
by     IN  prep  1
phone  NN  pobj  2
with   IN  prep  3
Madrid NNP pobj  4 GPE
"""
    )
    mend(parse)
    assert parse.head[4] == 1


def test_the_day_behind_a_subjects_name_is_the_verbs() -> None:
    parse = parsed(
        """
Chad   NNP nsubj 3 GPE
on     IN  prep  0
Monday NNP pobj  1 DATE
closed VBD ROOT  3
"""
    )
    mend(parse)
    assert parse.head[1] == 3


def test_the_first_of_two_names_is_no_part_of_the_second() -> None:
    parse = parsed(
        """
talks     NNS ROOT     0
between   IN  prep     0
Kiir      NNP nmod     6 PERSON
and       CC  cc       2
President NNP conj     2
Riek      NNP compound 6 PERSON
Machar    NNP pobj     1 PERSON
"""
    )
    mend(parse)
    assert [(parse.head[i], parse.dep[i]) for i in (2, 4, 6)] == [(1, "pobj"), (6, "compound"), (2, "conj")]


def test_a_title_belongs_to_the_name_behind_it() -> None:
    parse = parsed(
        """
Lavrov   NNP ROOT     0 PERSON
and      CC  cc       0
Turkish  JJ  amod     3 NORP
Minister NNP conj     0
Hakan    NNP compound 5 PERSON
Fidan    NNP conj     0 PERSON
met      VBD relcl    0
"""
    )
    mend(parse)
    assert [(parse.head[i], parse.dep[i]) for i in (2, 3)] == [(5, "amod"), (5, "compound")]


def test_an_apposition_with_a_participle_is_not_what_tells_the_sentence() -> None:
    parse = parsed(
        """
Kiel      NNP nsubj    1 GPE
sheltered VBD ccomp    6
Foxes     NNS dobj     1
,         ,   punct    6
the       DT  det      5
gang      NN  nsubj    6
blamed    VBD ROOT     6
for       IN  prep     6
murder    NN  pobj     7
"""
    )
    mend(parse)
    assert [(parse.head[i], parse.dep[i]) for i in (1, 5, 6)] == [(1, "ROOT"), (2, "appos"), (5, "acl")]


def test_who_denies_and_goes_on_speaks_not_whom_he_speaks_of() -> None:
    parse = parsed(
        """
He     PRP nsubj 1
denied VBD ROOT  1
they   PRP nsubj 3
fled   VBD ccomp 1
,      ,   punct 3
saying VBG advcl 3
it     PRP nsubj 7
held   VBD ccomp 5
"""
    )
    mend(parse)
    assert parse.head[5] == 1


def test_a_charge_that_somebody_rejects() -> None:
    parse = parsed(
        """
a       DT  det      1
charge  NN  ROOT     1
the     DT  det      4
army    NN  compound 4
rejects NNS appos    1
"""
    )
    mend(parse)
    assert [(parse.head[i], parse.dep[i]) for i in (2, 3, 4)] == [(3, "det"), (4, "nsubj"), (1, "relcl")]


def test_who_is_among_others_is_no_object_of_his_own() -> None:
    parse = parsed(
        """
Minsk NNP    nsubj 1
freed VBD    ROOT  1
men   NNS    dobj  1
,     ,      punct 1
among IN     prep  1
them  PRP    pobj  4
poets NNS    dobj  1
"""
    )
    mend(parse)
    assert [(parse.head[i], parse.dep[i]) for i in (4, 6)] == [(6, "prep"), (2, "appos")]


def test_names_in_a_row_that_ends_with_and_are_a_list() -> None:
    parse = parsed(
        """
fed   VBD ROOT  0
Chad  NNP dobj  0 GPE
,     ,   punct 1
Mali  NNP appos 1 GPE
and   CC  cc    3
Benin NNP conj  3 GPE
"""
    )
    mend(parse)
    assert parse.dep[3] == "conj"


def test_a_month_is_no_part_of_a_state() -> None:
    parse = parsed(
        """
In    IN  prep     3
May   NNP compound 2
Sudan NNP nsubj    3 GPE
cut   VBD ROOT     3
ties  NNS dobj     3
"""
    )
    mend(parse)
    assert (parse.head[1], parse.dep[1]) == (0, "pobj")


def test_who_gets_something_stands_before_it() -> None:
    parse = parsed(
        """
Iran   NNP nsubj 1 GPE
sold   VBD ROOT  1
it     PRP nsubj 3
drones NNS dobj  1
"""
    )
    mend(parse)
    assert (parse.head[2], parse.dep[2]) == (1, "dative")


def test_what_is_held_to_be_so_is_the_object() -> None:
    parse = parsed(
        """
They     PRP nsubj 1
consider VBP ROOT  1
the      DT  det   3
move     NN  nsubj 4
illegal  JJ  ccomp 1
"""
    )
    mend(parse)
    assert [(parse.head[i], parse.dep[i]) for i in (3, 4)] == [(1, "dobj"), (1, "oprd")]


def test_a_person_does_what_who_tells() -> None:
    parse = parsed(
        """
Researchers NNS nsubj 6
at          IN  prep  0
Yale        NNP pobj  1 ORG
,           ,   punct 2
who         WP  nsubj 5
study       VBP relcl 2
left        VBD ROOT  6
"""
    )
    mend(parse)
    assert parse.head[5] == 0


def test_names_and_verbs_go_with_the_verb_of_their_own_form() -> None:
    hit = parsed(
        """
Blasts NNS nsubj 1
hit    VBD ROOT  1
roads  NNS dobj  1
that   WDT nsubj 4
link   VBP relcl 2
ports  NNS dobj  4
and    CC  cc    4
killed VBD conj  4
"""
    )
    mend(hit)
    assert hit.head[7] == 1
    backs = parsed(
        """
Iran   NNP nsubj 1 GPE
backs  VBZ ROOT  1
rebels NNS dobj  1
and    CC  cc    2
Riyadh NNP conj  2 GPE
fights VBZ ccomp 1
them   PRP dobj  5
"""
    )
    mend(backs)
    assert [(backs.head[i], backs.dep[i]) for i in (4, 5)] == [(5, "nsubj"), (1, "conj")]


def test_what_something_is_called_is_no_second_name_of_it() -> None:
    parse = parsed(
        """
He     PRP nsubj 1
called VBD ROOT  1
it     PRP dobj  1
``     ,   punct 2
a      DT  det   5
stab   NN  appos 2
"""
    )
    mend(parse)
    assert (parse.head[5], parse.dep[5]) == (1, "oprd")


def test_a_whole_sentence_has_a_verb_not_a_participle() -> None:
    parse = parsed(
        """
Envoys NNS ROOT  0
called VBN acl   0
on     IN  prep  1
Chad   NNP pobj  2 GPE
to     TO  aux   5
pay    VB  xcomp 1
.      .   punct 0
"""
    )
    mend(parse)
    assert [(parse.head[i], parse.dep[i]) for i in (0, 1)] == [(1, "nsubj"), (1, "ROOT")]


def test_a_bare_infinitive_is_a_sibling_of_one_with_to() -> None:
    parse = parsed(
        """
Crews NNS nsubjpass 2
were  VBD auxpass 2
told  VBN ROOT  2
to    TO  aux   4
find  VB  xcomp 2
,     ,   punct 2
pick  VB  conj  2
up    RP  prt   6
"""
    )
    parse.pos[2] = parse.pos[4] = parse.pos[6] = "VERB"
    mend(parse)
    assert parse.head[6] == 4


def test_a_noun_beside_a_verb_that_has_an_object_is_a_verb() -> None:
    parse = parsed(
        """
They     PRP nsubj 1
had      VBD ROOT  1
to       TO  aux   3
withdraw VB  xcomp 1
,        ,   punct 1
hand     NN  conj  1
over     RP  prt   5
tanks    NNS dobj  5
"""
    )
    parse.pos[1] = parse.pos[3] = "VERB"
    mend(parse)
    assert (parse.tag[5], parse.pos[5], parse.head[5]) == ("VB", "VERB", 3)


def test_the_past_of_a_verb_that_has_no_object_is_no_participle() -> None:
    parse = parsed(
        """
Marines  NNS ROOT 0
embarked VBN acl  0
from     IN  prep 1
Aden     NNP pobj 2 GPE
"""
    )
    parse.pos[0], parse.pos[1], parse.lemma[1] = "NOUN", "VERB", "embark"
    mend(parse)
    assert (parse.tag[1], parse.dep[1], parse.head[0], parse.dep[0]) == ("VBD", "ROOT", 1, "nsubj")


def test_a_subject_that_has_nothing_of_a_verb_is_a_noun() -> None:
    parse = parsed(
        """
Skinheads VBZ nsubj 1
assaulted VBD ROOT  1
a         DT  det   3
student   NN  dobj  1
"""
    )
    mend(parse)
    assert (parse.tag[0], parse.pos[0]) == ("NNS", "NOUN")


def test_who_is_said_to_have_done_it_is_no_subject_of_saying() -> None:
    parse = parsed(
        """
Kyiv      NNP nsubj 1 GPE
says      VBZ ROOT  1
that      IN  mark  4
a         DT  det   4
professor NN  nsubj 1
spied     VBN acl   4
"""
    )
    parse.pos[1], parse.pos[4], parse.pos[5] = "VERB", "NOUN", "VERB"
    mend(parse)
    assert [(parse.head[i], parse.dep[i]) for i in (2, 4, 5)] == [(5, "mark"), (5, "nsubj"), (1, "ccomp")]


def test_what_was_agreed_in_a_year_describes_the_object() -> None:
    parse = parsed(
        """
They    PRP nsubj 1
carried VBD ROOT  1
out     RP  prt   1
the     DT  det   4
scheme  NN  nsubj 5
agreed  VBD ccomp 1
in      IN  prep  5
2002    CD  pobj  6
"""
    )
    parse.pos[1], parse.pos[5] = "VERB", "VERB"
    mend(parse)
    assert [(parse.head[i], parse.dep[i]) for i in (4, 5)] == [(1, "dobj"), (4, "acl")]
