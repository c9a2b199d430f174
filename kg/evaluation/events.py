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
from kg.model import Claim, Event
from kg.model import Span as CharSpan

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

    A pipeline that makes claims is scored end to end too: no pair is given, and an event is right if its subject meets
    the source, its object or an argument meets the target, and its root type is the gold one.

    :raises EvaluationError: if the file is missing or lacks a column.
    """
    pairs = read_pairs(path)
    docs = list(pipeline.pipe([pair.text for pair in pairs]))
    predicted = list(predict(pairs, docs))
    figures = _figures(pairs, predicted)
    return figures | {"end_to_end_f1": end_to_end_f1(pairs, docs)} if "kg_events" in pipeline.pipe_names else figures


def _figures(pairs: list[Pair], predicted: list[tuple[str, str]]) -> dict[str, float | int | str]:
    return {
        "task": "events",
        "n": len(pairs),
        "root_macro_f1": macro_f1([p.root for p in pairs], [root for root, _ in predicted]),
        "quad_macro_f1": macro_f1([p.quad for p in pairs], [quad for _, quad in predicted]),
        "coded": round(sum(1 for root, _ in predicted if root) / max(1, len(pairs)), 4),
    }


def predict(pairs: Iterable[Pair], docs: Iterable[Doc]) -> Iterator[tuple[str, str]]:
    """Root type, by the gold file's older names, and quad class of each pair; empty strings where nothing was found."""
    coder, older = Coder.load(), _older_roots()
    for pair, doc in zip(pairs, docs, strict=True):
        source = _span(doc, pair.source)
        event = event_between(source, _span(doc, pair.target) if pair.target else source, coder=coder)
        yield _older_names(event, older)


def _older_roots() -> dict[str, str]:
    """The root type of each CAMEO code by the names that the gold files use."""
    return {code.code: OLDER.get(code.type_older, code.type_older) for code in cameo_codes().values()}


def end_to_end_f1(pairs: list[Pair], docs: list[Doc]) -> float:
    """F1 (0 to 1) of the coded claims against the pairs: both actors and the root type must be right."""
    older = _older_roots()
    right = coded = 0
    for pair, doc in zip(pairs, docs, strict=True):
        events = {key for claim in doc._.claims for key in _coded(claim, pair, older)}
        coded += len({claim.relation.span for claim in doc._.claims if claim.event})
        right += ("source", "target", pair.root) in events
    return round(2 * right / (coded + len(pairs)), 4) if coded else 0.0


def _coded(claim: Claim, pair: Pair, older: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Which of the pair's actors a claim has as subject and as object or argument, with its root type."""
    if claim.event is None or claim.event.cameo is None or not _meets(claim.subject.span, pair.source):
        return
    others = [a.span for a in claim.arguments if a.span] + ([claim.object.span] if claim.object else [])
    if pair.target is None or any(_meets(span, pair.target) for span in others):
        yield "source", "target", older[claim.event.cameo]


def _meets(span: CharSpan, where: tuple[int, int]) -> bool:
    return span.start < where[1] and where[0] < span.end


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
