"""Rows of the property graph as parameters of Cypher: what is the same for every store that speaks it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from operator import attrgetter
from typing import Any

from kg.graph import Graph
from kg.stores.loading import Loaded, LoadOptions
from kg.stores.record import LoadRecord
from kg.views.property_graph import (
    ARTICLE,
    CLAIM,
    CLAIMED,
    COLUMNS,
    ENTITY,
    STATEMENT,
    TIES,
    Edge,
    Node,
    Tie,
    articles,
    claimed,
    claims,
    entities,
    statements,
)

ROWS = 1000
Row = dict[str, Any]
Run = Callable[[str, list[Row]], None]


@dataclass(slots=True)
class PropertyGraph:
    """A property graph in a store that is told Cypher by ``run``: a query, and the rows that it unwinds.

    With ``by_relation`` each relationship has the type of its relation and each entity the label of its kind; a store
    whose tables are fixed beforehand has neither. ``value`` writes the value of a row's column of some type.
    """

    run: Run
    record: LoadRecord
    by_relation: bool
    value: Callable[[str, type], str] = lambda column, _: f"row.{column}"
    done: int = 0
    removed: int = 0

    def load(self, graph: Graph, where: str, options: LoadOptions) -> Loaded:
        """Load a graph, and take away what earlier loads put there and the graph holds no longer."""
        as_nodes = options.claims == "nodes"
        edges = [(edge, ()) for edge in sorted(self._edges(graph, as_nodes=as_nodes), key=attrgetter("type"))]
        claim_nodes = list(claims(graph)) if as_nodes else []
        self._clear(graph, edges, claim_nodes)
        self._put((node, ()) for node in articles(graph))
        self._put((node, ()) for node in sorted(entities(graph), key=lambda node: node.kind or ""))
        self._put(edges)
        self._put(claim_nodes)
        counts = {"articles": len(graph.articles), "entities": len(graph.entities)}
        counts["statements"] = sum(edge.table == STATEMENT for edge, _ in edges)
        counts["claims"] = len(claim_nodes) if as_nodes else len(edges) - counts["statements"]
        return Loaded(where, counts, self.record.resumed, self.removed, len(graph.claims) - counts["claims"])

    def _edges(self, graph: Graph, *, as_nodes: bool) -> Iterator[Edge]:
        yield from statements(graph)
        if not as_nodes:
            yield from claimed(graph)

    def _clear(
        self, graph: Graph, edges: list[tuple[Edge, tuple[()]]], claim_nodes: list[tuple[Node, tuple[Tie, ...]]]
    ) -> None:
        """Remove what is gone: relationships and claims first, then the nodes that nothing is tied to any more."""
        for table in (STATEMENT, CLAIMED):
            self._remove(table, _REMOVE_EDGE, {_key(edge) for edge, _ in edges if edge.table == table})
        # A claim that changed may be tied to others than before: it is made anew.
        same = {node.id for node, ties in claim_nodes if self.record.given(CLAIM, node.id) == _digest(node, ties)}
        changed = sum(node.id not in same and self.record.given(CLAIM, node.id) is not None for node, _ in claim_nodes)
        self._remove(CLAIM, f"MATCH (n:{CLAIM} {{id: row.id}}) DETACH DELETE n", same)
        self.removed -= changed
        for label, present in ((ARTICLE, graph.articles), (ENTITY, graph.entities)):
            self._remove(label, f"MATCH (n:{label} {{id: row.id}}) WHERE NOT (n)--() DELETE n", set(present))

    def _remove(self, table: str, query: str, present: set[str]) -> None:
        gone = self.record.gone(table, present)
        for start in range(0, len(gone), ROWS):
            keys = gone[start : start + ROWS]
            self.run(f"UNWIND $rows AS row {query}", [_row_of_key(table, key) for key in keys])
            self.record.forget(table, keys)
        self.removed += len(gone)

    def _put(self, things: Iterable[tuple[Node | Edge, tuple[Tie, ...]]]) -> None:
        """Merge nodes or relationships into the store, a thousand at a time."""
        for (table, type), group in groupby(things, key=lambda thing: _group(thing[0])):
            digested = ((thing, ties, _digest(thing, ties)) for thing, ties in group)
            fresh = (item for item in digested if not self.record.passes_over(table, _key(item[0]), item[2]))
            while batch := list(islice(fresh, ROWS)):
                self.run(self._query(table, type), [_row(thing) for thing, _, _ in batch])
                if table == ENTITY and self.by_relation:
                    # A step of its own: not every store lets a node that is not yet committed change its labels.
                    ids = [{"id": thing.id} for thing, _, _ in batch]
                    self.run(f"UNWIND $rows AS row MATCH (n:{ENTITY} {{id: row.id}}) SET n:{type}", ids)
                self._tie(tie for _, ties, _ in batch for tie in ties)
                self.record.note(table, ((_key(thing), digest) for thing, _, digest in batch))
                self.done += len(batch)

    def _tie(self, ties: Iterable[Tie]) -> None:
        for type, group in groupby(sorted(ties, key=attrgetter("type")), key=attrgetter("type")):
            ends = f"MATCH (c:{CLAIM} {{id: row.id}}), (n:{TIES[type]} {{id: row.end_id}})"
            rows = [{"id": tie.claim, "end_id": tie.end} for tie in group]
            self.run(f"UNWIND $rows AS row {ends} MERGE (c)-[r:{type}]->(n)", rows)

    def _query(self, table: str, type: str) -> str:
        if table in (STATEMENT, CLAIMED):
            name = type if self.by_relation else table
            ends = f"MATCH (a:{ENTITY} {{id: row.start_id}}), (b:{ENTITY} {{id: row.end_id}})"
            return f"UNWIND $rows AS row {ends} MERGE (a)-[n:{name} {{id: row.id}}]->(b) SET {self._set(table)}"
        return f"UNWIND $rows AS row MERGE (n:{table} {{id: row.id}}) SET {self._set(table)}"

    def _set(self, table: str) -> str:
        return ", ".join(f"n.{column} = {self.value(column, type)}" for column, type in COLUMNS[table].items())


_REMOVE_EDGE = f"MATCH (a:{ENTITY} {{id: row.start_id}})-[r]->(b:{ENTITY}) WHERE r.id = row.id DELETE r"


def _group(thing: Node | Edge) -> tuple[str, str]:
    return (thing.table, thing.type) if isinstance(thing, Edge) else (thing.label, thing.kind or "")


def _row(thing: Node | Edge) -> Row:
    """Every column of a thing's table, null where nothing is known: a null takes away what was there before."""
    table = _group(thing)[0]
    row: Row = {"id": thing.id, **{column: thing.values.get(column) for column in COLUMNS[table]}}
    return row | {"start_id": thing.start, "end_id": thing.end} if isinstance(thing, Edge) else row


def _key(thing: Node | Edge) -> str:
    """What a record knows a thing by; a relationship is found from where it starts."""
    return f"{thing.id} {thing.start}" if isinstance(thing, Edge) else thing.id


def _row_of_key(table: str, key: str) -> Row:
    if table not in (STATEMENT, CLAIMED):
        return {"id": key}
    id, _, start = key.partition(" ")
    return {"id": id, "start_id": start}


def _digest(thing: Node | Edge, ties: tuple[Tie, ...]) -> str:
    return hashlib.sha256(repr((thing, ties)).encode()).hexdigest()[:16]
