"""How ``kg extract`` prints claims: JSON lines, CSV, a table of a line each, or statements under each sentence."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from textwrap import fill
from typing import Any

from kg.escaping import for_terminal
from kg.graph.labels import relation_label
from kg.model import Claim, Record
from kg.printing import LINE, WIDTH_OF_A_PIPE, say
from kg.reading import Rejected
from kg.views.standing import standing_of

COLUMNS = (
    "article", "subject", "relation", "object", "polarity", "modality", "source", "event", "time", "confidence",
    "inferred", "sentence",
)  # fmt: skip
# The columns of the table, with the share of the line that each may fill; those without one take what they need.
SHARES = {"subject": 3, "relation": 2, "object": 3, "standing": 0, "said by": 2, "event": 0, "time": 0, "conf.": 0}
GAP = 2


class ClaimFormat(StrEnum):
    """How claims are printed."""

    JSON = "json"
    CSV = "csv"
    TABLE = "table"
    TEXT = "text"


@dataclass
class Tally:
    """How many articles came through, and how many were rejected."""

    read: int = 0
    rejected: int = 0

    def ok(self, *, strict: bool) -> bool:
        """Whether something was read, and under ``strict`` all of it."""
        return bool(self.read) and not (strict and self.rejected)


def print_records(items: Iterable[Record | Rejected], format: ClaimFormat, *, explain: bool = False) -> Tally:
    """Claims on standard output, rejections on standard error.

    JSON gives one object a line, with spans; CSV a line for each claim; a table the same, cut to the width of its
    reader; text the statements under each sentence; ``explain`` a paragraph for each claim instead.
    """
    tally = Tally()
    if explain:
        from kg.explaining import explanation  # needs the language wing

        for record in _records(items, tally):
            for claim in record.claims:
                print(for_terminal(explanation(record, claim)), end="\n\n")
    elif format is ClaimFormat.CSV:
        writer: csv.DictWriter[str] = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for record in _records(items, tally):
            writer.writerows(_row(record, claim) for claim in record.claims)
    else:
        write = {ClaimFormat.JSON: _as_json, ClaimFormat.TABLE: _as_table, ClaimFormat.TEXT: _as_text}[format]
        for number, record in enumerate(_records(items, tally)):
            print("\n".join([*([""] if number and format is not ClaimFormat.JSON else []), *write(record)]))
    return tally


def _records(items: Iterable[Record | Rejected], tally: Tally) -> Iterator[Record]:
    """The records with a claim; what was rejected is said."""
    for item in items:
        if isinstance(item, Rejected):
            tally.rejected += 1
            say(item)
            continue
        tally.read += 1
        if item.claims:
            yield item


def _as_json(record: Record) -> list[str]:
    return [json.dumps(claim.to_dict(), ensure_ascii=False) for claim in record.claims]


def _as_table(record: Record) -> list[str]:
    """A head, and a line for each claim that fits the terminal; text and CSV show the whole."""
    rows = [dict(zip(SHARES, SHARES, strict=True)), *(_short(claim) for claim in record.claims)]
    widths = _widths(rows, _width())
    lines = [(" " * GAP).join(_cut(row[name], width) for name, width in widths.items()).rstrip() for row in rows]
    return [*_head(record), lines[0], "─" * min(_width(), max(map(len, lines))), *lines[1:]]


def _as_text(record: Record) -> list[str]:
    """Each sentence with claims, and the statements that it makes below it."""
    lines = _head(record)
    width = min(LINE, _width())
    for sentence, claims in groupby(sorted(record.claims, key=lambda one: one.sentence), key=lambda one: one.sentence):
        words = " ".join(sentence.of(record.article.text).split())
        lines += ["", fill(words, width=width)]
        lines += [
            fill(f"· {_statement(claim)}", width=width, initial_indent="    ", subsequent_indent="      ")
            for claim in claims
        ]
    return lines


def _head(record: Record) -> list[str]:
    article = record.article
    about = ", ".join(part for part in (article.published, article.publisher, article.id) if part)
    return [f"{article.title or 'an article without a title'} ({about})"]


def _statement(claim: Claim) -> str:
    """A claim as one line that reads: who, what, whom, and in brackets what keeps it from being a plain fact."""
    short = _short(claim)
    inferred = "inferred" if claim.object and claim.object.inferred else ""
    said = f"according to {short['said by']}" if short["said by"] else ""
    plain = ("asserted", "reported") if said else ("asserted",)
    standing = "" if short["standing"] in plain else short["standing"]
    remarks = ", ".join(part for part in (standing, said, inferred) if part)
    words = " ".join(part for part in (short["subject"], short["relation"], short["object"]) if part)
    tail = "  ".join(part for part in (f"[{remarks}]" if remarks else "", short["event"], short["time"]) if part)
    return f"{words}  {tail}".rstrip()


def _short(claim: Claim) -> dict[str, str]:
    source = claim.source
    return {
        "subject": claim.subject.name,
        "relation": relation_label(claim.relation.lemma, nominal=claim.relation.nominal),
        "object": claim.object.name if claim.object else "",
        "standing": standing_of(claim),
        "said by": (source.name or source.text or source.cue or "") if source else "",
        "event": claim.event.type if claim.event else "",
        "time": claim.time or "",
        "conf.": f"{claim.confidence:.2f}",
    }


def _widths(rows: list[dict[str, str]], line: int) -> dict[str, int]:
    """How wide each column is: as its longest cell needs; what is too much is taken from the columns with a share."""
    needed = {name: max(len(row[name]) for row in rows) for name in SHARES}
    room = line - GAP * (len(needed) - 1) - sum(width for name, width in needed.items() if not SHARES[name])
    open_ = {name for name in needed if SHARES[name]}
    while open_:
        total = sum(SHARES[name] for name in open_)
        fits = {name for name in open_ if needed[name] <= room * SHARES[name] // total}
        if not fits:
            return needed | {name: max(6, room * SHARES[name] // total) for name in open_}
        room -= sum(needed[name] for name in fits)
        open_ -= fits
    return needed


def _cut(cell: str, width: int) -> str:
    return cell.ljust(width) if len(cell) <= width else f"{cell[: width - 1]}…"


def _width() -> int:
    return shutil.get_terminal_size((WIDTH_OF_A_PIPE, 0)).columns if sys.stdout.isatty() else WIDTH_OF_A_PIPE


def _row(record: Record, claim: Claim) -> dict[str, Any]:
    inferred = claim.object is not None and claim.object.inferred
    row = {
        "article": claim.article,
        "subject": claim.subject.name,
        "relation": claim.relation.lemma,
        "object": claim.object and claim.object.name,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "source": claim.source and (claim.source.name or claim.source.text or claim.source.cue),
        "event": claim.event and claim.event.type,
        "time": claim.time,
        "confidence": f"{claim.confidence:.2f}".rstrip("0").rstrip("."),
        "inferred": "yes" if inferred else "",
        "sentence": " ".join(claim.sentence.of(record.article.text).split()),
    }
    return {name: "" if value is None else value for name, value in row.items()}
