"""The marks that a predicate carries itself: modals, adverbs, negation of nouns, questions, conditions, tense, sources.

What embeds the predicate is `factuality`'s business.
"""

from __future__ import annotations

from spacy.tokens import Span

from triplomat.ontology.words import Words

from .clauses import verb_chain
from .negation import lacks
from .phrases import phrase
from .tree import Tree

_VERBAL = ("VERB", "AUX")


class Marks:
    """The marks of the predicates of a tree."""

    def __init__(self, tree: Tree, words: Words) -> None:
        self._tree = tree
        self._words = words

    def modality(self, i: int) -> str:
        tree, words = self._tree, self._words
        chain = verb_chain(tree, i)
        modality = "asserted"
        perfect = any(tree.lower[j] == "have" for j in chain)
        for j in chain:
            if (tree.tag[j] == "MD" and tree.text[j + 1 : j + 2] != ["-"]) or (
                tree.lower[j] in ("need", "dare") and tree.dep[j] == "aux"
            ):  # "must have ignored": a conclusion, not a duty
                modality = weaker(
                    modality, "possible" if perfect and tree.lower[j] == "must" else words.modal(tree.lower[j])
                )
        if modality == "asserted" and (modal := self._split_modal(i, chain)) is not None:
            modality = self._words.modal(tree.lower[modal])
        if modality == "hypothetical":
            modality = self._would(i, chain)
        for kid in tree.kids[i]:
            if tree.dep[kid] in ("advmod", "npadvmod", "acomp"):
                modality = weaker(modality, words.adverb(tree.lower[kid]))
                if tree.lower[kid] == "better" and tree.tag[i] == "VB":  # "had better leave"
                    modality = weaker(modality, "intended")
            elif tree.dep[kid] == "advcl" and self._is_if_true(kid):
                modality = weaker(modality, "possible")
            elif tree.dep[kid] == "prep" and self._in_theory(kid):
                modality = weaker(modality, "possible")
            elif tree.lower[kid] == "under" and self._in_scheme(i, kid, chain):
                modality = weaker(modality, "intended")
            elif tree.dep[kid] == "parataxis" and self._is_hearsay(kid):
                modality = weaker(modality, "possible")
        if tree.dep[i] == "ROOT" or tree.dep[i] == "conj":
            modality = weaker(modality, self._question(i))
        if (
            tree.dep[i] == "ROOT"
            and tree.first(i, "nsubj", "nsubjpass", "expl") is not None
            and tree.tag[i] == "VB"
            and chain
            and tree.lower[chain[0]] == "to"
        ):
            modality = weaker(modality, "intended")  # a headline: "Putin to visit Pyongyang"
        if any(tree.first(i, dep) is not None and self._is_anybody(i, dep) for dep in ("nsubj", "nsubjpass")):
            modality = weaker(modality, "hypothetical")
        if perfect and modality == "possible" and self._is_conditional(i):
            modality = "hypothetical"  # "could have opened it if"
        if any(" ".join(tree.lower[i - k : i]) in self._words.appearances for k in (2, 3) if i >= k):
            modality = weaker(modality, "possible")
        if perfect and any(tree.lower[j] in ("should", "ought") for j in chain):
            modality = "hypothetical"
        if self._is_command(i, chain):
            modality = weaker(modality, "intended")
        return modality

    def _is_anybody(self, i: int, dep: str) -> bool:
        """ "Anyone caught in the zone is to be shot": no one in particular."""
        tree, subject = self._tree, self._tree.first(i, dep)
        if subject is None or subject + 1 != i or lacks(tree, subject, self._words) or tree.tag[i] not in ("VBD", "VBN"):
            return False
        return tree.lower[subject] in self._words.anybody or any(
            tree.lower[kid] in self._words.any for kid in tree.kids_of(subject, "det")
        )

    def _is_conditional(self, i: int) -> bool:
        tree = self._tree
        return any(
            self.inverted_condition(kid) or any(tree.lower[j] == "if" for j in tree.kids_of(kid, "mark"))
            for kid in tree.kids_of(i, "advcl")
        )

    def unneeded(self, i: int) -> bool:
        """ "Need not have fled": he did."""
        chain = verb_chain(self._tree, i)
        words = [self._tree.lower[j] for j in chain]
        return "need" in words[:1] and "have" in words and any(self._tree.dep[j] == "neg" for j in chain)

    def never(self, i: int) -> bool:
        return any(self._tree.lower[j] == "never" for j in verb_chain(self._tree, i))

    def _split_modal(self, i: int, chain: list[int]) -> int | None:
        """ "Might, had he been so minded, have called": the modal before an aside."""
        tree = self._tree
        first = chain[0]
        if first < 4 or tree.text[first - 1] not in (",", "–", "—", "-"):
            return None
        opening = next((j for j in range(first - 3, max(0, first - 16), -1) if tree.text[j] == tree.text[first - 1]), None)
        if opening is None:
            return None
        modal = opening - 1 if tree.lower[opening - 1] not in ("not", "n't") else opening - 2
        return modal if tree.tag[modal] == "MD" else None

    def _is_command(self, i: int, chain: list[int]) -> bool:
        """ "Stop the war", "do not cross the river": a bare verb with nobody before it."""
        tree = self._tree
        if tree.tag[i] != "VB" or tree.dep[i] not in ("ROOT", "conj", "ccomp", "advcl", "parataxis", "dep"):
            return False
        if tree.first(i, "nsubj", "nsubjpass", "expl", "csubj", "mark") is not None:
            return False
        if any(tree.dep[j] in ("aux", "auxpass") and (tree.lower[j] != "do" or tree.kids[j]) for j in chain):
            return False
        if tree.dep[i] == "conj":
            return self._is_command(tree.head[i], verb_chain(tree, tree.head[i]))
        first = i
        while first > 0 and tree.dep[first - 1] in ("advmod", "neg", "aux", "intj", "npadvmod"):
            first -= 1
        return first == 0 or tree.dep[first - 1] in ("punct", "cc") or tree.begins(first)

    def _is_hearsay(self, i: int) -> bool:
        """ "China, it seems, leaked it"; "the bank, it is said, knew"."""
        tree = self._tree
        subject = tree.first(i, "nsubj", "nsubjpass")
        if subject is None or tree.lower[subject] != "it":
            return False
        return tree.lemma[i] in self._words.seeming or tree.first(i, "auxpass") is not None

    def _is_if_true(self, i: int) -> bool:
        """ "Rebels took the town, if residents are to be believed"."""
        tree = self._tree
        if not any(tree.lower[kid] == "if" for kid in tree.kids_of(i, "mark")):
            return False
        verb = next(iter(tree.kids_of(i, "xcomp")), i)
        if tree.lemma[verb] in ("believe", "trust", "credit") and tree.first(verb, "auxpass") is not None:
            return True
        how = tree.first(i, "acomp")
        return tree.lemma[i] == "be" and how is not None and tree.lower[how] in ("true", "right", "correct", "accurate")

    def _in_scheme(self, i: int, preposition: int, chain: list[int]) -> bool:
        """ "Under the proposal, Iran gives up its bombs": not yet."""
        tree = self._tree
        noun = tree.first(preposition, "pobj")
        if noun is None or tree.lemma[noun] not in self._words.schemes:
            return False
        return tree.tag[chain[0]] in ("VBZ", "VBP") and tree.lemma[chain[0]] != "have"

    def _in_theory(self, preposition: int) -> bool:
        """ "In theory", "on paper", "at first sight"."""
        tree = self._tree
        noun = tree.first(preposition, "pobj")
        return noun is not None and " ".join(tree.lower[preposition : noun + 1]) in self._words.appearances

    def is_dependent(self, i: int) -> bool:
        """Whether something must come true first: "without armour it would fall", "if"."""
        tree = self._tree
        return self._is_conditional(i) or any(
            kid < i and tree.lower[kid] in ("without", "with", "but", "under") for kid in tree.kids_of(i, "prep")
        )

    def _is_refusal(self, i: int, chain: list[int]) -> bool:
        tree = self._tree
        return any(tree.dep[j] == "neg" for j in chain) or any(
            tree.lower[kid] in ("neither", "nor") for kid in tree.kids_of(i, "preconj", "cc")
        )

    def is_would(self, i: int) -> bool:
        """Whether "would" is the future in the past here, as it isn't in "would have come"."""
        chain = verb_chain(self._tree, i)
        words = {self._tree.lower[j] for j in chain if j != i}
        return bool(words & {"would", "'d", "’d"}) and "have" not in words

    def _would(self, i: int, chain: list[int]) -> str:
        """ "Would" is a condition, but the future in the past in "said it would send", and a wish in "would like"."""
        tree = self._tree
        if not any(tree.lower[j] in ("would", "'d", "’d") for j in chain):
            return "hypothetical"
        if any(tree.lower[j] == "have" for j in chain if j != i):  # "would have come" did not come about
            return "hypothetical"
        if tree.lemma[i] in self._words.polite:
            return "asserted"
        if tree.lemma[i] in self._words.unwilling and not self._is_conditional(i) and self._is_refusal(i, chain):
            return "asserted"  # "would not comment"
        if self._reported(i) or any(tree.lower[kid] in ("rather", "sooner") for kid in tree.kids[i] if kid < i):
            return "intended"
        return "hypothetical"

    def almost(self, i: int) -> bool:
        """ "Almost collapsed": it did not; "almost doubled" tells by how much."""
        tree, words = self._tree, self._words
        if tree.lower[max(0, i - 2) : i] == ["all", "but"]:
            return tree.lemma[i] not in words.degrees
        if i == 0 or tree.lower[i - 1] not in words.almost or tree.head[i - 1] != i:
            return False
        return tree.lemma[i] not in words.degrees

    def inverted_condition(self, i: int) -> bool:
        """ "Were Sweden to leave", "Had Iran known", "Should prices fall": the verb before its subject, no question."""
        tree = self._tree
        for j in (i, *tree.kids_of(i, "aux", "auxpass")):
            if tree.lower[j] not in ("were", "had", "should") or j + 1 >= len(tree.text):
                continue
            subject = tree.first(i, "nsubj", "nsubjpass")
            if subject is None or tree.edges(subject)[0] != j + 1 or (j != i and subject > i):
                continue
            before = tree.pos[j - 1] if not tree.begins(j) else "PUNCT"
            apart = before in ("PUNCT", "SPACE", "CCONJ", "SCONJ") or tree.lower[j - 1] in ("that", "even")
            return (apart or tree.edges(i)[0] == j) and not self._asks(j)
        return False

    def _asks(self, j: int) -> bool:
        """Whether the auxiliary at token j opens a question, or stands behind what negates it: "nor had he"."""
        tree = self._tree
        first, end = tree.sentence(j)
        if j > first and tree.lower[j - 1] in ("nor", "neither", "what", "who", "which", "so"):
            return True
        return j == first and any(tree.text[k].startswith("?") for k in range(max(first, end - 2), end))

    def split_condition(self, i: int, head: int) -> bool:
        """ "Had Romania not supplied it", where the parser made two clauses of it."""
        tree = self._tree
        if tree.lower[head] not in ("had", "were", "should") or head > i or tree.edges(head)[0] != head:
            return False
        subject = tree.first(i, "nsubj", "nsubjpass")
        return subject is not None and tree.edges(subject)[0] == head + 1 and tree.first(head, "nsubj") is None

    def _question(self, i: int) -> str:
        tree = self._tree
        root = i
        while tree.dep[root] == "conj" and tree.pos[tree.head[root]] in _VERBAL:
            root = tree.head[root]
        if tree.dep[root] != "ROOT":
            return "asserted"
        last = tree.kids[root][-1] if tree.kids[root] else root
        return "hypothetical" if tree.text[last].startswith("?") else "asserted"

    def _reported(self, i: int) -> bool:
        tree = self._tree
        while tree.dep[i] in ("conj", "xcomp"):
            i = tree.head[i]
        head = tree.head[i]
        if tree.dep[i] == "advcl" and tree.pos[head] == "ADJ":
            head = tree.head[head]  # "made it clear that it would"
            return any(tree.tag[j] in ("VBD", "VBN") for j in verb_chain(tree, head))
        if tree.dep[i] == "acl":
            return True
        return tree.dep[i] == "ccomp" and any(tree.tag[j] in ("VBD", "VBN") for j in verb_chain(tree, head))

    def noun_modality(self, i: int) -> str:
        """The modality that the words before an event noun give it: "alleged", "planned", "any"."""
        tree = self._tree
        unknown = any(tree.lower[kid] in self._words.any for kid in tree.kids_of(i, "det"))
        return "hypothetical" if unknown else self.adjective(i)

    def adjective(self, i: int) -> str:
        """The modality that its adjectives give an event noun."""
        tree = self._tree
        modality = "asserted"
        for kid in tree.kids_of(i, "amod", "compound", "advmod", "acl", "nmod"):
            modality = weaker(modality, self._words.adjective(tree.lower[kid]))
        return modality

    def undone(self, i: int) -> bool:
        """ "The cancelled visit", "a foiled attack"."""
        return any(self._tree.lower[kid] in self._words.undone for kid in self._tree.kids_of(i, "amod", "compound"))

    def tense(self, i: int) -> str:
        tree = self._tree
        chain = verb_chain(tree, i)
        if any(tree.lower[j] in ("will", "'ll", "shall", "wo") for j in chain):
            return "future"
        if self._going_to(i):
            return "future"
        tags = [tree.tag[j] for j in chain]
        if "VBD" in tags or ("VBN" in tags and any(tree.lemma[j] == "have" for j in chain)):
            return "past"
        if (
            tags
            and tags[-1] in ("VBN", "VBG", "VB")
            and tree.head[i] != i
            and len(chain) == 1
            and tree.pos[tree.head[i]] in _VERBAL
        ):
            return self.tense(tree.head[i])
        return "present"

    def _going_to(self, i: int) -> bool:
        tree = self._tree
        head = tree.head[i]
        return tree.dep[i] == "xcomp" and tree.lower[head] in ("going", "set", "due", "about")

    def according_to(self, i: int) -> Span | None:
        """The source that "according to …", "in the view of …" names for a clause."""
        tree = self._tree
        for kid in tree.kids[i]:
            if tree.text[kid] in ("For", "To") and (whose := self._perspective(kid)) is not None:
                return whose
            if tree.dep[kid] == "prep" and tree.lower[kid] in ("in", "to", "by", "from", "on"):
                view = tree.first(kid, "pobj")
                if view is not None and tree.lemma[view] in self._words.views:
                    owner = tree.first(view, "poss")
                    for prep in tree.kids_of(view, "prep"):
                        owner = tree.first(prep, "pobj") if tree.lower[prep] == "of" else owner
                    if owner is not None and tree.lower[owner] not in ("my", "our", "its", "this"):
                        return tree.span(*_without_case(tree, owner))
            if tree.dep[kid] in ("prep", "advcl", "advmod") and tree.lower[kid] == "according":
                for inner in tree.kids[kid]:
                    if tree.lower[inner] == "to" and (found := tree.first(inner, "pobj")) is not None:
                        return tree.span(*phrase(tree, found))
        return None

    def according_to_which(self, i: int) -> Span | None:
        """ "The official version, according to which drug traffickers burned the bodies"."""
        tree = self._tree
        above = tree.head[tree.head[i]]
        if tree.lower[above] != "according" or above < 2:
            return None
        if not any(tree.tag[j] == "WDT" for j in range(tree.head[i], i)):
            return None
        noun = above - 2 if tree.text[above - 1] == "," else above - 1
        return tree.span(*phrase(tree, noun))

    def inverted_question(self, i: int) -> bool:
        """ "So has the army taken it or not?": the auxiliary before the subject, and a question mark."""
        tree = self._tree
        _, end = tree.sentence(i)
        if not any(tree.text[j].startswith("?") for j in range(max(i, end - 3), end)):
            return False
        subject = tree.first(i, "nsubj", "nsubjpass")
        auxiliary = tree.first(i, "aux", "auxpass")
        asked = any(tree.tag[kid] in ("WP", "WRB", "WDT") for kid in tree.kids[i])
        return subject is not None and auxiliary is not None and auxiliary < subject < i and not asked

    def _perspective(self, preposition: int) -> Span | None:
        """ "For Moscow, the deal is a triumph": a name behind "for" at the head of the sentence, set off by a comma."""
        tree = self._tree
        named = tree.first(preposition, "pobj")
        if named is None or tree.ent[named] not in ("GPE", "PERSON", "ORG", "NORP"):
            return None
        first, last = phrase(tree, named)
        return tree.span(first, last) if last + 1 < len(tree.text) and tree.text[last + 1] == "," else None


def _without_case(tree: Tree, owner: int) -> tuple[int, int]:
    first, last = phrase(tree, owner)
    while last > owner and tree.dep[last] == "case":
        last -= 1
    return first, last


def weaker(outer: str, own: str) -> str:
    """The weaker of two modalities: what isn't asserted stays so; a condition outweighs an intention."""
    if "hypothetical" in (outer, own):
        return "hypothetical"
    return own if own != "asserted" else outer
