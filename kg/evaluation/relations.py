"""Score relations between named spans against re3d: which pairs of its entities the claims of a document relate.

The gold entities are given, things and quantities among them, so each claim counts, with an actor or without. A claim
relates its subject to its object, and either of them to each further argument; arguments are related to subject and
object, not to each other. Each of these stands for the longest gold entity with the same head, or else the shortest
that holds it; one inside the other is no pair. The pair is right when the gold relates the two, in either direction and
by any type. Claims about what re3d does not mark have no gold to be held against, and are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, product
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.claims import claims_of
from kg.corpora.files import json_lines, malformed, require_folder
from kg.errors import EvaluationError
from kg.evaluation.scoring import Counts, Scores, count_matches, to_json, write_lines
from kg.language.spans import head_index
from kg.model import Claim, RecordError, Span

FILES = ("documents.json", "entities.json", "relations.json")
UNRELATED = frozenset({"time", "manner"})
Pair = tuple[Span, Span]
"""Two related spans, the earlier one first."""


@dataclass(slots=True)
class Annotated:
    """A document's id and text, the spans of its entities, and the pairs that are related."""

    id: str
    text: str
    entities: set[Span] = field(default_factory=set[Span])
    pairs: set[Pair] = field(default_factory=set[Pair])


def score(gold: Path, *, nlp: Language, format: str = "re3d", predictions: Path | None = None) -> Scores:
    """Precision, recall and F1 of related pairs; n counts gold pairs.

    :raises EvaluationError: if the folder lacks re3d's files, or one is malformed.
    """
    documents = read(gold)
    total, lines = Counts(), list[str]()
    docs = nlp.pipe(document.text for document in documents)
    for document, doc in zip(documents, docs, strict=True):
        found = predicted_pairs(doc, document.entities)
        total += count_matches(found, document.pairs)
        lines.extend(_line(document, pair, relation) for pair, relation in sorted(found.items()))
    write_lines(predictions, lines)
    return {"n": total.gold, **total.scores()}


def read(folder: Path) -> list[Annotated]:
    """The documents of a folder with re3d's three files, or of all its subfolders that have them.

    :raises EvaluationError: if there are none, or a line is malformed.
    """
    require_folder(folder)
    folders = [path for path in (folder, *sorted(folder.iterdir())) if (path / FILES[0]).is_file()]
    if not folders:
        raise EvaluationError(f"{folder} has no {', '.join(FILES)}; give a folder of re3d")
    documents = [document for path in folders for document in _read_folder(path)]
    if not any(document.pairs for document in documents):
        raise EvaluationError(f"{folder} relates no entities; its relations.json is empty")
    return documents


def _read_folder(folder: Path) -> list[Annotated]:
    required = ("_id", "text")
    rows = (row for _, row in json_lines(folder / FILES[0], required=required))
    documents = {row["_id"]: Annotated(row["_id"], row["text"]) for row in rows}
    for document, row, place in _rows(folder / FILES[1], documents, ("begin", "end")):
        document.entities.add(_span(row, "begin", "end", document, place))
    ends = ("sourceBegin", "sourceEnd", "targetBegin", "targetEnd")
    for document, row, place in _rows(folder / FILES[2], documents, ends):
        source, target = _span(row, *ends[:2], document, place), _span(row, *ends[2:], document, place)
        document.entities.update((source, target))
        if source != target:
            document.pairs.add(pair_of(source, target))
    return list(documents.values())


Place = tuple[Path, int]


def _rows(
    path: Path, documents: dict[str, Annotated], required: Iterable[str]
) -> Iterator[tuple[Annotated, dict[str, Any], Place]]:
    for number, row in json_lines(path, required=("documentId", *required)):
        document = documents.get(row["documentId"])
        if document is None:
            raise malformed(path, number, f"there is no document {row['documentId']!r}")
        yield document, row, (path, number)


def _span(row: dict[str, Any], start: str, end: str, document: Annotated, place: Place) -> Span:
    try:
        span = Span(row[start], row[end])
    except (RecordError, TypeError) as error:
        raise malformed(*place, f"{start} and {end} make no span: {row[start]!r}, {row[end]!r}") from error
    if span.end > len(document.text):
        raise malformed(*place, f"the span [{span.start}, {span.end}) leaves the document's text")
    return span


def pair_of(first: Span, second: Span) -> Pair:
    """A pair without direction."""
    return (first, second) if first < second else (second, first)


def predicted_pairs(doc: Doc, entities: Iterable[Span]) -> dict[Pair, str]:
    """The pairs of gold entities that the claims of a Doc relate, each with the relation of the first such claim."""
    heads = {entity: head_index(doc, entity) for entity in sorted(entities)}
    found: dict[Pair, str] = {}
    claims, _ = claims_of(doc, open=True)
    for claim in claims:
        for first, second in related_spans(claim):
            one, other = entity_at(doc, first, heads), entity_at(doc, second, heads)
            if one and other and not one.covers(other) and not other.covers(one):
                found.setdefault(pair_of(one, other), claim.relation.lemma)
    return found


def related_spans(claim: Claim) -> Iterator[Pair]:
    """The spans that a claim relates: subject and object, and either of them to each argument."""
    parts = [claim.subject.span, *([claim.object.span] if claim.object else [])]
    yield from combinations(parts, 2)
    further = [a.span for a in claim.arguments if a.span and a.role not in UNRELATED]
    yield from product(parts, further)


def entity_at(doc: Doc, span: Span, heads: Mapping[Span, int | None]) -> Span | None:
    """The longest gold entity with the head of a span, else the shortest that holds it; ``heads`` are the entities'."""
    head = head_index(doc, span)
    if head is None:
        return None
    token = Span(doc[head].idx, doc[head].idx + len(doc[head]))
    same = [entity for entity, index in heads.items() if index == head]
    if same:
        return max(same, key=lambda entity: (entity.end - entity.start, entity))
    holding = [entity for entity in heads if entity.covers(token)]
    return min(holding, key=lambda entity: (entity.end - entity.start, entity), default=None)


def _line(document: Annotated, pair: Pair, relation: str) -> str:
    source, target = pair
    return to_json(
        {
            "documentId": document.id,
            "sourceBegin": source.start,
            "sourceEnd": source.end,
            "source": source.of(document.text),
            "targetBegin": target.start,
            "targetEnd": target.end,
            "target": target.of(document.text),
            "type": relation,
        }
    )
