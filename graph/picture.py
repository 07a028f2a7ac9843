"""From a view to a static SVG picture: what a reader sees where no script runs, in print and in saved notebooks."""

from __future__ import annotations

import math
from html import escape

from .naming import shortened
from .view import ASSERTED, CONFLICT, COOPERATION, DENIED, HEDGED, RELATION, THING, Actor, Tie, View

COLOURS = ("#2aa783", "#d98cb8", "#e9a227", "#6cb8e6", "#b59a6d", "#b9b94a", "#9f8fd6")
NO_BLOC = "#b4bac4"
LINES = {COOPERATION: "#0a62a8", CONFLICT: "#c2410c", RELATION: "#6b7280"}
DASHES = {ASSERTED: "", HEDGED: ' stroke-dasharray="8 5"', DENIED: ' stroke-dasharray="2 5"'}
MOST = 150
MARGIN = 60


def picture_svg(view: View, *, title: str) -> str:
    """The greatest actors and the ties between them, as one SVG element that needs nothing from outside."""
    able = {number for number, actor in enumerate(view.actors) if actor.type != THING}
    between = [tie for tie in view.ties if tie.source in able and tie.target in able]
    able = {end for tie in between for end in (tie.source, tie.target)} or able  # who has no tie is in the tables
    shown = sorted(able, key=lambda number: (-view.actors[number].size, number))[:MOST]
    chosen = set(shown)
    ties = [tie for tie in between if tie.source in chosen and tie.target in chosen]
    xs = [view.actors[number].x for number in shown] or [0]
    ys = [view.actors[number].y for number in shown] or [0]
    left, top = min(xs) - MARGIN, min(ys) - MARGIN
    width, height = max(xs) - left + MARGIN, max(ys) - top + MARGIN
    text = f"{title}: {len(shown)} actors and {len(ties)} ties between them"
    lines = "".join(_line(view, tie, bend) for tie, bend in _bends(ties))
    spots = "".join(_spot(view.actors[number]) for number in reversed(shown))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {width} {height}" width="{width}" '
        f'role="img" aria-label="{escape(text)}" style="max-width:100%;height:auto" '
        f'font-family="system-ui, sans-serif"><title>{escape(text)}</title>{_heads()}'
        f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="#fff"/>{lines}{spots}</svg>'
    )


def _heads() -> str:
    """Arrow for cooperation, bar for conflict, open angle for other relations."""
    shapes = {
        COOPERATION: f'<path d="M0 0 10 5 0 10z" fill="{LINES[COOPERATION]}"/>',
        CONFLICT: f'<path d="M8 0V10" stroke="{LINES[CONFLICT]}" stroke-width="3"/>',
        RELATION: f'<path d="M1 1 9 5 1 9" fill="none" stroke="{LINES[RELATION]}" stroke-width="1.6"/>',
    }
    markers = "".join(
        f'<marker id="head-{sign}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="11" markerHeight="11" '
        f'markerUnits="userSpaceOnUse" orient="auto-start-reverse">{shape}</marker>'
        for sign, shape in shapes.items()
    )
    return f"<defs>{markers}</defs>"


def _bends(ties: list[Tie]) -> list[tuple[Tie, float]]:
    """Each tie with how far it bows: those between the same two actors fan out about the straight line."""
    pairs: dict[tuple[int, int], list[Tie]] = {}
    for tie in ties:
        pairs.setdefault((min(tie.source, tie.target), max(tie.source, tie.target)), []).append(tie)
    return [
        (tie, 0.2 * (number - (len(group) - 1) / 2) * (1 if tie.source < tie.target else -1))
        for group in pairs.values()
        for number, tie in enumerate(group)
    ]


def _line(view: View, tie: Tie, bend: float) -> str:
    a, b = view.actors[tie.source], view.actors[tie.target]
    dx, dy = b.x - a.x, b.y - a.y
    if not (dx or dy):
        return ""
    cx, cy = (a.x + b.x) / 2 - dy * bend, (a.y + b.y) / 2 + dx * bend
    x1, y1 = _rim(a, cx, cy, 2)
    x2, y2 = _rim(b, cx, cy, 3)
    start = f' marker-start="url(#head-{tie.sign})"' if tie.mutual else ""
    return (
        f'<path d="M{x1:.0f} {y1:.0f}Q{cx:.0f} {cy:.0f} {x2:.0f} {y2:.0f}" fill="none" stroke="{LINES[tie.sign]}" '
        f'stroke-width="{1.2 + min(math.sqrt(tie.weight), 4):.1f}" stroke-opacity=".75"{DASHES[tie.status]}{start} '
        f'marker-end="url(#head-{tie.sign})"/>'
    )


def _rim(actor: Actor, x: float, y: float, gap: float) -> tuple[float, float]:
    """The point on an actor's rim that faces (x, y)."""
    length = math.hypot(x - actor.x, y - actor.y) or 1.0
    reach = (actor.size + gap) / length
    return actor.x + (x - actor.x) * reach, actor.y + (y - actor.y) * reach


def _spot(actor: Actor) -> str:
    fill = COLOURS[actor.bloc] if 0 <= actor.bloc < len(COLOURS) else NO_BLOC
    r = actor.size
    shape = f'<circle cx="{actor.x}" cy="{actor.y}" r="{r}" '
    if actor.type == "Organization":
        shape = f'<rect x="{actor.x - r:.1f}" y="{actor.y - r:.1f}" width="{2 * r:.1f}" height="{2 * r:.1f}" '
    if actor.type == "Group":
        points = f"{actor.x},{actor.y - r:.1f} {actor.x + r:.1f},{actor.y} {actor.x},{actor.y + r:.1f} "
        shape = f'<polygon points="{points}{actor.x - r:.1f},{actor.y}" '
    style = f'fill="#fff" stroke="{fill}" stroke-width="4"/>' if actor.type == "Person" else f'fill="{fill}"/>'
    return (
        f"{shape}{style}"
        f'<text x="{actor.x}" y="{actor.y}" text-anchor="middle" dominant-baseline="central" '
        f'font-size="{r * 0.7:.0f}" font-weight="600" fill="#10151f">{escape(actor.sign[:4])}</text>'
        f'<text x="{actor.x}" y="{actor.y + r + 14:.0f}" text-anchor="middle" font-size="13" fill="#10151f" '
        f'stroke="#fff" stroke-width="3" paint-order="stroke">{escape(shortened(actor.label))}</text>'
    )
