"""Parts of a graph: the claims that fit a filter, with what they stand on, as a graph of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.errors import QueryError
from kg.graph.dates import dates_of
from kg.model import EVENT_TYPES, Claim, Entity, Record

if TYPE_CHECKING:
    from kg.graph.graph import Graph


@dataclass(frozen=True, slots=True)
class Filter:
    """What a claim must be to stay: all that is given must hold."""

    actors: frozenset[str] | None = None
    types: frozenset[str] | None = None
    since: str | None = None
    until: str | None = None
    confidence: float = 0.0

    def lets_through(self, claim: Claim, graph: Graph) -> bool:
        """Whether a claim fits. One without a date fits no period, and one that is no event no type."""
        ends = {claim.subject.entity, *([claim.object.entity] if claim.object else [])}
        if self.actors is not None and not ends & self.actors:
            return False
        if self.types is not None and (claim.event is None or claim.event.type not in self.types):
            return False
        if claim.confidence < self.confidence:
            return False
        if self.since is None and self.until is None:
            return True
        dated = dates_of(claim, graph.articles)
        if dated is None:
            return False
        return (self.since is None or dated[1] >= self.since) and (self.until is None or dated[0] <= self.until)


def filter_for(
    graph: Graph,
    *,
    actors: Iterable[str] | str | None,
    types: Iterable[str] | str | None,
    since: str | None,
    until: str | None,
    confidence: float,
) -> Filter:
    """The filter that a user means, whose actors are named by any of their names.

    :raises QueryError: if the graph knows none of a name, or there is no such type.
    """
    return Filter(
        actors=None if actors is None else frozenset(_entity(graph, name) for name in _listed(actors)),
        types=None if types is None else frozenset(map(_type, _listed(types))),
        since=since,
        until=until,
        confidence=confidence,
    )


def records_of(graph: Graph, claims: Iterable[Claim]) -> list[Record]:
    """The records of some claims of a graph, with those that they report or depend on."""
    kept = _with_dependents(graph, claims)
    records: list[Record] = []
    for id, article in graph.articles.items():
        own = [claim for claim in kept.values() if claim.article == id]
        if not own:
            continue
        named = {entity for claim in own for entity in _entities_of(claim)}
        mentions = tuple(mention for mention in graph.mentions if mention.article == id and mention.entity in named)
        records.append(Record(article, _entities(graph, named, id), mentions, tuple(own)))
    return records


def all_records(graph: Graph) -> list[Record]:
    """The records that a graph was made from, as far as it holds them: articles without a claim, too."""
    claims: dict[str, list[Claim]] = {}
    named: dict[str, set[str]] = {}
    for claim in graph.claims.values():
        claims.setdefault(claim.article, []).append(claim)
        named.setdefault(claim.article, set()).update(_entities_of(claim))
    for mention in graph.mentions:
        named.setdefault(mention.article, set()).add(mention.entity)
    return [
        Record(
            article,
            _entities(graph, named.get(id, set()), id),
            tuple(mention for mention in graph.mentions if mention.article == id),
            tuple(claims.get(id, ())),
        )
        for id, article in graph.articles.items()
    ]


def _entities(graph: Graph, named: set[str], article: str) -> tuple[Entity, ...]:
    found = (graph.entities[id] for id in sorted(named) if id in graph.entities)
    return tuple(replace(entity, sector=graph.sector(entity.id, article)) for entity in found)


def _with_dependents(graph: Graph, claims: Iterable[Claim]) -> dict[str, Claim]:
    kept: dict[str, Claim] = {}
    queue = list(claims)
    while queue:
        claim = queue.pop()
        if claim.id not in kept:
            kept[claim.id] = claim
            below = (*claim.content, *(argument.claim for argument in claim.arguments if argument.claim))
            queue.extend(graph.claims[id] for id in below if id in graph.claims)
    return kept


def _entities_of(claim: Claim) -> set[str]:
    parts = {part.entity for part in (claim.subject, claim.object) if part}
    arguments = {argument.entity for argument in claim.arguments if argument.entity}
    return parts | arguments | ({claim.source.entity} if claim.source and claim.source.entity else set())


def _listed(given: Iterable[str] | str) -> list[str]:
    return [given] if isinstance(given, str) else list(given)


def _entity(graph: Graph, name: str) -> str:
    found = graph.find(name)
    if not found:
        raise QueryError(f"the graph knows no {name!r}: `kg query --name actors` lists whom it knows")
    return found[0].id


def _type(name: str) -> str:
    if name.upper() not in EVENT_TYPES:
        raise QueryError(f"there is no event type {name!r}: the types are {', '.join(EVENT_TYPES)}")
    return name.upper()
