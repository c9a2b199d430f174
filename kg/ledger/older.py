"""Tables of older versions of the ledger, read as the tables of today.

Version 1 knew no country codes and coordinates of entities, and up to version 2 a mention's row held the entity that it
was merged into, and a claim's row its event. Up to version 3 a claim knew neither its ground nor its numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

OLDEST = 1
Table = Any  # pyarrow declares no types
Schema = Any

NEW_IN_2 = ("country_code", "latitude", "longitude")  # of an entity
NEW_IN_4 = ("ground", "numbers")  # of a claim
#: The table whose rows hold those of a table that an older version did not have.
HELD_IN: Mapping[str, str] = {"merges": "mentions", "events": "claims"}


def as_today(table: Table, name: str, schema: Schema, *, version: int) -> Table:
    """The columns of a table of some name, out of the one in which a version of the ledger held its rows.

    :raises KeyError: if the table lacks a column that its version has.
    """
    if version < 3 and name in HELD_IN:
        table = _merges(table) if name == "merges" else _events(table)
    if version < 2 and name == "entities":
        table = _with_nulls(table, NEW_IN_2, schema)
    if version < 4 and name == "claims":
        table = _with_nulls(table, NEW_IN_4, schema)
    return table.select(schema.names)


def _with_nulls(table: Table, columns: tuple[str, ...], schema: Schema) -> Table:
    for column in columns:
        table = table.append_column(column, pa.nulls(table.num_rows, schema.field(column).type))
    return table


def _merges(mentions: Table) -> Table:
    return mentions.rename_columns(["mention" if name == "text" else name for name in mentions.column_names])


def _events(claims: Table) -> Table:
    coded = claims.filter(claims["event_type"].is_valid())
    names = {"id": "claim"} | {f"event_{name}": name for name in ("type", "quad", "cameo", "goldstein", "mode")}
    return coded.select(["article", *names]).rename_columns(["article", *names.values()])
