"""One process that answers queries, confined, so that what a query does to it is done to nothing else.

It opens the store to read only, and opens it anew when a build has changed it since.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, QueryResultsFormat, QueryTriples, RdfFormat, serialize

from kg.errors import KgError
from kg.processes import end_with_parent
from kg.rdf import TripleStore
from kg.rdf.room import with_room
from kg.rdf.store import FOLDER, check_depth, explained, names_graphs
from kg.rdf.tokens import taken_apart
from kg.serving.confinement import MEMORY, confine

OK, BAD_QUERY, REFUSED, NO_SUCH_GRAPH, NOT_ACCEPTABLE = 200, 400, 403, 404, 406
TOO_LARGE, FAILED, TIMED_OUT = 413, 500, 503
MOST_BYTES = 64_000_000
MOST_TRIPLES = 500_000
STARTING = 30.0
POLITE = 10  # how much a long query yields to others


@dataclass(frozen=True, slots=True)
class Query:
    """A query; ``results`` and ``triples`` are the media types for what it may give, None where none is wanted."""

    sparql: str
    results: str | None
    triples: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    most_bytes: int = MOST_BYTES


@dataclass(frozen=True, slots=True)
class GraphRead:
    """A graph asked for by name; None is the default graph."""

    name: str | None
    triples: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A status of HTTP, and a body of some media type."""

    status: int
    body: bytes
    type: str = "text/plain; charset=utf-8"

    @classmethod
    def said(cls, status: int, message: str) -> Reply:
        """One line, as it is printed."""
        return cls(status, f"{message}\n".encode("utf-8", "replace"))


class Worker:
    """A process; it is begun when it is first asked, and again after it was ended."""

    def __init__(self, folder: Path, *, memory: int = MEMORY) -> None:
        self.folder = folder
        self.memory = memory
        self._process: Any = None
        self._pipe: Any = None

    def begin(self) -> None:
        """See that there is a process, and that it is ready."""
        if self._process is not None and self._process.is_alive():
            return
        self.end()
        context = _context()
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=work, args=(self.folder, other, self.memory), daemon=True)
        self._process.start()
        other.close()
        # The first message says that the process is ready, lest its start count as the query's time.
        if self._pipe.poll(STARTING):
            self._pipe.recv()

    def ask(self, question: Query | GraphRead) -> bool:
        """Hand over a question; false if the process is gone."""
        try:
            self.begin()
            self._pipe.send(question)
        except (EOFError, OSError):
            return False
        return True

    def reply(self, seconds: float) -> Reply | None:
        """The reply; None if it did not come within so many seconds."""
        try:
            return self._pipe.recv() if self._pipe.poll(max(0.0, seconds)) else None
        except (EOFError, OSError):
            return Reply.said(
                FAILED, f"the query broke its process, or needs over {self.memory >> 20} MB: ask for less"
            )

    def be_polite(self) -> None:
        """Let others go first."""
        if self._process is not None and hasattr(os, "setpriority"):
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, POLITE)

    def kill(self) -> None:
        """End the process from another thread: whoever waits for its reply is told."""
        if self._process is not None:
            self._process.kill()

    def end(self) -> None:
        """End the process, and take leave of it."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._pipe.close()
            self._process = None


def _context() -> Any:
    """How processes are begun: copies of one that has loaded the libraries once, where the system has such."""
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


def work(folder: Path, pipe: Connection, memory: int) -> None:
    """Answer the questions that come through a pipe, until it is closed."""
    opened: tuple[object, TripleStore] | None = None
    end_with_parent()
    confine(memory=memory)
    pipe.send(None)
    # The server was stopped: its end of the pipe is gone.
    with suppress(EOFError, KeyboardInterrupt, BrokenPipeError, ConnectionResetError):
        while True:
            question = pipe.recv()
            try:
                state = _state(folder / FOLDER)
                if opened is None or opened[0] != state:
                    opened = state, TripleStore.open(folder)
                pipe.send(with_room(partial(reply, opened[1], question)))
            except KgError as error:
                pipe.send(Reply.said(FAILED, str(error)))
            except MemoryError:
                pipe.send(Reply.said(TOO_LARGE, f"the answer needs more than {memory >> 20} MB: ask for less"))


def reply(store: TripleStore, question: Query | GraphRead) -> Reply:
    """What a store has to say to a question."""
    if isinstance(question, GraphRead):
        return _graph(store, question)
    try:
        if "service" in question.sparql.lower() and taken_apart(question.sparql).asks_others:
            return Reply.said(REFUSED, "SERVICE is not answered: ask that endpoint yourself")
        check_depth(question.sparql)
        return _answer(store, question)
    except TooLargeError:
        size = f"{question.most_bytes:,} bytes"
        return Reply.said(TOO_LARGE, f"the answer holds more than {size}: ask for less, by LIMIT")
    except SyntaxError as error:
        return Reply.said(BAD_QUERY, explained(question.sparql, str(error), remedy="mend it there"))
    except KgError as error:
        return Reply.said(BAD_QUERY, str(error))
    except (OSError, RuntimeError, ValueError) as error:
        return Reply.said(BAD_QUERY, f"the query cannot be answered ({error})")


class TooLargeError(Exception):
    """An answer outgrew what it may hold."""


class _Capped(io.BytesIO):
    """A file in memory that refuses to outgrow a number of bytes."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most
        self.full = False

    def write(self, data: Any, /) -> int:
        if self.tell() + len(data) > self.most:
            self.full = True
            raise OSError("full")
        return super().write(data)


def _answer(store: TripleStore, question: Query) -> Reply:
    chosen = bool(question.default_graphs or question.named_graphs)
    found = store.store.query(
        question.sparql,
        prefixes=store.names.prefixes,
        use_default_graph_as_union=not chosen and not names_graphs(question.sparql),
        default_graph=[NamedNode(name) for name in question.default_graphs] if chosen else None,
        named_graphs=[NamedNode(name) for name in question.named_graphs] if chosen else None,
    )
    if isinstance(found, QueryTriples):
        return _serialised(found, question.triples, store)
    if question.results is None:
        return Reply(NOT_ACCEPTABLE, b"results come as JSON, XML, CSV, TSV or HTML\n")
    body = _Capped(question.most_bytes)
    try:
        found.serialize(body, format=QueryResultsFormat.from_media_type(question.results))
    except OSError:
        if body.full:
            raise TooLargeError from None
        raise
    return Reply(OK, body.getvalue(), question.results)


def _graph(store: TripleStore, question: GraphRead) -> Reply:
    name = NamedNode(question.name) if question.name else DefaultGraph()
    if isinstance(name, NamedNode) and not store.store.contains_named_graph(name):
        return Reply.said(NO_SUCH_GRAPH, f"no graph is called {question.name}")
    found = store.store.quads_for_pattern(None, None, None, name)
    return _serialised((quad.triple for quad in found), question.triples, store)


def _serialised(found: Any, type: str | None, store: TripleStore) -> Reply:
    format = RdfFormat.from_media_type(type) if type else None
    if type is None or format is None:
        return Reply(NOT_ACCEPTABLE, b"triples come as Turtle, N-Triples, RDF/XML, JSON-LD or TriG\n")
    triples = set(islice(found, MOST_TRIPLES + 1))
    if len(triples) > MOST_TRIPLES:
        return Reply.said(TOO_LARGE, f"the answer holds more than {MOST_TRIPLES:,} triples: ask for less, by LIMIT")
    ordered = sorted(triples, key=str)
    return Reply(OK, serialize(ordered, format=format, prefixes=store.names.prefixes) or b"", type)


def _state(path: Path) -> object:
    """Something that changes when a build changes the store."""
    if not path.is_dir():
        return None
    return path.stat().st_ino, sorted((entry.name, entry.stat().st_mtime_ns) for entry in path.iterdir())
