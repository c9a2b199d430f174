"""The offline knowledge base of actors and places: who bears a name, who held an office when, who belongs to what.

It is one compressed SQLite database that ships with the package, held in memory and asked by index, so that it loads in
a fraction of a second. Its rows are facts of named public sources; ``KnowledgeBase.sources`` lists them.
"""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from kg.actors.extension import SUFFIXES, extend
from kg.actors.folding import fold, is_acronym, skeleton
from kg.actors.roles import grace, role_of
from kg.errors import KnowledgeBaseError
from kg.model import Kind

BUNDLED = Path(__file__).with_name("data") / "knowledge_base.sqlite.z"
INDEXES = Path(__file__).with_name("data") / "indexes.sql"
TYPE_WEIGHT = {
    "label": 1.0,
    "acronym": 0.95,
    "demonym": 0.95,
    "alternative": 0.9,
    "capital metonym": 0.8,
    "government metonym": 0.8,
    "surname": 0.5,
}
EXACT, FOLDED, TRANSLITERATED, SHORTENED = 1.0, 0.97, 0.85, 0.75
SHORT = 4  # shorter names are not matched by transliteration: "Mali" is not "Malé"
CLASSES = frozenset({
    "head of state", "head of government", "vice president", "foreign minister", "defence minister", "finance minister",
    "interior minister", "justice minister", "national security adviser", "central bank governor",
})  # fmt: skip  # classes that one person holds at a time: for others the title must agree
COUNTRY_PREFIX = re.compile(r"^(US|U\.S\.) (?=[A-Z])")
LEADER = frozenset({"leader", "leadership", "strongman", "ruler"})
ENTITY_COLUMNS = (
    "e.id, e.kind, e.label, e.country, e.lat, e.lon, e.population, e.valid_from, e.valid_to, e.salience, e.source"
)


@dataclass(frozen=True, slots=True)
class KbEntity:
    """An actor or place: a Wikidata item, or a local id ("x...") where no source gives one.

    ``country`` is an ISO 3166-1 alpha-3 code, ``lat`` and ``lon`` are degrees, ``salience`` (0 to 1) says how likely
    news is to speak of it, and ``source`` names the source that it was taken from.
    """

    id: str
    kind: Kind
    label: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    population: int | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    salience: float = 0.0
    source: str = ""

    @property
    def wikidata(self) -> str | None:
        """The Wikidata item, unless the id is local."""
        return self.id if self.id.startswith("Q") else None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a name may mean.

    ``alias_type`` says what the name is to it: "label", "alternative", "acronym", "demonym", "capital metonym",
    "government metonym" or "surname". ``fit`` (0 to 1) says how well the spelling fits, and ``score`` (0 to 1) weighs
    that, the type and salience.
    """

    entity: KbEntity
    alias_type: str
    score: float
    fit: float = EXACT


@dataclass(frozen=True, slots=True)
class Office:
    """One term of a person in an office; ``end`` is missing while it lasts, or lasted when the source was made.

    ``role`` is the class of the office ("head of state", "foreign minister"), ``title`` its name in the country, and
    ``as_of`` the day up to which the source knows: whether a term without an end before it still lasts some time later
    (:func:`kg.actors.roles.grace`) nobody knows.
    """

    person: str
    title: str
    role: str
    country: str | None = None
    organisation: str | None = None
    start: str | None = None
    end: str | None = None
    source: str = ""
    as_of: str | None = None

    def covers(self, date: str) -> bool:
        """Whether the term is known to include a date, as far as both are precise.

        >>> Office("Q1", "President", "head of state", start="2012-05-07").covers("2022-02-01")
        True
        >>> Office("Q1", "President", "head of state", start="2017", end="2021-01-20").covers("2021-06")
        False
        >>> Office("Q1", "Minister", "minister", start="2020", as_of="2022-07-19").covers("2025-02-01")
        False
        """
        if self.start and self.start[: len(date)] > date[: len(self.start)]:
            return False
        if self.end and date[: len(self.end)] > self.end[: len(date)]:
            return False
        if self.as_of is None or (self.end and self.end <= self.as_of):
            return True
        return date <= grace(self.role, self.as_of)[: len(date)]

    def ended_before(self, date: str) -> bool:
        """Whether the term is known to have ended before a date; an end that its source foresees is none yet.

        >>> Office("Q1", "Senator", "legislator", end="2027-01-03", as_of="2026-06-15").ended_before("2028")
        False
        """
        if not self.end or (self.as_of is not None and self.end > self.as_of):
            return False
        return self.end[: len(date)] < date[: len(self.end)]


class KnowledgeBase:
    """Names, offices and memberships, looked up by index.

    >>> kb = KnowledgeBase.load()
    >>> kb.lookup("Hungarian")[0].entity.label
    'Hungary'
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    @classmethod
    def load(cls, path: Path | str | None = None) -> Self:
        """Read a knowledge base, by default the one that ships with the package.

        A CSV or Parquet file of names (:mod:`kg.actors.extension`) extends that one; any other file takes its place.

        :raises KnowledgeBaseError: if the file is missing or is not a knowledge base.
        """
        extra = Path(path) if path and Path(path).suffix in SUFFIXES else None
        file = Path(path) if path and extra is None else BUNDLED
        if not file.is_file():
            raise KnowledgeBaseError(f"no knowledge base at {file}: build one with python -m kg.training kb")
        database = sqlite3.connect(":memory:", check_same_thread=False)
        try:
            database.deserialize(zlib.decompress(file.read_bytes()))
            database.executescript(INDEXES.read_text("utf8"))
        except (zlib.error, sqlite3.Error) as error:
            raise KnowledgeBaseError(f"{file} is not a knowledge base ({error}): build it again") from error
        if extra is not None:
            extend(database, extra)
            database.commit()
        return cls(database)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self._database.serialize(),)

    def entity(self, id: str) -> KbEntity | None:
        """The entity with an id, if it is known."""
        found = self._entities("where e.id = ?", (id,))
        return found[0] if found else None

    def country(self, iso3: str) -> KbEntity | None:
        """The country with an ISO 3166-1 alpha-3 code."""
        found = self._entities("where e.country = ? and e.kind = 'country' order by e.salience desc", (iso3,))
        return found[0] if found else None

    def lookup(self, name: str) -> tuple[Candidate, ...]:
        """Whom a name may mean, best first; nothing when nobody bears it.

        Tried in turn: the name as written, up to accents, case and points, also turned round ("Korea, Republic of"); up
        to transliteration; a person's name turned round ("Putin, Vladimir"), with more or fewer middle names, or with
        an initial ("V. Putin"). A name in lower case means nobody, and an acronym must be written as one. Titles are
        for the caller to take off.
        """
        if not any(letter.isupper() for letter in name):
            return ()
        spelled = COUNTRY_PREFIX.sub("United States ", name)
        exact = self._exact(name) or self._exact(spelled) or self._exact(_as_spoken(name))
        return exact or self._transliterated(spelled) or self._personal(name)

    def surname(self, name: str) -> tuple[Candidate, ...]:
        """The people with a family name, up to transliteration if nobody bears it as written; the best known first."""
        found = self._family("surname", fold(name)) or self._family("skeleton", skeleton(fold(name)))
        return tuple(Candidate(entity, "surname", _score("surname", entity, FOLDED)) for entity in found)

    def _family(self, column: str, key: str) -> tuple[KbEntity, ...]:
        clause = f"join surnames s on s.entity = e.id where s.{column} = ? order by e.salience desc, e.id"
        return self._entities(clause, (key,))

    def names(self, id: str) -> tuple[str, ...]:
        """The names of an entity, of every type but surnames, sorted."""
        rows = self._database.execute("select distinct alias from aliases where entity = ? order by alias", (id,))
        return tuple(row[0] for row in rows)

    def members(self, organisation: str) -> tuple[KbEntity, ...]:
        """The countries that belong to an organisation, by name."""
        return self._entities(
            "join memberships m on m.country = e.country and e.kind = 'country'"
            " where m.organisation = ? order by e.label",
            (organisation,),
        )

    def offices_of(self, person: str) -> tuple[Office, ...]:
        """The terms of a person, the latest first."""
        return self._offices('where person = ? order by "start" desc, title', (person,))

    def holders(self, role: str, country: str, *, date: str | None = None) -> tuple[Office, ...]:
        """Who held an office of a country or organisation, the latest term first, if ``date`` is given at that date.

        At a date only terms count whose start is known.

        :param role: a title or a class of office: "president", "foreign minister", "head of government", "leader".
        :param country: an ISO 3166-1 alpha-3 code, or the id of an organisation.
        :param date: an ISO 8601 date.
        """
        place = self.country(country) or self.entity(country)
        role = fold(role).removesuffix(f" of {fold(place.label)}") if place else role
        role_class = self._role_class(role, country)
        terms = [
            office
            for office in self._offices(
                "where (country = ? or organisation = ?) and role = ?", (country, country, role_class)
            )
            if role_class in CLASSES or fold(office.title) == fold(role)
        ]
        if date:
            terms = [office for office in terms if office.start and office.covers(date)]
        return tuple(sorted(terms, key=lambda office: (office.start or "", office.person), reverse=True))

    @property
    def sources(self) -> tuple[dict[str, str | None], ...]:
        """Name, licence, attribution, version and as-of date of every source."""
        columns = ("name", "licence", "attribution", "version", "as_of")
        rows = self._database.execute(f"select {', '.join(columns)} from sources order by name")
        return tuple(dict(zip(columns, row, strict=True)) for row in rows)

    @cached_property
    def counts(self) -> dict[str, int]:
        """The number of rows of each table."""
        tables = ("entities", "aliases", "offices", "memberships")
        return {table: self._database.execute(f"select count(*) from {table}").fetchone()[0] for table in tables}

    def _role_class(self, role: str, country: str) -> str:
        if fold(role) not in LEADER:
            return role_of(role, country)
        row = self._database.execute("select role from leaders where country = ?", (country,)).fetchone()
        return row[0] if row else "head of state"

    def _exact(self, name: str) -> tuple[Candidate, ...]:
        found = [
            (entity, type, EXACT if alias == name else FOLDED)
            for entity, alias, type in self._named("folded", fold(name))
            if _may_be_written(alias, type, name)
        ]
        return _best(found)

    def _transliterated(self, name: str) -> tuple[Candidate, ...]:
        folded = fold(name)
        if len(folded) < SHORT or is_acronym(name) and len(folded) <= SHORT:
            return ()
        found = [
            (entity, type, TRANSLITERATED)
            for entity, alias, type in self._named("skeleton", skeleton(folded))
            if len(alias) >= SHORT and not is_acronym(alias)
        ]
        return _best(found)

    def _personal(self, name: str) -> tuple[Candidate, ...]:
        """A full name in another order or with other middle names; the given name or its initial must agree."""
        last, comma, first = name.partition(",")
        words = fold(f"{first} {last}" if comma else name).split()
        if len(words) < 2:
            return ()
        for given, family, exactly in _partings(words):
            people = [candidate.entity for candidate in self.surname(" ".join(family))]
            fitting = [person for person in people if _agrees(given, family, person.label, exactly=exactly)]
            found = [(person, "alternative", SHORTENED) for person in fitting]
            if found:
                return _best(found)
        return ()

    def _named(self, column: str, key: str) -> list[tuple[KbEntity, str, str]]:
        rows = self._database.execute(
            f"select {ENTITY_COLUMNS}, a.alias, a.type from aliases a join entities e on e.id = a.entity"
            f" where a.{column} = ? order by a.rowid",
            (key,),
        )
        return [(KbEntity(*row[:-2]), row[-2], row[-1]) for row in rows]

    def _entities(self, clause: str, values: Iterable[str]) -> tuple[KbEntity, ...]:
        rows = self._database.execute(f"select {ENTITY_COLUMNS} from entities e {clause}", tuple(values))
        return tuple(KbEntity(*row) for row in rows)

    def _offices(self, clause: str, values: Iterable[str]) -> tuple[Office, ...]:
        columns = 'person, title, role, country, organisation, "start", "end", source, as_of'
        rows = self._database.execute(f"select {columns} from offices {clause}", tuple(values))
        return tuple(Office(*row) for row in rows)


def _restore(image: bytes) -> KnowledgeBase:
    """A knowledge base in another process."""
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.deserialize(image)
    return KnowledgeBase(database)


def _may_be_written(alias: str, type: str, name: str) -> bool:
    """Whether a name in this case may be that alias: "us" and "Us" are not "US", but "Nato" and "NATO" are one."""
    if type == "acronym" or is_acronym(alias):
        return name.replace(".", "").isupper() or (len(fold(name)) >= SHORT and name[:1].isupper())
    return True


def _as_spoken(name: str) -> str:
    """A name of an index in the order of speech.

    >>> _as_spoken("Korea, Republic of"), _as_spoken("Seoul")
    ('Republic of Korea', 'Seoul')
    """
    first, comma, second = name.partition(", ")
    return f"{second} {first}" if comma and "," not in second else name


def _partings(words: list[str]) -> Iterator[tuple[list[str], list[str], bool]]:
    """Given and family names that a full name may consist of, and whether the given names must agree exactly: the
    family name of one word last, else first, then one of several words first ("López Obrador Andrés Manuel")."""
    yield words[:-1], words[-1:], False
    yield words[1:], words[:1], len(words) > 2
    for end in range(2, len(words)):
        yield words[end:], words[:end], True


def _agrees(given: Sequence[str], family: Sequence[str], label: str, *, exactly: bool = False) -> bool:
    """Whether given names fit those of a person: the one list has all of the other, unless ``exactly`` both agree.

    An initial alone must be that of the first name; beside a name, it is not asked.
    """
    names = [name for name in fold(label).split() if name not in family]
    if len(given) == 1 and len(given[0]) == 1:
        return bool(names) and names[0][0] == given[0]
    stated, known = ({skeleton(name) for name in words if len(name) > 1} for words in (given, names))
    if exactly:
        return stated == known
    return bool(stated) and bool(known) and (stated <= known or known <= stated)


def _score(type: str, entity: KbEntity, fit: float) -> float:
    return round(fit * TYPE_WEIGHT[type] * (0.4 + 0.6 * entity.salience), 4)


def _best(found: Iterable[tuple[KbEntity, str, float]]) -> tuple[Candidate, ...]:
    """One candidate an entity, best first."""
    best: dict[str, Candidate] = {}
    for entity, type, fit in found:
        candidate = Candidate(entity, type, _score(type, entity, fit), fit)
        known = best.get(entity.id)
        if known is None or known.score < candidate.score:
            best[entity.id] = candidate
    return tuple(sorted(best.values(), key=lambda candidate: (-candidate.score, candidate.entity.id)))
