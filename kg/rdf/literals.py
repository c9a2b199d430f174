"""Literals as Turtle writes them, in the one form that every store keeps as it is: shortest decimals, no hours."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from kg.graph.dates import bounds

# What not every RDF syntax can carry: XML 1.0 has no control characters, and reads \r as \n.
_NOT_CARRIED = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DATE_TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}
# JSON escapes a string as Turtle and SPARQL do.
_quoted = json.JSONEncoder(ensure_ascii=False).encode


def text(value: str) -> str:
    r"""A plain string; characters that RDF documents cannot carry are replaced.

    >>> print(text('"No" \\ \x00'))
    "\"No\" \\ �"
    """
    return _quoted(_NOT_CARRIED.sub("\ufffd", value))


def english(value: str) -> str:
    """A string in English.

    >>> english("warns")
    '"warns"@en'
    """
    return f"{text(value)}@en"


def integer(value: int) -> str:
    """An ``xsd:integer``.

    >>> integer(3)
    '3'
    """
    return str(value)


@lru_cache(maxsize=1 << 12)
def decimal(value: float) -> str:
    """The shortest ``xsd:decimal``; a whole one names its type, for Turtle reads it as an integer otherwise.

    >>> decimal(3.0), decimal(-4.4)
    ('"3"^^xsd:decimal', '-4.4')
    """
    shortest = format(Decimal(str(value)).normalize() + 0, "f")
    return shortest if "." in shortest else f'"{shortest}"^^xsd:decimal'


def boolean(value: bool) -> str:
    """An ``xsd:boolean``.

    >>> boolean(True)
    'true'
    """
    return "true" if value else "false"


@lru_cache(maxsize=1 << 12)
def day(value: str) -> str | None:
    """A date as precise as it is given; None when it is no date of the calendar.

    >>> day("2022-02"), day("2022-02-30")
    ('"2022-02"^^xsd:gYearMonth', None)
    """
    found = bounds(value)
    if found is None or not _in_calendar(found[0]):
        return None
    return f'"{found[0]}"^^xsd:{_DATE_TYPES[len(found[0])]}'


def _in_calendar(value: str) -> bool:
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError:
        return False
    return True
