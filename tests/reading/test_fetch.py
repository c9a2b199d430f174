"""Addresses: asked only when allowed, only in public, only as the robots' rules let, never without bounds."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg.model import Article
from kg.reading import Rejected, fetch, read

PAGE = "<title>Laos opens dam</title><h1>Laos opens dam</h1><p>Laos opened a dam in Orléans Road on Tuesday.</p>"


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        answers: dict[str, tuple[int, dict[str, str], bytes]] = {
            "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /closed"),
            "/page": (200, {"Content-Type": "text/html; charset=windows-1252"}, PAGE.encode("cp1252")),
            "/moved": (302, {"Location": "/page"}, b""),
            "/round": (302, {"Location": "/round"}, b""),
            "/away": (302, {"Location": "file:///etc/passwd"}, b""),
            "/closed": (200, {"Content-Type": "text/html"}, PAGE.encode()),
            "/film": (200, {"Content-Type": "video/mp4"}, b"x"),
            "/long": (200, {"Content-Type": "text/plain"}, b"x" * 50_000),
        }
        status, headers, body = answers.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.parametrize("path", ["/page", "/moved"])
def test_a_page_is_fetched_in_the_encoding_that_its_server_declares(site: str, path: str) -> None:
    (article,) = read([site + path], fetch=True, private=True)
    assert isinstance(article, Article)
    assert article.body == "Laos opened a dam in Orléans Road on Tuesday."
    assert article.url == f"{site}/page"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/round", "redirects more than"),
        ("/away", "is no web address"),
        ("/closed", "closed to programs"),
        ("/film", "'video/mp4'"),
        ("/none", "status 404"),
        ("/long", "more than 40,000 bytes"),
    ],
)
def test_what_is_refused_says_why(site: str, path: str, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "MOST_BYTES", 40_000)
    (item,) = read([site + path], fetch=True, private=True)
    assert isinstance(item, Rejected) and reason in item.reason and item.path == site + path


def test_no_address_is_asked_unless_allowed_and_no_private_one_unless_told(site: str) -> None:
    (item,) = read([f"{site}/page"])
    assert isinstance(item, Rejected) and "--fetch" in item.remedy
    for address in (f"{site}/page", f"{site.replace('127.0.0.1', 'localhost')}/page"):
        (item,) = read([address], fetch=True)
        assert isinstance(item, Rejected) and "no public address" in item.reason, item


def test_a_server_that_is_not_there() -> None:
    (item,) = read(["http://127.0.0.1:9/page"], fetch=True, private=True)
    assert isinstance(item, Rejected) and "cannot be reached" in item.reason
