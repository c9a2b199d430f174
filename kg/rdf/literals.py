"""Literals in the one form that every store keeps as it is: shortest decimals, dates without hours."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from kg.graph.dates import bounds
from kg.rdf.names import XSD

# What not every RDF syntax can carry: XML 1.0 has no control characters, and reads \r as \n.
_NOT_CARRIED = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DATE_TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}


def text(value: str) -> Literal:
    """A plain string; characters that RDF documents cannot carry are replaced."""
    return Literal(_NOT_CARRIED.sub("\ufffd", value))


def english(value: str) -> Literal:
    """A string in English."""
    return Literal(text(value).value, language="en")


def integer(value: int) -> Literal:
    """An ``xsd:integer``."""
    return Literal(str(value), datatype=NamedNode(XSD + "integer"))


def decimal(value: float) -> Literal:
    """The shortest ``xsd:decimal``.

    >>> decimal(3.0).value, decimal(-4.4).value
    ('3', '-4.4')
    """
    return Literal(format(Decimal(str(value)).normalize() + 0, "f"), datatype=NamedNode(XSD + "decimal"))


def boolean(value: bool) -> Literal:
    """An ``xsd:boolean``."""
    return Literal("true" if value else "false", datatype=NamedNode(XSD + "boolean"))


def day(value: str) -> Literal | None:
    """A date as precise as it is given; None when it is no date of the calendar.

    >>> day("2022-02").datatype.value.rpartition("#")[2]
    'gYearMonth'
    """
    found = bounds(value)
    if found is None or not _in_calendar(found[0]):
        return None
    return Literal(found[0], datatype=NamedNode(XSD + _DATE_TYPES[len(found[0])]))


def _in_calendar(value: str) -> bool:
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError:
        return False
    return True
