"""Finds the mentions of actors and places in a parsed article: known names, reconciled with the model's entities.

The gazetteer decides what it knows; the model's entities add people and organisations that it doesn't know, and tell
a person called Jordan from the state.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span

from triplomat.ontology.actors import PARTICLES, Gazetteer, Sense
from triplomat.ontology.descriptions import load_descriptions
from triplomat.ontology.titles import load_titles
from triplomat.ontology.units import load_units
from triplomat.values import value

from .designated import designated
from .humans import apposed_names, is_firm, is_role_before, is_thing, is_vessel
from .localities import is_locality, is_location
from .tree import Tree

TITLES = load_titles().before
_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"})
_NOT_NAMES = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY"})
_OF_PLACES = frozenset({"capital", "city", "region", "surname"})
_PORTFOLIOS = frozenset({"minister", "ministry", "secretary", "department"})
_SPEECH = frozenset({"I"})


@value
class Mention:
    """A name in the text: its tokens from `start` up to `end`, what it can mean, and the model's label ("" if none).

    `root` is the token that heads it. `senses` is empty for a person or organisation that only the article knows;
    `label` says which of the two it is. `text` is the name as the gazetteer writes it, or the article's own words.
    """

    start: int
    end: int
    root: int
    text: str
    senses: tuple[Sense, ...]
    label: str


def find_mentions(tree: Tree, gazetteer: Gazetteer) -> list[Mention]:
    """All mentions of a doc in order; only a known name within an unknown organisation's stands inside another."""
    entities = [entity for entity in tree.doc.ents if entity.label_ in _LABELS]
    entity_at = {index: entity for entity in entities for index in range(entity.start, entity.end)}
    named = [(_untitled(tree, *name), name[1]) for name in apposed_names(tree, gazetteer)]
    known = _without_surnames(list(_known(tree, gazetteer, entity_at)), named)
    taken = {index for mention in known for index in range(mention.start, mention.end)}
    apposed = [name for name in named if name[0] < name[1] and taken.isdisjoint(range(*name))]
    known += [Mention(*name, name[1] - 1, tree.quote(name[0], name[1] - 1), (), "PERSON") for name in apposed]
    taken |= {index for name in apposed for index in range(*name)}
    known += list(_bodies(tree, taken))
    found = _without_places(
        tree, known + _without_things(tree, _alike(list(_unknown(tree, entities, taken, gazetteer))))
    )
    return sorted(_without_namesakes(found), key=lambda mention: (mention.start, -mention.end))


def _alike(mentions: list[Mention]) -> list[Mention]:
    """Unknown names with one label each, the model's most frequent for it in the article, at a tie its first."""
    labels: dict[str, Counter[str]] = {}
    for mention in mentions:
        labels.setdefault(mention.text, Counter())[mention.label] += 1
    return [replace(one, label=labels[one.text].most_common(1)[0][0]) for one in mentions]


def _without_surnames(mentions: list[Mention], named: list[tuple[int, int]]) -> list[Mention]:
    """The known names without the towns that end a person's full name: "the spokesman, Sambit Patra"."""
    inside = {index for first, end in named for index in range(first + 1, end)}
    if not inside:
        return mentions
    return [
        one for one in mentions if one.start not in inside or any(sense.kind not in _OF_PLACES for sense in one.senses)
    ]


def _untitled(tree: Tree, start: int, end: int) -> int:
    """The first token of a name from `start` up to `end` behind the titles that it begins with."""
    while start < end and tree.lower[start] in TITLES:
        start += 1
    return start


def head_of(tree: Tree, start: int, end: int) -> int:
    """The token from `start` up to `end` whose head lies outside; the last such."""
    for index in range(end - 1, start - 1, -1):
        head = tree.head[index]
        if head == index or not start <= head < end:
            return index
    return end - 1


def _without_things(tree: Tree, mentions: list[Mention]) -> list[Mention]:
    """The mentions, firms that the model takes for people marked as none, ships and the like left out."""
    names: list[set[str]] = []
    for mention in mentions:
        if mention.label == "PERSON" and is_thing(tree, mention.start, mention.end, mention.root):
            first = mention.start
            while first > 0 and tree.pos[first - 1] == "PROPN" and tree.head[first - 1] == mention.root:
                first -= 1
            names.append(set(tree.text[first : mention.end]))
    kept = []
    vessels = {one.text for one in mentions if one.label == "ORG" and is_vessel(tree, one.start, one.root)}
    for mention in mentions:
        if mention.text in vessels:
            continue
        of = [name for name in names if mention.label == "PERSON" and name.issuperset(mention.text.split())]
        if not of:
            kept.append(mention)
        elif any(is_firm(word) for name in of for word in name):
            kept.append(replace(mention, label="ORG"))
    return kept


def _without_places(tree: Tree, mentions: list[Mention]) -> list[Mention]:
    """The mentions without the names that the article once says to be a place's, where no table knows them.

    A surname of the tables is left out too ("marched in Trujillo, her home town"), but not where the article names
    somebody so in full.
    """
    unsure = [one for one in mentions if all(sense.kind == "surname" for sense in one.senses)]
    beside = {one.start for one in unsure if is_locality(tree, one.start, one.end)}
    if not beside:
        return mentions
    people = {one.text.split()[-1] for one in mentions if one.label == "PERSON" and " " in one.text}
    places = {one.text for one in unsure if one.start in beside} - people
    left = [one for one in unsure if one.start in beside or one.text in places]
    return [one for one in mentions if one not in left]


def _without_namesakes(mentions: list[Mention]) -> list[Mention]:
    """The mentions without the towns that broadcasters, banks and clubs are called after: "Radio Sucre"."""
    leading = load_descriptions().leading
    bodies = [one for one in mentions if not one.senses and one.text.partition(" ")[0].lower() in leading]
    inside = {index for one in bodies for index in range(one.start + 1, one.end)}
    return [
        one
        for one in mentions
        if one.start not in inside or any(sense.kind not in ("capital", "city", "surname") for sense in one.senses)
    ]


def _known(tree: Tree, gazetteer: Gazetteer, entity_at: dict[int, Span]) -> Iterator[Mention]:
    for match in gazetteer.find(tree.string):
        start = bisect_left(tree.starts, match.start + 1) - 1
        end = bisect_left(tree.starts, match.end)
        senses = gazetteer.names[match.name]
        entity = entity_at.get(end - 1)
        label = entity.label_ if entity is not None else ""
        if _names_portfolio(tree, senses, end, gazetteer):
            continue
        if match.name in gazetteer.articled and not _has_article(tree, start, end):
            continue
        if end - start == 1 and not _stands_as_name(tree, start, senses, label):
            continue
        if all(sense.kind == "surname" for sense in senses):
            if not _may_be_surname(tree, start, end, entity):
                continue
        elif entity is not None and (
            _is_longer_person(tree, entity, start, end) or _is_longer_firm(tree, entity, start, senses, gazetteer)
        ):
            continue
        yield Mention(start, end, head_of(tree, start, end), match.name, senses, label)


def _names_portfolio(tree: Tree, senses: tuple[Sense, ...], end: int, gazetteer: Gazetteer) -> bool:
    """Whether a word is a ministry's field, not the organisation of that name: "Labour Minister"."""
    if end >= len(tree.text) or tree.lower[end] not in _PORTFOLIOS:
        return False
    return any(sense.actor and "generic" in gazetteer.actors[sense.actor].traits for sense in senses)


def _is_portfolio(tree: Tree, end: int) -> bool:
    """Whether what the model takes for an organisation is the field in a title: "Shadow Home Secretary"."""
    if end >= len(tree.text) or tree.lower[end] not in _PORTFOLIOS:
        return False
    return tree.text[end][0].isupper() and tree.dep[end - 1] == "compound"


def _has_article(tree: Tree, start: int, end: int) -> bool:
    """Whether "the" stands before a name that needs it and no proper noun after: "the West", not "the West Wing"."""
    if start == 0 or tree.lower[start - 1] != "the":
        return False
    after = tree.text[end] if end < len(tree.text) else ""
    return not (
        after[:1].isupper() or after in ("-", "–") or (tree.dep[end - 1] == "compound" and tree.pos[end] == "NOUN")
    )


def _stands_as_name(tree: Tree, index: int, senses: tuple[Sense, ...], label: str) -> bool:
    """Whether one word is used as the name that it could be: "Nice" and "Split" often are not."""
    text, pos = tree.text[index], tree.pos[index]
    if tree.ent[index] in _NOT_NAMES and pos != "PROPN":
        return False
    if tree.ent[index] in _NOT_NAMES and all(sense.kind == "surname" for sense in senses):
        return False
    if pos == "PROPN" or label or (text.isupper() and len(text) > 1):
        return text not in _SPEECH
    kinds = {sense.kind for sense in senses}
    if kinds == {"surname"} and pos in ("AUX", "VERB"):  # "May said"
        return index + 1 < len(tree.text) and tree.tag[index + 1] in ("VBD", "VBZ")
    if kinds & {"adjective", "demonym"}:
        return pos in ("ADJ", "NOUN")
    acting = tree.dep[index] in ("nsubj", "nsubjpass") and any(sense.kind == "capital" for sense in senses)
    return (acting or not tree.begins(index)) and pos in ("NOUN", "ADJ", "X")  # "Kigali backs them"


def _may_be_surname(tree: Tree, start: int, end: int, entity: Span | None) -> bool:
    """Whether a known surname stands alone, not within another's full name or a longer proper noun."""
    if entity is not None:
        words = _bare(entity)
        if (
            entity.label_ not in ("PERSON", "ORG", "GPE")
            or (words and words[-1] >= end)
            or (words and words[0] < start)
        ):
            return False
    head = tree.head[start]
    behind = range(end, head + 1)  # "Bakary Yaou Sangaré"
    if tree.dep[start] == "compound" and behind and all(_is_bare_name(tree, word) for word in behind):
        return False
    before = start - 1
    return not (
        before >= 0
        and tree.pos[before] == "PROPN"
        and tree.head[before] == start
        and tree.lower[before] not in TITLES
        and tree.ent[before] in ("PERSON", "")
    )


def _is_bare_name(tree: Tree, word: int) -> bool:
    return tree.pos[word] == "PROPN" and tree.lower[word] not in TITLES


def _bare(entity: Span) -> list[int]:
    """A person entity's words without titles before and possessive after."""
    words = [token for token in entity if token.tag_ != "POS" and not token.is_punct]
    attributes = load_descriptions().attributes
    while len(words) > 1 and (
        words[0].lower_ in TITLES or words[0].lower_ in ("the", "a") or words[0].lower_ in attributes
    ):
        words.pop(0)
    return [word.i for word in words]


def _is_longer_person(tree: Tree, entity: Span, start: int, end: int) -> bool:
    """Whether the match is part of a longer person's name, as Jordan is in "Michael Jordan"."""
    if entity.label_ != "PERSON" or any(tree.tag[index] == "POS" for index in range(entity.start, entity.end - 1)):
        return False
    words = _bare(entity)
    if not words or not all(tree.pos[word] == "PROPN" for word in words):
        return False
    begins = words[0] == start and words[-1] >= end and end - start == 1
    inside = words[0] < start and not any(tree.lower[index] in TITLES for index in range(end, words[-1] + 1))
    return begins or inside  # "Ly Thai Hung", but "outgoing Thai Prime Minister Srettha Thavisin"


def _is_longer_firm(tree: Tree, entity: Span, start: int, senses: tuple[Sense, ...], gazetteer: Gazetteer) -> bool:
    """Whether the match ends another firm's name: "the Export-Import Bank of China" is not the Bank of China."""
    before = start - 1
    if entity.label_ != "ORG" or entity.start >= start or tree.pos[before] != "PROPN":
        return False
    firms = all(sense.actor and gazetteer.actors[sense.actor].sector == "BUS" for sense in senses)
    return firms and not gazetteer.senses(tree.text[before])


def _unknown(tree: Tree, entities: list[Span], taken: set[int], gazetteer: Gazetteer) -> Iterator[Mention]:
    """People and organisations that only the model sees."""
    for entity in entities:
        if entity.label_ == "PERSON":
            words = _bare(entity)
            if not words or any(word in taken for word in words) or not _is_person_name(tree, words):
                continue
            start, end = words[0], words[-1] + 1
            label = "ORG" if tree.lower[start] in load_descriptions().leading and end > start + 1 else "PERSON"
            yield Mention(start, end, head_of(tree, start, end), tree.quote(start, end - 1), (), label)
        elif entity.label_ == "ORG":
            start, end = _behind_inner_article(tree, entity.start, entity.end), entity.end
            while start < end and tree.lower[start] in ("the", "a", "an"):
                start += 1
            while end > start and (tree.tag[end - 1] == "POS" or tree.pos[end - 1] == "PUNCT"):
                end -= 1
            if start == end or not _is_organisation_name(tree, start, end, taken) or _is_portfolio(tree, end):
                continue
            named = _untitled(tree, start, end)
            if any(index in taken for index in range(named, end)) and named > start:
                continue  # "Admiral Surasant Kongsiri", who is known by now
            human = _is_titled(tree, start, end) or is_role_before(tree, start, end, gazetteer)
            label = "PERSON" if human else "ORG"
            yield Mention(start, end, head_of(tree, start, end), tree.quote(start, end - 1), (), label)


def _bodies(tree: Tree, taken: set[int]) -> Iterator[Mention]:
    """Organisations that a noun beside them tells, and their names where the article says them again."""
    spans = set(designated(tree, taken))
    names = {tuple(tree.text[first:end]) for first, end in spans}
    firsts = {name[0] for name in names}
    for first, word in enumerate(tree.text) if firsts else ():
        if word in firsts:
            again = (first + len(name) for name in names if tuple(tree.text[first : first + len(name)]) == name)
            spans |= {(first, end) for end in again}
    for first, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if taken.isdisjoint(range(first, end)):
            taken |= set(range(first, end))
            yield Mention(first, end, head_of(tree, first, end), tree.quote(first, end - 1), (), "ORG")


def _behind_inner_article(tree: Tree, start: int, end: int) -> int:
    """The article of the second name of two that the model takes for one: "Ruiz the Chronicle"; else `start`."""
    inner = (word for word in range(start + 1, end) if tree.lower[word] == "the" and tree.text[word - 1][0].isupper())
    return next(inner, start)


def _is_person_name(tree: Tree, words: list[int]) -> bool:
    if tree.pos[words[-1]] != "PROPN" or len(words) > 5 or words[-1] - words[0] > 6:
        return False
    if tree.text[words[0]] in load_descriptions().ships:
        return False
    capital = all(tree.text[word][0].isupper() or tree.lower[word] in PARTICLES for word in words)
    return (
        capital
        and not all(tree.lower[word] in TITLES for word in words)
        and any(character.isascii() for character in tree.text[words[0]])
    )


def _is_titled(tree: Tree, start: int, end: int) -> bool:
    """Whether what the model takes for an organisation follows a personal title: "Vice-President Moody Awori"."""
    before = start - 1
    if before < 0 or end - start > 3 or tree.pos[before] not in ("PROPN", "NOUN") or not tree.text[before][0].isupper():
        return False
    names = all(tree.pos[word] == "PROPN" and not tree.text[word].isupper() for word in range(start, end))
    return names and tree.lower[before] in TITLES - {"foreign", "deputy", "first", "supreme"}


def _is_sum(tree: Tree, start: int, end: int) -> bool:
    """Whether the model has taken a sum into a name: "Hanoi 2.8 billion dollars"."""
    units = load_units().currencies
    return tree.pos[end - 2] == "NUM" and start < end - 2 and tree.lower[end - 1].removesuffix("s") in units


def _is_organisation_name(tree: Tree, start: int, end: int, taken: set[int]) -> bool:
    words = range(start, end)
    if all(word in taken for word in words) or any("\n" in tree.text[word] for word in words):
        return False
    if start in taken and all(word in taken or tree.text[word].islower() for word in words):
        return False  # "Yonhap news agency" is Yonhap
    if not tree.text[start][0].isupper() or not tree.text[start][0].isascii():
        return False
    if (
        _is_sum(tree, start, end)
        or tree.text[start] in load_descriptions().ships
        or (end == start + 1 and is_location(tree, start))
    ):
        return False
    return any(tree.pos[word] == "PROPN" for word in words) and not all(tree.lower[word] in TITLES for word in words)
