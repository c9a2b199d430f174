"""A deep stack for what nests deeply: the evaluator of queries recurses, and would end the process on a short one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

STACK = 256 << 20  # bytes; taken only as they are used
_Result = TypeVar("_Result")


def with_room(function: Callable[[], _Result]) -> _Result:
    """The result of a function that runs on a deep stack; what it raises is raised.

    >>> with_room(lambda: 1 + 1)
    2
    """
    results: list[_Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(function())
        except BaseException as error:
            errors.append(error)

    before = threading.stack_size(STACK)
    try:
        # A daemon: whoever interrupts the wait need not wait for its end.
        thread = threading.Thread(target=run, daemon=True)
        thread.start()
    finally:
        threading.stack_size(before)
    thread.join()
    if errors:
        raise errors[0]
    return results[0]
