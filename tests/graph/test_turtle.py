"""Words and blocks of Turtle: what Oxigraph reads in them is what was meant, whatever the characters."""

import pyoxigraph
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from triplomat.graph.turtle import block, graph, moment, number, words
from triplomat.ontology.terms import UnknownTermError

WORDS = words()
NAMES = st.text(st.characters(exclude_categories=["Cs", "Co", "Cn"]), min_size=1, max_size=12)


def read(turtle: str) -> list[pyoxigraph.Quad]:
    return list(pyoxigraph.parse(WORDS.header + turtle, pyoxigraph.RdfFormat.TRIG))


@given(NAMES)
@example("%\U000e0001")
@example("\U0001fffe")
@example("\U00100000")
def test_the_name_of_an_id_is_read_as_its_iri(name):
    compact = f"person:{name}"
    (quad,) = read(f"{WORDS.ids[compact]} a tm:Person .\n")
    assert quad.subject.value == WORDS.names.iri(compact)


@pytest.mark.parametrize(
    "name", ["a.", ".", "-a", "a%20b", "·a", "a·", "‿", "a–b", "Kim_(politician,_born_1972)", "😀", "1"]
)
def test_awkward_names_are_written_as_oxigraph_writes_them(name):
    try:
        node = pyoxigraph.NamedNode(WORDS.names.prefixes["thing"] + name)
    except ValueError:
        pytest.skip("no IRI")
    quad = pyoxigraph.Quad(node, node, node)
    prefixes = {"thing": WORDS.names.prefixes["thing"]}
    written = pyoxigraph.serialize([quad], format=pyoxigraph.RdfFormat.TRIG, prefixes=prefixes).decode().splitlines()[1]
    assert WORDS.name(node.value) == written.split(" ")[0]


def test_a_misspelt_term_raises():
    for name in ("tm:acter", "rel:suppliez"):
        with pytest.raises(UnknownTermError):
            WORDS.terms[name]


def test_a_block_says_each_thing_once_and_counts_it():
    told, count = block("thing:oil", ['tm:sector "a"', "a tm:Thing", "a tm:Thing", 'tm:sector "b"'])
    assert (told, count) == ('thing:oil a tm:Thing ;\n\ttm:sector "a" ;\n\ttm:sector "b" .\n', 3)
    assert len(read(told)) == 3


def test_a_graph_has_its_subjects_in_order_and_none_is_no_text():
    told, count = graph("article:x", {"thing:b": ["a tm:Thing"], "thing:a": ["a tm:Thing"]})
    assert told == "article:x {\n\tthing:a a tm:Thing .\n\tthing:b a tm:Thing .\n}\n" and count == 2
    assert {quad.graph_name.value for quad in read(told)} == {WORDS.names.iri("article:x")}
    assert graph("article:x", {}) == ("", 0)


@pytest.mark.parametrize(
    ("word", "kind"),
    [(number(-9.5), "decimal"), (number(10.0), "decimal"), (moment("2024-06-20"), "date"), (moment("2024"), "gYear")],
)
def test_numbers_and_times_have_their_types(word, kind):
    (quad,) = read(f"thing:oil tm:score {word} .\n")
    assert quad.object.datatype.value == WORDS.names.prefixes["xsd"] + kind
