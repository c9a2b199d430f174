"""The service description: what the endpoint speaks, in RDF."""

from __future__ import annotations

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, serialize

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads",
)  # fmt: skip


def description(endpoint: str, type: str) -> bytes:
    """The description of the endpoint at an address, in a media type of RDF.

    >>> b"SPARQL11Query" in description("http://127.0.0.1:8080/sparql", "text/turtle")
    True
    """
    service = BlankNode("service")
    facts: list[tuple[str, NamedNode]] = [
        ("endpoint", NamedNode(endpoint)),
        ("supportedLanguage", NamedNode(SD + "SPARQL11Query")),
        ("feature", NamedNode(SD + "UnionDefaultGraph")),
        *(("resultFormat", NamedNode(FORMATS + name)) for name in _FORMATS),
    ]
    triples = [Triple(service, RDF_TYPE, NamedNode(SD + "Service"))]
    triples.extend(Triple(service, NamedNode(SD + name), value) for name, value in facts)
    return serialize(triples, format=RdfFormat.from_media_type(type), prefixes={"sd": SD, "formats": FORMATS}) or b""
