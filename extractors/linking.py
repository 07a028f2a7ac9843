"""Says which actor each mention of an article means: names in context, noun phrases, and pronouns by coreference.

`link` decides the names at once, from the whole article; what a noun phrase or pronoun refers to is worked out
when it is asked for.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Span, Token

from triplomat.extractors.mentions import Mention, find_mentions
from triplomat.extractors.people import Person, link_people
from triplomat.ontology.actors import Gazetteer, Sense

if TYPE_CHECKING:
    from triplomat.extractors.coreference import Coreference

LOCATIVE = frozenset("in at near from outside around across inside through within into".split())


@dataclass(frozen=True, slots=True)
class Reference:
    """What a mention refers to.

    `entity` is a compact id or None, `type` State, Person, Organization, Group or Place; `state` the state that it is,
    belongs to or acts for; `code` and `sector` are PLOVER's; `confidence` lies in 0–1; `via` says how it was found:
    "name", "surname", "adjective", "demonym", "capital", "seat", "city", "region", "phrase", "pronoun", "description".
    """

    entity: str | None
    type: str | None
    state: str | None
    code: str | None
    sector: str | None
    confidence: float
    via: str


class References:
    """The references of one article: `of` a token's noun phrase, and all those `inside` a span."""

    def __init__(self, doc: Doc, gazetteer: Gazetteer, published: str | None) -> None:
        from triplomat.extractors.coreference import Coreference

        self.doc = doc
        self.gazetteer = gazetteer
        self.published = published
        mentions = find_mentions(doc, gazetteer)
        self.people: dict[int, Person] = link_people(doc, mentions, gazetteer, published)
        evidence = _evidence(mentions)
        self.named: list[tuple[Mention, Reference]] = []
        self._at: dict[int, int] = {}
        for mention in mentions:
            reference = self._link(mention, evidence)
            if reference is not None:
                for index in range(mention.start, mention.end):
                    # the inner name of an organisation stays findable by `inside`; the tokens are the outer one's
                    self._at.setdefault(index, len(self.named))
                self.named.append((mention, reference))
        self._cache: dict[int, Reference | None] = {}
        self._coreference: Coreference = Coreference(self)

    def of(self, token: Token) -> Reference | None:
        """What the noun phrase headed by a token refers to; None where it is unknown or not clear enough."""
        if token.i not in self._cache:
            self._cache[token.i] = None  # a phrase that leads back to itself has no reference
            self._cache[token.i] = self._of(token)
        return self._cache[token.i]

    def inside(self, span: Span) -> tuple[tuple[Span, Reference], ...]:
        """Every linked name in a span, left to right: adjectives, possessives and parts of compounds too."""
        return tuple(
            (self.doc[mention.start : mention.end], reference)
            for mention, reference in self.named
            if mention.start >= span.start and mention.end <= span.end
        )

    def name_at(self, token: Token) -> Reference | None:
        """The reference of the name that a token is part of, without regard to the phrase around it."""
        position = self._at.get(token.i)
        return None if position is None else self.named[position][1]

    def mention_at(self, token: Token) -> Mention | None:
        """The mention that a token is part of."""
        position = self._at.get(token.i)
        return None if position is None else self.named[position][0]

    def _of(self, token: Token) -> Reference | None:
        position = self._at.get(token.i)
        if position is not None:
            return self.named[position][1]
        return self._coreference.resolve(token)

    def _link(self, mention: Mention, evidence: Counter[str]) -> Reference | None:
        if (person := self.people.get(mention.start)) is not None:
            return Reference(
                person.entity, "Person", person.state, person.code, person.sector, person.confidence, person.via
            )
        if not mention.senses:
            if mention.label != "ORG":
                return None
            return self._unknown_organisation(mention)
        sense = _choose(mention, evidence, self.doc, self.gazetteer)
        return None if sense is None else self._reference(mention, sense)

    def _reference(self, mention: Mention, sense: Sense) -> Reference | None:
        gazetteer, on = self.gazetteer, self.published
        if sense.kind in ("name", "adjective", "demonym") and sense.actor is not None:
            actor = gazetteer.actors[sense.actor]
            return Reference(
                actor.id,
                actor.type,
                gazetteer.state(actor.id, on),
                gazetteer.code(actor.id, on),
                gazetteer.sector(actor.id, on),
                0.95,
                sense.kind,
            )
        code = sense.state.partition(":")[2] if sense.state else None
        if sense.kind in ("capital", "seat") and not _is_location(self.doc, mention):
            return Reference(sense.actor, "State", sense.state, code, sense.sector, 0.85, sense.kind)
        kind = "Group" if sense.kind == "demonym" else "Place"
        return Reference(None, kind, sense.state, code, None, 0.85, sense.kind)

    def _unknown_organisation(self, mention: Mention) -> Reference:
        state = code = None
        return Reference("org:" + mention.text.replace(" ", "_"), "Organization", state, code, None, 0.6, "name")


def link(doc: Doc, *, gazetteer: Gazetteer, published: str | None) -> References:
    """The references of a parsed article (tagged, parsed, with entities); `published` dates offices (ISO 8601)."""
    return References(doc, gazetteer, published)


def _evidence(mentions: list[Mention]) -> Counter[str]:
    """How often the article clearly speaks of each state: the context for names that could be of several."""
    return Counter(
        sense.state or sense.actor or ""
        for mention in mentions
        if len({sense.state or sense.actor for sense in mention.senses}) == 1
        for sense in mention.senses[:1]
    )


def _choose(mention: Mention, evidence: Counter[str], doc: Doc, gazetteer: Gazetteer) -> Sense | None:
    senses = [sense for sense in mention.senses if sense.kind != "surname"]
    if not senses:
        return None
    return max(senses, key=lambda sense: (evidence[sense.state or sense.actor or ""], -senses.index(sense)))


def _is_location(doc: Doc, mention: Mention) -> bool:
    """Whether a city's name says where, not who: "in Beijing", "Beijing suburbs"."""
    root = doc[mention.start : mention.end].root
    if root.dep_ == "pobj":
        return root.head.lower_ in LOCATIVE
    return False


def weaker(reference: Reference, factor: float, via: str) -> Reference:
    """The same reference found less directly."""
    return replace(reference, confidence=round(reference.confidence * factor, 3), via=via)
