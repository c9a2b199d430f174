"""The pipeline component ``kg_events``: claims at ``doc._.claims`` get their events."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.events.coder import Coder, acting_head
from kg.events.places import with_place
from kg.language import extensions
from kg.model import Claim


def code(claims: Iterable[Claim], doc: Doc, *, coder: Coder | None = None) -> list[Claim]:
    """The claims with their events filled in; those that report no event have None."""
    extensions.register()
    coder = coder or Coder.load()
    headed = [(claim, acting_head(claim, doc)) for claim in claims]
    # Claims of one verb differ in their objects only, which the verb's phrase has all of.
    heads = {head.i: head for _, head in headed if head is not None}
    events = {i: event for i, head in heads.items() if (event := coder.event_at(head)) is not None}
    told = {i for i in events if any(above.i in events for above in coder.told_by(heads[i]))}
    return [
        claim
        if head is None or head.i in told or head.i not in events
        else with_place(replace(claim, event=events[head.i]), head)
        for claim, head in headed
    ]


def make_events(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The spaCy factory ``kg_events``: a function that replaces ``doc._.claims`` by claims with their events."""
    extensions.register()
    coder = Coder.load()

    def kg_events(doc: Doc) -> Doc:
        doc._.claims = code(doc._.claims, doc, coder=coder)
        return doc

    return kg_events


Language.factory("kg_events", func=make_events, requires=["doc._.claims"], assigns=["doc._.claims"])
