"""A limit on the time that one article may take, so that none holds up a night's build.

What is counted is the time that the processor works, not what the clock shows: a slow or busy machine then reads the
same articles as a fast one, and a graph does not depend on it.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType

SECONDS = 60.0
SECONDS_A_CHARACTER = 1e-3
AGAIN = 1.0  # an exception that falls into a callback is lost: it is raised again


class TooSlowError(Exception):
    """Raised in the midst of whatever takes longer than its limit."""


def limit_of(characters: int) -> float:
    """The seconds of processor time that an article of so many characters may take: ten to a hundred times its need.

    >>> limit_of(5_000)
    65.0
    """
    return SECONDS + characters * SECONDS_A_CHARACTER


@contextmanager
def at_most(seconds: float) -> Generator[None]:
    """Break off the block once it has taken so many seconds of processor time.

    Signals reach the main thread alone, and Windows has none of this kind: elsewhere nothing is limited, and the
    watchdog of the worker processes is all there is.

    :raises TooSlowError: if it was broken off.

    >>> with at_most(10):
    ...     pass
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_: int, __: FrameType | None) -> None:
        raise TooSlowError(f"took longer than {seconds:g} s of processor time")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        # A signal may still be on its way to another thread: by default it would end the process.
        signal.signal(signal.SIGPROF, signal.SIG_IGN if before == signal.SIG_DFL else before)
