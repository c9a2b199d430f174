"""The pipeline component ``kg_events``: claims at ``doc._.claims`` get their events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.events.coder import Coder
from kg.events.dyads import CASUALTIES, Dyads
from kg.events.places import place_of
from kg.events.rules import CODED, PLACE, TARGET, TIME, UNDERGONE
from kg.grammar.phrases import Phrase, phrase_at, predicate_of, told_with
from kg.grammar.rules import Rule
from kg.language import extensions
from kg.model import Argument, Claim, Event

RECEIVED = "received"
GIVEN = "give"
FARTHEST = 3
KILLING = Phrase(names=("kill",), pos="verb", objects=(Phrase(names=("civilian",), pos="noun"),))


def code(claims: Iterable[Claim], doc: Doc, *, coder: Coder | None = None) -> list[Claim]:
    """The claims with their events filled in; those that report no event have None."""
    extensions.register()
    if not CODED.on:
        return list(claims)
    return list(_Coding(list(claims), doc, coder or Coder.load()).coded())


class _Coding:
    """The coding of one Doc's claims. Those of one verb differ in their objects, which the verb's phrase has all of."""

    def __init__(self, claims: list[Claim], doc: Doc, coder: Coder) -> None:
        self._coder, self._dyads = coder, Dyads(doc, coder)
        self._claims = [(claim, predicate_of(doc, claim.relation.span)) for claim in claims]
        heads = {head.i: head for _, head in self._claims if head is not None}
        self._phrases = {i: phrase for i, head in heads.items() if (phrase := coder.phrase_at(head)) is not None}
        self._events = {i: event for i, phrase in self._phrases.items() if (event := coder.event(phrase)) is not None}
        self._told = {i for i in self._events if any(above.i in self._events for above in coder.told_by(heads[i]))}
        # Who was killed in an attack is told of with the attack, not once more without it.
        self._times = {
            head.i: argument
            for claim, head in self._claims
            for argument in claim.arguments
            if head is not None and argument.role == "time" and argument.value
        }
        self._by_act = {head.i for claim, head in self._claims if head is not None and CASUALTIES in claim.rules}

    def coded(self) -> Iterator[Claim]:
        for claim, head in self._claims:
            coded = None if head is None or head.i in self._told else self._coded(claim, head)
            yield claim if coded is None else coded

    def _coded(self, claim: Claim, head: Token) -> Claim | None:
        """A claim with its event, the event's target and its place; None where its subject did not act."""
        if head.i in self._by_act and CASUALTIES not in claim.rules:
            return None
        phrase, event = self._read(claim, head)
        if phrase is None or event is None or not self._dyads.acts(claim, event, phrase):
            return None
        coded = replace(claim, event=event)
        if self._dyads.undergone(claim):
            coded = _with(coded, UNDERGONE, None)
        if TARGET.on:
            coded = _with(coded, TARGET, self._dyads.target(claim, event, phrase))
        if PLACE.on:
            coded = _with(coded, PLACE, place_of(coded, phrase, self._dyads))
        return _with(coded, TIME, self._time(claim, head)) if TIME.on else coded

    def _time(self, claim: Claim, head: Token) -> Argument | None:
        """When it was, by the clause that tells of it, where the claim's own words do not say."""
        if any(argument.role == "time" for argument in claim.arguments):
            return None
        above: Token | None = told_with(head)
        for _ in range(FARTHEST):
            if above is None or above.i in self._times:
                break
            above = told_with(above)
        return None if above is None else self._times.get(above.i)

    def _read(self, claim: Claim, head: Token) -> tuple[Phrase | None, Event | None]:
        """The phrase of a claim and its event; what was received was given, and what killed somebody is an attack."""
        if RECEIVED in claim.rules and not claim.relation.nominal:
            phrase = phrase_at(head)
            phrase = phrase and phrase._replace(names=(GIVEN,))
            return phrase, None if phrase is None else self._coder.event(phrase)
        phrase, event = self._phrases.get(head.i), self._events.get(head.i)
        if CASUALTIES in claim.rules and event is None:
            return phrase_at(head), self._coder.event(KILLING)
        return phrase, event


def _with(claim: Claim, rule: Rule, argument: Argument | None) -> Claim:
    """A claim with an argument that a rule has found, if it has."""
    if argument is None and rule is not UNDERGONE:
        return claim
    arguments = claim.arguments if argument is None else (*claim.arguments, argument)
    return replace(claim, arguments=arguments, rules=(*claim.rules, rule.name))


def make_events(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The spaCy factory ``kg_events``: a function that replaces ``doc._.claims`` by claims with their events."""
    extensions.register()
    coder = Coder.load()

    def kg_events(doc: Doc) -> Doc:
        doc._.claims = code(doc._.claims, doc, coder=coder)
        return doc

    return kg_events


Language.factory("kg_events", func=make_events, requires=["doc._.claims"], assigns=["doc._.claims"])
