"""The sentence behind a claim, cut into segments, so that a page can mark who, what and whom without any offsets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from kg.model import Article, Claim, Span

Role = Literal["", "subject", "relation", "object", "source", "cue"]
Segment = tuple[str, Role]

# Where spans overlap, the later one in this order is marked: the relation's words must never be covered.
_PRIORITY: tuple[Role, ...] = ("", "cue", "source", "object", "subject", "relation")


def segments(claim: Claim, article: Article) -> list[Segment]:
    """The claim's sentence as (words, role) pairs, in order; joined, they are the sentence itself.

    Spans outside the sentence (a speaker named in an earlier one) mark nothing.
    """
    sentence = claim.sentence
    marked: list[Role] = [""] * (sentence.end - sentence.start)
    for span, role in sorted(_marks(claim), key=lambda mark: _PRIORITY.index(mark[1])):
        for position in range(max(span.start, sentence.start), min(span.end, sentence.end)):
            marked[position - sentence.start] = role
    return list(_runs(sentence.of(article.text), marked))


def _marks(claim: Claim) -> Iterator[tuple[Span, Role]]:
    yield claim.relation.span, "relation"
    yield claim.subject.span, "subject"
    if claim.object:
        yield claim.object.span, "object"
    if claim.source:
        yield claim.source.cue_span, "cue"
        if claim.source.span:
            yield claim.source.span, "source"


def _runs(text: str, marked: list[Role]) -> Iterator[Segment]:
    start = 0
    for position in range(1, len(text) + 1):
        if position == len(text) or marked[position] != marked[start]:
            yield text[start:position], marked[start]
            start = position
