"""Where each actor stands in the picture: a seeded force-directed layout with blocs apart and room for every label.

Fruchterman and Reingold's spring embedder (Software: Practice and Experience 21, 1991), with the repulsion of large
graphs summed on a mesh (Hockney and Eastwood's particle-mesh method), so that a step costs O(n + m) and one FFT.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

EXACT = 150  # up to here every pair repels exactly
SPACING = 115.0  # mean distance between neighbouring actors, in pixels of the picture at zoom 1
WIDER = 1.8  # a screen is wider than it is high
LINK = 70.0  # least length of a tie that one sees, between the marks that it joins
GOLDEN = np.pi * (3 - np.sqrt(5))  # turns by this angle spread evenly
TURNS = np.arange(600).reshape(-1, 12)  # places that are tried together
BLOC_PULL = 0.35
CENTRE_PULL = 0.06


def place(
    boxes: Sequence[tuple[float, float]],
    edges: Sequence[tuple[int, int, float]],
    blocs: Sequence[int],
    *,
    seed: int = 0,
) -> list[tuple[int, int]]:
    """Whole-pixel centres for nodes that each need a box (width, height), joined by weighted edges.

    Nodes of the same bloc (a number; -1 for none) are drawn together. The same input and seed give the same picture.
    """
    count = len(boxes)
    if count == 0:
        return []
    if count == 1:
        return [(0, 0)]
    bloc = np.asarray(blocs, dtype=np.int64)
    ends = np.asarray([(a, b) for a, b, _ in edges if a != b], dtype=np.int64).reshape(-1, 2)
    weights = np.asarray([weight for a, b, weight in edges if a != b], dtype=np.float64)
    room = np.asarray(boxes, dtype=np.float64)
    linked = np.isin(np.arange(count), ends)
    points = np.zeros((count, 2))
    if linked.any():
        number = np.cumsum(linked) - 1
        inner = _start(bloc[linked], np.random.default_rng(seed))
        inner = _embed(inner, number[ends], weights, bloc[linked])
        points[linked] = _part(_scale(inner), room[linked], number[ends])
    points[~linked] = _rows(room[~linked], points[linked])
    points -= (points.max(axis=0) + points.min(axis=0)) / 2
    return [(round(float(x)), round(float(y))) for x, y in points]


def settle(
    spots: Sequence[tuple[int, int]], boxes: Sequence[tuple[float, float]], anchors: Sequence[Sequence[int]]
) -> list[tuple[int, int]]:
    """The spots with one more for each box left, as near to the middle of its anchors as there is room."""
    points = np.zeros((len(boxes), 2))
    points[: len(spots)] = spots if len(spots) else 0
    room = np.asarray(boxes, dtype=np.float64).reshape(-1, 2)
    for number, owners in enumerate(anchors, start=len(spots)):
        middle = points[list(owners)].mean(axis=0)
        spread = 7.0 if len(owners) == 1 else 3.5
        need = (room[:number] + room[number]) / 2
        near = (np.abs(points[:number] - middle) < need + LINK + spread * np.sqrt(TURNS.size)).all(axis=1)
        others, need = points[:number][near], need[near]
        for turns in TURNS:
            reach = LINK + spread * np.sqrt(turns)
            tried = middle + reach[:, None] * np.column_stack([np.cos(turns * GOLDEN), np.sin(turns * GOLDEN)])
            apart = np.abs(others[None] - tried[:, None])
            free = ~(apart < need).all(axis=2).any(axis=1)
            points[number] = tried[np.argmax(free)] if free.any() else tried[-1]
            if free.any():
                break
    return [(round(float(x)), round(float(y))) for x, y in points]


def _start(bloc: NDArray[np.int64], rng: np.random.Generator) -> Points:
    """Blocs on a circle, their members scattered round its points."""
    names, index = np.unique(bloc, return_inverse=True)
    angle = 2 * np.pi * index / max(len(names), 1)
    spread = 0.35 if len(names) > 1 else 1.0
    points: Points = np.column_stack((np.cos(angle), np.sin(angle))) + rng.normal(0, spread, (len(bloc), 2))
    return points


def _embed(points: Points, ends: NDArray[np.int64], weights: Points, bloc: NDArray[np.int64]) -> Points:
    """The spring embedder with unit ideal length; a step moves a node no further than the falling temperature."""
    count = len(points)
    points = points * np.sqrt(count)
    steps = 300 if count <= EXACT else 160
    pull = 0.35 + 0.3 * np.tanh(weights)
    repel = _repel_pairs if count <= EXACT else _repel_mesh
    mass = 1 + np.minimum(np.bincount(ends.ravel(), minlength=count), 12) / 4  # who has many ties needs room for them
    mass /= mass.mean()
    names, index = np.unique(bloc, return_inverse=True)
    size = np.bincount(index).astype(np.float64)
    grouped = ((bloc >= 0) & (size[index] > 1)).astype(np.float64)[:, None] * (BLOC_PULL if len(names) > 1 else 0.0)
    heat = 0.12 * np.sqrt(count)
    for step in range(steps):
        force = repel(points, mass)
        if len(ends):
            apart = points[ends[:, 1]] - points[ends[:, 0]]
            drawn = apart * (np.sqrt((apart**2).sum(axis=1)) * pull)[:, None]
            for axis in (0, 1):
                force[:, axis] += np.bincount(ends[:, 0], drawn[:, axis], count)
                force[:, axis] -= np.bincount(ends[:, 1], drawn[:, axis], count)
        middle = np.column_stack([np.bincount(index, points[:, axis]) / size for axis in (0, 1)])
        force += grouped * (middle[index] - points)
        force -= CENTRE_PULL * np.sqrt(count) * (points - points.mean(axis=0))
        length = np.sqrt((force**2).sum(axis=1))[:, None]
        points = points + force / np.maximum(length, 1e-9) * np.minimum(length, heat * (1 - step / steps) + 0.01)
    return points


def _repel_pairs(points: Points, mass: Points) -> Points:
    apart = points[:, None, :] - points[None, :, :]
    square = (apart**2).sum(axis=2)
    np.fill_diagonal(square, 1.0)
    strength = mass[:, None] * mass[None, :] / np.maximum(square, 1e-4)
    force: Points = (apart * strength[:, :, None]).sum(axis=1)
    return force


def _repel_mesh(points: Points, mass: Points) -> Points:
    """The same sum, of point charges spread over the four nearest cells of a square mesh."""
    cells = 64 if len(points) <= 2000 else 128
    low = points.min(axis=0)
    step = float((points.max(axis=0) - low).max()) / (cells - 2) or 1.0
    at = (points - low) / step
    cell = np.minimum(at.astype(np.int64), cells - 2)
    part = at - cell
    shares = [
        (cell[:, 0] + dx, cell[:, 1] + dy, np.abs(1 - dx - part[:, 0]) * np.abs(1 - dy - part[:, 1]))
        for dx in (0, 1)
        for dy in (0, 1)
    ]
    charge = np.zeros(cells * cells)
    for x, y, share in shares:
        charge += np.bincount(x * cells + y, share * mass, cells * cells)
    wave = np.fft.rfft2(charge.reshape(cells, cells), (2 * cells, 2 * cells))
    offset = np.fft.fftfreq(2 * cells, 1 / (2 * cells))
    square = offset[:, None] ** 2 + offset[None, :] ** 2
    square[0, 0] = np.inf
    force = np.zeros_like(points)
    for axis, distance in enumerate((offset[:, None], offset[None, :])):
        field = np.fft.irfft2(wave * np.fft.rfft2(distance / square), (2 * cells, 2 * cells))[:cells, :cells]
        for x, y, share in shares:
            force[:, axis] += mass * share * field[x, y] / step
    return force


def _scale(points: Points) -> Points:
    """Stretched to the shape of a screen, with SPACING squared of picture to each node on average."""
    points = points - points.mean(axis=0)
    spread = points.std(axis=0)
    points = points / np.maximum(spread, 1e-9) * np.sqrt(spread.prod() or 1.0) if spread.min() > 1e-9 else points
    area = np.sqrt(((points**2).sum(axis=1)).mean()) or 1.0
    scaled: Points = points / area * SPACING * np.sqrt(len(points)) / 2.1
    scaled[:, 0] *= np.sqrt(WIDER)
    scaled[:, 1] /= np.sqrt(WIDER)
    return scaled


def _part(points: Points, boxes: Points, ends: NDArray[np.int64]) -> Points:
    """Moves nodes until no two boxes overlap (or 200 rounds are done), each pair along its shorter way out.

    Between the boxes of linked nodes there stays room to see what links them.
    """
    reach = float(np.hypot(boxes[:, 0].max(), boxes[:, 1].max()))
    need = (boxes[ends[:, 0], 1] + boxes[ends[:, 1], 1]) / 2 + LINK
    for _ in range(60 if len(points) <= EXACT else 0):
        apart = points[ends[:, 1]] - points[ends[:, 0]]
        length = np.maximum(np.sqrt((apart**2).sum(axis=1)), 1e-9)
        move = apart * (np.maximum(need - length, 0) / length * 0.25)[:, None]
        for axis in (0, 1):
            points[:, axis] -= np.bincount(ends[:, 0], move[:, axis], len(points))
            points[:, axis] += np.bincount(ends[:, 1], move[:, axis], len(points))
    for _ in range(200):
        pairs = _near(points, reach)
        apart = points[pairs[:, 1]] - points[pairs[:, 0]]
        need = (boxes[pairs[:, 0]] + boxes[pairs[:, 1]]) / 2
        over = need - np.abs(apart)
        hit = (over > 0.5).all(axis=1)
        if not hit.any():
            break
        pairs, apart, over = pairs[hit], apart[hit], over[hit]
        across = over[:, 0] <= over[:, 1]
        sign = np.where(apart >= 0, 1.0, -1.0)
        move = np.column_stack((np.where(across, over[:, 0], 0.0), np.where(across, 0.0, over[:, 1]))) * sign * 0.52
        for axis in (0, 1):
            points[:, axis] -= np.bincount(pairs[:, 0], move[:, axis], len(points))
            points[:, axis] += np.bincount(pairs[:, 1], move[:, axis], len(points))
    return points


def _rows(boxes: Points, above: Points) -> Points:
    """Nodes without ties, in rows under the others, as wide as these."""
    width = max(float(np.ptp(above[:, 0])) if len(above) else 0.0, 6 * SPACING)
    left = float(above[:, 0].min()) if len(above) else 0.0
    x, y = 0.0, (float(above[:, 1].max()) if len(above) else 0.0) + SPACING
    points = np.zeros_like(boxes)
    for number, (wide, _) in enumerate(boxes):
        if x and x + wide > width:
            x, y = 0.0, y + float(boxes[:, 1].max())
        points[number] = (left + x + wide / 2, y)
        x += float(wide) + 20
    return points


def _near(points: Points, reach: float) -> NDArray[np.int64]:
    """Pairs of nodes no further apart than `reach`, in a fixed order."""
    if len(points) <= EXACT:
        first, second = np.triu_indices(len(points), 1)
        return np.column_stack((first, second)).astype(np.int64)
    from scipy.spatial import cKDTree  # slow to import, and needed for large graphs only

    pairs = cKDTree(points).query_pairs(reach, output_type="ndarray")
    return np.asarray(pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))], dtype=np.int64)
