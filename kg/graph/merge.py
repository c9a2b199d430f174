"""Claims merged into statements, and entities into one another: pure functions, whatever the order of their input."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from typing import TypeVar

from kg.graph.dates import extent
from kg.model import Article, Claim, Entity, Record, Statement, content_id

CONFIDENCE_CAP = 0.99
CONFIDENCE_DIGITS = 4

Text = TypeVar("Text", bound=str)


def merge_claims(claims: Iterable[Claim], articles: dict[str, Article]) -> list[Statement]:
    """One statement for all claims with the same subject, relation and object, in the order of these three.

    A claim without an object makes no statement.
    """
    groups: defaultdict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.object is not None:
            groups[claim.subject.entity, claim.relation.lemma, claim.object.entity].append(claim)
    return [_statement(key, groups[key], articles) for key in sorted(groups)]


def _statement(key: tuple[str, str, str], claims: list[Claim], articles: dict[str, Article]) -> Statement:
    ranked = sorted(claims, key=strength)
    asserted = any(claim.asserted for claim in ranked)
    support = [claim for claim in ranked if claim.asserted] if asserted else ranked
    first, last = extent(ranked, articles)
    return Statement(
        id=content_id("statement", *key),
        subject=key[0],
        relation=key[1],
        object=key[2],
        claims=tuple(claim.id for claim in ranked),
        asserted=asserted,
        confidence=combined_confidence(claim.confidence for claim in support),
        inferred=all(claim.object is not None and claim.object.inferred for claim in support),
        disputed=is_disputed(ranked),
        sources=tuple(sorted({c.source.entity for c in ranked if c.source and c.source.entity})),
        event=next((claim.event for claim in [*support, *ranked] if claim.event), None),
        first=first,
        last=last,
        polarities=tuple(sorted({claim.polarity for claim in ranked}, reverse=True)),
        modalities=tuple(sorted({claim.modality for claim in ranked})),
    )


def strength(claim: Claim) -> tuple[Hashable, ...]:
    """A sort key that puts the strongest evidence first: asserted, with its object named, of high confidence."""
    inferred = claim.object is not None and claim.object.inferred
    return not claim.asserted, inferred, -claim.confidence, claim.article, claim.sentence, claim.id


def combined_confidence(values: Iterable[float]) -> float:
    """How sure several claims are together, if each errs by itself; below 0.99 unless one of them alone is surer.

    >>> combined_confidence([0.5, 0.8])
    0.9
    """
    ordered = sorted(values)
    together = 1.0 - math.prod(1.0 - value for value in ordered)
    return round(max(ordered[-1], min(CONFIDENCE_CAP, together)), CONFIDENCE_DIGITS)


def is_disputed(claims: Iterable[Claim]) -> bool:
    """Whether one claim says that it is so and another that it is not; what may or will be disputes nothing."""
    return len({claim.polarity for claim in claims if claim.modality == "asserted"}) > 1


def merge_entities(records: Iterable[Record]) -> dict[str, Entity]:
    """One entity for each id, with the names of all; who takes part in a claim but is not listed is added."""
    groups: defaultdict[str, list[Entity]] = defaultdict(list)
    for record in records:
        listed = {entity.id for entity in record.entities}
        for entity in record.entities:
            groups[entity.id].append(entity)
        for claim in record.claims:
            for part in (claim.subject, claim.object):
                if part is not None and part.entity not in listed:
                    groups[part.entity].append(Entity(id=part.entity, kind=part.kind, name=part.name))
    return {id: _merged(groups[id]) for id in sorted(groups)}


def _merged(entities: list[Entity]) -> Entity:
    name = _best(entity.name for entity in entities)
    names = {name for entity in entities for name in (entity.name, *entity.names)}
    return Entity(
        id=entities[0].id,
        kind=_best(entity.kind for entity in entities),
        name=name,
        names=tuple(sorted(names)),
        wikidata=_known(entity.wikidata for entity in entities),
        country=_known(entity.country for entity in entities),
        sector=_known(entity.sector for entity in entities),
        part_of=_known(entity.part_of for entity in entities),
        score=max(entity.score for entity in entities),
        country_code=_known(entity.country_code for entity in entities),
        latitude=_first(entity.latitude for entity in entities),
        longitude=_first(entity.longitude for entity in entities),
    )


def _best(values: Iterable[Text]) -> Text:
    """The most frequent of some values; then the longest, then the first by alphabet."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], -len(value), value))


def _known(values: Iterable[str | None]) -> str | None:
    known = [value for value in values if value is not None]
    return _best(known) if known else None


def _first(values: Iterable[float | None]) -> float | None:
    return min((value for value in values if value is not None), default=None)
