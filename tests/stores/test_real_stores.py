"""The graph in stores that others wrote: loaded twice, read back, asked, taken away again, and broken off."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import threading
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import pyoxigraph
import pytest
import requests

from kg.errors import StoreError
from kg.graph import Graph, open_graph
from kg.ledger import Ledger
from kg.model import Record
from kg.rdf import Names, TripleStore, quads
from kg.rdf.names import XSD
from kg.stores import LoadOptions, LoadRecord, load
from kg.stores.neo4j import load_neo4j
from kg.stores.sparql import load_sparql

pytestmark = pytest.mark.stores

QUESTIONS = tomllib.loads((Path(__file__).parent / "questions.toml").read_text("utf8"))
SPARQL, CYPHER = ("oxigraph", "virtuoso"), ("arcadedb", "ladybug")


def rows(found: object) -> list[tuple[str, ...]]:
    """Rows as text and in order, whatever types a store gives them."""
    return sorted(tuple("" if cell is None else str(cell) for cell in row) for row in found)


def expected(graph: Graph, question: str) -> list[tuple[str, ...]]:
    found = rows(TripleStore.of(graph).query(QUESTIONS[question]["sparql"]).rows)
    assert found
    return found


def written(graph: Graph) -> set[pyoxigraph.Triple]:
    return {quad.triple for quad in quads(graph)}


def held(store, graph: Graph) -> set[pyoxigraph.Triple]:
    names = Names()
    graphs = [names.dataset("merged"), *(names.article(id) for id in graph.articles)]
    documents = (store.graph(name.value) for name in graphs)
    return {
        quad.triple for document in documents for quad in pyoxigraph.parse(document, format=pyoxigraph.RdfFormat.TURTLE)
    }


def by_value(triples: set[pyoxigraph.Triple]) -> set[pyoxigraph.Triple]:
    """Whole decimals as the integers that they are: Virtuoso writes them so, and nothing else differs."""
    integer = pyoxigraph.NamedNode(XSD + "integer")
    return {
        pyoxigraph.Triple(t.subject, t.predicate, pyoxigraph.Literal(t.object.value, datatype=integer))
        if isinstance(t.object, pyoxigraph.Literal)
        and t.object.datatype.value == XSD + "decimal"
        and "." not in t.object.value
        else t
        for t in triples
    }


def assert_same(store, graph: Graph) -> None:
    same = by_value if store.rewrites_whole_decimals else set
    assert same(held(store, graph)) == same(written(graph))


@pytest.fixture(params=SPARQL)
def sparql(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(params=CYPHER)
def cypher(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("update", [False, True], ids=["graphs", "updates"])
def test_a_sparql_store_holds_what_was_written_and_loading_twice_changes_nothing(sparql, graph, update):
    where = sparql.updates if update else sparql.graphs
    options = LoadOptions(update=update)
    first = load(graph, "sparql", where, options=options)
    assert first.counts == {"graphs": 3, "triples": len(set(quads(graph)))}
    assert sparql.size() == first.counts["triples"]
    assert load(graph, "sparql", where, options=options) == first
    assert sparql.size() == first.counts["triples"]
    assert_same(sparql, graph)


def test_the_same_questions_have_the_same_answers_in_sparql(sparql, graph):
    load(graph, "sparql", sparql.graphs)
    for question, texts in QUESTIONS.items():
        assert rows(sparql.ask(texts["sparql"])) == expected(graph, question), question


def test_the_same_questions_have_the_same_answers_in_cypher(cypher, graph):
    load(graph, cypher.target, cypher.where, options=LoadOptions(database=cypher.database))
    for question, texts in QUESTIONS.items():
        assert rows(cypher.ask(texts["cypher"])) == expected(graph, question), question


@pytest.mark.parametrize("claims", ["nodes", "relationships"])
def test_loading_a_property_graph_twice_makes_no_node_or_edge_more(cypher, graph, claims, tmp_path):
    options = LoadOptions(database=cypher.database, claims=claims)
    first = load(graph, cypher.target, cypher.where, options=options, folder=tmp_path)
    size = cypher.size()
    second = load(graph, cypher.target, cypher.where, options=options, folder=tmp_path)
    assert (second, cypher.size()) == (first, size)
    asserted = sum(statement.asserted for statement in graph.statements)
    with_object = sum(claim.object is not None for claim in graph.claims.values())
    nodes = len(graph.articles) + len(graph.entities)
    if claims == "nodes":
        assert size[0] == nodes + len(graph.claims) and first.left_out == 0
    else:
        assert size == (nodes, asserted + with_object)
        assert first.left_out == len(graph.claims) - with_object == 1


def test_what_was_removed_from_the_graph_leaves_a_sparql_store(sparql, records, tmp_path):
    whole, part = Graph.from_records(records), Graph.from_records(records[:1])
    load(whole, "sparql", sparql.graphs, folder=tmp_path)
    assert load(part, "sparql", sparql.graphs, folder=tmp_path).removed == 1
    assert sparql.size() == len(set(quads(part)))
    assert_same(sparql, part)


def test_what_was_removed_from_the_graph_leaves_a_property_graph(cypher, records, tmp_path):
    options = LoadOptions(database=cypher.database)
    whole, part = Graph.from_records(records), Graph.from_records(records[:1])
    load(whole, cypher.target, cypher.where, options=options, folder=tmp_path)
    assert load(part, cypher.target, cypher.where, options=options, folder=tmp_path).removed > 5
    for question, texts in QUESTIONS.items():
        assert rows(cypher.ask(texts["cypher"])) == rows(
            TripleStore.of(part).query(QUESTIONS[question]["sparql"]).rows
        ), question


def test_another_password_or_none_is_refused_with_the_remedy(virtuoso, graph, monkeypatch):
    monkeypatch.setenv("KG_STORE_PASSWORD", "wrong")
    with pytest.raises(StoreError, match=r"takes another user or password \(40[13]\): set KG_STORE_USER"):
        load(graph, "sparql", virtuoso.graphs)
    monkeypatch.delenv("KG_STORE_PASSWORD")
    monkeypatch.delenv("KG_STORE_USER")
    with pytest.raises(StoreError, match=r"asks for a user and a password \(401\)"):
        load(graph, "sparql", virtuoso.graphs)


def test_bolt_refuses_another_password(arcadedb, graph, monkeypatch):
    monkeypatch.setenv("KG_STORE_PASSWORD", "wrong")
    with pytest.raises(StoreError, match="takes another user or password: set KG_STORE_USER .*nothing was loaded"):
        load(graph, "neo4j", arcadedb.where, options=LoadOptions(database="kg"))


class Relay:
    """Passes the bytes of connections on to a server, until it is closed: then the server cannot be reached."""

    def __init__(self, where: str) -> None:
        parts = urlsplit(where)
        self.server = parts.hostname, parts.port
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.where = f"bolt://127.0.0.1:{self.listener.getsockname()[1]}"
        self.ends: list[socket.socket] = []

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def closing_after(self, call: Callable[..., Any], *, times: int) -> Callable[..., Any]:
        """The same call, after the last of which the relay is closed."""
        left = [times]

        def called(*words: Any) -> Any:
            found = call(*words)
            left[0] -= 1
            if left[0] == 0:
                self.close()
            return found

        return called

    def close(self) -> None:
        for end in (self.listener, *self.ends):
            with contextlib.suppress(OSError):  # it was shut before
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # the relay was closed
            while True:
                client, _ = self.listener.accept()
                server = socket.create_connection(self.server)
                self.ends += [client, server]
                for one, other in ((client, server), (server, client)):
                    threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):  # the relay was closed
            while data := one.recv(65536):
                other.sendall(data)


class Killing(LoadRecord):
    """A record that ends the store's process after so many things."""

    def __init__(self, path: Path, process, after: int) -> None:
        super().__init__(path)
        self.process, self.left = process, after

    def note(self, table, digests) -> None:
        super().note(table, digests)
        self.left -= 1
        if self.left == 0:
            self.process.kill()
            self.process.wait()


def test_a_load_into_a_store_that_dies_says_how_far_it_came_and_goes_on(oxigraph, writer, tmp_path):
    articles: list[Record] = []
    for number in range(6):
        article = writer(f"a{number}")
        article.claim("Russia", "warn", "NATO")
        articles.append(article.record())
    graph = Graph.from_records(articles)
    path = tmp_path / "record.json"
    record = Killing(path, oxigraph.process, after=4)
    with pytest.raises(StoreError, match=r"cannot be reached: .*; 4 things are loaded: run the same command again"):
        load_sparql(graph, oxigraph.graphs, LoadOptions(), record)
    record.save(complete=False)
    oxigraph.start_again()
    loaded = load_sparql(graph, oxigraph.graphs, LoadOptions(), LoadRecord(path))
    assert loaded.resumed == 4 and loaded.counts["graphs"] == 7
    assert_same(oxigraph, graph)


DYING = """
import os, sys
from pathlib import Path
from kg.graph import open_graph
from kg.stores import LoadOptions, LoadRecord
from kg.stores.ladybug import load_ladybug

class Dying(LoadRecord):
    def note(self, table, digests):
        super().note(table, digests)
        if table == sys.argv[3]:
            os._exit(9)  # as a process does that is killed: nothing is closed, and no record is saved

load_ladybug(open_graph(sys.argv[1]), sys.argv[2], LoadOptions(), Dying(Path(sys.argv[1]) / "loads" / "record.json"))
"""


@pytest.mark.parametrize("table", ["Entity", "STATEMENT", "Claim"])
def test_a_load_whose_own_process_is_killed_leaves_the_ledger_alone_and_is_done_again(
    ladybug, records, tmp_path, table
):
    folder = tmp_path / "output"
    Ledger(folder).append(records)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    killed = subprocess.run([sys.executable, "-c", DYING, str(folder), ladybug.where, table])
    assert killed.returncode == 9
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    graph = open_graph(folder)
    load(graph, "ladybug", ladybug.where, folder=folder)
    whole = ladybug.size()
    load(graph, "ladybug", ladybug.where, folder=folder)
    assert ladybug.size() == whole
    assert whole[0] == len(graph.articles) + len(graph.entities) + len(graph.claims)


def test_a_bolt_store_that_dies_says_how_far_it_came(arcadedb, graph, tmp_path):
    """The server stays; what dies is the way to it: a relay in between."""
    record = LoadRecord(tmp_path / "record.json")
    with Relay(arcadedb.where) as relay:
        record.note = relay.closing_after(record.note, times=2)
        with pytest.raises(StoreError, match=r"; \d+ things are loaded: run the same command again to go on") as caught:
            load_neo4j(graph, relay.where, LoadOptions(database="kg"), record)
        assert "\n" not in str(caught.value)
    record.save(complete=False)
    again = LoadRecord(tmp_path / "record.json")
    loaded = load_neo4j(graph, arcadedb.where, LoadOptions(database="kg"), again)
    assert loaded.resumed > 0 and loaded.counts["claims"] == len(graph.claims)
    for question, texts in QUESTIONS.items():
        assert rows(arcadedb.ask(texts["cypher"])) == expected(graph, question), question


def test_an_oxigraph_store_takes_the_merged_graph_as_its_default_graph(oxigraph, graph):
    load(graph, "sparql", oxigraph.graphs, options=LoadOptions(merged="default"))
    found = requests.get(oxigraph.graphs, params={"default": ""}, headers={"Accept": "application/n-triples"})
    merged = {quad.triple for quad in quads(graph) if isinstance(quad.graph_name, pyoxigraph.DefaultGraph)}
    parsed = pyoxigraph.parse(found.content, format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert {quad.triple for quad in parsed} == merged


def test_a_store_that_takes_no_graphs_there_is_named(oxigraph, graph):
    with pytest.raises(StoreError, match=r"takes no graphs \(40[45]\): give the address of its graph store"):
        load(graph, "sparql", oxigraph.queries + "/none")
