"""Articles at web addresses, asked for politely and warily: bounded in size, time and redirects, by the robots' rules.

An address may lead to the machine itself or its own network, by its name or by a redirect; so the address that a
connection was really made to is looked at before anything is asked of it.
"""

from __future__ import annotations

import ipaddress
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from kg.reading.inputs import UnreadableError
from kg.version import VERSION

AGENT = f"geokg/{VERSION}"
MOST_BYTES = 20_000_000
MOST_SECONDS = 60.0
SECONDS_A_STEP = 15.0
MOST_REDIRECTS = 5
PIECE = 65_536
ROBOTS_BYTES = 500_000
REDIRECTS = frozenset({301, 302, 303, 307, 308})
SUFFIX_OF_TYPE = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "txt",
    "text/markdown": "md",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/x-ndjson": "jsonl",
    "application/pdf": "pdf",
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/xml": "xml",
    "text/xml": "xml",
    "message/rfc822": "eml",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: where it lay in the end, its bytes, its kind by suffix, and its encoding if declared."""

    address: str
    body: bytes
    suffix: str
    encoding: str | None


def fetched(address: str, *, private: bool = False) -> Fetched:
    """What lies at an address of http or https.

    :param private: allow addresses of this machine and of its own network.
    :raises UnreadableError: if the address is refused, by us, its server or the robots' rules, or takes too long.
    """
    ends = time.monotonic() + MOST_SECONDS
    with requests.Session() as session:
        # A proxy would connect in our place, and the guard on addresses would see the proxy's alone.
        session.trust_env = False
        session.headers["User-Agent"] = AGENT
        adapter = _Adapter(private=private)
        session.mount("http://", adapter)
        session.mount("https://", adapter)
        for _ in range(MOST_REDIRECTS + 1):
            _require_allowed(session, address, ends)
            with _asked(session, address, ends) as answer:
                if answer.status_code in REDIRECTS and answer.headers.get("Location"):
                    address = urljoin(address, answer.headers["Location"])
                    continue
                if answer.status_code != 200:
                    raise UnreadableError(f"answers with status {answer.status_code}", "open it in a browser")
                return _read(answer, address, ends)
    raise UnreadableError(f"redirects more than {MOST_REDIRECTS} times", "give the address where it ends")


def _asked(session: requests.Session, address: str, ends: float) -> requests.Response:
    if urlsplit(address).scheme not in ("http", "https"):
        raise UnreadableError(f"leads to {address!r}, which is no web address", "give one of http or https")
    left = min(SECONDS_A_STEP, ends - time.monotonic())
    if left <= 0:
        raise UnreadableError(f"takes more than {MOST_SECONDS:.0f} seconds", "save the page, and give that file")
    try:
        return session.get(address, timeout=left, stream=True, allow_redirects=False)
    except (requests.RequestException, UnicodeError, ValueError) as error:
        refused = _cause(error)
        if refused is not None:
            raise refused from None
        reason = f"cannot be reached ({type(error).__name__})"
        raise UnreadableError(reason, "check the address and the network") from None


def _read(answer: requests.Response, address: str, ends: float) -> Fetched:
    kind = answer.headers.get("Content-Type", "text/html").partition(";")[0].strip().lower()
    suffix = SUFFIX_OF_TYPE.get(kind)
    if suffix is None:
        raise UnreadableError(f"is of the type {kind!r}, which no reader knows", "give the address of an article")
    encoding = requests.utils.get_encoding_from_headers(answer.headers)
    declared = encoding if "charset" in answer.headers.get("Content-Type", "").lower() else None
    return Fetched(address, _bounded(answer, MOST_BYTES, ends), suffix, declared)


def _bounded(answer: requests.Response, most: int, ends: float) -> bytes:
    body = bytearray()
    try:
        for piece in answer.iter_content(PIECE):
            body += piece
            if len(body) > most:
                raise UnreadableError(f"holds more than {most:,} bytes", "save it, and give that file")
            if time.monotonic() > ends:
                raise UnreadableError(f"takes more than {MOST_SECONDS:.0f} seconds", "save it, and give that file")
    except requests.RequestException as error:
        raise UnreadableError(f"breaks off ({type(error).__name__})", "try again, or save the page") from None
    return bytes(body)


def _require_allowed(session: requests.Session, address: str, ends: float) -> None:
    """Refuse what the robots' rules of a server forbid; a server without rules allows all, one that fails nothing."""
    parts = urlsplit(address)
    rules = RobotFileParser()
    with _asked(session, urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", "")), ends) as answer:
        if answer.status_code >= 500:
            raise UnreadableError(f"has robots' rules that cannot be read (status {answer.status_code})", "try later")
        if answer.status_code != 200:
            return
        rules.parse(_bounded(answer, ROBOTS_BYTES, ends).decode("utf-8", "replace").splitlines())
    if not rules.can_fetch(AGENT, address):
        raise UnreadableError("is closed to programs by its server (robots.txt)", "save the page in a browser")


def _cause(error: BaseException) -> UnreadableError | None:
    """Our own refusal, inside the errors that the libraries put around it."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, UnreadableError):
            return seen
        inner = next((one for one in seen.args if isinstance(one, BaseException)), None)
        seen = getattr(seen, "reason", None) or inner or seen.__context__
    return None


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public network: not loopback, private, link-local, reserved or multicast.

    >>> is_public("93.184.216.34"), is_public("127.0.0.1"), is_public("169.254.169.254"), is_public("::ffff:10.0.0.1")
    (True, False, False, False)
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return found.is_global and not found.is_multicast


def _guard(connection: Any, connected: Any) -> Any:
    """A connection's socket, unless it leads to where nothing public lies."""
    peer = connected.getpeername()[0]
    if not is_public(peer):
        connected.close()
        raise UnreadableError(f"leads to {peer}, which is no public address", "allow it with --private if it is yours")
    return connected


class _HTTP(HTTPConnection):
    def _new_conn(self) -> Any:
        return _guard(self, super()._new_conn())


class _HTTPS(HTTPSConnection):
    def _new_conn(self) -> Any:
        return _guard(self, super()._new_conn())


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _HTTP  # pyright: ignore[reportAssignmentType] -- urllib3 means its own classes.


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _HTTPS  # pyright: ignore[reportAssignmentType]


class _Adapter(HTTPAdapter):
    """requests' own adapter, whose connections are looked at as soon as they are made."""

    def __init__(self, *, private: bool) -> None:
        self._private = private
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options)
        if not self._private:
            pools: Any = {"http": _HTTPPool, "https": _HTTPSPool}
            self.poolmanager.pool_classes_by_scheme = pools
