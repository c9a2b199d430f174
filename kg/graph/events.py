"""Events: what one actor did to another at one time and place, by all the claims that tell it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from kg.graph.clusters import Report, clusters, merged_numbers, report_of
from kg.graph.dates import bounds
from kg.graph.merge import strength
from kg.graph.modes import AuxiliaryMode, auxiliary_modes, days_of
from kg.graph.parties import agent_of, place_of, targets_of
from kg.model import ACTOR_KINDS, Article, Claim, Entity, Event, Number, content_id

Precision = Literal["day", "month", "year", "interval", "publication"]
PRECISIONS: dict[int, Precision] = {len("2022"): "year", len("2022-02"): "month", len("2022-02-01"): "day"}
Key = tuple[str, ...]
Entities = Mapping[str, Entity]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What one actor did to another at one time and place, by the claims that report it, the strongest first.

    ``event`` is the coding of the strongest claim and ``place`` the id of an entity. ``agent`` is None where nobody is
    named who did it. ``target`` is an actor where one is named, else the thing that it was done to, else None.
    ``time`` is what the words say; ``dates`` are its first and last date, or the day of publication where the words
    give none. ``numbers`` are those of all its claims, between the bounds of all. ``modes`` are shared by all its
    claims: what is denied or threatened and what is reported as done are two events. ``asserted`` tells whether some
    claim is in its article's own voice, ``reports`` in how many sentences and ``articles`` in how many articles it is
    told.
    """

    id: str
    event: Event
    agent: str | None
    target: str | None
    claims: tuple[str, ...]
    time: str | None = None
    place: str | None = None
    dates: tuple[str, str] | None = None
    modes: tuple[AuxiliaryMode, ...] = ()
    asserted: bool = True
    reports: int = 1
    articles: int = 1
    numbers: tuple[Number, ...] = ()

    @property
    def date(self) -> str | None:
        """The date, ISO 8601, as precise as it is known: "2022", "2022-02", "2022-02-01" or "2022-01-24/2022-01-30"."""
        return None if self.dates is None else "/".join(dict.fromkeys(self.dates))

    @property
    def precision(self) -> Precision | None:
        """How precise the date is: "publication" where it is that of the report alone; None without a date."""
        if self.date is None:
            return None
        return PRECISIONS.get(len(self.date), "interval") if self.time else "publication"

    @property
    def days(self) -> tuple[str, str] | None:
        """The first and last day of its date; None without a date, or where no calendar has it."""
        found = days_of(self.date)
        return None if found is None else (found[0].isoformat(), found[1].isoformat())


def occurrences_of(claims: Iterable[Claim], articles: Mapping[str, Article], entities: Entities) -> list[Occurrence]:
    """The events that claims with an event type report.

    Claims of the same agent, target, type and modes are of one event if date, place and numbers allow it
    (:mod:`kg.graph.clusters`).
    """
    coded = [claim for claim in claims if claim.event]
    targets = targets_of(coded, entities)
    groups: defaultdict[Key, list[Report]] = defaultdict(list)
    for claim in coded:
        published = _published(claim, articles)
        key = _key(claim, targets[claim.id], published, entities)
        groups[key].append(report_of(claim, place_of(claim, targets[claim.id], entities), published))
    found: list[Occurrence] = []
    for key in sorted(groups):
        named = all((entity := entities.get(id)) is not None and entity.kind != "thing" for id in (key[0], key[2]))
        found.extend(_occurrence(key, group, articles) for group in clusters(groups[key], entities, named=named))
    return _with_ids_apart(found)


def _with_ids_apart(found: list[Occurrence]) -> list[Occurrence]:
    """The same with other ids for events that nothing but their claims tell apart."""
    seen: set[str] = set()
    apart: list[Occurrence] = []
    for one in found:
        apart.append(replace(one, id=content_id("event", one.id, *one.claims)) if one.id in seen else one)
        seen.add(one.id)
    return apart


def is_dyad(occurrence: Occurrence, entities: Entities) -> bool:
    """Whether an event is between two actors, or an actor and a place."""
    ends = (occurrence.agent, occurrence.target)
    kinds = [entities[id].kind if id and id in entities else "thing" for id in ends]
    return kinds[0] in ACTOR_KINDS and kinds[1] != "thing"


def _key(claim: Claim, target: str, published: str | None, entities: Entities) -> Key:
    modes = auxiliary_modes(claim, published=published)
    type = claim.event.type if claim.event else ""
    return agent_of(claim, entities) or "", type, target, *modes


def _published(claim: Claim, articles: Mapping[str, Article]) -> str | None:
    article = articles.get(claim.article)
    return article.published if article else None


def _occurrence(key: Key, reports: list[Report], articles: Mapping[str, Article]) -> Occurrence:
    ranked = sorted((report.claim for report in reports), key=strength)
    strongest = ranked[0]
    assert strongest.event is not None  # only claims with an event are grouped
    time = _time(ranked)
    published = sorted(day for claim in ranked if (day := _published(claim, articles)))
    dates = bounds(time) or bounds(published[0] if published else None)
    place = next((report.place for report in sorted(reports, key=lambda r: strength(r.claim)) if report.place), None)
    return Occurrence(
        id=content_id("event", *key[:3], *(dates or ("", "")), *key[3:], *([place] if place else [])),
        event=strongest.event,
        agent=key[0] or None,
        target=key[2] or None,
        claims=tuple(claim.id for claim in ranked),
        time=time,
        place=place,
        dates=dates,
        modes=auxiliary_modes(strongest, published=_published(strongest, articles)),
        asserted=any(claim.asserted for claim in ranked),
        reports=len({(claim.article, claim.sentence) for claim in ranked}),
        articles=len({claim.article for claim in ranked}),
        numbers=merged_numbers(ranked),
    )


def _time(ranked: list[Claim]) -> str | None:
    """The most precise of the times that the claims of an event give; of equals, that of the strongest."""
    found = [(days, claim.time) for claim in ranked if (days := days_of(claim.time))]
    return min(found, key=lambda pair: pair[0][1] - pair[0][0])[1] if found else None
