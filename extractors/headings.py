"""What stands before or behind a colon or a last dash → whose word the rest is: "Police: gunman fled", "… – UN".

A noun of saying or wishing there tells what the rest is: "His advice: sell now", "Moscow's version is different: …".
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span

from triplomat.ontology.embedding import Effect

from .governing import Governing
from .passives import is_passive
from .phrases import phrase
from .status import VERBAL, Known

_NAMED = frozenset({"GPE", "NORP", "PERSON", "ORG"})
_DASHES = frozenset({"-", "–", "—", "--"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_OPENING = frozenset({'"', "“", "``", "'", "‘"})


@dataclass(frozen=True, slots=True)
class Heading:
    """Tokens `first` to `last` are the word of `source`, or have this effect, or both."""

    first: int
    last: int
    source: Span | None
    effect: Effect | None = None


class Headings:
    """The stretches of a text that a colon or dash ascribes to somebody, each sentence looked at once."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._tree = known.tree
        self._governing = Governing(known)
        self._found: dict[int, Heading | None] = {}

    def of(self, i: int) -> Heading | None:
        """The heading whose stretch token i stands in."""
        first, end = self._tree.sentence(i)
        if first not in self._found:
            self._found[first] = self._search(first, end)
        found = self._found[first]
        return found if found is not None and found.first <= i <= found.last else None

    def _search(self, first: int, end: int) -> Heading | None:
        tree = self._tree
        if first > 1 and tree.text[first - 1] == ":":  # the parser ended a sentence there
            return self._before(tree.sentence(first - 1)[0], first - 1, end)
        for j in range(first + 1, end - 1):
            if tree.text[j] == ":":
                return self._before(first, j, end) or self._behind(first, j, end)
        last = next((j for j in range(max(first + 3, end - 6), end - 1) if self._is_dash(j)), None)
        return None if last is None else self._behind(first, last, end)

    def _before(self, first: int, colon: int, end: int) -> Heading | None:
        tree = self._tree
        if not any(tree.tag[j] in _FINITE for j in range(first, colon)):
            return self._label(first, colon, end) if colon - first <= 6 else None
        said = self._announced(first, colon)
        return None if said is None else Heading(colon + 1, end - 1, *said)

    def _label(self, first: int, colon: int, end: int) -> Heading | None:
        """ "Police:", "His advice:", "UN report:"; a label such as "Exclusive:" names nobody."""
        tree = self._tree
        noun = colon - 1
        if self._is_dateline(first, colon, end) or self._reports_itself(colon, end):
            return None
        if tree.lower[noun] in self._known.words.labels or tree.lemma[noun] in self._known.words.labels:
            return None
        signature = self._known.lexicon.find(tree.lemma[noun], "noun", "that")
        quoted = tree.text[colon + 1] in _OPENING and tree.pos[noun] in ("NOUN", "PROPN")
        if quoted or self._is_speaker(first, colon - 1):
            return Heading(colon + 1, end - 1, tree.span(first, colon - 1))
        content = self._content(noun) if signature is not None else None
        return None if content is None else Heading(colon + 1, end - 1, *content)

    def _reports_itself(self, colon: int, end: int) -> bool:
        """ "Dubai: property developer denies plan": who speaks stands behind the colon."""
        tree = self._tree
        verb = next((j for j in range(colon + 1, end) if tree.tag[j] in _FINITE), None)
        if verb is None or tree.text[colon + 1] in ('"', "“", "'", "‘") or tree.ent[colon - 1] not in ("GPE", "LOC"):
            return False
        return tree.first(verb, "nsubj") is not None and self._known.reports(verb)

    def _is_dateline(self, first: int, colon: int, end: int) -> bool:
        """ "JAKARTA: No sooner had …", "Chernobyl: Swedish readings …": a place before a whole sentence."""
        tree = self._tree
        capitals = tree.text[first:colon] == [tree.text[colon - 1]] and tree.text[first].isupper()
        place = capitals or tree.ent[colon - 1] in ("GPE", "LOC", "FAC", "")
        place = place and tree.lemma[colon - 1] not in self._known.words.speakers
        sentence = any(tree.text[j] in (".", "?", "!") for j in range(max(colon, end - 2), end))
        return place and sentence and (capitals or tree.pos[colon - 1] != "NOUN")

    def _is_speaker(self, first: int, last: int) -> bool:
        tree = self._tree
        if tree.tag[last] == "POS" or any(tree.pos[j] == "NUM" for j in range(first, last + 1)):
            return False
        if tree.ent[last] in _NAMED or tree.lemma[last] in self._known.words.speakers:
            return True
        return last - first < 3 and tree.pos[last] != "NOUN" and tree.text[last][:1].isupper()

    def _behind(self, first: int, mark: int, end: int) -> Heading | None:
        """ "Russia shelled hospital: Kyiv"."""
        tree = self._tree
        last = end - 1
        while last > mark and tree.pos[last] == "SPACE":
            last -= 1
        if tree.text[last] in (".", "!", "?", ";"):  # a whole sentence is no headline
            return None
        if last - mark > 5 or last == mark or any(tree.pos[j] in VERBAL for j in range(mark + 1, last + 1)):
            return None
        if not any(tree.tag[j] in _FINITE for j in range(first, mark)) or not self._is_speaker(mark + 1, last):
            return None
        return Heading(first, mark - 1, tree.span(mark + 1, last))

    def _is_dash(self, j: int) -> bool:
        """Whether token j is a dash between spaces, and no hyphen."""
        tree = self._tree
        return tree.text[j] in _DASHES and tree.ends[j - 1] < tree.starts[j] and tree.ends[j] < tree.starts[j + 1]

    def _announced(self, first: int, colon: int) -> tuple[Span | None, Effect | None] | None:
        """Who announces what follows the colon: "Moscow is certain:", "the order was simple:", "Rao had a theory:"."""
        tree, known = self._tree, self._known
        verb = next((j for j in range(first, colon) if tree.pos[j] in VERBAL and self._is_main(j, first, colon)), None)
        if verb is None:
            return None
        subject = next(iter(known.subjects.of(verb)), None)
        if subject is None or not first <= subject < colon:
            return None
        source = tree.span(*phrase(tree, subject))
        how = tree.first(verb, "acomp")
        if tree.lemma[verb] == "be" and how is not None:
            minded = tree.pos[subject] != "NOUN" or tree.lemma[subject] in known.words.speakers
            if minded and (tree.lower[how] in known.words.blunt or known.is_held(how)):
                return source, None
            return self._content(subject)
        bare = colon == verb + 1 or tree.text[colon + 1] in _OPENING  # not "he went further: they left"
        said = tree.first(verb, "ccomp")
        near = colon - verb <= 6 or (said is not None and verb < said < colon)  # "said that he had no need: his"
        if (known.reports(verb) if bare else known.says(verb)) and not is_passive(tree, verb) and near:
            return source, None
        thing = tree.first(verb, "dobj")
        if thing is None:
            return None
        if tree.lower[thing] == "it":  # "sees it differently:"
            return source, None
        content = self._content(thing)
        return None if content is None else (content[0] or source, content[1])

    def _content(self, noun: int) -> tuple[Span | None, Effect | None] | None:
        signature = self._known.lexicon.find(self._tree.lemma[noun], "noun", "that")
        if self._tree.pos[noun] != "NOUN" or signature is None or signature.factive:
            return None
        owner, effect = self._governing.holder(noun, "noun", "poss"), signature.affirmed
        if effect.modality == "asserted":
            effect = Effect(effect.holds, "asserted" if owner is not None else "possible")
        return owner, effect

    def _is_main(self, verb: int, first: int, colon: int) -> bool:
        """Whether a verb is the main one of what stands before the colon."""
        tree = self._tree
        above = tree.head[verb]
        inside = first <= above < colon and above != verb
        return not inside and tree.tag[verb] != "MD" and tree.dep[verb] not in ("aux", "auxpass")
