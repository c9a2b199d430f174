"""RDF documents that are the same to the byte for the same graph, in any order of articles and any run."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import Quad, RdfFormat, parse, serialize

from kg.errors import ExportError
from kg.files import replacing
from kg.graph import Graph
from kg.rdf.jsonld import jsonld
from kg.rdf.names import Names
from kg.rdf.nodes import About, nodes
from kg.rdf.stream import as_file, encoded
from kg.rdf.turtle import trig, turtle

FORMATS: dict[str, RdfFormat] = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
RDF12 = tuple(name for name in FORMATS if name != "jsonld")
TEXTS = {"turtle": turtle, "trig": trig, "jsonld": jsonld}


def quads(
    graph: Graph,
    *,
    base_iri: str | None = None,
    about: About | None = None,
    articles: Collection[str] | None = None,
) -> Iterator[Quad]:
    """The quads of a graph, each once: the default graph first, then a graph for each article, by the articles' ids.

    A statement is a plain triple when it is asserted; every claim is a node of its own, with its evidence.

    :param articles: the ids of the articles whose graphs are wanted, if not all are; the default graph is of all.
    :raises ExportError: if the base IRI is not one.

    >>> len(list(quads(Graph.from_records([]))))
    10
    """
    own = Names(base_iri)
    return parse(as_file(trig(nodes(graph, own, about=about, articles=articles), own.prefixes)), RdfFormat.TRIG)


def write(
    graph: Graph,
    path: str | Path,
    format: str = "turtle",
    *,
    base_iri: str | None = None,
    about: About | None = None,
    rdf12: bool = False,
) -> Path:
    """Write a graph as ``turtle``, ``trig``, ``ntriples``, ``nquads``, ``jsonld`` or ``rdfxml``.

    TriG, N-Quads and JSON-LD have a named graph for each article; the others hold the union. Folders on the way are
    made.

    :param rdf12: whether each claim names, by ``rdf:reifies``, the triple that it claims, as RDF 1.2 has it.
    :raises ExportError: if the format is unknown or has no RDF 1.2, the base IRI is not one, or the place cannot be
        written to.
    """
    check_format(format, rdf12=rdf12)
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as draft, draft.open("wb") as file:
            _serialise(graph, file, format, Names(base_iri), about, rdf12=rdf12)
        return path
    except OSError as error:
        raise ExportError(f"{path} cannot be written ({error.strerror}): name another place") from error


def serialise(
    graph: Graph,
    format: str = "turtle",
    *,
    base_iri: str | None = None,
    about: About | None = None,
    rdf12: bool = False,
) -> bytes:
    """The bytes that :func:`write` writes, in UTF-8.

    :raises ExportError: if the format is unknown or has no RDF 1.2, or the base IRI is not one.

    >>> b"geokg/ontology#" in serialise(Graph.from_records([]), "turtle")
    True
    """
    buffer = io.BytesIO()
    check_format(format, rdf12=rdf12)
    _serialise(graph, buffer, format, Names(base_iri), about, rdf12=rdf12)
    return buffer.getvalue()


def check_format(format: str, *, rdf12: bool = False) -> None:
    """See that a format is one of RDF, and one that can carry RDF 1.2 where that is asked for.

    :raises ExportError: if it is not.
    """
    if format not in FORMATS:
        raise ExportError(f"no RDF format is called {format!r}: take one of {', '.join(FORMATS)}")
    if rdf12 and format not in RDF12:
        raise ExportError(f"{format} has no RDF 1.2: take one of {', '.join(RDF12)}")


def _serialise(graph: Graph, output: BinaryIO, format: str, own: Names, about: About | None, *, rdf12: bool) -> None:
    found = nodes(graph, own, about=about, reified=rdf12)
    if format in TEXTS:
        output.writelines(encoded(TEXTS[format](found, own.prefixes)))
    elif FORMATS[format].supports_datasets:
        serialize(parse(as_file(trig(found, own.prefixes)), RdfFormat.TRIG), output, FORMATS[format])
    else:
        union = parse(as_file(turtle(found, own.prefixes)), RdfFormat.TURTLE)
        serialize((quad.triple for quad in union), output, FORMATS[format], prefixes=own.prefixes)
