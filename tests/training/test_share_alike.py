"""What share-alike sources add to a knowledge base, from a tiny folder of made-up sources."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from kg.actors.knowledge_base import KnowledgeBase
from kg.errors import KnowledgeBaseError
from kg.training.kb.facts import AliasFact, EntityFact, table
from kg.training.kb.merge import Tables, merge
from kg.training.kb.share_alike import FILE, write

NOTICE = (Path(__file__).parents[2] / "NOTICE").read_text(encoding="utf-8")
STATES = """name,country_code,type,latitude,longitude,population,wikiDataId
Zenda,RU,province,1.5,2.5,1000000,Q901
Strelsau,RU,county,,,,Q902
Hofbau,RU,municipality,,,,Q903
Elbe,RU,province,,,,Q904
Twice,RU,province,,,,Q905
Double,RU,province,,,,Q905
Central,RU,province,,,,Q906
"""
COUNTRIES = [
    {
        "cca2": "RU",
        "cca3": "RUR",
        "name": {"common": "Ruritania", "official": "Kingdom of Ruritania", "native": {}},
        "translations": {"deu": {"common": "Ruritanien", "official": "Insel"}, "fra": {"common": "Strelsau"}},
        "altSpellings": ["RU"],
        "demonyms": {"eng": {"m": "Rurite", "f": "Rurite"}},
    }
]
ORGANISATIONS = """
Ruritanian League:
  Wikidata_code: Q910
  Name_en: Ruritanian League
  Name_de: Ruritanische Liga
  Abbreviation_en: RRL
  Abbreviation_fr: '[No code found.]'
No Item:
  Wikidata_code: '[No code found.]'
  Name_en: Nameless Union
"""


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    for folder in ("dr5hn", "mledoze-countries", "supraverden"):
        (tmp_path / folder).mkdir()
    (tmp_path / "dr5hn" / "states.csv").write_text(STATES, "utf8")
    (tmp_path / "dr5hn" / "countries.csv").write_text("iso2,iso3\nRU,RUR\n", "utf8")
    (tmp_path / "dr5hn" / "regions.csv").write_text("name,wikiDataId\nGreater Ruritania,Q920\n", "utf8")
    (tmp_path / "dr5hn" / "subregions.csv").write_text("name,wikiDataId\n", "utf8")
    for row in COUNTRIES:
        row["translations"]["fra"]["official"] = "Royaume de Ruritanie"
    (tmp_path / "mledoze-countries" / "countries.json").write_text(json.dumps(COUNTRIES), "utf8")
    (tmp_path / "supraverden" / "general_list.yaml").write_text(ORGANISATIONS, "utf8")
    return tmp_path


def base() -> Tables:
    country = EntityFact("Q1", "country", "Ruritania", "rigour", country="RUR", salience=0.9)
    town = EntityFact("Q2", "place", "Strelsau", "natural-earth", country="RUR", salience=0.5)
    return merge([country, town, AliasFact("Q1", "Ruritanian", "demonym", "factbook")], decisions={}, labels={})


def made(sources: Path, name: str = FILE) -> Path:
    common = frozenset({"insel", "central"})
    return write(sources, base(), common=common, labels={"Q904": "Saxony"}, output=sources / name)


def names(path: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in csv.DictReader(path.read_text("utf8").splitlines()):
        found.setdefault(row["id"], set()).add(row["alias"])
    return found


def test_names_of_one_bearer_are_added_and_all_others_left_out(sources: Path) -> None:
    assert names(made(sources)) == {
        "Q1": {"Kingdom of Ruritania", "Royaume de Ruritanie", "Ruritanien", "Rurite"},  # no common word, no town
        "Q901": {"Zenda", "Zenda Province"},
        "Q902": {"Strelsau County"},  # the town has the short name
        "Q906": {"Central Province"},
        "Q910": {"Ruritanian League", "Ruritanische Liga", "RRL"},
        "Q920": {"Greater Ruritania"},
    }


def test_each_row_names_its_source_and_licence_and_new_entities_are_described(sources: Path) -> None:
    rows = {row["alias"]: row for row in csv.DictReader(made(sources).read_text("utf8").splitlines())}
    licences = {row["source"]: row["licence"] for row in rows.values()}
    assert licences == {"dr5hn": "ODbL 1.0", "mledoze": "ODbL 1.0", "supraverden": "CC BY-SA 4.0"}
    zenda = rows["Zenda Province"]
    assert (zenda["label"], zenda["type"], zenda["country"], zenda["population"]) == (
        "Zenda", "alternative", "RUR", "1000000",
    )  # fmt: skip
    assert (rows["Rurite"]["type"], rows["Rurite"]["country"], rows["RRL"]["type"]) == ("demonym", "", "acronym")


def test_the_same_sources_give_the_same_bytes(sources: Path) -> None:
    assert made(sources, "one.csv").read_bytes() == made(sources, "two.csv").read_bytes()


def test_the_table_extends_a_knowledge_base_which_then_tells_the_licences(sources: Path) -> None:
    knowledge = KnowledgeBase.load(made(sources))
    assert [candidate.entity.id for candidate in knowledge.lookup("Ruritanische Liga")] == ["Q910"]
    licences = {source["name"]: source["licence"] for source in knowledge.sources}
    assert licences["supraverden"] == "CC BY-SA 4.0"


def test_a_missing_source_is_named(sources: Path) -> None:
    (sources / "supraverden" / "general_list.yaml").unlink()
    with pytest.raises(KnowledgeBaseError, match=r"general_list\.yaml is missing"):
        made(sources)


@pytest.mark.parametrize("source", table("share_alike_sources.csv"), ids=lambda source: source["name"])
def test_notice_credits_every_source(source: dict[str, str]) -> None:
    assert f"- {source['attribution']} ({source['name']}). {source['licence']}." in NOTICE
