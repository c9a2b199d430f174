"""Writes the tables as one compressed SQLite database, the same bytes for the same tables."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from operator import attrgetter
from pathlib import Path

from kg.actors.folding import fold, skeleton
from kg.training.kb.facts import table
from kg.training.kb.merge import Tables

SCHEMA = Path(__file__).with_name("schema.sql")
PLACE = ("country", "lat", "lon", "population")
ENTITY_COLUMNS = ("id", "kind", "label", *PLACE, "valid_from", "valid_to", "salience", "source")
OFFICE_COLUMNS = ("person", "title", "role", "country", "organisation", "start", "end", "source", "as_of")
VERSION_FIELD = slice(96, 100)  # the SQLite version that wrote the file: it differs between machines


def write(tables: Tables, *, surnames: Iterable[tuple[str, str]], leaders: Mapping[str, str], output: Path) -> Path:
    """Write the knowledge base to ``output`` and return the file's path."""
    database = sqlite3.connect(":memory:")
    database.executescript(SCHEMA.read_text("utf8"))
    sources = table("sources.csv")
    database.executemany("insert into sources values (:name, :licence, :attribution, :version, :as_of)", sources)
    fill(database, tables)
    family = ((name, skeleton(name), person) for name, person in sorted(set(surnames)))
    database.executemany("insert or ignore into surnames values (?, ?, ?)", family)
    database.executemany("insert into leaders values (?, ?)", sorted(leaders.items()))
    database.commit()
    database.execute("vacuum")
    image = bytearray(database.serialize())
    image[VERSION_FIELD] = bytes(4)
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(zlib.compress(bytes(image), 9))
    return output


def fill(database: sqlite3.Connection, tables: Tables) -> None:
    """Insert entities, aliases, offices and memberships, in their order."""
    columns = attrgetter(*ENTITY_COLUMNS)
    marks = ", ".join("?" * len(ENTITY_COLUMNS))
    database.executemany(f"insert into entities values ({marks})", map(columns, tables.entities.values()))
    database.executemany(
        "insert into aliases values (?, ?, ?, ?, ?, ?)",
        ((fold(a.alias), skeleton(fold(a.alias)), a.alias, a.entity, a.type, a.source) for a in tables.aliases),
    )
    of_office = attrgetter(*OFFICE_COLUMNS)
    marks = ", ".join("?" * len(OFFICE_COLUMNS))
    database.executemany(f"insert into offices values ({marks})", map(of_office, tables.offices))
    database.executemany(
        "insert into memberships values (?, ?, ?)",
        ((m.country, m.organisation, m.source) for m in tables.memberships),
    )
