"""Pictures can be read in grey print and name whom they show."""

import matplotlib
import pytest
from samples import corpus

matplotlib.use("Agg")
import matplotlib.colors
import matplotlib.pyplot as plt

from triplomat.errors import UsageError
from triplomat.graph.change import dyad_over_time
from triplomat.graph.knowledge_graph import KnowledgeGraph
from triplomat.graph.plots import bloc_matrix, dyad_plot, ego_plot, rank_plot, triad_plot

RUS, PRK = "country:RUS", "country:PRK"


@pytest.fixture(scope="module")
def graph():
    articles, statements = corpus()
    return KnowledgeGraph(statements, articles)


@pytest.fixture
def drawn(graph):
    network = graph.network()
    yield {
        "ranks": rank_plot(graph.rank_intervals()),
        "blocs": bloc_matrix(network),
        "dyad": dyad_plot(dyad_over_time(graph.facts, PRK, RUS), breaks=[1]),
        "ego": ego_plot(network, RUS),
        "triads": triad_plot(network),
    }
    plt.close("all")


def test_all_are_drawn_without_colour(drawn, tmp_path):
    for name, axes in drawn.items():
        axes.figure.savefig(tmp_path / f"{name}.png")
        pixels = plt.imread(tmp_path / f"{name}.png")[..., :3]
        assert abs(pixels.max(axis=-1) - pixels.min(axis=-1)).max() < 0.01
        assert pixels.min() < 0.5


def test_actors_are_named(drawn):
    assert "Russia" in [text.get_text() for text in drawn["ranks"].get_yticklabels()]
    assert "Russia" in [text.get_text() for text in drawn["ego"].texts]
    assert "Russia" in [text.get_text() for text in drawn["blocs"].get_xticklabels()]


def test_who_is_not_there_cannot_be_drawn(graph):
    with pytest.raises(UsageError, match="not in the network"):
        ego_plot(graph.network(), "country:FRA")
