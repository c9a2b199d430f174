"""Office-holders since 2022: the World Factbook, a Wikidata query of 2026, the US cabinet, the ministers of the UK.

None of them gives an item for everybody, and each spells names its own way, so that a person is sought among the
people of the country who are known already (:class:`People`) before a local id is made.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.actors.folding import fold, skeleton
from kg.actors.roles import role_of
from kg.training.kb.countries import Atlas
from kg.training.kb.facts import AliasFact, EntityFact, Fact, OfficeFact, person_id, rows
from kg.training.kb.people import day, person_salience, term_facts

# Words before a name that belong to the office or to a form of address.
HONORIFIC = re.compile(
    r"^((caretaker|interim|acting|transitional?|crown prince|sultan|general|gen\.|sr\. gen\.|capt\.|col\.|dr\.|sir|dame"
    r"|ratu|archbishop|his excellency|rt hon\.?) )+",
    re.IGNORECASE,
)
NO_PERSON = ("represented by", "and ", "both ", "also ", "of the ", "the ", "New Zealand", "")
NO_NAME = re.compile(r"\b(represented|overall|leader|of the|also|spelled|administrator|commission)\b", re.IGNORECASE)
DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-[0-3]\d)?)?$")
TITLE_ENDING = re.compile(r" of (the )?[A-Z]\w+$")
PEERAGE = re.compile(r"^(the )?(lord|baroness|earl|viscount|baron|lady|marquess|duke)\b", re.IGNORECASE)
LEAST_WORDS = 2


class People:
    """The people known so far, to be found by name and country whatever the spelling."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._country: dict[str, str | None] = {}
        self._named: dict[str | None, dict[frozenset[str], set[str]]] = defaultdict(lambda: defaultdict(set))
        for fact in facts:
            self.add(fact)

    def add(self, fact: Fact) -> None:
        """Take in a person, or a further name of one."""
        if isinstance(fact, EntityFact) and fact.kind == "person":
            self._country.setdefault(fact.id, fact.country)
            self._remember(fact.id, fact.country, fact.label)
        elif isinstance(fact, AliasFact) and fact.entity in self._country:
            self._remember(fact.entity, self._country[fact.entity], fact.alias)

    def find(self, name: str, country: str) -> str | None:
        """The one person of a country with this name, or of whose name it has all words; None if several fit.

        >>> people = People([EntityFact("Q1", "person", "Ana Silva", "s", country="BRA")])
        >>> people.find("Ana Maria Silva", "BRA"), people.find("Ana Silva", "PRT")
        ('Q1', None)
        """
        words = _words(name)
        if len(words) < LEAST_WORDS:
            return None
        named = self._named[country]
        exact = named.get(words, set())
        if len(exact) == 1:
            return next(iter(exact))
        found = {
            id
            for known, ids in named.items()
            if len(known) >= LEAST_WORDS and (known <= words or words <= known)
            for id in ids
        }
        return next(iter(found)) if len(found) == 1 else None

    def _remember(self, id: str, country: str | None, name: str) -> None:
        words = _words(name)
        if len(words) >= LEAST_WORDS:
            self._named[country][words].add(id)


def _words(name: str) -> frozenset[str]:
    return frozenset(skeleton(word) for word in fold(name).split() if len(word) > 1)


def recent_facts(kb: Path, atlas: Atlas, known: Iterable[Fact]) -> Iterator[Fact]:
    """The terms of all four sources; ``known`` are the facts of the sources before them."""
    people = People(known)
    for reader in (wikidata_facts, factbook_heads, us_cabinet_facts, uk_minister_facts):
        for fact in reader(kb, atlas, people):
            people.add(fact)
            yield fact


def wikidata_facts(kb: Path, atlas: Atlas, people: People) -> Iterator[Fact]:
    """Heads of state and government by Wikidata in September 2026."""
    for row in rows(kb / "wikidata-offices-2026" / "offices.csv"):
        if row["kind"] == "person":
            yield from term_facts(
                row["qid"], TITLE_ENDING.sub("", row["name"]), row["position"], source="wikidata-offices-2026",
                role=row["position"], country=row["country"], start=row["start"], end=row["end"],
                population=atlas.population(row["country"]),
            )  # fmt: skip


def factbook_heads(kb: Path, atlas: Atlas, people: People) -> Iterator[Fact]:
    """Chiefs of state and heads of government of sovereign states by the World Factbook."""
    for row in rows(kb / "factbook-offices" / "heads.csv"):
        country, written = row["country"], row["as_written"]
        state = atlas.countries.get(country)
        if state is None or not state.sovereign or written.startswith(NO_PERSON[:-1]) or not DAY.match(row["start"]):
            continue
        name = HONORIFIC.sub("", row["name"]).replace('"', "")
        person = row["qid"] or people.find(name, country)
        if person is None and (NO_NAME.search(name) or len(name.split()) < LEAST_WORDS):
            continue
        yield from _term(person, name, row["role"], "factbook", country, atlas, start=row["start"])


def us_cabinet_facts(kb: Path, atlas: Atlas, people: People) -> Iterator[Fact]:
    """The cabinet of the United States in 2026; the source has no dates, so that these terms name no holder at one."""
    for row in rows(kb / "us-cabinet-2026" / "cabinet.csv"):
        yield from term_facts(
            row["qid"], row["name"], row["position"], source="us-cabinet-2026", country=row["country"],
            population=atlas.population(row["country"]),
        )  # fmt: skip


def uk_minister_facts(kb: Path, atlas: Atlas, people: People) -> Iterator[Fact]:
    """The ministers of the United Kingdom since July 2022."""
    for row in rows(kb / "ifg-ministers" / "uk_ministers_since_2022.csv"):
        name = re.sub(r"^(Sir|Dame|Dr) ", "", row["name"])
        if PEERAGE.match(name):
            continue
        person = people.find(name, row["country"]) or row["qid"] or None
        title = re.sub(r" \(.*\)$", "", row["position"])
        yield from _term(
            person, name, None, "ifg-ministers", row["country"], atlas,
            start=row["start"], end=row["end"], title=title,
        )  # fmt: skip


def _term(
    person: str | None, name: str, role: str | None, source: str, country: str, atlas: Atlas, *,
    start: str, end: str = "", title: str = "",
) -> Iterator[Fact]:  # fmt: skip
    """A term of somebody who may have no item: then the name and the country make the id."""
    id = person or person_id(name, country)
    population = atlas.population(country)
    if id.startswith("Q"):
        yield from term_facts(
            id, name, title or role or "", source=source, role=role, country=country, start=start, end=end,
            population=population,
        )  # fmt: skip
        return
    held = role or role_of(title, country)
    salience = person_salience(held, last=day(end), population=population)
    yield EntityFact(id, "person", name, source, country=country, salience=salience)
    yield OfficeFact(id, title or held, held, source, country, None, day(start), day(end))
