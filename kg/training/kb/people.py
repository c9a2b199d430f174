"""Office-holders: heads of state and government, ministers, ambassadors, legislators, with the dates of their terms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from math import log10
from pathlib import Path

import yaml

from kg.actors.folding import fold, is_latin
from kg.actors.roles import role_of, role_rank
from kg.training.kb.countries import Atlas
from kg.training.kb.facts import AliasFact, EntityFact, Fact, OfficeFact, present, qid, rows, table

DATE = re.compile(r"\d{4}(-\d\d){0,2}")
FOLDER_SUFFIX = re.compile(r"-(ministers|cabinet|federal-council)$")
PORTUGUESE = re.compile(
    r" (da|do|dos) [A-Z]|^(Imperador|Papa|Príncipe|Leão) |, (rei|Senhor) | de (Marrocos|França|Mônaco)"
)
RECENT = 2023  # the year of the newest cabinets
UNITED_NATIONS, EUROPEAN_UNION = "Q1065", "Q458"


def person_salience(role: str, *, last: str | None, population: int) -> float:
    """Between 0.2 and 0.85: high offices above low ones, of late above long ago, large countries above small ones."""
    year = int(last[:4]) if last else RECENT
    age = 0.1 * min(max(RECENT - year, 0), 40) / 10
    return round(max(0.2, 0.3 + role_rank(role) / 200 - age + log10(max(population, 1_000_000) / 1_000_000) / 30), 3)


def day(text: str) -> str | None:
    """A date or timestamp as an ISO 8601 date; nothing where no date is stated.

    >>> day("2012-05-07T00:00:00Z"), day("2017"), day("http://www.wikidata.org/.well-known/genid/1")
    ('2012-05-07', '2017', None)
    """
    date = DATE.match(text)
    return date[0] if date else None


def term_facts(
    person: str, name: str, title: str, *, source: str, role: str | None = None, country: str | None = None,
    organisation: str | None = None, start: str = "", end: str = "", population: int = 0, place: str = "",
    as_of: str | None = None,
) -> Iterator[Fact]:  # fmt: skip
    """One person in one office; a title that ends in the name of its ``place`` loses it."""
    title = re.sub(f" of (the )?{re.escape(place)}$", "", title) if place else title
    role = role or role_of(title, country)
    if not qid(person):
        return
    if is_latin(name):
        salience = person_salience(role, last=day(end), population=population)
        yield EntityFact(person, "person", name, source, country=country, salience=salience)
    yield OfficeFact(person, title, role, source, country, organisation, day(start), day(end), as_of)


def cabinet_facts(kb: Path, atlas: Atlas) -> Iterator[Fact]:
    """The cabinets, ambassadors and high offices of 200 countries and territories since 2000."""
    scrapers = kb / "every-politician-scrapers"
    made = snapshot_dates(scrapers)
    for folder in sorted(path for path in scrapers.iterdir() if path.is_dir()):
        iso3, item = jurisdiction(folder, atlas)
        place = atlas.countries[iso3].name if iso3 else "United Nations"
        source = "every-politician-scrapers"
        for row in _table(folder / "html_holders21.csv"):
            yield from term_facts(
                row["personID"], row["person"], row["position"], source=source,
                country=iso3, organisation=item, start=row["start"], end=row["end"], population=atlas.population(iso3),
                place=place, as_of=made.get(folder.name),
            )  # fmt: skip
        if not (folder / "html_holders21.csv").is_file():
            for row in _table(folder / "wikidata_current-cabinet.csv"):
                yield from term_facts(
                    row["item"], row["itemLabel"], row["positionLabel"], source=source,
                    country=iso3, organisation=item, start=row["start"], population=atlas.population(iso3),
                    as_of=made.get(folder.name),
                )  # fmt: skip
        for row in _table(folder / "html_bio.csv"):
            article = re.sub(r" \(.*\)$", "", row["enwiki"])
            if article and is_latin(article):
                yield AliasFact(row["id"], article, "alternative", source)


def snapshot_dates(scrapers: Path) -> dict[str, str]:
    """The day on which each folder's tables were made, by folder."""
    lines = (line.split() for line in present(scrapers / "COMMITS.txt").read_text("utf8").splitlines())
    return {words[0]: words[2] for words in lines if len(words) == 3 and DATE.fullmatch(words[2])}


def _table(path: Path) -> Iterator[dict[str, str]]:
    return rows(path) if path.is_file() else iter(())


def jurisdiction(folder: Path, atlas: Atlas) -> tuple[str | None, str | None]:
    """The country of a folder of holders, or else the item of the territory or organisation that it is about."""
    if folder.name == "world":
        return None, UNITED_NATIONS
    name = fold(FOLDER_SUFFIX.sub("", folder.name).replace("-", " "))
    if iso3 := atlas.by_name.get(name):
        return iso3, None
    if item := atlas.regions.get(name):
        return None, item
    stated = Counter(row["country"] for row in _table(folder / "html_positions.csv") if qid(row["country"]))
    item = min(stated, key=lambda item: (-stated[item], item)) if stated else None
    iso3 = atlas.by_item.get(item or "")
    return (iso3, None) if iso3 else (None, item)


def world_facts(kb: Path, atlas: Atlas) -> Iterator[Fact]:
    """Foreign ministers, heads of state and government, members of the European Parliament."""
    scrapers = kb / "every-politician-scrapers"
    made = snapshot_dates(scrapers)
    source = "every-politician-scrapers"
    for row in rows(scrapers / "world" / "sources_foreign_wikidata.csv"):
        yield from term_facts(
            row["person"], row["name"], row["positionLabel"], source=source, role="foreign minister",
            country=(iso3 := atlas.by_item.get(row["country"])), start=row["start"], population=atlas.population(iso3),
            as_of=made.get("world"),
        )  # fmt: skip
    for row in rows(scrapers / "world-leaders-2021" / "data_wikidata.csv"):
        yield from term_facts(
            row["officeholder"], row["officeholderLabel"], row["positionLabel"].split(" of ")[0], source=source,
            country=(iso3 := atlas.by_item.get(row["countryid"])), start=row["start_year"], end=row["end_year"],
            population=atlas.population(iso3), as_of=made.get("world-leaders-2021"),
        )  # fmt: skip
    for row in rows(scrapers / "european-parliament" / "data_wikidata.csv"):
        yield from term_facts(
            row["item"], row["name"], "Member of the European Parliament", source=source, role="legislator",
            country=atlas.by_name.get(fold(row["country"])), organisation=EUROPEAN_UNION,
        )  # fmt: skip


def leader_facts(kb: Path, atlas: Atlas) -> Iterator[Fact]:
    """Heads of state and government of all countries through history; terms without a start are not kept.

    A term of the history that has no end counts only if the table of current leaders agrees: the rest are people of
    fiction and terms whose end nobody entered. Names are in several languages, so that another source's come first.
    """
    tables = {file: list(rows(kb / "geografia" / f"leaders_{file}.csv")) for file in ("current", "history")}
    now = {(row["iso3"], row["role"], row["person_qid"]) for row in tables["current"]}
    for listed in tables.values():
        for row in listed:
            holds = row["end"] or (row["iso3"], row["role"], row["person_qid"]) in now
            if holds and row["iso3"] in atlas.countries and row["role"].startswith("head_of") and day(row["start"]):
                title = row["role"].replace("_", " ")
                yield from term_facts(
                    row["person_qid"], english_name(row["person"]), title, source="geografia", role=title,
                    country=row["iso3"], start=row["start"], end=row["end"], population=atlas.population(row["iso3"]),
                )  # fmt: skip


def congress_facts(kb: Path, atlas: Atlas) -> Iterator[Fact]:
    """Members of the United States Congress, presidents and vice presidents, with their names and nicknames."""
    titles = {"sen": "Senator", "rep": "Representative", "prez": "President", "viceprez": "Vice President"}
    for file in ("executive.yaml", "legislators-current.yaml"):
        for person in yaml.load((kb / "congress-legislators" / file).read_text("utf8"), yaml.CSafeLoader):
            item, name = person["id"].get("wikidata"), person["name"]
            if not item:
                continue
            label = person["id"].get("wikipedia") or f"{name['first']} {name['last']}"
            label = re.sub(r" \(.*\)$", "", label)
            for term in person["terms"]:
                yield from term_facts(
                    item, label, titles[term["type"]], source="congress-legislators",
                    country="USA", start=str(term["start"]), end=str(term["end"]), population=atlas.population("USA"),
                )  # fmt: skip
            given = (name["first"], name.get("nickname"))
            for alias in [*(f"{first} {name['last']}" for first in given if first), name.get("official_full")]:
                if alias:
                    yield AliasFact(item, alias, "alternative", "congress-legislators")


@cache
def _portuguese() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"(?<!\w){re.escape(row['portuguese'])}(?!\w)"), row["english"])
        for row in table("portuguese_names.csv")
    )


def english_name(name: str) -> str:
    """A ruler's name that a source gives in Portuguese, in English; other names as they are.

    >>> english_name("Guilherme III dos Países Baixos"), english_name("Carlos da Silva")
    ('William III of the Netherlands', 'Carlos da Silva')
    """
    if not PORTUGUESE.search(name):
        return name
    english = name
    for pattern, word in _portuguese():
        english = pattern.sub(word, english)
    of_a_place = " of " in english or english.split()[0] != name.split()[0]
    return english if of_a_place and " da " not in english else name
