"""The committed knowledge base: names, spellings, offices by date, memberships."""

from __future__ import annotations

import pickle
import time
from pathlib import Path

import pytest

from kg.actors.knowledge_base import BUNDLED, KnowledgeBase, Office
from kg.errors import KnowledgeBaseError


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return KnowledgeBase.load()


@pytest.mark.parametrize(
    ("name", "id", "alias_type"),
    [
        ("Russia", "Q159", "label"),
        ("RUSSIA", "Q159", "label"),
        ("Russian Federation", "Q159", "alternative"),
        ("Russian", "Q159", "demonym"),
        ("Ukrainians", "Q212", "demonym"),
        ("South Korean", "Q884", "demonym"),
        ("Palestinians", "Q219060", "demonym"),
        ("US", "Q30", "acronym"),
        ("U.S.", "Q30", "acronym"),
        ("UK", "Q145", "acronym"),
        ("EU", "Q458", "acronym"),
        ("UN", "Q1065", "acronym"),
        ("Nato", "Q7184", "label"),
        ("OSCE", "Q81299", "acronym"),
        ("Turkey", "Q43", "alternative"),
        ("Kyiv", "Q1899", "label"),
        ("G-7", "Q1764511", "label"),
        ("Hizbullah", "Q41053", "alternative"),
        ("Vladimir Putin", "Q7747", "label"),
        ("Viktor Orban", "Q57641", "label"),
        ("Xi Jinping", "Q15031", "label"),
    ],
)
def test_lookup_finds_the_entity_that_a_name_means(kb: KnowledgeBase, name: str, id: str, alias_type: str) -> None:
    best = kb.lookup(name)[0]
    assert (best.entity.id, best.alias_type) == (id, alias_type)


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Alexandr Lukashenko", "Alexander Lukashenko"),
        ("Recep Tayyip Erdogan", "Recep Tayyip Erdoğan"),
        ("Putin, Vladimir", "Vladimir Putin"),
        ("V. Putin", "Vladimir Putin"),
        ("Vladimir Vladimirovich Putin", "Vladimir Putin"),
        ("JOE BIDEN", "Joe Biden"),
        ("Hizbollah", "Hezbollah"),
        ("US Congress", "United States Congress"),
    ],
)
def test_spellings_of_one_name_mean_one_entity(kb: KnowledgeBase, written: str, usual: str) -> None:
    assert kb.lookup(written)[0].entity == kb.lookup(usual)[0].entity


@pytest.mark.parametrize("name", ["us", "Us", "who", "Who", "turkey", "", "Putin", "the", "Xqzt Wvbk"])
def test_words_and_lone_surnames_mean_nobody(kb: KnowledgeBase, name: str) -> None:
    assert kb.lookup(name) == ()


@pytest.mark.parametrize(
    ("name", "country", "place", "metonym"),
    [
        ("Washington", "USA", "Q61", "capital metonym"),
        ("Moscow", "RUS", "Q649", "capital metonym"),
        ("Kyiv", "UKR", "Q1899", "capital metonym"),
        ("Beijing", "CHN", "Q956", "capital metonym"),
        ("Kremlin", "RUS", "Q133274", "government metonym"),
        ("White House", "USA", "Q35525", "government metonym"),
        ("Downing Street", "GBR", "Q169101", "government metonym"),
    ],
)
def test_a_seat_of_government_is_a_place_and_stands_for_its_country(
    kb: KnowledgeBase, name: str, country: str, place: str, metonym: str
) -> None:
    types = {candidate.entity.id: candidate.alias_type for candidate in kb.lookup(name)}
    stands_for = kb.country(country)
    assert stands_for is not None
    assert types[stands_for.id] == metonym
    assert types[place] in ("label", "alternative")


def test_names_of_two_countries_give_both(kb: KnowledgeBase) -> None:
    assert {candidate.entity.country for candidate in kb.lookup("Korean")} == {"KOR", "PRK"}


@pytest.mark.parametrize(
    ("role", "country", "date", "label"),
    [
        ("president", "RUS", "2022-02-01", "Vladimir Putin"),
        ("president", "RUS", "2010-06-01", "Dmitry Medvedev"),
        ("leader", "RUS", "2022-02-01", "Vladimir Putin"),
        ("leader", "HUN", "2022-02-01", "Viktor Orbán"),
        ("prime minister", "HUN", "2022-02-01", "Viktor Orbán"),
        ("secretary of state", "USA", "2022-02-01", "Antony Blinken"),
        ("foreign minister", "RUS", "2022-02-01", "Sergey Lavrov"),
        ("president", "USA", "2022-02-01", "Joe Biden"),
        ("president", "USA", "2025-05-01", "Donald Trump"),
        ("prime minister", "GBR", "2022-02-01", "Boris Johnson"),
        ("chancellor", "DEU", "2022-02-01", "Olaf Scholz"),
        ("supreme leader", "IRN", "2022-02-01", "Ali Khamenei"),
        ("president", "IRN", "2022-02-01", "Ebrahim Raisi"),
        ("secretary-general", "Q1065", "2022-02-01", "António Guterres"),
    ],
)
def test_an_office_has_one_holder_at_a_date(kb: KnowledgeBase, role: str, country: str, date: str, label: str) -> None:
    holders = {office.person for office in kb.holders(role, country, date=date)}
    assert [entity.label for entity in map(kb.entity, holders) if entity] == [label]


def test_holders_without_a_date_are_the_latest_first(kb: KnowledgeBase) -> None:
    starts = [office.start or "" for office in kb.holders("president", "FRA")]
    assert len(starts) > 3
    assert starts == sorted(starts, reverse=True)


def test_surnames_put_the_better_known_first(kb: KnowledgeBase) -> None:
    found = kb.surname("Orban")
    assert found[0].entity.label == "Viktor Orbán"
    assert {candidate.alias_type for candidate in found} == {"surname"}
    assert kb.offices_of(found[0].entity.id)
    assert kb.surname("Xi")[0].entity.label == "Xi Jinping"


def test_members_leave_out_observers_and_former_members(kb: KnowledgeBase) -> None:
    alliance = {country.country for country in kb.members("Q7184")}
    assert {"USA", "HUN", "TUR"} <= alliance
    assert not alliance & {"RUS", "UKR", "AUT"}
    union = {country.country for country in kb.members("Q458")}
    assert len(union) == 27
    assert "GBR" not in union


def test_every_row_names_a_source_with_a_licence_that_asks_for_no_sharing_alike(kb: KnowledgeBase) -> None:
    licences = {source["name"]: source["licence"] for source in kb.sources}
    assert not any("SA" in licence or "ODbL" in licence for licence in licences.values())
    for id in ("Q159", "Q7747", "Q7184", "Q61"):
        entity = kb.entity(id)
        assert entity is not None
        assert entity.source in licences


def test_it_is_small_and_loads_fast() -> None:
    assert BUNDLED.stat().st_size <= 9_000_000
    times: list[float] = []
    for _ in range(3):
        start = time.process_time()
        KnowledgeBase.load()
        times.append(time.process_time() - start)
    assert min(times) < 0.5


def test_it_travels_to_other_processes(kb: KnowledgeBase) -> None:
    copy = pickle.loads(pickle.dumps(kb))
    assert copy.lookup("Hungary") == kb.lookup("Hungary")


def test_a_missing_or_damaged_file_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeBaseError, match="no knowledge base at"):
        KnowledgeBase.load(tmp_path / "none")
    damaged = tmp_path / "damaged"
    damaged.write_bytes(b"not a database")
    with pytest.raises(KnowledgeBaseError, match="damaged is not a knowledge base"):
        KnowledgeBase.load(damaged)


def test_an_open_term_counts_no_longer_than_its_source_knows_and_a_grace_by_role() -> None:
    minister = Office("Q1", "Minister of Defence", "defence minister", start="2020-05", as_of="2022-07-19")
    assert minister.covers("2022-08-30")
    assert not minister.covers("2023-07-19")
    assert not minister.ended_before("2023-07-19")


def test_an_end_that_a_source_foresees_is_none_yet() -> None:
    senator = Office("Q1", "Senator", "legislator", start="2021-01-03", end="2027-01-03", as_of="2026-06-15")
    assert senator.covers("2026-06-01")
    assert not senator.ended_before("2027-02-01")
    left = Office("Q1", "Senator", "legislator", start="2015-01-03", end="2021-01-03", as_of="2026-06-15")
    assert left.ended_before("2021-02")


def test_a_leader_of_today_is_known_and_a_minister_of_long_ago_is_not() -> None:
    bundled = KnowledgeBase.load()
    assert [term.person for term in bundled.holders("defence minister", "ISR", date="2025-11-10")] == []
    assert {term.person for term in bundled.holders("president", "USA", date="2025-11-10")} == {"Q22686"}


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Britain", "United Kingdom"),
        ("Daesh", "Islamic State"),
        ("Arab League", "League of Arab States"),
        ("UN Security Council", "UN Security Council"),
        ("U.N. Security Council", "UN Security Council"),
        ("DR Congo", "Congo-Kinshasa"),
        ("Ansar Allah", "Houthis"),
    ],
)
def test_everyday_names_mean_one_actor(name: str, label: str) -> None:
    best = KnowledgeBase.load().lookup(name)[0].entity
    assert best.label == label
