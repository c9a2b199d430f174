"""Tables of articles, one a row: JSON Lines, CSV and Parquet, read row by row so that a million fit.

A row has the field ``text``, and where known ``id``, ``title``, ``published``, ``publisher``, ``url``, ``language``.
Other fields are passed over.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq

from kg.errors import RecordError
from kg.model import Article
from kg.reading.fields import DESCRIPTIVE_FIELDS, OTHER_NAMES, description, plain_value
from kg.reading.inputs import Input, Rejected, UnreadableError, decode
from kg.reading.plain import article_from_text

LONGEST_FIELD = 2**31 - 1
ROWS_AT_ONCE = 256


def read_jsonl(source: Input) -> Iterator[Article | Rejected]:
    """Read a JSON Lines file: an article a line, blank lines left out; a bad line is rejected by its number.

    :raises UnreadableError: if the first line is binary or not UTF-8, or there is no row.
    """
    rows = 0
    for number, line in enumerate(source.stream, start=1):
        if not line.strip():
            continue
        if rows == 0:
            decode(line)  # Binary or in another encoding: that holds for the whole file, so refuse it once.
        rows += 1
        yield _read_line(line, source, number)
    _require_rows(rows)


def read_csv(source: Input) -> Iterator[Article | Rejected]:
    """Read a CSV file with a header; a bad row is rejected by the number of its last line.

    :raises UnreadableError: if it has no column ``text`` or no row, is not UTF-8, or its quoting is broken.
    """
    # The csv module refuses fields above 128 KB unless told otherwise, and tells it to the whole process alone.
    csv.field_size_limit(LONGEST_FIELD)
    lines = csv.reader((decode(line) for line in source.stream), strict=True)
    rows = 0
    try:
        header = [name.strip().lower() for name in next(lines, [])]
        _require_text_column(header)
        for values in lines:
            if values:
                rows += 1
                yield _read_row(dict(zip(header, values, strict=False)), source, lines.line_num)
    except csv.Error as error:
        raise UnreadableError(f"line {lines.line_num} is broken CSV ({error})", "close every quotation mark") from None
    _require_rows(rows)


def read_parquet(source: Input) -> Iterator[Article | Rejected]:
    """Read a Parquet file, a few rows at a time; a bad row is rejected by its number, counted from 1.

    :raises UnreadableError: if it is no Parquet file, or has no column ``text`` or no row.
    """
    try:
        file = pq.ParquetFile(source.stream)
        columns = [name for name in file.schema_arrow.names if name in _known_columns()]
        _require_text_column(columns)
        rows = 0
        for batch in file.iter_batches(batch_size=ROWS_AT_ONCE, columns=columns):
            for row in batch.to_pylist():
                rows += 1
                yield _read_row(row, source, rows)
    except (pa.ArrowInvalid, OSError) as error:
        first_line = str(error).splitlines()[0]
        raise UnreadableError(
            f"is no readable Parquet file ({first_line})", "write it again, or leave it out"
        ) from None
    _require_rows(rows)


def article_of_row(row: Mapping[str, object], *, published: str | None = None) -> Article:
    """The article of one row.

    :raises UnreadableError: if the row has no text, or a field has a bad value.

    >>> article_of_row({"text": "The envoy left.", "title": "Envoy leaves", "published": "2022-02-01"}).title
    'Envoy leaves'
    """
    text = plain_value("text", row.get("text"))
    if text is None:
        raise UnreadableError("the row has no text", "fill its field 'text'")
    try:
        return article_from_text(text, **description(row, published=published))
    except RecordError as error:
        raise UnreadableError(str(error), "mend the row") from None


def _read_line(line: bytes, source: Input, number: int) -> Article | Rejected:
    try:
        row = _json_object(line)
    except Exception as error:  # one row ends no file: whatever is wrong with it is told of it
        return Rejected.of(error, f"{source.name}:{number}")
    return _read_row(row, source, number)


def _read_row(row: Mapping[str, object], source: Input, number: int) -> Article | Rejected:
    where = f"{source.name}:{number}"
    try:
        return replace(article_of_row(row, published=source.published), origin=where)
    except Exception as error:  # one row ends no file: whatever is wrong with it is told of it
        return Rejected.of(error, where)


def _json_object(line: bytes) -> dict[str, object]:
    text = decode(line)
    try:
        row = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise UnreadableError(f"is no JSON ({error})", 'write one object a line: {"text": "..."}') from None
    if not isinstance(row, dict):
        raise UnreadableError("is no JSON object", 'write one object a line: {"text": "..."}')
    return row


def _known_columns() -> Iterable[str]:
    return {"text", *DESCRIPTIVE_FIELDS, *OTHER_NAMES}


def _require_text_column(columns: Iterable[str]) -> None:
    if "text" not in columns:
        raise UnreadableError("has no column 'text'", "name the column that holds the articles' words 'text'")


def _require_rows(rows: int) -> None:
    if not rows:
        raise UnreadableError("holds no articles", "put a row into it or leave it out")
