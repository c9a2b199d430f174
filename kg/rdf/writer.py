"""RDF documents that are the same to the byte for the same graph, in any order of articles and any run."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from kg.errors import ExportError
from kg.graph import Graph
from kg.rdf.names import FOLDERS, Names, external
from kg.rdf.quads import About, quads

FORMATS: dict[str, RdfFormat] = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
_READING_ORDER = ("dataset", "entity", "event", "rel", "article", "claim", "argument", "span")
_LEADING = ("rdf:type", "rdfs:label", "rdf:subject", "rdf:predicate", "rdf:object")
_FIRST = {external(name).value: str(place) for place, name in enumerate(_LEADING)}


def write(
    graph: Graph,
    path: str | Path,
    format: str = "turtle",
    *,
    base_iri: str | None = None,
    about: About | None = None,
) -> Path:
    """Write a graph as ``turtle``, ``trig``, ``ntriples``, ``nquads``, ``jsonld`` or ``rdfxml``.

    TriG, N-Quads and JSON-LD have a named graph for each article; the others hold the union.

    :raises ExportError: if the format is unknown, the base IRI is not one, or the place cannot be written to.
    """
    document = serialise(graph, format, base_iri=base_iri, about=about)
    path = Path(path)
    draft = path.with_name(path.name + ".draft")
    try:
        draft.write_bytes(document)
        return draft.replace(path)
    except OSError as error:
        raise ExportError(f"{path} cannot be written ({error.strerror}): name another place") from error


def serialise(
    graph: Graph, format: str = "turtle", *, base_iri: str | None = None, about: About | None = None
) -> bytes:
    """The bytes that :func:`write` writes, in UTF-8.

    :raises ExportError: if the format is unknown or the base IRI is not one.

    >>> b"geokg/ontology#" in serialise(Graph.from_records([]), "turtle")
    True
    """
    if format not in FORMATS:
        raise ExportError(f"no RDF format is called {format!r}: take one of {', '.join(FORMATS)}")
    names = Names(base_iri)
    kind = FORMATS[format]
    found = quads(graph, base_iri=base_iri, about=about)
    if kind.supports_datasets:
        content: Iterable[Quad] | Iterable[Triple] = in_reading_order(found, names)
    else:
        content = (quad.triple for quad in in_reading_order(found, names, merged=True))
    buffer = io.BytesIO()
    serialize(content, buffer, kind, prefixes=names.prefixes)
    return _spaced(buffer.getvalue()) if format in ("turtle", "trig") else buffer.getvalue()


def in_reading_order(found: Iterable[Quad], names: Names, *, merged: bool = False) -> Iterator[Quad]:
    """The quads, each once, as they are best read: entities before claims before spans, and a thing's type first.

    When they are to be ``merged``, the names of their graphs count for nothing.
    """
    ranks = {names.base + FOLDERS[prefix]: rank for rank, prefix in enumerate(_READING_ORDER)}
    groups: defaultdict[tuple[str, int, str], list[Quad]] = defaultdict(list)
    for quad in found:
        subject = _value(quad.subject)
        rank = ranks.get(subject[: subject.rfind("/") + 1], len(ranks))
        groups["" if merged else _value(quad.graph_name), rank, subject].append(quad)
    for key in sorted(groups):
        # Two quads of one subject and graph are the same when their predicates and objects are.
        yield from dict(sorted({_within_subject(quad): quad for quad in groups[key]}.items())).values()


def _within_subject(quad: Quad) -> tuple[str, str, str]:
    predicate, object = quad.predicate.value, quad.object
    kind = (object.language or object.datatype.value) if isinstance(object, Literal) else ""
    return _FIRST.get(predicate, predicate), _value(object), kind


def _value(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""


def _spaced(document: bytes) -> bytes:
    """Prefixes by alphabet, for the serialiser keeps no order, and a blank line before each subject and graph."""
    lines = document.decode("utf8").split("\n")
    count = next((i for i, line in enumerate(lines) if not line.startswith("@prefix ")), len(lines))
    out = io.StringIO()
    for line in (*sorted(lines[:count]), *_with_breaks(lines[count:])):
        out.write(line.replace("\t", "    ", len(line) - len(line.lstrip("\t"))) + "\n")
    return out.getvalue().rstrip("\n").encode("utf8") + b"\n"


def _with_breaks(lines: list[str]) -> Iterator[str]:
    inside = first = False
    for line in lines:
        opens = not inside and line.endswith(" {")
        starts = not line.startswith("\t\t") if inside else not line.startswith("\t")
        if starts and line != "}" and not first and line:
            yield ""
        first = opens
        inside = opens or (inside and line != "}")
        yield line
