"""The ledger on disk: a folder for each table, its Parquet parts, and a manifest that says which of them count.

Each append writes new parts beside the old ones and then replaces the manifest in one step, so that a reader sees all
of an append or nothing of it. Parts that no manifest lists are left over from a write that was cut off; the next
write clears them away.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kg.errors import LedgerError
from kg.files import saved
from kg.ledger.arrow import Tables, from_tables, to_tables
from kg.ledger.manifest import FOLDER as FOLDER
from kg.ledger.manifest import MANIFEST, REBUILD, Listed, Making, Manifest, checked_version
from kg.ledger.older import HELD_IN, as_today
from kg.ledger.tables import SCHEMA_VERSION, TABLES, Schema, Table
from kg.model import Article, Record, content_id

DESCRIBED = ("hash", "title", "published", "publisher", "url", "language")


class Ledger:
    """The record of ``<folder>/ledger``, keyed by article id.

    One process writes at a time, which :func:`kg.ledger.held` sees to; any number may read.

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
        self._manifest = Manifest.read(self.path / MANIFEST)
        self._hashes = self._read_hashes()

    @property
    def making(self) -> Making | None:
        """How the records were made; None if nobody told, as in a ledger of an older version."""
        return self._manifest.making

    def tell(self, making: Making) -> None:
        """Keep how the records are made, at once and beside them.

        :raises LedgerError: if the place cannot be written to.
        """
        if making != self.making:
            self._list(replace(self._manifest, making=making))

    def article_ids(self) -> list[str]:
        """The ids of the articles that the ledger holds, sorted."""
        return sorted(self._hashes)

    def fingerprint(self) -> str:
        """A hash of the articles that the ledger holds, of all that each of them is."""
        return content_id("articles", *(part for id in self.article_ids() for part in (id, self._hashes[id])))

    def knows(self, article: Article) -> bool:
        """Whether the ledger holds this very article: the same id, text, title, date and so on."""
        return self._hashes.get(article.id) == _hash(article)

    def records(self) -> Iterator[Record]:
        """The records, one at a time, in the order of their article ids.

        :raises LedgerError: if a file is damaged.
        """
        streams = [self._records_of(part) for part in self._manifest.parts]
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
        new = to_tables(fresh.values())
        while kept and _size(kept[-1]) <= _size(new):
            new = _joined(self._tables(kept.pop()), new)
        self._commit([*kept, new])
        self._hashes.update((id, _hash(record.article)) for id, record in fresh.items())
        return len(fresh)

    def remove(self, article_id: str) -> bool:
        """Take an article and all that was read out of it away; whether it was there.

        :raises LedgerError: if the place cannot be written to, or a file there is damaged.
        """
        if article_id not in self._hashes:
            return False
        self._commit(self._without({article_id}))
        del self._hashes[article_id]
        return True

    def _without(self, ids: set[str]) -> list[Listed | Tables]:
        """The parts less some articles; a part that holds none of them is left where it is."""
        kept: list[Listed | Tables] = []
        for listed in self._manifest.parts:
            found = set(self._column(listed, "articles", "id")) & ids if ids & self._hashes.keys() else set[str]()
            if not found:
                kept.append(listed)
            elif len(found) < listed.articles:
                kept.append(_less(self._tables(listed), found))
        return kept

    def _commit(self, parts: list[Listed | Tables]) -> None:
        """Write what is new, list it, and clear away what is no longer listed."""
        number = max((listed.number for listed in self._manifest.parts), default=0)
        listing: list[Listed] = []
        try:
            for part in parts:
                if not isinstance(part, Listed):
                    number += 1
                    sizes = {name: _write(table, self._file(name, number)) for name, table in part.items()}
                    part = Listed(number, _size(part), sizes)
                listing.append(part)
        except OSError as error:
            raise self._unwritable(error) from error
        self._list(replace(self._manifest, parts=tuple(listing)))
        self._clear({listed.number for listed in listing})

    def _list(self, manifest: Manifest) -> None:
        """Make a manifest the one that counts."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            manifest.write(self.path / MANIFEST)
        except OSError as error:
            raise self._unwritable(error) from error
        self._manifest = manifest

    def _unwritable(self, error: OSError) -> LedgerError:
        return LedgerError(f"{self.path} cannot be written to ({error.strerror}): make room there, or get permission")

    def _clear(self, listed: set[int]) -> None:
        """Take away the files that are not listed; one that cannot be is in nobody's way."""
        names = {self._file("", number).name for number in listed}
        for table in TABLES:
            for path in (self.path / table).glob("*"):
                if path.name not in names:
                    with suppress(OSError):
                        path.unlink()

    def _file(self, table: str, number: int) -> Path:
        return self.path / table / f"part-{number:06}.parquet"

    def _tables(self, part: Listed | Tables) -> Tables:
        if not isinstance(part, Listed):
            return part
        return {name: self._table(name, part, schema) for name, schema in TABLES.items()}

    def _table(self, name: str, part: Listed, schema: Schema) -> Table:
        """A table of a part; what an older version held in another one is taken from there."""
        path = self._file(name, part.number)
        if name in HELD_IN and not path.exists():
            older = self._file(HELD_IN[name], part.number)
            if _version(older) < SCHEMA_VERSION:
                path = older
        return _read(path, name, schema, bytes=part.bytes.get(name))

    def _column(self, part: Listed, table: str, column: str) -> list[str]:
        schema = pa.schema([TABLES[table].field(column)], metadata=TABLES[table].metadata)
        return self._table(table, part, schema).column(column).to_pylist()

    def _read_hashes(self) -> dict[str, str]:
        """A hash of the text and description of each article, by id."""
        hashes: dict[str, str] = {}
        for part in self._manifest.parts:
            ids = self._column(part, "articles", "id")
            values = zip(*(self._column(part, "articles", name) for name in DESCRIBED), strict=True)
            hashes.update((id, content_id(*row)) for id, row in zip(ids, values, strict=True))
        return hashes

    def _records_of(self, part: Listed) -> Iterator[Record]:
        try:
            yield from from_tables(self._tables(part))
        except ValueError as error:
            raise LedgerError(f"{self.path}, part {part.number}, is damaged ({error}): {REBUILD}") from error


def _size(part: Listed | Tables) -> int:
    return part.articles if isinstance(part, Listed) else part["articles"].num_rows


def _joined(old: Tables, new: Tables) -> Tables:
    """Two parts as one, each table sorted by article; the rows of one article keep their order."""
    return {name: _sorted(pa.concat_tables([old[name], new[name]]), _key(name)) for name in TABLES}


def _sorted(table: Table, key: str) -> Table:
    numbered = table.append_column("_row", pa.array(range(table.num_rows), pa.int64()))
    return numbered.sort_by([(key, "ascending"), ("_row", "ascending")]).drop_columns(["_row"])


def _less(part: Tables, ids: set[str]) -> Tables:
    return {name: table.filter(~pc.field(_key(name)).isin(sorted(ids))) for name, table in part.items()}


def _key(table: str) -> str:
    return "id" if table == "articles" else "article"


def _hash(article: Article) -> str:
    """A hash of all that an article is."""
    return content_id(article.content_hash, *(getattr(article, name) for name in DESCRIBED[1:]))


def _write(table: Table, path: Path) -> int:
    """Write a part's file, safe on the disk before any manifest lists it, with a checksum a page; its bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, path, compression="zstd", write_page_checksum=True)
    saved(path)
    return path.stat().st_size


def _read(path: Path, name: str, schema: Schema, *, bytes: int | None) -> Table:
    """The columns of a table of some name, out of a file of any version that has so many bytes, where that is known."""
    version = _version(path)
    if version == SCHEMA_VERSION and bytes is not None and path.stat().st_size != bytes:
        raise LedgerError(f"{path} is damaged ({path.stat().st_size:,} bytes, not {bytes:,}): {REBUILD}")
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            found = file.read(columns=schema.names if version == SCHEMA_VERSION else None)
            return as_today(found, name, schema, version=version).cast(schema)
    except (pa.ArrowException, OSError, KeyError, ValueError) as error:
        raise LedgerError(f"{path} is damaged: {REBUILD}") from error


def _version(path: Path) -> int:
    """The version of the ledger that wrote a file."""
    try:
        version = (pq.read_schema(path).metadata or {}).get(b"kg.schema", b"").decode()
    except FileNotFoundError as error:
        raise LedgerError(f"{path} is missing: {REBUILD}") from error
    except (pa.ArrowException, OSError, ValueError) as error:
        raise LedgerError(f"{path} is damaged: {REBUILD}") from error
    return checked_version(version, path)
