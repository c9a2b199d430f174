"""Worker processes that survive what they are given: one that dies or hangs costs the item it held, and no other.

Every worker has a pipe of its own and sends back each result as it comes, so that it is known which item it was at when
it died. That item is given once more, to a fresh process, for what ended the first (the kernel short of memory,
somebody's kill) need not have been the item's fault. A worker ends by itself when its parent is gone.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

from kg.processes import end_with_parent

AHEAD = 3  # batches a worker, so that none waits for the slowest
TRIES = 2
DIED, HUNG = "its worker process died on it, twice", "its worker process did not come to an end, twice"

Item = TypeVar("Item")
Result = TypeVar("Result")


class Pool(Generic[Item, Result]):
    """So many processes that each turn items into results.

    :param work: what turns one item into a result; it, items and results must go through a pickle.
    :param lost: the result of an item whose worker died or hung, for the reason given.
    :param patience: the seconds within which the result of an item must come, the start of a process included.
    """

    def __init__(
        self,
        work: Callable[[Item], Result],
        count: int,
        *,
        lost: Callable[[Item, str], Result],
        patience: Callable[[Item], float],
    ) -> None:
        self._work = work
        self._lost = lost
        self._patience = patience
        self._workers = [_Worker(work) for _ in range(count)]
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)

    def map(self, batches: Iterable[list[Item]]) -> Iterator[Result]:
        """The results of all items, in their order; a few batches are taken ahead of what was given back.

        A thread waits for each worker, so that none is idle while the results are put away.
        """
        threads = ThreadPoolExecutor(len(self._workers), thread_name_prefix="kg-worker")
        waiting: deque[Future[list[Result]]] = deque()
        try:
            for batch in batches:
                waiting.append(threads.submit(self._results_of, batch))
                if len(waiting) >= AHEAD * len(self._workers):
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            for worker in self._workers:
                worker.close()

    def _results_of(self, items: list[Item]) -> list[Result]:
        worker = self._idle.get()
        try:
            results: list[Result] = []
            tries = 0
            while len(results) < len(items):
                rest = items[len(results) :]
                found, failure = worker.results_of(rest, self._patience)
                results += found
                tries = tries + 1 if not found else 1
                if failure and tries >= TRIES:
                    results.append(self._lost(items[len(results)], failure))
                    tries = 0
            return results
        finally:
            self._idle.put(worker)


class _Worker:
    """One process; it is begun when it is first given something, and again after it died."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        self._work = work
        self._process: Any = None
        self._pipe: Any = None
        self._closed = False

    def results_of(self, items: list[Any], patience: Callable[[Any], float]) -> tuple[list[Any], str | None]:
        """The results of items up to the first that the process does not survive, and why it did not."""
        results: list[Any] = []
        try:
            self._begin()
            self._pipe.send(items)
            for item in items:
                if not self._pipe.poll(patience(item)):
                    self._end()
                    return results, HUNG
                results.append(self._pipe.recv())
        except (EOFError, OSError):
            self._end()
            if self._closed:
                raise
            return results, DIED
        return results, None

    def close(self) -> None:
        """End the process at once, and begin no other."""
        self._closed = True
        process = self._process
        if process is not None:
            process.kill()
            process.join()

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._pipe.close()
            self._process = None

    def _begin(self) -> None:
        if self._closed:
            raise EOFError
        if self._process is None:
            context = multiprocessing.get_context("spawn")
            self._pipe, other = context.Pipe()
            self._process = context.Process(target=_run, args=(self._work, other), daemon=True)
            self._process.start()
            other.close()


def _run(work: Callable[[Any], Any], pipe: Connection) -> None:
    """Turn items into results until the pipe is closed."""
    end_with_parent()
    # The parent ended, or both were interrupted: it tells, if there is something to tell.
    with suppress(EOFError, KeyboardInterrupt, BrokenPipeError, ConnectionResetError):
        while True:
            for item in pipe.recv():
                pipe.send(work(item))
