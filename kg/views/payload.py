"""What the page knows: plain JSON values of a graph's entities, statements, claims and articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kg.graph.dates import dates_of
from kg.views.evidence import segments
from kg.views.network import Weighted, build_network, by_salience, palette
from kg.views.standing import STANDINGS, best_standing, by_strength, standing_of

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Article, Claim, Event, Statement

Values = dict[str, Any]


def payload(graph: Graph, *, limit: int) -> Values:
    """Everything that the page shows, in a fixed order; ``limit`` is how many entities it draws at first."""
    entities = by_salience(graph)
    network = build_network(graph, entities, limit=limit)
    merged = {claim for statement in graph.statements for claim in statement.claims}
    return {
        "limit": limit,
        "palette": palette(),
        "standings": list(STANDINGS),
        "entities": {weighted.entity.id: _entity(weighted) for weighted in entities},
        "statements": {statement.id: _statement(statement, graph) for statement in by_strength(graph)},
        "claims": {claim.id: _claim(claim, graph, alone=claim.id not in merged) for claim in graph.claims.values()},
        "articles": {article.id: _article(article) for article in graph.articles.values()},
        "nodes": network.nodes,
        "options": network.options,
    }


def evidence(graph: Graph) -> Values:
    """The words of every claim, and what is told about it beside them: what the page reads when they are asked for."""
    return {claim.id: _evidence(claim, graph) for claim in graph.claims.values()}


def safe_url(url: str | None) -> str | None:
    """The URL, if a page may link to it: nothing but http and https, whatever an article says of itself.

    >>> safe_url("https://example.org/a"), safe_url("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def _entity(weighted: Weighted) -> Values:
    entity = weighted.entity
    return _known(
        name=entity.name,
        kind=entity.kind,
        names=[name for name in entity.names if name != entity.name],
        wikidata=entity.wikidata,
        country=entity.country,
        part_of=entity.part_of,
        degree=weighted.degree,
        asserted=weighted.asserted,
    )


def _statement(statement: Statement, graph: Graph) -> Values:
    return _known(
        subject=statement.subject,
        object=statement.object,
        relation=statement.relation,
        label=graph.label(statement),
        standing=best_standing(statement, graph.claims),
        claims=list(statement.claims),
        confidence=round(statement.confidence, 2),
        inferred=statement.inferred,
        disputed=statement.disputed,
        first=statement.first,
        last=statement.last,
        **_event(statement.event),
    )


def _claim(claim: Claim, graph: Graph, *, alone: bool) -> Values:
    source = claim.source
    return _known(
        article=claim.article,
        standing=standing_of(claim),
        subject=claim.subject.entity if alone else None,
        source=source and (source.name or source.text or source.cue),
        when=_when(claim, graph),
        event=claim.event and claim.event.type,
    )


def _evidence(claim: Claim, graph: Graph) -> Values:
    source = claim.source
    return _known(
        segments=[list(segment) for segment in segments(claim, graph.articles[claim.article])],
        polarity=claim.polarity,
        modality=claim.modality,
        confidence=round(claim.confidence, 2),
        inferred=claim.subject.inferred or bool(claim.object and claim.object.inferred),
        cue=source and source.cue,
        quoted=bool(source and source.quoted),
        time=claim.time,
        place=claim.place and graph.name(claim.place),
        **_event(claim.event),
    )


def _when(claim: Claim, graph: Graph) -> str | None:
    first, last = dates_of(claim, graph.articles) or (None, None)
    return first if first == last else f"{first}/{last}"


def _event(event: Event | None) -> Values:
    if event is None:
        return {}
    return {
        "event": event.type,
        "mode": event.mode,
        "quad": event.quad,
        "cameo": event.cameo,
        "goldstein": event.goldstein,
    }


def _article(article: Article) -> Values:
    return _known(
        title=article.title or article.text[:80],
        published=article.published,
        publisher=article.publisher,
        url=safe_url(article.url),
    )


def _known(**values: Any) -> Values:
    """Without what is unknown, empty or false, which the page takes for granted."""
    return {key: value for key, value in values.items() if value not in (None, "", [], False)}
