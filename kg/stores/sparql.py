"""Into any store that speaks SPARQL 1.1: by the Graph Store Protocol, or by Update.

Each article's graph is replaced as one (PUT), so that loading twice changes nothing. What was merged has a graph of its
own, ``<base>dataset/merged``, lest a default graph that others write to be replaced.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Protocol
from urllib.parse import urlsplit, urlunsplit

import requests
from pyoxigraph import NamedNode, Quad, RdfFormat, serialize
from requests.auth import HTTPBasicAuth, HTTPDigestAuth

from kg.errors import ExportError, StoreError
from kg.graph import Graph
from kg.rdf import Names, quads
from kg.rdf.names import checked_iri
from kg.stores.loading import PASSWORD, USER, Loaded, LoadOptions, broken_off, credentials
from kg.stores.record import LoadRecord

GRAPHS = "graphs"
DEFAULT = "default"
MERGED = "merged"
TRIPLES_A_PUT = 20_000
TRIPLES_AN_UPDATE = 500
SECONDS = (10, 300)
ANSWER = 200


class RefusalError(Exception):
    """The store answered, but not with success."""


class Writer(Protocol):
    """A way to replace and to remove a graph of a store; a graph is named by its IRI, or is "default"."""

    size: int

    def replace(self, name: str, parts: list[bytes]) -> None:
        """Make a graph hold these triples, and no other; each part is a document of N-Triples."""
        ...

    def remove(self, name: str) -> None:
        """Take a graph away, if it is there."""
        ...


def load_sparql(graph: Graph, where: str, options: LoadOptions, record: LoadRecord) -> Loaded:
    """Load the graph of each article, and of what was merged, into the store at an address.

    :raises StoreError: if the store cannot be reached, refuses, or breaks off.
    """
    merged = _merged_name(options)
    http = Http(_address(where))
    writer: Writer = Update(http) if options.update else GraphStore(http)
    triples = done = 0
    names: list[str] = []
    try:
        for name, parts in _documents(graph, options, merged, writer.size):
            names.append(name)
            digest = hashlib.sha256(b"".join(parts)).hexdigest()
            if not record.passes_over(GRAPHS, name, digest):
                record.forget(GRAPHS, [name])
                writer.replace(name, parts)
                record.note(GRAPHS, [(name, digest)])
            done += 1
            triples += sum(part.count(b"\n") for part in parts)
        gone = record.gone(GRAPHS, names)
        for name in gone:
            writer.remove(name)
        record.forget(GRAPHS, gone)
    except requests.RequestException as error:
        raise broken_off(where, _reason(error), done) from error
    except RefusalError as error:
        raise broken_off(where, str(error), done) from error
    return Loaded(where, {"graphs": len(names), "triples": triples}, record.resumed, len(gone))


def _address(where: str) -> str:
    try:
        address = checked_iri(where, "a store's address").value
    except ExportError as error:
        raise StoreError(str(error)) from error
    if "@" in address.split("/")[2]:
        raise StoreError(f"an address must not hold a password: set {USER} and {PASSWORD} in the environment")
    return address


def _merged_name(options: LoadOptions) -> str:
    if options.merged == DEFAULT:
        return DEFAULT
    if options.merged:
        return checked_iri(options.merged, "the name of a graph").value
    return Names(options.base_iri).dataset(MERGED).value


def _documents(graph: Graph, options: LoadOptions, merged: str, size: int) -> Iterator[tuple[str, list[bytes]]]:
    """Each graph by its name, in parts of so many triples; what was merged comes first."""
    found = quads(graph, base_iri=options.base_iri, about=options.about)
    for name, group in groupby(found, key=lambda quad: quad.graph_name):
        # A store keeps a triple once; what is counted is what it holds.
        yield name.value if isinstance(name, NamedNode) else merged, list(_parts(dict.fromkeys(group), size))


def _parts(found: Iterable[Quad], size: int) -> Iterator[bytes]:
    triples = (quad.triple for quad in found)
    while part := list(islice(triples, size)):
        yield serialize(part, format=RdfFormat.N_TRIPLES) or b""


class Http:
    """Requests to one address; the credentials of the environment are sent once the store asks for them."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.session = requests.Session()
        self.credentials = credentials()

    def send(
        self, method: str, *, query: dict[str, str], body: bytes = b"", type: str = "", gone: bool = False
    ) -> None:
        """Send a request.

        :param gone: whether "not found" will do as well.
        :raises RefusalError: if the store answers, but not with success.
        """
        answer = self._sent(method, query, body, type)
        if answer.status_code == 401 and self.session.auth is None and self.credentials:
            digest = "digest" in answer.headers.get("WWW-Authenticate", "").lower()
            self.session.auth = HTTPDigestAuth(*self.credentials) if digest else HTTPBasicAuth(*self.credentials)
            answer = self._sent(method, query, body, type)
        if not (200 <= answer.status_code < 300 or (gone and answer.status_code == 404)):
            raise RefusalError(_refusal(answer, has_password=self.credentials is not None))

    def _sent(self, method: str, query: dict[str, str], body: bytes, type: str) -> requests.Response:
        headers = {"Content-Type": type} if body else {}
        return self.session.request(
            method, self.address, params=query, data=body, headers=headers, timeout=SECONDS, allow_redirects=False
        )


class GraphStore:
    """The SPARQL 1.1 Graph Store Protocol."""

    size = TRIPLES_A_PUT

    def __init__(self, http: Http) -> None:
        self.http = http

    def replace(self, name: str, parts: list[bytes]) -> None:
        """PUT the first part in place of what was there, and POST the others beside it."""
        for number, part in enumerate(parts):
            # N-Triples are Turtle, and every store must read Turtle.
            self.http.send("POST" if number else "PUT", query=self._query(name), body=part, type="text/turtle")

    def remove(self, name: str) -> None:
        """DELETE the graph."""
        self.http.send("DELETE", query=self._query(name), gone=True)

    def _query(self, name: str) -> dict[str, str]:
        return {"default": ""} if name == DEFAULT else {"graph": name}


class Update:
    """SPARQL 1.1 Update over HTTP."""

    size = TRIPLES_AN_UPDATE

    def __init__(self, http: Http) -> None:
        self.http = http

    def replace(self, name: str, parts: list[bytes]) -> None:
        """Drop the graph, and insert its triples."""
        for number, part in enumerate(parts):
            data = part.decode() if name == DEFAULT else f"GRAPH <{name}> {{\n{part.decode()}}}"
            self._send(f"{'' if number else self._drop(name)}INSERT DATA {{\n{data}}}")

    def remove(self, name: str) -> None:
        """Drop the graph."""
        self._send(self._drop(name))

    def _send(self, update: str) -> None:
        self.http.send("POST", query={}, body=update.encode(), type="application/sparql-update")

    def _drop(self, name: str) -> str:
        return f"DROP SILENT {'DEFAULT' if name == DEFAULT else f'GRAPH <{name}>'} ;\n"


def _refusal(answer: requests.Response, *, has_password: bool) -> str:
    code = answer.status_code
    if code in (401, 403):
        wanted = "takes another user or password" if has_password else "asks for a user and a password"
        return f"{wanted} ({code}): set {USER} and {PASSWORD} in the environment"
    if 300 <= code < 400:
        return f"points to {_without_password(answer.headers.get('Location', ''))}: give that address"
    if code in (404, 405, 501):
        return f"takes no graphs ({code}): give the address of its graph store, or of its updates with --update"
    words = " ".join(answer.text.split())[:ANSWER]
    return f"refuses ({code} {answer.reason}{f': {words}' if words else ''}): see its log"


def _without_password(address: str) -> str:
    """An address that may be shown: a user and password that it holds, and its query, may be somebody's secret."""
    try:
        parts = urlsplit(address)
        shown = urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
    except ValueError:
        shown = ""
    return shown[:ANSWER] or "another address"


def _reason(error: requests.RequestException) -> str:
    if isinstance(error, requests.Timeout):
        return "does not answer in time: see whether it is at work"
    if isinstance(error, requests.ConnectionError):
        return "cannot be reached: start it, or mend the address"
    return f"cannot be asked ({error}): mend the address"
