"""Connections that say nothing, say it slowly, or do not listen, are ended; there are so many and no more."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn

from kg.engines.outputs import write_outputs
from kg.graph import Graph
from kg.serving import app as app_module
from kg.serving import protocol
from kg.serving.app import application


@pytest.fixture
def address(records, tmp_path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    """The endpoint in this process, with short deadlines."""
    for name, seconds in (("HEAD_SECONDS", 0.5), ("STALLED_SECONDS", 0.5), ("LOOK_SECONDS", 0.1)):
        monkeypatch.setattr(protocol, name, seconds)
    monkeypatch.setattr(protocol, "MOST_CONNECTIONS", 5)
    monkeypatch.setattr(app_module, "BODY_SECONDS", 0.5)
    write_outputs(Graph.from_records(records), tmp_path, pipeline=None, base_iri=None)
    (tmp_path / "graph.html").write_bytes(b"x" * 50_000_000)
    app = application(tmp_path, hosts=("127.0.0.1",))
    config = uvicorn.Config(app, http=protocol.GuardedProtocol, ws="none", log_level="error", lifespan="on")
    server = uvicorn.Server(config)
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield listener.getsockname()
    server.should_exit = True
    thread.join(20)
    listener.close()


def connected(address: tuple[str, int], text: bytes) -> socket.socket:
    sock = socket.create_connection(address, timeout=10)
    sock.sendall(text)
    return sock


def is_ended(sock: socket.socket) -> bool:
    """Whether the server ends a connection, within the socket's timeout."""
    try:
        while sock.recv(65536):
            pass
    except ConnectionError:
        pass
    except TimeoutError:
        return False
    return True


HEAD = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"


@pytest.mark.parametrize("text", [b"", b"GET", HEAD + b"X: ", HEAD + b"Connection: keep-alive\r\n\r\n" + HEAD])
def test_a_head_that_does_not_come_ends_the_connection(address: tuple[str, int], text: bytes) -> None:
    assert is_ended(connected(address, text))


def test_a_head_that_drips_ends_it_too(address: tuple[str, int]) -> None:
    sock = connected(address, HEAD)
    start = time.monotonic()
    with pytest.raises(ConnectionError):
        while time.monotonic() - start < 10:
            sock.sendall(b"X: y\r\n")
            time.sleep(0.1)


def test_a_body_that_does_not_come_is_told(address: tuple[str, int]) -> None:
    head = (
        b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\nContent-Length: 9\r\n"
    )
    sock = connected(address, head + b"\r\nASK")
    assert sock.recv(1000).startswith(b"HTTP/1.1 408 ")


def test_an_answer_that_is_not_taken_ends_it(address: tuple[str, int]) -> None:
    sock = connected(address, b"GET /graph.html HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    time.sleep(3)
    received = 0
    with pytest.raises(ConnectionError):
        while part := sock.recv(1_000_000):
            received += len(part)
        raise ConnectionResetError
    assert received < 50_000_000


def test_the_silent_make_room(address: tuple[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 60.0)
    silent = [connected(address, b"GET") for _ in range(20)]
    answered = connected(address, HEAD + b"Connection: close\r\n\r\n")
    assert answered.recv(1000).startswith(b"HTTP/1.1 200 ")
    for sock in silent:
        sock.settimeout(0.5)
    assert sum(not is_ended(sock) for sock in silent) <= 5
