"""Finds the antecedents of personal pronouns: he and she by gender, salience and binding; it and they by syntax.

Salience follows Lappin and Leass (1994): recency, grammatical part, parallel parts, frequency; binding rules out the
other arguments of the same verb. Where two candidates come out alike, the pronoun stays unresolved.
"""

from __future__ import annotations

from triplomat.ontology.words import load_words

from .binding import Binding
from .discourse import Discourse, Entry
from .quotations import Quotation
from .reference import Reference
from .salience import REPORT, Salience
from .subjects import Subjects
from .tree import Tree

HE = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
SPEAKER = frozenset({"i", "me", "my", "mine", "myself"})
WE = frozenset({"we", "us", "our", "ours", "ourselves"})
ALL = frozenset(HE) | IT | THEY | SPEAKER | WE
MARGIN = 0.9
# verbs whose subject "it" is no actor, or no subject at all
_EMPTY = frozenset(
    "be seem appear take mean happen become turn cost matter look sound follow rain snow prove emerge transpire "
    "depend come occur last involve consist suggest indicate surprise bother hurt help amaze worry please strike "
    "suffice".split()
)


class Pronouns:
    """Resolves the pronouns of one article against its discourse."""

    def __init__(
        self, tree: Tree, discourse: Discourse, quotations: tuple[Quotation, ...], names: dict[int, Entry]
    ) -> None:
        """`names` are the entries of the article's named people by their heads, also those still to come."""
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

    def antecedent(self, index: int, *, not_of: str | None = None) -> tuple[Entry, float] | None:
        """The entry that a pronoun takes up, with a confidence; None if it isn't clear enough.

        `not_of` is a state whose people can't be meant.
        """
        word = self._tree.lower[index]
        if word in HE:
            return self._person(index, HE[word], not_of)
        if word in IT:
            return self._thing(index)
        if word in THEY:
            return self._plural(index)
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
            if self._is_bound(entry, index) or self._is_speaker(entry, index):
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

    def _is_bound(self, entry: Entry, index: int) -> bool:
        """Whether binding forbids it: a pronoun isn't another argument of its antecedent's verb, unless reflexive."""
        if self._tree.dep[index] == "poss":
            # "his" isn't the name that it stands with: "his son Uday"
            return self._tree.head[index] == entry.index or self._binding.is_obviative(entry, index)
        return self._binding.forbids(entry, index)

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
                told = self._likeliest(root, HE[self._tree.lower[root]], None)
                self._speakers[root] = told[0] if told is not None else None
            speaker = self._speakers[root]
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

    def _speaker(self, index: int) -> tuple[Entry, float] | None:
        quotation = self._quoted.get(index)
        if quotation is None or quotation.speaker is None:
            return None
        root = quotation.speaker.root.i
        for entry in self._discourse.at(root):
            if entry.kind == "person" and not entry.plural:
                return (entry, 0.85) if entry.reference is not None and entry.reference.entity else None
        return None

    # ------------------------------------------------------------------ it

    def _thing(self, index: int) -> tuple[Entry, float] | None:
        tree = self._tree
        if self._is_empty(index):
            return None
        if index in self._quoted:
            speaker = self._quoted[index].speaker
            if speaker is None:
                return None
        for node, confidence in self._subjects_above(index):
            if not self._is_beside(node, index):
                continue  # "We offered protection, as law obliges us to," its ministry said
            entry = self._entry_at(node)
            if entry is None or entry.plural:
                return None
            if self._binding.is_obviative(entry, index):
                continue  # "Chad has demanded its withdrawal"
            if entry.kind == "thing" and tree.lower[index] == "its" and self._is_reported(node):
                confidence -= 0.1
                continue
            if entry.kind == "person":
                if entry.reference is not None and tree.lower[index] == "its":
                    return self._state_of(entry, index)
                continue
            if entry.kind in ("state", "organisation") and _is_named(entry.reference):
                return entry, confidence
            return None
        return self._subject_before(index)

    def _is_reported(self, subject: int) -> bool:
        """Whether a subject's clause is what somebody says."""
        tree = self._tree
        verb = tree.head[subject]
        return tree.dep[verb] == "ccomp" and tree.lemma[tree.head[verb]] in REPORT

    def _is_empty(self, index: int) -> bool:
        """Whether "it" is an expletive: "it is clear that", "it seems"."""
        tree = self._tree
        if tree.lower[index] != "it":
            return False
        if tree.dep[index] == "expl":
            return True
        if tree.dep[index] not in ("nsubj", "nsubjpass"):
            return True  # as an object it rarely is an actor
        verb = tree.head[index]
        if tree.lemma[verb] in _EMPTY:
            return not self._is_reported(index) or (self._has_clause(verb) and not self._acts_on(verb))
        # "if it is approved": no state, nor a body
        return tree.dep[index] == "nsubjpass" and (tree.lemma[verb] in load_words().deeds or self._has_clause(verb))

    def _acts_on(self, verb: int) -> bool:
        """Whether a verb has an object, which may be its infinitive's subject: "helped her to flee"."""
        tree = self._tree
        infinitives = tree.kids_of(verb, "xcomp", "ccomp")
        return any(tree.first(node, "dobj", "nsubj") is not None for node in (verb, *infinitives))

    def _has_clause(self, verb: int) -> bool:
        """Whether a clause follows that "it" stands for: "it is wrong to wait", "it was a mistake that …"."""
        tree = self._tree
        nodes = [verb, *tree.kids_of(verb, "acomp", "attr", "oprd")]
        clauses = ("ccomp", "xcomp", "csubj", "acl", "relcl", "advcl")
        return any(kid > verb for node in nodes for kid in tree.kids_of(node, *clauses))

    def _subjects_above(self, index: int) -> list[tuple[int, float]]:
        """The subjects of the pronoun's clause (if it isn't in it) and of those around it, the nearest first."""
        tree = self._tree
        found: list[tuple[int, float]] = []
        verb = self._discourse.verb(index)
        confidence = 0.88
        while True:
            for node in () if self._is_promised(index, verb) else self._subjects.of(verb):
                if node < index and not self._is_within(index, node) and node not in [known for known, _ in found]:
                    found.append((node, confidence))
            for kid in tree.kids[verb]:
                if tree.dep[kid] in ("advcl", "ccomp") and kid < index:
                    found += [
                        (node, confidence - 0.08)
                        for node in self._subjects.of(kid)
                        if node < index and node not in [known for known, _ in found]
                    ]
            if tree.head[verb] == verb:
                return found
            confidence -= 0.02 if tree.dep[verb] == "conj" else 0.05
            verb = self._discourse.verb(verb)

    def _is_promised(self, index: int, verb: int) -> bool:
        """ "Guaranteed that it would not be attacked": what somebody promises to be spared isn't he who promises."""
        tree = self._tree
        content = tree.head[index]
        passive = tree.dep[index] == "nsubjpass" and tree.dep[content] == "ccomp" and tree.head[content] == verb
        return passive and tree.lemma[verb] in load_words().promising

    def _is_within(self, index: int, node: int) -> bool:
        """Whether a token stands inside the phrase that another heads."""
        return index == node or node in self._tree.ancestors(index)

    def _entry_at(self, node: int) -> Entry | None:
        found = self._discourse.at(node)
        return found[-1] if found else None

    def _state_of(self, entry: Entry, index: int) -> tuple[Entry, float] | None:
        """ "its" beside a leader as subject: the leader's state, if no other was named since."""
        reference = entry.reference
        if reference is None or reference.state is None or reference.sector not in ("GOV", "MIL"):
            return None
        for other in self._discourse.back(index, sentences=0):
            if other.kind in ("state", "organisation") and other.reference and other.reference.state != reference.state:
                return None
        state = Reference(
            reference.state, "State", reference.state, reference.state.partition(":")[2], None, 0.9, "pronoun"
        )
        return Entry(index, entry.sentence, state, "state", None, False, entry.part, False), 0.7

    def _is_beside(self, node: int, index: int) -> bool:
        """Whether a token stands in the same voice as the pronoun: not in a quotation that it is outside of."""
        return node not in self._quoted or index in self._quoted

    def _subject_before(self, index: int) -> tuple[Entry, float] | None:
        """The subject of the sentence before, for a pronoun in the subject of its own."""
        discourse = self._discourse
        number = discourse.sentence(index)
        if any(
            entry.index < index and entry.part == "subject" and self._is_beside(entry.index, index)
            for entry in discourse.of_sentence(number)
        ):
            return None
        entry = self._main_subject(number - 1)
        if entry is None or entry.plural or not _is_named(entry.reference):
            return None
        return (entry, 0.75) if entry.kind in ("state", "organisation") else None

    def _main_subject(self, sentence: int) -> Entry | None:
        """The subject of a sentence's main clause; None if it isn't known or isn't the only one."""
        found = [
            entry
            for entry in self._discourse.of_sentence(sentence)
            if entry.part == "subject" and self._discourse.is_main(entry.index)
        ]
        plural = [entry for entry in found if entry.plural]
        return plural[0] if plural else found[0] if found else None

    # ------------------------------------------------------------------ they

    def _plural_between(self, entry: Entry, index: int) -> bool:
        """Whether several are named between an organisation and "they", who may be meant rather."""
        here = self._discourse.of_sentence(self._discourse.sentence(index))
        return any(other.plural and entry.index < other.index < index for other in here)

    def _plural(self, index: int) -> tuple[Entry, float] | None:
        for node, confidence in self._subjects_above(index):
            if not self._is_beside(node, index):
                continue
            entry = self._entry_at(node)
            if entry is None:
                return None
            if self._is_bound(entry, index):
                continue  # "the navy would stop them"
            if not entry.plural and entry.kind == "organisation" and self._plural_between(entry, index):
                return None  # "the group urged Somalia not to hand over the men unless they …"
            if entry.plural or entry.kind in ("organisation", "group"):
                return entry, confidence - 0.05
            if entry.kind in ("person", "state"):
                continue
            return None
        number = self._discourse.sentence(index)
        subjects = [entry for entry in self._discourse.of_sentence(number) if entry.part == "subject"]
        here = any(entry.index < index for entry in subjects)
        entry = None if here else self._main_subject(number - 1)
        if entry is None or not (entry.plural or entry.kind in ("organisation", "group")):
            return None
        return entry, 0.72


def _is_named(reference: Reference | None) -> bool:
    return reference is not None and (reference.entity is not None or reference.state is not None)
