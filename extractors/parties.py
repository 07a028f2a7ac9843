"""A noun phrase → the actors that it names: by what it refers to, by its modifiers, or by what hangs behind it.

"Israeli military policies" names Israel, "US and British forces" two states, "a group of Moroccan diplomats" Morocco.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span

from triplomat.ontology.descriptions import load_descriptions

from .linking import Reference, References
from .phrases import phrase
from .tree import Stretch, Tree

Party = tuple[Stretch, Reference]
PLACES = ("in", "at", "near", "around", "inside", "across", "outside", "over", "off", "along", "through", "on", "into")
_APART = load_descriptions().missions | load_descriptions().related  # "their Russian partners"
_HELPED = load_descriptions().helped
_BEHIND = ("of", "from", "by", "for", "in", "at", "near", "outside", "inside", "across", "around", "on", "to", "with")
_BEARING = frozenset({"prep", "agent", "amod", "acl", "appos", "relcl"})  # what may name a party for what it hangs on
_LEADING = frozenset(  # what leads to further parties behind a head
    "prep agent dative prt amod acomp acl xcomp ccomp pobj dobj pcomp nsubj nsubjpass".split()
)
_RELATIVE = frozenset({"which", "that", "who", "whom", "there", "what", "where"})
_NOBODY: tuple[tuple[Party, ...], tuple[Party, ...]] = (), ()


class Parties:
    """Who the noun phrases of one article name; each phrase is looked at once."""

    def __init__(self, tree: Tree, references: References) -> None:
        self._tree = tree
        self._references = references
        self._known: list[tuple[Party, ...] | None] = [None] * len(tree.lower)
        self._direct: list[tuple[Party, ...] | None] = [None] * len(tree.lower)
        self._before: list[tuple[tuple[Party, ...], tuple[Party, ...]] | None] = [None] * len(tree.lower)

    def of(self, i: int) -> tuple[Party, ...]:
        """The parties that the phrase headed by token i names, without its coordinated siblings."""
        known = self._known[i]
        if known is None:
            self._known[i] = ()  # breaks circles
            known = self._known[i] = self._of(i)
        return known

    def referent(self, i: int) -> Reference | None:
        """What token i itself refers to."""
        return self._references.at(i)

    def direct(self, i: int) -> tuple[Party, ...]:
        """What the head itself or the words before it name; nothing from behind it."""
        known = self._direct[i]
        if known is None:
            known = self._direct[i] = self._search(i)
        return known

    def _search(self, i: int) -> tuple[Party, ...]:
        tree = self._tree
        if tree.lower[i] in _RELATIVE and tree.pos[i] in ("PRON", "SCONJ", "DET"):
            return ()
        reference = self._references.at(i)
        if reference is not None and reference.via == "context" and self.is_kind(i):
            return ()
        if reference is not None and reference.code is not None:
            if reference.via in ("phrase", "description"):
                for several in (self.before(i), self._several(i)):
                    if len(several) > 1 and len(set(codes(several))) > 1:
                        return several
            return ((self._span(i), reference),)
        if (before := self.before(i)) and not self._are_others(i, before):
            return before
        if tree.tag[i] in ("NNS", "NNPS", "PRP") or (
            i and tree.lower[i - 1] in ("either", "neither")
        ):  # "both sides", "they"
            group = self._references.group_at(i)
            if len(group) > 1:
                return tuple([(self._span(i), member) for member in group])
        if tree.dep[i] in ("nsubj", "nsubjpass") and tree.lower[i] in ("both", "all", "each"):
            return self._of_which(i)
        for kid in tree.kids[i]:
            owner = self._references.at(self._whose(kid)) if tree.dep[kid] == "poss" else None
            if owner is not None and owner.code is not None and not self._is_counterpart(i, owner):
                if owner.type == "Person":  # "his men", "his rivals" are not he
                    owner = replace(owner, entity=None, type="Group")
                return ((self._span(i), owner.found("pronoun", 0.7)),)
        if reference is not None and reference.entity is not None:
            return ((self._span(i), reference),)
        return self._of_antecedent(i)

    def _are_others(self, i: int, before: tuple[Party, ...]) -> bool:
        """ "Iran's enemies": those named before token i are only whose they are."""
        owners = [span.root.i for span, _ in before]
        return all(self._tree.dep[node] == "poss" for node in owners) and self._is_counterpart(i, before[0][1])

    def _is_counterpart(self, i: int, owner: Reference) -> bool:
        """Whether token i names somebody who has to do with a state and isn't of it: "its neighbours"."""
        return owner.type != "Person" and self._tree.lemma[i] in load_descriptions().related

    def _of_antecedent(self, i: int) -> tuple[Party, ...]:
        """ "Russia, whose troops occupy the town": the troops are of whom the relative clause is about."""
        tree = self._tree
        if not any(tree.lower[kid] == "whose" for kid in tree.kids[i]):
            return ()
        verb = tree.head[i]
        owners = self.direct(tree.head[verb]) if tree.dep[verb] == "relcl" else ()
        return tuple([(self._span(i), at_home(owner)) for _, owner in owners if owner.code is not None])

    def _of_which(self, i: int) -> tuple[Party, ...]:
        """ "Iran and Iraq, both of which agreed": all those before it."""
        tree = self._tree
        behind = (node for prep in tree.kids_of(i, "prep") for node in tree.kids_of(prep, "pobj"))
        verb = tree.head[i]
        if tree.dep[verb] != "relcl" or not any(tree.tag[node] in ("WDT", "WP") for node in behind):
            return ()
        several = (node for node in tree.conjuncts(tree.head[verb]) if node < i)
        return tuple(party for node in several for party in self.of(node))

    def _whose(self, owner: int) -> int:
        """ "Chile, whose envoys met him": whom "whose" stands for; any other owner itself."""
        tree = self._tree
        if tree.tag[owner] != "WP$":
            return owner
        return next((tree.head[j] for j in tree.ancestors(owner) if tree.dep[j] == "relcl"), owner)

    def _several(self, i: int) -> tuple[Party, ...]:
        """ "The leaders of Mexico and Cuba", "envoys from both": whose they are, where that is several states."""
        tree = self._tree
        owners = [
            node
            for prep in tree.kids_of(i, "prep")
            if tree.lower[prep] in ("of", "from")
            for pobj in tree.kids_of(prep, "pobj")
            for node in tree.conjuncts(pobj)
        ]
        return tuple(party for node in owners for party in self.direct(node)) if len(owners) > 1 else ()

    def is_kind(self, i: int) -> bool:
        """ "A show of force", "the head of state": a bare noun that only says of what kind something is."""
        tree = self._tree
        if tree.tag[i] != "NN" or tree.kids[i] or tree.dep[i] != "pobj":
            return False
        return tree.lower[tree.head[i]] == "of" or tree.lower[i] == "force"  # "by force"

    def is_role(self, words: str) -> bool:
        """Whether the table of roles has these words: "suicide bomber"."""
        return self._references.is_role(words)

    def is_unnamed(self, i: int) -> bool:
        """Whether a phrase names people or a body, though nothing may link them."""
        return self._references.unnamed_at(i) is not None

    def unnamed(self, i: int) -> tuple[Party, ...]:
        """The party that a phrase names where nothing links it: people by their role, unknown names."""
        reference = self._references.unnamed_at(i)
        return () if reference is None else ((self._span(i), reference),)

    def before(self, i: int, *, against: bool = False) -> tuple[Party, ...]:
        """The actors named by adjectives, possessors and compounds before token i; `against`: only after "anti-"."""
        known = self._before[i]
        if known is None:
            known = self._before[i] = self._modifying(i)
        return known[against]

    def _modifying(self, i: int) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
        """The actors named before token i in its phrase, apart those that "anti-" stands before."""
        tree = self._tree
        first, _ = tree.edges(i)
        named = self._references.between(first, i) if first < i else ()
        if not named:
            return _NOBODY
        first = min([tree.edges(kid)[0] for kid in tree.kids[i] if kid < i], default=i)
        near = [
            party
            for party in named
            if party[1].code is not None and party[0].start >= first and self._near(party[0].root.i, i)
            if not self._helps(party[0])
        ]
        opposed = [self._opposed(span) for span, _ in near]
        return (
            tuple([party for party, against in zip(near, opposed, strict=True) if not against]),
            tuple([party for party, against in zip(near, opposed, strict=True) if against]),
        )

    def groups(self, i: int) -> Iterator[tuple[Party, ...]]:
        """The parties named in the phrase and in what hangs behind it, the nearest first, siblings together."""
        kids = self._tree.kids
        seen: set[int] = set()
        queue = [i]
        for node in queue:
            if node in seen:
                continue
            siblings = [j for j in self._tree.conjuncts(node) if j not in seen] if kids[node] else [node]
            seen.update(siblings)
            opposed = [party for j in siblings if kids[j] for party in self.before(j, against=True)]
            if opposed:
                yield tuple(opposed)
            group = [party for j in siblings for party in self.direct(j)]
            if group:
                yield tuple(dict.fromkeys(group)) if len(group) > 1 else tuple(group)
            for j in siblings:
                if kids[j]:
                    queue += self._behind(j)

    def only(self, sent: Span | Stretch) -> tuple[Party, ...]:
        """The one state that a sentence names, if it names just one, embassies and others' allies aside."""
        found = [
            (span, reference)
            for span, reference in self._references.inside(sent)
            if reference.state is not None and self._tree.lemma[self._tree.head[span.root.i]] not in _APART
        ]
        return (found[0],) if len({reference.state for _, reference in found}) == 1 else ()

    def is_mission(self, i: int) -> bool:
        """Whether token i heads an embassy or the like, which stands in another state than its own."""
        return self._tree.lemma[i] in load_descriptions().missions

    def at_home(self, span: Stretch) -> tuple[Party, ...]:
        """The state that the article is written from, for whoever is named without one."""
        home = self._references.home
        if home is None:
            return ()
        return ((span, Reference(None, "Group", home, home.partition(":")[2], None, 0.4, "context")),)

    def named(self, span: Span | Stretch) -> list[Party]:
        """All parties that a stretch of text names, from left to right."""
        return [party for party in self._references.inside(span) if party[1].code is not None]

    def _behind(self, j: int) -> list[int]:
        """The heads that hang behind token j: objects of its prepositions, participles and infinitives."""
        tree, labels, kids = self._tree, self._tree.dep, self._tree.kids
        found: list[int] = []
        for kid in kids[j]:
            dep = labels[kid]
            if dep not in _LEADING:
                continue
            if dep in ("prep", "agent", "dative") or (dep == "prt" and kids[kid]):
                found += [k for k in kids[kid] if labels[k] in ("pobj", "pcomp", "prep")]
            elif (
                (dep in ("amod", "acomp") and kid > j and kids[kid])
                or (dep in ("acl", "xcomp", "ccomp", "pobj", "dobj", "pcomp") and kid > j)
                or (dep in ("nsubj", "nsubjpass") and tree.pos[j] in ("VERB", "AUX"))
            ):
                found.append(kid)
        return sorted(found) if len(found) > 1 else found

    def _of(self, i: int) -> tuple[Party, ...]:
        tree = self._tree
        direct = self.direct(i)
        if direct and (direct[0][1].code is not None or codes(direct)):
            return direct
        bearing = [kid for kid in tree.kids[i] if tree.dep[kid] in _BEARING]
        if not bearing:
            return direct
        prepositions = [(tree.lower[kid], kid) for kid in bearing if tree.dep[kid] in ("prep", "agent")]
        for word in _BEHIND if prepositions else ():
            for preposition, prep in prepositions:
                if preposition != word:
                    continue
                parties = tuple(
                    [
                        party
                        for pobj in tree.kids_of(prep, "pobj")
                        for node in tree.conjuncts(pobj)
                        for party in (self.of(node) if word == "of" else self.direct(node) or self._inner(node))
                    ]
                )
                if codes(parties):
                    return parties
        for kid in bearing:
            if kid > i and tree.pos[kid] == "ADJ" and tree.dep[kid] in ("amod", "acl"):
                for prep in tree.kids_of(kid, "prep"):
                    parties = tuple(party for pobj in tree.kids_of(prep, "pobj") for party in self.direct(pobj))
                    if codes(parties):
                        return parties
        if direct and tree.ent[i] == "ORG" and direct[0][1].state is None and direct[0][0].root.i == i:
            return direct  # a body of no known state isn't of the place where it works
        for kid in bearing:
            for prep in tree.kids_of(kid, "prep") if tree.dep[kid] in ("acl", "relcl") else ():
                parties = tuple(party for pobj in tree.kids_of(prep, "pobj") for party in self.direct(pobj))
                if codes(parties) and tree.lemma[kid] in load_descriptions().settled:
                    return parties
            if tree.dep[kid] == "appos" and codes(parties := self.direct(kid)):
                return parties
        return direct

    def _inner(self, node: int) -> tuple[Party, ...]:
        """One step further: "in the town of Hebron", "near the capital of Chad"."""
        tree = self._tree
        return tuple(
            party
            for prep in tree.kids_of(node, "prep")
            if tree.lower[prep] in ("of", "in", "from")
            for pobj in tree.kids_of(prep, "pobj")
            for one in tree.conjuncts(pobj)
            for party in self.direct(one)
        )

    def _near(self, j: int, i: int) -> bool:
        """Whether token j modifies token i directly, or through compounds, possessors and their siblings."""
        tree = self._tree
        steps = 0
        while j != i and steps < 5:
            if tree.dep[j] not in ("amod", "compound", "poss", "nmod", "conj", "appos", "npadvmod", "advmod", "dep"):
                return False
            j = tree.head[j]
            steps += 1
        return j == i

    def _helps(self, span: Stretch) -> bool:
        """Whether a name only tells whose help somebody has: "Russian-backed", "pro-Russian"."""
        tree, start, end = self._tree, span.start, span.end
        if start >= 2 and tree.text[start - 1] == "-" and tree.lower[start - 2] == "pro":
            return True
        return tree.text[end : end + 1] == ["-"] and tree.lower[end + 1] in _HELPED

    def _opposed(self, span: Stretch) -> bool:
        """Whether "anti-" stands before a name."""
        tree, start = self._tree, span.start
        if tree.lower[start].startswith("anti-"):
            return True
        return start >= 2 and tree.text[start - 1] == "-" and tree.lower[start - 2] == "anti"

    def _span(self, i: int) -> Stretch:
        return self._tree.stretch(*phrase(self._tree, i))


def codes(parties: Sequence[Party]) -> list[str]:
    """The codes of those parties that have one."""
    return [reference.code for _, reference in parties if reference.code is not None]


def key(party: Party) -> str | None:
    """What tells parties apart: the state or code that they act for, else their id."""
    reference = party[1]
    return reference.code or reference.state or reference.entity


def own_kind(reference: Reference) -> Reference:
    """Whom an actor acts on at home: a state on itself, anybody else on somebody unnamed of the same state."""
    return reference if reference.type == "State" else at_home(reference)


def at_home(reference: Reference) -> Reference:
    """An unnamed actor of the same state."""
    return replace(reference, entity=None, type="Group", sector=None, confidence=0.4, via="sentence")
