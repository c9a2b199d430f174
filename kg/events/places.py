"""Where an event took place, when its words say so of the one to whom it was done ("shot at protesters in X")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.grammar.phrases import Phrase
from kg.model import Argument, Claim, Event, EventType

if TYPE_CHECKING:
    from kg.events.dyads import Dyads

# What is done to somebody is done where they are; what is said, promised or given to them need not be.
BODILY: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT"})
PREPOSITIONS = frozenset({"in", "at", "near", "outside", "inside", "around", "on", "across", "throughout", "within"})
VISITS = frozenset({"042", "043"})


def place_of(claim: Claim, phrase: Phrase, dyads: Dyads) -> Argument | None:
    """The place of a coded claim, where its own words give none and its target is a place or is said to be at one."""
    if claim.event is None or any(argument.role == "place" for argument in claim.arguments):
        return None
    return _place_of(claim, claim.event, phrase, dyads)


def _place_of(claim: Claim, event: Event, phrase: Phrase, dyads: Dyads) -> Argument | None:
    there = event.type in BODILY or event.cameo in VISITS
    if there and claim.object is not None and claim.object.kind == "place" and not claim.object.inferred:
        return Argument("place", claim.object.text, claim.object.span, entity=claim.object.entity)
    found = (dyads.place_at(below) for below in _located(phrase)) if event.type in BODILY else iter(())
    return next((place for place in found if place is not None), None)


def _located(phrase: Phrase) -> Iterator[Phrase]:
    """What "in", "near" and the like introduce below an event's word and below those who take part in it."""
    taking_part = (*phrase.objects, *(below for _, below in phrase.prepositions))
    for word in (phrase, *taking_part):
        yield from (below for name, below in word.prepositions if name in PREPOSITIONS)
