"""A clause → what the frames of the lexicon ask of it: its parts by preposition, the words around its verb."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from .clauses import Clause, Part, prepositional
from .tree import Tree

_PARTICLES = frozenset({"in", "over", "up", "off", "down"})


class View:
    """A clause as all frames of one kind see it; what only few of them ask for is gathered when the first one does.

    `more` are parts beside those of the clause. `objects` and `doers` are what the frames' objects and subjects are
    held against, `keys` what the objects may be called by; `behind` has the parts behind each preposition, those of the
    objects among them; `ascribed` are attributes and adverbs, `offered` their words and the prepositions.
    """

    __slots__ = (
        *("_clause", "_loose", "_more", "_tree", "_verbal", "ascribed", "behind", "doers", "keys", "objects"),
        *("offered", "particled"),
    )

    def __init__(
        self,
        tree: Tree,
        clause: Clause,
        objects: tuple[Part, ...],
        keys: frozenset[str],
        *,
        doers: tuple[Part, ...],
        more: tuple[Part, ...] = (),
    ) -> None:
        self._tree, self._clause, self._more = tree, clause, more
        self.objects, self.keys, self.doers = objects, keys, doers
        self.particled = False
        self.behind = self._behind() if objects or more else clause.behind
        self.ascribed: tuple[Part, ...] = ()
        self.offered: Collection[str] = self.behind
        if "attribute" in clause.roles or "adverb" in clause.roles:
            self.ascribed = clause.of_role("attribute", "adverb")
            self.offered = {*[tree.lower[part.i] for part in self.ascribed], *self.behind}
        self._loose: set[str] | None = None
        self._verbal: list[Part] | None = None

    def _behind(self) -> Mapping[str, tuple[Part, ...]]:
        tree, more = self._tree, [part for part in self._more if part.preposition is not None] if self._more else []
        for thing in self.objects:
            for kid in tree.kids[thing.i]:
                if tree.dep[kid] == "prep":
                    more += [part for part in prepositional(tree, kid) if part.preposition is not None]
        if not more:
            return self._clause.behind
        behind = dict(self._clause.behind)
        for part in more:
            preposition = part.preposition or ""
            behind[preposition] = (*behind.get(preposition, ()), part)
        return behind

    @property
    def indirect(self) -> bool:
        """Whether there is an indirect object."""
        return "indirect" in self._clause.roles

    @property
    def loose(self) -> set[str]:
        """The words at the verb that may belong to it: particles, prepositions, attributes, objects."""
        if self._loose is None:
            lower, clause = self._tree.lower, self._clause
            verbs, objects = [lower[verb] for verb in clause.chain], [lower[part.i] for part in clause.objects]
            self._loose = {*self.offered, *verbs, *objects}
            if self.behind:
                self._loose.update([word.partition(" ")[0] for word in self.behind if " " in word])
        return self._loose

    def has_passed(self, particle: str) -> bool:
        """Whether a word only opens a phrase of its own: "took Bara in October", "in May took it", not "took it in"."""
        clause, objects = self._clause, self.objects
        if particle not in _PARTICLES or not objects or particle in clause.lemma.split(" ")[1:]:
            return False
        parts = clause.behind.get(particle, ())
        return bool(parts) and all(part.i < clause.i or all(part.i > one.i for one in objects) for part in parts)

    def with_particle(self, particle: str) -> tuple[Part, ...]:
        """The objects, and those of a preposition that is the verb's particle: "call on"."""
        if particle not in self.behind or particle in self._clause.lemma.split(" ")[1:]:
            return self.objects
        more = [part for part in self._more if part.preposition == particle]
        return (*self.objects, *self._clause.behind.get(particle, ()), *more)

    @property
    def verbal(self) -> list[Part]:
        """The complement clauses; where there is none, an infinitive right behind the verb: "have sworn to fight"."""
        if self._verbal is None:
            pos, parts = self._tree.pos, self._clause.roles.get("clause", ())
            if self._more:
                parts += tuple([part for part in self._more if part.role == "clause"])
            self._verbal = [part for part in parts if pos[part.i] in ("VERB", "AUX")] or self._next_infinitive()
        return self._verbal

    def _next_infinitive(self) -> list[Part]:
        tree, i = self._tree, self._clause.i
        if i + 1 == len(tree.lower) or tree.lower[i + 1] != "to":
            return []
        return [
            Part(tree, "clause", kid, *tree.edges(kid))
            for kid in tree.kids_of(i, "advcl")
            if tree.tag[kid] == "VB" and i + 1 in tree.kids_of(kid, "aux")
        ]
