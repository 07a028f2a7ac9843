"""Small repairs of a parse's heads and labels, where news prose leads a small model up the garden path.

Each repair asks for a pattern that a right parse doesn't show, so that right parses stay as they are. `Tree` has each
parse mended; a step reads what those before it have left:

1. `mending_phrases`: sentences and phrases that were cut or glued wrongly, with `mending_cuts`, `mending_prepositions`,
   `mending_ascriptions`, `mending_lists`, `mending_relatives` (which noun a clause is of) and, for the verbs of
   headlines, `mending_headlines`;
2. token by token, by label: what hangs on the wrong word (`regrouping`), what is joined across the kinds
   (`mending_joints`), then the repairs here: subjects, agents and main verbs taken for something else;
3. `mending_clauses`: clauses that have lost their subject or conjunction, with `mending_mains` (main clauses),
   `mending_contents` (what is said), `mending_asides` (verbs behind asides) and `mending_sequels` (what goes on);
4. `resuming`, which reads lemmas as well: what a speaker does behind his words.

A repair belongs to the first step at which what it reads is right.
"""

from __future__ import annotations

from bisect import bisect_right

from triplomat.ontology.words import load_words

from .columns import FINITE, Columns
from .columns import kids_of as _kids
from .mending_clauses import mend_clauses
from .mending_joints import JOINED, join
from .mending_phrases import mend_phrases
from .regrouping import REGROUPED, regroup

_CLAUSAL = frozenset({"xcomp", "ccomp", "advcl", "acl", "relcl"})
_SUSPECT = _CLAUSAL | {"npadvmod", "prep", "agent", "appos", "amod", "advmod", "compound", "dep", "conj"}
_MENDED = _SUSPECT | REGROUPED | JOINED | {"nsubj", "poss"}
_OF_VERBS = frozenset({"nsubj", "dobj", "aux", "auxpass", "ccomp", "xcomp", "prt", "advcl", "mark"})
_NOMINALISED = {"VBZ": "NNS", "VBP": "NN", "VB": "NN"}
"""What verbs are taken for, and what they are where they stand as subjects."""
_PAST = frozenset({"VBD", "VBN"})
_NAMED = frozenset({"GPE", "NORP", "ORG", "PERSON"})
_QUOTES = frozenset({"“", '"', "''"})
_NAME_TAGS = frozenset({"NNP", "NNPS"})
_SPLICING = frozenset({",", ":"})
_NOMINAL = frozenset({"ADJ", "DET", "NOUN", "PRON", "PROPN"})


def mend(parse: Columns) -> None:
    """Repairs a parse in place: lost subjects, wrong agents, words split at hyphens, relatives taken for the root."""
    mend_phrases(parse)
    lower = parse.lower
    for i, dep in enumerate(parse.dep):
        if dep not in _MENDED and lower[i] != "-":
            continue
        if dep == "poss" and parse.tag[parse.head[i]] in ("VBZ", "VBD"):
            _owned_subject(parse, i)
        if dep in REGROUPED:
            regroup(parse, i)
        if dep in JOINED:
            join(parse, i)
            dep = parse.dep[i]
        if dep == "nsubj" and parse.tag[i] in _NOMINALISED:
            _noun_by_place(parse, i)
        if dep not in _SUSPECT and lower[i] != "-":
            continue
        if dep == "npadvmod":
            _subject_of_next(parse, i)
            _day_of_verb(parse, i)
            _thing_behind(parse, i)
            _first_name(parse, i)
        elif dep == "prep" and lower[i] == "by":
            _agent(parse, i)
        elif dep == "agent":
            _means(parse, i)
        elif dep == "appos" and ";" in lower[parse.head[i] + 1 : i]:
            _behind_semicolon(parse, i)
        elif lower[i] == "worth" and dep in ("prep", "amod", "acl", "advmod"):
            _worth(parse, i)
        elif lower[i] == "-" and dep not in ("punct", "ROOT"):
            _hyphen(parse, i)
        elif dep in _CLAUSAL and parse.tag[i] == "NN":
            _infinitive(parse, i)
        elif dep == "compound" and parse.tag[i] in FINITE:
            _lost_verb(parse, i)
        elif dep == "acl" and parse.tag[i] == "VBD":
            _garden_path(parse, i, _participle_before(parse, i))
        elif dep in ("relcl", "ccomp") and parse.tag[i] == "VB":
            _subject_taken(parse, i)
        elif dep == "ccomp" and i < parse.head[i]:
            _spliced(parse, i)
        elif dep == "ccomp" and parse.tag[i] == "VBN" and lower[parse.head[i]] in load_words().heard:
            if any(parse.dep[kid] in ("aux", "auxpass") and parse.tag[kid] in FINITE for kid in _kids(parse, i)):
                _garden_path(parse, i, parse.head[i])  # "weapons believed to come from Iran were found"
        elif dep in ("dep", "conj", "ccomp") and parse.tag[i] in FINITE:
            _garden_path(parse, i, parse.head[i])
            if dep == "ccomp":
                _subject_taken(parse, i)
            if dep == "conj":
                _finite_sibling(parse, i)
    mend_clauses(parse)


def _subject_of_next(parse: Columns, i: int) -> None:
    """ "Congo shipped cobalt": a name right before a finite verb that has no other subject is its subject."""
    verb = parse.head[i]
    if parse.tag[i] not in _NAME_TAGS or verb != i + 1 or parse.tag[verb] not in FINITE:
        return
    if not any(parse.dep[kid] in ("nsubj", "nsubjpass", "csubj") for kid in _kids(parse, verb)):
        parse.dep[i] = "nsubj"


def _noun_by_place(parse: Columns, i: int) -> None:
    """ "Skinheads assaulted a student": a subject that has nothing of a verb is a noun."""
    if not any(parse.dep[kid] in _OF_VERBS for kid in _kids(parse, i)):
        parse.tag[i], parse.pos[i] = _NOMINALISED[parse.tag[i]], "NOUN"


def _first_name(parse: Columns, i: int) -> None:
    """ "India, China agree to talk": of two names before the plain present of a headline neither is an adverb."""
    verb, second = parse.head[i], i + 2
    if parse.tag[verb] != "VBP" or parse.lower[i + 1] != "," or parse.ent[i] != "GPE":
        return
    if second == verb - 1 and parse.dep[second] == "nsubj" and parse.ent[second] == "GPE":
        parse.dep[i] = "nsubj"
        parse.head[second], parse.dep[second] = i, "conj"


def _thing_behind(parse: Columns, i: int) -> None:
    """ "A link that bypasses Russia", "gave Chad three days": no adverb, but what the verb right before does it to."""
    verb, kids = parse.head[i], _kids(parse, parse.head[i])
    if i < verb or parse.pos[verb] != "VERB" or any(parse.dep[kid] in ("dobj", "auxpass") for kid in kids):
        return
    named = parse.ent[i] in _NAMED and min([i, *_kids(parse, i)]) == verb + 1 and parse.tag[verb] != "VBN"
    given = parse.lemma[verb] in load_words().giving and any(parse.dep[kid] == "dative" and kid < i for kid in kids)
    if named or given:
        parse.dep[i] = "dobj"


def _day_of_verb(parse: Columns, i: int) -> None:
    """ "Last week Poland's envoy warned Minsk": a day that opens a sentence is the verb's, no part of the subject."""
    noun = parse.head[i]
    if parse.dep[noun] not in ("nsubj", "nsubjpass") or not i < noun or parse.ent[i] not in ("DATE", "TIME"):
        return
    if all(kid >= i for kid in _kids(parse, noun)) and parse.ent[i + 1] not in ("DATE", "TIME"):
        parse.head[i] = parse.head[noun]


def _agent(parse: Columns, i: int) -> None:
    """ "Was struck from the air by Russian bombers": a named doer behind a passive's last noun is the verb's agent."""
    doer = next((kid for kid in _kids(parse, i) if parse.dep[kid] == "pobj"), None)
    if doer is None or not _named(parse, i, doer):
        return
    node, verb = parse.head[i], None
    for _ in range(6):
        if parse.dep[node] in ("pobj", "prep", "dobj") or (parse.dep[node] == "xcomp" and parse.tag[node] == "VB"):
            node = parse.head[node]
        elif parse.tag[node] == "VBN":
            verb = node
            break
        else:
            return
    if verb is None or verb == parse.head[i]:
        return
    kids = _kids(parse, verb)
    if any(parse.dep[kid] == "auxpass" for kid in kids) and not any(parse.dep[kid] == "agent" for kid in kids):
        parse.head[i], parse.dep[i] = verb, "agent"


def _hyphen(parse: Columns, i: int) -> None:
    """ "Slap counter-duties": a word split at its hyphen is one object, not three."""
    if 0 < i < len(parse.head) - 1 and parse.head[i] == parse.head[i + 1]:
        if parse.head[i - 1] == parse.head[i] and parse.dep[i - 1] == parse.dep[i + 1]:
            parse.head[i - 1], parse.dep[i - 1] = i + 1, "compound"
        parse.head[i], parse.dep[i] = i + 1, "punct"


def _worth(parse: Columns, i: int) -> None:
    """ "Bought drones worth some $2 billion from Israel": nothing hangs behind what a thing is worth but its sum."""
    verb = parse.head[i]
    for _ in range(4):
        if parse.tag[verb].startswith("VB"):
            break
        verb = parse.head[verb]
    else:
        return
    for kid in _kids(parse, i):
        if kid > i and parse.dep[kid] == "prep" and parse.lower[kid] != "of":
            parse.head[kid] = verb


def _behind_semicolon(parse: Columns, i: int) -> None:
    """ "Condemned the warrant; Brazil, where he lives, called for calm": a name behind a semicolon begins a clause.

    Its verb may have been taken for a participle: the last past form that hangs on the name.
    """
    verb = next((kid for kid in reversed(_kids(parse, i)) if parse.dep[kid] == "acl" and parse.tag[kid] in _PAST), None)
    above = parse.head[i]
    while parse.dep[above] != "ROOT" and not parse.tag[above].startswith("VB"):
        above = parse.head[above]
    if verb is None or above == i or parse.lower[verb - 1] != ",":
        return
    parse.head[verb], parse.dep[verb] = above, "conj"
    parse.head[i], parse.dep[i] = verb, "nsubj"


def _means(parse: Columns, i: int) -> None:
    """ "Spoke by telephone", "is brought by rail": a bare means behind "by" is no agent."""
    noun, above = i + 1, _kids(parse, parse.head[i])
    if any(parse.dep[kid] == "dobj" for kid in above) and any(parse.dep[kid] == "nsubj" for kid in above):
        parse.dep[i] = "prep"  # "had destroyed their base by air strikes"
    elif noun < len(parse.lower) and parse.head[noun] == i and parse.lower[noun] in load_words().means:
        parse.dep[i] = "prep"
    elif any(parse.dep[kid] == "pobj" and parse.lemma[kid] in load_words().reckonings for kid in _kids(parse, i)):
        parse.dep[i] = "prep"  # "have died, by American estimates"


def _finite_sibling(parse: Columns, i: int) -> None:
    """ "Called on the Union to appoint one and offered to fly": a finite verb is no sibling of an infinitive."""
    head = parse.head[i]
    if parse.tag[head] not in ("VB", "VBN") or parse.dep[head] not in ("xcomp", "advcl", "acl", "relcl", "ccomp"):
        return
    bare = "to" if parse.tag[head] == "VB" else "having"  # "denied having ordered it and blamed others"
    if not any(parse.dep[kid] == "aux" and parse.lower[kid] == bare for kid in _kids(parse, head)):
        return
    if any(parse.dep[kid] in ("nsubj", "nsubjpass", "aux", "auxpass") for kid in _kids(parse, i)):
        return
    above = parse.head[head]
    for _ in range(4):
        passive = parse.tag[above] == "VBN" and any(
            parse.dep[kid] in ("aux", "auxpass") and parse.tag[kid] in FINITE for kid in _kids(parse, above)
        )
        if (parse.tag[above] == parse.tag[i] or passive) and parse.pos[above] == "VERB":
            parse.head[i] = above
            return
        if parse.head[above] == above:
            return
        above = parse.head[above]


def _named(parse: Columns, first: int, last: int) -> bool:
    """Whether a name stands in the phrase that ends with a doer."""
    return last - first < 8 and any(parse.ent[j] in _NAMED for j in range(first + 1, last + 1))


def _infinitive(parse: Columns, i: int) -> None:
    """ "Offered to host talks": what the parser reads as an infinitive is a verb, though the tagger saw a noun."""
    if i and parse.lower[i - 1] == "to" and parse.dep[i - 1] == "aux" and parse.head[i - 1] == i:
        parse.tag[i], parse.pos[i] = "VB", "VERB"
    elif parse.dep[i] == "xcomp":  # "to open borders, share data and stop raids"
        other = next((kid for kid in _kids(parse, parse.head[i]) if parse.dep[kid] == "xcomp"), i)
        if other < i and parse.tag[other] == "VB" and any(parse.dep[kid] == "dobj" for kid in _kids(parse, i)):
            parse.tag[i], parse.pos[i] = "VB", "VERB"
            parse.head[i], parse.dep[i] = other, "conj"


def _lost_verb(parse: Columns, i: int) -> None:
    """ "China complicates matters": a finite verb with a subject, taken for a part of the noun behind it."""
    noun = parse.head[i]
    if noun != i + 1 or parse.tag[noun] not in ("NN", "NNS"):
        return
    if i > 0 and parse.head[i - 1] == i and parse.dep[i - 1] == "nsubj":
        parse.head[i], parse.dep[i] = (i, "ROOT") if parse.head[noun] == noun else (parse.head[noun], parse.dep[noun])
        for kid in _kids(parse, noun):
            if kid > noun:
                parse.head[kid] = i
        parse.head[noun], parse.dep[noun] = i, "dobj"


def _spliced(parse: Columns, i: int) -> None:
    """ "Nepal has banned films, the Maldives have asked soldiers to leave": two clauses, of which none holds the other.

    What tells who says the first has no infinitive, nor an object other than a hearer ("told reporters"), and stands
    before a colon: "the deal was simple: Russia would supply oil".
    """
    second, inner = parse.head[i], _kids(parse, i)
    own = {parse.dep[kid] for kid in inner}
    if parse.dep[second] != "ROOT" or parse.lower[second] in load_words().addressing or "mark" in own:
        return
    if not own & {"nsubj", "nsubjpass"} or parse.dep[inner[0]] in ("aux", "auxpass"):
        return  # "had the ore been shipped, …"
    kids = _kids(parse, second)
    between = [kid for kid in kids if i < kid < second]
    marks = {parse.lower[kid]: kid for kid in (*inner, *between) if i < kid < second and parse.lower[kid] in _SPLICING}
    if not marks or ("advmod" in own and ":" not in marks):
        return
    start = parse.begins[bisect_right(parse.begins, i) - 1] if ":" in marks else max(0, i - 60)
    if not _QUOTES.isdisjoint(parse.lower[start : marks.get(":", second)]):
        return
    if not any(parse.dep[kid] in ("nsubj", "nsubjpass") and kid > min(marks.values()) for kid in between):
        return
    word = parse.lower[second]
    speaks = not load_words().speech.isdisjoint((word, word[:-1], word[:-2]))
    told = ("xcomp",) if speaks else ("xcomp", "dobj")
    if ":" in marks or any(kid > second and parse.dep[kid] in told for kid in kids):
        parse.head[i], parse.dep[i] = i, "ROOT"
        parse.head[second], parse.dep[second] = i, "conj"


def _participle_before(parse: Columns, i: int) -> int:
    """The verb behind whose preposition the noun stands that token i was hung on, or i itself."""
    noun = parse.head[i]
    preposition = parse.head[noun]
    return parse.head[preposition] if parse.dep[noun] == "pobj" and parse.dep[preposition] == "prep" else i


def _garden_path(parse: Columns, i: int, participle: int) -> None:
    """ "Hackers linked to Pyongyang broke into a bank", "Xi, asked about it, smiled": the finite verb is the root, the
    participle its subject's.
    """
    if participle >= i or parse.tag[participle] not in ("VBN", "VBD") or parse.dep[participle] not in ("ROOT", "ccomp"):
        return
    kids = _kids(parse, participle)
    labels = {parse.dep[kid] for kid in kids if kid < participle}
    subject = next((kid for kid in kids if parse.dep[kid] == "nsubj" and kid < participle), None)
    set_off = parse.lower[participle - 1] == "," == parse.lower[i - 1] and parse.pos[participle + 1] not in _NOMINAL
    if subject is None or labels & {"aux", "auxpass"} or (participle != subject + 1 and not set_off):
        return
    between = [parse.dep[kid] for kid in kids if participle < kid < i]
    if not {"cc", "dobj", "mark"}.isdisjoint(between) or ("punct" in between and not set_off):
        return
    below = {parse.dep[kid] for kid in _kids(parse, i)}
    if below & {"nsubj", "nsubjpass", "expl", "mark"}:
        return
    if "auxpass" in below and parse.lower[participle] not in load_words().heard:
        return
    root = parse.head[participle]
    parse.head[i], parse.dep[i] = (i, "ROOT") if root == participle else (root, parse.dep[participle])
    parse.head[participle], parse.dep[participle] = subject, "acl"
    parse.head[subject] = i
    for kid in kids:
        if kid > i:
            parse.head[kid] = i
        elif parse.lower[kid] == "by" and parse.dep[kid] == "prep":
            parse.dep[kid] = "agent"


def _owned_subject(parse: Columns, i: int) -> None:
    """ "Jordan's intelligence service claims": the noun right before the verb is its subject, the owner the noun's."""
    verb = parse.head[i]
    noun = verb - 1
    if not i < noun or parse.head[noun] != verb or parse.dep[noun] != "compound" or parse.pos[noun] != "NOUN":
        return
    if any(parse.dep[kid] in ("nsubj", "nsubjpass", "csubj", "expl") for kid in _kids(parse, verb)):
        return
    parse.dep[noun] = "nsubj"
    for kid in _kids(parse, verb):
        if kid < noun and parse.dep[kid] in ("poss", "compound", "amod", "det", "case", "nmod"):
            parse.head[kid] = noun


def _subject_taken(parse: Columns, i: int) -> None:
    """ "The man believed to have robbed the bank fled", "a state that attacks Chad will pay".

    The object of a participle's infinitive, or of a relative clause, isn't the subject of the main verb behind it.
    """
    kids = _kids(parse, i)
    taken = next((kid for kid in kids if parse.dep[kid] == "nsubj" and kid < i), None)
    inner = parse.head[i] if parse.dep[i] == "ccomp" else _relative(parse, i)
    if taken is None or inner is None or inner > taken or any(parse.dep[kid] == "mark" for kid in kids):
        return
    first = min((j for j in range(inner + 1, taken + 1) if parse.head[j] in (taken, j) or j == taken), default=taken)
    if first != inner + 1 or any(parse.dep[kid] in ("dobj", "attr") for kid in _kids(parse, inner)):
        return
    if parse.dep[inner] == "xcomp":
        participle = parse.head[inner]
        before = _kids(parse, participle)
        subjects = (kid for kid in before if parse.dep[kid] in ("nsubj", "nsubjpass"))
        subject = next((kid for kid in subjects if kid == participle - 1), None)
        heard = parse.tag[participle] == "VBN" or parse.lower[participle] in load_words().heard
        if parse.dep[participle] != "ROOT" or not heard or subject is None:
            return
        if any(parse.dep[kid] in ("aux", "auxpass") for kid in before):
            return
    elif parse.dep[inner] == "relcl" and parse.dep[parse.head[inner]] == "ROOT":
        subject = participle = parse.head[inner]
    else:
        return
    parse.head[taken], parse.dep[taken] = inner, "dobj"
    if participle != subject:
        parse.head[participle], parse.dep[participle] = subject, "acl"
    for kid in _kids(parse, participle) if participle == subject else ():
        if kid > i:
            parse.head[kid] = i
    parse.head[subject], parse.dep[subject] = i, "nsubj"
    parse.head[i], parse.dep[i] = i, "ROOT"


def _relative(parse: Columns, i: int) -> int | None:
    """The relative clause of the same noun right before the one that token i heads."""
    return next((kid for kid in reversed(_kids(parse, parse.head[i])) if kid < i and parse.dep[kid] == "relcl"), None)
