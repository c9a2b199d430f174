"""A Cypher script for property-graph stores: entities, articles and claims are nodes, asserted statements edges."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg.graph.network import Scalar, edge_attributes, node_attributes
from kg.views.standing import standing_of

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Article, Claim

_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_ESCAPED = re.compile("[" + "".join(re.escape(char) for char in _ESCAPES) + "]")
_NOT_TYPE = re.compile(r"[^A-Z0-9]+")


def write_cypher(graph: Graph, path: Path) -> None:
    """Write statements that run one by one, and again without making anything twice (every one is a MERGE).

    Only asserted statements become relationships between entities; every claim is a node with its sentence, tied to
    its subject, object, source and article, so that what is denied or merely said is there but is no plain edge.
    """
    path.write_text("".join(f"{line};\n" for line in _script(graph)), encoding="utf-8", newline="\n")


def _script(graph: Graph) -> Iterator[str]:
    for label in ("Article", "Claim", "Entity"):
        yield f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
    for article in graph.articles.values():
        yield _node("Article", article.id, _article_properties(article))
    for entity in graph.entities.values():
        yield _node("Entity", entity.id, node_attributes(entity), extra=entity.kind.capitalize())
    for statement in graph.statements:
        if statement.asserted:
            a, b = _literal(statement.subject), _literal(statement.object)
            ends = f"MATCH (a:Entity {{id: {a}}}), (b:Entity {{id: {b}}})"
            kind = relationship_type(statement.relation)
            properties = _properties(edge_attributes(statement, graph))
            yield f"{ends} MERGE (a)-[r:{kind} {{id: {_literal(statement.id)}}}]->(b) SET r += {properties}"
    for claim in graph.claims.values():
        yield _node("Claim", claim.id, _claim_properties(claim, graph))
        yield from _ties(claim)


def relationship_type(relation: str) -> str:
    """The lemma of a relation as Cypher names a relationship's type.

    >>> relationship_type("send to")
    'SEND_TO'
    """
    return _NOT_TYPE.sub("_", relation.upper()).strip("_") or "RELATED_TO"


def _ties(claim: Claim) -> Iterator[str]:
    ties = [("SUBJECT", "Entity", claim.subject.entity), ("FROM", "Article", claim.article)]
    if claim.object:
        ties.append(("OBJECT", "Entity", claim.object.entity))
    if claim.source and claim.source.entity:
        ties.append(("SOURCE", "Entity", claim.source.entity))
    for kind, label, id in ties:
        ends = f"MATCH (c:Claim {{id: {_literal(claim.id)}}}), (n:{label} {{id: {_literal(id)}}})"
        yield f"{ends} MERGE (c)-[:{kind}]->(n)"


def _article_properties(article: Article) -> dict[str, Scalar]:
    names = ("title", "published", "publisher", "url", "language")
    return {name: value for name in names if (value := getattr(article, name))}


def _claim_properties(claim: Claim, graph: Graph) -> dict[str, Scalar]:
    properties: dict[str, Scalar | None] = {
        "relation": claim.relation.lemma,
        "standing": standing_of(claim),
        "polarity": claim.polarity,
        "modality": claim.modality,
        "confidence": claim.confidence,
        "event": claim.event and claim.event.type,
        "time": claim.time,
        "sentence": graph.sentence(claim),
    }
    return {name: value for name, value in properties.items() if value is not None}


def _node(label: str, id: str, properties: Mapping[str, Scalar], *, extra: str | None = None) -> str:
    also = f", n:{extra}" if extra else ""
    return f"MERGE (n:{label} {{id: {_literal(id)}}}) SET n += {_properties(properties)}{also}"


def _properties(values: Mapping[str, Scalar]) -> str:
    return "{" + ", ".join(f"{name}: {_literal(value)}" for name, value in values.items()) + "}"


def _literal(value: Scalar) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return "'" + _ESCAPED.sub(lambda found: _ESCAPES[found.group()], value) + "'"
    return repr(value)
