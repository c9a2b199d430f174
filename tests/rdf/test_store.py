from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import LedgerError, QueryError
from kg.graph import Graph
from kg.model import Event
from kg.rdf import Names, TripleStore, quads, ready_queries, ready_query
from kg.rdf import nodes as nodes_room
from kg.rdf.names import BASE_IRI
from kg.rdf.ready import bound
from kg.rdf.store import changes_of

# The rows that each ready query gives on the two articles of ``crisis``, by some of its columns.
EXPECTED = [
    ("threats", {}, "subject relation object date", [
        ("Vladimir Putin", "warns", "NATO", "2022-02-01"), ("Vladimir Putin", "warns", "NATO", "2022-02-03")]),
    ("threats", {"since": "2022-02-02"}, "date", [("2022-02-03",)]),
    ("threats", {"actor": "THE ALLIANCE"}, "date", [("2022-02-01",), ("2022-02-03",)]),
    ("threats", {"actor": "Ukraine"}, "date", []),
    ("rejections", {}, "subject relation object date", [
        ("United States", "rejects", "Russian demands", "2022-01-26")]),
    ("meetings", {}, "subject relation object date", [("Vladimir Putin", "meets", "Viktor Orbán", "2022-02-01")]),
    ("accusations", {}, "subject", []),
    ("sanctions", {}, "subject", []),
    ("aid", {}, "subject", []),
    ("force", {}, "subject", []),
    ("inferred", {}, "relation object confidence", [("warns", "NATO", "0.6")]),
    ("timeline", {"actor": "Putin"}, "date relation", [
        ("2022-02-01", "meets"), ("2022-02-01", "president of"), ("2022-02-01", "warns"), ("2022-02-03", "warns")]),
    ("since", {"since": "2022-02-03"}, "subject relation", [("Vladimir Putin", "warns")]),
    ("between", {"a": "nato", "b": "ukraine"}, "subject relation object polarity modality", [
        ("NATO", "sends to", "Ukraine", "negative", "asserted"),
        ("Ukraine", "joins", "NATO", "positive", "conditional"),
        ("NATO", "sends to", "Ukraine", "positive", "asserted")]),
    ("said-about", {"speaker": "putin", "topic": "Ukraine"}, "speaker_name cue subject relation object modality", [
        ("Vladimir Putin", "said", "Ukraine", "joins", "NATO", "conditional")]),
    ("said-about", {"speaker": "putin", "topic": "Russia"}, "subject", []),
    ("denied", {}, "source_name subject relation object", [("United States", "NATO", "sends to", "Ukraine")]),
    ("disputed", {}, "subject relation object for_source against_source", [
        ("NATO", "sends to", "Ukraine", "Russia", "United States")]),
    ("not-asserted", {}, "modality source_name subject relation object", [
        ("conditional", "Vladimir Putin", "Ukraine", "joins", "NATO"),
        ("possible", None, "Russia", "invades", "Ukraine")]),
    ("evidence", {"actor": "Russian demands"}, "article relation asserted sentence", [
        ("a1", "rejects", "true", "United States reject Russian demands 2022-01-26.")]),
    ("roles", {}, "subject relation object", [("Vladimir Putin", "president of", "Russia")]),
    ("active-pairs", {}, "subject object claims mean_goldstein", [
        ("Vladimir Putin", "NATO", "2", "-4.4"),
        ("United States", "Russian demands", "1", "-4"),
        ("Vladimir Putin", "Russia", "1", None),
        ("Vladimir Putin", "Viktor Orbán", "1", "1")]),
    ("allies-and-rivals", {}, "one other mean_goldstein claims", [
        ("NATO", "Vladimir Putin", "-4.4", "2"),
        ("United States", "Russian demands", "-4", "1"),
        ("Viktor Orbán", "Vladimir Putin", "1", "1")]),
    ("actors", {}, "subject kind acts receives", [
        ("Vladimir Putin", "person", "4", "0"), ("Russia", "country", "1", "1"),
        ("United States", "country", "1", "0"), ("NATO", "organization", "0", "2"),
        ("Russian demands", "thing", "0", "1"), ("Viktor Orbán", "person", "0", "1")]),
    ("sources", {}, "source_name claims in_quotes", [
        ("Russia", "1", "0"), ("United States", "1", "0"), ("Vladimir Putin", "1", "0")]),
    ("event-types", {}, "type events", [("THREATEN", "2"), ("CONSULT", "1"), ("REJECT", "1")]),
    ("events", {"only": "threaten", "since": "2022-02-02"}, "date source target cameo goldstein reports", [
        ("2022-02-03", "Vladimir Putin", "NATO", "130", "-4.4", "1")]),
    ("places", {}, "place type source target", [("Kyiv", "CONSULT", "Vladimir Putin", "Viktor Orbán")]),
    ("sectors", {}, "source_sector", []),
    ("dyads", {}, "source", []),
    ("corroborated", {}, "source", []),
    ("edges", {}, "subject relation object", [
        ("United States", "rejects", "Russian demands"), ("Vladimir Putin", "meets", "Viktor Orbán"),
        ("Vladimir Putin", "president of", "Russia"), ("Vladimir Putin", "warns", "NATO")]),
    ("articles", {}, "article headline published claims", [
        ("a1", "Putin warns NATO", "2022-02-01", "5"), ("a2", None, "2022-02-03", "5")]),
]  # fmt: skip


@pytest.fixture
def store(records) -> TripleStore:
    return TripleStore.of(Graph.from_records(records))


@pytest.mark.parametrize(("name", "parameters", "columns", "rows"), EXPECTED)
def test_ready_queries_find_what_they_ask_for(store, name, parameters, columns, rows):
    found = [tuple(row[column] for column in columns.split()) for row in store.ready(name, **parameters).dicts()]
    assert found == rows


def test_events_are_counted_by_sector_and_country_and_told_by_several_articles(writer):
    attack = Event("ASSAULT", "material conflict", "190", -10.0)
    articles = writer("a"), writer("b")
    for article in articles:
        russia, ukraine = article.world["Russia"], article.world["Ukraine"]
        article.world["Russia"] = replace(russia, sector="MIL", country_code="RUS")
        article.world["Ukraine"] = replace(ukraine, sector="GOV", country_code="UKR", latitude=49.5, longitude=31.0)
        article.claim("Russia", "attack", "Ukraine", event=attack, place="Ukraine")
    store = TripleStore.of(Graph.from_records([article.record() for article in articles]))
    assert store.ready("sectors").rows == (("MIL", "GOV", "materialConflict", "1", "-10"),)
    assert store.ready("dyads").rows == (("RUS", "UKR", "materialConflict", "1", "-10"),)
    assert store.ready("places").rows == (("Ukraine", "UKR", "49.5", "31", "ASSAULT", "Russia", "Ukraine", "2"),)
    assert store.ready("corroborated").rows == (("Russia", "ASSAULT", "Ukraine", "2", "2"),)
    assert len(store.ready("events", country="ukr").rows) == 1
    assert store.ready("events", country="USA").rows == ()


@pytest.mark.parametrize(("name", "parameters"), [(name, given) for name, given, *_ in EXPECTED if given])
def test_looking_an_actor_up_first_changes_no_answer(store, name, parameters):
    query = ready_query(name)
    slow = bound(query, parameters, base_iri=store.names.base, default_base=BASE_IRI)
    quick = bound(query, parameters, base_iri=store.names.base, default_base=BASE_IRI, known=store.called)
    assert store.query(quick).rows == store.query(slow).rows
    actors = {"actor", "a", "b", "speaker", "topic"} & parameters.keys()
    assert ("EXISTS" in quick) is ("EXISTS" in slow and not actors)


def test_every_ready_query_is_documented_and_tested():
    queries = ready_queries()
    assert len(queries) >= 15
    assert {query.name for query in queries} == {name for name, *_ in EXPECTED}
    for query in queries:
        assert query.title and query.description
        line = next((line for line in query.sparql.splitlines() if line.endswith("# parameters")), "")
        assert [part.strip("?()") for part in line.split("{")[0].split()[1:]] == [p.name for p in query.parameters]


def test_ready_queries_run_as_they_stand_in_rdflib(records):
    dataset = Graph.from_records(records).to_rdf()
    for query in ready_queries():
        expected = next(rows for name, parameters, _, rows in EXPECTED if name == query.name)
        if query.name in ("threats", "disputed", "edges", "denied"):
            assert len(list(dataset.query(query.sparql))) == len(expected)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.text(st.characters(exclude_categories=["Cs"])).filter(lambda value: value != ""))
def test_parameters_are_values_whatever_they_hold(store, value):
    known = {"putin", "vladimir putin", "nato", "the alliance"}
    assert bool(store.ready("threats", actor=value).rows) == (value.lower() in known)


@pytest.mark.parametrize("value", ['") } ?s ?p ?o { ("', "\\u0022) } #", '"@en', "x\\", "'''", "\n# parameters"])
def test_a_parameter_cannot_break_out(store, value):
    assert store.ready("threats", actor=value).rows == ()


def test_unknown_names_and_parameters_say_what_there_is(store):
    with pytest.raises(QueryError, match="no ready query is called 'nope': take one of .*threats"):
        ready_query("nope")
    with pytest.raises(QueryError, match="'threats' has no parameter 'who': it takes actor, since"):
        store.ready("threats", who="NATO")
    with pytest.raises(QueryError, match="it takes none"):
        store.ready("disputed", who="NATO")


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        ("SELECT * WHERE { ?s ?p }", "line 1, column 25, at its end: mend it"),
        ("SELECT *\nWHERE { ?s ?p ", "line 2, column .*, at its end"),
        ("SELECT * { ?s foo:x ?o }", r"declare PREFIX foo: <\.\.\.>"),
        ("", "malformed SPARQL"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "malformed SPARQL, line 1"),
    ],
)
def test_malformed_sparql_names_the_place_and_the_remedy(store, sparql, message):
    with pytest.raises(QueryError, match=message) as caught:
        store.query(sparql)
    assert "\n" not in str(caught.value)


def test_answers_are_rows_a_boolean_or_triples(store, records):
    assert store.query("SELECT ?o { entity:Q7747 rel:warn ?o }").rows == (("https://w3id.org/geokg/entity/Q7184",),)
    assert store.query("ASK { entity:Q212 rel:join entity:Q7184 }").boolean is False
    assert store.query("ASK { ?c rdf:subject entity:Q212 ; rdf:predicate rel:join }").boolean is True
    assert len(store.query("CONSTRUCT { ?s rel:warn ?o } WHERE { ?s rel:warn ?o }").triples) == 1
    assert store.query("SELECT ?x { OPTIONAL { ?x rel:none ?y } }").rows == ((None,),)
    assert Graph.from_records(records).query("ASK { ?s rel:warn ?o }").boolean is True


def test_the_readme_question_who_warned_nato(store):
    found = store.query('SELECT ?who { ?s rel:warn ?o ; rdfs:label ?who . ?o rdfs:label "NATO" }')
    assert found.rows == (("Vladimir Putin",),)


def test_the_default_graph_alone_holds_no_claims(store):
    assert store.query("ASK { GRAPH ?g { ?c a kg:Claim } }").boolean is True
    assert store.query("ASK { GRAPH ?g { ?s rel:warn ?o } }").boolean is False


def test_a_store_on_disk_answers_as_one_in_memory_and_is_replaced_whole(tmp_path, records, store):
    graph = Graph.from_records(records)
    for _ in range(2):
        assert TripleStore.build(graph, tmp_path) == tmp_path / "store"
        on_disk = TripleStore.open(tmp_path)
        assert set(on_disk.store) == set(store.store)
        assert on_disk.ready("edges") == store.ready("edges")
        del on_disk
    TripleStore.build(Graph.from_records(records[1:]), tmp_path)
    assert [row[0] for row in TripleStore.open(tmp_path).ready("articles").rows] == ["a2"]


def held(folder) -> set:
    store = TripleStore.open(folder).store
    found = set(store)
    del store
    return found


def inode(folder) -> int:
    return (folder / "store").stat().st_ino


def test_a_store_is_updated_in_place_and_holds_what_one_built_anew_would(tmp_path, records, writer):
    third = writer("a3")
    third.claim("Ukraine", "join", "NATO")
    changed = writer("a2")
    changed.claim("Russia", "warn", "NATO", confidence=0.5)
    TripleStore.update(Graph.from_records(records), tmp_path)
    place = inode(tmp_path)
    states = [[*records, third.record()], [records[0], changed.record()], records[:1], records, records, []]
    for state in states:
        graph = Graph.from_records(state)
        TripleStore.update(graph, tmp_path)
        assert held(tmp_path) == set(quads(graph))
        assert {name.value for name in TripleStore.open(tmp_path).store.named_graphs()} == {
            Names().article(id).value for id in graph.articles
        }
    assert inode(tmp_path) == place


def test_only_the_graph_of_a_changed_article_is_replaced_and_in_one_transaction(records, writer):
    changed = writer("a2")
    changed.claim("Russia", "warn", "NATO")
    store = TripleStore.of(Graph.from_records(records)).store
    wanted = set(quads(Graph.from_records([records[0], changed.record()])))
    update = changes_of(store, quads(Graph.from_records([records[0], changed.record()])), most=10_000)
    assert "CLEAR SILENT GRAPH <https://w3id.org/geokg/article/a2>" in update
    assert "article/a1> {" not in update
    store.update(update)
    assert set(store) == wanted
    assert changes_of(store, sorted(wanted, key=lambda quad: str(quad.graph_name)), most=10_000) == ""


def test_an_update_that_breaks_off_changes_nothing_and_the_next_one_heals_it(tmp_path, records, writer, monkeypatch):
    changed = writer("a2")
    changed.claim("Russia", "warn", "NATO")
    before, after = Graph.from_records(records), Graph.from_records([records[0], changed.record()])
    TripleStore.update(before, tmp_path)
    with monkeypatch.context() as patch:
        # The last operation fails, when those that replace the article's graph are done.
        broken = lambda *args, **options: changes_of(*args, **options) + " ;\nCLEAR GRAPH <urn:no-such-graph>"  # noqa: E731
        patch.setattr("kg.rdf.store.changes_of", broken)
        with pytest.raises(LedgerError, match="store cannot be written to"):
            TripleStore.update(after, tmp_path)
    assert held(tmp_path) == set(quads(before))
    TripleStore.update(after, tmp_path)
    assert held(tmp_path) == set(quads(after))


@pytest.mark.parametrize("anew", [False, True], ids=["in place", "anew"])
def test_an_error_while_a_graph_is_written_leaves_the_store_as_it_was(tmp_path, records, monkeypatch, anew):
    graph = Graph.from_records(records)
    TripleStore.update(Graph.from_records(records[:1]), tmp_path)
    before = held(tmp_path)
    described = nodes_room._article

    def breaks_at_the_second(article):
        if article.id == "a2":
            raise KeyError("half way")
        return described(article)

    with monkeypatch.context() as patch:
        patch.setattr(nodes_room, "_article", breaks_at_the_second)
        with pytest.raises(KeyError, match="half way"):
            (TripleStore.build if anew else TripleStore.update)(graph, tmp_path)
    assert held(tmp_path) == before
    TripleStore.update(graph, tmp_path)
    assert held(tmp_path) == set(quads(graph))


def test_a_store_that_is_filled_in_parts_holds_all(records, monkeypatch):
    graph = Graph.from_records(records)
    monkeypatch.setattr("kg.rdf.store.NODES_AT_ONCE", 7)
    assert set(TripleStore.of(graph).store) == set(quads(graph))


def test_a_store_is_built_anew_when_much_differs_or_it_is_damaged(tmp_path, records):
    graph = Graph.from_records(records)
    assert changes_of(TripleStore.of(Graph.from_records([])).store, quads(graph), most=10) is None
    TripleStore.update(graph, tmp_path)
    for file in (tmp_path / "store").iterdir():
        file.write_bytes(b"x")
    TripleStore.update(graph, tmp_path)
    assert held(tmp_path) == set(quads(graph))


def test_a_query_that_names_its_graphs_sees_no_others(store):
    from_one = "SELECT ?c FROM <https://w3id.org/geokg/article/a1> { ?c a kg:Claim }"
    assert len(store.query(from_one).rows) == len(store.query("SELECT ?c { ?c a kg:Claim }").rows) // 2 == 5


def test_a_store_below_another_base_iri_is_asked_in_its_own_terms(tmp_path, records):
    TripleStore.build(Graph.from_records(records), tmp_path, base_iri="https://example.org/news/")
    store = TripleStore.open(tmp_path)
    assert store.names.base == "https://example.org/news/"
    assert len(store.ready("threats").rows) == 2
    assert store.query("SELECT ?o { entity:Q7747 rel:warn ?o }").rows == (("https://example.org/news/entity/Q7184",),)


def test_a_missing_or_damaged_store_is_named(tmp_path, records):
    with pytest.raises(LedgerError, match="holds no store: run `kg build`"):
        TripleStore.open(tmp_path)
    TripleStore.build(Graph.from_records(records), tmp_path)
    for file in (tmp_path / "store").iterdir():
        file.write_bytes(b"x")
    with pytest.raises(LedgerError, match="store is damaged"):
        TripleStore.open(tmp_path)
