"""Claims merged into statements and entities: the :class:`Graph` that views, RDF and queries are made from."""

from __future__ import annotations

from kg.graph.diff import Changed, Differences, GraphDiff
from kg.graph.events import Occurrence
from kg.graph.graph import Graph, graph_of, open_graph
from kg.graph.labels import relation_label
from kg.graph.merge import merge_claims, merge_entities
from kg.graph.modes import AuxiliaryMode, auxiliary_modes

__all__ = [
    "AuxiliaryMode", "Changed", "Differences", "Graph", "GraphDiff", "Occurrence", "auxiliary_modes", "graph_of",
    "merge_claims", "merge_entities", "open_graph", "relation_label",
]  # fmt: skip
