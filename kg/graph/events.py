"""Occurrences: claims of several sentences and articles that report the same thing, taken together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from kg.graph.dates import bounds, dates_of
from kg.graph.merge import strength
from kg.graph.modes import AuxiliaryMode, auxiliary_modes
from kg.model import ACTOR_KINDS, Article, Claim, Entity, Event, Kind, Span, content_id

Precision = Literal["day", "month", "year", "interval"]
PRECISIONS: dict[int, Precision] = {len("2022"): "year", len("2022-02"): "month", len("2022-02-01"): "day"}
PLACE_KINDS: frozenset[Kind] = frozenset({"place", "country"})
# What introduces the one to whom something is done, where the object is a thing ("sent tanks to X").
TOWARDS = ("to", "against", "with", "on", "at", "from", "for", "toward", "towards")
Key = tuple[str, ...]
Entities = Mapping[str, Entity]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What one actor did to another at one time and place, by the claims that report it, the strongest first.

    ``event`` is the coding of the strongest claim and ``place`` the id of an entity. ``target`` is an actor where one
    is named, else the thing that it was done to, else None. ``time`` is what the words say;
    ``dates`` are its first and last date, or the day of publication where the words give none. ``modes`` are those of
    all its claims: what is denied or threatened and what is reported as done are two occurrences. ``asserted`` tells
    whether some claim is in its article's own voice, ``reports`` in how many sentences and ``articles`` in how many
    articles it is told.
    """

    id: str
    event: Event
    agent: str
    target: str | None
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


def occurrences_of(claims: Iterable[Claim], articles: Mapping[str, Article], entities: Entities) -> list[Occurrence]:
    """The occurrences that claims with an event type report, by agent, type, target and date.

    Claims that agree in actors, type, dates and modes are one, unless they name different places; those that name none
    are of the one place that the others name, if that is a single one.
    """
    coded = [claim for claim in claims if claim.event]
    targets = _targets(coded, entities)
    groups: defaultdict[Key, list[Claim]] = defaultdict(list)
    for claim in coded:
        groups[_key(claim, targets[claim.id], articles)].append(claim)
    return [
        _occurrence(key, place, members, articles)
        for key in sorted(groups)
        for place, members in _by_place(groups[key], entities)
    ]


def _targets(claims: Iterable[Claim], entities: Entities) -> dict[str, str]:
    """To whom each claim says that it was done: an actor, else the actor that another claim of the same words has."""
    listed = list(claims)
    actors = {claim.id: _actor_of(claim, entities) for claim in listed}
    of_words: dict[tuple[str, Span, str], str] = {}
    for claim in sorted(listed, key=strength):
        if actor := actors[claim.id]:
            of_words.setdefault(_words(claim), actor)
    return {claim.id: actors[claim.id] or of_words.get(_words(claim)) or _thing_of(claim) for claim in listed}


def _words(claim: Claim) -> tuple[str, Span, str]:
    return claim.article, claim.relation.span, claim.subject.entity


def _actor_of(claim: Claim, entities: Entities) -> str:
    """The actor or place that a claim's object or one of its arguments names; an empty string if none does."""
    if claim.object and (claim.object.kind in ACTOR_KINDS or claim.object.kind in PLACE_KINDS):
        return claim.object.entity
    for argument in claim.arguments:
        entity = entities.get(argument.entity or "")
        if argument.role in TOWARDS and entity and (entity.kind in ACTOR_KINDS or entity.kind in PLACE_KINDS):
            return entity.id
    return ""


def _thing_of(claim: Claim) -> str:
    return claim.object.entity if claim.object else ""


def _key(claim: Claim, target: str, articles: Mapping[str, Article]) -> Key:
    modes = auxiliary_modes(claim, published=_published(claim, articles))
    type = claim.event.type if claim.event else ""
    return claim.subject.entity, type, target, *(dates_of(claim, articles) or ("", "")), *modes


def _published(claim: Claim, articles: Mapping[str, Article]) -> str | None:
    article = articles.get(claim.article)
    return article.published if article else None


def _by_place(claims: list[Claim], entities: Entities) -> list[tuple[str | None, list[Claim]]]:
    """The claims of each place; those without one join the only one there is."""
    groups: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        place = entities.get(claim.place or "")
        groups[place.id if place and place.kind in PLACE_KINDS else ""].append(claim)
    if len(groups) == 2 and "" in groups:
        (place,) = (place for place in groups if place)
        return [(place, claims)]
    return [(place or None, groups[place]) for place in sorted(groups)]


def _occurrence(key: Key, place: str | None, claims: list[Claim], articles: Mapping[str, Article]) -> Occurrence:
    ranked = sorted(claims, key=strength)
    strongest = ranked[0]
    assert strongest.event is not None  # only claims with an event are grouped
    return Occurrence(
        id=content_id("event", *key, *([place] if place else [])),
        event=strongest.event,
        agent=key[0],
        target=key[2] or None,
        claims=tuple(claim.id for claim in ranked),
        time=next((claim.time for claim in ranked if bounds(claim.time)), None),
        place=place,
        dates=(key[3], key[4]) if key[3] else None,
        modes=auxiliary_modes(strongest, published=_published(strongest, articles)),
        asserted=any(claim.asserted for claim in ranked),
        reports=len({(claim.article, claim.sentence) for claim in ranked}),
        articles=len({claim.article for claim in ranked}),
    )
