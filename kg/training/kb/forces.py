"""Militaries, services and armed groups of the World Factbook, with the acronyms under which news names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.actors.folding import fold, is_acronym
from kg.training.kb.countries import Atlas, demonyms, dig
from kg.training.kb.facts import AliasFact, EntityFact, Fact, rows
from kg.training.kb.groups import known_organisation, local_id

SOURCE = "factbook"
FORCES, GROUPS = 0.5, 0.5
SERVICE = re.compile(
    r"\b(force|forces|army|navy|guard|police|corps|command|militia|service|gendarmerie)s?$", re.IGNORECASE
)
GLUED = re.compile(r"[a-z][A-Z]")  # two names that lost what stood between them
SHORTEST_ACRONYM = 3
SHORTEST_NAME = 3


def force_facts(kb: Path, atlas: Atlas, organisations: Mapping[str, str]) -> Iterator[Fact]:
    """Militaries and services that bear their country's name, and plain services with the country before them.

    :param organisations: the id of each name key that is known already.
    """
    for row in rows(kb / "factbook-offices" / "military.csv"):
        name, country = row["name"].replace("’", "'"), row["country"]
        state = atlas.countries.get(country)
        if state is None or not state.sovereign or not SERVICE.search(name) or GLUED.search(name):
            continue
        own = _says_whose(name, state.name, _demonyms(atlas, country))
        label = name if own else f"{_adjective(atlas, country)} {name}"
        if not own and (len(name.split()) > 2 or label.startswith(" ")):
            continue
        known = known_organisation((label,), organisations)
        id = known or local_id(label)
        if known is None:
            yield EntityFact(id, "organization", label, SOURCE, country=country, salience=FORCES)
        acronym = row["acronym"]
        if own and is_acronym(acronym) and len(acronym) >= SHORTEST_ACRONYM:
            yield AliasFact(id, acronym, "acronym", SOURCE)


def _demonyms(atlas: Atlas, country: str) -> list[str]:
    nationality = atlas.countries[country].factbook.get("People and Society", {})
    return demonyms(dig(nationality, "Nationality", "adjective"))


def _adjective(atlas: Atlas, country: str) -> str:
    return next(iter(_demonyms(atlas, country)), "")


def _says_whose(name: str, country: str, adjectives: list[str]) -> bool:
    words = fold(name)
    return any(fold(own) in words for own in (country, *adjectives) if own)


def armed_group_facts(kb: Path, organisations: Mapping[str, str]) -> Iterator[Fact]:
    """Armed groups that the World Factbook lists as terrorist; one that operates in one country belongs to it."""
    made: dict[str, str] = {}
    for row in rows(kb / "factbook-offices" / "armed_groups.csv"):
        name = row["name"].replace("’", "'").strip()
        if "," in name or "/" in name or len(name) < SHORTEST_NAME or name.startswith("US-"):
            continue
        known = known_organisation((name,), organisations) or made.get(fold(name))
        id = known or local_id(name)
        if known is None:
            made[fold(name)] = id
            countries = row["countries_of_operation"].split()
            country = countries[0] if len(countries) == 1 else None
            yield EntityFact(id, "organization", name, SOURCE, country=country, salience=GROUPS)
        else:
            yield AliasFact(id, name, "alternative", SOURCE)
        acronym = row["acronym_or_alias"]
        if is_acronym(acronym) and len(acronym) >= SHORTEST_ACRONYM and acronym != "ISI":
            yield AliasFact(id, acronym, "acronym", SOURCE)
