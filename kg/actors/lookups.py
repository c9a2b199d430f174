"""The knowledge base as the rules of this room ask it: by name, over and over, so answers are remembered."""

from __future__ import annotations

from functools import lru_cache

from kg.actors.folding import fold, is_acronym
from kg.actors.knowledge_base import FOLDED, Candidate, KbEntity, KnowledgeBase, Office
from kg.actors.words import given_names
from kg.model import Kind

REMEMBERED = 50_000
SETTLED = "settled"
OTHER_USES = frozenset({"demonym", "capital metonym", "government metonym"})
KNOWN_TOWN = 0.42  # of a town of some 200,000 whose name is nobody's family name
KNOWN_WORD, KNOWN_NAME = 0.55, 0.3  # how well known a name of one word, or of several or capitals, is to mean one thing


class Lookups:
    """Remembers what a knowledge base answered; the names of one language's news repeat."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge
        self._candidates = lru_cache(REMEMBERED)(knowledge.lookup)
        self._types = lru_cache(REMEMBERED)(self._types_of)
        self._settled = lru_cache(REMEMBERED)(self._settled_kind)
        self._countries = lru_cache(REMEMBERED)(knowledge.country)
        self._names = lru_cache(REMEMBERED)(knowledge.names)
        self._entities = lru_cache(REMEMBERED)(knowledge.entity)
        self._offices = lru_cache(REMEMBERED)(knowledge.offices_of)

    def __reduce__(self) -> tuple[type[Lookups], tuple[KnowledgeBase]]:
        return Lookups, (self.knowledge,)

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Whom a name may mean, best first."""
        return self._candidates(name)

    def kinds(self, name: str) -> frozenset[str]:
        """The kinds of the entities that bear a name."""
        return frozenset(candidate.entity.kind for candidate in self.candidates(name))

    def names(self, id: str) -> tuple[str, ...]:
        """The names of an entity."""
        return self._names(id)

    def entity(self, id: str) -> KbEntity | None:
        """The entity with an id, if it is known."""
        return self._entities(id)

    def offices_of(self, person: str) -> tuple[Office, ...]:
        """The terms of a person, the latest first."""
        return self._offices(person)

    def country(self, code: str) -> KbEntity | None:
        """The country with an ISO 3166-1 alpha-3 code."""
        return self._countries(code)

    def types(self, name: str) -> frozenset[str]:
        """The types of alias under which a name is known, with "country" or "place" where it names one, and "settled"
        where it has one meaning."""
        return self._types(name)

    def settled(self, name: str) -> Kind | None:
        """What a name is by the knowledge base alone: the kind of all that well known entities bear it; None for people
        and for names that may as well be a person's."""
        return self._settled(name)

    def _settled_kind(self, name: str) -> Kind | None:
        meant = [c for c in self.candidates(name) if c.fit >= FOLDED and c.alias_type not in OTHER_USES]
        kinds: set[Kind] = {c.entity.kind for c in meant}
        if len(kinds) != 1 or "person" in kinds:
            return None
        (kind,) = kinds
        several = " " in name or "-" in name or is_acronym(name)
        lone = kind == "place" and not self.knowledge.surname(name)
        least = KNOWN_NAME if several else KNOWN_TOWN if lone else KNOWN_WORD
        if meant[0].entity.salience < least:
            return None
        if kind != "country" and not several and fold(name) in given_names():
            return None
        return kind

    def _types_of(self, name: str) -> frozenset[str]:
        found = self.candidates(name)
        named = (c.entity.kind for c in found if c.alias_type not in ("demonym", "capital metonym"))
        settled = {SETTLED} if self.settled(name) else set[str]()
        return frozenset({c.alias_type for c in found} | ({"country", "place"} & set(named)) | settled)
