"""A predicate in its sentence → whether it holds: polarity, modality, and who says so.

Walks from the sentence's root down to the predicate. Own marks (negation, modals, adverbs, conditionals, questions)
meet what each embedding predicate does to its complement (`ontology/lexicon/embedding.csv`), after Karttunen's
implicatives (1971, 2012) and FactBank (Saurí and Pustejovsky 2009).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Span

from triplomat.ontology.embedding import Effect, EmbeddingLexicon, Signature, load_embedding
from triplomat.ontology.words import Words, load_words

from .clauses import is_negated, is_predicate, lemma_of, verb_chain
from .marks import Marks, weaker
from .phrases import phrase
from .quotations import Quotation
from .subjects import Subjects, is_passive
from .tree import Tree

_COMPLEMENTS = frozenset({"xcomp", "ccomp", "pcomp", "csubj", "csubjpass"})
_VERBAL = ("VERB", "AUX")


@dataclass(frozen=True, slots=True)
class Factuality:
    """Whether a predicate holds, and by whose word; `source` is None where the article itself speaks.

    `tense` is "past", "present" or "future".
    """

    polarity: str = "positive"
    modality: str = "asserted"
    source: Span | None = None
    tense: str = "present"

    @property
    def plain(self) -> bool:
        """Asserted, positive and in the article's own voice."""
        return self.polarity == "positive" and self.modality == "asserted" and self.source is None


class Factualities:
    """The factuality of every predicate of a tree, each worked out once."""

    def __init__(
        self,
        tree: Tree,
        *,
        lexicon: EmbeddingLexicon | None = None,
        words: Words | None = None,
        quotations: tuple[Quotation, ...] = (),
    ) -> None:
        self._tree = tree
        self._lexicon = lexicon or load_embedding()
        self._words = words or load_words()
        self._quotations = quotations
        self._subjects = Subjects(tree)
        self._marks = Marks(tree, self._words)
        self._known: dict[int, Factuality] = {}
        self._contexts: dict[int, Factuality] = {}

    def of(self, i: int) -> Factuality:
        """The factuality of the predicate (verb, event noun, predicative adjective) at token i."""
        if i not in self._known:
            self._known[i] = Factuality()  # breaks circles
            self._known[i] = self._own(i, self.context(i))
        return self._known[i]

    def context(self, i: int) -> Factuality:
        """What the surroundings make of token i, before its own negation and modality."""
        if i not in self._contexts:
            self._contexts[i] = Factuality()
            self._contexts[i] = self._quoted(i, self._search(i))
        return self._contexts[i]

    # ------------------------------------------------------------------ own marks
    def _own(self, i: int, context: Factuality) -> Factuality:
        tree = self._tree
        verbal = tree.pos[i] in _VERBAL
        negated = is_negated(tree, i) if verbal else self._marks.negated_noun(i)
        modality = self._marks.modality(i) if verbal else self._marks.noun_modality(i)
        if verbal and self._words.restriction(tree, i):
            negated = False
        positive = (context.polarity == "positive") != negated
        source = self._marks.according_to(i) or context.source
        if (
            source is not None
            and any(source.start <= node < source.end for node in self._subjects.of(i))
            and self._says(i)
        ):
            source = None  # that they say it is not their own word
        return Factuality(
            "positive" if positive else "negative",
            weaker(context.modality, modality),
            source,
            self._marks.tense(i) if verbal else self._noun_tense(i, context),
        )

    def _noun_tense(self, i: int, context: Factuality) -> str:
        return "future" if context.modality == "intended" else "past" if context.tense == "past" else context.tense

    # ------------------------------------------------------------------ surroundings
    def _search(self, i: int) -> Factuality:
        tree = self._tree
        dep, head = tree.dep[i], tree.head[i]
        if head == i:
            return self._inverted_report(i)
        if dep in ("ccomp", "advcl") and i < head and self._marks.inverted_condition(i):
            return Factuality(modality="hypothetical")
        if (
            dep == "relcl"
            and self._infinitive(i)
            and self._marks.inverted_condition(head_verb := tree.head[head])
            and head_verb < i
        ):
            return Factuality(modality="hypothetical")
        if tree.pos[i] not in _VERBAL and dep in (
            "dobj",
            "nsubjpass",
            "pobj",
            "nsubj",
            "attr",
            "conj",
            "compound",
            "poss",
            "appos",
            "nmod",
            "npadvmod",
            "dep",
        ):
            return self._around_noun(i)
        if dep == "conj":
            return self._around_sibling(i, head)
        if dep in _COMPLEMENTS or (dep == "advcl" and self._is_gerund_complement(i, head)):
            return self._complement(i)
        if dep == "acl" and tree.lower[i] != "to" and self._infinitive(i):
            return self._embedded(i, head, "noun", "to", self._near(head))
        if dep in ("acl", "relcl") and self._marker(i) == "that" and tree.pos[head] not in _VERBAL:
            return self._denied(head) or self._embedded(i, head, "noun", "that", self._near_noun(head))
        if dep == "advcl":
            return self._adverbial(i, head)
        if dep in ("relcl", "acl"):
            return self._modifying(i, head)
        if dep in ("parataxis", "dep", "meta"):
            return replace(self.context(self._predicate_above(i)), polarity="positive")
        return self._spread(head)

    def _around_sibling(self, i: int, head: int) -> Factuality:
        """Coordinated predicates share what surrounds them, and an auxiliary that only the first one has."""
        tree = self._tree
        context = self.context(head)
        if tree.pos[head] not in _VERBAL:
            return context
        own = tree.kids_of(i, "aux", "auxpass", "nsubj", "nsubjpass")
        if not own and tree.tag[i] == tree.tag[head]:
            shared = [j for j in tree.kids_of(head, "aux") if tree.tag[j] == "MD"]
            for j in shared:
                context = replace(context, modality=weaker(context.modality, self._words.modal(tree.lower[j])))
        for kid in tree.kids_of(head, "mark"):
            if self._words.marker(tree.lower[kid]) and tree.dep[head] == "advcl":
                return context
        return context

    def _near(self, i: int) -> Factuality:
        """The status of the predicate that a noun belongs to, its negation aside."""
        above = self._predicate_above(i)
        return replace(self.context(above), modality=self.of(above).modality) if above != i else Factuality()

    def _predicate_above(self, i: int) -> int:
        tree = self._tree
        for j in tree.ancestors(i):
            if is_predicate(tree, j) or tree.head[j] == j:
                return j
        return i

    def _spread(self, i: int) -> Factuality:
        """What holds around token i for things that merely stand near it: its source, not its negation."""
        context = self.context(i)
        return replace(context, polarity="positive")

    def _is_gerund_complement(self, i: int, head: int) -> bool:
        """spaCy labels "stopped Putin sending" advcl: an unmarked gerund after such a verb is its complement."""
        tree = self._tree
        if tree.tag[i] != "VBG" or i < head or tree.first(i, "mark", "advmod") is not None:
            return False
        if any(tree.text[j] == "," for j in tree.kids[head] if head < j < i):
            return False
        signature = self._lexicon.find(lemma_of(tree, head), "verb")
        return signature is not None and not signature.affirmed.holds

    def _infinitive(self, i: int) -> bool:
        tree = self._tree
        return any(tree.lower[kid] == "to" and tree.dep[kid] == "aux" for kid in tree.kids[i])

    def _complement(self, i: int) -> Factuality:
        tree = self._tree
        head = tree.head[i]
        marker = self._marker(i)
        if tree.dep[i] == "pcomp":
            preposition = head
            marker = tree.lower[preposition]
            head = tree.head[preposition]
            if marker == "without" or (marker == "from" and tree.lower[head] == "far"):
                return replace(self._near_verb(head), polarity="negative")
            beside = {tree.lower[head], *(tree.lower[kid] for kid in tree.kids[preposition])}
            if marker in ("than", "of") and beside & {"rather", "instead"}:
                return replace(self._near_verb(head), polarity="negative")
            if tree.pos[head] in ("ADP", "SCONJ"):
                marker = tree.lower[head]
                head = tree.head[head]
        pos = "verb" if tree.pos[head] in _VERBAL else "adj" if tree.pos[head] in ("ADJ", "ADV") else "noun"
        if pos == "verb" and tree.lemma[head] == "be" and marker != "to":
            inner = tree.first(head, "attr", "acomp")
            if inner is None:
                inner = tree.first(head, "nsubj")
            if inner is not None and tree.dep[i] in ("ccomp", "xcomp"):
                return self._embedded(i, inner, "adj" if tree.pos[inner] == "ADJ" else "noun", marker, self.of(head))
        base = self.of(head) if pos == "verb" else self._near_adjective(head) if pos == "adj" else self._near_noun(head)
        return self._embedded(i, head, pos, marker, base)

    def _near_verb(self, i: int) -> Factuality:
        tree = self._tree
        return self.of(i) if is_predicate(tree, i) else self.of(self._predicate_above(i))

    def _near_noun(self, i: int) -> Factuality:
        """What surrounds a noun, turned where the noun itself is denied: "no evidence that"."""
        base = self._near(i)
        if not self._marks.negated_noun(i):
            return base
        return replace(base, polarity="negative" if base.polarity == "positive" else "positive")

    def _denied(self, noun: int) -> Factuality | None:
        """What a claim's content is where somebody rejects the claim: "rejected claims that it had armed them"."""
        tree = self._tree
        verb = tree.head[noun]
        if tree.dep[noun] == "pobj" and tree.lower[verb] == "as":  # "dismissed as baseless claims that"
            verb = tree.head[verb]
        elif tree.dep[noun] != "dobj":
            return None
        if tree.pos[verb] not in _VERBAL:
            return None
        signature = self._lexicon.find(lemma_of(tree, verb), "verb", "that")
        if signature is None or signature.affirmed.holds or signature.holder != "subject":
            return None
        return self._embedded(noun, verb, "verb", "that", self.of(verb))

    def _near_adjective(self, i: int) -> Factuality:
        """An adjective's status is its copula's: "is not likely to"."""
        tree = self._tree
        head = tree.head[i]
        return self.of(head) if tree.pos[head] in _VERBAL else self._near(i)

    def _marker(self, i: int) -> str:
        tree = self._tree
        for kid in tree.kids[i]:
            if kid > i:
                break
            if tree.dep[kid] == "mark" or (tree.lower[kid] == "that" and tree.tag[kid] == "IN"):
                return tree.lower[kid]
            if tree.dep[kid] == "aux" and tree.lower[kid] == "to":
                return "to"
        return "that" if tree.dep[i] == "ccomp" else ""

    def _embedded(self, i: int, head: int, pos: str, marker: str, base: Factuality) -> Factuality:
        """What the embedding predicate at `head`, itself of status `base`, makes of its complement."""
        tree = self._tree
        lemma = lemma_of(tree, head) if pos == "verb" else tree.lemma[head]
        marker = "whether" if marker in ("whether", "if") else marker
        passive = pos == "verb" and is_passive(tree, head)
        if (
            pos == "verb"
            and lemma in ("have", "be", "remain")
            and marker == "to"
            and any(tree.lower[kid] == "yet" for kid in tree.kids[head])
        ):
            return replace(base, polarity="negative")  # "has yet to ratify"
        signature = (passive and self._lexicon.find(f"be {tree.lower[head]}", "verb", marker)) or self._lexicon.find(
            lemma, pos, marker
        )
        if marker == "whether":
            signature = self._lexicon.find(lemma, pos, "whether") or _WHETHER
        aside = tree.dep[i] == "ccomp" and i < head and pos == "verb"
        if aside and (signature is None or not signature.holder):  # a main clause set before another by a dash
            return replace(self.context(head), polarity="positive")
        if signature is None:
            signature = self._default(i, pos, marker)
        effect = signature.affirmed if base.polarity == "positive" else signature.negated
        source = base.source
        if signature.holder:
            holder = self._holder(head, pos, signature, passive)
            if holder is not None:
                source = holder
            elif (
                passive
                and effect.modality == "asserted"
                and effect.holds
                and lemma not in ("show", "find", "confirm", "prove")
            ):
                effect = Effect(effect.holds, "possible")  # "is said to", with nobody who says so
        return Factuality(
            "positive" if effect.holds else "negative", weaker(base.modality, effect.modality), source, base.tense
        )

    def _default(self, i: int, pos: str, marker: str) -> Signature:
        """For a predicate that the lexicon lacks: a finite clause is its subject's word, an infinitive a purpose."""
        tree = self._tree
        if marker == "that" or tree.dep[i] == "ccomp":
            finite = tree.tag[i] in ("VBD", "VBZ", "VBP") or any(
                tree.tag[j] in ("VBD", "VBZ", "VBP", "MD") for j in verb_chain(tree, i)
            )
            return _REPORT if finite and pos == "verb" else _FACT
        if marker == "to":
            return _POSSIBLE if pos != "noun" else _INTENDED
        return _FACT

    def _holder(self, head: int, pos: str, signature: Signature, passive: bool) -> Span | None:
        tree = self._tree
        node: int | None = None
        if signature.holder == "poss" or pos == "noun":
            node = tree.first(head, "poss")
            if node is None:
                for prep in tree.kids_of(head, "prep"):
                    if tree.lower[prep] in ("by", "from", "of"):
                        node = tree.first(prep, "pobj")
            above = tree.head[head]
            if node is None and tree.dep[head] == "dobj" and tree.pos[above] in _VERBAL:
                node = next(iter(self._subjects.of(above)), None)
        elif pos == "adj" or not passive:
            verb = tree.head[head] if pos == "adj" and tree.pos[tree.head[head]] in _VERBAL else head
            node = next(iter(self._subjects.of(verb)), None)
        else:
            agent = tree.first(head, "agent")
            node = None if agent is None else tree.first(agent, "pobj")
        if node is None or tree.lower[node] in ("it", "there", "which", "that", "this", "what"):
            return None
        return tree.span(*phrase(tree, node))

    def _adverbial(self, i: int, head: int) -> Factuality:
        tree, words = self._tree, self._words
        context = self._spread(head)
        marks = [tree.lower[kid] for kid in tree.kids[i] if kid < i and tree.dep[kid] in ("mark", "advmod", "prep")]
        first = tree.edges(i)[0]
        if marks[:1] == ["as"] and tree.lower[max(0, first - 2) : first + 1][-3:] in (
            ["as", "long", "as"],
            ["so", "long", "as"],
        ):
            return replace(context, modality="hypothetical")
        if tree.lemma[head] in ("appear", "seem", "look", "sound", "feel") and {"though", "if", "like"} & set(marks):
            return replace(self.of(head), modality=weaker(self.of(head).modality, "possible"))
        for mark in marks:
            modality = words.marker(mark)
            if modality:
                return replace(context, modality=weaker(context.modality, modality))
        if tree.tag[i] == "VB" and self._infinitive(i):
            return replace(context, modality=weaker(self.of(self._predicate_above(i)).modality, "intended"))
        if not marks:  # a participle shares the modality of what it goes with
            if self._says(i) and self._cites(i):
                return context
            return replace(context, modality=self.of(head).modality if tree.pos[head] in _VERBAL else context.modality)
        future = self.of(head).modality if tree.pos[head] in _VERBAL else "asserted"
        if (
            future == "intended"
            and tree.tag[i] in ("VBZ", "VBP", "VB")
            and marks[0] in ("when", "once", "after", "before", "until", "as")
        ):
            return replace(context, modality="intended")
        return context

    def _modifying(self, i: int, noun: int) -> Factuality:
        """A relative clause or participle: the article's word, but unreal things have unreal properties."""
        tree = self._tree
        if tree.pos[noun] in _VERBAL:
            return self._spread(noun)
        above = self._predicate_above(noun)
        context = (
            replace(self.context(above), polarity="positive", modality="asserted") if above != noun else Factuality()
        )
        indefinite = (
            not any(
                tree.dep[kid] == "poss"
                or (tree.dep[kid] == "det" and tree.lower[kid] in ("the", "this", "that", "these", "those"))
                for kid in tree.kids[noun]
            )
            and tree.pos[noun] != "PROPN"
        )
        if indefinite and above != noun and tree.dep[noun] in ("dobj", "attr", "pobj", "nsubjpass"):
            status = self.of(above)
            if status.modality == "hypothetical":
                return replace(context, modality=status.modality)
        if indefinite and self.context(above).modality == "hypothetical":
            return replace(context, modality="hypothetical")
        return context

    def _around_noun(self, i: int) -> Factuality:
        """An event noun shares the status of the predicate that it depends on, unless that one says otherwise of it."""
        tree = self._tree
        dep, head = tree.dep[i], tree.head[i]
        if dep == "conj":
            return self._around_noun(head) if tree.pos[head] not in _VERBAL else self.context(head)
        if dep == "pobj":
            marker, verb = tree.lower[head], tree.head[head]
            if marker == "without":
                return replace(self._near_verb(verb), polarity="negative")
        else:
            marker, verb = "", head
        if tree.pos[verb] not in _VERBAL:
            if tree.pos[verb] in ("NOUN",) and marker in ("of", "for", "to", "on", "against", "over"):
                signature = self._lexicon.find(tree.lemma[verb], "noun", marker)
                if signature is not None:
                    return self._embedded(i, verb, "noun", marker, self._near(verb))
            return self._near(i)
        status = self.of(verb)
        if dep in ("nsubj", "attr") or (dep == "dobj" and tree.lemma[verb] in ("have",)):
            return replace(status, polarity="positive") if dep == "nsubj" else status
        signature = self._lexicon.find(lemma_of(tree, verb), "verb", marker)
        if signature is None or (dep == "pobj" and not marker):
            return replace(status, polarity="positive") if dep == "pobj" else status
        if dep == "pobj" and (
            (signature.affirmed.holds and signature.affirmed.modality == "asserted")
            or marker in ("in", "at", "during", "after", "before", "with", "by", "since", "as")
        ):
            return replace(status, polarity="positive")
        return self._embedded(i, verb, "verb", marker, status)

    # ------------------------------------------------------------------ sources beside the embedding
    def _says(self, i: int) -> bool:
        signature = self._lexicon.find(lemma_of(self._tree, i), "verb", "that")
        return signature is not None and signature.holder == "subject"

    def _cites(self, i: int) -> bool:
        tree = self._tree
        return tree.first(i, "ccomp", "dobj") is None and tree.first(i, "nsubj") is not None

    def _inverted_report(self, i: int) -> Factuality:
        """ "The talks failed, Kyiv said": the reporting verb hangs beside or below what it reports."""
        tree = self._tree
        for kid in tree.kids[i]:
            if (
                tree.dep[kid] in ("parataxis", "ccomp", "advcl", "dep", "conj")
                and tree.pos[kid] in _VERBAL
                and self._says(kid)
                and self._cites(kid)
            ):
                if tree.dep[kid] == "conj" and tree.first(i, "cc") is not None:
                    continue
                if tree.dep[kid] == "ccomp" and kid < i:
                    continue
                holder = self._holder(kid, "verb", _REPORT, False)
                marks = [tree.lower[j] for j in tree.kids[kid] if tree.dep[j] in ("mark", "advmod") and j < kid]
                if holder is not None and not (set(marks) - {"as"}):
                    return Factuality(source=holder)
        return Factuality()

    def _quoted(self, i: int, found: Factuality) -> Factuality:
        if found.source is not None:
            return found
        for quotation in self._quotations:
            if quotation.first <= i <= quotation.last and quotation.speaker is not None:
                return replace(found, source=quotation.speaker)
        return found


_FACT = Signature(Effect(True, "asserted"), Effect(True, "asserted"))
_REPORT = Signature(Effect(True, "asserted"), Effect(True, "possible"), "subject")
_POSSIBLE = Signature(Effect(True, "possible"), Effect(False, "possible"))
_INTENDED = Signature(Effect(True, "intended"), Effect(False, "intended"))
_WHETHER = Signature(Effect(True, "hypothetical"), Effect(True, "hypothetical"))
