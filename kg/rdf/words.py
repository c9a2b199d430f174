"""The words of an article that a claim stands on, and why a mention was taken for an entity, as triples.

With them a graph can be read back into the records that it was made from (:mod:`kg.rdf.restore`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode

from kg.model import Argument, Claim, Mention, Span
from kg.rdf.literals import boolean, decimal, text
from kg.rdf.names import Names

Fact = tuple[NamedNode, NamedNode, NamedNode | Literal]


def spans_of(claim: Claim) -> dict[str, Span]:
    """The spans of a claim's words, by the property that leads to each."""
    source = claim.source
    found = {
        "subjectSpan": claim.subject.span,
        "relationSpan": claim.relation.span,
        "objectSpan": claim.object.span if claim.object else None,
        "sourceSpan": source.span if source else None,
        "cueSpan": source.cue_span if source else None,
    }
    return {term: span for term, span in found.items() if span is not None}


def all_spans_of(claims: Iterable[Claim]) -> set[Span]:
    """Every span of the words of some claims, those of their arguments included."""
    spans: set[Span] = set()
    for claim in claims:
        spans.update(spans_of(claim).values())
        spans.update(argument.span for argument in claim.arguments if argument.span is not None)
    return spans


def words_of_claim(node: NamedNode, claim: Claim, names: Names) -> Iterator[Fact]:
    """What leads from a claim to the words of its parts."""
    for term, span in spans_of(claim).items():
        yield node, names.term(term), names.span(claim.article, span)
    if claim.relation.nominal:
        yield node, names.term("isNominal"), boolean(True)


def words_of_argument(node: NamedNode, argument: Argument, article: str, names: Names) -> Iterator[Fact]:
    """Where an argument's words stand, and the time that they mean."""
    if argument.span is None:
        return
    yield node, names.term("span"), names.span(article, argument.span)
    if argument.value is not None:
        yield node, names.term("value"), text(argument.value)


def reason_of(mention: Mention, names: Names) -> Iterator[Fact]:
    """What kind of mention a span is, and why it was taken for its entity."""
    node = names.span(mention.article, mention.span)
    yield node, names.term("mentionType"), text(mention.type)
    yield node, names.term("reason"), text(mention.reason)
    yield node, names.term("score"), decimal(mention.score)
