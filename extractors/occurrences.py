"""An event noun in its sentence → whether the event occurs: "the plan for an attack", "the attack never took place".

What a noun names is there for the reader unless something says otherwise of it: the word that governs it, an adjective
before it, or the predicate that it is the subject of.
"""

from __future__ import annotations

from dataclasses import replace

from triplomat.ontology.embedding import Signature

from .clauses import is_predicate, lemma_of, verb_chain
from .embedding import Embedding
from .marks import weaker
from .negation import lacks
from .status import VERBAL, Factuality, Statuses, predicate_above

_BESIDE = frozenset({"in", "at", "during", "after", "before", "with", "by", "since", "as"})
_PARTS = frozenset({"of", "for", "to", "on", "against", "over", "about", "in"})
_CONTENTS = ("of", "for", "that", "to")
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "all", "each", "which"})


class Occurrences:
    """The surroundings of event nouns."""

    def __init__(self, statuses: Statuses, embedding: Embedding) -> None:
        self._statuses = statuses
        self._embedding = embedding
        self._tree = statuses.known.tree
        self._words = statuses.known.words
        self._lexicon = statuses.known.lexicon

    def of(self, i: int) -> Factuality:
        """An event noun shares the status of the predicate that it depends on, unless that one says otherwise of it."""
        tree = self._tree
        dep, head = tree.dep[i], tree.head[i]
        if tree.begins(i - 1) and tree.tag[i - 1] == "VBG" and tree.head[i - 1] == i:  # "Fearing assassination, he"
            found = self._lexicon.find(tree.lemma[i - 1], "verb", "object")
            if found is not None and not _is_certain(found):
                return Factuality("positive" if found.affirmed.holds else "negative", found.affirmed.modality)
        participle = next((kid for kid in tree.kids_of(i, "acl") if tree.tag[kid] == "VBN" and kid == i + 1), None)
        if participle is not None and tree.head[i] == i:  # "Strike averted as union accepts offer"
            found = self._lexicon.exact(f"be {tree.lower[participle]}", "verb", "event")
            if found is not None:
                return Factuality("positive" if found.affirmed.holds else "negative", found.affirmed.modality)
        if dep == "conj":
            return self.of(head) if tree.pos[head] not in VERBAL else self._statuses.context(head)
        if dep in ("compound", "nmod", "amod") and tree.pos[head] in ("NOUN", "PROPN"):
            return self._before(i, head)
        if dep == "pobj":
            return self._behind(i, tree.lower[head], tree.head[head])
        if tree.pos[head] not in VERBAL:
            return self._embedding.near(i)
        return self._argument(i, head, dep, "")

    def _before(self, i: int, noun: int) -> Factuality:
        """ "The invasion plan", "boycott calls": what the second noun makes of the first."""
        embedding = self._embedding
        for marker in _CONTENTS if self._tree.lemma[noun] != "power" else ():
            found = self._lexicon.exact(self._tree.lemma[noun], "noun", marker)
            if found is None and marker == "for":
                found = self._lexicon.exact(self._tree.lemma[noun], "noun", "")
            if found is not None and not (_is_certain(found) and found.certain):
                return embedding.embedded(i, noun, marker, embedding.near_noun(noun, marker))
        return embedding.near(i)

    def _behind(self, i: int, marker: str, above: int) -> Factuality:
        tree, embedding = self._tree, self._embedding
        if tree.pos[above] == "ADP" and tree.dep[above] == "prep":  # "out of", "ahead of"
            marker, above = f"{tree.lower[above]} {marker}", tree.head[above]
        if marker == "without":
            verb = above if is_predicate(tree, above) else predicate_above(tree, above)
            return replace(self._statuses.of(verb), polarity="negative")
        modality = self._words.introduction(marker)
        if modality is not None:  # "pending a ruling", "barring an attack"
            return replace(embedding.near(i), polarity="positive", modality=modality)
        if tree.pos[above] in VERBAL:
            return self._argument(i, above, "pobj", marker)
        if tree.pos[above] in ("ADJ", "ADV") and self._embedding.has_adverb(tree.head[above], marker):
            return self._embedding.embedded(i, tree.head[above], marker)  # "came close to war"
        if tree.pos[above] == "ADJ":
            found = self._lexicon.exact(tree.lower[above], "adj", marker) or self._lexicon.exact(
                tree.lower[above], "adj", "to"
            )
            return embedding.near(i) if found is None else embedding.embedded(i, above, marker)
        verb = tree.head[above]
        if tree.dep[above] == "dobj" and self._lexicon.exact(lemma_of(tree, verb), "verb", marker) is not None:
            return self._argument(i, verb, "pobj", marker)  # "warned Europe of war"
        if tree.pos[above] == "NOUN" and marker in ("of", "about"):
            worth = embedding.contents.rejected(above)  # "reports of a blast are wrong"
            if worth is not None and self._lexicon.find(tree.lemma[above], "noun", "that") is not None:
                return worth
        if tree.pos[above] == "NOUN" and marker in _PARTS:
            if self._lexicon.find(tree.lemma[above], "noun", marker):
                return embedding.embedded(i, above, marker, embedding.near_noun(above, marker))
            if marker == "for" and not self.is_definite(i):  # "a timetable for a withdrawal"
                near = embedding.near(i)
                return replace(near, modality=weaker(near.modality, "possible"))
        return embedding.near(i)

    def is_definite(self, noun: int) -> bool:
        """Whether a noun names something that the reader is taken to know."""
        tree = self._tree
        return tree.pos[noun] == "PROPN" or any(
            tree.dep[kid] == "poss" or (tree.dep[kid] == "det" and tree.lower[kid] in _DEFINITE)
            for kid in tree.kids[noun]
        )

    def of_gerund(self, head: int) -> Factuality:
        """ "Seizing the port took months", but "would take months", "is not easy", "was never on the table"."""
        verdict = self._predicated(head)
        if verdict is not None:
            return verdict
        status = replace(self._statuses.of(head), polarity="positive")
        past = any(self._tree.tag[j] == "VBD" for j in verb_chain(self._tree, head))
        return status if past or status.modality != "asserted" else replace(status, modality="possible")

    # ------------------------------------------------------------------ arguments of verbs
    def _argument(self, i: int, verb: int, dep: str, marker: str) -> Factuality:
        """An event noun that is an argument of a verb: "launched an attack", "called for a truce"."""
        tree = self._tree
        status = self._statuses.of(verb)
        if lacks(tree, i, self._words):  # "launched no attack": the noun will say so itself
            status = replace(status, polarity=self._statuses.context(verb).polarity)
        elif dep == "dobj" and tree.lemma[i] in self._words.demands and tree.lemma[verb] in self._words.answered:
            return replace(status, polarity="positive")  # "rejected Polish calls": they came
        if dep in ("nsubj", "nsubjpass") and (said := self._predicated(verb)) is not None:
            return said
        if dep == "nsubj":
            return replace(status, polarity="positive")
        if dep == "attr" and (cleft := self._cleft(i, verb, status)) is not None:
            return cleft
        if dep == "attr" or (dep == "dobj" and tree.lemma[verb] == "have"):
            return status
        if dep == "pobj" and (extraposed := self._extraposed(i, verb, marker)) is not None:
            return extraposed
        signature = self._lexicon.find(lemma_of(tree, verb), "verb", marker or "object")
        if signature is not None and marker not in ("", "from", "against") and not signature.affirmed.holds:
            signature = self._lexicon.exact(lemma_of(tree, verb), "verb", marker)  # "quits over claims"
        if signature is None:
            return replace(status, polarity="positive") if dep == "pobj" else status
        if marker == "as" and signature.holder:  # "what the army described as a depot"
            return self._embedding.embedded(i, verb, "as", status)
        word = signature.holder and marker in ("of", "about")  # "warned of a war"
        if dep == "pobj" and ((_is_certain(signature) and not word) or marker in _BESIDE):
            return replace(status, polarity="positive")
        return self._embedding.embedded(i, verb, marker or "object", status)

    def _cleft(self, i: int, copula: int, status: Factuality) -> Factuality | None:
        """ "What it proposes is the abolition of the veto", "the last thing it wants is a war"."""
        tree = self._tree
        subject = tree.first(copula, "nsubj", "csubj")
        if subject is None or subject > i:
            return None
        if any(tree.lower[kid] == "last" for kid in tree.kids[subject]) and tree.lemma[subject] == "thing":
            return replace(status, polarity="negative", modality=weaker(status.modality, "intended"))
        clause = subject if tree.dep[subject] == "csubj" else tree.first(subject, "relcl")
        if clause is None or tree.pos[clause] not in VERBAL or tree.tag[subject] == "VBG":
            return None
        found = self._lexicon.find(lemma_of(tree, clause), "verb", "object")
        if found is None or _is_certain(found):
            return None
        return self._embedding.embedded(i, clause, "object", self._statuses.of(clause))

    def has_happened(self, i: int) -> bool:
        """Whether its verb says of an event that it came about: "the threatened withdrawal went ahead"."""
        tree = self._tree
        verb = tree.head[i]
        if tree.dep[i] != "nsubj" or tree.pos[verb] not in VERBAL or tree.tag[verb] != "VBD":
            return False
        found = self._verdict(verb)
        return found is not None and _is_certain(found) and self._statuses.of(verb).plain

    def _extraposed(self, i: int, verb: int, marker: str) -> Factuality | None:
        """ "Fears grow of war", "pressure is mounting for a truce": the phrase belongs to the subject."""
        tree = self._tree
        subject = tree.first(verb, "nsubj", "nsubjpass")
        if marker not in ("of", "for", "about") or subject is None or tree.first(verb, "dobj") is not None:
            return None
        if self._lexicon.exact(lemma_of(tree, verb), "verb", marker) is not None:
            return None
        found = self._lexicon.find(tree.lemma[subject], "noun", marker)
        if tree.pos[subject] != "NOUN" or found is None or _is_certain(found):
            return None
        return self._embedding.embedded(i, subject, marker, self._embedding.near_noun(subject, marker))

    def _predicated(self, verb: int) -> Factuality | None:
        """What a predicate says of an event: "is imminent", "did not take place", "is out of the question"."""
        tree = self._tree
        status, node = self._statuses.of(verb), verb
        while True:
            found = self._verdict(node)
            below = [kid for kid in tree.kids[node] if tree.dep[kid] in ("xcomp", "acomp", "oprd") and kid > node]
            if found is not None or not below:
                break
            node = below[0]
            if tree.pos[node] in VERBAL and tree.dep[node] == "xcomp":
                status = self._statuses.of(node)
        if found is None:
            return None
        effect = found.affirmed if status.polarity == "positive" else found.negated
        return replace(
            status,
            polarity="positive" if effect.holds else "negative",
            modality=weaker(status.modality, effect.modality),
        )

    def _verdict(self, node: int) -> Signature | None:
        tree, lexicon = self._tree, self._lexicon
        if tree.pos[node] in ("ADJ", "ADV"):
            return lexicon.exact(tree.lower[node], "adj", "event")
        if tree.pos[node] not in VERBAL:
            return None
        lemma = lemma_of(tree, node)
        if (thing := tree.first(node, "dobj")) is not None:
            lemma = f"{lemma} {tree.lower[thing]}"  # "take place"
        found = lexicon.exact(f"be {tree.lower[node]}", "verb", "event") or lexicon.exact(lemma, "verb", "event")
        for kid in tree.kids_of(node, "acomp", "attr", "oprd", "prep", "advmod"):
            if found is not None:
                break
            if tree.dep[kid] == "prep":
                found = self._state(kid)
            elif tree.lemma[node] in self._words.copulas:
                pos = "noun" if tree.pos[kid] in ("NOUN", "PROPN") else "adj"
                found = lexicon.exact(tree.lemma[kid] if pos == "noun" else tree.lower[kid], pos, "event")
        return found

    def _state(self, preposition: int) -> Signature | None:
        """ "On the cards", "out of the question", "in doubt"."""
        tree = self._tree
        words, node = [tree.lower[preposition]], preposition
        for _ in range(3):
            inner = tree.first(node, "pobj", "prep", "pcomp")
            if inner is None:
                return None
            words.append(tree.lower[inner] if tree.dep[inner] == "prep" else tree.lemma[inner])
            if (found := self._lexicon.exact(" ".join(words), "noun", "event")) is not None:
                return found
            node = inner
        return None


def _is_certain(signature: Signature) -> bool:
    return signature.affirmed.holds and signature.affirmed.modality == "asserted"
