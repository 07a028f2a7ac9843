"""An embedding predicate → what it makes of its complement: "managed to", "denied that", "no plan to", "too late to".

The signatures are data (`ontology/lexicon/embedding.csv`, `phrasal.toml`), after Karttunen's implicatives (1971, 2012)
and FactBank (Saurí and Pustejovsky 2009). The content of a factive, and of a question with a question word, holds
whatever becomes of the predicate above it.
"""

from __future__ import annotations

from dataclasses import replace

from triplomat.ontology.embedding import Effect, Signature

from .claims import Claims
from .clauses import is_predicate, lemma_of
from .governing import Governing
from .marks import weaker
from .negation import is_scanty, is_scarce, lacks
from .signatures import Signatures
from .status import VERBAL, Factuality, Statuses, has_to, opposite, predicate_above
from .subjects import is_passive

_SHARING = frozenset({"to", "by", "in", "through", "when", "while", "with", "upon"})  # "would gain by closing"
_PRESUMED = frozenset({"for", "after", "since", "despite", "following"})
_SEPARATORS = frozenset({";", "—", "–", "--", "-"})


class Embedding:
    """The factuality of complements: infinitives, that-clauses, questions, gerunds."""

    def __init__(self, statuses: Statuses) -> None:
        self._statuses = statuses
        self._known = statuses.known
        self._tree = statuses.known.tree
        self._claims = Claims(statuses)
        self._governing = Governing(statuses.known)
        self._signatures = Signatures(statuses.known, self._governing)

    def complement(self, i: int) -> Factuality:
        """The surroundings of a complement clause at token i."""
        tree = self._tree
        head = tree.head[i]
        if self._is_before_separator(i, head):
            return replace(self._statuses.context(head), polarity="positive")
        question = self._question(i, head)
        if question is not None:
            return question
        marker = self.marker(i)
        if tree.dep[i] == "pcomp" and marker == "whether":
            return self.embedded(i, tree.head[head], marker)
        if tree.dep[i] in ("pcomp", "pobj"):
            return self._gerund(i, head)
        if marker == "to" and (noun := self._governing.object_between(i, head)) is not None:
            return self.embedded(i, noun, marker)
        if marker == "that" and (noun := self._noun_before(i, head)) is not None:
            return self.of_noun(i, noun, marker)
        if marker == "that" and (noun := self._noun_of_rumour(i, head)) is not None:
            return self.embedded(i, noun, marker)
        if tree.pos[head] in VERBAL and tree.lemma[head] == "be":
            status = self._predicated(i, head, marker)
            if status is not None:
                return status
        return self.embedded(i, head, marker)

    def of_noun(self, i: int, noun: int, marker: str) -> Factuality:
        """The surroundings of an infinitive or that-clause at token i that belongs to a noun."""
        known = self._known
        verb = predicate_above(self._tree, noun)
        aloof = self._tree.dep[noun] == "pobj" and self._tree.first(verb, "ccomp") is None and verb != noun
        if marker == "that" and aloof and self.says(verb) and self._tree.head[self._tree.head[noun]] == verb:
            return self.embedded(i, verb, marker)  # "said in a report that"
        if marker == "that" and (denied := self._claims.rejected(noun)) is not None:
            return denied
        verb = predicate_above(self._tree, noun)
        if marker == "to" and self._tree.lemma[verb] == "take" and self._governing.is_impersonal(verb):
            return self.embedded(i, verb, marker)  # "it took the collapse of the currency to persuade them"
        if marker == "to" and known.lexicon.find(self._tree.lemma[noun], "noun", "to") is None:
            above = predicate_above(self._tree, noun)
            if self._tree.lemma[above] == "do" and self._tree.lower[noun] in known.words.nobody | known.words.scarce:
                return replace(self._statuses.of(above), polarity="negative")
            if self._governing.singled(noun) and above != noun:
                return self._statuses.of(above)
        return self.embedded(i, noun, marker)

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
        if modality == "asserted" and self._is_subjunctive(i):
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
            if tree.dep[kid] == "mark" or (word == "that" and tree.tag[kid] == "IN"):
                return "whether" if word == "if" else word
            if tree.dep[kid] == "aux" and word == "to":
                return "to"
        return "that" if tree.dep[i] == "ccomp" else ""

    def of_prospect(self, i: int) -> Factuality | None:
        """ "The chances of the ship being raised": a noun between the word that embeds and its gerund."""
        tree = self._tree
        gerund = tree.tag[i] == "VBG" or any(tree.lower[kid] in ("being", "having") for kid in tree.kids[i])
        noun = self._noun_of_gerund(i) if gerund else None
        if noun is None:
            return None
        preposition = tree.head[noun]
        above, pos = tree.head[preposition], self._governing.pos(tree.head[preposition])
        found = self._governing.signature(above, pos, tree.lower[preposition])
        if found is None and pos == "noun" and tree.pos[noun] == "PROPN" and tree.lower[preposition] == "of":
            return self.embedded(i, above, "of")  # "the spectacle of Russia vetoing"
        if found is None or (found.affirmed.holds and found.affirmed.modality == "asserted"):
            return None
        return self.embedded(i, above, tree.lower[preposition])

    def depicted(self, i: int, noun: int) -> Factuality | None:
        """ "Purports to show soldiers looting", "described soldiers looting": the scene, not the soldiers, is shown."""
        tree = self._tree
        verb = tree.head[noun]
        if tree.tag[i] != "VBG" or tree.dep[noun] != "dobj" or tree.pos[verb] not in VERBAL or i < verb:
            return None
        found = self._known.lexicon.exact(lemma_of(tree, verb), "verb", "-ing")
        if found is None or not found.affirmed.holds or tree.text[i - 1] == ",":
            return None
        return self.embedded(i, verb, "")

    def _noun_of_gerund(self, i: int) -> int | None:
        """The noun behind a preposition that stands right before the gerund at token i and is its subject."""
        tree = self._tree
        before = tree.edges(i)[0] - 1
        if before < 1 or before > i or tree.text[before] == ",":
            return None
        node = before
        while tree.dep[node] not in ("pobj", "ROOT") and tree.head[node] < i:
            node = tree.head[node]
        if tree.dep[node] != "pobj" or tree.lower[tree.head[node]] not in ("of", "about", "against", "on", "for"):
            return None
        last = max(j for j in tree.subtree(node) if j <= before)
        return node if last == before and tree.head[i] in (node, *tree.ancestors(node)) else None

    def is_phrase(self, i: int, verb: int) -> bool:
        """Whether a verb embeds an infinitive beside it after all: "lacked the means to", "went so far as to"."""
        governing = self._governing
        return (
            self._tree.lemma[verb] == "take"
            or governing.object_between(i, verb) is not None
            or governing.with_adverb(verb, "to") is not None
        )

    def rejected(self, noun: int) -> Factuality | None:
        """What becomes of what a claim is about, where the sentence says what it is worth."""
        return self._claims.rejected(noun)

    def is_singled(self, noun: int) -> bool:
        """Whether a noun is singled out by rank: "the first time"."""
        return self._governing.singled(noun)

    def says(self, i: int) -> bool:
        """Whether the verb at token i reports: its subject answers for what it embeds."""
        signature = self._known.lexicon.find(lemma_of(self._tree, i), "verb", "that")
        return signature is not None and signature.holder == "subject"

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

    def vouches(self, i: int) -> bool:
        """Whether the verb at token i says or thinks that something is so; "as the accord requires" doesn't."""
        signature = self._known.lexicon.find(lemma_of(self._tree, i), "verb", "that")
        return signature is not None and signature.holder == "subject" and signature.affirmed.modality != "intended"

    def reports(self, i: int) -> bool:
        """Whether the verb at token i introduces speech: one that reports, or any that can stand beside a quotation."""
        return self.says(i) or lemma_of(self._tree, i) in self._known.words.speech

    def is_held(self, adjective: int) -> bool:
        """Whether an adjective says what its subject holds to be so: "certain", "adamant"."""
        signature = self._known.lexicon.find(self._tree.lower[adjective], "adj", "that")
        return signature is not None and signature.holder == "subject"

    # ------------------------------------------------------------------ kinds of complement
    def _question(self, i: int, head: int) -> Factuality | None:
        """ "Explained why it left", "what they discussed": it is taken for granted; "how to share" is a task."""
        tree = self._tree
        first = next((kid for kid in tree.kids[i] if kid < i and tree.tag[kid] in ("WP", "WRB", "WDT", "WP$")), None)
        if first is None and not any(
            kid < i and any(tree.tag[j] in ("WDT", "WP$", "WRB") for j in tree.kids[kid]) for kid in tree.kids[i]
        ):
            return None
        if first is not None and tree.lower[first] == "that":
            return None
        if tree.dep[head] == "relcl" and tree.dep[i] == "ccomp" and first is not None and tree.lower[first] != "what":
            return None  # "the line, which the city insists it discussed"
        above = head if is_predicate(tree, head) else predicate_above(tree, head)
        context = replace(self._statuses.context(above), polarity="positive")
        if self._is_whatever(i, first):
            return replace(context, modality="hypothetical")
        if has_to(tree, i):
            return replace(context, modality=weaker(context.modality, "intended"))
        if tree.tag[i] == "VBD" or any(
            tree.lower[kid] in ("had", "was", "were", "has", "have") for kid in tree.kids[i]
        ):
            return replace(context, modality="asserted")  # "wants to know who fired"
        return replace(context, modality="hypothetical") if self._is_unsettled(head) else context

    def _is_whatever(self, i: int, first: int | None) -> bool:
        """ "Whoever attacks", "no matter who wins"."""
        tree = self._tree
        if first is not None and tree.lower[first].endswith("ever"):
            return True
        start = tree.edges(i)[0]
        return tuple(tree.lower[max(0, start - 2) : start]) in self._known.words.conjunctions

    def _is_unsettled(self, head: int) -> bool:
        """ "The decision on who leads the army", "will choose who leads it"."""
        tree = self._tree
        if tree.pos[head] in VERBAL:
            return tree.lemma[head] in self._known.words.settling
        governor, marker = self._governing.governor(head) if tree.pos[head] == "ADP" else (head, "whether")
        found = self._known.lexicon.find(tree.lemma[governor], "noun", marker)
        return tree.pos[governor] == "NOUN" and found is not None and found.affirmed.modality != "asserted"

    def _predicated(self, i: int, copula: int, marker: str) -> Factuality | None:
        """The complement of what a copula ascribes: "is the only one to sign", "the trouble is that"."""
        tree = self._tree
        inner = tree.first(copula, "attr", "acomp")
        status = self._statuses.of(copula)
        if marker == "to" or (not marker and tree.tag[i] == "VB"):
            cleft = self._cleft(i, copula, status)
            if cleft is not None:
                return cleft
        if marker == "to":
            if inner is not None and (signature := self._governing.degree(inner)) is not None:
                return self._apply(signature, status)
            if inner is not None and inner < i and self._governing.singled(inner):
                return status
            return self._impersonal(i, copula, inner, status)
        clause = tree.first(copula, "csubj")
        if inner is None and clause is not None and clause < copula:  # "what worries them is that it has not come"
            asks = next((kid for kid in tree.kids[clause] if tree.tag[kid] in ("WP", "WDT")), None)
            if asks is not None and tree.dep[asks] != "nsubj":
                return self.embedded(i, clause, "that", self._statuses.of(clause))
            return replace(self._statuses.context(copula), polarity="positive")
        if inner is None:
            inner = tree.first(copula, "nsubj")
        if inner is None or tree.dep[i] not in ("ccomp", "xcomp"):
            return None
        return self.embedded(i, inner, marker, status)

    def _cleft(self, i: int, copula: int, status: Factuality) -> Factuality | None:
        """ "All it can do is wait", "what Kyiv wants is to join", "the last thing it wants is to lose"."""
        tree = self._tree
        subject = tree.first(copula, "nsubj", "csubj")
        if subject is None or subject >= i:
            return None
        if any(tree.lower[kid] == "last" for kid in tree.kids[subject]):
            return replace(status, polarity="negative", modality=weaker(status.modality, "intended"))
        clause = subject if tree.dep[subject] == "csubj" else tree.first(subject, "relcl")
        if clause is None or tree.pos[clause] not in VERBAL:
            return None
        base = self._statuses.of(clause)
        if tree.lemma[clause] == "do":
            return replace(base, modality=weaker(status.modality, base.modality))
        return self.embedded(i, clause, "to", base)

    def _impersonal(self, i: int, copula: int, inner: int | None, status: Factuality) -> Factuality | None:
        """ "It is impossible for China to win"; "it was wrong of China to leak it" says that it did."""
        tree = self._tree
        subject = tree.first(copula, "nsubj", "expl")
        if inner is None or subject is None or tree.lower[subject] != "it" or self._governing.pos(inner) != "adj":
            return None
        if any(tree.lower[kid] == "of" for kid in tree.kids_of(inner, "prep")):
            return replace(self._statuses.context(copula), polarity="positive")
        return self.embedded(i, inner, "to", status)

    def _noun_before(self, i: int, head: int) -> int | None:
        """ "Banned it on the ground that": the clause is the noun's, where the verb reports nothing."""
        tree = self._tree
        noun = tree.edges(i)[0] - 1
        if noun <= head or tree.pos[noun] != "NOUN" or tree.first(i, "mark") is None or self.says(head):
            return None
        return noun if self._known.lexicon.find(tree.lemma[noun], "noun", "that") is not None else None

    def _noun_of_rumour(self, i: int, verb: int) -> int | None:
        """ "Word came that", "fears grow that", "rumour has it that": the clause is the subject's."""
        tree, lexicon = self._tree, self._known.lexicon
        subject, thing = tree.first(verb, "nsubj", "nsubjpass"), tree.first(verb, "dobj")
        if subject is None or tree.pos[verb] != "VERB" or i < verb:
            return None
        if thing is not None and (tree.lower[thing] != "it" or tree.lemma[verb] != "have"):
            return None
        if thing is None and lemma_of(tree, verb) not in self._known.words.arising:
            return None
        content = lexicon.find(tree.lemma[subject], "noun", "that")
        if content is None or (tree.pos[subject] == "PROPN" and thing is None):
            return None
        return subject

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

    def _apply(self, signature: Signature, base: Factuality) -> Factuality:
        effect = signature.affirmed if base.polarity == "positive" else signature.negated
        return replace(
            base,
            polarity="positive" if effect.holds else "negative",
            modality=weaker(base.modality, effect.modality),
        )

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
        return any(tree.text[kid] in _SEPARATORS for kid in (*tree.kids[head], *tree.kids[i]) if i < kid < head)

    def _is_subjunctive(self, i: int) -> bool:
        """ "Essential that Iran withdraw": a bare verb in a that-clause is wished for."""
        tree = self._tree
        if tree.tag[i] != "VB" or tree.first(i, "mark") is None or tree.first(i, "nsubj", "nsubjpass") is None:
            return False
        return not any(tree.dep[kid] == "aux" for kid in tree.kids[i])

    def _is_hearsay(self, head: int, pos: str, effect: Effect) -> bool:
        """ "Is said to", with nobody who says so."""
        tree = self._tree
        if pos != "verb" or effect.modality != "asserted" or not effect.holds:
            return False
        return not is_passive(tree, head) or tree.lemma[head] not in ("show", "find", "confirm", "prove")
