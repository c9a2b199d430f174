"""The knowledge base as the rules of this room ask it: by name, over and over, so answers are remembered."""

from __future__ import annotations

from functools import lru_cache

from kg.actors.knowledge_base import Candidate, KbEntity, KnowledgeBase, Office

REMEMBERED = 50_000


class Lookups:
    """Remembers what a knowledge base answered; the names of one language's news repeat."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge
        self._candidates = lru_cache(REMEMBERED)(knowledge.lookup)
        self._types = lru_cache(REMEMBERED)(self._types_of)
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
        """The types of alias under which a name is known, with "country" or "place" where it names one."""
        return self._types(name)

    def _types_of(self, name: str) -> frozenset[str]:
        found = self.candidates(name)
        named = (c.entity.kind for c in found if c.alias_type not in ("demonym", "capital metonym"))
        return frozenset({c.alias_type for c in found} | ({"country", "place"} & set(named)))
