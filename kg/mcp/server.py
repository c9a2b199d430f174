"""The server: six tools that read, made with the protocol's official SDK, which the extra ``mcp`` installs."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError, QueryError, ServingError
from kg.graph import Graph, open_graph
from kg.ledger import Ledger
from kg.mcp import answers
from kg.mcp.answers import Facts
from kg.serving.worker import OK, Query
from kg.serving.workers import Workers
from kg.version import VERSION, install

if TYPE_CHECKING:
    from mcp.server import MCPServer

INSTRUCTIONS = (
    "A knowledge graph of geopolitical events read from news articles. Every statement has a standing, and the "
    "sentences that it stands on: quote them, and name the article. " + answers.NOTE[0].upper() + answers.NOTE[1:] + "."
)
ROWS_JSON, TURTLE = "application/sparql-results+json", "text/turtle"
MOST_CHARACTERS = 60_000


class _Reader:
    """The graph of a folder, opened when it is first asked, and anew when a build has changed it."""

    def __init__(self, folder: Path, *, seconds: float) -> None:
        self.folder = folder
        self.workers = Workers(folder, seconds=seconds, count=1)
        self._graph: Graph | None = None
        self._fingerprint = ""

    @property
    def graph(self) -> Graph:
        now = Ledger(self.folder, create=False).fingerprint()
        if self._graph is None or now != self._fingerprint:
            self._graph, self._fingerprint = open_graph(self.folder), now
        return self._graph

    def sparql(self, query: str) -> str:
        """The answer of the store, by a confined process; JSON of a SELECT or ASK, Turtle of a CONSTRUCT.

        :raises QueryError: if the query is malformed, takes too long, or gives too much.
        """
        reply = self.workers.answer(Query(query, ROWS_JSON, TURTLE, most_bytes=4 * MOST_CHARACTERS))
        text = reply.body.decode("utf-8", "replace")
        if reply.status != OK:
            raise QueryError(text.strip())
        if len(text) > MOST_CHARACTERS:
            raise QueryError(f"the answer has {len(text):,} characters: ask for less, with LIMIT")
        return text


def server_of(folder: str | Path, *, seconds: float = 30.0) -> MCPServer:
    """The server for the graph of a folder, not yet started.

    :param seconds: how long a SPARQL query may take.
    :raises ServingError: if the SDK is not installed.
    :raises LedgerError: if the folder holds no graph.
    """
    try:
        from mcp.server import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
        from mcp.types import ToolAnnotations
    except ImportError:
        raise ServingError(f"a server for language models needs the SDK: run {install('mcp')}") from None
    Ledger(Path(folder), create=False)
    reader = _Reader(Path(folder), seconds=seconds)
    server = MCPServer("kg", title="Geopolitical events", instructions=INSTRUCTIONS, version=VERSION, log_level="ERROR")
    hints = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)

    def told(answer: Callable[[], Any]) -> Any:
        try:
            return answer()
        except KgError as error:
            raise ToolError(str(error)) from None

    @server.tool(annotations=hints)
    def search(name: str, limit: int = 10) -> Facts:
        """Find persons, countries, organisations, places and groups by a name or a part of one."""
        return told(lambda: answers.search(reader.graph, name, limit=limit))

    @server.tool(annotations=hints)
    def about(name: str, since: str | None = None, limit: int = 20) -> Facts:
        """List what an actor did and what was done to it, by date, with the sentences; since takes an ISO date."""
        return told(lambda: answers.about(reader.graph, name, since=since, limit=limit))

    @server.tool(annotations=hints)
    def between(a: str, b: str, limit: int = 20) -> Facts:
        """List what two actors did to each other, in either direction, with the sentences."""
        return told(lambda: answers.between(reader.graph, a, b, limit=limit))

    @server.tool(annotations=hints)
    def events(
        actor: str | None = None,
        type: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int = 20,
    ) -> Facts:
        """List events between actors, the latest first, by actor, PLOVER type (such as THREATEN) and ISO dates."""
        return told(lambda: answers.events(reader.graph, actor=actor, type=type, since=since, until=until, limit=limit))

    @server.tool(annotations=hints)
    def evidence(statement: str) -> Facts:
        """Show all claims of a statement, by its id: sentences, who is quoted, articles with their addresses."""
        return told(lambda: answers.evidence(reader.graph, statement))

    @server.tool(annotations=hints)
    def sparql(query: str) -> Facts:
        """Ask a SPARQL 1.1 query; the prefixes kg, rel, rdf, rdfs, prov, nif, sem, schema and skos are known."""
        text = told(lambda: reader.sparql(query))
        return json.loads(text) if text.lstrip().startswith("{") else {"turtle": text}

    return server


def run(folder: str | Path, *, seconds: float = 30.0) -> None:
    """Serve the graph of a folder over standard input and output, until they are closed.

    :raises ServingError: if the SDK is not installed.
    :raises LedgerError: if the folder holds no graph.
    """
    with suppress(KeyboardInterrupt):
        server_of(folder, seconds=seconds).run("stdio")
