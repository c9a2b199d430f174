"""Link names to the knowledge base: candidates by alias, ranked by what the article says about them.

A candidate's score adds up evidence: how well known the meaning is (its prior), whether its kind fits the label of the
recogniser, by what sort of alias it was found, whether its country is named in the article, and, for people, whether
an office that the article gives them is one that they held. Below :data:`THRESHOLD` nothing is linked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.actors.folding import fold
from kg.actors.knowledge_base import Candidate, KbEntity
from kg.actors.lookups import Lookups
from kg.actors.offices import StatedOffice
from kg.actors.roles import role_of, role_rank
from kg.actors.spots import DEMONYM, DEMONYMS
from kg.model import Entity, Kind, content_id

THRESHOLD = 0.5
PRIOR_WEIGHT = 0.6
HIGH_OFFICE = 85
SURNAME_AND_OFFICE = 0.8
METONYMS = frozenset({"capital metonym", "government metonym"})
KINDS_OF_LABEL: dict[str, frozenset[str]] = {
    "PERSON": frozenset({"person"}),
    "PER": frozenset({"person"}),
    "ORG": frozenset({"organization", "group"}),
    "GPE": frozenset({"country", "place"}),
    "LOC": frozenset({"place", "country"}),
    "FAC": frozenset({"place", "organization"}),
    "NORP": frozenset({"country", "group", "organization"}),
    DEMONYM: frozenset({"country"}),
    DEMONYMS: frozenset({"country"}),
}
KIND_OF_LABEL: dict[str, Kind] = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
    "EVENT": "thing",
}
ALIAS_SCORES = {"label": 0.2, "acronym": 0.2, "demonym": -0.3, "capital metonym": -0.3, "government metonym": -0.1}
OTHER_ALIAS_SCORE = 0.12


@dataclass(frozen=True, slots=True)
class Link:
    """The entity that a name was linked to, or a local one, with the linker's reason and score."""

    entity: Entity
    reason: str
    score: float
    linked: bool


@dataclass(slots=True)
class Context:
    """What the article says around a name: its date, and the ISO codes of the countries that it names."""

    date: str | None = None
    countries: set[str] = field(default_factory=set[str])


@dataclass(frozen=True, slots=True)
class Name:
    """A name to link: its spellings (fullest first), its label, and what its words tell of it.

    ``acts`` says whether the name stands where an actor does ("Washington said") rather than a place.
    """

    spellings: tuple[str, ...]
    label: str = ""
    acts: bool = False
    offices: tuple[StatedOffice, ...] = ()


@dataclass(slots=True)
class Linker:
    """Ranks the candidates of a knowledge base for the names of one article."""

    lookups: Lookups
    context: Context

    def link(self, name: Name, *, article: str) -> Link:
        """The best candidate above the threshold, else a local entity."""
        ranked = self.ranked(name)
        if ranked and ranked[0][0] >= THRESHOLD and not _tied(ranked):
            score, candidate, why = ranked[0]
            return Link(linked_entity(candidate.entity, name.spellings, min(score, 1.0)), why, min(score, 1.0), True)
        return Link(local_entity(name, article=article), "no entry in the knowledge base fits", THRESHOLD, False)

    def ranked(self, name: Name) -> list[tuple[float, Candidate, str]]:
        """Score, candidate and reason, best first, one for each entity."""
        best: dict[str, tuple[float, Candidate, str]] = {}
        for spelling in name.spellings:
            for candidate in self.lookups.candidates(spelling):
                score, why = self._score(name, spelling, candidate)
                if candidate.entity.id not in best or score > best[candidate.entity.id][0]:
                    best[candidate.entity.id] = (score, candidate, why)
        for item in self._by_surname(name):
            best.setdefault(item[1].entity.id, item)
        return sorted(best.values(), key=lambda item: (-item[0], item[1].entity.id))

    def _by_surname(self, name: Name) -> list[tuple[float, Candidate, str]]:
        """The one person of a surname who held, at the article's date, an office that the article gives ("President
        Berg"); where only the country is left open, it must be one that the article names."""
        surname = name.spellings[0]
        if not name.offices or len(fold(surname).split()) > 1 or "person" not in KINDS_OF_LABEL.get(name.label, ()):
            return []
        holders = [c for c in self.lookups.knowledge.surname(surname) if self._office_held(name.offices, c.entity)]
        current = [c for c in holders if self._in_office(c.entity)]
        if not any(office.country for office in name.offices):
            current = [c for c in current if c.entity.country in self.context.countries]
        if len(current) != 1:
            return []
        return [(SURNAME_AND_OFFICE, current[0], "surname and office at the article's date")]

    def _in_office(self, entity: KbEntity) -> bool:
        date = self.context.date
        return date is None or any(term.covers(date) for term in self.lookups.knowledge.offices_of(entity.id))

    def _score(self, name: Name, spelling: str, candidate: Candidate) -> tuple[float, str]:
        entity = candidate.entity
        expected = KINDS_OF_LABEL.get(name.label)
        score = PRIOR_WEIGHT * candidate.score
        if expected is not None:
            score += 0.2 if entity.kind in expected else -0.25
        else:
            score += 0.1
        if entity.kind == "person":
            evidence, why = self._person_evidence(name, spelling, entity)
            return round(score + evidence, 3), why
        score += self._alias_evidence(name, candidate)
        if entity.kind != "country" and entity.country in self.context.countries:
            score += 0.1
        return round(score, 3), f"{candidate.alias_type} of a {entity.kind}"

    def _alias_evidence(self, name: Name, candidate: Candidate) -> float:
        kind = candidate.alias_type
        if kind == "demonym" and name.label in (DEMONYM, DEMONYMS, "NORP"):
            return 0.4
        if kind in METONYMS and name.acts:
            return 0.5
        if candidate.entity.kind == "place" and name.acts:
            return -0.1
        return ALIAS_SCORES.get(kind, OTHER_ALIAS_SCORE)

    def _person_evidence(self, name: Name, spelling: str, entity: KbEntity) -> tuple[float, str]:
        """A full name counts most, then an office that the person held, then the person's country in the article."""
        full = len(fold(spelling).split()) > 1
        held = self._office_held(name.offices, entity)
        if held:
            return (0.6 if full else 0.45), f"name and office ({held})"
        if not full:
            return -1.0, "a surname alone"
        if entity.country and entity.country in self.context.countries:
            return 0.4, "full name, and the person's country is named"
        return 0.1, "full name"

    def _office_held(self, offices: Iterable[StatedOffice], entity: KbEntity) -> str | None:
        for office in offices:
            role = role_of(office.title, office.country)
            country = office.country
            for term in self.lookups.knowledge.offices_of(entity.id):
                same_place = country is None or term.country == country
                if same_place and role_rank(role) and (term.role == role or _both_lead(term.role, role)):
                    return office.title
        return None


def _both_lead(one: str, other: str) -> bool:
    """Articles confuse presidents and prime ministers."""
    return role_rank(one) >= HIGH_OFFICE and role_rank(other) >= HIGH_OFFICE


def _tied(ranked: list[tuple[float, Candidate, str]]) -> bool:
    return len(ranked) > 1 and ranked[0][0] - ranked[1][0] < 0.01


def linked_entity(entity: KbEntity, spellings: Iterable[str], score: float) -> Entity:
    """The model's entity of a knowledge-base entry, with the spellings of this article."""
    return Entity(
        id=entity.id,
        kind=entity.kind,
        name=entity.label,
        names=tuple(sorted({*spellings, entity.label})),
        wikidata=entity.wikidata,
        country=entity.country,
        score=score,
    )


def local_entity(name: Name, *, article: str) -> Entity:
    """An entity that only its name identifies; a person of whom one word is known is bound to the article."""
    kind = KIND_OF_LABEL.get(name.label, "thing")
    normalised = fold(name.spellings[0])
    lone = kind == "person" and len(normalised.split()) == 1
    parts = ("entity", kind, normalised, article) if lone else ("entity", kind, normalised)
    return Entity(
        id="x" + content_id(*parts),
        kind=kind,
        name=name.spellings[0],
        names=tuple(sorted(set(name.spellings))),
        score=THRESHOLD,
    )
