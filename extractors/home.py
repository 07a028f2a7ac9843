"""The state that an article is written from and about, whose judges, police and parliament it need not call its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .mentions import Mention
from .paragraphs import blocks_of
from .tree import Tree

_PLACES = frozenset({"capital", "city", "region", "name"})
_SHARE = 0.25


def home_of(tree: Tree, mentions: Sequence[Mention]) -> str | None:
    """The state of the dateline, where the article names that state as often as any but one, and not just in passing.

    Correspondents write from abroad ("BEIRUT — Syria's army …"), so a dateline alone tells nothing.
    """
    counts = Counter(state for mention in mentions if (state := _state(mention)) is not None)
    dateline = next((block for block in blocks_of(tree.doc)[:4] if block.kind == "byline"), None)
    if dateline is None or not counts:
        return None
    offsets = [mention for mention in mentions if dateline.start <= tree.doc[mention.start].idx < dateline.end]
    state = next((found for mention in offsets if _places(mention) and (found := _state(mention)) is not None), None)
    if state is None:
        return None
    own = counts[state] - len(offsets)
    foremost = [name for name, _ in counts.most_common(2)]
    return state if state in foremost and own >= _SHARE * (counts.total() - len(offsets)) else None


def _places(mention: Mention) -> bool:
    return any(sense.kind in _PLACES for sense in mention.senses)


def _state(mention: Mention) -> str | None:
    """The one state that all senses of a name belong to."""
    states = {sense.state or sense.actor for sense in mention.senses}
    found = next(iter(states)) if len(states) == 1 else None
    return found if found is not None and found.startswith("country:") else None
