"""The names of the RDF are those that the ontology declares."""

import pytest

from triplomat.errors import UsageError
from triplomat.ontology.plover import load_plover
from triplomat.ontology.terms import Names, UnknownTermError, declared, vocabulary

PROMISED_CLASSES = ["Article", "Statement", "Event", "Fact", "State", "Person", "Organization", "Group", "Commodity"]
PROMISED_PROPERTIES = [  # the names in the README
    "actor",
    "recipient",
    "theme",
    "quantity",
    "place",
    "time",
    "relation",
    "polarity",
    "modality",
    "attributedTo",
    "confidence",
    "belief",
    "score",
    "evidence",
    "quote",
    "start",
    "end",
    "actsFor",
]


@pytest.mark.parametrize("name", PROMISED_CLASSES + PROMISED_PROPERTIES)
def test_what_queries_rely_on_is_declared(name):
    assert name in Names().tm


def test_a_misspelt_term_raises_with_the_nearest():
    with pytest.raises(UnknownTermError, match="tm:actor"):
        Names().tm.acter  # noqa: B018


def test_every_term_of_ours_has_a_label_and_a_comment():
    terms = {s for s, _, _ in vocabulary() if s.startswith("<https://w3id.org/triplomat/ontology#")}
    for kind in ("label", "comment"):
        has = {s for s, p, _ in vocabulary() if p == f"<http://www.w3.org/2000/01/rdf-schema#{kind}>"}
        assert not terms - has


def test_every_term_of_the_ontology_proper_has_an_example():
    ours = {s for s, _, _ in vocabulary() if s.startswith("<https://w3id.org/triplomat/ontology#")}
    assert not ours - {s for s, p, _ in vocabulary() if p == "<http://www.w3.org/2004/02/skos/core#example>"}


@pytest.mark.parametrize(
    "vocabulary_of",
    [
        "http://semanticweb.cs.vu.nl/2009/11/sem/",
        "http://www.w3.org/ns/prov#",
        "http://www.w3.org/2004/02/skos/core#",
        "http://www.w3.org/2006/time#",
        "http://www.w3.org/ns/oa#",
        "https://schema.org/",
        "http://www.wikidata.org/entity/",
    ],
)
def test_terms_are_aligned_with_what_others_use(vocabulary_of):
    """By subclass, subproperty or a SKOS match; SKOS itself holds the scheme of events."""
    ways = ("#subClassOf>", "#subPropertyOf>", "#closeMatch>", "#broadMatch>", "#type>")
    assert [s for s, p, o in vocabulary() if p.endswith(ways) and o.startswith(f"<{vocabulary_of}")]


def test_the_scheme_has_every_type_and_mode():
    plover = load_plover()
    assert set(plover.types) <= declared()["plover"]
    assert {f"{parent}-{mode}" for parent, mode in plover.modes} <= declared()["plover"]


def test_every_type_matches_a_root_of_cameo_and_every_root_is_matched():
    triples = vocabulary()
    skos = "http://www.w3.org/2004/02/skos/core#"
    roots = {s for s, p, o in triples if p == f"<{skos}topConceptOf>" and o.endswith("cameo>")}
    close = [(s, o) for s, p, o in triples if p == f"<{skos}closeMatch>" and "cameo-" in o]
    assert len(roots) == 20
    assert {s.rpartition("/")[2].rstrip(">") for s, _ in close} == set(load_plover().types)
    assert roots - {o for _, o in close} == {root for root in roots if root.endswith("cameo-01>")}
    assert {o for _, p, o in triples if p == f"<{skos}broadMatch>" and "cameo-" in o} <= roots


def test_the_vocabulary_has_no_blank_node():
    assert not [term for triple in vocabulary() for term in triple if term.startswith("_:")]


@pytest.mark.parametrize("base", ["", "kg", "https://example.org/kg", "https://exa mple.org/", "/kg/"])
def test_a_base_that_is_no_iri_is_refused(base):
    with pytest.raises(UsageError, match="base IRI"):
        Names(base)


def test_ids_with_any_characters_become_iris():
    assert Names().iri("person:A/B #1?") == "https://w3id.org/triplomat/person/A%2FB%20%231%3F"
