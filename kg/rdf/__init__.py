"""The graph as RDF: its vocabulary and shapes, documents in every syntax, and an embedded SPARQL store."""

from __future__ import annotations

from kg.rdf.conformance import violations
from kg.rdf.dataset import to_dataset
from kg.rdf.names import BASE_IRI, Names
from kg.rdf.nodes import About
from kg.rdf.ready import Parameter, ReadyQuery, ready_queries, ready_query
from kg.rdf.restore import Restored, restore
from kg.rdf.schema import ontology, shapes
from kg.rdf.store import Answer, TripleStore
from kg.rdf.writer import FORMATS, check_format, quads, serialise, write

__all__ = [
    "BASE_IRI",
    "FORMATS",
    "About",
    "Answer",
    "Names",
    "Parameter",
    "ReadyQuery",
    "Restored",
    "TripleStore",
    "check_format",
    "ontology",
    "quads",
    "ready_queries",
    "ready_query",
    "restore",
    "serialise",
    "shapes",
    "to_dataset",
    "violations",
    "write",
]
