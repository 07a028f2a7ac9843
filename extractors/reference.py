"""What a mention refers to: the value that linking and coreference give back."""

from __future__ import annotations

from triplomat.values import value

ORGANS = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY"})
"""PLOVER's sectors of a state's own organs."""


@value
class Reference:
    """What a mention refers to.

    `entity` is a compact id or None, `type` State, Person, Organization, Group, Place or None; `state` the state that
    it is, belongs to or acts for; `code` and `sector` are PLOVER's; `confidence` lies in 0–1; `via` says how it was
    found: "name", "surname", "adjective", "demonym", "capital", "seat", "city", "region", "area" (a sea or war that is
    nobody's), "phrase", "description", "pronoun", or "context" (nameless people in an article about one state).
    """

    entity: str | None
    type: str | None
    state: str | None
    code: str | None
    sector: str | None
    confidence: float
    via: str

    def found(self, via: str, confidence: float) -> Reference:
        """The same reference found in another way, of this certainty."""
        return Reference(self.entity, self.type, self.state, self.code, self.sector, confidence, via)

    def by(self, via: str, confidence: float) -> Reference:
        """The same reference found in another, less certain way."""
        return self.found(via, round(self.confidence * confidence, 3))
