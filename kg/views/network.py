"""The network of the page: pyvis holds the nodes, edges and options that vis-network draws."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import pyvis
from pyvis.network import Network

from kg.views.layout import Box, Link, Point, place

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Entity, Statement

LABEL_LIMIT = 28  # characters of a name under its node; the panel shows the whole name
LETTER = 6.6  # the usual width of a letter of a label, in pixels
OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "keyboard": {"enabled": True, "bindToWindow": False}, "selectConnectedEdges": False},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3},
    "edges": {"arrows": {"to": {"enabled": True, "scaleFactor": 0.6}}, "selectionWidth": 1.5, "smooth": False},
}


@cache
def palette() -> dict[str, Any]:
    """The colours, shapes and line styles that pages use, by kind, quad class and standing."""
    return json.loads((resources.files("kg.views") / "page" / "palette.json").read_text(encoding="utf-8"))


def vis_network_script() -> str:
    """The source of vis-network, from the files that pyvis brings along."""
    library = resources.files(pyvis) / "templates" / "lib"
    newest = max(folder.name for folder in library.iterdir() if folder.name.startswith("vis-9.1"))
    return (library / newest / "vis-network.min.js").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Weighted:
    """An entity with its degree: how many statements it takes part in, how many of them are asserted, and of these,
    how many have another actor at the other end."""

    entity: Entity
    degree: int
    asserted: int
    acts: int


def by_salience(graph: Graph) -> list[Weighted]:
    """The entities of a graph, those in most asserted statements among actors first."""
    degree, asserted, acts = Counter[str](), Counter[str](), Counter[str]()
    for statement in graph.statements:
        ends = {statement.subject, statement.object}
        degree.update(ends)
        if statement.asserted:
            asserted.update(ends)
            if len(ends) == 2 and all(graph.entities[end].kind != "thing" for end in ends):
                acts.update(ends)
    weighted = [Weighted(entity, degree[id], asserted[id], acts[id]) for id, entity in graph.entities.items()]
    return sorted(weighted, key=lambda w: (-w.acts, -w.asserted, -w.degree, w.entity.id))


def build_network(graph: Graph, entities: list[Weighted], *, limit: int) -> Network:
    """All entities, as nodes; the page draws its edges itself, from those statements that its filters let through.

    Each node of up to ``limit`` has two places: among what is asserted, where it is part of that, and (``wide``) among
    all. Of more nodes, the first ``limit`` have one. The page puts a node without a place beside its neighbours.
    """
    network = Network(directed=True)
    network.options = OPTIONS
    kinds = palette()["kinds"]
    large = len(entities) > limit
    near = _placed(entities[:limit] if large else [w for w in entities if w.asserted], graph, asserted=not large)
    wide = {} if large else _placed(entities, graph, asserted=False)
    for weighted in entities:
        entity = weighted.entity
        places: dict[str, Any] = dict(zip("xy", near.get(entity.id, ()), strict=False))
        if entity.id in wide:
            places["wide"] = list(wide[entity.id])
        network.add_node(
            entity.id,
            label=short(entity.name),
            shape=kinds[entity.kind]["shape"],
            size=node_size(weighted),
            **places,
        )
    return network


def _placed(entities: list[Weighted], graph: Graph, *, asserted: bool) -> dict[str, Point]:
    """Places for some entities by the statements between them: by all of these, or by those that are asserted."""
    inside = {weighted.entity.id for weighted in entities}
    between = (s for s in graph.statements if s.subject in inside and s.object in inside)
    statements = [statement for statement in between if statement.asserted or not asserted]
    return place([_box(weighted) for weighted in entities], _links(statements, graph))


def node_size(weighted: Weighted) -> float:
    """The radius of a node: its area grows with the number of its statements."""
    return round(min(30.0, 8 + 3.2 * math.sqrt(weighted.degree)), 1)


def short(name: str) -> str:
    """A name cut to what fits under a node.

    >>> short("United Nations High Commissioner for Refugees")
    'United Nations High Commiss…'
    """
    name = " ".join(name.split())
    return name if len(name) <= LABEL_LIMIT else name[: LABEL_LIMIT - 1].rstrip() + "…"


def _links(statements: Iterable[Statement], graph: Graph) -> list[Link]:
    """A link for each pair with a statement, with room for the longest label between the two."""
    widest: dict[tuple[str, str], float] = {}
    for statement in statements:
        pair = min(statement.subject, statement.object), max(statement.subject, statement.object)
        widest[pair] = max(widest.get(pair, 0.0), len(graph.label(statement)) * LETTER + 10)
    return [Link(a, b, width, 20.0) for (a, b), width in sorted(widest.items())]


def _box(weighted: Weighted) -> Box:
    size = node_size(weighted)
    return Box(weighted.entity.id, max(2 * size, len(short(weighted.entity.name)) * LETTER) + 14, 2 * size + 34)
