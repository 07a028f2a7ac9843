"""Ids, values and what is said of a subject → Turtle and TriG, in an order of its own, so that equal sets give equal
bytes.

A triple is three words of Turtle: prefixed names, "a", literals. What is said of a subject are strings of predicate and
object, which stand in the order of their characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from functools import cache, lru_cache

from triplomat.ontology.terms import BASE, Names

from .quads import text

Triple = tuple[str, str, str]

_KEPT = 100_000  # names that a process holds at a time
_FIRST = (
    "A-Za-z0-9_:\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LATER = _FIRST + r"\-\u00b7\u0300-\u036f\u203f\u2040"
_PUNCTUATION = r"~.\-!$&'()*+,;=/?#@%"
_LOCAL = re.compile(rf"[{_FIRST}{_PUNCTUATION}][{_LATER}{_PUNCTUATION}]*")
_HASHED = re.compile(r"(?:st|fact):[0-9a-f]+")
_ESCAPED = re.compile(rf"^[{_PUNCTUATION}]|\.$|[~!$&'()*+,;=/?#@%]")


class _Made(dict[str, str]):
    """A mapping that is made as it is asked for."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, key: str) -> str:
        if len(self) >= _KEPT:
            self.clear()
        self[key] = self.make(key)
        return self[key]


class Words:
    """The words under a base IRI: `ids` has the name of a compact id, `terms` a prefixed name, which must be declared
    where it is the ontology's, and `says` the same as a predicate before its object.
    """

    def __init__(self, names: Names) -> None:
        self.names = names
        self._spaces = sorted((space, prefix) for prefix, space in names.prefixes.items())
        self.ids: Mapping[str, str] = _Made(lambda compact: self.name(names.iri(compact)))
        self.terms: Mapping[str, str] = _Made(self._declared)
        self.says: Mapping[str, str] = _Made(lambda name: f"{self.terms[name]} ")

    @property
    def header(self) -> str:
        """The prefixes, with which a file begins."""
        return "".join(sorted(f"@prefix {prefix}: <{space}> .\n" for prefix, space in self.names.prefixes.items()))

    def hashed(self, ident: str) -> str:
        """The name of a statement's or a fact's id: there are too many of them to be kept."""
        return ident if _HASHED.fullmatch(ident) else self.name(self.names.iri(ident))

    def name(self, iri: str) -> str:
        """An IRI as a prefixed name, or in full where it can't be one."""
        for space, prefix in self._spaces:
            if iri.startswith(space) and _LOCAL.fullmatch(iri, len(space)):
                return f"{prefix}:{_ESCAPED.sub(_backslash, iri[len(space) :])}"
        return f"<{iri}>"

    def _declared(self, name: str) -> str:
        if name == "rdf:type":
            return "a"
        prefix, _, local = name.partition(":")
        if prefix in ("tm", "rel"):
            return self.name((self.names.tm if prefix == "tm" else self.names.rel)[local])
        return self.name(self.names.prefixes[prefix] + local)


@cache
def words(base: str = BASE) -> Words:
    """The words under a base IRI, made once a process."""
    return Words(Names(base))


@lru_cache(maxsize=10_000)
def number(value: float) -> str:
    """A number as xsd:decimal to four places.

    >>> number(0.5), number(10.0)
    ('0.5', '10.0')
    """
    digits = f"{value:.4f}".rstrip("0")
    return f"{digits}0" if digits.endswith(".") else digits


@lru_cache(maxsize=10_000)
def moment(value: str) -> str:
    """An ISO 8601 time: a day, month or year typed so, anything else (an interval, a week) a string.

    >>> moment("2023-09")
    '"2023-09"^^xsd:gYearMonth'
    """
    for pattern, kind in ((r"\d{4}-\d\d-\d\d", "date"), (r"\d{4}-\d\d", "gYearMonth"), (r"\d{4}", "gYear")):
        if re.fullmatch(pattern, value):
            return f'"{value}"^^xsd:{kind}'
    return text(value)


def block(subject: str, said: Collection[str], indent: str = "") -> tuple[str, int]:
    """What is said of a subject, each once and in order, and how many triples that is."""
    unique = {*said}
    told = f" ;\n{indent}\t".join(sorted(unique))
    return f"{indent}{subject} {told} .\n", len(unique)


def graph(name: str, subjects: Mapping[str, Collection[str]]) -> tuple[str, int]:
    """A named graph in TriG by what it says of each subject, and how many quads it has; "" where it says nothing."""
    if not subjects:
        return "", 0
    blocks = [block(subject, subjects[subject], "\t") for subject in sorted(subjects)]
    return f"{name} {{\n{''.join([told for told, _ in blocks])}}}\n", sum([count for _, count in blocks])


def _backslash(match: re.Match[str]) -> str:
    return f"\\{match[0]}"
