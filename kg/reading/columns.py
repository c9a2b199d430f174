"""Which column of a table is which field of an article, by the names that news services and data sets use.

``columns.csv`` holds the names, the likelier of two first, each with the services that use it. A nested value has a
dotted name (``source.name``). Names are compared without regard to case, spaces and hyphens.
"""

from __future__ import annotations

import ast
import csv
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from kg.reading.inputs import UnreadableError

FIELDS = ("text", "lead", "summary", "title", "published", "publisher", "url", "language", "id")
WORDS_IN = ("text", "lead", "summary", "title")
OWN_NAMES = {"date": "published", "lang": "language"}
LONGEST_NESTED = 2000

Row = Mapping[str, object]
Columns = Mapping[str, tuple[str, ...]]


@cache
def known_names() -> Mapping[str, tuple[str, ...]]:
    """The names of columns for each field, the likeliest first."""
    with Path(__file__).with_name("columns.csv").open(encoding="utf8", newline="") as table:
        rows = list(csv.DictReader(table))
    return {field: tuple(row["column"] for row in rows if row["field"] == field) for field in FIELDS}


def columns_of(names: Iterable[str], *, given: Mapping[str, str] | None = None) -> Columns:
    """The columns that hold each field, among those of a table; the first that is not empty counts, row by row.

    :param given: the column of a field, as the user says; the others are told by their names.
    :raises UnreadableError: if a column that was given is not there, or none holds words.

    >>> columns_of(["", "Title", "content", "source.name"])
    {'text': ('content',), 'title': ('Title',), 'publisher': ('source.name',)}
    """
    spelt = {plain_name(name): name for name in reversed(list(names))}
    found = {field: tuple(spelt[name] for name in known if name in spelt) for field, known in known_names().items()}
    for field, column in (given or {}).items():
        found[field] = (_given(field, column, spelt),)
    if not any(found.get(field) for field in WORDS_IN):
        shown = ", ".join(repr(name) for name in list(spelt.values())[::-1][:12]) or "none"
        raise UnreadableError(
            f"has no column 'text' or another known name (its columns: {shown})",
            "name the column that holds the articles' words: --column text=NAME",
        )
    return {field: columns for field, columns in found.items() if columns}


def _given(field: str, column: str, spelt: Mapping[str, str]) -> str:
    if field not in FIELDS:
        raise UnreadableError(f"cannot fill the field {field!r}", f"an article has the fields {', '.join(FIELDS)}")
    if plain_name(column) not in spelt:
        raise UnreadableError(f"has no column {column!r}", "check the name that --column gives")
    return spelt[plain_name(column)]


def plain_name(column: str) -> str:
    """The name of a column as it is compared.

    >>> plain_name(" Publication Date ")
    'publication_date'
    """
    return column.strip().strip("\ufeff").casefold().replace(" ", "_").replace("-", "_")


def flat(row: Mapping[str, object]) -> dict[str, object]:
    """A row with a dotted name for each nested value; a mapping that was written into a cell as text is opened too.

    >>> flat({"title": "Talks resume", "source": "{'id': None, 'name': 'Daily'}"})
    {'title': 'Talks resume', 'source.id': None, 'source.name': 'Daily'}
    """
    found: dict[str, object] = {}
    for name, value in row.items():
        nested = _nested(value)
        if nested is None:
            found[name] = value
        else:
            found.update({f"{name}.{inner}": deeper for inner, deeper in flat(nested).items()})
    return found


def _nested(value: object) -> Mapping[str, object] | None:
    if isinstance(value, Mapping):
        return {str(name): inner for name, inner in value.items()}
    if not (isinstance(value, str) and value.startswith("{") and len(value) <= LONGEST_NESTED):
        return None
    try:
        read = ast.literal_eval(value)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None  # Words that begin with a brace are words.
    return {str(name): inner for name, inner in read.items()} if isinstance(read, dict) else None


def said_of(columns: Columns) -> str | None:
    """What to note of columns that were told by their names; None where they bear those of ``kg`` itself.

    >>> said_of({"text": ("content", "article"), "title": ("title",)})
    'columns by their names: text=content, title=title'
    """
    if all(OWN_NAMES.get(plain_name(names[0]), plain_name(names[0])) == field for field, names in columns.items()):
        return None
    return f"columns by their names: {', '.join(f'{field}={names[0]}' for field, names in columns.items())}"
