"""The ledger's tables: their columns, and how a record becomes rows and rows become a record again.

Participants, relation and source of a claim are flattened ("subject_entity"), so that a table is easy to read in pandas
or DuckDB; an absent object or source has nulls in all its columns. A merge says what a mention was taken for, and why:
there is one for each mention, in the same order. An event is the coding of a claim that has one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from kg.model import (
    Argument,
    Article,
    Claim,
    Entity,
    Event,
    Mention,
    Number,
    Participant,
    Record,
    Relation,
    Source,
    Span,
)  # fmt: skip

SCHEMA_VERSION = 4
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
_BOUNDS = [*_columns(pa.float64(), "least", "most"), *_columns(pa.bool_(), "about")]
_NUMBER = pa.struct([*_texts("kind", "text"), *_span(), *_BOUNDS, *_texts("of")])
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
        *_texts("text", "type"),
    ],
    "merges": [
        *_texts("article"),
        *_span(),
        *_texts("mention", "entity", "reason"),
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
        *_columns(pa.float64(), "factuality", "confidence"),
        *_columns(_LIST, "rules"),
        *_texts("ground"),
        *_columns(pa.list_(_NUMBER), "numbers"),
    ],
    "events": [
        *_texts("article", "claim", "type", "quad", "cameo"),
        *_columns(pa.float64(), "goldstein"),
        *_texts("mode"),
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
        "merges": [_merge_row(mention) for mention in record.mentions],
        "claims": [_claim_row(claim) for claim in record.claims],
        "events": [
            {"article": claim.article, "claim": claim.id, **_fields(claim.event, Event)}
            for claim in record.claims
            if claim.event
        ],
    }


def record_of(article: Row, rows: Mapping[str, list[Row]]) -> Record:
    """The record whose rows these are.

    :raises RecordError: if a value breaks a rule of the model.
    :raises ValueError: if a mention has no merge.
    """
    events = {row["claim"]: _value(row, Event) for row in rows["events"]}
    return Record(
        article=Article(**{key: value for key, value in article.items() if key != "hash"}),
        entities=tuple(_entity(row) for row in rows["entities"]),
        mentions=tuple(_mention(*pair) for pair in zip(rows["mentions"], rows["merges"], strict=True)),
        claims=tuple(_claim(row, events.get(row["id"])) for row in rows["claims"]),
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
    row = _fields(mention, Mention)
    return {name: row[name] for name in ("article", "start", "end", "text", "type")}


def _merge_row(mention: Mention) -> Row:
    row = _fields(mention, Mention)
    return {"mention": mention.text, **{n: row[n] for n in ("article", "start", "end", "entity", "reason", "score")}}


def _mention(row: Row, merge: Row) -> Mention:
    return _value({**merge, **row}, Mention)


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
        "confidence": claim.confidence,
        "rules": claim.rules,
        "ground": claim.ground,
        "numbers": [_fields(number, Number) for number in claim.numbers],
    }


def _claim(row: Row, event: Event | None) -> Claim:
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
        event=event,
        confidence=row["confidence"],
        rules=tuple(row["rules"]),
        ground=row["ground"],
        numbers=tuple(_value(number, Number) for number in row["numbers"] or ()),
    )
