"""Finds the antecedents of personal pronouns: he, she and I by gender, salience and binding.

Salience follows Lappin and Leass (1994): recency, grammatical part, parallel parts, frequency; binding rules out the
other arguments of the same verb. Where two candidates come out alike, the pronoun stays unresolved.
"""

from __future__ import annotations

from collections.abc import Callable

from .binding import Binding
from .discourse import Discourse, Entry
from .neuters import Neuters
from .quotations import Quotation
from .reference import Reference
from .salience import Salience
from .subjects import Subjects
from .tree import Tree

HE = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
SPEAKER = frozenset({"i", "me", "my", "mine", "myself"})
WE = frozenset({"we", "us", "our", "ours", "ourselves"})
ALL = frozenset(HE) | IT | THEY | SPEAKER | WE
MARGIN = 0.9


class Pronouns:
    """Resolves the pronouns of one article against its discourse."""

    def __init__(
        self,
        tree: Tree,
        discourse: Discourse,
        quotations: tuple[Quotation, ...],
        names: dict[int, Entry],
        described: Callable[[int], Reference | None],
    ) -> None:
        """`names` are the entries of the article's people by their heads, also those still to come.

        `described` tells who a description still to come means: "…," the prime minister said.
        """
        self._described = described
        self._tree = tree
        self._discourse = discourse
        self._names = names
        self._subjects = Subjects(tree)
        self._binding = Binding(tree, discourse, self._subjects)
        self._salience = Salience(tree, discourse, self._subjects)
        self._spoken = {
            quotation.speaker.root.i: quotation for quotation in quotations if quotation.speaker is not None
        }
        self._unclear: dict[str, int] = {}  # the last pronoun of a gender that stayed open
        self._speakers: dict[int, Entry | None] = {}  # whom a pronoun behind a quotation means
        self._quoted = {
            index: quotation for quotation in quotations for index in range(quotation.first, quotation.last + 1)
        }
        self._neuters = Neuters(tree, discourse, self._subjects, self._binding, self._quoted, self._is_speaker)

    def antecedent(self, index: int, *, not_of: str | None = None) -> tuple[Entry, float] | None:
        """The entry that a pronoun takes up, with a confidence; None if it isn't clear enough.

        `not_of` is a state whose people can't be meant.
        """
        word = self._tree.lower[index]
        if word in HE:
            return self._person(index, HE[word], not_of)
        if word in IT:
            return self._neuters.it(index)
        if word in THEY:
            return self._neuters.they(index)
        if word in SPEAKER:
            return self._speaker(index)
        return None

    # ------------------------------------------------------------------ he, she

    def _person(self, index: int, gender: str, not_of: str | None) -> tuple[Entry, float] | None:
        """He or she; no surer than the same word before it: "Spain took him in, but he chose to leave"."""
        if self._tree.lower[index].endswith("self"):
            return self._reflexive(index, gender)
        found = self._likeliest(index, gender, not_of)
        if found is None:
            self._unclear[gender] = index
            return None
        open_one = self._unclear.get(gender)
        if open_one is None or self._is_telling(found[0], index):
            return found
        since = self._discourse.sentence(index) - self._discourse.sentence(open_one)
        passing = since == 1 and found[0].part != "subject"  # named by the way since: "in Ortega's family"
        return None if since == 0 or passing else found

    def _is_telling(self, entry: Entry, index: int) -> bool:
        """Whether an entry is the subject of the clause that tells the pronoun's: "Xi said he would come"."""
        verb = self._discourse.verb(index)
        above = self._tree.head[verb]
        subjects = self._subjects.of(above) if self._tree.dep[verb] == "ccomp" else []
        return any(entry.same(other) for node in subjects for other in self._discourse.at(node))

    def _likeliest(self, index: int, gender: str, not_of: str | None) -> tuple[Entry, float] | None:
        best: dict[str, tuple[float, Entry]] = {}
        for entry in self._discourse.back(index, sentences=4):
            if entry.kind != "person" or entry.plural or entry.gender not in (None, gender):
                continue
            if self._binding.excludes(entry, index) or self._is_speaker(entry, index):
                continue
            if not_of is not None and entry.reference is not None and entry.reference.state == not_of:
                continue
            score = self._salience.of(entry, index) + (0.0 if entry.gender else -0.4 if gender == "m" else -1.2)
            key = (entry.reference.entity if entry.reference else None) or f"#{entry.index}"
            if key not in best or best[key][0] < score:
                best[key] = (score, entry)
        ranked = sorted(best.values(), key=lambda pair: -pair[0])
        ahead = self._ahead(index)
        if ahead is not None and ahead in self._names and (not ranked or ranked[0][0] < 3.5):
            name = self._names[ahead]
            if name.kind == "person" and name.gender in (None, gender) and not self._is_speaker(name, index):
                return name, 0.7
        if not ranked or ranked[0][1].reference is None or ranked[0][1].reference.entity is None:
            return None
        margin = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else 3.0
        distance = self._discourse.sentence(index) - ranked[0][1].sentence
        if not ranked[0][1].gender and gender == "f" and (distance > 1 or ranked[0][1].part != "subject"):
            return None
        if margin < MARGIN or (distance > 2 and len(ranked) > 1):
            return None
        return ranked[0][1], min(0.95, 0.6 + 0.1 * margin - 0.05 * distance)

    def _reflexive(self, index: int, gender: str) -> tuple[Entry, float] | None:
        """What a reflexive is bound to: the subject of its clause, or the noun beside it ("Putin himself")."""
        for node in self._binding.binders(index):
            for entry in self._discourse.at(node):
                if entry.kind == "person" and not entry.plural and entry.gender in (None, gender):
                    known = entry.reference is not None and entry.reference.entity is not None
                    return (entry, 0.92) if known else None
        return None

    def _ahead(self, index: int) -> int | None:
        """The main subject after a pronoun that opens the sentence: "In his speech, Obama …"."""
        tree = self._tree
        verb = index
        while tree.head[verb] != verb:
            verb = tree.head[verb]
        subject = tree.first(verb, "nsubj", "nsubjpass")
        return subject if subject is not None and subject > index else None

    def _is_speaker(self, entry: Entry, index: int) -> bool:
        """Whether the pronoun stands in words of that person, or says whose words name that person as another."""
        spoken = self._spoken.get(index)
        if spoken is not None and any(other.same(entry) for other in self._named_in(spoken)):
            return True  # "He called me," he said
        quotation = self._quoted.get(index)
        if quotation is None or quotation.speaker is None or entry.reference is None:
            return False
        words = range(quotation.speaker.start, quotation.speaker.end)
        speaker = next((other for word in words for other in self._discourse.at(word)), None)
        if speaker is None:  # "He smiles at me," the king said
            speaker = self._names.get(quotation.speaker.root.i)
        root = words[0]
        if speaker is None and root > index and self._tree.lower[root] in HE:
            if root not in self._speakers:
                likely = self._likeliest(root, HE[self._tree.lower[root]], None)
                self._speakers[root] = likely[0] if likely is not None else None
            speaker = self._speakers[root]
        if speaker is None and root > index and self._tree.pos[quotation.speaker.root.i] == "NOUN":
            told = self._described(quotation.speaker.root.i)
            return told is not None and told.entity is not None and told.entity == entry.reference.entity
        return speaker is not None and speaker.same(entry)

    def _named_in(self, quotation: Quotation) -> list[Entry]:
        """The people whom the words of a quotation speak of as others."""
        first = self._discourse.sentence(quotation.first)
        return [
            entry
            for number in range(first, self._discourse.sentence(quotation.last) + 1)
            for entry in self._discourse.of_sentence(number)
            if quotation.first <= entry.index <= quotation.last
            and entry.kind == "person"
            and entry.reference is not None
            and self._tree.lower[entry.index] not in SPEAKER
        ]

    # ------------------------------------------------------------------ I

    def speaker_of(self, index: int) -> int | None:
        """The head of the phrase that names who speaks the words that a token stands in."""
        quotation = self._quoted.get(index)
        return None if quotation is None or quotation.speaker is None else quotation.speaker.root.i

    def names_others(self, index: int) -> bool:
        """Whether the words of the quotation before a token name a state."""
        quotation = self._quoted.get(index)
        first = quotation.first if quotation is not None else index
        numbers = range(self._discourse.sentence(first), self._discourse.sentence(index) + 1)
        entries = (entry for number in numbers for entry in self._discourse.of_sentence(number))
        return any(first <= entry.index < index and entry.kind in ("state", "adjective") for entry in entries)

    def _speaker(self, index: int) -> tuple[Entry, float] | None:
        quotation = self._quoted.get(index)
        if quotation is None or quotation.speaker is None:
            return None
        root = quotation.speaker.root.i
        for entry in self._discourse.at(root):
            if entry.kind == "person" and not entry.plural:
                return (entry, 0.85) if entry.reference is not None and entry.reference.entity else None
        return None
