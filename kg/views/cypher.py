"""A Cypher script for property-graph stores: entities, articles and claims are nodes, asserted statements edges."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg.graph.network import Scalar
from kg.views.property_graph import LABELS, Edge, Node, Tie, articles, claims, entities, statements

if TYPE_CHECKING:
    from kg.graph import Graph

_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
# Line ends of any kind, and control characters, which shells of Cypher drop or obey.
_ESCAPED = re.compile("[\\\\'\x00-\x1f\x7f-\x9f\u2028\u2029]")


def write_cypher(graph: Graph, path: Path) -> None:
    """Write statements that run one by one, and again without making anything twice (every one is a MERGE).

    Only asserted statements become relationships between entities; every claim is a node with its sentence, tied to
    its subject, object, source and article, so that what is denied or merely said is there but is no plain edge.
    """
    path.write_text("".join(f"{line};\n" for line in _script(graph)), encoding="utf-8", newline="\n")


def constraints() -> Iterator[str]:
    """The constraints that a load wants first: an id is that of one node of its label."""
    for label in sorted(LABELS):
        yield f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"


def _script(graph: Graph) -> Iterator[str]:
    yield from constraints()
    yield from map(_node, articles(graph))
    yield from map(_node, entities(graph))
    yield from map(_edge, statements(graph))
    for node, ties in claims(graph):
        yield _node(node)
        yield from map(_tie, ties)


def _node(node: Node) -> str:
    also = f", n:{node.kind}" if node.kind else ""
    return f"MERGE (n:{node.label} {{id: {_literal(node.id)}}}) SET n += {_properties(node.values)}{also}"


def _edge(edge: Edge) -> str:
    ends = f"MATCH (a:Entity {{id: {_literal(edge.start)}}}), (b:Entity {{id: {_literal(edge.end)}}})"
    merge = f"MERGE (a)-[r:{edge.type} {{id: {_literal(edge.id)}}}]->(b)"
    return f"{ends} {merge} SET r += {_properties(edge.values)}"


def _tie(tie: Tie) -> str:
    ends = f"MATCH (c:Claim {{id: {_literal(tie.claim)}}}), (n:{tie.end_label} {{id: {_literal(tie.end)}}})"
    return f"{ends} MERGE (c)-[:{tie.type}]->(n)"


def _properties(values: Mapping[str, Scalar]) -> str:
    return "{" + ", ".join(f"{name}: {_literal(value)}" for name, value in values.items()) + "}"


def _literal(value: Scalar) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return "'" + _ESCAPED.sub(_escape, value) + "'"
    return repr(value)


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}"
