"""Phrases said again without their nation: "Russian troops … the troops", "Mali's junta … the junta"."""

from __future__ import annotations

from collections.abc import Callable

from triplomat.ontology.descriptions import load_descriptions

from .discourse import Discourse
from .owners import Owners
from .reference import ORGANS, Reference
from .tree import Tree

_NEAR, _FAR = 3, 6  # sentences


class Repeats:
    """What the phrases of one article were said to be, by their words."""

    def __init__(
        self,
        tree: Tree,
        discourse: Discourse,
        owners: Owners,
        owned: Callable[[int], Reference | None],
        teller: Callable[[int], str | None],
    ) -> None:
        """`owned` tells whose a phrase is by its own words, `teller` the state of who tells what it does."""
        self._tree = tree
        self._discourse = discourse
        self._owners = owners
        self._owned = owned
        self._teller = teller
        self._phrases: dict[str, tuple[int, Reference]] = {}  # the last phrase with an owner, by its head word
        self._told: dict[str, dict[str, Reference]] = {}  # whose each word was said to be, by state

    def note(self, index: int, owner: Reference) -> None:
        """Notes whose the phrase that a token heads is."""
        self._phrases[self._tree.lower[index]] = (index, owner)

    def note_body(self, index: int, owner: Reference) -> None:
        """The same, of a phrase that names the nation of one body or person."""
        self.note(index, owner)
        self._told.setdefault(self._tree.lower[index], {})[owner.state or ""] = owner

    def words(self, index: int) -> Reference | None:
        """The nation of a phrase said again without it: "Russian troops … the troops"."""
        tree = self._tree
        determiner = tree.first(index, "det")
        if determiner is None or tree.lower[determiner] not in ("the", "this", "these"):
            return None
        if self._owned(index) is not None:
            return None
        known = self._phrases.get(tree.lower[index])
        if known is None or self._discourse.sentence(index) - self._discourse.sentence(known[0]) > 6:
            return None
        telling = known[1].type is not None or tree.lemma[index] in load_descriptions().organisations
        return known[1].by("description", 0.85) if telling else None

    def told_once(self, index: int) -> Reference | None:
        """ "The junta" of an article that told of one state's only, however long ago."""
        owners = self._told.get(self._tree.lower[index], {})
        determiner, role = self._tree.first(index, "det"), self._owners.role(index)
        if (
            len(owners) != 1
            or role is None
            or role.kind != "body"
            or role.sector not in ORGANS
            or self._owned(index) is not None
        ):
            return None
        if determiner is None or self._tree.lower[determiner] != "the":
            return None
        if self._tree.kids_of(index, "prep", "relcl", "amod", "compound"):
            return None
        known = next(iter(owners.values()))
        return known.by("description", 0.75) if known.type == "Organization" else None

    def body(self, index: int) -> Reference | None:
        """The last body of a word, named shortly before with its state: "Its defence ministry … the ministry"."""
        known = self._phrases.get(self._tree.lower[index])
        if known is None or known[1].type != "Organization":
            return None
        role = self._owners.role(index)
        if role is None or role.kind != "body":
            return None
        near = self._discourse.sentence(index) - self._discourse.sentence(known[0]) <= _NEAR
        told = self._teller(index) in (None, known[1].state)
        same = self._tree.qualities(index) <= self._tree.qualities(known[0])
        return self.words(index) if near and told and same else None
