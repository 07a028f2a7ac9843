import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(1, str(Path(__file__).parents[2] / "benchmarks"))

from page_corpus import corpus, make_fact
from samples import ARTICLE, statements

from triplomat.graph.knowledge_graph import KnowledgeGraph

__all__ = ["corpus", "kg", "make_fact"]


@pytest.fixture(scope="session")
def kg() -> KnowledgeGraph:
    """A graph of four statements written by hand."""
    return KnowledgeGraph(statements(), [ARTICLE])
