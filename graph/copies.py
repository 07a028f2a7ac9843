"""Articles → which are copies of one another: same text, whole or cut, reordered, lightly edited or under another
headline.

Two articles are copies if enough of the shorter one's word triples stand in the longer (containment, which a cut leaves
high where the Jaccard index of MinHash falls). Triples are sampled by their hash, as FracMinHash does (Irber et al.
2022), so that the same triples are sampled in every article, and candidates come from a product of sparse matrices.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from triplomat.extractors.statement import Article

Print = NDArray[np.uint32]
Places = NDArray[np.int64]

CONTAINMENT = 0.4
_WORDS = 3
_KEPT_ONE_IN = 2
_FEWEST = 8
_SHARED = 4  # triples that a pair shares at least, unless it shares all
_ENOUGH = 40
_TOO_COMMON = 200
_ROWS = 256
_FEW = 100


def copies(articles: Iterable[Article]) -> dict[str, str]:
    """Article id → the id of the first article (by date, then id) of its group of copies, itself where it has none."""
    articles = list(articles)
    return grouped(
        {item.id: fingerprint(item.text) for item in articles}, {item.id: item.published for item in articles}
    )


def grouped(prints: Mapping[str, Print], published: Mapping[str, str | None]) -> dict[str, str]:
    """The same from the articles' fingerprints and dates."""
    ordered = sorted(prints, key=lambda name: (published.get(name) or "9999", name))
    first = list(range(len(ordered)))

    def root(place: int) -> int:
        while first[place] != place:
            first[place] = first[first[place]]
            place = first[place]
        return place

    own = [prints[name] for name in ordered]
    for one, other in _candidates(own):
        if root(one) != root(other) and containment(own[one], own[other]) >= CONTAINMENT:
            early, late = sorted((root(one), root(other)))
            first[late] = early
    return {name: ordered[root(place)] for place, name in enumerate(ordered)}


def fingerprint(text: str) -> Print:
    """The sampled hashes of a text's word triples, rising; all of them where it is short."""
    words = re.findall(r"\w+", text.casefold())
    hashes = {
        zlib.crc32(" ".join(words[start : start + _WORDS]).encode("utf-8", "replace"))
        for start in range(max(0, len(words) - _WORDS + 1))
    }
    kept = [value for value in hashes if value % _KEPT_ONE_IN == 0]
    return np.array(sorted(kept if len(kept) >= _ENOUGH else hashes), dtype=np.uint32)


def containment(one: Print, other: Print) -> float:
    """The share of the smaller print that the larger has; 0 where the smaller is too small to tell."""
    small, large = sorted((one, other), key=len)
    if len(small) < _FEWEST:
        return 1.0 if len(one) and np.array_equal(one, other) else 0.0
    if len(small) < _ENOUGH:  # a short text has all its triples, a long one a sample: compare the samples
        sampled = small[small % _KEPT_ONE_IN == 0]
        small = sampled if len(sampled) >= _FEWEST else small
    return len(np.intersect1d(small, large, assume_unique=True)) / len(small)


def _candidates(prints: Sequence[Print]) -> Iterator[tuple[int, int]]:
    """The pairs, by place, that may be copies: those whose smaller one has enough of its triples in the other.

    Triples that a great many articles have (boilerplate) don't count here, unless an article has hardly any others.
    """
    sizes = np.array([len(each) for each in prints], dtype=np.int64)
    if len(prints) < 2 or not sizes.sum():
        return
    rows = np.repeat(np.arange(len(prints)), sizes)
    _, columns, counts = np.unique(np.concatenate(prints), return_inverse=True, return_counts=True)
    common = np.bincount(rows, counts[columns] > _TOO_COMMON, len(prints)).astype(np.int64)
    least = np.where(sizes < _ENOUGH, 1, np.ceil(CONTAINMENT * (sizes - common)))
    kept = (counts[columns] > 1) & (counts[columns] <= _TOO_COMMON)
    for one, other, count in _shared(rows[kept], columns[kept], len(prints)):
        small = np.where(sizes[one] <= sizes[other], one, other)
        whole = count == sizes[small]
        likely = (other > one) & (count >= least[small]) & ((count >= _SHARED) | whole)
        yield from zip(one[likely].tolist(), other[likely].tolist(), strict=True)


def _shared(rows: Places, columns: Places, articles: int) -> Iterator[tuple[Places, Places, Places]]:
    """Pairs of articles with the number of triples that they share, some articles at a time."""
    if articles <= _FEW:  # scipy's import would take longer than the whole
        _, columns = np.unique(columns, return_inverse=True)
        dense = np.zeros((articles, int(columns.max(initial=-1)) + 1), dtype=np.float32)
        dense[rows, columns] = 1
        counts = dense @ dense.T
        one, other = np.nonzero(counts)
        yield one, other, counts[one, other].astype(np.int64)
        return
    from scipy.sparse import csr_array

    matrix = csr_array(
        (np.ones(len(rows), dtype=np.int32), (rows, columns)), shape=(articles, int(columns.max(initial=0)) + 1)
    )
    for start in range(0, articles, _ROWS):
        product = (matrix[start : start + _ROWS] @ matrix.T).tocoo()
        yield product.row + start, product.col.astype(np.int64), product.data
