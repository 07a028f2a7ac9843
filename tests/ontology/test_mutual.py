"""The relations that bind their actors: those that the ontology calls symmetric, and some that name a thing."""

from triplomat.graph.rdf import dyad_relations, mutual_relations
from triplomat.ontology.mutual import load_mutual


def test_what_the_ontology_calls_symmetric_binds_its_actors() -> None:
    symmetric, dyads, listed = mutual_relations(), dyad_relations(), load_mutual().relations
    beside = {relation for relation, dyad in dyads.items() if dyad in symmetric}  # "signs" joins by "signsWith"
    assert "signs" in beside
    assert beside | symmetric - {"borders", *dyads.values()} <= listed
    assert listed <= beside | symmetric
