"""What differs between two graphs: statements and entities that are new, gone, or in both but not the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Generic, TypeVar

from kg.model import Entity, Statement

if TYPE_CHECKING:
    from kg.graph.graph import Graph

Thing = TypeVar("Thing", Statement, Entity)


@dataclass(frozen=True, slots=True)
class Changed(Generic[Thing]):
    """A thing that both graphs hold under one id, as it was and as it is now."""

    before: Thing
    now: Thing

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields in which the two differ, in the order of the model."""
        names = (field.name for field in fields(self.before))
        return tuple(name for name in names if getattr(self.before, name) != getattr(self.now, name))


@dataclass(frozen=True, slots=True)
class Differences(Generic[Thing]):
    """The things of one kind that only the newer graph holds, only the older one, or both but not alike; by id."""

    new: tuple[Thing, ...] = ()
    gone: tuple[Thing, ...] = ()
    changed: tuple[Changed[Thing], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.changed)


@dataclass(frozen=True, slots=True)
class GraphDiff:
    """What differs between two graphs; false when nothing does.

    A statement is the same when its subject, relation and object are: it has changed when other claims make it, when it
    became asserted or disputed, and so on.
    """

    statements: Differences[Statement] = Differences()
    entities: Differences[Entity] = Differences()

    def __bool__(self) -> bool:
        return bool(self.statements or self.entities)


def difference(before: Graph, now: Graph) -> GraphDiff:
    """What changes from one graph to another."""
    return GraphDiff(
        _differences({s.id: s for s in before.statements}, {s.id: s for s in now.statements}),
        _differences(before.entities, now.entities),
    )


def _differences(before: Mapping[str, Thing], now: Mapping[str, Thing]) -> Differences[Thing]:
    return Differences(
        new=tuple(now[id] for id in sorted(now.keys() - before.keys())),
        gone=tuple(before[id] for id in sorted(before.keys() - now.keys())),
        changed=tuple(
            Changed(before[id], now[id]) for id in sorted(before.keys() & now.keys()) if before[id] != now[id]
        ),
    )
