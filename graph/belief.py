"""Confidences of independent sources → how well they back a fact.

Belief is 1 − Π (1 − c·(1 − ε)) over the independent sources. c is the best confidence among a source's statements: the
chance that it was read rightly, calibrated on labelled sentences (`ontology/lexicon/confidence.toml`). ε is the rate at
which a statement of a news report is wrong: errors a story, as sources named them in surveys of newspapers, over
statements a story, as Triplomat reads them (`belief.toml`). Sources are taken to err independently of each other, which
copies and one publisher's articles don't: `facts` counts these once.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


@cache
def source_error() -> float:
    """ε: how likely a statement of a news report is to be wrong.

    >>> round(source_error(), 3)
    0.029
    """
    rates = tomllib.loads(files(__package__).joinpath("belief.toml").read_text("utf-8"))
    errors = rates["reporting"]["errors"] / rates["reporting"]["stories"]
    return float(errors * rates["reading"]["articles"] / rates["reading"]["statements"])


def belief(confidences: Iterable[float]) -> float:
    """How well independent sources back a fact, each with the confidence of its best statement.

    >>> belief([0.9]), belief([0.9, 0.9])
    (0.8736, 0.984)
    """
    doubt = 1.0
    for confidence in confidences:
        doubt *= 1 - confidence * (1 - source_error())
    return round(1 - doubt, 4)
