"""Whether a document keeps to the shapes: SHACL by pySHACL, over triples that Oxigraph reads."""

from __future__ import annotations

from pathlib import Path

import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib.namespace import RDF, SH

from kg.errors import ExportError
from kg.rdf.dataset import rdflib_term
from kg.rdf.schema import ontology, shapes

TARGETS = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)


def violations(path: str | Path, *, base_iri: str | None = None) -> tuple[str, ...]:
    """What in a Turtle file breaks the shapes of graphs below a base IRI: a message for each, none if it conforms.

    :raises ExportError: if the file is not Turtle, or pySHACL is not installed.
    """
    try:
        import pyshacl
    except ImportError:
        raise ExportError("checking shapes needs pySHACL: run `python -m pip install pyshacl`") from None
    conforms, results, text = pyshacl.validate(
        _triples_of(path),
        shacl_graph=_targeted(rdflib.Graph().parse(data=shapes(base_iri=base_iri), format="turtle")),
        ont_graph=rdflib.Graph().parse(data=ontology(base_iri=base_iri), format="turtle"),
        inplace=True,
    )
    if conforms:
        return ()
    messages = results.objects(None, SH.resultMessage) if isinstance(results, rdflib.Graph) else [text]
    return tuple(sorted(str(message) for message in messages))


def _triples_of(path: str | Path) -> rdflib.Graph:
    graph = rdflib.Graph()
    try:
        for quad in parse(path=path, format=RdfFormat.TURTLE):
            graph.add((rdflib_term(quad.subject), rdflib_term(quad.predicate), rdflib_term(quad.object)))
    except SyntaxError as error:
        raise ExportError(f"{path} is damaged ({' '.join(str(error).split())}): run `kg build` again") from error
    return graph


def _targeted(shapes: rdflib.Graph) -> rdflib.Graph:
    """Property shapes that have the targets of their node shapes, instead of being called by them.

    It means the same, and pySHACL takes all nodes of a shape at once rather than one after another.
    """
    for shape, property in list(shapes.subject_objects(SH.property)):
        targets = [(target, value) for target in TARGETS for value in shapes.objects(shape, target)]
        if targets:
            shapes.remove((shape, SH.property, property))
            shapes.add((property, RDF.type, SH.PropertyShape))
            for target, value in targets:
                shapes.add((property, target, value))
    return shapes
