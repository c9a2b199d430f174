"""Where an article says that a place lies: "Cambridge, Massachusetts", "Dnipro in Ukraine", "the Malian town Gao"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.actors.names import POSSESSIVES
from kg.actors.places import SETTLEMENTS
from kg.actors.scene import Scene
from kg.actors.spots import DEMONYM, DEMONYMS, Spot
from kg.actors.words import word_set

LONGEST_GAP = 3
METONYMS = frozenset({"capital metonym", "government metonym"})


def regions_around(scene: Scene, spots: Sequence[Spot]) -> dict[int, str]:
    """The country in which each place lies by the words around it, as an ISO code, by the end of the place."""
    names = [spot for spot in spots if spot.type == "name" and not spot.within]
    places = {spot.end: spot for spot in names if not spot.is_person_name and spot.label not in (DEMONYM, DEMONYMS)}
    found: dict[int, str] = {}
    for region in names:
        country = country_of(scene, region)
        if country is not None:
            for end in _places_beside(scene, region, places):
                if places[end] != region:
                    found.setdefault(end, country)
    return found


def _places_beside(scene: Scene, region: Spot, places: dict[int, Spot]) -> Iterator[int]:
    """The ends of the places that a country or region lies behind, or before as their owner."""
    doc, before = scene.doc, region.start - 1
    if before in places and doc[before].text == "," and scene.tree.labels[region.head] != "conj":
        yield before
    at = before
    while at > 0 and before - at < LONGEST_GAP and _says_which_part(doc[at].lower_):
        at -= 1
    if at in places and doc[at].lower_ == "in":
        yield at
    start = region.end
    if start < len(doc) and doc[start].text in POSSESSIVES:
        start += 1
    behind = start
    while behind < len(doc) and behind - start < LONGEST_GAP and _leads_to_name(doc[behind].lower_):
        behind += 1
    yield from (end for end, place in places.items() if place.start == behind and (behind > region.end))


def _says_which_part(word: str) -> bool:
    """Whether a word between "in" and a region belongs to the region ("in the south-eastern ...")."""
    plain = word.replace("-", "").removesuffix("ern")
    return word in ("the", "-") or plain in word_set("side of a place")


def _leads_to_name(word: str) -> bool:
    return word in SETTLEMENTS or word in ("of", "region", "province", "northern", "southern", "eastern", "western")


def country_of(scene: Scene, spot: Spot) -> str | None:
    """The ISO code of the country that a name is, or of a region wider than a town, by the best known meaning."""
    start = spot.start
    while start < spot.end - 1 and _says_which_part(scene.doc[start].lower_):
        start += 1
    name = scene.doc[start : spot.end].text
    known = [c for c in scene.lookups.candidates(name) if c.alias_type not in METONYMS]
    wider = (c.entity for c in known if c.entity.kind in ("country", "place"))
    region = next((one for one in wider if one.kind == "country" or one.lat is None), None)
    return region.country if region is not None else None
