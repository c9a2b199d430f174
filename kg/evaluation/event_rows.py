"""Score the event table against the events that a careful reader wants of some articles: JSON lines, an event each.

A line has ``doc``, ``type`` (a PLOVER type), ``source`` and ``target`` (null where nobody is named), and where the text
tells them ``date`` (ISO 8601, as precise as the text) and ``place``. A row of the table is the event when type, source
and target are the same; each row is matched once. Date and place are scored on the events found that have one in gold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language

import kg
from kg.corpora.files import json_lines
from kg.errors import EvaluationError
from kg.evaluation.claims import Same, articles_of, entity_of_name, fold, same_participant
from kg.evaluation.scoring import Scores, to_json, write_lines
from kg.graph import Graph
from kg.model import Participant, Span
from kg.views.events import event_rows

REQUIRED = ("doc", "type", "source", "target")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """A line of the gold."""

    doc: str
    type: str
    source: str | None
    target: str | None
    date: str | None = None
    place: str | None = None


def score(gold: Path, *, nlp: Language, predictions: Path | None = None, texts: Path | None = None) -> Scores:
    """How many events have a row of the right ``type`` and pair, and how often its ``date`` and ``place`` are right.

    ``predictions`` gets a line for each event found or missed, and for each row that is no event of the gold.

    :raises EvaluationError: if the gold is malformed, or an article of it is not found.
    """
    events, articles = read(gold), articles_of(gold, texts)
    pairs: list[tuple[GoldEvent, Row]] = []
    lines, rows_in_all = list[str](), 0
    for doc in dict.fromkeys(event.doc for event in events):
        if doc not in articles:
            raise EvaluationError(f"{gold} has events of the article {doc!r}; give its text with --texts")
        record = kg.extract(articles[doc], pipeline=nlp)
        rows = list(event_rows(Graph.from_records([record])))
        same = same_participant({entity.id: entity for entity in record.entities}, entity_of_name())
        wanted = [event for event in events if event.doc == doc]
        found = match(wanted, rows, same)
        pairs += found
        rows_in_all += len(rows)
        lines += _report(wanted, rows, found)
    write_lines(predictions, lines)
    dated = [(event, row) for event, row in pairs if event.date]
    placed = [(event, row) for event, row in pairs if event.place]
    return {
        "n": len(events),
        "found": len(pairs),
        "recall": len(pairs) / len(events),
        "rows": rows_in_all,
        "date": _share(row["date"] == event.date for event, row in dated),
        "place": _share(fold(row.get("place_name") or "") == fold(event.place or "") for event, row in placed),
    }


def read(path: Path) -> list[GoldEvent]:
    """The gold events of a file of JSON lines.

    :raises EvaluationError: if a line lacks a field, or there is none.
    """
    rows = (row for _, row in json_lines(path, required=REQUIRED))
    events = [
        GoldEvent(row["doc"], row["type"], row["source"], row["target"], row.get("date"), row.get("place"))
        for row in rows
    ]
    if not events:
        raise EvaluationError(f"{path} holds no event")
    return events


def match(events: Sequence[GoldEvent], rows: Sequence[Row], same: Same) -> list[tuple[GoldEvent, Row]]:
    """Pairs of a gold event and the row that is it, each row used once; one with the gold's own date comes first."""
    used: set[int] = set()
    pairs: list[tuple[GoldEvent, Row]] = []
    for event in events:
        fitting = [i for i, row in enumerate(rows) if i not in used and is_same(event, row, same)]
        if fitting:
            best = min(fitting, key=lambda i: (rows[i]["date"] != event.date, i))
            used.add(best)
            pairs.append((event, rows[best]))
    return pairs


def is_same(event: GoldEvent, row: Row, same: Same) -> bool:
    """Whether a row has the gold event's type and its actors; where the gold names nobody, anybody will do."""
    actors = ((event.source, "source"), (event.target, "target"))
    return event.type == row["type"] and all(
        name is None or (row.get(part) is not None and same(name, _participant(row, part))) for name, part in actors
    )


def _participant(row: Row, part: str) -> Participant:
    name = row[f"{part}_name"]
    return Participant(name, Span(0, len(name)), row[part], name, row[f"{part}_kind"])


def _share(right: Any) -> float:
    kept = list(right)
    return sum(kept) / len(kept) if kept else 0.0


def _report(events: Sequence[GoldEvent], rows: Sequence[Row], pairs: Sequence[tuple[GoldEvent, Row]]) -> list[str]:
    names = ("type", "source_name", "target_name", "date", "place_name", "sentence")
    found = {id(event): row for event, row in pairs}
    matched = {id(row) for _, row in pairs}
    lines: list[str] = []
    for event in events:
        row = found.get(id(event))
        gold = {name: getattr(event, name) for name in GoldEvent.__slots__}
        predicted = row and {name: row.get(name) for name in names}
        lines.append(to_json({"status": "found" if row else "missed", "gold": gold, "predicted": predicted}))
    extra = ({name: row.get(name) for name in names} for row in rows if id(row) not in matched)
    lines.extend(to_json({"status": "extra", "gold": None, "predicted": row}) for row in extra)
    return lines
