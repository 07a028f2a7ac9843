"""A pronoun that speaks and that coreference left open → who spoke before: "…, a minister said. …, he added".

Who goes on speaking is whoever spoke last: the subject of the saying above in the same sentence, or the source of the
sentence before. Names and descriptions of people alone are taken, and only those that the pronoun fits.
"""

from __future__ import annotations

from spacy.tokens import Span

from triplomat.ontology.descriptions import load_descriptions

from .factuality import Factualities
from .linking import References
from .phrases import phrase
from .tree import Tree

_GENDERS = {"he": "m", "she": "f", "it": "n"}
_TITLES = {"mr": "m", "mrs": "f", "ms": "f", "sir": "m", "lady": "f"}


class Continuity:
    """The speakers of an article as they follow each other."""

    def __init__(self, tree: Tree, references: References, factualities: Factualities) -> None:
        self._tree = tree
        self._references = references
        self._factualities = factualities
        self._genders = load_descriptions().people

    def speaker(self, i: int, *, depth: int = 3) -> Span | None:
        """Whom the pronoun at token i, the subject of a saying, goes on from; at most `depth` sentences back."""
        tree = self._tree
        gender = _GENDERS.get(tree.lower[i])
        if gender is None or self._factualities.speaker(i) is not None:  # "'He told them he was ill,' she said"
            return None
        found = self._above(i) or self._before(i)
        if found is None:
            return None
        head = found.root.i
        if tree.lower[head] == tree.lower[i]:
            known = self._references.at(head)
            return (
                found if known is not None and known.entity else self.speaker(head, depth=depth - 1) if depth else None
            )
        return found if self._fits(head, gender) else None

    def _above(self, i: int) -> Span | None:
        """ "An official said it had left, although he admitted": who says what stands above in the same sentence."""
        tree, known = self._tree, self._factualities.known
        for j in tree.ancestors(tree.head[i]):
            if j < i and tree.pos[j] == "VERB" and known.says(j):
                subject = next(iter(known.subjects.of(j)), None)
                if subject is not None and subject < j:
                    return tree.span(*phrase(tree, subject))
        return None

    def _before(self, i: int) -> Span | None:
        tree = self._tree
        first, _ = tree.sentence(i)
        if first == 0:
            return None
        low, high = tree.sentence(first - 1)
        root = next((j for j in range(low, high) if tree.head[j] == j), None)
        if root is None:
            return None
        known = self._factualities.known
        if tree.pos[root] == "VERB" and known.says(root) and known.asides.of(root) is None:
            subject = next(iter(known.subjects.of(root)), None)
            if subject is not None:
                return tree.span(*phrase(tree, subject))
        return self._factualities.context(root).source

    def _fits(self, head: int, gender: str) -> bool:
        """Whether a noun or name means somebody of this gender, as far as can be told."""
        tree = self._tree
        if gender == "n":
            return self._is_body(head)
        title = next((_TITLES.get(tree.lower[kid].rstrip(".")) for kid in tree.kids_of(head, "compound")), None)
        own = title or self._genders.get(tree.lemma[head])
        if own and own != gender:
            return False
        found = self._references.at(head)
        if found is not None and found.entity:
            return found.type == "Person"
        if tree.pos[head] == "PROPN":
            return tree.ent[head] == "PERSON"
        return tree.tag[head] == "NN" and (bool(own) or self._references.is_person(tree.lemma[head]))

    def _is_body(self, head: int) -> bool:
        """Whether a noun or name is of a state or organisation: "the Red Cross", "the ministry"."""
        tree, found = self._tree, self._references.at(head)
        if found is not None and (found.entity or found.state):
            return found.type in ("State", "Organization", "Group")
        return tree.ent[head] == "ORG" and tree.tag[head] in ("NNP", "NNPS")
