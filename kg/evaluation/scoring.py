"""What the scorers share: precision, recall and F1, and writing predictions."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Scores = dict[str, float | int]


def f1(precision: float, recall: float) -> float:
    """The harmonic mean of precision and recall; 0 when both are 0.

    >>> f1(0.5, 1.0)
    0.6666666666666666
    """
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(frozen=True, slots=True)
class Counts:
    """How many predictions were right, how many were made, and how many the gold has.

    >>> Counts(correct=1, predicted=2, gold=4) + Counts(correct=1, predicted=2, gold=0)
    Counts(correct=2, predicted=4, gold=4)
    """

    correct: float = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.correct + other.correct, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """The share of predictions that are right; 0 where nothing was predicted."""
        return self.correct / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold that was predicted; 0 where there is none."""
        return self.correct / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return f1(self.precision, self.recall)

    def scores(self, prefix: str = "") -> Scores:
        """Precision, recall and F1 under their names."""
        return {f"{prefix}precision": self.precision, f"{prefix}recall": self.recall, f"{prefix}f1": self.f1}


def count_matches(predicted: Iterable[object], gold: Iterable[object]) -> Counts:
    """Compare two collections as sets: an item is right when the other side holds an equal one.

    >>> count_matches(["a", "b"], ["b", "c", "d"])
    Counts(correct=1, predicted=2, gold=3)
    """
    ours, theirs = set(predicted), set(gold)
    return Counts(correct=len(ours & theirs), predicted=len(ours), gold=len(theirs))


def write_lines(path: Path | None, lines: Iterable[str]) -> None:
    """Write predictions, a line each, if a file was asked for; its folder is made where missing."""
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf8")


def to_json(row: dict[str, Any]) -> str:
    """One JSON line, with the letters as they are."""
    return json.dumps(row, ensure_ascii=False)
