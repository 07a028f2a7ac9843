"""Queries: shipped ones answer, parameters go by any name, and mistakes are pointed at."""

import re
from dataclasses import replace

import pytest
from samples import corpus

from triplomat.errors import QueryError, UsageError
from triplomat.graph.grammar import mistake
from triplomat.graph.knowledge_graph import KnowledgeGraph
from triplomat.graph.shipped import shipped

WANTED = {
    "actor": "Russia",
    "other": "North Korea",
    "recipient": "North Korea",
    "about": "Russia",
    "date": "2024-01-01",
    "since": "2023-01-01",
    "until": "2024-12-31",
}


@pytest.fixture(scope="module")
def graph():
    articles, statements = corpus()
    return KnowledgeGraph(statements, articles)


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_query_finds_something(graph, name):
    assert len(graph.query(name)) > 0


def test_an_answer_shows_itself_in_a_line_and_as_a_table_in_jupyter(graph):
    found = graph.query("SELECT ?who WHERE { ?who a tm:State } LIMIT 2")
    assert repr(found) == "<Result: 2 rows of who>" and found._repr_html_().startswith("<table")
    assert repr(graph.query("ASK {}")) == "<Result: true>"


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_query_has_a_title_a_question_and_an_example(name):
    query = shipped()[name]
    assert query.title and query.question.endswith("?") and query.example


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_querys_example_names_its_columns(graph, name):
    columns = set(re.findall(r"(\w+)=", shipped()[name].example))
    assert columns <= set(graph.query(name).variables)


@pytest.mark.parametrize(
    ("name", "parameter"), [(query.name, item.name) for query in shipped().values() for item in query.parameters]
)
def test_every_parameter_can_be_set(graph, name, parameter):
    value = WANTED.get(parameter) or graph.facts[0].id
    graph.query(name, **{parameter: value})


@pytest.mark.parametrize("alias", ["Russia", "russia", "RUSSIAN FEDERATION", "country:RUS"])
def test_a_parameter_takes_any_name_of_an_actor(graph, alias):
    rows = graph.query("supplies", actor=alias)
    assert {str(row.who) for row in rows} == {"Russia"}


@pytest.fixture(scope="module")
def larger():
    from sparql import corpus as made_up

    articles, told = made_up(90)
    return KnowledgeGraph(told, articles)


@pytest.mark.parametrize("name", shipped())
def test_a_query_read_in_sweeps_answers_as_the_same_read_row_by_row(larger, name):
    bare = re.sub(r" *# scan unless .*", "", shipped()[name].text)
    swept, looked_up = larger.query(name), larger.query(bare)
    assert sorted(map(str, swept.rows)) == sorted(map(str, looked_up.rows))
    assert len(swept) > 0


def test_a_denied_or_attributed_supply_is_not_among_the_supplies(graph):
    rows = graph.query("supplies")
    assert {(str(row.who), str(row.what), str(row.whom)) for row in rows} == {
        ("Iran", "drones", "Russia"),
        ("Russia", "oil", "North Korea"),
    }


def test_a_denial_disputes_the_fact_and_both_stay(graph):
    [row] = graph.query("disputed")
    assert (str(row.said_by), str(row.denied_by), str(row.what)) == ("an article", "Russia", "oil")


def test_what_only_somebody_says_is_alleged(graph):
    rows = graph.query("alleged")
    assert ("United States", "jets") in {(str(row.source), str(row.what)) for row in rows}


def test_who_went_from_conflict_to_cooperation_changed_sides(graph):
    [row] = graph.query("changed-sides", date="2024-01-01")
    assert (str(row.who), str(row.whom)) == ("Russia", "North Korea")
    assert float(row.before) < 0 < float(row.after)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT ?a {\n  ?a rel:suplies ?b }", r"line 2, column 6: rel:suplies .*rel:supplies"),
        ("SELECT ?a { ?a tm:acter ?b }", r"line 1, column 16: tm:acter .*tm:actor"),
        ("SELECT ?a { ?a plover:AIDS ?b }", "plover:AID"),
        ("SELECT ?a { ?a foo:bar ?b }", r"line 1, column 16: the prefix foo: isn't declared"),
        ("SELEC ?a { ?a ?b ?c }", "line 1, column 1: .*not 'SELEC'; did you mean SELECT"),
        ("SELECT ?a WHRE { ?a ?b ?c }", "line 1, column 11: .*not 'WHRE'; did you mean WHERE"),
        ("SELECT ?a { ?a ?b ?c .\n FILTR(?c = 1) }", "line 2, column 2: expected a pattern.*did you mean FILTER"),
        ("SELECT ?a { FILTER(regexx(?a, 'x')) }", "line 1, column 20: expected an expression.*did you mean REGEX"),
        ("SELECT ?a WHERE { ?a ?b ?c", r"line 1, column 27: .*a } is missing"),
        ("SELECT ?a WHERE { ?a ?b }", "line 1, column 25: expected a variable, a name or a literal, not '}'"),
        ("SELECT ?a { ?a ?b ?c } LIMIT", "line 1, column 29: the query ends, but a number is missing"),
        ("SELECT ?a { ?a ?b ?c } ORDER ?a", r"line 1, column 30: expected BY, not '\?a'"),
        ("SELECT ?a { ?a ?b ?c . OPTIONAL ?x ?y ?z }", r"column 33: expected {, not '\?x'"),
        ("SELECT (COUNT(?x) ?n) { ?a ?b ?x }", r"column 19: expected an operator or AS, not '\?n'"),
        ("SELECT ?a { ?a ?b ?c } GROUP BY ?b", "a variable that is unbound"),
        ("{" * 3000, "expected .*SELECT"),
        ("suplies", "did you mean supplies"),
        ("", "line 1, column 1: expected .*SELECT"),
    ],
)
def test_a_mistake_is_pointed_at(graph, query, told):
    with pytest.raises(QueryError, match=told):
        graph.query(query)


@pytest.mark.parametrize("name", shipped())
def test_the_grammar_has_nothing_against_a_right_query(name):
    assert mistake(shipped()[name].text) is None


@pytest.mark.parametrize(
    "query",
    [
        "BASE <http://e.org/> PREFIX x: <y> SELECT * FROM <g> WHERE { ?s x:p+/^x:q|!(x:r|^a)* [ x:p 1, -2.5e3 ] }",
        "SELECT (GROUP_CONCAT(DISTINCT ?x; SEPARATOR=', ') AS ?y) { ?s ?p ?x MINUS { ?s a (1 true) } } HAVING(?y > 1)",
        "SELECT ?a { { SELECT ?a { ?a ?b ?c } LIMIT 1 } UNION { GRAPH ?g { ?a ?b ?c } } } ORDER BY DESC(?a) OFFSET 2",
        "CONSTRUCT WHERE { ?a ?b ?c } LIMIT 3",
        "DESCRIBE ?a <http://e.org/> WHERE { ?a ?b ?c FILTER(?c IN (1, 2) && NOT EXISTS { ?c ?d ?e }) }",
        "ASK { VALUES (?a ?b) { (1 UNDEF) } BIND(IF(BOUND(?a), !?b, xsd:date('x')) AS ?c) }",
        "INSERT DATA { <a> <b> 'c'^^<d> . GRAPH <g> { <a> <b> _:c } } ; DELETE WHERE { ?a ?b ?c }",
        "WITH <g> DELETE { ?a ?b ?c } INSERT { ?a ?b 1 } USING <h> WHERE { ?a ?b ?c } ; CLEAR SILENT GRAPH <g>",
    ],
)
def test_the_grammar_reads_what_the_engine_reads(query):
    import pyoxigraph

    rule = "Update" if query[:4] in ("INSE", "WITH") else "Query"
    store = pyoxigraph.Store()
    (store.update if rule == "Update" else store.query)(query, base_iri="http://e.org/", prefixes={"xsd": "http://x/"})
    assert mistake(query, rule=rule) is None


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ?a { ?a rdfs:label "tm:acter and foo:bar" }',
        "SELECT ?a { ?a ?b ?c } # foo:bar",
        "PREFIX foo: <http://example.org/> SELECT ?a { ?a foo:bar ?b }",
        "SELECT ?a { ?a <http://example.org/foo:bar> _:b }",
    ],
)
def test_what_only_looks_like_a_mistake_is_none(graph, query):
    graph.query(query)


def test_an_unknown_actor_gets_the_nearest(graph):
    with pytest.raises(QueryError, match=r"did you mean .*russia"):
        graph.query("supplies", actor="Rusia")


def test_an_unknown_parameter_gets_the_known_ones(graph):
    with pytest.raises(UsageError, match="it takes actor, recipient"):
        graph.query("supplies", who="Russia")


def test_a_date_must_be_one(graph):
    with pytest.raises(UsageError, match="YYYY-MM-DD"):
        graph.query("between", since="May")


def test_what_has_no_recipient_is_one_row():
    articles, statements = corpus()
    alone = replace(statements[1], id="", arguments=(), event=replace(statements[1].event, recipients=()))
    graph = KnowledgeGraph([alone, *statements[4:]], articles)
    for name in ("between", "supplies"):
        rows = [row for row in graph.query(name) if str(row.who) == "Russia" and row.whom is None]
        assert len(rows) == 1


def test_rows_go_by_name_and_become_a_frame(graph):
    result = graph.query("SELECT ?who ?belief { ?f a tm:Fact ; tm:actor ?who ; tm:belief ?belief } ORDER BY ?f LIMIT 2")
    assert [row.who for row in result] == [row["who"] for row in result]
    frame = result.to_frame()
    assert list(frame.columns) == ["who", "belief", "who_label"]
    assert frame["who"].iloc[0].startswith("country:")
    assert list(result.to_frame(labels=False).columns) == ["who", "belief"]


def test_a_frames_columns_are_typed(graph):
    frame = graph.query(
        "SELECT ?who ?belief ?sources ?day ?quote ?is ?theme { ?f tm:actor ?who ; tm:belief ?belief ;"
        " tm:sources ?sources ; tm:firstReported ?day ; tm:evidence/tm:quote ?quote . BIND(?sources > 0 AS ?is)"
        " OPTIONAL { ?f tm:theme ?theme } } ORDER BY ?day"
    ).to_frame()
    kinds = {name: str(kind) for name, kind in frame.dtypes.items()}
    assert (kinds["belief"], kinds["sources"], kinds["is"]) == ("float64", "Int64", "boolean")
    assert kinds["day"].startswith("datetime64") and frame["day"].iloc[0].year == 2023
    assert {"Russia", "Iran"} <= set(frame["who_label"]) and frame["theme_label"].isna().any()


def test_an_empty_answer_is_an_empty_frame(graph):
    frame = graph.query("SELECT ?a ?b { ?a rel:meets ?b }").to_frame()
    assert list(frame.columns) == ["a", "b"] and frame.empty


def test_a_table_tells_what_an_entity_is_called(graph):
    table = graph.query("SELECT ?a ?t { ?f tm:actor ?a ; tm:theme ?t } ORDER BY ?a").text("table")
    assert "country:IRN (Iran)" in table and "thing:drones" in table and "(drones)" not in table


@pytest.mark.parametrize("format", ["table", "csv", "tsv", "json"])
def test_every_format_holds_every_row(graph, format):
    text = graph.query("SELECT ?a { ?a a tm:State } ORDER BY ?a").text(format)
    assert all(state in text for state in ("RUS", "PRK", "IRN", "USA"))


def test_turtle_is_for_graphs(graph):
    assert "country:RUS a tm:State" in graph.query("CONSTRUCT WHERE { ?a a tm:State }").text("ttl")
    with pytest.raises(UsageError, match="CONSTRUCT"):
        graph.query("SELECT ?a { ?a a tm:State }").text("ttl")


def test_a_table_sends_no_control_characters_to_the_terminal(graph):
    table = graph.query('SELECT ("a\\u001b[2Jb\\u0007c\\nd" AS ?x) {}').text("table")
    assert "\x1b" not in table and "\x07" not in table and "b\ufffdc d" in table


def test_a_table_fits_its_width(graph):
    table = graph.query("SELECT ?s ?q { ?s tm:quote ?q }").text("table", width=40)
    assert max(len(line) for line in table.splitlines()) <= 40
