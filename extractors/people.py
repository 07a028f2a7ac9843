"""Says which person each personal name means: leaders by date, people only the article knows, and surnames.

A person gets what the article itself tells: title and nationality before the name ("Russian Foreign Minister Sergei
Lavrov"), apposition after it ("Ivan Petrov, a deputy minister of Belarus,") or around it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from triplomat.ontology.actors import Gazetteer, Sense, Term, fold
from triplomat.ontology.descriptions import load_descriptions
from triplomat.ontology.titles import load_titles
from triplomat.values import value

from .mentions import Mention
from .reference import ORGANS, Reference
from .titles import Telling, Told
from .tree import Tree

_TITLES = load_titles()
# the words of the titles that name an office first
_TITLED = {
    office: frozenset(word for title, names in _TITLES.offices.items() if office in names[:1] for word in title.split())
    for office in {names[0] for names in _TITLES.offices.values()}
}


@value
class Person:
    """A person of the article: its reference, gender ("m", "f" or None), and the words for what the person is."""

    reference: Reference
    gender: str | None
    roles: frozenset[str]


class People:
    """Links the personal names of one article."""

    def __init__(
        self,
        tree: Tree,
        mentions: list[Mention],
        linked: dict[int, Reference],
        gazetteer: Gazetteer,
        on: str | None,
        home: str | None,
    ) -> None:
        """`linked` holds the references of the tokens that name states and organisations."""
        self._home = home
        self._tree = tree
        self._gazetteer = gazetteer
        self._on = on
        self._common = load_descriptions().common_surnames
        self._given = load_descriptions().given
        self._mouthpieces = load_descriptions().mouthpieces
        self._designating = load_descriptions().designating
        self._linked = linked
        self._telling = Telling(tree, linked)
        self._states = Counter(reference.state for reference in linked.values() if reference.state)
        self._parts: dict[str, list[str]] = {}
        self._last: dict[str, int] = {}
        self._first: dict[str, int] = {}
        self._counts: Counter[str] = Counter()
        self._people: dict[str, Person] = {}
        self._at: dict[int, str] = {}
        rest = [mention for mention in mentions if not self._full_name(mention)]
        self.unseen = self._unseen(mentions)
        for mention in sorted(rest + self.unseen, key=lambda mention: mention.start):
            self._part_of_name(mention)
        self.found = {start: self._people[entity] for start, entity in self._at.items()}

    def _unseen(self, mentions: list[Mention]) -> list[Mention]:
        """Surnames of the article's people that neither the tables nor the model found."""
        tree = self._tree
        taken = {index for mention in mentions for index in range(mention.start, mention.end)}
        return [
            Mention(index, index + 1, index, text, (), "PERSON")
            for index, text in enumerate(tree.text)
            if text in self._parts
            and index not in taken
            and tree.pos[index] in ("PROPN", "NOUN", "X")
            and tree.dep[index] != "compound"
        ]

    def _full_name(self, mention: Mention) -> bool:
        """Links a mention that is a whole name; false if it is none."""
        known = [sense for sense in mention.senses if _is_person(sense) and sense.kind == "name"]
        if known and len(known) == len([sense for sense in mention.senses if sense.kind != "surname"]):
            told = self._telling.of(mention)
            entity = self._best([sense.actor or "" for sense in known], told)
            if self._is_namesake(entity, told):
                other = f"person:{'_'.join(mention.text.split())}_({told.owner.code})" if told.owner else entity
                self._add(mention, other, self._unlisted(other, told))
                return True
            self._add(mention, entity, self._known(entity, told, "name", 0.95))
            return True
        if not mention.senses and mention.label == "PERSON" and len(mention.text.split()) > 1:
            told = self._telling.of(mention)
            entity = self._same_person(mention.text) or "person:" + "_".join(mention.text.split())
            self._add(mention, entity, self._unlisted(entity, told))
            return True
        return False

    def _is_namesake(self, entity: str, told: Told) -> bool:
        """Whether a title of another state shows somebody else of the name: "Colombia's minister Pedro Sánchez"."""
        owner = told.owner
        titles = (told, replace(told, roles=told.beside))
        if owner is None or owner.state is None or _TITLES.former & {*told.roles, *told.beside}:
            return False
        if owner.type == "Place":
            return False  # "Somaliland's president": a region's office tells nothing of a state's
        if not any(self._title_offices(title) for title in titles):
            return False
        states = {self._gazetteer.state(entity, self._on), self._gazetteer.actors[entity].state}
        return owner.state not in states | {term.holder for term in self._terms(entity)}

    def _part_of_name(self, mention: Mention) -> None:
        """Links a surname or given name: to the article's own person first, else to a leader of that date."""
        if self._is_firm(mention):
            return
        surnames = [sense.actor or "" for sense in mention.senses if sense.kind == "surname"]
        other = [sense for sense in mention.senses if sense.kind not in ("surname",) and not _is_person(sense)]
        aliases = [sense.actor or "" for sense in mention.senses if sense.kind == "name" and _is_person(sense)]
        own = self._parts.get(fold(mention.text), [])
        personal = mention.label == "PERSON" or (not other and (bool(surnames or aliases) or not mention.senses))
        if own and personal:
            entity = max(own, key=lambda candidate: self._prominence(candidate, mention.start))
            self._at[mention.start] = entity
            self._last[entity] = mention.start
            self._counts[entity] += 1
            told = self._telling.of(mention)
            if told.owner or told.roles:
                self._people[entity] = self._merge(self._people[entity], self._unlisted(entity, told))
            return
        candidates = aliases or surnames
        if not candidates or other:
            return
        told = self._telling.of(mention)
        entity = self._best(candidates, told)
        if self._is_likely(entity, candidates, mention, told):
            confidence = 0.85 if told.roles or mention.label == "PERSON" else 0.7
            self._add(mention, entity, self._known(entity, told, "surname", confidence))

    def _is_firm(self, mention: Mention) -> bool:
        """Whether the word before a surname says that it is a firm's or newspaper's: "the carmaker Ford"."""
        return mention.start > 0 and self._tree.lemma[mention.start - 1] in self._designating

    def _prominence(self, entity: str, before: int) -> tuple[bool, bool, int, int]:
        """Which of two people of one name is meant: one named before, in office, often, and lately."""
        known = self._gazetteer.actors.get(entity)
        serving = known is not None and any(term.covers(self._on) for term in known.offices)
        return self._first[entity] < before, serving, self._counts[entity], self._last[entity]

    def _add(self, mention: Mention, entity: str, person: Person) -> None:
        self._people[entity] = self._merge(self._people[entity], person) if entity in self._people else person
        self._at[mention.start] = entity
        self._last[entity] = mention.start
        self._first.setdefault(entity, mention.start)
        self._counts[entity] += 1
        plain = fold(mention.text)
        words = plain.split()
        own = self._gazetteer.actors.get(entity)
        parts = {words[0], words[-1], " ".join(words[1:])} if len(words) > 1 else {plain}
        if own is not None:
            parts |= {fold(part) for part in own.name.split() if len(part) > 2} | {fold(own.name)}
        for part in parts:
            known = self._parts.setdefault(part.removeprefix("al-").removeprefix("el-"), [])
            if entity not in known:
                known.append(entity)
            if part.startswith(("al-", "el-")):
                self._parts.setdefault(part, []).append(entity)

    def _same_person(self, name: str) -> str | None:
        """An unlisted person whose surname and first name or initial this name shares."""
        words = fold(name).split()
        for entity in self._parts.get(words[-1], ()):
            first = fold(entity.partition(":")[2]).split("_")
            if first[-1] == words[-1] and (first[0] == words[0] or first[0][0] + "." == words[0]):
                return entity
        return None

    def _merge(self, old: Person, new: Person) -> Person:
        reference = old.reference
        if reference.state is None and reference.code is None and (new.reference.state or new.reference.code):
            sector = new.reference.sector or reference.sector
            reference = replace(reference, state=new.reference.state, code=new.reference.code, sector=sector)
        elif reference.sector is None:
            reference = replace(reference, sector=new.reference.sector)
        return Person(reference, old.gender or new.gender, old.roles | new.roles)

    # ------------------------------------------------------------------ who a name can be

    def _best(self, candidates: list[str], told: Told) -> str:
        return max(candidates, key=lambda actor: self._weight(actor, told))

    def _weight(self, actor: str, told: Told) -> tuple[float, ...]:
        """How well a leader fits: the title's office on the date, then at any time; the article's states; how near."""
        known = self._gazetteer.actors[actor]
        offices = self._title_offices(told)
        owner = told.owner.state if told.owner else None
        now = [term for term in known.offices if term.covers(self._on)]
        titled = [term for term in known.offices if term.office in offices]
        return (
            float(owner is None or known.state == owner or owner in {term.holder for term in known.offices}),
            float(any(term.covers(self._on) for term in titled)) + 0.5 * bool(titled),
            float(known.state is not None and known.state in self._states),
            float(any(term.office in _TITLES.heads for term in now)) + 0.5 * bool(now),
            -self._distance(titled or known.offices),
        )

    def _title_offices(self, told: Told) -> frozenset[str]:
        if _TITLES.deputy & set(told.roles):
            return frozenset()
        phrase = " ".join(told.roles)
        return frozenset(office for words, offices in _TITLES.offices.items() if words in phrase for office in offices)

    def _distance(self, terms: Iterable[Term]) -> float:
        """Years from the date to the nearest of the terms."""
        year = float((self._on or "9999")[:4])
        gaps = [max(float(term.start[:4] or 0) - year, year - float(term.end[:4] or 9999), 0.0) for term in terms]
        return min(gaps, default=99.0)

    def _is_likely(self, entity: str, candidates: list[str], mention: Mention, told: Told) -> bool:
        """Whether a bare surname means the leader: in office or titled, or the only one of that name in the tables."""
        known = self._gazetteer.actors[entity]
        titled = bool(set(told.roles) - _TITLES.courtesy)
        if titled and told.owner is not None and told.owner.state is not None:
            states = {known.state} | {term.holder for term in known.offices}
            if told.owner.state not in states:
                return False
        serving = any(term.covers(self._on) for term in known.offices)
        near = serving or self._distance(known.offices) <= 10
        personal = mention.label == "PERSON" or titled
        about = self._states[known.state or ""] > 0
        rare = mention.text not in self._common and mention.text not in self._gazetteer.given
        if titled and self._states and not about and not self._held(entity, told):
            return False  # "Deputy Prime Minister Borisov" of an article on Moscow is not Bulgaria's premier
        if titled or (about and (rare or personal)):
            return serving or (near and (titled or personal)) or (len(candidates) == 1 and self._held(entity, told))
        if not rare or (self._on is None and not personal):
            return False
        if self._is_head(entity):
            return sum(self._is_head(candidate) for candidate in candidates) == 1
        if serving and self._on is not None:
            return sum(any(t.covers(self._on) for t in self._terms(candidate)) for candidate in candidates) == 1
        return near and personal and self._on is not None and len(candidates) == 1

    def _held(self, entity: str, told: Told) -> bool:
        """Whether a person ever held the office of a title: "President Reagan" long after."""
        return bool(self._title_offices(told) & {term.office for term in self._terms(entity)})

    def _is_head(self, entity: str) -> bool:
        """Whether a person heads a state or government on the date."""
        return any(term.office in _TITLES.heads and term.covers(self._on) for term in self._terms(entity))

    def _terms(self, entity: str) -> tuple[Term, ...]:
        return self._gazetteer.actors[entity].offices

    def _known(self, entity: str, told: Told, via: str, confidence: float) -> Person:
        gazetteer, on = self._gazetteer, self._on
        known = gazetteer.actors[entity]
        state, code = gazetteer.state(entity, on), gazetteer.code(entity, on)
        if on is None and told.owner is not None and told.owner.entity in {term.holder for term in known.offices}:
            state, code = told.owner.state, told.owner.code  # "Soviet leader Mikhail Gorbachev", undated
        elif (holder := self._holder(entity, told, state)) is not None:
            state, code = holder.state, holder.code  # "the Dutch prime minister, Mark Rutte": what the text says counts
        sector = gazetteer.sector(entity, on)
        if state == (told.owner.state if told.owner else None):
            sector = sector or self._sector(told.roles) or self._sector(told.beside)
        if sector == "ELI" and not _TITLES.former & set(told.roles):
            sector = self._sector(told.roles) or sector  # the article's own title, where dates disagree
        reference = Reference(entity, "Person", state, code, sector, confidence, via)
        offices = {word for term in known.offices for word in term.office.split("_")}
        held = {term.office for term in known.offices}
        offices.update(*(_TITLED.get(office, ()) for office in held))
        return Person(reference, known.gender or told.gender, frozenset(told.roles) | frozenset(offices))

    def _holder(self, entity: str, told: Told, state: str | None) -> Reference | None:
        """Another state than his own whose office the words around a name give its bearer, if he ever held that."""
        owner = told.owner
        if owner is None or owner.state in (None, state) or owner.type == "Organization":
            return None
        if _TITLES.former & {*told.roles, *told.beside}:
            return None
        offices = self._title_offices(told) | self._title_offices(replace(told, roles=told.beside))
        held = any(term.office in offices and term.holder == owner.state for term in self._terms(entity))
        return owner if held else None

    def _unlisted(self, entity: str, told: Told) -> Person:
        owner = told.owner
        state = owner.state if owner else None
        code = owner.code if owner else None
        sector = self._sector(told.roles) or (owner.sector if owner and owner.type != "State" else None)
        if owner and owner.type == "Organization" and owner.sector and {*told.roles, *told.beside} & self._mouthpieces:
            sector = owner.sector
        abroad = told.owned or _TITLES.abroad & set(told.roles)
        if state is None and code is None and sector in ORGANS and not abroad:
            state = self._only_state(sure=sector == "MIL")
            code = state.partition(":")[2] if state else None
        first = fold(entity.partition(":")[2].split("_")[0])
        gender = told.gender or self._given.get(first) or self._gazetteer.given.get(first)
        reference = Reference(entity, "Person", state, code, sector, 0.75 if owner else 0.7, "name")
        return Person(reference, gender, frozenset(told.roles))

    def _sector(self, roles: tuple[str, ...]) -> str | None:
        """The sector of the longest role phrase that the table knows."""
        for length in (3, 2, 1):
            for first in range(len(roles) - length, -1, -1):
                role = self._gazetteer.roles.get(" ".join(roles[first : first + length]))
                if role is not None and role.sector:
                    return role.sector
        return "GOV" if _TITLES.government & set(roles) else None

    def _only_state(self, *, sure: bool) -> str | None:
        """The state that an article is written from, or is about without rival; `sure` asks for both."""
        if self._home is not None and not sure:
            return self._home
        common = self._states.most_common(2)
        if not common or (len(common) > 1 and common[1][1] * 2 > common[0][1]):
            return None
        return common[0][0] if self._home in (None, common[0][0]) else None


def _is_person(sense: Sense) -> bool:
    return sense.actor is not None and sense.actor.startswith("person:")
