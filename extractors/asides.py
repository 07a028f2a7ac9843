"""Reports set off by commas → what they cover and whose word it is: "The talks, a Thai official said, have failed".

Read from the words and their tags, for such asides lead a small parser astray. An aside at the end covers all that
stands before it; one in the middle also what follows, up to a semicolon or a contrast.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Span

from triplomat.ontology.embedding import EmbeddingLexicon, Signature
from triplomat.ontology.words import Words

from .covering import Covering
from .phrases import phrase
from .tree import Tree

_BOUNDS = frozenset({",", ";", ":", "–", "—", "--", "-", "(", ")", '"', "“", "”", "``", "''"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_OPENERS = frozenset({"as", "or", "so", "and", "nor"})
_HEADS = ("NOUN", "PROPN", "PRON")
_RELATIVE = frozenset(
    {"which", "who", "that", "whom", "whose", "what", "it", "there", "this", "something", "where", "when", "if"}
)
_BEING = frozenset({"is", "are", "was", "were", "been", "being", "be"})
_NOMINAL = frozenset({"DT", "NNP", "NNPS", "NN", "NNS", "JJ", "PRP$", "CD"})
_OF_PARTICIPLES = frozenset({"for", "of", "with", "by", "against"})
_OPENING = frozenset({'"', "“", "``"})
_SHORTEST, _LONGEST = 2, 16


@dataclass(frozen=True, slots=True)
class Aside:
    """Tokens `first` to `last` are an aside with the verb `verb`; it covers `low` to `high` outside of itself."""

    first: int
    last: int
    verb: int
    low: int
    high: int
    source: Span
    modality: str


class Asides:
    """The reports set off by commas in the sentences of a tree, each sentence looked at once."""

    def __init__(self, tree: Tree, lexicon: EmbeddingLexicon, words: Words) -> None:
        self._tree = tree
        self._lexicon = lexicon
        self._words = words
        self._covering = Covering(tree, lexicon, words)
        self._all: list[Aside] = []
        self._over: dict[int, Aside] = {}  # by the tokens that an aside covers
        self._at: dict[int, Aside] = {}  # by its verb
        for first, end in pairwise([*tree.sentences, len(tree.text)]):
            for aside in self._search(first, end):
                self._all.append(aside)
                self._at[aside.verb] = aside
        for aside in self._all:
            for i in (*range(aside.low, aside.first), *range(aside.last + 1, aside.high + 1)):
                other = self._over.get(i)
                if other is None or _distance(aside, i) < _distance(other, i):
                    self._over[i] = aside

    def of(self, i: int) -> Aside | None:
        """The aside that covers token i."""
        return self._over.get(i)

    def at(self, verb: int) -> Aside | None:
        """The aside whose verb stands at token `verb`."""
        return self._at.get(verb)

    def before(self, verb: int) -> Aside | None:
        """The aside that ends right before the participle at token `verb`."""
        return next((aside for aside in self._all if aside.last + 2 == verb), None)

    def ends_before(self, i: int, source: Span) -> bool:
        """Whether an aside of this source leaves token i out."""
        if not self._all:
            return False
        first, end = self._tree.sentence(i)
        own = [aside for aside in self._all if first <= aside.first < end and aside.source == source]
        return bool(own) and not any(
            aside.low <= i <= aside.high
            or (aside.high < aside.first < i and self._tree.tag[aside.last + 2 : aside.last + 3] == ["VBG"])
            or self._says_again(i, aside)
            for aside in own
        )

    def _says_again(self, i: int, aside: Aside) -> bool:
        """Whether a verb behind the aside says what token i tells: "…, he told us, but said he was willing"."""
        tree = self._tree
        above = (j for j in tree.ancestors(i) if aside.last < j < i and tree.pos[j] == "VERB")
        found = (self._lexicon.find(tree.lemma[j], "verb", "that") for j in above)
        return any(signature is not None and signature.holder == "subject" for signature in found)

    def _search(self, first: int, end: int) -> list[Aside]:
        tree = self._tree
        bounds = [j for j in range(first, end) if tree.text[j] in _BOUNDS and not self._joins(j)]
        if not bounds:
            return []
        last = end
        while last > first and tree.pos[last - 1] in ("PUNCT", "SPACE"):
            last -= 1
        bounds = [first - 1, *(j for j in bounds if j < last), last]
        found = []
        for low, high in pairwise(bounds):
            opened = low >= first and tree.text[low] in _OPENING and tree.ends[low] == tree.starts[low + 1]
            if low >= first and not opened and _SHORTEST <= high - low - 1 <= _LONGEST:
                start = self._named_before(bounds, high) if high == last else low + 1
                aside = self._aside(start, high - 1, first, end)
                if aside is not None:
                    found.append(aside)
        return found

    def _joins(self, j: int) -> bool:
        """Whether a hyphen stands inside a word: "al-Sisi"."""
        tree = self._tree
        return 0 < j < len(tree.text) - 1 and tree.ends[j - 1] == tree.starts[j] and tree.ends[j] == tree.starts[j + 1]

    def _named_before(self, bounds: list[int], end: int) -> int:
        """Where the last aside begins: its speaker may have a second name, "…, the minister, Ana Ruiz, said"."""
        tree, place = self._tree, bounds.index(end) - 1
        start = bounds[place] + 1
        if tree.tag[start] not in _FINITE:
            return start
        for low, high in ((bounds[place - 1], bounds[place]), (bounds[place - 2], bounds[place - 1])):
            words = range(low + 1, high)
            if place < 2 or low >= high or not 1 <= len(words) <= _LONGEST // 2 or tree.text[high] != ",":
                break
            verbal = any(tree.tag[j] in (*_FINITE, "MD", "VBG", "TO", "WDT", "WP", "WRB") for j in words)
            if verbal or tree.tag[words[0]] not in _NOMINAL or tree.pos[words[-1]] not in _HEADS:
                break
            start = low + 1
        return start

    def _aside(self, first: int, last: int, start: int, end: int) -> Aside | None:
        tree = self._tree
        if any(tree.tag[j] in ("MD", "WP", "WDT", "WRB", "WP$") for j in range(first, last + 1)):
            return None
        if (let := self._letting(first, last, start, end)) is not None:
            return let
        verbs = [j for j in range(first, last + 1) if tree.tag[j] in _FINITE]
        if not verbs:  # a past form that the tagger takes for a participle
            misread = tree.lower[last] in self._words.misread and tree.tag[last] in ("NN", "NNP", "VB")
            past = tree.tag[last] == "VBN" and tree.pos[last] == "VERB"
            verbs = [last] if (past or misread) and last > first else []
        if not 1 <= len(verbs) <= 2 or (verbs[0] != first and tree.tag[first] in ("VBN", "VBG", "TO")):
            return None
        verb = next((j for j in range(verbs[-1], last + 1) if tree.pos[j] == "VERB" or j == verbs[-1]), verbs[-1])
        if tree.pos[verbs[-1]] == "AUX":
            verb = verbs[-1] + 1
            while verb < last and tree.pos[verb] in ("ADV", "PART", "AUX"):
                verb += 1
            if verb > last or tree.tag[verb] not in ("VBN", "VBG", "JJ"):
                return None
        signature = self._report(verb, tree.lower[first] == "as")
        if tree.lower[verb - 1] in _BEING and tree.lemma[verb] != "quote":
            signature = self._held(verb)  # "many are convinced", but "no decision is expected"
        if signature is None or any(verb < j < verbs[-1] for j in verbs):
            return None
        if len(verbs) == 2 and verbs[1] - verbs[0] > 2:
            return None
        speaker = self._speaker(first, verbs[0], verb, last)
        if tree.lower[last - 1 : last + 1] == ["as", "saying"] and tree.lower[verb - 1] not in _BEING:
            speaker = last - 2  # "Tass quoted the general as saying"
        elif speaker is None or not self._is_bare(verb, last, speaker):
            return None
        low, high = self._covering.of(first, last, start, end)
        outside = [j for j in range(low, high + 1) if not first <= j <= last and tree.tag[j] in _FINITE]
        if not outside:
            return None
        source = tree.span(*self._noun_phrase(speaker, first, last, verb))
        guessed = tree.lemma[verb] in self._words.fearing or signature.affirmed.modality == "intended"
        return Aside(first, last, verb, low, high, source, "possible" if guessed else "asserted")

    def _held(self, word: int) -> Signature | None:
        """The signature of what its subject holds to be so: "convinced", "certain"."""
        found = self._lexicon.find(self._tree.lower[word], "adj", "that")
        return found if found is not None and found.holder == "subject" and found.affirmed.holds else None

    def _letting(self, first: int, last: int, start: int, end: int) -> Aside | None:
        """ "…, he let it be known, …"."""
        tree = self._tree
        verb = last - 3
        if verb <= first or " ".join(tree.lower[verb : last + 1]) not in self._words.letting:
            return None
        speaker = self._head([j for j in range(first, verb) if tree.pos[j] in _HEADS] or [verb], verb)
        if speaker is None or speaker == verb:
            return None
        source = tree.span(*self._noun_phrase(speaker, first, last, verb))
        return Aside(first, last, verb, *self._covering.of(first, last, start, end), source, "asserted")

    def _report(self, verb: int, compared: bool) -> Signature | None:
        """The signature of a verb that reports or believes what stands beside it; "as they had demanded" doesn't."""
        tree = self._tree
        if (phrasal := self._phrasal(verb)) is not None:
            return phrasal
        if tree.pos[verb] != "VERB" and tree.lower[verb] not in self._words.misread:
            return None
        found = self._lexicon.find(tree.lemma[verb], "verb", "that")
        if found is None or not found.affirmed.holds:
            return None
        exact = self._lexicon.exact(tree.lemma[verb], "verb", "that")
        if found.holder != "subject" and (exact is None or tree.lemma[verb] not in self._words.speech):
            return None
        if found.affirmed.modality == "intended" and (compared or tree.lemma[verb] not in self._words.speech):
            return None
        return found

    def _phrasal(self, verb: int) -> Signature | None:
        """ "Mr Schroder made clear"."""
        tree = self._tree
        if verb + 1 >= len(tree.text):
            return None
        found = self._lexicon.exact(f"{tree.lemma[verb]} {tree.lower[verb + 1]}", "verb", "that")
        return found if found is not None and found.holder == "subject" else None

    def _speaker(self, first: int, auxiliary: int, verb: int, last: int) -> int | None:
        """The head of the noun phrase before the verb, or behind it: "said the envoy"."""
        tree = self._tree
        before = [j for j in range(first, auxiliary) if tree.pos[j] in _HEADS]
        if first < auxiliary:
            opener = tree.lower[first]
            if not before or opener == "to" or (opener in _RELATIVE and not self._names(first, verb)):
                return None  # "it said" names who says so, unlike "it seems"
            second = first + (tree.lower[first] in _OPENERS)
            if tree.pos[second] in ("ADP", "SCONJ", "CCONJ", "ADV") and tree.lower[second] != "so":
                return None
            if tree.tag[second] in ("CD", "DT", "JJ") and tree.lower[second + 1] == "of":  # "one of them added"
                return second
            own = tree.first(verb, "nsubj")
            if own is not None and first <= own < auxiliary and tree.pos[own] == "ADJ":
                return own  # "an official close to the talks told Reuters"
            return self._head(before, auxiliary)
        if auxiliary != verb:  # "…, has asked the Union to meet"
            return None
        if any(kid < first and tree.dep[kid] == "nsubj" for kid in tree.kids[verb]):
            return None  # "Brazil, which …, urged both governments": whoever speaks stands before
        behind = [j for j in range(verb + 1, last + 1) if tree.pos[j] in _HEADS]
        if not behind or tree.pos[verb + 1] in ("ADP", "SCONJ", "ADV", "PART"):
            return None
        if not self._tells(verb):
            return None  # "accused Kigali of …": whom it names doesn't speak
        if tree.tag[verb + 1] in ("CD", "DT", "JJ") and tree.lower[verb + 2 : verb + 3] == ["of"]:
            return verb + 1  # "said one of them"
        speaker = self._head(behind, last + 1)
        return speaker if speaker is not None and self._is_somebody(speaker) else None

    def _tells(self, verb: int) -> bool:
        """Whether a verb is known to take what somebody says: "say", "add", not "accuse", "blame"."""
        lemma = self._tree.lemma[verb]
        return lemma in self._words.speech or self._lexicon.exact(lemma, "verb", "that") is not None

    def _names(self, first: int, verb: int) -> bool:
        """ "…, it said, …", but not "it is said"."""
        return self._tree.lower[first] == "it" and verb == first + 1 and self._tree.lemma[verb] != "be"

    def _is_somebody(self, noun: int) -> bool:
        """Whether a noun behind the verb can be who says it: "said one diplomat", not "found another 40m francs"."""
        tree = self._tree
        return (
            tree.pos[noun] in ("PROPN", "PRON")
            or tree.lemma[noun] in self._words.speakers
            or tree.ent[noun] in ("PERSON", "ORG", "GPE", "NORP")
            or tree.lower[noun].endswith(self._words.doers)
        )

    def _head(self, nouns: list[int], end: int) -> int | None:
        """The head of the first noun phrase: the last noun before a preposition or another word that ends it."""
        tree = self._tree
        head = nouns[0]
        for j in range(head, end):
            if tree.pos[j] in _HEADS:
                head = j
            elif tree.tag[j] not in ("POS", "JJ", "DT", "CD", "PRP$", "HYPH", "CC", "JJR", "JJS", "VBN", "VBG"):
                break
        return None if tree.lower[head] in _RELATIVE and tree.lower[head] != "it" else head

    def _is_bare(self, verb: int, last: int, speaker: int) -> bool:
        """Whether the verb has no content of its own: adverbs, phrases and a time may follow it, and who was told."""
        tree = self._tree
        behind = range(verb + 1, last + 1)
        if any(tree.lower[j] in ("that", "whether") and tree.lower[j - 1] != "condition" for j in behind):
            return False
        if speaker > verb or verb == last:
            return True
        after = verb + 1 + (self._phrasal(verb) is not None)
        if after > last:
            return True
        if tree.lower[after] in ("that", "whether", "if", "how", "why", "what", "it", "to"):
            return tree.lemma[verb] in ("put", "tell", "have", "see") or tree.lower[after : after + 2] == ["to", "the"]
        if tree.lower[after] in _OF_PARTICIPLES and not self._tells(verb):
            return False  # "the gang blamed for the murder", "the firm suspected of fraud"
        if tree.pos[after] in ("ADP", "ADV") or tree.ent[after] in ("DATE", "TIME"):
            return True
        return tree.lemma[verb] in self._words.telling

    def _noun_phrase(self, head: int, first: int, last: int, verb: int) -> tuple[int, int]:
        low, high = phrase(self._tree, head)
        listed = all(self._is_listed(j) for j in range(first, low))
        if head < verb and listed and "CCONJ" in self._tree.pos[first:low]:
            low = first  # "residents and aid workers said"
        while low < first or (self._tree.lower[low] in _OPENERS and low < head):
            low += 1
        return min(low, head), max(head, min(high, last if head > verb else verb - 1))

    def _is_listed(self, j: int) -> bool:
        tree = self._tree
        return tree.pos[j] in _HEADS or tree.tag[j] in ("CC", "DT", "JJ", "CD", "PRP$", "POS", ",")


def _distance(aside: Aside, i: int) -> int:
    return min(abs(i - aside.first), abs(i - aside.last))
