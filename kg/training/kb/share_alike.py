"""What sources under share-alike licences add to the knowledge base, as a table of names of its own.

- mledoze (ODbL 1.0): names of countries in other languages, and demonyms.
- dr5hn (ODbL 1.0): continents and their parts, and regions that the knowledge base lacks.
- supraverden (CC BY-SA 4.0): international organisations, and their names in other languages.

The table is no part of the package. Each row is from one source, and says which and under which licence; rows are not
joined, so that the table is a collection and each licence holds for its own rows. ``--kb`` adds them to the knowledge
base (:mod:`kg.actors.extension`).

A name that could be taken for another actor is left out: one that the knowledge base has for somebody else, that two
entities claim, that is an ordinary word, or, for a single word, a first name. So is an entity for whose item a source
gives two names, or whose name is not that of its item in Wikidata.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from kg.actors.folding import fold, is_acronym, is_latin, skeleton
from kg.actors.words import given_names
from kg.training.kb.facts import EntityFact, present, qid, rows, table
from kg.training.kb.merge import Tables
from kg.training.kb.places import city_salience

FILE = "share_alike.csv"
COLUMNS: tuple[str, ...] = (
    "id", "kind", "label", "alias", "type", "country", "lat", "lon", "population", "salience", "source", "licence",
)  # fmt: skip
NAMED = ("id", "kind", "label", "source")
DESCRIBED = (*NAMED, "country", "lat", "lon", "population", "salience")
PART_OF_THE_WORLD, ORGANISATION, REGION = 0.5, 0.45, 0.45
# The last word of a region's type; districts, municipalities and boroughs share the names of their towns.
LARGE = frozenset({
    "canton", "community", "county", "department", "emirate", "governorate", "land", "prefecture", "province", "region",
    "republic", "state", "territory", "voivodship",
})  # fmt: skip
SHORTEST = 4
NO_VALUE = "["


@dataclass(frozen=True, slots=True)
class Addition:
    """An entity of one source: what may be its label, best first, and its further names with their types."""

    entity: EntityFact
    labels: tuple[str, ...]
    names: tuple[tuple[str, str], ...] = ()

    @property
    def all_names(self) -> list[tuple[str, str]]:
        """Labels, then further names, with their types."""
        return [*((label, "alternative") for label in self.labels), *self.names]


def write(kb: Path, base: Tables, *, common: frozenset[str], labels: Mapping[str, str], output: Path) -> Path:
    """Write the table to ``output`` and return its path; the same bytes for the same sources.

    :param base: the knowledge base that the table extends.
    :param common: ordinary words, lower case.
    :param labels: the English Wikidata labels of many items.
    :raises KnowledgeBaseError: if a source is missing, or not as it should be.
    """
    regions = [*world_parts(kb), *country_regions(kb)]
    trusted = [a for a in regions if _fits(a.entity.label, labels.get(a.entity.id, a.entity.label))]
    new = [addition for addition in _of_one_name(trusted) if addition.entity.id not in base.entities]
    additions = [*new, *_of_one_name(organisations(kb)), *countries(kb, base)]
    licences = {row["name"]: row["licence"] for row in table("share_alike_sources.csv")}
    output.parent.mkdir(parents=True, exist_ok=True)
    with output.open("w", encoding="utf8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for row in name_rows(additions, base, common=common):
            writer.writerow({**row, "licence": licences[row["source"]]})
    return output


def world_parts(kb: Path) -> Iterator[Addition]:
    """Continents and their parts."""
    for name in ("regions.csv", "subregions.csv"):
        for row in rows(kb / "dr5hn" / name):
            if item := qid(row["wikiDataId"]):
                entity = EntityFact(item, "place", row["name"], "dr5hn", salience=PART_OF_THE_WORLD)
                yield Addition(entity, (row["name"],))


def country_regions(kb: Path) -> Iterator[Addition]:
    """States, provinces, counties and the like, by their name and by name and type ("Vaslui County")."""
    codes = _codes(kb)
    for row in rows(kb / "dr5hn" / "states.csv"):
        item, name = qid(row["wikiDataId"]), row["name"].strip()
        kind = row["type"].title()
        if not item or not is_latin(name) or kind.lower().rpartition(" ")[2] not in LARGE:
            continue
        population = int(float(row["population"] or 0))
        entity = EntityFact(
            item,
            "place",
            name,
            "dr5hn",
            country=codes.get(row["country_code"]),
            lat=round(float(row["latitude"]), 4) if row["latitude"] else None,
            lon=round(float(row["longitude"]), 4) if row["longitude"] else None,
            population=population or None,
            salience=min(REGION, city_salience(population, capital=False)),
        )
        yield Addition(entity, (name,) if kind in name else (name, f"{name} {kind}"))


def countries(kb: Path, base: Tables) -> Iterator[Addition]:
    """The countries of the knowledge base under their names in other languages."""
    known = sorted((e for e in base.entities.values() if e.kind == "country"), key=lambda e: (e.salience, e.id))
    by_code = {entity.country: entity for entity in known}
    codes = _codes(kb)
    path = present(kb / "mledoze-countries" / "countries.json")
    for tree in json.loads(path.read_text("utf8")):
        entity = by_code.get(codes.get(tree["cca2"], tree["cca3"]))
        if entity is None:
            continue
        stated = tree["name"]
        forms = [stated, *stated["native"].values(), *tree["translations"].values()]
        names = [form[which] for form in forms for which in ("common", "official")] + tree["altSpellings"]
        demonyms = tree["demonyms"].get("eng", {}).values()
        alternatives = ((name, "alternative") for name in names if len(name) >= SHORTEST and not is_acronym(name))
        named = (*((demonym, "demonym") for demonym in sorted(set(demonyms))), *alternatives)
        yield Addition(replace(entity, source="mledoze"), (), named)


def organisations(kb: Path) -> Iterator[Addition]:
    """International organisations with an item, and their names and abbreviations in every language."""
    path = present(kb / "supraverden" / "general_list.yaml")
    listed: dict[str, dict[str, Any]] = yaml.load(path.read_text("utf8"), yaml.CSafeLoader)
    for record in listed.values():
        item = qid(str(record["Wikidata_code"]))
        if item:
            entity = EntityFact(item, "organization", record["Name_en"], "supraverden", salience=ORGANISATION)
            yield Addition(entity, (record["Name_en"],), tuple(_organisation_names(record)))


def _organisation_names(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in record.items():
        if not key.startswith(("Name_", "Abbreviation_")) or not isinstance(value, str) or value.startswith(NO_VALUE):
            continue
        if is_acronym(value):
            yield value, "acronym"
        elif len(value) >= SHORTEST:
            yield value, "alternative"


def name_rows(additions: Iterable[Addition], base: Tables, *, common: frozenset[str]) -> list[dict[str, Any]]:
    """A row a name that the knowledge base lacks and that nobody else bears, by id and name.

    Only new entities are described; those of the knowledge base keep its fields.
    """
    additions = list(additions)
    bearers = _bearers(additions, base)
    found: dict[tuple[str, str], dict[str, Any]] = {}
    held = {(alias.entity, fold(alias.alias)) for alias in base.aliases}
    for addition in additions:
        id = addition.entity.id
        admitted = [
            (name, type)
            for name, type in addition.all_names
            if bearers[_key(name)] == {id} and _is_a_name(name, type, common)
        ]
        known = base.entities.get(id)
        label = known.label if known else next((name for name, _ in admitted if name in addition.labels), None)
        if label is None:
            continue
        entity = replace(known or addition.entity, label=label, source=addition.entity.source)
        for name, type in admitted:
            if (id, fold(name)) not in held:
                own = {"alias": name, "type": "label" if name == label else type}
                fields = {field: getattr(entity, field) for field in (NAMED if known else DESCRIBED)}
                found.setdefault((id, fold(name)), fields | own)
    return [found[key] for key in sorted(found)]


def _bearers(additions: Iterable[Addition], base: Tables) -> Mapping[str, set[str]]:
    """The entities that each name may mean, up to transliteration."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for alias in base.aliases:
        bearers[_key(alias.alias)].add(alias.entity)
    for addition in additions:
        for name, _ in addition.all_names:
            bearers[_key(name)].add(addition.entity.id)
    return bearers


def _key(name: str) -> str:
    return skeleton(fold(name))


def _is_a_name(name: str, type: str, common: frozenset[str]) -> bool:
    """Whether a name can be looked up (it has a capital) and is neither an ordinary word nor a first name alone."""
    folded = fold(name)
    if not folded or not any(letter.isupper() for letter in name):
        return False
    return type == "acronym" or (folded not in common and folded not in given_names())


def _fits(name: str, label: str) -> bool:
    """Whether the name that a source gives an item agrees with its Wikidata label in a word.

    >>> _fits("Vaslui", "Vaslui County"), _fits("Las Palmas", "Canary Islands")
    (True, False)
    """
    return bool(set(_key(name).split()) & set(_key(label).split()))


def _of_one_name(additions: Iterable[Addition]) -> list[Addition]:
    """Those whose source gives their item one name, the first where it does so more than once."""
    stated: dict[str, list[Addition]] = defaultdict(list)
    for addition in additions:
        stated[addition.entity.id].append(addition)
    return [same[0] for same in stated.values() if len({_key(one.entity.label) for one in same}) == 1]


def _codes(kb: Path) -> dict[str, str]:
    """The ISO 3166-1 alpha-3 code of each alpha-2 code."""
    return {row["iso2"]: row["iso3"] for row in rows(kb / "dr5hn" / "countries.csv")}
