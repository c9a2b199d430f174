"""Who holds an office: the people of the article first, then the knowledge base at the article's date."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

from kg.actors.folding import fold
from kg.actors.knowledge_base import CLASSES
from kg.actors.linking import linked_entity
from kg.actors.offices import StatedOffice
from kg.actors.roles import role_of, role_rank
from kg.actors.scene import Scene
from kg.actors.words import ActorNoun
from kg.model import Entity

OFFICES = Path(__file__).with_name("data") / "states_of_offices.csv"
CLEARLY_MORE = 3
LEADER_RANK = 85
HEAD_OF_BODY_RANK = 45
LOOK_BACK = 40
HOLDER_SCORE = 0.8


def holder_in_article(
    scene: Scene, noun: ActorNoun, office: StatedOffice, *, head: int, country: str | None
) -> str | None:
    """The person mentioned last whose office in the article is the one that a nominal names.

    A nominal with a country asks for that country, and finds its holder even where the name comes later; "the
    president" alone takes the president mentioned last.
    """
    for antecedent in scene.discourse.recent(head, sentences=LOOK_BACK):
        entity = scene.entities.get(antecedent.entity)
        if entity is None or entity.kind != "person":
            continue
        if any(_same_office(noun, office, held, country) for held in scene.offices.get(entity.id, ())):
            return entity.id
    if country is None:
        return None
    later = {id for id, held in scene.offices.items() if any(_same_office(noun, office, one, country) for one in held)}
    return later.pop() if len(later) == 1 else None


def _same_office(noun: ActorNoun, asked: StatedOffice, held: StatedOffice, country: str | None) -> bool:
    """Whether "the Russian leader" or "the minister" fits a person called "Russian Foreign Minister"."""
    if country is not None and held.country != country:
        return False
    if asked.body is not None and country is None and held.body != asked.body:
        return False
    if noun.role == "leader" and leads_country(noun, asked.title):
        least = LEADER_RANK if asked.body is None or country is not None else HEAD_OF_BODY_RANK
        return role_rank(role_of(held.title, held.country)) >= least or noun.noun in fold(held.title).split()
    words = set(fold(held.title).split())
    return noun.noun in words and all(w in words for w in fold(asked.title).split() if w not in _ORDINARY)


_ORDINARY = frozenset({"the", "a", "his", "her", "of", "new", "top", "current"})
_OF_A_COUNTRY = frozenset({"supreme", "national", "veteran", "longtime", "long", "embattled", "s"})


def holder_at_date(scene: Scene, noun: ActorNoun, office: StatedOffice) -> Entity | None:
    """The one person who held the office at the article's date, by the knowledge base.

    Without a date, or where the office is shared, "former" or that of a deputy, nobody.
    """
    if not office.country or fold(office.title).startswith(("former ", "ex ", "late ")):
        return None
    if noun.role == "leader" and leads_country(noun, office.title):
        return _only_holder(scene, "leader", office.country)
    role = role_of(office.title, office.country)
    return _only_holder(scene, office.title, office.country) if role in CLASSES else None


def leads_country(noun: ActorNoun, title: str) -> bool:
    """Whether a leader is that of the whole country, not a "spy chief", a "police chief" or "the opposition leader".

    >>> from kg.actors.words import actor_nouns
    >>> leads_country(actor_nouns()["leader"], "new leader"), leads_country(actor_nouns()["chief"], "spy chief")
    (True, False)
    """
    if noun.noun in ("chief", "head"):
        return False
    words = set(fold(title).split()) - {noun.noun, *_ORDINARY, *_OF_A_COUNTRY}
    return not words


def _only_holder(scene: Scene, role: str, country: str) -> Entity | None:
    date = scene.article.published
    people = {term.person for term in scene.knowledge.holders(role, country, date=date)} if date else set[str]()
    holder = scene.knowledge.entity(people.pop()) if len(people) == 1 else None
    return linked_entity(holder, (), HOLDER_SCORE) if holder is not None else None


def counterpart(scene: Scene, owner: Entity, country: str) -> str | None:
    """Who holds in another country the office that somebody holds, in the article or at its date."""
    for own in scene.offices.get(owner.id, ()):
        role = role_of(own.title, own.country)
        if not role_rank(role):
            continue
        for id, offices in scene.offices.items():
            if any(one.country == country and role_of(one.title, one.country) == role for one in offices):
                return id
        known = _only_holder(scene, role, country)
        if known is not None:
            return scene.add_entity(known).id
    return None


def has_function(scene: Scene, person: str, noun: ActorNoun) -> bool:
    """Whether a person is a "leader" or "president", by the article or by an office held at its date."""
    date = scene.article.published
    known = (t for t in scene.knowledge.offices_of(person) if date is None or t.covers(date))
    held = [(o.title, role_of(o.title, o.country)) for o in scene.offices.get(person, ())]
    held += [(term.title, term.role) for term in known]
    if noun.role == "leader":
        return any(role_rank(role) >= LEADER_RANK for _, role in held)
    return any(noun.noun in fold(title).split() for title, _ in held)


@cache
def _states_of_offices() -> dict[str, str]:
    with OFFICES.open(encoding="utf8", newline="") as file:
        return {row["title"]: row["country"] for row in csv.DictReader(file)}


def state_of_office(scene: Scene, title: str) -> Entity | None:
    """The state whose office a title without one is: by the title itself ("Home Secretary"), else the country
    that the article names alone, or three times as often as any other."""
    words = fold(title)
    if role_of(title) not in CLASSES or fold(words).startswith(("former ", "ex ")):
        return None
    if code := _states_of_offices().get(words):
        return scene.country(code)
    counts = Counter(
        entity.country
        for one in scene.named.values()
        if (entity := scene.entities.get(one.entity)) is not None and entity.kind == "country" and entity.country
    )
    ranked = counts.most_common(2)
    alone = len(ranked) == 1 or (len(ranked) == 2 and ranked[0][1] >= CLEARLY_MORE * ranked[1][1])
    return scene.country(ranked[0][0]) if alone and ranked[0][0] else None
