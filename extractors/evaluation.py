"""Statements held against facts that somebody wrote down: how many were found, and how many of those are faithful.

A gold line is a JSON object: `quote` (words of the sentence), `actor` and `recipient` (lists of entity ids of which
one must fill the role), `object` (a regular expression for its text), `lemma` (words of which one must be in the
predicate), and what must hold: `polarity`, `modality` (one or a list), `event` (a list of PLOVER types, or null),
`attribution` (a list of ids), `time` (the beginning of an ISO 8601 value). A line with `"forbidden": true` must match
no statement, one with `"once": true` the statements of exactly one sentence.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from triplomat.errors import DataError, UsageError

from .statement import Statement, from_json

_CHECKED = ("predicate", "polarity", "modality", "event", "attribution", "time")


def evaluate(statements: Path, gold: Path) -> str:
    """The report on a file of statements and a file of gold lines, as text."""
    try:
        read = [from_json(row) for _, row in _rows(statements)]
    except (KeyError, TypeError) as error:
        raise DataError(
            str(statements), None, f"not statements as `triplomat extract` writes them ({error})"
        ) from error
    facts = [row for _, row in _rows(gold)]
    return report(read, facts)


def report(statements: Sequence[Statement], gold: Iterable[Mapping[str, Any]]) -> str:
    """Found facts, the share of them that is right in each respect, and what was missed or said against a rule."""
    tally: Counter[str] = Counter()
    notes: list[str] = []
    for number, fact in enumerate(gold, 1):
        name = str(fact.get("id", number))
        hits = [statement for statement in statements if _found(fact, statement)]
        if fact.get("once"):
            places = {(hit.document, hit.sentence.start) for hit in hits}
            tally["forbidden"] += 1
            tally["broken"] += len(places) != 1
            notes += [f"{name}: told in {len(places)} sentences: {fact.get('quote', '')}"] if len(places) != 1 else []
            continue
        if fact.get("forbidden"):
            tally["forbidden"] += 1
            broken = [hit for hit in hits if all(_right(fact, hit, key) for key in _asked(fact))]
            tally["broken"] += bool(broken)
            notes += [f"{name}: says what it must not: {hit.sentence.text}" for hit in broken[:1]]
            continue
        tally["facts"] += 1
        if not hits:
            notes.append(f"{name}: missed: {fact.get('quote', '')}")
            continue
        tally["found"] += 1
        asked = _asked(fact)
        best = max(hits, key=lambda hit: sum(_right(fact, hit, key) for key in asked))
        for key in asked:
            tally[f"{key} asked"] += 1
            tally[key] += _right(fact, best, key)
            if not _right(fact, best, key):
                notes.append(f"{name}: wrong {key}: {best.sentence.text}")
    lines = [f"facts found      {tally['found']} of {tally['facts']}"]
    lines += [f"{key:12} right {tally[key]} of {tally[f'{key} asked']}" for key in _CHECKED if tally[f"{key} asked"]]
    if tally["forbidden"]:
        lines.append(f"rules broken     {tally['broken']} of {tally['forbidden']}")
    return "\n".join([*lines, *notes])


def _asked(fact: Mapping[str, Any]) -> list[str]:
    """The respects in which a gold line says what is right."""
    return [key for key in _CHECKED if ("lemma" if key == "predicate" else key) in fact]


def _found(fact: Mapping[str, Any], statement: Statement) -> bool:
    if "quote" in fact and _squash(str(fact["quote"])) not in _squash(statement.sentence.text):
        return False
    event = statement.event
    subject = [statement.subject] if statement.subject else []
    others = [*([statement.object] if statement.object else []), *statement.arguments]
    actors = {*_ids(subject), *_ids(event.actors if event else ())}
    recipients = {*_ids(others), *_ids(event.recipients if event else ()), *actors}
    if fact.get("actor") and not actors & set(fact["actor"]):
        return False
    if fact.get("recipient") and not recipients & set(fact["recipient"]):
        return False
    text = " | ".join(argument.text for argument in [*subject, *others])
    return not fact.get("object") or bool(re.search(fact["object"], text, re.IGNORECASE))


def _right(fact: Mapping[str, Any], statement: Statement, key: str) -> bool:
    if key == "predicate":
        words = set(re.findall(r"\w+", f"{statement.predicate.lemma} {statement.predicate.relation or ''}".lower()))
        return any(word in words for lemma in fact.get("lemma", []) for word in lemma.lower().split())
    if key == "event":
        kind = statement.event.type if statement.event else None
        return kind in (fact["event"] if fact["event"] is not None else [None])
    if key == "attribution":
        return bool(_ids([statement.attribution] if statement.attribution else []) & set(fact["attribution"]))
    if key == "time":
        stamps = [argument.value or "" for argument in statement.arguments if argument.role == "time"]
        return any(stamp.startswith(fact["time"]) for stamp in stamps)
    wanted = fact[key]
    return getattr(statement, key) in (wanted if isinstance(wanted, list) else [wanted])


def _ids(things: Iterable[Any]) -> set[str]:
    return {value for thing in things for value in (thing.entity, thing.state) if value}


def _squash(text: str) -> str:
    return " ".join(text.split())


def _rows(path: Path) -> list[tuple[int, dict[str, Any]]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}; name a file that exists") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8 text") from error
    rows = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise DataError(str(path), number, f"not JSON ({error})") from error
        if not isinstance(row, dict):
            raise DataError(str(path), number, "not a JSON object")
        rows.append((number, row))
    return rows
