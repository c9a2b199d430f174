"""What a build did, as its caller gets it and as report.json keeps it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kg import files
from kg.errors import ExportError
from kg.graph import Graph, open_graph
from kg.reading import Rejected

REPORT = "report.json"
REJECTED = "rejected.jsonl"
COUNTED = ("articles", "entities", "claims", "statements", "asserted", "disputed", "events")
"""How much a graph holds of each kind of thing."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """A statement in the words of its reader, with the sentence that it stands on."""

    subject: str
    relation: str
    object: str
    sentence: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build read and what its graph holds.

    ``read`` articles were worked on, ``known`` ones were in the ledger already and unchanged, and ``repeated`` ones
    came more than once. ``articles`` to ``events`` count the whole graph, earlier builds into the same folder included.
    ``notes`` tell what was guessed or lost in reading.
    ``strongest`` are the three strongest of its asserted statements. ``written_for`` is a hash of all that the folder's
    files depend on: while it stays the same, they need not be written again, and the build left them ``unchanged``.
    ``seconds`` is wall-clock time; report.json leaves it out, so that the same build writes the same bytes.
    """

    out: str
    pipeline: str
    base_iri: str
    made_by: str | None
    read: int
    known: int
    repeated: int
    rejected: tuple[Rejected, ...]
    articles: int
    entities: int
    claims: int
    statements: int
    asserted: int
    disputed: int
    events: int
    notes: tuple[str, ...] = ()
    strongest: tuple[Highlight, ...] = ()
    written_for: str | None = None
    unchanged: bool = field(default=False, compare=False)
    strict: bool = False
    seconds: float = field(default=0.0, compare=False)

    @property
    def graph(self) -> Graph:
        """The graph that was built, opened from its folder.

        :raises LedgerError: if the folder is no longer there.
        """
        return open_graph(self.out)

    @property
    def ok(self) -> bool:
        """Whether the build did what it was asked: something was read or known, and under ``strict`` all of it."""
        return bool(self.read or self.known) and not (self.strict and self.rejected)

    def to_dict(self) -> dict[str, Any]:
        """The report as plain JSON values; ``rejected`` is how many, as rejected.jsonl lists them."""
        return {**asdict(self), "rejected": len(self.rejected)}

    def write(self, folder: Path) -> None:
        """Write report.json into a folder."""
        left_out = ("out", "seconds", "strict", "unchanged")
        write_report(folder, {name: value for name, value in self.to_dict().items() if name not in left_out})


def last_report(folder: Path) -> dict[str, Any]:
    """What report.json of a folder says; nothing if there is none, or it is damaged, for all of it can be had anew."""
    path = folder / REPORT
    try:
        values = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}


def write_report(folder: Path, values: dict[str, Any]) -> None:
    """Write report.json into a folder.

    :raises ExportError: if the folder cannot be written to.
    """
    write_text(folder / REPORT, json.dumps(values, indent=2, ensure_ascii=False) + "\n")


def write_rejected(folder: Path, rejected: Iterable[Rejected]) -> None:
    """Write rejected.jsonl into a folder: a line for each rejection, with file, row where there is one, and class.

    :raises ExportError: if the folder cannot be written to.
    """
    rows = ({**asdict(item), "file": item.file, "line": item.line} for item in rejected)
    write_text(folder / REJECTED, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def write_text(path: Path, text: str) -> None:
    """Write a file, in UTF-8.

    :raises ExportError: if the place cannot be written to.
    """
    try:
        files.write_text(path, text)
    except OSError as error:
        raise ExportError(f"{path} cannot be written ({error.strerror}): name another folder") from error
