"""Loading without a store of others: what is refused, what is said, and what is kept of a load that broke off."""

from __future__ import annotations

import base64
import builtins
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg.engines import outputs
from kg.errors import ExportError, LedgerError, StoreError
from kg.ledger import Ledger
from kg.stores import LoadOptions, LoadRecord, load, sparql, targets
from kg.views.property_graph import relationship_type

BASIC = "Basic " + base64.b64encode(b"ann:secret").decode()


class Handler(BaseHTTPRequestHandler):
    """A graph store that wants Basic authentication, and keeps what it was asked."""

    asked: list[tuple[str, str, str | None]]
    answer: int | None = None
    dies_after: int | None = None
    slow: float = 0.0

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        time.sleep(self.slow)
        if self.dies_after is not None and len(self.asked) >= self.dies_after:
            self.close_connection = True  # and no answer, as of a process that is gone
            return
        self.asked.append((self.command, self.path, self.headers["Authorization"]))
        if self.answer:
            self.send_response(self.answer)
            self.send_header("Location", "https://elsewhere.example/")
        elif self.headers["Authorization"] == BASIC:
            self.send_response(204)
        else:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="graphs"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[tuple[str, type[Handler]]]:
    handler = type("Fresh", (Handler,), {"asked": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/store", handler
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KG_STORE_USER", raising=False)
    monkeypatch.delenv("KG_STORE_PASSWORD", raising=False)


def test_a_password_is_sent_only_once_it_is_asked_for(server, graph, monkeypatch):
    where, handler = server
    monkeypatch.setenv("KG_STORE_USER", "ann")
    monkeypatch.setenv("KG_STORE_PASSWORD", "secret")
    loaded = load(graph, "sparql", where)
    assert [password for _, _, password in handler.asked] == [None, BASIC, BASIC, BASIC]
    assert {path for _, path, _ in handler.asked} == {
        "/store?graph=https%3A%2F%2Fw3id.org%2Fgeokg%2F" + name
        for name in ("dataset%2Fmerged", "article%2Fa1", "article%2Fa2")
    }
    assert loaded.counts["graphs"] == 3


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (403, r"asks for a user and a password \(403\): set KG_STORE_USER and KG_STORE_PASSWORD"),
        (302, "points to https://elsewhere.example/: give that address"),
        (405, r"takes no graphs \(405\): give the address of its graph store, or of its updates with --update"),
        (500, r"refuses \(500 Internal Server Error\): see its log; nothing was loaded"),
    ],
)
def test_a_refusal_is_one_line_with_its_remedy(server, graph, code, message):
    where, handler = server
    handler.answer = code
    with pytest.raises(StoreError, match=message) as caught:
        load(graph, "sparql", where)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("target", "where", "message"),
    [
        ("sparql", "http://127.0.0.1:9/store", "cannot be reached: start it, or mend the address; nothing was loaded"),
        ("sparql", "ftp://127.0.0.1/", "cannot be a store's address: give an absolute one"),
        ("sparql", "http://ann:secret@127.0.0.1/", "must not hold a password: set KG_STORE_USER"),
        ("fuseki", "http://127.0.0.1/", "no store is called 'fuseki': take one of ladybug, neo4j, sparql"),
    ],
)
def test_what_cannot_be_loaded_is_said(graph, target, where, message):
    with pytest.raises(StoreError, match=message):
        load(graph, target, where)


def test_a_graph_name_that_is_no_iri_is_refused(graph):
    with pytest.raises(ExportError, match="'merged' cannot be the name of a graph"):
        load(graph, "sparql", "http://127.0.0.1:9/store", options=LoadOptions(merged="merged"))


def test_a_user_without_a_password_is_refused(graph, monkeypatch):
    monkeypatch.setenv("KG_STORE_USER", "ann")
    with pytest.raises(StoreError, match="belong together"):
        load(graph, "sparql", "http://127.0.0.1:9/store")


@pytest.mark.parametrize(("target", "package"), [("neo4j", "neo4j"), ("ladybug", "ladybug")])
def test_a_missing_package_is_named(graph, target, package, monkeypatch):
    original = builtins.__import__

    def without(name, *rest, **more):
        if name.split(".")[0] == package:
            raise ImportError(name)
        return original(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(StoreError, match=r"\[stores\]"):
        load(graph, target, "bolt://127.0.0.1:9")


def test_a_load_that_broke_off_is_resumed_and_a_whole_one_is_not(tmp_path):
    path = tmp_path / "loads" / "store.json"
    record = LoadRecord(path)
    record.note("graphs", [("a", "1"), ("b", "2")])
    assert not record.passes_over("graphs", "a", "1")
    record.save(complete=False)
    again = LoadRecord(path)
    assert again.passes_over("graphs", "a", "1") and again.resumed == 1
    assert not again.passes_over("graphs", "b", "changed")
    assert not LoadRecord(path, fresh=True).passes_over("graphs", "a", "1")
    assert again.gone("graphs", ["b"]) == ["a"]
    again.save(complete=True)
    assert not LoadRecord(path).passes_over("graphs", "a", "1")


@pytest.mark.parametrize("content", ["{", "[]", '{"given": {}}', '{"complete": true, "given": []}'])
def test_a_damaged_record_is_named(tmp_path, content):
    path = tmp_path / "store.json"
    path.write_text(content)
    with pytest.raises(StoreError, match=r"store.json is damaged: remove it, and load again"):
        LoadRecord(path)


def test_a_failed_load_leaves_its_record(graph, tmp_path):
    with pytest.raises(StoreError):
        load(graph, "sparql", "http://127.0.0.1:9/store", folder=tmp_path)
    (path,) = (tmp_path / "loads").iterdir()
    assert json.loads(path.read_text()) == {"complete": False, "given": {}}


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_load_that_a_store_breaks_off_is_gone_on_with_and_leaves_the_ledger_alone(
    server, records, tmp_path, monkeypatch
):
    where, handler = server
    monkeypatch.setenv("KG_STORE_USER", "ann")
    monkeypatch.setenv("KG_STORE_PASSWORD", "secret")
    Ledger(tmp_path).append(records)
    before = contents(tmp_path / "ledger")
    handler.dies_after = 3  # one is asked twice: without the password, and with it
    for _ in range(2):
        with pytest.raises(
            StoreError, match=r"cannot be reached: start it.*; 2 things are loaded: run the same command"
        ):
            outputs.load("sparql", where, folder=tmp_path)
        assert contents(tmp_path / "ledger") == before
    handler.dies_after = None
    handler.asked.clear()
    loaded = outputs.load("sparql", where, folder=tmp_path)
    assert (loaded.resumed, loaded.counts["graphs"]) == (2, 3)
    assert {path.rpartition("%2F")[2] for _, path, _ in handler.asked} == {"a2"}
    assert contents(tmp_path / "ledger") == before
    assert outputs.load("sparql", where, folder=tmp_path).resumed == 0


def test_a_store_that_does_not_answer_is_named(server, graph, monkeypatch):
    where, handler = server
    handler.slow = 0.5
    monkeypatch.setattr(sparql, "SECONDS", (5, 0.05))
    with pytest.raises(StoreError, match=r"does not answer in time: see whether it is at work; nothing was loaded"):
        load(graph, "sparql", where)


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ("bolt://127.0.0.1:9", "cannot be reached: start it, or mend the address; nothing was loaded"),
        ("nowhere", "cannot be a Bolt address"),
        ("bolt://[", "cannot be a Bolt address"),
    ],
)
def test_a_bolt_store_that_is_down_or_misnamed_is_said_in_one_line(graph, where, message):
    pytest.importorskip("neo4j", reason="needs the neo4j driver: python -m pip install neo4j")
    with pytest.raises(StoreError, match=message) as caught:
        load(graph, "neo4j", where)
    assert "\n" not in str(caught.value)


def test_a_server_that_speaks_no_bolt_is_said_in_one_line(server, graph):
    pytest.importorskip("neo4j", reason="needs the neo4j driver: python -m pip install neo4j")
    where, _ = server
    with pytest.raises(StoreError, match="nothing was loaded") as caught:
        load(graph, "neo4j", where.replace("http", "bolt").removesuffix("/store"))
    assert "\n" not in str(caught.value)


def test_a_load_out_of_a_damaged_ledger_asks_nothing_of_the_store(server, records, tmp_path):
    where, handler = server
    Ledger(tmp_path).append(records)
    (file,) = (tmp_path / "ledger" / "claims").iterdir()
    file.write_bytes(file.read_bytes()[:-10])
    with pytest.raises(LedgerError, match=r"claims/part-000001\.parquet is damaged"):
        outputs.load("sparql", where, folder=tmp_path)
    assert handler.asked == [] and not (tmp_path / "loads").exists()


def test_a_relation_is_a_type_of_relationship():
    found = [relationship_type(lemma) for lemma in ("send to", "de-escalate", "2 talks", "警告")]
    assert found == ["SEND_TO", "DE_ESCALATE", "R_2_TALKS", "RELATED_TO"]


def test_every_store_is_registered():
    assert set(targets()) >= {"ladybug", "neo4j", "sparql"}
