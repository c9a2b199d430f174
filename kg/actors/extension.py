"""Entities and names of one's own, from a CSV or Parquet file, added to a knowledge base.

A row is a name of an entity, with the columns of the tables ``entities`` and ``aliases``. ``id``, ``kind`` and
``label`` are needed; ``alias`` and its ``type`` (else the label is the name), ``country`` (ISO 3166-1), ``lat``,
``lon``, ``population``, ``valid_from``, ``valid_to``, ``salience`` (0 to 1), ``source`` and its ``licence`` are free.
An entity of the knowledge base with the same id keeps its fields and gains the names.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kg.actors.folding import fold, skeleton
from kg.errors import KnowledgeBaseError
from kg.model import KINDS

SUFFIXES = frozenset({".csv", ".parquet"})
NEEDED = ("id", "kind", "label")
FREE = ("country", "lat", "lon", "population", "valid_from", "valid_to", "salience", "source")
TYPES = frozenset({
    "label", "alternative", "acronym", "demonym", "capital metonym", "government metonym", "surname",
})  # fmt: skip
NUMBERS = {"lat": float, "lon": float, "population": int, "salience": float}
ORDINARY_SALIENCE = 0.6
SAME_ALIAS = "select * from aliases where folded = ?1 and alias = ?3 and entity = ?4"


def extend(database: sqlite3.Connection, path: Path) -> None:
    """Add the rows of a file to the tables of a knowledge base.

    :raises KnowledgeBaseError: naming the row and field, if the file is missing or a row is not as it should be.
    """
    if not path.is_file():
        raise KnowledgeBaseError(f"there is no {path}; give a CSV or Parquet file of names with --kb")
    for number, row in enumerate(_rows(path), start=1):
        _add(database, {name: value for name, value in row.items() if value not in ("", None)}, f"{path}, row {number}")


def _rows(path: Path) -> Iterable[Mapping[str, Any]]:
    if path.suffix == ".parquet":
        import pyarrow.parquet as parquet  # only for such a file

        return parquet.read_table(path).to_pylist()
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _add(database: sqlite3.Connection, row: Mapping[str, Any], where: str) -> None:
    for name in NEEDED:
        if name not in row:
            raise KnowledgeBaseError(f"{where} has no {name}: every row needs {', '.join(NEEDED)}")
    kind, type = row["kind"], row.get("type", "alternative" if "alias" in row else "label")
    if kind not in KINDS:
        raise KnowledgeBaseError(f"{where} has the kind {kind!r}: use one of {', '.join(sorted(KINDS))}")
    if type not in TYPES:
        raise KnowledgeBaseError(f"{where} has the type {type!r}: use one of {', '.join(sorted(TYPES))}")
    fields = {"salience": ORDINARY_SALIENCE, "source": "own", **{name: row[name] for name in FREE if name in row}}
    for name in NUMBERS.keys() & fields.keys():
        fields[name] = _number(fields[name], name, where)
    values = (row["id"], kind, row["label"], *(fields.get(name) for name in FREE))
    database.execute(f"insert or ignore into entities values ({', '.join('?' * len(values))})", values)
    if "licence" in row:
        source = (fields["source"], row["licence"], fields["source"], "")
        database.execute("insert or ignore into sources values (?, ?, ?, ?, null)", source)
    for name, of_type in {row["label"]: "label", row.get("alias", row["label"]): type}.items():
        alias = (fold(name), skeleton(fold(name)), name, row["id"], of_type, fields["source"])
        database.execute(f"insert into aliases select ?1, ?2, ?3, ?4, ?5, ?6 where not exists ({SAME_ALIAS})", alias)
        if kind == "person":
            family = fold(name).split()[-1]
            database.execute("insert or ignore into surnames values (?, ?, ?)", (family, skeleton(family), row["id"]))


def _number(value: Any, name: str, where: str) -> float | int:
    try:
        return NUMBERS[name](value)
    except (TypeError, ValueError) as error:
        raise KnowledgeBaseError(f"{where} has the {name} {value!r}: it must be a number") from error
