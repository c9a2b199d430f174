"""Queries answered in processes of their own, so that one which takes too long can be ended.

Each process opens the store to read only, and opens it anew when a build has changed it since.
"""

from __future__ import annotations

import multiprocessing
import queue
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat, serialize

from kg.errors import KgError
from kg.rdf import TripleStore
from kg.rdf.store import FOLDER, explained, names_graphs

OK, BAD_QUERY, NO_SUCH_GRAPH, NOT_ACCEPTABLE, FAILED, TIMED_OUT = 200, 400, 404, 406, 500, 503
STARTING = 30.0


@dataclass(frozen=True, slots=True)
class Query:
    """A query; ``results`` and ``triples`` are the media types for what it may give, None where none is wanted."""

    sparql: str
    results: str | None
    triples: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


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


class Workers:
    """Processes that answer from the store of a folder, each question within so many seconds."""

    def __init__(self, folder: Path, *, seconds: float, count: int) -> None:
        self.folder = folder
        self.seconds = seconds
        self._idle: queue.Queue[_Worker] = queue.Queue()
        self._all = [_Worker(folder) for _ in range(count)]
        for worker in self._all:
            self._idle.put(worker)

    def answer(self, question: Query | GraphRead) -> Reply:
        """Answer a question; one that takes too long, or finds no process free in time, is given up."""
        late = Reply(TIMED_OUT, f"no answer within {self.seconds:g} s: ask for less\n".encode())
        try:
            worker = self._idle.get(timeout=self.seconds)
        except queue.Empty:
            return late
        try:
            return worker.ask(question, self.seconds) or late
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """End all processes."""
        for worker in self._all:
            worker.end()


class _Worker:
    """One process; it is begun when it is first asked, and again after it was ended."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._process: Any = None
        self._pipe: Any = None

    def ask(self, question: Query | GraphRead, seconds: float) -> Reply | None:
        """The reply; None if it did not come in time."""
        if self._process is None or not self._process.is_alive():
            self._begin()
        try:
            self._pipe.send(question)
            if self._pipe.poll(seconds):
                return self._pipe.recv()
        except (EOFError, OSError):
            self.end()
            return Reply(FAILED, b"the query broke its process: ask for less\n")
        self.end()
        return None

    def end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._pipe.close()
            self._process = None

    def _begin(self) -> None:
        self.end()
        context = multiprocessing.get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=work, args=(self.folder, other), daemon=True)
        self._process.start()
        other.close()
        # The first message says that the process is ready, lest its start count as the query's time.
        if self._pipe.poll(STARTING):
            self._pipe.recv()


def work(folder: Path, pipe: Connection) -> None:
    """Answer the questions that come through a pipe, until it is closed."""
    opened: tuple[object, TripleStore] | None = None
    pipe.send(None)
    # The server was stopped: its end of the pipe is gone.
    with suppress(EOFError, KeyboardInterrupt, BrokenPipeError):
        while True:
            question = pipe.recv()
            try:
                state = _state(folder / FOLDER)
                if opened is None or opened[0] != state:
                    opened = state, TripleStore.open(folder)
                pipe.send(reply(opened[1], question))
            except KgError as error:
                pipe.send(Reply(FAILED, f"{error}\n".encode()))


def reply(store: TripleStore, question: Query | GraphRead) -> Reply:
    """What a store has to say to a question."""
    if isinstance(question, GraphRead):
        return _graph(store, question)
    try:
        return _answer(store, question)
    except SyntaxError as error:
        return Reply(BAD_QUERY, f"{explained(question.sparql, str(error), remedy='mend it there')}\n".encode())
    except (OSError, RuntimeError, ValueError) as error:
        return Reply(BAD_QUERY, f"the query cannot be answered ({error})\n".encode())


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
        return _serialised(sorted(set(found), key=str), question.triples, store)
    if question.results is None:
        return Reply(NOT_ACCEPTABLE, b"results come as JSON, XML, CSV, TSV or HTML\n")
    format = QueryResultsFormat.from_media_type(question.results)
    if isinstance(found, QuerySolutions) and format is not None:
        return Reply(OK, found.serialize(format=format) or b"", question.results)
    return Reply(OK, found.serialize(format=format) or b"", question.results)


def _graph(store: TripleStore, question: GraphRead) -> Reply:
    name = NamedNode(question.name) if question.name else DefaultGraph()
    if isinstance(name, NamedNode) and not store.store.contains_named_graph(name):
        return Reply(NO_SUCH_GRAPH, f"no graph is called {question.name}\n".encode())
    found = store.store.quads_for_pattern(None, None, None, name)
    return _serialised(sorted((quad.triple for quad in found), key=str), question.triples, store)


def _serialised(triples: list[Any], type: str | None, store: TripleStore) -> Reply:
    format = RdfFormat.from_media_type(type) if type else None
    if type is None or format is None:
        return Reply(NOT_ACCEPTABLE, b"triples come as Turtle, N-Triples, RDF/XML, JSON-LD or TriG\n")
    return Reply(OK, serialize(triples, format=format, prefixes=store.names.prefixes) or b"", type)


def _state(path: Path) -> object:
    """Something that changes when a build changes the store."""
    if not path.is_dir():
        return None
    return path.stat().st_ino, sorted((entry.name, entry.stat().st_mtime_ns) for entry in path.iterdir())
