"""Graph files for other programs: GraphML and GEXF, by way of NetworkX."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

if TYPE_CHECKING:
    from kg.graph import Graph

# XML 1.0 has no way to write these characters, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_graphml(graph: Graph, path: Path, *, all: bool = False) -> None:
    """Write the asserted statements, or ``all`` of them, as GraphML; an edge's id is its statement's."""
    text = "\n".join(nx.generate_graphml(_for_xml(graph, all=all), named_key_ids=True))
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n', encoding="utf-8", newline="\n")


def write_gexf(graph: Graph, path: Path, *, all: bool = False) -> None:
    """Write the asserted statements, or ``all`` of them, as GEXF 1.2 for Gephi; an edge's id is its statement's."""
    network = _for_xml(graph, all=all)
    for _, attributes in network.nodes(data=True):
        attributes["label"] = attributes.pop("name")
    for _, _, key, attributes in network.edges(keys=True, data=True):
        attributes["id"] = key
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(network)
    for meta in writer.xml.findall("meta"):
        writer.xml.remove(meta)  # it holds today's date, and the same graph is to give the same bytes
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n{writer}\n', encoding="utf-8", newline="\n")


def _for_xml(graph: Graph, *, all: bool) -> nx.MultiDiGraph[str]:
    network = graph.to_networkx(all=all)
    for _, attributes in network.nodes(data=True):
        _clean(attributes)
    for _, _, attributes in network.edges(data=True):
        _clean(attributes)
    return network


def _clean(attributes: dict[str, Any]) -> None:
    for key, value in attributes.items():
        if isinstance(value, str):
            attributes[key] = _NOT_XML.sub("\ufffd", value)
