"""The graph in a notebook's cell: the interactive page, of a size that a notebook can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.views.excerpts import excerpt
from kg.views.html import fragment

if TYPE_CHECKING:
    from kg.graph import Graph

INLINE_CLAIMS = 1500  # with their articles about 3 MB of a notebook's file, beside the half MB of the page itself


def inline(graph: Graph, *, most: int = INLINE_CLAIMS) -> str:
    """The page in a frame; of a graph with more than ``most`` claims, what its strongest statements hold.

    What is left out is told above the frame, with the way to see it.
    """
    shown = excerpt(graph, most=most)
    if len(shown.claims) == len(graph.claims):
        return fragment(graph)
    left_out = f"The {len(shown.claims):,} claims of the strongest statements, of {len(graph.claims):,} in all."
    return f"<p>{left_out} <code>kg export html</code> writes the page of the whole graph.</p>{fragment(shown)}"
