"""Records as Arrow tables and back: the form in which a ledger keeps them and engines hand them on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyarrow as pa

from kg.ledger.tables import PARTS, TABLES, Row, Table, record_of, rows_of
from kg.model import Record

BATCH = 1000
Tables = dict[str, Table]
"""A table of each of :data:`kg.ledger.TABLES`, by its name, all sorted by article."""


def to_tables(records: Iterable[Record]) -> Tables:
    """The tables of some records.

    >>> from kg.model import Article, Record
    >>> tables = to_tables([Record(Article.make(text="The envoy left Kyiv.", id="a1"))])
    >>> [record.article.id for record in from_tables(tables)]
    ['a1']
    """
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    for record in sorted(records, key=lambda record: record.article.id):
        for name, more in rows_of(record).items():
            rows[name].extend(more)
    return {name: pa.Table.from_pylist(rows[name], schema=schema) for name, schema in TABLES.items()}


def from_tables(tables: Mapping[str, Table]) -> Iterator[Record]:
    """The records of some tables, in the order of their article ids.

    :raises ValueError: if a row breaks a rule of the model, or the tables do not fit together.
    """
    streams = {name: _Rows(tables[name]) for name in PARTS}
    for article in _rows(tables["articles"]):
        yield record_of(article, {name: stream.of(article["id"]) for name, stream in streams.items()})


class _Rows:
    """The rows of a table that is sorted by article, taken article by article."""

    def __init__(self, table: Table) -> None:
        self._rows = _rows(table)
        self._next = next(self._rows, None)

    def of(self, article: str) -> list[Row]:
        found: list[Row] = []
        while self._next is not None and self._next["article"] == article:
            found.append(self._next)
            self._next = next(self._rows, None)
        return found


def _rows(table: Table) -> Iterator[Row]:
    for batch in table.to_batches(max_chunksize=BATCH):
        yield from batch.to_pylist()
