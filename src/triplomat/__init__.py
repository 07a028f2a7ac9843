"""Triplomat reads news articles and builds a knowledge graph of who does what to whom.

>>> import triplomat as tm
>>> kg = tm.build(["articles/"], published="2024-06-20")      # doctest: +SKIP
>>> kg.query("SELECT ?who WHERE { ?e tm:actor ?who }")        # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from triplomat.errors import (
    DataError,
    InputError,
    ModelError,
    OutputError,
    QueryError,
    TriplomatError,
    UsageError,
)

if TYPE_CHECKING:
    from triplomat.extractors.pipeline import extract
    from triplomat.extractors.reading import read
    from triplomat.extractors.statement import Argument, Article, Event, Party, Predicate, Sentence, Statement
    from triplomat.graph.build import build
    from triplomat.graph.knowledge_graph import KnowledgeGraph, load
    from triplomat.sample import sample_path

__version__ = "0.1.0"

__all__ = [
    "Argument",
    "Article",
    "DataError",
    "Event",
    "InputError",
    "KnowledgeGraph",
    "ModelError",
    "OutputError",
    "Party",
    "Predicate",
    "QueryError",
    "Sentence",
    "Statement",
    "TriplomatError",
    "UsageError",
    "build",
    "extract",
    "load",
    "read",
    "sample_path",
]

_HOMES = {
    "KnowledgeGraph": "graph.knowledge_graph",
    "build": "graph.build",
    "extract": "extractors.pipeline",
    "load": "graph.knowledge_graph",
    "read": "extractors.reading",
    "sample_path": "sample",
    **dict.fromkeys(
        ("Argument", "Article", "Event", "Party", "Predicate", "Sentence", "Statement"), "extractors.statement"
    ),
}


def __getattr__(name: str) -> Any:
    """Public names are loaded when they are first used, so that `import triplomat` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'triplomat' has no attribute {name!r}")
    return getattr(import_module(f"triplomat.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext triplomat` in Jupyter: the %%sparql magic."""
    import_module("triplomat.graph.magics").register(shell)
