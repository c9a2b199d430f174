"""The graph in a notebook's cell: the interactive page, of a size that a notebook can hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.views.html import fragment
from kg.views.standing import by_strength

if TYPE_CHECKING:
    from kg.graph import Graph

INLINE_CLAIMS = 1500  # with their sentences about 3 MB of a notebook's file, beside the 1 MB of the page's programs


def inline(graph: Graph, *, most: int = INLINE_CLAIMS) -> str:
    """The page in a frame; of a graph with more than ``most`` claims, what its strongest statements hold.

    What is left out is told above the frame, with the way to see it.
    """
    shown = excerpt(graph, most=most)
    if len(shown.claims) == len(graph.claims):
        return fragment(graph)
    left_out = f"The {len(shown.claims):,} claims of the strongest statements, of {len(graph.claims):,} in all."
    return f"<p>{left_out} <code>kg export html</code> writes the page of the whole graph.</p>{fragment(shown)}"


def excerpt(graph: Graph, *, most: int) -> Graph:
    """The strongest statements of a graph that have at most so many claims between them, with all that they name.

    A graph with no more claims than that is given back as it is.
    """
    if len(graph.claims) <= most:
        return graph
    kept: set[str] = set()
    chosen: set[str] = set()
    for statement in by_strength(graph):
        if len(kept) + len(statement.claims) > most:
            break
        kept.update(statement.claims)
        chosen.add(statement.id)
    statements = [statement for statement in graph.statements if statement.id in chosen]
    claims = {id: claim for id, claim in graph.claims.items() if id in kept}
    named = {id for s in statements for id in (s.subject, s.object, *s.sources)}
    named |= {claim.place for claim in claims.values() if claim.place}
    articles = {claim.article for claim in claims.values()}
    return replace(
        graph,
        articles={id: article for id, article in graph.articles.items() if id in articles},
        entities={id: entity for id, entity in graph.entities.items() if id in named},
        claims=claims,
        mentions=(),
        statements=statements,
    )
