"""What the page knows: plain JSON values of a graph's entities, statements, claims and articles.

Two parts: :func:`payload` is read when the page opens, :func:`evidence`, the words of the articles with all spans in
them, only when its reader first asks for a sentence. ``page/src/payload.ts`` has the same as types.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kg.graph.dates import bounds, dates_of
from kg.views.communities import communities
from kg.views.excerpts import Offsets, pieces
from kg.views.network import Weighted, by_salience, is_office, palette
from kg.views.standing import STANDINGS, best_standing, by_strength, standing_of

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Article, Claim, Event, Span, Statement

Values = dict[str, Any]
MOST_REASONS = 6  # of an entity's merges, so many are told


def payload(graph: Graph, *, limit: int, title: str) -> Values:
    """Everything that the page shows at once, in a fixed order; ``limit`` is how many actors it draws at first."""
    entities = by_salience(graph)
    groups = communities(graph)
    merged = {claim for statement in graph.statements for claim in statement.claims}
    told = _articles_of(graph)
    return {
        "title": title,
        "limit": limit,
        "palette": palette(),
        "standings": list(STANDINGS),
        "entities": {w.entity.id: _entity(w, groups.get(w.entity.id), told[w.entity.id]) for w in entities},
        "statements": {statement.id: _statement(statement, graph) for statement in by_strength(graph)},
        "claims": {claim.id: _claim(claim, graph, alone=claim.id not in merged) for claim in graph.claims.values()},
        "articles": {article.id: _article(article) for article in graph.articles.values()},
    }


def evidence(graph: Graph) -> Values:
    """The words: the articles' text, where the parts of each claim stand in it, and why mentions were merged.

    Positions are in UTF-16 units, as JavaScript counts; of very large graphs only the sentences of claims are held.
    """
    offsets = {article.id: Offsets(article.text) for article in graph.articles.values()}
    return {
        "texts": pieces(graph, offsets),
        "claims": {claim.id: _evidence(claim, graph, offsets[claim.article]) for claim in graph.claims.values()},
        "reasons": _reasons(graph),
    }


def safe_url(url: str | None) -> str | None:
    """The URL, if a page may link to it: nothing but http and https, whatever an article says of itself.

    >>> safe_url("https://example.org/a"), safe_url("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def _articles_of(graph: Graph) -> Counter[str]:
    """In how many articles each entity takes part in a claim."""
    pairs = {(p.entity, c.article) for c in graph.claims.values() for p in (c.subject, c.object) if p is not None}
    return Counter(entity for entity, _ in pairs)


def _entity(weighted: Weighted, group: int | None, articles: int) -> Values:
    entity = weighted.entity
    located = entity.longitude is not None and entity.latitude is not None
    return _known(
        name=entity.name,
        kind=entity.kind,
        names=[name for name in entity.names if name != entity.name],
        wikidata=entity.wikidata,
        country=entity.country if entity.country != entity.id else None,
        code=entity.country_code,
        sector=entity.sector,
        part_of=entity.part_of,
        at=[entity.longitude, entity.latitude] if located else None,
        degree=weighted.degree,
        asserted=weighted.asserted,
        articles=articles,
        group=group,
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
        office=is_office(statement, graph),
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
        object=claim.object.entity if alone and claim.object else None,
        label=graph.agreeing_label(claim.relation.lemma, claim.subject.entity) if alone else None,
        source=source and (source.name or source.text or source.cue),
        speaker=source and source.entity if source and source.entity in graph.entities else None,
        when=_when(claim, graph),
        dated=bounds(claim.time) is not None,
        place=claim.place if claim.place in graph.entities else None,
        event=claim.event and claim.event.type,
    )


def _evidence(claim: Claim, graph: Graph, offsets: Offsets) -> Values:
    source = claim.source
    spans: dict[str, Span | None] = {
        "subject": claim.subject.span,
        "relation": claim.relation.span,
        "object": claim.object.span if claim.object else None,
        "source": source.span if source else None,
        "cue": source.cue_span if source else None,
    }
    return _known(
        sentence=offsets.of(claim.sentence),
        spans={role: offsets.of(span) for role, span in spans.items() if span},
        polarity=claim.polarity,
        modality=claim.modality,
        confidence=round(claim.confidence, 2),
        inferred=claim.subject.inferred or bool(claim.object and claim.object.inferred),
        cue=source and source.cue,
        quoted=bool(source and source.quoted),
        time=claim.time,
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


def _reasons(graph: Graph) -> dict[str, list[list[Any]]]:
    """Why the words of mentions were taken to be each entity: the words, the reason, and how often, most first."""
    counts: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for mention in graph.mentions:
        if mention.entity in graph.entities:
            counts[mention.entity][" ".join(mention.text.split()), mention.reason] += 1
    return {
        entity: [[*key, n] for key, n in sorted(found.items(), key=lambda item: (-item[1], item[0]))[:MOST_REASONS]]
        for entity, found in sorted(counts.items())
    }


def _known(**values: Any) -> Values:
    """Without what is unknown, empty or false, which the page takes for granted."""
    return {key: value for key, value in values.items() if value not in (None, "", [], False)}
