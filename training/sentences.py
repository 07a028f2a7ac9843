"""The labelled sentences of `training/sentences/TYPE.txt` → checked `Example`s.

`sentences/unseen/` and `sentences/fresh/` hold sentences by other hands that nothing may be fitted to: `load(UNSEEN)`,
`load(FRESH)`.

A line is a sentence with its parties in brackets, then what is not the usual, each behind ` | `:

    [A:Jordan] took in [R:another 4,000 Syrians] over the weekend, aid workers said.
    [A:Paris] has stopped short of recognising [R:the rebels' council]. | negative
    [A:Qatar] may send tents and blankets to [R:the flooded province], its envoy hinted. | possible
    [A:The Czech premier] flew to [R:Ankara] for two days of talks. | visit

`[A:…]` is an actor, `[R:…]` a recipient, each any number of times (those who act alike on each other are all actors).
Behind the bars, in any order: the mode, `negative` (else positive), one of `possible`, `intended`, `hypothetical` (else
asserted). The type is the file's name. Lines that begin with `#` and blank lines are skipped.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "sentences"
UNSEEN = FOLDER / "unseen"
FRESH = FOLDER / "fresh"
NONE = "NONE"
MODES: dict[str, tuple[str, ...]] = {
    "AGREE": (),
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "SUPPORT": (),
    "CONCEDE": (),
    "COOPERATE": (),
    "AID": (),
    "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": (
        "seize",
        "restrict",
        "censor",
        "curfew",
        "martial-law",
        "arrest",
        "deport",
        "withhold",
        "misinformation",
        "cyber",
    ),
    "ASSAULT": (
        "abduct",
        "beat",
        "torture",
        "sexual",
        "targeted",
        "destroy",
        "primitive",
        "firearms",
        "explosives",
        "suicide-attack",
        "aerial",
        "drone",
        "heavy-weapons",
        "crowd-control",
        "unconventional",
    ),
    NONE: (),
}
TYPES = tuple(MODES)
MODALITIES = ("possible", "intended", "hypothetical")
HELD_BACK_OF = 10

_PARTY = re.compile(r"\[([AR]):([^\[\]]+)\]")


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled sentence; `actors` and `recipients` are (start, end) in `text`."""

    text: str
    type: str
    mode: str | None
    actors: tuple[tuple[int, int], ...]
    recipients: tuple[tuple[int, int], ...]
    polarity: str = "positive"
    modality: str = "asserted"

    @property
    def held_back(self) -> bool:
        """Whether it is of the tenth that calibrates and is not trained on, which a hash of its text alone decides."""
        return int(hashlib.sha256(self.text.encode()).hexdigest(), 16) % HELD_BACK_OF == 0


class SentenceError(ValueError):
    """A line that is not in the format; `path` and `line` say where."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path.name}:{line}: {reason}")
        self.path = path
        self.line = line


def load(folder: Path = FOLDER) -> tuple[Example, ...]:
    """All sentences, files in the order of their names, lines as they stand; SentenceError at a line out of format."""
    return tuple(example for path in sorted(folder.glob("*.txt")) for example in _read(path))


def parse(line: str, event_type: str) -> Example:
    """The example that a line of `event_type`'s file holds; ValueError if it breaks the format."""
    marked, *labels = (part.strip() for part in line.split(" | "))
    mode, polarity, modality = None, "positive", "asserted"
    for label in labels:
        if label == "negative":
            polarity = label
        elif label in MODALITIES:
            modality = label
        elif label in MODES[event_type] and mode is None:
            mode = label
        else:
            raise ValueError(f"{label!r} is neither a mode of {event_type} nor a polarity or modality")
    text, parties = _unmark(marked)
    if event_type != NONE and not parties["A"]:
        raise ValueError("no actor is marked: write [A:…] around one")
    return Example(text, event_type, mode, parties["A"], parties["R"], polarity, modality)


def _unmark(marked: str) -> tuple[str, dict[str, tuple[tuple[int, int], ...]]]:
    pieces: list[str] = []
    spans: dict[str, list[tuple[int, int]]] = {"A": [], "R": []}
    length = position = 0
    for match in _PARTY.finditer(marked):
        before, inside = marked[position : match.start()], match.group(2)
        start = length + len(before)
        pieces += [before, inside]
        length = start + len(inside)
        spans[match.group(1)].append((start, length))
        position = match.end()
    text = "".join(pieces) + marked[position:]
    if "[" in text or "]" in text or "|" in text:
        raise ValueError("a bracket or bar is left over after the parties are taken out")
    return text, {role: tuple(found) for role, found in spans.items()}


def _read(path: Path) -> Iterator[Example]:
    event_type = path.stem.upper()
    if event_type not in MODES:
        raise SentenceError(path, 1, f"the file's name is none of {', '.join(TYPES)}")
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            try:
                yield parse(line, event_type)
            except ValueError as error:
                raise SentenceError(path, number, str(error)) from error
