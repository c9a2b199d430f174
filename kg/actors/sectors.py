"""The PLOVER sector of each actor of an article: GOV, MIL, LEG, JUD, COP, SPY, PTY, OPP, REB, IGO, NGO, MED, BUS ...

What counts, in this order: the office that the article gives a person, the office that the person held at the
article's date by the knowledge base, what the table says of an organisation itself or of its source, the words of its
name, and the noun that refers to it ("troops", "the opposition leader"). Who held an office only before that date is
of the former elite, ELI. A part ("NATO members") is of its whole's sector where its own words tell nothing.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from kg.actors.folding import fold
from kg.actors.knowledge_base import KbEntity, Office
from kg.actors.roles import role_of, role_rank
from kg.actors.scene import Scene
from kg.errors import KnowledgeBaseError
from kg.model import Entity

By = Literal["entity", "kind", "label", "name", "role", "source", "word"]
TABLE = Path(__file__).with_name("sectors.csv")
FORMER = "ELI"
FORMERLY = frozenset({"former", "ex", "onetime", "deposed", "ousted", "late", "outgoing"})
LONGEST_PHRASE = 4
REMEMBERED = 50_000
SERVED = frozenset({"REB", "IGO", "NGO", "MED", "BUS", "PTY", "CRM"})  # whose people are theirs, not a state's


@dataclass(frozen=True, slots=True)
class SectorRule:
    """A sector by what an actor is: in one phrase the word of the highest rank decides; dates are ISO 8601."""

    sector: str
    rank: int
    valid_from: str
    valid_to: str

    def holds(self, date: str | None) -> bool:
        """Whether it holds on a date; without a date, what holds now."""
        if date is None:
            return not self.valid_to
        return (not self.valid_from or date >= self.valid_from) and (not self.valid_to or date <= self.valid_to)


@cache
def sector_rules() -> dict[tuple[str, str], tuple[SectorRule, ...]]:
    """The rules of ``sectors.csv``, by what they go by and its key.

    :raises KnowledgeBaseError: if a rank is no number.
    """
    rules: defaultdict[tuple[str, str], list[SectorRule]] = defaultdict(list)
    with TABLE.open(encoding="utf8", newline="") as file:
        for row in csv.DictReader(file):
            if row["rank"] and not row["rank"].isdecimal():
                raise KnowledgeBaseError(f"sectors.csv: the rank of {row['key']!r} is {row['rank']!r}: give a number")
            rule = SectorRule(row["sector"], int(row["rank"] or 0), row["valid_from"], row["valid_to"])
            key = row["key"] if row["by"] in ("entity", "source") else fold(row["key"])
            rules[row["by"], key].append(rule)
    return {key: tuple(found) for key, found in rules.items()}


@lru_cache(REMEMBERED)
def sector_of_words(words: str, *, by: By = "word") -> str | None:
    """The sector that the words of a phrase tell: the highest rank decides, of equals the last.

    >>> sector_of_words("ground troops"), sector_of_words("the opposition leader"), sector_of_words("army chiefs")
    ('MIL', 'OPP', 'MIL')
    >>> sector_of_words("Ministry of Health", by="name"), sector_of_words("a table")
    ('GOV', None)
    """
    spoken = fold(words).split()
    best: SectorRule | None = None
    for end in range(1, len(spoken) + 1):
        phrases = (spoken[start:end] for start in range(max(0, end - LONGEST_PHRASE), end))
        rule = next((found for phrase in phrases if (found := _rule(phrase, by))), None)
        if rule is not None and (best is None or rule.rank >= best.rank):
            best = rule
    return best.sector if best else None


def _rule(words: list[str], by: By) -> SectorRule | None:
    rules = sector_rules()
    last = words[-1]
    for form in (last, last.removesuffix("s"), f"{last[:-3]}y" if last.endswith("ies") else "", _singular_man(last)):
        found = rules.get((by, " ".join([*words[:-1], form]))) if form else None
        if found:
            return found[0]
    return None


def _singular_man(word: str) -> str:
    """ "policemen" as "policeman"."""
    return f"{word[:-3]}man" if word.endswith("men") else ""


def sector_of_title(title: str, country: str | None = None) -> str | None:
    """The sector of an office by its title.

    >>> sector_of_title("Minister of Defence"), sector_of_title("army chief"), sector_of_title("former president")
    ('GOV', 'MIL', 'ELI')
    """
    words = fold(title).split()
    if FORMERLY & set(words):
        return FORMER
    return _by("role", role_of(title, country)) or sector_of_words(title)


class Sectors:
    """Tells the sectors of the actors of one article."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._date = scene.article.published
        self._nominals: defaultdict[str, list[str]] = defaultdict(list)
        for head in sorted(scene.resolved):
            resolved = scene.resolved[head]
            if resolved.spot.type == "nominal":
                self._nominals[resolved.entity].append(resolved.spot.text(scene.doc))

    def with_sector(self, entity: Entity) -> Entity:
        """The entity with its sector, where something tells it."""
        return replace(entity, sector=entity.sector or self.sector(entity))

    def sector(self, entity: Entity) -> str | None:
        """The sector of an entity; None for places, things, and actors of whom nothing tells it."""
        if entity.kind in ("place", "thing"):
            return None
        own = _by("kind", entity.kind) or self._of_kind(entity)
        whole = self._scene.entities.get(entity.part_of or "")
        return own or (self.sector(whole) if whole is not None and whole.id != entity.id else None)

    def _of_kind(self, entity: Entity) -> str | None:
        if entity.kind == "person":
            return self._of_person(entity)
        known = self._scene.lookups.entity(entity.id)
        return self._of_body(entity, known) or self._of_nominals(entity)

    def _of_person(self, entity: Entity) -> str | None:
        terms = self._scene.lookups.offices_of(entity.id) if entity.wikidata else ()
        for office in self._scene.offices.get(entity.id, ()):
            if (own := self._of_served(office.body)) is not None:
                return own
            same = [term for term in terms if term.role == role_of(office.title, office.country)]
            if same and _all_over(same, self._date):
                return FORMER
            if found := sector_of_title(office.title, office.country):
                return found
        return _sector_of_terms(terms, self._date) or self._of_nominals(entity)

    def _of_served(self, body: str | None) -> str | None:
        """The sector of the organisation that somebody leads or serves, where it is no state's ("Hamas leader")."""
        served = self._scene.entities.get(body or "")
        if served is None or served.kind not in ("organization", "group"):
            return None
        sector = self._of_body(served, self._scene.lookups.entity(served.id))
        return sector if sector in SERVED else None

    def _of_body(self, entity: Entity, known: KbEntity | None) -> str | None:
        """The sector of an organisation or group by itself, its name, or the source that knows it."""
        of_itself = _by("entity", entity.id, date=self._date)
        if of_itself is None and known is not None:
            of_itself = _by("label", fold(known.label), date=self._date)
        if of_itself or entity.kind == "group":
            return of_itself
        if known is not None and (by_source := _by("source", known.source)) not in (None, "BUS"):
            return by_source
        by_name = sector_of_words(entity.name, by="name")
        return by_name or (_by("source", known.source) if known is not None else None)

    def _of_nominals(self, entity: Entity) -> str | None:
        spoken = (*self._nominals.get(entity.id, ()), *([] if entity.wikidata else [entity.name]))
        return next((sector for words in spoken if (sector := sector_of_words(words))), None)


def _by(by: By, key: str, *, date: str | None = None) -> str | None:
    """The sector of the rule of this key that holds on a date."""
    return next((rule.sector for rule in sector_rules().get((by, key), ()) if rule.holds(date)), None)


def _sector_of_terms(terms: Sequence[Office], date: str | None) -> str | None:
    """The sector of the highest office held on a date; of the former elite, if all had ended before it."""
    current = [term for term in terms if (term.covers(date) if date else not term.end)]
    for term in sorted(current, key=lambda term: -role_rank(term.role)):
        sector = _by("role", term.role) or sector_of_words(term.title)
        if sector:
            return sector
    return FORMER if terms and _all_over(terms, date) else None


def _all_over(terms: Iterable[Office], date: str | None) -> bool:
    """Whether each of some terms had ended before a date."""
    return date is not None and all(term.ended_before(date) for term in terms)
