"""Words that tell the time, by class, and the numbers that they stand for (``time_words.csv``)."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

YEAR_WORD = re.compile(r"(1[5-9]|20)\d\d|((1[0-9]|20)\d|['’]?\d)0s|\d{4}[-–/]\d{2,4}|mid-\d{4}|\d{4}-\d\d(-\d\d)?")
NUMBER_WORD = re.compile(r"\d{1,2}(st|nd|rd|th)?|\d{1,2}[:.]\d\d|\d+-(day|week|month|year)")


@cache
def word_classes(word: str) -> frozenset[str]:
    """The classes of ``time_words.csv`` that a word belongs to; a number and a year are classed by their form.

    >>> sorted(word_classes("May")), sorted(word_classes("may"))
    (['month'], [])
    """
    found = {
        row["class"]
        for row in _rows()
        if row["word"] == word.lower().rstrip(".") or row["word"] == word.lower()
        if not row["capital"] or not word[0].islower()
    }
    if YEAR_WORD.fullmatch(word):
        found.add("unit")
    elif NUMBER_WORD.fullmatch(word):
        found.add("number")
    return frozenset(found)


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with Path(__file__).with_name("time_words.csv").open(encoding="utf8", newline="") as lines:
        return tuple(csv.DictReader(lines))


@cache
def numbers(kind: str) -> dict[str, int]:
    """The numeric values of the words of one class.

    >>> numbers("weekday")["tuesday"]
    1
    """
    return {row["word"]: int(row["value"]) for row in _rows() if row["class"] == kind and row["value"]}


@cache
def any_of(kind: str) -> str:
    """A pattern that matches the words of one class that have a value.

    >>> re.fullmatch(any_of("month"), "june") is not None
    True
    """
    words = sorted((row["word"] for row in _rows() if row["class"] == kind and row["value"]), key=len, reverse=True)
    return "|".join(map(re.escape, words))
