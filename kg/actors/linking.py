"""Link names to the knowledge base: candidates by alias, ranked by what the article says about them.

A candidate's score adds up evidence: how well known the meaning is (its prior), whether its kind fits the label of the
recogniser, by what sort of alias it was found, whether its country is named in the article, and, for people, whether
an office that the article gives them is one that they held. Below :data:`THRESHOLD` nothing is linked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kg.actors.folding import fold, skeleton
from kg.actors.knowledge_base import FOLDED, TRANSLITERATED, Candidate, KbEntity
from kg.actors.lookups import Lookups
from kg.actors.offices import StatedOffice
from kg.actors.roles import role_of, role_rank
from kg.actors.spots import DEMONYM, DEMONYMS
from kg.actors.words import actor_nouns, word_set
from kg.model import Entity, Kind, content_id

THRESHOLD = 0.58  # by GUM train: what falls below is wrong every second time
LOCAL_SCORE = 0.5
PRIOR_WEIGHT = 0.6
UNSUPPORTED = -0.07  # a namesake: only the best known are meant where nothing else in the article points to them
LABEL_FITS, LABEL_UNKNOWN, LABEL_DIFFERS, LABEL_CONTRADICTS = 0.2, 0.1, 0.05, 0.25
COUNTRY_IS_NAMED, COUNTRY_IS_MAIN = 0.15, 0.1
METROPOLIS, METROPOLITAN = 1_000_000, 0.05  # by its name alone a metropolis is meant rather than the region around it
LIES_THERE, LIES_ELSEWHERE = 0.2, 0.4
PART_OF_NAME = 0.2
COUNTRY_GOES_BEFORE = 0.3  # of a capital that is called like its country
OF_ANOTHER_STATE = 0.6
WELL_KNOWN_BODY = 0.65  # "the State Department" is one country's wherever it stands
ELSEWHERE, KNOWN = 0.25, 0.5  # of a town that few know where the article names other countries alone
RESPELLED, FOREIGN_ACRONYM = 0.25, 0.3
FAMOUS, FAMOUS_PERSON, MORE_FAMOUS = 0.7, 0.68, 0.1
MISTAKEN = frozenset({"GPE", "ORG", "LOC", ""})  # what the recogniser may take a surname for
HIGH_OFFICE, WELL_KNOWN_OFFICE = 85, 62
GENERAL_ROLES = frozenset({"deputy", "minister", "official", "director", "judge", "legislator", "ambassador"})
SURNAME_AND_OFFICE = 0.8
LONGEST_OWNER = 3
BODY_PATTERNS = ("{body}", "{owner} {body}", "{body} of {owner}", "{body} of the {owner}", "{body} Party")
SETTLEMENT_LABELS = frozenset({"GPE", "LOC"})
RANKS_OF_PLACES = ("City of ", "Town of ", "State of ", "Province of ")
BODY_LABELS = frozenset({"ORG", "FAC", ""})
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
OTHER_ALIAS_SCORE = 0.2


#: A candidate with its score before it, and the reason behind.
Ranked = tuple[float, Candidate, str]


@dataclass(frozen=True, slots=True)
class Link:
    """The entity that a name was linked to, or a local one, with the linker's reason and score."""

    entity: Entity
    reason: str
    score: float
    linked: bool


@dataclass(slots=True)
class Context:
    """What the article says around a name: its date, how often it names each country, by ISO code, and places in it."""

    date: str | None = None
    countries: Counter[str] = field(default_factory=Counter[str])
    places: Counter[str] = field(default_factory=Counter[str])

    @property
    def main_country(self) -> str | None:
        """The country named most often, if one is."""
        ranked = self.countries.most_common(2)
        alone = len(ranked) == 1 or (len(ranked) > 1 and ranked[0][1] > ranked[1][1])
        return ranked[0][0] if alone else None

    def support(self, country: str | None) -> float:
        """How much speaks for something of a country: the more, the more often the article names it or places in it."""
        named = {code: self.countries[code] + self.places[code] / 2 for code in {*self.countries, *self.places}}
        if country not in named:
            return 0.0
        return COUNTRY_IS_NAMED + COUNTRY_IS_MAIN * named[country] / max(named.values())


@dataclass(frozen=True, slots=True)
class Name:
    """A name to link: its spellings (fullest first), its label, and what its words tell of it.

    ``acts`` says whether the name stands where an actor does ("Washington said") rather than a place, ``within``
    whether it is only a part of longer names, ``inside`` where it lies by the name behind it, as the ISO code of the
    country ("Cambridge, Massachusetts"), ``behind_place`` whether it says so itself of a name before it, and ``owner``
    the ISO code of the country whose body it is ("the Iranian Ministry of Defence"). ``governs`` says that a government
    is called by it ("the X administration").
    """

    spellings: tuple[str, ...]
    label: str = ""
    acts: bool = False
    within: bool = False
    inside: str | None = None
    behind_place: bool = False
    owner: str | None = None
    governs: bool = False
    offices: tuple[StatedOffice, ...] = ()


@dataclass(slots=True)
class Linker:
    """Ranks the candidates of a knowledge base for the names of one article."""

    lookups: Lookups
    context: Context

    def link(self, name: Name, *, article: str) -> Link:
        """The best candidate above the threshold, else a local entity."""
        ranked = self._ranked_fully(name)
        if ranked and ranked[0][0] >= THRESHOLD and not _tied(ranked):
            score, candidate, why = ranked[0]
            return Link(linked_entity(candidate.entity, name.spellings, min(score, 1.0)), why, min(score, 1.0), True)
        owner = self.lookups.country(name.owner) if name.owner else None
        entity = local_entity(name, article=article, owner=owner)
        return Link(entity, "no entry in the knowledge base fits", LOCAL_SCORE, False)

    def _ranked_fully(self, name: Name) -> list[Ranked]:
        """The candidates of a name; a bare noun ("Congress") and an unknown body only as one of its or the main
        country's."""
        bare = fold(name.spellings[0]) in actor_nouns()
        if bare and not is_generic(name.spellings[0]):
            return []
        ranked = [] if bare else self.ranked(name)
        if name.label in BODY_LABELS and is_generic(name.spellings[0]):
            return self._own_bodies(name, ranked)
        if ranked and ranked[0][0] >= THRESHOLD:
            return ranked
        if name.label in SETTLEMENT_LABELS:
            return ranked or self.ranked(replace(name, spellings=_with_or_without_rank(name.spellings[0])))
        if name.label not in BODY_LABELS:
            return ranked
        plain = _without_sort(name.spellings[0])
        return self._bodies(name) or ranked or (self.ranked(replace(name, spellings=(plain,))) if plain else [])

    def _own_bodies(self, name: Name, ranked: list[Ranked]) -> list[Ranked]:
        """The bodies that a name without a country's means: those of the country beside it, else of the main one, and
        those of none ("the Security Council")."""
        state = name.owner or self.context.main_country
        of_none = [item for item in ranked if item[1].entity.country is None]
        own = [item for item in ranked if item[1].entity.country is not None and item[1].entity.country == state]
        if own or of_none:
            return own or of_none
        known = [item for item in ranked if item[1].entity.salience >= WELL_KNOWN_BODY]
        if known and " " in name.spellings[0] and name.owner is None:
            return known
        owner = self.lookups.country(state) if state else None
        return self._bodies_of(owner, name.spellings[0], name) if owner else []

    def _bodies(self, name: Name) -> list[Ranked]:
        """The bodies that a name means as those of the actor that it begins with, else of the main country."""
        owner, body = self._owner(name.spellings[0])
        return self._bodies_of(owner, body, name) if owner is not None else []

    def _bodies_of(self, owner: KbEntity, body: str, name: Name) -> list[Ranked]:
        bodies = tuple(pattern.format(body=body, owner=owner.label) for pattern in BODY_PATTERNS)
        found = self.ranked(replace(name, spellings=bodies))
        return [item for item in found if item[1].entity.country == owner.country]

    def _owner(self, name: str) -> tuple[KbEntity | None, str]:
        words = name.split()
        for end in range(min(len(words) - 1, LONGEST_OWNER), 0, -1):
            for candidate in self.lookups.candidates(" ".join(words[:end])):
                international = candidate.entity.kind == "organization" and candidate.entity.country is None
                if international or (candidate.entity.kind == "country" and candidate.alias_type not in METONYMS):
                    return candidate.entity, " ".join(words[end:])
        return (self.lookups.country(self.context.main_country) if self.context.main_country else None), name

    def ranked(self, name: Name) -> list[Ranked]:
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

    def _by_surname(self, name: Name) -> list[Ranked]:
        """The one person of a surname who held, at the article's date, an office that the article gives ("President
        Berg"); where only the country is left open, it must be one that the article names."""
        surname = name.spellings[0]
        if len(fold(surname).split()) > 1:
            return []
        if "person" not in KINDS_OF_LABEL.get(name.label, ()):
            unknown = name.label in MISTAKEN and not self.lookups.candidates(surname)
            return self._by_fame(surname, only_in_office=True) if unknown else []
        if not name.offices:
            return self._by_fame(surname, governs=name.governs)
        holders = [c for c in self.lookups.knowledge.surname(surname) if self._office_held(name.offices, c.entity)]
        in_office = [c for c in holders if self._in_office(c.entity)]
        current = in_office or [c for c in holders if self._may_be_in_office(c.entity)]
        if not any(office.country for office in name.offices):
            current = [c for c in current if c.entity.country in self.context.countries]
        if len(current) != 1:
            return []
        return [(SURNAME_AND_OFFICE, current[0], "surname and office at the article's date")]

    def _by_fame(self, surname: str, *, governs: bool = False, only_in_office: bool = False) -> list[Ranked]:
        """The leader or minister whom a surname alone means, by far the best known of that name: in office at the
        article's date, or at any time where the article names the country."""
        bearers = self.lookups.knowledge.surname(surname)
        known = [*(bearer.entity.salience for bearer in bearers), 0.0, 0.0]
        if known[0] < FAMOUS_PERSON or known[0] - known[1] < MORE_FAMOUS:
            return []
        date = self.context.date
        offices = [o for o in self.lookups.offices_of(bearers[0].entity.id) if role_rank(o.role) >= WELL_KNOWN_OFFICE]
        if date and any(office.covers(date) for office in offices):
            return [(SURNAME_AND_OFFICE, bearers[0], "surname of a leader in office at the article's date")]
        if only_in_office:
            return []
        if not governs and bearers[0].entity.country not in self.context.countries:
            return []
        if offices and self._may_be_in_office(bearers[0].entity):
            return [(SURNAME_AND_OFFICE, bearers[0], "surname of a minister of a country that is named")]
        led = any(role_rank(o.role) >= HIGH_OFFICE and (not date or not o.start or o.start <= date) for o in offices)
        return [(SURNAME_AND_OFFICE, bearers[0], "surname of a leader of a country that is named")] if led else []

    def _in_office(self, entity: KbEntity) -> bool:
        date = self.context.date
        return date is None or any(term.covers(date) for term in self.lookups.offices_of(entity.id))

    def _may_be_in_office(self, entity: KbEntity) -> bool:
        """Whether somebody who held an office before the date is not known to have left it: the article says so."""
        date = self.context.date or ""
        terms = [term for term in self.lookups.offices_of(entity.id) if (term.start or "") <= date]
        return any(not term.ended_before(date) for term in terms)

    def _score(self, name: Name, spelling: str, candidate: Candidate) -> tuple[float, str]:
        entity = candidate.entity
        expected = KINDS_OF_LABEL.get(name.label)
        score = PRIOR_WEIGHT * candidate.score
        if expected is None:
            score += LABEL_UNKNOWN
        elif entity.kind in expected:
            score += LABEL_FITS
        else:
            score -= LABEL_CONTRADICTS if "person" in (*expected, entity.kind) else LABEL_DIFFERS
        if entity.kind == "person":
            evidence, why = self._person_evidence(name, spelling, entity)
            return round(score + evidence, 3), why
        score += self._alias_evidence(name, candidate)
        if name.owner and entity.kind == "organization" and entity.country not in (name.owner, None):
            score -= OF_ANOTHER_STATE
        if entity.kind != "country":
            score += self._surroundings(name, spelling, candidate)
        elif candidate.fit <= TRANSLITERATED and entity.country not in self.context.countries:
            score -= RESPELLED
        return round(score, 3), f"{candidate.alias_type} of a {entity.kind}"

    def _surroundings(self, name: Name, spelling: str, candidate: Candidate) -> float:
        """What the countries that the article names, and the names beside this one, tell of a place or organisation.

        The name of a country says nothing for a town of that name in it.
        """
        entity = candidate.entity
        support = 0.0 if self._names_country(spelling, entity.country) else self.context.support(entity.country)
        score = max(support, COUNTRY_IS_NAMED) if entity.kind == "place" and entity.salience >= FAMOUS else support
        if not support and entity.country:
            score -= RESPELLED if candidate.fit <= TRANSLITERATED else 0.0
            score -= FOREIGN_ACRONYM if candidate.alias_type == "acronym" and entity.salience < FAMOUS else 0.0
            score -= PART_OF_NAME if name.within else 0.0
            score -= ELSEWHERE if entity.kind == "place" and entity.salience < KNOWN and self.context.countries else 0.0
        if entity.kind == "place" and self._names_country(spelling, entity.country):
            score -= COUNTRY_GOES_BEFORE
        if entity.kind == "place":
            score += METROPOLITAN if (entity.population or 0) >= METROPOLIS and not name.behind_place else 0.0
            if name.inside:
                score += LIES_THERE if entity.country == name.inside else -LIES_ELSEWHERE
        return score

    def _names_country(self, spelling: str, country: str | None) -> bool:
        return any(
            c.entity.kind == "country" and c.entity.country == country and c.alias_type not in METONYMS
            for c in self.lookups.candidates(spelling)
        )

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
        full = len(fold(spelling).split()) > 1 or self._is_own_name(spelling, entity)
        held = self._office_held(name.offices, entity)
        if not held and self._serves_another_state(name.offices, entity):
            return -OF_ANOTHER_STATE, "an office of another country"
        if held:
            return (0.6 if full else 0.45), f"name and office ({held})"
        if not full:
            return -1.0, "a surname alone"
        if entity.country and entity.country in self.context.countries:
            return 0.4, "full name, and the person's country is named"
        return UNSUPPORTED, "full name"

    def _is_own_name(self, spelling: str, entity: KbEntity) -> bool:
        """Whether one word is all of a name under which somebody is known, as the knowledge base has it."""
        return any(c.entity.id == entity.id and c.fit >= FOLDED for c in self.lookups.candidates(spelling))

    def _serves_another_state(self, offices: Iterable[StatedOffice], entity: KbEntity) -> bool:
        """Whether the article gives somebody offices of countries with which the person has nothing to do."""
        stated = {office.country for office in offices if office.country}
        known = {entity.country, *(term.country for term in self.lookups.offices_of(entity.id))} - {None}
        return bool(stated and known) and not stated & known

    def _office_held(self, offices: Iterable[StatedOffice], entity: KbEntity) -> str | None:
        for office in offices:
            role = role_of(office.title, office.country)
            country = office.country
            for term in self.lookups.knowledge.offices_of(entity.id):
                same_place = country is None or term.country == country
                if same_place and _same_function(office.title, role, term.title, term.role):
                    return office.title
        return None


def _with_or_without_rank(name: str) -> tuple[str, ...]:
    """A place without the noun before it ("City of X"), or with one where it has none.

    >>> _with_or_without_rank("State of Kano"), _with_or_without_rank("Kano")[0]
    (('Kano',), 'City of Kano')
    """
    bare = next((name.removeprefix(rank) for rank in RANKS_OF_PLACES if name.startswith(rank)), "")
    return (bare,) if bare else tuple(rank + name for rank in RANKS_OF_PLACES)


def _without_sort(name: str) -> str:
    """An organisation's name without the words for what it is, behind it; "" where there are none.

    >>> _without_sort("ISIL terrorist group"), _without_sort("Free Syrian Army")
    ('ISIL', '')
    """
    words = name.split()
    while len(words) > 1 and words[-1].lower() in word_set("sort of group"):
        words = words[:-1]
    return " ".join(words) if len(words) < len(name.split()) else ""


def _same_function(title: str, role: str, held_title: str, held_role: str) -> bool:
    """Whether a stated office is the one held: the same class, or for classes that many belong to the same words.

    Articles confuse presidents and prime ministers, so that one of the two stands for the other.
    """
    if role in GENERAL_ROLES:
        return bool(role_rank(role)) and set(fold(title).split()) <= set(fold(held_title).split())
    if role_rank(role) >= HIGH_OFFICE:
        return role_rank(held_role) >= HIGH_OFFICE
    return bool(role_rank(role)) and role == held_role


def _tied(ranked: list[Ranked]) -> bool:
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


def local_entity(name: Name, *, article: str, owner: KbEntity | None = None) -> Entity:
    """An entity that only its name identifies, for people in any transliteration and with the country that they serve.

    A person of whom one word is known, and a body that only its function names, are bound to the article.
    """
    kind = KIND_OF_LABEL.get(name.label, "thing")
    normalised, text = fold(name.spellings[0]), name.spellings[0]
    parts: tuple[str, ...] = ("entity", kind, normalised)
    country = None
    if kind == "person":
        country = next((office.country for office in name.offices if office.country), None)
        parts = ("entity", kind, skeleton(normalised), country or "")
        if len(normalised.split()) == 1:
            parts = (*parts, article)
    elif kind == "organization" and is_generic(text):
        parts = (*parts, owner.id if owner else article)
        country = owner.country if owner else None
        text = f"{text} of {owner.label}" if owner and fold(owner.label) not in normalised else text
    return Entity(
        id="x" + content_id(*parts),
        kind=kind,
        name=text,
        names=tuple(sorted({*name.spellings, text})),
        country=country,
        score=LOCAL_SCORE,
    )


def is_generic(name: str) -> bool:
    """Whether a name tells what a body is, but not whose ("Ministry of Defence", "Supreme Court").

    >>> is_generic("Ministry of Foreign Affairs"), is_generic("Knesset"), is_generic("Bank of Ghana")
    (True, False, False)
    """
    words = fold(name).split()
    return bool(words) and all(word in word_set("word of a body") for word in words)
