"""Resolves noun phrases, descriptions and pronouns to the actors that an article has named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Token

if TYPE_CHECKING:
    from triplomat.extractors.linking import Reference, References


class Coreference:
    """What the unnamed noun phrases of one article refer to."""

    def __init__(self, references: References) -> None:
        self._references = references

    def resolve(self, token: Token) -> Reference | None:
        """The reference of the phrase that a token heads; None if it isn't clear."""
        return self._phrase(token)

    def _phrase(self, token: Token) -> Reference | None:
        """A common noun with a national modifier: "Russian soldiers", "Iran's government", "the army of Chad"."""
        from triplomat.extractors.linking import Reference

        if token.pos_ not in ("NOUN", "PROPN"):
            return None
        references = self._references
        owner = None
        for child in token.children:
            if child.dep_ in ("amod", "compound", "poss", "nmod"):
                owner = references.name_at(child) or owner
            elif child.dep_ == "prep" and child.lower_ == "of":
                owner = owner or next(
                    (references.name_at(noun) for noun in child.children if noun.dep_ == "pobj"), None
                )
        if owner is None or owner.state is None:
            return None
        role = references.gazetteer.roles.get(token.lemma_.lower())
        if role is None:
            return None
        return Reference(None, "Group", owner.state, owner.code, role.sector, 0.8, "phrase")
