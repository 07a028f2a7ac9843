"""Statements → their JSON: as objects, as a line of text, or as the text that a statement's id is a hash of.

The fields stand here once, and a form says how they are put down. The functions that do so are compiled from both, as a
namedtuple's are: written piece by piece, text takes half of the time that json's encoder needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .statement import Argument, Article, Statement

_Fields = Mapping[str, str]
# by record, its fields in the contract's order; what ends in "?" may be None, what ends in "*" is a tuple
_STRETCH = {"text": "text", "start": "number", "end": "number"}
_RECORDS: Mapping[str, _Fields] = {
    "sentence": {"index": "number", "start": "number", "end": "number", "text": "text"},
    "predicate": _STRETCH | {"lemma": "text", "relation": "text?"},
    "party": {"text": "text", "entity": "text?", "code": "text?", "sector": "text?", "state": "text?"},
    "event": {
        "type": "text", "mode": "text?", "contexts": "text*", "quad": "text?", "score": "number?", "actors": "party*",
        "recipients": "party*",
    },
    "statement": {
        "id": "text", "document": "text", "published": "text?", "sentence": "sentence", "subject": "argument?",
        "predicate": "predicate", "object": "argument?", "arguments": "one_of_arguments*", "event": "event?",
        "polarity": "text", "modality": "text", "attribution": "argument?", "confidence": "share", "extractor": "text",
    },
}  # fmt: skip
# what an argument holds beside its stretch of text, by its role
_OTHERWISE = ""
_ABOUT: Mapping[str, _Fields] = {
    "quantity": {"value": "text?", "unit": "text?"},
    "time": {"value": "text?"},
    _OTHERWISE: {"entity": "text?", "type": "text?", "state": "text?"},
}
_UNSAID = frozenset({"id", "confidence", "extractor"})  # no part of what a statement says and where


@dataclass(frozen=True, slots=True)
class _Form:
    """How values are put down.

    `put` makes one expression of keys and the expressions of their values, `text` is that of a text; `names` may stand
    in them.
    """

    put: Callable[[Sequence[tuple[str, str]]], str]
    text: str
    names: Mapping[str, Any]

    def writer(self) -> Callable[[Statement], Any]:
        """The function that puts down a statement."""
        names = dict(self.names)
        names["argument"] = self._by_role(names, {})
        names["one_of_arguments"] = self._by_role(names, {"role": "text"})
        for record, fields in _RECORDS.items():
            names[record] = self._compiled(fields, names)
        whole: Callable[[Statement], Any] = names["statement"]
        return whole

    def _by_role(self, names: dict[str, Any], before: _Fields) -> Callable[[Argument], Any]:
        writers = {
            (kind, bool(behind)): self._compiled({**before, **_STRETCH, **about, **behind}, names)
            for kind, about in _ABOUT.items()
            for behind in ({}, {"preposition": "text"})
        }
        return lambda one: writers[one.role if one.role in _ABOUT else _OTHERWISE, bool(one.preposition)](one)

    def _compiled(self, fields: _Fields, names: dict[str, Any]) -> Callable[[Any], Any]:
        values = [(key, self._value(f"one.{key}", kind)) for key, kind in fields.items()]
        made: Callable[[Any], Any] = eval(f"lambda one: {self.put(values)}", names)
        return made

    def _value(self, at: str, kind: str) -> str:
        """The expression for the value at an expression."""
        match kind[-1], kind:
            case "?", _:
                return f"null if {at} is None else {self._value(at, kind[:-1])}"
            case "*", _:
                return f"listed([{self._value('each', kind[:-1])} for each in {at}])"
            case _, "number":
                return at
            case _, "share":
                return f"round({at}, 4)"
            case _, "text":
                return self.text.format(at)
        return f"{kind}({at})"


def _object(values: Sequence[tuple[str, str]]) -> str:
    return "{" + ", ".join(f'"{key}": {value}' for key, value in values) + "}"


def _spaced(values: Sequence[tuple[str, str]]) -> str:
    """As json writes it."""
    return "f'{{" + ", ".join(f'"{key}": {{{value}}}' for key, value in values) + "}}'"


def _content(values: Sequence[tuple[str, str]]) -> str:
    """As json writes it with its keys sorted and without spaces."""
    return "f'{{" + ",".join(f'"{key}":{{{value}}}' for key, value in sorted(values) if key not in _UNSAID) + "}}'"


_WRITTEN = {"null": "null", "text": encode_basestring}

json_object = _Form(_object, "{}", {"null": None, "listed": list}).writer()
"""The statement as a JSON object, keys in the contract's order."""

json_line = _Form(_spaced, "text({})", _WRITTEN | {"listed": lambda items: f"[{', '.join(items)}]"}).writer()
"""The same as one line of JSON, without its end."""

canonical = _Form(_content, "text({})", _WRITTEN | {"listed": lambda items: f"[{','.join(items)}]"}).writer()
"""What a statement says and where, as JSON without spaces, its keys sorted: what its id is a hash of."""


def json_lines(_: Article, statements: Iterable[Statement]) -> str:
    """An article's statements, a line each."""
    return "".join([f"{json_line(item)}\n" for item in statements])
