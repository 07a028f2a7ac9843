"""Chooses what an ambiguous name of a state, place or organisation means, from the article around it."""

from __future__ import annotations

from collections import Counter

from triplomat.ontology.actors import Gazetteer, Sense
from triplomat.ontology.descriptions import load_descriptions
from triplomat.ontology.senses import load_sense_words

from .mentions import Mention
from .reference import ORGANS, Reference
from .tree import Tree

LOCATIVE = frozenset("in at near outside around across inside through throughout within into onto".split())
# "the North" is North Korea where the article speaks of either Korea
_HALVES = {"North": "country:KOR", "South": "country:PRK"}
_WORDS = load_sense_words()
_SHARED_BODIES = frozenset({"LEG", "JUD", "PTY"})
_NATIONAL = frozenset({"name", "adjective", "demonym"})


class Senses:
    """The senses of one article's names that are no people's."""

    def __init__(
        self, tree: Tree, mentions: list[Mention], gazetteer: Gazetteer, on: str | None, home: str | None
    ) -> None:
        """`home` is the state that the article is written from and about, if that is clear."""
        self._tree = tree
        self._mentions = mentions
        self._home = home
        self._gazetteer = gazetteer
        self._on = on
        self._evidence = _evidence(mentions)
        self._ends = {mention.end: mention for mention in mentions}
        self._starts = {mention.start: mention for mention in mentions}
        self._chosen: dict[int, Reference | None] = {}

    def of(self, mention: Mention) -> Reference | None:
        """What a mention means if that isn't a person; None if it is one or nothing fits."""
        key = mention.start * 1000 + (mention.end - mention.start)
        if key not in self._chosen:
            self._chosen[key] = self._link(mention)
        return self._chosen[key]

    def _link(self, mention: Mention) -> Reference | None:
        if not mention.senses:
            return self._unknown(mention) if mention.label == "ORG" and not self._is_other(mention) else None
        senses = [sense for sense in mention.senses if not (sense.actor or "").startswith("person:")]
        if not senses or (len(senses) < len(mention.senses) and self._is_person(mention)):
            return None
        if mention.text in _HALVES and not (
            self._evidence["state", _HALVES[mention.text]] or self._evidence["state", senses[0].actor or ""]
        ):
            return None
        sense = senses[0] if len(senses) == 1 else self._choose(mention, senses)
        return self._reference(mention, sense)

    def _is_person(self, mention: Mention) -> bool:
        """Whether a name that is also a person's means the person here."""
        kinds = {sense.kind for sense in mention.senses if (sense.actor or "").startswith("person:")}
        if any((sense.actor or "").startswith("country:") for sense in mention.senses):
            return False
        return mention.label == "PERSON" or (kinds == {"name"} and mention.end - mention.start > 1)

    def _choose(self, mention: Mention, senses: list[Sense]) -> Sense:
        """The sense that the article speaks for: a place beside it, states that it names, then the table's order."""
        if {sense.kind for sense in senses} == {"adjective", "demonym"} and len(
            {sense.state or sense.actor for sense in senses}
        ) == 1:
            return next(sense for sense in senses if (sense.kind == "adjective") == self._is_modifier(mention))
        if (seat := self._seat(mention, senses)) is not None:
            return seat

        def weight(sense: Sense) -> tuple[float, int]:
            state = sense.state or sense.actor or ""
            score = 0.0
            if sense.kind == "region":
                score += 2.0 * self._evidence["place", state]
                before = self._ends.get(mention.start - 1)
                if before is not None and self._tree.text[mention.start - 1] == ",":
                    score += 4.0 * any(other.kind == "city" and other.state == state for other in before.senses)
            else:
                score += 1.0 + 2.0 * self._evidence["state", state] + 2.0 * self._evidence["place", state]
                if sense.kind == "name" and state in self._gazetteer.actors:
                    borders = self._gazetteer.actors[state].borders
                    score += 0.5 * sum(self._evidence["state", border] for border in borders)
                actor = self._gazetteer.actors.get(sense.actor or "")
                if actor is not None and actor.end and self._on and self._on > actor.end:
                    score -= 1.0
            return score, -senses.index(sense)

        return max(senses, key=weight)

    def _is_modifier(self, mention: Mention) -> bool:
        tree, root = self._tree, mention.root
        if tree.dep[root] == "conj":
            root = tree.head[root]
        if tree.tag[mention.root] in ("NNS", "NNPS"):
            return False
        if tree.dep[root] in ("appos", "attr") and tree.lower[mention.start - 1 : mention.start] in (["a"], ["an"]):
            return False  # "Schmidt, a German,"
        return tree.dep[root] not in ("nsubj", "nsubjpass", "dobj", "pobj", "agent", "dative", "poss")

    def _seat(self, mention: Mention, senses: list[Sense]) -> Sense | None:
        """For a city that is also an organisation's seat: "Brussels" acts for the EU, unless Belgium is spoken of."""
        seats = [sense for sense in senses if sense.kind == "capital"]
        bodies = [sense for sense in senses if (sense.actor or "").startswith("org:")]
        if len(seats) != 1 or len(bodies) != 1:
            return None
        local = self._is_location(mention) or self._evidence["state", seats[0].state or ""]
        return seats[0] if local else bodies[0]

    def _reference(self, mention: Mention, sense: Sense) -> Reference | None:
        gazetteer, on = self._gazetteer, self._on
        code = sense.state.partition(":")[2] if sense.state else None
        if sense.kind == "area":
            return Reference(None, "Place", None, None, None, 0.85, "area")
        if sense.kind == "demonym":
            return Reference(
                None, "Group", sense.state or sense.actor, code or _code(sense.actor), None, 0.9, "demonym"
            )
        if sense.actor is not None and sense.kind in ("name", "adjective"):
            actor = gazetteer.actors[sense.actor]
            if sense.kind == "adjective" and actor.type == "Group" and not self._is_modifier(mention):
                return None  # "sent ships to the Baltic"
            owner = None
            if "generic" in actor.traits:
                owner = self._other_owner(mention, actor.state) or self._homely_owner(mention, sense.actor)
            if owner is not None:
                return Reference(None, actor.type, owner, owner.partition(":")[2], actor.sector, 0.8, "phrase")
            state, code = gazetteer.state(actor.id, on), gazetteer.code(actor.id, on)
            return Reference(actor.id, actor.type, state, code, gazetteer.sector(actor.id, on), 0.95, sense.kind)
        if (elsewhere := self._region_after(mention, sense)) is not None:
            return Reference(None, "Place", elsewhere, elsewhere.partition(":")[2], None, 0.85, sense.kind)
        if sense.kind in ("capital", "seat") and not self._is_location(mention):
            return Reference(sense.actor, "State", sense.state, code, sense.sector, 0.85, sense.kind)
        return Reference(None, "Place", sense.state, code, None, 0.85, sense.kind)

    def _other_owner(self, mention: Mention, own: str | None) -> str | None:
        """The state whose name stands before an organ's name that many states' organs have: "the Nigerian Senate"."""
        before = self._ends.get(mention.start)
        if before is None and self._tree.tag[mention.start - 1 : mention.start] == ["POS"]:
            before = self._ends.get(mention.start - 1)
        if before is None and self._tree.lower[mention.end : mention.end + 1] == ["of"]:
            before = self._starts.get(mention.end + 1)  # "the Communist Party of India"
        if before is None:
            return None
        reference = self.of(before)
        return reference.state if reference is not None and reference.state != own else None

    def _homely_owner(self, mention: Mention, actor: str) -> str | None:
        """The state whose parliament, court or party a bare "Congress" is: that of the article's home, or of the same
        name elsewhere in the article ("Peru's Congress")."""
        known = self._gazetteer.actors[actor]
        own, bare = known.state, mention.text
        if known.sector not in _SHARED_BODIES or self._home == own:
            return None
        if bare == known.name and not (known.sector == "PTY" and self._speaks_rather_of(self._home, own)):
            return None
        named = {self._other_owner(other, own) for other in self._mentions if other.text == bare} - {None}
        if len(named) == 1 and not self._evidence["state", own or ""]:
            return named.pop()
        return self._home

    def _speaks_rather_of(self, home: str | None, other: str | None) -> bool:
        """Whether the article names its home more often than another state: whose "Republican Party" it is."""
        return home is not None and self._evidence["state", home] > self._evidence["state", other or ""]

    def _region_after(self, mention: Mention, sense: Sense) -> str | None:
        """The state of the region named after a comma, where it isn't the city's own: "Athens, Georgia"."""
        after = self._starts.get(mention.end + 1)
        if after is None or self._tree.text[mention.end : mention.end + 1] != [","] or sense.kind == "seat":
            return None
        for other in after.senses:
            if (
                other.kind == "region"
                and other.state != sense.state
                and self._tree.text[after.end : after.end + 1] != ["and"]
            ):
                return other.state
        return None

    def _is_location(self, mention: Mention) -> bool:
        """Whether a city's name says where, not who: "in Beijing", "flew to Beijing", "Beijing's suburbs"."""
        tree, root = self._tree, mention.root
        while tree.dep[root] == "conj" and tree.pos[tree.head[root]] == "PROPN":  # "to Belgrade and Pristina"
            root = tree.head[root]
        if tree.dep[root] == "poss" and tree.lemma[tree.head[root]] in load_descriptions().regional:
            return True  # "Kyiv's mayor"
        if tree.dep[root] in ("dobj", "nsubjpass") and tree.lemma[tree.head[root]] in _WORDS.struck:
            return True
        if tree.dep[root] == "pobj":
            preposition = tree.head[root]
            while tree.dep[preposition] == "conj":  # "to Beijing in May and to Delhi in June"
                preposition = tree.head[preposition]
            if tree.lower[preposition] == "of":
                return tree.lemma[tree.head[preposition]] in _WORDS.parts | load_descriptions().regional
            if tree.lower[preposition] in LOCATIVE:
                return True
            return tree.lower[preposition] in ("to", "from") and tree.lemma[tree.head[preposition]] in _WORDS.motion
        return tree.dep[root] == "npadvmod" and not self._is_hidden_object(root)

    def _is_hidden_object(self, root: int) -> bool:
        """Whether a name right behind a verb, which the parser takes for an adverb, is its object: "blamed Bonn"."""
        verb = root - 1
        if self._tree.head[root] != verb or self._tree.pos[verb] != "VERB":
            return False
        return self._tree.first(verb, "dobj") is None and self._tree.lemma[verb] not in _WORDS.motion

    def _is_other(self, mention: Mention) -> bool:
        """Whether it is only a common noun with capitals ("Foreign Ministry"), or a treaty or meeting taken for one."""
        word = mention.text.lower()
        if word.partition(" of ")[0].rpartition(" ")[2] in _WORDS.papers:
            return True
        role = self._gazetteer.roles.get(word)
        if role is not None and (" " not in word or role.sector in ORGANS):
            return True
        return word in ("state", "country", "nation", "party")

    def _sector(self, mention: Mention) -> str | None:
        """The sector of the words that say what an organisation is: "Constitutional Court", "Union of Teachers"."""
        words = mention.text.lower().split()
        if "of" in words:
            words = words[: words.index("of")]
        for length in (3, 2, 1):
            role = self._gazetteer.roles.get(" ".join(words[-length:]))
            if role is not None and role.kind == "body" and len(words) >= length:
                return role.sector
        return None

    def _unknown(self, mention: Mention) -> Reference:
        """An organisation that only the article knows; the state is that of the nation in its name."""
        inner = [
            reference
            for start, other in self._starts.items()
            if mention.start <= start < mention.end
            and other is not mention
            and other.senses
            and (reference := self.of(other)) is not None
            and reference.state is not None
        ]
        before = self._ends.get(mention.start - 1) if self._tree.tag[mention.start - 1] == "POS" else None
        owner = self.of(before) if before is not None else None
        state = inner[0].state if inner else None
        if owner is not None and owner.type in ("State", "Place"):
            state = owner.state or state  # "Beijing's Taiwan Affairs Office"
        sector = self._sector(mention)
        if inner and state is not None and sector in ORGANS:
            return Reference(None, "Organization", state, state.partition(":")[2], sector, 0.75, "phrase")
        name = "org:" + "_".join(mention.text.split())
        code = state.partition(":")[2] if state else None
        if code is None and mention.text.split()[0] in _WORDS.worldwide:
            code = "NGO" if sector == "NGO" else "IGO"
        return Reference(name, "Organization", state, code, sector, 0.6, "name")


def _code(actor: str | None) -> str | None:
    return actor.partition(":")[2] if actor and actor.startswith("country:") else None


def _evidence(mentions: list[Mention]) -> Counter[tuple[str, str]]:
    """How often the article's unambiguous names speak of each state ("state") and of places in it ("place")."""
    found: Counter[tuple[str, str]] = Counter()
    for mention in mentions:
        states = {sense.state or sense.actor or "" for sense in mention.senses}
        if len(states) == 1:
            kind = "state" if any(sense.kind in _NATIONAL for sense in mention.senses) else "place"
            found[kind, next(iter(states))] += 1
    return found
