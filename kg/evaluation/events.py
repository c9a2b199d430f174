"""Score event types on sentences whose source and target are marked and whose PLOVER root is known."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.errors import EvaluationError
from kg.events.coder import Coder
from kg.events.tables import cameo_codes
from kg.events.triggers import event_between
from kg.model import Event

COLUMNS = ("marked_sentence", "root", "penta")
MARK = re.compile(r"<(/?)([st])>")
# The older name of two types, which the manual of 2024 tells apart.
OLDER = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
QUAD_OF = {
    "verbal cooperation": "1", "material cooperation": "2", "verbal conflict": "3", "material conflict": "4",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence with the character spans of its source and target, its gold root type and quad class ("1" to "4")."""

    text: str
    source: tuple[int, int]
    target: tuple[int, int] | None
    root: str
    quad: str


def score(path: str | Path, pipeline: Language) -> dict[str, float | int | str]:
    """Macro-averaged F1 (0 to 1) of root type and quad class, given the pair, and the share of sentences coded.

    :raises EvaluationError: if the file is missing or lacks a column.
    """
    pairs = read_pairs(path)
    predicted = list(predict(pairs, pipeline))
    return {
        "task": "events",
        "n": len(pairs),
        "root_macro_f1": macro_f1([p.root for p in pairs], [root for root, _ in predicted]),
        "quad_macro_f1": macro_f1([p.quad for p in pairs], [quad for _, quad in predicted]),
        "coded": round(sum(1 for root, _ in predicted if root) / max(1, len(pairs)), 4),
    }


def predict(pairs: Iterable[Pair], pipeline: Language) -> Iterator[tuple[str, str]]:
    """Root type, by the gold file's older names, and quad class of each pair; empty strings where nothing was found."""
    pairs, coder = list(pairs), Coder.load()
    older = {code.code: OLDER.get(code.type_older, code.type_older) for code in cameo_codes().values()}
    for pair, doc in zip(pairs, pipeline.pipe([p.text for p in pairs]), strict=True):
        source = _span(doc, pair.source)
        event = event_between(source, _span(doc, pair.target) if pair.target else source, coder=coder)
        yield _older_names(event, older)


def _older_names(event: Event | None, older: dict[str, str]) -> tuple[str, str]:
    if event is None or event.cameo is None:
        return "", ""
    root = older[event.cameo]
    if root == "YIELD":
        return root, QUAD_OF["material cooperation"]
    return root, QUAD_OF["verbal conflict" if root == "ACCUSE" else event.quad]


def read_pairs(path: str | Path) -> list[Pair]:
    """The marked sentences of a tab-separated file with the columns marked_sentence, root and penta.

    :raises EvaluationError: if the file is missing or lacks a column.
    """
    path = Path(path)
    if not path.is_file():
        raise EvaluationError(f"{path}: no such gold file; give a tab-separated file of marked sentences")
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = [c for c in COLUMNS if c not in (rows.fieldnames or ())]
        if missing:
            raise EvaluationError(f"{path}: the column {missing[0]!r} is missing; the header must name {COLUMNS}")
        return [_pair(row) for row in rows]


def _pair(row: dict[str, str]) -> Pair:
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


def _span(doc: Doc, where: tuple[int, int]) -> Span:
    start, end = where
    while end > start and doc.text[end - 1].isspace():
        end -= 1
    while start < end and doc.text[start].isspace():
        start += 1
    found = doc.char_span(start, end, alignment_mode="expand")
    return found if found is not None and len(found) else doc[:1]


def macro_f1(gold: list[str], predicted: list[str]) -> float:
    """The mean F1 over the labels of the gold list.

    >>> macro_f1(["AID", "AID", "REJECT"], ["AID", "", "REJECT"])
    0.8333
    """
    scores: list[float] = []
    for label in sorted(set(gold)):
        right = sum(1 for g, p in zip(gold, predicted, strict=True) if g == p == label)
        total = gold.count(label) + predicted.count(label)
        scores.append(2 * right / total)
    return round(sum(scores) / len(scores), 4) if scores else 0.0
