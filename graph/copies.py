"""Articles → which are copies of one another: same text, whole or cut, reordered, lightly edited or under another
headline.

Two articles are copies if enough of the shorter one's word triples stand in the longer (containment, which a cut leaves
high where the Jaccard index of MinHash falls). Triples are sampled by their hash, as FracMinHash does (Irber et al.
2022), so that the same triples are sampled in every article, and candidates come from an inverted index.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable

from triplomat.extractors.statement import Article

CONTAINMENT = 0.4
_WORDS = 3
_KEPT_ONE_IN = 2
_FEWEST = 8
_TOO_COMMON = 200


def copies(articles: Iterable[Article]) -> dict[str, str]:
    """Article id → the id of the first article (by date, then id) of its group of copies, itself where it has none."""
    ordered = sorted(articles, key=lambda article: (article.published or "9999", article.id))
    first = {article.id: article.id for article in ordered}
    if len(ordered) < 2:
        return first
    prints = {article.id: fingerprint(article.text) for article in ordered}

    def root(name: str) -> str:
        while first[name] != name:
            first[name] = first[first[name]]
            name = first[name]
        return name

    rank = {article.id: number for number, article in enumerate(ordered)}
    for one, other in candidates(prints):
        if containment(prints[one], prints[other]) >= CONTAINMENT:
            early, late = sorted((root(one), root(other)), key=rank.__getitem__)
            first[late] = early
    return {name: root(name) for name in first}


def fingerprint(text: str) -> frozenset[int]:
    """The sampled hashes of a text's word triples; all of them where it is short."""
    words = re.findall(r"\w+", text.casefold())
    hashes = {
        zlib.crc32(" ".join(words[start : start + _WORDS]).encode("utf-8", "replace"))
        for start in range(max(0, len(words) - _WORDS + 1))
    }
    kept = frozenset(value for value in hashes if value % _KEPT_ONE_IN == 0)
    return kept if len(kept) >= 40 else frozenset(hashes)


def containment(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of the smaller print that the larger has; 0 where the smaller is too small to tell."""
    small, large = sorted((one, other), key=len)
    if len(small) < _FEWEST:
        return 1.0 if one == other and one else 0.0
    if min(len(small), len(large)) < 40:  # a short text has all its triples, a long one a sample: compare the samples
        sampled = frozenset(value for value in small if value % _KEPT_ONE_IN == 0)
        small = sampled if len(sampled) >= _FEWEST else small
    return len(small & large) / len(small)


def candidates(prints: dict[str, frozenset[int]]) -> list[tuple[str, str]]:
    """The pairs that share several triples, leaving out triples that a great many articles have (boilerplate)."""
    index: dict[int, list[str]] = defaultdict(list)
    for name, values in prints.items():
        for value in values:
            index[value].append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for names in index.values():
        if 1 < len(names) <= _TOO_COMMON:
            shared.update((one, other) for number, one in enumerate(names) for other in names[number + 1 :])
    return sorted(pair for pair, count in shared.items() if count >= _FEWEST // 2 or prints[pair[0]] == prints[pair[1]])
