"""Worker processes: order, and what is lost when one of them dies or hangs: nothing but the item it was at."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from kg.engines.pool import DIED, HUNG, Pool


def work(item: str) -> str:
    """What an item says: to die always, to die once (a file remembers), to hang, or to be given back."""
    if item == "die":
        os._exit(9)
    if item.startswith("die once "):
        mark = Path(item.removeprefix("die once "))
        if not mark.exists():
            mark.touch()
            os._exit(9)
    if item == "hang":
        time.sleep(600)
    return item.upper()


def lost(item: str, reason: str) -> str:
    return f"{item}: {reason}"


def results(batches: list[list[str]], *, count: int = 2, patience: float = 60.0) -> list[str]:
    return list(Pool(work, count, lost=lost, patience=lambda _: patience).map(batches))


def test_results_keep_their_order() -> None:
    batches = [[f"item {i}-{j}" for j in range(3)] for i in range(9)]
    assert results(batches) == [item.upper() for batch in batches for item in batch]


def test_a_worker_that_dies_costs_the_item_it_was_at() -> None:
    assert results([["a", "die", "b"], ["c"]]) == ["A", f"die: {DIED}", "B", "C"]


def test_an_item_that_killed_no_second_worker_is_not_lost(tmp_path: Path) -> None:
    item = f"die once {tmp_path / 'mark'}"
    assert results([["a", item, "b"]], count=1) == ["A", item.upper(), "B"]


def test_a_worker_that_hangs_is_ended() -> None:
    assert results([["a", "hang", "b"]], count=1, patience=4.0) == ["A", f"hang: {HUNG}", "B"]


def test_no_worker_outlives_a_pool_that_is_left_early() -> None:
    found = Pool(work, 1, lost=lost, patience=lambda _: 60.0).map([["a"], ["hang"], ["b"]])
    assert next(found) == "A"
    children = _workers(os.getpid())
    found.close()  # type: ignore[attr-defined]  # it is a generator
    _, alive = psutil.wait_procs(children, timeout=20)
    assert children and not alive


@pytest.mark.skipif(os.name == "nt", reason="its kill takes children along in another way")
def test_no_worker_outlives_its_parent() -> None:
    script = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from test_pool import Pool, lost, work\n"
        "if __name__ == '__main__':\n"
        "    list(Pool(work, 2, lost=lost, patience=lambda _: 600.0).map([['hang'], ['hang']]))\n"
    )
    with subprocess.Popen([sys.executable, "-c", script]) as parent:
        deadline = time.monotonic() + 60
        while len(workers := _workers(parent.pid)) < 2 and time.monotonic() < deadline:
            time.sleep(0.1)
        assert len(workers) == 2
        time.sleep(1.0)  # until they are at work
        parent.kill()
    _, alive = psutil.wait_procs(workers, timeout=20)
    assert not alive


def _workers(pid: int) -> list[psutil.Process]:
    children = psutil.Process(pid).children(recursive=True)
    alive = [child for child in children if child.status() != psutil.STATUS_ZOMBIE]
    return [child for child in alive if "spawn_main" in " ".join(child.cmdline())]
