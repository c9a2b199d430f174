"""Claims with the rules that made them, in words, as ``kg extract --explain`` prints them."""

from __future__ import annotations

from collections.abc import Iterator

from kg.catalogue import rule_named
from kg.model import Claim, Record, Source


def explanation(record: Record, claim: Claim) -> str:
    """A claim in words: what it says, its sentence, its standing with the ground of it, its source, and its rules."""
    return "\n".join(_lines(record, claim))


def _lines(record: Record, claim: Claim) -> Iterator[str]:
    parts = (claim.subject.name, claim.relation.lemma, claim.object.name if claim.object else "-")
    yield " | ".join(parts)
    yield "  sentence: " + " ".join(claim.sentence.of(record.article.text).split())
    ground = f", by {claim.ground!r}" if claim.ground else ""
    yield f"  standing: {claim.polarity}, {claim.modality}{ground}; factuality {claim.factuality:g}"
    yield "  source: " + ("the article itself" if claim.source is None else _source(claim.source))
    if claim.event is not None:
        codes = " ".join(str(code) for code in (claim.event.mode, claim.event.cameo) if code)
        yield f"  event: {claim.event.type} {codes}".rstrip()
    for name in claim.rules:
        rule = rule_named(name)
        yield f"  rule: {name}" + (f": {rule.what}" if rule is not None else "")


def _source(source: Source) -> str:
    quoted = ", in their own words" if source.quoted else ""
    return f"{source.name or source.text or 'nobody named'}, by {source.cue!r}{quoted}"
