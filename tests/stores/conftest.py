"""Stores that others wrote, each started on loopback and stopped again."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NoReturn

import pytest
import requests

from kg.graph import Graph
from kg.model import Record
from kg.rdf import Names

HOST = "127.0.0.1"
START = 60
VIRTUOSO = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = {host}:{port}
NumberOfBuffers = 10000
[HTTPServer]
ServerPort = {host}:{http}
ServerRoot = .
"""
ARCADE = """
import sys
from arcadedb_embedded.server import create_server
plugins = "Bolt:com.arcadedb.bolt.BoltProtocolPlugin"
config = {"http_port": int(sys.argv[2]), "server_plugins": plugins, "bolt_port": int(sys.argv[3]),
          "server_defaultDatabases": "kg[root]"}
with create_server(sys.argv[1], root_password="a-test-password", config=config):
    print("ready", flush=True)
    sys.stdin.read()
"""


def missing(reason: str) -> NoReturn:
    """Skip a test whose store is not installed, except where all of them must be (KG_REQUIRE_STORES=1)."""
    if os.environ.get("KG_REQUIRE_STORES"):
        pytest.fail(reason)
    pytest.skip(reason)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def wait_for(port: int, process: subprocess.Popen[Any]) -> None:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"{process.args} did not start")


@contextmanager
def running(command: list[str], port: int, **options: Any) -> Iterator[subprocess.Popen[Any]]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    try:
        wait_for(port, process)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@dataclass
class Sparql:
    """A store that speaks SPARQL: where it takes graphs, updates and queries."""

    graphs: str
    updates: str
    queries: str
    process: subprocess.Popen[Any]
    user: tuple[str, str] | None = None
    rewrites_whole_decimals: bool = False
    start_again: Callable[[], None] = field(default=lambda: None)

    def ask(self, query: str, names: Names | None = None) -> list[tuple[str | None, ...]]:
        prefixes = "".join(f"PREFIX {key}: <{iri}>\n" for key, iri in (names or Names()).prefixes.items())
        answer = requests.post(
            self.queries, data={"query": prefixes + query}, headers={"Accept": "application/sparql-results+json"}
        )
        answer.raise_for_status()
        found = answer.json()
        names_ = found["head"]["vars"]
        return [tuple(row.get(name, {}).get("value") for name in names_) for row in found["results"]["bindings"]]

    def graph(self, name: str) -> bytes:
        auth = requests.auth.HTTPDigestAuth(*self.user) if self.user else None
        wanted = {"Accept": "text/turtle"}
        answer = requests.get(self.graphs, params={"graph": name}, headers=wanted, auth=auth)
        answer.raise_for_status()
        return answer.content

    def size(self) -> int:
        (row,) = self.ask("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?g), 'kg/')) }")
        return int(row[0] or 0)


def oxigraph_command() -> str:
    beside = Path(sys.executable).with_name("oxigraph")
    command = str(beside) if beside.exists() else shutil.which("oxigraph")
    if command is None:
        missing("needs the server of Oxigraph: python -m pip install oxigraph")
    return command


@pytest.fixture
def oxigraph(tmp_path: Path) -> Iterator[Sparql]:
    port = free_port()
    command = [oxigraph_command(), "serve", "-l", str(tmp_path / "oxigraph"), "-b", f"{HOST}:{port}"]
    command.append("--union-default-graph")
    base = f"http://{HOST}:{port}"
    again: list[subprocess.Popen[Any]] = []

    def start_again() -> None:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        again.append(process)
        wait_for(port, process)

    with running(command, port) as process:
        yield Sparql(f"{base}/store", f"{base}/update", f"{base}/query", process, start_again=start_again)
    for process in again:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sparql]:
    if not shutil.which("virtuoso-t"):
        missing("needs Virtuoso: apt-get install virtuoso-opensource-7-bin")
    folder = tmp_path_factory.mktemp("virtuoso")
    port, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO.format(host=HOST, port=port, http=http))
    base = f"http://{HOST}:{http}"
    with running(["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"], http, cwd=folder) as process:
        grant = 'GRANT SPARQL_UPDATE TO "SPARQL";'
        subprocess.run(
            ["isql-vt", f"{HOST}:{port}", "dba", "dba", f"EXEC={grant}"], check=True, capture_output=True
        )  # fmt: skip
        addresses = (f"{base}/sparql-graph-crud-auth", f"{base}/sparql-auth", f"{base}/sparql")
        yield Sparql(*addresses, process, ("dba", "dba"), rewrites_whole_decimals=True)


@pytest.fixture
def virtuoso(virtuoso_server: Sparql, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sparql]:
    monkeypatch.setenv("KG_STORE_USER", "dba")
    monkeypatch.setenv("KG_STORE_PASSWORD", "dba")
    yield virtuoso_server
    for (name,) in virtuoso_server.ask("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?g), 'kg/')) }"):
        auth = requests.auth.HTTPDigestAuth("dba", "dba")
        requests.delete(virtuoso_server.graphs, params={"graph": name}, auth=auth).raise_for_status()


@dataclass
class Cypher:
    """A property-graph store: the target and address to load it by, and how it is asked."""

    target: str
    where: str
    ask: Callable[[str], list[tuple[Any, ...]]]
    database: str | None = None

    def size(self) -> tuple[int, int]:
        (nodes,), (edges,) = self.ask("MATCH (n) RETURN count(n)")[0], self.ask("MATCH ()-[r]->() RETURN count(r)")[0]
        return nodes, edges


@pytest.fixture(scope="session")
def arcadedb_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    for package in ("arcadedb_embedded", "neo4j"):
        if not find_spec(package):
            missing("needs ArcadeDB and the neo4j driver: python -m pip install arcadedb-embedded neo4j")
    bolt = free_port()
    folder = tmp_path_factory.mktemp("arcadedb")
    command = [sys.executable, "-c", ARCADE, str(folder), str(free_port()), str(bolt)]
    process = subprocess.Popen(
        command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdin and process.stdout
    try:
        assert "ready" in process.stdout.readline()
        yield f"bolt://{HOST}:{bolt}"
    finally:
        process.stdin.close()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture
def arcadedb(arcadedb_server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cypher]:
    import neo4j

    monkeypatch.setenv("KG_STORE_USER", "root")
    monkeypatch.setenv("KG_STORE_PASSWORD", "a-test-password")
    with neo4j.GraphDatabase.driver(arcadedb_server, auth=("root", "a-test-password")) as driver:

        def ask(query: str) -> list[tuple[Any, ...]]:
            return [tuple(row) for row in driver.execute_query(query, database_="kg").records]

        yield Cypher("neo4j", arcadedb_server, ask, database="kg")
        ask("MATCH (n) DETACH DELETE n")


@pytest.fixture
def ladybug(tmp_path: Path) -> Cypher:
    if not find_spec("ladybug"):
        missing("needs Ladybug: python -m pip install ladybug")
    import ladybug

    where = tmp_path / "graph.lbug"

    def ask(query: str) -> list[tuple[Any, ...]]:
        with ladybug.Database(where, read_only=True) as database, ladybug.Connection(database) as connection:
            return [tuple(row) for row in connection.execute(query).get_all()]

    return Cypher("ladybug", str(where), ask)


@pytest.fixture
def graph(records: list[Record]) -> Graph:
    return Graph.from_records(records)
