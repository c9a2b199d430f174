"""What a page holds of a large graph: its strongest statements; of long articles the sentences that claims stand on.

Positions in a text are in UTF-16 units, as JavaScript counts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from kg.views.standing import by_strength

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Span

WHOLE = 12_000_000  # characters of articles that a page may hold; of more it holds only the sentences with claims
Piece = tuple[int, str]


class Offsets:
    """Where the characters of a text stand for JavaScript, which counts those beyond U+FFFF twice.

    >>> from kg.model import Span
    >>> Offsets("🇺🇦 won").of(Span(3, 6))
    [5, 8]
    """

    __slots__ = ("_starts",)

    def __init__(self, text: str) -> None:
        wide = not text.isascii() and max(text) > "\uffff"
        self._starts = list(accumulate((1 + (char > "\uffff") for char in text), initial=0)) if wide else None

    def of(self, span: Span) -> list[int]:
        """The span as [start, end]."""
        return [self.at(span.start), self.at(span.end)]

    def at(self, position: int) -> int:
        """A position in Python characters, in UTF-16 units."""
        return position if self._starts is None else self._starts[position]


def pieces(graph: Graph, offsets: dict[str, Offsets], *, whole: int = WHOLE) -> dict[str, list[Piece]]:
    """The text of each article as (start, words) pairs: one piece, or where all are too long, a piece a sentence."""
    articles = graph.articles.values()
    if sum(len(article.text) for article in articles) <= whole:
        return {article.id: [(0, article.text)] for article in articles}
    sentences: defaultdict[str, set[Span]] = defaultdict(set)
    for claim in graph.claims.values():
        sentences[claim.article].add(claim.sentence)
    return {
        article.id: [(offsets[article.id].at(s.start), s.of(article.text)) for s in _apart(sentences[article.id])]
        for article in articles
    }


def _apart(spans: set[Span]) -> list[Span]:
    """In order, with those that overlap joined."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = type(span)(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


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
