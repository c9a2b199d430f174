"""Occurrences: claims of several sentences and articles that report the same thing, taken together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from kg.graph.dates import bounds, dates_of
from kg.graph.merge import strength
from kg.graph.modes import AuxiliaryMode, auxiliary_modes
from kg.model import Article, Claim, Event, content_id

Precision = Literal["day", "month", "year", "interval"]
PRECISIONS: dict[int, Precision] = {len("2022"): "year", len("2022-02"): "month", len("2022-02-01"): "day"}
Key = tuple[str, ...]
Places = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What one actor did to another at one time and place, by the claims that report it, the strongest first.

    ``event`` is the coding of the strongest claim and ``place`` the id of an entity. ``time`` is what the words say;
    ``dates`` are its first and last date, or the day of publication where the words give none. ``modes`` are those of
    all its claims: what is denied or threatened and what is reported as done are two occurrences. ``asserted`` tells
    whether some claim is in its article's own voice, ``reports`` in how many sentences and ``articles`` in how many
    articles it is told.
    """

    id: str
    event: Event
    agent: str
    target: str
    claims: tuple[str, ...]
    time: str | None = None
    place: str | None = None
    dates: tuple[str, str] | None = None
    modes: tuple[AuxiliaryMode, ...] = ()
    asserted: bool = True
    reports: int = 1
    articles: int = 1

    @property
    def date(self) -> str | None:
        """The date, ISO 8601, as precise as it is known: "2022", "2022-02", "2022-02-01" or "2022-01-24/2022-01-30"."""
        return None if self.dates is None else "/".join(dict.fromkeys(self.dates))

    @property
    def precision(self) -> Precision | None:
        """How precise the date is; None without one."""
        if self.date is None:
            return None
        return PRECISIONS.get(len(self.date), "interval")


def occurrences_of(
    claims: Iterable[Claim], articles: dict[str, Article], places: Places | None = None
) -> list[Occurrence]:
    """The occurrences that claims with an event type and an object report, by agent, type, target and date.

    Claims that agree in actors, type, dates and modes are one, unless they name different places; those that name none
    are of the one place that the others name, if that is a single one. ``places`` has the ids of the entities that are
    places; without it, any entity is taken for one.
    """
    groups: defaultdict[Key, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.event and claim.object and claim.subject.entity != claim.object.entity:
            groups[_key(claim, articles)].append(claim)
    found: list[Occurrence] = []
    for key in sorted(groups):
        for place, members in _by_place(groups[key], places):
            found.append(_occurrence(key, place, members, articles))
    return found


def _key(claim: Claim, articles: dict[str, Article]) -> Key:
    article = articles.get(claim.article)
    modes = auxiliary_modes(claim, published=article.published if article else None)
    type = claim.event.type if claim.event else ""
    target = claim.object.entity if claim.object else ""
    return claim.subject.entity, type, target, *(dates_of(claim, articles) or ("", "")), *modes


def _by_place(claims: list[Claim], places: Places | None) -> list[tuple[str | None, list[Claim]]]:
    """The claims of each place; those without one join the only one there is."""
    groups: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        known = claim.place if places is None or claim.place in places else None
        groups[known or ""].append(claim)
    if len(groups) == 2 and "" in groups:
        (place,) = (place for place in groups if place)
        return [(place, claims)]
    return [(place or None, groups[place]) for place in sorted(groups)]


def _occurrence(key: Key, place: str | None, claims: list[Claim], articles: dict[str, Article]) -> Occurrence:
    ranked = sorted(claims, key=strength)
    strongest = ranked[0]
    article = articles.get(strongest.article)
    assert strongest.event is not None  # only claims with an event are grouped
    return Occurrence(
        id=content_id("event", *key, *([place] if place else [])),
        event=strongest.event,
        agent=key[0],
        target=key[2],
        claims=tuple(claim.id for claim in ranked),
        time=next((claim.time for claim in ranked if bounds(claim.time)), None),
        place=place,
        dates=(key[3], key[4]) if key[3] else None,
        modes=auxiliary_modes(strongest, published=article.published if article else None),
        asserted=any(claim.asserted for claim in ranked),
        reports=len({(claim.article, claim.sentence) for claim in ranked}),
        articles=len({claim.article for claim in ranked}),
    )
