"""Whom somebody speaks for: "we" of an official is the state, of a coach the team, "this country" the speaker's."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from triplomat.ontology.descriptions import load_descriptions

from .pronouns import Pronouns
from .reference import Reference
from .tree import Tree


class Spokespeople:
    """Those who are quoted in one article."""

    def __init__(
        self, tree: Tree, roles: Mapping[str, frozenset[str]], known: Callable[[int], Reference | None]
    ) -> None:
        """`roles` are the words for what each person is; `known` tells what a phrase refers to so far."""
        self._tree = tree
        self._roles = roles
        self._known = known
        self._words = load_descriptions()

    def we(self, speaker: int | None) -> Reference | None:
        """What "we" means in the words of an official or spokesperson: the state or organisation spoken for."""
        reference = self._known(speaker) if speaker is not None else None
        if reference is None:
            return None
        roles = self._roles.get(reference.entity or "", frozenset())
        if reference.type == "Organization" and reference.entity is not None:
            return reference.by("pronoun", 0.7)
        if reference.state is not None and roles & (self._words.teams | self._words.regional):
            return Reference(None, "Group", reference.state, reference.code, None, 0.6, "pronoun")
        if reference.state is not None and reference.sector in ("GOV", "MIL"):
            state = reference.state
            return Reference(state, "State", state, state.partition(":")[2], None, 0.6, "pronoun")
        return None

    def country(self, index: int, pronouns: Pronouns | None) -> Reference | None:
        """ "This country", "the nation" in somebody's own words: the speaker's, where they name no other."""
        tree = self._tree
        if tree.lemma[index] not in ("country", "nation") or pronouns is None:
            return None
        determiner = tree.first(index, "det")
        if determiner is None or tree.lower[determiner] not in ("the", "this") or tree.kids_of(index, "amod", "relcl"):
            return None
        speaker = pronouns.speaker_of(index)
        reference = self._known(speaker) if speaker is not None else None
        if reference is None or reference.state is None or pronouns.names_others(index):
            return None
        if tree.lower[determiner] == "the" and reference.sector not in ("GOV", "MIL", "ELI", "LEG", "OPP", "PTY"):
            return None
        state = reference.state
        return Reference(state, "State", state, state.partition(":")[2], None, 0.75, "description")
