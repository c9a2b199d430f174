"""Which actors belong together: communities of the pairs of actors, by the number of reports between them."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import igraph

from kg.views.network import is_office

if TYPE_CHECKING:
    from kg.graph import Graph

LEAST = 3  # smaller ones are no community
SEED = 20220201


def communities(graph: Graph) -> dict[str, int]:
    """The number of the community of each actor that is in one, the largest community first; always the same.

    By the Louvain method over what is asserted; things and offices do not count.
    """
    reports = Counter[tuple[str, str]]()
    for statement in graph.statements:
        a, b = sorted((statement.subject, statement.object))
        things = "thing" in (graph.entities[a].kind, graph.entities[b].kind)
        if statement.asserted and a != b and not things and not is_office(statement, graph):
            reports[a, b] += len(statement.claims)
    ids = sorted({id for pair in reports for id in pair})
    index = {id: position for position, id in enumerate(ids)}
    network = igraph.Graph(len(ids), [(index[a], index[b]) for a, b in reports])
    igraph.set_random_number_generator(random.Random(SEED))
    try:
        parts: list[list[int]] = list(network.community_multilevel(weights=list(reports.values()))) if ids else []
    finally:
        igraph.set_random_number_generator(random)
    large = sorted((part for part in parts if len(part) >= LEAST), key=lambda part: (-len(part), part))
    return {ids[member]: number for number, part in enumerate(large) for member in part}
