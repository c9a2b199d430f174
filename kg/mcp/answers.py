"""What a graph answers to a language model: plain values, each statement with its sentences and their addresses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.errors import QueryError
from kg.graph import Graph
from kg.model import EVENT_TYPES, Claim, Entity, Statement
from kg.views.standing import best_standing

Facts = dict[str, Any]
SENTENCES = 2
MOST = 100
NOTE = (
    "asserted means that an article reports it as done in its own voice, never that it is true; all other standings "
    "(denied, possible, future, conditional, reported by somebody) must be told as such"
)


def search(graph: Graph, name: str, *, limit: int = 10) -> Facts:
    """The entities of a name, the weightiest first; those that have all its words if none has the very name."""
    return {"entities": [_entity(graph, entity) for entity in graph.find(name)[: _most(limit)]]}


def about(graph: Graph, name: str, *, since: str | None = None, limit: int = 20) -> Facts:
    """What an actor did and what was done to it, by date.

    :raises QueryError: if the graph knows none of the name.
    """
    entity = _known(graph, name)
    found = [one for one in graph.about(entity.id) if since is None or (one.last is not None and one.last >= since)]
    return {"entity": _entity(graph, entity), **_statements(graph, found, limit)}


def between(graph: Graph, a: str, b: str, *, limit: int = 20) -> Facts:
    """What two actors did to each other, in either direction, by date.

    :raises QueryError: if the graph knows none of a name.
    """
    first, second = _known(graph, a), _known(graph, b)
    return _statements(graph, graph.between(first.id, second.id), limit)


def events(
    graph: Graph,
    *,
    actor: str | None = None,
    type: str | None = None,
    since: str | None = None,
    until: str | None = None,
    limit: int = 20,
) -> Facts:
    """What happened between actors, as articles report it in their own voice, the latest first.

    :raises QueryError: if the graph knows none of the name, or there is no such type.
    """
    if type is not None and type.upper() not in EVENT_TYPES:
        raise QueryError(f"there is no event type {type!r}: the types are {', '.join(EVENT_TYPES)}")
    who = _known(graph, actor).id if actor else None
    found = [
        one
        for one in graph.events
        if (who is None or who in (one.agent, one.target))
        and (type is None or one.event.type == type.upper())
        and (since is None or (one.date or "") >= since)
        and (until is None or (one.date is not None and one.date <= until))
    ]
    found.sort(key=lambda one: (one.date or "", one.id), reverse=True)
    rows = [
        {
            "id": one.id,
            "date": one.date,
            "source": graph.name(one.agent or ""),
            "target": graph.name(one.target or ""),
            "type": one.event.type,
            "cameo": one.event.cameo,
            "goldstein": one.event.goldstein,
            "reports": one.reports,
            "evidence": [_evidence(graph, graph.claims[id]) for id in one.claims[:SENTENCES]],
        }
        for one in found[: _most(limit)]
    ]
    return {"events": rows, "found": len(found)}


def evidence(graph: Graph, statement: str) -> Facts:
    """All claims of a statement, with sentences, sources and addresses, the strongest first.

    :raises QueryError: if the graph holds no statement of the id.
    """
    found = next((one for one in graph.statements if one.id == statement), None)
    if found is None:
        raise QueryError(f"the graph holds no statement {statement!r}: take the id from another answer")
    claims = [_evidence(graph, claim) for claim in graph.claims_of(found)]
    return {**_statement(graph, found), "evidence": claims[:MOST], "found": len(claims), "note": NOTE}


def _statements(graph: Graph, found: list[Statement], limit: int) -> Facts:
    rows = [_statement(graph, statement) for statement in found[: _most(limit)]]
    return {"statements": rows, "found": len(found), "note": NOTE}


def _statement(graph: Graph, statement: Statement) -> Facts:
    return _without_nothing(
        id=statement.id,
        subject=graph.name(statement.subject),
        relation=graph.label(statement),
        object=graph.name(statement.object),
        standing=best_standing(statement, graph.claims),
        disputed=statement.disputed or None,
        inferred=statement.inferred or None,
        first=statement.first,
        last=statement.last,
        confidence=statement.confidence,
        type=statement.event and statement.event.type,
        said_by=[graph.name(source) for source in statement.sources] or None,
        evidence=[_evidence(graph, claim) for claim in graph.claims_of(statement)[:SENTENCES]],
    )


def _evidence(graph: Graph, claim: Claim) -> Facts:
    article = graph.articles[claim.article]
    return _without_nothing(
        sentence=graph.sentence(claim),
        said_by=claim.source and (claim.source.name or claim.source.text or claim.source.cue),
        polarity=claim.polarity,
        modality=claim.modality,
        article=article.id,
        title=article.title,
        published=article.published,
        publisher=article.publisher,
        url=article.url,
    )


def _entity(graph: Graph, entity: Entity) -> Facts:
    return _without_nothing(
        id=entity.id,
        name=entity.name,
        kind=entity.kind,
        country=entity.country_code,
        sector=entity.sector,
        also=list(entity.names[:5]) or None,
        claims=graph.weights.get(entity.id, 0),
    )


def _known(graph: Graph, name: str) -> Entity:
    found: Iterable[Entity] = graph.find(name)
    for entity in found:
        return entity
    raise QueryError(f"the graph knows no {name!r}: search for a part of the name")


def _most(limit: int) -> int:
    return max(1, min(limit, MOST))


def _without_nothing(**values: Any) -> Facts:
    return {name: value for name, value in values.items() if value is not None}
