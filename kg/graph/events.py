"""Occurrences: claims of several sentences and articles that report the same thing, taken together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.graph.dates import dates_of
from kg.graph.merge import strength
from kg.model import Article, Claim, Event, content_id


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What one actor did to another on one date, by the asserted claims that report it, the strongest first.

    ``event`` is the coding of the strongest claim and ``place`` the id of an entity. ``time`` is what the words say;
    the day of publication, by which claims without a time are told apart, is none of it.
    """

    id: str
    event: Event
    agent: str
    target: str
    claims: tuple[str, ...]
    time: str | None = None
    place: str | None = None


def occurrences_of(claims: Iterable[Claim], articles: dict[str, Article]) -> list[Occurrence]:
    """The occurrences that asserted claims with an event type report: the same actors, type and date are one."""
    groups: defaultdict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.asserted and claim.event and claim.object:
            dates = dates_of(claim, articles) or ("", "")
            groups[claim.subject.entity, claim.event.type, claim.object.entity, *dates].append(claim)
    return [found for key in sorted(groups) if (found := _occurrence(key, groups[key]))]


def _occurrence(key: tuple[str, ...], claims: list[Claim]) -> Occurrence | None:
    ranked = sorted(claims, key=strength)
    event = next((claim.event for claim in ranked if claim.event), None)
    if event is None:
        return None
    return Occurrence(
        id=content_id("event", *key),
        event=event,
        agent=key[0],
        target=key[2],
        claims=tuple(claim.id for claim in ranked),
        time=next((claim.time for claim in ranked if claim.time), None),
        place=next((claim.place for claim in ranked if claim.place), None),
    )
