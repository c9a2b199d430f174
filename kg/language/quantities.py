"""How many: the bounds that the words of a number give ("at least 12", "12 to 15", "dozens", "$1.5 billion").

A number alone is both its bounds; "at least" and "more than" leave the upper one open, "up to" and "fewer than" the
lower one. "Dozens" is at least two dozen. What the words call rough ("about", "nearly") keeps its value and is marked.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.language.time_words import numbers

SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "k": 1e3, "m": 1e6, "mn": 1e6,
    "bn": 1e9, "tn": 1e12, "dozen": 12,
}  # fmt: skip
CROWDS = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2e3, "millions": 2e6, "billions": 2e9}
TENS = {"sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
AT_LEAST = re.compile(r"\b(at least|more than|over|no fewer than|no less than|upwards of|in excess of|above)\b")
AT_MOST = re.compile(r"\b(at most|up to|as many as|as much as|fewer than|less than|no more than|under|below)\b")
ABOUT = re.compile(r"\b(about|around|some|nearly|almost|roughly|approximately|an estimated|estimated|close to)\b")
FIGURE = re.compile(r"(\d[\d,]*(?:\.\d+)?)(k|m|mn|bn|tn)?")
WORDS = re.compile(r"\d[\d,]*(?:\.\d+)?(?:k|m|mn|bn|tn)?\b|[a-z]+")
RANGE = re.compile(r"\b(?:to|or|and)\b|(?<=\d)\s?[-–]\s?(?=\d)")


class Quantity(NamedTuple):
    """The bounds of a number, either of them None where it is open, and whether the words call it rough."""

    least: float | None
    most: float | None
    about: bool


def quantity(words: str) -> Quantity | None:
    """The bounds that the words of a number give, or None if they give none.

    >>> quantity("at least 12")
    Quantity(least=12.0, most=None, about=False)
    >>> quantity("twelve or fifteen"), quantity("nearly 1.5 million")
    (Quantity(least=12.0, most=15.0, about=False), Quantity(least=1500000.0, most=1500000.0, about=True))
    >>> quantity("dozens"), quantity("several") is None
    (Quantity(least=24.0, most=None, about=True), True)
    """
    text = " ".join(words.lower().split())
    about = ABOUT.search(text) is not None
    crowd = next((CROWDS[word] for word in WORDS.findall(text) if word in CROWDS), None)
    if crowd is not None:
        return Quantity(float(crowd), None, True)
    values = [value for part in RANGE.split(text) if (value := _value(part)) is not None]
    if not values:
        return None
    least, most = min(values), max(values)
    if len(values) == 1 and AT_LEAST.search(text):
        return Quantity(least, None, about)
    if len(values) == 1 and AT_MOST.search(text):
        return Quantity(None, most, about)
    return Quantity(least, most, about)


def _value(text: str) -> float | None:
    """The value of one number in figures, letters or both ("two hundred forty", "1.5 million")."""
    total = part = None
    for word in WORDS.findall(text):
        figure = FIGURE.fullmatch(word)
        scale = SCALES.get(figure[2] or "") if figure else SCALES.get(word)
        one = float(figure[1].replace(",", "")) if figure else _named(word, first=part is None)
        if one is not None:
            part = one + (part or 0.0)
        if scale is not None:
            part = (part if part is not None else 1.0) * scale
            if scale >= SCALES["thousand"]:
                total, part = (total or 0.0) + part, None
    if total is None and part is None:
        return None
    return (total or 0.0) + (part or 0.0)


def _named(word: str, *, first: bool) -> float | None:
    """The value of a number's name; an article is none."""
    if word in TENS:
        return float(TENS[word])
    value = numbers("number").get(word)
    return float(value) if value is not None and word not in ("a", "an", "another", "dozen", "hundred") else None
