"""A graph for NetworkX: an entity is a node, a statement an edge, and every attribute a string, number or boolean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.model import Entity, Statement

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph.graph import Graph

Scalar = str | int | float | bool


def to_networkx(graph: Graph, *, all: bool = False) -> nx.MultiDiGraph[str]:
    """The asserted statements, or ``all`` of them, as a directed multigraph keyed by statement id."""
    import networkx as nx  # takes longer to import than most of what is done without it

    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    chosen = [statement for statement in graph.statements if all or statement.asserted]
    for id in sorted({id for statement in chosen for id in (statement.subject, statement.object)}):
        network.add_node(id, **node_attributes(graph.entities[id]))
    for statement in chosen:
        network.add_edge(statement.subject, statement.object, key=statement.id, **edge_attributes(statement, graph))
    return network


def node_attributes(entity: Entity) -> dict[str, Scalar]:
    """What a node says of its entity; what is not known is left out."""
    return _known(
        name=entity.name,
        kind=entity.kind,
        names=" | ".join(entity.names),
        wikidata=entity.wikidata,
        country=entity.country,
        sector=entity.sector,
    )


def edge_attributes(statement: Statement, graph: Graph) -> dict[str, Scalar]:
    """What an edge says of its statement, with the sentence of its strongest claim."""
    strongest = graph.claims[statement.claims[0]]
    event = statement.event
    return _known(
        relation=statement.relation,
        label=graph.label(statement),
        asserted=statement.asserted,
        inferred=statement.inferred,
        disputed=statement.disputed,
        confidence=statement.confidence,
        claims=len(statement.claims),
        polarity=" | ".join(statement.polarities),
        modality=" | ".join(statement.modalities),
        sources=" | ".join(graph.name(source) for source in statement.sources),
        first=statement.first,
        last=statement.last,
        event=event and event.type,
        quad=event and event.quad,
        cameo=event and event.cameo,
        goldstein=event and event.goldstein,
        article=strongest.article,
        sentence=graph.sentence(strongest),
    )


def _known(**values: Any) -> dict[str, Scalar]:
    return {key: value for key, value in values.items() if value is not None and value != ""}
