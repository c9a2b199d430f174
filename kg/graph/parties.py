"""Who did what to whom, and where, by one coded claim: the parties of its event, as entities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.graph.merge import strength
from kg.model import ACTOR_KINDS, Claim, Entity, EventType, Kind, Span

PLACE_KINDS: frozenset[Kind] = frozenset({"place", "country"})
# What introduces the one to whom something is done, where the object is a thing ("sent tanks to X").
TOWARDS = ("target", "to", "against", "with", "on", "at", "from", "for", "toward", "towards")
# After these an object of a relation says where it was ("demonstrate in").
SCENES = frozenset(
    {"in", "at", "near", "across", "around", "within", "inside", "outside", "through", "throughout", "over"}
)
# What is done by force is done where those are to whom it is done.
BODILY: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT"})
VISITS = frozenset({"042", "043"})
Entities = Mapping[str, Entity]


def undergone(claim: Claim) -> bool:
    """Whether a coded claim tells what was done to its subject by nobody named ("be killed")."""
    bodily = claim.event is not None and claim.event.type in ("ASSAULT", "COERCE")
    return bodily and not claim.relation.nominal and "be" in claim.relation.lemma.split()


def agent_of(claim: Claim, entities: Entities) -> str | None:
    """Who acts: the claim's subject, or the actor whose arms it is ("Russian drones"); None where nobody is named."""
    return None if undergone(claim) else owner_or_self(claim.subject.entity, entities)


def owner_or_self(id: str, entities: Entities) -> str:
    """The actor to whom a thing belongs, where it is known; any other entity itself."""
    entity = entities.get(id)
    owner = entities.get(entity.part_of or "") if entity is not None and entity.kind == "thing" else None
    return owner.id if owner is not None and owner.kind in ACTOR_KINDS else id


def targets_of(claims: Iterable[Claim], entities: Entities) -> dict[str, str]:
    """To whom each claim says that it was done, by the claims' ids.

    It is an actor where the claim or another one of the same words names one, else one thing for all of these claims;
    an empty string where there is neither.
    """
    listed = sorted(claims, key=strength)
    actors = {claim.id: _actor_of(claim, entities) for claim in listed}
    of_words: dict[tuple[str, Span, str], str] = {}
    things: dict[tuple[str, Span, str], str] = {}
    for claim in listed:
        if actor := actors[claim.id]:
            of_words.setdefault(_words(claim), actor)
        if thing := _thing_of(claim, entities):
            things.setdefault(_words(claim), thing)
    # "Peru and Bolivia signed an agreement": who does it with whom holds the other way round.
    mutual = {(article, span, actor): subject for (article, span, subject), actor in sorted(of_words.items())}
    return {
        claim.id: actors[claim.id]
        or of_words.get(_words(claim))
        or mutual.get(_words(claim))
        or things.get(_words(claim), "")
        for claim in listed
    }


def _words(claim: Claim) -> tuple[str, Span, str]:
    return claim.article, claim.relation.span, claim.subject.entity


def _actor_of(claim: Claim, entities: Entities) -> str:
    """The actor or place that a claim's object or one of its arguments names; an empty string if none does."""
    if undergone(claim):
        return claim.subject.entity
    if claim.object and claim.object.kind in ACTOR_KINDS | PLACE_KINDS and not _is_scene(claim):
        return claim.object.entity
    found = {argument.role: argument.entity for argument in reversed(claim.arguments)}
    for role in TOWARDS:
        entity = entities.get(found.get(role) or "")
        if entity and entity.kind in ACTOR_KINDS | PLACE_KINDS and entity.id != claim.subject.entity:
            return entity.id
    return ""


def _thing_of(claim: Claim, entities: Entities) -> str:
    return claim.object.entity if claim.object and not _is_scene(claim) else ""


def _is_scene(claim: Claim) -> bool:
    """Whether a claim's object says where it was done."""
    of_place = claim.object is not None and claim.object.kind in PLACE_KINDS
    return of_place and not claim.relation.nominal and claim.relation.lemma.split()[-1] in SCENES


def place_of(claim: Claim, target: str, entities: Entities) -> str | None:
    """Where it was done: the place of the claim that is known best; a target is no place of what is only said to it."""
    found = [argument.entity for argument in claim.arguments if argument.role == "place"]
    if claim.object is not None and _is_scene(claim):
        found.append(claim.object.entity)
    assert claim.event is not None  # asked of coded claims alone
    there = claim.event.type in BODILY or claim.event.cameo in VISITS
    if there and claim.object is not None and claim.object.kind == "place":
        found.append(claim.object.entity)
    places = [entities[id] for id in found if id and id in entities and entities[id].kind in PLACE_KINDS]
    places = [place for place in places if there or place.id != target]
    best = min(places, key=lambda place: (place.kind == "country", place.latitude is None), default=None)
    return best.id if best is not None else None
