"""A clause's place in its sentence → the word that governs it, that word's signature, and who answers for it."""

from __future__ import annotations

from spacy.tokens import Span

from triplomat.ontology.embedding import Effect, Signature

from .clauses import lemma_of
from .passives import is_passive
from .phrases import phrase
from .status import VERBAL, Known

_CIRCUMSTANTIAL = frozenset({"after", "before", "by", "despite", "during", "since", "through", "upon", "when", "while"})
_BELIEVING, _MAKING = frozenset({"believe", "think", "accept"}), frozenset({"have", "like", "want", "wish", "lead"})
_TOO = Signature(Effect(False, "asserted"), Effect(True, "asserted"))
_ENOUGH = Signature(Effect(True, "possible"), Effect(False, "possible"))


class Governing:
    """Governors, signatures and holders of embedded clauses."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._tree = known.tree

    def governor(self, preposition: int) -> tuple[int, str]:
        """The word that a preposition with a gerund belongs to, and the marker: "cleared the senator of taking".

        Where it hangs below a noun that embeds nothing, the verb above that noun is meant, as in "came within metres
        of colliding" (marker "within").
        """
        tree, lexicon = self._tree, self._known.lexicon
        marker, head = tree.lower[preposition], tree.head[preposition]
        while tree.dep[preposition] == "conj" and tree.pos[head] == "ADP":  # "of acting and of filling"
            preposition, head = head, tree.head[head]
        if tree.pos[head] in ("ADP", "SCONJ"):  # "out of signing"
            marker, head = f"{tree.lower[head]} {marker}", tree.head[head]
        if tree.pos[head] in VERBAL and (noun := self._noun_beside(preposition, head, marker)) is not None:
            return noun, marker
        if tree.pos[head] in (*VERBAL, "ADJ", "ADV") or self.signature(head, "noun", marker) is not None:
            return head, marker
        node, markers = head, [marker]
        while tree.dep[node] in ("dobj", "pobj", "npadvmod", "nsubjpass", "attr"):
            if tree.dep[node] == "pobj":
                node = tree.head[node]
                markers.append(tree.lower[node])
            node = tree.head[node]
            if tree.pos[node] in VERBAL:
                break
        if tree.pos[node] in VERBAL:
            for word in reversed(markers):
                if lexicon.exact(lemma_of(tree, node), "verb", word) is not None:
                    return node, word
            if lemma_of(tree, node) in self._known.words.object_gerund:
                return node, marker
        return head, marker

    def _noun_beside(self, preposition: int, verb: int, marker: str) -> int | None:
        """ "Faces trial for robbing", where the parser gives the verb what the noun right before says."""
        tree, lexicon = self._tree, self._known.lexicon
        lemma = lemma_of(tree, verb)
        if lemma in self._known.words.object_gerund or lexicon.exact(lemma, "verb", marker) is not None:
            return None
        noun = preposition - 1
        if noun <= verb or tree.pos[noun] != "NOUN" or tree.dep[noun] not in ("dobj", "pobj", "attr"):
            return None
        marker = "to -ing" if marker == "to" else marker
        found = lexicon.exact(tree.lemma[noun], "noun", marker)
        if found is None and tree.dep[noun] == "pobj":
            found = lexicon.find(f"{self._prepositions(noun)} {tree.lemma[noun]}", "noun", marker)
        return None if found is None else noun

    def signature(self, head: int, pos: str, marker: str) -> Signature | None:
        """The signature of the predicate at `head` with such a complement, or None where the lexica have none."""
        tree, lexicon = self._tree, self._known.lexicon
        if pos == "verb":
            with_adverb = self.with_adverb(head, marker)
            if with_adverb is not None:
                return with_adverb
            look = lexicon.exact if marker in _CIRCUMSTANTIAL else lexicon.find
            active = look(lemma_of(tree, head), "verb", marker)
            thing = tree.first(head, "dobj")
            if thing is not None and tree.lower[thing] == "it":  # "have it that"
                active = lexicon.exact(f"{lemma_of(tree, head)} it", "verb", marker) or active
            if not is_passive(tree, head) or (tree.first(head, "agent") is not None and active and active.holder):
                return active
            return lexicon.find(f"be {tree.lower[head]}", "verb", marker) or active
        if pos == "noun":
            verb = self.phrase_verb(head)
            if verb is not None and marker != "that":
                return self._known.phrasal.find(verb, tree.lemma[head])
            if tree.dep[head] == "pobj":  # "in a position to"
                found = lexicon.find(f"{self._prepositions(head)} {tree.lemma[head]}", "noun", marker)
                if found is not None:
                    return found
        if pos == "noun" and marker == "that" and lexicon.find(tree.lemma[head], pos, marker) is None:
            return lexicon.exact(tree.lemma[head], pos, "claim")  # "a myth that"
        if tree.pos[tree.head[head]] == "VERB":  # "made sure that"
            found = lexicon.find(f"{tree.lemma[tree.head[head]]} {tree.lower[head]}", "verb", marker)
            if found is not None:
                return found
        return lexicon.find(tree.lower[head] if pos == "adj" else tree.lemma[head], pos, marker)

    def with_adverb(self, verb: int, marker: str) -> Signature | None:
        """The signature of a verb with its adverb: "go so far as to", "stop short of"."""
        tree = self._tree
        for kid in tree.kids_of(verb, "advmod", "acomp", "prep"):
            if tree.dep[kid] == "prep" and (tree.kids[kid] or kid != verb + 1):
                continue
            found = self._known.lexicon.find(f"{lemma_of(tree, verb)} {tree.lower[kid]}", "verb", marker)
            if found is not None:
                return found
        return None

    def pos(self, head: int) -> str:
        """The part of speech that the lexicon lists it under; "concerned", "accused" as complements are adjectives."""
        tree = self._tree
        pos = tree.pos[head]
        if pos in VERBAL:
            ascribed = tree.tag[head] == "VBN" and tree.dep[head] in ("acomp", "oprd")
            return "adj" if ascribed and self._known.lexicon.find(tree.lower[head], "adj") is not None else "verb"
        return "adj" if pos in ("ADJ", "ADV") else "noun"

    def _prepositions(self, noun: int) -> str:
        tree = self._tree
        inner = tree.head[noun]
        outer = tree.head[inner]
        return f"{tree.lower[outer]} {tree.lower[inner]}" if tree.pos[outer] in ("ADP", "SCONJ") else tree.lower[inner]

    def object_between(self, i: int, verb: int) -> int | None:
        """The noun right before an infinitive that embeds together with its verb: "lacked the means to attack"."""
        tree = self._tree
        before = tree.edges(i)[0] - 1
        node = before
        while node > verb and tree.head[node] != verb:
            if self.phrase_verb(node) is not None and tree.edges(node)[1] == before:
                return node
            node = tree.head[node]
        return node if node > verb and self.phrase_verb(node) is not None else None

    def phrase_verb(self, noun: int) -> str | None:
        """The verb that embeds together with this noun: "lacked" of "lacked the courage to"."""
        tree, phrasal = self._tree, self._known.phrasal
        verb = tree.head[noun]
        if tree.dep[noun] == "pobj":
            while tree.pos[verb] in ("ADP", "SCONJ") and tree.head[verb] != verb:
                verb = tree.head[verb]
        elif tree.dep[noun] not in ("dobj", "nsubjpass"):
            return None
        if tree.pos[verb] not in VERBAL:
            return None
        lemma = lemma_of(tree, verb)
        if (found := phrasal.find(lemma, tree.lemma[noun])) is not None:
            done = found.affirmed.modality == "asserted" and tree.dep[noun] == "nsubjpass"
            return None if done else lemma  # who ignores an offer needn't be who made it
        for kid in tree.kids_of(verb, "advmod", "acomp", "oprd", "prep"):  # "made good on", "ran out of"
            if phrasal.find(f"{lemma} {tree.lower[kid]}", tree.lemma[noun]) is not None:
                return f"{lemma} {tree.lower[kid]}"
        return None

    def degree(self, head: int) -> Signature | None:
        """ "Too tired to", "strong enough to"."""
        tree = self._tree
        for kid in tree.kids_of(head, "advmod"):
            if tree.lower[kid] == "too":
                return _TOO
            if tree.lower[kid] == "enough":
                return _ENOUGH
        return None

    def letting(self, verb: int) -> Span | None:
        """Who "let it be known"."""
        tree = self._tree
        above = tree.head[verb]
        if tree.lemma[above] != "let" or tree.lower[verb] not in ("known", "understood", "said"):
            return None
        owner = next(iter(self._known.subjects.of(above)), None)
        return None if owner is None else tree.span(*phrase(tree, owner))

    def is_impersonal(self, verb: int) -> bool:
        """Whether "it" stands for what follows: "it took a week to"."""
        subject = self._tree.first(verb, "nsubj", "expl", "nsubjpass")
        return subject is not None and self._tree.lower[subject] == "it"

    def singled(self, noun: int) -> bool:
        """Whether a noun is singled out by rank: "the first", "the only country", "the largest bank"."""
        tree = self._tree
        if tree.lower[noun] in self._known.words.singled:
            return True
        return any(
            tree.lower[kid] in self._known.words.singled or tree.tag[kid] == "JJS"
            for kid in tree.kids_of(noun, "amod", "advmod", "nummod")
        )

    def holder(self, head: int, pos: str, kind: str) -> Span | None:
        """Who answers for what the predicate at `head` embeds; None where nobody in particular does."""
        tree = self._tree
        aside = self._known.asides.at(head) if pos == "verb" else None
        if aside is not None:
            return aside.source
        node = self._owner(head) if kind == "poss" or pos == "noun" else self._subject(head, pos)
        if node is None and tree.tag[head] == "VBG":  # "…, the utility said, adding that"
            before = self._known.asides.before(head)
            return None if before is None else before.source
        if node is None:
            return None
        if tree.lower[node] in self._known.words.nameless and not (  # an "it" that says something means somebody
            tree.lower[node] == "it" and pos == "verb" and self._is_own(node, head)
        ):
            return None
        if any(tree.lower[kid] in self._known.words.no for kid in tree.kids_of(node, "det")):
            return None
        first, last = phrase(tree, node)
        return tree.span(first, last - (last > node and tree.dep[last] == "case"))

    def _is_own(self, subject: int, verb: int) -> bool:
        """Whether a subject is a verb's own, or that of its first sibling: "it said so and warned that"."""
        tree = self._tree
        while tree.dep[verb] == "conj" and tree.head[subject] != verb:
            verb = tree.head[verb]
        return tree.head[subject] == verb

    def _subject(self, head: int, pos: str) -> int | None:
        tree = self._tree
        if pos == "verb" and is_passive(tree, head):
            agent = tree.first(head, "agent")
            return None if agent is None else tree.first(agent, "pobj")
        above = tree.head[head]
        if tree.tag[head] == "VB" and tree.lemma[head] in _BELIEVING and tree.lemma[above] in _MAKING:
            return next(iter(self._known.subjects.of(above)), None)  # "would have us believe that"
        if tree.tag[head] == "VBG" and (quoted := self._quoted(head)) is not None:
            return quoted
        verb = tree.head[head] if pos == "adj" and tree.pos[tree.head[head]] in VERBAL else head
        return next(iter(self._known.subjects.of(verb)), None)

    def _quoted(self, gerund: int) -> int | None:
        """ "Tass quoted the general as saying": the object says it."""
        tree = self._tree
        preposition = tree.head[gerund]
        verb = tree.head[preposition]
        if tree.dep[gerund] != "pcomp" or tree.lower[preposition] != "as" or tree.lemma[verb] not in ("quote", "cite"):
            return None
        return tree.first(verb, "dobj")

    def _owner(self, noun: int) -> int | None:
        tree = self._tree
        node = tree.first(noun, "poss")
        if node is None:  # "the Turkish claim that"
            node = next((kid for kid in tree.kids_of(noun, "amod") if tree.ent[kid] == "NORP"), None)
        if node is None:
            for prep in tree.kids_of(noun, "prep"):
                if tree.lower[prep] in ("by", "from", "of"):
                    node = tree.first(prep, "pobj")
        above = tree.head[noun]
        own = node is not None and tree.lower[node] in ("its", "their") and tree.dep[noun] == "dobj"
        if own and tree.dep[above] not in ("relcl", "acl"):
            node = next(iter(self._known.subjects.of(above)), node)
        taken = tree.lemma[above] in self._known.words.receiving
        if node is None and tree.dep[noun] == "dobj" and tree.pos[above] in VERBAL and not taken:
            node = next(iter(self._known.subjects.of(above)), None)
        return node
