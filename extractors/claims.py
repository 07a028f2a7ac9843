"""A claim's content where somebody rejects the claim: "dismissed reports that", "the rumour that … is false"."""

from __future__ import annotations

from dataclasses import replace

from triplomat.ontology.embedding import Signature

from .clauses import lemma_of
from .marks import weaker
from .negation import is_scanty, lacks
from .phrases import phrase
from .status import VERBAL, Factuality, Statuses, predicate_above

_PREDICATIVE = ("attr", "acomp", "oprd")


class Claims:
    """What is said of claims whose content a that-clause spells out."""

    def __init__(self, statuses: Statuses) -> None:
        self._statuses = statuses
        self._tree = statuses.known.tree
        self._lexicon = statuses.known.lexicon

    def rejected(self, noun: int) -> Factuality | None:
        """What becomes of the content of the claim that a noun names, where the sentence says what it is worth."""
        tree = self._tree
        verb = tree.head[noun]
        if tree.dep[noun] == "pobj" and tree.lower[verb] == "as":  # "dismissed as baseless claims that"
            verb = tree.head[verb]
        elif tree.dep[noun] == "pobj" and (unfounded := self._unfounded(tree.head[noun])) is not None:
            return unfounded
        elif tree.dep[noun] not in ("dobj", "nsubj", "nsubjpass"):
            return None
        if tree.pos[verb] not in VERBAL:
            return None
        named = self._worth(verb, noun)
        if named is not None:
            return self._apply(named, verb, own=tree.dep[noun] == "nsubj")
        if tree.dep[noun] == "nsubj":
            return None
        signature = self._lexicon.find(lemma_of(tree, verb), "verb", "that")
        if signature is None or signature.affirmed.holds or signature.holder != "subject":
            return None
        content = self._lexicon.find(tree.lemma[noun], "noun", "that")
        if content is not None and content.affirmed.modality == "intended":
            return None  # "rejected the demand that it leave": it is demanded all the same
        return self._apply(signature, verb, own=False)

    def _unfounded(self, preposition: int) -> Factuality | None:
        """ "There is no truth in the charge that", "no substance to claims that"."""
        tree, words = self._tree, self._statuses.known.words
        truth = tree.head[preposition]
        if tree.lemma[truth] not in words.truths or not (lacks(tree, truth, words) or is_scanty(tree, truth, words)):
            above = tree.first(truth, "attr", "nsubj")
            if above is None or tree.lemma[above] not in words.truths or not lacks(tree, above, words):
                return None
        return replace(self._statuses.context(predicate_above(tree, truth)), polarity="negative")

    def _worth(self, verb: int, noun: int) -> Signature | None:
        """What a claim is called or said to be: "a lie", "unfounded"."""
        tree = self._tree
        if tree.dep[noun] != "nsubj" and tree.lemma[verb] not in self._statuses.known.words.naming:
            return None
        below = [verb, *tree.kids_of(verb, "xcomp")]  # "turned out to be false"
        words = [kid for node in below for kid in tree.kids_of(node, *_PREDICATIVE)]
        for prep in tree.kids_of(verb, "prep"):
            if tree.lower[prep] == "as":
                words += tree.kids_of(prep, "pobj", "amod", "pcomp")
        for word in words:
            pos = "adj" if tree.pos[word] in ("ADJ", "VERB") else "noun"
            found = self._lexicon.exact(tree.lower[word], pos, "claim") or self._lexicon.exact(
                tree.lemma[word], pos, "claim"
            )
            if found is not None:
                return found
        return None

    def _apply(self, signature: Signature, verb: int, *, own: bool) -> Factuality:
        """The effect of a verdict; it is the word of who gives it, unless the text itself says what is so."""
        tree, statuses = self._tree, self._statuses
        base = statuses.of(verb)
        effect = signature.affirmed if base.polarity == "positive" else signature.negated
        source = base.source
        if not own:
            agent = tree.first(verb, "agent")
            if agent is not None:
                node = tree.first(agent, "pobj")
            else:
                node = (
                    None
                    if tree.first(verb, "auxpass") is not None
                    else next(iter(statuses.known.subjects.of(verb)), None)
                )
            source = tree.span(*phrase(tree, node)) if node is not None else source
        return Factuality(
            "positive" if effect.holds else "negative", weaker(base.modality, effect.modality), source, base.tense
        )
