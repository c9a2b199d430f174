"""The graph in the classes of rdflib, for those whose tools take them."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

import rdflib
from pyoxigraph import Literal, NamedNode
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from kg.graph import Graph
from kg.rdf.names import Names
from kg.rdf.nodes import About
from kg.rdf.writer import quads


def to_dataset(graph: Graph, *, base_iri: str | None = None, about: About | None = None) -> rdflib.Dataset:
    """An ``rdflib.Dataset`` with a named graph for each article; its queries see all of them as one.

    :raises ExportError: if the base IRI is not one.

    >>> len(to_dataset(Graph.from_records([]))) > 0
    True
    """
    dataset = rdflib.Dataset(default_union=True)
    for prefix, namespace in Names(base_iri).prefixes.items():
        dataset.bind(prefix, namespace, override=True, replace=True)
    for name, group in groupby(quads(graph, base_iri=base_iri, about=about), key=lambda quad: quad.graph_name):
        context = dataset.graph(_graph_name(name))
        for quad in group:
            context.add((rdflib_term(quad.subject), rdflib_term(quad.predicate), rdflib_term(quad.object)))
    return dataset


def _graph_name(name: object) -> rdflib.URIRef:
    return rdflib.URIRef(name.value) if isinstance(name, NamedNode) else DATASET_DEFAULT_GRAPH_ID


# Most terms of a graph come many times.
@lru_cache(maxsize=1 << 16)
def rdflib_term(term: object) -> rdflib.URIRef | rdflib.Literal:
    """An IRI or a literal, its form kept as it is written; a graph of ours holds no other term."""
    if isinstance(term, Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        datatype = None if term.datatype.value.endswith("#string") else rdflib.URIRef(term.datatype.value)
        return rdflib.Literal(term.value, datatype=datatype, normalize=False)
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    raise TypeError(f"neither an IRI nor a literal: {term}")
