"""Where an event took place, when its words say so of the one to whom it was done ("shot at protesters in X")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.grammar.tree import tree_of
from kg.model import Argument, Claim, Event, EventType, Mention

# What is done to somebody is done where they are; what is said, promised or given to them need not be.
BODILY: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT"})
PREPOSITIONS = frozenset({"in", "at", "near", "outside", "inside", "around"})
VISITS = frozenset({"042", "043"})
PARTICIPANTS = ("obj", "obl", "nsubj:pass", "nmod")
KINDS = frozenset({"place", "country"})


def with_place(claim: Claim, head: Token) -> Claim:
    """The claim with the place of its event as an argument, where it had none and its target is or names one.

    ``head`` is the word that names the event.
    """
    if claim.event is None or any(argument.role == "place" for argument in claim.arguments):
        return claim
    place = _place_of(claim, claim.event, head)
    return claim if place is None else replace(claim, arguments=(*claim.arguments, place))


def _place_of(claim: Claim, event: Event, head: Token) -> Argument | None:
    there = event.type in BODILY or event.cameo in VISITS
    if there and claim.object is not None and claim.object.kind == "place" and not claim.object.inferred:
        return Argument("place", claim.object.text, claim.object.span, entity=claim.object.entity)
    mention = next(_places(head), None) if event.type in BODILY else None
    return None if mention is None else Argument("place", mention.text, mention.span, entity=mention.entity)


def _places(head: Token) -> Iterator[Mention]:
    """The places below an event's word and below those who take part in it, the nearest first."""
    tree, doc = tree_of(head.doc), head.doc
    for word in (head, *tree.children(head, *PARTICIPANTS)):
        for below in tree.children(word, "nmod", "obl"):
            mention = _place_at(doc, below)
            if mention is not None and any(t.lower_ in PREPOSITIONS for t in tree.children(below, "case")):
                yield mention


def _place_at(doc: Doc, token: Token) -> Mention | None:
    mention = doc._.mention_heads.get(token.i)
    entity = doc._.entities.get(mention.entity) if mention is not None else None
    return mention if entity is not None and entity.kind in KINDS else None
