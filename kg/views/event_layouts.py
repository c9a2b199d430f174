"""The table of events in the columns of POLECAT, GDELT or ICEWS, for programs that were written for those.

Only what articles report as done in their own voice is there, since those data sets have no column that says otherwise.
``event_layouts.csv`` tells which value of ours fills which column; a column for which we have none is there, and empty.
Ids are ours, and so are the names of sectors.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import ExportError
from kg.escaping import for_spreadsheet
from kg.graph.dates import bounds, first_day
from kg.version import VERSION
from kg.views.events import Row, event_rows

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Span

LAYOUTS = ("gdelt", "icews", "polecat")
QUAD_FIGURES = {
    "verbal cooperation": 1, "material cooperation": 2, "verbal conflict": 3, "material conflict": 4,
}  # fmt: skip


@cache
def columns_of(layout: str) -> Mapping[str, str]:
    """The columns of a layout, each with the name of the value that fills it; an empty name where we have none.

    :raises ExportError: if there is no such layout.

    >>> list(columns_of("icews"))[:3]
    ['Event ID', 'Event Date', 'Source Name']
    """
    if layout not in LAYOUTS:
        raise ExportError(f"there is no layout {layout!r} of events: take one of {', '.join(LAYOUTS)}")
    with Path(__file__).with_name("event_layouts.csv").open(encoding="utf8", newline="") as table:
        return {row["column"]: row["value"] for row in csv.DictReader(table) if row["layout"] == layout}


def write_layout(graph: Graph, path: Path, *, layout: str) -> None:
    """Write the events in the columns of another data set: tabs between cells, as POLECAT and GDELT have them.

    A file whose name ends in ``.csv`` has commas.

    :raises ExportError: if there is no such layout.
    """
    columns = columns_of(layout)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter="," if path.suffix == ".csv" else "\t", lineterminator="\n")
        writer.writerow(columns)
        for row in layout_rows(graph):
            writer.writerow([_cell(row.get(value)) for value in columns.values()])


def layout_rows(graph: Graph) -> Iterator[Row]:
    """The events that articles report as done, with all that the layouts ask of them."""
    sentences: dict[str, set[Span]] = {}
    for claim in graph.claims.values():
        sentences.setdefault(claim.article, set()).add(claim.sentence)
    for row in event_rows(graph):
        if row["asserted"] and row.get("source") and row.get("target"):
            yield row | _dates(row) | _actors(row, graph) | _codes(row) | _story(row, graph, sentences[row["article"]])


def _dates(row: Row) -> Row:
    """The first day of an event, as others write days; they have no date that is less precise."""
    dated = bounds(row["date"])
    day = first_day(dated[0]) if dated else None
    published = bounds(row["published"])
    figures = (day or "").replace("-", "")
    return {
        "day": day,
        "day_figures": figures,
        "month_figures": figures[:6],
        "year": figures[:4],
        "published_figures": published[0].replace("-", "") if published else None,
    }


def _actors(row: Row, graph: Graph) -> Row:
    strongest = graph.claims[row["claims"][0]]
    found: Row = {
        "source_text": strongest.subject.text,
        "target_text": strongest.object.text if strongest.object else None,
    }
    for part in ("source", "target"):
        entity = graph.entities.get(row.get(part) or "")
        if entity is None:
            continue
        found[f"{part}_wikidata"] = entity.wikidata
        found[f"{part}_upper"] = entity.name.upper()
        found[f"{part}_country_name"] = graph.name(entity.country) if entity.country else None
    place = graph.entities.get(row.get("place") or "")
    found["place_country_name"] = graph.name(place.country) if place and place.country else None
    return found


def _codes(row: Row) -> Row:
    cameo = str(row["cameo"] or "")
    return {
        "cameo_base": cameo[:3],
        "cameo_root": cameo[:2],
        "quad_name": str(row["quad"] or "").upper(),
        "quad_figure": QUAD_FIGURES.get(str(row["quad"])),
        "label": " ".join(part for part in (row["type"], row["mode"]) if part),
        "version": f"geokg {VERSION}",
    }


def _story(row: Row, graph: Graph, sentences: set[Span]) -> Row:
    """What is known of the article; its sentences are counted by those that make claims."""
    claims = [graph.claims[id] for id in row["claims"]]
    article = graph.articles[row["article"]]
    return {
        "publisher": article.publisher,
        "publishers": len({graph.articles[claim.article].publisher or claim.article for claim in claims}),
        "language": article.language,
        "sentence_number": sum(sentence <= claims[0].sentence for sentence in sentences),
    }


def _cell(value: Any) -> Any:
    return for_spreadsheet(" ".join(value.split())) if isinstance(value, str) else value
