"""The graph as RDF: its vocabulary and shapes, documents in every syntax, and an embedded SPARQL store."""

from __future__ import annotations

from kg.rdf.dataset import to_dataset
from kg.rdf.names import BASE_IRI, Names
from kg.rdf.quads import About, quads
from kg.rdf.ready import Parameter, ReadyQuery, ready_queries, ready_query
from kg.rdf.restore import Restored, restore
from kg.rdf.schema import ontology, shapes
from kg.rdf.store import Answer, TripleStore
from kg.rdf.writer import FORMATS, serialise, write

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
    "ontology",
    "quads",
    "ready_queries",
    "ready_query",
    "restore",
    "serialise",
    "shapes",
    "to_dataset",
    "write",
]
