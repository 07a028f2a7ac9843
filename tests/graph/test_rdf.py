"""What the RDF of a graph holds, and what it must not."""

from dataclasses import replace

import pytest
from samples import ARTICLE, RUSSIA, statements, supply

from triplomat.graph.knowledge_graph import KnowledgeGraph
from triplomat.graph.quads import FORMATS, serialise
from triplomat.graph.rdf import direct_triples
from triplomat.ontology.terms import Names

NAMES = Names()


def test_the_contracts_first_query_finds_the_supply(kg):
    rows = kg.query(
        "SELECT ?who ?what ?whom WHERE"
        " { ?e tm:relation rel:supplies ; tm:actor ?who ; tm:theme/rdfs:label ?what ; tm:recipient ?whom }"
    )
    assert ("country:RUS", "oil", "country:PRK") in [tuple(rows.plain(term) for term in row) for row in rows.rows]


def test_the_contracts_first_query_gives_no_row_twice(kg):
    rows = kg.query(
        "SELECT ?who ?what ?whom WHERE"
        " { ?e tm:relation rel:supplies ; tm:actor ?who ; tm:theme/rdfs:label ?what ; tm:recipient ?whom }"
    ).rows
    assert len(rows) == len(set(rows))


def test_the_contracts_second_query_finds_who_fears_the_sharing(kg):
    result = kg.query(
        "SELECT ?quote ?source WHERE { ?s tm:actor country:RUS ; tm:recipient country:PRK ; tm:modality tm:Intended ;"
        " tm:quote ?quote . OPTIONAL { ?s tm:attributedTo ?source } }"
    )
    assert [(str(row.quote), str(row.source)) for row in result] == [
        (
            "The US fears that Russia will share missile technology with North Korea.",
            "https://w3id.org/triplomat/country/USA",
        )
    ]


def test_the_contracts_third_query_is_true(kg):
    assert bool(kg.query("ASK { country:RUS rel:suppliesTo country:PRK }"))


@pytest.mark.parametrize(
    "change",
    [
        {"polarity": "negative"},
        {"modality": "possible"},
        {"modality": "intended"},
        {"modality": "hypothetical"},
        {"attribution": statements()[1].attribution},
    ],
)
def test_only_what_the_article_asserts_itself_becomes_a_direct_triple(change):
    assert list(direct_triples(supply(), NAMES))
    assert not list(direct_triples(replace(supply(), id="", **change), NAMES))


@pytest.mark.parametrize("format", FORMATS)
def test_the_order_of_statements_does_not_change_the_bytes(kg, format):
    other = KnowledgeGraph(reversed(statements()), [ARTICLE])
    assert serialise(kg.quads, format, kg.names) == serialise(other.quads, format, other.names)


def test_every_quote_stands_in_the_text_at_its_offsets(kg):
    rows = kg.query("SELECT ?quote ?start ?end { ?m tm:quote ?quote ; tm:start ?start ; tm:end ?end }")
    assert len(rows) > 8
    for row in rows:
        assert ARTICLE.text[row.start.toPython() : row.end.toPython()] == str(row.quote)


def test_statements_live_in_their_articles_graph_and_facts_beside(kg):
    graphs = kg.query("SELECT DISTINCT ?g { GRAPH ?g { ?s a tm:Statement } }")
    assert [str(row.g) for row in graphs] == ["https://w3id.org/triplomat/article/axis"]
    assert not kg.query("ASK { GRAPH ?g { ?f a tm:Fact } }")


def test_another_base_changes_every_name_of_ours(kg):
    other = KnowledgeGraph(statements(), [ARTICLE], base_iri="https://example.org/kg/")
    assert not any("triplomat" in term for quad in other.quads for term in quad)
    assert bool(other.query("ASK { country:RUS rel:suppliesTo country:PRK }"))


def test_all_formats_but_turtle_hold_the_same_quads(kg):
    import pyoxigraph

    kinds = {
        "trig": pyoxigraph.RdfFormat.TRIG,
        "nq": pyoxigraph.RdfFormat.N_QUADS,
        "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    }
    read = {name: set(pyoxigraph.parse(serialise(kg.quads, name, NAMES), kind)) for name, kind in kinds.items()}
    assert read["trig"] == read["nq"] == read["jsonld"]
    assert len(read["nq"]) == len(kg.quads)


def test_a_sector_of_a_state_is_a_group_that_acts_for_it():
    from triplomat.extractors.statement import Event, Party

    army = Party("Russian soldiers", None, "RUS", "MIL", RUSSIA[1])
    event = Event("ASSAULT", None, (), "material conflict", -9.0, (army,), ())
    kg = KnowledgeGraph([replace(supply(), id="", event=event)], [ARTICLE])
    assert bool(kg.query("ASK { group:RUS_MIL a tm:Group ; tm:actsFor country:RUS ; tm:sector 'MIL' }"))


def test_rdf_12_says_as_a_triple_term_what_is_only_feared(kg, tmp_path):
    import pyoxigraph

    kg.save(tmp_path / "out", rdf=("trig", "trig12"))
    store = pyoxigraph.Store()
    store.load(path=tmp_path / "out" / "graph.rdf12.trig")
    query = """
        ASK { GRAPH ?article { ?s rdf:reifies <<( country:RUS rel:supplies thing:missile_technology )>> ;
                                  tm:modality tm:Intended ; tm:attributedTo country:USA } }"""
    assert bool(store.query(query, prefixes=dict(kg.names.prefixes)))


def test_the_ontologys_page_has_every_term():
    from triplomat.graph.documentation import ontology_html
    from triplomat.ontology.terms import declared

    page = ontology_html()
    for prefix, terms in declared().items():
        missing = [term for term in terms if f'id="{prefix}:{term}"' not in page]
        assert not [term for term in missing if term not in ("scheme",) and not term[0].islower()], missing
    assert "<script" not in page
