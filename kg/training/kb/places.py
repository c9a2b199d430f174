"""Capitals, cities and regions, and the countries that a capital's name stands for."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import log10

from kg.actors.folding import fold, is_latin, skeleton
from kg.actors.words import given_names
from kg.errors import KnowledgeBaseError
from kg.model import content_id
from kg.training.kb.countries import Atlas, common_name, dig
from kg.training.kb.facts import AliasFact, EntityFact, Fact, qid, rows

CAPITAL_CLASSES = ("Admin-0 capital", "Admin-0 capital alt")


def city_salience(population: int, *, capital: bool) -> float:
    """Between 0.1 and 0.8: capitals above other cities, populous ones above small ones."""
    return round((0.35 if capital else 0.1) + 0.06 * log10(max(population, 10)), 3)


def city_facts(atlas: Atlas) -> Iterator[Fact]:
    """Natural Earth's populated places that have an item, with their alternative names."""
    by_alpha2 = {row["ISO3166-1-Alpha-2"]: iso3 for iso3, row in atlas.codes.items()} | {"XK": "XKX"}
    for row in rows(atlas.kb / "natural-earth" / "ne_10m_populated_places.csv"):
        item = qid(row["wikidataid"])
        label = row["NAME_EN"] or row["NAME"]
        if not item or not is_latin(label):
            continue
        population = int(float(row["POP_MAX"] or 0))
        yield EntityFact(
            item,
            "place",
            label,
            "natural-earth",
            country=by_alpha2.get(row["ISO_A2"]),
            lat=round(float(row["LATITUDE"]), 4),
            lon=round(float(row["LONGITUDE"]), 4),
            population=population or None,
            salience=city_salience(population, capital=row["FEATURECLA"] in CAPITAL_CLASSES),
        )
        for name in (row["NAME"], row["NAMEASCII"], *row["NAMEALT"].split("|"), row["CITYALT"]):
            if is_latin(name):
                yield AliasFact(item, name.strip(), "alternative", "natural-earth")


def region_facts(atlas: Atlas) -> Iterator[Fact]:
    """First-level regions of the countries that rigour and Natural Earth divide."""
    for stem, territory in atlas.territories.items():
        if territory.get("alpha3") or stem in ("zz", "eu", "un"):
            continue
        parent = atlas.territories.get(str(territory.get("parent") or stem.split("_")[0]), {})
        country = str(parent.get("alpha3") or "").upper() or None
        item, label = atlas.decisions.get((stem, "entity")) or str(territory["qid"]), common_name(territory)
        yield EntityFact(item, "place", label, "rigour", country=country, salience=0.5)
        for name in (label, *(territory["names_strong"] or [])):
            if is_latin(name) and name[:1].isupper():
                yield AliasFact(item, name, "alternative", "rigour")


def first_capital(text: str) -> str:
    """The capital that a factbook entry names first, without notes.

    >>> first_capital("La Paz (administrative capital); Sucre (constitutional capital)")
    'La Paz'
    """
    return re.split(r" \(|;| note|, (?!D\.?C)", text)[0].strip()


def capital_facts(atlas: Atlas) -> Iterator[Fact]:
    """The capitals' names as metonyms of their countries.

    :raises KnowledgeBaseError: if factbook and country-codes name different capitals and no decision says which.
    """
    cities = capitals_by_country(atlas)
    for iso3, country in atlas.countries.items():
        name = capital_of(atlas, iso3) if country.sovereign else ""
        if not name:
            continue
        yield AliasFact(country.id, name, "capital metonym", "factbook")
        plain = name.split(",")[0]
        if plain != name:
            yield AliasFact(country.id, plain, "capital metonym", "factbook")
            for item in sorted(cities[iso3]):
                yield AliasFact(item, plain, "alternative", "factbook")


def capital_of(atlas: Atlas, iso3: str) -> str:
    """The capital of a country, checked between sources."""
    if decided := atlas.decisions.get((iso3, "capital")):
        return decided
    stated = first_capital(dig(atlas.countries[iso3].factbook, "Government", "Capital", "name"))
    other = atlas.codes.get(iso3, {}).get("Capital", "")
    if stated.lower().startswith("none"):
        stated = ""
    if stated and other and _city_key(stated) != _city_key(other):
        raise KnowledgeBaseError(
            f"the capital of {iso3} is {stated!r} in factbook and {other!r} in country-codes: decide in decisions.csv"
        )
    return stated or other


def _city_key(name: str) -> str:
    return re.sub(r"\bsaint\b", "st", fold(name.split(",")[0]))


def capitals_by_country(atlas: Atlas) -> dict[str, set[str]]:
    """The items of the cities that Natural Earth marks as capitals, by country."""
    by_alpha2 = {row["ISO3166-1-Alpha-2"]: iso3 for iso3, row in atlas.codes.items()}
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows(atlas.kb / "natural-earth" / "ne_10m_populated_places.csv"):
        item = qid(row["wikidataid"])
        if item and row["FEATURECLA"] == "Admin-0 capital" and row["ISO_A2"] in by_alpha2:
            found[by_alpha2[row["ISO_A2"]]].add(item)
    return found


LARGE_WATERS = frozenset({"ocean", "sea", "gulf", "bay", "strait", "channel", "sound"})
WATER, LANDMARK = 0.55, 0.35
WIDE = 5_000  # smaller towns are listed only where there is, or was, a conflict
LISTED = 50_000
NAMESAKES = frozenset({"USA", "GBR", "CAN", "AUS", "NZL", "IRL", "ZAF", "JAM", "BHS"})
LISTED_NAMESAKE = 250_000  # towns where English is spoken are called like people
COMMON_SIZE = 15_000
SHORTEST_TOWN = 4
KNOWN_PERSON = 0.5
SCHOLARLY = frozenset("\u0304\u0323\u0327\u0331")  # macron, dot, cedilla and line below
CLOSE = 0.25  # degrees: two sources mean the same town


def water_facts(atlas: Atlas) -> Iterator[Fact]:
    """Seas, straits, gulfs, capes and islands that Natural Earth gives an item of their own."""
    listed = list(rows(atlas.kb / "natural-earth-v5" / "marine_and_points.csv"))
    names: dict[str, set[str]] = defaultdict(set)
    for row in listed:
        names[row["qid"]].add(fold(row["name"]))
    for row in listed:
        if len(names[row["qid"]]) > 1 or row["qid"] in atlas.by_item or not is_latin(row["name"]):
            continue
        label = row["name"].title() if row["name"].isupper() else row["name"]
        salience = WATER if row["category"] in LARGE_WATERS else LANDMARK
        lat, lon = float(row["lat"]), float(row["lon"])
        yield EntityFact(row["qid"], "place", label, "natural-earth-v5", lat=lat, lon=lon, salience=salience)


def town_facts(atlas: Atlas, known: Iterable[Fact], common: frozenset[str]) -> Iterator[Fact]:
    """Towns of GeoNames that no other source has, by local id.

    All that are listed of countries of conflict and their neighbours, elsewhere the larger ones; no town that is called
    like an ordinary word or a first name. Of the further names only those that spell the same.

    :param known: the facts of the sources before.
    :param common: ordinary words, lower case.
    """
    by_alpha2 = {row["ISO3166-1-Alpha-2"]: iso3 for iso3, row in atlas.codes.items()} | {"XK": "XKX"}
    towns = list(rows(atlas.kb / "geonames-towns" / "towns.csv"))
    disturbed = {row["cc"] for row in towns if int(row["population"]) < COMMON_SIZE}
    known = list(known)
    near, people = _Near(known), _family_names(known)
    for row in towns:
        country, population, name = by_alpha2.get(row["cc"]), int(row["population"]), plain_spelling(row["name"])
        least = LISTED_NAMESAKE if country in NAMESAKES else WIDE if row["cc"] in disturbed else LISTED
        folded = fold(name)
        if country is None or population < least or not is_latin(name) or len(folded) < SHORTEST_TOWN:
            continue
        lat, lon = float(row["lat"]), float(row["lon"])
        if folded in common or folded in given_names() or folded in people or near.has(name, country, lat, lon):
            continue
        id = "x" + content_id("entity", "place", "geonames", row["geonameid"])
        salience = city_salience(population, capital=False)
        yield EntityFact(id, "place", name, "geonames", country, lat, lon, population, salience=salience)
        for other in row["alternates"].split("|"):
            if is_latin(other) and fold(other) != folded and skeleton(fold(other)) == skeleton(folded):
                yield AliasFact(id, other, "alternative", "geonames")


def _family_names(known: Iterable[Fact]) -> frozenset[str]:
    """The last names of people of whom news is likely to speak."""
    people = (fact for fact in known if isinstance(fact, EntityFact) and fact.kind == "person")
    return frozenset(fold(fact.label).split()[-1] for fact in people if fact.salience >= KNOWN_PERSON)


def plain_spelling(name: str) -> str:
    """A name without the marks of a scholarly romanisation, as news writes it; others keep their accents.

    >>> plain_spelling("Khān Yūnis"), plain_spelling("Málaga")
    ('Khan Yunis', 'Málaga')
    """
    letters = unicodedata.normalize("NFD", name)
    if not SCHOLARLY.intersection(letters):
        return name
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


class _Near:
    """The places known already, by skeleton of their names and country."""

    def __init__(self, known: Iterable[Fact]) -> None:
        self._at: dict[str, tuple[str | None, float | None, float | None]] = {}
        self._named: dict[str, set[str]] = defaultdict(set)
        for fact in known:
            if isinstance(fact, EntityFact) and fact.kind in ("place", "country"):
                if fact.id not in self._at or self._at[fact.id][1] is None:
                    self._at[fact.id] = (fact.country, fact.lat, fact.lon)
                self._named[skeleton(fold(fact.label))].add(fact.id)
            elif isinstance(fact, AliasFact):
                self._named[skeleton(fold(fact.alias))].add(fact.entity)

    def has(self, name: str, country: str, lat: float, lon: float) -> bool:
        """Whether a place of this name lies there, or anywhere in the country if its own place is not known."""
        for id in self._named.get(skeleton(fold(name)), ()):
            at, own_lat, own_lon = self._at.get(id, ("", None, None))
            if at in (country, None) and (
                own_lat is None or own_lon is None or (abs(own_lat - lat) < CLOSE and abs(own_lon - lon) < CLOSE)
            ):
                return True
        return False
