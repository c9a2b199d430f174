"""Sectors of actors, by words, titles, offices and dates; where places lie."""

from __future__ import annotations

import csv
import re

import pytest

from kg.actors.coreference import resolve
from kg.actors.places import located
from kg.actors.sectors import TABLE, Sectors, sector_of_title, sector_of_words
from kg.model import Article, Entity, content_id

WORDS = """
ground troops                  MIL
army officers                  MIL
thousands of protesters        CVL
government officials           GOV
rebel commanders               REB
the opposition leader          OPP
riot police                    COP
three journalists              MED
UN peacekeepers                IGO
armed men                      REB
high court judges              JUD
opposition lawmakers           OPP
ruling party lawmakers         LEG
oil companies                  BUS
aid workers                    NGO
refugees                       REF
the secretary-general          GOV
former foreign minister        ELI
gunmen                         REB
policemen                      COP
"""
NAMES = """
Ministry of Public Works       GOV
Arlish Navy                    MIL
National Intelligence Service  SPY
Supreme Court                  JUD
National Assembly              LEG
Arvik Daily News               MED
University of Arvik            EDU
Arland Liberation Front        REB
Social Democratic Party        PTY
Arvik Steel Company            BUS
"""
TITLES = """
President                      GOV
Minister of Defence            GOV
army chief                     MIL
Speaker of the Parliament      LEG
Chief Justice                  JUD
former president               ELI
opposition leader              OPP
"""


def cases(table: str) -> list[tuple[str, str]]:
    return [(line[:31].strip(), line[31:].strip()) for line in table.strip().splitlines()]


@pytest.mark.parametrize(("words", "sector"), cases(WORDS))
def test_the_words_of_a_nominal_tell_the_sector(words: str, sector: str) -> None:
    assert sector_of_words(words) == sector


@pytest.mark.parametrize(("name", "sector"), cases(NAMES))
def test_the_words_of_a_name_tell_the_sector(name: str, sector: str) -> None:
    assert sector_of_words(name, by="name") == sector


@pytest.mark.parametrize(("title", "sector"), cases(TITLES))
def test_a_title_tells_the_sector(title: str, sector: str) -> None:
    assert sector_of_title(title) == sector


def test_words_that_tell_nothing_give_no_sector() -> None:
    assert sector_of_words("a wooden table") is None
    assert sector_of_words("Arvik", by="name") is None


def test_the_table_is_whole() -> None:
    with TABLE.open(encoding="utf8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["by"] for row in rows} == {"entity", "kind", "label", "name", "role", "source", "word"}
    assert all(re.fullmatch("[A-Z]{3}", row["sector"]) and row["source"] for row in rows)
    assert len({(row["by"], row["key"], row["valid_from"]) for row in rows}) == len(rows)


@pytest.fixture
def scene_at(parsed, lookups):
    def make(published: str | None):
        doc = parsed(
            "Anna/NNP/compound/2 Berg/NNP/nsubj/3 met/VBD/ROOT/0 rebel/NN/compound/5 leaders/NNS/obj/3 ././punct/3",
            Anna_Berg="PERSON",
        )
        return resolve(doc, article=Article("a", doc.text, published=published), lookups=lookups, quoted=[])

    return make


@pytest.mark.parametrize(("published", "sector"), [("2022-02-01", "GOV"), ("2019-06-01", None), (None, "GOV")])
def test_an_office_counts_at_the_date_of_the_article(scene_at, published, sector) -> None:
    scene = scene_at(published)
    assert Sectors(scene).sector(scene.entities["Q4"]) == sector


def test_who_held_an_office_before_is_of_the_former_elite(scene_at, lookups) -> None:
    knowledge = lookups.knowledge
    knowledge._database.execute("update offices set \"end\" = '2021-01-01' where person = 'Q5'")
    lookups._offices.cache_clear()
    scene = scene_at("2022-02-01")
    assert Sectors(scene).sector(Entity("Q5", "person", "Ivo Costa", wikidata="Q5")) == "ELI"
    knowledge._database.execute("update offices set \"end\" = null where person = 'Q5'")


def test_a_nominal_has_the_sector_of_its_words_and_a_part_that_of_its_whole(scene_at) -> None:
    scene = scene_at("2022-02-01")
    leaders = next(entity for entity in scene.entities.values() if entity.name == "rebel leaders")
    sectors = Sectors(scene)
    assert sectors.with_sector(leaders).sector == "REB"
    scene.entities["Q3"] = Entity("Q3", "organization", "Northern Treaty Organization", sector="IGO")
    assert sectors.sector(Entity("xmembers", "group", "members", part_of="Q1")) is None
    assert sectors.sector(Entity("Q1", "country", "Arland")) == "GOV"
    assert sectors.sector(Entity("Q6", "place", "Arvik")) is None


@pytest.mark.parametrize(
    ("name", "code", "latitude"),
    [("city of Arvik", "ARL", 10.5), ("northeastern Arland", "ARL", None), ("Arvik", None, None)],
)
def test_part_of_a_place_lies_in_its_country_and_the_city_of_a_name_is_that_city(
    scene_at, lookups, name, code, latitude
) -> None:
    lookups.knowledge._database.execute("update entities set lat = 10.5, lon = -3.25 where id = 'Q6'")
    lookups._candidates.cache_clear()
    lookups._entities.cache_clear()
    found = located(scene_at("2022-02-01"), Entity("x" + content_id(name), "place", name))
    assert (found.country_code, found.latitude) == (code, latitude)


def test_a_place_has_its_coordinates_and_an_organisation_of_states_no_country(scene_at) -> None:
    scene = scene_at("2022-02-01")
    treaty = Entity("Q3", "organization", "Northern Treaty Organization", "Q3", country="ARL", sector="IGO")
    assert located(scene, treaty).country_code is None
    person = located(scene, Entity("Q4", "person", "Anna Berg", wikidata="Q4", country="ARL"))
    assert (person.country_code, person.latitude) == ("ARL", None)
