"""The table of events: a row for each thing that one actor is said to have done to another.

Its columns are those that users of event data know (actors with country and sector, PLOVER type, CAMEO code, Goldstein
score, place), and what such data lacks: the auxiliary modes, whose words it is, and the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.graph.modes import AUXILIARY_MODES

if TYPE_CHECKING:
    from kg.graph import Graph, Occurrence

Row = dict[str, Any]
COLUMNS = (
    "id date precision dated_by "
    "source source_name source_kind source_country source_sector "
    "target target_name target_kind target_country target_sector "
    "type mode quad cameo goldstein historical future hypothetical negated asserted attributed_to "
    "place place_name place_country latitude longitude "
    "reports articles confidence article published url sentence claims"
)
FLAGS = (*AUXILIARY_MODES, "asserted")
NUMBERS = ("goldstein", "latitude", "longitude", "confidence")
COUNTS = ("reports", "articles")
LISTS = ("attributed_to", "claims")


def event_rows(graph: Graph) -> Iterator[Row]:
    """A row for each occurrence of the graph, by date, then by its actors.

    ``source`` and ``target`` are entity ids: Wikidata items where linked. Countries are ISO 3166-1 alpha-3 codes.
    ``date`` is as precise as the text is, and ``dated_by`` says whether its words give it or the day of publication
    does. ``asserted`` is true where an article says so in its own voice; ``attributed_to`` names those who are quoted
    for it. ``article``, ``published``, ``url`` and ``sentence`` are those of the strongest report.
    """
    for occurrence in sorted(graph.occurrences, key=lambda one: (one.date or "9", one.agent, one.target or "", one.id)):
        yield _when(occurrence) | _actors(occurrence, graph) | _what(occurrence, graph) | _where(occurrence, graph)


def _when(occurrence: Occurrence) -> Row:
    by = "text" if occurrence.time else "publication"
    return {
        "id": occurrence.id,
        "date": occurrence.date,
        "precision": occurrence.precision,
        "dated_by": by if occurrence.date else None,
    }


def _actors(occurrence: Occurrence, graph: Graph) -> Row:
    article = graph.claims[occurrence.claims[0]].article
    return _actor("source", occurrence.agent, article, graph) | _actor("target", occurrence.target, article, graph)


def _actor(part: str, id: str | None, article: str, graph: Graph) -> Row:
    entity = graph.entities.get(id or "")
    if entity is None:
        return {}
    return {
        part: entity.id,
        f"{part}_name": entity.name,
        f"{part}_kind": entity.kind,
        f"{part}_country": entity.country_code,
        f"{part}_sector": graph.sector(entity.id, article),
    }


def _what(occurrence: Occurrence, graph: Graph) -> Row:
    event = occurrence.event
    claims = [graph.claims[id] for id in occurrence.claims]
    strongest = claims[0]
    article = graph.articles[strongest.article]
    return {
        "type": event.type,
        "mode": event.mode,
        "quad": event.quad,
        "cameo": event.cameo,
        "goldstein": event.goldstein,
        **{mode: mode in occurrence.modes for mode in AUXILIARY_MODES},
        "asserted": occurrence.asserted,
        "attributed_to": sorted({c.source.name or c.source.text or c.source.cue for c in claims if c.source}),
        "reports": occurrence.reports,
        "articles": occurrence.articles,
        "confidence": strongest.confidence,
        "article": article.id,
        "published": article.published,
        "url": article.url,
        "sentence": graph.sentence(strongest),
        "claims": list(occurrence.claims),
    }


def _where(occurrence: Occurrence, graph: Graph) -> Row:
    place = graph.entities.get(occurrence.place or "")
    if place is None:
        return {}
    return {
        "place": place.id,
        "place_name": place.name,
        "place_country": place.country_code,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }
