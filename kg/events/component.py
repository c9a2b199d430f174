"""The pipeline component ``kg_events``: claims at ``doc._.claims`` get their events."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.events.coder import Coder
from kg.events.dyads import Dyads
from kg.events.places import with_place
from kg.grammar.phrases import Phrase, predicate_of
from kg.language import extensions
from kg.model import Claim, Event


def code(claims: Iterable[Claim], doc: Doc, *, coder: Coder | None = None) -> list[Claim]:
    """The claims with their events filled in; those that report no event have None."""
    extensions.register()
    coder = coder or Coder.load()
    dyads = Dyads(doc, coder)
    headed = [(claim, predicate_of(doc, claim.relation.span)) for claim in claims]
    # Claims of one verb differ in their objects only, which the verb's phrase has all of.
    heads = {head.i: head for _, head in headed if head is not None}
    phrases = {i: phrase for i, head in heads.items() if (phrase := coder.phrase_at(head)) is not None}
    events = {i: event for i, phrase in phrases.items() if (event := coder.event(phrase)) is not None}
    told = {i for i in events if any(above.i in events for above in coder.told_by(heads[i]))}
    return [
        claim
        if head is None or head.i in told or head.i not in events
        else _coded(claim, events[head.i], phrases[head.i], dyads)
        for claim, head in headed
    ]


def _coded(claim: Claim, event: Event, phrase: Phrase, dyads: Dyads) -> Claim:
    """A claim with its event, the event's target and its place; without, where its subject did not act."""
    if not dyads.acts(claim, event):
        return claim
    target = dyads.target(claim, event, phrase)
    arguments = claim.arguments if target is None else (*claim.arguments, target)
    return with_place(replace(claim, event=event, arguments=arguments), phrase, dyads)


def make_events(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The spaCy factory ``kg_events``: a function that replaces ``doc._.claims`` by claims with their events."""
    extensions.register()
    coder = Coder.load()

    def kg_events(doc: Doc) -> Doc:
        doc._.claims = code(doc._.claims, doc, coder=coder)
        return doc

    return kg_events


Language.factory("kg_events", func=make_events, requires=["doc._.claims"], assigns=["doc._.claims"])
