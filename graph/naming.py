"""How actors are called: labels made from ids, short forms, and the words by which articles speak of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from triplomat.extractors.statement import Statement

TYPES = {"country": "State", "person": "Person", "org": "Organization", "group": "Group", "company": "Organization"}
LONGEST_LABEL = 40
MOST_ALIASES = 24


def is_actor(entity: str) -> bool:
    """Whether an id is that of an entity able to act, not of a thing nor a text."""
    kind, _, name = entity.partition(":")
    return kind in TYPES and name != "" and not name[0].isspace()


def readable(entity: str) -> str:
    """An id as words, for an entity that nobody named: "thing:crude_oil" → "crude oil"."""
    return (entity.partition(":")[2] if re.match(r"[a-z]+:\S", entity) else entity).replace("_", " ")


def clean(text: str) -> str:
    """One line of text without control and direction marks, which would reorder what stands beside it."""
    if text.isprintable():
        return " ".join(text.split()) or "(no name)"
    kept = "".join(" " if char.isspace() else char for char in text if char.isspace() or char.isprintable())
    return " ".join(kept.split()) or "(no name)"


def shortened(text: str, length: int = LONGEST_LABEL) -> str:
    """The text, or its beginning with an ellipsis."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def kind_of(entity: str, types: Counter[str]) -> str:
    """State, Person, Organization or Group: by the id, else as most statements say."""
    kind = TYPES.get(entity.partition(":")[0]) or most_common(types)
    return kind if kind is not None and kind in TYPES.values() else "Group"


def sign_of(entity: str, label: str, aliases: Sequence[str]) -> str:
    """What stands inside the mark of an actor: the country's code, an acronym, or a person's initials."""
    prefix, _, rest = entity.partition(":")
    if prefix == "country":
        return rest[:3].upper()
    acronyms = [name for name in (label, *aliases, rest) if re.fullmatch(r"[A-Z][A-Z0-9]{1,4}", name)]
    if acronyms:
        return acronyms[0]
    initials = "".join(word[0] for word in re.findall(r"\w+", label) if not word[0].isdigit() and word[0].isupper())
    return initials[:3]


@dataclass(slots=True)
class Known:
    """How statements speak of an entity: words, types, the states that it acts for, each counted."""

    texts: Counter[str]
    types: Counter[str]
    states: Counter[str]


def mentions(statements: Iterable[Statement]) -> defaultdict[str, Known]:
    """By entity: how articles call it, what type and whose actor they take it for."""
    known: defaultdict[str, Known] = defaultdict(lambda: Known(Counter(), Counter(), Counter()))
    for statement in statements:
        spans = (statement.subject, statement.object, statement.attribution, *statement.arguments)
        for span in spans:
            if span is None or span.entity is None:
                continue
            entry = known[span.entity]
            # A word that opens its sentence has a capital whatever it is ("It", "He"), so that it may be no name.
            name = span.text[:1].isupper() and span.start != statement.sentence.start
            if len(span.text) <= LONGEST_LABEL and (name or " " in span.text):
                entry.texts[clean(span.text)] += 1
            if span.type:
                entry.types[span.type] += 1
            if span.state and span.state != span.entity:
                entry.states[span.state] += 1
    return known


def names_of(label: str, given: Iterable[str], texts: Counter[str]) -> tuple[str, ...]:
    names = dict.fromkeys(clean(name) for name in (*given, *sorted(texts, key=lambda text: (-texts[text], text))))
    return tuple(shortened(name, 80) for name in names if name != label)[:MOST_ALIASES]


def most_common(counts: Counter[str]) -> str | None:
    return min(counts, key=lambda key: (-counts[key], key)) if counts else None
