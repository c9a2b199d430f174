"""The ledger's manifest: which parts count, how long their files are, and how their records were made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import LedgerError
from kg.files import write_text
from kg.ledger.older import OLDEST
from kg.ledger.tables import SCHEMA_VERSION
from kg.model import content_id

FOLDER = "ledger"
MANIFEST = "ledger.json"
REBUILD = "restore it from a copy, or build again with --fresh"


@dataclass(frozen=True, slots=True)
class Making:
    """How the records of a ledger were made and how its files are written: none of it is in the records themselves.

    ``made_by`` names code, tables and weights, as :mod:`kg.engines.maker` does; None where several made the records.
    """

    base_iri: str | None = None
    pipeline: str | None = None
    made_by: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A part that the manifest lists: its number, how many articles it holds, and the bytes of its files by table.

    A part that an older version listed tells no bytes.
    """

    number: int
    articles: int
    bytes: Mapping[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True, slots=True)
class Manifest:
    """What counts: the parts in their order, and the making of their records."""

    parts: tuple[Listed, ...] = ()
    making: Making | None = None

    @classmethod
    def read(cls, path: Path) -> Manifest:
        """The manifest in a file; an empty one if there is none.

        :raises LedgerError: if it is damaged, or of a newer version.
        """
        if not path.exists():
            return cls()
        try:
            values = json.loads(path.read_text("utf8"))
            checked_version(str(values["schema"]), path)
            check = values.pop("check", None)
            if check not in (None, _check(values)):
                raise ValueError("its checksum is another")
            parts = tuple(Listed(int(p["part"]), int(p["articles"]), p.get("bytes") or {}) for p in values["parts"])
            if check is None and not parts and any((path.parent / "articles").glob("*")):
                raise ValueError("it lists none of the parts that are there")
            return cls(parts, _making(values.get("making")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise LedgerError(f"{path} is damaged: {REBUILD}") from error

    def write(self, path: Path) -> None:
        """Put the manifest in place of the one there, in one step.

        :raises OSError: if the place cannot be written to.
        """
        parts: list[dict[str, Any]] = [
            {"part": part.number, "articles": part.articles, "bytes": dict(part.bytes)} for part in self.parts
        ]
        making = asdict(self.making) if self.making else None
        values: dict[str, Any] = {"schema": SCHEMA_VERSION, "making": making, "parts": parts}
        write_text(path, json.dumps(values | {"check": _check(values)}, indent=2) + "\n")


def making_of(folder: str | Path) -> Making | None:
    """How the records of a folder's ledger were made; None if there is no ledger, or an older version wrote it.

    :raises LedgerError: if the manifest is damaged, or of a newer version.
    """
    return Manifest.read(Path(folder) / FOLDER / MANIFEST).making


def _check(values: dict[str, Any]) -> str:
    return content_id(json.dumps(values, sort_keys=True))


def checked_version(version: str, path: Path) -> int:
    """The version of the ledger that wrote a file, as a number.

    :raises LedgerError: if it is none, or newer than this one.
    """
    if not (version.isascii() and version.isdecimal()) or int(version) < OLDEST:
        raise LedgerError(f"{path} carries no version of the ledger: {REBUILD}")
    if int(version) > SCHEMA_VERSION:
        versions = f"its ledger is of version {version}, this one reads {SCHEMA_VERSION}"
        raise LedgerError(f"{path} was written by a newer kg ({versions}): upgrade kg")
    return int(version)


def _making(values: Any) -> Making | None:
    if values is None:
        return None
    found = {name: values[name] for name in Making.__slots__ if values.get(name) is not None}
    if not all(isinstance(value, str) for value in found.values()):
        raise ValueError("a making is text")
    return Making(**found)
