"""The signature of an embedding predicate in its sentence: from the lexica, from idioms, or by kind of complement."""

from __future__ import annotations

from triplomat.ontology.embedding import Effect, Signature

from .clauses import verb_chain
from .governing import Governing
from .passives import is_passive
from .status import Known

_FACT = Signature(Effect(True, "asserted"), Effect(True, "asserted"))
_REPORT = Signature(Effect(True, "asserted"), Effect(True, "possible"), "subject")
_POSSIBLE = Signature(Effect(True, "possible"), Effect(False, "possible"))
_INTENDED = Signature(Effect(True, "intended"), Effect(False, "intended"))
_ADVISED_AGAINST = Signature(Effect(False, "intended"), Effect(True, "intended"))
_WHETHER = Signature(Effect(True, "hypothetical"), Effect(True, "hypothetical"))
_DONE = Signature(Effect(True, "asserted"), Effect(False, "asserted"))
_UNDONE = Signature(Effect(False, "asserted"), Effect(True, "asserted"))
_SAID = Signature(Effect(True, "asserted"), Effect(True, "possible"), "poss")
# prepositions whose gerund is done, unless the lexicon knows better: "won by bombing", "delays in paying"
_CIRCUMSTANCES = frozenset(
    {"after", "amid", "at", "before", "besides", "beyond", "by", "despite", "during", "following", "from", "in"}
    | {"since", "through", "upon", "while", "with", "when"}
)
_IMPERSONAL = frozenset({"it", "this", "that"})


class Signatures:
    """What predicates make of their complements."""

    def __init__(self, known: Known, governing: Governing) -> None:
        self._known = known
        self._tree = known.tree
        self._governing = governing

    def of(self, i: int, head: int, pos: str, marker: str) -> Signature:
        """The signature of the predicate at `head` for its complement at token i."""
        tree = self._tree
        if marker == "whether":
            return self._known.lexicon.exact(tree.lemma[head], pos, "whether") or _WHETHER
        if marker == "that" and pos != "verb" and any(tree.lower[kid] in ("so", "such") for kid in tree.kids[head]):
            return _DONE  # "so confident that it has begun to"
        if marker == "to" and (special := self._of_infinitive(i, head, pos)) is not None:
            return special
        if pos == "adj" and marker in ("to", "for") and (degree := self._governing.degree(head)) is not None:
            return degree
        if marker == "" and pos == "verb":
            marker = {"VBG": "-ing", "VB": "bare"}.get(tree.tag[i], "")
        return self._governing.signature(head, pos, marker) or self._default(i, head, pos, marker)

    def _of_infinitive(self, i: int, head: int, pos: str) -> Signature | None:
        """What decides on an infinitive before the lexicon does: idioms, degrees, judgements of what was done."""
        tree, words = self._tree, self._known.words
        if pos == "verb":
            idiom = self._idiom(i, head)
            if idiom is not None:
                return idiom
            if tree.lemma[head] == "come" and tree.lemma[i] not in words.stative:
                asked = tree.dep[head] == "ccomp" and tree.lower[tree.edges(head)[0]] in ("how", "why")
                return _DONE if asked else _INTENDED
            purpose = tree.lemma[head] in words.object_gerund and not is_passive(tree, head)
            if purpose and self._known.lexicon.exact(tree.lemma[head], "verb", "to") is None:
                return _INTENDED  # "accused them of burning huts to make room"
            return None
        copula = tree.head[head]
        past = any(tree.tag[j] == "VBD" for j in verb_chain(tree, copula))
        if tree.lower[head] == "able" and past and tree.lemma[copula] == "be":
            return _DONE
        if tree.lower[head] in ("enough", "sufficient") and tree.lemma[copula] == "be":
            return _DONE if past else _POSSIBLE
        return _FACT if pos == "adj" and past and self._is_judged(head) else None

    def _is_impersonal(self, head: int) -> bool:
        tree = self._tree
        subject = tree.first(head, "nsubj", "nsubjpass", "expl")
        past = "VBD" in [tree.tag[j] for j in verb_chain(tree, head)]
        return past and subject is not None and tree.lower[subject] == "it"

    def _is_judged(self, head: int) -> bool:
        """ "Was wise to wait" says that he waited; "it is wise to wait" doesn't."""
        tree = self._tree
        found = self._known.lexicon.exact(tree.lower[head], "adj", "to")
        verb = tree.head[head]
        if found is None or found.affirmed.modality != "hypothetical" or tree.lemma[verb] != "be":
            return False
        subject = tree.first(verb, "nsubj")
        return subject is not None and tree.pos[subject] != "VERB" and tree.lower[subject] not in _IMPERSONAL

    def _must(self, i: int, head: int) -> bool:
        """ "Has to import maize", "had a week to decide"; who "had to" import it did."""
        tree = self._tree
        if tree.edges(i)[0] != head + 1:
            return True
        return tree.tag[head] in ("VBZ", "VBP") and tree.first(head, "aux") is None

    def _idiom(self, i: int, head: int) -> Signature | None:
        """ "Has yet to ratify", "did nothing to stop", "it took a week to capture"."""
        tree = self._tree
        lemma = tree.lemma[head]
        if lemma in ("have", "be", "remain") and any(tree.lower[kid] == "yet" for kid in tree.kids[head]):
            return _UNDONE
        if lemma == "have" and self._must(i, head):
            return _INTENDED
        if lemma == "use" and is_passive(tree, head):
            return _POSSIBLE
        if lemma == "use" and tree.first(head, "dobj") is not None:
            return _INTENDED
        if lemma == "do":
            return _DONE if tree.first(head, "dobj", "advmod") is not None else None
        if lemma == "come" and any(tree.lower[kid] in ("how", "why") for kid in tree.kids[head]):
            return _DONE
        if lemma in ("fall", "leave") and self._is_impersonal(head):  # "it fell to Qatar to broker a truce"
            return _DONE
        if lemma == "take":
            spent = tree.first(head, "dobj", "npadvmod", "dative")
            subject = tree.first(head, "nsubj", "expl")
            if spent is not None and subject is not None and tree.lower[subject] == "it":
                past = "VBD" in [tree.tag[j] for j in verb_chain(tree, head)] or tree.tag[head] == "VBN"
                return _DONE if past else _POSSIBLE
        return None

    def _default(self, i: int, head: int, pos: str, marker: str) -> Signature:
        """For a predicate that the lexicon lacks: a clause is somebody's word, an infinitive a purpose, a gerund open.

        Only what is done by the way is taken for done: "won by bombing", "was fined for polluting".
        """
        tree = self._tree
        if marker == "that" or tree.dep[i] == "ccomp":
            finite = tree.tag[i] in ("VBD", "VBZ", "VBP") or any(
                tree.tag[j] in ("VBD", "VBZ", "VBP", "MD") for j in verb_chain(tree, i)
            )
            if pos == "verb":
                return _REPORT if finite else _POSSIBLE
            return _SAID if pos == "noun" else _FACT
        if marker == "to":
            return _POSSIBLE if pos != "noun" else _INTENDED
        if marker == "against":
            return _ADVISED_AGAINST
        if marker.endswith("out of"):
            return _UNDONE
        return self._of_gerund(i, head, pos, marker)

    def _of_gerund(self, i: int, head: int, pos: str, marker: str) -> Signature:
        tree = self._tree
        if tree.ent[head] in ("DATE", "TIME"):  # "after months of negotiating"
            return _FACT
        if marker in ("-ing", "bare", ""):
            return _POSSIBLE if tree.dep[i] == "xcomp" and pos == "verb" else _FACT
        if pos == "verb" and marker == "from" and tree.first(head, "dobj", "nsubjpass") is not None:
            return _UNDONE  # "dissuaded them from leaving"
        if pos == "verb" and marker == "into":
            return _DONE
        if marker in _CIRCUMSTANCES or (marker == "for" and pos != "noun"):
            return _FACT
        return _POSSIBLE
