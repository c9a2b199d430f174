"""The lock: one writer at a time, told by name to whoever is refused, and never left behind by one who died."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import LedgerError
from kg.ledger import held

HOLD = """
import sys
from kg.ledger import held
with held(sys.argv[1], doing="kg build"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other(tmp_path: Path):
    """Another process that holds the folder until it is killed, or told to end."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout and process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_the_second_is_refused_and_told_who_holds_it(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    who = rf"kg build, process {other.pid} on {socket.gethostname()}, since 20\d\d-.*\+00:00"
    with pytest.raises(LedgerError, match=who), held(tmp_path, doing="kg import"):
        pass


def test_the_same_process_is_refused_too(tmp_path: Path) -> None:
    with (
        held(tmp_path, doing="kg build"),
        pytest.raises(LedgerError, match=f"process {os.getpid()} "),
        held(tmp_path, doing="kg import"),
    ):
        pass
    with held(tmp_path, doing="kg import"):
        pass


def test_a_lock_of_one_who_died_is_free_and_seen(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    other.kill()
    other.wait()
    with held(tmp_path, doing="kg import") as broken_off:
        assert broken_off is not None and broken_off.process == other.pid
    with held(tmp_path, doing="kg import") as broken_off:
        assert broken_off is None


def test_a_place_that_is_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "ledger").write_text("a file")
    with pytest.raises(LedgerError, match="cannot be written to"), held(tmp_path, doing="kg build"):
        pass
