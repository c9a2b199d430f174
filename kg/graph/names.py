"""Finding an entity by any of its names, whatever their case and accents."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.model import Entity

_WORD = re.compile(r"\w+")


def fold(name: str) -> str:
    """A name as it is compared: without case, accents and punctuation.

    >>> fold("Viktor  ORBÁN")
    'viktor orban'
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(_WORD.findall(plain.replace("'", "").replace("’", "").replace(".", "")))


class NameIndex:
    """The entities of a graph by their folded names; the one that takes part in most comes first."""

    def __init__(self, entities: Iterable[Entity], weights: Mapping[str, int]) -> None:
        self._entities = {entity.id: entity for entity in entities}
        self._weights = weights
        self._by_name: defaultdict[str, set[str]] = defaultdict(set)
        for entity in self._entities.values():
            for name in (entity.name, *entity.names):
                self._by_name[fold(name)].add(entity.id)

    def find(self, name: str) -> list[Entity]:
        """Those with this id or name; failing that, those with a name that has all of its words."""
        if name in self._entities:
            return [self._entities[name]]
        wanted = fold(name)
        if not wanted:
            return []
        return self._ranked(self._by_name.get(wanted, set()) or self._with_words(set(wanted.split())))

    def _with_words(self, words: set[str]) -> set[str]:
        return {id for name, ids in self._by_name.items() if words <= set(name.split()) for id in ids}

    def _ranked(self, ids: set[str]) -> list[Entity]:
        return [self._entities[id] for id in sorted(ids, key=lambda id: (-self._weights.get(id, 0), id))]
