"""Which process answers which query: quick ones never wait for long ones.

So many queries are answered at a time. One that is not done soon moves aside, where a few more have room and yield to
the others; when there is none left, the one that has been at it longest is ended. A few more wait; beyond that, whoever
asks is told to come again.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from kg.serving.confinement import MEMORY
from kg.serving.worker import STARTING, TIMED_OUT, GraphRead, Query, Reply, Worker

QUICK = 0.5  # seconds after which a query counts as long
LONG_AT_A_TIME = 4
WAITING = 32
BUSY = Reply.said(TIMED_OUT, "too many ask at once: come again in a few seconds")
ENDED = Reply.said(TIMED_OUT, "too many long queries at once, and this one was the longest: ask for less")


@dataclass(slots=True, eq=False)
class _Long:
    """A query that moved aside, and whether it was ended for the sake of others."""

    worker: Worker
    ended: bool = False


class Workers:
    """Processes that answer from the store of a folder, each question within so many seconds."""

    def __init__(self, folder: Path, *, seconds: float, count: int, memory: int = MEMORY) -> None:
        self.seconds = seconds
        #: How many threads may ask at once: those answered, those aside, and those waiting.
        self.most = count + LONG_AT_A_TIME + WAITING
        self._all = [Worker(folder, memory=memory) for _ in range(count + LONG_AT_A_TIME + 1)]
        self._idle = deque(self._all)
        self._quick = threading.BoundedSemaphore(count)
        self._lock = threading.Lock()
        self._long: deque[_Long] = deque()
        self._asking = 0
        self._closed = False

    def answer(self, question: Query | GraphRead) -> Reply:
        """Answer a question; one that takes too long, or finds no room in time, is given up."""
        with self._counted() as room:
            if not room or not self._quick.acquire(timeout=self.seconds):
                return BUSY
        held = True
        worker = self._taken()
        try:
            start = monotonic()
            if not worker.ask(question):
                worker.end()
                start = monotonic()
                worker.ask(question)
            reply = worker.reply(min(QUICK, self.seconds))
            if reply is None:
                with self._aside(worker) as aside:
                    self._quick.release()
                    held = False
                    reply = worker.reply(self.seconds - (monotonic() - start))
                if reply is None or aside.ended:
                    reply = ENDED if aside.ended else self._late()
                worker.end()  # and with it all the memory that a long query took
            return reply
        finally:
            self._idle.append(worker)
            if held:
                self._quick.release()

    def begin(self) -> None:
        """Have a process ready before anybody asks."""
        self._all[-1].begin()

    def close(self) -> None:
        """End all processes."""
        self._closed = True
        for worker in self._all:
            worker.kill()

    def _late(self) -> Reply:
        return Reply.said(TIMED_OUT, f"no answer within {self.seconds:g} s: ask for less")

    @contextmanager
    def _counted(self) -> Generator[bool]:
        """Whether there is room to wait."""
        with self._lock:
            room = self._asking < WAITING and not self._closed
            self._asking += room
        try:
            yield room
        finally:
            with self._lock:
                self._asking -= room

    @contextmanager
    def _aside(self, worker: Worker) -> Generator[_Long]:
        """A place for a long query; whoever has had one longest makes room."""
        aside = _Long(worker)
        worker.be_polite()
        with self._lock:
            if len(self._long) >= LONG_AT_A_TIME:
                longest = self._long.popleft()
                longest.ended = True
                longest.worker.kill()
            self._long.append(aside)
        try:
            yield aside
        finally:
            with self._lock:
                if aside in self._long:
                    self._long.remove(aside)

    def _taken(self) -> Worker:
        """An idle process, one that runs before one that must be begun; the ended ones come back soon."""
        deadline = monotonic() + STARTING
        while True:
            try:
                return self._idle.pop()
            except IndexError:
                if monotonic() > deadline:
                    raise
                threading.Event().wait(0.01)
