"""Occurrences: claims of several sentences and articles that report the same thing, taken together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.graph.dates import dates_of, extent
from kg.graph.merge import strength
from kg.model import Article, Claim, Event, content_id


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What one actor did to another on one date, by the asserted claims that report it, the strongest first.

    ``event`` is the coding of the strongest claim, ``place`` the id of an entity; dates are ISO 8601.
    """

    id: str
    event: Event
    agent: str
    target: str
    claims: tuple[str, ...]
    first: str | None = None
    last: str | None = None
    place: str | None = None


def occurrences_of(claims: Iterable[Claim], articles: dict[str, Article]) -> list[Occurrence]:
    """The occurrences that asserted claims with an event type report: the same actors, type and date are one."""
    groups: defaultdict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.asserted and claim.event and claim.object:
            dates = dates_of(claim, articles) or ("", "")
            groups[claim.subject.entity, claim.event.type, claim.object.entity, *dates].append(claim)
    return [found for key in sorted(groups) if (found := _occurrence(key, groups[key], articles))]


def _occurrence(key: tuple[str, ...], claims: list[Claim], articles: dict[str, Article]) -> Occurrence | None:
    ranked = sorted(claims, key=strength)
    event = next((claim.event for claim in ranked if claim.event), None)
    if event is None:
        return None
    first, last = extent(ranked, articles)
    return Occurrence(
        id=content_id("event", *key),
        event=event,
        agent=key[0],
        target=key[2],
        claims=tuple(claim.id for claim in ranked),
        first=first,
        last=last,
        place=next((claim.place for claim in ranked if claim.place), None),
    )
