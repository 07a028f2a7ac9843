"""A clause's mood → whether it asks, commands or supposes: "has it left?", "stop the war", "had it known"."""

from __future__ import annotations

from triplomat.ontology.words import Words

from .clauses import verb_chain
from .negation import lacks
from .tree import Tree

_VERBAL = ("VERB", "AUX")
_INVERTED = ("were", "had", "should")
_SUBJECTS = ("nsubj", "nsubjpass")
_COMMANDING = frozenset({"ROOT", "conj", "ccomp", "advcl", "parataxis", "dep"})
_CLOSING = frozenset({'"', "”", "''"})
_WOULD = frozenset({"would", "'d", "’d"})
_MINUS = ("without", "with", "but", "under")


class Moods:
    """The moods of the predicates of a tree."""

    def __init__(self, tree: Tree, words: Words) -> None:
        self._tree = tree
        self._words = words

    # ------------------------------------------------------------------ questions and commands
    def asks(self, i: int) -> bool:
        """Whether the predicate at token i is the root of a question, or a sibling of one."""
        tree = self._tree
        root = i
        while tree.dep[root] == "conj" and tree.pos[tree.head[root]] in _VERBAL:
            root = tree.head[root]
        if tree.dep[root] == "ccomp" and root < tree.head[root]:  # "'Is this a friend?' he asked"
            return any(tree.text[kid].startswith("?") for kid in tree.kids_of(root, "punct"))
        if tree.dep[root] != "ROOT":
            return False
        ends = [tree.text[kid] for kid in tree.kids[root]] or [tree.text[root]]
        return ends[-1].startswith("?") or (ends[-1] in _CLOSING and ends[-2:-1] == ["?"])

    def asks_inverted(self, i: int) -> bool:
        """ "So has the army taken it or not?": the auxiliary before the subject, and a question mark."""
        tree = self._tree
        auxiliary = tree.first(i, "aux", "auxpass")
        subject = tree.first(i, "nsubj", "nsubjpass")
        if subject is None or auxiliary is None or not auxiliary < subject < i:
            return False
        _, end = tree.sentence(i)
        if not any(tree.text[j].startswith("?") for j in range(max(i, end - 3), end)):
            return False
        return not any(tree.tag[kid] in ("WP", "WRB", "WDT") for kid in tree.kids[i])

    def commands(self, i: int, chain: list[int]) -> bool:
        """ "Stop the war", "do not cross the river": a bare verb with nobody before it."""
        tree = self._tree
        if tree.tag[i] != "VB" or tree.dep[i] not in _COMMANDING:
            return False
        if tree.first(i, "nsubj", "nsubjpass", "expl", "csubj", "mark") is not None:
            return False
        if any(tree.dep[j] in ("aux", "auxpass") and (tree.lower[j] != "do" or tree.kids[j]) for j in chain):
            return False
        if tree.dep[i] == "conj":
            return self.commands(tree.head[i], verb_chain(tree, tree.head[i]))
        first = i
        while first > 0 and tree.dep[first - 1] in ("advmod", "neg", "aux", "intj", "npadvmod"):
            first -= 1
        return first == 0 or tree.dep[first - 1] in ("punct", "cc") or tree.begins(first)

    # ------------------------------------------------------------------ conditions
    def inverted_condition(self, i: int) -> bool:
        """ "Were Sweden to leave", "Had Iran known", "Should prices fall": the verb before its subject, no question."""
        tree = self._tree
        for j in (i, *tree.kids_of(i, "aux", "auxpass")):
            if tree.lower[j] not in _INVERTED or j + 1 >= len(tree.text):
                continue
            if not any(tree.edges(kid)[0] == j + 1 and (j == i or kid < i) for kid in tree.kids_of(i, *_SUBJECTS)):
                continue
            before = tree.pos[j - 1] if not tree.begins(j) else "PUNCT"
            apart = before in ("PUNCT", "SPACE", "CCONJ", "SCONJ") or tree.lower[j - 1] in ("that", "even")
            return (apart or tree.edges(i)[0] == j) and not self._opens_otherwise(j)
        return False

    def split_condition(self, i: int, head: int) -> bool:
        """ "Had Romania not supplied it", where the parser made two clauses of it."""
        tree = self._tree
        if tree.lower[head] not in _INVERTED or head > i or tree.edges(head)[0] != head:
            return False
        subject = tree.first(i, "nsubj", "nsubjpass")
        return subject is not None and tree.edges(subject)[0] == head + 1 and tree.first(head, "nsubj") is None

    def has_condition(self, i: int) -> bool:
        """Whether a condition stands beside the predicate at token i."""
        tree = self._tree
        return any(
            self.inverted_condition(kid) or any(tree.lower[j] == "if" for j in tree.kids_of(kid, "mark"))
            for kid in tree.kids_of(i, "advcl")
        )

    def is_dependent(self, i: int) -> bool:
        """Whether something must come true first: "without armour it would fall", "if"."""
        tree = self._tree
        return self.has_condition(i) or any(kid < i and tree.lower[kid] in _MINUS for kid in tree.kids_of(i, "prep"))

    def of_anybody(self, i: int) -> bool:
        """ "Anyone caught in the zone is to be shot": no one in particular."""
        tree = self._tree
        if tree.tag[i] not in ("VBD", "VBN"):
            return False
        subject = tree.first(i, "nsubj", "nsubjpass")
        if subject is None or subject + 1 != i or lacks(tree, subject, self._words):
            return False
        return tree.lower[subject] in self._words.anybody or any(
            tree.lower[kid] in self._words.any for kid in tree.kids_of(subject, "det")
        )

    # ------------------------------------------------------------------ would
    def is_would(self, i: int) -> bool:
        """Whether "would" is the future in the past here, as it isn't in "would have come"."""
        words = {self._tree.lower[j] for j in verb_chain(self._tree, i) if j != i}
        return not words.isdisjoint(_WOULD) and "have" not in words

    def would(self, i: int, chain: list[int]) -> str:
        """ "Would" is a condition, but the future in the past in "said it would send", and a wish in "would like"."""
        tree = self._tree
        words = {tree.lower[j] for j in chain if j != i}
        if words.isdisjoint(_WOULD) or "have" in words:  # "would have come" did not come about
            return "hypothetical"
        if tree.lemma[i] in self._words.polite:
            return "asserted"
        verb = tree.head[i] if tree.dep[i] == "conj" else i  # "would neither confirm nor deny"
        unwilling = {tree.lemma[i], tree.lemma[verb]} & self._words.unwilling
        if unwilling and (self._refuses(i, chain) or self._refuses(verb, chain)) and not self.has_condition(i):
            return "asserted"  # "would not comment"
        if self._is_habit(i):
            return "asserted"
        if self._is_reported(i) or any(tree.lower[kid] in ("rather", "sooner") for kid in tree.kids[i] if kid < i):
            return "intended"
        return "hypothetical"

    def _is_habit(self, i: int) -> bool:
        """ "Every time we came close, they would walk out": again and again."""
        tree = self._tree
        while tree.dep[i] == "conj":
            i = tree.head[i]
        for kid in tree.kids[i]:
            if tree.lemma[kid] == "time" and any(tree.lower[j] in ("every", "each") for j in tree.kids_of(kid, "det")):
                clause = tree.first(kid, "relcl", "acl")
                return clause is not None and tree.tag[verb_chain(tree, clause)[0]] == "VBD"
            if tree.dep[kid] == "advcl" and any(tree.lower[j] == "whenever" for j in tree.kids[kid]):
                return tree.tag[verb_chain(tree, kid)[0]] == "VBD"
        return False

    def performs(self, i: int) -> bool:
        """ "I must say", "we must stress": to say that one has to is to do it."""
        tree = self._tree
        subject = tree.first(i, "nsubj")
        return tree.lemma[i] in self._words.performing and subject is not None and tree.lower[subject] in ("i", "we")

    def _refuses(self, i: int, chain: list[int]) -> bool:
        tree = self._tree
        heads = [i, *tree.kids_of(i, *_SUBJECTS)]  # "neither he nor she would"
        return any(tree.dep[j] == "neg" for j in chain) or any(
            tree.lower[kid] in ("neither", "nor") for node in heads for kid in tree.kids_of(node, "preconj", "cc")
        )

    def _is_reported(self, i: int) -> bool:
        tree = self._tree
        while tree.dep[i] in ("conj", "xcomp"):
            i = tree.head[i]
        head = tree.head[i]
        if tree.dep[i] == "advcl" and tree.pos[head] == "ADJ":
            head = tree.head[head]  # "made it clear that it would"
        elif tree.dep[i] == "acl":
            return True
        elif tree.dep[i] != "ccomp":
            return False
        if tree.lower[head] == "adding" and tree.dep[head] == "advcl":  # "he said, adding that it would"
            head = tree.head[head]
        while tree.tag[head] == "VB" and tree.dep[head] in ("advcl", "xcomp") and tree.pos[tree.head[head]] in _VERBAL:
            head = tree.head[head]  # "went on to say that it would"
        return any(tree.tag[j] in ("VBD", "VBN") for j in verb_chain(tree, head))

    def _opens_otherwise(self, j: int) -> bool:
        """Whether the auxiliary at token j opens a question, or stands behind what negates it: "nor had he"."""
        tree = self._tree
        first, end = tree.sentence(j)
        if j > first and tree.lower[j - 1] in ("nor", "neither", "what", "who", "which", "so"):
            return True
        return j == first and any(tree.text[k].startswith("?") for k in range(max(first, end - 2), end))
