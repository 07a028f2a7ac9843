"""Statements written by hand, as the extractor would make them, for tests that need no model."""

from __future__ import annotations

from triplomat.extractors.statement import Argument, Article, Event, Party, Predicate, Sentence, Statement

TEXT = (
    "In exchange, Russia is providing North Korea with millions of barrels of oil. "
    "The US fears that Russia will share missile technology with North Korea. "
    "Putin did not send grain to Iran. "
    "Russia may sell jets to Iran."
)
ARTICLE = Article("axis", TEXT, title="An axis", published="2024-06-20", url="https://example.org/axis", source="Daily")
RUSSIA, KOREA, IRAN = (
    ("Russia", "country:RUS", "RUS"),
    ("North Korea", "country:PRK", "PRK"),
    ("Iran", "country:IRN", "IRN"),
)


def argument(role, words, sentence, entity=None, type=None, state=None, *, text=TEXT, **more):
    start = text.index(words, sentence.start)
    return Argument(role, words, start, start + len(words), entity, type, state, **more)


def sentence(index, text=TEXT):
    parts = text.split(". ")
    start = sum(len(part) + 2 for part in parts[:index])
    words = parts[index] if parts[index].endswith(".") else parts[index] + "."
    return Sentence(index, start, start + len(words), words)


def party(who):
    text, entity, code = who
    return Party(text, entity, code, None, entity)


def supply(
    *,
    document="axis",
    published="2024-06-20",
    actor=RUSSIA,
    recipient=KOREA,
    what="millions of barrels of oil",
    index=0,
    confidence=0.9,
    quantity="millions of barrels",
    text=TEXT,
    **more,
):
    place = sentence(index, text)
    arguments = [argument("recipient", recipient[0], place, recipient[1], "State", recipient[1], text=text)]
    if quantity:
        arguments.append(argument("quantity", quantity, place, text=text, unit="barrel"))
    start = place.start
    return Statement(
        document=document,
        published=published,
        sentence=place,
        subject=argument("subject", actor[0], place, actor[1], "State", actor[1], text=text),
        predicate=Predicate(text[start : start + 2], start, start + 2, "provide", "supplies"),
        object=argument("object", what, place, None, "Commodity", text=text),
        arguments=tuple(arguments),
        event=Event(
            "AID", None, ("natural_resource",), "material cooperation", 10.0, (party(actor),), (party(recipient),)
        ),
        confidence=confidence,
        **more,
    )


def statements():
    """Russia supplies oil (asserted), will share technology (the US fears), sent no grain, may sell jets."""
    fear = sentence(1)
    us = argument("attribution", "The US", fear, "country:USA", "State", "country:USA")
    putin = ("Putin", "person:Vladimir_Putin", "RUS")
    share = supply(
        index=1, what="missile technology", quantity=None, modality="intended", attribution=us, confidence=0.8
    )
    grain = supply(
        index=2, what="grain", quantity=None, recipient=IRAN, actor=putin, polarity="negative", confidence=0.7
    )
    jets = supply(index=3, what="jets", quantity=None, recipient=IRAN, modality="possible", confidence=0.6)
    return [supply(), share, grain, jets]


MOSCOW = ("Moscow", "country:RUS", "RUS")
AMERICA = ("The US", "country:USA", "USA")
KINDS = {
    "supplies": ("AID", None, "material cooperation", 10.0),
    "sanctions": ("SANCTION", None, "material conflict", -6.0),
    "visits": ("CONSULT", "visit", "verbal cooperation", 4.0),
}


def told(document, published, source, actor, relation, recipient, *, what=None, by=None, **more):
    """An article of one sentence, and its statement; `by` is who says it."""
    said = f"{by[0]} says " if by else ""
    words = f"{said}{actor[0]} {relation} {recipient[0]}" + (f" {what}." if what else ".")
    article = Article(document, words, title=f"On {document}", published=published, source=source)
    place = Sentence(0, 0, len(words), words)
    kind, mode, quad, score = KINDS[relation]
    start = len(said) + len(actor[0]) + 1

    def part(role, who):
        after = Sentence(0, len(said) if role == "subject" else start, len(words), words)
        return argument(role, who[0], place if role == "attribution" else after, who[1], "State", who[1], text=words)

    statement = Statement(
        document=document,
        published=published,
        sentence=place,
        subject=part("subject", actor),
        predicate=Predicate(relation, start, start + len(relation), relation.rstrip("s"), relation),
        object=argument("object", what, place, None, "Commodity", text=words) if what else part("object", recipient),
        arguments=(part("recipient", recipient),) if what else (),
        event=Event(kind, mode, (), quad, score, (party(actor),), (party(recipient),)),
        attribution=part("attribution", by) if by else None,
        confidence=0.9,
        **more,
    )
    return article, statement


def corpus():
    """Articles and statements in which every shipped query finds something."""
    pairs = [
        told("a", "2023-05-01", "Daily", IRAN, "supplies", RUSSIA, what="drones"),
        told("b", "2024-06-20", "Daily", RUSSIA, "supplies", KOREA, what="oil"),
        told("c", "2024-06-21", "Herald", RUSSIA, "supplies", KOREA, what="oil", polarity="negative", by=MOSCOW),
        told("d", "2024-06-22", "Herald", RUSSIA, "supplies", IRAN, what="jets", by=AMERICA),
        told("e", "2024-02-23", "Herald", AMERICA, "sanctions", RUSSIA),
        told("f", "2024-03-01", "Herald", AMERICA, "sanctions", KOREA),
        told("g", "2023-03-01", "Post", RUSSIA, "sanctions", KOREA),
        told("h", "2024-06-19", "Post", RUSSIA, "visits", KOREA),
    ]
    return [article for article, _ in pairs], [statement for _, statement in pairs]
