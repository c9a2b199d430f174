"""Graph files for other programs: GraphML and GEXF, by way of NetworkX."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import igraph
import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from kg.graph.dates import first_day, last_day
from kg.views.network import palette

if TYPE_CHECKING:
    from kg.graph import Graph

SPACE = 60.0  # the usual distance between neighbours, in the units that Gephi draws in
TURN = math.pi * (3 - math.sqrt(5))
MOST_PLACED = 600

# XML 1.0 has no way to write these characters, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_graphml(graph: Graph, path: Path, *, all: bool = False) -> None:
    """Write the asserted statements, or ``all`` of them, as GraphML; an edge's id is its statement's."""
    text = "\n".join(nx.generate_graphml(_for_xml(graph, all=all), named_key_ids=True))
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n', encoding="utf-8", newline="\n")


def write_gexf(graph: Graph, path: Path, *, all: bool = False) -> None:
    """Write the asserted statements, or ``all`` of them, as GEXF 1.2 for Gephi; an edge's id is its statement's.

    Nodes have places, colours by their kind and sizes by their statements; edges have weights, by their claims, colours
    by their quad class, and their days, so that Gephi's timeline shows when they hold.
    """
    network = _for_xml(graph, all=all)
    for id, attributes in network.nodes(data=True):
        attributes["label"] = attributes.pop("name")
        attributes["viz"] = _look_of_node(attributes["kind"], network.degree(id))
    for id, (x, y) in places(network).items():
        network.nodes[id]["viz"]["position"] = {"x": x, "y": y, "z": 0.0}
    for _, _, key, attributes in network.edges(keys=True, data=True):
        attributes["id"] = key
        attributes["weight"] = float(attributes["claims"])
        attributes["viz"] = {"color": _colour("quads", attributes.get("quad", "none"))}
        first, last = attributes.get("first"), attributes.get("last")
        if first and last:
            attributes["start"], attributes["end"] = first_day(first), last_day(last)
    if any("start" in attributes for _, _, attributes in network.edges(data=True)):
        network.graph["mode"] = "dynamic"
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(network)
    for meta in writer.xml.findall("meta"):
        writer.xml.remove(meta)  # it holds today's date, and the same graph is to give the same bytes
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n{writer}\n', encoding="utf-8", newline="\n")


def places(network: nx.MultiDiGraph[str]) -> dict[str, tuple[float, float]]:
    """Where each node stands: near those that it has to do with, or of very many nodes on a spiral, the busiest inside.

    >>> places(nx.MultiDiGraph([("a", "b")])).keys() == {"a", "b"}
    True
    """
    nodes = sorted(network, key=lambda id: (-network.degree(id), id))
    spiral = [
        (SPACE * math.sqrt(n) * math.cos(n * TURN), SPACE * math.sqrt(n) * math.sin(n * TURN))
        for n in range(len(nodes))
    ]
    if 2 < len(nodes) <= MOST_PLACED:
        number = {id: n for n, id in enumerate(nodes)}
        pairs = sorted({tuple(sorted((number[a], number[b]))) for a, b in network.edges() if a != b})
        drawn = igraph.Graph(len(nodes), pairs).layout_kamada_kawai(seed=spiral)
        spiral = [(SPACE * x, SPACE * y) for x, y in drawn]
    return {id: (round(x, 1), round(y, 1)) for id, (x, y) in zip(nodes, spiral, strict=True)}


def _look_of_node(kind: str, degree: int) -> dict[str, Any]:
    return {"color": _colour("kinds", kind), "size": round(8 + 4 * math.sqrt(degree), 1)}


def _colour(group: str, name: str) -> dict[str, Any]:
    """A colour of the pages, as Gephi takes it."""
    code = palette()[group].get(name, palette()["quads"]["none"])["light"].lstrip("#")
    return {part: int(code[at : at + 2], 16) for part, at in (("r", 0), ("g", 2), ("b", 4))} | {"a": 1.0}


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
