"""The graph as property-graph stores hold it: nodes and relationships with typed columns.

Only asserted statements are relationships named for their relation. Each claim is there as well, either as a node tied
to its subject, object, source and article, or as a relationship ``CLAIMED`` from its subject to its object.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kg.graph.network import Scalar, edge_attributes, node_attributes
from kg.views.standing import standing_of

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Claim

ClaimsAs = Literal["nodes", "relationships"]

ARTICLE, ENTITY, CLAIM = "Article", "Entity", "Claim"
LABELS = (ARTICLE, ENTITY, CLAIM)
STATEMENT, CLAIMED = "STATEMENT", "CLAIMED"
TIES = {"SUBJECT": ENTITY, "OBJECT": ENTITY, "SOURCE": ENTITY, "FROM": ARTICLE}
_OF_CLAIM: dict[str, type[Scalar]] = {
    "article": str, "relation": str, "standing": str, "asserted": bool, "inferred": bool, "polarity": str,
    "modality": str, "confidence": float, "source": str, "event": str, "time": str, "sentence": str,
}  # fmt: skip
COLUMNS: Mapping[str, Mapping[str, type[Scalar]]] = {
    ARTICLE: {"title": str, "published": str, "publisher": str, "url": str, "language": str},
    ENTITY: {"name": str, "kind": str, "names": str, "wikidata": str, "country": str, "sector": str},
    CLAIM: _OF_CLAIM,
    CLAIMED: _OF_CLAIM,
    STATEMENT: {
        "relation": str, "label": str, "asserted": bool, "inferred": bool, "disputed": bool, "confidence": float,
        "claims": int, "polarity": str, "modality": str, "sources": str, "first": str, "last": str, "event": str,
        "quad": str, "cameo": str, "goldstein": float, "article": str, "sentence": str,
    },
}  # fmt: skip
_NOT_TYPE = re.compile(r"[^A-Z0-9]+")


@dataclass(frozen=True, slots=True)
class Node:
    """A node: its label, its id among those of the label, and what is known of it; ``kind`` is a further label."""

    label: str
    id: str
    values: dict[str, Scalar]
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties a claim to its subject, object, source or article."""

    type: str
    claim: str
    end: str

    @property
    def end_label(self) -> str:
        """The label of the node that it leads to."""
        return TIES[self.type]


@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship between two entities: a statement, named for its relation, or a claim."""

    table: str
    type: str
    id: str
    start: str
    end: str
    values: dict[str, Scalar]


def relationship_type(relation: str) -> str:
    """The lemma of a relation as Cypher names a relationship's type.

    >>> relationship_type("send to")
    'SEND_TO'
    """
    name = _NOT_TYPE.sub("_", relation.upper()).strip("_")
    return "RELATED_TO" if not name else f"R_{name}" if name[0].isdigit() else name


def articles(graph: Graph) -> Iterator[Node]:
    """A node for each article."""
    for article in graph.articles.values():
        known = {name: value for name in COLUMNS[ARTICLE] if (value := getattr(article, name))}
        yield Node(ARTICLE, article.id, known)


def entities(graph: Graph) -> Iterator[Node]:
    """A node for each entity; its kind is a further label."""
    for entity in graph.entities.values():
        yield Node(ENTITY, entity.id, node_attributes(entity), entity.kind.capitalize())


def statements(graph: Graph) -> Iterator[Edge]:
    """A relationship for each asserted statement."""
    for statement in graph.statements:
        if statement.asserted:
            type, values = relationship_type(statement.relation), edge_attributes(statement, graph)
            yield Edge(STATEMENT, type, statement.id, statement.subject, statement.object, values)


def claims(graph: Graph) -> Iterator[tuple[Node, tuple[Tie, ...]]]:
    """A node for each claim, with its ties."""
    for claim in graph.claims.values():
        yield Node(CLAIM, claim.id, _of_claim(claim, graph)), tuple(_ties(claim, graph))


def claimed(graph: Graph) -> Iterator[Edge]:
    """A relationship for each claim that has an object; one without cannot be a relationship."""
    for claim in graph.claims.values():
        if claim.object:
            ends = claim.subject.entity, claim.object.entity
            yield Edge(CLAIMED, CLAIMED, claim.id, *ends, _of_claim(claim, graph))


def _ties(claim: Claim, graph: Graph) -> Iterator[Tie]:
    yield Tie("SUBJECT", claim.id, claim.subject.entity)
    yield Tie("FROM", claim.id, claim.article)
    if claim.object:
        yield Tie("OBJECT", claim.id, claim.object.entity)
    if claim.source and claim.source.entity in graph.entities:
        yield Tie("SOURCE", claim.id, claim.source.entity)


def _of_claim(claim: Claim, graph: Graph) -> dict[str, Scalar]:
    values: dict[str, Scalar | None] = {
        "article": claim.article,
        "relation": claim.relation.lemma,
        "standing": standing_of(claim),
        "asserted": claim.asserted,
        "inferred": claim.object is not None and claim.object.inferred,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "confidence": claim.confidence,
        "source": claim.source and (claim.source.name or claim.source.text or claim.source.cue),
        "event": claim.event and claim.event.type,
        "time": claim.time,
        "sentence": graph.sentence(claim),
    }
    return {name: value for name, value in values.items() if value is not None}
