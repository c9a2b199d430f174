"""The pipeline component ``kg_events``: claims at ``doc._.claims`` get their events."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.events.coder import Coder
from kg.language import extensions
from kg.model import Claim


def code(claims: Iterable[Claim], doc: Doc, *, coder: Coder | None = None) -> list[Claim]:
    """The claims with their events filled in; those that report no event have None."""
    coder = coder or Coder.load()
    return [replace(claim, event=coder.event_of(claim, doc)) for claim in claims]


def make_events(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The spaCy factory ``kg_events``: a function that replaces ``doc._.claims`` by claims with their events."""
    extensions.register()
    coder = Coder.load()

    def kg_events(doc: Doc) -> Doc:
        doc._.claims = code(doc._.claims, doc, coder=coder)
        return doc

    return kg_events


Language.factory("kg_events", func=make_events, requires=["doc._.claims"], assigns=["doc._.claims"])
