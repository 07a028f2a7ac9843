"""Which organisation "the company", "the alliance" or "the union" takes up: by kind, name, recency and frequency."""

from __future__ import annotations

from triplomat.ontology.descriptions import Descriptions

from .discourse import Discourse
from .reference import Reference
from .tree import Tree

_APART = frozenset({"group", "movement"})
_OF_MANY = frozenset({"international", "multilateral", "regional", "world"})  # bodies of no one state
ARMED = frozenset({"REB", "OPP", "CRM"})
_ORGANS = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY"})


class Bodies:
    """The organisations of one article as descriptions take them up."""

    def __init__(self, tree: Tree, discourse: Discourse, words: Descriptions) -> None:
        self._tree = tree
        self._discourse = discourse
        self._words = words

    def of(self, head: int, lemma: str, modifiers: set[str], state: str | None = None) -> Reference | None:
        """The likeliest organisation of the six sentences before whose sector or name fits, if it stands out.

        `state` is the one that it must be of, if the phrase names one: "the Palestinian group".
        """
        kinds = self._words.organisations[lemma]
        names = {
            self._tree.lower[kid] for kid in self._tree.kids_of(head, "compound") if self._tree.pos[kid] == "PROPN"
        }
        scores: dict[str, tuple[float, Reference]] = {}
        acting = {entry.index for entry in self._discourse.acting(head)}
        for entry in self._discourse.back(head, sentences=6):
            reference = entry.reference
            if entry.kind != "organisation" or reference is None or reference.entity is None:
                continue
            if entry.sentence == self._discourse.sentence(head) and entry.part == "subject" == self._discourse.part(
                head
            ):
                continue
            if not acting.isdisjoint(self._tree.ancestors(entry.index)):
                continue  # "Bahçeli of the MHP thanked the party"
            if (state is not None and reference.state != state) or (reference.state and modifiers & _OF_MANY):
                continue
            distance = self._discourse.sentence(head) - entry.sentence
            passing = entry.part in ("oblique", "modifier") and self._discourse.about[reference.entity] < 2
            if not kinds and distance > 1 and passing:
                continue  # "with proceeds to the Red Cross": nothing that the text is about
            if lemma in _APART and reference.sector in _ORGANS:
                continue  # no ministry is "the group"
            words = set(reference.entity.partition(":")[2].lower().replace("-", "_").split("_"))
            if (kinds and not (reference.sector in kinds or words & kinds)) or not names <= words:
                continue
            score = max(0.0, 2.5 - 0.7 * distance) + 0.5 * entry.weight
            score += 0.25 * min(self._discourse.counts[reference.entity], 6) + (1.0 if lemma in words else 0.0)
            score += 2.0 * len({modifier.lower() for modifier in modifiers} & words)
            if reference.entity not in scores or scores[reference.entity][0] < score:
                scores[reference.entity] = (score, reference)
        ranked = sorted(scores.values(), key=lambda pair: -pair[0])
        if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < (0.8 if kinds else 1.2)):
            return None
        if not kinds and ranked[0][0] < 1.5:
            return None
        return ranked[0][1].by("description", 0.85 if kinds else 0.75)

    def armed(self, head: int) -> Reference | None:
        """The one armed group of the six sentences before, for "the rebels" of no named group."""
        found: dict[str, Reference] = {}
        for entry in self._discourse.back(head, sentences=6):
            reference = entry.reference
            if entry.kind == "organisation" and reference is not None and reference.sector in ARMED:
                found.setdefault(reference.entity or "", reference)
        named = next(iter(found.values())) if len(found) == 1 else None
        return named.by("description", 0.75) if named is not None and named.entity is not None else None
