"""Sentences with source, target and root type: marked benchmark pairs, and those written for this project."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import EvaluationError
from kg.events.tables import quad_classes
from kg.model import EVENT_TYPES, EventType

MARKED = ("marked_sentence", "root", "penta")
PLAIN = ("sentence", "source", "target", "root", "part")
MARK = re.compile(r"<(/?)([st])>")
NONE = "none"
HELD = "held"
QUAD_OF = {
    "verbal cooperation": "1", "material cooperation": "2", "verbal conflict": "3", "material conflict": "4",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence with the character spans of its source and target, its gold root type and quad class ("1" to "4").

    Root and quad are empty where source and target do nothing political to each other. ``older`` says that the root is
    named as older manuals name it, and ``held`` that the sentence was kept from those who wrote the lexicon.
    """

    text: str
    source: tuple[int, int]
    target: tuple[int, int] | None
    root: str
    quad: str
    older: bool = True
    held: bool = False


def read_pairs(path: str | Path) -> list[Pair]:
    """The sentences of a tab-separated file, in one of two layouts that its header tells apart.

    With ``marked_sentence``, ``root`` and ``penta``, source and target are marked as in ``<s>Peru</s>``, and root types
    have their older names. With ``sentence``, ``source``, ``target``, ``root`` and ``part``, the first words that read
    so are meant, roots are those of the manual of 2024 or "none", and the part is "read" or "held".

    :raises EvaluationError: if the file is missing, lacks a column, or a row names an unknown root or absent words.
    """
    path = Path(path)
    if not path.is_file():
        raise EvaluationError(f"{path}: no such gold file; give a tab-separated file of sentences with their pairs")
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        header = rows.fieldnames or ()
        columns, pair_of = _layout(tuple(header))
        missing = [column for column in columns if column not in header]
        if missing:
            raise EvaluationError(f"{path}: the column {missing[0]!r} is missing; the header must name {columns}")
        try:
            return [pair_of(row) for row in rows]
        except ValueError as error:
            raise EvaluationError(f"{path}, line {rows.line_num}: {error}") from error


def _layout(header: tuple[str, ...]) -> tuple[tuple[str, ...], Callable[[dict[str, str]], Pair]]:
    return (PLAIN, _plain) if "part" in header else (MARKED, _marked)


def _marked(row: dict[str, str]) -> Pair:
    text, spans, start = "", dict[str, tuple[int, int]](), dict[str, int]()
    end = 0
    marked = row["marked_sentence"]
    for mark in MARK.finditer(marked):
        text += marked[end : mark.start()]
        end = mark.end()
        if not mark[1]:
            start[mark[2]] = len(text)
        elif mark[2] in start:
            spans.setdefault(mark[2], (start[mark[2]], len(text)))
    text += marked[end:]
    return Pair(text, spans.get("s", (0, len(text))), spans.get("t"), row["root"], row["penta"])


def _plain(row: dict[str, str]) -> Pair:
    text = row["sentence"]
    source, target = (_where(text, row[name]) for name in ("source", "target"))
    held = row["part"] == HELD
    if row["root"] == NONE:
        return Pair(text, source, target, "", "", older=False, held=held)
    root = _root(row["root"])
    return Pair(text, source, target, root, QUAD_OF[quad_classes()[root]], older=False, held=held)


def _root(name: str) -> EventType:
    for known in EVENT_TYPES:
        if known == name:
            return known
    raise ValueError(f"{name!r} is no PLOVER type; use one of {', '.join(EVENT_TYPES)}, or {NONE!r}")


def _where(text: str, words: str) -> tuple[int, int]:
    start = text.find(words)
    if start < 0 or not words:
        raise ValueError(f"the sentence does not have the words {words!r}; copy them from it")
    return start, start + len(words)
