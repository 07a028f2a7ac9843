"""The model's attribute ruler, with its verdict on single tokens kept: the same attributes in a tenth of the time.

Most patterns of an attribute ruler look at one token by its word, tag and label. What they give a token is worked out
by the ruler's own matcher when such a token is first seen; only patterns of several tokens run over every text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens._retokenize import set_token_attrs

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

NAME = "triplomat_attribute_ruler"
_LOOKED_AT = frozenset({"LOWER", "TAG", "DEP", "IS_SPACE"})

_Key = tuple[int, ...]


class MemoRuler(AttributeRuler):
    """An attribute ruler that looks at each kind of token once; `MemoRuler.fits` says which rulers it can stand for.

    `_short` has the patterns of one token's word, tag and label, `_long` all others.
    """

    _long: Matcher | None = None
    _short: Matcher
    _known: dict[_Key, tuple[tuple[int, ...], dict[int, Any]]]
    _named: NDArray[np.uint64]

    @staticmethod
    def fits(ruler: AttributeRuler) -> bool:
        """Whether the rules set no extension attributes, and those for one token set that one."""
        return all(
            "_" not in rule["attrs"] and (rule["index"] in (0, -1) or not any(map(_is_short, rule["patterns"])))
            for rule in _rules(ruler)
        )

    def clear(self) -> None:
        super().clear()
        self._long = None

    def add(self, patterns: Any, attrs: Mapping[str, Any], index: int = 0) -> None:
        super().add(patterns, dict(attrs), index)
        self._long = None

    def __call__(self, doc: Doc) -> Doc:
        error_handler = self.get_error_handler()
        try:
            self._annotate(doc)
            return doc
        except Exception as error:
            return error_handler(self.name, self, [doc], error)

    def _annotate(self, doc: Doc) -> None:
        """As the parent does: all patterns match first, then the attributes are set, later patterns over earlier."""
        long = self._long
        if long is None:
            long = self._split()
        known, attrs, indices = self._known, self.attrs, self.indices
        found: dict[int, list[int]] = {}
        if len(long):
            name = self.vocab.strings
            for key, start, end in long(doc, allow_missing=True):
                number = int(name[key])
                index = indices[number]
                found.setdefault(start + index if index >= 0 else end + index, []).append(number)
        seen = doc.to_array(["LOWER", "TAG", "DEP", "IS_SPACE"]).reshape(-1, 4)
        seen[:, 0] *= np.isin(seen[:, 0], self._named)  # all words that no pattern names are alike
        values = []
        rows: list[_Key] = list(map(tuple, seen.tolist()))  # type: ignore[arg-type]
        for i, row in enumerate(rows):
            value = known.get(row)
            if value is None:
                value = known[row] = self._of_one(doc, i)
            values.append(value)
        for i, token in enumerate(doc):
            numbers, merged = values[i]
            if i in found:
                merged = {}
                for number in sorted((*numbers, *found[i])):
                    merged.update(attrs[number])
            if merged:
                set_token_attrs(token, merged)

    def _of_one(self, doc: Doc, i: int) -> tuple[tuple[int, ...], dict[int, Any]]:
        """The one-token rules that fit token i, and what they set together."""
        name = self.vocab.strings
        numbers = tuple(sorted(int(name[key]) for key, _, _ in self._short(doc[i : i + 1], allow_missing=True)))
        merged: dict[int, Any] = {}
        for number in numbers:
            merged.update(self.attrs[number])
        return numbers, merged

    def _split(self) -> Matcher:
        """A matcher of the patterns of several tokens; what was known of single ones is forgotten."""
        self._known = {}
        named: set[int] = set()
        self._short = Matcher(self.vocab, validate=self.validate)
        long = Matcher(self.vocab, validate=self.validate)
        for number, rule in enumerate(_rules(self)):
            short = [pattern for pattern in rule["patterns"] if _is_short(pattern)]
            for pattern in short:
                named.update(map(self.vocab.strings.add, _words(pattern[0].get("LOWER", ())) or ()))
            if short:
                self._short.add(str(number), short)
            if rest := [pattern for pattern in rule["patterns"] if not _is_short(pattern)]:
                long.add(str(number), rest)
        self._named = np.array(sorted(named), dtype=np.uint64)
        self._long = long
        return long


@Language.factory(NAME, default_config={"validate": False})
def make_memo_ruler(nlp: Language, name: str, validate: bool) -> MemoRuler:
    """An empty ruler; `remember` fills it."""
    return MemoRuler(nlp.vocab, name, validate=validate)


def remember(nlp: Language, name: str = "attribute_ruler") -> None:
    """Put a MemoRuler with the same patterns in the place of a pipeline's ruler, where it can stand for it."""
    if name not in nlp.pipe_names:
        return
    ruler = nlp.get_pipe(name)
    if type(ruler) is AttributeRuler and MemoRuler.fits(ruler):
        patterns = ruler.patterns
        quick = nlp.replace_pipe(name, NAME)
        quick.add_patterns(patterns)  # type: ignore[attr-defined]


def _rules(ruler: AttributeRuler) -> list[dict[str, Any]]:
    return ruler.patterns


def _is_short(pattern: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a pattern looks at one token, at nothing but its label, its tag, and whether it is one of some words."""
    return len(pattern) == 1 and _LOOKED_AT.issuperset(pattern[0]) and _words(pattern[0].get("LOWER", ())) is not None


def _words(wanted: Any) -> tuple[str, ...] | None:
    """The words that a pattern's value names, or None where it asks in another way (by a regular expression)."""
    if isinstance(wanted, str):
        return (wanted,)
    if isinstance(wanted, dict):
        return tuple(wanted["IN"]) if set(wanted) == {"IN"} else None
    return ()
