"""Extraction on Spark: the same records as on one machine, from as many executors as the master has.

Articles go out as Arrow batches and come back as tables of the ledger (:mod:`kg.engines.batches`); the ledger, which is
written by the driver, is the same to the row, and so is every file made of it. An executor that is lost has its
partition repeated by Spark; nothing else is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from typing import Any

from kg.engines.batches import (
    ARTICLES,
    article_row,
    from_wire,
    items_of_tables,
    tables_of_articles,
    to_wire,
)
from kg.errors import EngineError
from kg.ledger.tables import TABLES
from kg.model import Article, Record
from kg.reading import Rejected
from kg.version import install

MASTER = "local[2]"
ARTICLES_A_JOB = 4000
ARTICLES_A_PARTITION = 32
ARTICLES_A_BATCH = 8
SCHEMA_IN = ", ".join(f"{name} string" for name in ARTICLES)
SCHEMA_OUT = "table string, data binary"
SETTINGS = {
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(ARTICLES_A_BATCH),
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "8",
}


def extract_all(
    articles: Iterable[Article | Rejected],
    *,
    pipeline: str,
    master: str | None = None,
    open: bool = False,
    knowledge_base: str | None = None,
) -> Iterator[Record | Rejected]:
    """The records of many articles, some thousands a job; the order is not that of the articles.

    :param master: Spark's master, such as ``local[2]`` or ``spark://host:7077``. Executors need ``kg`` installed.
    :raises EngineError: if PySpark or Java is missing, or a job fails.
    """
    session = _session(master or MASTER)
    try:
        waiting = iter(articles)
        while some := list(islice(waiting, ARTICLES_A_JOB)):
            yield from (item for item in some if isinstance(item, Rejected))
            todo = [item for item in some if isinstance(item, Article)]
            if todo:
                yield from _job(session, todo, pipeline=pipeline, open=open, knowledge_base=knowledge_base)
    finally:
        session.stop()


def extract_frame(frame: Any, *, pipeline: str, open: bool = False, knowledge_base: str | None = None) -> Any:
    """A Spark data frame of articles to one of ``table`` and ``data``: rows of the ledger's tables as Arrow streams.

    For who has articles on a cluster already: the columns are those of :data:`kg.engines.batches.ARTICLES`, and
    :func:`kg.engines.batches.from_wire` reads the rows of one batch.
    """
    work = partial(_on_executor, pipeline=pipeline, open=open, knowledge_base=knowledge_base)
    return frame.mapInArrow(work, SCHEMA_OUT)


def _on_executor(batches: Iterable[Any], *, pipeline: str, open: bool, knowledge_base: str | None) -> Iterator[Any]:
    for batch in batches:
        yield to_wire(tables_of_articles(batch, pipeline=pipeline, open=open, knowledge_base=knowledge_base))


def _job(
    session: Any, articles: list[Article], *, pipeline: str, open: bool, knowledge_base: str | None
) -> Iterator[Record | Rejected]:
    # Long articles first, so that none of them is begun when the others are done.
    rows = [article_row(article) for article in sorted(articles, key=lambda article: (-len(article.text), article.id))]
    slices = max(session.sparkContext.defaultParallelism, -(-len(rows) // ARTICLES_A_PARTITION))
    dealt = [row for first in range(slices) for row in rows[first::slices]]
    frame = session.createDataFrame(session.sparkContext.parallelize(dealt, slices), SCHEMA_IN)
    found = extract_frame(frame, pipeline=pipeline, open=open, knowledge_base=knowledge_base).toLocalIterator()
    try:
        while rows_of_batch := list(islice(found, len(TABLES) + 1)):
            yield from items_of_tables(from_wire((row["table"], bytes(row["data"])) for row in rows_of_batch))
    except Exception as error:  # Spark's own errors are of many classes; what an article causes is a rejection
        if type(error).__module__.partition(".")[0] not in ("pyspark", "py4j"):
            raise
        reason = " ".join(str(error).split())[:300]
        raise EngineError(f"the job failed on Spark ({reason}): see its log, or build with --engine local") from error


def _session(master: str) -> Any:
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise EngineError(f"--engine spark needs PySpark: run `{install('spark')}`") from None
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder: Any = SparkSession.builder
    builder = builder.master(master).appName("kg")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except Exception as error:  # Java is missing, the master does not answer: each a class of its own
        reason = " ".join(str(error).split())[:300]
        raise EngineError(f"Spark cannot be started at {master} ({reason}): it needs Java 17, and a master") from error
    session.sparkContext.setLogLevel("ERROR")
    return session
