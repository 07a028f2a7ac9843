"""A verb in its sentence → its complements: objects, attributes, prepositional phrases, clauses.

Where a construction keeps them apart from the verb (relative clauses, shared objects) or the parser takes two phrases
for one ("gave North Korea oil"), they are found all the same.
"""

from __future__ import annotations

from dataclasses import replace

from triplomat.ontology.roles import load_roles
from triplomat.ontology.units import load_units
from triplomat.ontology.words import load_words

from .gaps import inverted_speaker
from .parts import Part, clause_part, coordination, part_of
from .passives import is_passive
from .phrases import phrase
from .tree import Tree

_WHEREUPON = frozenset({"after", "before", "during", "following", "since"})
_OVER = frozenset({"ahead", "away", "back", "down", "off", "out", "over", "up"})
_LOCATIVE = {"where": "in", "when": "in", "whereby": "by", "wherein": "in"}


def complements(tree: Tree, i: int) -> list[Part]:
    parts: list[Part] = []
    for kid in tree.kids[i]:
        dep = tree.dep[kid]
        if dep == "dobj":
            if kid != inverted_speaker(tree, i):
                parts += (
                    _named_object(tree, i, kid)
                    or _given_object(tree, i, kid)
                    or _bereft_object(tree, i, kid)
                    or coordination(tree, "object", kid)
                )
        elif dep == "dative" and tree.pos[kid] != "ADP":
            parts += coordination(tree, "indirect", kid)
        elif dep in ("attr", "acomp", "oprd"):
            if dep == "attr" and tree.first(i, "expl") is not None:
                continue  # "there is no proof": what is there is the subject
            parts += coordination(tree, "attribute", kid)
        elif dep == "agent":
            parts += _agent(tree, kid)
        elif dep in ("prep", "dative"):
            if not _is_discourse(tree, kid):
                parts += prepositional(tree, kid)
        elif dep == "prt" and tree.kids[kid]:  # "handed him over to Minsk"
            for prep in tree.kids_of(kid, "prep"):
                parts += prepositional(tree, prep)
        elif dep in ("npadvmod", "tmod"):
            parts.append(part_of(tree, "oblique", kid))
        elif dep in ("xcomp", "ccomp"):
            named = _so_called(tree, kid)
            if named is not None:
                parts.append(named)
                continue
            parts += _small_clause_object(tree, kid)
            parts.append(clause_part(tree, kid))
        elif dep == "advmod" and tree.tag[kid] not in ("WRB",):
            for prep in tree.kids_of(kid, "prep") if tree.lower[kid] in _OVER and kid == i + 1 else ():
                parts += prepositional(tree, prep)  # "pulled back from the places"
            state = tree.lower[kid] in _OVER and tree.lemma[i] == "be" and tree.first(i, "attr", "acomp") is None
            parts.append(part_of(tree, "attribute" if state else "adverb", kid))  # "the war is over"
    return [part for part in parts if not _relative_pronoun(tree, part.i)]


def prepositional(tree: Tree, prep: int, *, role: str = "oblique", before: str = "") -> list[Part]:
    """The objects of a preposition and of those coordinated with it; "out of" counts as one preposition."""
    word = f"{before} {tree.lower[prep]}".strip()
    parts: list[Part] = []
    if word == "as" and prep and tree.lower[prep - 1] == "such":  # "projects such as": examples, not arguments
        return parts
    compound = next((kid for kid in tree.kids_of(prep, "pcomp", "prep", "fixed") if tree.pos[kid] == "ADP"), None)
    if compound == prep + 1 and compound is not None:  # "because of", "due to", "out of"
        if not tree.kids[compound]:
            word = f"{word} {tree.lower[compound]}"
        elif tree.first(prep, "pobj") is None:
            return prepositional(tree, compound, role=role, before=word)
    for kid in tree.kids[prep]:
        dep = tree.dep[kid]
        if kid == compound == prep + 1:
            continue
        if dep == "pobj":
            parts += coordination(tree, role, kid, word)
        elif dep == "pcomp" and (called := _so_called(tree, kid, role, word)) is not None:
            parts.append(called)
        elif dep == "pcomp":
            parts.append(
                clause_part(tree, kid, word) if tree.pos[kid] in ("VERB", "AUX") else part_of(tree, role, kid, word)
            )
        elif dep == "amod" and word == "as" and tree.pos[kid] == "ADJ":  # "dismissed the charges as false"
            parts.append(part_of(tree, role, kid, word))
        elif dep == "prep":
            parts += prepositional(tree, kid, role=role, before="" if tree.first(prep, "pobj") is not None else word)
        elif dep == "conj" and tree.pos[kid] in ("ADP", "SCONJ"):
            parts += prepositional(tree, kid, role=role, before=before)
    return parts


def shared_objects(tree: Tree, i: int) -> list[Part]:
    """The object of the last of coordinated verbs, where the earlier ones have none: "imports and sells oil"."""
    if any(tree.dep[kid] in ("prep", "xcomp", "ccomp", "agent", "acomp", "attr", "prt") for kid in tree.kids[i]):
        return []
    if is_passive(tree, i):
        return []
    for kid in tree.kids_of(i, "conj"):
        between = range(i + 1, kid)
        alike = tree.tag[kid] == tree.tag[i] or {tree.tag[kid], tree.tag[i]} == {"VBD", "VBN"}  # "neither … nor"
        if alike and all(tree.dep[j] in ("cc", "punct", "advmod") for j in between):
            return [part for part in complements(tree, kid) if part.role == "object"] or shared_objects(tree, kid)
    return []


def gap_parts(tree: Tree, i: int, antecedent: int, parts: list[Part]) -> list[Part]:
    """What the antecedent of a relative clause is in it, where it isn't the subject."""
    heads = [antecedent]
    for kid in tree.kids[i]:
        if tree.dep[kid] == "prep":
            inner = tree.first(kid, "pobj")
            if inner is None and tree.first(kid, "pcomp", "prep") is None:
                return [part_of(tree, "oblique", head, tree.lower[kid]) for head in heads]
            if inner is not None and _relative_pronoun(tree, inner):
                if tree.lower[kid] == "of" and any(_is_share(tree, part.i) for part in parts):
                    return []  # "tourists, of whom 60,000 came": a part of them, no complement of the verb
                if tree.lower[kid] in _WHEREUPON and tree.lower[kid - 1] == ",":
                    return []  # "…, after which he left": after all that was said before
                return [part_of(tree, "oblique", head, tree.lower[kid]) for head in heads]
        if tree.dep[kid] == "dobj" and _relative_pronoun(tree, kid):
            if tree.lemma[i] in load_words().answering and tree.pos[antecedent] == "PROPN":
                return []  # "…, which Addis Ababa denies": all that was said before
            return [part_of(tree, "object", head) for head in heads]
        if tree.dep[kid] == "advmod" and tree.lower[kid] in _LOCATIVE:
            return [part_of(tree, "oblique", head, _LOCATIVE[tree.lower[kid]]) for head in heads]
    if any(part.role in ("object", "attribute") for part in parts) or is_passive(tree, i):
        return []
    below = tree.kids_of(i, "xcomp", "ccomp")  # "a step that it refused to take": what is lacking lacks there
    if any(_relative_pronoun(tree, thing) for kid in below for thing in tree.kids_of(kid, "nsubj", "nsubjpass")):
        return []  # "a step that lawyers say would break the law"
    if any(all(_relative_pronoun(tree, thing) for thing in tree.kids_of(kid, "dobj")) for kid in below):
        return []
    return [part_of(tree, "object", head) for head in heads]


def _is_share(tree: Tree, noun: int) -> bool:
    return tree.pos[noun] == "NUM" or tree.lemma[noun] in load_units().fractions


def _is_discourse(tree: Tree, prep: int) -> bool:
    """ "By contrast", "for example": phrases that only lead over."""
    first, last = tree.edges(prep)
    return last - first < 4 and " ".join(tree.lower[first : last + 1]) in load_words().connectives


def _agent(tree: Tree, by: int) -> list[Part]:
    """The doer behind "by"; "by Thursday" is a time, and "by the Union in Nairobi" tells of a place too."""
    doer = tree.first(by, "pobj")
    if doer is None or tree.ent[doer] in ("DATE", "TIME"):
        return prepositional(tree, by)
    parts = prepositional(tree, by, role="agent")
    located = ("GPE", "LOC", "DATE") if tree.ent[doer] in ("ORG", "PERSON", "GPE") else ("DATE",)
    for prep in tree.kids_of(doer, "prep") if parts else ():
        place = tree.first(prep, "pobj")
        if tree.lower[prep] in ("in", "at", "on") and place is not None and tree.ent[place] in located:
            return [replace(parts[0], last=tree.edges(prep)[0] - 1), *parts[1:], *prepositional(tree, prep)]
    return parts


def _named_object(tree: Tree, i: int, noun: int) -> list[Part]:
    """ "Elected Rutte president", "calls Kyiv a puppet": two phrases that the parser took for one."""
    subject = tree.first(noun, "nsubj")
    if subject is not None and i < subject < noun:  # "considers the islet its property"
        last = phrase(tree, noun)[1]
        return [part_of(tree, "object", subject), Part(tree, "attribute", noun, tree.edges(subject)[1] + 1, last)]
    if tree.lemma[i] not in load_words().naming or tree.pos[noun] != "NOUN":
        return []
    name = next((kid for kid in tree.kids_of(noun, "compound", "nmod") if tree.pos[kid] == "PROPN"), None)
    if name is None or noun < name:
        return []
    determined = any(name < kid < noun for kid in tree.kids_of(noun, "det"))
    if not determined and (tree.ent[name] != "PERSON" or tree.first(noun, "det", "poss") is not None):
        return []
    first = name + 1
    return [part_of(tree, "object", name), Part(tree, "attribute", noun, first, phrase(tree, noun)[1])]


def _given_object(tree: Tree, i: int, noun: int) -> list[Part]:
    """ "Gave North Korea oil", "sold Hanoi twenty guns": a name and a thing that the parser took for one phrase."""
    if tree.lemma[i] not in load_words().giving or tree.pos[noun] != "NOUN" or noun < i:
        return []
    kids = tree.kids[noun]
    loose = (kid for kid in kids if tree.dep[kid] in ("compound", "nmod") and tree.ent[kid] in ("GPE", "PERSON"))
    name = next(loose, None)
    if name is None or any(tree.dep[kid] in ("det", "poss") for kid in kids):
        return []
    number = tree.first(noun, "nummod")
    if number is not None and phrase(tree, noun)[0] == tree.edges(name)[0] and name + 1 == tree.edges(number)[0]:
        return [part_of(tree, "indirect", name), Part(tree, "object", noun, name + 1, phrase(tree, noun)[1])]
    inner = all(tree.head[j] == noun and tree.dep[j] in ("compound", "amod") for j in range(name + 1, noun))
    if any(tree.dep[kid] == "prep" for kid in kids) or not inner or (name + 1 != noun and tree.ent[name] != "GPE"):
        return []
    if any(tree.dep[kid] in ("dative", "prep") and tree.lower[kid] == "to" for kid in tree.kids[i]):
        return []
    return [part_of(tree, "indirect", name), Part(tree, "object", noun, name + 1, phrase(tree, noun)[1])]


def _bereft_object(tree: Tree, i: int, noun: int) -> list[Part]:
    """ "Deprived the court of its powers": the of-phrase is the verb's, wherever the parser hung it."""
    prep = next((kid for kid in tree.kids_of(noun, "prep") if tree.lower[kid] == "of" and kid > noun), None)
    if prep is None or tree.lemma[i] not in load_roles().of_theme or tree.tag[noun] in ("JJS", "JJR", "JJ", "DT"):
        return []
    if tree.first(noun, "conj") is not None:
        return []
    if tree.first(i, "ccomp", "xcomp") is not None:  # "warned the crew of the platform that"
        return []
    named = tree.first(prep, "pobj")
    if (named is not None and tree.pos[named] == "PROPN") or any(
        tree.lower[kid] == "of" and kid > prep for kid in tree.kids_of(i, "prep")
    ):  # "accused the mayor of Haifa of lying"
        return []
    first, last = phrase(tree, noun)[0], tree.edges(prep)[0] - 1
    return [Part(tree, "object", noun, first, last), *prepositional(tree, prep)]


def _so_called(tree: Tree, verb: int, role: str = "object", preposition: str | None = None) -> Part | None:
    """ "Condemned what it called an attack": an attack, by somebody's word, not the content of what is said."""
    what, noun = tree.first(verb, "dobj", "nsubjpass"), tree.first(verb, "oprd", "attr")
    if noun is None:  # "what they see as a betrayal"
        seen = (kid for prep in tree.kids_of(verb, "prep") if tree.lower[prep] == "as" for kid in tree.kids[prep])
        noun = next((kid for kid in seen if tree.dep[kid] == "pobj"), None)
    elif tree.lemma[verb] not in load_words().naming:
        return None
    if what is None or noun is None or tree.lower[what] != "what" or tree.pos[noun] not in ("NOUN", "PROPN"):
        return None
    if what > verb or verb < tree.head[verb]:
        return None
    return Part(tree, role, noun, tree.edges(what)[0], phrase(tree, noun)[1], preposition)


def _small_clause_object(tree: Tree, verb: int) -> list[Part]:
    """ "Allowed jets to use", "let monks ring": the infinitive's own subject is the governing verb's object too.

    So is what another thing is called: "considers the stock its property".
    """
    auxiliaries = [tree.lower[kid] for kid in tree.kids[verb] if tree.dep[kid] in ("aux", "auxpass")]
    bare = tree.tag[verb] == "VB" and not auxiliaries and tree.lemma[tree.head[verb]] in load_words().bare_control
    infinitive = bare or "to" in auxiliaries
    subject = tree.first(verb, "nsubj", "nsubjpass")
    asked = any(tree.tag[kid] == "WRB" or tree.dep[kid] == "mark" for kid in tree.kids[verb])
    named = subject is not None and tree.pos[subject] in ("NOUN", "PROPN", "PRON")
    if subject is not None and named and not asked and tree.pos[verb] in ("NOUN", "PROPN", "ADJ"):
        return [
            *coordination(tree, "object", subject),
            Part(tree, "attribute", verb, subject + 1, phrase(tree, verb)[1]),
        ]
    if not infinitive or subject is None or tree.first(verb, "mark") is not None:
        return []
    return coordination(tree, "object", subject)


def _relative_pronoun(tree: Tree, i: int) -> bool:
    if tree.lower[i] == "that" and tree.tag[i] == "IN":  # "a charge that it rejects"
        return tree.dep[i] in ("dobj", "nsubj", "nsubjpass", "pobj")
    return tree.tag[i] in ("WDT", "WP") and tree.lower[i] in ("which", "that", "who", "whom")
