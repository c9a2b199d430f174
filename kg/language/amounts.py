"""Find amounts: numbers with what they count by, by tags and the tables of currencies and units.

===========  ==========================================================================================
label        meaning
===========  ==========================================================================================
MONEY        a number with a currency: "$1.5 billion", "300 million rubles", "EUR 20m"
PERCENT      "12 percent", "0.5 percentage points", "7%"
QUANTITY     a number with a unit of measure: "24 tons", "700 square miles", "a 10-kilometer" convoy
TIME         an hour of the day, or a stretch shorter than a day: "5:30 pm", "noon", "12 hours"
CARDINAL     any other number that counts something: "10", "two", "dozens"
===========  ==========================================================================================

A number that names something ("Article 5", "Resolution 2254", "2014"), a day, a stretch of days or years, an age, a
score and a list's number are none. A range is one amount ("15 to 20"); what narrows it ("more than") is left outside.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from spacy.tokens import Doc, Token

from kg.language.time_words import word_classes

NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?(bn|mn|tn|[mk])?|\.\d+|\d+/\d+")
YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
HOUR = re.compile(r"([01]?\d|2[0-4])[:.][0-5]\d([ap]\.?m\.?)?|\d{1,2}[ap]\.?m\.?")
SCALES = frozenset({"hundred", "thousand", "million", "billion", "trillion", "dozen", "bn", "mn", "tn", "k", "m"})
CROWDS = frozenset({"dozens", "hundreds", "thousands", "millions", "billions", "trillions", "scores"})
HALVES = frozenset({"am", "pm", "a.m.", "p.m.", "a.m", "p.m", "o'clock", "o’clock"})
ZONES = frozenset({"gmt", "utc", "est", "edt", "cet", "et", "pt"})
NOONS = frozenset({"noon", "midnight"})
RANGES = frozenset({"to", "-", "–"})
HYPHENS = frozenset({"-", "–"})
MARKS_AFTER = frozenset({"-", "–", ")", "]", "/"})
MARKS_BEFORE = frozenset({"(", "[", "#", "/", ";"})
NAMES = frozenset({"NN", "NNP", "NNPS"})
DETERMINERS = frozenset({"no", "any", "the", "this", "that", "each", "every", "another", "which", "only"})
LONGEST_UNIT = 4
NO_BREAK = "\N{NO-BREAK SPACE}"

Amount = tuple[int, int, str]


def amounts(doc: Doc) -> Iterator[Amount]:
    """The amounts of a tagged Doc with its names in place, as token ranges with a label, in order.

    >>> import spacy
    >>> words = "At 5 pm more than 20 tanks , worth $ 3 million , crossed 15 to 20 km of Article 5 land".split()
    >>> tags = "IN CD NN JJR IN CD NNS , JJ $ CD CD , VBD CD TO CD NNS IN NN CD NN".split()
    >>> doc = Doc(spacy.blank("en").vocab, words=words, tags=tags)
    >>> [(doc[start:end].text, label) for start, end, label in amounts(doc)]
    [('5 pm', 'TIME'), ('20', 'CARDINAL'), ('$ 3 million', 'MONEY'), ('15 to 20 km', 'QUANTITY')]
    """
    done = 0
    for token in doc:
        if token.i < done or token.ent_type:
            continue
        found = _at(doc, token)
        if found is not None:
            done = found[1]
            if found[2]:
                yield found


def _at(doc: Doc, token: Token) -> Amount | None:
    """The amount that begins with a number; its label is empty where the number counts nothing."""
    if token.lower_ in NOONS or HOUR.fullmatch(token.text):
        return _hour(doc, token.i, token.i + 1)
    if token.lower_ in CROWDS and token.tag_ == "NNS":
        return token.i, token.i + 1, "CARDINAL"
    if not is_number(token):
        return None
    end = _number_end(doc, token.i)
    if end < len(doc) and doc[end].text in RANGES and end + 1 < len(doc) and is_number(doc[end + 1]):
        end = _number_end(doc, end + 1)
    start, before = token.i, doc[token.i - 1] if token.i else None
    if before is not None and not before.ent_type and _kind(before.text) in ("symbol", "code"):
        return start - 1, end, "MONEY"
    unit_end, kind = _unit(doc, end)
    if kind == "hour":
        return _hour(doc, start, unit_end)
    if kind == "date":
        return start, unit_end, ""
    if kind:
        return start, unit_end, kind
    return (start, end, "CARDINAL") if _counts(doc, start, end) else (start, end, "")


def is_number(token: Token) -> bool:
    """Whether a word is a number, in figures or in letters, by its form and tag."""
    if token.ent_type or token.tag_ not in ("CD", "", "JJ", "NN"):
        return False
    return NUMBER.fullmatch(token.text) is not None or (token.tag_ == "CD" and token.is_alpha)


def _number_end(doc: Doc, start: int) -> int:
    end = start + 1
    while end < len(doc) and not doc[end].ent_type and (doc[end].lower_ in SCALES or _goes_on(doc, start, end)):
        end += 1
    return end


def _goes_on(doc: Doc, start: int, end: int) -> bool:
    """Whether a number in letters goes on ("two hundred forty")."""
    return doc[end].tag_ == "CD" and doc[end].is_alpha and doc[end - 1].is_alpha


def _unit(doc: Doc, start: int) -> tuple[int, str]:
    """Where the unit behind a number ends, a hyphen before it or not, and the label that it makes."""
    first = start
    if start + 1 < len(doc) and (
        doc[start].text == NO_BREAK or (doc[start].text in HYPHENS and not doc[start].whitespace_)
    ):
        first += 1
    for size in range(min(LONGEST_UNIT, len(doc) - first), 0, -1):
        words = doc[first : first + size]
        kind = _kind(words.text)
        if kind and not any(token.ent_type for token in words):
            label = {"symbol": "MONEY", "code": "MONEY", "time": "TIME"}.get(kind, kind)
            return first + size, label if label in ("date", "hour") else label.upper()
    if first < len(doc) and doc[first].lower_ in HALVES:
        return first + 1, "hour"
    return start, ""


def _hour(doc: Doc, start: int, end: int) -> Amount:
    """An hour with its half of the day and its zone."""
    while end < len(doc) and not doc[end].ent_type and (doc[end].lower_ in HALVES or doc[end].lower_ in ZONES):
        end += 1
    return start, end, "TIME"


def _counts(doc: Doc, start: int, end: int) -> bool:
    """Whether a number without a unit counts something, and is no name, year, score, age or number of a list."""
    before = doc[start - 1] if start else None
    after = doc[end] if end < len(doc) else None
    if after is not None and (after.text in MARKS_AFTER or "month" in word_classes(after.text)):
        return False
    if YEAR.fullmatch(doc[start].text) and (after is None or after.tag_ != "NNS"):
        return False
    if before is None or before.is_space:
        return after is not None and after.is_alpha
    if doc[start].lower_ == "one" and (before.lower_ in DETERMINERS or (after is not None and after.lower_ == "of")):
        return False
    joined = before.text in HYPHENS and not before.whitespace_
    return not (joined or before.text in MARKS_BEFORE or before.tag_ in NAMES or before.ent_type)


@cache
def _kind(words: str) -> str:
    """The kind of a unit or currency as written, else in small letters; empty where it is none."""
    table = _table()
    return table.get(words) or table.get(words.lower(), "")


@cache
def _table() -> dict[str, str]:
    with Path(__file__).with_name("measure_words.csv").open(encoding="utf8", newline="") as lines:
        return {row["words"]: row["kind"] for row in csv.DictReader(lines)}
