"""The ontology (OWL, SKOS) and the shapes (SHACL) that every graph conforms to, as Turtle."""

from __future__ import annotations

from importlib.resources import files

from kg.rdf.names import BASE_IRI, Names


def ontology(*, base_iri: str | None = None) -> str:
    """The classes, properties and concept schemes of a graph below a base IRI.

    >>> "kg:Claim" in ontology()
    True
    """
    return _turtle("ontology.ttl", base_iri)


def shapes(*, base_iri: str | None = None) -> str:
    """The SHACL shapes of a graph below a base IRI.

    >>> "sh:NodeShape" in shapes()
    True
    """
    return _turtle("shapes.ttl", base_iri)


def _turtle(name: str, base_iri: str | None) -> str:
    document = (files("kg.rdf") / name).read_text("utf8")
    return document.replace(f"<{BASE_IRI}", f"<{Names(base_iri).base}")
