"""Says which actor each mention of an article means: names in context, noun phrases, and pronouns by coreference.

`link` decides the names at once, from the whole article; what a noun phrase or pronoun refers to is worked out
when it is first asked for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from spacy.tokens import Doc, Span, Token

from triplomat.ontology.actors import Gazetteer, Role

from .coreference import Coreference
from .home import home_of
from .humans import is_aircraft
from .mentions import Mention, find_mentions
from .owners import Owners
from .people import People
from .reference import Reference
from .senses import Senses
from .tree import Stretch, Tree

__all__ = ["Reference", "References", "link"]

_NAMED = ("PERSON", "ORG", "NORP", "GPE")


class References:
    """The references of one article: `of` a token's noun phrase, and all those `inside` a span."""

    def __init__(self, tree: Tree, gazetteer: Gazetteer, published: str | None) -> None:
        self._tree = tree
        self._roles = gazetteer.roles
        mentions = find_mentions(tree, gazetteer)
        home = home_of(tree, mentions)
        senses = Senses(tree, mentions, gazetteer, published, home)
        linked: dict[int, Reference] = {}
        for mention in mentions:
            reference = senses.of(mention)
            if reference is not None:
                linked.update(dict.fromkeys(range(mention.start, mention.end), reference))
        people = People(tree, mentions, linked, gazetteer, published, home)
        self._named: list[tuple[Mention, Reference]] = []
        for mention in sorted(mentions + people.unseen, key=lambda mention: (mention.start, -mention.end)):
            if (person := people.found.get(mention.start)) is not None:
                linked.update(dict.fromkeys(range(mention.start, mention.end), person.reference))
                self._named.append((mention, person.reference))
            elif (reference := senses.of(mention)) is not None:
                self._named.append((mention, self._whole(mention, reference)))
                linked.update(dict.fromkeys(range(mention.start, mention.end), self._named[-1][1]))
        self.home = home
        self.nation = gazetteer.actors[home].adjectives if home is not None else ()
        self._starts = [mention.start for mention, _ in self._named]
        self._linked = linked
        self._owners = Owners(tree, linked, gazetteer, published, home)
        self._coreference = Coreference(tree, self._named, people.found, self._owners, gazetteer, published)

    def _whole(self, mention: Mention, reference: Reference) -> Reference:
        """The organisation of which an unknown one's only word is the last: "the Security Council … the Council"."""
        if mention.senses or mention.label != "ORG" or mention.end - mention.start > 1:
            return reference
        last = f"_{mention.text}"
        whole = {known.entity: known for _, known in self._named if known.entity and known.entity.endswith(last)}
        return next(iter(whole.values())).by("name", 0.9) if len(whole) == 1 else reference

    def of(self, token: Token) -> Reference | None:
        """What the noun phrase headed by a token refers to; None where it is unknown or not clear enough."""
        return self._coreference.of(token.i)

    def at(self, i: int) -> Reference | None:
        """What the noun phrase headed by token i refers to."""
        return self._coreference.of(i)

    def group(self, token: Token) -> tuple[Reference, ...]:
        """The actors that a plural pronoun or description stands for ("the two leaders"), in order of mention."""
        return self._coreference.group(token.i)

    def group_at(self, i: int) -> tuple[Reference, ...]:
        """The actors that the plural phrase headed by token i stands for."""
        return self._coreference.group(i)

    def _role(self, i: int) -> Role | None:
        """The role that token i heads, alone or with the word before it: "suicide bomber", "co-workers"."""
        tree, roles = self._tree, self._roles
        if is_aircraft(tree, i):
            return None
        word, before = tree.lemma[i], tree.lower[i - 1] if i else ""
        if before == "-" and i > 1:
            before, word = "", f"{tree.lower[i - 2]}-{word}"
        return roles.get(f"{before} {word}") or roles.get(word) or roles.get(tree.lemma[i].removesuffix("s"))

    def is_role(self, words: str) -> bool:
        """Whether the table of roles has these words."""
        return words in self._roles

    def is_person(self, word: str) -> bool:
        """Whether the table of roles knows a word for people: "nurse", not "hospital"."""
        role = self._roles.get(word)
        return role is not None and role.kind == "person"

    def unnamed_at(self, i: int) -> Reference | None:
        """Who a noun phrase means whom no table names, with PLOVER's sector: "revellers", "a judge", "Mr Bloggs"."""
        role, label = self._role(i), self._tree.ent[i]
        if role is None and label not in _NAMED:
            return None
        kind = "Person" if label == "PERSON" or (role and role.kind == "person") else "Organization"
        return Reference(None, kind, None, None, role.sector if role else None, 0.3, "role")

    def inside(self, span: Span | Stretch) -> tuple[tuple[Stretch, Reference], ...]:
        """Every linked name in a span, left to right: adjectives, possessives and parts of compounds too."""
        return self.between(span.start, span.end)

    def between(self, low: int, high: int) -> tuple[tuple[Stretch, Reference], ...]:
        """Every linked name from token `low` up to token `high`, left to right."""
        starts = self._starts
        first = bisect_left(starts, low)
        if first == len(starts) or starts[first] > high:
            return ()
        return tuple(
            [
                (self._tree.stretch(mention.start, mention.end - 1), reference)
                for mention, reference in self._named[first : bisect_right(starts, high, first)]
                if mention.end <= high
            ]
        )


def link(doc: Doc, *, gazetteer: Gazetteer, published: str | None, tree: Tree | None = None) -> References:
    """The references of a parsed article (tagged, parsed, with entities).

    `published` (ISO 8601) dates the offices; `tree` is the doc's, if the caller has one already.
    """
    return References(tree or Tree(doc), gazetteer, published)
