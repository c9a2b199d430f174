"""Which media type to answer in, by the request's Accept header."""

from __future__ import annotations

from collections.abc import Sequence

RESULTS = (
    "application/sparql-results+json",
    "application/json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
TRIPLES = (
    "text/turtle",
    "application/n-triples",
    "application/rdf+xml",
    "application/ld+json",
    "application/trig",
    "application/n-quads",
)
HTML = "text/html"


def chosen(accept: str | None, offered: Sequence[str]) -> str | None:
    """The best of the media types offered, the first of equals; None if none of them is accepted.

    >>> chosen("text/csv;q=0.5, application/sparql-results+xml", RESULTS)
    'application/sparql-results+xml'
    >>> chosen("*/*", TRIPLES), chosen("image/png", TRIPLES)
    ('text/turtle', None)
    """
    wanted = [_range(part) for part in (accept or "*/*").split(",") if part.strip()]
    best = max(offered, key=lambda type: _quality(type, wanted))
    return best if _quality(best, wanted) > 0 else None


def _range(part: str) -> tuple[str, float]:
    type, *parameters = (piece.strip() for piece in part.split(";"))
    quality = next((value[2:] for value in parameters if value.startswith("q=")), "1")
    try:
        return type.lower(), float(quality)
    except ValueError:
        return type.lower(), 0.0


def _quality(type: str, wanted: list[tuple[str, float]]) -> float:
    """By the most specific range that covers the type."""
    for pattern in (type, type.partition("/")[0] + "/*", "*/*"):
        for range, quality in wanted:
            if range == pattern:
                return quality
    return 0.0
