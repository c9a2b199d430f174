"""The limit on an article's time: what takes longer is broken off, whatever it is at."""

from __future__ import annotations

import re
import signal
import threading

import pytest

from kg.engines.watchdog import TooSlowError, at_most

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no such timer here")


def forever() -> None:
    while True:
        pass


def backtracking() -> None:
    re.match(r"(a+)+$", "a" * 60 + "b")


@pytest.mark.parametrize("hang", [forever, backtracking])
def test_what_hangs_is_broken_off(hang) -> None:
    with pytest.raises(TooSlowError, match=r"0\.2 s"), at_most(0.2):
        hang()


def test_an_exception_lost_in_a_callback_is_raised_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.engines.watchdog.AGAIN", 0.1)

    def swallowing() -> None:
        while True:
            try:
                forever()
            except TooSlowError:
                seen.append(1)
                if len(seen) == 3:
                    raise

    seen: list[int] = []
    with pytest.raises(TooSlowError), at_most(0.1):
        swallowing()


def test_nothing_is_left_of_it() -> None:
    with at_most(0.2):
        pass
    assert signal.getsignal(signal.SIGPROF) == signal.SIG_IGN
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_another_thread_goes_unlimited() -> None:
    def run() -> None:
        with at_most(0.1):
            done.append(True)

    done: list[bool] = []
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert done == [True]
