"""Where the places of an article lie: the code of their country, and coordinates where the knowledge base has them."""

from __future__ import annotations

from dataclasses import replace

from kg.actors.folding import fold
from kg.actors.knowledge_base import KbEntity
from kg.actors.scene import Scene
from kg.actors.words import word_set
from kg.model import Entity

# Nouns for all of a place ("city of X").
SETTLEMENTS = frozenset({"city", "town", "village", "port", "capital"})
# An organisation of states acts for no country, wherever it has its seat.
NATIONLESS = "IGO"


def located(scene: Scene, entity: Entity) -> Entity:
    """The entity with the code of its country, and a place or country with its coordinates, in degrees.

    Part of a place ("eastern X") has the country of the whole, but no coordinates; "the city of X" has those of X.
    """
    known = scene.lookups.entity(entity.id) if entity.wikidata else None
    if entity.kind == "place" and known is None:
        known, within = _named_within(scene, entity)
        entity = replace(entity, country=entity.country or (within.country if within else None))
    placed = known if known is not None and entity.kind in ("place", "country") else None
    return replace(
        entity,
        country_code=None if entity.sector == NATIONLESS else entity.country,
        latitude=placed.lat if placed else None,
        longitude=placed.lon if placed else None,
    )


def _named_within(scene: Scene, entity: Entity) -> tuple[KbEntity | None, KbEntity | None]:
    """The settlement that a phrase is another name of, and the place that it lies in or is."""
    words = fold(entity.name).replace("-", "").split()
    noun, of, name = entity.name.rpartition(" of ")
    if of and SETTLEMENTS & set(fold(noun).split()):
        settlement = _place(scene, name)
        return settlement, settlement
    if words[0].removesuffix("ern") in word_set("side of a place"):
        return None, _place(scene, entity.name.partition(" ")[2])
    return None, scene.lookups.entity(entity.part_of) if entity.part_of else None


def _place(scene: Scene, name: str) -> KbEntity | None:
    """The place or country that a name means first of all."""
    kinds = ("country", "place")
    return next((c.entity for c in scene.lookups.candidates(name) if c.entity.kind in kinds), None)
