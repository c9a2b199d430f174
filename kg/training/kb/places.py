"""Capitals, cities and regions, and the countries that a capital's name stands for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from math import log10

from kg.actors.folding import fold, is_latin
from kg.errors import KnowledgeBaseError
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
