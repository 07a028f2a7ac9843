"""An embedding predicate → what it makes of its complement: "managed to", "denied that", "no plan to", "too late to".

The signatures are data (`ontology/lexicon/embedding.csv`, `phrasal.toml`), after Karttunen's implicatives (1971, 2012)
and FactBank (Saurí and Pustejovsky 2009). The content of a factive, and of a question with a question word, holds
whatever becomes of the predicate above it.
"""

from __future__ import annotations

from dataclasses import replace

from triplomat.ontology.embedding import Effect

from .clauses import is_predicate, lemma_of
from .contents import Contents
from .copulas import Copulas
from .governing import Governing
from .marks import weaker
from .negation import is_scanty, is_scarce, lacks
from .passives import is_passive
from .questions import Questions
from .signatures import Signatures
from .status import VERBAL, Factuality, Statuses, opposite, predicate_above

_SHARING = frozenset({"to", "by", "in", "through", "when", "while", "with", "upon"})  # "would gain by closing"
_PRESUMED = frozenset({"for", "after", "since", "despite", "following"})
_GIVEN = frozenset({"now", "given", "seeing", "considering", "granted", "in"})  # before "that"
_SEPARATORS = frozenset({";", "—", "–", "--", "-"})


class Embedding:
    """The factuality of complements: infinitives, that-clauses, questions, gerunds."""

    def __init__(self, statuses: Statuses) -> None:
        self._statuses = statuses
        self._known = statuses.known
        self._tree = statuses.known.tree
        self._governing = Governing(statuses.known)
        self._signatures = Signatures(statuses.known, self._governing)
        self._questions = Questions(statuses, self._governing)
        self._copulas = Copulas(statuses, self._governing, self.embedded)
        self.contents = Contents(statuses, self._governing, self.embedded)

    def complement(self, i: int) -> Factuality:
        """The surroundings of a complement clause at token i."""
        tree = self._tree
        head = tree.head[i]
        if self._is_named_so(i):
            return replace(self._statuses.context(head), polarity="positive", modality="asserted")
        if self._is_now_that(i):
            return replace(self._statuses.context(head), polarity="positive", modality="asserted")
        if self._is_before_separator(i, head):
            return replace(self._statuses.context(head), polarity="positive")
        if self._is_free(i, head):  # "bombed what the army said was a depot"
            return replace(self._statuses.context(head), polarity="positive")
        question = self._questions.of(i, head)
        if question is not None:
            return question
        marker = self.marker(i)
        if tree.dep[i] == "pcomp" and marker == "whether":
            return self.embedded(i, tree.head[head], marker)
        if tree.dep[i] in ("pcomp", "pobj"):
            return self._gerund(i, head)
        if marker == "to" and (noun := self._governing.object_between(i, head)) is not None:
            return self.embedded(i, noun, marker)
        if marker == "that" and (noun := self.contents.noun_before(i, head)) is not None:
            return self.contents.of_noun(i, noun, marker)
        if marker == "that" and (noun := self.contents.noun_of_rumour(i, head)) is not None:
            return self.embedded(i, noun, marker)
        if tree.pos[head] in VERBAL and tree.lemma[head] == "be":
            status = self._copulas.of(i, head, marker)
            if status is not None:
                return status
        return self.embedded(i, head, marker)

    def embedded(self, i: int, head: int, marker: str, base: Factuality | None = None) -> Factuality:
        """What the predicate at `head`, itself of status `base`, makes of its complement at token i."""
        tree = self._tree
        pos = self._governing.pos(head)
        if pos == "verb" and self._is_separate(i, head):
            return replace(self._statuses.context(head), polarity="positive")
        signature = self._signatures.of(i, head, pos, marker)
        if base is None:
            base = self._base(head, pos, marker, factive=signature.factive and marker not in _SHARING)
        positive = base.polarity == "positive" and not (pos == "verb" and is_scarce(tree, head, self._known.words))
        effect = signature.affirmed if positive else signature.negated
        source = base.source
        if (owner := self._governing.letting(head)) is not None:  # "let it be known that"
            return Factuality("positive", base.modality, owner, base.tense)
        if signature.holder:
            holder = self._governing.holder(head, pos, signature.holder)
            if holder is not None:
                source = holder
            elif not signature.factive and (self._is_hearsay(head, pos, effect) or pos == "noun"):
                effect = Effect(effect.holds, "possible")
        if not signature.affirmed.holds and not positive and self._is_standing(head, pos):
            effect = Effect(effect.holds, "possible")
        modality = weaker(base.modality, effect.modality)
        if pos == "noun" and marker == "that" and base.modality == "intended" and effect.modality == "asserted":
            modality = "asserted" if signature.factive else "possible"  # "to settle claims that it overstated"
        if marker in _PRESUMED and signature.factive and (marker != "for" or base.modality != "hypothetical"):
            modality = "asserted"  # "to thank Taipei for rebuilding it", "did not know it after declaring it"
        if modality in ("asserted", "possible") and self._is_subjunctive(i):
            modality = "intended"
        return Factuality("positive" if effect.holds else "negative", modality, source, base.tense)

    def marker(self, i: int) -> str:
        """What introduces the clause at token i: "that", "to", "whether"; "that" too where it is left out."""
        tree = self._tree
        for kid in tree.kids[i]:
            if kid > i:
                break
            word = tree.lower[kid]
            if word == "for":  # "for China to win"
                continue
            if tree.dep[kid] == "mark" or (word == "that" and (tree.tag[kid] == "IN" or tree.dep[kid] == "advmod")):
                return "whether" if word == "if" else word
            if tree.dep[kid] == "aux" and word == "to":
                return "to"
        return "that" if tree.dep[i] == "ccomp" else ""

    def is_phrase(self, i: int, verb: int) -> bool:
        """Whether a verb embeds an infinitive beside it after all: "lacked the means to", "went so far as to"."""
        governing = self._governing
        return (
            self._tree.lemma[verb] == "take"
            or governing.object_between(i, verb) is not None
            or governing.with_adverb(verb, "to") is not None
        )

    def has_adverb(self, verb: int, marker: str) -> bool:
        """Whether a verb embeds together with an adverb beside it: "came close to"."""
        return self._tree.pos[verb] in VERBAL and self._governing.with_adverb(verb, marker) is not None

    def named(self, verb: int) -> Factuality:
        """What a verb calls something: it is so by the word of its subject."""
        holder = self._governing.holder(verb, "verb", "subject")
        status = self._statuses.of(verb)
        return status if holder is None else replace(status, source=holder)

    def is_singled(self, noun: int) -> bool:
        """Whether a noun is singled out by rank: "the first time"."""
        return self._governing.singled(noun)

    def _is_standing(self, head: int, pos: str) -> bool:
        """ "Nothing stops China from selling": it could, which isn't to say that it did."""
        tree = self._tree
        if pos != "verb" or tree.tag[head] not in ("VBZ", "VBP") or tree.first(head, "aux", "auxpass") is not None:
            return False
        subject = tree.first(head, "nsubj")
        return subject is not None and (
            tree.lower[subject] in self._known.words.nobody
            or tree.lower[subject] in self._known.words.scarce
            or lacks(tree, subject, self._known.words)
            or is_scanty(tree, subject, self._known.words)
        )

    def _gerund(self, i: int, preposition: int) -> Factuality:
        tree, words = self._tree, self._known.words
        marker, head = tree.lower[preposition], tree.head[preposition]
        if marker == "to" and tree.tag[i] == "VB":  # "failure to act", read as a noun
            return self.embedded(i, head, "to")
        above = next((j for j in tree.ancestors(preposition) if tree.lower[j] == "without"), None)
        if above is not None and preposition - above < 4:  # "without so much as greeting"
            marker, head = "without", tree.head[above]
        if marker == "without" or (marker == "from" and tree.lower[head] == "far"):
            return replace(self._near_verb(head), polarity="negative")
        if marker == "but" and tree.tag[i] == "VB":  # "had no choice but to go"
            return replace(self._near_verb(head), polarity="positive")
        beside = {tree.lower[head], *(tree.lower[kid] for kid in tree.kids[preposition])}
        if marker in ("than", "of") and beside & {"rather", "instead"}:
            return replace(self._near_verb(head), polarity="negative")
        if (modality := words.marker(marker)) is not None and tree.first(i, "nsubj", "nsubjpass") is not None:
            return replace(self._near_verb(head), polarity="positive", modality=modality)  # "provided that"
        head, marker = self._governing.governor(preposition)
        if marker in ("for", "after") and any(tree.lower[kid] == "having" for kid in tree.kids_of(i, "aux")):
            return replace(self._statuses.context(head), polarity="positive", modality="asserted")
        return self.embedded(i, head, "to -ing" if marker == "to" else marker)

    # ------------------------------------------------------------------ the status of the embedding predicate
    def _base(self, head: int, pos: str, marker: str, *, factive: bool) -> Factuality:
        tree, statuses, inner = self._tree, self._statuses, head
        if pos == "noun":
            return self.near_noun(head, marker)
        if pos == "adj" and tree.pos[tree.head[head]] in VERBAL:
            head = tree.head[head]
        elif pos == "adj":
            return self.near(head)
        if pos == "adj" and head != inner and tree.first(inner, "neg") is not None:  # "pleaded not guilty to"
            return replace(statuses.of(head), polarity=opposite(statuses.of(head).polarity))
        return replace(statuses.context(head), polarity="positive") if factive else statuses.of(head)

    def near(self, i: int) -> Factuality:
        """The status of the predicate that a noun belongs to, its negation aside."""
        above = predicate_above(self._tree, i)
        if above == i:
            return Factuality()
        status = self._statuses.of(above)
        context = replace(self._statuses.context(above), modality=status.modality)
        if self._tree.dep[i] != "pobj" or self._tree.head[self._tree.head[i]] != above:
            return context
        predicative = self._tree.lemma[above] == "be"  # "was not under pressure to"; an adjunct isn't negated
        return replace(context, polarity=status.polarity if predicative else "positive")

    def near_noun(self, noun: int, marker: str = "") -> Factuality:
        """What surrounds a noun, turned where there is none of it: "no evidence that", "has made no attempt to"."""
        tree, words = self._tree, self._known.words
        base = self.near(noun)
        if tree.dep[noun] == "pobj" and tree.lower[tree.head[noun]] == "without":
            base = replace(base, polarity=opposite(base.polarity))
        if marker == "that" and any(tree.dep[kid] == "poss" or tree.lower[kid] == "the" for kid in tree.kids[noun]):
            base = replace(base, modality=self._statuses.context(predicate_above(tree, noun)).modality)
        verb = tree.head[noun]
        if (
            tree.dep[noun] in ("dobj", "attr", "nsubj", "nsubjpass")
            and tree.lemma[verb] in words.presences
            and tree.pos[verb] in VERBAL
        ):
            base = replace(base, polarity=self._statuses.of(verb).polarity)
            return replace(base, polarity="negative") if is_scanty(tree, noun, words) else base
        if self._governing.phrase_verb(noun) is not None:
            return replace(base, polarity=self._statuses.of(predicate_above(tree, noun)).polarity)
        if lacks(tree, noun, words) or is_scanty(tree, noun, words):
            return replace(base, polarity=opposite(base.polarity))
        return base

    def _near_verb(self, i: int) -> Factuality:
        tree = self._tree
        return self._statuses.of(i if is_predicate(tree, i) else predicate_above(tree, i))

    # ------------------------------------------------------------------ exceptions
    def _is_separate(self, i: int, head: int) -> bool:
        """Whether a main clause merely stands before another: "The talks failed; Kyiv denied it"."""
        tree = self._tree
        if tree.dep[i] != "ccomp" or i > head:
            return False
        signature = self._known.lexicon.find(lemma_of(tree, head), "verb", "that")
        return (signature is None or not signature.holder) and tree.lemma[head] not in self._known.words.speech

    def _is_before_separator(self, i: int, head: int) -> bool:
        tree = self._tree
        if tree.dep[i] != "ccomp" or i > head:
            return False
        between = {tree.text[kid] for kid in (*tree.kids[head], *tree.kids[i]) if i < kid < head}
        own = any(kid > head for kid in tree.kids_of(head, "ccomp"))  # "both hesitated: diplomats said that"
        if tree.first(i, "mark") is None and self._is_passive_beside(head):  # "had been treated well, were allowed to"
            return True
        return not between.isdisjoint(_SEPARATORS) or (":" in between and (own or tree.lemma[head] == "be"))

    def _is_passive_beside(self, head: int) -> bool:
        """Whether a passive verb has nothing to report: no "it" for its subject, and an infinitive below it."""
        tree = self._tree
        if not is_passive(self._tree, head) or tree.first(head, "xcomp") is None:
            return False
        return tree.first(head, "nsubj", "nsubjpass", "agent") is None

    def _is_named_so(self, i: int) -> bool:
        """ "Drop what it calls a claim": so it calls it, whatever becomes of the claim."""
        tree = self._tree
        what = next(
            (kid for kid in tree.kids_of(i, "dobj", "nsubj", "pobj") if tree.lower[kid] == "what" and kid < i), None
        )
        return what is not None and lemma_of(tree, i) in self._known.words.naming

    def _is_free(self, i: int, verb: int) -> bool:
        """Whether a clause is what somebody calls or says of the object of a verb that says nothing itself."""
        tree = self._tree
        opens = tree.dep[i] == "ccomp" and i > verb and tree.lower[tree.edges(i)[0]] == "what"
        return opens and tree.first(i, "ccomp") is not None and self._known.says(i) and not self._known.says(verb)

    def _is_now_that(self, i: int) -> bool:
        """ "Has lost its force now that the jets have been delivered"."""
        tree = self._tree
        mark = next((kid for kid in tree.kids_of(i, "mark") if tree.lower[kid] == "that"), None)
        return mark is not None and mark > 0 and tree.lower[mark - 1] in _GIVEN

    def _is_subjunctive(self, i: int) -> bool:
        """ "Essential that Iran withdraw": a bare verb in a that-clause is wished for."""
        tree = self._tree
        bare = tree.tag[i] == "VB" or any(tree.lower[kid] == "be" for kid in tree.kids_of(i, "auxpass"))
        if not bare or tree.first(i, "mark") is None or tree.first(i, "nsubj", "nsubjpass") is None:
            return False
        return not any(tree.dep[kid] == "aux" for kid in tree.kids[i])

    def _is_hearsay(self, head: int, pos: str, effect: Effect) -> bool:
        """ "Is said to", with nobody who says so."""
        tree = self._tree
        if pos != "verb" or effect.modality != "asserted" or not effect.holds:
            return False
        return not is_passive(tree, head) or tree.lemma[head] not in ("show", "find", "confirm", "prove")
