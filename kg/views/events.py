"""The table of events: a row for each event of the graph, reported as done or not.

Its columns are those that users of event data know (actors with country and sector, PLOVER type, CAMEO code, Goldstein
score, place), and what such data lacks: the auxiliary modes, whose words it is, and the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.graph.modes import AUXILIARY_MODES
from kg.model import Number

if TYPE_CHECKING:
    from kg.graph import Graph, Occurrence

Row = dict[str, Any]
COLUMNS = (
    "id date date_start date_end precision dated_by "
    "source source_name source_kind source_country source_sector "
    "target target_name target_kind target_country target_sector "
    "type mode quad cameo goldstein historical future hypothetical negated asserted attributed_to "
    "place place_name place_country latitude longitude numbers "
    "reports articles confidence article published url sentence claims"
)
FLAGS = (*AUXILIARY_MODES, "asserted")
NUMBERS = ("goldstein", "latitude", "longitude", "confidence")
COUNTS = ("reports", "articles")
LISTS = ("attributed_to", "numbers", "claims")


def event_rows(graph: Graph) -> Iterator[Row]:
    """A row for each occurrence of the graph, by date, then by its actors.

    ``source`` and ``target`` are entity ids: Wikidata items where linked. Countries are ISO 3166-1 alpha-3 codes.
    ``source`` is empty where nobody is named who did it. ``date`` is as precise as the text is, and ``date_start`` and
    ``date_end`` are its first and last day; where its words give none, it is the day of publication, as ``dated_by``
    and ``precision`` say. ``numbers`` are how many were killed, arrested and so on ("killed 12-15 civilians").
    ``asserted`` is true where an article says so in its own voice; ``attributed_to`` names those who are quoted for it.
    ``article``, ``published``, ``url`` and ``sentence`` are those of the strongest report.
    """
    for occurrence in sorted(graph.occurrences, key=_order):
        yield _when(occurrence) | _actors(occurrence, graph) | _what(occurrence, graph) | _where(occurrence, graph)


def _order(occurrence: Occurrence) -> tuple[str, str, str, str]:
    return occurrence.date or "9", occurrence.agent or "", occurrence.target or "", occurrence.id


def number_words(number: Number) -> str:
    """A number as a table has it: its kind, its bounds and what is counted.

    >>> from kg.model import Span
    >>> number_words(Number("killed", "12 or 15", Span(0, 8), 12, 15, of="civilians"))
    'killed 12-15 civilians'
    """
    least, most = (None if value is None else f"{value:.15g}" for value in (number.least, number.most))
    if least is None or most is None:
        bounds = f"at least {least}" if most is None else f"at most {most}"
    else:
        bounds = least if least == most else f"{least}-{most}"
    return " ".join(part for part in (number.kind, "about" if number.about else "", bounds, number.of or "") if part)


def _when(occurrence: Occurrence) -> Row:
    by = "text" if occurrence.time else "publication"
    return {
        "id": occurrence.id,
        "date": occurrence.date,
        "date_start": occurrence.days[0] if occurrence.days else None,
        "date_end": occurrence.days[1] if occurrence.days else None,
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
        "numbers": [number_words(number) for number in occurrence.numbers],
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
