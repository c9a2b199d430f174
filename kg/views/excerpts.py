"""The articles' words as a page holds them: positions in UTF-16 units, and of long ones only what claims stand on."""

from __future__ import annotations

from collections import defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING

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
