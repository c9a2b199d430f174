"""RDF documents that are the same to the byte for the same graph, in any order of articles and any run."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, cast

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
    content = _content(graph, format, base_iri=base_iri, about=about)
    path = Path(path)
    draft = path.with_name(path.name + ".draft")
    try:
        with draft.open("wb") as file:
            _serialise(content, file, format, Names(base_iri))
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
    buffer = io.BytesIO()
    _serialise(_content(graph, format, base_iri=base_iri, about=about), buffer, format, Names(base_iri))
    return buffer.getvalue()


def _content(
    graph: Graph, format: str, *, base_iri: str | None, about: About | None
) -> Iterable[Quad] | Iterable[Triple]:
    """What a document of some format holds, in its order.

    :raises ExportError: if the format is unknown or the base IRI is not one.
    """
    if format not in FORMATS:
        raise ExportError(f"no RDF format is called {format!r}: take one of {', '.join(FORMATS)}")
    names = Names(base_iri)
    found = quads(graph, base_iri=base_iri, about=about)
    if FORMATS[format].supports_datasets:
        return in_reading_order(found, names)
    return (quad.triple for quad in in_reading_order(found, names, merged=True))


def _serialise(content: Iterable[Quad] | Iterable[Triple], output: BinaryIO, format: str, names: Names) -> None:
    if format not in ("turtle", "trig"):
        serialize(content, output, FORMATS[format], prefixes=names.prefixes)
        return
    spaced = Spaced(output)
    serialize(content, cast(BinaryIO, spaced), FORMATS[format], prefixes=names.prefixes)
    spaced.finish()


def in_reading_order(found: Iterable[Quad], names: Names, *, merged: bool = False) -> Iterator[Quad]:
    """The quads, each once, as they are best read: entities before claims before spans, and a thing's type first.

    When they are to be ``merged``, the names of their graphs count for nothing; else the quads of one graph must follow
    one another, and only one graph is held at a time.
    """
    if merged:
        yield from _of_one_graph(found, names)
        return
    for _, group in groupby(found, key=lambda quad: quad.graph_name):
        yield from _of_one_graph(group, names)


def _of_one_graph(found: Iterable[Quad], names: Names) -> Iterator[Quad]:
    ranks = {names.base + FOLDERS[prefix]: rank for rank, prefix in enumerate(_READING_ORDER)}
    groups: defaultdict[tuple[int, str], list[Quad]] = defaultdict(list)
    for quad in found:
        subject = _value(quad.subject)
        rank = ranks.get(subject[: subject.rfind("/") + 1], len(ranks))
        groups[rank, subject].append(quad)
    for key in sorted(groups):
        # Two quads of one subject and graph are the same when their predicates and objects are.
        yield from dict(sorted({_within_subject(quad): quad for quad in groups[key]}.items())).values()


def _within_subject(quad: Quad) -> tuple[str, str, str]:
    predicate, object = quad.predicate.value, quad.object
    kind = (object.language or object.datatype.value) if isinstance(object, Literal) else ""
    return _FIRST.get(predicate, predicate), _value(object), kind


def _value(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""


class Spaced:
    """Passes a Turtle or TriG document on as the serialiser writes it.

    Prefixes come by alphabet, for the serialiser keeps no order, and a blank line before each subject and graph.
    """

    def __init__(self, output: BinaryIO) -> None:
        self._output = output
        self._rest = b""
        self._prefixes: list[bytes] | None = []
        self._inside = self._first = False

    def write(self, data: bytes) -> int:
        """Take a piece of the document, and pass on the lines that it completes."""
        *lines, self._rest = (self._rest + bytes(data)).split(b"\n")
        self._output.write(b"".join(self._spaced(lines)))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back but a line that is not complete."""

    def finish(self) -> None:
        """Pass on what is left."""
        lines = [self._rest] if self._rest else []
        self._output.write(b"".join((*self._spaced(lines), *self._head())))

    def _spaced(self, lines: list[bytes]) -> Iterator[bytes]:
        for line in lines:
            if self._prefixes is not None and line.startswith(b"@prefix "):
                self._prefixes.append(line)
                continue
            yield from self._head()
            if line:
                yield from self._with_break(line)

    def _head(self) -> Iterator[bytes]:
        yield from (line + b"\n" for line in sorted(self._prefixes or ()))
        self._prefixes = None

    def _with_break(self, line: bytes) -> Iterator[bytes]:
        opens = not self._inside and line.endswith(b" {")
        starts = not line.startswith(b"\t\t" if self._inside else b"\t")
        if starts and line != b"}" and not self._first:
            yield b"\n"
        self._first = opens
        self._inside = opens or (self._inside and line != b"}")
        indent = len(line) - len(line.lstrip(b"\t"))
        yield b"    " * indent + line[indent:] + b"\n"
