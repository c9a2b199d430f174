"""Every sentence of every data set of a folder, read under a limit of time: what failed, and what took longest.

    python tests/reliability/sentences.py DATA [--pipeline small] [--seconds 10]

DATA is a folder with CoNLL-U, CoNLL, IOB2, TSV, JSON Lines, JSON and text files, of whatever layout: what reads like a
sentence in them is taken for one. It prints one object: how many sentences, how many rejected, the slowest ones.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.engines import local
from kg.model import Article
from kg.reading import Rejected

SHORTEST, LONGEST = 20, 2_000
SLOWEST = 5


def sentences(folder: Path) -> Iterator[tuple[str, str]]:
    """The sentences of all files below a folder, each once, with their file."""
    seen: set[str] = set()
    for path in sorted(folder.rglob("*")):
        if path.suffix in READERS and path.is_file():
            for text in READERS[path.suffix](path):
                words = " ".join(text.split())
                if SHORTEST <= len(words) <= LONGEST and " " in words and words not in seen:
                    seen.add(words)
                    yield path.name, words


def _conllu(path: Path) -> Iterator[str]:
    for line in path.open(encoding="utf-8"):
        if line.startswith("# text = "):
            yield line.removeprefix("# text = ")


def _columns(path: Path) -> Iterator[str]:
    words: list[str] = []
    for line in path.open(encoding="utf-8", errors="replace"):
        cells = line.split()
        if cells and not line.startswith("#"):
            words.append(cells[1] if len(cells) > 2 and cells[0].isdigit() else cells[0])
        elif words:
            yield " ".join(words)
            words = []


def _cells(path: Path) -> Iterator[str]:
    for line in path.open(encoding="utf-8", errors="replace"):
        yield from (cell.strip('"') for cell in line.split("\t"))


def _lines(path: Path) -> Iterator[str]:
    yield from path.open(encoding="utf-8", errors="replace")


def _strings(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    for part in text.splitlines() if path.suffix == ".jsonl" else [text]:
        if part.strip():
            yield from _within(json.loads(part))


def _within(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _within(part)
    elif isinstance(value, list):
        if value and all(isinstance(part, str) for part in value):
            yield " ".join(value)
        else:
            for part in value:
                yield from _within(part)


READERS = {
    ".conllu": _conllu,
    ".conll": _columns,
    ".iob2": _columns,
    ".tsv": _cells,
    ".jsonl": _strings,
    ".json": _strings,
    ".txt": _lines,
    ".xml": _lines,
}


def main() -> None:
    """Run it by the words of the command line, and print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="+")
    parser.add_argument("--pipeline", default="small")
    parser.add_argument("--seconds", type=float, default=10.0, help="of processor time, that a sentence may take")
    words = parser.parse_args()
    local.limit_of = lambda _: words.seconds
    read = failed = 0
    errors: Counter[str] = Counter()
    failures: list[str] = []
    slowest: list[tuple[float, str]] = []
    for folder in words.data:
        articles = (Article.make(text=text, id=f"{name}:{n}") for n, (name, text) in enumerate(sentences(folder)))
        start = time.process_time()
        for item in local.extract_all(articles, pipeline=words.pipeline):
            taken, start = time.process_time() - start, time.process_time()
            read += 1
            if isinstance(item, Rejected):
                failed += 1
                errors[item.error or ""] += 1
                failures.append(str(item)[:300])
            text = str(item) if isinstance(item, Rejected) else item.article.text
            slowest = sorted([*slowest, (round(taken, 2), text[:160])])[-SLOWEST:]
    print(json.dumps({"sentences": read, "rejected": failed, "by class": errors, "first": failures[:20],
                      "slowest": slowest[::-1]}, indent=2, ensure_ascii=False))  # fmt: skip


if __name__ == "__main__":
    main()
