"""Tables of articles, one a row: CSV and TSV, JSON Lines, Parquet and Excel, read row by row so that a million fit.

Which column is which field, :mod:`kg.reading.columns` tells.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from importlib.util import find_spec

import pyarrow as pa
import pyarrow.parquet as pq

from kg.model import Article
from kg.reading.columns import Row
from kg.reading.delimited import delimited_rows
from kg.reading.encodings import lines_of
from kg.reading.inputs import Input, Rejected, UnreadableError
from kg.reading.rows import Numbered, articles_of_rows
from kg.version import install

ROWS_AT_ONCE = 256
LONGEST_FIELD = 2**31 - 1


def read_jsonl(source: Input) -> Iterator[Article | Rejected]:
    """Read a JSON Lines file: an article a line, blank lines left out; a bad line is rejected by its number.

    :raises UnreadableError: if the file is binary, or there is no row.
    """
    yield from articles_of_rows(_json_lines(source), source)


def read_csv(source: Input) -> Iterator[Article | Rejected]:
    """Read a table of text with a header: commas, semicolons, tabs or bars between its cells, quoted or not.

    A bad row is rejected by the number of its first line.

    :raises UnreadableError: if it has no column of words or no row, or is binary.
    """
    # The csv module refuses fields above 128 KB unless told otherwise, and tells it to the whole process alone.
    csv.field_size_limit(LONGEST_FIELD)
    yield from articles_of_rows(delimited_rows(source), source, header=True)


def read_parquet(source: Input) -> Iterator[Article | Rejected]:
    """Read a Parquet file, a few rows at a time; a bad row is rejected by its number, counted from 1.

    :raises UnreadableError: if it is no Parquet file, or has no column of words or no row.
    """
    try:
        yield from articles_of_rows(_parquet_rows(source), source, header=True)
    except (pa.ArrowInvalid, OSError) as error:
        first_line = str(error).splitlines()[0]
        raise UnreadableError(
            f"is no readable Parquet file ({first_line})", "write it again, or leave it out"
        ) from None


def read_excel(source: Input) -> Iterator[Article | Rejected]:
    """Read the first sheet with rows of an Excel workbook; a bad row is rejected by its number.

    :raises UnreadableError: if it is no workbook, has no column of words or no row, or openpyxl is not installed.
    """
    yield from articles_of_rows(_excel_rows(source), source, header=True)


def _json_lines(source: Input) -> Iterator[Numbered]:
    for number, line in lines_of(source):
        if isinstance(line, UnreadableError):
            yield number, line
        elif line.strip():
            yield number, _json_object(line)


def _json_object(line: str) -> Row | UnreadableError:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return UnreadableError(f"is no JSON ({error})", 'write one object a line: {"text": "..."}')
    if not isinstance(row, dict):
        return UnreadableError("is no JSON object", 'write one object a line: {"text": "..."}')
    return row


def _parquet_rows(source: Input) -> Iterator[Numbered]:
    number = 0
    for batch in pq.ParquetFile(source.stream).iter_batches(batch_size=ROWS_AT_ONCE):
        for row in batch.to_pylist():
            number += 1
            yield number, row


def _excel_rows(source: Input) -> Iterator[Numbered]:
    require("openpyxl", "documents")
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(source.stream, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise UnreadableError(f"is no readable Excel workbook ({error})", "save it again as .xlsx") from None
    for sheet in book.worksheets:
        rows = enumerate(sheet.iter_rows(values_only=True), start=1)
        header = next((values for _, values in rows if any(value is not None for value in values)), None)
        if header is None:
            continue
        names = ["" if name is None else str(name) for name in header]
        yield from (
            (n, dict(zip(names, values, strict=False))) for n, values in rows if any(v is not None for v in values)
        )
        return


def require(library: str, extra: str) -> None:
    """Refuse an input for which a library is missing, with the command that installs it.

    :raises UnreadableError: if the library is not installed.
    """
    if find_spec(library) is None:
        raise UnreadableError(f"is read by {library}, which is not installed", f"run {install(extra)}")
