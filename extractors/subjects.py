"""Whose subject a verb without one takes over: coordination, relatives, participles, control, raising."""

from __future__ import annotations

from triplomat.ontology.embedding import load_embedding
from triplomat.ontology.units import load_units
from triplomat.ontology.words import Words, load_words

from .gaps import inverted_speaker, is_relative, lacking, measured, relative_gap, tough
from .passives import OWN, is_passive
from .tree import Tree

_FRONTED = frozenset({"whom", "which"})


class Subjects:
    """The subjects of the verbs of a tree, each found once."""

    def __init__(self, tree: Tree, words: Words | None = None) -> None:
        self._tree = tree
        self._words = words or load_words()
        self._known = tree.subjects

    def of(self, i: int) -> list[int]:
        """The head of the grammatical subject of verb i (without its siblings), or nothing."""
        found = self._find(i)
        return [] if found is None else [found]

    def _find(self, i: int) -> int | None:
        if i not in self._known:
            self._known[i] = None  # breaks circles
            self._known[i] = self._search(i)
        return self._known[i]

    def _search(self, i: int) -> int | None:
        tree = self._tree
        own = self._own(i)
        if own is not None:
            return self._antecedent(i, own) if tree.tag[own] in ("WDT", "WP") else own
        inverted = inverted_speaker(tree, i)
        if inverted is not None:
            return inverted
        head, dep = tree.head[i], tree.dep[i]
        if tree.first(i, "expl") is not None:
            return tree.first(i, "attr", "dobj")
        if dep == "conj" and tree.pos[head] in ("VERB", "AUX"):
            return self._find(head)
        if dep == "xcomp" and (adjective := tough(tree, i)) is not None:
            subject = tree.first(tree.head[adjective], "nsubj")
            if lacking(tree, i) is not None or (subject is not None and tree.lower[subject] == "it"):
                return None
        if dep in ("xcomp", "advcl") and self._is_impersonal(i):
            return None
        if dep == "relcl" and self._is_embedded(i, head):  # "has reason to believe"
            return self._owner(head)
        if dep == "relcl":
            return head if tree.pos[head] not in ("VERB", "AUX") else None
        if dep == "acl":
            return self._of_acl(i, head)
        if dep in ("xcomp", "ccomp", "advcl", "pcomp", "dep", "acomp"):
            return self._of_complement(i, head, dep)
        return None

    def _is_impersonal(self, i: int) -> bool:
        """ "It was too early to blame anyone": "it" stands for the infinitive, and does nothing."""
        tree = self._tree
        adjective = tree.head[i]
        verb = tree.head[adjective] if tree.pos[adjective] in ("ADJ", "ADV", "NOUN") else adjective
        what = adjective if verb != adjective else tree.first(verb, "acomp", "advmod", "attr")
        subject = tree.first(verb, "nsubj")
        if subject is None or what is None or tree.lower[subject] != "it" or tree.tag[i] != "VB":
            return False
        return tree.lemma[verb] in self._words.copulas and tree.lower[what] in self._words.impersonal

    def _own(self, i: int) -> int | None:
        """The subject that hangs on the verb; "The talks, said the envoy, have failed" hangs both on one."""
        tree = self._tree
        own = tree.kids_of(i, *OWN)
        if len(own) > 1 and tree.dep[i] == "parataxis" and own[0] < i < own[-1]:
            return own[-1]
        if not own:
            for kid in tree.kids_of(i, "parataxis"):
                inner = tree.kids_of(kid, *OWN)
                if len(inner) > 1 and inner[0] < kid < inner[-1]:
                    return inner[0]
        return own[0] if own else None

    def _is_embedded(self, i: int, noun: int) -> bool:
        """Whether an infinitive says what a noun of purpose, chance or plan is about, not what the noun does."""
        tree = self._tree
        if not any(tree.lower[kid] == "to" and tree.dep[kid] == "aux" for kid in tree.kids[i]):
            return False
        return tree.ent[noun] in ("DATE", "TIME") or load_embedding().find(tree.lemma[noun], "noun", "to") is not None

    def _antecedent(self, i: int, own: int) -> int | None:
        tree = self._tree
        verb = i
        while tree.dep[verb] == "conj" and tree.pos[tree.head[verb]] in ("VERB", "AUX"):
            verb = tree.head[verb]
        if tree.dep[verb] == "relcl" and is_relative(tree, own):
            return measured(tree, tree.head[verb]) if tree.pos[tree.head[verb]] not in ("VERB", "AUX") else None
        if tree.dep[verb] == "ccomp" and tree.dep[tree.head[verb]] == "relcl":  # "which he says supports"
            return tree.head[tree.head[verb]]
        head = tree.head[verb]
        if tree.dep[verb] == "ccomp" and tree.lemma[head] == "be" and tree.lower[own] in ("that", "who"):
            expletive = tree.first(head, "nsubj", "expl")  # a cleft: "it is Russia that supplies the oil"
            if expletive is not None and tree.lower[expletive] == "it":
                return tree.first(head, "attr")
        return None if tree.lower[own] in ("which", "that") else own

    def _of_acl(self, i: int, noun: int) -> int | None:
        """A participle's subject is the noun; an infinitive's whoever has the plan, the right, the duty."""
        tree = self._tree
        if not any(tree.lower[kid] == "to" and tree.dep[kid] == "aux" for kid in tree.kids[i]):
            return noun
        return self._owner(noun)

    def _owner(self, noun: int) -> int | None:
        """Who has or makes what a noun names: possessor, by-phrase, or the subject of the verb that it belongs to."""
        tree = self._tree
        if tree.lower[noun - 1 : noun + 1] == ["in", "order"] and (gerund := self._gerund_before(noun)) is not None:
            return self._find(gerund)  # "accused her of exploiting it in order to win"
        if tree.lemma[noun] in self._words.demands and (asked := self._asked(noun)) is not None:
            return asked if asked != noun else None
        owner = tree.first(noun, "poss")
        if owner is not None:
            return owner
        for prep in tree.kids_of(noun, "prep", "agent"):
            if tree.lower[prep] in ("by", "from") and (owner := tree.first(prep, "pobj")) is not None:
                return owner
        head, dep = tree.head[noun], tree.dep[noun]
        if tree.pos[head] in ("VERB", "AUX") and head != noun:
            if dep == "dobj" and tree.lemma[head] in self._words.foiling and tree.first(noun, "det") is not None:
                return None
            if dep == "dobj":
                receiver = self._receiver(head)
                return self._find(head) if receiver is None else receiver
            if dep in ("nsubj", "nsubjpass", "attr"):
                return None
        if dep == "pobj" and tree.pos[tree.head[head]] in ("VERB", "AUX"):
            return self._find(tree.head[head])
        return None

    def _gerund_before(self, order: int) -> int | None:
        """The gerund that tells what somebody is accused of, where "in order to" stands behind it."""
        tree = self._tree
        verb = tree.head[tree.head[order]]
        if tree.pos[verb] != "VERB" or tree.lemma[verb] not in self._words.object_gerund:
            return None
        gerunds = (kid for prep in tree.kids_of(verb, "prep") for kid in tree.kids_of(prep, "pcomp"))
        return next((gerund for gerund in gerunds if gerund < order), None)

    def _asked(self, noun: int) -> int | None:
        """Who is to do what a call asks for: "ignored Mali's call to pay", "issued calls on Mali to pay"; or the noun.

        None where the noun isn't what somebody makes or answers.
        """
        tree = self._tree
        verb = tree.head[noun]
        for prep in tree.kids_of(noun, "prep"):
            if tree.lower[prep] in ("on", "to", "for") and (hearer := tree.first(prep, "pobj")) is not None:
                return hearer
        if tree.dep[noun] == "pobj" and tree.pos[tree.head[verb]] == "VERB":
            verb = tree.head[verb]
        elif tree.dep[noun] != "dobj":
            return None
        if tree.lemma[verb] not in self._words.answered:
            return noun
        return self._find(verb) if not is_passive(tree, verb) else noun

    def _suspect(self, noun: int) -> int | None:
        """ "Arrested six men on suspicion of blowing up a canal": whoever is arrested is held to have done it."""
        tree = self._tree
        preposition, owned = tree.head[noun], tree.first(noun, "poss") is not None
        verb = tree.head[preposition]
        if owned or tree.dep[noun] != "pobj" or tree.lower[preposition] not in ("on", "for", "under", "over"):
            return None
        if tree.pos[verb] != "VERB" or tree.lemma[verb] not in self._words.object_gerund:
            return None
        return self._controller(verb, gerund=True)

    def _receiver(self, verb: int) -> int | None:
        """Who is given something: "gave Oslo 72 hours to withdraw", where it is Oslo that withdraws."""
        tree = self._tree
        receiver = tree.first(verb, "dative") if tree.lemma[verb] in self._words.giving else None
        return receiver if receiver is not None and tree.pos[receiver] != "ADP" and tree.first(verb, "dobj") else None

    def _of_complement(self, i: int, head: int, dep: str) -> int | None:
        tree = self._tree
        if dep == "pcomp":
            prep, head = head, tree.head[head]
            if tree.dep[prep] == "agent" and is_passive(tree, head):
                return None  # "was extended by bombing villages"
            while tree.dep[prep] in ("prep", "conj") and tree.pos[head] == "ADP":
                prep, head = head, tree.head[head]
            if tree.pos[head] in ("NOUN", "PROPN"):
                if tree.tag[i] == "VBG" and not tree.kids[i] and tree.lower[prep] in ("on", "about", "of"):
                    return None  # "figures on logging"
                suspect = self._suspect(head)
                return self._owner(head) if suspect is None else suspect
            if i < head or tree.lower[tree.head[i]] not in self._words.object_prepositions:
                return self._find(head)
            if tree.lemma[head] == "charge" and tree.lower[prep] == "for" and tree.first(head, "dobj") is None:
                return self._find(head)  # "the fees it charges for carrying oil"
            if tree.lemma[head] == "spend" and is_passive(tree, head):  # "will be spent on repairing roads"
                return None
            return self._controller(head, gerund=True)
        if tree.pos[head] in ("ADJ", "NOUN", "PROPN") and tree.pos[tree.head[head]] in ("VERB", "AUX"):
            return self._find(tree.head[head])
        if tree.pos[head] not in ("VERB", "AUX"):
            return None
        if dep == "advcl":
            if i < head:  # "Leaving Kabul, the envoy praised …"
                return self._find(head) if tree.tag[i] in ("VBG", "VBN", "VB") else None
            if tree.tag[i] not in ("VBG", "VBN", "VB", "VBD") or (
                tree.tag[i] == "VBD" and tree.first(i, "aux") is None
            ):
                return None
            if tree.tag[i] == "VB" and (receiver := self._receiver(head)) is not None:
                return receiver
            if tree.tag[i] == "VB" and (told := self._told_before(i, head)) is not None:
                return told
            loose = i > 0 and tree.lower[i - 1] == ","  # "barred the envoy, rejecting the call": who bars rejects
            return (
                self._controller(head, gerund=True)
                if tree.tag[i] == "VBG" and tree.first(i, "mark") is None and not loose
                else self._find(head)
            )
        if dep == "ccomp" and tree.tag[i] in ("VBD", "VBZ", "VBP"):
            return None
        if dep == "ccomp" and any(tree.tag[kid] in ("VBD", "VBZ", "VBP", "MD") for kid in tree.kids_of(i, "aux")):
            return None  # "a sound that leaders said had come from a weapon"
        return self._controller(head, gerund=False)

    def _told_before(self, i: int, verb: int) -> int | None:
        """ "Obliges each state to help", "appealed to states to help": who stands right before the infinitive."""
        tree, lemma = self._tree, self._tree.lemma[verb]
        told = tree.first(verb, "dobj") if lemma in self._words.object_control else None
        for prep in tree.kids_of(verb, "prep") if lemma in self._words.prepositional_control else ():
            told = tree.first(prep, "pobj") if tree.lower[prep] in ("on", "to", "with") else told
        if told is None or told > i:
            return None
        between = range(tree.edges(told)[1] + 1, tree.edges(i)[0])  # "told his troops on Tuesday to prepare"
        if len(between) and lemma not in self._words.telling:
            return None
        return told if all(tree.ent[j] in ("DATE", "TIME") or tree.dep[j] == "prep" for j in between) else None

    def _is_planned(self, noun: int, verb: int) -> bool:
        """ "Ignored appeals to call it off": the noun's own infinitive, which no appeal does."""
        tree, lexicon = self._tree, load_embedding()
        if tree.pos[noun] != "NOUN" or lexicon.exact(tree.lemma[verb], "verb", "to") is not None:
            return False
        return tree.lemma[noun] in self._words.demands or lexicon.exact(tree.lemma[noun], "noun", "to") is not None

    def _is_left(self, verb: int, thing: int) -> bool:
        """ "Missed the dinner to fly home": a gathering that somebody leaves or shuns does nothing afterwards."""
        return self._tree.lemma[verb] in self._words.leaving and self._tree.pos[thing] == "NOUN"

    def _controller(self, verb: int, *, gerund: bool) -> int | None:
        """The object of the governing verb where it controls, else its subject."""
        tree = self._tree
        objects = tree.kids_of(verb, "dobj", "dative")  # "whom Delhi accuses Kabul of sheltering": Kabul shelters
        controlled = next((kid for kid in objects if kid > verb or len(objects) == 1), None)
        if controlled is not None and tree.pos[controlled] == "ADP":
            controlled = tree.first(controlled, "pobj")
        if controlled is not None and tree.lower[controlled] in _FRONTED and tree.dep[verb] == "relcl":
            controlled = measured(tree, tree.head[verb])  # "miners, whom both blame for poisoning rivers"
        lemma = tree.lemma[verb]
        if not gerund and controlled is not None and controlled > verb and self._is_planned(controlled, verb):
            return self._owner(controlled)
        if gerund:
            if lemma in self._words.object_gerund:
                if is_passive(tree, verb):
                    return self._find(verb)
                if controlled is None:  # "three men it suspects of funding him"
                    controlled = relative_gap(tree, verb)
                return controlled if controlled is not None else self._find(verb)
            return self._find(verb)
        if lemma == "take" and controlled is not None and tree.lemma[controlled] in load_units().spans:
            return None  # "it could take years to recover the money"
        if controlled is not None and self._is_left(verb, controlled):
            return self._find(verb)
        if controlled is not None and lemma not in self._words.subject_control and not is_passive(tree, verb):
            return controlled
        if lemma in self._words.prepositional_control and not is_passive(tree, verb):
            for prep in tree.kids_of(verb, "prep"):
                if (
                    tree.lower[prep] in ("on", "upon", "to", "for", "with")
                    and (found := tree.first(prep, "pobj")) is not None
                ):
                    return found
        return self._find(verb)
