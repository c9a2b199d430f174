"""Countries, territories and regions: names, demonyms, capitals, coordinates, memberships."""

from __future__ import annotations

import calendar
import html
import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from math import log10
from pathlib import Path
from typing import Any

import yaml

from kg.actors.folding import fold, is_acronym, is_latin
from kg.errors import KnowledgeBaseError
from kg.training.kb.facts import AliasFact, EntityFact, Fact, qid, rows, table

DEMONYM_NOTE = re.compile(r"\(?\b(singular and plural|collective plural|plural|singular|and plural)\b\)?")
ENDING = re.compile(r"\((\w+)\)")
DATE = re.compile(r"(\d{1,2}) (\w+) (\d{4})\b")
MONTHS = tuple(calendar.month_name)[1:]
NAME_AFTER_TITLE = re.compile(r"\b(President|Premier|Minister|Chairman|Leader|Secretary) [A-Z]{2,} [A-Z][a-z]")
TAG = re.compile(r"<[^>]+>|\*")
REFUSAL = "no alias"
WORDS_OF_NO_NAME = ("none", "n/a", "see note")


@dataclass(slots=True)
class Country:
    """What the sources say of one country or territory with an ISO 3166 code."""

    iso3: str
    id: str
    name: str
    sovereign: bool
    historical: bool = False
    population: int | None = None
    lat: float | None = None
    lon: float | None = None
    factbook: dict[str, Any] = field(default_factory=dict)


def dig(tree: dict[str, Any], *path: str) -> str:
    """The text at a path of a factbook country, or an empty string."""
    node: Any = tree
    for key in path:
        node = node.get(key) if isinstance(node, dict) else None
    text = node.get("text") if isinstance(node, dict) else None
    return html.unescape(TAG.sub("", text)).strip() if isinstance(text, str) else ""


class Atlas:
    """The countries, joined over the sources by ISO code; conflicting items are settled by the table of decisions."""

    def __init__(self, kb: Path, decisions: dict[tuple[str, str], str]) -> None:
        self.kb = kb
        self.decisions = decisions

    @cached_property
    def territories(self) -> dict[str, dict[str, Any]]:
        """The rigour territories by file name ("ru", "ru_mow")."""
        folder = self.kb / "rigour" / "resources" / "territories"
        return {path.stem: yaml.safe_load(path.read_text("utf8")) for path in sorted(folder.glob("*.yml"))}

    @cached_property
    def codes(self) -> dict[str, dict[str, str]]:
        """The rows of country-codes by ISO 3166-1 alpha-3 code."""
        return {row["ISO3166-1-Alpha-3"]: row for row in rows(self.kb / "country-codes" / "country-codes.csv")}

    @cached_property
    def shapes(self) -> dict[str, dict[str, str]]:
        """The rows of Natural Earth's countries by ISO code, the largest first where a code is shared."""
        path = self.kb / "natural-earth" / "ne_50m_admin_0_countries_attrs_v5.csv"
        ordered = sorted(rows(path), key=lambda row: (-float(row["pop_est"] or 0), row["name"]))
        return {row["iso_a3_eh"]: row for row in reversed(ordered)}

    @cached_property
    def factbook(self) -> dict[str, dict[str, Any]]:
        """The World Factbook's countries by their two-letter GEC code."""
        with tarfile.open(self.kb / "factbook" / "factbook-json.tar.gz") as archive:
            return {
                Path(member.name).stem.upper(): json.load(file)
                for member in archive.getmembers()
                if member.name.endswith(".json") and (file := archive.extractfile(member))
            }

    @cached_property
    def gec(self) -> dict[str, str]:
        """The GEC code of each ISO code; country-codes first, then the same conventional name."""
        by_name = {fold(dig(tree, "Government", "Country name", "conventional short form")): code
                   for code, tree in sorted(self.factbook.items())}  # fmt: skip
        known = {iso3: row["FIPS"][:2] for iso3, row in self.codes.items() if row["FIPS"][:2] in self.factbook}
        return known | {
            iso3: by_name[fold(territory["name"])]
            for iso3, territory in self.with_iso.items()
            if iso3 not in known and fold(territory["name"]) in by_name
        }

    @cached_property
    def with_iso(self) -> dict[str, dict[str, Any]]:
        """The rigour territories that have an alpha-3 code."""
        return {str(t["alpha3"]).upper(): t for t in self.territories.values() if t.get("alpha3")}

    def item(self, iso3: str) -> str:
        """The Wikidata item of a country.

        :raises KnowledgeBaseError: if the sources disagree and no decision says which is right.
        """
        if decided := self.decisions.get((iso3, "entity")):
            return decided
        stated = {
            "rigour": self.with_iso[iso3]["qid"],
            "country-codes": qid(self.codes.get(iso3, {}).get("wikidata_id", "")),
            "natural-earth": qid(self.shapes.get(iso3, {}).get("wikidataid", "")),
        }
        items = {value for value in stated.values() if value}
        if len(items) > 1:
            raise KnowledgeBaseError(f"the sources disagree on the item of {iso3}: {stated}; decide in decisions.csv")
        return items.pop()

    @cached_property
    def countries(self) -> dict[str, Country]:
        """Every country and territory with an ISO 3166 code, and historical states, by code."""
        return {iso3: self._country(iso3, territory) for iso3, territory in sorted(self.with_iso.items())}

    def _country(self, iso3: str, territory: dict[str, Any]) -> Country:
        shape = self.shapes.get(iso3, {})
        return Country(
            iso3=iso3,
            id=self.item(iso3),
            name=common_name(territory),
            sovereign=bool(territory["is_country"]),
            historical=bool(territory.get("is_historical")),
            population=int(float(shape["pop_est"])) if shape.get("pop_est") else None,
            lat=float(shape["label_y"]) if shape else None,
            lon=float(shape["label_x"]) if shape else None,
            factbook=self.factbook.get(self.gec.get(iso3, ""), {}),
        )

    @cached_property
    def by_item(self) -> dict[str, str]:
        """The ISO code of each country's item, with the other items that rigour counts as the same country."""
        others = {
            item: iso3
            for iso3, territory in sorted(self.with_iso.items())
            for item in [territory["qid"], *territory.get("other_qids", [])]
        }
        return others | {country.id: iso3 for iso3, country in self.countries.items()}

    @cached_property
    def by_name(self) -> dict[str, str]:
        """The ISO code of each folded name of a country."""
        names = {fold(alias.alias): alias.entity for alias in country_names(self)}
        iso3 = {country.id: country.iso3 for country in self.countries.values()}
        return {name: iso3[item] for name, item in names.items() if item in iso3}

    @cached_property
    def regions(self) -> dict[str, str]:
        """The item of each folded name of a territory without an ISO code."""
        return {
            fold(common_name(territory)): self.decisions.get((stem, "entity"), str(territory["qid"]))
            for stem, territory in self.territories.items()
            if not territory.get("alpha3")
        }

    def population(self, iso3: str | None) -> int:
        """The population of a country, 0 where it is not known."""
        country = self.countries.get(iso3 or "")
        return (country.population or 0) if country else 0


def common_name(territory: dict[str, Any]) -> str:
    """The name that a sentence would use, without a leading article or a note in brackets."""
    name = territory.get("in_sentence") or territory["name"]
    return re.sub(r"^the | \(.*\)$", "", name)


def demonyms(text: str) -> list[str]:
    """The words of a factbook entry on nationality, singular and plural.

    >>> demonyms("Hungarian(s)"), demonyms("Briton(s), British (collective plural)")
    (['Hungarian', 'Hungarians'], ['Briton', 'Britons', 'British'])
    >>> demonyms("Dutchman(men), Dutchwoman(women)")
    ['Dutchman', 'Dutchmen', 'Dutchwoman', 'Dutchwomen']
    """
    found: list[str] = []
    for part in re.split(r"[,;/]|\(or | or ", DEMONYM_NOTE.sub("", text)):
        ending = ENDING.search(part)
        word = re.sub(r"[()].*", "", part).strip()
        if not word[:1].isupper():
            continue
        found.append(word)
        if ending:
            stem = word[: -len("man")] if ending[1] == "men" and not word.endswith("woman") else word
            stem = word[: -len("woman")] if ending[1] == "women" else stem
            found.append(stem + ending[1])
    return found


def independence(tree: dict[str, Any]) -> str | None:
    """The date of independence, where the factbook's entry begins with one.

    >>> independence({"Government": {"Independence": {"text": "24 August 1991 (from the Soviet Union)"}}})
    '1991-08-24'
    """
    date = DATE.match(dig(tree, "Government", "Independence"))
    if not date or date[2] not in MONTHS:
        return None
    return f"{date[3]}-{MONTHS.index(date[2]) + 1:02}-{int(date[1]):02}"


def country_salience(country: Country) -> float:
    """Between 0.5 and 1: sovereign states above territories, populous ones above small ones."""
    size = log10(max(country.population or 0, 1_000)) / 10
    return round((0.5 if country.sovereign and not country.historical else 0.3) + size / 2, 3)


def country_facts(atlas: Atlas) -> Iterator[Fact]:
    """The countries, territories and historical states."""
    for country in atlas.countries.values():
        yield EntityFact(
            country.id,
            "country",
            country.name,
            "rigour",
            country=country.iso3,
            lat=country.lat,
            lon=country.lon,
            population=country.population,
            valid_from=independence(country.factbook),
            salience=country_salience(country),
        )
    yield from country_names(atlas)
    for country in atlas.countries.values():
        yield from demonym_facts(country)


def country_names(atlas: Atlas) -> Iterator[AliasFact]:
    """Short, long and former names, and abbreviations, in the Latin alphabet."""
    for iso3, territory in atlas.with_iso.items():
        item = atlas.countries[iso3].id
        for name in [common_name(territory), territory["full_name"], *(territory["names_strong"] or [])]:
            if is_latin(name) and name[:1].isupper():
                yield AliasFact(item, name, "acronym" if is_acronym(name) else "alternative", "rigour")
        yield from factbook_names(item, atlas.countries[iso3].factbook)
        code = atlas.codes.get(iso3, {})
        for column in ("UNTERM English Short", "UNTERM English Formal", "CLDR display name"):
            if name := re.sub(r"^the | \(.*\)|\*", "", code.get(column, "")).strip():
                yield AliasFact(item, name, "acronym" if is_acronym(name) else "alternative", "country-codes")


def factbook_names(item: str, tree: dict[str, Any]) -> Iterator[AliasFact]:
    """The conventional and local names and the abbreviation of a factbook country."""
    for form in ("conventional short form", "conventional long form", "local short form", "local long form"):
        name = re.sub(r" ?\(.*?\)|;.*", "", dig(tree, "Government", "Country name", form)).strip()
        if name and "/" not in name and not name.lower().startswith(WORDS_OF_NO_NAME):
            yield AliasFact(item, name, "alternative", "factbook")
    for name in re.split(r" or |, ", dig(tree, "Government", "Country name", "abbreviation")):
        if is_acronym(name):
            yield AliasFact(item, name, "acronym", "factbook")


def demonym_facts(country: Country) -> Iterator[AliasFact]:
    """Nationality nouns and adjectives; a compass point in the country's name is part of its demonym."""
    nationality = country.factbook.get("People and Society", {})
    words = demonyms(dig(nationality, "Nationality", "noun")) + demonyms(dig(nationality, "Nationality", "adjective"))
    point = country.name.split()[0] if country.name.startswith(("North ", "South ", "East ", "West ")) else ""
    for word in dict.fromkeys(words):
        if word not in re.split(r"[ -]", country.name) and is_latin(word):
            yield AliasFact(country.id, word, "demonym", "factbook")
            if point and not word.startswith(point):
                yield AliasFact(country.id, f"{point} {word}", "demonym", "factbook")


def family_name_first(atlas: Atlas) -> frozenset[str]:
    """The countries where the name set in capitals by the factbook follows a leader's title: "President XI Jinping"."""
    offices = ("chief of state", "head of government")
    return frozenset(
        iso3
        for iso3, country in atlas.countries.items()
        if any(NAME_AFTER_TITLE.search(dig(country.factbook, "Government", "Executive branch", o)) for o in offices)
    )


def decided() -> dict[tuple[str, str], str]:
    """The decisions on conflicts, by subject and field."""
    return {(row["subject"], row["field"]): row["value"] for row in table("decisions.csv") if row["field"] != REFUSAL}


def refused() -> frozenset[tuple[str, str]]:
    """The names that are decided not to be an entity's, by entity and folded name."""
    rows = (row for row in table("decisions.csv") if row["field"] == REFUSAL)
    return frozenset((row["subject"], fold(row["value"])) for row in rows)
