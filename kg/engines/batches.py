"""Articles and what is read out of them as Arrow batches: the one function that every engine of a cluster calls.

An engine sends batches of articles to its workers and gets rows of two columns back: the name of a table of the ledger,
and that table's rows of the batch as an Arrow IPC stream. The pipeline is loaded once in a worker and never sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

import pyarrow as pa

from kg.engines.local import worked_on
from kg.ledger.arrow import Tables, from_tables, to_tables
from kg.ledger.tables import TABLES, Table
from kg.model import Article, Record
from kg.reading import Rejected

Batch = Any  # a pyarrow.RecordBatch: pyarrow declares no types
ARTICLES = ("id", "text", "title", "published", "publisher", "url", "language", "origin")
REJECTED = ("path", "reason", "remedy", "error")
ARTICLE_SCHEMA = pa.schema([pa.field(name, pa.string()) for name in ARTICLES])
REJECTED_SCHEMA = pa.schema([pa.field(name, pa.string()) for name in REJECTED])
WIRE_SCHEMA = pa.schema([pa.field("table", pa.string()), pa.field("data", pa.binary())])


def article_row(article: Article) -> tuple[str | None, ...]:
    """An article as a row of :data:`ARTICLE_SCHEMA`."""
    return tuple(getattr(article, name) for name in ARTICLES)


def tables_of_articles(batch: Batch, *, pipeline: str, open: bool = False, knowledge_base: str | None = None) -> Tables:
    """What is read out of a batch of articles: the ledger's tables, and one of the articles ``rejected``.

    It is pure: the same batch gives the same tables, whichever process or machine works on it.

    :param batch: articles with the columns of :data:`ARTICLE_SCHEMA`.
    """
    articles = [Article(**row) for row in batch.to_pylist()]
    done = [worked_on(a, pipeline=pipeline, open=open, knowledge_base=knowledge_base) for a in articles]
    rejected = [asdict(item) for item in done if isinstance(item, Rejected)]
    tables = to_tables(item for item in done if isinstance(item, Record))
    return tables | {"rejected": pa.Table.from_pylist(rejected, schema=REJECTED_SCHEMA)}


def items_of_tables(tables: Tables) -> Iterator[Record | Rejected]:
    """The records and rejections of such tables."""
    yield from from_tables({name: tables[name] for name in TABLES})
    yield from (Rejected(**row) for row in tables["rejected"].to_pylist())


def to_wire(tables: Tables) -> Batch:
    """Tables as rows of :data:`WIRE_SCHEMA`."""
    rows = [{"table": name, "data": _packed(table)} for name, table in tables.items()]
    return pa.RecordBatch.from_pylist(rows, schema=WIRE_SCHEMA)


def from_wire(rows: Iterable[tuple[str, bytes]]) -> Tables:
    """The tables of such rows."""
    return {name: pa.ipc.open_stream(data).read_all() for name, data in rows}


def _packed(table: Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()
