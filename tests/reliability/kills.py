"""Builds that are killed, at operations on files and at random times, and what the next build makes of what is left.

    python tests/reliability/kills.py [--operations 50] [--times 100] [--articles 40]

Articles are read by a stand-in for the pipeline that gives records made beforehand, so that a hundred builds take a
minute; all else (lock, ledger, graph, files, store, report) is what `kg build` runs. A folder that holds half of the
articles is added to and killed; then it must open, or say that it is damaged; then the build is run again, and must
give the files that a build without a kill gives, byte by byte, and the same answer from the store.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from load import records

from kg.engines import build as module
from kg.engines.build import build
from kg.errors import KgError
from kg.graph import open_graph
from kg.model import Article, Record
from kg.rdf import TripleStore
from kg.reading import Rejected

OPERATIONS = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree", "os.truncate"})
FILES = ("graph.ttl", "graph.trig", "graph.html")
QUERY = "SELECT ?a (COUNT(*) AS ?n) { GRAPH ?a { ?s ?p ?o } } GROUP BY ?a ORDER BY ?a"


def child(work: Callable[[], object]) -> int:
    """Run something in a process of its own that shares what is loaded; its process id."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
            os._exit(0)
        except BaseException as error:
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
            os._exit(1)
    return pid


def ended(pid: int) -> int:
    """The exit status of a process, once it ended; minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def stand_in(count: int) -> Callable[..., Iterator[Record | Rejected]]:
    """What gives the records made beforehand for articles, in place of reading them."""
    made = {record.article.id: record for record in records(count)}

    def extract_all(items: Iterable[Article | Rejected], **_: object) -> Iterator[Record | Rejected]:
        for item in items:
            yield item if isinstance(item, Rejected) else made[item.id]

    return extract_all


def kill_at(operation: int, folder: Path, told: Path | None = None) -> None:
    """End this process at the n-th operation on files of a folder; or tell how many there were."""
    seen = 0

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        if event in OPERATIONS and any(str(folder) in os.fsdecode(a) for a in arguments if isinstance(a, str | bytes)):
            seen += 1
            if seen == operation:
                os._exit(9)

    sys.addaudithook(watch)
    if told is not None:
        build([folder.parent / "rows.jsonl"], out=folder)
        told.write_text(str(seen))


def state(folder: Path) -> dict[str, object]:
    """What a folder holds: the bytes of its files, and what its store answers."""
    return {name: (folder / name).read_bytes() for name in FILES} | {
        "store": TripleStore.open(folder).query(QUERY).rows
    }


class Trial:
    """A folder with half of the articles, and what it must become."""

    def __init__(self, place: Path, count: int) -> None:
        self.place = place
        module.extract_all = stand_in(count)  # type: ignore[assignment]
        module.RECORDS_AT_ONCE = max(1, count // 8)
        rows = [
            json.dumps({"id": r.article.id, "text": r.article.text, "published": "2022-02-01"}) for r in records(count)
        ]
        (place / "rows.jsonl").write_text("\n".join(rows))
        (place / "half.jsonl").write_text("\n".join(rows[: count // 2]))
        assert ended(child(lambda: build([place / "half.jsonl"], out=place / "half"))) == 0
        shutil.copytree(place / "half", place / "out")
        start = time.monotonic()
        assert ended(child(lambda: kill_at(0, place / "out", told=place / "count"))) == 0
        self.seconds = time.monotonic() - start
        self.operations = int((place / "count").read_text())
        shutil.move(place / "out", place / "wanted")
        self.tally = {"killed": 0, "opened or told": 0, "same in the end": 0, "lost": 0}

    def run(self, kill: Callable[[Path], int]) -> None:
        """Kill a build, look at what is left, build again, and compare."""
        out = self.place / "out"
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(self.place / "half", out)
        self.tally["killed"] += kill(out) in (9, -signal.SIGKILL)
        self.tally["opened or told"] += ended(child(lambda: self._look(out))) == 0
        again = ended(child(lambda: build([self.place / "rows.jsonl"], out=out)))
        same = again == 0 and ended(child(lambda: self._compare(out))) == 0
        self.tally["same in the end" if same else "lost"] += 1

    def at_operation(self, number: int) -> None:
        """Kill at an operation on files."""

        def work(out: Path) -> Callable[[], None]:
            def killed() -> None:
                kill_at(number, out)
                build([self.place / "rows.jsonl"], out=out)

            return killed

        self.run(lambda out: ended(child(work(out))))

    def at_time(self, seconds: float) -> None:
        """Kill after some time."""

        def kill(out: Path) -> int:
            pid = child(lambda: build([self.place / "rows.jsonl"], out=out))
            time.sleep(seconds)
            os.kill(pid, signal.SIGKILL)
            return ended(pid)

        self.run(kill)

    @staticmethod
    def _look(out: Path) -> None:
        """What was there before is there still; the store may say that it is damaged, and nothing else may."""
        half = len(open_graph(out).articles)
        try:
            TripleStore.open(out).query(QUERY)
        except KgError as error:
            assert "run `kg build`" in str(error)
        assert half >= 1

    def _compare(self, out: Path) -> None:
        assert state(out) == state(self.place / "wanted")


def main() -> None:
    """Run it by the words of the command line, and print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--operations", type=int, default=50, help="kills at operations on files")
    parser.add_argument("--times", type=int, default=100, help="kills at random times")
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    words = parser.parse_args()
    rng = random.Random(words.seed)
    found: dict[str, object] = {}
    for kind, count in (("at operations", words.operations), ("at random times", words.times)):
        with tempfile.TemporaryDirectory() as place:
            trial = Trial(Path(place), words.articles)
            points = rng.sample(range(1, trial.operations + 1), min(count, trial.operations))
            for point in sorted(points) if kind == "at operations" else ():
                trial.at_operation(point)
            for _ in range(count if kind == "at random times" else 0):
                trial.at_time(rng.uniform(0, trial.seconds))
            found[kind] = {"operations of a build": trial.operations, **trial.tally}
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
