"""Into Ladybug, an embedded property graph that is asked in Cypher; its tables are made first, with typed columns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.errors import StoreError
from kg.graph import Graph
from kg.stores.cypher import PropertyGraph, Row
from kg.stores.loading import Loaded, LoadOptions, broken_off
from kg.stores.record import LoadRecord
from kg.version import install
from kg.views.property_graph import CLAIM, COLUMNS, ENTITY, LABELS, TIES

TYPES = {str: "STRING", bool: "BOOLEAN", int: "INT64", float: "DOUBLE"}


def load_ladybug(graph: Graph, where: str, options: LoadOptions, record: LoadRecord) -> Loaded:
    """Merge the graph into the database at a path, which is made if there is none.

    Statements are relationships STATEMENT, whatever their relation, for a table of Ladybug is made beforehand.

    :raises StoreError: if the package is not installed, or the database cannot be opened or written.
    """
    try:
        import ladybug
    except ImportError:
        raise StoreError(f"loading into Ladybug needs it: run {install('stores')}") from None

    loading: PropertyGraph | None = None
    try:
        Path(where).parent.mkdir(parents=True, exist_ok=True)
        with ladybug.Database(where) as database, ladybug.Connection(database) as connection:

            def run(query: str, rows: list[Row]) -> None:
                connection.execute(query, {"rows": rows})

            for table in _tables():
                connection.execute(table)
            loading = PropertyGraph(run, record, by_relation=False, value=_cast)
            return loading.load(graph, where, options)
    except (RuntimeError, OSError) as error:
        words = " ".join(str(error).split())[:200]
        done = loading.done + record.resumed if loading else 0
        raise broken_off(where, f"cannot be written ({words}): free it, or name another path", done) from error


def _cast(column: str, type: type) -> str:
    """A column of nothing but nulls has no type that Ladybug could guess."""
    return f"CAST(row.{column} AS {TYPES[type]})"


def _tables() -> Iterator[str]:
    """What makes each table, unless it is there."""
    for label in LABELS:
        yield f"CREATE NODE TABLE IF NOT EXISTS {label}(id STRING PRIMARY KEY, {_columns(label)})"
    for table in COLUMNS.keys() - set(LABELS):
        yield f"CREATE REL TABLE IF NOT EXISTS {table}(FROM {ENTITY} TO {ENTITY}, id STRING, {_columns(table)})"
    for type, end in TIES.items():
        yield f"CREATE REL TABLE IF NOT EXISTS `{type}`(FROM {CLAIM} TO {end})"


def _columns(table: str) -> str:
    return ", ".join(f"{name} {TYPES[type]}" for name, type in COLUMNS[table].items())
