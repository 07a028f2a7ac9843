"""What the words around a personal name tell: title, nationality or body, gender.

Before it ("Russian Foreign Minister Sergei Lavrov"), in an apposition beside it ("Ivan Petrov, a deputy minister of
Belarus,"), and of envoys what was said of them before ("an American envoy … The envoy, Mark Savaya").
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from triplomat.ontology.titles import load_titles
from triplomat.values import value

from .mentions import Mention
from .reference import Reference
from .tree import Tree

_WORDS = load_titles()
_SERVICES = frozenset({"army", "navy", "military", "coastguard", "team"})


@value
class Told:
    """What the words around a name tell: role words in order, the state or organisation meant, gender."""

    roles: tuple[str, ...]
    owner: Reference | None
    gender: str | None
    owned: bool = False  # by somebody unknown: "its spokesman", "the gang's leader"
    beside: tuple[str, ...] = ()  # the role words of an apposition


class Telling:
    """Reads the words around the names of one article; `linked` holds the references of the tokens of names."""

    def __init__(self, tree: Tree, linked: dict[int, Reference]) -> None:
        self._tree = tree
        self._linked = linked

    def of(self, mention: Mention) -> Told:
        """What the words around a mention tell of a person."""
        roles, owner = self._before(mention.start)
        gender = _gender(roles)
        after_roles, after_owner = self._around(mention)
        roles = roles or after_roles
        owner = owner or after_owner or self._owner_before(mention.start, [*after_roles, *roles])
        owned = any(self._has_owner(head) for head in self._beside(mention))
        return Told(tuple(roles), owner, gender or _gender(after_roles), owned, tuple(after_roles))

    def _has_owner(self, head: int) -> bool:
        """Whether a noun beside a name tells whose it is, though nobody knows who that is: "the gang's leader"."""
        tree = self._tree
        if any(kid not in self._linked for kid in tree.kids_of(head, "poss")):
            return True
        nouns = [
            noun for kid in tree.kids_of(head, "prep") if tree.lower[kid] == "of" for noun in tree.kids_of(kid, "pobj")
        ]
        return any(tree.pos[noun] == "PROPN" and noun not in self._linked for noun in nouns)

    def _owner_before(self, start: int, roles: list[str]) -> Reference | None:
        """Whose it is, where that was told before: "an American envoy … The envoy, Mark Savaya", "Chad's army … army
        spokesman Ali Omar"."""
        tree = self._tree
        word = next((word for word in roles if word in _SERVICES), None)
        if roles and roles[-1] in _WORDS.abroad:
            word = roles[-1]
        for index in range(start - 1, -1, -1) if word is not None else ():
            if tree.lower[index] == word and tree.dep[index] != "compound":
                owners = (self._linked.get(kid) for kid in tree.kids_of(index, "amod", "compound", "nmod", "poss"))
                found = next((owner for owner in owners if owner is not None and owner.state is not None), None)
                if found is not None:
                    return found
        return None

    def _before(self, start: int) -> tuple[list[str], Reference | None]:
        """Role words and nationality right before a name, read leftwards: "US Secretary of State"."""
        tree = self._tree
        words: list[str] = []
        owner: Reference | None = None
        index = start - 1
        while index >= max(0, start - 10):
            reference = self._linked.get(index)
            if reference is not None and reference.type != "Person":
                if owner is None or (owner.state is None and reference.state is not None):
                    owner = reference if owner is None else replace(owner, state=reference.state, code=reference.code)
            elif tree.lower[index] == "of" and index < start - 1 and (words or owner):
                words.insert(0, "of")
            elif tree.tag[index] == "POS" or tree.text[index] == "-":
                pass
            elif owner is not None and owner.state is not None and words[:1] != ["of"]:
                break
            elif tree.pos[index] in ("NOUN", "PROPN", "ADJ") and tree.tag[index] != "NNS" and tree.text[index].strip():
                words.insert(0, tree.lower[index])
            else:
                break
            index -= 1
        while words and words[0] == "of":
            words.pop(0)
        return words, owner

    def _around(self, mention: Mention) -> tuple[list[str], Reference | None]:
        """Role words and nationality in an apposition after or around the name, or after "of"."""
        tree = self._tree
        for head in self._beside(mention):
            if tree.pos[head] != "NOUN" and tree.lower[head] not in _WORDS.before:
                continue
            words = [tree.lower[kid] for kid in tree.kids_of(head, "amod", "compound", "nmod")] + [tree.lower[head]]
            return words, self._owner(head)
        return [], self._owner(mention.root, only_of=True)

    def _beside(self, mention: Mention) -> list[int]:
        """The nouns in apposition to a name, or that it is in apposition to."""
        tree, root = self._tree, mention.root
        heads = tree.kids_of(root, "appos")
        if tree.dep[root] == "appos" and tree.pos[tree.head[root]] in ("NOUN", "PROPN"):
            heads.append(tree.head[root])
        return heads

    def _owner(self, head: int, *, only_of: bool = False) -> Reference | None:
        """The state or organisation that a noun phrase names as the one that its head belongs to."""
        tree = self._tree
        for kid in tree.kids[head]:
            if kid in self._linked and not only_of and tree.dep[kid] in ("amod", "compound", "poss", "nmod"):
                return self._linked[kid]
            if tree.dep[kid] == "prep" and tree.lower[kid] in (("of",) if only_of else ("of", "for", "at", "in")):
                for noun in tree.kids_of(kid, "pobj"):
                    found = self._linked.get(noun)
                    if found is not None and found.type != "Person":
                        return found
                    if not only_of and (deeper := self._owner(noun)) is not None:
                        return deeper
        return None


def _gender(roles: Iterable[str]) -> str | None:
    words = set(roles)
    return "f" if words & _WORDS.women else "m" if words & _WORDS.men else None
