"""The ledger on disk: a folder for each table, its Parquet parts, and a manifest that says which of them count.

Each append writes new parts beside the old ones and then replaces the manifest in one step, so that a reader sees all
of an append or nothing of it. Parts that no manifest lists are left over from a write that was cut off; the next
write clears them away.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kg.errors import LedgerError
from kg.ledger.older import HELD_IN, OLDEST, as_today
from kg.ledger.tables import PARTS, SCHEMA_VERSION, TABLES, Row, Schema, Table, record_of, rows_of
from kg.model import Article, Record, content_id

FOLDER = "ledger"
MANIFEST = "ledger.json"
BATCH = 1000
DESCRIBED = ("hash", "title", "published", "publisher", "url", "language")
_REBUILD = "restore it from a copy, or build again with --fresh"

Part = dict[str, Table]


@dataclass(frozen=True, slots=True)
class Listed:
    """A part that the manifest lists: its number, and how many articles it holds."""

    number: int
    articles: int


class Ledger:
    """The record of ``<folder>/ledger``, keyed by article id.

    One process writes at a time; any number may read.

    :raises LedgerError: if the folder holds a damaged ledger, one of a newer version, or, unless ``create``, none.

    >>> import tempfile
    >>> from kg.model import Article, Record
    >>> ledger = Ledger(tempfile.mkdtemp())
    >>> ledger.append([Record(Article.make(text="The envoy left Kyiv.", id="a1"))])
    1
    >>> ledger.article_ids()
    ['a1']
    """

    def __init__(self, folder: str | Path, *, create: bool = True) -> None:
        self.path = Path(folder) / FOLDER
        if not create and not (self.path / MANIFEST).exists():
            raise LedgerError(f"{folder} holds no ledger: run `kg build` with --out {folder} first")
        self._parts = _read_manifest(self.path / MANIFEST)
        self._hashes = self._read_hashes()

    def article_ids(self) -> list[str]:
        """The ids of the articles that the ledger holds, sorted."""
        return sorted(self._hashes)

    def knows(self, article: Article) -> bool:
        """Whether the ledger holds this very article: the same id, text, title, date and so on."""
        description = (getattr(article, name) for name in DESCRIBED[1:])
        return self._hashes.get(article.id) == content_id(article.content_hash, *description)

    def records(self) -> Iterator[Record]:
        """The records, one at a time, in the order of their article ids.

        :raises LedgerError: if a file is damaged.
        """
        streams = [self._records_of(part) for part in self._parts]
        return heapq.merge(*streams, key=lambda record: record.article.id)

    def append(self, records: Iterable[Record]) -> int:
        """Add records, each in place of the one of the same article id, if any; the last one given counts.

        Returns how many articles were written. Give many at once: each call writes files.

        :raises LedgerError: if the place cannot be written to, or a file there is damaged.
        """
        fresh = {record.article.id: record for record in records}
        if not fresh:
            return 0
        kept = self._without(set(fresh))
        new = _part_of(fresh.values())
        while kept and _size(kept[-1]) <= _size(new):
            new = _joined(self._tables(kept.pop()), new)
        self._commit([*kept, new])
        return len(fresh)

    def remove(self, article_id: str) -> bool:
        """Take an article and all that was read out of it away; whether it was there.

        :raises LedgerError: if the place cannot be written to, or a file there is damaged.
        """
        if article_id not in self._hashes:
            return False
        self._commit(self._without({article_id}))
        return True

    def _without(self, ids: set[str]) -> list[Listed | Part]:
        """The parts less some articles; a part that holds none of them is left where it is."""
        kept: list[Listed | Part] = []
        for listed in self._parts:
            found = set(self._column(listed, "articles", "id")) & ids if ids & self._hashes.keys() else set[str]()
            if not found:
                kept.append(listed)
            elif len(found) < listed.articles:
                kept.append(_less(self._tables(listed), found))
        return kept

    def _commit(self, parts: list[Listed | Part]) -> None:
        """Write what is new, list it, and clear away what is no longer listed."""
        number = max((listed.number for listed in self._parts), default=0)
        listing: list[Listed] = []
        try:
            for part in parts:
                if not isinstance(part, Listed):
                    number += 1
                    for name, table in part.items():
                        _write(table, self._file(name, number))
                    part = Listed(number, _size(part))
                listing.append(part)
            _write_manifest(self.path / MANIFEST, listing)
            self._clear({listed.number for listed in listing})
        except OSError as error:
            reason = f"cannot be written to ({error.strerror})"
            raise LedgerError(f"{self.path} {reason}: make room there, or get permission") from error
        self._parts = tuple(listing)
        self._hashes = self._read_hashes()

    def _clear(self, listed: set[int]) -> None:
        names = {self._file("", number).name for number in listed}
        for table in TABLES:
            for path in (self.path / table).glob("*"):
                if path.name not in names:
                    path.unlink()

    def _file(self, table: str, number: int) -> Path:
        return self.path / table / f"part-{number:06}.parquet"

    def _tables(self, part: Listed | Part) -> Part:
        if not isinstance(part, Listed):
            return part
        return {name: self._table(name, part.number, schema) for name, schema in TABLES.items()}

    def _table(self, name: str, number: int, schema: Schema) -> Table:
        """A table of a part; what an older version held in another one is taken from there."""
        path = self._file(name, number)
        if name in HELD_IN and not path.exists():
            older = self._file(HELD_IN[name], number)
            if _version(older) < SCHEMA_VERSION:
                path = older
        return _read(path, name, schema)

    def _column(self, part: Listed, table: str, column: str) -> list[str]:
        schema = pa.schema([TABLES[table].field(column)], metadata=TABLES[table].metadata)
        return self._table(table, part.number, schema).column(column).to_pylist()

    def _read_hashes(self) -> dict[str, str]:
        """A hash of the text and description of each article, by id."""
        hashes: dict[str, str] = {}
        for part in self._parts:
            ids = self._column(part, "articles", "id")
            values = zip(*(self._column(part, "articles", name) for name in DESCRIBED), strict=True)
            hashes.update((id, content_id(*row)) for id, row in zip(ids, values, strict=True))
        return hashes

    def _records_of(self, part: Listed) -> Iterator[Record]:
        tables = self._tables(part)
        streams = {name: _Rows(tables[name]) for name in PARTS}
        for article in _rows(tables["articles"]):
            rows = {name: stream.of(article["id"]) for name, stream in streams.items()}
            try:
                record = record_of(article, rows)
            except ValueError as error:
                raise LedgerError(f"{self.path}, part {part.number}, is damaged ({error}): {_REBUILD}") from error
            yield record


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


def _size(part: Listed | Part) -> int:
    return part.articles if isinstance(part, Listed) else part["articles"].num_rows


def _part_of(records: Iterable[Record]) -> Part:
    """The tables of some records, sorted by article."""
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    for record in sorted(records, key=lambda record: record.article.id):
        for name, more in rows_of(record).items():
            rows[name].extend(more)
    return {name: pa.Table.from_pylist(rows[name], schema=schema) for name, schema in TABLES.items()}


def _joined(old: Part, new: Part) -> Part:
    """Two parts as one, each table sorted by article; the rows of one article keep their order."""
    return {name: _sorted(pa.concat_tables([old[name], new[name]]), _key(name)) for name in TABLES}


def _sorted(table: Table, key: str) -> Table:
    numbered = table.append_column("_row", pa.array(range(table.num_rows), pa.int64()))
    return numbered.sort_by([(key, "ascending"), ("_row", "ascending")]).drop_columns(["_row"])


def _less(part: Part, ids: set[str]) -> Part:
    return {name: table.filter(~pc.field(_key(name)).isin(sorted(ids))) for name, table in part.items()}


def _key(table: str) -> str:
    return "id" if table == "articles" else "article"


def _write(table: Table, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, path, compression="zstd")


def _read(path: Path, name: str, schema: Schema) -> Table:
    """The columns of a table of some name, out of a file of any version."""
    version = _version(path)
    try:
        with pq.ParquetFile(path) as file:
            found = file.read(columns=schema.names if version == SCHEMA_VERSION else None)
            return as_today(found, name, schema, version=version).cast(schema)
    except (pa.ArrowException, OSError, KeyError, ValueError) as error:
        raise LedgerError(f"{path} is damaged: {_REBUILD}") from error


def _version(path: Path) -> int:
    """The version of the ledger that wrote a file."""
    try:
        version = (pq.read_schema(path).metadata or {}).get(b"kg.schema", b"").decode()
    except FileNotFoundError as error:
        raise LedgerError(f"{path} is missing: {_REBUILD}") from error
    except (pa.ArrowException, OSError, ValueError) as error:
        raise LedgerError(f"{path} is damaged: {_REBUILD}") from error
    return _checked_version(version, path)


def _checked_version(version: str, path: Path) -> int:
    if not version.isdecimal() or int(version) < OLDEST:
        raise LedgerError(f"{path} carries no version of the ledger: {_REBUILD}")
    if int(version) > SCHEMA_VERSION:
        versions = f"its ledger is of version {version}, this one reads {SCHEMA_VERSION}"
        raise LedgerError(f"{path} was written by a newer kg ({versions}): upgrade kg")
    return int(version)


def _read_manifest(path: Path) -> tuple[Listed, ...]:
    if not path.exists():
        return ()
    try:
        manifest = json.loads(path.read_text("utf8"))
        _checked_version(str(manifest["schema"]), path)
        return tuple(Listed(int(part["part"]), int(part["articles"])) for part in manifest["parts"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LedgerError(f"{path} is damaged: {_REBUILD}") from error


def _write_manifest(path: Path, parts: list[Listed]) -> None:
    listing = [{"part": listed.number, "articles": listed.articles} for listed in parts]
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps({"schema": SCHEMA_VERSION, "parts": listing}, indent=2) + "\n", "utf8")
    draft.replace(path)
