"""The ledger's tables: their columns, and how a record becomes rows and rows become a record again.

Participants, relation, source and event of a claim are flattened ("subject_entity"), so that a table is easy to read
in pandas or DuckDB; an absent object, source or event has nulls in all its columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from kg.model import Argument, Article, Claim, Entity, Event, Mention, Participant, Record, Relation, Source, Span

SCHEMA_VERSION = 2
Row = dict[str, Any]
Table = Any  # a pyarrow.Table: pyarrow declares no types, here and in the next two lines
Schema = Any
Columns = list[Any]


def _columns(type: Any, *names: str) -> Columns:
    return [pa.field(name, type) for name in names]


def _span(prefix: str = "") -> Columns:
    return _columns(pa.int32(), f"{prefix}start", f"{prefix}end")


def _texts(*names: str) -> Columns:
    return _columns(pa.string(), *names)


def _participant(part: str) -> Columns:
    return [
        *_texts(f"{part}_text"),
        *_span(f"{part}_"),
        *_texts(f"{part}_entity", f"{part}_name", f"{part}_kind"),
        *_columns(pa.bool_(), f"{part}_inferred"),
    ]


_LIST = pa.list_(pa.string())
_ARGUMENT = pa.struct([*_texts("role", "text"), *_span(), *_texts("value", "entity", "claim")])
_COLUMNS: dict[str, Columns] = {
    "articles": _texts("id", "hash", "text", "title", "published", "publisher", "url", "language"),
    "entities": [
        *_texts("article", "id", "kind", "name"),
        *_columns(_LIST, "names"),
        *_texts("wikidata", "country", "sector", "part_of"),
        *_columns(pa.float64(), "score"),
        *_texts("country_code"),
        *_columns(pa.float64(), "latitude", "longitude"),
    ],
    "mentions": [
        *_texts("article"),
        *_span(),
        *_texts("text", "type", "entity", "reason"),
        *_columns(pa.float64(), "score"),
    ],
    "claims": [
        *_texts("article", "id"),
        *_span("sentence_"),
        *_participant("subject"),
        *_texts("relation_text"),
        *_span("relation_"),
        *_texts("relation_lemma"),
        *_columns(pa.bool_(), "relation_nominal"),
        *_participant("object"),
        *_columns(_LIST, "content"),
        *_columns(pa.list_(_ARGUMENT), "arguments"),
        *_texts("source_cue"),
        *_span("source_cue_"),
        *_texts("source_text"),
        *_span("source_"),
        *_texts("source_entity", "source_name"),
        *_columns(pa.bool_(), "source_quoted"),
        *_texts("polarity", "modality"),
        *_columns(pa.float64(), "factuality"),
        *_texts("event_type", "event_quad", "event_cameo"),
        *_columns(pa.float64(), "event_goldstein"),
        *_texts("event_mode"),
        *_columns(pa.float64(), "confidence"),
        *_columns(_LIST, "rules"),
    ],
}
TABLES: Mapping[str, Schema] = {
    name: pa.schema(columns, metadata={"kg.table": name, "kg.schema": str(SCHEMA_VERSION)})
    for name, columns in _COLUMNS.items()
}
PARTS = tuple(name for name in TABLES if name != "articles")


def rows_of(record: Record) -> dict[str, list[Row]]:
    """The rows of one record, by table."""
    return {
        "articles": [_article_row(record.article)],
        "entities": [{"article": record.article.id, **_fields(e, Entity)} for e in record.entities],
        "mentions": [_mention_row(mention) for mention in record.mentions],
        "claims": [_claim_row(claim) for claim in record.claims],
    }


def record_of(article: Row, rows: Mapping[str, list[Row]]) -> Record:
    """The record whose rows these are.

    :raises RecordError: if a value breaks a rule of the model.
    """
    return Record(
        article=Article(**{key: value for key, value in article.items() if key != "hash"}),
        entities=tuple(_entity(row) for row in rows["entities"]),
        mentions=tuple(_mention(row) for row in rows["mentions"]),
        claims=tuple(_claim(row) for row in rows["claims"]),
    )


def _fields(value: object, kind: type[Any], prefix: str = "") -> Row:
    """The fields of a value of the model as columns; spans become a start and an end, an absent value nulls."""
    row: Row = {}
    for name in kind.__slots__:
        field = getattr(value, name, None)
        if name == "span" or name.endswith("_span"):
            start = prefix + name.removesuffix("span")
            row[f"{start}start"], row[f"{start}end"] = (field.start, field.end) if field else (None, None)
        else:
            row[prefix + name] = field
    return row


def _value(row: Row, kind: type[Any], prefix: str = "") -> Any:
    """The value whose fields :func:`_fields` laid out."""
    values: Row = {}
    for name in kind.__slots__:
        if name == "span" or name.endswith("_span"):
            start = prefix + name.removesuffix("span")
            values[name] = None if row[f"{start}start"] is None else Span(row[f"{start}start"], row[f"{start}end"])
        else:
            values[name] = row[prefix + name]
    return kind(**values)


def _article_row(article: Article) -> Row:
    return {**_fields(article, Article), "hash": article.content_hash}


def _entity(row: Row) -> Entity:
    return _value({**row, "names": tuple(row["names"])}, Entity)


def _mention_row(mention: Mention) -> Row:
    return _fields(mention, Mention)


def _mention(row: Row) -> Mention:
    return _value(row, Mention)


def _claim_row(claim: Claim) -> Row:
    return {
        "article": claim.article,
        "id": claim.id,
        "sentence_start": claim.sentence.start,
        "sentence_end": claim.sentence.end,
        **_fields(claim.subject, Participant, "subject_"),
        **_fields(claim.relation, Relation, "relation_"),
        **_fields(claim.object, Participant, "object_"),
        "content": claim.content,
        "arguments": [_fields(argument, Argument) for argument in claim.arguments],
        **_fields(claim.source, Source, "source_"),
        "polarity": claim.polarity,
        "modality": claim.modality,
        "factuality": claim.factuality,
        **_fields(claim.event, Event, "event_"),
        "confidence": claim.confidence,
        "rules": claim.rules,
    }


def _claim(row: Row) -> Claim:
    return Claim(
        id=row["id"],
        article=row["article"],
        sentence=Span(row["sentence_start"], row["sentence_end"]),
        subject=_value(row, Participant, "subject_"),
        relation=_value(row, Relation, "relation_"),
        object=None if row["object_start"] is None else _value(row, Participant, "object_"),
        content=tuple(row["content"]),
        arguments=tuple(_value(argument, Argument) for argument in row["arguments"]),
        source=None if row["source_cue"] is None else _value(row, Source, "source_"),
        polarity=row["polarity"],
        modality=row["modality"],
        factuality=row["factuality"],
        event=None if row["event_type"] is None else _value(row, Event, "event_"),
        confidence=row["confidence"],
        rules=tuple(row["rules"]),
    )
