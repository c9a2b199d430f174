"""Queries taken apart as Oxigraph's parser takes them apart, which needs no space where others do."""

from __future__ import annotations

import time

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.graph import Graph
from kg.rdf import TripleStore
from kg.rdf.store import names_graphs
from kg.rdf.tokens import taken_apart

OTHER = "<http://127.0.0.1:9/>"
CALLS = [
    f"ASK {{ SERVICE {OTHER} {{ ?s ?p ?o }} }}",
    f"ASK {{ service # <\nSILENT {OTHER}{{ ?s ?p ?o }} }}",
    "ASK { SERVICE ?a\u00b7b { ?s ?p ?o } }",
    "ASK { SERVICE ?a\u203fb { ?s ?p ?o } }",
    "ASK { SERVICE ?a\u0301 { ?s ?p ?o } }",
    f"ASK {{ ?s ?p trueSERVICE {OTHER} {{ ?s ?p ?o }} }}",
    f"ASK {{ ?s ?p 1SERVICE{OTHER}{{ ?s ?p ?o }} }}",
    "PREFIX a: <http://127.0.0.1:9/> ASK { SERVICEa:x{ ?s ?p ?o } }",
    "PREFIX a: <http://127.0.0.1:9/> ASK { SERVICESILENTa:x{ ?s ?p ?o } }",
    "PREFIX service: <http://127.0.0.1:9/> ASK { SERVICE service:x { ?s ?p ?o } }",
    "ASK { FILTER(1<2)SERVICE#>\n?s{ ?s ?p ?o } }",
    f"PREFIX b: <http://b/> ASK {{ FILTER(1<b:c#>'''\n) SERVICE {OTHER} {{ ?s ?p ?o }} #'''\n}}",
    f"ASK {{ FILTER(?a<'''x>''' ) SERVICE {OTHER} {{ ?s ?p ?o }} #'''\n}}",
    f"ASK {{ ?s <http://x/\\u0041#> 1 . SERVICE {OTHER} {{ ?s ?p ?o }} }}",
    f"PREFIX a: <http://a/> ASK {{ ?s a:b\\# 1 . SERVICE {OTHER} {{ ?s ?p ?o }} }}",
    f"ASK {{ ?s <a:b> <a:it's> SERVICE {OTHER} {{ ?s ?p ?o }} }}",
    f"ASK {{ ?x ?y ?z LATERAL {{ SERVICE {OTHER} {{ ?s ?p ?o }} }} }}",
    f"ASK {{ FILTER EXISTS {{ SERVICE {OTHER} {{ ?s ?p ?o }} }} }}",
]
WORDS = [
    'ASK { ?service ?p "a service {" }',
    "ASK { ?s <http://a.example/service> ?o }",
    "PREFIX : <http://a/> ASK { ?s :service 'it', '''ser'vice''' . ?x <http://a/b#service> 1 } # service",
    "ASK { ?s ?p ?x, ?y, ?z FILTER(?x<?y&&?y>3 && ?z = <http://a/service#x>) }",
]


@pytest.mark.parametrize("query", CALLS)
def test_a_call_to_another_host_is_seen(query: str) -> None:
    assert taken_apart(query).asks_others


@pytest.mark.parametrize("query", WORDS)
def test_a_word_that_calls_nobody_is_not(query: str) -> None:
    assert not taken_apart(query).asks_others
    pyoxigraph.Store().query(query)  # it is SPARQL


PIECES = [
    "SERVICE", "service", "SILENT", " ", "\n", "#", "<", ">", "<http://127.0.0.1:9/>", "?s", "?", ":", "a:", "'", "'''",
    '"', "{", "}", "(", ")", "[", "]", "\\", "\\u0041", ".", ";", ",", "FILTER", "EXISTS", "1", "=", "<<", ">>", "@en",
    "a:b", "{?s ?p ?o}", "?s ?p ?o .", "-", "*", "|", "^", "!", "&&", "OPTIONAL", "true", "\u00b7", "é",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_no_query_calls_another_host_unseen(pieces: list[str]) -> None:
    query = "PREFIX a: <http://127.0.0.1:9/> ASK { " + "".join(pieces) + " }"
    if not taken_apart(query).asks_others:
        try:
            pyoxigraph.Store().query(query)
        except (SyntaxError, RuntimeError, ValueError):
            pass
        except OSError as error:  # port 9 is refused by the client before it connects
            raise AssertionError(query) from error


@pytest.mark.parametrize(
    "piece", [":", "'", '"""\\', "<a", "SERVICE", "<", "(", "a-", "?", "'''\\'", "#", "<((((#", "FROM.", "FROM ", "@a"]
)
def test_it_takes_time_in_proportion_to_the_length(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        start = time.process_time()
        taken_apart(text)
        return time.process_time() - start

    assert seconds(400_000) < 40 * max(seconds(20_000), 0.01)


def test_what_names_graphs() -> None:
    assert names_graphs("SELECT * FROM<https://example.org/a> { ?s ?p ?o }")
    assert names_graphs("PREFIX from: <a:b> SELECT * from # \n NAMED from:x { ?s ?p ?o }")
    assert not names_graphs("PREFIX from: <a:b> SELECT * { ?from from:x 'FROM <x>' }")


@pytest.mark.parametrize("query", ["ASK {{ {0}{1} }}", "ASK {{ FILTER({2}1{3}) }}"])
def test_deep_queries_are_refused_and_less_deep_ones_answered(query: str) -> None:
    def nested(depth: int) -> str:
        return query.format(*(bracket * depth for bracket in "{}()"))

    store = TripleStore.of(Graph.from_records([]))
    assert store.query(nested(150)).boolean
    with pytest.raises(QueryError, match="more than 200 brackets"):
        store.query(nested(100_000))


def test_long_queries_do_not_end_the_process() -> None:
    binds = "".join(f"BIND(1 AS ?x{number})" for number in range(3_000))
    assert TripleStore.of(Graph.from_records([])).query(f"ASK {{ {binds} }}").boolean
