"""The ontology (OWL, SKOS) and the shapes (SHACL) that every graph conforms to, as Turtle."""

from __future__ import annotations

import re
from importlib.resources import files

from kg.rdf.names import BASE_IRI, Names

_TERM = re.compile(r"(?<![\w:<])kg:[A-Za-z]\w*")
_QUOTED = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|<[^<>\s]*>")


def ontology(*, base_iri: str | None = None) -> str:
    """The classes, properties and concept schemes of a graph below a base IRI.

    >>> "kg:Claim" in ontology()
    True
    """
    return _turtle("ontology.ttl", base_iri)


def unknown_terms(sparql: str) -> tuple[str, ...]:
    """The terms with the prefix ``kg:`` in a query that the ontology does not know: nothing is ever found for them.

    >>> unknown_terms("SELECT ?s WHERE { ?s a kg:Persn ; rdfs:label 'kg:nothing' }")
    ('kg:Persn',)
    """
    words = _QUOTED.sub(" ", sparql)
    known = set(_TERM.findall(ontology()))
    return tuple(sorted({term for term in _TERM.findall(words) if term not in known}))


def shapes(*, base_iri: str | None = None) -> str:
    """The SHACL shapes of a graph below a base IRI.

    >>> "sh:NodeShape" in shapes()
    True
    """
    return _turtle("shapes.ttl", base_iri)


def _turtle(name: str, base_iri: str | None) -> str:
    document = (files("kg.rdf") / name).read_text("utf8")
    return document.replace(f"<{BASE_IRI}", f"<{Names(base_iri).base}")
