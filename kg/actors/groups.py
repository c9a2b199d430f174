"""Entities that only an article's words make: groups and parts of a whole, pairs, and people known by what they are."""

from __future__ import annotations

from collections.abc import Sequence

from kg.actors.folding import fold
from kg.model import Entity, Kind, content_id

LOCAL_SCORE = 0.6


def part_entity(
    noun: str, *, kind: Kind, text: str, whole: Entity | None, qualities: Sequence[str] = (), bound_to: str = ""
) -> Entity:
    """A group or part: "NATO members" of NATO, whatever the words ("members of NATO").

    ``qualities`` are the other words that tell it from its like ("ground" troops). ``bound_to`` keeps what has no whole
    inside its article, since "the protesters" of two articles differ.

    >>> nato = Entity(id="Q7184", kind="organization", name="NATO")
    >>> one = part_entity("member", kind="group", text="NATO members", whole=nato)
    >>> one.id == part_entity("member", kind="group", text="members of NATO", whole=nato).id
    True
    """
    words = " ".join((*sorted(fold(q) for q in qualities), noun))
    normalised = f"{words} of {fold(whole.name)}" if whole else words
    parts = ("entity", kind, normalised, bound_to) if bound_to else ("entity", kind, normalised)
    return Entity(
        id="x" + content_id(*parts),
        kind=kind,
        name=text,
        names=(text,),
        country=whole.country if whole else None,
        part_of=whole.id if whole else None,
        score=LOCAL_SCORE,
    )


def pair_entity(members: Sequence[Entity]) -> Entity:
    """Two or more actors that are spoken of together; the order in which they are named makes no difference.

    >>> a, b = (Entity(id=name, kind="country", name=name) for name in ("Chad", "Mali"))
    >>> pair_entity([a, b]).id == pair_entity([b, a]).id, pair_entity([b, a]).name
    (True, 'Chad and Mali')
    """
    names = sorted({member.name for member in members})
    name = " and ".join(names)
    id = "x" + content_id("entity", "group", fold(name))
    return Entity(id=id, kind="group", name=name, names=(name,), score=LOCAL_SCORE)
