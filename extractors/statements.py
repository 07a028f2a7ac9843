"""Clauses with their factuality, references, times and events → statements, each span quoted from the article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from spacy.tokens import Doc, Span

from triplomat.ontology.lexicon import Lexicon, load_lexicon
from triplomat.ontology.mutual import load_mutual
from triplomat.ontology.roles import Roles, load_roles
from triplomat.ontology.words import load_words

from . import judging, quantities
from .clauses import Clause, Part, clause_of, clauses, leads, lemma_of
from .confidence import Confidence, statement_features
from .continuity import Continuity
from .dating import Dates
from .decision import SHALLOW, Judge
from .events import Candidate, Coder
from .factuality import Factualities, Factuality
from .judging import Coded
from .linking import Reference, References
from .negation import REASONS, denied_reason
from .nominals import appositions, describes, nominal_clauses, offices
from .phrases import together
from .statement import Argument, Article, Event, Party, Predicate, Sentence, Statement
from .status import has_to, predicate_above
from .tree import Stretch, Tree

_MEASURES = frozenset({"PERCENT", "MONEY", "CARDINAL", "QUANTITY"})
_AMOUNTS = frozenset({"JJS", "JJR", "JJ", "DT"})
_ADDRESSING = frozenset({"on", "upon"})
SOURCED = "according to"
"""The preposition of a source, which is no argument but the statement's attribution."""
ACTOR_TYPES = frozenset({"State", "Person", "Organization", "Group"})


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the assembly reads: the event lexicon, the roles of prepositions, the confidence model."""

    lexicon: Lexicon
    roles: Roles
    confidence: Confidence
    judge: Judge | None = None

    @classmethod
    def load(cls, *, lexicon: Path | None = None, encoder: bool = True) -> Knowledge:
        """The packaged knowledge, with a user's own lexicon entries over it."""
        return cls(load_lexicon(lexicon), load_roles(), Confidence.packaged(), Judge() if encoder else None)


@dataclass(frozen=True, slots=True)
class Reading:
    """An article's Doc with all that was found in it before its statements are put together."""

    article: Article
    doc: Doc
    tree: Tree
    references: References
    factualities: Factualities


def assemble(reading: Reading, sentences: Sequence[tuple[Sentence, Span]], knowledge: Knowledge) -> Iterator[Statement]:
    """The statements of the given sentences of an article, sentence by sentence, the clauses in text order."""
    coder = Coder(reading.tree, reading.references, knowledge.lexicon)
    assemblers = [_Assembler(reading, sentence, sent, knowledge, coder) for sentence, sent in sentences]
    coded = [assembler.coded() for assembler in assemblers]
    if knowledge.judge is not None:  # one sentence right after the other, while the encoder's weights are in the cache
        coded = [one.judged(told, knowledge.judge) for one, told in zip(assemblers, coded, strict=True)]
    for assembler, told in zip(assemblers, coded, strict=True):
        yield from assembler.statements(told)


class _Assembler:
    """Puts the statements of one sentence together."""

    def __init__(self, reading: Reading, sentence: Sentence, sent: Span, knowledge: Knowledge, coder: Coder) -> None:
        self._reading = reading
        self._tree = reading.tree
        self._sentence = sentence
        self._sent = sent
        self._knowledge = knowledge
        self._dates = Dates(reading.tree, sentence, published=reading.article.published)
        self._coder = coder

    def statements(self, coded: Sequence[Coded]) -> Iterator[Statement]:
        for clause, factuality, candidates in coded:
            best = candidates[0] if candidates else None
            if best is not None and _in_passing(clause, factuality, best):
                best = replace(best, type=None, mode=None, confidence=0.0)
            yield from self._of_clause(clause, factuality, best)

    def coded(self) -> Sequence[Coded]:
        """The clauses of the sentence, each with its factuality and its events, the likeliest first."""
        tree, sent = self._tree, self._sent
        found = [
            *filter(self._tells, self._coder.learn(map(self._spoken, clauses(sent, tree)))),
            *nominal_clauses(sent, tree),
            *(one for one in appositions(sent, tree) if describes(one, tree)),
            *offices(sent, tree, titles=self._knowledge.lexicon.titles),
        ]
        coded = []
        for clause in sorted(filter(self._is_worded, found), key=lambda clause: (clause.i, clause.kind)):
            factuality = self._factuality(clause)
            coded.append((clause, factuality, self._coder.code(clause, factuality)))
        return coded

    def _is_worded(self, clause: Clause) -> bool:
        """Whether words tell it: a bracket, a sign or a picture does nothing, and nothing is done to it."""
        tree = self._tree
        sides = (*clause.actors, *clause.patients, *clause.of_role("attribute"))
        told = (tree.text[clause.i], *[tree.quote(part.first, part.last) for part in sides])
        return all(any(map(str.isalnum, text)) for text in told)

    def _tells(self, clause: Clause) -> bool:
        """Whether a verb tells something: not one that leads to another, nor one left out ("but Israel has not")."""
        bare = clause.lemma in ("do", "have") and not clause.patients and not clause.of_role("attribute")
        return not bare and not leads(self._tree, clause.i)

    def _spoken(self, clause: Clause) -> Clause:
        """ "The town has fallen, the mayor, Ana Ruiz, said": with the speaker, where the parse has another subject."""
        aside = self._reading.factualities.known.asides.at(clause.i)
        if aside is None or any(aside.first <= part.i <= aside.last for part in clause.subjects):
            return clause
        source = aside.source
        speaker = Part(self._tree, "subject", source.root.i, source.start, source.end - 1)
        own = [part for part in clause.parts if part.role != "subject" and aside.first <= part.i <= aside.last]
        parts = sorted((speaker, *own), key=lambda part: part.i)
        return clause_of(clause.kind, self._tree, clause.i, clause.lemma, parts, chain=clause.chain)

    def judged(self, coded: Sequence[Coded], judge: Judge) -> Sequence[Coded]:
        """The same with the encoder's word on the sentence."""
        return judging.judged(self._sentence.text, coded, self._coder, judge)

    # ------------------------------------------------------------------ one clause
    def _of_clause(self, clause: Clause, factuality: Factuality, best: Candidate | None) -> Iterator[Statement]:
        reading = self._reading
        subjects, objects, rest = self._sides(clause)
        if not subjects and not objects and best is None:
            return
        if clause.kind == "noun" and not (best and best.type) and not self._says_who(clause):
            return
        arguments = self._arguments(clause, rest)
        event = self._event(best)
        predicate = self._predicate(clause, best)
        attribution = self._attribution(factuality)
        confidence = self._knowledge.confidence.of(statement_features(clause, best, self._tree))
        for subject, obj in product(_or_none(subjects), _or_none(objects)):
            extra = self._quantity(obj)
            yield Statement(
                document=reading.article.id,
                published=reading.article.published,
                sentence=self._sentence,
                subject=self._argument("subject", subject),
                predicate=predicate,
                object=self._argument("object", obj),
                arguments=(*arguments, *extra),
                event=event,
                polarity="negative" if factuality.polarity == "negative" else "positive",
                modality=factuality.modality,  # type: ignore[arg-type]
                attribution=attribution,
                confidence=confidence,
                extractor="clause" if clause.kind in ("verb", "copula") else clause.kind,
            )

    def _factuality(self, clause: Clause) -> Factuality:
        factualities = self._reading.factualities
        if clause.kind == "office":  # a title is the article's word for somebody, unless quoted
            return Factuality(source=factualities.speaker(clause.i))
        if clause.kind == "apposition":
            verb = predicate_above(self._tree, clause.i)
            around = factualities.context(clause.i) if verb == clause.i else factualities.of(verb)
            source = around.source
            own = source is not None and any(source.start <= part.i < source.end for part in clause.parts)
            return Factuality(source=None if own else source)  # who speaks isn't described by himself
        return factualities.of(clause.i)

    def _sides(self, clause: Clause) -> tuple[list[Part], list[Part], list[Part]]:
        """Logical subjects, logical objects, and all other parts."""
        subjects = list(clause.actors)
        objects = list(clause.patients) or list(clause.of_role("attribute"))
        if clause.kind == "copula":
            objects = list(clause.of_role("attribute")) or objects
        used = {id(part) for part in (*subjects, *objects)}
        rest = [part for part in clause.parts if id(part) not in used]
        lemma = clause.lemma.split()[0]
        for preposition, verbs in (("with", self._knowledge.roles.with_theme), ("of", self._knowledge.roles.of_theme)):
            themes = [part for part in rest if part.role == "oblique" and part.preposition == preposition]
            amount = any(self._tree.tag[part.i] in _AMOUNTS for part in objects)  # "cleared most of the mines"
            if lemma in verbs and themes and objects and not amount and not clause.of_role("attribute"):
                receivers = [replace(part, role="indirect", preposition=None) for part in objects]
                return subjects, themes, [part for part in rest if part not in themes] + receivers
        return subjects, objects, rest

    def _arguments(self, clause: Clause, rest: list[Part]) -> tuple[Argument, ...]:
        made: list[Argument] = []
        tree, dates = self._tree, self._dates
        times = dates.of(clause.i)
        for part in rest:
            if part.role in ("adverb", "clause") or tree.quote(part.first, part.last).strip() == "":
                continue
            if part.preposition == SOURCED or dates.is_distance(part) or self._is_denied(clause, part):
                continue
            time = dates.at(part.i)
            if time is not None and dates.is_barred(clause.i, time):
                continue
            if time is not None and (time in times or part.role == "oblique"):
                times = times if time in times or part.preposition is None else [*times, time]
                continue
            argument = self._argument("time" if dates.is_time(part) else self._role(part), part)
            if argument is not None:
                made.append(argument)
        for time in times:
            bound = dates.bound(time)
            made.append(Argument("time", time.text, time.start, time.end, value=time.value, preposition=bound))
        return tuple(sorted(made, key=lambda argument: (argument.start, argument.end, argument.role)))

    def _is_denied(self, clause: Clause, part: Part) -> bool:
        """ "Not because of the war, but because": no cause of what the clause tells."""
        if part.preposition is None or not part.preposition.startswith(tuple(REASONS)):
            return False
        reason = denied_reason(self._tree, clause.i)
        return reason is not None and reason in self._tree.ancestors(part.i)

    def _role(self, part: Part) -> str:
        if part.role == "indirect":
            return "recipient"
        if part.role == "agent":
            return "agent"
        if part.role in ("object", "attribute", "modifier", "subject"):
            return {"object": "theme", "subject": "theme"}.get(part.role, part.role)
        tree = self._tree
        reference = self._reading.references.at(part.i)
        actor = reference is not None and reference.type in ACTOR_TYPES and bool(reference.entity or reference.state)
        if part.preposition == "with" and self._at_its_heart(part):
            return "member"
        if part.preposition == "with" and (tree.pos[part.i] == "PRON" or tree.ent[part.i] in ("PERSON", "ORG", "GPE")):
            return "recipient"
        located = tree.ent[part.i] in ("GPE", "LOC", "FAC") or (reference is not None and reference.type == "Place")
        if part.preposition == "in" and tree.lower[part.first] == "what":  # "interfere in what he calls a feud"
            return "topic"
        if part.preposition in ("through", "via") and located:
            return "place"
        if part.preposition in _ADDRESSING and self._is_addressed(part):
            return "recipient"
        if tree.ent[part.i] in _MEASURES and part.preposition in ("by", "for", "to", "from", "at"):
            return "adjunct"
        above = tree.head[tree.head[part.i]]
        verb = tree.lemma[above] if tree.pos[above] == "VERB" else ""
        roles = self._knowledge.roles
        if part.preposition == "on" and located and not actor and verb and verb not in roles.on["topic"]:
            return "place"
        organ = tree.pos[part.i] == "PROPN" and tree.ent[part.i] not in ("GPE", "PERSON", "NORP", "LOC", "DATE")
        return roles.of(part.preposition, actor=actor, noun=tree.lemma[part.i], verb=verb, organ=organ)

    def _is_addressed(self, part: Part) -> bool:
        """ "Called on both governments to show restraint": whoever is to do it is asked, no topic."""
        tree = self._tree
        verb = tree.head[tree.head[part.i]]
        if lemma_of(tree, verb) not in load_words().prepositional_control:
            return False
        return any(has_to(tree, kid) and kid > part.i for kid in tree.kids_of(verb, "xcomp", "ccomp", "advcl"))

    def _at_its_heart(self, part: Part) -> bool:
        """ "With Russia and Iran at its heart": those named are members of what the clause is about."""
        tree = self._tree
        for j in range(part.last + 1, self._sent.end):
            if tree.lower[j] in self._knowledge.roles.member_nouns:
                return any(tree.lower[k] in ("its", "their", "the") for k in tree.kids[j])
        return False

    def _says_who(self, clause: Clause) -> bool:
        """Whether a nominal names an actor and more than it: no "Chad's alliance"."""
        return len(clause.parts) > 1 and any(
            (found := self._reading.references.at(part.i)) is not None
            and (found.entity or found.state)
            and found.type != "Place"
            for part in clause.parts
        )

    # ------------------------------------------------------------------ values
    def _argument(self, role: str, part: Part | None) -> Argument | None:
        if part is None:
            return None
        tree, first, last = self._tree, part.first, part.last
        reference = self._reading.references.at(part.i)
        return Argument(
            role,
            tree.quote(first, last),
            tree.starts[first],
            tree.ends[last],
            entity=reference.entity if reference else None,
            type=reference.type if reference is not None else self._kind(tree.lemma[part.i]),
            state=reference.state if reference else None,
            preposition=part.preposition if part.preposition not in ("poss", "support") else None,
        )

    def _kind(self, lemma: str) -> str | None:
        """What an unlinked noun is of, where it is of things: bombers are, nurses aren't, whom aid sends too."""
        lexicon = self._knowledge.lexicon
        kind = lexicon.kind_of(lemma)
        people = kind == "Commodity" and self._reading.references.is_person(lemma)
        return None if people and not lexicon.in_class("weapons", (lemma,)) else kind

    def _quantity(self, part: Part | None) -> tuple[Argument, ...]:
        if part is None:
            return ()
        first, last = part.first, part.last
        found = quantities.parse(self._tree.quote(first, last), self._reading.references.nation)
        if found is None:
            return ()
        start = self._tree.starts[first] + found.start
        return (Argument("quantity", found.text, start, start + len(found.text), value=found.value, unit=found.unit),)

    def _predicate(self, clause: Clause, best: Candidate | None) -> Predicate:
        first, last = clause.i, clause.i
        tree = self._tree
        chain = list(clause.chain)
        for i in chain:
            between = range(min(i, first), max(i, last) + 1)
            if all(j in chain or tree.dep[j] in ("advmod", "neg") for j in between):
                first, last = min(first, i), max(last, i)
        relation = best.relation if best is not None else self._knowledge.lexicon.relation_of(clause)
        return Predicate(tree.quote(first, last), tree.starts[first], tree.ends[last], clause.lemma, relation)

    def _attribution(self, factuality: Factuality) -> Argument | None:
        source = factuality.source
        if source is not None and source.text.lower() in (
            "i",
            "we",
            "me",
            "us",
        ):  # "I doubt that" is whose words it is in
            source = self._reading.factualities.speaker(source.start)
        if source is None:
            return None
        source = self._named(source)
        tree, (first, last) = self._tree, together(self._tree, source.start, source.end - 1)
        text = tree.quote(first, last)
        reference = self._reading.references.at(source.root.i)
        return Argument(
            "attribution",
            text,
            tree.starts[first],
            tree.ends[last],
            entity=reference.entity if reference else None,
            type=reference.type if reference else None,
            state=reference.state if reference else None,
        )

    def _named(self, source: Span) -> Span:
        """The source, or who spoke before, where it is a pronoun that nobody is known for."""
        known = self._reading.references.at(source.root.i)
        if known is not None and known.entity:
            return source
        reading = self._reading
        return Continuity(reading.tree, reading.references, reading.factualities).speaker(source.root.i) or source

    def _event(self, best: Candidate | None) -> Event | None:
        if best is None or best.type is None:
            return None
        return Event(
            type=best.type,
            mode=best.mode,
            contexts=best.contexts,
            quad=best.quad,
            score=best.score,
            actors=tuple(_party(span, reference) for span, reference in best.actors),
            recipients=tuple(_party(span, reference) for span, reference in best.recipients),
        )


def _in_passing(clause: Clause, factuality: Factuality, event: Candidate) -> bool:
    """Whether a clause only mentions an event: "a deal", "if they are attacked", "its trade", "as an attack"."""
    deep = clause.kind == "noun" and event.depth < SHALLOW
    if event.actors or event.recipients:
        alone = len(event.actors) + len(event.recipients) == 1
        return deep and alone and event.relation in load_mutual().relations
    return deep or factuality.polarity == "negative" or factuality.modality != "asserted"


def _or_none(parts: list[Part]) -> list[Part | None]:
    return [*parts] if parts else [None]


def _party(span: Stretch, reference: Reference) -> Party:
    return Party(span.text, reference.entity, reference.code, reference.sector, reference.state)
