"""Says which person each personal name means: leaders by date, people only the article knows, and surnames."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from triplomat.extractors.mentions import Mention
from triplomat.ontology.actors import Gazetteer


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the article: id, gender ("m", "f" or None), the state and PLOVER codes at the article's date."""

    entity: str
    gender: str | None
    state: str | None
    code: str | None
    sector: str | None
    confidence: float
    via: str


def link_people(doc: Doc, mentions: list[Mention], gazetteer: Gazetteer, published: str | None) -> dict[int, Person]:
    """The people of an article by the first token of their mention."""
    found: dict[int, Person] = {}
    by_part: dict[str, Person] = {}
    rest: list[Mention] = []
    for mention in mentions:
        full = [s for s in mention.senses if s.kind == "name" and s.actor and s.actor.startswith("person:")]
        if full and len(full) == len(mention.senses):
            chosen = max(full, key=lambda sense: _weight(gazetteer, sense.actor or "", published))
            person = _known(gazetteer, chosen.actor or "", published, "name")
        elif not mention.senses and mention.label == "PERSON" and mention.end - mention.start > 1:
            name = "_".join(mention.text.split())
            person = Person(f"person:{name}", None, None, None, None, 0.7, "name")
        else:
            rest.append(mention)
            continue
        found[mention.start] = person
        for part in (mention.text.split()[-1], mention.text.split()[0], mention.text.partition(" ")[2]):
            by_part.setdefault(part, person)
    for mention in rest:
        surnames = [s.actor for s in mention.senses if s.kind == "surname" and s.actor]
        if (same := by_part.get(mention.text)) and (surnames or mention.label == "PERSON"):
            found[mention.start] = same
        elif surnames and len(surnames) == len(mention.senses):
            best = max(surnames, key=lambda actor: _weight(gazetteer, actor, published))
            if _weight(gazetteer, best, published) > 0 and mention.label in ("PERSON", ""):
                found[mention.start] = _known(gazetteer, best, published, "surname")
        elif not mention.senses and mention.label == "PERSON":
            found[mention.start] = Person(f"person:{mention.text}", None, None, None, None, 0.5, "name")
    return found


def _known(gazetteer: Gazetteer, actor: str, published: str | None, via: str) -> Person:
    known = gazetteer.actors[actor]
    state, code = gazetteer.state(actor, published), gazetteer.code(actor, published)
    confidence = 0.95 if via == "name" else 0.85
    return Person(actor, known.gender, state, code, gazetteer.sector(actor, published), confidence, via)


def _weight(gazetteer: Gazetteer, actor: str, published: str | None) -> int:
    """How much a person is in the news on a date: heads of state and government before other office holders."""
    term = gazetteer.term(actor, published)
    if term is None:
        return 0
    return 3 if term.office in ("president", "prime_minister", "leader", "monarch", "chancellor") else 1
