"""Tables for spreadsheets and data frames: claims, events, statements, entities or articles, in CSV or Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from kg import escaping
from kg.errors import ExportError
from kg.graph.modes import auxiliary_modes
from kg.views.events import COLUMNS, COUNTS, FLAGS, LISTS, NUMBERS, event_rows
from kg.views.standing import best_standing, standing_of

if TYPE_CHECKING:
    from kg.graph import Graph

Row = dict[str, Any]
Schema = Any  # pyarrow declares no types, here and in the next line
Table = Any
TEXT = pa.string()
SEPARATOR = " | "  # between the values of a list, in a CSV cell


def write_csv(graph: Graph, path: Path, *, table: str = "claims") -> None:
    """Write one table as UTF-8 CSV with a header: "claims", "events", "statements", "entities" or "articles".

    Lists are joined by " | "; what is not known is an empty cell. A text that a spreadsheet would run as
    a formula has an apostrophe before it, which it has not in Parquet.

    :raises ExportError: if there is no such table.
    """
    schema, rows = _table(graph, table)
    with path.open("w", encoding="utf-8", newline="") as out:
        escaping.write_csv(out, schema.names, ([_cell(row.get(name)) for name in schema.names] for row in rows))


def write_parquet(graph: Graph, path: Path, *, table: str = "claims") -> None:
    """Write one table as Parquet, with the columns of :func:`write_csv` and their types; lists stay lists.

    :raises ExportError: if there is no such table.
    """
    pq.write_table(arrow_table(graph, table), path, compression="zstd")


def write_events(graph: Graph, path: Path, *, layout: str | None = None) -> None:
    """Write the table of events, as Parquet where the file's name ends in ".parquet", else as CSV.

    Its columns are told by :func:`kg.views.events.event_rows`.

    :param layout: write it in the columns of "polecat", "gdelt" or "icews" instead, with tabs unless the file is .csv.
    :raises ExportError: if there is no such layout.
    """
    if layout:
        from kg.views.event_layouts import write_layout

        write_layout(graph, path, layout=layout)
        return
    write = write_parquet if path.suffix == ".parquet" else write_csv
    write(graph, path, table="events")


def arrow_table(graph: Graph, name: str) -> Table:
    """One table as a ``pyarrow.Table``.

    :raises ExportError: if there is no such table.
    """
    schema, rows = _table(graph, name)
    return pa.Table.from_pylist(list(rows), schema=schema)


def _table(graph: Graph, name: str) -> tuple[Schema, Iterator[Row]]:
    if name not in TABLES:
        raise ExportError(f"no table {name!r}; the tables are {', '.join(TABLES)}")
    schema, rows = TABLES[name]
    return schema, rows(graph)


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return SEPARATOR.join(value) if isinstance(value, list) else value


def _claims(graph: Graph) -> Iterator[Row]:
    statement_of = {claim: statement.id for statement in graph.statements for claim in statement.claims}
    for claim in graph.claims.values():
        subject, object, source, event = claim.subject, claim.object, claim.source, claim.event
        article = graph.articles[claim.article]
        yield {
            "id": claim.id,
            "statement": statement_of.get(claim.id),
            "subject": subject.entity,
            "subject_name": graph.name(subject.entity),
            "subject_text": subject.text,
            "relation": claim.relation.lemma,
            "relation_text": claim.relation.text,
            "object": object and object.entity,
            "object_name": object and graph.name(object.entity),
            "object_text": object and object.text,
            "inferred": bool(subject.inferred or (object and object.inferred)),
            "standing": standing_of(claim),
            "polarity": claim.polarity,
            "modality": claim.modality,
            "factuality": claim.factuality,
            "source": source and source.entity,
            "source_name": source and (source.name or source.text),
            "cue": source and source.cue,
            "quoted": source and source.quoted,
            "event": event and event.type,
            "mode": event and event.mode,
            "quad": event and event.quad,
            "cameo": event and event.cameo,
            "goldstein": event and event.goldstein,
            "auxiliary_modes": list(auxiliary_modes(claim, published=article.published)),
            "time": claim.time,
            "place": claim.place,
            "confidence": claim.confidence,
            "article": claim.article,
            "title": article.title,
            "published": article.published,
            "url": article.url,
            "sentence": graph.sentence(claim),
            "sentence_start": claim.sentence.start,
            "sentence_end": claim.sentence.end,
        }


def _statements(graph: Graph) -> Iterator[Row]:
    for statement in graph.statements:
        event = statement.event
        yield {
            "id": statement.id,
            "subject": statement.subject,
            "subject_name": graph.name(statement.subject),
            "relation": statement.relation,
            "label": graph.label(statement),
            "object": statement.object,
            "object_name": graph.name(statement.object),
            "standing": best_standing(statement, graph.claims),
            "asserted": statement.asserted,
            "inferred": statement.inferred,
            "disputed": statement.disputed,
            "confidence": statement.confidence,
            "event": event and event.type,
            "quad": event and event.quad,
            "cameo": event and event.cameo,
            "goldstein": event and event.goldstein,
            "sources": [graph.name(source) for source in statement.sources],
            "first": statement.first,
            "last": statement.last,
            "claims": list(statement.claims),
        }


def _entities(graph: Graph) -> Iterator[Row]:
    for entity in graph.entities.values():
        yield {
            "id": entity.id,
            "name": entity.name,
            "kind": entity.kind,
            "names": list(entity.names),
            "wikidata": entity.wikidata,
            "country": entity.country,
            "country_code": entity.country_code,
            "sector": entity.sector,
            "latitude": entity.latitude,
            "longitude": entity.longitude,
            "part_of": entity.part_of,
            "score": entity.score,
            "claims": graph.weights.get(entity.id, 0),
        }


def _articles(graph: Graph) -> Iterator[Row]:
    for article in graph.articles.values():
        names = ("id", "title", "published", "publisher", "url", "language", "content_hash")
        yield {name: getattr(article, name) for name in names}


def _schema(columns: str, /, **types: Any) -> Schema:
    """A column for each name: text, unless another type is given."""
    return pa.schema([(name, types.get(name, TEXT)) for name in columns.split()])


TABLES: dict[str, tuple[Schema, Callable[[Graph], Iterator[Row]]]] = {
    "claims": (
        _schema(
            "id statement subject subject_name subject_text relation relation_text object object_name object_text "
            "inferred standing polarity modality factuality source source_name cue quoted event mode quad cameo "
            "goldstein auxiliary_modes time place confidence article title published url sentence sentence_start "
            "sentence_end",
            inferred=pa.bool_(), quoted=pa.bool_(), factuality=pa.float64(), goldstein=pa.float64(),
            auxiliary_modes=pa.list_(TEXT), confidence=pa.float64(), sentence_start=pa.int64(), sentence_end=pa.int64(),
        ),
        _claims,
    ),
    "events": (
        _schema(
            COLUMNS,
            **{name: pa.bool_() for name in FLAGS},
            **{name: pa.float64() for name in NUMBERS},
            **{name: pa.int64() for name in COUNTS},
            **{name: pa.list_(TEXT) for name in LISTS},
        ),
        event_rows,
    ),
    "statements": (
        _schema(
            "id subject subject_name relation label object object_name standing asserted inferred disputed confidence "
            "event quad cameo goldstein sources first last claims",
            asserted=pa.bool_(), inferred=pa.bool_(), disputed=pa.bool_(), confidence=pa.float64(),
            goldstein=pa.float64(), sources=pa.list_(TEXT), claims=pa.list_(TEXT),
        ),
        _statements,
    ),
    "entities": (
        _schema(
            "id name kind names wikidata country country_code sector latitude longitude part_of score claims",
            names=pa.list_(TEXT), latitude=pa.float64(), longitude=pa.float64(), score=pa.float64(), claims=pa.int64(),
        ),
        _entities,
    ),
    "articles": (_schema("id title published publisher url language content_hash"), _articles),
}  # fmt: skip
