"""The graph as RDF: its vocabulary and shapes, documents in every syntax, and an embedded SPARQL store."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.rdf.names import BASE_IRI, Names
from kg.rdf.nodes import About
from kg.rdf.ready import Parameter, ReadyQuery, ready_queries, ready_query
from kg.rdf.restore import Restored, restore
from kg.rdf.schema import ontology, shapes, unknown_terms
from kg.rdf.store import FOLDER, Answer, TripleStore
from kg.rdf.writer import FORMATS, check_format, quads, serialise, write

if TYPE_CHECKING:
    from kg.rdf.conformance import violations
    from kg.rdf.dataset import to_dataset

__all__ = [
    "BASE_IRI",
    "FOLDER",
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
    "unknown_terms",
    "violations",
    "write",
]

# These stand on rdflib, which takes longer to import than a query to answer: they are imported when first asked for.
WITH_RDFLIB = {"to_dataset": "kg.rdf.dataset", "violations": "kg.rdf.conformance"}


def __getattr__(name: str) -> Any:
    if name not in WITH_RDFLIB:
        raise AttributeError(f"module 'kg.rdf' has no attribute {name!r}")
    return getattr(import_module(WITH_RDFLIB[name]), name)
