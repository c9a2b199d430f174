"""The family names under which articles mention people after the first time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.actors.folding import fold
from kg.training.kb.facts import EntityFact

PARTICLES = frozenset(
    ("von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "el", "al", "bin", "ibn")
    + ("ben", "abu", "ter", "ten", "zu")
)
SUFFIX = re.compile(r" (jr|sr|[ivx]+)$")


def surnames(name: str, *, family_first: bool) -> list[str]:
    """The folded family names of a full name: with and without particles, and both parts of a double name.

    Where the family name comes first, some people write it last, so that both ends count.

    >>> surnames("Ursula von der Leyen", family_first=False)
    ['leyen', 'von der leyen']
    >>> surnames("Xi Jinping", family_first=True), surnames("Bashar al-Assad", family_first=False)
    (['jinping', 'xi'], ['al assad', 'assad'])
    """
    words = SUFFIX.sub("", fold(name)).split()
    if len(words) < 2:
        return []
    if family_first:
        return sorted({word for word in (words[0], words[-1]) if len(word) > 1})
    first = len(words) - 1
    while first > 1 and words[first - 1] in PARTICLES:
        first -= 1
    return sorted({words[-1], " ".join(words[first:])})


def surname_rows(people: Iterable[EntityFact], *, family_first: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Family name and entity, for every person."""
    for person in people:
        for surname in surnames(person.label, family_first=person.country in family_first):
            yield surname, person.id
