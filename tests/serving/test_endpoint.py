"""The endpoint, started as a user starts it, and asked by clients that others wrote."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
import requests
import SPARQLWrapper
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kg.engines.outputs import write_outputs
from kg.errors import LedgerError, ServingError
from kg.graph import Graph
from kg.ledger import Ledger
from kg.rdf import Names, TripleStore, quads, ready_queries
from kg.serving import serve

EDGES = "SELECT ?s ?o { ?s rel:warn ?o }"
PUTIN, NATO = (f"https://w3id.org/geokg/entity/{id}" for id in ("Q7747", "Q7184"))
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SECONDS = 2


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served")


@pytest.fixture
def graph(records) -> Graph:
    return Graph.from_records(records)


@pytest.fixture
def address(folder: Path, records, server: str) -> str:
    return server


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[str]:
    """``kg serve`` in a process of its own, on any free port."""
    write_outputs(Graph.from_records([]), folder, pipeline=None, base_iri=None)
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", "--seconds", str(SECONDS), "--graph", str(folder)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ)
    assert process.stderr
    line = process.stderr.readline()
    try:
        assert "serving" in line and "SPARQL at http://127.0.0.1:" in line, line
        address = line.split(" at ")[1].split(",")[0]
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                requests.get(address, timeout=5)
                break
            except requests.ConnectionError:
                time.sleep(0.05)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert process.stderr.read() == ""


@pytest.fixture(autouse=True)
def filled(folder: Path, server: str, records) -> None:
    """The graph is written while the server runs: it answers from the store as it is now."""
    ledger = Ledger(folder)
    if not ledger.article_ids():
        ledger.append(records)
        write_outputs(Graph.from_records(records), folder, pipeline=None, base_iri=None)


def get(address: str, query: str | None = None, accept: str | None = None, **parameters: str) -> requests.Response:
    wanted = {"Accept": accept} if accept else {}
    values = {"query": query, **parameters} if query is not None else parameters
    return requests.get(f"{address}sparql", params=values, headers=wanted, timeout=30, allow_redirects=False)


def test_sparqlwrapper_gets_rows_a_boolean_and_triples(address):
    client = SPARQLWrapper.SPARQLWrapper(f"{address}sparql")
    for method in (SPARQLWrapper.GET, SPARQLWrapper.POST):
        for request in (SPARQLWrapper.URLENCODED, SPARQLWrapper.POSTDIRECTLY):
            if request == SPARQLWrapper.POSTDIRECTLY and method == SPARQLWrapper.GET:
                continue
            client.setMethod(method)
            client.setRequestMethod(request)
            client.setQuery(EDGES)
            client.setReturnFormat(SPARQLWrapper.JSON)
            bindings = client.queryAndConvert()["results"]["bindings"]
            assert [(row["s"]["value"], row["o"]["value"]) for row in bindings] == [(PUTIN, NATO)]
    client.setQuery("ASK { ?s rel:warn ?o }")
    assert client.queryAndConvert() == {"head": {}, "boolean": True}
    client.setQuery("CONSTRUCT { ?s rel:warn ?o } WHERE { ?s rel:warn ?o }")
    client.setReturnFormat(SPARQLWrapper.TURTLE)
    assert b"warn" in client.queryAndConvert()
    client.setReturnFormat(SPARQLWrapper.RDFXML)
    assert len(client.queryAndConvert()) == 1


def test_rdflib_asks_it_as_a_store(address, graph):
    remote = rdflib.Graph(SPARQLStore(f"{address}sparql"))
    found = set(remote.triples((rdflib.URIRef(PUTIN), None, None)))
    wanted = {quad.triple for quad in quads(graph) if quad.subject.value == PUTIN}
    assert {(str(s), str(p), str(o)) for s, p, o in found} == {
        (t.subject.value, t.predicate.value, t.object.value) for t in wanted
    }
    rows = remote.query("SELECT ?l { ?c <https://w3id.org/geokg/ontology#lemma> ?l } ORDER BY ?l")
    assert [str(row.l) for row in rows] == [
        "invade",
        "join",
        "meet",
        "president of",
        "reject",
        "send to",
        "wait",
        "warn",
    ]


@pytest.mark.parametrize("name", [query.name for query in ready_queries()])
def test_every_ready_question_is_a_link_that_is_answered(address, folder, name):
    links = Links()
    links.feed(requests.get(f"{address}questions", timeout=30).text)
    query = next(query for query in ready_queries() if query.name == name)
    (href,) = [href for href, text in links.found if text == query.title]
    answer = requests.get(f"{address[:-1]}{href}", headers={"Accept": "text/csv"}, timeout=30)
    assert answer.status_code == 200
    assert len(answer.text.splitlines()) - 1 == len(TripleStore.open(folder).ready(name).rows)


class Links(HTMLParser):
    """The links of a page, with their texts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag, attrs) -> None:
        if tag == "a":
            self.found.append((dict(attrs)["href"], ""))

    def handle_data(self, data) -> None:
        if self.found and not self.found[-1][1]:
            self.found[-1] = (self.found[-1][0], data)


@pytest.mark.parametrize(
    ("accept", "type", "start"),
    [
        (None, "application/sparql-results+json", "{"),
        ("*/*", "application/sparql-results+json", "{"),
        ("application/json", "application/json", "{"),
        ("application/sparql-results+xml", "application/sparql-results+xml", "<?xml"),
        ("text/csv", "text/csv; charset=utf-8", "s,o\r\n"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", "?s\t?o\n"),
        ("text/csv;q=0.1, application/sparql-results+xml;q=0.9", "application/sparql-results+xml", "<?xml"),
        ("text/html,application/xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8", "<!doctype html>"),
    ],
)
def test_rows_come_in_the_format_that_is_accepted(address, accept, type, start):
    answer = get(address, EDGES, accept)
    assert (answer.status_code, answer.headers["content-type"]) == (200, type)
    assert answer.text.startswith(start) and PUTIN in answer.text


@pytest.mark.parametrize(
    ("accept", "format"),
    [
        ("text/turtle", pyoxigraph.RdfFormat.TURTLE),
        ("application/n-triples", pyoxigraph.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", pyoxigraph.RdfFormat.RDF_XML),
        ("application/ld+json", pyoxigraph.RdfFormat.JSON_LD),
    ],
)
def test_triples_and_graphs_come_in_every_format(address, graph, accept, format):
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    found = get(address, query, accept)
    assert found.headers["content-type"].partition(";")[0] == accept
    parsed = {quad.triple for quad in pyoxigraph.parse(found.content, format=format)}
    assert parsed == {quad.triple for quad in quads(graph)}
    name = Names().article("a1")
    named = requests.get(f"{address}store", params={"graph": name.value}, headers={"Accept": accept}, timeout=30)
    parsed = {quad.triple for quad in pyoxigraph.parse(named.content, format=format)}
    assert parsed == {quad.triple for quad in quads(graph) if quad.graph_name == name}


def test_the_default_graph_is_read_and_what_is_not_there_is_not_found(address, graph):
    found = requests.get(f"{address}store?default", headers={"Accept": "application/n-triples"}, timeout=30)
    parsed = {quad.triple for quad in pyoxigraph.parse(found.content, format=pyoxigraph.RdfFormat.N_TRIPLES)}
    assert parsed == {q.triple for q in quads(graph) if isinstance(q.graph_name, pyoxigraph.DefaultGraph)}
    assert requests.head(f"{address}store?default", timeout=30).status_code == 200
    assert requests.get(f"{address}store?graph=http://none.example/", timeout=30).status_code == 404
    for wrong in ("store", "store?default&graph=http://a.example/", "store?graph=no%20iri"):
        assert requests.get(f"{address}{wrong}", timeout=30).status_code == 400
    assert requests.get(f"{address}store?default", headers={"Accept": "image/png"}, timeout=30).status_code == 406


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_no_graph_is_changed(address, folder, method):
    before = set(TripleStore.open(folder).store)
    answer = requests.request(method, f"{address}store?default", data=b"<a:a> <a:b> <a:c> .", timeout=30)
    assert answer.status_code == 405 and set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert set(TripleStore.open(folder).store) == before


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("SELECT * WHERE { ?s ?p }", 400, "line 1, column 25, at its end: mend it there"),
        ("SELECT *\nWHERE { ?s nope:x ?o }", 400, "declare PREFIX nope:"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", 400, "malformed SPARQL, line 1, column 1"),
        ("LOAD <http://127.0.0.1/>", 400, "malformed SPARQL, line 1, column 1"),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", 403, "SERVICE is not answered"),
        ("SELECT * { service # <\nSILENT ?x{ ?s ?p ?o } }", 403, "SERVICE is not answered"),
        ("SELECT * { ?s <a:b> <a:it's> SERVICE <http://127.0.0.1/'>{ } }", 403, "SERVICE is not answered"),
        ("SELECT * { ?s ?p 5SERVICE<http://127.0.0.1/>{ } }", 403, "SERVICE is not answered"),
        ("SELECT * { SERVICE ?a\u00b7b { ?s ?p ?o } }", 403, "SERVICE is not answered"),
        (f"ASK {{ {'{' * 5000}{'}' * 5000} }}", 400, "more than 200 brackets within each other"),
        (f"ASK {{ ?s ?p {':' * 16_000} }}", 400, "malformed SPARQL"),
        ("ASK { ?s ?p '\ufffe' ", 400, "at its end"),
    ],
)
def test_what_is_not_answered_is_said(address, query, status, words):
    answer = get(address, query)
    assert answer.status_code == status and words in answer.text


def test_a_word_is_no_clause(address):
    for query in ('ASK { ?service ?p "a service {" }', "ASK { ?s <http://a.example/service> ?o }"):
        assert get(address, query).json()["boolean"] is False


def test_updates_are_refused_and_so_are_other_bodies(address):
    url = f"{address}sparql"
    assert requests.post(url, data={"update": "CLEAR ALL"}, timeout=30).status_code == 403
    direct = {"Content-Type": "application/sparql-update"}
    assert requests.post(url, data="CLEAR ALL", headers=direct, timeout=30).status_code == 403
    assert requests.post(url, data="x", headers={"Content-Type": "text/plain"}, timeout=30).status_code == 415
    assert requests.post(url, data={"other": "x"}, timeout=30).status_code == 400
    assert get(address, EDGES, **{"default-graph-uri": "no iri"}).status_code == 400
    assert requests.get(f"{url}?query=ASK{{}}&query=ASK{{}}", timeout=30).status_code == 400
    long = {"Content-Type": "application/sparql-query"}
    assert requests.post(url, data=b"#" * 1_000_001, headers=long, timeout=30).status_code == 413
    assert requests.post(url, data=b"\xff", headers=long, timeout=30).status_code == 400
    assert get(address, EDGES, "image/png").status_code == 406


def test_the_graphs_asked_can_be_named_by_the_request_or_the_query(address):
    one = Names().article("a1").value
    claims = "SELECT ?c { ?c a kg:Claim }"
    for answer in (
        get(address, claims, "text/csv", **{"default-graph-uri": one}),
        get(address, f"SELECT ?c FROM <{one}> {{ ?c a kg:Claim }}", "text/csv"),
        get(address, "SELECT ?c { GRAPH ?g { ?c a kg:Claim } }", "text/csv", **{"named-graph-uri": one}),
    ):
        assert len(answer.text.splitlines()) == 1 + 5
    assert len(get(address, claims, "text/csv").text.splitlines()) == 1 + 10


def test_a_query_that_takes_too_long_is_ended_and_the_next_one_answered(address):
    start = time.monotonic()
    answer = get(address, SLOW)
    assert (answer.status_code, answer.text) == (503, f"no answer within {SECONDS} s: ask for less\n")
    assert SECONDS <= time.monotonic() - start < SECONDS + 8
    assert get(address, EDGES).status_code == 200


def test_the_service_describes_itself(address):
    described = rdflib.Graph().parse(data=get(address).text, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    (service,) = described.subjects(rdflib.RDF.type, sd.Service)
    assert str(described.value(service, sd.endpoint)) == f"{address}sparql"
    assert (service, sd.supportedLanguage, sd.SPARQL11Query) in described
    to_people = get(address, accept="text/html")
    assert (to_people.status_code, to_people.headers["location"]) == (303, "/questions")


def test_the_page_is_the_front(address, folder):
    front = requests.get(address, timeout=30)
    assert 'src="/graph.html"' in front.text and "default-src 'none'" in front.headers["content-security-policy"]
    assert requests.get(f"{address}graph.html", timeout=30).text == (folder / "graph.html").read_text("utf8")


def test_every_answer_says_what_a_browser_may_do_with_it(address):
    for path in (
        "",
        "graph.html",
        "questions",
        "sparql",
        "sparql?query=ASK{}",
        "store?default",
        "nowhere",
        "sparql?query=x",
    ):
        headers = requests.get(f"{address}{path}", timeout=30).headers
        assert headers["x-content-type-options"] == "nosniff"
        for words in ("default-src 'none'", "form-action ", "base-uri 'none'", "frame-ancestors 'self'"):
            assert words in headers["content-security-policy"], path


def test_what_a_proxy_says_is_not_believed(address):
    claimed = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.1"}
    assert "https://" not in requests.get(f"{address}questions", headers=claimed, timeout=30).text


def test_what_a_query_holds_is_text_on_its_page(address):
    hostile = "SELECT ('<script>alert(1)</script>' AS ?x) {}"
    answer = get(address, hostile, "text/html")
    assert "<script>" not in answer.text and "&lt;script&gt;" in answer.text


def test_a_page_elsewhere_cannot_reach_it_by_a_name_of_its_own(address):
    answer = requests.get(f"{address}sparql", params={"query": EDGES}, headers={"Host": "evil.example"}, timeout=30)
    assert answer.status_code == 400


def test_what_cannot_be_served_is_said(folder, tmp_path):
    with pytest.raises(LedgerError, match="holds no store: run `kg build`"):
        serve(tmp_path)
    with pytest.raises(ServingError, match=r"others can reach 0\.0\.0\.0: serve on 127\.0\.0\.1"):
        serve(folder, host="0.0.0.0")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(ServingError, match=r"cannot be taken .*: name another with --port"):
            serve(folder, port=taken.getsockname()[1])
