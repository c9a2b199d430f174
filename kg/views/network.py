"""What of a graph counts as an actor's act, and which actors weigh most: what the pages draw first."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Entity, Statement


@cache
def palette() -> dict[str, Any]:
    """The colours, shapes and line styles that pages use, by kind, quad class and standing."""
    return json.loads((resources.files("kg.views") / "page" / "palette.json").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Weighted:
    """An entity with its degree: how many statements it takes part in, how many of them are asserted, and of these,
    how many are acts: with another actor at the other end, and no office."""

    entity: Entity
    degree: int
    asserted: int
    acts: int


def by_salience(graph: Graph) -> list[Weighted]:
    """The entities of a graph, those in most acts among actors first."""
    degree, asserted, acts = Counter[str](), Counter[str](), Counter[str]()
    for statement in graph.statements:
        ends = {statement.subject, statement.object}
        degree.update(ends)
        if statement.asserted:
            asserted.update(ends)
            things = any(graph.entities[end].kind == "thing" for end in ends)
            if len(ends) == 2 and not things and not is_office(statement, graph):
                acts.update(ends)
    weighted = [Weighted(entity, degree[id], asserted[id], acts[id]) for id, entity in graph.entities.items()]
    return sorted(weighted, key=lambda w: (-w.acts, -w.asserted, -w.degree, w.entity.id))


def is_office(statement: Statement, graph: Graph) -> bool:
    """Whether a statement tells what somebody is ("Macron, president of France"), and not what is done.

    Such a relation is a noun with "of", "for" or "to", stands between a person and another entity, and has no event.
    """
    if statement.event is not None or graph.entities[statement.subject].kind != "person":
        return False
    last_word = statement.relation.rpartition(" ")[2]
    return last_word in ("of", "for", "to") and all(graph.claims[id].relation.nominal for id in statement.claims)
