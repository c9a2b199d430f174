"""Names as they stand in news: what the knowledge base settles, and what stands around a name."""

from __future__ import annotations

import pytest

from kg import extract


def entities(text: str, published: str = "2025-11-10") -> dict[str, tuple[str, str | None]]:
    return {e.name: (e.kind, e.country_code) for e in extract(text, published=published).entities}


def test_a_town_lies_where_the_words_around_it_say() -> None:
    assert entities("Drones hit Pokrovsk in eastern Ukraine.")["Pokrovsk"] == ("place", "UKR")


def test_a_body_without_a_country_in_its_name_is_that_of_the_country_beside_it() -> None:
    found = entities("The Moroccan Ministry of Defense denied it. Oman agreed.")
    assert found["Ministry of Defense of Morocco"] == ("organization", "MAR")


@pytest.mark.parametrize("name", ["JNIM", "AUKUS", "Lukoil", "Boko Haram", "TSMC"])
def test_what_has_one_meaning_is_no_person(name: str) -> None:
    assert entities(f"{name} angered Chad.")[name][0] == "organization"


def test_an_office_is_one_node_for_a_state_whatever_its_words() -> None:
    text = "The Omani defence minister spoke. Oman's defense minister left."
    people = [e.name for e in extract(text, published="2025-11-10").entities if e.kind == "person"]
    assert people == ["defence minister of Oman"]


def test_a_chief_of_police_or_spies_is_not_the_head_of_state() -> None:
    record = extract("Ghana's spy chief met Togo's police chief.", published="2025-11-10")
    assert not [e.name for e in record.entities if e.wikidata and e.kind == "person"]


def test_people_of_one_name_are_two_where_they_serve_two_states() -> None:
    one, other = (
        extract(f"{adjective} Agriculture Minister Musa Berg resigned.", published="2025-11-10")
        for adjective in ("Gambian", "Malawian")
    )
    ids = [{e.id for e in record.entities if e.kind == "person"} for record in (one, other)]
    assert ids[0] and ids[1] and not ids[0] & ids[1]


def test_transliterations_of_a_person_are_one() -> None:
    texts = ("Moldovan minister Andrii Bergenko left.", "Moldovan minister Andriy Bergenko left.")
    one, other = ({e.id for e in extract(t, published="2025-11-10").entities if e.kind == "person"} for t in texts)
    assert one == other


def test_leaders_of_armed_groups_are_of_the_group() -> None:
    record = extract("Hamas leader Yusuf Bergen praised Oman.", published="2025-11-10")
    assert [e.sector for e in record.entities if e.kind == "person"] == ["REB"]
